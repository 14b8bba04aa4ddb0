"""Parties that are told by their people and by adjectives: "Democrats", "a Tory pledge", "the GOP"."""

from __future__ import annotations

from collections.abc import Callable

from attrlint.callings import Callings
from attrlint.lexicon import CAPITAL
from attrlint.names import Bearer, Names
from attrlint.segment import Tokens
from attrlint.senses import Senses


class Sides:
    """The words in one article that tell by themselves which of the names a noun is for.

    `lemma` gives the role or the noun at a token.
    """

    def __init__(
        self, tokens: Tokens, names: Names, senses: Senses, callings: Callings, lemma: Callable[[int], str]
    ) -> None:
        self._tokens = tokens
        self._names = names
        self._senses = senses
        self._callings = callings
        self._lemma = lemma
        self._known: dict[str, list[tuple[int, str]]] = {}

    def before(self, noun: str, index: int) -> bool:
        """Tell whether such a word for a noun stands before a token."""
        return any(at < index for at, _ in self._of(noun)[:1])

    def last(self, noun: str, index: int, since: int) -> Bearer | None:
        """Return the party that was spoken of last before a token, in its sentence, or alone in one before it."""
        start = self._tokens.sentence(index)[0]
        for first in (start, self._tokens.sentence(start - 2)[0] if start > 1 else start, 0):
            some = [(at, side) for at, side in self._of(noun) if max(first, since) <= at < index]
            if some:
                sole = first == start or all(self._senses.meets(some[0][1], side) for _, side in some)
                return self._bearer(*some[-1], noun) if sole else None
        return None

    def _of(self, noun: str) -> list[tuple[int, str]]:
        """Return where the words for those stand that a noun is for, with the words."""
        found = self._known.get(noun)
        if found is None:
            tokens, names = self._tokens, self._senses.names
            known = any(noun in nouns for nouns in names.values())
            capital = (at for at in range(len(tokens)) if CAPITAL in tokens.labels(at)) if known else ()
            every = ((at, self._lemma(at)) for at in capital)
            found = self._known[noun] = [(at, side) for at, side in every if noun in names.get(side, ())]
        return found

    def _bearer(self, at: int, side: str, noun: str) -> Bearer | None:
        """Return the name of a party by one of the words for it, which stands at a token."""
        some = [one for one in self._names.bearers if self._callings.is_called(one, noun)]
        ends = [(one, {self._lemma(one.full[0]), self._lemma(one.full[1] - 1)}) for one in some]
        alike = [one for one, lemmas in ends if any(self._senses.meets(side, lemma) for lemma in lemmas)]
        if not alike and (bearer := self._names.of((at, at + 1))) in some:
            return bearer
        return min(alike, key=self._distance, default=some[0] if len(some) == 1 else None)

    def _distance(self, one: Bearer) -> int:
        """Return how far a name is from a party's: none for "Tory Party", then "Tories", "Leeds Tories" and "Tory"."""
        labels = self._tokens.labels(one.full[1] - 1)
        if labels & {"body", "bodyname", "continued"}:
            return 0
        return one.full[1] - one.full[0] if "plural" in labels else len(self._tokens)
