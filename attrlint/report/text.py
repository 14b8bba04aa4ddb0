"""Findings for people: the line, carets under the words, the message and the related places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from attrlint.finding import Finding, Related, Report, Severity
from attrlint.report import BOLD, FAINT, Style, Tally, counted, reason, tally
from attrlint.report.formats import Format, Setting
from attrlint.report.width import cells, shorten, shown, wrap
from attrlint.text import Document

_COLORS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.NOTE: "\x1b[1;36m"}

_MOST_LINES = 3
_NARROWEST = 20
_QUOTED = 50
_READABLE = 100


class _Row(NamedTuple):
    """One line of an excerpt: its 1-based number, its text as shown, and where the carets stand, in cells."""

    number: int
    text: str
    indent: int
    carets: int


class Findings(Format):
    """The findings of each article, and how many there are of all: by rule, by file, or counted only if so set."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._groups: dict[str, list[str]] = {}

    def article(self, found: Report) -> list[tuple[str, str]]:
        """Return the findings of one article, each with the name of its rule."""
        if self.setting.statistics:
            return []
        blocks = [(finding.rule, block) for finding, block in _blocks(found, self.setting.style)]
        if blocks and self.setting.group == "file":
            title = f"{shown(found.document.path)}: {counts(tally(found.findings))}"
            blocks.insert(0, ("", self._title(title)))
        return blocks

    def add(self, part: Iterable[tuple[str, str]]) -> str:
        """Return the findings of a part; by rule, they are kept until all are there."""
        if self.setting.group != "rule":
            return "".join(block for _, block in part)
        for rule, block in part:
            self._groups.setdefault(rule, []).append(block)
        return ""

    def end(self, total: Tally) -> str:
        """Return the findings that were kept, the rules with the most first, and the summary."""
        groups, self._groups = self._groups, {}
        found = ""
        for rule in sorted(groups, key=lambda name: (-len(groups[name]), name)):
            found += self._title(f"{rule}: {counted(len(groups[rule]), 'finding')}") + "".join(groups[rule])
        if self.setting.statistics:
            found += statistics(total, self.setting.style)
        return found if self.setting.quiet else found + summary(total)

    def _title(self, text: str) -> str:
        return self.setting.style.paint(text, BOLD) + "\n\n"


def render(report: Report, style: Style) -> str:
    """Return the findings of one article, each followed by an empty line; waived ones only if the style shows them."""
    return "".join(block for _, block in _blocks(report, style))


def summary(tally: Tally) -> str:
    """Return the closing line: how many findings of which severity, in how many of the articles."""
    read = tally.files - tally.unread
    if not tally.files:
        return "no article to check\n"
    if not read:
        return "no article could be read\n"
    some = f"{tally.flagged:,} of " if tally.findings and read > 1 else ""
    unread = f"; {tally.unread:,} could not be read" if tally.unread else ""
    waived = f"; {tally.waived:,} waived" if tally.waived else ""
    return f"{counts(tally)} in {some}{counted(read, 'article')}{waived}{unread}\n"


def counts(tally: Tally) -> str:
    """Return how many findings there are of which severity."""
    levels = [(tally.errors, "error"), (tally.warnings, "warning"), (tally.notes, "note")]
    return ", ".join(counted(number, noun) for number, noun in levels if number) or "no findings"


def statistics(tally: Tally, style: Style) -> str:
    """Return a table of the rules with findings: how many, and how many for every 1,000 words of all articles."""
    if not tally.findings:
        return ""
    rows = [*tally.by_rule(), (f"all, in {counted(tally.words, 'word')}", tally.findings)]
    room = max(len(name) for name, _ in rows)
    lines = [style.paint(f"{'rule':{room}}  {'findings':>8}  {'per 1,000 words':>15}", FAINT)]
    lines += [f"{name:{room}}  {number:8,}  {1000 * number / tally.words:15.2f}" for name, number in rows]
    return "\n".join(lines) + "\n\n"


def _blocks(report: Report, style: Style) -> Iterator[tuple[Finding, str]]:
    for finding in report.findings:
        if style.show_waived or not finding.waived:
            yield finding, "\n".join(_finding(report.document, finding, style)) + "\n\n"


