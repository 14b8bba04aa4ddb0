"""Write what is generated in the documentation: parts of the README, rules/README.md and the man page.

`python docs/generate.py` writes the files, `--check` only names the stale ones and then exits 1.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import manpage

from attrlint import engine, pack
from attrlint.explain import rule_table
from attrlint.rule import Rule

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
INDEX = ROOT / "rules" / "README.md"
MAN = ROOT / "docs" / "attrlint.1"

_CONSOLE = re.compile(r"```console\n\$ (?P<command>attrlint [^\n]*)\n.*?```", re.DOTALL)
_INDEX = """\
# The rules

Written by `make docs` from the files in this folder. `attrlint explain RULE` shows one with its reasons and examples.
A rule that is *off* runs when `--select` names it.

{table}
"""


def build() -> dict[Path, str]:
    """Every file with generated parts, and the text that it should have now."""
    rules = pack.load(engine.built_in()).rules
    readme = README.read_text(encoding="utf-8")
    for part in ("TOUR", "FIGURES"):
        readme = _between(readme, part, lambda text: _CONSOLE.sub(lambda match: _console(match["command"]), text))
    readme = _between(readme, "RULES", lambda _: f"\n\n{_linked(rules, 'rules/en')}\n\n")
    return {README: readme, INDEX: _INDEX.format(table=_linked(rules, "en")), MAN: manpage.page()}


def stale() -> list[Path]:
    """The files whose text is not what `build` gives."""
    return [path for path, text in build().items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main(arguments: list[str]) -> int:
    """Write the files, or with --check name the stale ones; the result is the exit code."""
    if arguments == ["--check"]:
        for path in (found := stale()):
            print(f"{path.relative_to(ROOT)} is stale: run `make docs`")
        return 1 if found else 0
    for path, text in build().items():
        path.write_text(text, encoding="utf-8")
    return 0


def _linked(rules: Sequence[Rule], folder: str) -> str:
    """The rule table, every name a link to the rule's file."""
    table = rule_table(rules).strip()
    for rule in rules:
        table = table.replace(f"`{rule.name}`", f"[`{rule.name}`]({folder}/{rule.family}/{rule.name}.toml)")
    return table


def _between(text: str, name: str, change: Callable[[str], str]) -> str:
    """Change what stands between the comments NAME-START and NAME-END."""
    start, end = f"<!-- {name}-START -->", f"<!-- {name}-END -->"
    if text.count(start) != 1 or text.count(end) != 1:
        raise ValueError(f"{README.name} needs exactly one {start} and one {end}")
    before, rest = text.split(start)
    middle, after = rest.split(end)
    return before + start + change(middle) + end + after


def _console(command: str) -> str:
    """A console block with what `command` prints; `| head -n N` at its end keeps the first N lines."""
    call, _, count = command.partition(" | head -n ")
    shown = _run(shlex.split(call)[1:]).splitlines()
    if count:
        shown = shown[: int(count)]
    output = "\n".join(line.rstrip() for line in shown).rstrip()
    return f"```console\n$ {command}\n{output}\n```"


def _run(arguments: list[str]) -> str:
    plain = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(
        [sys.executable, "-m", "attrlint", *arguments],
        cwd=ROOT,
        env=plain,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if run.returncode not in (0, 1):
        raise RuntimeError(f"attrlint {shlex.join(arguments)} ended with {run.returncode}:\n{run.stdout}")
    return run.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
