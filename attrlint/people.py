"""Who is mentioned in a stretch of text: people by name, by role and by pronoun."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from attrlint.lazy import lazy
from attrlint.lexicon import CAPITAL, Labels
from attrlint.segment import Tokens

_GIVEN = frozenset({"male", "female", "firstname", "honorific"})
_ROLES = frozenset("expert official source spokes partisan profession kin person office crowd".split())
_BODIES = frozenset({"outlet", "media", "bodyname", "body"})
_GROUPS = _ROLES | _BODIES | {"demonym", "nationality", "closed-group", "they"}
_CLOSED = frozenset("det indef poss pronoun prep conj sub be have do modal adverb wh".split())
_NO_NAME = _CLOSED | _BODIES | {"place", "month", "weekday"}


class Person(NamedTuple):
    """Somebody named: token indices, the last word of the name, and the "male" or "female" that the words tell."""

    start: int
    end: int
    surname: str
    gender: str


class People:
    """The people that one article names."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def named(self, start: int, end: int) -> Iterator[Person]:
        """Yield who is named in a range outside quotations: in full, or by the last word of a name given elsewhere."""
        tokens, index = self._tokens, start
        while index < end:
            last = max(self._name_end(index, end), index + 1)
            surname = tokens.word(last - 1)
            if tokens.quotation(index) is None:
                if last > index + 1:
                    yield Person(index, last, surname, self._gender(index, last))
                elif surname in self._surnames and _is_capital(tokens.labels(index)):
                    yield Person(index, last, surname, self._surnames[surname])
            index = last

    def mentioned(self, start: int, end: int) -> bool:
        """Tell whether a range speaks outside quotations of somebody by name, or of "him" or "her"."""
        tokens = self._tokens
        return any(
            (tokens.word(index) in self._surnames or _stands_for_person(tokens.labels(index)))
            and tokens.quotation(index) is None
            for index in range(start, end)
        )

    @lazy
    def _surnames(self) -> dict[str, str]:
        """The last words of the names that the article gives in full, with the gender the first words tell."""
        found: dict[str, str] = {}
        last, size = 0, len(self._tokens)
        every = enumerate(self._tokens.every_labels)
        for index in [at for at, labels in every if CAPITAL in labels and not labels.isdisjoint(_GIVEN)]:
            if index >= last:
                last = self._name_end(index, size)
                if last > index + 1:
                    found.setdefault(self._tokens.word(last - 1), self._gender(index, last))
        return found

    def _name_end(self, start: int, end: int) -> int:
        """Return where a name ends that begins with a first name or a form of address; the start when none does."""
        tokens = self._tokens
        labels = tokens.labels(start)
        if CAPITAL not in labels or labels.isdisjoint(_GIVEN) or not labels.isdisjoint(_CLOSED):
            return start
        index = start + 1
        while index < end and tokens.texts[index - 1][-1].isspace() and _is_capital(tokens.labels(index)):
            index += 1
        if any(not tokens.labels(at).isdisjoint(_BODIES) for at in range(start + 1, index)):
            return start
        return index

    def _gender(self, start: int, end: int) -> str:
        for index in range(start, end - 1):
            labels = self._tokens.labels(index)
            if not labels.isdisjoint(("male", "masculine")):
                return "male"
            if not labels.isdisjoint(("female", "feminine")):
                return "female"
        return ""


def _is_capital(labels: Labels) -> bool:
    return CAPITAL in labels and labels.isdisjoint(_CLOSED)


def _stands_for_person(labels: Labels) -> bool:
    if CAPITAL in labels and not labels.isdisjoint(_GIVEN):
        return labels.isdisjoint(_NO_NAME)
    return "pronoun" in labels and not labels.isdisjoint(("masculine", "feminine"))


def can_be_he_or_she(tokens: Tokens, index: int) -> bool:
    """Tell whether a word can be what "he" or "she" goes back to."""
    labels = tokens.labels(index)
    if "pronoun" in labels:
        return not labels.isdisjoint(("masculine", "feminine"))
    if CAPITAL in labels:
        person = not labels.isdisjoint(_GIVEN | _ROLES | {"known-name"})
        return person or (labels <= {CAPITAL, "frequent"} and not _opens(tokens, index))
    return "singular" in labels and not labels.isdisjoint(_ROLES)


def can_be_they(tokens: Tokens, index: int) -> bool:
    """Tell whether a word can be what "they" goes back to."""
    labels = tokens.labels(index)
    if not labels.isdisjoint(("plural", "they", "people-quant")):
        return not labels.isdisjoint(_GROUPS | {"people-quant"})
    return _is_capital(labels) and not _opens(tokens, index)


def _opens(tokens: Tokens, index: int) -> bool:
    """Tell whether a capital may only mean that a sentence begins, because no other one follows."""
    if tokens.sentence(index)[0] != index:
        return False
    return index + 1 >= len(tokens) or CAPITAL not in tokens.labels(index + 1)
