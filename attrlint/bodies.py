"""Bodies that speak under a common noun ("the company"): the name that it stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from itertools import chain

from attrlint.find import Find, Range
from attrlint.lazy import lazy
from attrlint.lexicon import CAPITAL
from attrlint.names import Bearer, Names
from attrlint.segment import Tokens
from attrlint.senses import Senses

_CLAUSE = 10
"""How far behind a name and a comma the noun stands that tells what it is, in tokens: "Varn, a British oil firm"."""

_FIRST = 5
"""What a name is stands at one of the first so many places where it is told."""

_OPENS = 2
"""A source that so few tokens begin a sentence before, such as a quotation mark, follows nothing said in it."""

_OFTEN = 3
"""So often is a name told before a noun for bodies stands for it though nothing tells that it is one's."""

_NO_NAME = frozenset("det indef poss adverb prep conj modifier quant number one".split())
_NOUNS = frozenset({"body", "media"})
_ENDINGS = frozenset({"body", "masthead"})
_NO_BODY = frozenset({"place", "nationality", "demonym", "month", "weekday", "metonym", "body", "bodyname", "outlet"})
_GOES_ON = frozenset({"genitive", "comma", "be", "have", "modal", "speech"})
_NARROWS = frozenset({"modifier", "frequent"})


class Bodies:
    """The bodies that one article names, by the nouns that can stand for them; `lemma` gives the noun at a token."""

    def __init__(self, tokens: Tokens, names: Names, senses: Senses, lemma: Callable[[int], str]) -> None:
        self._tokens = tokens
        self._names = names
        self._senses = senses
        self._lemma = lemma

    def meant(self, find: Find) -> Bearer | Range | None:
        """Return whom a definite noun goes back to: who bears a name, or the words of a noun with a name before it."""
        if find.definite != "definite" or find.number != "singular" or find.body in ("before", "after"):
            return None
        noun = self._lemma(find.head)
        told = {self._tokens.word(index).lower() for index in range(find.head - find.premodifiers, find.head)}
        return self._of_noun(noun, told, find.head) or self._of_kind(noun, find)

    def _of_noun(self, noun: str, told: set[str], index: int) -> Bearer | Range | None:
        """Return what is called by the very noun and was spoken of last: "the Budget Office", "the Orme campaign"."""
        alike = [one for one in self._called.get(noun, ()) if told <= self._words(one.full)]
        last = max(alike, key=lambda one: one.last_before(index), default=None)
        at = last.last_before(index) if last else -1
        kinds = [places for other, places in self._narrowed.items() if other == noun or other.endswith(f" {noun}")]
        places = sorted(chain.from_iterable(kinds))  # "the agency" is "the Varn news agency"
        place = bisect_left(places, index)
        if place and places[place - 1] > at and told <= self._words(words := self._phrase(places[place - 1])):
            return words
        return last if at >= 0 else self._kindred(noun, index)

    @lazy
    def _called(self) -> dict[str, list[Bearer]]:
        """The bodies whose names end in a noun for a body or follow it, by that: "the Varn Party", "the party Varn"."""
        found: dict[str, list[Bearer]] = {}
        for one in self._names.bearers:
            noun = self._noun_of(one, _ENDINGS)
            if not noun and not one.given and not self._names.is_body(one.full):
                noun = next((self._lemma(at - 1) for at in one.places[:_FIRST] if self._follows_body(at)), "")
            if noun:
                found.setdefault(noun, []).append(one)
        return found

    def _kindred(self, noun: str, index: int) -> Bearer | None:
        """Return the last name that ends in what a noun can stand for: "the party" is the Tories."""
        alike = self._senses.like(noun) - {noun}
        if noun in self._general:
            return None
        some = [one for one in self._names.bearers if not one.given and self._lemma(one.full[1] - 1) in alike]
        last = max(some, key=lambda one: one.last_before(index), default=None)
        return last if last and last.last_before(index) >= 0 else None

    @lazy
    def _general(self) -> frozenset[str]:
        """The nouns of the text that can stand for names in which no noun for a body is."""
        tokens = self._tokens
        return frozenset(self._lemma(index) for index in range(len(tokens)) if "general" in tokens.labels(index))

    def _noun_of(self, one: Bearer, labels: frozenset[str] = frozenset({"body"})) -> str:
        """Return the noun that a name ends in, empty where its last word has none of some labels."""
        last = one.full[1] - 1
        return self._lemma(last) if labels & self._tokens.own_labels(last) else ""

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
        tokens, before = self._tokens, self._before(index)
        if "general" not in tokens.labels(index):
            return self._is_name(before)
        followed = index + 1 < len(tokens) and self._is_name(index + 1)
        return self._is_name(before) and not followed and tokens.labels(before).isdisjoint(("place", "nationality"))

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
        end = index + 1
        while end < len(self._tokens) and "continued" in self._tokens.labels(end):
            end += 1
        return start, end

    def _words(self, words: Range) -> set[str]:
        return {self._tokens.word(index).lower() for index in range(*words)}

    def _of_kind(self, noun: str, find: Find) -> Bearer | None:
        """Return the body of a kind that a general noun stands for: of the sentence, the one before, or the story."""
        tokens, head = self._tokens, find.head
        if "general" not in find.head_labels:
            return None
        some = [one for one in self._named if one.places[0] < head and self._suits(one, noun, find)]
        assert find.source is not None
        start = find.source[0]
        opens = start - tokens.sentence(head)[0] < _OPENS
        trailing = not opens and not tokens.labels(start - 1).isdisjoint(("comma", "quote"))
        if opener := self._opener(tokens.sentence(head)[0], noun, find):
            return opener
        if not trailing and (near := self._near(some, noun, find)):
            return near
        often = max(some, key=lambda one: bisect_left(one.places, head), default=None)
        return often or self._foremost(find)

    def _foremost(self, find: Find) -> Bearer | None:
        """Return what a story speaks of most and is neither a person nor a place: a business that no word tells."""
        if find.form == "media":
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
        return not (one.given or one.sex or one.roles) and labels.isdisjoint(_NO_BODY)

    def _opener(self, first: int, noun: str, find: Find) -> Bearer | None:
        """Return the business that a sentence begins with: "Varn's shares fell, the company said"."""
        one = self._openers.get(first)
        return one if one and first < find.head and self._suits(one, noun, find) else None

    @lazy
    def _openers(self) -> dict[int, Bearer]:
        """The names that are no person's or place's and begin sentences, by where they do."""
        firsts, found = set(self._tokens.sentences), dict[int, Bearer]()
        for one in self._names.bearers:
            sure = one.full[1] - one.full[0] > 1 or not firsts.issuperset(one.places)  # no "Specifically"
            if one in self._named or (sure and self._is_unlike_people(one)):
                found.update({at: one for at in one.places if at in firsts and self._is_bare(at, one)})
        return found

    def _is_bare(self, at: int, one: Bearer) -> bool:
        """Tell whether no noun follows a name: "Varn's shares", "Varn has", not "the Varn analyst"."""
        ends = range(at + 1, min(at + one.full[1] - one.full[0] + 1, len(self._tokens)))
        return any(not self._tokens.labels(end).isdisjoint(_GOES_ON) for end in ends)

    def _near(self, some: list[Bearer], noun: str, find: Find) -> Bearer | None:
        """Return the last body that a sentence has named, else the first one of the sentence before."""
        head, first = find.head, self._tokens.sentence(find.head)[0]
        before = self._tokens.sentence(first - 2)[0] if first > 1 else first
        here = [one for one in some if one.last_before(head) >= first]
        if here:
            return max(here, key=lambda one: one.last_before(head))
        if opener := self._opener(before, noun, find):
            return opener
        told = [(one.places[bisect_left(one.places, before)], one) for one in some if one.last_before(head) >= before]
        return min(told, key=lambda pair: pair[0])[1] if told else None

    def _suits(self, one: Bearer, noun: str, find: Find) -> bool:
        called = self._noun_of(one)
        if called:
            return self._senses.meets(noun, called)
        outlet = self._names.kind(one) == "outlet" or "masthead" in self._tokens.labels(one.full[1] - 1)
        return outlet == (find.form == "media")

    @lazy
    def _named(self) -> list[Bearer]:
        """The names that are a body's by their words, or by what the text says beside them."""
        return [one for one in self._names.bearers if self._names.is_body(one.full) or self._is_told(one)]

    def _is_told(self, one: Bearer) -> bool:
        size = one.full[1] - one.full[0]
        if one.given or one.sex:  # "the drinks group Matthew Varn" is none the less a group
            return self._follows_body(one.places[0])
        if len(one.places) == size == 1:
            return False
        return any(self._is_body_beside(size, at) for at in one.places[:_FIRST])

    def _follows_body(self, at: int) -> bool:
        tokens = self._tokens
        labels = tokens.labels(at - 1) if at else frozenset[str]()
        return not labels.isdisjoint(("body", "general")) and CAPITAL not in labels

    def _is_body_beside(self, size: int, at: int) -> bool:
        """Tell whether a noun for a body stands before a name ("the oil firm Varn") or behind it and a comma."""
        tokens = self._tokens
        if self._follows_body(at):
            return True
        reach = range(at + 1, min(at + size + 1, len(tokens) - 1))
        end = next((index for index in reach if "comma" in tokens.labels(index)), None)
        if end is None:
            return False
        told = not tokens.labels(end + 1).isdisjoint(("indef", "one"))
        for index in range(end + 2, min(end + _CLAUSE, len(tokens))):
            labels = tokens.labels(index)
            told = told or "genitive" in labels  # "Varn, the country's largest firm"
            if not labels.isdisjoint(("body", "comma", "stop", "relative", "prep")):
                return told and "body" in labels
        return False
