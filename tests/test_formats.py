"""What holds for every format: words stand where they are said to, and an article is judged alike in all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import attrlint
from attrlint import engine, locate, readers
from attrlint.cli import options
from attrlint.text import Document

PIECES = """analysts note said “ ” " ' 😀 é & < > &amp; &#8212; &nbsp; &lt;b&gt; \\* \\ * ** _ ` ~~ #
[a](b) [r] ![i](j) <b> </b> <p> </p> <q> </q> <br> <div> </div> <aside> </aside> <li> <ul> </ul> <!--x--> <a>href</a>
<blockquote> </blockquote> <td> <table> {{<x>}} {%y%} > - 1. | --- === [^1] [^1]: ::: $ Roe,
""".split()
PIECES += [
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    "\n> ",
    "\n- ",
    "\n# ",
    "\xad",
    "\u200b",
    "\xa0",
    "\n| a | b |\n|---|---|\n| ",
]
SOURCES = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def spelled(document: Document, start: int, end: int) -> str:
    """What the source spells where a stretch of text stands, letter by letter, without markup and escapes."""
    letters, before = [], None
    for at in range(start, end):
        place = document.place(at, at + 1)
        if place == before and place.start < place.end:
            continue  # the second letter of what one entity stands for
        before = place
        source = document.source[place.start : place.end]
        if not source:
            # A quotation that is never closed ends, with its sign, where the block does.
            assert document.text[at] == "”"
            source = "”"
        elif source.startswith("\\u") or (len(source) == 2 and source[0] == "\\"):
            source = json.loads(f'"{source}"')
        elif len(source) > 1:
            source = {"<q>": "“", "</q>": "”", "''": "'"}.get(source.lower(), unescape(source))
        letters.append(source)
    return "".join(letters)


def check_places(document: Document) -> None:
    """Every word stands where its letters do in the source, and every block is one line of the text."""
    for found in re.finditer(r"\S+", document.text):
        assert spelled(document, *found.span()) == found[0]
    for block in document.blocks:
        assert document.text[block.start : block.end].strip()
        assert not re.search(r"[\n\r]", document.text[block.start : block.end])
    ends = [0, *(block.end for block in document.blocks)]
    between = [document.text[end : block.start] for end, block in zip(ends, document.blocks, strict=False)]
    assert set(between[1:]) <= {"\n\n"}


@given(SOURCES)
@settings(max_examples=200)
@pytest.mark.parametrize("form", ["markdown", "html"])
def test_words_stand_where_they_do_in_the_source(form: str, source: str) -> None:
    try:
        check_places(readers.read(source.encode(), "a", form=form))
    except attrlint.AttrlintError as error:
        assert "front matter" in str(error)  # noqa: PT017


@given(SOURCES, st.booleans())
@settings(max_examples=200)
@pytest.mark.parametrize("key", ["body_html", "body_text"])
def test_words_stand_where_they_do_in_a_string_of_json(key: str, source: str, plain: bool) -> None:
    item = json.dumps({"headline": "Vote", key: source}, ensure_ascii=plain)
    document = readers.read(item.encode(), "a.json")
    check_places(document)
    assert document.blocks[0].kind == "headline"


@given(SOURCES)
@settings(max_examples=200)
def test_words_stand_where_they_do_in_xml(source: str) -> None:
    item = f"<nitf><body><body.content><p>{escape(source)}</p><p>Ja<em>n</em>e</p></body.content></body></nitf>"
    document = readers.read(item.encode(), "a.xml", form="newsml")
    check_places(document)
    assert document.text.endswith("Jane")


SENTENCES = [
    "The offensive has stalled, analysts note.",
    "It is believed that the ship “Näher” sank.",
    "Jane Roe, an analyst at the Example Institute, said it had stalled. 😀",
    "The analyst noted why; R&D cost £5 < £6.",
    "“We lost everything that we had,” residents said on Sunday.",
    "Local media report a fire_storm at *Varn*.",
    "Officials said [sic] the port was shut.",
]
ARTICLES = st.tuples(
    st.sampled_from(["Experts warn of floods", "Council votes to keep pool open"]),
    st.sampled_from(["By Jane Roe", "By Ann Norr and Leo Brandt, correspondents"]),
    st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), min_size=1, max_size=5),
    st.sampled_from(["", "KYIV, Nov 3 (Agency) — "]),
    st.integers(0, 6),
)
Article = tuple[str, str, list[list[str]], str, int]


def lines(article: Article) -> list[str]:
    headline, byline, paragraphs, dateline, _ = article
    texts = [" ".join(sentences) for sentences in paragraphs]
    return [headline, byline, dateline + texts[0], *texts[1:]]


def in_markdown(article: Article) -> str:
    """The article with every nth word in bold, and a line end for every seventh space."""
    from attrlint.readers import markdown

    every = article[-1] + 2

    def words(text: str) -> str:
        marked = [
            f"**{markdown.escape(word)}**"
            if at % every == 0 and word.isalpha()
            else markdown.escape(word).replace("[", "\\[")
            for at, word in enumerate(text.split(" "))
        ]
        return re.sub(r"((?:\S+ ){6}\S+) (?=\w)", r"\1\n", " ".join(marked))

    headline, *rest = lines(article)
    return "\n\n".join([f"# {headline}", *map(words, rest)]) + "\n"


def in_html(article: Article) -> str:
    every = article[-1] + 2

    def words(text: str) -> str:
        return " ".join(
            f'<a href="#">{escape(word)}</a>' if at % every == 0 and word.isalpha() else escape(word)
            for at, word in enumerate(text.split(" "))
        ).replace("é", "&#xe9;")

    headline, byline, *rest = map(words, lines(article))
    head = f'<h1>{headline}</h1>\n<p itemprop="author">{byline}</p>'
    return "<nav>Home</nav>" + head + "".join(f"<p>\n  {one}\n</p>" for one in rest)


def in_ninjs(article: Article) -> str:
    headline, byline, *rest = lines(article)
    body = "".join(f"<p>{escape(one)}</p>" for one in rest)
    return json.dumps({"headline": headline, "byline": byline, "body_html": body}, ensure_ascii=article[-1] % 2 == 0)


def in_nitf(article: Article) -> str:
    headline, byline, *rest = map(escape, lines(article))
    body = "".join(f"<p>{one}</p>" for one in rest)
    return (
        f"<nitf><body><body.head><hedline><hl1>{headline}</hl1></hedline><byline>{byline}</byline></body.head>"
        f"<body.content>{body}</body.content></body></nitf>"
    )


@given(ARTICLES)
@settings(max_examples=40)
@pytest.mark.parametrize(
    ("form", "write"),
    [("markdown", in_markdown), ("html", in_html), ("ninjs", in_ninjs), ("newsml", in_nitf)],
)
def test_an_article_is_judged_alike_in_every_format(
    form: str, write: Callable[[Article], str], article: Article
) -> None:
    linter = engine.load()
    plain = linter.lint(Document("\n\n".join(lines(article))))
    document = readers.read(write(article).encode(), "a", form=form)
    assert document.text == plain.document.text
    found = linter.lint(document)
    assert [one._replace(confidence="") for one in found.findings] == [
        one._replace(confidence="") for one in plain.findings
    ]
    for one, there in zip(found.findings, locate.report(found).findings, strict=True):
        words = document.text[one.start : one.end]
        assert spelled(document, one.start, one.end).replace("\n", " ") == words
        assert document.source[there.start : there.end].endswith(escape(words[-1]))


def test_the_command_line_offers_every_format() -> None:
    (chosen,) = [one for one in options.INPUT(lambda: None).__click_params__ if one.name == "input_format"]
    assert list(chosen.type.choices) == list(readers.FORMATS)


def test_a_file_is_linted_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Vote\n\nThe offensive has stalled, **analysts** note.\n", encoding="utf-8")
    report = attrlint.lint_file(path)
    (finding,) = report.findings
    assert report.document.text[finding.start : finding.end] == "analysts** note"
    assert report.document.position(finding.start) == (3, 30)
