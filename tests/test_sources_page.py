"""The ledger as a page: what is in it, and how it behaves in a browser."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import Run

import attrlint
from attrlint.article import Article, Attribution, Cue, Source
from attrlint.ledger import speakers
from attrlint.report import Tally, html
from attrlint.report.formats import Setting
from attrlint.report.places import Piece, paragraphs, pieces, places
from attrlint.text import Block, Document, Span

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "foreign-desk.txt"
LEGEND = 6
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """A page's elements, each checked to be closed where it should be, and the text that a reader sees of them."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: dict[str, str] = {}
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.text[tag] = self.text.get(tag, "") + data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attrs
            for name, attrs in self.elements
            if name == tag and all(value in attrs.get(key.rstrip("_"), "").split() for key, value in wanted.items())
        ]


def whole(article: Article, title: str = "") -> str:
    ledgers = html.Ledgers(Setting(title=title))
    return ledgers.begin() + ledgers.add(ledgers.article(article)) + ledgers.end(Tally())


def page(article: Article) -> Page:
    return Page(whole(article, "a title"))


def of(text: str) -> Page:
    return page(attrlint.parse(text))


def said(text: str, source: str, cue: str, *contents: str, mood: str = "claim") -> Attribution:
    """An attribution of the words given, each at its first place in the text."""

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    who = Source(*span(source), source, "crowd", "plural", "bare", None, False) if source else None
    return Attribution(
        who, Cue(*span(cue), cue, "speech") if cue else None, tuple(map(span, contents)), "p", "high", False, mood
    )


def cut(text: str, *found: Attribution) -> list[Piece]:
    document = Document(text)
    spoken = places(document, speakers(Article(document, found, ())))
    return [piece for block in pieces(paragraphs(document), spoken) for piece in block]


def shown(text: str, cuts: list[Piece]) -> list[tuple[str, int | None, int | None, int | None]]:
    """Each piece's words, and the numbers of the places whose content, source and cue it is."""
    return [
        (text[piece.start : piece.end], *(place.number if place else None for place in piece[2:5])) for piece in cuts
    ]


