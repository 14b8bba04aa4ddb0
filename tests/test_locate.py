"""Findings and attributions of a text point into the file it was read from."""

from __future__ import annotations

from html import escape

import attrlint
from attrlint import engine, locate
from attrlint.ledger import ledger
from attrlint.text import Block, Document, OffsetMap, Piece

SOURCE = "<h1>Vote</h1>\n<p>😀 The offensive has stalled, <b>analysts</b> note.</p>\n<p>It lost, Jane Roe said.</p>"
TEXT = "Vote\n\n😀 The offensive has stalled, analysts note.\n\nIt lost, Jane Roe said."


def read() -> Document:
    pieces, at = [], 0
    for words in ("Vote", "😀 The offensive has stalled, ", "analysts", " note.", "It lost, Jane Roe said."):
        start, at = TEXT.index(words), SOURCE.index(words, at)
        pieces.append(Piece(start, start + len(words), at, at + len(words)))
    starts = [0, TEXT.index("😀"), TEXT.index("It")]
    ends = [4, TEXT.index("\n\nIt"), len(TEXT)]
    kinds = ["headline", "paragraph", "paragraph"]
    blocks = tuple(map(Block, kinds, starts, ends))
    return Document(TEXT, "a.html", blocks, (), OffsetMap(pieces), SOURCE, escape)


def test_a_finding_points_into_the_file() -> None:
    report = locate.report(engine.load().lint(read()))
    (finding,) = report.findings
    assert report.document.text == SOURCE
    assert SOURCE[finding.start : finding.end] == "analysts</b> note"
    assert report.document.position(finding.start) == (2, 36)
    assert finding.remedy is not None
    assert finding.remedy.text == "TK [name], an analyst at TK [institution], notes</b>"


def test_words_of_a_remedy_are_escaped() -> None:
    document = Document("R&D has stalled, it is said.", "", (), (), OffsetMap([Piece(0, 28, 0, 28)]), None, escape)
    edits = [one.remedy for one in engine.load().lint(Document(document.text)).findings]
    assert all(edits)
    report = attrlint.Report(document, engine.load().lint(document).findings)
    changed = tuple(one._replace(remedy=attrlint.Remedy(0, 3, "R&D", "")) for one in report.findings)
    located = locate.report(report._replace(findings=changed))
    assert [one.remedy.text for one in located.findings if one.remedy] == ["R&amp;D"]


def test_attributions_and_entities_point_into_the_file() -> None:
    article = locate.article(engine.load().parse(read()))
    named = article.attributions[-1]
    assert named.source is not None
    assert SOURCE[named.source.start : named.source.end] == named.source.text == "Jane Roe"
    assert [SOURCE[span.start : span.end] for span in named.content] == ["It lost"]
    entity = next(one for one in article.entities if one.id == named.source.entity)
    assert SOURCE[entity.start : entity.end] == "Jane Roe"


def test_a_ledger_counts_words_of_the_text_and_lines_of_the_file() -> None:
    rows = ledger(engine.load().parse(read()))
    assert {row.source: row.line for row in rows} == {"analysts": 2, "Jane Roe": 3}


def test_a_text_that_is_its_own_source_is_left_as_it_is() -> None:
    report = attrlint.lint(TEXT)
    assert locate.report(report) is report
    article = attrlint.parse(TEXT)
    assert locate.article(article) is article


def test_blocks_are_paragraphs_and_headlines() -> None:
    text = "Analysts say it is over\n\nThe offensive has stalled, analysts note."
    blocks = (Block("heading", 0, 23), Block("paragraph", 25, len(text)))
    found = engine.load().parse(Document(text, "", blocks)).attributions
    assert [one.headline for one in found] == [True, False]
    listed = (Block("list", 0, 23), Block("paragraph", 25, len(text)))
    assert [one.headline for one in engine.load().parse(Document(text, "", listed)).attributions] == [False, False]
