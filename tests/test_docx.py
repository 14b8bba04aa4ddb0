"""Word files as they read when every tracked change is accepted, and the bytes behind their words."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

import docx as python_docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from office import BOX, kept, odt_file, paragraph, part, run, unzipped, word_file, zipped

from attrlint import engine, readers
from attrlint.errors import ReadError
from attrlint.readers import docx, package
from attrlint.text import Comment

BEGIN, MIDDLE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
CODE = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
DELETED_END = "<w:pPr><w:rPr><w:del w:id='1' w:author='Ann'/></w:rPr></w:pPr>"
WAS_CODE = "<w:pPr><w:pPrChange><w:pPr><w:pStyle w:val='Code'/></w:pPr></w:pPrChange></w:pPr>"
TABLE = (
    f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr>"
    f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{paragraph('gone')}</w:tc></w:tr>"
    f"<w:tr><w:tc><w:tcPr><w:cellDel w:id='1'/></w:tcPr>{paragraph('gone')}</w:tc></w:tr></w:tbl>"
)
OLD_BOX = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('old box')}</w:txbxContent></v:textbox></w:pict></w:r>"
RUBY = f"<w:r><w:ruby><w:rt>{run('x')}</w:rt><w:rubyBase>{run('base')}</w:rubyBase></w:ruby></w:r>"


def text(body: str, **parts: str) -> str:
    return readers.read(word_file(body, **parts), "a.docx").text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", ""),
        (paragraph("One.") + paragraph("Two."), "One.\n\nTwo."),
        (paragraph("One.") + "<w:p/>" + paragraph(" ") + paragraph("Two."), "One.\n\nTwo."),
        (paragraph("Caf", "é &amp; &#x1F600; &lt;b&gt;"), "Café & 😀 <b>"),
        (paragraph(run("a") + "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/></w:r>", "d"), "a\tb c d"),
        (paragraph("<w:r><w:br></w:br></w:r>", "a"), " a"),
        (paragraph("<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t></w:r>"), "e-mail"),
        (paragraph("<w:r><w:t>ana</w:t><w:softHyphen/><w:t>ly\u00adsts</w:t></w:r>"), "analysts"),
        (paragraph("<w:r><w:t>one\ntwo&#10;three\r\nfour</w:t></w:r>"), "one two three four"),
        (paragraph("<w:r><w:t><![CDATA[a < b & c]]></w:t></w:r>"), "a < b & c"),
        (paragraph("<w:r><w:sym w:font='Symbol' w:char='00B7'/><w:t>x</w:t></w:r>"), "·x"),
        (paragraph("<w:r><w:sym w:char='no'/><w:t>x</w:t></w:r>"), "x"),
        (paragraph(f"<w:hyperlink>{run('a link')}</w:hyperlink>", " here"), "a link here"),
        (paragraph(f"<w:smartTag w:element='place'>{run('Varn')}</w:smartTag>"), "Varn"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('held')}</w:sdtContent></w:sdt>", "held"),
        (paragraph(f"<w:sdt><w:sdtPr/><w:sdtContent>{run('held')}</w:sdtContent></w:sdt>"), "held"),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + paragraph("Click here")
            + "</w:sdtContent></w:sdt>"
            + paragraph("b"),
            "b",
        ),
        (paragraph("page ", BEGIN + CODE + MIDDLE, "3", END, " of it"), "page 3 of it"),
        (paragraph("a", BEGIN + CODE + BEGIN + CODE + MIDDLE, "x", END + MIDDLE, "b", END, "c"), "abc"),
        (paragraph("a", BEGIN + CODE + END, "b"), "ab"),
        (paragraph(f"<w:fldSimple w:instr='DATE'>{run('Monday')}</w:fldSimple>"), "Monday"),
        (paragraph(run("seen"), run(" hidden", "<w:vanish/>"), run("!", "<w:vanish w:val='0'/>")), "seen!"),
        (
            paragraph("old ", "<w:del w:id='1'><w:r><w:delText>words</w:delText></w:r></w:del>")
            + paragraph(f"<w:ins w:id='2'>{run('new')}</w:ins>", " words"),
            "old \n\nnew words",
        ),
        (paragraph(f"<w:moveFrom>{run('here')}</w:moveFrom>", "a", f"<w:moveTo>{run(' there')}</w:moveTo>"), "a there"),
        (f"<w:p>{DELETED_END}{run('One ')}</w:p>{paragraph('line.')}", "One line."),
        (f"<w:p>{DELETED_END}{run('One.')}</w:p>", "One."),
        (f"<w:p>{DELETED_END}{run('One.')}</w:p>{TABLE}", "One.\n\na\n\nb"),
        (TABLE, "a\n\nb"),
        (paragraph(BOX.format(paragraph("box")), "outside") + paragraph("next"), "outside\n\nbox\n\nnext"),
        (paragraph(OLD_BOX, "outside"), "outside\n\nold box"),
        (paragraph(RUBY), "base"),
        (paragraph("print x", style="Code") + paragraph("a"), "a"),
        (f"<w:p>{WAS_CODE}{run('a')}</w:p>", "a"),
    ],
)  # fmt: skip
def test_what_a_body_reads(body: str, expected: str) -> None:
    assert text(body) == expected


def test_notes_come_last_in_the_order_they_are_referred_to() -> None:
    def refer(number: int) -> str:
        return f"<w:r><w:footnoteReference w:id='{number}'/></w:r>"

    notes = "".join(
        f"<w:footnote w:id='{number}'><w:p><w:r><w:footnoteRef/></w:r>{run(words)}</w:p></w:footnote>"
        for number, words in [(0, "a line"), (1, "first"), (2, "second"), (3, "third")]
    )
    deleted = f"<w:del w:id='9'>{refer(3)}</w:del>"
    assert text(paragraph("a", refer(2), "b", refer(1), deleted), footnotes=notes) == "ab\n\nsecond\n\nfirst"


@pytest.mark.parametrize(
    ("style", "kind"),
    [
        ("", "paragraph"),
        ("Normal", "paragraph"),
        ("Titel", "headline"),
        ("Unterzeile", "standfirst"),
        ("Berschrift1", "heading"),
        ("House", "heading"),
        ("Level", "heading"),
        ("Zitat", "quotation"),
        ("A", "paragraph"),
        ("Unknown", "paragraph"),
    ],
)
def test_styles_tell_what_a_paragraph_is(style: str, kind: str) -> None:
    body = paragraph("One.", style=style)
    document = readers.read(word_file(body), "a.docx")
    assert [block.kind for block in document.blocks] == [kind]
    table = readers.read(word_file(f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"), "a.docx")
    assert [block.kind for block in table.blocks] == ["table"]


def test_forms_tell_what_a_paragraph_is() -> None:
    listed = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>" + run("a point") + "</w:p>"
    outlined = "<w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr>" + run("a title") + "</w:p>"
    document = readers.read(word_file(listed + outlined), "a.docx")
    assert [block.kind for block in document.blocks] == ["list", "heading"]
    assert [document.text[start:end] for _, start, end in document.blocks] == ["a point", "a title"]


def test_comments_are_kept_with_their_words() -> None:
    start, end, point = '<w:commentRangeStart w:id="{0}"/>', '<w:commentRangeEnd w:id="{0}"/>', (
        '<w:r><w:commentReference w:id="{0}"/></w:r>'
    )  # fmt: skip
    body = (
        paragraph("The ", start.format(0), "offensive", end.format(0) + point.format(0), " stalled.")
        + paragraph(point.format(1), "Second", f"<w:del>{point.format(2)}</w:del>")
        + start.format(3)
        + paragraph("Third")
        + end.format(3)
        + paragraph("Fourth", point.format(3))
    )
    notes = "".join(
        f'<w:comment w:id="{number}" w:author="Ann">{paragraph(*words)}</w:comment>'
        for number, words in enumerate([("Which ", "one?"), ("Odd",), ("Gone",), ("All of it",), ("Lost",)])
    )
    document = readers.read(
        word_file(body, comments=notes + f"<w:comment w:id='9'>{paragraph('a') * 2}</w:comment>"), "a.docx"
    )
    assert document.comments == (
        Comment("Which one?", 4, 13),
        Comment("Odd", 24, 24),
        Comment("Gone", 30, 30),
        Comment("All of it", 32, 37),
        Comment("Lost", 0, 0),
        Comment("a\na", 0, 0),
    )
    assert document.text[4:13] == "offensive"
    assert document.text[32:37] == "Third"


EMPTY = word_file("")
WORDS = st.text(st.sampled_from("ab .,“”&<>\"'é😀\t\n\u00a0\u00ad\u2011"), min_size=0, max_size=12)


@given(st.lists(st.lists(st.tuples(WORDS, st.booleans()), max_size=5), max_size=5))
@settings(max_examples=30)
def test_every_token_is_where_the_map_says(paragraphs: list[list[tuple[str, bool]]]) -> None:
    made = python_docx.Document(BytesIO(EMPTY))
    for runs in paragraphs:
        each = made.add_paragraph()
        for words, bold in runs:
            each.add_run(words).bold = bold
    out = BytesIO()
    made.save(out)
    reading = docx.parse(out.getvalue(), "a.docx")
    expected = ["".join(words for words, _ in runs).replace("\n", " ").replace("\u00ad", "") for runs in paragraphs]
    expected = [words.replace("\u2011", "-") for words in expected]
    found = reading.document.text.replace("\u2011", "-")
    assert found == "\n\n".join(words for words in expected if words.strip())
    tokens = engine.load()._read(reading.document).tokens
    for index, token in enumerate(tokens.texts):
        start = tokens.start(index)
        assert kept(reading, start, start + len(token.rstrip())) == token.rstrip()


# -- what is no article ------------------------------------------------------------------------------------------------

GOOD = word_file(paragraph("One."))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def bomb() -> bytes:
    return zipped(
        {**unzipped(GOOD), "word/document.xml": part("document", "<w:body>" + " " * 30_000_000 + "</w:body>")}
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "this is an empty file"),
        (b"PK\x03\x04", "it is damaged or cut short"),
        (GOOD[: len(GOOD) // 2], "it is damaged or cut short"),
        (GOOD.replace(b"PK\x01\x02", b"PK\x01\x03"), "it is damaged or cut short"),
        (b"Analysts say so.", "this is no word-processor file"),
        (b"\xef\xbb\xbf\n <!DOCTYPE HTML><p>", "this is an HTML file: give it the suffix .html"),
        (b"{\\rtf1 a}", "this is an RTF file: save it as .docx"),
        (b"%PDF-1.7", "this is a PDF file"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "it is protected by a password: save it without one"),
        (OLE + "WordDocument".encode("utf-16-le"), "this is an old Word file (.doc): save it as .docx"),
        (OLE, "this is an old Office file"),
        (zipped({"a.txt": b"x"}), "this is no Word file, or a damaged one"),
        (zipped({"xl/workbook.xml": b"x"}), "this is a spreadsheet, not an article"),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
            "this is an OpenDocument text: give it the suffix .odt",
        ),
        (word_file("<w:p>"), "word/document.xml is malformed at line 2 (mismatched tag)"),
        (
            zipped({**unzipped(GOOD), "word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "word/document.xml has a DTD",
        ),
        (
            zipped({**unzipped(GOOD), "word/document.xml": b'<?xml version="1.0" encoding="cp1252"?><a>\x93</a>'}),
            "word/document.xml is written in cp1252, not UTF-8",
        ),
        (bomb(), "word/document.xml unpacks to more than 200 times its size"),
        (zipped({**unzipped(GOOD), "_rels/.rels": b"no"}), "_rels/.rels is malformed"),
    ],
)
def test_what_is_no_word_file_is_told_with_a_remedy(data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        readers.read(data, "a.docx")
    assert str(caught.value).startswith(f"a.docx: {message}")


def test_an_article_without_a_suffix_is_known_by_its_content() -> None:
    assert readers.format_of("<stdin>", GOOD) == "docx"
    assert readers.format_of("draft", odt_file("")) == "odt"
    with pytest.raises(ReadError, match="this is a spreadsheet, not an article"):
        readers.format_of("draft", zipped({"xl/workbook.xml": b"x"}))
    with pytest.raises(ReadError, match="this is an archive, and no article"):
        readers.format_of("draft", zipped({"a": b"x"}))


def test_a_part_may_not_be_larger_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_BYTES", 1_000)
    with pytest.raises(ReadError, match=r"word/document\.xml unpacks to 0 MB; 0 MB are the limit"):
        readers.read(word_file(paragraph("One. " * 400)), "a.docx")


def test_a_damaged_part_is_told() -> None:
    at = GOOD.index(b"word/document.xml") + len("word/document.xml") + 3
    with pytest.raises(ReadError, match="damaged or cut short"):
        readers.read(GOOD[:at] + b"\xff\xff\xff" + GOOD[at + 3 :], "a.docx")


TAGS = (
    "p r t rPr pPr del ins tbl tr trPr tc tcPr cellDel sdt sdtPr showingPlcHdr txbxContent br sym fldChar vanish body "
    "footnote footnoteReference commentRangeStart commentReference hyperlink pStyle numPr"
).split()
TREES = st.recursive(
    st.tuples(st.sampled_from(TAGS), st.just([])),
    lambda inside: st.tuples(st.sampled_from(TAGS), st.lists(inside, max_size=4)),
    max_leaves=25,
)


@given(TREES)
@settings(max_examples=150)
@example(("p", [("txbxContent", [("body", [])]), ("r", [])]))
def test_elements_in_any_order_never_break_the_reader(tree: tuple[str, list[object]]) -> None:
    def written(name: str, inside: list[tuple[str, list[object]]]) -> str:
        return f"<w:{name} w:id='1'>a{''.join(written(*each) for each in inside)}</w:{name}>"

    body = part("document", written(*tree))
    data = zipped({**unzipped(GOOD), "word/document.xml": body, "word/comments.xml": body})
    assert isinstance(readers.read(data, "a.docx").text, str)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
@settings(max_examples=150)
def test_a_changed_byte_never_breaks_the_reader(at: int, byte: int) -> None:
    data = bytearray(GOOD)
    data[at] = byte
    with suppress(ReadError):
        assert readers.read(bytes(data), "a.docx").path == "a.docx"
