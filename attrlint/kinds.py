"""What the parts of an article are, such as headline and byline: by the blocks of its file, and by their form."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Protocol

from attrlint.lazy import lazy
from attrlint.lexicon import CAPITAL, NUMBER, Labels
from attrlint.text import Block

_HEADLINE = 30
"""A paragraph of fewer tokens is a headline when no stop ends it."""

_BYLINE, _DATELINE = 16, 20
"""A byline and a dateline have no more tokens than this."""

_TOP = 6
"""The byline and the dateline of an article are in its first so many paragraphs."""

_UNNAMED = frozenset({NUMBER, "weekday", "month", "time"})
"""Labels of capitalised words that begin no name of a writer."""

_PLACES = frozenset({"place", "comma", "paren-open", "paren-close", "of", "stop", "month", "weekday", NUMBER})
"""Labels of what may stand in a dateline beside capitals."""

_ASIDES = frozenset({"byline", "dateline"})


class _Tokens(Protocol):
    texts: list[str]

    def __len__(self) -> int: ...
    def word(self, index: int) -> str: ...
    def start(self, index: int) -> int: ...
    def labels(self, index: int, /) -> Labels: ...
    def labels_in(self, start: int, end: int) -> Labels: ...
    def paragraph(self, index: int) -> tuple[int, int]: ...


class Kinds:
    """The kinds of the blocks of one article; all indices are token indices."""

    def __init__(self, tokens: _Tokens, blocks: Sequence[Block]) -> None:
        self._tokens, self._blocks = tokens, blocks
        self._known: dict[int, str] = {}

    def of(self, index: int) -> str:
        """Return the kind of the block that a token is in; a paragraph may be something else by its form."""
        start, end = self._tokens.paragraph(index)
        found = self._known.get(start)
        if found is None:
            kind = self._block(start)
            found = self._known[start] = self._form(start, end) if kind == "paragraph" else kind
        return found

    def _block(self, start: int) -> str:
        at = bisect_right(self._blocks, self._tokens.start(start), key=attrgetter("start")) - 1 if self._blocks else -1
        return self._blocks[at].kind if at >= 0 else "paragraph"

    def _form(self, start: int, end: int) -> str:
        """Tell what a paragraph is by its form: a headline is short and no stop ends it, and so is a byline."""
        if end - start >= _HEADLINE or "stop" in self._tokens.labels_in(max(start, end - 2), end):
            return "paragraph"
        return "byline" if self._is_byline(start, end) else "headline"

    def _is_byline(self, start: int, end: int) -> bool:
        """Tell whether a paragraph is the word for "by" and names, with anything behind a comma."""
        tokens = self._tokens
        if not 1 < end - start <= _BYLINE or "by" not in tokens.labels(start):
            return False
        names = range(start + 1, next((at for at in range(start + 1, end) if "comma" in tokens.labels(at)), end))
        if not names or not tokens.labels(names[0]).isdisjoint(_UNNAMED):
            return False
        return all(tokens.word(at)[0].isupper() or "and" in tokens.labels(at) for at in names)

    def is_introductory(self, index: int) -> bool:
        """Tell whether a token stands where a source may be vague whom the body of the article names."""
        return self.of(index) in ("headline", "heading", "standfirst", "caption")

    def is_quotation(self, index: int) -> bool:
        """Tell whether a token is in a block that is a quotation as a whole and has no marks to say so."""
        if not self._blocks or self.of(index) != "quotation":
            return False
        return "quote" not in self._tokens.labels(self._tokens.paragraph(index)[0])

    @lazy
    def asides(self) -> tuple[range, ...]:
        """The bylines and datelines: nobody says anything in them."""
        return tuple(self._asides())

    @lazy
    def datelines(self) -> tuple[int, ...]:
        """Where the datelines that stand in a paragraph end: there its first sentence begins."""
        return tuple(end for start, _ in self._paragraphs(_TOP) if (end := self._dateline_end(start)))

    def _asides(self) -> Iterator[range]:
        tokens = self._tokens
        told = any(block.kind in _ASIDES for block in self._blocks)
        for start, end in self._paragraphs(len(tokens) if told else _TOP):
            if self.of(start) in _ASIDES:
                yield range(start, end)
        for end in self.datelines:
            yield range(tokens.paragraph(end - 1)[0], end)

    def _paragraphs(self, most: int) -> Iterator[tuple[int, int]]:
        at = 0
        for _ in range(most):
            if at >= len(self._tokens):
                return
            start, end = self._tokens.paragraph(at)
            if start < end:
                yield start, end
            at = end + 1

    def _dateline_end(self, start: int) -> int:
        """Return where a dateline ends, behind its dash; 0 where none begins.

        It begins with a place in capitals, or has an agency in brackets, and holds names, dates and commas alone.
        """
        tokens, bracketed = self._tokens, False
        last = min(start + _DATELINE, len(tokens) - 1)
        for at in range(start, last):
            labels = tokens.labels(at)
            if "dash" in labels:
                word = tokens.word(start)
                return at + 1 if at > start and (bracketed or (word.isupper() and len(word) > 1)) else 0
            if CAPITAL not in labels and labels.isdisjoint(_PLACES):
                return 0
            bracketed = bracketed or (at > start and "paren-close" in labels)
        return 0
