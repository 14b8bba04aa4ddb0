"""The guide to a first rule, followed to the letter: its files are written, its commands run, its output compared."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from conftest import Run

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "first-rule.md"
BLOCK = re.compile(r"^```(?:console|toml|text)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)


def follow(run: Run, body: str) -> None:
    """Do what one block of the guide says, in the working folder."""
    first, _, rest = body.partition("\n")
    if first.startswith("# "):
        more = first.startswith("# at the end of ")
        path = Path(first.split()[-1])
        before = path.read_text(encoding="utf-8") + "\n" if more else ""
        path.write_text(before + rest, encoding="utf-8")
        return
    program, *arguments = shlex.split(first.removeprefix("$ "))
    if program == "mv":
        shutil.move(*arguments)
        return
    assert program == "attrlint", first
    ran = run(*arguments)
    assert (ran.out + ran.err).rstrip() == rest.rstrip(), first


def test_the_guide_is_true(run: Run) -> None:
    blocks = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
    assert len(blocks) > 9
    for body in blocks:
        follow(run, body)
    assert "shouting-cue" in run("rules").out
    assert "keeps slamming for doors" in run("explain", "shouting-cue").out
    assert run("test", "desk").status == 1, "the second rule is not filled in"
