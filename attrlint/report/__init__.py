"""Reports: what was found in the articles, as text for people and JSON for programs.

Each format renders one article at a time, so that reports of many articles can be made in several processes and
written as they come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from attrlint.finding import Finding, Severity

BOLD = "\x1b[1m"
FAINT = "\x1b[2m"
_RESET = "\x1b[0m"
_NONE: Counter[str] = Counter()


class Style(NamedTuple):
    """How text for people is set: in colour or not, how many terminal cells wide, and with waived findings or not."""

    color: bool = False
    width: int = 100
    show_waived: bool = False

    def paint(self, text: str, code: str) -> str:
        """Return text between an ANSI code and its reset, or as it is where there is no colour."""
        return f"{code}{text}{_RESET}" if self.color and text else text


class Tally(NamedTuple):
    """How many articles there were and what was found in them; tallies add up with `plus`.

    `unread` of the `files` could not be read, `flagged` of them have findings; `problems` counts what went wrong,
    `waived` the findings that do not count because somebody accepted them, `words` those of the articles, `rules` the
    findings of each rule.
    """

    files: int = 0
    unread: int = 0
    flagged: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    problems: int = 0
    waived: int = 0
    words: int = 0
    rules: Counter[str] = _NONE

    @property
    def findings(self) -> int:
        """The number of findings of every severity."""
        return self.errors + self.warnings + self.notes

    def by_rule(self) -> list[tuple[str, int]]:
        """Return the rules with findings and how many each has, the most first."""
        return sorted(self.rules.items(), key=lambda item: (-item[1], item[0]))

    def plus(self, other: Tally) -> Tally:
        """Return the tally of both sets of articles together."""
        numbers = (mine + theirs for mine, theirs in zip(self[:-1], other[:-1], strict=True))
        return Tally._make([*numbers, self.rules + other.rules])

    def at_least(self, severity: Severity) -> int:
        """Count the findings of this severity and the graver ones."""
        counts = {Severity.ERROR: self.errors, Severity.WARNING: self.warnings, Severity.NOTE: self.notes}
        return sum(count for level, count in counts.items() if level >= severity)


def tally(findings: Sequence[Finding], problems: int = 0, text: str = "") -> Tally:
    """Count the findings and the words of one article."""
    counted = [finding for finding in findings if not finding.waived]
    levels = [finding.severity for finding in counted]
    return Tally(
        files=1,
        flagged=int(bool(levels)),
        errors=levels.count(Severity.ERROR),
        warnings=levels.count(Severity.WARNING),
        notes=levels.count(Severity.NOTE),
        problems=problems,
        waived=len(findings) - len(levels),
        words=len(text.split()),
        rules=Counter(finding.rule for finding in counted),
    )


def reason(finding: Finding) -> str:
    """Return why a finding was accepted."""
    return (finding.waiver and finding.waiver.reason) or "accepted without a reason"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, as in "1 note" and "2 notes"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
