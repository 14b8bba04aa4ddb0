"""Places in a text: offsets, lines and columns."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attrlint.text import Block, Document, OffsetMap, Piece, Span

TEXTS = st.text(alphabet=st.sampled_from("ab \r\n\u2028\u0085😀é"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one", ["one"]),
        ("one\ntwo", ["one", "two"]),
        ("one\r\ntwo", ["one", "two"]),
        ("one\rtwo", ["one", "two"]),
        ("one\n", ["one", ""]),
        ("one\n\rtwo", ["one", "", "two"]),
        ("one\u2028still\x0bone\x85", ["one\u2028still\x0bone\x85"]),
    ],
)
def test_what_ends_a_line(text: str, lines: list[str]) -> None:
    document = Document(text)
    assert [text[line.start : line.end] for line in document.lines] == lines


@pytest.mark.parametrize(
    ("offset", "position"), [(0, (1, 1)), (1, (1, 2)), (2, (1, 3)), (3, (1, 4)), (4, (2, 1)), (5, (2, 2))]
)
def test_positions_count_code_points_from_one(offset: int, position: tuple[int, int]) -> None:
    assert Document("😀b\r\nc").position(offset) == position


@given(TEXTS, st.data())
def test_a_position_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    document = Document(text)
    line, column = document.position(offset)
    assert document.line_span(line).start + column - 1 == offset


@given(TEXTS)
def test_lines_and_their_endings_are_the_whole_text(text: str) -> None:
    document = Document(text)
    ends = [*(line.start for line in document.lines[1:]), len(text)]
    endings = [text[line.end : end] for line, end in zip(document.lines, ends, strict=True)]
    assert set(endings[:-1]) <= {"\n", "\r\n", "\r"}
    assert endings[-1] == ""
    shown = [text[line.start : line.end] for line in document.lines]
    assert "".join(line + ending for line, ending in zip(shown, endings, strict=True)) == text


@pytest.mark.parametrize("offset", [-1, 4])
def test_a_place_outside_the_text_is_an_error(offset: int) -> None:
    with pytest.raises(ValueError, match="outside a text of 3 code points"):
        Document("abc").position(offset)


@pytest.mark.parametrize("line", [0, 3])
def test_a_line_outside_the_text_is_an_error(line: int) -> None:
    with pytest.raises(ValueError, match="outside a text of 2 lines"):
        Document("a\nb").line_span(line)


def test_documents_are_values() -> None:
    document = Document("a\nb", "a.txt", (Block("paragraph", 0, 3),))
    document.position(3)
    same = pickle.loads(pickle.dumps(document))
    assert same == document
    assert hash(same) == hash(document)
    assert same.line_span(2) == Span(2, 3)
    assert document != Document("a\nb", "b.txt")
    assert document != "a\nb"


# "Näher &amp; näher" without its markup: <b>Nä</b>her, then an entity, and a line end that the text has as a space.
SOURCE = "<p>😀 <b>Nä</b>her &amp;\n\tnear.</p>\n<p>So</p>"
TEXT = "😀 Näher & near.\n\nSo"
MAP = OffsetMap(
    [
        Piece(0, 2, 3, 5),
        Piece(2, 4, 8, 10),
        Piece(4, 8, 14, 18),
        Piece(8, 9, 18, 23),
        Piece(9, 10, 23, 25),
        Piece(10, 15, 25, 30),
        Piece(17, 19, 38, 40),
    ]
)


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("Näher", "Nä</b>her"),
        ("Nä", "Nä"),
        ("her", "her"),
        ("&", "&amp;"),
        ("& n", "&amp;\n\tn"),
        ("near", "near"),
        ("So", "So"),
        (TEXT, "😀 <b>Nä</b>her &amp;\n\tnear.</p>\n<p>So"),
    ],
)
def test_words_stand_where_they_were_read(words: str, source: str) -> None:
    start = TEXT.index(words)
    found = MAP.span(start, start + len(words))
    assert SOURCE[found.start : found.end] == source
    parts = MAP.within(start, start + len(words))
    assert (parts[0].start, parts[-1].end) == found


def test_a_point_stands_where_the_next_character_does() -> None:
    assert [MAP.span(at, at) for at in (0, 2, 16, 17, 19)] == [(3, 3), (8, 8), (38, 38), (38, 38), (40, 40)]


def test_markup_is_between_the_parts() -> None:
    assert [SOURCE[one.start : one.end] for one in MAP.within(1, 6)] == [" ", "Nä", "he"]


def test_a_source_read_from_another_source_leads_to_that() -> None:
    # The markup as a JSON string: the line end and the tab are escapes of two characters.
    json = '"' + SOURCE.replace("\n", "\\n").replace("\t", "\\t") + '"'
    pieces, at = [], 1
    for index, sign in enumerate(SOURCE):
        size = 2 if sign in "\n\t" else 1
        pieces.append(Piece(index, index + 1, at, at + size))
        at += size
    found = MAP.through(OffsetMap(pieces))
    for words, source in (("Näher", "Nä</b>her"), ("& n", "&amp;\\n\\tn"), ("So", "So")):
        start = TEXT.index(words)
        place = found.span(start, start + len(words))
        assert json[place.start : place.end] == source


def test_a_document_leads_to_its_source() -> None:
    document = Document(TEXT, "a.html", (), (), MAP, SOURCE)
    assert document.origin.text == SOURCE
    assert document.origin.path == "a.html"
    assert [document.source_line(TEXT.index(word)) for word in ("Näher", "near", "So")] == [1, 2, 3]
    plain = Document(TEXT)
    assert plain.origin is plain
    assert plain.place(2, 7) == (2, 7)
