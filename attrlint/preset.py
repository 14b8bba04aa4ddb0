"""Presets: which rules a newsroom's published standards ask for, how grave each is to them, and why."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from attrlint import strict
from attrlint.errors import UsageError
from attrlint.finding import Severity
from attrlint.rule import Rule
from attrlint.strict import Table

LEVELS = ("on", "off", *(severity.word for severity in reversed(Severity)))
"""What a line can say of its rules."""


class Line(NamedTuple):
    """One line of a preset: rules or families, their level there, and the standard that asks for it.

    `level` is "on", "off", or a severity, at which the rules are on.
    """

    rules: tuple[str, ...]
    level: str
    why: str

    def changed(self, rule: Rule) -> Rule:
        """Return a rule as this line has it."""
        if rule.name not in self.rules and rule.family not in self.rules:
            return rule
        if self.level in ("on", "off"):
            return rule._replace(default=self.level == "on")
        return rule._replace(default=True, severity=Severity[self.level.upper()])


class Preset(NamedTuple):
    """A choice of rules and severities; later lines go over earlier ones.

    `quoted` is the message of the notes on what a speaker leaves vague inside a quotation, and `quoted_why` its reason;
    both are empty where the preset leaves quotations alone.
    """

    name: str
    about: str
    lines: tuple[Line, ...]
    quoted: str
    quoted_why: str

    def applied(self, rules: Sequence[Rule]) -> tuple[Rule, ...]:
        """Return all rules as the preset has them: `default` tells which are on."""
        for line in self.lines:
            rules = [line.changed(rule) for rule in rules]
        return tuple(rules)

    def inside_quotations(self, rules: Sequence[Rule]) -> tuple[Rule, ...]:
        """Return what the preset looks for inside quotations: the same rules, as notes to ask the speaker back."""
        if not self.quoted:
            return ()
        return tuple(
            rule.without_cases()._replace(
                severity=Severity.NOTE, message=self.quoted, condition=rule.condition._replace(quoted=True)
            )
            for rule in rules
            if rule.condition is not None and rule.condition.quoted is False
        )


def names_in(folder: Path) -> list[str]:
    """Return the names of the presets in a folder, sorted."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def find(name: str, folder: Path) -> Path:
    """Return the file of a preset in a folder. Raises UsageError, with the names there are, when it has none."""
    names = names_in(folder)
    if name in names:
        return folder / f"{name}.toml"
    near = get_close_matches(name, names, 1)
    hint = f"did you mean “{near[0]}”?" if near else f"there are {', '.join(names) or 'none'}"
    raise UsageError(f"no preset is called “{name}”; {hint}")


def load(path: Path, rules: Sequence[Rule]) -> Preset:
    """Read a preset for a pack's rules. Raises PackError, with file and line, for anything it does not understand."""
    table = strict.read(path)
    names = {name for rule in rules for name in (rule.name, rule.family)}
    seen: set[str] = set()
    lines = tuple(_line(entry, names, seen) for entry in table.tables("line"))
    quoted = table.table("quoted")
    message = quoted.take("message", str, "")
    why = _explained(quoted) if message else ""
    quoted.done()
    preset = Preset(table.take("name", str), table.take("about", str), lines, message, why)
    if preset.name != path.stem:
        raise table.error(f"“name” must be “{path.stem}”, as the file is called", "name")
    table.done()
    return preset


def _line(table: Table, names: set[str], seen: set[str]) -> Line:
    line = Line(table.words("rules"), table.take("level", str), _explained(table))
    for name in line.rules:
        if name not in names:
            near = get_close_matches(name, names, 1)
            hint = f"; did you mean “{near[0]}”?" if near else ""
            raise table.error(f"no rule or family is called “{name}”{hint}", "rules")
        if name in seen:
            raise table.error(f"“{name}” has a line of its own before this one: keep one of them", "rules")
        seen.add(name)
    if line.level not in LEVELS:
        raise table.error(f"“level” must be {', '.join(LEVELS[:-1])} or {LEVELS[-1]}, not “{line.level}”", "level")
    table.done()
    return line


def _explained(table: Table) -> str:
    why = table.take("why", str)
    if not why.strip():
        raise table.error("“why” is empty: say which standard asks for this", "why")
    return why
