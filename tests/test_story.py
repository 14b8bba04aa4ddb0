"""What a rule's own examples cannot hold: judgements of a whole story beside others, related places, options."""

from __future__ import annotations

from pathlib import Path

import pytest

from attrlint import engine
from attrlint.finding import Finding
from attrlint.house import word_lists
from attrlint.text import Document

UNNAMED = """\
The bank is short of cash, analysts said on Monday. Traders said it had sold two buildings.

“It will be gone by June,” one banker said. Another banker said July, adding that he had sold his shares.

Paul Adeyemi, who runs it, said the money was there. Investors said they would wait.
"""

ALONE = """\
Nora Pell, the director of the port of Calder, said the cranes would run at half speed until May.

Pell said the winter had been hard on the cables. “They were bought in 1958,” she said.

The port lost 40 million crowns last year, Pell said. She told the council that no jobs would go.
"""


def found(text: str, *rules: str) -> list[Finding]:
    """What the rules that are on by default, or those named, find in a text."""
    return list(engine.load(select=rules).lint(Document(text)).findings)


def marks(text: str, *rules: str) -> list[str]:
    """The words that the rules named mark in a text."""
    return [text[finding.start : finding.end] for finding in found(text, *rules)]


def test_a_judgement_of_the_story_stands_beside_the_one_of_its_first_voice() -> None:
    at = UNNAMED.index("analysts said")
    assert {finding.rule for finding in found(UNNAMED) if finding.start == at} == {"mostly-unnamed", "vague-collective"}


def test_the_other_unnamed_voices_are_related_places_once_each() -> None:
    (finding,) = found(UNNAMED, "mostly-unnamed")
    words = [UNNAMED[place.start : place.end] for place in finding.related]
    assert words == ["Traders said", "one banker said", "Another banker said", "Investors said"]
    assert {place.note for place in finding.related} == {"no name here either"}


def test_half_of_the_voices_is_not_most() -> None:
    more = "Adeyemi said it was safe. Adeyemi said so twice. The board said so. The union said so. The court said so."
    even = f"{UNNAMED}\n{more}\n"
    assert not marks(even, "mostly-unnamed")


def test_quotations_do_not_count_as_voices() -> None:
    inside = "“Analysts said no. Traders said no. Bankers said no. Experts said no. Critics said no,” Jo Roe said."
    assert not marks(inside, "mostly-unnamed", "single-source")


def test_a_story_of_one_voice_is_marked_once() -> None:
    assert marks(ALONE, "single-source") == ["Nora Pell, the director of the port of Calder, said"]


@pytest.mark.parametrize(
    "second",
    [
        "The dockers’ union said two cranes had failed.",
        "The dockers’ union did not say why.",
        "Two cranes had failed, according to the Carrow Herald.",
        "An inspector said two cranes had failed.",
    ],
)
def test_any_second_voice_ends_it(second: str) -> None:
    assert not marks(f"{ALONE}\n{second}\n", "single-source")


def test_four_attributions_are_too_few() -> None:
    assert not marks(ALONE.rpartition(" She told")[0], "single-source")


def test_a_misspelt_surname_is_one_that_nobody_introduced() -> None:
    text = "Rolf Adeyemi, the city engineer, rang. “Nobody came,” Adeyeni said. Adeyemi said he rang nine times."
    assert marks(text, "unintroduced-name") == ["Adeyeni said"]


def test_a_surname_is_marked_where_it_first_speaks() -> None:
    text = "Mr Brandt has a boat. Mr Brandt said it was sound. “It floats,” Mr Brandt said."
    assert marks(text, "unintroduced-name") == ["Mr Brandt said"]


def test_names_known_to_everybody_are_left_to_the_newsroom() -> None:
    text = "“We will sign in May,” Brandt said."
    house = tuple(word_lists("names", ["Leo Brandt"], "attrlint.toml", 1))
    knowing = engine.choose(engine.load_pack(house=house), engine.Choice(("unintroduced-name",)))
    assert marks(text, "unintroduced-name") == ["Brandt said"]
    assert not knowing.lint(Document(text)).findings


@pytest.mark.parametrize(
    "text", ["", "“", "Said.", "Mr said", "Clearly", "Clearly thinks", "\n\n\n", "Roe said", "said Roe"]
)
def test_scraps_of_text_are_no_trouble(text: str) -> None:
    found(text, "story", "wording")


def test_a_long_story_without_paragraphs_is_read_in_time() -> None:
    found("Mr Brandt said the dam was clearly sound. " * 3_000, "story", "wording")


def test_the_family_is_the_folder() -> None:
    families = {path.stem: path.parent.name for path in Path(engine.built_in()).glob("*/*.toml")}
    assert families["mind-reading"] == "wording"
    assert families["single-source"] == "story"
