"""The file of accepted findings: what it holds, what it survives, and how git merges it."""

from __future__ import annotations

import json
import random
import re
import subprocess
import textwrap
from pathlib import Path
from typing import Any

import pytest
from conftest import VAGUE, Run

from attrlint import baseline
from attrlint.baseline import Entry, matched
from attrlint.finding import Finding, Severity

ARTICLES = Path(__file__).resolve().parent / "articles" / "labelled.jsonl"
NAME = baseline.NAME


def entries(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def test_accepted_findings_are_marked_and_do_not_count(run: Run, tmp_path: Path) -> None:
    assert run("accept", "vague.txt", "--reason", "a wire story") == (0, f"1 finding accepted: {NAME}\n", "")
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    ((path, rule, fingerprint, times, words, reason),) = entries(text)
    assert (path, rule, times, words) == ("vague.txt", "vague-collective", "1", "analysts note")
    assert reason == "a wire story"
    assert re.fullmatch("[0-9a-f]{16}", fingerprint)

    assert run("vague.txt") == (0, "no findings in 1 article; 1 waived\n", "")
    (finding,) = run("--format", "json", "vague.txt").json()["files"][0]["findings"]
    assert (finding["waived"], finding["fingerprint"]) == (True, fingerprint)
    assert run("accept", "vague.txt") == (0, "nothing accepted\n", "")
    assert (tmp_path / NAME).read_text(encoding="utf-8") == text


def test_waived_findings_are_shown_when_asked_for(run: Run) -> None:
    run("accept", "vague.txt", "--reason", "a wire story")
    assert run("--show-waived", "--format", "concise", "vague.txt").out == (
        "vague.txt:1:28: waived vague-collective a wire story\n"
    )
    assert run("--show-waived", "vague.txt").out.splitlines() == [
        "vague.txt:1:28: waived vague-collective",
        "1 | The offensive has stalled, analysts note.",
        "  |                            ^^^^^^^^^^^^^",
        "  = waived: a wire story",
        "",
        "no findings in 1 article; 1 waived",
    ]


def test_without_a_reason_it_says_so(run: Run, tmp_path: Path) -> None:
    run("accept", "vague.txt")
    assert not (tmp_path / NAME).read_text(encoding="utf-8").endswith("\t\n")
    assert "waived: accepted without a reason" in run("--show-waived", "vague.txt").out


def test_changed_words_bring_a_finding_back(run: Run, tmp_path: Path) -> None:
    run("accept", "vague.txt")
    (tmp_path / "vague.txt").write_text("The offensive has stalled, officers note.\n", encoding="utf-8")
    assert "officers note" in run("vague.txt").out


def test_equal_findings_are_counted(run: Run, tmp_path: Path) -> None:
    again = "It is believed that the ship sank.\n\n"
    (tmp_path / "vague.txt").write_text(again * 2, encoding="utf-8")
    run("accept", "vague.txt", "--reason", "old")
    ((*_, times, _words, _reason),) = entries((tmp_path / NAME).read_text(encoding="utf-8"))
    assert times == "2"
    assert run("vague.txt").status == 0
    (tmp_path / "vague.txt").write_text(again * 3, encoding="utf-8")
    ran = run("vague.txt")
    assert ran.out.startswith("vague.txt:5:1:")
    assert ran.out.endswith("1 warning in 1 article; 2 waived\n")
    assert run("accept", "vague.txt").out == f"1 finding accepted: {NAME}\n"
    ((*_, times, _words, reason),) = entries((tmp_path / NAME).read_text(encoding="utf-8"))
    assert (times, reason) == ("3", "old")


def test_some_rules_only(run: Run, tmp_path: Path) -> None:
    (tmp_path / "vague.txt").write_text(VAGUE + "\nIt is believed that the ship sank.\n", encoding="utf-8")
    assert run("accept", "vague.txt", "--rule", "hearsay").out == "nothing accepted\n"
    run("accept", "vague.txt", "--rule", "vague-collective,rumour")
    assert run("--format", "concise", "vague.txt").out.startswith("vague.txt:3:1: warning agentless-report")
    assert "did you mean “rumour”" in run("accept", "vague.txt", "--rule", "rumor").err


def test_prune_removes_what_no_longer_occurs(run: Run, tmp_path: Path) -> None:
    both = "It is believed that the ship sank.\n\n" * 2 + VAGUE
    (tmp_path / "vague.txt").write_text(both, encoding="utf-8")
    (tmp_path / "gone.txt").write_text(VAGUE, encoding="utf-8")
    run("accept", ".")
    assert run("accept", "--prune") == (0, "nothing removed\n", "")
    (tmp_path / "gone.txt").unlink()
    (tmp_path / "vague.txt").write_text("It is believed that the ship sank.\n", encoding="utf-8")
    assert run("accept", "--prune", "vague.txt").out == f"2 findings removed: {NAME}\n"
    assert run("accept", "--prune").out == f"1 finding removed: {NAME}\n"
    assert [(row[1], row[3]) for row in entries((tmp_path / NAME).read_text("utf-8"))] == [("agentless-report", "1")]


def test_prune_keeps_what_cannot_be_judged(run: Run, tmp_path: Path) -> None:
    """An article that cannot be read, and a rule that does not run here, are no reason to forget a decision."""
    (tmp_path / "metonym.txt").write_text("Moscow believes that the war is won.\n", encoding="utf-8")
    assert run("accept", "metonym.txt", "--preset", "strict").out.startswith("1 finding")
    run("accept", "vague.txt")
    (tmp_path / "vague.txt").write_bytes(b"\xff")
    before = (tmp_path / NAME).read_text(encoding="utf-8")
    ran = run("accept", "--prune")
    assert (ran.status, ran.out) == (2, "nothing removed\n")
    assert ran.err.startswith("error: ")
    assert (tmp_path / NAME).read_text(encoding="utf-8") == before


def test_the_nearest_file_upwards_holds(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "desk" / "2024").mkdir(parents=True)
    (tmp_path / "desk" / "2024" / "a.txt").write_text(VAGUE, encoding="utf-8")
    run("accept", "vague.txt")
    monkeypatch.chdir(tmp_path / "desk" / "2024")
    run("accept", "a.txt")
    assert [row[0] for row in entries((tmp_path / NAME).read_text(encoding="utf-8"))] == [
        "desk/2024/a.txt",
        "vague.txt",
    ]
    assert run(str(tmp_path / "desk")).status == 0
    (tmp_path / "desk" / NAME).write_text("", encoding="utf-8")
    assert run("a.txt").status == 1
    assert run("--accepted", f"../../{NAME}", "a.txt").status == 0


def test_a_new_file_stands_at_the_top_of_the_repository(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "a.txt").write_text(VAGUE, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "desk")
    out = run("accept", "a.txt").out
    assert out.splitlines()[0] == f"1 finding accepted: ../{NAME}"
    assert out.endswith(f"    {NAME} merge=union\n")
    (tmp_path / ".gitattributes").write_text(f"{NAME} merge=union\n", encoding="utf-8")
    (tmp_path / "desk" / "b.txt").write_text(VAGUE, encoding="utf-8")
    assert run("accept", "b.txt").out == f"1 finding accepted: ../{NAME}\n"


def test_odd_paths_are_entries_too(run: Run, tmp_path: Path) -> None:
    names = [
        "# a.txt",
        "tab\there.txt",
        "line\nend.txt",
        "back\\slash \\ud800.txt",
        "dé ‘x’.txt",
        b"\xff.txt".decode("utf-8", "surrogateescape"),
    ]
    for name in names:
        (tmp_path / name).write_text(VAGUE, encoding="utf-8")
    run("accept", *names)
    assert [entry.path for entry in baseline.read(NAME)] == sorted(names)
    assert run("--quiet", *names) == (0, "", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# x\nvague.txt vague-collective\n", ":2: no entry"),
        ("<<<<<<< HEAD\n", ":1: an unfinished merge: keep the lines of both sides"),
        ("a.txt\trule\tf\tmany\twords\n", ":1: no entry"),
        (b"\xff", ": is not UTF-8"),
    ],
)
def test_a_malformed_file_is_told_before_anything_is_printed(
    run: Run, tmp_path: Path, text: str | bytes, message: str
) -> None:
    (tmp_path / NAME).write_bytes(text if isinstance(text, bytes) else text.encode())
    for argv in (["--format", "json", "vague.txt"], ["accept", "vague.txt"], ["accept", "--prune"]):
        ran = run(*argv)
        assert (ran.status, ran.out) == (2, "")
        assert f"{NAME}{message}" in ran.err


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["check", "--accepted", "none", "vague.txt"], "error: none: cannot be read: no such file"),
        (["accept"], "Missing argument 'PATH...'"),
        (["accept", "-"], "standard input has no place"),
        (["accept", "--prune", "--reason", "x"], "--prune accepts nothing"),
        (["accept", "missing.txt"], "error: missing.txt: no such file or folder"),
    ],
)
def test_wrong_usage_is_told(run: Run, argv: list[str], message: str) -> None:
    ran = run(*argv)
    assert ran.status == 2
    assert message in ran.err


