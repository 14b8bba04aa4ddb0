"""Edits of bytes: everything that is not named stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple


class Edit(NamedTuple):
    """Bytes to put in the place of those from `start` to `end`, half-open; an empty stretch is a place between."""

    start: int
    end: int
    new: bytes


def spliced(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return bytes with the edits made; of two at the same byte the first that was given comes first."""
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit[:2]):
        parts += [data[at : edit.start], edit.new]
        at = edit.end
    return b"".join([*parts, data[at:]])


def appended(data: bytes, child: bytes) -> bytes:
    """Return an XML document with one more element at the end of its root."""
    end = data.rfind(b"</")
    if end >= 0:
        return data[:end] + child + data[end:]
    end = data.rindex(b"/>")
    name = data[data.rindex(b"<", 0, end) + 1 : end].split()[0]
    return data[:end] + b">" + child + b"</" + name + b">" + data[end + 2 :]


def escaped(text: str) -> bytes:
    """Return text as it stands in XML, in an element or an attribute."""
    return escape(text).encode()
