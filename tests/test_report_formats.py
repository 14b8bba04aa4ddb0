"""Reports for other programs: each by the field list of its specification, or by a program that reads it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from conftest import SCHEMA, Run
from junitparser import Error, Failure, JUnitXml, Skipped
from reports import CLEAN, PATH, PROBLEM, REPORT, rendered

from attrlint.finding import Report
from attrlint.report.formats import CHECK
from attrlint.report.region import portable, uri
from attrlint.text import Document

HELP = "https://attrlint.readthedocs.io/rules/"


def test_a_line_of_json_is_what_json_has_for_the_article() -> None:
    lines = [json.loads(line) for line in rendered("jsonl").splitlines()]
    assert lines == json.loads(rendered("json"))["files"]
    assert [len(line["findings"]) for line in lines] == [0, 0, 4]
    for line in lines:
        jsonschema.validate(line, SCHEMA, jsonschema.Draft202012Validator)


def test_github_commands() -> None:
    """The fields and escapes of the documentation of workflow commands; columns in UTF-16, on one line only."""
    file = "file=news desk/köln%2C 1%3Aa.txt"
    belief = f"::notice {file},line=4,endLine=4,col=12,endColumn=26,title=agentless-report::By <whom> & “why”?%0A"
    vague = f"::warning {file},line=3,endLine=4,title=vague-collective::“analysts%0Anote”: 100%25 who, where?%0A"
    assert rendered("github").splitlines() == [
        f"::error file=missing & lost.txt::{PROBLEM[1]}",
        f"{vague}{HELP}vague-collective",
        f"{belief}{HELP}agentless-report",
        f"{belief}{HELP}agentless-report",
    ]
    line = REPORT.document.text.splitlines()[3]
    assert line.encode("utf-16-le")[2 * 11 : 2 * 25].decode("utf-16-le") == "It is believed"


def test_gitlab_code_quality() -> None:
    issues = json.loads(rendered("gitlab"))
    fields = {"description", "check_name", "fingerprint", "severity", "location"}
    assert [set(issue) for issue in issues] == [fields] * 3
    assert [issue["severity"] for issue in issues] == ["minor", "info", "info"]
    assert [issue["check_name"] for issue in issues] == ["vague-collective", "agentless-report", "agentless-report"]
    assert issues[0]["location"] == {"path": PATH, "lines": {"begin": 3, "end": 4}}
    assert issues[1]["description"] == f"By <whom> & “why”? {HELP}agentless-report"
    marks = [issue["fingerprint"] for issue in issues]
    assert all(re.fullmatch(r"[0-9a-f]{32}", mark) for mark in marks)
    assert len(set(marks)) == 3


def test_the_fingerprints_of_gitlab_do_not_move_with_the_lines() -> None:
    lower = Report(
        Document("One more.\n" + REPORT.document.text, PATH),
        tuple(finding._replace(start=finding.start + 10, end=finding.end + 10) for finding in REPORT.findings),
    )
    first, second = (json.loads(rendered("gitlab", unread=False, reports=(each,))) for each in (REPORT, lower))
    assert [issue["fingerprint"] for issue in first] == [issue["fingerprint"] for issue in second]
    assert first != second
    elsewhere = REPORT._replace(document=Document(REPORT.document.text, "other.txt"))
    third = json.loads(rendered("gitlab", unread=False, reports=(elsewhere,)))
    assert not {issue["fingerprint"] for issue in first} & {issue["fingerprint"] for issue in third}


def test_rdjson() -> None:
    """The messages and fields of reviewdog.proto: columns count bytes of UTF-8, the end is exclusive."""
    found = json.loads(rendered("rdjson"))
    assert set(found) == {"source", "diagnostics"}
    assert found["source"] == {"name": "attrlint", "url": "https://attrlint.readthedocs.io"}
    assert [diagnostic["severity"] for diagnostic in found["diagnostics"]] == ["WARNING", "INFO", "INFO"]
    belief = found["diagnostics"][1]
    assert belief == {
        "message": "By <whom> & “why”?",
        "location": {
            "path": PATH,
            "range": {"start": {"line": 4, "column": 16}, "end": {"line": 4, "column": 30}},
        },
        "severity": "INFO",
        "code": {"value": "agentless-report", "url": f"{HELP}agentless-report"},
    }
    assert REPORT.document.text.splitlines()[3].encode()[15:29] == b"It is believed"


def test_checkstyle() -> None:
    root = ElementTree.fromstring(rendered("checkstyle"))
    assert (root.tag, root.get("version")) == ("checkstyle", "4.3")
    assert [file.get("name") for file in root] == ["clean.txt", PROBLEM[0], PATH]
    assert [len(file) for file in root] == [0, 1, 3]
    assert root[2][1].attrib == {
        "line": "4",
        "column": "10",
        "severity": "info",
        "message": f"By <whom> & “why”? {HELP}agentless-report",
        "source": "attrlint.identity.agentless-report",
    }
    assert root[1][0].attrib == {"line": "1", "severity": "error", "message": PROBLEM[1], "source": "attrlint"}


def test_junit_by_a_program_that_reads_it() -> None:
    suites = list(JUnitXml.fromstring(rendered("junit").encode()))
    assert [suite.name for suite in suites] == ["clean.txt", PROBLEM[0], PATH]
    assert [(suite.tests, suite.failures, suite.errors, suite.skipped) for suite in suites] == [
        (1, 0, 0, 0),
        (1, 0, 1, 0),
        (4, 3, 0, 1),
    ]
    clean, unread, vague = (list(suite) for suite in suites)
    assert clean[0].is_passed
    assert isinstance(unread[0].result[0], Error)
    assert [type(case.result[0]) for case in vague] == [Failure, Failure, Failure, Skipped]
    assert (vague[1].name, vague[1].classname) == ("agentless-report at 4:10", PATH)
    assert vague[0].result[0].text.splitlines()[0] == f"{PATH}:3:24"
    assert "TK: TK [who] notes it." in vague[0].result[0].text
    assert vague[3].result[0].message == "the desk & the lawyer <agreed>"


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_signs_that_xml_cannot_hold_do_not_break_it(name: str) -> None:
    odd = REPORT.findings[0]._replace(message="a\x00b\x1b[0m\ufffe\n\tc]]>")
    root = ElementTree.fromstring(rendered(name, reports=(REPORT._replace(findings=(odd,)),)))
    assert any("a\ufffdb\ufffd[0m\ufffd\n\tc]]>" in str(element.get("message")) for element in root.iter())


def test_paths_are_relative_and_portable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inside = str(tmp_path / "sub" / "a b.txt")
    assert (portable("./sub/../a.txt"), portable(inside)) == ("a.txt", "sub/a b.txt")
    assert (uri("./ä b#1%.txt"), uri(inside)) == ("%C3%A4%20b%231%25.txt", "sub/a%20b.txt")
    assert portable("/elsewhere/a b.txt") == "/elsewhere/a b.txt"
    assert uri("/elsewhere/a b.txt") == "file:///elsewhere/a%20b.txt"
    assert uri("a\udce9.txt") == "a%E9.txt"


@pytest.mark.parametrize("name", CHECK)
def test_no_articles_and_no_findings_are_a_report_too(run: Run, name: str) -> None:
    empty = rendered(name, unread=False, reports=(CLEAN,))
    ran = run("--format", name, "clean.txt")
    assert (ran.status, ran.err) == (0, "")
    if name in ("json", "gitlab", "rdjson", "sarif"):
        json.loads(empty)
        json.loads(ran.out)
    if name in ("junit", "checkstyle"):
        ElementTree.fromstring(empty)


@pytest.mark.parametrize("name", CHECK)
def test_many_processes_give_the_same_report(run: Run, tmp_path: Path, name: str) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"😀 {number}. It has stalled, analysts note.\n" * number, "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    one = run("--jobs", "1", "--format", name, ".")
    assert one.status == 2
    assert run("--jobs", "2", "--format", name, ".") == one
