"""JSON whose strings know where they stand: articles can be strings in it, and findings point into the file."""

from __future__ import annotations

import re
from json import JSONDecoder, decoder, scanner
from typing import Any

from attrlint.readers.build import Builder
from attrlint.text import Document, OffsetMap, Piece

_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")


class Text(str):
    """A string of a JSON text: its value, its characters as they are written, and where those begin."""

    raw: str
    start: int

    def offsets(self, base: int = 0) -> OffsetMap:
        """Return the map from the value to a source in which the JSON text begins at `base`."""
        pieces: list[Piece] = []
        at, written = 0, 0
        for found in _ESCAPE.finditer(self.raw):
            pieces.append(self._piece(at, found.start() - written, written, found.start(), base))
            at += found.start() - written
            pieces.append(self._piece(at, 1, found.start(), found.end(), base))
            at, written = at + 1, found.end()
        pieces.append(self._piece(at, len(self.raw) - written, written, len(self.raw), base))
        return OffsetMap(piece for piece in pieces if piece.start < piece.end)

    def _piece(self, at: int, size: int, start: int, end: int, base: int) -> Piece:
        return Piece(at, at + size, base + self.start + start, base + self.start + end)


class _Decoder(JSONDecoder):
    """The decoder of the standard library, but for what it makes of a string."""

    def __init__(self) -> None:
        # A number of any length is one here: no article has use for it.
        super().__init__(strict=False, parse_int=float)
        self.parse_string = _text
        # The scanner in C would not ask for `parse_string`.
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]


def _text(source: str, start: int, strict: bool) -> tuple[Text, int]:
    value, end = decoder.scanstring(source, start, strict)  # type: ignore[attr-defined]
    text = Text(value)
    text.raw, text.start = source[start : end - 1], start
    return text, end


def parse(source: str) -> Any:
    """Return the value of a JSON text, every string in it a Text. Raises ValueError for what is no JSON."""
    try:
        return _Decoder().decode(source)
    except RecursionError:
        raise ValueError("lists and objects inside one another too deep") from None


def block(words: Text, kind: str) -> Document:
    """Return a string as a document of one block."""
    builder = Builder(words, "")
    builder.begin(kind)
    builder.add(words, 0)
    return builder.document()
