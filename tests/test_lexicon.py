"""Words to labels and tags."""

from __future__ import annotations

import re

import pytest

from attrlint.lexicon import Alphabet, Labels, Lexicon, Phrases, by_pair, character_class, kept
from attrlint.pattern import WordClasses

WORDS: dict[str, Labels] = {
    "speak": frozenset({"speech", "base"}),
    "guild": frozenset({"body", "singular"}),
    "Polish": frozenset({"demonym"}),
    "polish": frozenset({"verb"}),
    ".": frozenset({"stop"}),
}
SUFFIXES = [("ist", frozenset({"expert"}))]


def alphabet(*classes: str) -> Alphabet:
    tests = [WordClasses({}).test(text) for text in classes]
    listed = [*WORDS.values(), *(labels for _, labels in SUFFIXES)]
    return Alphabet(listed, listed, tests)


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon(
        WORDS, Phrases(*kept({"speak": {"up": []}})), SUFFIXES, alphabet("speech", "body", "[expert capital]").tags
    )


@pytest.mark.parametrize(
    ("token", "labels"),
    [
        ("speak ", {"speech", "base"}),
        ("Speak ", {"speech", "base", "capital"}),
        ("SPEAK", {"speech", "base", "capital"}),
        ("Polish ", {"demonym", "capital"}),
        ("polish ", {"verb"}),
        ("trade-guild", {"body", "singular"}),
        ("co-speak", set()),
        ("lobbyist", {"expert"}),
        ("Lobbyist", {"capital"}),
        ("4th", {"number"}),
        ("G7", {"number", "capital"}),
        ("\n\n", {"paragraph"}),
        ("zzz", set()),
        ("Ⓐ", {"mark"}),
    ],
)
def test_labels(lexicon: Lexicon, token: str, labels: set[str]) -> None:
    assert lexicon.tokens[token][0] == labels


def test_words_that_no_class_tells_apart_share_a_tag() -> None:
    tags = alphabet("speech").tags
    assert tags[WORDS["guild"]] == tags[WORDS["Polish"]] != tags[WORDS["speak"]]


def test_characters_are_those_of_the_class() -> None:
    found = alphabet("speech", "body", "[body capital]")
    assert found.characters(WordClasses({}).test("speech")) == found.tags[WORDS["speak"]]
    assert len(found.characters(WordClasses({}).test("body"))) == 2


@pytest.mark.parametrize("codes", [[1], [93], [1, 2, 3], [45, 91, 92, 93, 94], [1, 300, 301], [257]])
def test_a_class_of_characters_matches_those_alone(codes: list[int]) -> None:
    pattern = re.compile(character_class("".join(map(chr, codes))))
    assert [code for code in range(400) if pattern.fullmatch(chr(code))] == codes


def test_wide_tags_are_left_to_what_the_most_used_class_does_not_tell_apart() -> None:
    """A class of nearly all tags names those that it leaves out, and matches its own alone."""
    sets = [frozenset({f"label-{n}", "common" if n > 40 else "rare"}) for n in range(400)]
    classes = [WordClasses({}).test(text) for text in ("common", *(f"label-{n}" for n in range(400)))]
    found = Alphabet(sets, [], classes)
    characters = found.characters(classes[0])
    expression = character_class(characters, found.last)
    assert found.last > 400
    assert expression.startswith("[^")
    tags = {*found.tags.values()}
    assert {tag for tag in tags if re.fullmatch(expression, tag, re.DOTALL)} == {*characters}


def test_an_empty_class_matches_nothing() -> None:
    assert not re.search(character_class(""), "a")


def test_phrases_are_filed_under_the_rarest_pair_the_longest_first() -> None:
    common: dict[str, Labels] = {"of": frozenset({"commonest"}), "the": frozenset({"commonest"})}
    table = by_pair({("of", "the", "Guild"): frozenset(), ("as", "of", "the", "Guild"): frozenset()}, common)
    assert {first: [*group] for first, group in table.items()} == {"the": ["guild"]}
    phrases = Phrases(*kept(table))
    filed = phrases.under(phrases.firsts["the"] + phrases.seconds["guild"])
    assert [phrase[0] for phrase in filed] == [("as", "of", "the", "Guild"), ("of", "the", "Guild")]
    assert [phrase[2:] for phrase in filed] == [(True, 2), (True, 1)]


def test_many_word_types_do_not_change_what_is_found(lexicon: Lexicon) -> None:
    before = lexicon.tokens["speak"]
    for number in range(200_100):
        lexicon.tokens[f"x{number}y"]
    assert lexicon.tokens["speak"] == before
    assert before[0] == WORDS["speak"]
