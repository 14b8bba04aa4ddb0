"""HTML: what a reader of the page sees, of which kind, and where it stands."""

from __future__ import annotations

import time

import pytest

from attrlint import readers
from attrlint.errors import ReadError
from attrlint.text import Document


def read(source: str, encoding: str = "utf-8") -> Document:
    return readers.read(source.encode(encoding), "a.html")


def blocks(source: str) -> list[tuple[str, str]]:
    document = read(source)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("bare words", [("paragraph", "bare words")]),
        ("<h1>A</h1><h2>B</h2><p>C</p>", [("headline", "A"), ("heading", "B"), ("paragraph", "C")]),
        ("<p>ana<b>ly</b>sts\n\t note", [("paragraph", "analysts note")]),
        ("<p>a&amp;b &#8212; &eacute;&nbsp;&lt;", [("paragraph", "a&b — é\xa0<")]),
        ("<p>A & B &bogus; &copy 1", [("paragraph", "A & B &bogus; © 1")]),
        ("<p>one<p>two</p></div>three", [("paragraph", "one"), ("paragraph", "two"), ("paragraph", "three")]),
        ("<p>a<br>b<br><br/>c", [("paragraph", "a b"), ("paragraph", "c")]),
        ("<blockquote><p>a</p><p>b</blockquote>c", [("quotation", "a"), ("quotation", "b"), ("paragraph", "c")]),
        ("<ul><li>a<li><p>b</p></ul>", [("list", "a"), ("list", "b")]),
        ("<dl><dt>a<dd>b</dl>", [("list", "a"), ("list", "b")]),
        ("<table><tr><th>a<td>b<tr><td>c</table>d", [("table", x) for x in "abc"] + [("paragraph", "d")]),
        ("<figure><img alt='x'><figcaption>a</figcaption></figure>b", [("caption", "a"), ("paragraph", "b")]),
        ("<figure><blockquote>a</blockquote>b</figure>", [("quotation", "a"), ("caption", "b")]),
        ("He <q>did <q>so</q></q>.", [("paragraph", "He “did “so””.")]),
        ("a<sup>1</sup>, <code>x</code><del>y</del>z", [("paragraph", "a, z")]),
        ("<p hidden>a</p><p aria-hidden=true>b</p><p>c", [("paragraph", "c")]),
        ("<p>so&shy;ft<wbr>ly", [("paragraph", "softly")]),
        ("<p>&nbsp;</p><p> </p><p>a", [("paragraph", "a")]),
        ("<![if x]>a<![endif]><!bogus><?php x ?>b", [("paragraph", "ab")]),
        ("a < b <3", [("paragraph", "a < b <3")]),
    ],
)
def test_blocks(source: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(source) == expected


@pytest.mark.parametrize(
    "tag", "script style template noscript nav aside svg select textarea button iframe pre".split()
)
def test_what_is_no_copy(tag: str) -> None:
    assert blocks(f"<p>a</p><{tag}>analysts say</{tag}><p>b</p>") == [("paragraph", "a"), ("paragraph", "b")]


@pytest.mark.parametrize(
    "said", ["hidden", 'aria-hidden="true"', "style='color: red; Display : none'", "style=visibility:hidden"]
)
def test_what_is_hidden_is_no_copy(said: str) -> None:
    assert blocks(f"<p>One.<span {said}>Two.</span></p><p {said}>Three.</p>") == [("paragraph", "One.")]


def test_of_a_page_the_article_is_read() -> None:
    page = (
        "<!doctype html><html><head><title>Vote | Varn Times</title></head><body><header>Varn Times</header>"
        "<h1>Vote</h1><main><div>More</div><article><p>Text.</p></article></main><footer>Experts say.</footer></body>"
    )
    assert blocks(page) == [("headline", "Vote"), ("paragraph", "Text.")]
    assert blocks(page.replace("article>", "div>")) == [
        ("headline", "Vote"),
        ("paragraph", "More"),
        ("paragraph", "Text."),
    ]
    assert blocks("<article></article><p>Text.") == [("paragraph", "Text.")]


def test_a_title_is_the_headline_where_there_is_no_other() -> None:
    assert blocks("<title>Vote &amp; more</title><p>Text.") == [("headline", "Vote & more"), ("paragraph", "Text.")]
    assert blocks("<title>Vote</title><h1>Pool</h1>") == [("headline", "Pool")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<div itemprop="headline">A</div><p itemprop=description>B', [("headline", "A"), ("standfirst", "B")]),
        ('<p>By <span itemprop="author">Jane Roe</span></p><p>C', [("byline", "By Jane Roe"), ("paragraph", "C")]),
        ('<p>By <a rel="author" href="/jr">Jane Roe</a></p>', [("byline", "By Jane Roe")]),
    ],
)
def test_microdata(source: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(source) == expected


LINKED = (
    '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "The \\u201cvote\\u201d",'
    ' "author": [{"name": "Jane Roe"}, {"name": "Leo Brandt"}]}]}</script>'
)


def test_linked_data_tells_what_the_page_does_not() -> None:
    document = read(f"<title>Varn</title>{LINKED}<p>Text.")
    assert blocks(document.source) == [
        ("headline", "The “vote”"),
        ("byline", "Jane Roe"),
        ("byline", "Leo Brandt"),
        ("paragraph", "Text."),
    ]
    place = document.place(0, len("The “vote”"))
    assert document.source[place.start : place.end] == "The \\u201cvote\\u201d"
    assert blocks(f"<h1>A</h1><p itemprop=author>B</p>{LINKED}") == [("headline", "A"), ("byline", "B")]
    assert blocks('<script type="application/ld+json">{broken</script>a') == [("paragraph", "a")]


def test_comments_and_links_are_kept() -> None:
    document = read('<p>One <!-- a -->two <a href="/x">three</a> <a name=x>four</a></p><blockquote cite="/y">Five.')
    assert [(one.text, document.text[: one.start]) for one in document.comments] == [("a", "One ")]
    assert [document.text[link.start : link.end] for link in document.links] == ["three", "Five."]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_places_are_those_of_the_file(line_end: str) -> None:
    document = read(line_end.join(["<p>😀 Caf&eacute;", "<b>ana</b>lysts&#x20;", "note.", "</p>"]))
    assert document.text == "😀 Café analysts note."
    place = document.place(document.text.index("é"), document.text.index("."))
    assert document.source[place.start : place.end] == line_end.join(["&eacute;", "<b>ana</b>lysts&#x20;", "note"])
    assert document.origin.position(place.start) == (1, 9)


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "windows-1252"), ("cp1252", "iso-8859-1"), ("utf-8", "utf-8"), ("utf-8", "utf8")]
)
def test_the_encoding_that_a_page_names_counts(encoding: str, name: str) -> None:
    assert read(f'<meta charset="{name}"><p>“Näher”', encoding).text == "“Näher”"
    assert read(f'<meta http-equiv=x content="text/html; charset={name}"><p>“ä”', encoding).text == "“ä”"