def test_a_named_file_is_made(run: Run, tmp_path: Path) -> None:
    assert run("accept", "--accepted", "kept", "vague.txt").out == "1 finding accepted: kept\n"
    assert run("--accepted", "kept", "vague.txt").status == 0
    assert run("vague.txt").status == 1


def test_lines_that_a_merge_doubled_are_one_entry(tmp_path: Path) -> None:
    one = Entry("a.txt", "rule", "f", 1, "words", "why")
    text = baseline.written([one, one._replace(times=3, reason="why not"), one])
    assert entries(text) == [["a.txt", "rule", "f", "3", "words", "why not"]]


def test_a_source_that_speaks_again_is_accepted_at_any_of_its_places() -> None:
    """Its own place counts first, so that no other finding takes its entry away."""
    first = Finding("rule", "family", Severity.NOTE, "", 0, 1, "high", fingerprint="a", again=("b", "c"))
    second = first._replace(fingerprint="c", again=())
    kept = {("rule", "c"): Entry("", "rule", "c", 1, "")}
    assert matched(kept, [first, second]) == [None, ("rule", "c")]
    assert matched(kept, [first]) == [("rule", "c")]
    assert matched(kept, [first._replace(rule="other")]) == [None]


CLEAN = [
    "The bridge is forty metres long.",
    "Rain fell on Tuesday. The river rose by a metre before noon.",
    "The bill, which has 40 clauses, goes to the upper house in May, where it needs two readings.",
]


def paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n\s*\n" if "\n\n" in text else "\n", text) if part.strip()]


def mutated(parts: list[str], dice: random.Random) -> tuple[str, list[str]]:
    """One edit at random, and its name."""
    parts = list(parts)
    edit = dice.choice(["insert", "delete", "move", "wrap"])
    at = dice.randrange(len(parts))
    if edit == "insert":
        parts.insert(at, dice.choice(CLEAN))
    elif edit == "delete" and len(parts) > 1:
        del parts[at]
    elif edit == "move":
        parts.insert(dice.randrange(len(parts)), parts.pop(at))
    else:
        wide = dice.randrange(40, 120)
        parts = [textwrap.fill(part, wide, break_long_words=False, break_on_hyphens=False) for part in parts]
    return edit, parts


def test_accepted_findings_survive_a_thousand_edits(run: Run, tmp_path: Path) -> None:
    """Whatever is inserted, deleted, moved or wrapped anew: what was accepted in the original stays accepted.

    Where paragraphs go or change places, something else can become a finding (a name that nobody introduces any more);
    it was not accepted and is new.
    """
    dice = random.Random(2024)
    rows = ARTICLES.read_text(encoding="utf-8").splitlines()
    originals = [paragraphs(json.loads(row)["text"]) for row in rows]
    names = [f"{number}.txt" for number in range(len(originals))]
    for name, parts in zip(names, originals, strict=True):
        (tmp_path / name).write_text("\n\n".join(parts), encoding="utf-8")
    before = [placed(file) for file in run("--format", "json", *names).json()["files"]]
    run("accept", "--quiet", *names)
    accepted = baseline.read(NAME)

    edits: list[tuple[str, int, set[str]]] = []
    kept: list[Entry] = []
    for count in range(1000):
        path, number = f"edit-{count}.txt", dice.randrange(len(originals))
        kinds, parts = set(), originals[number]
        for _ in range(dice.randint(1, 3)):
            kind, parts = mutated(parts, dice)
            kinds.add(kind)
        (tmp_path / path).write_text("\n\n".join(parts), encoding="utf-8")
        kept += [entry._replace(path=path) for entry in accepted if entry.path == names[number]]
        edits.append((path, number, kinds))
    (tmp_path / NAME).write_text(baseline.written(kept), encoding="utf-8")

    waived = opened = 0
    found = run("check", "--format", "json", *(path for path, *_ in edits)).json()["files"]
    for (_, number, kinds), file in zip(edits, found, strict=True):
        left = placed(file, waived=False)
        waived += len(file["findings"]) - len(left)
        opened += len(left)
        assert not left & before[number]
        assert not left or kinds & {"delete", "move"}
    assert waived > 2500
    assert opened < waived / 20


