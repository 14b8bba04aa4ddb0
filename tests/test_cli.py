"""The command line as its users meet it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import CLEAN, VAGUE, Run

import attrlint
from attrlint.batch import MANY


def test_an_article_is_checked_without_saying_so(run: Run) -> None:
    ran = run("vague.txt")
    assert ran == run("check", "vague.txt")
    assert ran.status == 1
    assert ran.err == ""
    lines = ran.out.splitlines()
    assert lines[:3] == [
        "vague.txt:1:28: warning vague-collective",
        "1 | The offensive has stalled, analysts note.",
        "  |                            ^^^^^^^^^^^^^",
    ]
    assert lines[-1] == "1 warning in 1 article"


def test_options_may_come_first(run: Run) -> None:
    assert run("--select", "vague-collective", "vague.txt").status == 1
    assert run("--select", "hearsay", "vague.txt").status == 0


def test_a_clean_article_gives_the_summary_only(run: Run) -> None:
    assert run("clean.txt") == (0, "no findings in 1 article\n", "")
    assert run("--quiet", "clean.txt") == (0, "", "")


def test_quiet_leaves_the_findings(run: Run) -> None:
    quiet = run("-q", "vague.txt")
    assert quiet.status == 1
    assert quiet.out + "1 warning in 1 article\n" == run("vague.txt").out


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], 1),
        (["--fail-on", "note"], 1),
        (["--fail-on", "error"], 0),
        (["--exit-zero"], 0),
        (["--min-severity", "error"], 0),
        (["--ignore", "identity"], 0),
        (["--ignore", "rumour,vague-collective"], 0),
        (["--ignore", "rumour", "--ignore", "vague-collective"], 0),
        (["--select", "rumour, identity"], 1),
    ],
)
def test_what_decides_the_status(run: Run, options: list[str], status: int) -> None:
    assert run(*options, "vague.txt").status == status


def test_a_folder_gives_its_articles(run: Run) -> None:
    ran = run(".")
    assert ran.status == 1
    assert ran.out.splitlines()[-1] == "1 warning in 1 of 2 articles"


def test_articles_come_in_the_order_of_the_arguments_and_once(run: Run, tmp_path: Path) -> None:
    found = run("--format", "json", "vague.txt", "./vague.txt", "clean.txt", ".").json()
    assert [file["path"] for file in found["files"]] == ["vague.txt", "clean.txt"]


def test_concise_is_one_line_a_finding(run: Run) -> None:
    ran = run("--format", "concise", ".")
    assert re.fullmatch(r"\./vague\.txt:1:28: warning vague-collective “analysts note” .+\n", ran.out)


def test_json_says_what_was_found(run: Run) -> None:
    found = run("--format", "json", ".").json()
    assert [len(file["findings"]) for file in found["files"]] == [0, 1]
    finding = found["files"][1]["findings"][0]
    assert (finding["rule"], finding["text"], finding["start"], finding["end"]) == (
        "vague-collective",
        "analysts note",
        27,
        40,
    )
    assert found["summary"] == {
        "files": 2,
        "findings": 1,
        "errors": 0,
        "warnings": 1,
        "notes": 0,
        "problems": 0,
        "words": 10,
        "rules": {"vague-collective": 1},
    }


def test_json_offsets_are_code_points(run: Run, tmp_path: Path) -> None:
    article = "\ufeff😀 First.\r\n😀 It has stalled, analysts note.\r"
    (tmp_path / "vague.txt").write_bytes(article.encode())
    (finding,) = run("--format", "json", "vague.txt").json()["files"][0]["findings"]
    assert article[1:][finding["start"] : finding["end"]] == "analysts note"
    assert (finding["line"], finding["column"], finding["end_line"], finding["end_column"]) == (2, 19, 2, 32)


def test_a_bad_file_among_good_ones_is_named_and_the_others_are_checked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"one\nbad \x93 byte")
    ran = run("bad.txt", "missing.txt", "vague.txt")
    assert ran.status == 2
    bad, missing = ran.err.splitlines()
    assert bad.startswith("error: bad.txt:2: not UTF-8: byte 0x93 at offset 8; save the file as UTF-8, or name")
    assert missing == "error: missing.txt: no such file or folder"
    assert ran.out.endswith("1 warning in 1 article; 2 could not be read\n")
    assert run("bad.txt", "--encoding", "cp1252").status == 0


@pytest.mark.parametrize("command", ["check", "parse", "sources"])
def test_a_bad_file_is_in_the_json_too(run: Run, command: str) -> None:
    ran = run(command, "--format", "json", "missing.txt", "vague.txt")
    assert ran.status == 2
    bad, good = ran.json()["files"]
    assert bad["path"] == "missing.txt"
    assert bad["problems"] == ["missing.txt: no such file or folder"]
    assert good["problems"] == []
    assert "error: missing.txt: no such file or folder" in ran.err


def test_exit_zero_does_not_hide_that_something_could_not_be_read(run: Run) -> None:
    assert run("--exit-zero", "missing.txt").status == 2


def test_a_folder_without_articles_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "a.pdf").write_bytes(b"")
    ran = run("empty", "vague.txt")
    assert ran.status == 2
    assert ran.err.startswith("error: empty: no articles in this folder: no file ends in .docx, .htm, .html, ")
    assert ran.err.endswith(", .txt or .xhtml\n")
    assert "vague-collective" in ran.out


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\xef\xbb\xbf",
        b"It has stalled.\r\n\r\nIt has.\r\n",
        b"It has stalled.\rIt has.\r",
        "“It has stalled.\n".encode(),
        b'It has "stalled.\n',
        b"word " * 2_000_000,
        b"." * 200_000 + b" a",
    ],
    ids=["empty", "newline", "bom", "crlf", "cr", "odd curly", "odd straight", "10 MB line", "dots"],
)
def test_odd_articles_are_read(run: Run, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "odd.txt").write_bytes(data)
    ran = run("odd.txt", "--fail-on", "warning")
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize("data", [b"a\nb\0c", b"\xff\xfe\0\xd8"], ids=["NUL", "half a UTF-16 pair"])
def test_what_is_no_text_is_an_error(run: Run, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "odd.txt").write_bytes(data)
    ran = run("odd.txt")
    assert ran.status == 2
    assert re.match(r"error: odd\.txt:[12]: .*--encoding", ran.err)


def test_standard_input_is_an_article(run: Run) -> None:
    ran = run("-", stdin=VAGUE.encode())
    assert ran.status == 1
    assert ran.out.startswith("<stdin>:1:28: warning vague-collective")
    assert run("-", "--stdin-filename", "a/b.txt", stdin=VAGUE.encode()).out.startswith("a/b.txt:1:28:")
    assert run("-", "--encoding", "cp1252", stdin=b"\x93So.\x94").status == 0
    assert run("-", stdin=b"\x93So.\x94").err.startswith("error: <stdin>:1: not UTF-8: byte 0x93 at offset 0")


def test_an_unknown_rule_is_an_error_with_the_nearest_name(run: Run) -> None:
    for option in ("--select", "--ignore"):
        ran = run(option, "vague-colective", "vague.txt")
        assert ran.status == 2
        assert ran.out == ""
        assert "“vague-colective”" in ran.err
        assert "vague-collective" in ran.err


def test_an_unknown_encoding_is_an_error(run: Run) -> None:
    ran = run("--encoding", "utf-99", "vague.txt")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("error: unknown encoding “utf-99”")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["chekc", "vague.txt"], "did you mean “check”?"),
        (["check"], "Missing argument 'PATH...'"),
        (["--nonesuch", "vague.txt"], "No such option"),
        (["--jobs", "-1", "vague.txt"], "--jobs"),
        (["--format", "xml", "vague.txt"], "xml"),
        (["parse", "--format", "concise", "vague.txt"], "concise"),
    ],
)
def test_wrong_usage_is_told(run: Run, argv: list[str], message: str) -> None:
    ran = run(*argv)
    assert ran.status == 2
    assert message in ran.err


def test_a_file_that_is_called_like_a_misspelt_command_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "chek").write_text(VAGUE, encoding="utf-8")
    assert run("chek").status == 1


def test_parse_shows_what_was_seen(run: Run) -> None:
    ran = run("parse", "vague.txt")
    assert ran.status == 0
    assert ran.out.startswith("vague.txt: 1 attribution, ")
    assert "“analysts”" in ran.out
    assert "“note”" in ran.out


def test_parse_as_json(run: Run) -> None:
    (attribution,) = run("parse", "--format", "json", "vague.txt").json()["files"][0]["attributions"]
    assert attribution["source"]["text"] == "analysts"
    assert attribution["source"]["entity"] is None
    assert attribution["cue"]["text"] == "note"
    assert attribution["pattern"]


def test_sources_is_a_ledger(run: Run) -> None:
    ran = run("sources", "vague.txt")
    assert ran.status == 0
    assert re.search(r"^  analysts +unnamed +1 +4 +100 % +1$", ran.out, re.MULTILINE)
    (row,) = run("sources", "--format", "json", "vague.txt").json()["files"][0]["sources"]
    assert (row["source"], row["standing"], row["times"], row["share"]) == ("analysts", "unnamed", 1, 100.0)


def test_version_and_help(run: Run) -> None:
    assert run("--version") == (0, f"attrlint {attrlint.__version__}\n", "")
    for argv in (["--help"], ["-h"], ["check", "--help"]):
        ran = run(*argv)
        assert (ran.status, ran.err) == (0, "")
        assert "Usage: attrlint" in ran.out


def test_no_arguments_give_the_help_as_an_error(run: Run) -> None:
    ran = run()
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == run("--help").out


@pytest.mark.parametrize(
    ("option", "variables", "colored"),
    [
        ("auto", {}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "0"}, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(
    run: Run, monkeypatch: pytest.MonkeyPatch, option: str, variables: dict[str, str], colored: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run("--color", option, "vague.txt").out) == colored


@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_many_articles_in_several_processes_give_the_same_report(run: Run, tmp_path: Path, form: str) -> None:
    for number in range(2 * MANY):
        article = CLEAN * number + VAGUE if number % 3 else CLEAN
        (tmp_path / f"{number:03}.txt").write_text(article, encoding="utf-8")
    (tmp_path / "050.txt").write_bytes(b"\xff")
    one = run("--jobs", "1", "--format", form, ".")
    assert one.status == 2
    assert run("--jobs", "2", "--format", form, ".") == one
    assert run("--format", form, ".") == one
