"""How a language agrees: what a skeleton needs to put the words of an article into another number or voice."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import NamedTuple

from attrlint.lexicon import Labels
from attrlint.parted import Parted
from attrlint.strict import Table

Row = Mapping[str, str]
"""The forms of one verb, by the column of the word list."""


class Wording(NamedTuple):
    """The forms of verbs and nouns, and the small words around them; all of it comes from the pack."""

    placeholder: str
    article: tuple[str, ...]
    second: re.Pattern[str]
    one: Mapping[str, str]
    active: Mapping[str, str]
    dropped: frozenset[str]
    verbs: Parted[Row]
    singulars: Parted[str]
    words: Container[str]

    def plain(self, word: str) -> str:
        """Return a word as it is written inside a sentence: a name keeps its capital."""
        lower = word[:1].lower() + word[1:]
        return lower if word not in self.words and lower in self.words else word

    def with_article(self, words: str) -> str:
        """Return a noun phrase behind the indefinite article that its first word asks for."""
        return f"{self.article[bool(self.second.match(words))]} {words}" if self.article else words

    def singular(self, noun: str) -> str:
        """Return the singular of a plural noun; empty where there is none or it looks the same."""
        found = self.singulars.get(noun, "")
        if not found:
            noun = noun.lower()
            found = self.singulars.get(noun, "")
        return "" if found == noun else found

    def of_one(self, verb: str, labels: Labels) -> str:
        """Return a verb of several people as it stands for one: "note" gives "notes", the past stays as it is."""
        auxiliary = self.one.get(verb.lower())
        if auxiliary:
            return auxiliary
        if "base" not in labels or "past" in labels:
            return verb
        return self.verbs.get(verb.lower(), {}).get("third", verb)

    def form(self, verb: str, column: str) -> str:
        """Return the form of a verb that a column holds, from any of its forms; empty for an unknown verb."""
        return self.verbs.get(verb.lower(), {}).get(column, "")


def from_table(table: Table, verbs: Parted[Row], singulars: Parted[str], words: Container[str]) -> Wording:
    """Read the wording of a pack; a pack without one has no article and no agreement. Raises PackError."""
    placeholder = table.take("placeholder", str, "")
    article = table.words("article", ())
    try:
        second = re.compile(table.take("second-article-before", str, "(?!)"))
    except re.error as error:
        raise table.error(f"is no regular expression: {error}", "second-article-before") from None
    if len(article) not in (0, 2):
        raise table.error("“article” must hold both forms of the indefinite article", "article")
    dropped = frozenset(table.words("dropped", ()))
    one, active = (_pairs(table.table(key)) for key in ("one", "active"))
    table.done()
    return Wording(placeholder, article, second, one, active, dropped, verbs, singulars, words)


def _pairs(table: Table) -> dict[str, str]:
    return {key: table.take(key, str) for key in table.rest_keys()}
