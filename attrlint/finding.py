"""What the rules found in one article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

from attrlint.text import Document, Span

DOCUMENTATION = "https://attrlint.readthedocs.io"


def help_address(rule: str) -> str:
    """Return where the documentation explains a rule."""
    return f"{DOCUMENTATION}/rules/{rule}"


PACKS_HELP = f"{DOCUMENTATION}/first-rule"
"""Where the documentation explains packs: the rules of a pack have pages of their own only where it says so."""


class Severity(IntEnum):
    """How much a finding matters, from least to most."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The severity as it is written in rule files and reports, in lower case."""
        return self.name.lower()


class Related(NamedTuple):
    """Another place that helps to understand a finding: half-open, 0-based code points."""

    start: int
    end: int
    note: str


class Remedy(NamedTuple):
    """An edit that leaves a gap where the missing name belongs: never made unless asked for.

    `text` is to stand between `start` and `end` (half-open, 0-based code points); `sentence` is the sentence with it.
    """

    start: int
    end: int
    text: str
    sentence: str


class Waiver(NamedTuple):
    """A recorded decision to accept a finding, with the reason that was given for it: empty where there was none.

    `in_source` tells whether it stands in the article, as a comment, or elsewhere.
    """

    reason: str
    in_source: bool = False


class Finding(NamedTuple):
    """One place where a rule objects.

    `start` and `end` are half-open, 0-based code points of the document's text; `confidence` is "high", "medium" or
    "low"; `fingerprint` does not depend on positions, so it survives edits elsewhere in the article, and `again` holds
    the fingerprints that it would have at the places where the same unnamed source speaks again. `source` is where a
    finding about something that the text does not hold, such as a comment, stands in the document's source.
    """

    rule: str
    family: str
    severity: Severity
    message: str
    start: int
    end: int
    confidence: str
    related: tuple[Related, ...] = ()
    fingerprint: str = ""
    waiver: Waiver | None = None
    remedy: Remedy | None = None
    again: tuple[str, ...] = ()
    source: Span | None = None
    address: str = ""
    """Where the rule is explained, if not in attrlint's documentation."""

    @property
    def help(self) -> str:
        """The address of the page that explains the rule."""
        return self.address or help_address(self.rule)

    @property
    def waived(self) -> bool:
        """Whether somebody has decided to accept the finding: it is not reported as open."""
        return self.waiver is not None


Lines = tuple[tuple[int, int], ...]
"""Ascending, half-open ranges of 1-based lines, which end with a line feed, as git has them."""


class Report(NamedTuple):
    """The findings of one article in the order of the text, and what kept it from being read."""

    document: Document
    findings: tuple[Finding, ...]
    problems: tuple[str, ...] = ()

    def on_lines(self, lines: Lines) -> Report:
        """Return the report with those findings alone that stand, in part at least, on some lines of its document."""
        text = self.document.text
        ends = [end for _, end in lines]
        kept = []
        for finding in self.findings:
            first = text.count("\n", 0, finding.start) + 1
            last = first + text.count("\n", finding.start, max(finding.start, finding.end - 1))
            at = bisect_right(ends, first)
            if at < len(lines) and lines[at][0] <= last:
                kept.append(finding)
        return self._replace(findings=tuple(kept))


Lint = Callable[[Document], Report]
"""What finds something in an article."""
