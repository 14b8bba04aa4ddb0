"""A rule's own examples, run as tests: the bad ones must give exactly their marks, the good ones nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from attrlint import engine, locate, plugins, readers
from attrlint import pack as packs
from attrlint.errors import shown
from attrlint.finding import Finding
from attrlint.pack import Pack
from attrlint.rule import Example, Rule


class Failure(NamedTuple):
    """An example that does not hold: the rule, its file, the example's text and what went wrong."""

    rule: str
    path: str
    text: str
    problem: str

    def __str__(self) -> str:
        text = f"\n    {self.text.strip()}" if self.text else ""
        return f"{shown(self.path)}: {self.rule}: {self.problem}{text}"


_UNFILLED = "TK: "
"""What a new rule has where its author has still to write something."""


def run(pack: str) -> list[Failure]:
    """Run the examples of every rule of a pack and return those that do not hold. Raises UsageError and PackError.

    `pack` is the folder of a pack, of a language or one that adds to the built-in one, or the name of an installed one.
    An example is read with the rules that are on by default and with the rule that it belongs to.
    """
    loaded, own = _load(pack)
    failures: list[Failure] = []
    for rule in own:
        runner = engine.Engine(loaded, (other for other in loaded.rules if other.default or other is rule))
        failures.extend(_failures(rule, runner))
    return failures


def _load(pack: str) -> tuple[Pack, Iterable[Rule]]:
    """Return a pack, together with what it adds to, and the rules that are its own."""
    folder = Path(pack)
    if (folder / "patterns.toml").is_file():
        loaded = packs.load(folder)
        return loaded, loaded.rules
    found = plugins.find(os.path.abspath(pack) if folder.is_dir() else pack)
    loaded = packs.load(engine.built_in(), [found])
    return loaded, [rule for rule in loaded.rules if Path(found.folder) in Path(rule.path).parents]


def _failures(rule: Rule, runner: engine.Engine) -> Iterator[Failure]:
    for what, examples in (("bad", rule.bad), ("good", rule.good)):
        if not examples:
            yield Failure(rule.name, rule.path, "", f"has no [[{what}]] example")
        for example in examples:
            problem = _problem(rule, example, runner)
            if problem:
                yield Failure(rule.name, rule.path, example.text, problem)
    empty = [key for key in ("summary", "message", "why", "instead") if _UNFILLED in getattr(rule, key)]
    if empty:
        yield Failure(rule.name, rule.path, "", f"still to be filled in: {', '.join(empty)}")


def _problem(rule: Rule, example: Example, runner: engine.Engine) -> str:
    if example.text.startswith(_UNFILLED):
        return "still to be filled in"
    document = readers.read(example.text.encode(), "", form=example.format)
    report = locate.report(runner.lint(document))
    found = [one for one in report.findings if not one.waived and one.rule not in example.also]
    marks = [(rule.name, mark) for mark in example.marks]
    have = [(finding.rule, _words(example, finding)) for finding in found]
    if have != marks:
        return f"expected {_listed(marks)}, found {_listed(have)}"
    wrong = [
        finding.severity.word for finding in found if example.severity and finding.severity.word != example.severity
    ]
    return f"expected severity {example.severity}, found {wrong[0]}" if wrong else ""


def _words(example: Example, finding: Finding) -> str:
    return example.text[finding.start : finding.end]


def _listed(pairs: list[tuple[str, str]]) -> str:
    return ", ".join(f"{rule} “{words}”" for rule, words in pairs) or "nothing"
