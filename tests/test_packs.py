"""Packs that add words and rules: folders of data, what they may not do, and files to begin them with."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from conftest import Run
from test_config import cache, write

from attrlint import plugins

__all__ = ["cache"]

RULE = """
name     = "NAME"
summary  = "A tide is asked."
severity = "error"
since    = "1"
message  = "“{text}” asks the tide."
why      = "Tides do not talk."
instead  = "Ask somebody."

[when]
cue.label = ["tidal"]

[[bad]]
text  = "Ann Roe, who leads the board, surged that it was full."
marks = ["Ann Roe, who leads the board, surged"]

[[good]]
text    = "The tide surged in."
because = "the tide itself"

[[unless]]
source.form = "other"
"""
WORDS = """
[tidal]
about = "How tides talk."
words = "surge surges surged surging"

[speech]
words = "surge surges surged surging surged"

[expert]
phrases = "tide reader, tide readers"
"""


@pytest.fixture
def pack(run: Run) -> Path:
    """A folder pack with words and a rule, named in the configuration of the working folder."""
    write("tides/pack.toml", 'name = "tides"\nabout = "Tides."\n')
    write("tides/lexicons/tides.toml", WORDS)
    write("tides/water/asked-tide.toml", RULE.replace("NAME", "asked-tide"))
    write("a.txt", "Ann Roe, who leads the board, surged that it was full. Tide readers say no.\n")
    write("attrlint.toml", 'packs = ["tides"]\n')
    return Path("tides")


def test_a_folder_brings_words_and_rules(run: Run, pack: Path) -> None:
    ran = run("check", "--format", "concise", "a.txt")
    assert [line.split(" ")[1:3] for line in ran.out.splitlines()] == [
        ["error", "asked-tide"],
        ["warning", "vague-collective"],
    ]
    assert "asked-tide" in run("rules").out
    assert "Tides do not talk." in run("explain", "asked-tide").out
    assert ran.out.splitlines()[0].endswith(" https://attrlint.readthedocs.io/first-rule")
    assert run("check", "--select", "water", "a.txt").status == 1
    write("attrlint.toml", 'packs = ["tides"]\n[severities]\nwater = "off"\n')
    assert "asked-tide" not in run("check", "a.txt").out


def test_a_rule_tells_where_it_is_explained(run: Run, pack: Path) -> None:
    rule = pack / "water" / "asked-tide.toml"
    rule.write_text('help = "https://tides.example/asked"\n' + rule.read_text(encoding="utf-8"), encoding="utf-8")
    assert "\n  = https://tides.example/asked\n" in run("check", "a.txt").out
    assert run("explain", "asked-tide").out.endswith("\nhttps://tides.example/asked\n")


def test_a_folder_is_tested_by_its_own_examples(run: Run, pack: Path) -> None:
    assert run("test", "tides") == (0, "all examples hold\n", "")
    rule = pack / "water" / "asked-tide.toml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("it was full", "it was low"), encoding="utf-8")
    assert run("test", "tides").status == 0
    rule.write_text(rule.read_text(encoding="utf-8").replace("surged that", "said that"), encoding="utf-8")
    ran = run("test", "tides")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("tides/water/asked-tide.toml: asked-tide: expected asked-tide “Ann Roe, who")


def test_another_pack_finds_nothing_new_where_it_is_not_named(run: Run, pack: Path) -> None:
    write("elsewhere/attrlint.toml", "")
    write("elsewhere/a.txt", Path("a.txt").read_text(encoding="utf-8"))
    assert "asked-tide" not in run("check", "elsewhere").out
    assert "asked-tide" in run("check", "a.txt").out


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        ("pack.toml", "about =", "abuot =", 2, "unknown key “abuot”; did you mean “about”?"),
        ("pack.toml", "about =", 'language = "en"\nabout =', 2, "unknown key “language”"),
        ("lexicons/tides.toml", "about = ", "aboot = ", 3, "unknown key “aboot” in [tidal]; did you mean “about”?"),
        ("lexicons/tides.toml", "words = ", "wrds = ", 4, "unknown key “wrds” in [tidal]; did you mean “words”?"),
        ("lexicons/tides.toml", "surging surged", "surging", 7, "has 4 forms where the columns are base, third, past"),
        ("lexicons/tides.toml", "tide reader, ", "tide reader ", 10, "has 1 forms where the columns are singular"),
        (
            "lexicons/tides.toml",
            "tide reader, tide readers",
            "of the, of them",
            10,
            "has only words that are everywhere",
        ),
        ("water/asked-tide.toml", '["tidal"]', '["tidel"]', 11, "unknown label “tidel”; did you mean “tidal”?"),
        ("water/asked-tide.toml", "cue.label = ", 'near.any = ["x y"]\ncue.label = ', 11, "unknown label “x y”"),
        ("water/asked-tide.toml", '["tidal"]', '["[tidal"]', 11, "unknown label"),
        (
            "water/asked-tide.toml",
            "[when]",
            'check = "orphan_quote"\n[when]',
            10,
            "a folder is data and can name no check",
        ),
        ("water/asked-tide.toml", "[when]", "[when", 10, "is not valid TOML"),
        (
            "water/asked-tide.toml",
            "[[bad]]",
            "[[bad]]\nmark = 'x'",
            14,
            "unknown key “mark” in [bad]; did you mean “marks”?",
        ),
    ],
)
def test_a_malformed_pack_is_told_file_and_line(
    run: Run, pack: Path, file: str, old: str, new: str, line: int, message: str
) -> None:
    text = (pack / file).read_text(encoding="utf-8")
    assert old in text
    (pack / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    ran = run("check", "a.txt")
    assert ran.status == 2
    assert ran.err.startswith(f"error: tides/{file}:{line}: ")
    assert message in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("command", [("test", "tides"), ("rules",), ("explain", "rumour"), ("config", "a.txt")])
def test_every_command_tells_what_is_wrong(run: Run, pack: Path, command: tuple[str, ...]) -> None:
    write("tides/pack.toml", 'name = "tides"\nabuot = "Tides."\n')
    ran = run(*command)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "error: tides/pack.toml:2: unknown key “abuot”; did you mean “about”?\n"


def test_a_name_that_is_taken(run: Run, pack: Path) -> None:
    write("tides/water/rumour.toml", RULE.replace("NAME", "rumour"))
    ran = run("check", "a.txt")
    assert ran.status == 2
    assert ran.err.startswith("error: tides/water/rumour.toml:2: a rule “rumour” is there already (")


def test_a_folder_has_no_patterns(run: Run, pack: Path) -> None:
    """Whatever a folder holds is compared with labels: there is no expression in it that could run away."""
    write("tides/patterns.toml", '[macros]\nx = "(a{0,99}){0,99}"\n')
    ran = run("check", "a.txt")
    assert ran.err == "error: tides/patterns.toml: a pack that adds to another brings words and rules, no patterns\n"


HOSTILE = ["(a+)+$", "([^x]*)*", "(?:a|a)*b", ".*" * 50, "[[a]", "a" * 50_000, "{" * 10_000, "\\"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("lexicons/tides.toml", "surge surges", " ".join(HOSTILE)),
        ("lexicons/tides.toml", "tide reader,", f"tide {' '.join(HOSTILE)},"),
        ("water/asked-tide.toml", "asks the tide", " ".join(HOSTILE)),
        *(("water/asked-tide.toml", '"tidal"', f'"{text}"') for text in HOSTILE[3:]),
    ],
)
def test_hostile_text_in_a_folder_is_refused_or_harmless(run: Run, pack: Path, file: str, old: str, new: str) -> None:
    write("long.txt", f"{'a' * 100_000}! Ann Roe, who leads the board, surged that it was full. {'aa ' * 30_000}\n")
    text = (pack / file).read_text(encoding="utf-8")
    assert old in text
    (pack / file).write_text(text.replace(old, new.replace("\\", "\\\\"), 1), encoding="utf-8")
    start = time.monotonic()
    ran = run("check", "--format", "concise", "long.txt")
    assert time.monotonic() - start < 20
    assert ran.status in (0, 1, 2)
    assert ran.err.count("\n") == (ran.status == 2)


def test_the_files_of_a_pack_are_those_of_its_folders_that_are_not_hidden(run: Run, pack: Path) -> None:
    write("tides/.git/x.toml", "no = TOML = here")
    write("tides/water/deep/x.toml", "no = TOML = here")
    assert len(plugins.files(pack.resolve())) == 3
    assert run("test", "tides").status == 0


def test_a_new_pack_and_a_new_rule_fail_until_they_are_filled_in(run: Run) -> None:
    assert run("new", "pack", "desk").status == 0
    assert run("new", "rule", "loud-word", "--pack", "desk", "--family", "style").out.startswith(
        "wrote desk/style/loud-word.toml\n"
    )
    ran = run("test", "desk")
    assert ran.status == 1
    for name in ("first-rule", "loud-word"):
        assert f"{name}: still to be filled in: summary, message, why, instead\n" in ran.out
        assert ran.out.count(f"{name}: still to be filled in\n    TK: a sentence") == 2
    write("attrlint.toml", 'packs = ["./desk"]\n')
    assert run("rules").status == 0, "it can be loaded as it is"


def test_a_rule_without_examples_fails(run: Run, pack: Path) -> None:
    rule = pack / "water" / "asked-tide.toml"
    rule.write_text(rule.read_text(encoding="utf-8").partition("[[bad]]")[0], encoding="utf-8")
    ran = run("test", "tides")
    assert ran.status == 1
    assert "has no [[bad]] example" in ran.out
    assert "has no [[good]] example" in ran.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("pack", "tides"), "tides is there already: choose another name"),
        (("pack", "Big Desk"), "“Big Desk” cannot be a name"),
        (("rule", "asked-tide", "--pack", "tides"), "asked-tide.toml is there already"),
        (("rule", "../x", "--pack", "tides"), "“../x” cannot be a name"),
        (("rule", "x", "--pack", "tides", "--family", ".."), "“..” cannot be a name"),
        (("rule", "x"), ". is no pack: it has no pack.toml; `attrlint new pack NAME` begins one"),
    ],
)
def test_nothing_is_written_over_and_names_are_names(
    run: Run, pack: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = sorted(Path().rglob("*"))
    ran = run("new", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
    assert sorted(Path().rglob("*")) == before
