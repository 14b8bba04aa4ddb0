"""What is attributed: the words that belong to each attribution, worked out only when somebody asks."""

from __future__ import annotations

from attrlint.chain import is_cited
from attrlint.find import Find, Range
from attrlint.lexicon import CAPITAL, Labels
from attrlint.segment import Tokens
from attrlint.text import Span

Content = tuple[Span, ...]


def spoken(find: Find) -> Range:
    """Return the tokens of a cue as the attribution literature bounds it.

    With the occasion, the topic's preposition and the colon after it, without the "to" of what is wanted or expected.
    """
    assert find.cue is not None
    start, end = find.cue
    if find.also is not None:
        return start, find.also[1]
    opens = end - 1 > find.anchor and "to" in find.tokens.own_labels(end - 1) and end < len(find.tokens)
    return start, end - 1 if opens and _is_to_be_done(find, find.tokens.labels(end)) else end


def _is_to_be_done(find: Find, labels: Labels) -> bool:
    """Tell whether a verb stands behind "to", by the labels of the word there."""
    if labels & {"base", "be", "have", "do"}:
        return True
    return find.kind in ("stance", "belief") and not labels & _NOMINAL


def contents(tokens: Tokens, finds: list[Find]) -> list[tuple[Find, Content]]:
    """Return attributions with their contents as spans in code points; `finds` are in the order of the text.

    What somebody known is said to think, inside what somebody says, belongs to the one who says it and is left out:
    "She said she hoped that" is one attribution.
    """
    reader = _Reader(tokens)
    following = [*finds[1:], None][: len(finds)]
    found = [(find, reader.spans(find, after)) for find, after in zip(finds, following, strict=True)]
    for at, find in enumerate(finds):
        if is_cited(find) and find.cue and find.cue[1] <= find.head:
            found[at] = find, _passed_on(find, found)
    inside = _inside(found)
    return [pair for at, pair in enumerate(found) if at not in inside or not _is_thought(pair[0])]


def _passed_on(find: Find, found: list[tuple[Find, Content]]) -> Content:
    """Return what the rest of the sentence says: "Interfax, citing a ministry source, said that"."""
    start, end = find.tokens.sentence(find.anchor)
    near = [content for other, content in found if start <= other.anchor < end and not is_cited(other)]
    return max(near, key=lambda content: content[-1].end if content else 0, default=())


def _is_thought(find: Find) -> bool:
    if find.shared or find.cue is None:
        return False
    return find.kind == "seem" or (find.known == "known" and (find.kind != "speech" or find.form == "pronoun"))


def _inside(found: list[tuple[Find, Content]]) -> set[int]:
    """Return the indices of the attributions that stand inside what another one says."""
    inside: set[int] = set()
    for at, (find, spans) in enumerate(found):
        if not spans or find.kind in ("ask", "seem"):
            continue
        for others in (range(at - 1, -1, -1), range(at + 1, len(found))):
            for other in others:
                start = find.tokens.start(found[other][0].anchor)
                if not spans[0].start <= start < spans[-1].end:
                    break
                if any(span.start <= start < span.end for span in spans):
                    inside.add(other)
    return inside


