"""One attribution as a pattern found it, and everything that follows from its words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Protocol

from attrlint.forms import Forms
from attrlint.lazy import lazy
from attrlint.lexicon import CAPITAL, NUMBER, PARAGRAPH, Labels
from attrlint.segment import Tokens

Range = tuple[int, int]


WITH_CLAUSE = "with-clause"
"""The label a cue gets when a reported clause follows it."""

_LEADING = frozenset({"det", "indef", "one", "quant", "noneof", "poss", "number", "percentage", "of", "continued"})
"""The labels of the determiners that a source can begin with."""


class Resolver(Protocol):
    """Works out whom a source stands for."""

    def entity(self, find: Find) -> int | None:
        """Return the id of the entity that a source resolves to."""

    def is_known(self, find: Find) -> bool:
        """Tell whether the text identifies a source."""

    def kind_of_source(self, find: Find) -> str:
        """Return a key that two mentions of the same unnamed people share: their role and the names before it."""

    def partly(self, find: Find) -> bool:
        """Tell whether one member of a group is named right after its claim."""

    def earlier(self, find: Find) -> Iterator[Find]:
        """Yield the earlier mentions of the unnamed source that speaks again here."""


class Find:
    """One attribution as a pattern found it: ranges of tokens, and what follows from them, worked out when asked."""

    resolver: Resolver
    company: Sequence[Find]

    def __init__(
        self,
        tokens: Tokens,
        forms: Forms,
        pattern: str,
        anchor: int,
        cue: Range | None,
        source: Range | None,
        head: int,
    ) -> None:
        self.tokens = tokens
        self.forms = forms
        self.pattern = pattern
        self.anchor = anchor
        self.cue = cue
        self.source = source
        self.head = head
        self.shared = False
        self.tail: Range | None = None
        self.also: Range | None = None
        self.who: Range | None = None
        self.via: Range | None = None

    @property
    def shares(self) -> bool:
        """Whether the cue takes its source from what was said before in the sentence."""
        return self.pattern in self.forms.sharing

    @property
    def raises(self) -> bool:
        """Whether the subject of the cue is part of what is said: "The plan is widely seen as a mistake"."""
        return self.pattern in self.forms.raising

    def share(self, source: Range | None, head: int) -> None:
        """Take over a source from another attribution of the sentence."""
        self.take(source, head)
        self.shared = True

    def take(self, source: Range | None, head: int) -> None:
        """Take a source that the pattern did not find: the subject of the sentence."""
        self.source, self.head = source, head
        self.__dict__.pop("head_labels", None)  # those of no head, asked for before there was one

    @property
    def range(self) -> Range:
        """The tokens from the first of source and cue to the last."""
        source, cue = None if self.shared else self.source, self.cue
        if source is None:
            assert cue is not None
            return cue
        return source if cue is None else (min(source[0], cue[0]), max(source[1], cue[1]))

    @lazy
    def head_labels(self) -> Labels:
        """The labels of the source's head word."""
        return self.tokens.labels(self.head) if self.source else frozenset()

    @lazy
    def cue_labels(self) -> Labels:
        """The labels of the word the pattern is anchored on; where that is the source, of the cue before it.

        "with-clause" is among them where a reported clause follows, or "what" precedes: "what aides called a win".
        """
        first = self.cue[0] if self.cue and self.source and self.cue[0] < self.source[0] else self.anchor
        labels = self.tokens.labels(first if self.anchor == self.head else self.anchor)
        told = self.source is not None and "what" in self.last_labels and "third" not in labels
        return labels | {WITH_CLAUSE} if told or "that" in self.next_labels else labels

    @lazy
    def last_labels(self) -> Labels:
        """The labels of the word before source and cue."""
        start = self.range[0]
        return self.tokens.labels(start - 1) if start else frozenset()

    @lazy
    def next_labels(self) -> Labels:
        """The labels of the word after the cue."""
        end = self.core[1] if self.cue else self.range[1]
        return self.tokens.labels(end) if end < len(self.tokens) else frozenset()

    @lazy
    def core(self) -> Range:
        """The cue without the time and the occasion after it."""
        assert self.cue is not None
        return self.cue if self.tail is None else (self.cue[0], self.tail[0])

    @lazy
    def described(self) -> bool:
        """Whether the source has more words than determiners and its head."""
        if self.source is None:
            return False
        end = self.head + 1
        while end < self.source[1] and "continued" in self.tokens.labels(end):
            end += 1
        between = range(self.source[0] + len(self._lead), self.head)
        told = any("undescribing" not in self.tokens.labels(index) for index in between)
        return told or end < self.source[1] or end > self.head + 1

    @lazy
    def kind(self) -> str:
        """The class of the cue."""
        return self.forms.cues.first(self.cue_labels, "other")

    @lazy
    def form(self) -> str:
        """What the source looks like; "none" without one."""
        if self.source is None:
            return "none"
        labels = self.head_labels
        if CAPITAL in labels and self._is_part_of_name(labels):
            return "name"
        return self.forms.sources.first(labels, "name" if CAPITAL in labels else "other")

    def _is_part_of_name(self, labels: Labels) -> bool:
        """Tell whether a capitalised role word is a name ("said Potter", "Jane Baker") and no role."""
        if labels & {"bodyname", "outlet", "pronoun", "metonym"}:
            return False
        assert self.source is not None
        counted = "partisan" in labels and not self.lead_labels.isdisjoint((NUMBER, "counted"))
        if counted or (self._lead and "demonym" in labels):
            return False  # "another North Korean", "three House Democrats"
        if "continued" in self.tokens.labels(self.head + 1) and self.tokens.word(self.head + 1)[0].isupper():
            return True
        at, first = self.head - 1, self.source[0] + len(self._lead)
        while at > first and "continued" in self.tokens.labels(at):  # "Red Crescent Societies"
            at -= 1
        before = self.tokens.labels(at) if self.head > self.source[0] else frozenset()
        word = self.tokens.word(self.head)
        if word[:2].isupper() and (self._lead or self.source[0] == self.head):
            return False  # "a Tory MP", "several MPs", but "Jane Roe MP"
        if before and before.isdisjoint(("det", "indef", "one")):
            return not before.isdisjoint((CAPITAL, NUMBER))
        if self.head > self.source[0]:
            return False
        quotation = self.tokens.quotation(self.head)
        opens = self.head in (self.tokens.sentence(self.head)[0], quotation.start + 1 if quotation else -1)
        # "Reeve said": without "a" or "the" one person's role is a name, but for headlines.
        alone = labels & {"office", "profession", "kin", "person"} and self.source[1] == self.head + 1
        named = not opens or (alone and "singular" in labels and "plural" not in labels and not self.headline)
        return bool(named) and labels.isdisjoint(("partisan", "demonym"))

    @lazy
    def number(self) -> str:
        """Whether the source is "singular" or "plural"; a counting word outweighs the noun."""
        if self.source is None:
            return ""
        lead = self._lead
        if self._is_share(self.source[0] + len(lead)):
            return "plural"
        if any("one" in labels or "indef" in labels for labels in lead[:1]):
            return "singular"
        labels = self.head_labels
        if "plural" in labels or "quant" in labels or any("quant" in labels for labels in lead):
            return "plural"
        return "singular"

    def _is_share(self, index: int) -> bool:
        """Tell whether a share of a group is at a token before the head: "(a) third of voters"."""
        labels = self.tokens.labels
        return index + 1 < self.head and "fraction" in labels(index) and "of" in labels(index + 1)

    @lazy
    def _lead(self) -> list[Labels]:
        """The labels of the determiners the source begins with."""
        assert self.source is not None
        return self._determiners(self.source[0])

    def _determiners(self, start: int) -> list[Labels]:
        lead = []
        for index in range(start, self.head):
            labels = self.tokens.labels(index)
            if labels.isdisjoint(_LEADING):
                break
            lead.append(labels)
        return lead

    @property
    def noun_end(self) -> int:
        """Where the source's head word ends: behind all its words where it has several."""
        end = self.head + 1
        while end < len(self.tokens) and "continued" in self.tokens.labels(end):
            end += 1
        return end

    @property
    def premodifiers(self) -> int:
        """How many words stand between the source's determiners and its head."""
        assert self.source is not None
        return max(0, self.head - self.source[0] - len(self._lead))

    @property
    def lead_labels(self) -> Labels:
        """The labels of the determiners the source begins with, or of those behind its first word: "about 62% of"."""
        if self.source is None:
            return frozenset()
        start = self.source[0]
        return frozenset().union(*(self._lead or self._determiners(start + 1)))

    @lazy
    def definite(self) -> str:
        """How the source is introduced: "definite", "indefinite", "quantified", "possessive", "denied" or "bare"."""
        if self.source is None:
            return ""
        lead = self._lead
        owned = any("genitive" in self.tokens.labels(index) for index in range(self.source[0], self.head))
        if lead:
            # "All those players" are players told before, "some of the players" are not.
            told = "quant" in lead[0] and len(lead) > 1 and "det" in lead[1]
            # "Both camps" are told as well, "both residents and visitors" are not.
            joined = "both" in lead[0] and "and" in self.tokens.labels_in(*self.source)
            found = self.forms.determiners.first(lead[told] - {"both"} if joined else lead[told], "bare")
            return "possessive" if owned and found == "definite" else found
        return "possessive" if owned else "bare"

    @lazy
    def body(self) -> str:
        """Where the source names a body or a person: "before" its head or "after" it.

        "common" stands for a body without its name, "none" for nothing; places do not count.
        """
        if self.source is None:
            return "none"
        start, end = self.source
        for index in range(start, end):
            labels = self.tokens.labels(index)
            if index == self.head or labels.isdisjoint((CAPITAL, "bodyname")):
                continue
            if "media" in labels and self.tokens.word(index).isupper():  # "a TV channel"
                continue
            if index == start and self.tokens.sentence(index)[0] == index and labels - {CAPITAL, "bodyname", "outlet"}:
                continue
            # "A British Biotech spokeswoman": a common word has its capital from a name.
            narrows = (
                labels & _NARROWS != {"modifier"} or index == start or CAPITAL not in self.tokens.labels(index - 1)
            )
            if not narrows or labels.isdisjoint(_NARROWS) or not labels.isdisjoint(("body", "bodyname", "outlet")):
                return "before" if index < self.head else "after"
        bodies = [index for index in range(start, end) if index != self.head and "body" in self.tokens.labels(index)]
        # "Officials of the two companies": those that the text has named.
        told = any("det" in self.tokens.labels_in(max(self.head, at - 3), at) for at in bodies if at > self.head)
        return "after" if told else "common" if bodies else "none"

    @lazy
    def headline(self) -> bool:
        """Whether the attribution stands in a headline or a heading."""
        return self.tokens.kinds.of(self.anchor) in ("headline", "heading")

    @lazy
    def quoted(self) -> bool:
        """Whether the attribution stands inside a quotation."""
        return self.tokens.quotation(self.anchor) is not None or self.tokens.kinds.is_quotation(self.anchor)

    @lazy
    def mood(self) -> str:
        """Whether it is a "claim", "negated", a "question" or "hypothetical"."""
        if self.source is not None and any("noneof" in labels for labels in self._lead[:1]):
            return "negated"
        if self.cue is not None:
            for index in range(self.cue[0], self.anchor):
                labels = self.tokens.labels(index)
                if "negation" in labels and ("doubting" not in self.cue_labels or self.number != "plural"):
                    return "negated"
                if "modal" in labels:
                    return "hypothetical"
        start, end = self.tokens.sentence(self.anchor)
        first = self.range[0]
        # "It could reportedly fly" claims that somebody said so, and "if reports that it flew" that there are reports.
        supposed = first > start and self.last_labels & {"conditional", "modal", "do"}
        if supposed and "hearsay" not in self.cue_labels and (self.source is None or self.anchor != self.head):
            return "hypothetical"
        if "conditional" in self.tokens.labels(start) and "comma" not in self.tokens.labels_in(start, first):
            return "hypothetical"
        return "question" if self._ends_in_question(end) and not self.quoted else "claim"

    def _ends_in_question(self, end: int) -> bool:
        for index in range(end - 1, max(end - 4, self.anchor), -1):
            labels = self.tokens.labels(index)
            if "question" in labels:
                return self.tokens.quotation(index) is None
        return False

    @lazy
    def entity(self) -> int | None:
        """The entity the source resolves to."""
        return self.resolver.entity(self) if self.source else None

    @lazy
    def known(self) -> str:
        """Whether the source resolves: "known", "partly" (one of a group), "again" (met before), "unfound" or "none".

        A definite role that nobody was introduced with is "unfound": it may well be known from elsewhere.
        """
        if self.source is None:
            return "none"
        if self.resolver.is_known(self):
            return "known"
        if any(self.resolver.earlier(self)):
            return "again"
        if self.resolver.partly(self):
            return "partly"
        return "unfound" if self.definite in ("definite", "possessive") and self.number == "singular" else "none"

    @lazy
    def attributed(self) -> bool:
        """Whether the words are part of what another attribution of the sentence says: somebody answers for them."""
        start, end = self.tokens.sentence(self.anchor)
        low, high = self.range
        for other in within(self.company, start, end):
            if other is self or other.source is None or other.shared or other.quoted:
                continue
            if other.cue_labels.isdisjoint(("inverting", "according")):
                continue
            first, last = other.range
            if last <= low and "comma" not in self.tokens.labels_in(last, low):
                return True
            if first >= high and "comma" in self.tokens.labels_in(high, first + 1) and end - last < _TRAILING:
                return True
        return False

    def sentence_labels(self) -> Labels:
        """Return the labels of all words in the sentence."""
        return self.tokens.labels_in(*self.tokens.sentence(self.anchor))

    def near(self) -> Labels:
        """Return the labels of all words in the sentence and in those before and after it."""
        tokens = self.tokens
        start, end = tokens.sentence(self.anchor)
        before, after = start - 1, end
        if before > 0 and PARAGRAPH in tokens.labels(before):
            before -= 1
        if after + 1 < len(tokens) and PARAGRAPH in tokens.labels(after):
            after += 1
        first = tokens.sentence(before)[0] if before >= 0 else start
        return tokens.labels_in(first, tokens.sentence(after)[1] if after < len(tokens) else end)


ANCHOR = attrgetter("anchor")


def within(finds: Sequence[Find], start: int, end: int) -> Sequence[Find]:
    """Return the attributions, of some in the order of the text, whose anchor is in a range of tokens."""
    return finds[bisect_left(finds, start, key=ANCHOR) : bisect_left(finds, end, key=ANCHOR)]


_TRAILING = 5
"""An attribution that ends its sentence has fewer tokens than this after it."""

_NARROWS = frozenset(
    {"place", "nationality", "metonym", "modifier", "weekday", "month", "partisan", "demonym", "honorific"}
)
"""Labels of capitalised words that narrow a group without naming a body."""
