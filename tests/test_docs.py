"""The documentation says what the program does."""

from __future__ import annotations

import doctest
import os
import runpy
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from attrlint.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def docs_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "docs")


def test_generated_parts_are_fresh() -> None:
    generate = runpy.run_path(str(ROOT / "docs" / "generate.py"))
    stale = [path.relative_to(ROOT).as_posix() for path in generate["stale"]()]
    assert not stale, f"stale: {', '.join(stale)}; run `make docs`"


def test_the_python_of_the_readme_is_true() -> None:
    failed, attempted = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert attempted
    assert not failed


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("man") or not shutil.which("groff"), reason="there is no man")
def test_the_man_page_is_whole_and_renders_without_warnings() -> None:
    command = ["man", "--warnings=w", "-E", "UTF-8", "-l", str(ROOT / "docs" / "attrlint.1")]
    plain = {**os.environ, "MANWIDTH": "160", "LC_ALL": "C.UTF-8", "MAN_KEEP_FORMATTING": ""}
    ran = subprocess.run(command, env=plain, capture_output=True, encoding="utf-8", check=True)
    assert ran.stderr == ""
    shown = " ".join(ran.stdout.replace("\u2010\n", "").split())
    context = click.Context(cli)
    for name in COMMANDS:
        command_of_it = cli.get_command(context, name)
        assert command_of_it
        assert f"attrlint {name} " in shown
        for option in command_of_it.params:
            assert all(word in shown for word in option.opts if word.startswith("-"))
