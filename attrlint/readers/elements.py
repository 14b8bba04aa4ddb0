"""Elements to blocks: what the tags of a page or of a wire format mean, whatever parser reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from attrlint.errors import ReadError
from attrlint.readers.build import Builder

DEEPEST = 1_000
"""Elements inside one another, at most: browsers stop at half of that."""


class Vocabulary(NamedTuple):
    """The elements of a format.

    `kinds` gives those that begin a block its kind, "" the kind of what is around them; what is in `skipped` ones is no
    part of the article. `top` is the kind of words outside all blocks, "" where those are no part of it.
    """

    top: str
    kinds: Mapping[str, str]
    skipped: frozenset[str]
    void: frozenset[str] = frozenset()
    closes: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {}
    """Elements whose start ends others that are open, and how far out those are looked for."""


class _Open(NamedTuple):
    tag: str
    kind: str
    silent: bool
    link: int
    closing: str


class Elements:
    """Follows the elements of one source and adds its words to a builder.

    Raises ReadError where elements are inside one another too deep. `only` names an element outside which nothing
    belongs to the article, but for blocks of the kind `besides`.
    """

    def __init__(self, builder: Builder, vocabulary: Vocabulary, path: str, only: str = "", besides: str = "") -> None:
        self._builder, self._vocabulary, self._path = builder, vocabulary, path
        self._only, self._besides = only, besides
        self._stack: list[_Open] = []
        self._open: dict[str, int] = {}
        self.kind = self._current = vocabulary.top
        """The kind of words at the moment."""
        self.silent = False
        """Whether words are no part of the article at the moment."""
        self._breaks = 0

    def start(self, tag: str, attributes: Mapping[str, str | None], start: int, end: int, line: int) -> None:
        """Begin an element; `start` and `end` are its tag."""
        vocabulary = self._vocabulary
        if tag in vocabulary.closes:
            self._close_others(*vocabulary.closes[tag], start)
        kind = vocabulary.kinds.get(tag)
        if kind is not None:
            self._begin(kind or self._inherited())
        elif tag == "br":
            self._line_end(start, end)
        self._announce(attributes, block=kind is not None)
        if tag in vocabulary.void:
            return
        if len(self._stack) >= DEEPEST:
            raise ReadError(
                f"elements inside one another more than {DEEPEST:,} deep: this is no article", self._path, line
            )
        marks, closing = -1, ""
        if tag == "q" and not self.silent:
            self._word("“", start, end)
            closing = "”"
        if (tag == "a" and attributes.get("href")) or attributes.get("cite"):
            marks = self._builder.here
        self._stack.append(_Open(tag, self.kind, self.silent, marks, closing))
        self._open[tag] = self._open.get(tag, 0) + 1
        self.silent = self.silent or tag in vocabulary.skipped or _is_hidden(attributes)
        if kind is not None:
            self.kind = self._current

    def stop(self, tag: str, start: int, end: int) -> None:
        """End an element, and with it those that are still open in it; an end without a start is nothing."""
        if not self._open.get(tag):
            return
        while True:
            one = self._stack.pop()
            self._open[one.tag] -= 1
            if one.closing:
                self._word(one.closing, start, end if one.tag == tag else start)
            if one.link >= 0:
                self._builder.link(one.link)
            if one.tag in self._vocabulary.kinds:
                self._builder.end()
            self.kind, self.silent = one.kind, one.silent
            if one.tag == tag:
                break
        if tag in self._vocabulary.kinds:
            self._builder.begin(self.kind or self._vocabulary.top)

    def finish(self, at: int) -> None:
        """End what is still open where the source ends."""
        while self._stack:
            self.stop(self._stack[-1].tag, at, at)

    def words(self, words: str, start: int) -> None:
        """Take words as they stand in the source."""
        if self._is_heard():
            self._builder.add(words, start)
            if self._breaks and not words.isspace():
                self._breaks = 0

    def whole(self, words: str, start: int, end: int) -> None:
        """Take words that an entity stands for."""
        if self._is_heard():
            self._word(words, start, end)

    def _word(self, words: str, start: int, end: int) -> None:
        self._builder.whole(words, start, end)
        self._breaks = 0

    def _is_heard(self) -> bool:
        if self.silent or not self.kind:
            return False
        return not self._only or self.kind == self._besides or bool(self._open.get(self._only))

    def _begin(self, kind: str) -> None:
        self._builder.begin(kind or "paragraph")
        self._current = kind
        self._breaks = 0

    def _inherited(self) -> str:
        return self.kind or self._vocabulary.top

    def _line_end(self, start: int, end: int) -> None:
        """Take one line end as a space and two as the end of a block."""
        self._breaks += 1
        if self._breaks > 1:
            self._begin(self.kind)
        else:
            self._builder.space(start, end)

    def _announce(self, attributes: Mapping[str, str | None], block: bool) -> None:
        """Take what microdata and relations of links say about a block."""
        if not attributes:
            return
        said = {*(attributes.get("itemprop") or "").split(), *(attributes.get("rel") or "").split()}
        kind = next((_PROPERTIES[name] for name in said if name in _PROPERTIES), "")
        if kind and block:
            self._begin(kind)
        elif kind == "byline" and not self.silent:
            self._builder.rename(kind)

    def _close_others(self, closed: frozenset[str], bounds: frozenset[str], at: int) -> None:
        """End the innermost of some elements, unless one of the bounds stands between."""
        if not any(self._open.get(tag) for tag in closed):
            return
        for one in reversed(self._stack):
            if one.tag in bounds:
                return
            if one.tag in closed:
                self.stop(one.tag, at, at)
                return


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return bool(_UNSEEN.search(attributes.get("style") or ""))


_UNSEEN = re.compile(r"\bdisplay\s*:\s*none\b|\bvisibility\s*:\s*hidden\b", re.IGNORECASE)
_PROPERTIES = {
    "headline": "headline",
    "author": "byline",
    "byline": "byline",
    "alternativeHeadline": "standfirst",
    "description": "standfirst",
    "caption": "caption",
}
"""What microdata, and the author of a link, make of a block."""
