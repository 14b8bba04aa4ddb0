"""The ledger as a page to open in a browser: who speaks, where in the story, and in which words.

One article is one section of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from attrlint.article import Article
from attrlint.ledger import Row, Speaker, speakers
from attrlint.report import Tally, counted, page
from attrlint.report.formats import Format
from attrlint.report.places import Piece, Place, paragraphs, pieces, places
from attrlint.report.width import shorten, shown
from attrlint.text import Block, Document

_NOBODY = "nobody is given"
_GOLDEN_ANGLE = 137.508
"""Hues this many degrees apart stay distinct however many there are."""

_EXCERPT = 70
_FOOTER = (
    "Made by attrlint. Questions, denials and what is only supposed make no claim and are not counted. Words that two "
    "speakers share count for both."
)

_LEGEND = """<ul class="legend by" style="--h:255" aria-label="How to read the story">
<li><span class="badge named" aria-hidden="true">1</span> named</li>
<li><span class="badge introduced" aria-hidden="true">2</span> introduced elsewhere in the story</li>
<li><span class="badge unnamed" aria-hidden="true">3</span> <mark class="unnamed">unnamed: hatched</mark></li>
<li><span class="source">the source</span></li>
<li><span class="cue">the words that attribute</span></li>
<li><mark>what is attributed</mark></li>
</ul>
"""


class _View(NamedTuple):
    """What the parts of an article's section are made from; `id` begins all its anchors."""

    id: str
    document: Document
    speakers: Sequence[Speaker]
    places: Sequence[Place]

    def row(self, place: Place) -> Row:
        return self.speakers[place.speaker - 1].row


class Ledgers(Format):
    """The ledgers of all articles as one page."""

    def article(self, found: Article) -> str:
        """Return the section of one article."""
        return sources(found)

    def unread(self, path: str, problem: str) -> str:
        """Return the section of an article that could not be read."""
        return page.unread(path, problem)

    def begin(self) -> str:
        """Return the head of the page."""
        return page.opening("Who speaks", self.setting.title, "sources")

    def end(self, total: Tally) -> str:  # noqa: ARG002
        """Return the end of the page."""
        return page.closing(_FOOTER, "sources")


def sources(parsed: Article) -> str:
    """Return the section of one article: the strip, the ledger and the story."""
    document = parsed.document
    found = speakers(parsed)
    view = _View(page.anchor(document.path), document, found, places(document, found))
    return page.section(
        document.path,
        f'<a class="skip" href="#{view.id}-story">Skip to the story of {page.text(document.path)}</a>\n',
        f'<p class="summary">{_summary([speaker.row for speaker in found])}</p>\n',
        _strip(view) if view.places else "",
        '<div class="both">\n',
        _ledger(view) if found else "",
        _story(view),
        "</div>\n",
    )


def _summary(rows: Sequence[Row]) -> str:
    if not rows:
        return "Nobody speaks in this article: no words in it are attributed to anyone."
    times = sum(row.times for row in rows)
    unnamed = [row for row in rows if row.standing == "unnamed"]
    size = f"{counted(len(rows), 'speaker')}, {counted(times, 'attribution')}."
    if not unnamed:
        return f"{size} The article says who every one of them is."
    share, total = sum(row.words for row in unnamed), sum(row.words for row in rows)
    words = f", with {100 * share / total:.0f} % of the attributed words" if total else ""
    return f"{size} <strong>{len(unnamed):,} unnamed</strong>{words}."


def _strip(view: _View) -> str:
    bands, end = [], 0
    for place in view.places:
        start = max(place.start, end)
        gap, end = start - end, max(place.end, start + 1)
        label = escape(_says(view, place))
        bands.append(
            f'<li style="--gap:{gap};--size:{end - start}"><a {_by(view, place.speaker)} data-place="{place.number}" '
            f'href="#{_place_id(view, place)}" aria-label="{label}">'
            f'<span class="room" aria-hidden="true"><span>{place.speaker}</span></span></a></li>\n'
        )
    rest = max(len(view.document.text) - end, 0)
    return (
        f'<nav class="strip" aria-label="Who speaks where in {page.text(view.document.path)}">\n'
        f'<ol style="--rest:{rest};--count:{len(bands)}">\n{"".join(bands)}</ol>\n'
        "<p>From the first line to the last; hatched: unnamed. Choose a band to go there.</p>\n"
        "</nav>\n"
    )


def _says(view: _View, place: Place) -> str:
    row, found = view.row(place), place.attribution
    text = view.document.text
    words = " … ".join(text[span.start : span.end] for span in found.content)
    excerpt = f": {shorten(words, _EXCERPT)}" if words else ""
    return f"{place.speaker} {_name(row)}, {row.standing}, line {place.line}{excerpt}"


