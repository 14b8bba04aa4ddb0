"""Sources to entities: who was introduced, and whom a role, a pronoun or a short name stands for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from attrlint.article import Entity
from attrlint.bodies import Bodies
from attrlint.find import Find, Range
from attrlint.lazy import lazy
from attrlint.lexicon import CAPITAL
from attrlint.mentions import Introductions, Mentions
from attrlint.names import Bearer, Names, sex
from attrlint.pattern import Scan
from attrlint.segment import Tokens
from attrlint.senses import Introduction, Resolution

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
        return Introductions(tokens, self._resolution, scan, self._lemma, self._ties)

    def _ties(self, name: Range, at: int) -> bool:
        """Tell whether a name is a person's: "an official in Tibet", "the official Tibet Daily" tie nobody."""
        return self.names.may_be_person(name, before=name[0] < at) and not self._joins(at, name[0])

    def _joins(self, role: int, name: int) -> bool:
        """Tell whether another role stands between: "the president and the first lady, Jane Roe"."""
        labels = self._tokens.labels
        return any("and" in labels(at) and "det" in labels(at + 1) for at in range(role + 1, name - 1))

    @lazy
    def _mentions(self) -> Mentions:
        return Mentions(self._finds, self._lemma, self._senses)

    def _lemma(self, index: int) -> str:
        tokens, end = self._tokens, index + 1
        while end < len(tokens) and "continued" in tokens.labels(end):
            end += 1
        return self._senses.lemma(tokens.text(index, end))

    @lazy
    def names(self) -> Names:
        """The names in the text and whom each stands for."""
        return Names(self._tokens, self._resolution.names, self._senses)

    @lazy
    def _speaking(self) -> tuple[dict[Find, int], dict[str, tuple[int, Range]]]:
        """Who speaks under a common noun: ids by source; of bodies without a name ids and words, by these."""
        speaking: dict[Find, int] = {}
        bodies: dict[str, tuple[int, Range]] = {}
        known = Bodies(self._tokens, self.names, self._senses, self._lemma, self.introductions)
        for find in self._finds:
            alone = self._stands_for_itself(find)
            if find.source is None or not (alone or "general" in find.head_labels):  # "the group", unlike "the firm"
                continue
            meant = self.names.of(self._itself(find)) or known.meant(find)
            if isinstance(meant, Bearer):
                speaking[find] = meant.ident
            elif meant or alone:
                words = meant or (find.head - find.premodifiers, self._itself(find)[1])
                key = self._tokens.text(*words).lower()
                speaking[find] = bodies.setdefault(key, (len(self.names.bearers) + len(bodies), words))[0]
        return speaking, bodies

    def _stands_for_itself(self, find: Find) -> bool:
        return find.form in _BODIES or (find.form in _TEXTS and self.is_known(find))

    @staticmethod
    def _itself(find: Find) -> Range:
        return find.head, find.noun_end

    @lazy
    def entities(self) -> tuple[Entity, ...]:
        """Everybody and everything the article names or lets speak as a body; the fullest form is the name."""
        roles: dict[int, list[str]] = {}
        for introduction in self.introductions.every:
            known = self.entity_at(introduction.name)
            if known is not None and introduction.lemma not in roles.setdefault(known, []):
                roles[known].append(introduction.lemma)
        named = [self._describe(bearer, tuple(roles.get(bearer.ident, ()))) for bearer in self.names.bearers]
        return (*named, *(self._describe_body(ident, words) for ident, words in self._speaking[1].values()))

    def _describe(self, bearer: Bearer, roles: tuple[str, ...]) -> Entity:
        tokens, (start, end) = self._tokens, self.names.whole(bearer)
        name, kind = tokens.text(start, end), self.names.kind(bearer)
        return Entity(bearer.ident, name, kind, tokens.start(start), tokens.end(end), roles)

    def _describe_body(self, ident: int, words: Range) -> Entity:
        tokens, (start, end) = self._tokens, words
        return Entity(ident, tokens.text(start, end), "body", tokens.start(start), tokens.end(end))

    def entity_at(self, name: Range) -> int | None:
        """Return the id of whoever bears a name."""
        bearer = self.names.of(name)
        return None if bearer is None else bearer.ident

    def entity(self, find: Find) -> int | None:
        """Return the id of the entity that a source resolves to, or None."""
        if find.form == "pronoun":
            return self._antecedent(find)
        name = self._name_of(find)
        ident = self.entity_at(name) if name else None
        if ident is None or (find.form in _BODIES and self._gender(ident)):  # a body is neither he nor she
            ident = self._speaking[0].get(find)
        return ident

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
            elif other.form not in _BODIES and self._gender(other.entity) in ("", sex(labels)):
                return other.entity
        return None

    @lazy
    def _place(self) -> dict[Find, int]:
        return {find: index for index, find in enumerate(self._finds)}

    def _gender(self, ident: int) -> str:
        bearers = self.names.bearers
        return bearers[ident].sex if ident < len(bearers) else ""

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
        if self._is_introductory(find):
            roles = self._senses.like(lemma) if find.form == "expert" else {lemma}
            told = [one for role in roles for one in self.introductions.of(role)]
            if told:
                return min(told, key=lambda one: one.at).name
        if find.definite in ("definite", "possessive"):
            return self._look_back(find, lemma)
        after = self._named_after(find, lemma)
        return after[0] if len(after) > (find.number == "plural") else self._named_next(find)

    def _is_surname(self, find: Find) -> bool:
        """Tell whether a role word that begins a sentence is the surname of somebody named: "Joseph Sellers"."""
        alone = find.source == (find.head, find.head + 1) and CAPITAL in find.head_labels
        return alone and find.form in _TRADES and self.names.is_full((find.head, find.head + 1))

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
            find.form in tokens.labels(index)
            and not tokens.labels(index - 1).isdisjoint(("det", "poss", "genitive", CAPITAL))
            for index in range(find.head + 2, last)
        )

    def _is_introductory(self, find: Find) -> bool:
        """Tell whether a source may be vague because the story names it: in a headline, or in the style of one."""
        clipped = find.definite == "bare" and find.number == "singular" and "third" in find.cue_labels
        return clipped or self._tokens.kinds.is_introductory(find.anchor)

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
        first = start - _LIST + 1
        # "He left, and his spokesman said": nobody of the last sentence
        if find.definite in ("definite", "possessive"):
            first = max(first, self._tokens.sentence(start)[0])
        before = self.introductions.between(first, start) if joined else ()
        found = before or self.introductions.between(find.head, find.head + 1)
        return found[0].name if found else None

    def _listed(self, find: Find) -> Range | None:
        """Return a full name that a source begins with or is followed by: "Jane Roe and analysts"."""
        assert find.source is not None
        tokens, (start, end) = self._tokens, find.source
        first = self._resolution.names.fits(tokens.tags, start, find.head)
        if (
            first
            and tokens.labels(first.end()) & {"comma", "conj", "prep"}
            and "modifier" not in tokens.labels(first.end() - 1)  # "Trade and industry sources"
            and self.names.is_full(first.span())
        ):
            return first.span()
        if end + 1 >= len(tokens) or "and" not in tokens.labels(end) or CAPITAL in tokens.labels(end - 1):
            return None  # "an analyst with Varn Trust and Investment Co"
        return self.names.at(end + 1 + ("det" in tokens.labels(end + 1)), end + 6)

    def _aside(self, find: Find) -> Range | None:
        """Return a name in an aside ("the spokesman, John Kirby,"), or the first member after "including"."""
        assert find.source is not None
        tokens, end = self._tokens, find.source[1]
        end = find.anchor if end < find.anchor < end + _LIST else end
        if end < len(tokens) and "such-as" in tokens.labels(end):  # "criticism from politicians like Jane Roe"
            end = min(end + _LIST, tokens.sentence(find.head)[1])
        aside = False
        for index in range(find.head + 1, end):
            labels = self._tokens.labels(index)
            if "such-as" in labels:
                outlet = find.form == "media" and "outlet" in self._tokens.labels_in(index + 1, max(end, index + 2))
                # "Critics - including Norway": but not "ministers of countries including Norway".
                state = index <= find.noun_end + 1 and bool(self._tokens.labels(index + 1) & {"place", "bodyname"})
                return (index + 1, index + 2) if outlet or state else self.names.first(index + 1, end)
            if "naming" in labels and (called := self._resolution.names.search(self._tokens.tags, index, end)):
                return called.span()
            aside = aside or bool(labels & {"comma", "dash"})
            if aside and (name := self.names.at(index, end)):
                return name
        return None

    def _listed_before(self, find: Find) -> Range | None:
        """Return a name that stands before "and other critics", or a person's before "and colleagues"."""
        assert find.source is not None
        start = find.source[0]
        if find.definite == "bare" and "and" in find.last_labels:
            led = (one for one in self.names.every if one[1] == start - 1 and one[1] - one[0] > 1)
            person = next((one for one in led if self._tokens.labels(one[0]) & {"male", "female", "firstname"}), None)
            if person:
                return person
        if "more-of-kind" not in self._tokens.labels_in(start, find.head + 1):
            return None
        listed = max(self._tokens.sentence(start)[0], start - _LIST)
        return self.names.first(listed, find.head - 12)

    def _look_back(self, find: Find, lemma: str) -> Range | None:
        several = find.number == "plural" and find.form == "expert"

        def rank(one: Introduction) -> tuple[int, int]:
            if not self.names.is_told(one.name):
                return -1, 0
            bearer = self.names.of(one.name)
            return self._likeness(find, one.at), bearer.last_before(find.head) if bearer else one.at

        best = self.introductions.best(lemma, find.head, several, rank)
        if (
            best is None
            or not self.names.is_told(best.name)
            or (find.form in _BODIES and best.lemma != lemma)  # "the party" is no Republican
            or (best.at > find.head and not self._may_follow(best, find, lemma))
        ):
            return None
        since = best.at if best.at < find.head else find.head
        return None if self._mentions.spoke_between(lemma, since, find.head) else best.name

    def _likeness(self, find: Find, at: int) -> int:
        """Return how like the words before a role are to those before a source's: none, but for others, or the same."""
        tokens, size = self._tokens, find.premodifiers
        start = at - size
        if not size or start < 0:
            return 0
        pairs = zip(range(find.head - size, find.head), range(start, at), strict=True)
        same = sum(tokens.word(one).lower() == tokens.word(other).lower() for one, other in pairs)
        before = tokens.labels(start - 1) if start else frozenset[str]()
        narrowed = "modifier" in before or (CAPITAL in before and before <= {CAPITAL, "frequent", "commonest"})
        return 2 * same - (same > 0 and narrowed)

    def _may_follow(self, one: Introduction, find: Find, lemma: str) -> bool:
        """Tell whether the name of a definite role may follow: soon, and where the role was not spoken of before."""
        soon = one.at - find.head < _FORWARD_ONE and one.lemma == lemma
        return soon and self._first_place[self._tokens.word(find.head).lower()] == find.head

    @lazy
    def _first_place(self) -> dict[str, int]:
        """Where every word in lower case stands first."""
        tokens = self._tokens
        return {tokens.word(index).lower(): index for index in range(len(tokens) - 1, -1, -1)}

    def _named_after(self, find: Find, lemma: str) -> list[Range]:
        reach = find.head + (_FORWARD if find.number == "plural" else _FORWARD_ONE)
        if find.number != "plural" and "quote" in find.last_labels:  # the next quotation has a speaker of its own
            reach = min(reach, self._tokens.paragraph(find.anchor)[1])
        names = [one.name for one in self.introductions.between(find.head + 1, reach, lemma)]
        return names if len(names) < 2 else list({self.entity_at(name): name for name in names}.values())

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
        name = next((name for name in self.names.every if self.entity_at(name) == ident), None)
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
