"""Named patterns over the tags of an article: every attribution, with its source and its cue."""

from __future__ import annotations

from attrlint.find import Find
from attrlint.forms import Forms
from attrlint.lazy import lazy
from attrlint.lexicon import CAPITAL
from attrlint.pattern import Parts, Patterns, Scan, Side
from attrlint.segment import Tokens


class Extractor:
    """Finds the attributions of an article; made once for a pack."""

    def __init__(self, patterns: Patterns, subject: Side, forms: Forms) -> None:
        self._patterns = patterns
        self._subject = subject
        self._forms = forms

    def extract(self, tokens: Tokens) -> list[Find]:
        """Return every attribution the patterns find, in the order of the text; the first pattern that fits wins."""
        finds: list[Find] = []
        scan = Scan(self._patterns, tokens.tags, tokens.reversed_tags, tokens.every_labels)
        for at in scan.anchors:
            for pattern, spans in scan.fits(at):
                find = self._find(tokens, pattern.name, at, spans)
                if pattern.admits(find.head_labels) and _agrees(find):
                    finds.append(find)
                    break
        if tokens.kinds.asides:
            finds = [find for find in finds if not any(find.anchor in aside for aside in tokens.kinds.asides)]
        self._share_sources(tokens, finds)
        return finds

    def _share_sources(self, tokens: Tokens, finds: list[Find]) -> None:
        """Give a cue without a source of its own ("…, adding that") the source that spoke before it in the sentence.

        Where nobody did, it is the subject of the sentence, or whoever speaks next in it.
        """
        last: Find | None = None
        covered = _Covered(finds)
        for at, find in enumerate(finds):
            if find.source is not None:
                last = last if find.quoted else find
            elif find.shares:
                start, end = tokens.sentence(find.anchor)
                last = covered.by(find.anchor) or last
                spans = self._subject.parts_at(tokens.tags, start)
                if last is not None and last.anchor >= start:
                    find.share(last.source, last.head)
                elif "source" in spans and self._is_subject(tokens, spans["source"][1], find.anchor):
                    (find.take if "ing" in find.cue_labels else find.share)(spans["source"], spans["head"][0])
                elif at + 1 < len(finds) and finds[at + 1].source and finds[at + 1].anchor < end:
                    find.share(finds[at + 1].source, finds[at + 1].head)
                covered.add(at)

    @staticmethod
    def _is_subject(tokens: Tokens, end: int, anchor: int) -> bool:
        """Tell whether what begins a sentence speaks further on; in ", and Jane Roe won by saying" she does."""
        clause = range(end, anchor - 1) if "by" in tokens.labels(anchor - 1) else ()
        return end <= anchor and not any(
            "comma" in tokens.labels(at) and "conj" in tokens.labels(at + 1) for at in clause
        )

    def _find(self, tokens: Tokens, pattern: str, at: int, spans: Parts) -> Find:
        source, head = spans.get("source"), spans.get("head")
        if source and head and source[0] < head[0] and "plural" in tokens.labels(head[0]):
            source = source[0] + ("that" in tokens.labels(source[0])), source[1]  # "added that officials expect"
        find = Find(tokens, self._forms, pattern, at, spans.get("cue"), source, head[0] if head else at)
        find.who, find.also, find.via = spans.get("who"), spans.get("also"), spans.get("via")
        tail = spans.get("tail")
        if tail is not None and tail[0] < tail[1]:
            find.tail = tail
        return find


class _Covered:
    """Which attribution's source a token is part of, the first one where there are several."""

    def __init__(self, finds: list[Find]) -> None:
        self._finds = finds

    @lazy
    def _places(self) -> dict[int, int]:
        places: dict[int, int] = {}
        for place, find in enumerate(self._finds):
            for index in range(*find.source or (0, 0)):
                places.setdefault(index, place)
        return places

    def by(self, index: int) -> Find | None:
        """Return the attribution whose source a token is part of."""
        place = self._places.get(index)
        return None if place is None else self._finds[place]

    def add(self, place: int) -> None:
        """Take in the source that an attribution was given."""
        for index in range(*self._finds[place].source or (0, 0)):
            self._places[index] = min(place, self._places.get(index, place))