def test_every_attribution_has_a_band_a_place_and_a_row() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    article = attrlint.parse(text)
    found, rows = page(article), speakers(article)
    claims = sum(row.row.times for row in rows)
    badges = found.all("a", class_="badge")
    anchors = {attrs["id"] for attrs in badges}
    leading = [attrs["href"][1:] for attrs in found.all("a", class_="by") if "id" not in attrs]
    ids = [attrs["id"] for _, attrs in found.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert len(anchors) == len(leading) == len(found.all("li")) - LEGEND == claims
    assert set(leading) == anchors
    assert {attrs["href"][1:] for attrs in found.all("a")} <= set(ids)
    assert len(found.all("tr")) == len(rows) + 1
    assert {attrs["data-place"] for attrs in badges} == {str(number) for number in range(1, claims + 1)}


def test_the_story_keeps_every_word() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    document = Document(text)
    article = attrlint.parse(text)
    blocks = paragraphs(document)
    cuts = pieces(blocks, places(document, speakers(article)))
    assert ["".join(text[one.start : one.end] for one in block) for block in cuts] == [
        line for line in text.splitlines() if line
    ]
    assert [text[block.start : block.end] for block in blocks if block.kind == "heading"][1:] == [
        "A treaty written in Ondreva",
        "The price of protection",
        "An absent guest",
    ]


def test_unnamed_speakers_are_told_apart_without_colour() -> None:
    found = of("Jane Roe said it had stalled. Analysts said it had not. It is believed that it never will.")
    kinds = {attrs["aria-label"]: attrs["class"].split() for attrs in found.all("a", class_="badge")}
    assert "named" in kinds["Speaker 2, Jane Roe, named"]
    assert "unnamed" in kinds["Speaker 3, Analysts, unnamed"]
    assert {"unnamed", "nobody"} <= set(kinds["Speaker 1, (nobody is given), unnamed"])
    assert len({attrs["style"] for attrs in found.all("mark", class_="by")}) == 3


HOSTILE = """<script>alert(1)</script> & "quotes" </style>

“<img src=x onerror=alert(2)>,” said J'oe <b>Roe</b>&amp;, analysts said that </script><script>alert(3)</script>.
"""


def test_a_hostile_article_stays_text() -> None:
    article = attrlint.parse(HOSTILE)
    article = Article(Document(HOSTILE, '"><script>alert(4)</script>.txt'), article.attributions, article.entities)
    assert article.attributions
    found = Page(whole(article, "</title><script>alert(5)</script>"))
    assert len(found.all("script")) == 1
    assert not found.all("img")
    assert not found.all("b")
    assert not any(name.startswith("on") for _, attrs in found.elements for name in attrs)
    assert '<script>alert(1)</script> & "quotes" </style>' in found.text["h4"]
    assert "alert(4)" in found.text["h2"]
    assert "alert(5)" in found.text["title"]


def test_what_would_reverse_or_end_the_text_is_shown_as_a_sign() -> None:
    found = of("Analysts said \u202eit had\u2028stalled\x1b.")
    assert "\u202e" not in found.text["p"]
    assert "\x1b" not in found.text["p"]
    assert "it had stalled␛." in found.text["p"]


def test_spans_may_nest_and_overlap() -> None:
    text = "Many say Roe said one two three."
    outer, inner = said(text, "Many", "say", "Roe said one two"), said(text, "Roe", "said", "one two three")
    assert shown(text, cut(text, outer, inner)) == [
        ("Many", None, 1, None),
        (" ", None, None, None),
        ("say", None, None, 1),
        (" ", None, None, None),
        ("Roe", 1, 2, None),
        (" ", 1, None, None),
        ("said", 1, None, 2),
        (" ", 1, None, None),
        ("one two", 2, None, None),
        (" three", 2, None, None),
        (".", None, None, None),
    ]
    found = page(Article(Document(text), (outer, inner), ()))
    assert text in re.sub(r"\b[12](?=[A-Z])", "", found.text["p"])


def test_content_over_paragraphs_and_after_other_words_is_labelled_again() -> None:
    text = "“One,” Roe said by telephone on Monday.\n“Two\n\nThree.”\n"
    found = said(text, "Roe", "said", "“One,”", "“Two\n\nThree.”")
    cuts = cut(text, found)
    assert [(text[one.start : one.end], one.resumes) for one in cuts if one.content] == [
        ("“One,”", False),
        ("“Two", True),
        ("Three.”", False),
    ]
    assert [text[one.start : one.end] for one in cuts if one.begins] == ["“One,”"]


def test_a_source_that_says_two_things_has_one_label_and_the_second_cue_another() -> None:
    text = "Roe called it good and said it was new."
    first, second = said(text, "Roe", "called", "it good"), said(text, "Roe", "said", "it was new")
    same = said(text, "Roe", "called", "it good")
    cuts = cut(text, first, second, same)
    assert [(text[one.start : one.end], len(one.begins)) for one in cuts if one.begins] == [
        ("Roe", 1),
        ("called", 1),
        ("said", 1),
    ]
    twice = said(text, "Roe", "Roe"), said(text, "Roe", "Roe")
    assert [len(one.begins) for one in cut(text, *twice)] == [2, 0]


def test_questions_and_denials_are_not_shown() -> None:
    text = "Roe did not say it had stalled."
    assert not places(
        Document(text), speakers(Article(Document(text), (said(text, "Roe", "say", mood="negated"),), ()))
    )


def test_a_place_without_words_is_left_out() -> None:
    nothing = Attribution(None, Cue(3, 3, "", "speech"), (Span(5, 5),), "p", "high", False, "claim")
    assert not page(Article(Document("One two three."), (nothing,), ())).all("a", class_="badge")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Head\n\nBody is here.\n", ["heading", "paragraph"]),
        ("Body is\nwrapped here.\n\nBody.", ["paragraph", "paragraph"]),
        ("Head\r\rBy Jane Roe\r\rBody is here.\r", ["heading", "paragraph", "paragraph"]),
        ("Body.\n\none\n\ntwo\n\nBody.", ["paragraph"] * 4),
        (f"Head\n{'word ' * 60}end.\nBody.", ["heading", "paragraph", "paragraph"]),
        (" \n\t\n", []),
    ],
)
def test_paragraphs(text: str, kinds: list[str]) -> None:
    blocks = paragraphs(Document(text))
    assert [block.kind for block in blocks] == kinds
    assert all(text[block.start : block.end].strip() for block in blocks)


