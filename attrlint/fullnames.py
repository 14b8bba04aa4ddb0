"""The full names of bodies: what belongs to a name beyond its words with capitals, and what an acronym is short for."""

from __future__ import annotations

from attrlint.find import Range
from attrlint.lexicon import CAPITAL, CONTINUED
from attrlint.segment import Tokens

_SPELT = 12
"""So far before an acronym in brackets its words begin, in tokens."""

_NO_PART = frozenset(
    {"det", "pronoun", "weekday", "prep", "conj", "body", "bodyname", "outlet", "incorporated", "male", "female"}
)
"""The labels of words with a capital that are no part of what a body is for: "Bank of Varn and Jane Roe"."""


def whole(tokens: Tokens, name: Range, first: int) -> Range:
    """Return the full name of a body, as a range of tokens.

    "Department of Trade and Industry" for "Department", "Pilots' Association" for "Association", "Gas and Electric" for
    "G&E"; `first` is the token at which the name begins where it stands first.
    """
    start, end = name
    if end - start == 1 and (words := _spelt(tokens, first)):
        return words
    if "body" not in tokens.own_labels(start) | tokens.own_labels(end - 1):
        return name
    return begin(tokens, start), _end(tokens, end)


def begin(tokens: Tokens, at: int) -> int:
    """Return where a body's name begins whose owners stand before a token: "the Pilots' Association"."""
    owner = tokens.labels(at - 2) if at > 1 and "genitive" in tokens.labels(at - 1) else frozenset[str]()
    if not owner >= {CAPITAL, "plural"}:
        return at
    at -= 2
    while at and _is_inside(tokens, at - 1):
        at -= 1
    return at


def _end(tokens: Tokens, end: int) -> int:
    """Return where a body's name ends with the places and fields behind "of" and "for"."""
    last = len(tokens)
    if end >= last or tokens.labels(end).isdisjoint(("of", "for")):
        return end
    first = end + 1 + ("det" in tokens.labels(min(end + 1, last - 1)))
    while (stop := _run(tokens, first)) > first:
        end = stop
        if stop >= last or "and" not in tokens.labels(stop):
            break
        first = stop + 1
    return end


def _run(tokens: Tokens, index: int) -> int:
    while index < len(tokens) and _is_inside(tokens, index):
        index += 1
    return index


def _is_inside(tokens: Tokens, index: int) -> bool:
    labels = tokens.labels(index)
    if CONTINUED in labels:
        return tokens.word(index)[:1].isupper()
    return CAPITAL in labels and labels.isdisjoint(_NO_PART)


def _spelt(tokens: Tokens, at: int) -> Range | None:
    """Return the words before a bracket that a token in it is short for: "Gas and Electric (G&E)"."""
    if at < 2 or "paren-open" not in tokens.labels(at - 1):
        return None
    letters = [letter for letter in tokens.word(at) if letter.isupper()]
    first = index = at - 1
    while len(letters) and index > 0 and at - index < _SPELT:
        index -= 1
        initial = tokens.word(index)[:1]
        if initial == letters[-1]:
            letters.pop()
            first = index
        elif initial.isupper() or not initial.isalpha():
            return None
    return None if letters or first + 1 >= at - 1 else (first, at - 1)
