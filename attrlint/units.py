"""Places in a text, counted in what others count in: bytes of a file, or the code units of an encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

_STEP = 256
"""So many code points are counted anew for a place; what stands before them is counted once."""

_PAIRS = re.compile("[\U00010000-\U0010ffff]")
"""What takes two code units of UTF-16."""


class Unit(Enum):
    """What places of a text are counted in."""

    CODE_POINT = "code points"
    UTF16 = "code units of UTF-16"
    UTF8 = "bytes of UTF-8"
    BYTE = "bytes of the file that the text was read from"


class Encoding(NamedTuple):
    """How a file writes its text: the codec, by Python's name, and the byte order mark that stands before it."""

    name: str = "utf-8"
    mark: bytes = b""

    def encode(self, text: str, errors: str = "strict") -> bytes:
        """Return a text as the file writes it; `errors` is Python's name of what becomes of characters it lacks.

        Raises UnicodeError for those unless told otherwise.
        """
        return self.mark + text.encode(self.name, errors)


UTF8 = Encoding()


def counter(text: str, unit: Unit, encoding: Encoding) -> Callable[[int], int]:
    """Return what turns places of a text in code points into places in a unit; `encoding` is that of its file."""
    if unit is Unit.BYTE:
        return _Counter(text, encoding.name, 1, len(encoding.mark))
    if unit is Unit.UTF16:
        return _Counter(text, "utf-16-le", 2) if _PAIRS.search(text) else int
    return int if unit is Unit.CODE_POINT or text.isascii() else _Counter(text, "utf-8", 1)


class _Counter:
    """Counts what a codec writes before a place, in units of `size` bytes; `before` bytes stand before the text."""

    __slots__ = ("_codec", "_marks", "_size", "_text")

    def __init__(self, text: str, codec: str, size: int, before: int = 0) -> None:
        self._text, self._codec, self._size = text, codec, size
        self._marks: list[tuple[int, int | str]] = []
        encoder = self._encoder()
        for start in range(0, len(text) + 1, _STEP):
            self._marks.append((before, encoder.getstate()))
            before += len(encoder.encode(text[start : start + _STEP]))

    def __call__(self, offset: int) -> int:
        start = offset - offset % _STEP
        before, state = self._marks[offset // _STEP]
        encoder = self._encoder()
        encoder.setstate(state)
        return (before + len(encoder.encode(self._text[start:offset]))) // self._size

    def _encoder(self) -> codecs.IncrementalEncoder:
        # What a codec writes can depend on what it wrote before: in Japan, the alphabet in use is switched.
        return codecs.getincrementalencoder(self._codec)("surrogatepass")
