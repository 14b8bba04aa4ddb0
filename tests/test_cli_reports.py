"""Reports as users ask for them: several at once, into files, grouped, counted, cut short."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CLEAN, VAGUE, Run
from test_cli_process import environment, needs_posix

from attrlint.batch import MANY

SECOND = "Officials say that it had moved.\n"
BELIEF = "It is believed that the ship sank.\n"
HEARSAY = "A source said so. Reportedly it sank.\n"


@pytest.fixture
def articles(run: Run, tmp_path: Path) -> Run:
    """Three articles with findings, of one rule and of several, and a clean one."""
    (tmp_path / "a.txt").write_text(f"{BELIEF}\n{VAGUE}\n{SECOND}", encoding="utf-8")
    (tmp_path / "b.txt").write_text(HEARSAY + VAGUE, encoding="utf-8")
    return run


def test_several_reports_are_written_at_once(run: Run, tmp_path: Path) -> None:
    ran = run("--report", "sarif=out.sarif", "--report", "concise=out.log", "vague.txt")
    assert ran == run("vague.txt")
    assert (tmp_path / "out.log").read_text("utf-8") == run("--format", "concise", "vague.txt").out
    assert (tmp_path / "out.sarif").read_text("utf-8") == run("--format", "sarif", "vague.txt").out


@pytest.mark.parametrize("option", ["-o", "--output-file", "--output"])
def test_the_report_goes_to_a_file(run: Run, tmp_path: Path, option: str) -> None:
    ran = run(option, "out.log", "--report", "json=out.json", "vague.txt")
    assert (ran.status, ran.out, ran.err) == (1, "", "")
    assert (tmp_path / "out.log").read_text("utf-8") == run("vague.txt").out
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["summary"]["warnings"] == 1


def test_a_file_has_colour_only_if_asked(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("--report", "text=also.log", "vague.txt").out
    run("-o", "out.log", "vague.txt")
    run("-o", "colour.log", "--color", "always", "vague.txt")
    found = {name: "\x1b[" in (tmp_path / f"{name}.log").read_text("utf-8") for name in ("also", "out", "colour")}
    assert found == {"also": False, "out": False, "colour": True}


@pytest.mark.parametrize("command", ["check", "sources"])
def test_a_file_is_written_whole_or_not_at_all(run: Run, tmp_path: Path, command: str) -> None:
    kept = tmp_path / "kept.log"
    kept.write_text("old", encoding="utf-8")
    before = set(os.listdir(tmp_path))
    ran = run(command, "-o", "kept.log", "--encoding", "utf-8", *["--jobs", "1"], "vague.txt", "missing.txt")
    assert (ran.status, kept.read_text("utf-8") != "old") == (2, True)
    kept.write_text("old", encoding="utf-8")
    ran = run(command, "-o", "no/folder.log", "vague.txt")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "error: no/folder.log: cannot be written: no such file or directory\n"
    if command == "check":
        ran = run("--select", "nonesuch", "-o", "kept.log", "--report", "json=new.json", "vague.txt")
        assert ran.status == 2
        ran = run("--report", "json=new.json", "--report", "html=no/folder.htm", "-o", "kept.log", "vague.txt")
        assert (ran.status, ran.out) == (2, "")
    assert kept.read_text("utf-8") == "old"
    assert set(os.listdir(tmp_path)) == before


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--report", "sarif"], "“sarif” is not FORMAT=FILE; the formats are text, concise, json, jsonl, sarif"),
        (["--report", "sarif="], "“sarif=” is not FORMAT=FILE"),
        (["--report", "srif=a.sarif"], "“srif=a.sarif” is not FORMAT=FILE"),
        (["--report", "json=a.log", "--report", "sarif=./a.log"], "./a.log is named for two reports"),
        (["--report", "json=a.log", "-o", "a.log"], "a.log is named for two reports"),
        (["--report", "json=vague.txt"], "vague.txt is the article itself"),
        (["--format", "json", "--statistics"], "--group-by and --statistics shape the text report"),
        (["--format", "json", "--group-by", "rule"], "--group-by and --statistics shape the text report"),
        (["--max-findings", "0"], "--max-findings"),
    ],
)
def test_wrong_usage_writes_nothing(run: Run, tmp_path: Path, argv: list[str], message: str) -> None:
    before = set(os.listdir(tmp_path))
    ran = run("check", *argv, "vague.txt")
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
    assert set(os.listdir(tmp_path)) == before


@needs_posix
def test_a_reader_that_stops_reading_does_not_cut_the_other_reports(tmp_path: Path) -> None:
    (tmp_path / "vague.txt").write_text("Reportedly it sank.\n" * 3000, encoding="utf-8")
    options = ["--format", "concise", "--report", "jsonl=all.jsonl"]
    command = [sys.executable, "-m", "attrlint", *options, "vague.txt"]
    with subprocess.Popen([*command, "-"], cwd=tmp_path, env=environment(), stdout=-1, stderr=-1, stdin=-1) as checked:
        assert checked.stdout
        assert checked.stdin
        checked.stdout.close()
        checked.stdin.write(VAGUE.encode())
        checked.stdin.close()
        assert checked.stderr
        assert checked.stderr.read() == b""
        assert checked.wait(60) == 1
    lines = (tmp_path / "all.jsonl").read_text("utf-8").splitlines()
    many, last = (len(json.loads(line)["findings"]) for line in lines)
    assert (many > 2000, last) == (True, 1)


def test_findings_by_rule(articles: Run) -> None:
    ran = articles("--group-by", "rule", ".")
    titles = [line for line in ran.out.splitlines() if line.endswith(("finding", "findings"))]
    assert titles == [
        "vague-collective: 4 findings",
        "agentless-report: 1 finding",
        "bare-source: 1 finding",
        "hearsay-adverb: 1 finding",
    ]
    places = [line.partition(" ")[0] for line in ran.out.splitlines() if line.startswith("./")]
    assert places[:4] == ["./a.txt:3:28:", "./a.txt:5:1:", "./b.txt:2:28:", "./vague.txt:1:28:"]
    assert ran.out.endswith("1 error, 6 warnings in 3 of 4 articles\n")
    plain = articles(".").out
    assert sorted(ran.out.replace(":\n", "").splitlines()) == sorted([*plain.splitlines(), *titles, *[""] * 4])


def test_findings_by_file(articles: Run) -> None:
    ran = articles("--group-by", "file", ".")
    titles = [line for line in ran.out.splitlines() if line.startswith("./") and not line.split(":")[1].isdigit()]
    assert titles == ["./a.txt: 3 warnings", "./b.txt: 1 error, 2 warnings", "./vague.txt: 1 warning"]


def test_statistics_stand_in_the_place_of_the_findings(articles: Run) -> None:
    ran = articles("--statistics", ".")
    assert ran.status == 1
    words = len((BELIEF + 3 * VAGUE + SECOND + HEARSAY + CLEAN).split())
    assert ran.out.splitlines() == [
        "rule              findings  per 1,000 words",
        f"vague-collective         4  {4000 / words:15.2f}",
        f"agentless-report         1  {1000 / words:15.2f}",
        f"bare-source              1  {1000 / words:15.2f}",
        f"hearsay-adverb           1  {1000 / words:15.2f}",
        f"all, in {words} words         7  {7000 / words:15.2f}",
        "",
        "1 error, 6 warnings in 3 of 4 articles",
    ]
    assert articles("--statistics", "clean.txt").out == "no findings in 1 article\n"
    counted = articles("--format", "json", ".").json()["summary"]
    assert counted["words"] == words
    assert counted["rules"]["vague-collective"] == 4


@pytest.mark.parametrize("most", [1, 2, 3, 4, 6, 7, 8])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_first_findings_are_shown_and_all_are_counted(articles: Run, most: int, jobs: str, tmp_path: Path) -> None:
    everything = articles("--format", "concise", ".")
    options = ["--max-findings", str(most), "--jobs", jobs, "--report", "json=out.json"]
    ran = articles("--format", "concise", *options, ".")
    assert ran.status == 1
    assert ran.out.splitlines() == everything.out.splitlines()[:most]
    hidden = 7 - most
    noun = "finding" if hidden == 1 else "findings"
    assert ran.err == (f"{hidden} more {noun} not shown: --max-findings {most}\n" if hidden > 0 else "")
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert sum(len(file["findings"]) for file in found["files"]) == min(most, 7)
    assert len(found["files"]) == 4
    assert found["summary"]["findings"] == 7


def test_what_is_not_shown_still_decides_the_status(run: Run, tmp_path: Path) -> None:
    (tmp_path / "z.txt").write_text(HEARSAY, encoding="utf-8")
    assert run("--max-findings", "1", "--fail-on", "error", "vague.txt", "z.txt").status == 1
    assert run("-q", "--max-findings", "1", "vague.txt", "z.txt").err == ""


@pytest.mark.parametrize("options", [["--group-by", "rule"], ["--group-by", "file"], ["--statistics"]])
def test_groups_are_the_same_from_many_processes(articles: Run, tmp_path: Path, options: list[str]) -> None:
    for number in range(MANY):
        (tmp_path / f"{number}.txt").write_text(VAGUE + HEARSAY * (number % 3), encoding="utf-8")
    assert articles(*options, "--jobs", "2", ".") == articles(*options, "--jobs", "1", ".")
