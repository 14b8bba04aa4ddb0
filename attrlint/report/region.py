"""Places as other programs want them: lines and columns in their units, paths with forward slashes, addresses."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from attrlint.text import Document


class Region(NamedTuple):
    """Where a finding begins and ends: 1-based lines and columns, the end column one past the last marked unit."""

    line: int
    column: int
    end_line: int
    end_column: int


def region(document: Document, start: int, end: int, units: Callable[[str], int] = len) -> Region:
    """Return the region of 0-based, half-open code points; `units` counts what a column is, by default code points."""
    return Region(*_position(document, start, units), *_position(document, end, units))


def utf16(text: str) -> int:
    """Count the UTF-16 code units of a text."""
    return len(text) + sum(char > "\uffff" for char in text)


def utf8(text: str) -> int:
    """Count the UTF-8 bytes of a text."""
    return len(text.encode("utf-8", "surrogatepass"))


def portable(path: str) -> str:
    """Return a path with forward slashes, from the current folder where it lies in there."""
    tidy = os.path.normpath(path)
    if os.path.isabs(tidy) and Path.cwd() in Path(tidy).parents:
        tidy = os.path.relpath(tidy)
    return Path(tidy).as_posix()


def uri(path: str) -> str:
    """Return a path as a URI reference: from the current folder where it lies in there, else absolute."""
    from urllib.parse import quote

    found = portable(path)
    if os.path.isabs(found):
        return Path(found).as_uri()
    return quote(found, errors="surrogateescape")


def _position(document: Document, offset: int, units: Callable[[str], int]) -> tuple[int, int]:
    line, column = document.position(offset)
    return line, 1 + units(document.text[offset - column + 1 : offset])
