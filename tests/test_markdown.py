"""Markdown: what is copy, of which kind, and where it stands."""

from __future__ import annotations

import time

import pytest
from test_formats import check_places

from attrlint import readers
from attrlint.errors import ReadError
from attrlint.text import Document


def read(source: str, path: str = "a.md") -> Document:
    return readers.read(source.encode(), path)


def blocks(source: str, path: str = "a.md") -> list[tuple[str, str]]:
    document = read(source, path)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Vote *now*\n\nIt was.", [("headline", "Vote now"), ("paragraph", "It was.")]),
        ("Vote\n====\n\nPool\n----\n\n### More", [("headline", "Vote"), ("heading", "Pool"), ("heading", "More")]),
        ("One\ntwo  \nthree\\\nfour", [("paragraph", "One two three four")]),
        ("One\r\ntwo\r\n\r\nthree", [("paragraph", "One two"), ("paragraph", "three")]),
        ("ana**ly**sts _note_ `code` it", [("paragraph", "analysts note it")]),
        ("a \\*b\\* &amp; &#8212; c", [("paragraph", "a *b* & — c")]),
        ("[the *paper*](http://x.y 'z') and [ref][r] and [r]\n\n[r]: /u", [("paragraph", "the paper and ref and r")]),
        ("![alt](x.png) cut ~~gone~~ off", [("paragraph", "cut off")]),
        ("> He said\n> so.\n\nAfter.", [("quotation", "He said so."), ("paragraph", "After.")]),
        ("- one\n- two\n\n  more\n\nEnd.", [("list", "one"), ("list", "two"), ("list", "more"), ("paragraph", "End.")]),
        ("1. a\n   - b\n2. c", [("list", "a"), ("list", "b"), ("list", "c")]),
        ("> - in both", [("list", "in both")]),
        (
            "| a | b |\n|---|---|\n| c \\| d | *e* |",
            [("table", "a"), ("table", "b"), ("table", "c | d"), ("table", "e")],
        ),
        ("```\nanalysts say\n```\n\n    analysts say\n\nEnd.", [("paragraph", "End.")]),
        ("Text.[^1]\n\n[^1]: A note.", [("paragraph", "Text."), ("paragraph", "A note.")]),
        ("<div>\nIn <b>a</b> box\n</div>\n\nEnd.", [("paragraph", "In a box"), ("paragraph", "End.")]),
        ("<aside>\n\nAnalysts say.\n\n</aside>\n\nEnd.", [("paragraph", "End.")]),
        ("> <p>\n> in it\n> </p>", [("quotation", "in it")]),
        ("a <q>b</q><sup>1</sup> c<br>d", [("paragraph", "a “b” cd")]),
        ("soft\u00adhyphen &shy;gone", [("paragraph", "softhyphen gone")]),
        ("- [x] done", [("list", "done")]),
        ("", []),
        ("***", []),
    ],
)
def test_blocks(source: str, expected: list[tuple[str, str]]) -> None:
    if "<br>" in source:
        expected = [(kind, words.replace("cd", "c d")) for kind, words in expected]
    assert blocks(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("---\ntitle: Vote in Varn\n---\n\nText.", [("headline", "Vote in Varn"), ("paragraph", "Text.")]),
        (
            "---\ntitle: \"The \\\"vote\\\" \\u2014 now\" # draft\nauthor: 'Pat O''Norr'\ndate: 2026-01-01\n---\n",
            [("headline", 'The "vote" — now'), ("byline", "Pat O'Norr")],
        ),
        (
            '---\nauthors: [Jane Roe, "Pat O\'Norr"]\ndescription: What it means.\n...\n',
            [("byline", "Jane Roe"), ("byline", "Pat O'Norr"), ("standfirst", "What it means.")],
        ),
        ('+++\ntitle = "Vote"\n[extra]\n+++\n\nText.', [("headline", "Vote"), ("paragraph", "Text.")]),
        (
            "---\ntitle: >-\n  Vote\n  in Varn\nauthor:\n  - Jane Roe\n  - name: Leo\nsummary: |\n  1.\n\n  2.\n---\n",
            [("headline", "Vote in Varn"), ("byline", "Jane Roe"), ("byline", "Leo"), ("standfirst", "1. 2.")],
        ),
        (
            "---\r\ntitle: Vote\r\n  in Varn # so far\r\nauthors:\r\n- Jane Roe\r\ntags:\r\n- a\r\n---\r\n",
            [("headline", "Vote in Varn"), ("byline", "Jane Roe")],
        ),
        (
            '+++\ntitle = """\nVote\nin Varn"""\nauthors = [\n  "Jane Roe",\n  "Leo",\n]\n+++\n',
            [("headline", "Vote in Varn"), ("byline", "Jane Roe"), ("byline", "Leo")],
        ),
    ],
)
def test_front_matter(source: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(source) == expected
    check_places(read(source))


@pytest.mark.parametrize(
    "field",
    [
        "title: a" + " " * 20_000 + "b",
        "title:" + " " * 20_000,
        "x: [\n" * 20_000,
        'x: """a""" b\n' * 5_000,
        "title: >" + "\n  a" * 9_000,
    ],
    ids=["spaces", "nothing", "lists", "strings", "lines"],
)
def test_hostile_front_matter_ends_in_time(field: str) -> None:
    started = time.process_time()
    assert blocks(f"---\n{field}\n---\nText.")[-1] == ("paragraph", "Text.")
    assert time.process_time() - started < 5


@pytest.mark.parametrize("source", ["---\ntitle: Vote\n\nText.\n", "+++\ntitle = 'Vote'\n\nText.\n"])
def test_front_matter_that_never_ends_is_an_error(source: str) -> None:
    with pytest.raises(ReadError, match=r"a\.md:1: the front matter that begins here never ends: close it with a line"):
        read(source)


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert blocks("---\n\nText: so.\n") == [("paragraph", "Text: so.")]


@pytest.mark.parametrize(
    "code",
    [
        '{{< figure src="a.png" caption="experts say" >}}',
        "{{% notice %}}",
        "{% include a.html %}",
        "{{ page.title }}",
        "{% comment %}analysts say{% endcomment %}",
        "{{/* analysts say */}}",
    ],
)
def test_shortcodes_are_no_copy(code: str) -> None:
    assert blocks(f"Before.\n\n{code}\n\nAfter {code} it.\n\n{code}Behind.") == [
        ("paragraph", "Before."),
        ("paragraph", "After it."),
        ("paragraph", "Behind."),
    ]


def test_code_of_mdx_is_no_copy() -> None:
    source = (
        'import Chart from "./chart"\nexport const x = 1\n\n# Vote\n\n<Chart data={x} title="experts say" />\n\n'
        "Text {x} and <Note>kept</Note>.\n\n{/* attrlint: so */}\n"
    )
    assert blocks(source, "a.mdx") == [("headline", "Vote"), ("paragraph", "Text and kept.")]
    assert [one.text for one in read(source, "a.mdx").comments] == ["attrlint: so"]


def test_comments_are_kept_with_their_place() -> None:
    document = read("One <!-- a --> two.\n\n<!-- b -->\n\nThree. {% comment %}c{% endcomment %}\n\n<!-- d -->\n")
    places = [(one.text, document.text[: one.start]) for one in document.comments]
    assert places == [("a", "One "), ("b", "One two.\n\n"), ("c", document.text), ("d", document.text)]


def test_links_are_kept() -> None:
    document = read("See [the *report*](http://x.y), <http://z.z> and [r].\n\n[r]: /u\n")
    assert [document.text[link.start : link.end] for link in document.links] == ["the report", "http://z.z", "r"]


def test_places_are_those_of_the_file() -> None:
    document = read("# 😀 Vote\n\n> “So,” *ana*lysts\n> note.\n")
    start = document.text.index("analysts")
    place = document.place(start, start + len("analysts note"))
    assert document.source[place.start : place.end] == "ana*lysts\n> note"
    assert document.origin.position(place.start) == (3, 10)
