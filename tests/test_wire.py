"""News items of agencies, ninjs and NITF and NewsML-G2, and what a reader says of a file that is something else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

from attrlint import readers
from attrlint.errors import ReadError
from attrlint.text import Document


def blocks(source: str, path: str) -> list[tuple[str, str]]:
    document = readers.read(source.encode(), path)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


NITF = """<?xml version="1.0" encoding="UTF-8"?>
<nitf><head><title>No</title><docdata><doc-id id-string="x"/></docdata></head>
<body><body.head><hedline><hl1>Vote &amp; pool</hl1><hl2>What it means</hl2></hedline><byline>By Jane Roe</byline>
<distributor><org>Agency</org></distributor><dateline>VARN</dateline><abstract>In short.</abstract></body.head>
<body.content><p>The “off<em>ensive</em>” has\r\nstalled, analysts&#160;note.</p><!-- so --><bq><p>He did.</p></bq>
<ul><li>One</li></ul><media><media-reference>x</media-reference><media-caption>The port.</media-caption></media>
<p><![CDATA[5 < 6 & so]]></p></body.content></body></nitf>"""
NITF_BLOCKS = [
    ("headline", "Vote & pool"),
    ("heading", "What it means"),
    ("byline", "By Jane Roe"),
    ("dateline", "VARN"),
    ("standfirst", "In short."),
    ("paragraph", "The “offensive” has stalled, analysts\xa0note."),
    ("quotation", "He did."),
    ("list", "One"),
    ("caption", "The port."),
    ("paragraph", "5 < 6 & so"),
]
G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" xmlns:h="http://www.w3.org/1999/xhtml" guid="x">
<catalogRef href="http://x"/><itemMeta><provider><name>Agency</name></provider></itemMeta>
<contentMeta><by>Jane Roe</by><headline>Vote</headline><subject><name>politics</name></subject></contentMeta>
<contentSet><inlineXML><h:html><h:head><h:title>No</h:title></h:head><h:body>
<h:p>😀 Text<h:br/>more.</h:p></h:body></h:html></inlineXML></contentSet></newsItem>"""


def test_nitf() -> None:
    assert blocks(NITF, "a.xml") == NITF_BLOCKS
    document = readers.read(NITF.encode(), "a.nitf")
    assert [one.text for one in document.comments] == ["so"]
    for words, source in (
        ("offensive", "off<em>ensive"),
        ("has stalled", "has\r\nstalled"),
        ("analysts\xa0", "analysts&#160;"),
    ):
        start = document.text.index(words)
        place = document.place(start, start + len(words))
        assert document.source[place.start : place.end] == source


def test_newsml_g2() -> None:
    assert blocks(G2, "a.xml") == [("byline", "Jane Roe"), ("headline", "Vote"), ("paragraph", "😀 Text more.")]


def test_plain_text_in_newsml_has_paragraphs() -> None:
    item = "<newsItem><contentSet><inlineData>One,\ntwo.\r\n\r\nThree.</inlineData></contentSet></newsItem>"
    assert blocks(item, "a.xml") == [("paragraph", "One, two."), ("paragraph", "Three.")]


def test_xml_in_its_own_encoding() -> None:
    data = '<?xml version="1.0" encoding="iso-8859-1"?><nitf><body.content><p>Näher</p></body.content></nitf>'
    assert readers.read(data.encode("latin-1"), "a.xml").text == "Näher"


BODY = "<p>The &ldquo;offensive&rdquo; has stalled,\n<b>ana</b>lysts note.</p>"


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            {"headline": "Vote", "byline": "Jane Roe", "located": "Varn", "body_text": "no", "body_html": BODY},
            ["headline", "byline", "dateline", "paragraph"],
        ),
        (
            {
                "headlines": [{"role": "short", "value": "V"}, {"role": "main", "value": "Vote"}],
                "by": "Jane Roe",
                "descriptions": [{"role": "lead", "value": "In short."}],
                "bodies": [{"role": "nitf", "value": NITF}, {"contenttype": "text/html", "value": BODY}],
            },
            ["headline", "byline", "standfirst", "paragraph"],
        ),
        (
            {
                "title": "Vote",
                "bodies": [{"contentType": "text/html", "value": BODY}],
                "descriptions": [{"value": "stalled"}],
            },
            ["headline", "paragraph"],
        ),
    ],
)
def test_ninjs(item: object, expected: list[str], plain: bool) -> None:
    source = json.dumps(item, ensure_ascii=plain, indent=1)
    document = readers.read(source.encode(), "a.json")
    assert [block.kind for block in document.blocks] == expected
    assert document.text.startswith("Vote\n\n")
    assert document.text.endswith("\n\nThe “offensive” has stalled, analysts note.")
    start = document.text.index("stalled")
    place = document.place(start, len(document.text))
    assert source[place.start : place.end] == "stalled,\\n<b>ana</b>lysts note."


