"""Who is mentioned in a stretch of text: people by name, by role and by pronoun."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from attrlint.lexicon import CAPITAL, Labels
from attrlint.segment import Tokens

_GIVEN = frozenset({"male", "female", "firstname", "honorific"})
_NOT_PEOPLE = frozenset({"outlet", "media", "bodyname", "body", "place", "month", "weekday"})
_CLOSED = frozenset({"det", "indef", "poss", "pronoun", "prep", "conj", "sub", "be", "have", "do", "modal", "adverb", "wh"})
_ROLES = frozenset({"expert", "official", "source", "spokes", "partisan", "profession", "kin", "person", "office", "crowd"})
_GROUPS = _ROLES | {"demonym", "nationality", "closed-group", "media", "body", "bodyname", "outlet"}


class Person(NamedTuple):
    """Somebody named: token indices, the last word of the name, and the "male" or "female" that the words tell."""

    start: int
    end: int
    surname: str
    gender: str


def named(tokens: Tokens, start: int, end: int) -> Iterator[Person]:
    """Yield the people that a range of tokens names outside quotations: in full, or by the last word of an earlier name."""
    index = start
    while index < end:
        last = _name_end(tokens, index, end)
        if tokens.quotation(index) is None:
            if last > index + 1:
                yield Person(index, last, tokens.word(last - 1), _gender(tokens, index, last))
            elif full := _full_name(tokens, index):
                yield Person(index, index + 1, tokens.word(index), _gender(tokens, *full))
        index = max(last, index + 1)


def _name_end(tokens: Tokens, start: int, end: int) -> int:
    """Return where a name ends that begins with a first name or a form of address; the start when none does."""
    if not _is_capital(tokens.labels(start)) or tokens.labels(start).isdisjoint(_GIVEN):
        return start
    index = start + 1
    while index < end and _is_capital(tokens.labels(index)) and tokens.texts[index - 1][-1].isspace():
        index += 1
    return start if any(tokens.labels(at) & _NOT_PEOPLE for at in range(start + 1, index)) else index


def _is_capital(labels: Labels) -> bool:
    return CAPITAL in labels and labels.isdisjoint(_CLOSED)


def _gender(tokens: Tokens, start: int, end: int) -> str:
    for index in range(start, end - 1):
        labels = tokens.labels(index)
        if labels & {"male", "masculine"}:
            return "male"
        if labels & {"female", "feminine"}:
            return "female"
    return ""


def mentions_person(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether a range of tokens speaks outside quotations of somebody it names, or of "him" or "her"."""
    return any(
        tokens.quotation(index) is None and (_stands_for_person(tokens.labels(index)) or _is_surname(tokens, index))
        for index in range(start, end)
    )


def _stands_for_person(labels: Labels) -> bool:
    if CAPITAL in labels and not labels.isdisjoint(_GIVEN):
        return labels.isdisjoint(_CLOSED | _NOT_PEOPLE)
    return "pronoun" in labels and not labels.isdisjoint(("masculine", "feminine"))


def _is_surname(tokens: Tokens, index: int) -> bool:
    return _full_name(tokens, index) is not None


def _full_name(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Return where the text gives in full the name that a word is the last word of."""
    if not _is_capital(tokens.labels(index)):
        return None
    word = tokens.word(index)
    for at, text in enumerate(tokens.texts):
        if at and text.startswith(word) and tokens.word(at) == word and at != index:
            labels = tokens.labels(at - 1)
            if _is_capital(labels) and not labels.isdisjoint(_GIVEN):
                return at - 1, at + 1
    return None


def can_be_he_or_she(tokens: Tokens, index: int) -> bool:
    """Tell whether a word can be what "he" or "she" goes back to."""
    labels = tokens.labels(index)
    if "pronoun" in labels:
        return bool(labels & {"masculine", "feminine"})
    if CAPITAL in labels:
        return not labels.isdisjoint(_GIVEN | _ROLES) or (labels <= {CAPITAL, "frequent"} and not _opens(tokens, index))
    return "singular" in labels and not labels.isdisjoint(_ROLES)


def can_be_they(tokens: Tokens, index: int) -> bool:
    """Tell whether a word can be what "they" goes back to."""
    labels = tokens.labels(index)
    if "plural" in labels or "they" in labels or "people-quant" in labels:
        return not labels.isdisjoint(_GROUPS | {"they"})
    return CAPITAL in labels and labels.isdisjoint(_CLOSED) and not _opens(tokens, index)


def _opens(tokens: Tokens, index: int) -> bool:
    """Tell whether a capital may only mean that a sentence begins, because no other one follows."""
    if tokens.sentence(index)[0] != index:
        return False
    return index + 1 >= len(tokens) or CAPITAL not in tokens.labels(index + 1)
