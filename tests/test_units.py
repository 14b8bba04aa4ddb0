"""Places counted in the bytes of the file, in UTF-16 and in UTF-8, in every format and encoding."""

from __future__ import annotations

import codecs
import json
import pickle
import re
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_formats import SOURCES

from attrlint import locate, readers
from attrlint.engine import load
from attrlint.errors import ReadError
from attrlint.readers import plain
from attrlint.text import Document
from attrlint.units import Encoding, Unit

WIDE = st.text(alphabet=st.sampled_from("ab “é語😀\ud83d\udc00\r\n"))
LONG = st.tuples(WIDE, st.integers(0, 400)).map(lambda pair: pair[0] * pair[1])
MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
NAMED = ["utf-8", "utf-16-le", "cp1252", "latin-1", "mac-roman", "koi8-r", "shift_jis", "gb18030", "iso2022_jp"]


@given(WIDE | LONG, st.data())
def test_units_of_any_text(text: str, data: st.DataObject) -> None:
    document = Document(text)
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset]
    assert document.count(offset, Unit.CODE_POINT) == offset
    assert document.count(offset, Unit.UTF8) == len(before.encode("utf-8", "surrogatepass"))
    assert document.count(offset, Unit.UTF16) == len(before.encode("utf-16-le", "surrogatepass")) // 2
    assert document.count(offset, Unit.BYTE) == document.count(offset, Unit.UTF8)
    line, column = document.position(offset)
    ahead = document.text[offset - column + 1 : offset]
    assert document.position(offset, Unit.UTF16) == (line, len(ahead.encode("utf-16-le", "surrogatepass")) // 2 + 1)
    assert pickle.loads(pickle.dumps(document)) == document


def test_a_place_outside_the_text_is_an_error() -> None:
    for unit in (Unit.UTF8, Unit.UTF16, Unit.BYTE):
        with pytest.raises(ValueError, match="outside a text of 2 code points"):
            Document("éa").count(3, unit)


def writable(text: str, codec: str) -> str:
    return text.encode(codec, "ignore").decode(codec)


def in_json(source: str) -> str:
    return json.dumps({"headline": "Vote", "body_html": source}, ensure_ascii=False)


def in_nitf(source: str) -> str:
    return f"<nitf><body><body.content><p>{escape(source)}</p><p>Ja<em>n</em>e</p></body.content></body></nitf>"


def check_bytes(data: bytes, path: str, codec: str, named: str | None, form: str) -> None:
    """Every word of an article stands at the bytes that are said to be its own."""
    document = readers.read(data, path, named, form)
    assert document.encoding.encode(document.source) == data
    for found in re.finditer(r"\S+", document.text):
        place, span = document.place(*found.span()), document.place(*found.span(), Unit.BYTE)
        assert data[span.start : span.end].decode(codec) == document.source[place.start : place.end]


FORMS: list[tuple[str, Callable[[str], str]]] = [
    ("text", str),
    ("markdown", str),
    ("html", str),
    ("ninjs", in_json),
    ("newsml", in_nitf),
]


@given(SOURCES, st.sampled_from(NAMED), st.booleans(), st.integers(1, 30))
@settings(max_examples=60)
@pytest.mark.parametrize(("form", "write"), FORMS, ids=lambda each: each if isinstance(each, str) else "")
def test_words_stand_at_the_bytes_of_the_file(
    form: str, write: Callable[[str], str], source: str, codec: str, marked: bool, times: int
) -> None:
    mark = MARKED.get(codec, b"") if marked else b""
    data = mark + write(writable(source * times, codec)).encode(codec)
    try:
        check_bytes(data, "a", codec, None if mark else codec, form)
    except ReadError as error:
        assert "front matter" in str(error)  # noqa: PT017


@pytest.mark.parametrize(
    ("data", "named", "encoding"),
    [
        (b"a", None, ("utf-8", b"")),
        (codecs.BOM_UTF8 + b"a", None, ("utf-8", codecs.BOM_UTF8)),
        (codecs.BOM_UTF8 + b"a", "utf-8-sig", ("utf-8", codecs.BOM_UTF8)),
        (b"\xff\xfea\0", None, ("utf-16-le", codecs.BOM_UTF16_LE)),
        (b"\xfe\xff\0a", None, ("utf-16-be", codecs.BOM_UTF16_BE)),
        (b"a\0", "UTF16", ("utf-16-le", b"")),
        (b"\xff\xfe\0\0a\0\0\0", "utf-32", ("utf-32-le", codecs.BOM_UTF32_LE)),
        (b"a", "windows-1252", ("cp1252", b"")),
        (b"\x841\x953a", "gb18030", ("gb18030", b"\x841\x953")),
    ],
)
def test_how_a_file_is_written(data: bytes, named: str | None, encoding: tuple[str, bytes]) -> None:
    text, written = plain.decode(data, "a.txt", named)
    assert text == "a"
    assert written == Encoding(*encoding)


def test_a_finding_leads_to_its_bytes() -> None:
    source = "<p>“😀” – R&amp;D stalled, <b>analysts</b> note.</p>"
    for data in (source.encode("utf-16"), codecs.BOM_UTF8 + source.encode()):
        report = locate.report(load().lint(readers.read(data, "a.html")))
        (finding,) = report.findings
        start, end = report.document.place(finding.start, finding.end, Unit.BYTE)
        codec = report.document.encoding.name
        assert data[start:end].decode(codec) == "analysts</b> note"
