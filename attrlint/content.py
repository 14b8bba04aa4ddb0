"""What is attributed: the words that belong to each attribution, worked out only when somebody asks."""

from __future__ import annotations

from attrlint.find import Find, Range
from attrlint.segment import Quotation, Tokens
from attrlint.text import Span


def contents(tokens: Tokens, finds: list[Find]) -> list[tuple[Span, ...]]:
    """Return the content of each attribution as spans in code points, in the order of the text."""
    ends = {quotation.end: quotation for quotation in tokens.quotations if quotation.closed}
    starts = {quotation.start: quotation for quotation in tokens.quotations}
    return [
        tuple(_span(tokens, part) for part in _parts(tokens, find, starts, ends) if part[0] < part[1]) for find in finds
    ]


def _span(tokens: Tokens, part: Range) -> Span:
    return Span(tokens.start(part[0]), tokens.end(part[1]))


def _parts(tokens: Tokens, find: Find, starts: dict[int, Quotation], ends: dict[int, Quotation]) -> list[Range]:
    """Return the token ranges of an attribution's content.

    What follows the cue in its sentence, or, where nothing does, the clause before the source; a quotation that stands
    directly before the source is content too, and so is the one that the next sentence opens with.
    """
    low, high = find.range
    start, end = tokens.sentence(low)
    inside = tokens.quotation(low)
    if inside is not None:
        start, end = max(start, inside.start + 1), min(end, inside.end)
    after = _after(tokens, high, end, starts)
    quoted = _quoted_before(tokens, low, ends)
    parts = [quoted] if quoted else []
    if after[0] < after[1] and (not quoted or after[0] in starts or "that" in tokens.labels(after[0])):
        parts.append(after)
    elif not quoted and low - 1 > start and "comma" in tokens.labels(low - 1):
        parts.append((start, low - 1))
    if parts and parts[-1] is quoted and end in starts and starts[end].closed:
        parts.append((end, starts[end].end + 1))
    return parts


def _quoted_before(tokens: Tokens, low: int, ends: dict[int, Quotation]) -> Range | None:
    for at in (low - 1, low - 2):
        if at in ends and (at == low - 1 or "comma" in tokens.labels(low - 1)):
            return ends[at].start, at + 1
    return None


def _after(tokens: Tokens, high: int, end: int, starts: dict[int, Quotation]) -> Range:
    while high < end and tokens.labels(high) & {"comma", "colon", "weekday", "time"}:
        high += 1
    while end > high and tokens.labels(end - 1) & {"stop", "paragraph"}:
        end -= 1
    if high in starts and starts[high].closed:
        end = max(end, min(starts[high].end + 1, len(tokens)))
    return high, end
