"""Whom a story is about, and the roles that stand for him or her without being tied to the name: "the singer"."""

from __future__ import annotations

from bisect import bisect_left

from attrlint.find import Find
from attrlint.lazy import lazy
from attrlint.mentions import Introductions
from attrlint.names import Bearer, Names, sex
from attrlint.segment import Tokens

_FORMS = frozenset({"office", "profession", "partisan"})
"""Forms of sources that tell what one person is; an official, an expert or a witness may be anybody."""

_OFTEN = 3
"""So often is the person a story is about named before a role stands for the name."""

_OPENING = 120
"""In the first so many tokens of a story once is enough where nobody else is named."""

_NEAR = 90
"""How far before the role the name stands at the most, in tokens: about the paragraph and the one before."""

_INDEFINITE = 3
"""How far before its noun an article can stand, in tokens: "a Western diplomat"."""


class Subject:
    """The person that an article is about."""

    def __init__(self, tokens: Tokens, names: Names, introductions: Introductions) -> None:
        self._tokens = tokens
        self._names = names
        self._introductions = introductions

    def meant(self, find: Find, lemma: str) -> Bearer | None:
        """Return the person a story is about where a definite role of nobody else can stand for the name."""
        if find.form not in _FORMS or find.definite != "definite" or find.number != "singular" or find.quoted:
            return None
        if find.body in ("before", "after") or self._is_anybody(find):
            return None
        told = [(bisect_left(one.places, find.head), one) for one in self._people if self._suits(one, find, lemma)]
        subject = self._most_spoken_of(told, find.head)
        return subject if subject and find.head - subject.last_before(find.head) <= _NEAR else None

    def _most_spoken_of(self, told: list[tuple[int, Bearer]], head: int) -> Bearer | None:
        """Return whom the story is about up to a token, by how often who is named: by far the most often.

        Of those named about as often it is whoever was named last, in the first lines the first of all.
        """
        if not told:
            return None
        counts = sorted((count for count, _ in told), reverse=True)
        if counts[0] >= _OFTEN and (len(told) == 1 or counts[0] >= 2 * counts[1]):
            return max(told, key=lambda pair: pair[0])[1]
        if head < _OPENING:
            return min(told, key=lambda pair: pair[1].places[0])[1]
        often = [one for count, one in told if count >= _OFTEN and 2 * count >= counts[0]]
        return max(often, key=lambda one: self._last(one, head), default=None)

    def _last(self, one: Bearer, head: int) -> int:
        """Return where somebody is named last before a token and outside quotations, -1 where nowhere."""
        places = one.places[: bisect_left(one.places, head)]
        return next((place for place in reversed(places) if self._tokens.quotation(place) is None), -1)

    @lazy
    def _people(self) -> list[Bearer]:
        return [one for one in self._names.bearers if one.given]

    def _suits(self, one: Bearer, find: Find, lemma: str) -> bool:
        """Tell whether a person can be meant: named before, not in what is said, and of no other sex or office."""
        head, end = find.head, self._tokens.sentence(find.head)[1]
        if one.places[0] > head or any(head < place < end for place in one.places):
            return False
        told = sex(find.head_labels)
        if told and one.sex and told != one.sex:
            return False
        if find.form == "profession" and bisect_left(one.places, head) >= _OFTEN:
            return True
        offices = [each for each in self._introductions.in_forms(("office",)) if self._names.of(each.name) is one]
        return not offices or any(each.lemma == lemma for each in offices)

    def _is_anybody(self, find: Find) -> bool:
        """Tell whether the noun was used before of somebody without a name: "a diplomat", "one diplomat"."""
        tokens, noun = self._tokens, self._tokens.word(find.head).lower()
        return any(
            not tokens.labels_in(max(0, index - _INDEFINITE), index).isdisjoint(("indef", "one", "quant"))
            for index in self._places.get(noun, ())
            if index < find.head
        )

    @lazy
    def _places(self) -> dict[str, list[int]]:
        """Where every word stands, in lower case."""
        found: dict[str, list[int]] = {}
        for index in range(len(self._tokens)):
            found.setdefault(self._tokens.word(index).lower(), []).append(index)
        return found