def placed(file: dict[str, Any], waived: bool | None = None) -> set[tuple[str, str, str]]:
    """The rule, the words and the paragraph of every finding, or of the open ones, without line ends."""
    text = Path(file["path"]).read_text(encoding="utf-8")
    found = set()
    for finding in file["findings"]:
        if waived in (None, finding["waived"]):
            paragraph = text[: finding["start"]].split("\n\n")[-1] + text[finding["start"] :].split("\n\n")[0]
            found.add((finding["rule"], " ".join(finding["text"].split()), " ".join(paragraph.split())))
    return found


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false")
    ran = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_two_branches_that_accept_merge(run: Run, tmp_path: Path) -> None:
    """Neighbouring lines would conflict; with the line that `accept` asks for, git takes both."""
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(VAGUE, encoding="utf-8")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    hint = run("accept", "a.txt").out
    (tmp_path / ".gitattributes").write_text(hint.splitlines()[-1].strip() + "\n", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "Start")
    git(tmp_path, "checkout", "--quiet", "-b", "other")
    run("accept", "b.txt", "--reason", "theirs")
    git(tmp_path, "commit", "--quiet", "-am", "Accept b")
    git(tmp_path, "checkout", "--quiet", "main")
    run("accept", "c.txt", "vague.txt", "--reason", "ours")
    git(tmp_path, "commit", "--quiet", "-am", "Accept c")
    git(tmp_path, "merge", "--quiet", "other", "-m", "Merge")
    assert {(row[0], *row[5:]) for row in entries((tmp_path / NAME).read_text(encoding="utf-8"))} == {
        ("a.txt",),
        ("b.txt", "theirs"),
        ("c.txt", "ours"),
        ("vague.txt", "ours"),
    }
    assert run("a.txt", "b.txt", "c.txt", "vague.txt").status == 0
    run("accept", "d.txt")
    assert [row[0] for row in entries((tmp_path / NAME).read_text(encoding="utf-8"))] == sorted(
        ["a.txt", "b.txt", "c.txt", "d.txt", "vague.txt"]
    )
