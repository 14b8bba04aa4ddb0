"""Names to their bearers: which names of an article stand for the same person or body."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from attrlint.find import Range
from attrlint.fullnames import whole
from attrlint.lazy import lazy
from attrlint.lexicon import CAPITAL, CONTINUED, Labels
from attrlint.pattern import Side
from attrlint.segment import Tokens
from attrlint.senses import Senses

_GIVEN = frozenset({"male", "female", "firstname"})
_ROLES = frozenset("expert official office profession kin person partisan spokes closed-group".split())
_BODIES = frozenset({"body", "bodyname", "outlet", "incorporated"})
_TITLES = frozenset({"office", "official", "honorific"})
_BESIDE = _ROLES | _BODIES | {"honorific", "modifier", "place", "nationality", "metonym", CONTINUED}
"""The labels of capitalised words that stand before a person's name and are no part of it."""

_NO_PERSON = frozenset({"place", "body", "bodyname", "nationality", "metonym", "month", "weekday"})
"""The labels of capitalised words that are no name of a person by themselves."""

_SAYS = frozenset({"speech", "third"})

_PLAIN = frozenset({CAPITAL, "frequent", "bodyname", "outlet"})
"""The labels of a word that can stand for the name it begins."""

_INITIALS = 2
"""A name of more words than this can be spoken of by its initials."""


class Bearer:
    """A person or a body with a name: its fullest form, the first name in it, the roles that stand before it."""

    def __init__(self, ident: int, name: Range) -> None:
        self.ident = ident
        self.full = name
        self.given = ""
        self.sex = ""
        self.roles: set[str] = set()
        self.places: list[int] = []
        """Where the names that stand for it begin, as indices of tokens."""
        self.sibling = False
        """Whether it is named beside another one of the same surname, for whom alone the surname does not stand."""

    def last_before(self, index: int) -> int:
        """Return where a name that stands for it begins last before a token, -1 where none does."""
        at = bisect_left(self.places, index)
        return self.places[at - 1] if at else -1