class _Reader:
    """Finds contents in one article."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._labels = tokens.labels
        self._ends = {quotation.end: quotation for quotation in tokens.quotations if quotation.closed}
        self._starts = {quotation.start: quotation for quotation in tokens.quotations if quotation.closed}

    def spans(self, find: Find, following: Find | None) -> Content:
        """Return the content of one attribution; `following` is the next one of the article."""
        start, end = self._tokens.start, self._tokens.end
        return tuple(Span(start(one), end(two)) for one, two in self._parts(find, following) if one < two)

    def _parts(self, find: Find, following: Find | None) -> list[Range]:
        """Return the content as ranges of tokens.

        It is what follows the cue in its sentence, or, where nothing does, what stands before the source; both, where
        the attribution stands between commas. A quotation directly before the source is content too, and so is the one
        that the next sentence opens with.
        """
        low = find.range[0]
        start, end = self._tokens.sentence(low)
        past = self._past(find)
        after = self._after(find, past, end, following)
        subject = self._subject(find, low, start, after[0])
        if subject:
            return [subject, after] if find.source is None or self._completes(after[0]) else [subject]
        quoted = self._quoted_before(low, start)
        if quoted:
            return [quoted, *self._quoted_after(after, end, following)]
        before = self._before(low, start)
        if before is None:
            return [after]
        beside = self._labels(low - 1)
        if "as" in beside and (past == end or not self._labels(past).isdisjoint(_PAUSE)):
            return [self._before(low - 1, start) or after]
        if self._is_object(low - 1) and "that" not in self._labels(after[0]):
            return [(low - 1, low), after]
        if "according" in find.cue_labels:
            return [before]
        if "comma" in beside and (after[0] >= after[1] or self._resumes(after[0])):
            return [before, after]
        return [after]

    def _past(self, find: Find) -> int:
        """Return the token behind an attribution, its time and its occasion."""
        high = max(find.range[1], find.via[1] if find.via else 0)
        if find.cue is None or high != find.cue[1]:
            return high
        if find.tail is None:
            return spoken(find)[1]
        first, then = find.tail
        opens = self._labels(then) if then < len(self._tokens) else _OPENS
        return then if self._labels(first).isdisjoint(("det", "indef")) or not opens.isdisjoint(_OPENS) else high

    def _before(self, low: int, start: int) -> Range | None:
        """Return what stands before an attribution in its sentence."""
        if low > start and "comma" in self._labels(low - 1):
            low -= 1
        return (start, low) if low > start else None

    def _subject(self, find: Find, low: int, start: int, after: int) -> Range | None:
        """Return the subject of a cue when it belongs to the content: "The plan is widely seen as a mistake"."""
        if not find.raises or find.kind == "ask" or "that" in self._labels(after):
            return None
        at = low
        while at > start and self._labels(at - 1).isdisjoint(_CLAUSE):
            at -= 1
        if at == low and at > start and "relative" in self._labels(at - 1):
            at -= 1
        return (at, low) if at < low else None

    def _completes(self, at: int) -> bool:
        """Tell whether the words behind the agent of a passive say more of its subject: "… by critics as dead"."""
        return not self._labels(at).isdisjoint(("as", "prep", "to", "quote"))

    def _is_object(self, at: int) -> bool:
        """Tell whether a relative pronoun is part of what is said: "which she denies", "what he calls a crime"."""
        labels = self._labels(at)
        return "what" in labels or ("relative" in labels and "prep" not in self._labels(at - 1))

    def _resumes(self, at: int) -> bool:
        """Tell whether a sentence goes on behind an attribution between commas: "The plan, she said, is dead"."""
        if "comma" not in self._labels(at - 1):
            return False
        if at in self._starts:
            return self._tokens.word(at + 1)[0].islower()
        return self._labels(at).isdisjoint(("ing", "ing-word", "relative"))

    def _quoted_before(self, low: int, start: int) -> Range | None:
        """Return the quotation that ends before an attribution, with the words of its sentence that lead up to it."""
        at = low - 2 if "comma" in self._labels(low - 1) and low - 2 in self._ends else low - 1
        if at not in self._ends or (at < start and self._is_sentence(at)):
            return None
        opening = self._ends[at].start
        return min(start, opening) if at >= start else opening, at + 1

    def _is_sentence(self, at: int) -> bool:
        """Tell whether a quotation that ends somewhere is a sentence by itself: “It is over.” She left."""
        labels = self._labels(at - 1)
        return "stop" in labels and labels.isdisjoint(("question", "exclamation"))

    def _quoted_after(self, after: Range, end: int, following: Find | None) -> list[Range]:
        """Return how a quotation goes on behind its attribution: in the same sentence or in the next one."""
        if after[0] < after[1] and "that" in self._labels(after[0]):
            return [after]
        stop = min(following.range[0], end) if following is not None else end
        for at in range(after[0], stop):
            if at in self._starts and "comma" in self._labels(at - 1):
                return [(at, max(after[1], self._starts[at].end + 1))]
        if end not in self._starts or self._is_attributed(end, following):
            return []
        return [(end, self._starts[end].end + 1)]

    def _is_attributed(self, at: int, following: Find | None) -> bool:
        """Tell whether the quotation that opens somewhere has an attribution of its own right behind it."""
        end = self._starts[at].end + 1
        return following is not None and following.range[0] == end and "comma" in self._labels(end - 2)

    def _after(self, find: Find, high: int, end: int, following: Find | None) -> Range:
        """Return what follows an attribution in its sentence and is its content."""
        while high < end and not self._labels(high).isdisjoint(("comma", "colon", "weekday", "time")):
            high += 1
        if "addressing" in find.cue_labels:
            high = self._past_addressee(high, end)
        while end > high and not self._labels(end - 1).isdisjoint(("stop", "paragraph")):
            end -= 1
        if high in self._starts:
            return high, max(end, min(self._starts[high].end + 1, len(self._tokens)))
        return high, self._cut(find, high, end, following)

    def _past_addressee(self, high: int, end: int) -> int:
        """Return where the content begins behind the person told: at a clause, a colon or a quotation."""
        for at in range(high, min(high + _ADDRESSEE, end)):
            labels = self._labels(at)
            if not labels.isdisjoint(("that", "wh")) or at in self._starts or (at > high and "pronoun" in labels):
                return at
            if "colon" in labels:
                return at + 1
        return high

    def _cut(self, find: Find, high: int, end: int, following: Find | None) -> int:
        """Return where the content ends: before the next attribution, or where the sentence turns to something else."""
        if following is not None and high < following.range[0] < end and self._goes_on(high, following):
            end = following.range[0]
        clause = self._is_clause(find, high)
        for at in range(high, end):
            labels = self._labels(at)
            turns = "semicolon" in labels or ("comma" in labels and (not clause or self._is_turn(at + 1, end)))
            if turns and self._tokens.quotation(at) is None:
                end = at
                break
        while end > high and not self._labels(end - 1).isdisjoint(("comma", "and", "by", "dash", "contrast")):
            end -= 1
        return end

    def _is_clause(self, find: Find, high: int) -> bool:
        """Tell whether a clause is said, which has commas of its own; what is praised or wanted ends at the first."""
        low, start = find.range[0], self._tokens.sentence(find.anchor)[0]
        if find.kind in ("show", "other"):
            return True
        if find.kind == "stance" or (find.source is None and low == start):
            return False
        if low - start < _INTRODUCED and "sub" in self._labels(start):
            return False
        return "inverting" in find.cue_labels or not self._labels(high).isdisjoint(("that", "wh"))

    def _goes_on(self, high: int, following: Find) -> bool:
        """Tell whether the next attribution of a sentence is beside this one, and no part of its content."""
        at = following.range[0]
        if following.shared:
            return True
        beside = self._labels(at - 1)
        if "and" in beside:
            return at - high > _SHORT
        if "comma" in beside:
            return "conditional" not in self._labels(high) | self._labels(high + 1)
        return not beside.isdisjoint(("contrast", "semicolon", "dash"))

    def _is_turn(self, at: int, end: int) -> bool:
        """Tell whether the words behind a comma no longer belong to a reported clause: "…, calling", "…, but"."""
        labels = self._labels(at) if at < end else frozenset()
        return not labels.isdisjoint(("ing", "ing-word", "contrast", "relative")) and "prep" not in labels


_NOMINAL = frozenset(
    {"det", "indef", "poss", "pronoun", "quant", "number", "one", "people-quant", "quote", "noneof", "plural", CAPITAL}
)
"""Labels of words that can begin a noun phrase, or be one."""

_ADDRESSEE = 9
"""An addressee ("told reporters in Kyiv that") has fewer tokens than this."""

_INTRODUCED = 3
"""A clause whose conjunction opens the sentence ("While she says that, …") has its source fewer tokens from it."""

_SHORT = 4
"""With more tokens than this before it, an "and" joins no subjects ("that he and his aides say")."""

_PAUSE = frozenset({"comma", "semicolon", "colon", "dash", "stop", "paragraph", "paren-open", "paren-close"})
"""Labels of signs behind which nothing belongs to "as she said"."""

_OPENS = frozenset({"that", "pronoun", "det", "comma", "quote"})
"""Labels of what can open a content behind "this week", which is no part of a longer noun phrase then."""

_CLAUSE = frozenset({"comma", "semicolon", "colon", "dash", "that", "conj", "sub", "relative", "quote", "wh"})
"""Labels of what stands before the subject of a clause."""
