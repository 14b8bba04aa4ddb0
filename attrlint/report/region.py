"""Places as other programs want them: lines and columns in their units, paths with forward slashes, addresses."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from attrlint.text import Document
from attrlint.units import Unit


class Region(NamedTuple):
    """Where a finding begins and ends: 1-based lines and columns, the end column one past the last marked unit."""

    line: int
    column: int
    end_line: int
    end_column: int


def region(document: Document, start: int, end: int, unit: Unit = Unit.CODE_POINT) -> Region:
    """Return the region of 0-based, half-open code points; columns are counted in the unit."""
    return Region(*document.position(start, unit), *document.position(end, unit))


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
