"""The text of one article and the places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import NamedTuple

from attrlint.units import UTF8, Encoding, Unit, counter

_LINE_END = re.compile("\r\n?|\n")


class Span(NamedTuple):
    """A stretch of text: half-open, 0-based code points."""

    start: int
    end: int


class Block(NamedTuple):
    """A stretch of text of one kind: half-open, 0-based code points.

    Kinds are "headline", "heading", "standfirst", "byline", "dateline", "caption", "paragraph", "quotation", "list" and
    "table".
    """

    kind: str
    start: int
    end: int


class Comment(NamedTuple):
    """A comment of a file, which its readers do not see: its words, and the text it stands at.

    Half-open, 0-based code points of the document's text; `start` equals `end` for a point between words. `source` is
    where the comment itself stands in the source, None where there is no such place.
    """

    text: str
    start: int
    end: int
    source: Span | None = None


class Piece(NamedTuple):
    """A stretch of text and the stretch of the source it was read from: half-open, 0-based code points.

    Pieces of equal lengths correspond character by character, others (an entity, an escape) as a whole.
    """

    start: int
    end: int
    source_start: int
    source_end: int


class OffsetMap:
    """Where the text of an article stands in the source it was read from, in code points.

    `Document.place` leads on to bytes and other units, `Document.position` to lines and columns.

    `pieces` ascend in text and source; between two of them stands what only the source has, such as markup, or what
    only the text has, such as the line end between two blocks.
    """

    __slots__ = ("pieces",)

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = tuple(pieces)

    def __eq__(self, other: object) -> bool:
        return self.pieces == other.pieces if isinstance(other, OffsetMap) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.pieces)

    def span(self, start: int, end: int) -> Span:
        """Return where in the source a stretch of text stands, from its first to its last character.

        A point, where `start` equals `end`, is a point of the source.
        """
        first = self._point(start)
        return Span(first, max(first, self._end(end)) if end > start else first)

    def within(self, start: int, end: int) -> list[Span]:
        """Return the parts of the source that a stretch of text was read from: what is between them is markup."""
        low = max(0, bisect_right(self.pieces, start, key=_START) - 1)
        high = bisect_right(self.pieces, end - 1, key=_START)
        pieces = [piece for piece in self.pieces[low:high] if piece.end > start]
        return [self.span(max(start, piece.start), min(end, piece.end)) for piece in pieces]

    def through(self, outer: OffsetMap) -> OffsetMap:
        """Return the map to the outer source of a source that was itself read from another."""
        pieces: list[Piece] = []
        for piece in self.pieces:
            parts = outer.within(piece.source_start, piece.source_end)
            if piece.end - piece.start != piece.source_end - piece.source_start or len(parts) < 2:
                pieces.append(Piece(piece.start, piece.end, *outer.span(piece.source_start, piece.source_end)))
                continue
            shift = piece.start - piece.source_start
            low = max(0, bisect_right(outer.pieces, piece.source_start, key=_START) - 1)
            for inner, part in zip(outer.pieces[low : low + len(parts)], parts, strict=True):
                start, end = max(inner.start, piece.source_start), min(inner.end, piece.source_end)
                pieces.append(Piece(start + shift, end + shift, *part))
        return OffsetMap(pieces)

    def _point(self, offset: int) -> int:
        at = bisect_right(self.pieces, offset, key=_START) - 1
        if at < 0:
            return self.pieces[0].source_start if self.pieces else 0
        start, end, source_start, source_end = self.pieces[at]
        if offset >= end:
            return self.pieces[at + 1].source_start if at + 1 < len(self.pieces) else source_end
        return source_start + offset - start if end - start == source_end - source_start else source_start

    def _end(self, offset: int) -> int:
        """Return where the character before an offset ends."""
        at = bisect_right(self.pieces, offset - 1, key=_START) - 1
        if at < 0:
            return 0
        start, end, source_start, source_end = self.pieces[at]
        exact = offset < end and end - start == source_end - source_start
        return source_start + offset - start if exact else source_end


_START = itemgetter(0)

Escape = Callable[[str], str]
"""Writes words as they must stand in a source, such as "&amp;" for "&" in HTML."""


class Document:
    """The text of one article as its readers see it, the path it came from, and where it stands there.

    A document is never changed once made. `blocks` may be empty: then the text is plain, and the segmenter finds the
    paragraphs; otherwise each is one line. `source` is the file's own text and `offsets` the way back to it; without
    them the text is all there is. `escape` writes words into the source. `links` are the words that lead elsewhere.
    `encoding` is how the file writes the source; a zipped file has no bytes of its text, and UTF-8 stands for it.
    """

    __slots__ = (
        "_counters",
        "_lines",
        "_origin",
        "blocks",
        "comments",
        "encoding",
        "escape",
        "links",
        "offsets",
        "path",
        "source",
        "text",
    )

    def __init__(
        self,
        text: str,
        path: str = "",
        blocks: tuple[Block, ...] = (),
        comments: tuple[Comment, ...] = (),
        offsets: OffsetMap | None = None,
        source: str | None = None,
        escape: Escape = str,
        links: tuple[Span, ...] = (),
        encoding: Encoding = UTF8,
    ) -> None:
        self.text = text
        self.path = path
        self.blocks = blocks
        self.comments = comments
        self.offsets = offsets
        self.source = text if source is None else source
        self.escape = escape
        self.links = links
        self.encoding = encoding
        self._counters: dict[Unit, Callable[[int], int]] = {}
        self._lines: tuple[Span, ...] | None = None
        self._origin: Document | None = None

    def __repr__(self) -> str:
        return f"Document(path={self.path!r}, {len(self.text)} code points)"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def _values(self) -> tuple[object, ...]:
        return self.text, self.path, self.blocks, self.comments, self.offsets, self.source, self.links, self.encoding

    @property
    def lines(self) -> tuple[Span, ...]:
        """Every line without its ending; "\\r\\n", "\\n" and a lone "\\r" end a line."""
        if self._lines is None:
            starts = [0]
            ends = []
            for match in _LINE_END.finditer(self.text):
                ends.append(match.start())
                starts.append(match.end())
            ends.append(len(self.text))
            self._lines = tuple(map(Span, starts, ends))
        return self._lines

    def position(self, offset: int, unit: Unit = Unit.CODE_POINT) -> tuple[int, int]:
        """Return the line and column of an offset, both 1-based; the offset is in code points, the column in the unit.

        The end of the text is a position too. Raises ValueError for an offset outside the text.
        """
        self._check(offset)
        index = bisect_right(self.lines, offset, key=_start) - 1
        start = self.lines[index].start
        return index + 1, self.count(offset, unit) - self.count(start, unit) + 1

    def count(self, offset: int, unit: Unit) -> int:
        """Return an offset in code points as one in another unit. Raises ValueError for one outside the text."""
        if unit is Unit.CODE_POINT:
            return offset
        self._check(offset)
        if unit not in self._counters:
            self._counters[unit] = counter(self.text, unit, self.encoding)
        return self._counters[unit](offset)

    def _check(self, offset: int) -> None:
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} is outside a text of {len(self.text)} code points")

    def place(self, start: int, end: int, unit: Unit = Unit.CODE_POINT) -> Span:
        """Return where a stretch of the text stands in the source: half-open, 0-based, in the unit."""
        found = Span(start, end) if self.offsets is None else self.offsets.span(start, end)
        if unit is Unit.CODE_POINT:
            return found
        return Span(self.origin.count(found.start, unit), self.origin.count(found.end, unit))

    @property
    def origin(self) -> Document:
        """The document whose text is the source of this one: the same one where there is no other source."""
        if self.offsets is None:
            return self
        if self._origin is None:
            self._origin = Document(self.source, self.path, encoding=self.encoding)
        return self._origin

    def source_line(self, offset: int) -> int:
        """Return the 1-based line of the source that a place in the text stands in."""
        return self.origin.position(self.place(offset, offset).start)[0]

    def line_span(self, line: int) -> Span:
        """Return the span of a 1-based line, without its line ending.

        Raises ValueError for a line the text does not have.
        """
        if not 1 <= line <= len(self.lines):
            raise ValueError(f"line {line} is outside a text of {len(self.lines)} lines")
        return self.lines[line - 1]


def _start(line: Span) -> int:
    return line.start


_LONG_LINE = 200
"""A line longer than this is a paragraph of its own: nobody wraps copy so wide (code points)."""


def is_wrapped(text: str) -> bool:
    """Tell whether single line ends of a text are only wrapping: not when lines are as long as paragraphs."""
    lines = text[:20_000].replace("\r", "\n").split("\n")
    return max(map(len, lines)) <= _LONG_LINE
