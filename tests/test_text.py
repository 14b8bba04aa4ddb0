"""Places in a text: offsets, lines and columns."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attrlint.text import Block, Document, Span

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