def _finding(document: Document, finding: Finding, style: Style) -> Iterator[str]:
    line, column = document.position(finding.start)
    accent, word = (FAINT, "waived") if finding.waived else (_COLORS[finding.severity], finding.severity.word)
    place = style.paint(f"{shown(document.path)}:{line}:{column}:", BOLD)
    yield f"{place} {style.paint(word, accent)} {style.paint(finding.rule, BOLD)}"

    last = document.position(max(finding.start, finding.end - 1))[0]
    gutter = len(str(last))
    room = max(_NARROWEST, style.width - gutter - 3)
    rows = _rows(document, finding, line, last, room)
    for index, row in enumerate(rows):
        if index and row.number != rows[index - 1].number + 1:
            yield style.paint("..." if gutter < 3 else "...".rjust(gutter), FAINT)
        yield style.paint(f"{row.number:>{gutter}} |", FAINT) + f" {row.text}".rstrip()
        carets = style.paint("^" * row.carets, accent)
        yield style.paint(f"{'':{gutter}} |", FAINT) + f" {'':{row.indent}}{carets}"

    for part in _words(document, finding):
        lead = style.paint(f"{'':{gutter}} =", FAINT)
        for text in wrap(part, min(room, _READABLE)):
            yield f"{lead} {text}"
            lead = f"{'':{gutter}}  "
    if not finding.waived:
        yield style.paint(f"{'':{gutter}} = {finding.help}", FAINT)


def _words(document: Document, finding: Finding) -> list[str]:
    """Return what is said below the marked words; of a waived finding that is why it was accepted."""
    if finding.waived:
        return [f"waived: {reason(finding)}"]
    remedy = [f"TK: {finding.remedy.sentence}"] if finding.remedy else []
    return [finding.message, *remedy, *(_related(document, place) for place in finding.related)]


def _related(document: Document, place: Related) -> str:
    line, column = document.position(place.start)
    words = shorten(document.text[place.start : place.end], _QUOTED)
    return f"note: {place.note}: {line}:{column} “{words}”"


def _rows(document: Document, finding: Finding, first: int, last: int, room: int) -> list[_Row]:
    """Return the lines of a finding; of many, the first and the last."""
    numbers = [*range(first, last + 1)] if last - first < _MOST_LINES else [first, last]
    rows = []
    for number in numbers:
        line = document.line_span(number)
        start, end = max(finding.start, line.start), min(finding.end, line.end)
        if number > first:
            # The indent of a line that continues a finding is not part of the marked words.
            start += len(document.text[start:end]) - len(document.text[start:end].lstrip())
        if start < end or number == first:
            rows.append(_row(document.text, number, line.start, line.end, start, max(start, end), room))
    return rows


def _row(text: str, number: int, line_start: int, line_end: int, start: int, end: int, room: int) -> _Row:
    """Cut one line around its marked words; all places are code points of the whole text."""
    # No more of the line is looked at than can be shown: an article may be one line of many megabytes.
    left, right = max(line_start, start - 2 * room), min(line_end, start + 4 * room)
    widths = cells(text[left:right])
    if left > line_start or right < line_end or sum(widths) > room:
        low, high = _window(text[left:right], widths, start - left, min(end, right) - left, room - 2)
    else:
        low, high = 0, right - left
    before = "…" if left + low > line_start else ""
    after = "…" if left + high < line_end else ""
    mark, stop = start - left, max(start, min(end, left + high)) - left
    return _Row(
        number,
        before + shown(text[left + low : left + high]) + after,
        len(before) + sum(widths[low:mark]),
        max(1, sum(widths[mark:stop])),
    )


def _window(text: str, widths: list[int], mark: int, stop: int, room: int) -> tuple[int, int]:
    """Choose the stretch of a long line to show: the marked words and as much around them, cut at spaces."""
    high = _reach(widths, mark, stop, room)
    spare = room - sum(widths[mark:high])
    ahead = sum(widths[high:])
    low = mark
    # The text before gets half of what is free, and what the text after has no use for.
    before = max(spare // 2, spare - ahead)
    while low and widths[low - 1] <= before:
        low -= 1
        before -= widths[low]
    spare -= sum(widths[low:mark])
    high = _reach(widths, high, len(widths), spare)
    return _at_word(text, low, mark), _at_word_end(text, high, stop)


def _reach(widths: list[int], start: int, limit: int, room: int) -> int:
    while start < limit and widths[start] <= room:
        room -= widths[start]
        start += 1
    return start


def _at_word(text: str, low: int, mark: int) -> int:
    space = text.find(" ", low, mark) if low else -1
    return space + 1 if 0 <= space < low + 20 else low


def _at_word_end(text: str, high: int, stop: int) -> int:
    if high >= len(text) or high <= stop:
        return high
    space = text.rfind(" ", stop, high + 1)
    return space if space > high - 20 and space >= stop else high
