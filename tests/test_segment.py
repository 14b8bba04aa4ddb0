"""Text to tokens, sentences and quotations, with the built-in pack."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attrlint import engine, pack
from attrlint.segment import Segmenter, Tokens

SEGMENTER: Segmenter = pack.load(engine.built_in()).segmenter
PIECES = ["said", "Jane", "U.S.", "Mr.", "it's", "’s", "well-known", "$4.5m", "…", "...", "“", "”", '"', "'", "‘", "’"]
PIECES += [
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\x00",
    "\u2028",
    "é",
    "\U0001f600",
    ",",
    ".",
    "?",
    "(",
    ")",
    "``",
    "''",
]
PIECES += ["according", "to", "as well as", "point out"]
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


def words(text: str) -> list[str]:
    return [token.rstrip() for token in SEGMENTER.segment(text).texts]


@given(texts)
@settings(max_examples=300)
def test_tokens_cover_the_text_exactly(text: str) -> None:
    tokens = SEGMENTER.segment(text)
    assert "".join(tokens.texts) == text
    assert len(tokens.tags) == len(tokens.texts) == len(tokens)
    assert all(tokens.texts)


@given(texts)
@settings(max_examples=300)
def test_sentences_paragraphs_and_quotations_are_in_order(text: str) -> None:
    tokens = SEGMENTER.segment(text)
    assert tokens.sentences == sorted(set(tokens.sentences))
    assert list(tokens.quotations) == sorted(tokens.quotations)
    for index in range(len(tokens)):
        start, end = tokens.sentence(index)
        assert start <= index < end
        assert tokens.labels(index) is not None
        assert text[tokens.start(index) : tokens.end(index + 1)] == tokens.word(index)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Roe can't say.", ["Mr.", "Roe", "can't", "say", "."]),
        ("Roe's U.S. well-known plan", ["Roe", "'s", "U.S.", "well-known", "plan"]),
        ("He paid $4.5m, 3.5% more…", ["He", "paid", "$4.5m", ",", "3.5%", "more", "…"]),
        ("so . 5", ["so", ".", "5"]),
        ("", []),
        ("  a", ["", "a"]),
        ("“x” -- ``y''", ["“", "x", "”", "--", "``", "y", "''"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_paragraphs_alike(end: str) -> None:
    tokens = SEGMENTER.segment(f"One two{end}three.{end}{end}Four five.")
    assert [tokens.text(*tokens.paragraph(index)) for index in (0, len(tokens) - 1)] == [
        f"One two{end}three.",
        "Four five.",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_end_ends_the_paragraph_where_lines_are_long(end: str) -> None:
    tokens = SEGMENTER.segment("word " * 60 + f"end.{end}Next.")
    assert tokens.text(*tokens.paragraph(len(tokens) - 1)) == "Next."


def quoted(text: str) -> list[tuple[str, bool]]:
    tokens: Tokens = SEGMENTER.segment(text)
    return [(tokens.text(one.start, one.end + 1), one.closed) for one in tokens.quotations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said “yes” twice.", [("“yes”", True)]),
        ('She said "yes" and "no".', [('"yes"', True), ('"no"', True)]),
        ("She said “yes.", [("“yes.", False)]),
        ("She said “yes.\n\n“No,” he said.", [("“yes.", False), ("“No,”", True)]),
        ("She said yes” twice.", []),
        ("The workers' plan wasn't Roe's.", []),
        ("He called it ‘odd’ then.", [("‘odd’", True)]),
    ],
)
def test_quotations(text: str, expected: list[tuple[str, bool]]) -> None:
    assert quoted(text) == expected


def test_a_phrase_counts_as_one() -> None:
    tokens = SEGMENTER.segment("Critics pointed out that.")
    assert "speech" in tokens.labels(1)
    assert tokens.labels(2) == {"continued"}


HOSTILE = {
    "dots": "." * 50_000,
    "quotes": "“" * 50_000,
    "straight quotes": '"' * 50_000,
    "apostrophes": " '" * 25_000,
    "commas": "," * 50_000,
    "capitals": "A" * 50_000,
    "initials": "A." * 25_000,
    "hyphens": "a-" * 25_000,
    "one long word": "a" * 50_000,
    "spaces": "a" + " " * 50_000,
    "line ends": "a" + "\n " * 25_000,
    "said": "said " * 10_000,
    "brackets": "(" * 50_000,
    "digits": "1," * 25_000,
    "experts": "experts " * 6_250,
    "names": "Jane Roe, " * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_no_faster_than_the_text(name: str) -> None:
    def seconds(text: str) -> float:
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            SEGMENTER.segment(text)
            best = min(best, time.process_time() - start)
        return best

    SEGMENTER.segment("warm up")
    assert seconds(HOSTILE[name] * 4 + " a§") < 9 * seconds(HOSTILE[name] + " a§") + 0.05
