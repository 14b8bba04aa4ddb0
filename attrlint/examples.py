"""A rule's own examples, run as tests: the bad ones must give exactly their marks, the good ones nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from attrlint import engine, locate, pack, readers
from attrlint.finding import Finding
from attrlint.rule import Example, Rule


class Failure(NamedTuple):
    """An example that does not hold: the rule, its file, the example's text and what went wrong."""

    rule: str
    path: str
    text: str
    problem: str

    def __str__(self) -> str:
        return f"{self.path}: {self.rule}: {self.problem}\n    {self.text.strip()}"


def run(folder: Path) -> list[Failure]:
    """Run the examples of every rule of a pack and return those that do not hold. Raises PackError.

    An example is read with the rules that are on by default and with the rule that it belongs to.
    """
    loaded = pack.load(folder)
    failures: list[Failure] = []
    for rule in loaded.rules:
        runner = engine.Engine(loaded, (other for other in loaded.rules if other.default or other is rule))
        failures.extend(_failures(rule, runner))
    return failures


def _failures(rule: Rule, runner: engine.Engine) -> Iterator[Failure]:
    for example in (*rule.bad, *rule.good):
        problem = _problem(rule, example, runner)
        if problem:
            yield Failure(rule.name, rule.path, example.text, problem)


def _problem(rule: Rule, example: Example, runner: engine.Engine) -> str:
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