def _ledger(view: _View) -> str:
    where: list[list[Place]] = [[] for _ in view.speakers]
    for place in view.places:
        where[place.speaker - 1].append(place)
    rows = "".join(_row(view, number, theirs) for number, theirs in enumerate(where, 1))
    heads = '<th scope="col">{}</th>'
    columns = "".join(map(heads.format, ("Speaker", "Identified", "Times")))
    columns += '<th scope="col" class="words">Words</th>' + "".join(map(heads.format, ("Share", "First line")))
    return (
        f'<section aria-labelledby="{view.id}-ledger-h">\n<h3 id="{view.id}-ledger-h">Speakers</h3>\n'
        "<table>\n<caption>Most attributed words first. The lines lead to where they speak.</caption>\n"
        f"<thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</section>\n"
    )


def _row(view: _View, number: int, theirs: Sequence[Place]) -> str:
    row = view.speakers[number - 1].row
    links = [
        f'<a href="#{_place_id(view, place)}" data-place="{place.number}" '
        f'aria-label="{escape(_name(row))}, line {place.line}, {index} of {len(theirs)}">{place.line}</a>'
        for index, place in enumerate(theirs, 1)
    ]
    several = f'<span class="places">{" ".join(links)}</span>' if len(links) > 1 else ""
    first = f'<a href="#{_place_id(view, theirs[0])}">{row.line:,}</a>' if theirs else f"{row.line:,}"
    return (
        f'<tr id="{view.id}-s{number}"><th scope="row"><span {_by(view, number, "badge")}>{number}</span>'
        f'<span class="name">{escape(_name(row))}</span>{several}</th>'
        f'<td>{row.standing}</td><td>{row.times:,}</td><td class="words">{row.words:,}</td>'
        f"<td>{row.share:.0f}\u00a0%</td><td>{first}</td></tr>\n"
    )


def _story(view: _View) -> str:
    blocks = paragraphs(view.document)
    text = "".join(_block(view, block, cut) for block, cut in zip(blocks, pieces(blocks, view.places), strict=True))
    return (
        f'<section class="story" aria-labelledby="{view.id}-story">\n'
        f'<h3 id="{view.id}-story" tabindex="-1">The story</h3>\n'
        f"{_LEGEND if view.places else ''}"
        f'<div class="text">\n{text or "<p>The article is empty.</p>"}</div>\n</section>\n'
    )


def _block(view: _View, block: Block, cut: Iterable[Piece]) -> str:
    tag = "h4" if block.kind in ("headline", "heading") else "p"
    line = view.document.source_line(block.start)
    return f'<{tag} data-line="{line}">{"".join(_piece(view, piece) for piece in cut)}</{tag}>\n'


def _piece(view: _View, piece: Piece) -> str:
    badges = "".join(_badge(view, place) for place in piece.begins)
    if piece.resumes and piece.content and piece.content not in piece.begins:
        number = piece.content.speaker
        badges += f'<sup {_by(view, number, "badge")} aria-hidden="true">{number}</sup>'
    words = page.text(view.document.text[piece.start : piece.end])
    if marked := piece.source or piece.cue:
        words = _span(view, marked, "source" if piece.source else "cue", words)
    if piece.content:
        number = piece.content.number
        words = f'<mark {_by(view, piece.content.speaker)} data-place="{number}">{words}</mark>'
    return badges + words


def _span(view: _View, place: Place, kind: str, words: str) -> str:
    return f'<span {_by(view, place.speaker, kind)} data-place="{place.number}">{words}</span>'


def _badge(view: _View, place: Place) -> str:
    label = f"Speaker {place.speaker}, {_name(view.row(place))}, {view.row(place).standing}"
    return (
        f'<a {_by(view, place.speaker, "badge")} id="{_place_id(view, place)}" data-place="{place.number}" '
        f'href="#{view.id}-s{place.speaker}" aria-label="{escape(label)}">'
        f"{place.speaker}</a>"
    )


def _by(view: _View, speaker: int, *classes: str) -> str:
    """Return the class and style attributes of something that is a speaker's."""
    row = view.speakers[speaker - 1].row
    names = ["by", row.standing, *classes, *([] if row.source else ["nobody"])]
    return f'class="{" ".join(names)}" style="--h:{_hue(speaker)}"'


def _hue(speaker: int) -> int:
    return round(255 + _GOLDEN_ANGLE * (speaker - 1)) % 360


def _name(row: Row) -> str:
    return shown(row.source) if row.source else f"({_NOBODY})"


def _place_id(view: _View, place: Place) -> str:
    return f"{view.id}-p{place.number}"