def test_a_body_of_nitf_tells_its_own_headline() -> None:
    item = {"headline": "Other", "located": "Oslo", "bodies": [{"role": "nitf", "value": NITF}]}
    assert blocks(json.dumps(item), "a.json") == NITF_BLOCKS


def test_a_number_of_any_length_is_passed_over() -> None:
    assert blocks('{"headline": "Vote", "urgency": ' + "9" * 5_000 + "}", "a.json") == [("headline", "Vote")]


def test_a_body_of_plain_text() -> None:
    item = {"headline": "Vote", "body_text": "One\r\ntwo.\r\n\r\nThree 😀."}
    assert blocks(json.dumps(item), "a.json")[1:] == [("paragraph", "One two."), ("paragraph", "Three 😀.")]
    assert blocks(json.dumps({**item, "body_text": "One.\nTwo."}), "a.json")[1:] == [
        ("paragraph", "One."),
        ("paragraph", "Two."),
    ]


BOMB = '<!DOCTYPE n [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<nitf>&b;</nitf>'


@pytest.mark.parametrize(
    ("path", "source", "message"),
    [
        ("a.xml", BOMB, "a.xml:1: the XML has a document type (DOCTYPE)"),
        ("a.xml", '<!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf/>', "a.xml:1: the XML has a document type (DOCTYPE)"),
        ("a.xml", "<nitf>\n<p>a</nitf>", "a.xml:2: not well-formed XML: mismatched tag"),
        ("a.xml", "<nitf>\n&nbsp;</nitf>", "a.xml:2: not well-formed XML: undefined entity"),
        ("a.xml", "<feed><entry>a</entry></feed>", "a.xml: this XML is no NITF or NewsML-G2 item"),
        ("a.xml", "<a>" * 100_000, "a.xml:1: elements inside one another more than 1,000 deep"),
        ("a.json", '{"headline":\n}', "a.json:2: not JSON: expecting value"),
        ("a.json", '{"name": "x"}', "a.json: this JSON is no ninjs item: it has neither a headline nor a body"),
        ("a.json", "[1]", "a.json: this JSON is no ninjs item"),
        ("a.json", "[" * 100_000, "a.json: not JSON that can be read: lists and objects inside one another too deep"),
        (
            "a.txt",
            "\ufeff <!-- x --> <!DOCTYPE html><p>a",
            "a.txt: this is an HTML file: give it that suffix, or read it with",
        ),
        (
            "a.md",
            "<html lang=en>",
            "a.md: this is an HTML file: give it that suffix, or read it with --input-format html",
        ),
        ("a.json", "<html><p>x", "a.json: this is an HTML file: give it that suffix"),
        ("a.md", '\ufeff{"headline": "x"}', "a.md: this is a JSON file: give it that suffix, or read it with"),
        ("a.html", '{"headline": "x"}', "a.html: this is a JSON file"),
        ("a.txt", '<?xml version="1.0"?><nitf/>', "a.txt: this is an XML file: give it that suffix, or read it with"),
        ("a.eml", "Subject: x\n\nSo.", "a.eml: this is an e-mail: save its text as plain text or HTML"),
        ("a.json", "%PDF-1.7", "a.json: this is a PDF file: export its text"),
        ("a.rtf", "{\\rtf1 a}", "a.rtf: this is an RTF file: save it as plain text, Markdown or HTML"),
        ("a.txt", "%PDF-1.7", "a.txt: this is a PDF file: export its text"),
        ("a.html", "PK\x03\x04\x00", "a.html: this is an archive, such as a word processor writes"),
        ("a.html", "<p>a\n\0", "a.html:2: a NUL byte, so this is no plain text"),
        ("a.md", "a\n\n\0", "a.md:3: a NUL byte, so this is no plain text"),
    ],
)
def test_what_is_no_article_is_named_with_a_remedy(path: str, source: str, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        readers.read(source.encode(), path)
    assert str(caught.value).startswith(message)


def test_a_fragment_of_a_page_can_be_xml() -> None:
    assert blocks('<?xml version="1.0"?>\n<div><p>So.</p></div>', "a.xhtml") == [("paragraph", "So.")]


def test_a_page_in_an_encoding_that_there_is_not_leaves_the_others_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<meta charset="nonesuch"><p>So.', encoding="utf-8")
    ran = run("check", "a.html", "vague.txt")
    assert ran.status == 2
    assert "a.html: unknown encoding “nonesuch”: name the right one with --encoding" in ran.err
    assert "vague.txt:1:28" in ran.out


def test_an_article_that_cannot_be_read_leaves_the_others_alone(run: Run) -> None:
    with open("bomb.xml", "w", encoding="utf-8") as file:
        file.write(BOMB)
    ran = run("bomb.xml", "vague.txt")
    assert ran.status == 2
    assert ran.err.startswith("error: bomb.xml:1: the XML has a document type")
    assert "vague.txt:1:28" in ran.out


def test_what_is_too_large_is_not_read(run: Run) -> None:
    with open("big.html", "wb") as file:
        file.truncate(50_000_000)
    ran = run("big.html")
    assert (ran.status, ran.out) == (2, "no article could be read\n")
    assert ran.err == "error: big.html: 50 MB is more than an article: at most 10 MB are read; split it\n"
    with pytest.raises(ReadError, match="10 MB is more than an article"):
        readers.read(b"a" * (readers.LARGEST + 1), "a.txt")


VAGUE = "The offensive has stalled, analysts note."


@pytest.mark.parametrize(
    ("source", "form", "place"),
    [
        (VAGUE, "text", "1:28"),
        (f"# Vote\n\n{VAGUE}", "markdown", "3:28"),
        (f"---\ntitle: Vote\n---\n{VAGUE}", "markdown", "4:28"),
        (f"<p>{VAGUE}", "html", "1:31"),
        (f"<!doctype html>\n{VAGUE}", "html", "2:28"),
        (f'{{"body_html": "{VAGUE}"}}', "ninjs", "1:43"),
        (f"<?xml version='1.0'?>\n<nitf><body.content><p>{VAGUE}</p></body.content></nitf>", "newsml", "2:51"),
    ],
)
def test_standard_input_is_known_by_its_content(run: Run, source: str, form: str, place: str) -> None:
    assert readers.format_of("<stdin>", source.encode()) == form
    ran = run("check", "--format", "concise", "-", stdin=source.encode())
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith(f"<stdin>:{place}: warning vague-collective ")
    named = run("parse", "--format", "json", "--input-format", form, "-", stdin=source.encode()).json()
    (attribution,) = named["files"][0]["attributions"]
    start, end = attribution["source"]["start"], attribution["source"]["end"]
    assert source[start:end] == "analysts"


def test_the_name_of_standard_input_tells_its_format(run: Run) -> None:
    ran = run("check", "--format", "concise", "--stdin-filename", "a.md", "-", stdin=f"**{VAGUE}**".encode())
    assert ran.out.startswith("a.md:1:30: warning vague-collective ")


def test_a_folder_has_files_of_one_format_when_it_is_named(run: Run) -> None:
    with open("item.json", "w", encoding="utf-8") as file:
        json.dump({"body_text": VAGUE}, file)
    assert "item.json" not in run("check", "--format", "concise", ".").out
    assert run("check", "--format", "concise", "--input-format", "ninjs", ".").out.startswith("./item.json:1:43: ")


def test_a_ledger_counts_lines_of_the_file(run: Run) -> None:
    with open("a.html", "w", encoding="utf-8") as file:
        file.write("<h1>Vote</h1>\n\n<p>It lost,\n<b>Jane\nRoe</b> said.")
    (row,) = run("sources", "--format", "json", "a.html").json()["files"][0]["sources"]
    assert (row["source"], row["words"], row["line"]) == ("Jane Roe", 2, 4)
    page = run("sources", "--format", "html", "a.html").out
    assert '<h4 data-line="1">' in page
    assert "&lt;b&gt;" not in page


def test_documents_are_values() -> None:
    one, two = (readers.read(BODY.encode(), "a.html") for _ in range(2))
    assert one == two
    assert hash(one) == hash(two)
    assert one != Document(one.text, one.path, one.blocks)
