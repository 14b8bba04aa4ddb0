"""What names are called: the nouns for bodies in them, and those that the text says beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from attrlint.fullnames import begin
from attrlint.lexicon import CAPITAL
from attrlint.names import Bearer, Names
from attrlint.segment import Tokens
from attrlint.senses import Senses

_CLAUSE = 10
"""How far behind a name and a comma the noun stands that tells what it is, in tokens: "Varn, a British oil firm"."""

_FIRST = 5
"""What a name is stands at one of the first so many places where it is told."""

_SETTING = 4
"""A preposition opens a sentence that few tokens before a name, which tells where: "In downtown Varn, a group sang"."""

_NOUNISH = frozenset({CAPITAL, "singular", "plural", "modifier", "s-word", "ing", "ing-word", "number", "nounish"})
"""The labels of words that go on with a name as nouns do: "the Varn analyst"."""

_NOUNS = frozenset({"body", "general", "media"})
_ENDINGS = frozenset({"body", "general", "masthead", "closed-group"})
_ROLES = frozenset({"office", "official", "expert", "profession", "spokes", "kin"})
_PLACES = frozenset({"place", "nationality", "demonym", "metonym", "month", "weekday"})
_TOLD_BY = frozenset({"indef", "one", "be"})
_ENDS = frozenset({"comma", "stop", "relative", "prep", "speech", "paragraph"})
_GOES_ON = frozenset({"comma", "stop", "paren-open", "relative", "prep", "quote", "dash", "conj"})
_ALONE = _GOES_ON | {"speech", "have", "be", "modal", "genitive", "third", "past", "to", "paragraph"}
_CALLS = frozenset({"calling", "reflexive"})
_FIXED = frozenset({"det", "poss", "genitive", "indef"})


class Calling(NamedTuple):
    """A noun for a name, as a lemma; the words in lower case that go with it; whether it is part of the name.

    `at` is the token of a noun beside the name, -1 for what the name tells.
    """

    noun: str
    words: frozenset[str]
    own: bool
    at: int = -1


class Callings:
    """The nouns for the names in one article; `lemma` gives the noun at a token."""

    def __init__(self, tokens: Tokens, names: Names, senses: Senses, lemma: Callable[[int], str]) -> None:
        self._tokens = tokens
        self._names = names
        self._senses = senses
        self._lemma = lemma
        self._known: dict[int, tuple[Calling, ...]] = {}

    def of(self, one: Bearer) -> tuple[Calling, ...]:
        """Return what somebody is called, first by the name itself."""
        found = self._known.get(one.ident)
        if found is None:
            found = self._known[one.ident] = (*self._own(one), *self._told(one))
        return found

    def _own(self, one: Bearer) -> Iterator[Calling]:
        """Yield the noun that a name ends in, and what is known of it or of its last word: "the GMB" is a union."""
        tokens = self._tokens
        if one.given and tokens.own_labels(one.full[1] - 1).isdisjoint(_ENDINGS):
            return
        start, end = self._names.whole(one)
        last = next((at for at in range(start, end - 1) if tokens.own_labels(at + 1) & {"of", "for"}), end - 1)
        words, labels = self._words(start, end), tokens.labels(last)
        if labels & _ROLES and "plural" not in labels:  # "the CNN president"
            return
        if "partisan" in labels and self.is_titled(one):
            return
        ends = last > start or "masthead" in tokens.own_labels(last)
        for noun in self._nouns(one) or (self._by_end(last) if ends and not one.given else ()):
            yield Calling(noun, words, own=False)
        if tokens.own_labels(last) & _ENDINGS:
            yield Calling(self._senses.lemma(tokens.word(last)), words, own=True)

    def _nouns(self, one: Bearer) -> frozenset[str]:
        """Return the nouns for a name that is known as a whole."""
        return self._senses.names.get(self._tokens.text(*self._names.core(one.full)).lower(), frozenset())

    def _by_end(self, last: int) -> frozenset[str]:
        return self._senses.endings.get(self._tokens.word(last).lower(), frozenset())

    def is_called(self, one: Bearer, noun: str) -> bool:
        """Tell whether a name is one of those that a very noun is for."""
        return any(each.noun == noun for each in self.of(one))

    def is_titled(self, one: Bearer) -> bool:
        """Tell whether a name has "The" before it within a sentence, as newspapers have: "editors of The Advocate"."""
        tokens = self._tokens
        before = [at - 1 for at in one.places if at and at - 1 != tokens.sentence(at)[0]]
        return any(tokens.labels(at) >= {"det", CAPITAL} for at in before)

    def _told(self, one: Bearer) -> Iterator[Calling]:
        size = one.full[1] - one.full[0]
        if self._tokens.labels(one.full[1] - 1) & _PLACES:
            return
        for at in one.places[:1] if one.given or one.sex else one.places[:_FIRST]:
            noun = self._before(one, at, size)
            if noun is None and not one.given:  # "the drinks group Matthew Varn" is none the less a group
                noun = self._behind(at, size)
            if noun is not None:
                yield Calling(self._lemma(noun), self._around(noun) | self._words(*one.full), own=False, at=noun)

    def _before(self, one: Bearer, at: int, size: int) -> int | None:
        """Return the noun before a name: "the oil firm Varn", "the central bank, the Bank of Varn,"."""
        tokens = self._tokens
        noun = self._noun_before(at)
        if noun is not None:
            # Not "the company Monday": a single word that stands nowhere else ends the clause or has a verb.
            behind = tokens.labels(min(at + 1, len(tokens) - 1))
            return noun if size > 1 or len(one.places) > 1 or behind.isdisjoint(_NOUNISH) or behind & _ALONE else None
        start = begin(tokens, at)
        start -= start > 0 and "det" in tokens.labels(start - 1)
        if start > 2 and (calls := tokens.labels(start - 1) & _CALLS):  # "a group called Varn", "calling itself Varn"
            return self._noun_before(start - 1 - ("reflexive" in calls))
        if start < 2 or "comma" not in tokens.labels(start - 1) or one.given or one.sex:
            return None
        end = min(at + size, len(tokens) - 1)
        noun = self._noun_before(start - 1) if tokens.labels(end) & {"comma", "stop", "quote", "of"} else None
        return noun if noun is not None and self._is_fixed(noun) else None

    def _noun_before(self, end: int) -> int | None:
        at = end - 1
        while at > 0 and "continued" in self._tokens.labels(at):
            at -= 1
        labels = self._tokens.labels(at) if at >= 0 else frozenset[str]()
        return at if labels & _NOUNS and CAPITAL not in labels and "plural" not in labels else None

    def _is_fixed(self, noun: int) -> bool:
        """Tell whether a noun is one certain thing: "the central bank", "his firm"."""
        return any(self._tokens.labels(at) & _FIXED for at in range(max(0, noun - 4), noun))

    def _behind(self, at: int, size: int) -> int | None:
        """Return the noun behind a name and a comma or "is": "Varn, a British oil firm"."""
        tokens = self._tokens
        reach = range(at + 1, min(at + size + 1, len(tokens) - 1))
        end = next((index for index in reach if tokens.labels(index) & {"comma", "be"}), None)
        first = tokens.sentence(at)[0]
        if end is None or ("prep" in tokens.labels(first) and at - first < _SETTING):
            return None
        told, fixed = not tokens.labels(end + 1).isdisjoint(_TOLD_BY), "det" in tokens.labels(end + 1)
        for index in range(end + 2, min(end + _CLAUSE, len(tokens))):
            labels = tokens.labels(index)
            told = told or "genitive" in labels  # "Varn, the country's largest firm"
            if labels & {"body", "general", "media"} and "modifier" not in tokens.labels(index + 1):
                behind = tokens.labels(min(index + 1, len(tokens) - 1))
                return index if told or (fixed and behind & _GOES_ON) else None
            if labels & _ENDS:
                return None
        return None

    def _around(self, noun: int) -> frozenset[str]:
        start = noun
        while start > 0 and noun - start < _CLAUSE and not self._tokens.labels(start - 1) & (_FIXED | _ENDS):
            start -= 1
        return self._words(start, noun + 1)

    def _words(self, start: int, end: int) -> frozenset[str]:
        return frozenset(self._tokens.word(index).lower() for index in range(start, end))
