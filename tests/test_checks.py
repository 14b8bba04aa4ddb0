"""The checks that look across the article; each rule's own examples are run elsewhere."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attrlint import engine
from attrlint.engine import Engine
from attrlint.text import Document

RULES = ("orphan-quote", "late-speaker", "unclear-pronoun", "unclosed-quote", "anonymous-lead")


@cache
def judge(rule: str) -> Engine:
    return engine.load(select=[rule])


def marks(rule: str, text: str) -> list[str]:
    """The words that a rule alone marks in a text."""
    return [text[finding.start : finding.end] for finding in judge(rule).lint(Document(text)).findings]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("text", ["", "“", "”", '""', "he said", "“a b c d e.”", "“\n\n“\n\n", "He said", "'", "“.”\n"])
def test_odd_texts_are_read(rule: str, text: str) -> None:
    marks(rule, text)


PIECES = [
    "“",
    "”",
    '"',
    "'",
    "’",
    ". ",
    ", ",
    " ",
    ":",
    "\n\n",
    "he said",
    "Jane Roe",
    "They told ",
    "five more words here",
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_order_of_marks_and_speakers_is_read(pieces: list[str]) -> None:
    for rule in RULES:
        marks(rule, "".join(pieces))


QUOTATION = "“You cannot heat a building with good wishes.”"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The mill was sold in May, said Ada Prenn.\n\n", ""),
        ("Ada Prenn shook her head. ", ""),
        ("She shook her head.\n\n", ""),
        ("“The mill is gone,” said Ada Prenn. ", ""),
        ("The note on the door read: ", ""),
        ("The mill was sold. ", " — Ada Prenn"),
        ("", "\n\nThe mill was sold."),
    ],
    ids="attribution person pronoun run colon dash headline".split(),
)
def test_an_owner_before_or_beside_a_quotation_silences(before: str, after: str) -> None:
    assert marks("orphan-quote", before + QUOTATION + after) == []


@pytest.mark.parametrize("after", ["", " It was sold in May.", "\n\nAda Prenn said the mill was sold."])
def test_a_quotation_without_an_owner_is_marked(after: str) -> None:
    text = "The mill was sold on Monday. " + QUOTATION + after
    assert marks("orphan-quote", text) == [QUOTATION]


def test_only_the_first_of_a_run_is_marked() -> None:
    second = "“Nor can you roof one with them, or pay a mason.”"
    text = f"The mill was sold on Monday.\n\n{QUOTATION}\n\n{second}\n\nIt is empty."
    assert marks("orphan-quote", text) == [QUOTATION]


def test_the_number_of_words_is_an_option_of_the_rule() -> None:
    assert marks("orphan-quote", "The mill was sold. “Good wishes cost nothing.” It is empty.") == []


@pytest.mark.parametrize("sentences", [2, 3, 4])
def test_three_sentences_before_the_speaker_are_too_many(sentences: int) -> None:
    speech = " ".join(["Nobody wrote to us."] * sentences)
    found = marks("late-speaker", f"“{speech[:-1]},” said Ines Calder.")
    assert found == (["said Ines Calder"] if sentences >= 3 else [])


@pytest.mark.parametrize(
    ("before", "pronoun", "clear"),
    [
        ("Marek Dole met Leo Brandt.", "He", False),
        ("Marek Dole met Leo Brandt.", "She", True),
        ("Marek Dole met Petra Brandt.", "He", True),
        ("Marek Dole met Leo Brandt’s lawyer.", "He", True),
        ("Marek Dole spoke last. Marek Dole met Leo Brandt.", "He", True),
        ("Marek Dole told Leo Brandt.", "He", True),
        ("The bridge fell.", "They", False),
        ("The engineers shut the bridge.", "They", True),
    ],
)
def test_a_pronoun_needs_one_person_to_stand_for(before: str, pronoun: str, clear: bool) -> None:
    text = f"{before} {pronoun} said the deal was dead."
    assert marks("unclear-pronoun", text) == ([] if clear else [f"{pronoun} said"])


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("“We cut it, said Anders Poll. “We sold it,” he said.", False),
        ("“We cut it.\n\n“We sold it,” said Anders Poll.", True),
        ("“We cut it.\n\nWe sold it,” said Anders Poll.", True),
        ("He noted that “some of the “old” barns” were full.", True),
        ('"We have the “old” barns," said Anders Poll.', True),
        ('He wore a "-shaped pin and said little.', True),
    ],
    ids="reopened continued late nested mixed sign".split(),
)
def test_a_mark_is_unclosed_only_when_nothing_closes_it(text: str, closed: bool) -> None:
    assert bool(marks("unclosed-quote", text)) != closed
