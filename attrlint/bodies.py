"""Bodies that speak under a common noun ("the company"): the name that it stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from itertools import chain

from attrlint.callings import Callings
from attrlint.find import Find, Range
from attrlint.lazy import lazy
from attrlint.lexicon import CAPITAL
from attrlint.mentions import Introductions
from attrlint.names import Bearer, Names
from attrlint.segment import Tokens
from attrlint.senses import Senses
from attrlint.sides import Sides

_OPENS = 2
"""A source that so few tokens begin a sentence before, such as a quotation mark, follows nothing said in it."""

_OFTEN = 3
"""So often is a name told before a noun for bodies stands for it though nothing tells that it is one's."""

_BESIDE = 20
"""A role that is tied to a name stands at most so many tokens from it."""

_NO_NAME = frozenset("det indef poss adverb prep conj modifier quant number one".split())
_NOUNS = frozenset({"body", "media"})
_NO_BODY = frozenset({"place", "nationality", "demonym", "month", "weekday", "metonym", "body", "bodyname", "outlet"})
_GOES_ON = frozenset({"adverb", "genitive", "comma", "be", "have", "do", "modal", "speech", "past", "third"})
_BODY_ENDS = frozenset({"body", "bodyname", "outlet", "incorporated", "continued"})
_ACTS = frozenset({"genitive", "be", "have", "do", "modal", "speech"})
_FOLLOWS = frozenset({"det", "indef", "poss", "prep", "number", "to"})
_NARROWS = frozenset({"modifier", "frequent"})


