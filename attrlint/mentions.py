"""Who was spoken of before: introductions and attributions filed by role, each soon found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from heapq import merge
from operator import attrgetter

from attrlint.find import ANCHOR, Find
from attrlint.lazy import lazy
from attrlint.senses import Introduction, Senses

_AT = attrgetter("at")

_MOST = 20
"""So many introductions of a role before a token are compared."""

Rank = Callable[[Introduction], tuple[int, int]]
"""How well an introduction suits a role; higher is better."""


class Introductions:
    """The roles that one article ties to names; `every` holds them in the order of the text."""

    def __init__(self, every: Sequence[Introduction], senses: Senses) -> None:
        self.every = every
        self._senses = senses
        self._roles: dict[str, list[Introduction]] = {}
        for one in every:
            self._roles.setdefault(one.lemma, []).append(one)

    def between(self, start: int, end: int) -> Sequence[Introduction]:
        """Return the introductions whose role word is in a range of tokens."""
        return self.every[bisect_left(self.every, start, key=_AT) : bisect_left(self.every, end, key=_AT)]

    def of(self, lemma: str) -> Sequence[Introduction]:
        """Return the introductions of a role."""
        return self._roles.get(lemma, ())

    @lazy
    def _experts(self) -> list[Introduction]:
        return [one for one in self.every if one.form == "expert"]

    def best(self, lemma: str, index: int, any_expert: bool, rank: Rank) -> Introduction | None:
        """Return the introduction before a token that a role there goes back to, else the first one after it.

        Before it, one of the role itself goes over one of a role that it can stand for; among these the highest rank
        wins, the last where two are equal.
        """
        others = [self.of(role) for role in self._senses.like(lemma) if role != lemma]
        groups = [self.of(lemma), *others, *([self._experts] if any_expert else [])]
        places = [bisect_left(group, index, key=_AT) for group in groups]
        for some in (slice(1), slice(1, None)):
            told = [
                one
                for group, place in zip(groups[some], places[some], strict=True)
                for one in group[max(0, place - _MOST) : place]
            ]
            if told:
                return max(told, key=lambda one: (*rank(one), one.at)) if len(told) > 1 else told[0]
        after = [group[place] for group, place in zip(groups, places, strict=True) if place < len(group)]
        return min(after, key=_AT, default=None)


class Mentions:
    """The attributions of one article by what their sources are called; `lemma` gives the role of a head word."""

    def __init__(self, finds: Sequence[Find], lemma: Callable[[int], str], senses: Senses) -> None:
        self._finds = finds
        self._lemma = lemma
        self._senses = senses
        self._unnamed: dict[tuple[str, str], list[Find]] = {}
        self._indefinite: dict[str, list[int]] = {}

    @lazy
    def _by_role(self) -> dict[str, list[Find]]:
        roles: dict[str, list[Find]] = {}
        for find in self._finds:
            if find.source:
                roles.setdefault(self._lemma(find.head), []).append(find)
        return roles

    def earlier(self, find: Find) -> Iterator[Find]:
        """Yield the mentions of unnamed people that a later source can stand for, in the order of the text."""
        roles = self._senses.like(self._lemma(find.head))
        groups = [self._unnamed_in(find.form, role) for role in roles if role in self._by_role]
        return merge(*(group[: bisect_left(group, find.anchor, key=ANCHOR)] for group in groups), key=ANCHOR)

    def _unnamed_in(self, form: str, role: str) -> list[Find]:
        found = self._unnamed.get((form, role))
        if found is None:
            found = self._unnamed[form, role] = [
                one
                for one in self._by_role[role]
                if one.form == form
                and not one.quoted
                and (form == "anonymous" or (one.definite != "definite" and one.known in ("none", "partly")))
            ]
        return found

    def spoke_between(self, role: str, start: int, end: int) -> bool:
        """Tell whether somebody unnamed in a very role ("an official") speaks whose head is between two tokens."""
        heads = self._indefinite.get(role)
        if heads is None:
            found = self._by_role.get(role, ())
            heads = sorted(one.head for one in found if one.definite == "indefinite" and one.known == "none")
            self._indefinite[role] = heads
        return bisect_right(heads, start) < bisect_left(heads, end)
