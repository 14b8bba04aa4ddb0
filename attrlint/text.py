"""The text of one article and the places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_LINE_END = re.compile("\r\n?|\n")


class Span(NamedTuple):
    """A stretch of text: half-open, 0-based code points."""

    start: int
    end: int


class Block(NamedTuple):
    """A stretch of text of one kind, such as a paragraph or a heading: half-open, 0-based code points."""

    kind: str
    start: int
    end: int


class Document:
    """The text of one article, the path it came from and its blocks.

    A document is never changed once made. `blocks` may be empty: then the segmenter finds the paragraphs.
    """

    __slots__ = ("_lines", "blocks", "path", "text")

    def __init__(self, text: str, path: str = "", blocks: tuple[Block, ...] = ()) -> None:
        self.text = text
        self.path = path
        self.blocks = blocks
        self._lines: tuple[Span, ...] | None = None

    def __repr__(self) -> str:
        return f"Document(path={self.path!r}, {len(self.text)} code points)"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        return (self.text, self.path, self.blocks) == (other.text, other.path, other.blocks)

    def __hash__(self) -> int:
        return hash((self.text, self.path, self.blocks))

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

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset, both 1-based code points.

        The end of the text is a position too. Raises ValueError for an offset outside the text.
        """
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} is outside a text of {len(self.text)} code points")
        index = bisect_right(self.lines, offset, key=_start) - 1
        return index + 1, offset - self.lines[index].start + 1

    def line_span(self, line: int) -> Span:
        """Return the span of a 1-based line, without its line ending.

        Raises ValueError for a line the text does not have.
        """
        if not 1 <= line <= len(self.lines):
            raise ValueError(f"line {line} is outside a text of {len(self.lines)} lines")
        return self.lines[line - 1]


def _start(line: Span) -> int:
    return line.start
