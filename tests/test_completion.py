"""Completion in the shells themselves: a line is typed, completed with a tab, and run."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import VAGUE, Run
from test_cli_process import needs_posix

ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\r")

BASH = 'PS1="> "; source <(attrlint completion bash)'
ZSH = 'PS1="> "; autoload -U compinit; compinit -u -D; source <(attrlint completion zsh)'


def environment(folder: Path) -> dict[str, str]:
    """An environment in which `attrlint` is the one under test, and nothing of the user's own set-up is read."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(folder), "TERM": "xterm", "LC_ALL": "C.UTF-8", "COLUMNS": "200"}


class Terminal:
    """The other side of a shell's terminal."""

    def __init__(self, terminal: int) -> None:
        self.terminal = terminal

    def type(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def until(self, wanted: str) -> str:
        """What is shown from now on, down to the wanted words."""
        shown, end = b"", time.monotonic() + 30
        while wanted not in (text := ESCAPES.sub(b"", shown).decode("utf-8", "replace")):
            assert time.monotonic() < end, text
            if select.select([self.terminal], [], [], 1)[0]:
                shown += os.read(self.terminal, 4096)
        return text

    def run(self, begun: str, completed: str, rest: str = "") -> str:
        """Type the beginning of a line and a tab, see it completed, run it, and return what is shown."""
        self.type(f"{begun}\t")
        self.until(completed)
        self.type(f"{rest}; echo DO''NE\n")
        return self.until("\nDONE")


@contextmanager
def shell(folder: Path, command: list[str], setup: str) -> Iterator[Terminal]:
    import pty

    if not shutil.which(command[0]):
        pytest.skip(f"there is no {command[0]}")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, cwd=folder, env=environment(folder), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as running:
        os.close(theirs)
        try:
            terminal = Terminal(ours)
            terminal.type(f"{setup}; echo REA''DY\n")
            terminal.until("\nREADY")
            yield terminal
        finally:
            running.kill()
            os.close(ours)


@needs_posix
@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "setup"), [(["bash", "--norc", "-i"], BASH), (["zsh", "-f", "-i"], ZSH)], ids=["bash", "zsh"]
)
def test_lines_are_completed_and_run(tmp_path: Path, command: list[str], setup: str) -> None:
    (tmp_path / "vague copy.txt").write_text(VAGUE, encoding="utf-8")
    with shell(tmp_path, command, setup) as terminal:
        assert "since 0.1" in terminal.run("attrlint expl", "explain", "rumour")
        assert "Words quoted from somewhere" in terminal.run("attrlint explain second-h", "second-hand-quote")
        assert "Reuters: " in terminal.run("attrlint rules --preset reut", "reuters")
        listed = "attrlint --quiet --exit-zero --select rumour,vague-coll"
        assert "does not say which analysts" in terminal.run(listed, "vague-collective", " vague*.txt")
        assert "does not say which analysts" in terminal.run("attrlint check vag", "copy.txt")
        assert "does not say which analysts" in terminal.run("attrlint vag", "copy.txt")
        assert "| " in terminal.run("attrlint check --format conci", "concise", "vague*.txt | sed 's/^/| /'")


@pytest.mark.slow
def test_fish_offers_what_may_follow(tmp_path: Path) -> None:
    fish = shutil.which("fish")
    if not fish:
        pytest.skip("there is no fish")
    (tmp_path / "vague.txt").write_text(VAGUE, encoding="utf-8")

    def offered(line: str) -> list[str]:
        code = f"attrlint completion fish | source; complete -C '{line}'"
        ran = subprocess.run(
            [fish, "--no-config", "-c", code], cwd=tmp_path, env=environment(tmp_path), capture_output=True, check=True
        )
        return [found.partition("\t")[0] for found in ran.stdout.decode().splitlines()]

    assert offered("attrlint expl") == ["explain"]
    assert offered("attrlint explain second-h") == ["second-hand-quote"]
    assert offered("attrlint check --preset reut") == ["reuters"]
    assert offered("attrlint --select rumour,vague-coll") == ["rumour,vague-collective"]
    assert offered("attrlint check vag") == ["vague.txt"]
    assert set(offered("attrlint check --fail-on ")) == {"error", "warning", "note"}


def test_a_shell_without_a_script_is_told(run: Run) -> None:
    ran = run("completion", "csh")
    assert (ran.status, ran.out) == (2, "")
    assert "'bash', 'zsh', 'fish'" in ran.err
    assert run("completion").status == 2


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_the_scripts_are_printed(run: Run, name: str) -> None:
    ran = run("completion", name)
    assert (ran.status, ran.err) == (0, "")
    assert "_ATTRLINT_COMPLETE" in ran.out


def test_what_is_configured_is_offered(tmp_path: Path, run: Run) -> None:
    assert run("new", "pack", "desk").status == 0
    rule = tmp_path / "desk" / "house" / "first-rule.toml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("TK", "so"), encoding="utf-8")

    def offered(line: str) -> list[str]:
        asked = {**environment(tmp_path), "_ATTRLINT_COMPLETE": "bash_complete"}
        asked |= {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
        command = [sys.executable, "-m", "attrlint"]
        ran = subprocess.run(command, cwd=tmp_path, env=asked, capture_output=True, encoding="utf-8", check=True)
        return ran.stdout.split()

    assert offered("attrlint explain first-") == []
    (tmp_path / "other.toml").write_text('packs = ["./desk"]\n', encoding="utf-8")
    assert offered("attrlint explain --config other.toml first-") == ["plain,first-rule"]
    (tmp_path / "attrlint.toml").write_text('packs = ["./desk"]\n', encoding="utf-8")
    assert offered("attrlint explain first-") == ["plain,first-rule"]
    assert offered("attrlint a.txt --ignore rumour,hou") == ["plain,rumour,house"]
    # A configuration that is being written must not take the completion away.
    (tmp_path / "attrlint.toml").write_text('packs = ["./des', encoding="utf-8")
    assert offered("attrlint explain second-h") == ["plain,second-hand-quote"]
