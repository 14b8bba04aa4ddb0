"""Tables of words that are kept in parts, of which a run reads only those that it looks something up in."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from typing import Generic, TypeVar

V = TypeVar("V")

Parts = Mapping[str, bytes]
"""The entries of a table by the letter that their words begin with."""


def parted(table: Mapping[str, object]) -> dict[str, bytes]:
    """Return a table of plain data in parts, one for each initial."""
    parts: dict[str, dict[str, object]] = {}
    for word, value in table.items():
        parts.setdefault(word[:1], {})[word] = value
    return {key: marshal.dumps(part) for key, part in parts.items()}


class Parted(Generic[V]):
    """A table in parts, each read when first needed."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._read: dict[str, dict[str, V]] = {}

    def get(self, word: str, default: V) -> V:
        """Return the value of a word, the default where it has none."""
        key = word[:1]
        part = self._read.get(key)
        if part is None:
            part = self._read[key] = marshal.loads(self._parts[key]) if key in self._parts else {}
        return part.get(word, default)
