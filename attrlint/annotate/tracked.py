"""Edits of a Word file as tracked changes: the old words struck out and the new ones beside them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timezone
from itertools import count
from typing import NamedTuple

from attrlint.annotate import AUTHOR, runs
from attrlint.annotate.runs import Cut
from attrlint.annotate.splice import Edit, escaped, spliced
from attrlint.finding import Remedy
from attrlint.readers import xmlbytes
from attrlint.readers.docx import Reading
from attrlint.readers.story import Run

_IDENT = re.compile(rb"\bw:id=[\"'](\d{1,9})[\"']")


class _Segment(NamedTuple):
    """The words of an edit that stand in one run: code points of the text."""

    run: Run
    start: int
    end: int


def tracked(reading: Reading, remedies: Iterable[Remedy]) -> bytes:
    """Return a Word file with edits of its text as tracked changes by attrlint; they may not overlap."""
    edits: dict[str, list[Edit]] = {part: [] for part in reading.parts}
    spaces: dict[str, set[Edit]] = {part: set() for part in reading.parts}
    idents = count(max(int(ident) for ident in _idents(reading)) + 1)
    when = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    for remedy in remedies:
        for cut, edit in _edits(reading, remedy, idents, when):
            edits[cut.part].append(edit)
            if cut.preserve is not None:
                spaces[cut.part].add(cut.preserve)
    for part, made in edits.items():
        # Words that are struck out have the space at their edges kept already.
        made += [space for space in spaces[part] if not any(edit.start < space.start < edit.end for edit in made)]
    return reading.package.changed({part: spliced(reading.parts[part], made) for part, made in edits.items() if made})


def _idents(reading: Reading) -> Iterator[bytes]:
    yield b"0"
    for data in reading.parts.values():
        yield from _IDENT.findall(data)


def _edits(reading: Reading, remedy: Remedy, idents: Iterator[int], when: str) -> Iterator[tuple[Cut, Edit]]:
    segments = _segments(reading, remedy.start, remedy.end)
    first = segments[0].run if segments else runs.cut(reading, remedy.start, False).run
    data = reading.parts[first.part]
    head = b' w:id="%%d" w:author="%b" w:date="%b"%b>' % (AUTHOR.encode(), when.encode(), runs.declared(data))
    words = b'<w:ins%b<w:r%b>%b<w:t xml:space="preserve">%b</w:t></w:r></w:ins>' % (
        head % next(idents),
        runs.declared(data),
        data[slice(*first.properties)],
        escaped(remedy.text),
    )
    if not segments:
        cut = runs.cut(reading, remedy.start, False)
        yield cut, Edit(cut.at, cut.at, cut.before + _beside(data, cut.run, words) + cut.after)
    for segment in segments:
        begin, end = runs.cut(reading, segment.start, True), runs.cut(reading, segment.end, False)
        data = reading.parts[begin.part]
        struck = b"<w:del%b%b</w:del>" % (head % next(idents), _struck(data, begin, end))
        new = _beside(data, end.run, words) if segment is segments[-1] else b""
        yield begin, Edit(begin.at, end.at, begin.before + struck + new + end.after)


def _segments(reading: Reading, start: int, end: int) -> Sequence[_Segment]:
    found: list[_Segment] = []
    for index in range(bisect_right(reading.starts, start) - 1, bisect_left(reading.starts, end)):
        place, begun = reading.places[index], reading.starts[index]
        low, high = max(start, begun), min(end, begun + len(place.text))
        if low >= high:
            continue
        if found and found[-1].run is place.leaf.run:
            found[-1] = found[-1]._replace(end=high)
        else:
            found.append(_Segment(place.leaf.run, low, high))
    return found


def _struck(data: bytes, begin: Cut, end: Cut) -> bytes:
    """Return the run between two cuts as Word has it in a deletion."""
    run = begin.after + data[begin.at : end.at] + end.before
    prefix = xmlbytes.tag_name(data, begin.run.start).rpartition(b"r")[0]
    run = re.sub(rb"<(%b)t>" % re.escape(prefix), rb'<\1t xml:space="preserve">', run)
    run = re.sub(rb"(</?%b)t(?=[\s/>])" % re.escape(prefix), rb"\1delText", run)
    return re.sub(rb"(</?%b)instrText(?=[\s/>])" % re.escape(prefix), rb"\1delInstrText", run)


def _beside(data: bytes, run: Run, words: bytes) -> bytes:
    """Return an insertion for a place beside a run: one that stands in another insertion is taken out of it."""
    if run.inserted < 0:
        return words
    opening = data[run.inserted : xmlbytes.tag_end(data, run.inserted)]
    return runs.closing(data, run.inserted) + words + opening
