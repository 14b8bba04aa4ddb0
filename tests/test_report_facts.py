"""What the engine saw, as text."""

from __future__ import annotations

from attrlint.article import Article, Attribution, Cue, Entity, Source
from attrlint.report import Style, facts
from attrlint.text import Document, Span

TEXT = """Jane Doe, an analyst, came.
The analyst
said that it had stalled, that nobody knew why and that nobody would.
“So.”"""


def test_an_attribution_is_a_block() -> None:
    source = Source(28, 39, "The analyst", "expert", "singular", "definite", 0, body=False)
    content = Span(45, 109)
    parsed = Article(
        Document(TEXT, "a.txt"),
        (
            Attribution(source, Cue(40, 44, "said", "speech"), (content,), "source-cue", "medium", False, "claim"),
            Attribution(None, None, (Span(110, 115),), "lone-quotation", "low", True, "question"),
            Attribution(source._replace(entity=None, body=True), None, (), "source-cue", "low", False, "claim", True),
        ),
        (Entity(0, "Jane Doe", "person", 0, 8, ("analyst",)),),
    )
    assert facts.article(parsed, Style(width=70)).splitlines() == [
        "a.txt: 3 attributions, 1 entity",
        "",
        "2:1 source-cue, medium confidence, claim",
        "  source      “The analyst” (expert, definite, singular)",
        "  identified  Jane Doe (person), introduced at 1:1",
        "  cue         “said” (speech)",
        "  content     3:6 that it had stalled, that nobody knew why and that…",
        "",
        "4:1 lone-quotation, low confidence, question, inside a quotation",
        "  source      none",
        "  cue         none",
        "  content     4:1 “So.”",
        "",
        "2:1 source-cue, low confidence, claim, in a headline",
        "  source      “The analyst” (expert, definite, singular, of a body)",
        "  identified  no",
        "  cue         none",
        "  content     none",
        "",
    ]


def test_an_article_without_attributions() -> None:
    parsed = Article(Document("Clean.", "a.txt"), (), ())
    assert facts.article(parsed, Style()) == "a.txt: 0 attributions, 0 entities\n\n"
