"""What a pack knows of roles: which words can stand for each other, and how a text ties them to names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from attrlint.find import Range
from attrlint.forms import Chooser
from attrlint.parted import Parted
from attrlint.pattern import Patterns, Side


class Senses(NamedTuple):
    """Role words that can stand for each other: the lemma of every form, the sets a lemma is in, and nouns for names.

    `names` has the nouns for known names, `endings` those for the words that names end in, by these in lower case.
    """

    lemmas: Parted[str]
    sets: Mapping[str, frozenset[str]]
    names: Mapping[str, frozenset[str]]
    endings: Mapping[str, frozenset[str]]

    def lemma(self, word: str) -> str:
        """Return the singular of a role word, in lower case."""
        word = word.lower()
        return self.lemmas.get(word, word)

    def like(self, lemma: str) -> frozenset[str]:
        """Return all role words that one can stand for, itself among them."""
        return self.sets.get(lemma, frozenset()) | {lemma}

    def meets(self, one: str, other: str) -> bool:
        """Tell whether one role word can stand for another."""
        return one == other or other in self.sets.get(one, ())


class Introduction(NamedTuple):
    """A role word that the text ties to a name: token indices, the lemma, the range of the name."""

    at: int
    lemma: str
    form: str
    name: Range


class Resolution(NamedTuple):
    """The patterns that tie roles to names, and the words that can stand for each other."""

    introductions: Patterns
    names: Side
    senses: Senses
    forms: Chooser