class Names:
    """The names in one article and whom each stands for."""

    def __init__(self, tokens: Tokens, pattern: Side, senses: Senses) -> None:
        self._tokens = tokens
        self._pattern = pattern
        self._senses = senses
        self._cores: dict[Range, Range] = {}

    @lazy
    def every(self) -> list[Range]:
        """Every name in the order of the text; those of headlines only where the text has none."""
        found = list(self._found())
        told = [name for name in found if not self._is_headline(name[0])]
        if told or not all(self._is_headline(index) for index in self._tokens.sentences if index < len(self._tokens)):
            return told
        return found

    def _found(self) -> Iterator[Range]:
        end, tokens = 0, self._tokens
        while match := self._pattern.search(tokens.tags, end):
            start, end = match.span()
            if end - start > _INITIALS:
                end = self._firm_end(start, end)
            single = start + 1 == end
            if single and "incorporated" in tokens.labels(start):
                continue
            if not single or not self._opens(start) or tokens.labels(start) == {CAPITAL}:
                yield start, end

    def _firm_end(self, start: int, end: int) -> int:
        """Return where a firm's name ends before an officer: "Varn Inc. Chief Executive Jane Roe"."""
        for at in range(start + 1, end - 1):
            if "incorporated" in self._tokens.labels(at) and not self._tokens.labels(at + 1).isdisjoint(_ROLES):
                return at + 1
        return end

    def _opens(self, index: int) -> bool:
        """Tell whether a word opens a sentence, be it behind a quotation mark: its capital may mean nothing else."""
        first = self._tokens.sentence(index)[0]
        return index == first or (index == first + 1 and "quote" in self._tokens.labels(first))

    def _is_headline(self, index: int) -> bool:
        return self._tokens.kinds.of(index) == "headline"

    @lazy
    def bearers(self) -> list[Bearer]:
        """Everybody and everything that bears a name, by id, in the order of the text."""
        self._bearer_at: dict[int, Bearer] = {}
        self._short: dict[str, Bearer] = {}
        self._bearers_of: dict[str, list[Bearer]] = {}
        every: list[Bearer] = []
        for name in sorted(self.every, key=self._rank):
            bearer = self._known(name)
            if bearer is None:
                bearer = Bearer(len(every), name)
                every.append(bearer)
                self._bearers_of.setdefault(self._key(name), []).append(bearer)
            self._note(bearer, name)
            self._bearer_at[name[0]] = bearer
        every.sort(key=lambda bearer: min(bearer.places))
        for ident, bearer in enumerate(every):
            bearer.ident = ident
        self._note_openings()
        return every

    def _rank(self, name: Range) -> int:
        """Return when a name is read: full ones first, for which surnames stand, then those that tell the sex."""
        return 0 if self._given(name) else 1 if self._sex(name) else 2

    def _note_openings(self) -> None:
        """Note where known names open sentences, which does not make a word a name by itself."""
        tokens = self._tokens
        for index in tokens.sentences:
            if index < len(tokens) and CAPITAL in tokens.labels(index) and index not in self._bearer_at:
                bearer = self._known((index, index + 1))
                if bearer:
                    bearer.places.append(index)
        for places in {
            id(bearer): bearer.places for bearers in self._bearers_of.values() for bearer in bearers
        }.values():
            places.sort()

    @lazy
    def _starts(self) -> list[int]:
        return [start for start, _ in self.every]

    def of(self, name: Range) -> Bearer | None:
        """Return who bears a name or the end of one: whom its place tells, elsewhere whoever has its last word."""
        if not self.bearers:
            return None
        at = bisect_right(self._starts, name[1] - 1) - 1
        if at >= 0 and name[1] <= self.every[at][1]:
            return self._bearer_at[self._starts[at]]
        return self._known(name)

    def _known(self, name: Range) -> Bearer | None:
        """Return the bearer met before whom a name can stand for."""
        bearers = self._bearers_of.get(self._key(name), []) or self._without_suffix(name)
        given = self._given(name)
        if given:
            sex, lone = self._sex(name), not self._is_sibling(name)
            same = [one for one in bearers if self._is_short_for(one.given, given) and sex in ("", one.sex or sex)]
            return next((one for one in same if lone or one.sibling), None)
        bearers = [one for one in bearers if not one.sibling and (one.given or self._is_alike(one, name))]
        if len(bearers) > 1 and (roles := self._roles(name)):
            alike = [one for one in bearers if one.roles & roles] or [one for one in bearers if not one.roles]
            if sum(bool(one.given) and not one.roles & roles for one in alike) > 1:
                alike = [one for one in alike if not one.given]  # President Roe is neither Ann nor Jane Roe
            bearers = sorted(alike, key=lambda one: bool(one.given))  # "Jane Roe", "Mr Roe": he is President Roe
        if name[1] - name[0] == 1 and (body := self._short.get(self._tokens.word(name[0]))):
            bearers = [one for one in bearers if min(one.places) < body.full[0]]  # the chairman of his family's firm
        if sex := self._sex(name):
            bearers = [one for one in bearers if one.sex in ("", sex)]
        if bearers:
            return bearers[0]
        return self._short.get(self._tokens.text(*(name if name[1] - name[0] == 1 else self._bare(name))))

    def _is_alike(self, one: Bearer, name: Range) -> bool:
        """Tell whether two names with the same last word can be one body's: not "Varn Water" and "South Orme Water"."""
        (start, end), size = self.core(one.full), name[1] - name[0]
        if end - start == 1 or size == 1 or self._is_place(name[0]):  # "Japan" is no "Varn Japan"
            return end - start == size or self._tokens.labels(end - 1).isdisjoint(("place", "metonym", CONTINUED))
        words, others = self._own_words(name), self._own_words(one.full)
        return words <= others or others <= words

    def _is_place(self, index: int) -> bool:
        return "place" in self._tokens.labels(index) and CONTINUED in self._tokens.labels(index + 1)

    def _own_words(self, name: Range) -> set[str]:
        tokens, (start, end) = self._tokens, self.core(name)
        beside = _BESIDE - {"place", "nationality"}
        return {tokens.word(at) for at in range(start, end) if at == end - 1 or tokens.labels(at).isdisjoint(beside)}

    def _bare(self, name: Range) -> Range:
        """Return the last word of a name where only an office or a form of address stands before it: "Mr Tang"."""
        start, end = name
        titled = all(self._tokens.labels(at) & _TITLES for at in range(start, end - 1))
        return (end - 1, end) if titled else name

    def _without_suffix(self, name: Range) -> list[Bearer]:
        """Return the bodies met before by a name without its "Inc."."""
        text, end = self._tokens.text, self._before_suffix(name)
        bearers = self._bearers_of.get(text(end - 1, end), ()) if end < name[1] else ()
        return [one for one in bearers if text(*one.full) == text(name[0], end)]

    def _shorten(self, bearer: Bearer, name: Range) -> None:
        """Note the short forms of a body: its first word, its last one, its initials and what follows in brackets."""
        tokens, (start, end) = self._tokens, self.core(name)
        words = [tokens.word(index) for index in range(start, end)]
        if end + 2 < len(tokens) and "paren-open" in tokens.labels(end) and "paren-close" in tokens.labels(end + 2):
            words = [*words, tokens.word(end + 1)] if tokens.word(end + 1)[0] == words[0][0] else words
            self._short.setdefault(words[-1], bearer)
        if end - start == 1:
            return
        stop = self._before_suffix(name)
        for short in (tokens.text(start, stop), tokens.word(stop - 1)) if stop < end else ():  # "Varn Oil Inc."
            self._short.setdefault(short, bearer)
        if end - start > _INITIALS:
            self._short.setdefault("".join(word[0] for word in words[: end - start]), bearer)
        if tokens.labels(start) <= _PLAIN:
            self._short.setdefault(words[0], bearer)
        if "body" in tokens.own_labels(end - 1):
            self._short[words[end - start - 1]] = bearer

    def _note(self, bearer: Bearer, name: Range) -> None:
        given = self._given(name)
        bearer.places.append(name[0])
        bearer.given = bearer.given or given
        bearer.sex = bearer.sex or self._sex(name) or sex(self._tokens.labels_in(*name))
        bearer.roles |= self._roles(name)
        bearer.sibling = bearer.sibling or bool(given and self._is_sibling(name))
        if not given and (name[1] - name[0] > 1 or self.is_body(name)):
            self._shorten(bearer, name)
        core, full = self.core(name), self.core(bearer.full)
        known = full[1] - full[0] == 1 and not self._tokens.labels(full[0]).isdisjoint(("bodyname", "outlet"))
        known = known or "partisan" in self._tokens.labels(full[1] - 1)  # no "Leeds Tories"
        fuller = core[1] - core[0] > full[1] - full[0] and (not known or given)
        if fuller or (not given and core[1] - core[0] == 1 < full[1] - full[0] and self._is_more(full, core[0])):
            bearer.full = name

    def _is_more(self, full: Range, alone: int) -> bool:
        """Tell whether a name has words after a known one that are no part of it: "CNN President", "Apple iPods"."""
        tokens = self._tokens
        known = not tokens.labels(alone).isdisjoint(("bodyname", "outlet"))
        begins = known and tokens.word(full[0]) == tokens.word(alone)
        return begins and tokens.labels(full[1] - 1).isdisjoint(_BODIES | {"suffix", CONTINUED})

    def whole(self, bearer: Bearer) -> Range:
        """Return the fullest name of somebody, a body's with what belongs to it: "Department of Trade"."""
        core = self.core(bearer.full)
        return core if bearer.given else whole(self._tokens, core, min(bearer.places))

    def core(self, name: Range) -> Range:
        """Return a person's name without the office, the place or the body that stands before the first name."""
        found = self._cores.get(name)
        if found is None:
            found = self._cores[name] = self._core(*name)
        return found

    def _core(self, start: int, end: int) -> Range:
        last = start
        for index in range(start, end - 1):
            labels = self._tokens.labels(index)
            if not labels.isdisjoint(_GIVEN) and "honorific" not in labels:
                return index, end
            if not labels.isdisjoint(_ROLES | {"honorific"}):
                last = index + 1
            elif labels.isdisjoint(_BESIDE) and not self._is_office(index + 1):
                break
        return (last, end) if end - last > 1 else (start, end)

    def _is_office(self, index: int) -> bool:
        return not self._tokens.labels(index).isdisjoint(("office", "official"))

    def is_body(self, name: Range) -> bool:
        """Tell whether a name is a body's, by what the words in it are."""
        tokens, (start, end) = self._tokens, self.core(name)
        if not tokens.labels(start).isdisjoint(_GIVEN | {"honorific"}) and end - start > 1:
            return not tokens.labels(end - 1).isdisjoint(("body", "incorporated"))
        if end - start > 1 and "masthead" in tokens.labels(end - 1):
            return True
        return not tokens.labels_in(start, end).isdisjoint(_BODIES)

    def _given(self, name: Range) -> str:
        start, end = self.core(name)
        named = end - start > 1 and not self._tokens.labels(start).isdisjoint(_GIVEN)
        return self._tokens.word(start) if named and not self.is_body(name) else ""

    def _key(self, name: Range) -> str:
        """Return what two names of one bearer share: a person's last word, all words of a body's."""
        tokens, start, end = self._tokens, name[0], self._before_suffix(name)
        firm = end < name[1] and "incorporated" in tokens.labels(end)
        whole = end - start > 1 and (firm or "body" in tokens.own_labels(end - 1))
        return tokens.text(start if whole else end - 1, end)

    def _before_suffix(self, name: Range) -> int:
        """Return where a name ends without "Jr." or "Inc."."""
        start, end = name
        while end - start > 1 and not self._tokens.labels(end - 1).isdisjoint(("suffix", "incorporated")):
            end -= 1
        return end

    def _is_sibling(self, name: Range) -> bool:
        """Tell whether a name follows another first name and "and": "Ann and Jane Roe"."""
        tokens, start = self._tokens, name[0]
        return start > 1 and "and" in tokens.labels(start - 1) and self._is_lone_given(start - 2)

    def _is_lone_given(self, index: int) -> bool:
        labels = self._tokens.labels(index)
        return not labels.isdisjoint(_GIVEN) and (index == 0 or CAPITAL not in self._tokens.labels(index - 1))

    def _is_short_for(self, one: str, other: str) -> bool:
        """Tell whether two first names can be one person's: "Joe" and "Joseph", "Bill" and "William"."""
        return one[:1] == other[:1] or self._senses.meets(one.lower(), other.lower())

    def _roles(self, name: Range) -> set[str]:
        """Return the roles that stand before a name, as part of it or in lower case: "President Roe"."""
        tokens, (core, end) = self._tokens, self.core(name)
        stop = core if core > name[0] else end - 1
        first = max(0, name[0] - 1)
        while first and CONTINUED in tokens.labels(first):  # "chief executive Ann Roe"
            first -= 1
        places = range(first, stop)
        return {self._senses.lemma(tokens.word(at)) for at in places if not tokens.labels(at).isdisjoint(_ROLES)}

    def _sex(self, name: Range) -> str:
        start, end = self.core(name)
        return sex(self._tokens.labels_in(start, end - 1))

    def is_full(self, name: Range) -> bool:
        """Tell whether a name has several words here or elsewhere in the text."""
        bearer = self.of(name) if name[1] - name[0] == 1 else None
        full = bearer.full if bearer else name
        return full[1] - full[0] > 1

    def at(self, index: int, end: int) -> Range | None:
        """Return the name of two words or more that begins at an index, unless a preposition governs it."""
        before = index - 1 - ("det" in self._tokens.labels(index - 1))
        if "prep" in self._tokens.labels(before):
            return None
        if "det" in self._tokens.labels(index):
            index += 1
        match = self._pattern.fits(self._tokens.tags, index, end)
        return match.span() if match and match.end() - match.start() > 1 else None

    def first(self, start: int, end: int) -> Range | None:
        """Return the first name of two words or more in a range and the twelve tokens behind it."""
        last = min(end + 12, len(self._tokens))
        while (match := self._pattern.search(self._tokens.tags, start, last)) and match.end() == match.start() + 1:
            start = match.end()
        return match.span() if match else None

    def may_be_person(self, name: Range, before: bool) -> bool:
        """Tell whether a name before or after a role may be a person's."""
        if name[1] - name[0] == 1 and not self._tokens.labels(name[0]).isdisjoint(_NO_PERSON):
            return False
        if any(self._tokens.labels(index) >= _SAYS for index in range(*name)):  # "Mayor's Son Says", in capitals
            return False
        return before or not self.is_body(name)

    def is_told(self, name: Range) -> bool:
        """Tell whether a name stands in the story itself: in a headline, where every word may have a capital, again."""
        tokens = self._tokens
        if not self._is_headline(name[0]):
            return True
        return tokens.text(*name) in tokens.text(tokens.paragraph(name[0])[1], len(tokens))

    def kind(self, bearer: Bearer) -> str:
        """Return "person", "body" or "outlet"."""
        labels = self._tokens.labels_in(*self.core(bearer.full))
        if bearer.given and not self.is_body(bearer.full):
            return "person"
        return "outlet" if "outlet" in labels else "body" if labels & (_BODIES | {"place"}) else "person"


def sex(labels: Labels) -> str:
    """Return "m" or "f" as a name or a pronoun tells it, empty when it tells neither or both."""
    he, she = bool(labels & {"male", "masculine"}), bool(labels & {"female", "feminine"})
    return "" if he == she else "m" if he else "f"
