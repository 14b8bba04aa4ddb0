"""Who was spoken of before: introductions and attributions filed by role, each soon found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterator, Sequence
from heapq import merge
from operator import attrgetter

from attrlint.find import ANCHOR, Find
from attrlint.lazy import lazy
from attrlint.pattern import Scan
from attrlint.segment import Tokens
from attrlint.senses import Introduction, Resolution, Senses

_AT = attrgetter("at")

_NO_PERSON = frozenset({"place", "body", "bodyname", "nationality", "metonym", "month", "weekday"})
"""The labels of capitalised words that are no name of a person by themselves."""


class Introductions:
    """The roles that one article ties to names; whether a role word is tied to one is looked up when somebody asks.

    `scan` is that of the patterns which tie them, `lemma` gives the role of a word.
    """

    def __init__(self, tokens: Tokens, resolution: Resolution, scan: Scan, lemma: Callable[[int], str]) -> None:
        self._tokens = tokens
        self._forms, self._senses = resolution.forms, resolution.senses
        self._scan = scan
        self._lemma = lemma
        self._known: dict[int, list[Introduction]] = {}
        self._roles: dict[str, list[Introduction]] = {}

    def _at(self, index: int) -> list[Introduction]:
        """Return the introductions whose role word is a certain token, one that can be an anchor."""
        found = self._known.get(index)
        if found is None:
            found = self._known[index] = [
                Introduction(index, self._lemma(index), self._form(index), spans["name"])
                for _, spans in self._scan.fits(index)
                if self._ties(*spans["name"])
            ]
        return found

    def _ties(self, low: int, high: int) -> bool:
        """Tell whether a name is a person's: "a propaganda official in Tibet" is tied to nobody."""
        return high - low > 1 or self._tokens.labels(low).isdisjoint(_NO_PERSON)

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

    def nearest(self, lemma: str, index: int, any_expert: bool) -> Introduction | None:
        """Return the last introduction before a token that a role can go back to, else the first one after it."""
        groups = [self.of(role) for role in self._senses.like(lemma)]
        if any_expert:
            groups.append(self._experts)
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
