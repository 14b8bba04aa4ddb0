"""OpenDocument texts as they stand after every tracked change, and the bytes behind their words."""

from __future__ import annotations

import re
from io import BytesIO

import odfdo
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import MIMETYPE, NOTE, SPACES, kept, odt_file, zipped

from attrlint import engine, readers
from attrlint.errors import ReadError
from attrlint.readers import odt
from attrlint.text import Comment

DELETED = (
    "<text:tracked-changes><text:changed-region text:id='c'><text:deletion><text:p>gone</text:p></text:deletion>"
    "</text:changed-region></text:tracked-changes>"
)
BOX = "<draw:frame><svg:title>Box</svg:title><draw:text-box><text:p>in the box</text:p></draw:text-box></draw:frame>"
RUBY = "<text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", ""),
        ("<text:p>One.</text:p><text:p/><text:p> </text:p><text:p>Two.</text:p>", "One.\n\nTwo."),
        ("<text:p>  Two \n\t words <text:span> here</text:span></text:p>", "Two words here"),
        ("<text:p>a<text:s/>b<text:s text:c='3'/>c<text:s text:c='x'/>d</text:p>", "a b   c d"),
        ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb c"),
        ("<text:p>Café &amp; &#x1F600; &lt;b&gt;&#10;x</text:p>", "Café & 😀 <b> x"),
        ("<text:p>ana\u00adly\u00adsts</text:p>", "analysts"),
        ("<text:p>a\u00a0 b</text:p>", "a\u00a0 b"),
        ("<text:p><text:a>a link</text:a> on page <text:page-number>3</text:page-number></text:p>", "a link on page 3"),
        (f"{DELETED}<text:p>a<text:change text:change-id='c'/>b</text:p>", "ab"),
        (f"<text:p>a{NOTE}b</text:p><text:p>c</text:p>", "ab\n\nc\n\nthe note"),
        (f"<text:p>{BOX}outside</text:p>", "outside\n\nin the box"),
        (f"<text:p>{RUBY}</text:p>", "base"),
        ("<text:section text:display='none'><text:p>a</text:p></text:section><text:p>b</text:p>", "b"),
        ("<text:p text:style-name='Source_20_Code'>x = 1</text:p><text:p>b</text:p>", "b"),
        ("<text:p><![CDATA[a < b & c]]></text:p>", "a < b & c"),
    ],
)
def test_what_a_body_reads(body: str, expected: str) -> None:
    code = "<style:style style:name='Source_20_Code' style:display-name='Source Code' style:family='paragraph'/>"
    assert readers.read(odt_file(body, code), "a.odt").text == expected


def test_styles_and_places_tell_what_a_paragraph_is() -> None:
    styles = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
        '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Heading_20_2"/>'
    )
    named = (
        f"<office:document-styles {SPACES}><office:styles>"
        '<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Heading"/>'
        '<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"/>'
        '<style:style style:name="Quotations" style:family="paragraph"/>'
        "</office:styles></office:document-styles>"
    ).encode()
    body = (
        '<text:p text:style-name="P1">a</text:p><text:h>b</text:h><text:p text:style-name="P2">c</text:p>'
        '<text:p text:style-name="Quotations">d</text:p><text:list><text:list-item><text:p>e</text:p></text:list-item>'
        "</text:list><table:table><table:table-row><table:table-cell><text:h>f</text:h></table:table-cell>"
        "</table:table-row></table:table><text:p>g</text:p>"
    )
    document = readers.read(odt_file(body, styles, styles_xml=named), "a.odt")
    kinds = ["headline", "heading", "heading", "quotation", "list", "table", "paragraph"]
    assert [block.kind for block in document.blocks] == kinds
    assert "".join(document.text[start:end] for _, start, end in document.blocks) == "abcdefg"


def test_comments_are_kept_with_their_words() -> None:
    def note(name: str, words: str) -> str:
        return (
            f'<office:annotation office:name="{name}"><dc:creator>Ann</dc:creator><dc:date>2026-01-01</dc:date>'
            f"{words}</office:annotation>"
        )

    def end(name: str) -> str:
        return f'<office:annotation-end office:name="{name}"/>'

    body = (
        f"<text:p>The {note('a', '<text:p>Which<text:s/>one?</text:p>')}offensive{end('a')} stalled.</text:p>"
        f"<text:p>{note('b', '<text:p>x</text:p><text:p>y</text:p>')}Second {note('', '')}</text:p>"
    )
    document = readers.read(odt_file(body), "a.odt")
    assert document.text == "The offensive stalled.\n\nSecond "
    assert document.comments == (Comment("Which one?", 4, 13), Comment("x\ny", 24, 24), Comment("", 31, 31))


WORDS = st.text(st.sampled_from("ab .,“”&<>\"'é😀\u00a0\u00ad"), max_size=12)


@given(st.lists(st.lists(WORDS, max_size=4), max_size=4))
@settings(max_examples=25)
def test_every_token_is_where_the_map_says(paragraphs: list[list[str]]) -> None:
    made = odfdo.Document("text")
    made.body.clear()
    for spans in paragraphs:
        each = odfdo.Paragraph("")
        for words in spans:
            each.append(odfdo.Span(words))
        made.body.append(each)
    out = BytesIO()
    made.save(out)
    reading = odt.parse(out.getvalue(), "a.odt")
    expected = ["".join(spans).replace("\u00ad", "") for spans in paragraphs]
    plain = re.sub(" +", " ", "\n".join(words for words in expected if words.strip()))
    assert re.sub(" +", " ", reading.document.text.replace("\n\n", "\n")).replace("\n ", "\n").strip(" ") == (
        plain.replace("\n ", "\n").strip(" ")
    )
    tokens = engine.load()._read(reading.document).tokens
    for index, token in enumerate(tokens.texts):
        start = tokens.start(index)
        assert kept(reading, start, start + len(token.rstrip())) == token.rstrip()


LOCKED = (
    b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry>'
    b"<m:encryption-data/></m:file-entry></m:manifest>"
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"plain words", "this is no word-processor file"),
        (odt_file("")[:200], "it is damaged or cut short"),
        (zipped({"mimetype": b"application/epub+zip"}), "this is no OpenDocument text, or a damaged one"),
        (zipped({"word/document.xml": b"x"}), "this is a Word file: give it the suffix .docx"),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
            "this is a spreadsheet, not an article",
        ),
        (
            zipped({"mimetype": MIMETYPE, "content.xml": b"\0locked", "META-INF/manifest.xml": LOCKED}),
            "it is protected by a password: save it without one",
        ),
        (zipped({"mimetype": MIMETYPE, "content.xml": b"<!DOCTYPE a><a/>"}), "content.xml has a DTD"),
        (zipped({"mimetype": MIMETYPE, "content.xml": b"<a" + b" " * 20_000_000}), "content.xml unpacks to more than"),
        (odt_file("<text:p>"), "content.xml is malformed"),
    ],
)
def test_what_is_no_opendocument_text_is_told_with_a_remedy(data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        readers.read(data, "a.odt")
    assert str(caught.value).startswith(f"a.odt: {message}")