class Bodies:
    """The bodies that one article names, by the nouns that can stand for them.

    `lemma` gives the noun at a token, `introductions` are the roles that the text ties to names.
    """

    def __init__(
        self,
        tokens: Tokens,
        names: Names,
        senses: Senses,
        lemma: Callable[[int], str],
        introductions: Introductions,
    ) -> None:
        self._introductions = introductions
        self._tokens = tokens
        self._names = names
        self._senses = senses
        self._lemma = lemma
        self._callings = Callings(tokens, names, senses, lemma)
        self._sides = Sides(tokens, names, senses, self._callings, lemma)

    def meant(self, find: Find) -> Bearer | Range | None:
        """Return whom a definite noun goes back to: who bears a name, or the words of a noun with a name before it."""
        if find.definite != "definite" or find.number != "singular" or find.body in ("before", "after"):
            return None
        told = {self._tokens.word(index).lower() for index in range(find.head - find.premodifiers, find.head)}
        noun = self._noun(find, told)
        if beside := self._beside(find, noun):
            return beside
        return self._of_noun(noun, told, find.head) or self._of_kind(noun, find) or self._phrased(noun, told, find.head)

    def _beside(self, find: Find, noun: str) -> Bearer | None:
        """Return the name that a source stands beside: "an e-mail obtained by Varn, the advocacy group,"."""
        assert find.source is not None
        tokens, (start, end) = self._tokens, find.source
        if start < 2 or end >= len(tokens) or "comma" not in tokens.labels(start - 1) & tokens.labels(end):
            return None
        bearer = self._names.of((start - 2, start - 1)) if tokens.word(start - 2)[:1].isupper() else None
        return bearer if bearer in self._named and self._suits(bearer, noun, find) else None

    def _noun(self, find: Find, told: set[str]) -> str:
        """Return what the words of a source call somebody: a phrase that is no role of its own by its last word."""
        noun = self._lemma(find.head)
        first, _, last = noun.rpartition(" ")
        if not first or noun in self._senses.sets:
            return noun
        told.update(first.split())
        return last

    def _of_noun(self, noun: str, told: set[str], index: int) -> Bearer | Range | None:
        """Return what is called by the very noun and was spoken of last: "the Budget Office", "the Orme campaign"."""
        sided = noun not in self._general and self._sides.before(noun, index)
        alike = [one for one in self._called.get(noun, ()) if self._fits(one, noun, told, sided)]
        last = max(alike, key=lambda one: one.last_before(index), default=None)
        at = last.last_before(index) if last else -1
        if noun in self._general and self._described(noun, index) > at:
            at = -1
        words = self._phrased(noun, told, index)
        if words and (words[0] < at or (noun in self._general and words[1] < self._recent(index))):
            words = None  # what a story speaks of goes over what it once called so
        side = self._sides.last(noun, index, words[0] if words else at) if sided else None
        return side or words or (last if at >= 0 else None if sided else self._kindred(noun, told, index))

    def _phrased(self, noun: str, told: set[str], index: int) -> Range | None:
        """Return the last words before a token that are a noun and a name: "the agency" is "the Varn news agency"."""
        kinds = [places for other, places in self._narrowed.items() if other == noun or other.endswith(f" {noun}")]
        places = sorted(chain.from_iterable(kinds))
        place = bisect_left(places, index)
        words = self._phrase(places[place - 1]) if place else None
        return words if words and told <= self._words(words) else None

    def _recent(self, index: int) -> int:
        """Return where the sentence before that of a token begins."""
        start = self._tokens.sentence(index)[0]
        return self._tokens.sentence(start - 2)[0] if start > 1 else start

    @lazy
    def _called(self) -> dict[str, list[Bearer]]:
        """The bodies by what they are called; by a general noun only those whose names end in it."""
        found: dict[str, list[Bearer]] = {}
        for one in self._names.bearers:
            callings = self._callings.of(one)
            for noun in {each.noun for each in callings if each.own or each.noun not in self._general}:
                found.setdefault(noun, []).append(one)
        return found

    def _fits(self, one: Bearer, noun: str, told: set[str], own: bool) -> bool:
        """Tell whether the words before a noun are those that somebody is called by: "the central bank"."""
        some = (each for each in self._callings.of(one) if each.noun == noun and (each.own or not own))
        return any(told <= each.words for each in some)

    def _kindred(self, noun: str, told: set[str], index: int) -> Bearer | None:
        """Return the last name that is called what a noun can stand for: "the union" is the United Auto Workers."""
        if noun in self._general or told:
            return None
        alike = self._senses.like(noun) - {noun} - self._general
        some = [
            one
            for one in self._names.bearers
            if any(each.noun in alike and (each.own or each.at >= 0) for each in self._callings.of(one))
        ]
        last = max(some, key=lambda one: one.last_before(index), default=None)
        return last if last and last.last_before(index) >= 0 else None

    @lazy
    def _general(self) -> frozenset[str]:
        """The nouns of the text that can stand for names in which no noun for a body is."""
        tokens = self._tokens
        return frozenset(self._lemma(index) for index in range(len(tokens)) if "general" in tokens.labels(index))

    @lazy
    def _narrowed(self) -> dict[str, list[int]]:
        """Where nouns for bodies stand behind a name, by noun: "the Orme campaign"."""
        tokens, found = self._tokens, dict[str, list[int]]()
        for index in range(1, len(tokens)):
            labels = tokens.labels(index)
            if (
                not labels.isdisjoint(_NOUNS)
                and "singular" in labels
                and CAPITAL not in labels
                and self._narrows(index)
            ):
                found.setdefault(self._lemma(index), []).append(index)
        return found

    def _narrows(self, index: int) -> bool:
        """Tell whether a name stands before a noun, for a general noun one that is more than a place's."""
        tokens, before, end = self._tokens, self._before(index), self._noun_end(index)
        followed = end < len(tokens) and self._is_name(end)
        if "general" not in tokens.own_labels(end - 1):
            return self._is_name(before) and not (followed and end > index + 1)  # "consumer group Varn"
        return self._is_name(before) and not followed and tokens.labels(before).isdisjoint(("place", "nationality"))

    def _noun_end(self, index: int) -> int:
        index += 1
        while index < len(self._tokens) and "continued" in self._tokens.labels(index):
            index += 1
        return index

    def _is_name(self, index: int) -> bool:
        labels, last = self._tokens.labels(index), self._tokens.word(index).rpartition("-")[2]
        return CAPITAL in labels and labels.isdisjoint(_NO_NAME) and not last.islower()  # "the Leeds-based firm"

    def _before(self, index: int) -> int:
        """Return the index of the word before a noun and what narrows it: "the Varn trade advisory council"."""
        index -= 1
        while index > 0 and self._tokens.labels(index) <= _NARROWS:
            index -= 1
        owned = index > 0 and "genitive" in self._tokens.labels(index) and self._is_owner(index - 1)
        return index - owned  # "Varn's campaign"

    def _is_owner(self, index: int) -> bool:
        return self._is_name(index) and self._tokens.labels(index).isdisjoint(_NO_BODY)

    def _phrase(self, index: int) -> Range:
        start = self._before(index) + 1
        while start and self._is_name(start - 1):
            start -= 1
        return start, self._noun_end(index)

    def _words(self, words: Range) -> set[str]:
        return {self._tokens.word(index).lower() for index in range(*words)}

    def _of_kind(self, noun: str, find: Find) -> Bearer | None:
        """Return the body of a kind that a general noun stands for: of the sentence, the one before, or the story."""
        tokens, head = self._tokens, find.head
        if not self._is_general(find):
            return None
        some = [one for one in self._named if one.places[0] < head and self._suits(one, noun, find)]
        if find.form == "media":
            some += [one for one in self._titled if one.places[0] < head]
        assert find.source is not None
        start = find.source[0]
        opens = start - tokens.sentence(head)[0] < _OPENS
        trailing = not opens and not tokens.labels(start - 1).isdisjoint(("comma", "quote"))
        if opener := self._opener(tokens.sentence(head)[0], noun, find):
            return opener
        if near := self._opener_before(noun, find) if trailing else self._near(some, noun, find):
            return near
        often, described = self._topic(some, noun, find), self._described(noun, head)
        if described < 0 or (often and often.last_before(head) > described):
            return often
        return next((one for one in some if any(each.at == described for each in self._callings.of(one))), None)

    def _described(self, noun: str, index: int) -> int:
        """Return where a noun with others before it stands last before a token: "a trade group"; -1 where none does."""
        places = self._general_at.get(noun, [])
        for at in reversed(places[: bisect_left(places, index)]):
            if self._is_described(at):
                while "continued" in self._tokens.labels(at):
                    at -= 1
                return at
        return -1

    @lazy
    def _general_at(self) -> dict[str, list[int]]:
        """Where the nouns stand that can stand for any name, be it as the last word of a phrase."""
        tokens, found = self._tokens, dict[str, list[int]]()
        for index in range(len(tokens)):
            labels = tokens.own_labels(index)
            if "general" in labels and CAPITAL not in labels:
                found.setdefault(tokens.word(index).lower(), []).append(index)
        return found

    def _is_described(self, at: int) -> bool:
        """Tell whether a noun is one of several: the last word of a phrase, or with "a" or "another" before it."""
        return "continued" in self._tokens.labels(at) or "indef" in self._tokens.labels(self._before(at))

    def _topic(self, some: list[Bearer], noun: str, find: Find) -> Bearer | None:
        """Return what a story speaks of most: one of some bodies, or a business told more often that no word tells."""

        def count(one: Bearer) -> int:
            return bisect_left(one.places, find.head)

        often, foremost = max(some, key=count, default=None), self._foremost(find)
        if often is None or (
            foremost and not self._callings.is_called(often, noun) and count(foremost) > 2 * count(often)
        ):
            return foremost
        sole = find.form == "media" and len(some) == 1
        told = sole or count(often) > 1 or often.places[0] < self._opening
        return often if told else None

    def _is_general(self, find: Find) -> bool:
        """Tell whether a noun, be it the last one of a phrase, can stand for names without a noun: "the aid group"."""
        last = self._noun_end(find.head) - 1
        return "general" in find.head_labels or "general" in self._tokens.own_labels(last)

    def _foremost(self, find: Find) -> Bearer | None:
        """Return what a story speaks of most and is neither a person nor a place: a business that no word tells."""
        if find.form == "media" or "definable" in find.head_labels:
            return None
        told = [(bisect_left(one.places, find.head), one) for one in self._names.bearers if self._is_unlike_people(one)]
        count, often = max(told, key=lambda pair: pair[0], default=(0, None))
        opens = often is not None and often.places[0] < self._opening
        return often if count >= _OFTEN - opens else None

    @lazy
    def _opening(self) -> int:
        """Where the first sentence of the story ends, behind its headline."""
        kinds, ends = self._tokens.kinds, self._tokens.sentences
        return next((end for end in ends if end and kinds.of(end - 1) != "headline"), 0)

    def _is_unlike_people(self, one: Bearer) -> bool:
        labels = self._tokens.labels(one.full[1] - 1)
        named = one.given or one.sex or one.roles or self._callings.of(one) or self._names.kind(one) == "outlet"
        alike = named or not labels.isdisjoint(_NO_BODY) or self._tokens.word(one.full[0]) in self._people
        return not (alike or self._is_thing(one) or self._has_role(one)) and self._acts(one)

    def _has_role(self, one: Bearer) -> bool:
        """Tell whether a role is tied to a name where it stands first."""
        first = one.places[0]
        near = self._introductions.between(first - _BESIDE, first + _BESIDE)
        return any(self._names.of(each.name) is one for each in near)

    @lazy
    def _people(self) -> set[str]:
        """The words in the names of people with first names: "Gomez" is Juan Gomez Martinez."""
        every = (one.full for one in self._names.bearers if one.given)
        return {self._tokens.word(index) for full in every for index in range(*full)}

    def _acts(self, one: Bearer) -> bool:
        """Tell whether somebody says, has or is something in the text."""
        tokens, size = self._tokens, one.full[1] - one.full[0]
        for place in one.places:
            ends = [tokens.labels(at) for at in range(place + 1, min(place + size + 2, len(tokens)))]
            if any(not labels.isdisjoint(_ACTS) for labels in ends[:size]):
                return True
            if len(ends) > 1 and not ends[0] and not ends[1].isdisjoint(_FOLLOWS):  # a verb that no list has
                return True
        return False

    def _is_thing(self, one: Bearer) -> bool:
        """Tell whether "the" stands before a name most often: "the Internet", unlike businesses."""
        fixed = sum("det" in self._tokens.labels(at - 1) for at in one.places if at)
        return 2 * fixed > len(one.places)

    def _opener(self, first: int, noun: str, find: Find) -> Bearer | None:
        """Return the business that a sentence begins with: "Varn's shares fell, the company said"."""
        one = self._openers.get(first)
        if one is None or first >= find.head or ("definable" in find.head_labels and one not in self._named):
            return None
        published = self._names.kind(one) == "outlet" and not self._callings.of(one)  # a firm that publishes
        return one if published or self._suits(one, noun, find) else None

    @lazy
    def _openers(self) -> dict[int, Bearer]:
        """The names that are no person's or place's and begin sentences, by where they do."""
        firsts, found = set(self._tokens.sentences), dict[int, Bearer]()
        for one in self._names.bearers:
            sure = one.full[1] - one.full[0] > 1 or not firsts.issuperset(one.places)  # no "Specifically"
            if one in self._named or (sure and self._is_unlike_people(one)):
                found.update({at: one for at in one.places if at in firsts and self._is_bare(at, one)})
            if one in self._named:  # "The Varn Federation told reporters", "Meanwhile Varn has left"
                led = (at for at in one.places if at - 1 in firsts and self._tokens.labels(at - 1) & {"det", "adverb"})
                found.update({at - 1: one for at in led if self._is_bare(at, one)})
        return found

    def _is_bare(self, at: int, one: Bearer) -> bool:
        """Tell whether no noun follows a name: "Varn's shares", "Varn has", not "the Varn analyst"."""
        tokens = self._tokens
        ends = [tokens.labels(end) for end in range(at + 1, min(at + one.full[1] - one.full[0] + 1, len(tokens)))]
        return any(not labels or not labels.isdisjoint(_GOES_ON) for labels in ends)

    def _opener_before(self, noun: str, find: Find) -> Bearer | None:
        """Return the body that the sentence before begins with: "Varn sent a note. “We are sorry,” the group said"."""
        first = self._tokens.sentence(find.head)[0]
        one = self._opener(self._tokens.sentence(first - 2)[0], noun, find) if first > 1 else None
        return one if one in self._named else None

    def _near(self, some: list[Bearer], noun: str, find: Find) -> Bearer | None:
        """Return the last body that a sentence has named, else the first one of the sentence before."""
        head, first = find.head, self._tokens.sentence(find.head)[0]
        before = self._tokens.sentence(first - 2)[0] if first > 1 else first
        some = [one for one in some if not self._employs(one.last_before(head), one)]
        here = [one for one in some if one.last_before(head) >= first]
        if here:
            return max(here, key=lambda one: one.last_before(head))
        if opener := self._opener(before, noun, find):
            return opener
        told = [(one.places[bisect_left(one.places, before)], one) for one in some if one.last_before(head) >= before]
        return min(told, key=lambda pair: pair[0])[1] if told else None

    def _employs(self, at: int, one: Bearer) -> bool:
        """Tell whether a name is no more than an expert's employer: "Varn analyst Jane Roe", "a partner at Varn"."""
        tokens = self._tokens
        ends = range(at + 1, min(at + one.full[1] - one.full[0] + 1, len(tokens)))
        prep = next((index for index in range(at - 1, max(at - 6, 0), -1) if "prep" in tokens.labels(index)), 0)
        led = prep > 0 and not tokens.labels(prep - 1).isdisjoint(("expert", "profession"))
        return led or any("expert" in tokens.labels(end) for end in ends)

    def _suits(self, one: Bearer, noun: str, find: Find) -> bool:
        """Tell whether a noun can stand for a name by what it is called, or where it is called nothing by its form."""
        callings = self._callings.of(one)
        if callings:
            return any(self._senses.meets(noun, each.noun) for each in callings)
        return (self._names.kind(one) == "outlet") == (find.form == "media")

    @lazy
    def _named(self) -> dict[Bearer, None]:
        """The names that are a body's by their words, or by what the text says of them, in the order of the text."""
        body, known = self._names.is_body, self._callings
        some = (one for one in self._names.bearers if known.of(one) or (body(one.full) and not self._is_person(one)))
        return dict.fromkeys(some)

    def _is_person(self, one: Bearer) -> bool:
        """Tell whether a name with a word for a body in it is a person's: "Armed Forces Minister Jane Roe"."""
        last = self._tokens.labels(one.full[1] - 1)
        return bool(one.given or one.sex or one.roles) and last.isdisjoint(_BODY_ENDS)

    @lazy
    def _titled(self) -> list[Bearer]:
        """The names that no word tells a newspaper's and that have "The" before them: "editors of The Advocate"."""
        some = (one for one in self._names.bearers if one not in self._named and self._callings.is_titled(one))
        return [one for one in some if self._tokens.labels(one.full[1] - 1).isdisjoint(_NO_BODY)]
