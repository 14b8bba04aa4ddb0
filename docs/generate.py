"""Write what is generated: parts of the README, rules/README.md, the man page and the schema of the configuration.

`python docs/generate.py` writes the files, `--check` only names the stale ones and then exits 1.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import manpage

from attrlint import engine, house, pack
from attrlint.config import DEFAULTS
from attrlint.configfile import KEYS, Key
from attrlint.explain import rule_table
from attrlint.preset import LEVELS
from attrlint.rule import Rule

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
INDEX = ROOT / "rules" / "README.md"
MAN = ROOT / "docs" / "attrlint.1"
SCHEMA = ROOT / "attrlint" / "schema" / "attrlint-config.schema.json"

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
    for part in ("TOUR", "CONFIG", "FIGURES"):
        readme = _between(readme, part, lambda text: _CONSOLE.sub(lambda match: _console(match["command"]), text))
    readme = _between(readme, "RULES", lambda _: f"\n\n{_linked(rules, 'rules/en')}\n\n")
    readme = _between(readme, "KEYS", lambda _: f"\n\n{_keys()}\n\n")
    schema = json.dumps(_schema(rules), indent=2, ensure_ascii=False) + "\n"
    index = _INDEX.format(table=_linked(rules, "en"))
    return {README: readme, INDEX: index, MAN: manpage.page(), SCHEMA: schema}


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


_TABLES = {
    "[severities]": "`rule = level` or `family = level`: error, warning, note, on or off.",
    "[options.RULE]": "Options of a rule; `attrlint explain RULE` lists them.",
    "[house]": "Words of your own: `names` known to every reader, `bodies` that identify themselves.",
    "[house.roles]": "More roles by kind, each as “singular, plural”: {roles}.",
    "[house.cues]": "More verbs by kind, each as “base, third, past, ing, participle”: {cues}.",
    "[[override]]": "`paths`, globs as in .gitignore, and what holds for these articles only.",
}
"""The tables of a configuration and what they hold."""


def _keys() -> str:
    """The table of the keys that a configuration can have."""
    rows = [(key.name, key.about) for key in KEYS]
    rows += [
        (name, about.format(roles=", ".join(house.ROLES), cues=", ".join(house.CUES)))
        for name, about in _TABLES.items()
    ]
    return "\n".join(["| key | meaning |", "|---|---|", *(f"| `{name}` | {about} |" for name, about in rows)])


def _schema(rules: Sequence[Rule]) -> dict[str, Any]:
    """The JSON Schema of a configuration; packs may bring more rules, so that names of rules are not closed."""
    options = {
        rule.name: {"type": "object", "properties": {name: {"default": value} for name, value in rule.options.items()}}
        for rule in rules
        if rule.options
    }
    names = {name: {"enum": list(LEVELS)} for rule in rules for name in (rule.name, rule.family)}
    tables: dict[str, Any] = {
        "severities": {"type": "object", "properties": names, "additionalProperties": {"enum": list(LEVELS)}},
        "options": {"type": "object", "properties": options, "additionalProperties": {"type": "object"}},
    }
    local = {key.name: _type(key) for key in KEYS if key.local} | tables
    override = {"paths": _STRINGS | {"description": "Globs as in .gitignore."}} | local
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "attrlint.toml, and [tool.attrlint] in pyproject.toml",
        **_object(
            {key.name: _type(key) for key in KEYS}
            | tables
            | {"house": _house_schema()}
            | {"override": {"type": "array", "items": _object(override) | {"required": ["paths"]}}}
        ),
    }


_STRINGS: dict[str, Any] = {"type": ["string", "array"], "items": {"type": "string"}}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _type(key: Key) -> dict[str, Any]:
    default = DEFAULTS[key.name]
    about = {"description": key.about} | ({} if default in ("", ()) else {"default": default})
    if key.choices:
        return {"enum": list(key.choices)} | about
    return (_STRINGS if key.kind is list else {"type": {str: "string", bool: "boolean"}[key.kind]}) | about


def _house_schema() -> dict[str, Any]:
    def forms(kind: str) -> dict[str, Any]:
        columns = house.columns(kind)
        form = {"type": "string", "pattern": "^[^,]+" + ",[^,]+" * (len(columns) - 1) + "$"}
        return {"type": ["string", "array"], "items": form, "description": ", ".join(columns)}

    lists = {"names": "Known to every reader.", "bodies": "Identify themselves."}
    return _object(
        {name: _STRINGS | {"description": about} for name, about in lists.items()}
        | {"roles": _object({name: forms("roles") for name in house.ROLES})}
        | {"cues": _object({name: forms("cues") for name in house.CUES})}
    )


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
