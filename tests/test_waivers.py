"""Waivers in the comments of articles: what they allow, how far they reach, and what is said of bad ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run
from test_baseline import git

from attrlint import engine
from attrlint.finding import Finding, Waiver
from attrlint.text import Block, Comment, Document

WHY = "-- the wire names nobody"
VAGUE = "The offensive has stalled, analysts note."
BELIEVED = "It is believed that the ship sank."


def lint(run: Run, path: Path, text: str, *options: str) -> list[tuple[str, str, bool]]:
    """Rule, marked words and whether waived, of every finding."""
    path.write_text(text, encoding="utf-8")
    findings = run("--format", "json", *options, path.name).json()["files"][0]["findings"]
    return [(one["rule"], one["text"], one["waived"]) for one in findings]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", f"<!-- attrlint: allow vague-collective {WHY} -->\n{VAGUE}\n"),
        ("a.md", f"# Rain\n\n<!-- attrlint: allow vague-collective {WHY} -->\n\n{VAGUE}\n"),
        ("a.md", f"{VAGUE} <!-- attrlint: allow vague-collective {WHY} -->\n"),
        ("a.mdx", f"{{/* attrlint: allow vague-collective {WHY} */}}\n\n{VAGUE}\n"),
        ("a.html", f"<p>{VAGUE}<!-- attrlint: allow vague-collective {WHY} --></p>"),
        ("a.html", f"<ul><li><!--attrlint:allow identity — a wire story-->{VAGUE}</li></ul>"),
        (
            "a.nitf",
            # XML allows no two hyphens in a comment.
            f"<nitf><body><p>{VAGUE}<!-- attrlint: allow identity — a wire story --></p></body></nitf>",
        ),
        ("a.ninjs", json.dumps({"uri": "x", "body_html": f"<p>{VAGUE}<!-- attrlint: allow identity {WHY} --></p>"})),
        # With a space before it, and a paragraph behind.
        ("a.md", f"{VAGUE} <!-- attrlint: allow identity {WHY} -->\n\nIt rained.\n"),
        ("a.html", f"<p>{VAGUE} <!-- attrlint: allow identity {WHY} --></p>\n<p>It rained.</p>"),
        (
            "a.nitf",
            f"<nitf><body><p>{VAGUE} <!-- attrlint: allow identity — no name --> </p><p>It rained.</p></body></nitf>",
        ),
    ],
)
def test_comments_of_every_format_waive(run: Run, tmp_path: Path, name: str, text: str) -> None:
    assert lint(run, tmp_path / name, text) == [("vague-collective", "analysts note", True)]
    ran = run(name)
    assert (ran.status, ran.out) == (0, "no findings in 1 article; 1 waived\n")


def html(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)


def allow(scope: str, names: str = "agentless-report") -> str:
    return f"<!-- attrlint: {scope} {names} {WHY} -->"


TWO = f"{BELIEVED} Rumours flew. It is understood that it burned."


@pytest.mark.parametrize(
    ("text", "waived"),
    [
        (html(TWO, BELIEVED) + allow("allow"), [2]),
        (allow("allow") + html(TWO, BELIEVED), [0, 1]),
        (html(TWO) + allow("allow") + html(BELIEVED), [2]),
        (html(TWO + allow("allow"), BELIEVED), [0, 1]),
        (html(f"It is {allow('allow')}believed that the ship sank.", BELIEVED), [0]),
        (allow("allow-sentence") + html(TWO, BELIEVED), [0]),
        (html(f"{BELIEVED} {allow('allow-sentence')} It is understood that it burned.", BELIEVED), [1]),
        (html(f"{BELIEVED} It is {allow('allow-sentence')} understood that it burned.", BELIEVED), [1]),
        (html(TWO + allow("allow-sentence"), BELIEVED), [2]),
        (html(TWO, BELIEVED) + allow("allow-file"), [0, 1, 2]),
        (html(TWO) + allow("allow-file", "identity") + html(BELIEVED), [0, 1, 2]),
        (html(TWO) + allow("allow-file", "hearsay") + html(BELIEVED), []),
    ],
)
def test_the_scopes(run: Run, tmp_path: Path, text: str, waived: list[int]) -> None:
    found = lint(run, tmp_path / "a.html", text, "--select", "agentless-report")
    assert [index for index, one in enumerate(found) if one[2]] == waived


def test_a_waiver_gives_its_reason(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(html(VAGUE + allow("allow", "vague-collective")), encoding="utf-8")
    assert run("--show-waived", "--format", "concise", "a.html").out == (
        "a.html:1:31: waived vague-collective the wire names nobody\n"
    )
    finding = engine.load().lint(commented("attrlint: allow identity\n-- so\n it  -- is")).findings[0]
    assert finding.waiver == Waiver("so it -- is", in_source=True)


def commented(*words: str, at: tuple[int, int] = (0, 0)) -> Document:
    """A document of two paragraphs with comments, as a reader makes it."""
    text = f"{VAGUE}\n\n{BELIEVED}"
    blocks = (Block("paragraph", 0, len(VAGUE)), Block("paragraph", len(VAGUE) + 2, len(text)))
    return Document(text, "a.docx", blocks, tuple(Comment(one, *at) for one in words))


def rules(findings: tuple[Finding, ...]) -> list[tuple[str, bool]]:
    return [(one.rule, one.waived) for one in findings]


def test_a_comment_on_words_reaches_their_paragraphs() -> None:
    """As in a word processor, where a comment is anchored to a range."""
    words = f"attrlint: allow vague-collective, agentless-report {WHY}"
    end = len(VAGUE) + 2 + len(BELIEVED)
    lint = engine.load().lint
    assert rules(lint(commented(words, at=(27, end))).findings) == [
        ("vague-collective", True),
        ("agentless-report", True),
    ]
    assert rules(lint(commented(words, at=(27, 35))).findings) == [
        ("unused-waiver", False),
        ("vague-collective", True),
        ("agentless-report", False),
    ]
    sentence = f"attrlint: allow-sentence agentless-report {WHY}"
    assert rules(lint(commented(sentence, at=(end - 4, end))).findings) == [
        ("vague-collective", False),
        ("agentless-report", True),
    ]


def test_a_reason_may_be_left_out_where_the_desk_says_so() -> None:
    document = commented("attrlint: allow vague-collective")
    lint = engine.load().lint
    assert rules(lint(document).findings)[:2] == [("unexplained-waiver", False), ("vague-collective", False)]
    assert rules(lint(document, require_reason=False).findings)[:1] == [("vague-collective", True)]


def test_the_narrowest_waiver_holds() -> None:
    """A wider one that has nothing left to allow is told."""
    wide, narrow = "attrlint: allow-file vague-collective -- wide", "attrlint: allow vague-collective -- narrow"
    findings = engine.load().lint(commented(wide, narrow)).findings
    assert [(one.rule, one.waiver and one.waiver.reason) for one in findings if one.rule != "agentless-report"] == [
        ("unused-waiver", None),
        ("vague-collective", "narrow"),
    ]


def test_what_does_not_run_is_not_called_unused(run: Run, tmp_path: Path) -> None:
    text = allow("allow-file", "rumour") + html(VAGUE)
    assert lint(run, tmp_path / "a.html", text)[0][0] == "unused-waiver"
    assert lint(run, tmp_path / "a.html", text, "--select", "identity,waivers") == [
        ("vague-collective", "analysts note", False)
    ]
    assert lint(run, tmp_path / "a.html", text, "--ignore", "unused-waiver")[0][0] == "vague-collective"


def test_a_complaint_stands_at_its_comment(run: Run, tmp_path: Path) -> None:
    text = f"# 😀 Rain\n\nIt &amp; more. 😀 <!-- attrlint: allow vague-colective {WHY} --> It rained.\n\n{VAGUE}\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    first, second = run("--format", "json", "a.md").json()["files"][0]["findings"]
    assert first["text"] == f"<!-- attrlint: allow vague-colective {WHY} -->"
    assert (first["line"], first["column"], first["rule"]) == (3, 18, "unknown-waiver")
    assert first["message"].endswith("Did you mean “vague-collective”?")
    assert second["rule"] == "vague-collective"


def test_a_nested_comment_has_its_place_too(run: Run, tmp_path: Path) -> None:
    body = f'<p class="x">It rained.<!-- attrlint: allow rumour {WHY} --></p>'
    found = lint(run, tmp_path / "a.ninjs", json.dumps({"uri": "x", "body_html": body}))
    assert found == [("unused-waiver", f"<!-- attrlint: allow rumour {WHY} -->", False)]


def test_waived_sentences_get_no_skeleton(run: Run, tmp_path: Path) -> None:
    text = html(VAGUE + allow("allow", "vague-collective"), BELIEVED)
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    run("--fix-with-tk", "a.html")
    changed = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert changed.startswith(html(VAGUE + allow("allow", "vague-collective")))
    assert "TK" in changed


def test_plain_text_has_no_comments_but_a_baseline(run: Run, tmp_path: Path) -> None:
    found = lint(run, tmp_path / "a.txt", f"<!-- attrlint: allow vague-collective {WHY} -->\n{VAGUE}\n")
    assert ("vague-collective", "analysts note", False) in found
    run("accept", "a.txt")
    assert run("a.txt").status == 0


def test_bad_waivers_can_be_accepted_and_changed_lines_have_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>It rained.</p>\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "Start")
    (tmp_path / "a.html").write_text(f"<p>It rained.</p>\n\n{allow('allow', 'rumour')}\n", encoding="utf-8")
    assert run("--changed", "--format", "concise").out.startswith("./a.html:3:1: warning unused-waiver")
    run("accept", "a.html", "--quiet")
    assert run("--changed").status == 0


def test_the_rules_about_waivers_are_listed_and_explained(run: Run) -> None:
    for name in ("unused-waiver", "unknown-waiver", "unexplained-waiver"):
        assert name in run("rules").out
        assert run("explain", name).out.startswith(f"{name}\nwaivers, warning, on by default")
