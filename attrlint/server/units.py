"""Offsets in UTF-16 code units, in which browsers and word processors count."""

from __future__ import annotations

from collections.abc import Callable


def utf16_offsets(text: str) -> Callable[[int], int]:
    """Return what turns offsets of a text in code points into offsets in UTF-16 code units."""
    if text.isascii() or max(text) < "\U00010000":
        return lambda offset: offset
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if character > "\uffff" else 1))
    return units.__getitem__
