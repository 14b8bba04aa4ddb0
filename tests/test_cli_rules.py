"""The commands about rules: rules, explain and test."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import Run

from attrlint import engine

FAMILIES = ("identity", "hearsay", "anonymity", "quotation", "waivers")


def test_rules_lists_every_rule(run: Run) -> None:
    ran = run("rules")
    assert ran.status == 0
    assert re.search(r"^identity$", ran.out, re.MULTILINE)
    assert re.search(r"^  vague-collective +warning +A claim rests on people", ran.out, re.MULTILINE)
    assert re.search(r"^  metonym-belief +\w+ \(off\) ", ran.out, re.MULTILINE)
    assert all(len(line) <= 100 for line in ran.out.splitlines())


def test_explain_is_a_manual_page(run: Run) -> None:
    ran = run("explain", "vague-collective")
    assert ran.status == 0
    assert ran.out.startswith("vague-collective\nidentity, warning, on by default, since 0.1\n\n")
    for heading in ("Found:", "Instead:", "Not found:"):
        assert f"\n{heading}\n" in ran.out
    assert re.search(r"\[.*\]", ran.out)


def test_explaining_an_unknown_rule_is_an_error(run: Run) -> None:
    assert run("explain", "vague-colective") == (
        2,
        "",
        "error: there is no rule “vague-colective”; did you mean “vague-collective”?\n",
    )
    assert "`attrlint rules` lists them" in run("explain", "xyzzy").err


RULE = """
[[bad]]
text = "The offensive has stalled, analysts note."
marks = ["{mark}"]

[[good]]
text = "The offensive has stalled."
because = "nobody is said to say so"
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The built-in word lists and patterns with one rule, whose examples hold."""
    folder = tmp_path / "pack"
    shutil.copytree(engine.built_in(), folder, ignore=lambda _, names: [name for name in names if name in FAMILIES])
    (folder / "identity").mkdir()
    source = (engine.built_in() / "identity" / "vague-collective.toml").read_text(encoding="utf-8")
    rule = source.partition("[[bad]]")[0] + RULE.format(mark="analysts note")
    (folder / "identity" / "vague-collective.toml").write_text(rule, encoding="utf-8")
    return folder


def test_the_examples_of_a_pack_hold(run: Run, pack: Path) -> None:
    assert run("test", "pack") == (0, "all examples hold\n", "")


def test_an_example_that_fails_is_shown(run: Run, pack: Path) -> None:
    rule = pack / "identity" / "vague-collective.toml"
    rule.write_text(rule.read_text(encoding="utf-8").replace('marks = ["an', 'marks = ["n'), encoding="utf-8")
    ran = run("test", "pack")
    assert (ran.status, ran.err) == (1, "")
    assert "vague-collective" in ran.out
    assert "The offensive has stalled, analysts note." in ran.out
    assert ran.out.endswith("1 failed\n")


@pytest.mark.parametrize(
    ("file", "pattern", "wrong", "message"),
    [
        ("identity/vague-collective.toml", r"^\[when\]", "[wen]", "unknown key “wen”; did you mean “when”?"),
        ("identity/vague-collective.toml", r"^severity *=", "severity = =", "is not valid TOML"),
        ("pack.toml", r"^language\b", "langauge", "“language”"),
    ],
)
def test_a_malformed_pack_is_an_error_with_file_and_line(
    run: Run, pack: Path, file: str, pattern: str, wrong: str, message: str
) -> None:
    text, changed = re.subn(pattern, wrong, (pack / file).read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert changed == 1
    (pack / file).write_text(text, encoding="utf-8")
    ran = run("test", "pack")
    assert (ran.status, ran.out) == (2, "")
    assert re.match(rf"error: pack/{re.escape(file)}:\d+: ", ran.err)
    assert message in ran.err
    assert ran.err.count("\n") == 1


def test_a_folder_that_is_no_pack_is_an_error(run: Run) -> None:
    ran = run("test", "nowhere")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("error: no pack “nowhere” is installed")
