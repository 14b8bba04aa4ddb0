"""An article as a page shows it: its paragraphs, who speaks where in them, and the pieces those words cut them into."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from attrlint.article import Attribution, Cue, Source
from attrlint.ledger import Speaker
from attrlint.text import Block, Document, Span, is_wrapped

_HEADING = 20
"""A paragraph of at most so many words is a heading when no stop ends it."""

_ASIDE = 3
"""More code points than these between two pieces of one place keep the eye from joining them."""

_ENDS_SENTENCE = re.compile(r"[.!?…:;,][\s)\]”’\"']*\Z")


class Place(NamedTuple):
    """Where somebody speaks: its number in the order of the text and the speaker's in the ledger, both from 1.

    `start` and `end` reach from the first to the last of the source, the cue and the content.
    """

    number: int
    speaker: int
    start: int
    end: int
    line: int
    attribution: Attribution


class Piece(NamedTuple):
    """A stretch of text in which nothing begins or ends, and the innermost places it belongs to.

    `content` is whose words it is part of, `source` and `cue` whose source and cue. `begins` are the places that begin
    here; `resumes` tells that the content is taken up again after other words.
    """

    start: int
    end: int
    content: Place | None = None
    source: Place | None = None
    cue: Place | None = None
    begins: tuple[Place, ...] = ()
    resumes: bool = False


class _Mark(NamedTuple):
    start: int
    end: int
    kind: str
    place: Place


def paragraphs(document: Document) -> list[Block]:
    """Return the paragraphs and headings of a document: its blocks, or what its line ends say."""
    if document.blocks:
        return list(document.blocks)
    spans = _spans(document)
    short = [_looks_like_heading(document.text[span.start : span.end]) for span in spans]
    kinds: list[str] = []
    for is_short, run in groupby(short):
        size = len(list(run))
        # Of several short lines together only those at the top have a heading among them; others are a list or verse.
        headed = is_short and (size == 1 or not kinds)
        kinds += ["heading" if headed else "paragraph", *["paragraph"] * (size - 1)]
    return [Block(kind, span.start, span.end) for kind, span in zip(kinds, spans, strict=True)]


def _spans(document: Document) -> list[Span]:
    text = document.text
    filled = [line for line in document.lines if text[line.start : line.end].strip()]
    if not is_wrapped(text):
        return filled
    spans: list[Span] = []
    for line in filled:
        if spans and document.position(spans[-1].end)[0] + 1 == document.position(line.start)[0]:
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            spans.append(line)
    return spans


def _looks_like_heading(text: str) -> bool:
    return len(text.split(maxsplit=_HEADING)) <= _HEADING and not _ENDS_SENTENCE.search(text)


def places(document: Document, speakers: Sequence[Speaker]) -> list[Place]:
    """Return where the speakers of a ledger speak, in the order of the text."""
    found = [
        (min(part.start for part in parts), max(part.end for part in parts), number, attribution)
        for number, speaker in enumerate(speakers, 1)
        for attribution in speaker.attributions
        if (parts := [part for _, part in _parts(attribution)])
    ]
    found.sort(key=lambda each: each[:3])
    return [
        Place(number, speaker, start, end, document.source_line(start), attribution)
        for number, (start, end, speaker, attribution) in enumerate(found, 1)
    ]


def pieces(blocks: Sequence[Block], spoken: Sequence[Place]) -> list[list[Piece]]:
    """Return the pieces of every block, end to end; spans may overlap, nest and run over several blocks."""
    marks: list[list[_Mark]] = [[] for _ in blocks]
    starts = [block.start for block in blocks]
    for mark in sorted(
        _Mark(part.start, part.end, kind, place) for place in spoken for kind, part in _parts(place.attribution)
    ):
        for index in range(max(0, bisect_right(starts, mark.start) - 1), bisect_right(starts, mark.end - 1)):
            if mark.end > blocks[index].start and mark.start < blocks[index].end:
                marks[index].append(mark)
    begun: dict[int, int] = {}
    return [list(_pieces(block, theirs, begun)) for block, theirs in zip(blocks, marks, strict=True)]


def _parts(found: Attribution) -> Iterator[tuple[str, Source | Cue | Span]]:
    parts = [("source", found.source), ("cue", found.cue), *(("content", span) for span in found.content)]
    for kind, part in parts:
        if part and part.start < part.end:
            yield kind, part


def _beginning(coming: Sequence[Place], end: int) -> tuple[Place, ...]:
    """Let one place of a speaker begin at a time: another that shares its first words begins at words of its own."""
    chosen: list[Place] = []
    for place in coming:
        if place.end <= end or all(place.speaker != other.speaker for other in chosen):
            chosen.append(place)
    return tuple(chosen)


def _pieces(block: Block, marks: Sequence[_Mark], begun: dict[int, int]) -> Iterator[Piece]:
    """Cut one block; `begun` holds where each place was last seen, by its number."""
    inside = {edge for mark in marks for edge in (mark.start, mark.end) if block.start < edge < block.end}
    active: list[_Mark] = []
    coming = 0
    for start, end in pairwise(sorted({block.start, block.end, *inside})):
        active = [mark for mark in active if mark.end > start]
        while coming < len(marks) and marks[coming].start <= start:
            active.append(marks[coming])
            coming += 1
        # The innermost of each kind comes last and stays.
        inner = {mark.kind: mark.place for mark in sorted(active, key=lambda mark: mark.start - mark.end)}
        here = [place for _, place in sorted({mark.place.number: mark.place for mark in active}.items())]
        content = inner.get("content")
        last_seen = begun.get(content.number, start) if content else start
        begins = _beginning([place for place in here if place.number not in begun], end)
        begun.update((place.number, end) for place in here if place.number in begun or place in begins)
        yield Piece(start, end, content, inner.get("source"), inner.get("cue"), begins, start - last_seen > _ASIDE)
