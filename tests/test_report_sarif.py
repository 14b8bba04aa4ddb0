"""SARIF, held against the schema of OASIS and read by the tools that others use."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import Run
from reports import PROBLEM, REPORT, rendered

from attrlint import engine, explain
from attrlint.finding import Waiver
from attrlint.report.formats import Setting

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
SETTING = Setting(rules=engine.load().rules, manual=explain.markdown)


def sarif(**options: Any) -> Any:
    """A report as SARIF, which the schema must allow; its one run."""
    found = json.loads(rendered("sarif", SETTING, **options))
    validate(found)
    (run,) = found["runs"]
    return run


def validate(found: Any) -> None:
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(found)


def test_the_schema_finds_mistakes() -> None:
    found = json.loads(rendered("sarif", SETTING))
    found["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        validate(found)


def test_places_are_in_the_declared_units() -> None:
    run = sarif()
    assert run["columnKind"] == "utf16CodeUnits"
    assert run["newlineSequences"] == ["\r\n", "\n", "\r"]
    vague, belief, *_ = run["results"]
    place = belief["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "news%20desk/k%C3%B6ln%2C%201%3Aa.txt", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {
        "startLine": 4,
        "startColumn": 12,
        "endLine": 4,
        "endColumn": 26,
        "snippet": {"text": "It is believed"},
    }
    (related,) = vague["relatedLocations"]
    assert related["message"] == {"text": "one of them is named here"}
    assert related["physicalLocation"]["region"]["snippet"] == {"text": "Jane Doe"}
    assert [result["level"] for result in run["results"]] == ["warning", "note", "note", "error"]
    assert {result["partialFingerprints"]["attrlint/v1"] for result in run["results"]} == {"f1"}


def test_every_result_has_a_rule_with_its_manual_page() -> None:
    run = sarif()
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["helpUri"] == f"https://attrlint.readthedocs.io/rules/{rule['id']}"
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}\n")
        assert "\n> " in rule["help"]["markdown"]
        assert rule["help"]["text"]


def test_what_was_accepted_is_suppressed_and_nothing_else() -> None:
    *_, waived = results = sarif()["results"]
    assert [len(result["suppressions"]) for result in results] == [0, 0, 0, 1]
    assert waived["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "the desk & the lawyer <agreed>"}
    ]


def test_a_waiver_in_the_article_is_told_from_one_elsewhere() -> None:
    *_, waived = REPORT.findings
    inside = REPORT._replace(findings=(waived._replace(waiver=Waiver("agreed", in_source=True)),))
    assert sarif(reports=(inside,))["results"][0]["suppressions"][0]["kind"] == "inSource"


def test_what_could_not_be_read_is_told() -> None:
    (told,) = sarif()["invocations"]
    assert told["executionSuccessful"] is False
    assert [notice["message"]["text"] for notice in told["toolExecutionNotifications"]] == [PROBLEM[1]]
    (clean,) = sarif(unread=False)["invocations"]
    assert clean == {"executionSuccessful": True, "toolExecutionNotifications": []}


def test_the_command_line_writes_it(run: Run) -> None:
    ran = run("--format", "sarif", ".")
    found = json.loads(ran.out)
    validate(found)
    (result,) = found["runs"][0]["results"]
    assert (result["ruleId"], result["ruleIndex"] >= 0) == ("vague-collective", True)


@pytest.mark.slow
def test_sarif_tools_reads_it(tmp_path: Path) -> None:
    pytest.importorskip("sarif", reason="sarif-tools is not installed")
    file = tmp_path / "out.sarif"
    file.write_text(rendered("sarif", SETTING), encoding="utf-8")

    def tool(*arguments: str) -> None:
        code = "import sys; from sarif.cmdline.main import main; sys.exit(main())"
        command = [sys.executable, "-c", code, *arguments]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    tool("csv", "--output", "out.csv", "out.sarif")
    with open(tmp_path / "out.csv", encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert sorted((row["Code"], row["Severity"], row["Line"]) for row in rows) == [
        ("agentless-report", "note", "4"),
        ("agentless-report", "note", "4"),
        ("bare-source", "error", "3"),
        ("vague-collective", "warning", "3"),
    ]
    tool("codeclimate", "--output", "out.json", "out.sarif")
    issues = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert len(issues) == len(REPORT.findings)
