"""What a part of an article is, by the blocks of its file and by its form, and what follows for the findings."""

from __future__ import annotations

import pytest

from attrlint import engine
from attrlint.finding import Finding
from attrlint.text import Block, Document, Span

LINTER = engine.load()
TAIL = "\n\nThe port was shut. Nobody knew why, and the town went on with its day."


def marked(text: str, *blocks: Block, links: tuple[Span, ...] = ()) -> list[str]:
    findings: tuple[Finding, ...] = LINTER.lint(Document(text, "", blocks, links=links)).findings
    return [text[one.start : one.end] for one in findings]


def in_blocks(*blocks: tuple[str, str]) -> list[str]:
    text, made = "", []
    for kind, words in blocks:
        text += "\n\n" * bool(text)
        made.append(Block(kind, len(text), len(text) + len(words)))
        text += words
    return marked(text, *made)


@pytest.mark.parametrize(
    "dateline",
    [
        "KYIV — ",
        "KYIV, Nov 3 (Agency) — ",
        "KYIV, Nov. 3 (Agency) - ",
        "WASHINGTON (AP) -- ",
        "GROSSETO, Italy (AP) – ",
        "Varn (Agency) — ",
        "PORT VARN, 3 November 2026 — ",
    ],
)
def test_a_sentence_begins_behind_the_dateline(dateline: str) -> None:
    assert marked(f"A headline\n\n{dateline}Officials said the city was calm on Sunday.{TAIL}") == ["Officials said"]
    assert marked(f"{dateline}Analysts say it is over. Others doubt that it is.{TAIL}")[0] == "Analysts say"


@pytest.mark.parametrize("opening", ["Roe — ", "The town (which is small) — ", "A — ", "VARN is small — "])
def test_not_everything_before_a_dash_is_a_dateline(opening: str) -> None:
    document = Document(f"{opening}Officials said the city was calm on Sunday.{TAIL}")
    tokens = LINTER._pack.segmenter.segment(document.text)
    assert tokens.kinds.datelines == ()


@pytest.mark.parametrize("byline", ["By Jane Roe", "BY JANE ROE", "By Jane Roe and Leo Brandt, who say analysts note"])
def test_nobody_speaks_in_a_byline(byline: str) -> None:
    assert marked(f"A headline\n\n{byline}{TAIL}") == []
    tokens = LINTER._pack.segmenter.segment(f"A headline\n\n{byline}{TAIL}")
    assert [tokens.kinds.of(at) for at in (0, 3, len(tokens) - 1)] == ["headline", "byline", "paragraph"]


@pytest.mark.parametrize("line", ["By 2030 seas will rise, experts say", "By Sunday it was over, experts say"])
def test_a_headline_may_begin_like_a_byline(line: str) -> None:
    assert marked(f"{line}{TAIL}") == ["experts say"]


def test_blocks_that_tell_are_no_copy() -> None:
    assert in_blocks(("byline", "Jane Roe, whom analysts note"), ("paragraph", TAIL.strip())) == []
    assert in_blocks(("dateline", "Varn, analysts say"), ("paragraph", TAIL.strip())) == []


def test_a_block_quotation_is_its_authors() -> None:
    words = "The offensive has stalled, analysts note."
    assert in_blocks(("paragraph", words)) == ["analysts note"]
    assert in_blocks(("quotation", words)) == []
    quoted = "“The offensive that began in May has stalled,” analysts note."
    assert in_blocks(("quotation", quoted)) == ["analysts note"]


@pytest.mark.parametrize("kind", ["headline", "heading", "standfirst", "caption"])
def test_a_headline_and_a_caption_may_be_vague_where_the_body_names_the_role(kind: str) -> None:
    words = "An analyst said on Sunday that the offensive had stalled."
    body = "The offensive began in May. It went on. Jane Roe, an analyst at the Example Institute, said it was over."
    assert in_blocks((kind, words), ("paragraph", body)) == []
    assert in_blocks((kind, words), ("paragraph", "The offensive began in May.")) == ["An analyst said"]


def test_a_link_says_where_words_were_heard() -> None:
    text = "Anselm Dorr, the bishop, has been quoted as calling the law a mistake."
    assert marked(text) == ["has been quoted as calling"]
    assert marked(text, Block("paragraph", 0, len(text)), links=(Span(text.index("quoted"), text.index(" as")),)) == []


def test_sentences_do_not_cross_blocks() -> None:
    found = in_blocks(("list", "The offensive has stalled, analysts"), ("list", "note the end of it."))
    assert found == []
