"""Sources to entities: who was introduced, and whom a role, a pronoun or a short name stands for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from attrlint.article import Entity
from attrlint.find import Find, Range
from attrlint.lazy import lazy
from attrlint.lexicon import CAPITAL, Labels
from attrlint.mentions import Introductions, Mentions
from attrlint.pattern import Scan
from attrlint.segment import Tokens
from attrlint.senses import Resolution

_FORWARD = 90
"""How far after a general claim a name may still bear it out, in tokens: about the paragraph and the next one."""

_LIST = 20
"""How far before "and other critics" their names may begin, in tokens."""

_FORWARD_TEXT = 400
"""How far after a study or a report the article may return to it, in tokens."""

_FORWARD_ONE = 45
"""How far after an indefinite role its name may follow, in tokens: the same sentence or the next."""

_ANTECEDENTS = {
    "study": ("study", "paper"),
    "reports": ("reports", "paper", "media", "outlet"),
    "media": ("media", "outlet", "paper", "bodyname"),
    "document": ("paper", "reports", "study", "media", "outlet"),
}
"""What a definite text can refer back to, by the form of the source."""


_BODIES = frozenset({"body", "place", "outlet", "closed"})
"""Forms of sources that are somebody by their own noun: "the council", "the jury"."""

_TRADES = frozenset({"profession", "office", "kin"})
"""The forms of sources whose words are surnames as well."""

_TEXTS = frozenset({"media", "document", "study", "reports"})
"""Forms of sources that are somebody once the article says which: "the paper", "the report"."""


class Register:
    """Who is introduced in one article; every part is worked out when first asked for."""

    def __init__(self, tokens: Tokens, resolution: Resolution, finds: list[Find]) -> None:
        self._tokens = tokens
        self._resolution = resolution
        self._senses = resolution.senses
        self._finds = finds

    @lazy
    def introductions(self) -> Introductions:
        """The roles that the text ties to names."""
        tokens = self._tokens
        scan = Scan(self._resolution.introductions, tokens.tags, tokens.reversed_tags, tokens.every_labels)
        return Introductions(tokens, self._resolution, scan, self._lemma)

    @lazy
    def _mentions(self) -> Mentions:
        return Mentions(self._finds, self._lemma, self._senses)

    def _lemma(self, index: int) -> str:
        return self._senses.lemma(self._tokens.word(index))

    @lazy
    def _names(self) -> list[tuple[Range, str]]:
        """Every name in the text with the word it is short for: its last."""
        found = []
        end = 0
        while match := self._resolution.names.search(self._tokens.tags, end):
            start, end = match.span()
            if start + 1 == end and self._starts_sentence(start) and not self._is_repeated(start):
                continue
            found.append(((start, end), self._tokens.word(end - 1)))
        return found

    def _starts_sentence(self, index: int) -> bool:
        return self._tokens.sentence(index)[0] == index

    def _is_repeated(self, index: int) -> bool:
        return self._tokens.labels(index) == {CAPITAL}

    @lazy
    def _entity_of_key(self) -> dict[str, int]:
        keys: dict[str, int] = {}
        for _, key in self._names:
            keys.setdefault(key, len(keys))
        return keys

    @lazy
    def _longest(self) -> dict[int, Range]:
        """The fullest form of every name, by entity."""
        longest: dict[int, Range] = {}
        for name, key in self._names:
            ident = self._entity_of_key[key]
            if ident not in longest or name[1] - name[0] > longest[ident][1] - longest[ident][0]:
                longest[ident] = name
        return longest

    @lazy
    def _bodies(self) -> dict[str, tuple[int, Find]]:
        """The bodies that speak under a common noun ("the council"), by it: an id and where each first speaks."""
        bodies: dict[str, tuple[int, Find]] = {}
        for find in self._finds:
            if find.source and self._stands_for_itself(find) and self.entity_at(self._itself(find)) is None:
                bodies.setdefault(self._noun(find), (len(self._entity_of_key) + len(bodies), find))
        return bodies

    def _stands_for_itself(self, find: Find) -> bool:
        return find.form in _BODIES or (find.form in _TEXTS and self.is_known(find))

    def _noun(self, find: Find) -> str:
        """Return a source's head word and what stands before it, without determiners, in lower case."""
        return self._tokens.text(find.head - find.premodifiers, self._itself(find)[1]).lower()

    def _itself(self, find: Find) -> Range:
        end = find.head + 1
        while end < len(self._tokens) and "continued" in self._tokens.labels(end):
            end += 1
        return find.head, end

    @lazy
    def entities(self) -> tuple[Entity, ...]:
        """Everybody and everything the article names or lets speak as a body; the fullest form is the name."""
        roles: dict[int, list[str]] = {}
        for introduction in self.introductions.every:
            known = self.entity_at(introduction.name)
            if known is not None and introduction.lemma not in roles.setdefault(known, []):
                roles[known].append(introduction.lemma)
        named = [self._describe(ident, name, tuple(roles.get(ident, ()))) for ident, name in self._longest.items()]
        return (*named, *(self._describe_body(ident, find) for ident, find in self._bodies.values()))

    def _describe(self, ident: int, name: Range, roles: tuple[str, ...]) -> Entity:
        tokens = self._tokens
        labels = tokens.labels_in(*name)
        kind = "outlet" if "outlet" in labels else "body" if labels & {"bodyname", "body", "place"} else "person"
        return Entity(ident, tokens.text(*name), kind, tokens.start(name[0]), tokens.end(name[1]), roles)

    def _describe_body(self, ident: int, find: Find) -> Entity:
        tokens, end = self._tokens, self._itself(find)[1]
        start = find.head - find.premodifiers
        return Entity(ident, tokens.text(start, end), "body", tokens.start(start), tokens.end(end))

    def entity_at(self, name: Range) -> int | None:
        """Return the id of the entity with a name, by the name's last word."""
        return self._entity_of_key.get(self._tokens.word(name[1] - 1))

    def entity(self, find: Find) -> int | None:
        """Return the id of the entity that a source resolves to, or None."""
        if find.form == "pronoun":
            return self._antecedent(find)
        name = self._name_of(find)
        ident = self.entity_at(name) if name else self.entity_at(self._itself(find))
        if ident is not None and (name or self._stands_for_itself(find)):
            return ident
        body = self._bodies.get(self._noun(find)) if self._stands_for_itself(find) else None
        return body[0] if body else None

    def _antecedent(self, find: Find) -> int | None:
        """Return the entity that a pronoun stands for: who spoke last before it and agrees with it."""
        labels = self._tokens.labels(find.head)
        if "person-pronoun" not in labels:
            return None
        for place in range(self._place[find] - 1, -1, -1):
            other = self._finds[place]
            if other.source is None or other.quoted or other.entity is None:
                continue
            if "they" in labels:
                if other.number == "plural" or other.form in _BODIES:
                    return other.entity
            elif other.form not in _BODIES and self._gender(other.entity) in ("", self._sex(labels)):
                return other.entity
        return None

    @lazy
    def _place(self) -> dict[Find, int]:
        return {find: index for index, find in enumerate(self._finds)}

    def _gender(self, ident: int) -> str:
        name = self._longest.get(ident)
        return self._sex(self._tokens.labels_in(*name)) if name else ""

    @staticmethod
    def _sex(labels: Labels) -> str:
        """Return "m" or "f" as a name or a pronoun tells it, empty when it tells neither or both."""
        he, she = bool(labels & {"male", "masculine"}), bool(labels & {"female", "feminine"})
        return "" if he == she else "m" if he else "f"

    def is_known(self, find: Find) -> bool:
        """Tell whether the text identifies a source."""
        return self._name_of(find) is not None

    def _name_of(self, find: Find) -> Range | None:
        """Return the words that identify a source: a name in it, near it or earlier, or the source's own head."""
        itself = self._itself(find)
        if find.form in ("name", "pronoun"):
            return itself
        if self._is_surname(find):
            return itself
        inside = self._name_in(find)
        if inside is not None:
            return inside
        if find.form in ("media", "study", "reports", "document"):
            owned = find.body in ("before", "after") or (find.form == "study" and find.body == "common")
            return itself if owned or self._is_known_text(find) else None
        lemma = self._lemma(find.head)
        if self._is_introductory(find) and (told := self.introductions.of(lemma)):
            return told[0].name
        if find.definite in ("definite", "possessive"):
            return self._look_back(find, lemma)
        after = self._named_after(find, lemma)
        return after[0] if len(after) > (find.number == "plural") else self._named_next(find)

    def _is_surname(self, find: Find) -> bool:
        """Tell whether a role word that begins a sentence is the surname of somebody named: "Joseph Sellers"."""
        alone = find.source == (find.head, find.head + 1) and CAPITAL in find.head_labels
        return alone and find.form in _TRADES and self._is_full_name((find.head, find.head + 1))

    def _is_full_name(self, name: Range) -> bool:
        """Tell whether a name has several words here or elsewhere in the text."""
        ident = self.entity_at(name)
        longest = self._longest.get(ident, name) if ident is not None else name
        return max(name[1] - name[0], longest[1] - longest[0]) > 1

    def _is_known_text(self, find: Find) -> bool:
        """Tell whether a publication or a study is one the article identifies: "the paper", or one it returns to."""
        if find.definite in ("definite", "possessive"):
            return (find.form != "media" or "plural" not in find.head_labels) and self._is_mentioned(find)
        if "plural" in find.head_labels or find.definite == "quantified":
            return False
        tokens, last = self._tokens, min(find.head + _FORWARD_TEXT, len(self._tokens))
        reach = _FORWARD if self._is_introductory(find) else _FORWARD_ONE
        if any(self._is_institution(index) for index in range(find.head + 1, min(find.head + reach, len(tokens)))):
            return True
        return any(
            find.form in tokens.labels(index) and not tokens.labels(index - 1).isdisjoint(("det", "poss", "genitive"))
            for index in range(find.head + 2, last)
        )

    def _is_introductory(self, find: Find) -> bool:
        return self._tokens.kinds.is_introductory(find.anchor)

    def _is_institution(self, index: int) -> bool:
        labels = self._tokens.labels(index)
        return "bodyname" in labels or ("body" in labels and CAPITAL in labels)

    def _is_mentioned(self, find: Find) -> bool:
        """Tell whether a text of the kind, or a body that could have published it, stands before a source."""
        tokens, lemma = self._tokens, self._lemma(find.head)
        return any(
            not tokens.labels(index).isdisjoint(_ANTECEDENTS[find.form])
            and (find.number == "singular" or find.head - index < _FORWARD_ONE or self._lemma(index) == lemma)
            for index in range(find.head)
        )

    def _name_in(self, find: Find) -> Range | None:
        """Return a name that the source's own words give: its own, one in a list, an apposition, or a member."""
        return self._introduced(find) or self._listed(find) or self._aside(find) or self._listed_before(find)

    def _introduced(self, find: Find) -> Range | None:
        """Return the name that a source's role is tied to, or that of the role it is joined to by "and"."""
        assert find.source is not None
        start = find.source[0]
        joined = start > 0 and find.number == "singular" and "and" in self._tokens.labels(start - 1)
        before = self.introductions.between(start - _LIST + 1, start) if joined else ()
        found = before or self.introductions.between(find.head, find.head + 1)
        return found[0].name if found else None

    def _listed(self, find: Find) -> Range | None:
        """Return a full name that a source begins with or is followed by: "Jane Roe and analysts"."""
        assert find.source is not None
        tokens, (start, end) = self._tokens, find.source
        first = self._resolution.names.fits(tokens.tags, start, find.head)
        if first and tokens.labels(first.end()) & {"comma", "conj", "prep"} and self._is_full_name(first.span()):
            return first.span()
        if end + 1 >= len(tokens) or "and" not in tokens.labels(end):
            return None
        return self._name_at(end + 1 + ("det" in tokens.labels(end + 1)), end + 6)

    def _aside(self, find: Find) -> Range | None:
        """Return a name in an aside ("the spokesman, John Kirby,"), or the first member after "including"."""
        assert find.source is not None
        end = find.source[1]
        end = find.anchor if end < find.anchor < end + _LIST else end
        aside = False
        for index in range(find.head + 1, end):
            labels = self._tokens.labels(index)
            if "such-as" in labels:
                outlet = find.form == "media" and "outlet" in self._tokens.labels_in(index + 1, max(end, index + 2))
                # "Critics - including Norway": but not "ministers of countries including Norway".
                state = index <= find.noun_end + 1 and bool(self._tokens.labels(index + 1) & {"place", "bodyname"})
                return (index + 1, index + 2) if outlet or state else self._first_name(index + 1, end)
            if "naming" in labels and (called := self._resolution.names.search(self._tokens.tags, index, end)):
                return called.span()
            aside = aside or bool(labels & {"comma", "dash"})
            if aside and (name := self._name_at(index, end)):
                return name
        return None

    def _listed_before(self, find: Find) -> Range | None:
        """Return a name that stands before "and other critics"."""
        assert find.source is not None
        start = find.source[0]
        if "more-of-kind" not in self._tokens.labels_in(start, find.head + 1):
            return None
        listed = max(self._tokens.sentence(start)[0], start - _LIST)
        return self._first_name(listed, find.head - 12)

    def _name_at(self, index: int, end: int) -> Range | None:
        """Return the name of two words or more that begins at an index, unless a preposition governs it."""
        if "prep" in self._tokens.labels(index - 1):
            return None
        if "det" in self._tokens.labels(index):
            index += 1
        match = self._resolution.names.fits(self._tokens.tags, index, end)
        return match.span() if match and match.end() - match.start() > 1 else None

    def _first_name(self, start: int, end: int) -> Range | None:
        last = min(end + 12, len(self._tokens))
        while (
            match := self._resolution.names.search(self._tokens.tags, start, last)
        ) and match.end() == match.start() + 1:
            start = match.end()
        return match.span() if match else None

    def _look_back(self, find: Find, lemma: str) -> Range | None:
        several = find.number == "plural" and find.form == "expert"
        best = self.introductions.nearest(lemma, find.head, any_expert=several)
        if best is None or best.at - find.head >= _FORWARD_ONE:
            return None
        since = best.at if best.at < find.head else find.head
        return None if self._mentions.spoke_between(lemma, since, find.head) else best.name

    def _named_after(self, find: Find, lemma: str) -> list[Range]:
        reach = find.head + (_FORWARD if find.number == "plural" else _FORWARD_ONE)
        near = self.introductions.between(find.head + 1, reach, lemma)
        return list({self.entity_at(one.name): one.name for one in near}.values())

    def _named_next(self, find: Find) -> Range | None:
        """Return the full name of whoever speaks next after a story's first paragraph: it often keeps the name back."""
        if find.number != "singular" or find.quoted or "indef" not in find.lead_labels or not self._is_first(find):
            return None
        following = islice(self._finds, self._place[find] + 1, None)
        other = next((one for one in following if one.source and not one.quoted and one.form != "pronoun"), None)
        if other is None or other.anchor - find.anchor > _FORWARD:
            return None
        itself = self._itself(other) if other.form == "name" else self._name_in(other)
        ident = self.entity_at(itself) if itself else None
        name = next((name for name, key in self._names if self._entity_of_key[key] == ident), None)
        if name is None or name[0] < find.anchor or name[1] - name[0] < 2:
            return None
        roles = [one.lemma for one in self.introductions.every if self.entity_at(one.name) == ident]
        alike = not roles or any(self._senses.meets(self._lemma(find.head), role) for role in roles)
        person = self._tokens.labels_in(*name).isdisjoint(("outlet", "bodyname", "body", "place"))
        return name if person and (alike or find.body in ("before", "after")) else None

    def _is_first(self, find: Find) -> bool:
        """Tell whether an attribution stands in the first paragraph, or in the second behind a headline."""
        tokens = self._tokens
        start = tokens.paragraph(find.anchor)[0]
        headed = start > 0 and tokens.paragraph(start - 2)[0] == 0 and "stop" not in tokens.labels_in(0, start)
        return start == 0 or headed

    def kind_of_source(self, find: Find) -> str:
        """Return a key that two mentions of the same unnamed people share: their role and the names in front of it."""
        tokens = self._tokens
        before = range(find.head - find.premodifiers, find.head)
        names = [tokens.word(index) for index in before if CAPITAL in tokens.labels(index)]
        return " ".join([*names, find.number, self._lemma(find.head)]).casefold()

    def partly(self, find: Find) -> bool:
        """Tell whether one member of a group is named right after its claim."""
        return find.number == "plural" and len(self._named_after(find, self._lemma(find.head))) == 1

    def earlier(self, find: Find) -> Iterator[Find]:
        """Yield the earlier mentions of the unnamed source that speaks again in a find, in the order of the text."""
        return self._mentions.earlier(find) if find.definite == "definite" else iter(())
