"""From the text of an article back to the file it was read from: what was found, where it stands there."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeVar

from attrlint.article import Article, Attribution, Cue, Entity, Relay, Source
from attrlint.finding import Finding, Related, Remedy, Report
from attrlint.text import Document, Span

_Place = TypeVar("_Place", Finding, Related, Source, Cue, Relay, Entity)


def report(found: Report) -> Report:
    """Return a report whose document is the file's own text and whose findings point into it.

    A remedy is then an edit of the file: its words are escaped, and the markup inside the words it replaces is kept.
    """
    read = found.document
    if read.offsets is None:
        return found
    return found._replace(document=read.origin, findings=tuple(_finding(read, one) for one in found.findings))


def article(parsed: Article) -> Article:
    """Return an article whose document is the file's own text and whose attributions and entities point into it."""
    read = parsed.document
    if read.offsets is None:
        return parsed
    attributions = tuple(_attribution(read, one) for one in parsed.attributions)
    return Article(read.origin, attributions, tuple(_moved(read, one) for one in parsed.entities))


def _moved(read: Document, one: _Place) -> _Place:
    start, end = read.place(one.start, one.end)
    return one._replace(start=start, end=end)


def _finding(read: Document, one: Finding) -> Finding:
    if one.source is not None:
        return one._replace(start=one.source.start, end=one.source.end, source=None)
    related = tuple(_moved(read, place) for place in one.related)
    return _moved(read, one)._replace(related=related, remedy=one.remedy and _remedy(read, one.remedy))


def _remedy(read: Document, one: Remedy) -> Remedy:
    """Keep the markup inside an edit: what opens goes before the new words, what closes behind them."""
    assert read.offsets is not None
    start, end = read.place(one.start, one.end)
    opening = closing = ""
    parts = read.offsets.within(one.start, one.end)
    for before, after in pairwise(parts):
        markup = read.source[before.end : after.start]
        if read.source[before.start : before.end][-1:].isspace():
            opening += markup
        else:
            closing += markup
    return one._replace(start=start, end=end, text=opening + read.escape(one.text) + closing)


def _attribution(read: Document, one: Attribution) -> Attribution:
    return one._replace(
        source=one.source and _moved(read, one.source),
        cue=one.cue and _moved(read, one.cue),
        via=one.via and _moved(read, one.via),
        content=tuple(Span(*read.place(*span)) for span in one.content),
    )
