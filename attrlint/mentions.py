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

    def nearest(self, lemma: str, index: int, any_expert: bool) -> Introduction | None:
        """Return the last introduction before a token that a role can go back to, else the first one after it."""
        groups = [self.of(role) for role in self._senses.like(lemma)] + ([self._experts] if any_expert else [])
        before: Introduction | None = None
        after: Introduction | None = None
        for group in groups:
            place = bisect_left(group, index, key=_AT)
            if place > 0 and (before is None or group[place - 1].at > before.at):
                before = group[place - 1]
            if place < len(group) and (after is None or group[place].at < after.at):
                after = group[place]
        return before or after


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
