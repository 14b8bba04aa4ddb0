"""Runs of a Word file cut in two at any place of the text, without a change to what either half shows."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from attrlint.annotate.splice import Edit
from attrlint.readers.docx import Reading
from attrlint.readers.story import Leaf, Place, Run
from attrlint.readers.xmlbytes import tag_end, tag_name

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAMESPACES = (STRICT, "http://schemas.openxmlformats.org/wordprocessingml/2006/main")
_DECLARED = re.compile(rb"<[^?!][^>]*?\sxmlns:w=[\"']([^\"']+)[\"']")
_PRESERVED = b' xml:space="preserve"'


class Cut(NamedTuple):
    """A place between two runs, or one that is made: what ends the first half and what begins the second.

    `at` is a byte of `part`; `preserve` is the edit that keeps the space at the end of the first half, where need be.
    """

    part: str
    at: int
    run: Run
    before: bytes = b""
    after: bytes = b""
    preserve: Edit | None = None


def cut(reading: Reading, offset: int, begin: bool) -> Cut:
    """Cut at a code point of the text: before the character that begins there, or behind the one that ends there."""
    place, inside = _place(reading, offset, begin)
    leaf, run = place.leaf, place.leaf.run
    data = reading.parts[run.part]
    at = _byte(place, inside)
    if leaf.inside < at < leaf.stop:
        before = closing(data, leaf.start) + closing(data, run.start)
        after = opening(data, run) + preserved(data, leaf)
        return Cut(run.part, at, run, before, after, _preserve(data, leaf, place.text[:inside]))
    at = leaf.end if at >= leaf.stop and inside else leaf.start
    if at <= run.inside:
        return Cut(run.part, run.start, run)
    if at >= run.stop:
        return Cut(run.part, run.end, run)
    return Cut(run.part, at, run, closing(data, run.start), opening(data, run))


def cut_outside(reading: Reading, offset: int, begin: bool) -> Cut:
    """Cut as `cut` does, but for words that are held elsewhere before or behind the run that holds them."""
    run = holder(reading, offset, begin)
    if run is None:
        return cut(reading, offset, begin)
    while run.holder is not None:
        run = run.holder
    return Cut(run.part, run.start if begin else run.end, run)


def holder(reading: Reading, offset: int, begin: bool = True) -> Run | None:
    """Return the run that holds the text box, or refers to the note, that a character of the text stands in."""
    return _place(reading, offset, begin)[0].leaf.run.holder


def _place(reading: Reading, offset: int, begin: bool) -> tuple[Place, int]:
    index = max(0, bisect_right(reading.starts, offset if begin else offset - 1) - 1)
    place = reading.places[index]
    return place, min(offset - reading.starts[index], len(place.text))


def _byte(place: Place, inside: int) -> int:
    if inside == len(place.text):
        return place.end
    return place.start + len(place.text[:inside].encode())


def _preserve(data: bytes, leaf: Leaf, before: str) -> Edit | None:
    if not before[-1:].isspace() or b"xml:space" in data[leaf.start : leaf.inside]:
        return None
    at = leaf.start + 1 + len(tag_name(data, leaf.start))
    return Edit(at, at, _PRESERVED)


def opening(data: bytes, run: Run) -> bytes:
    """Return the start tag of a run and its properties."""
    return data[run.start : tag_end(data, run.start)] + data[slice(*run.properties)]


def preserved(data: bytes, leaf: Leaf) -> bytes:
    """Return the start tag of words that keeps the space at their edges."""
    return b"<" + tag_name(data, leaf.start) + _PRESERVED + b">"


def closing(data: bytes, at: int) -> bytes:
    """Return the end tag of the element at a byte."""
    return b"</" + tag_name(data, at) + b">"


def namespace(data: bytes) -> str:
    """Return the namespace that a part is written in: Word knows two for the same names."""
    return next((one for one in _NAMESPACES if one.encode() in data), _NAMESPACES[-1])


def declared(data: bytes) -> bytes:
    """Return what a new element must say so that its prefix "w" is known: mostly nothing."""
    found = _DECLARED.search(data)
    wanted = namespace(data).encode()
    return b"" if found and found[1] == wanted else b' xmlns:w="' + wanted + b'"'
