"""Presets: every line names rules there are and says why; what is chosen on top of one; what is wrong with one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Run

from attrlint import engine, pack, preset
from attrlint.errors import PackError, UsageError
from attrlint.finding import Severity
from attrlint.text import Document

FOLDER = engine.built_in().parent / "presets"
NAMES = ["ap", "bbc", "npr", "reuters", "strict", "wikipedia"]
LOADED = pack.load(engine.built_in())


def levels(name: str) -> dict[str, Severity]:
    """The rules that are on in a preset, with their severities."""
    return {rule.name: rule.severity for rule in engine.load(preset=name).rules}


def test_the_presets_are_these() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_line_names_rules_and_says_why(name: str) -> None:
    found = engine.load_preset(name, LOADED)
    assert found.lines
    for line in found.lines:
        assert line.why.endswith(".")
        assert line.why.count(".") == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_keeps_what_it_does_not_name(name: str) -> None:
    found = engine.load_preset(name, LOADED)
    named = {name for line in found.lines for name in line.rules}
    for before, after in zip(LOADED.rules, found.applied(LOADED.rules), strict=True):
        if not {before.name, before.family} & named:
            assert before is after


def test_what_the_newsrooms_ask_for() -> None:
    assert levels("ap")["bare-source"] is Severity.ERROR
    assert {"uncounted-sources", "anonymous-opinion"} <= levels("ap").keys()
    assert levels("reuters")["late-speaker"] is Severity.WARNING
    assert levels("npr")["hearsay-adverb"] is levels("npr")["unexplained-anonymity"] is Severity.ERROR
    assert levels("strict").keys() == {rule.name for rule in LOADED.rules}


def test_select_and_ignore_go_on_top() -> None:
    assert {rule.name for rule in engine.load(["hearsay"], preset="npr").rules} == {"hearsay-adverb", "rumour"}
    assert engine.load(["hearsay-adverb"], preset="npr").rules[0].severity is Severity.ERROR
    assert "hearsay-adverb" not in {rule.name for rule in engine.load(ignore=["hearsay-adverb"], preset="npr").rules}


def found(text: str, name: str) -> list[tuple[str, str, str]]:
    document = Document(text)
    findings = engine.load(preset=name).lint(document).findings
    return [(one.rule, one.severity.word, text[one.start : one.end]) for one in findings]


def test_a_severity_is_the_finding_s() -> None:
    text = "The mayor has reportedly left."
    assert found(text, "") == [("hearsay-adverb", "warning", "reportedly")]
    assert found(text, "npr") == [("hearsay-adverb", "error", "reportedly")]


def test_strict_notes_what_speakers_leave_vague() -> None:
    text = "“Experts say the bridge is safe,” said Ana Pell, who leads the council."
    assert found(text, "") == found(text, "ap") == []
    assert found(text, "strict") == [("vague-collective", "note", "Experts say")]
    (finding,) = engine.load(preset="strict").lint(Document(text)).findings
    assert "the speaker’s own" in finding.message
    assert engine.load(["hearsay"], preset="strict").lint(Document(text)).findings == ()


def test_strict_notes_attitudes() -> None:
    text = "Ana Pell, the mayor, said she would stay for a twelfth year. Voters want a change."
    assert found(text, "") == []
    assert ("uncounted-attitude", "note", "Voters want") in found(text, "strict")


GOOD = """\
name  = "ours"
about = "What our desk asks for."

[[line]]
rules = ["hearsay"]
level = "off"
why   = "We print rumours."

[[line]]
rules = ["rumour", "vague-media"]
level = "note"
why   = "But we say so."
"""


def read(tmp_path: Path, text: str) -> preset.Preset:
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    return preset.load(tmp_path / "ours.toml", LOADED.rules)


def test_a_later_line_goes_over_an_earlier_one(tmp_path: Path) -> None:
    rules = {rule.name: rule for rule in read(tmp_path, GOOD).applied(LOADED.rules)}
    assert not rules["hearsay-adverb"].default
    assert (rules["rumour"].default, rules["rumour"].severity) == (True, Severity.NOTE)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('"rumour"', '"rumor"', 10, "no rule or family is called “rumor”; did you mean “rumour”?"),
        ('"hearsay"', '"xyzzy"', 5, "no rule or family is called “xyzzy”"),
        ('"rumour", "vague-media"', '"hearsay"', 10, "“hearsay” has a line of its own before this one"),
        ('"note"', '"fatal"', 11, "“level” must be on, off, error, warning or note, not “fatal”"),
        ('"But we say so."', '" "', 12, "“why” is empty: say which standard asks for this"),
        ('why   = "But we say so."', "", 9, "“why” is missing in [line]"),
        ('"note"', "3", 11, "“level” must be a string"),
        ("about", "abuot", 2, "unknown key “abuot”; did you mean “about”?"),
        ("[[line]]", "[[lines]]", 4, "unknown key “lines”; did you mean “line”?"),
        ('"ours"', '"theirs"', 1, "“name” must be “ours”, as the file is called"),
        ('level = "note"', 'level = "note"\nmark = "cue"', 12, "unknown key “mark” in [line]"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in GOOD
    with pytest.raises(PackError, match=rf"ours\.toml:{line}: .*{re.escape(message)}"):
        read(tmp_path, GOOD.replace(old, new))


def test_an_unknown_preset_is_an_error(run: Run) -> None:
    message = "error: no preset is called “reuter”; did you mean “reuters”?\n"
    assert run("check", "--preset", "reuter", "vague.txt") == (2, "", message)
    with pytest.raises(UsageError, match="there are ap, bbc, npr"):
        engine.load(preset="xyzzy")


def test_the_command_line_takes_presets(run: Run) -> None:
    ran = run("check", "--format", "json", "--preset", "strict", "--ignore", "identity,anonymity", "vague.txt")
    assert (ran.status, ran.json()["summary"]["warnings"]) == (0, 0)
    ran = run("rules", "--preset", "npr")
    assert (ran.status, ran.err) == (0, "")
    assert re.search(r"^  hearsay-adverb +error ", ran.out, re.MULTILINE)
    assert re.search(r"^  anonymous-opinion +warning  ", ran.out, re.MULTILINE)
    assert "\nerror: hearsay-adverb\n  NPR holds that" in ran.out
    assert all(len(line) <= 100 for line in ran.out.splitlines())


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("The offensive has stalled, senior analysts note.", "high"),
        ("The offensive has stalled, analysts note.", "high"),
        ("The offensive is widely believed to have stalled.", "medium"),
        ("Experts warn of floods\n\nThe river rose on Monday.", "low"),
    ],
)
def test_min_confidence_leaves_out_what_is_less_sure(run: Run, text: str, confidence: str) -> None:
    levels = ("high", "medium", "low")
    for wanted in levels:
        ran = run("check", "--format", "json", "--min-confidence", wanted, "-", stdin=text.encode())
        kept = [finding["confidence"] for file in ran.json()["files"] for finding in file["findings"]]
        assert kept == ([confidence] if levels.index(confidence) <= levels.index(wanted) else [])


def test_strict_takes_nothing_more_lightly_than_the_default() -> None:
    text = (
        "A senior official said the road would close.\n\nThe road has reportedly closed. It is believed to be unsafe."
    )
    for usual in engine.load().lint(Document(text)).findings:
        strict = engine.load(preset="strict").lint(Document(text)).findings
        here = [finding for finding in strict if finding.start < usual.end and usual.start < finding.end]
        assert max(finding.severity for finding in here) >= usual.severity
