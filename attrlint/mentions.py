"""Who was spoken of before: introductions and attributions filed by role, each soon found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterator, Sequence
from heapq import merge
from itertools import chain
from operator import attrgetter

from attrlint.find import ANCHOR, Find, Range
from attrlint.lazy import lazy
from attrlint.pattern import Scan
from attrlint.segment import Tokens
from attrlint.senses import Introduction, Resolution, Senses

_AT = attrgetter("at")

_MOST = 20
"""So many introductions of a role before a token are compared."""

Rank = Callable[[Introduction], tuple[int, int]]
"""How well an introduction suits a role; higher is better."""


class Introductions:
    """The roles that one article ties to names; whether a role word is tied to one is looked up when somebody asks.

    `scan` is that of the patterns which tie them, `lemma` gives the role of a word, `ties` tells whether a name is that
    of somebody who can have the role at a token.
    """

    def __init__(
        self,
        tokens: Tokens,
        resolution: Resolution,
        scan: Scan,
        lemma: Callable[[int], str],
        ties: Callable[[Range, int], bool],
    ) -> None:
        self._tokens = tokens
        self._forms, self._senses = resolution.forms, resolution.senses
        self._scan = scan
        self._lemma = lemma
        self._ties = ties
        self._known: dict[int, list[Introduction]] = {}
        self._roles: dict[str, list[Introduction]] = {}

    def _at(self, index: int) -> list[Introduction]:
        """Return the introductions whose role word is a certain token, one that can be an anchor."""
        found = self._known.get(index)
        if found is None:
            found = self._known[index] = [
                Introduction(index, self._lemma(index), self._form(index), spans["name"])
                for _, spans in self._scan.fits(index)
                if self._ties(spans["name"], index)
            ]
        return found

    def _form(self, index: int) -> str:
        return self._forms.first(self._tokens.labels(index), "other")

    def _among(self, anchors: Sequence[int]) -> list[Introduction]:
        return [one for index in anchors for one in self._at(index)]

    @property
    def every(self) -> list[Introduction]:
        """All introductions, in the order of the text."""
        return self._among(self._scan.anchors)

    def between(self, start: int, end: int, lemma: str | None = None) -> list[Introduction]:
        """Return the introductions, of one role or of any, whose role word is in a range of tokens."""
        anchors = self._scan.anchors if lemma is None else self._places.get(lemma, [])
        return self._among(anchors[bisect_left(anchors, start) : bisect_left(anchors, end)])

    @lazy
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for index in self._scan.anchors:
            places.setdefault(self._lemma(index), []).append(index)
        return places

    def of(self, lemma: str) -> list[Introduction]:
        """Return the introductions of a role."""
        found = self._roles.get(lemma)
        if found is None:
            found = self._roles[lemma] = self._among(self._places.get(lemma, ()))
        return found

    def in_forms(self, forms: Container[str]) -> list[Introduction]:
        """Return the introductions whose role is of certain forms, such as "expert"."""
        return self._among([index for index in self._scan.anchors if self._form(index) in forms])

    @lazy
    def _experts(self) -> list[Introduction]:
        return self.in_forms(("expert",))

    def best(self, lemma: str, index: int, any_expert: bool, rank: Rank) -> Introduction | None:
        """Return the introduction before a token that a role there goes back to, else the first one after it.

        Before it, one of the role itself goes over one of a role that it can stand for, unless only that is spoken
        of in the very paragraph; among these the highest rank wins, the last where two are equal.
        """
        others = [self.of(role) for role in self._senses.like(lemma) if role != lemma and role in self._places]
        groups = [self.of(lemma), *others, *([self._experts] if any_expert else [])]
        places = [bisect_left(group, index, key=_AT) for group in groups]
        before = [group[max(0, place - _MOST) : place] for group, place in zip(groups, places, strict=True)]
        told, alike = before[0], list(chain.from_iterable(before[1:]))
        if told and alike and (near := self._near(alike, told, index, rank)):
            told = near
        if told := told or alike:
            return max(told, key=lambda one: (*rank(one), one.at)) if len(told) > 1 else told[0]
        after = [group[place] for group, place in zip(groups, places, strict=True) if place < len(group)]
        return min(after, key=_AT, default=None)

    def _near(
        self, some: list[Introduction], told: list[Introduction], index: int, rank: Rank
    ) -> list[Introduction] | None:
        """Return those of the paragraph of a token where nobody else is spoken of in it."""
        first = self._tokens.paragraph(index)[0]
        near = [one for one in some if one.at >= first]
        return None if not near or any(max(one.at, rank(one)[1]) >= first for one in told) else near


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
