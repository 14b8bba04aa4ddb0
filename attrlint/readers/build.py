"""Building a document from a marked-up source: words come in with their places, blocks and a map back come out."""

from __future__ import annotations

import re
from bisect import bisect_right

from attrlint.text import Block, Comment, Document, Escape, OffsetMap, Piece, Span
from attrlint.units import UTF8, Encoding

SPACE = " \t\n\r\f"
FILLER = "\x1a"
"""A sign that stands for nothing, in the place of something that a parser is not to see."""

_ODD = re.compile(f"[{SPACE}]{{2,}}|[\t\n\r\f]|[\xad\u200b\ufeff{FILLER}]+")
"""What is not one space and no letter: white space that counts as one space, and signs that nobody sees."""

_SEPARATOR = "\n\n"


class Builder:
    """Collects the words of one article in the order of its text; all places are code points of the source.

    White space counts as one space and as none where a block begins or ends; a block without words is none.
    """

    def __init__(self, source: str, path: str, escape: Escape = str, encoding: Encoding = UTF8) -> None:
        self._source, self._path, self._escape, self._encoding = source, path, escape, encoding
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._blocks: list[Block] = []
        self._comments: list[tuple[str, int, int, Span | None]] = []
        self._links: list[Span] = []
        self._length = 0
        self._kind = "paragraph"
        self._start = -1
        self._spaced = True
        self._undo = (0, 0, 0)

    def begin(self, kind: str) -> None:
        """End the block that is open and let the next words begin one of this kind."""
        self.end()
        self._kind = kind

    def rename(self, kind: str) -> None:
        """Give the block that is open another kind."""
        self._kind = kind

    def end(self) -> None:
        """End the block that is open."""
        if self._start < 0:
            return
        if "".join(self._parts[self._undo[0] :]).strip():
            self._trim()
            self._blocks.append(Block(self._kind, self._start, self._length))
        else:
            parts, pieces, self._length = self._undo
            del self._parts[parts:], self._pieces[pieces:]
        self._start, self._spaced = -1, True

    def _trim(self) -> None:
        """Take away the space that a block ends in."""
        if self._spaced and self._parts[-1]:
            self._parts[-1] = self._parts[-1][:-1]
            self._length -= 1
            start, end, source_start, source_end = self._pieces.pop()
            if end - start > 1:
                self._pieces.append(Piece(start, end - 1, source_start, source_end - 1))
            behind = bisect_right(self._comments, self._length, key=lambda comment: comment[2])
            self._comments[behind:] = [(*one[:2], self._length, one[3]) for one in self._comments[behind:]]

    def add(self, words: str, start: int) -> None:
        """Add words that stand in the source as they are, from `start` on."""
        if words.isprintable() and "  " not in words:
            # The common case, told at the speed of C: what is odd is not printable.
            self._put(words, start)
            return
        at = 0
        for found in _ODD.finditer(words):
            self._put(words[at : found.start()], start + at)
            if found[0][0] in SPACE:
                self.space(start + found.start(), start + found.end())
            at = found.end()
        self._put(words[at:], start + at)

    def whole(self, words: str, start: int, end: int) -> None:
        """Add words that something else in the source stands for, such as an entity or an escape."""
        words = words.strip("\xad\u200b\ufeff")
        if not words.strip(SPACE):
            if words:
                self.space(start, end)
            return
        self._open()
        words = words.translate(_ONE_LINE)
        self._append(words, start, end)
        self._spaced = words[-1] == " "

    def space(self, start: int, end: int) -> None:
        """Add a space that something in the source stands for, unless one stands there already."""
        if not self._spaced:
            self._append(" ", start, end)
            self._spaced = True

    def _put(self, words: str, start: int) -> None:
        if self._spaced and words[:1] == " ":
            words, start = words[1:], start + 1
        if words:
            self._open()
            self._append(words, start, start + len(words))
            self._spaced = words[-1] == " "

    def _append(self, words: str, start: int, end: int) -> None:
        self._parts.append(words)
        self._pieces.append(Piece(self._length, self._length + len(words), start, end))
        self._length += len(words)

    def _open(self) -> None:
        if self._start < 0:
            self._undo = (len(self._parts), len(self._pieces), self._length)
            if self._blocks:
                self._parts.append(_SEPARATOR)
                self._length += len(_SEPARATOR)
            self._start = self._length

    @property
    def here(self) -> int:
        """Where the next words will stand in the text."""
        return self._length + len(_SEPARATOR) * (self._start < 0 and bool(self._blocks))

    def link(self, start: int) -> None:
        """Mark the text from a place of the text on as a link."""
        if start < self._length:
            self._links.append(Span(start, self._length))

    def comment(self, words: str, source: Span | None = None) -> None:
        """Add a comment at the end of the text so far."""
        words = words.strip()
        if words:
            self._comments.append((words, len(self._blocks) if self._start < 0 else -1, self._length, source))

    def append(self, read: Document, outer: OffsetMap) -> None:
        """Add the blocks of a document whose source was itself read from this source."""
        self.end()
        shift = self.here
        if not read.blocks:
            return
        assert read.offsets is not None
        self._parts += [_SEPARATOR] * bool(self._blocks) + [read.text]
        self._pieces += [Piece(one[0] + shift, one[1] + shift, *one[2:]) for one in read.offsets.through(outer).pieces]
        self._blocks += [Block(one.kind, one.start + shift, one.end + shift) for one in read.blocks]
        self._links += [Span(one.start + shift, one.end + shift) for one in read.links]
        self._comments += [
            (one.text, -1, one.start + shift, one.source and outer.span(*one.source)) for one in read.comments
        ]
        self._length = shift + len(read.text)

    def document(self) -> Document:
        """Return the document."""
        self.end()
        text = "".join(self._parts)
        comments = []
        for words, block, place, source in self._comments:
            # A comment between two blocks stands where the next one begins.
            at = self._blocks[block].start if 0 <= block < len(self._blocks) else min(place, len(text))
            comments.append(Comment(words, at, at, source))
        return Document(
            text,
            self._path,
            tuple(self._blocks),
            tuple(comments),
            OffsetMap(self._pieces),
            self._source,
            self._escape,
            tuple(self._links),
            self._encoding,
        )


_ONE_LINE = str.maketrans("\t\n\r\f", "    ")