def test_an_encoding_that_does_not_exist_is_a_clear_error() -> None:
    with pytest.raises(ReadError, match=r"a\.html: unknown encoding “bogus”: name the right one with --encoding"):
        read('<meta charset="bogus">x')


def test_a_page_that_says_utf16_and_can_be_read_so_far_is_in_utf8() -> None:
    assert read('<meta charset="utf-16"><p>“Näher”').text == "“Näher”"


@pytest.mark.parametrize(
    "end", ["<p class='a", "<!-- x", "<!-- <b>x</b>", "</p", "<?php x", "<!doctype", '<a href="b>c</a>']
)
def test_what_never_ends_is_not_shown(end: str) -> None:
    assert blocks(f"<p>So &lt; 5 < 6.</p>{end}") == [("paragraph", "So < 5 < 6.")]


def test_where_comments_stand_in_the_source() -> None:
    source = "<p>a<!-- one > --><!two><!-->b<!---->c</p>"
    found = read(source)
    assert found.text == "abc"
    spans = [one.source for one in found.comments if one.source]
    assert [source[span.start : span.end] for span in spans] == ["<!-- one > -->", "<!two>"]


def test_elements_too_deep_are_a_clear_error() -> None:
    with pytest.raises(ReadError, match=r"a\.html:1: elements inside one another more than 1,000 deep"):
        read("<div>" * 100_000 + "analysts say")
    assert len(blocks("<p>x<b>y" * 5_000)) == 5_000


HOSTILE = {
    "less-than": "<" * 20_000,
    "open tags": "<a " * 20_000,
    "open comments": "<!--" * 20_000,
    "declarations": "<!" * 20_000,
    "many attributes": "<a " + 'b="' * 20_000 + ">",
    "open tags and one end": "<a " * 20_000 + ">",
    "open comments and one end": "<!--" * 20_000 + "-->",
    "attributes": "<a " + "b=" * 20_000,
    "ampersands": "&" * 50_000,
    "references": "&#" * 20_000,
    "ends": "</p" * 20_000,
    "list items": "<li>" * 20_000,
    "line ends": "<br>" * 20_000,
    "spaces": " " * 50_000,
    "soft hyphens": "\xad" * 50_000,
    "quotations": "<q></q>" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_in_time(name: str) -> None:
    started = time.process_time()
    read(HOSTILE[name] + " a§")
    assert time.process_time() - started < 5
