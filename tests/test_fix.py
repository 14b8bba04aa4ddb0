"""check --fix-with-tk: skeletons go into the file, and nothing else in it changes."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest
from conftest import Run

from attrlint import engine, fix
from attrlint.finding import Finding, Remedy, Report, Severity, Waiver
from attrlint.text import Document

VAGUE = "The offensive has stalled, analysts note.\n"
FIXED = "The offensive has stalled, TK [name], an analyst at TK [institution], notes.\n"


def finding(start: int, end: int, words: str, waiver: Waiver | None = None) -> Finding:
    remedy = Remedy(start, end, words, words)
    return Finding("vague-collective", "identity", Severity.WARNING, "Who?", start, end, "high", (), "", waiver, remedy)


def test_of_two_that_overlap_the_first_is_made() -> None:
    findings = [finding(4, 8, "TK [c]"), finding(0, 5, "TK [a]"), finding(8, 9, "TK [d]", waiver=Waiver("agreed"))]
    edited = fix.edit("0123456789", findings)
    assert edited.text == "TK [a]56789"
    assert edited.written == 1
    assert edited.left == (findings[0],)


def test_neighbours_are_both_made() -> None:
    assert fix.edit("0123456789", [finding(0, 5, "a"), finding(5, 8, "b")]).text == "ab89"


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_mark_and_line_ends_stay(run: Run, tmp_path: Path, mark: bytes, codec: str, end: str) -> None:
    before, after = (f"Café 😀.{end}{end}{text.strip()}{end}" for text in (VAGUE, FIXED))
    (tmp_path / "a.txt").write_bytes(mark + before.encode(codec))
    ran = run("check", "--fix-with-tk", "a.txt")
    assert (ran.status, ran.out, ran.err) == (0, "1 skeleton written in 1 article\n", "")
    assert (tmp_path / "a.txt").read_bytes() == mark + after.encode(codec)


def test_an_encoding_that_is_named_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(("Café. " + VAGUE).encode("cp1252"))
    assert run("check", "--fix-with-tk", "--encoding", "cp1252", "a.txt").status == 0
    assert (tmp_path / "a.txt").read_bytes() == ("Café. " + FIXED).encode("cp1252")


def test_a_second_run_changes_nothing(run: Run, tmp_path: Path) -> None:
    article = tmp_path / "vague.txt"
    run("check", "--fix-with-tk", "vague.txt")
    first, time = article.read_bytes(), article.stat().st_mtime_ns
    assert run("check", "--fix-with-tk", "vague.txt").out == "0 skeletons written\n"
    assert article.read_bytes() == first == FIXED.encode()
    assert article.stat().st_mtime_ns == time


def test_standard_input_goes_to_standard_output(run: Run) -> None:
    ran = run("check", "--fix-with-tk", "-", stdin=VAGUE.encode())
    assert (ran.status, ran.out, ran.err) == (0, FIXED, "1 skeleton written in 1 article\n")


def test_nothing_else_is_left_behind_and_permissions_stay(run: Run, tmp_path: Path) -> None:
    os.chmod(tmp_path / "vague.txt", 0o640)
    names = sorted(os.listdir(tmp_path))
    run("check", "--fix-with-tk", "vague.txt")
    assert sorted(os.listdir(tmp_path)) == names
    assert (tmp_path / "vague.txt").stat().st_mode & 0o777 == 0o640


def test_a_link_still_leads_to_the_article(run: Run, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "vague.txt")
    run("check", "--fix-with-tk", "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "vague.txt").read_text() == FIXED


def test_the_options_that_choose_findings_choose_skeletons(run: Run, tmp_path: Path) -> None:
    assert run("check", "--fix-with-tk", "--ignore", "identity", "vague.txt").out == "0 skeletons written\n"
    assert run("check", "--fix-with-tk", "--min-severity", "error", "vague.txt").out == "0 skeletons written\n"
    assert (tmp_path / "vague.txt").read_text() == VAGUE


def test_what_cannot_be_read_is_a_problem_and_the_rest_is_done(run: Run, tmp_path: Path) -> None:
    ran = run("check", "--fix-with-tk", "missing.txt", "vague.txt")
    assert ran.status == 2
    assert ran.err == "error: missing.txt: no such file or folder\n"
    assert (tmp_path / "vague.txt").read_text() == FIXED


def test_bytes_that_would_not_come_back_are_left_alone(run: Run, tmp_path: Path) -> None:
    odd = b"\x1b(B" + VAGUE.encode()
    (tmp_path / "a.txt").write_bytes(odd)
    ran = run("check", "--fix-with-tk", "--encoding", "iso2022_jp", "a.txt")
    assert ran.status == 2
    assert "left alone" in ran.err
    assert (tmp_path / "a.txt").read_bytes() == odd


def test_there_is_no_report_to_format(run: Run, tmp_path: Path) -> None:
    ran = run("check", "--fix-with-tk", "--format", "json", "vague.txt")
    assert ran.status == 2
    assert "leave out --format" in ran.err
    assert (tmp_path / "vague.txt").read_text() == VAGUE


def test_what_was_left_out_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both = (finding(27, 40, "TK [a]"), finding(36, 40, "TK [b]"))
    monkeypatch.setattr(
        engine.Engine, "lint", lambda self, article, _: Report(article, both if "TK" not in article.text else ())
    )
    assert run("check", "--fix-with-tk", "vague.txt").out == (
        "vague.txt:1:37: vague-collective: left out, another skeleton stands in its words\n"
        "1 skeleton written in 1 article; 1 left out, because another one stands in the same words\n"
    )


def test_nothing_is_written_unasked(run: Run, tmp_path: Path) -> None:
    assert "TK: The offensive has stalled, TK [name], an analyst" in " ".join(run("vague.txt").out.split())
    assert "TK" not in run("check", "--format", "concise", "vague.txt").out
    assert (tmp_path / "vague.txt").read_text() == VAGUE


def test_the_remedy_in_json(run: Run) -> None:
    (only,) = run("check", "--format", "json", "vague.txt").json()["files"][0]["findings"]
    start, end = only["remedy"]["start"], only["remedy"]["end"]
    assert VAGUE[:start] + only["remedy"]["text"] + VAGUE[end:] == FIXED
    assert only["remedy"]["sentence"] == FIXED.strip()


def test_fixing_ends(run: Run, tmp_path: Path) -> None:
    article = (
        "Analysts say it fell.\n\nIt rose, analysts said, and the analysts added that it may fall, one analyst said.\n"
    )
    (tmp_path / "a.txt").write_text(article)
    run("check", "--fix-with-tk", "a.txt")
    found = engine.load().lint(Document((tmp_path / "a.txt").read_text())).findings
    assert [finding.remedy for finding in found if finding.remedy] == []


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.md", "# Vote\n\nIt has stalled, **analysts** note.\n", "# Vote\n\nIt has stalled, **{}**.\n"),
        ("a.md", "It has stalled, analysts *note*.\n", "It has stalled, *{}*.\n"),
        ("a.md", "> “So it\n> has stalled,” [analysts](/x)\n> note.\n", "> “So it\n> has stalled,” [{}](/x).\n"),
        ("a.html", "<p>R&amp;D has stalled, <b>analysts</b> note.</p>", "<p>R&amp;D has stalled, <b>{}</b>.</p>"),
        ("a.html", "<p>It has stalled, analysts <i>note</i>.", "<p>It has stalled, <i>{}</i>."),
    ],
)
def test_skeletons_go_into_markup(run: Run, tmp_path: Path, name: str, before: str, after: str) -> None:
    (tmp_path / name).write_text(before, encoding="utf-8")
    assert run("check", "--fix-with-tk", name).out == "1 skeleton written in 1 article\n"
    fixed = after.format("TK [name], an analyst at TK [institution], notes")
    assert (tmp_path / name).read_text(encoding="utf-8") == fixed
    assert run("check", "--fix-with-tk", name).out == "0 skeletons written\n"


def test_words_are_escaped_in_markup(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>R&amp;D analysts note that it is <b>over</b>.", encoding="utf-8")
    run("check", "--fix-with-tk", "a.html")
    fixed = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "TK [name], an R&amp;D analyst, notes" in fixed
    assert fixed.endswith("it is <b>over</b>.")


def test_a_skeleton_that_would_break_the_markup_is_left_out(run: Run, tmp_path: Path) -> None:
    before = "It has stalled, ana**lysts** note. It is believed that it is over.\n"
    (tmp_path / "a.md").write_text(before, encoding="utf-8")
    ran = run("check", "--fix-with-tk", "a.md")
    assert ran.out == (
        "a.md:1:17: vague-collective: left out, markup stands in its words\n"
        "1 skeleton written in 1 article; 1 left out, because of the markup in the words\n"
    )
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == before.replace("It is believed", "TK [who] believes")


def test_a_page_stays_in_the_encoding_that_it_names(run: Run, tmp_path: Path) -> None:
    page = '<meta charset="windows-1252"><p>Café. It has stalled, analysts note.'
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    assert run("check", "--fix-with-tk", "a.html").status == 0
    assert (tmp_path / "a.html").read_bytes().startswith(page[:50].encode("cp1252"))


def test_skeletons_are_not_written_into_wire_items(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"body_text": "It has stalled, analysts note."}', encoding="utf-8")
    ran = run("check", "--fix-with-tk", "a.json")
    assert (ran.status, ran.out) == (2, "0 skeletons written\n")
    assert ran.err == "error: a.json: skeletons are written into plain text, Markdown, HTML and Word files only\n"
