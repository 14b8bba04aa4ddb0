"""The ledger: who speaks, how often, and how much of it."""

from __future__ import annotations

from attrlint.article import Article, Attribution, Cue, Entity, Source
from attrlint.ledger import Row, ledger
from attrlint.report import Style, facts
from attrlint.text import Document, Span

TEXT = """Jane Doe said one two three.
She said four.
Analysts said five six.
The  analysts
said seven eight nine. It is believed ten.
Ann Roe, her lawyer, came. The lawyer said eleven. Analysts may say no.
"""


def said(words: str, content: str, form: str, entity: int | None = None, mood: str = "claim") -> Attribution:
    start = TEXT.index(words)
    source = Source(start, start + len(words), words, form, "singular", "definite", entity, body=False)
    cue = Cue(start + len(words) + 1, start + len(words) + 5, "said", "speech")
    at = TEXT.index(content)
    return Attribution(source, cue, (Span(at, at + len(content)),), "source-cue", "high", quoted=False, mood=mood)


def article(*attributions: Attribution) -> Article:
    entities = (Entity(0, "Jane Doe", "person", 0, 8), Entity(1, "Ann Roe", "person", TEXT.index("Ann"), 0))
    return Article(Document(TEXT, "a.txt"), attributions, entities)


ALL = article(
    said("Jane Doe", "one two three", "name", 0),
    said("She", "four", "pronoun", 0),
    said("Analysts", "five six", "expert"),
    said("The  analysts", "seven eight nine", "expert"),
    Attribution(None, Cue(0, 0, "It is believed", "belief"), (Span(4, 8),), "agentless", "high", False, "claim"),
    said("The lawyer", "eleven", "role", 1),
    said("Analysts may", "no", "expert", mood="hypothetical"),
)


def test_speakers_are_counted_by_whom_they_are() -> None:
    assert ledger(ALL) == [
        Row("Jane Doe", "named", 0, 2, 4, 36.4, 1),
        Row("The analysts", "unnamed", None, 1, 3, 27.3, 4),
        Row("Analysts", "unnamed", None, 1, 2, 18.2, 3),
        Row("", "unnamed", None, 1, 1, 9.1, 1),
        Row("Ann Roe", "introduced", 1, 1, 1, 9.1, 6),
    ]


def test_words_without_an_entity_are_one_speaker_in_any_case_and_spacing() -> None:
    rows = ledger(article(said("The  analysts", "four", "expert"), said("The  analysts", "five", "expert")))
    assert [(row.source, row.times, row.share) for row in rows] == [("The analysts", 2, 100.0)]


def test_a_name_beside_a_role_is_a_name() -> None:
    lawyer = said("Ann Roe, her lawyer,", "eleven", "office", 1)
    entities = (Entity(1, "Ann Roe", "person", TEXT.index("Ann"), TEXT.index("Ann") + 7),)
    assert [row.standing for row in ledger(Article(Document(TEXT), (lawyer,), entities))] == ["named"]
    common = entities[0]._replace(name="lawyer")
    assert [row.standing for row in ledger(Article(Document(TEXT), (lawyer,), (common,)))] == ["introduced"]


def test_an_article_without_attributions_has_no_rows() -> None:
    assert ledger(article()) == []
    assert facts.ledger("a.txt", [], Style()) == "a.txt: 0 speakers, 0 attributions\n\n"


def test_a_speaker_without_content_has_no_share() -> None:
    nothing = said("She", "four", "pronoun", 0)._replace(content=())
    assert [(row.words, row.share) for row in ledger(article(nothing))] == [(0, 0.0)]


def test_the_table() -> None:
    assert facts.ledger("a.txt", ledger(ALL), Style()).splitlines() == [
        "a.txt: 5 speakers, 6 attributions",
        "  source             identified  times   words   share  first line",
        "  Jane Doe           named           2       4    36 %           1",
        "  The analysts       unnamed         1       3    27 %           4",
        "  Analysts           unnamed         1       2    18 %           3",
        "  (nobody is given)  unnamed         1       1     9 %           1",
        "  Ann Roe            introduced      1       1     9 %           6",
        "",
    ]
