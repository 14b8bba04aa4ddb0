"""What is attributed: the words that belong to each attribution, worked out only when somebody asks."""

from __future__ import annotations

from attrlint.chain import is_cited
from attrlint.find import Find, Range
from attrlint.segment import Tokens
from attrlint.text import Span

_ADDRESSEE = 9
"""An addressee ("told reporters in Kyiv that") has fewer tokens than this."""


def contents(tokens: Tokens, finds: list[Find]) -> list[tuple[Span, ...]]:
    """Return the content of each attribution as spans in code points; `finds` are in the order of the text."""
    reader = _Reader(tokens)
    following = [*finds[1:], None][: len(finds)]
    found = [reader.spans(find, after) for find, after in zip(finds, following, strict=True)]
    for at, find in enumerate(finds):
        if is_cited(find) and find.cue and find.cue[1] <= find.head:
            # "Interfax, citing a ministry source, said that": what the one says is what the other said.
            start, end = tokens.sentence(find.anchor)
            near = [k for k, other in enumerate(finds) if start <= other.anchor < end and not is_cited(other)]
            found[at] = found[max(near, key=lambda k: len(found[k]) and found[k][-1].end)] if near else ()
    return found


class _Reader:
    """Finds contents in one article."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._ends = {quotation.end: quotation for quotation in tokens.quotations if quotation.closed}
        self._starts = {quotation.start: quotation for quotation in tokens.quotations if quotation.closed}

    def spans(self, find: Find, following: Find | None) -> tuple[Span, ...]:
        """Return the content of one attribution.

        It is what follows the cue in its sentence, or, where nothing does, what stands before the source; a quotation
        directly before the source is content too, and so is the one that the next sentence opens with.
        """
        tokens = self._tokens
        low, high = find.range
        high = max([high, *(part[1] for part in (find.also, find.via) if part)])
        start, end = tokens.sentence(low)
        quoted = self._quoted_before(low, start)
        after = self._after(find, high, end, following)
        parts = [quoted] if quoted else []
        if after[0] < after[1] and (not quoted or after[0] in self._starts or "that" in tokens.labels(after[0])):
            parts.append(after)
        elif not quoted and low - 1 > start and "comma" in tokens.labels(low - 1):
            parts.append((start, low - 1))
        if quoted and parts[-1] is quoted and end in self._starts:
            parts.append((end, self._starts[end].end + 1))
        return tuple(Span(tokens.start(one), tokens.end(two)) for one, two in parts if one < two)

    def _quoted_before(self, low: int, start: int) -> Range | None:
        """Return the quotation that ends before an attribution, with the words of its sentence that lead up to it."""
        tokens = self._tokens
        for at in (low - 1, low - 2):
            if at in self._ends and (at == low - 1 or "comma" in tokens.labels(low - 1)):
                opening = self._ends[at].start
                return (start if start < opening else opening), at + 1
        return None

    def _after(self, find: Find, high: int, end: int, following: Find | None) -> Range:
        tokens = self._tokens
        while high < end and not tokens.labels(high).isdisjoint(("comma", "colon", "weekday", "time")):
            high += 1
        if "addressing" in find.cue_labels:
            high = self._past_addressee(high, end)
        while end > high and not tokens.labels(end - 1).isdisjoint(("stop", "paragraph")):
            end -= 1
        if high in self._starts:
            return high, max(end, min(self._starts[high].end + 1, len(tokens)))
        return high, self._cut(find, high, end, following)

    def _past_addressee(self, high: int, end: int) -> int:
        """Return where the content begins behind the person told: at "that", a colon or a quotation."""
        for at in range(high, min(high + _ADDRESSEE, end)):
            if "that" in self._tokens.labels(at) or at in self._starts:
                return at
            if "colon" in self._tokens.labels(at):
                return at + 1
        return high

    def _cut(self, find: Find, high: int, end: int, following: Find | None) -> int:
        """Return where the content ends: before the sentence's next attribution, or at a comma after an attitude."""
        tokens = self._tokens
        if following is not None and high < following.range[0] < end and following.shared:
            end = following.range[0]
        elif find.kind == "stance":
            end = next((at for at in range(high, end) if "comma" in tokens.labels(at)), end)
        while end > high and not tokens.labels(end - 1).isdisjoint(("comma", "and")):
            end -= 1
        return end
