"""What the engine saw, for people: the attributions of an article, and the ledger of its speakers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrlint import ledger as ledgers
from attrlint.article import Article, Attribution, Source
from attrlint.ledger import Row
from attrlint.report import BOLD, FAINT, Style, counted
from attrlint.report.formats import Format
from attrlint.report.width import pad, shorten, shown, width
from attrlint.text import Document, Span

_LABEL = 12
_NOBODY = "(nobody is given)"


class Attributions(Format):
    """What was seen in each article."""

    def article(self, found: Article) -> str:
        """Return the attributions of one article."""
        return article(found, self.setting.style)


class Ledgers(Format):
    """Who speaks in each article."""

    def article(self, found: Article) -> str:
        """Return the ledger of one article."""
        return ledger(found.document.path, ledgers.ledger(found), self.setting.style)


def article(parsed: Article, style: Style) -> str:
    """Return one block an attribution: what found it, its source and whom that is, its cue and its content."""
    counts = f"{counted(len(parsed.attributions), 'attribution')}, {_entities(len(parsed.entities))}"
    blocks = [style.paint(f"{shown(parsed.document.path)}: {counts}", BOLD)]
    blocks += ["\n".join(_block(parsed, attribution, style)) for attribution in parsed.attributions]
    return "\n\n".join(blocks) + "\n\n"


def ledger(path: str, rows: Sequence[Row], style: Style) -> str:
    """Return the ledger as a table: who speaks, how they are identified, how often, their share and first line."""
    times = sum(row.times for row in rows)
    title = style.paint(f"{shown(path)}: {counted(len(rows), 'speaker')}, {counted(times, 'attribution')}", BOLD) + "\n"
    if not rows:
        return title + "\n"
    names = [shorten(row.source or _NOBODY, max(20, style.width - 50)) for row in rows]
    room = max(width(name) for name in [*names, "source"])
    header = f"  {'source':{room}}  {'identified':10}  {'times':>5}  {'words':>6}  {'share':>6}  {'first line':>10}"
    lines = [style.paint(header, FAINT)]
    lines += [
        f"  {pad(name, room)}  {row.standing:10}  {row.times:5}  {row.words:6,}  {row.share:4.0f} %  {row.line:10}"
        for name, row in zip(names, rows, strict=True)
    ]
    return title + "\n".join(lines) + "\n\n"


def _block(parsed: Article, found: Attribution, style: Style) -> Iterator[str]:
    def line(label: str, value: str) -> str:
        return f"  {style.paint(f'{label:{_LABEL}}', FAINT)}{value}"

    document, room = parsed.document, style.width - _LABEL - 2
    parts = [part for part in (found.source, found.cue, *found.content) if part]
    place = _place(document, min(part.start for part in parts))
    where = "inside a quotation" if found.quoted else ("in a headline" if found.headline else "")
    facts = filter(None, [found.pattern, f"{found.confidence} confidence", found.mood, where])
    yield f"{style.paint(place, BOLD)} {', '.join(facts)}"
    yield line("source", _source(found.source, room) if found.source else "none")
    if found.source:
        yield line("identified", _identity(parsed, found.source))
    yield line("cue", f"“{shorten(found.cue.text, room - 20)}” ({found.cue.kind})" if found.cue else "none")
    if found.via:
        yield line("heard by", f"“{shorten(found.via.text, room - 30)}”, who passes it on")
    for span in found.content:
        yield line("content", _content(document, span, room))
    if not found.content:
        yield line("content", "none")


def _source(source: Source, room: int) -> str:
    kind = ", ".join(filter(None, [source.form, source.definite, source.number, "of a body" if source.body else ""]))
    return f"“{shorten(source.text, room - width(kind) - 5)}” ({kind})"


def _identity(parsed: Article, source: Source) -> str:
    entity = next((entity for entity in parsed.entities if entity.id == source.entity), None)
    if entity is None:
        return "no" if source.entity is None else "by these words"
    return f"{shown(entity.name)} ({entity.kind}), introduced at {_place(parsed.document, entity.start)}"


def _content(document: Document, span: Span, room: int) -> str:
    place = _place(document, span.start)
    return f"{place} {shorten(document.text[span.start : span.end], room - len(place) - 1)}"


def _place(document: Document, offset: int) -> str:
    line, column = document.position(offset)
    return f"{line}:{column}"


def _entities(number: int) -> str:
    return f"{number:,} entity" if number == 1 else f"{number:,} entities"