def test_blocks_of_a_document_are_its_paragraphs() -> None:
    blocks = (Block("heading", 0, 4), Block("paragraph", 6, 9))
    assert paragraphs(Document("Head  two", "", blocks)) == list(blocks)


def test_emoji_do_not_move_the_marks() -> None:
    found = of("😀👩‍🚀 “🎉 It has stalled,” analysts said 😀.")
    assert "“🎉 It has stalled,”" in found.text["mark"]
    assert [attrs["data-place"] for attrs in found.all("span", class_="cue") if "data-place" in attrs] == ["1"]


def test_an_empty_article(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    ran = run("sources", "--format", "html", "empty.txt")
    found = Page(ran.out)
    assert ran.status == 0
    assert "The article is empty." in found.text["section"]
    assert not found.all("nav")
    assert not found.all("table")


def test_an_article_in_which_nobody_speaks() -> None:
    found = of("The offensive has stalled.")
    assert "Nobody speaks in this article" in found.text["section"]
    assert "The offensive has stalled." in found.text["p"]
    assert not found.all("nav")
    assert not found.all("table")


def test_several_articles_are_one_page(run: Run) -> None:
    ran = run("sources", "--format", "html", "vague.txt", "missing.txt", "clean.txt")
    found = Page(ran.out)
    ids = [attrs["id"] for _, attrs in found.elements if "id" in attrs]
    assert ran.status == 2
    assert len(found.all("section", class_="file")) == 3
    assert len(ids) == len(set(ids))
    assert "missing.txt: no such file or folder" in found.text["p"]
    assert found.text["title"] == "Who speaks: vague.txt, missing.txt, clean.txt"


def test_nothing_is_fetched() -> None:
    source = whole(attrlint.parse(EXAMPLE.read_text(encoding="utf-8")))
    assert not re.search(r"https?:|//[a-z]|@import|url\(", source)
    assert not [attrs for tag, attrs in Page(source).elements if "src" in attrs]


def test_the_page_of_standard_input_has_its_name(run: Run) -> None:
    ran = run("sources", "--format", "html", "-", "--stdin-filename", "wire.txt", stdin="😀 Experts say so.".encode())
    assert "<title>Who speaks: wire.txt</title>" in ran.out


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_output_goes_into_a_file(run: Run, tmp_path: Path, form: str) -> None:
    (tmp_path / "out").write_text("old", encoding="utf-8")
    assert run("sources", "--format", form, "vague.txt", "-o", "out") == (0, "", "")
    assert (tmp_path / "out").read_text(encoding="utf-8") == run("sources", "--format", form, "vague.txt").out
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(("paths", "target"), [(["vague.txt"], "./vague.txt"), (["."], "out.txt")])
def test_an_article_is_never_written_over(run: Run, tmp_path: Path, paths: list[str], target: str) -> None:
    before = sorted(tmp_path.iterdir())
    ran = run("sources", *paths, "--output", target)
    assert (ran.status, ran.out) == (2, "")
    assert target in ran.err
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_that_cannot_be_written_is_an_error(run: Run) -> None:
    ran = run("sources", "vague.txt", "-o", "none/out.html")
    assert (ran.status, ran.out, ran.err) == (
        2,
        "",
        "error: none/out.html: cannot be written: no such file or directory\n",
    )


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="no devices")
def test_a_device_is_written_to_and_not_replaced(run: Run) -> None:
    assert run("sources", "vague.txt", "-o", "/dev/null").status == 0
    assert not os.path.isfile("/dev/null")


def test_a_run_that_fails_leaves_the_old_page(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("old", encoding="utf-8")
    assert run("sources", "--encoding", "utf-99", "vague.txt", "-o", "page.html").status == 2
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == "old"
    assert not list(tmp_path.glob("*.part"))