def _agrees(find: Find) -> bool:
    """Tell whether verb and source agree in number: "reality TV show" is no show of anybody's."""
    if find.source is None or find.shared or find.anchor == find.head:
        return True
    if _is_passive(find):
        return False
    end = find.source[1]
    if end <= find.anchor and find.who is None and "have" in find.last_labels:
        return False  # "which has breweries in Varn, said"
    if end < find.anchor and not find.tokens.labels(end).isdisjoint(("genitive", "apostrophe")):
        return True  # "analysts' forecasts" is no verb
    cue, head = find.cue_labels, find.head_labels
    if "people-quant" in head:
        return "third" not in cue or "base" in cue or "past" in cue
    several = "plural" in head and "singular" not in head
    bare = "base" in cue and "past" not in cue
    if bare and not several and "indef" in find.lead_labels and not _is_helped(find):
        return False  # "the two had a public dispute"
    if _is_noun(find) or _is_within(find) or ("base" in cue and "causative" in find.last_labels):
        return False
    named = CAPITAL in head and head.isdisjoint(("partisan", "demonym"))
    if "past" in cue or named or ("singular" in head) == ("plural" in head):
        return True
    if "base" in cue:
        return "plural" in head or find.number == "plural" or _is_helped(find)
    return "third" not in cue or "singular" in head


def _is_passive(find: Find) -> bool:
    """Tell whether a source is not who speaks but who is spoken of: "officials accused of fraud"."""
    assert find.cue is not None
    assert find.source is not None
    if not find.source[0] < find.cue[0] == find.anchor or "participle" not in find.cue_labels:
        return False
    spoken = "transitive" in find.cue_labels and not find.next_labels.isdisjoint(("of", "to", "prep"))
    return spoken or ("by" in find.next_labels and "inverting" not in find.cue_labels)


def _is_noun(find: Find) -> bool:
    """Tell whether what looks like a verb is a noun after the name of an office: "more than official estimates"."""
    assert find.source is not None
    cue, head = find.cue_labels, find.head_labels
    noun = "nounish" in cue or ("third" in cue and "nounish" in find.tokens.own_labels(find.anchor))  # "calls for"
    if not noun or find.anchor < find.source[1] or find.headline:
        return False
    bare = find.definite == "bare" and find.anchor == find.noun_end
    one = bare and "singular" in head and head.isdisjoint(("plural", "study", "media", "reports"))
    inside = find.tokens.sentence(find.head)[0] < find.source[0] and find.last_labels.isdisjoint(_SETS_OFF)
    if one and inside and CAPITAL not in head:
        return True  # "an undercurrent of conservative thought"
    if "past" in cue:
        return False
    if "of" in find.next_labels or CAPITAL in cue:
        return True  # "in the US state of Maine", "at the Iowa State Fairgrounds"
    if "third" not in cue or not one or (CAPITAL in head and "partisan" not in head):
        return False
    return find.tokens.sentence(find.head)[0] < find.source[0]


_SETS_OFF = frozenset({"comma", "quote", "colon", "dash", "paren-open", "and", "that"})
"""Labels before a source that may go without its article: "…, analyst says"."""


def _is_within(find: Find) -> bool:
    """Tell whether a source only narrows what the verb belongs to: "the theft of a server … referred to"."""
    assert find.cue is not None
    assert find.source is not None
    if find.source[0] > find.cue[0] or find.who is not None:
        return False
    if find.definite == "indefinite" and "of" in find.last_labels:
        return True
    if "comma" not in find.last_labels or find.source[0] < _TOWN:
        return False
    det, town, _, state = (find.tokens.labels(find.source[0] - _TOWN + step) for step in range(_TOWN + 1))
    based = CAPITAL in state and not state.isdisjoint(("place", "modifier"))
    return based and CAPITAL in town and "det" in det


_TOWN = 3
"""So many tokens stand before the state of a town that narrows a body: "the Kirkland, Washington-based company"."""


def _is_helped(find: Find) -> bool:
    """Tell whether a modal or another auxiliary stands between source and cue, which takes the bare verb."""
    assert find.cue is not None
    return not find.tokens.labels_in(find.cue[0], find.anchor).isdisjoint(("modal", "do"))
