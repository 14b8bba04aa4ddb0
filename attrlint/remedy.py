"""Skeletons: the sentence of a finding with a gap where the missing name belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from attrlint.find import Find, Range
from attrlint.finding import Remedy
from attrlint.rule import Rule, Skeleton
from attrlint.segment import Tokens
from attrlint.wording import Wording

_SLOT = re.compile(r"\{([^{}]*)\}")

_ENDS = frozenset(
    {"comma", "stop", "colon", "semicolon", "dash", "paren-open", "paren-close", "quote", "paragraph", "genitive"}
)
"""Labels of signs that need no comma before or after them."""

_BREAKS = frozenset({"comma", "dash", "paren-open"})
"""Labels of signs that an aside begins with."""

_Change = tuple[Range, str]
"""Tokens, and the words they give way to."""


class _UnfitError(Exception):
    """A skeleton has a slot that this sentence cannot fill."""


class Gaps(NamedTuple):
    """The gaps that an article has already: how one is written, and the words of the sentences that hold one."""

    sign: str
    words: frozenset[str]

    def inside(self, words: str) -> bool:
        """Tell whether words hold a gap."""
        return bool(self.sign) and self.sign in words


def gaps(tokens: Tokens, wording: Wording) -> Gaps:
    """Return the gaps of one article."""
    sign, words = wording.placeholder, set[str]()
    text = "".join(tokens.texts)
    if sign and sign in text:
        starts = [*tokens.sentences, len(tokens)]
        for start, end in pairwise(starts):
            if sign in text[tokens.start(start) : tokens.start(end)]:
                words.update(tokens.word(index).lower() for index in range(start, end))
    return Gaps(sign, frozenset(words))


class Place(NamedTuple):
    """What a skeleton is filled from: the attribution, where there is one, and the marked tokens."""

    tokens: Tokens
    find: Find | None
    marked: Range
    wording: Wording
    gaps: Gaps


def mend(rule: Rule, place: Place) -> Remedy | None:
    """Return the first skeleton of a rule that fits a place, as one edit and as the whole sentence; or None.

    A headline is not mended, nor a sentence that holds a gap already or whose source may be the one a gap is for.
    """
    if not rule.skeletons or _is_mended(place) or (place.find is not None and place.find.headline):
        return None
    for skeleton in rule.skeletons:
        if not (skeleton.condition.holds(place.find) if place.find else not skeleton.condition.tests):
            continue
        if not skeleton.text:
            return None
        try:
            return _edit(place.tokens, _Filler(place, skeleton).changes())
        except _UnfitError:
            continue
    return None


def _is_mended(place: Place) -> bool:
    tokens, find = place.tokens, place.find
    if not place.gaps.words:
        return False
    first, last = (tokens.sentence(index) for index in (place.marked[0], place.marked[1] - 1))
    if place.gaps.inside(tokens.text(first[0], last[1])):
        return True
    if find is None or find.source is None:
        return False
    noun = tokens.text(find.head, find.noun_end)
    return not place.gaps.words.isdisjoint((noun.lower(), place.wording.singular(noun).lower()))


def _edit(tokens: Tokens, changes: Iterable[_Change]) -> Remedy:
    """Join the changes of one sentence to one edit; what stands between them stays."""
    ordered = sorted(changes)
    start, end = ordered[0][0][0], max(place[1] for place, _ in ordered)
    parts, at = [], start
    for (low, high), words in ordered:
        parts.append("".join(tokens.texts[at:low]))
        parts.append(words + tokens.texts[high - 1][len(tokens.word(high - 1)) :] if high < end else words)
        at = high
    parts.append(tokens.text(at, end) if at < end else "")
    text = "".join(parts)
    first, last = tokens.sentence(start)[0], tokens.sentence(end - 1)[1]
    whole = tokens.text(first, start) + _space(tokens, first, start) + text + _space(tokens, start, end)
    whole += tokens.text(end, last) if end < last else ""
    return Remedy(tokens.start(start), tokens.end(end), text, " ".join(whole.split()))


def _space(tokens: Tokens, start: int, end: int) -> str:
    """Return the white space after the last token of a range."""
    return tokens.texts[end - 1][len(tokens.word(end - 1)) :] if start < end else ""


class _Filler:
    """Fills the slots of one skeleton from one place."""

    def __init__(self, place: Place, skeleton: Skeleton) -> None:
        self._tokens, self._find, self._marked, self._wording, _ = place
        self._skeleton = skeleton

    def changes(self) -> Iterator[_Change]:
        """Yield what is to change. Raises _UnfitError where a slot cannot be filled."""
        start, end = self._range()
        text = self._skeleton.text
        if text.startswith("{,}") and self._before(start):
            # The comma goes behind the word before, and the space or line end between them stays.
            yield (start - 1, start), self._tokens.word(start - 1) + ","
        if text.startswith("{,}"):
            text = text[3:]
        words = " ".join(_SLOT.sub(lambda slot: self._fill(slot[1], end), text).split())
        if self._tokens.sentence(start)[0] == start:
            words = words[:1].upper() + words[1:]
        yield (start, end), words
        if self._skeleton.one and self._skeleton.part == "source":
            yield from self._agreement()

    @property
    def _source(self) -> Find:
        """The attribution, which must have a source of its own."""
        if self._find is None or self._find.source is None or self._find.shared:
            raise _UnfitError
        return self._find

    @property
    def _cue(self) -> Find:
        if self._find is None or self._find.cue is None:
            raise _UnfitError
        return self._find

    def _range(self) -> Range:
        """Return the tokens that the skeleton takes the place of."""
        part = self._skeleton.part
        if part == "cue":
            return self._cue.core
        if part == "quotation":
            return max(self._marked[0], self._marked[1] - 2), self._marked[1]
        find = self._source
        assert find.source is not None
        if part == "lead":
            if find.head - find.premodifiers == find.source[0]:
                raise _UnfitError
            return find.source[0], find.head - find.premodifiers
        if part == "both":
            core = self._cue.core
            return min(find.source[0], core[0]), max(find.source[1], core[1])
        return self._named()

    def _named(self) -> Range:
        """Return the source without the asides after it."""
        find = self._source
        assert find.source is not None
        start, end = find.source
        end = next((at for at in range(find.head + 1, end) if self._tokens.labels(at) & _BREAKS), end)
        if end < len(self._tokens) and self._tokens.labels(end) & {"genitive", "apostrophe"}:
            raise _UnfitError
        return start, end

    def _before(self, start: int) -> bool:
        """Tell whether a comma is wanted between a token and the word before it."""
        return self._tokens.sentence(start)[0] < start and self._tokens.labels(start - 1).isdisjoint(_ENDS)

    def _fill(self, slot: str, end: int) -> str:
        if slot == ",":
            return "" if end == len(self._tokens) or self._tokens.labels(end) & _ENDS else ","
        return _SLOTS[slot](self)

    def as_written(self) -> str:
        """The source's words."""
        return self._tokens.text(*self._named())

    def job(self) -> str:
        """The same as the role, where no words follow its noun: a place of work can."""
        find = self._source
        owned = find.definite in ("definite", "possessive") or "poss" in find.lead_labels
        if owned or find.noun_end < self._named()[1]:
            raise _UnfitError
        return self.role()

    def group(self) -> str:
        """The source's words without its determiners."""
        find = self._source
        return self._inside(find.head - find.premodifiers, self._named()[1])

    def role(self) -> str:
        """The source's words as the description of one person: "a senior official" for "senior officials"."""
        find, (start, end) = self._source, self._named()
        head = find.head - find.premodifiers
        if find.number == "plural":
            return self._one_of_several(find, head, end)
        # "the analyst", "one of his aides": there is no other way to say it.
        among = "one" in find.head_labels or {"plural"} == find.head_labels & {"singular", "plural"}
        if among or find.definite == "possessive" or (head > start and find.lead_labels.isdisjoint(("indef", "one"))):
            return (
                self._wording.plain(self._tokens.word(start))
                + self._tokens.text(start, end)[len(self._tokens.word(start)) :]
            )
        return self._wording.with_article(self._inside(head, end))

    def _one_of_several(self, find: Find, first: int, end: int) -> str:
        tokens = self._tokens
        assert find.source is not None
        noun = min(find.noun_end, end)
        singular = self._wording.singular(tokens.text(find.head, noun))
        chained = tokens.labels_in(find.source[0], end) & {"relative", "and", "or", "that", "wh", "sub", "genitive"}
        if not singular or chained or not find.lead_labels.isdisjoint(("det", "poss")) or self._has_aside(end):
            raise _UnfitError
        before = self._inside(first, find.head) if first < find.head else ""
        return self._wording.with_article(f"{before} {singular} {tokens.text(noun, end) if noun < end else ''}".strip())

    def _has_aside(self, end: int) -> bool:
        """Tell whether an aside follows, whose verb may speak of several people."""
        find, tokens = self._source, self._tokens
        assert find.source is not None
        return end < find.source[1] or "relative" in tokens.labels_in(end, min(end + 2, len(tokens)))

    def _inside(self, start: int, end: int) -> str:
        """Return words as they are written inside a sentence."""
        word = self._tokens.word(start)
        plain = self._plain(start) if self._tokens.sentence(start)[0] == start else word
        return plain + self._tokens.text(start, end)[len(word) :]

    def _plain(self, start: int) -> str:
        """Return the first word of a sentence without its capital, unless it is the first of a name."""
        tokens, word = self._tokens, self._tokens.word(start)
        following = tokens.word(start + 1) if start + 1 < len(tokens) else ""
        if following[:1].isupper():
            return word if "continued" in tokens.labels(start + 1) else self._wording.plain(word)
        lower = word[:1].lower() + word[1:]
        return lower if any(text.rstrip() == lower for text in tokens.texts) else self._wording.plain(word)

    def cue(self) -> str:
        """The cue's words."""
        return self._tokens.text(*self._cue.core)

    def verb(self) -> str:
        """The cue's words up to its verb, without those that count heads."""
        find = self._cue
        words = [self._tokens.word(at) for at in range(find.core[0], find.anchor + 1)]
        return " ".join(word for word in words if word.lower() not in self._wording.dropped)

    def rest(self) -> str:
        """The cue's words behind its verb."""
        find = self._cue
        return self._tokens.text(find.anchor + 1, find.core[1]) if find.anchor + 1 < find.core[1] else ""

    def active(self) -> str:
        """An impersonal passive in the active voice: "believes" for "it is believed"."""
        find, tokens, wording = self._cue, self._tokens, self._wording
        words, column = [], ""
        for at in range(find.core[0] + 1, find.anchor):
            if tokens.labels(at) & {"modal", "negation"}:
                raise _UnfitError
            word = tokens.word(at).lower()
            column = wording.active.get(word, column)
            if word not in wording.active and word not in wording.dropped:
                words.append(word)
        verb = wording.form(tokens.word(find.anchor), column)
        if not verb:
            raise _UnfitError
        return " ".join([*words, verb, self.rest()])

    def end(self) -> str:
        """The end of a quotation as it stands before its speaker: with a comma for the full stop."""
        last, mark = self._tokens.word(self._marked[1] - 2), self._tokens.word(self._marked[1] - 1)
        if "stop" not in self._tokens.labels(self._marked[1] - 2):
            raise _UnfitError
        return ("," if last == "." else last) + mark

    def words(self) -> str:
        """The end of a quotation that no stop ends."""
        if self._tokens.labels(self._marked[1] - 2) & {"stop", "comma"}:
            raise _UnfitError
        return self._tokens.text(self._marked[1] - 2, self._marked[1])

    def _agreement(self) -> Iterator[_Change]:
        """Yield the change of the verb where several people become one."""
        find = self._find
        if find is None or find.source is None or find.cue is None or find.number != "plural":
            return
        if find.cue[1] < find.source[0]:
            # Another word stands between the verb and who it is laid to: the source is no subject.
            return
        changed = self._finite(find)
        if changed is None:
            return
        sharing = (other for other in find.company if other.shared and other.source == find.source and other.cue)
        if any(self._finite(other) for other in sharing):
            raise _UnfitError
        yield changed

    def _finite(self, find: Find) -> _Change | None:
        """Return the change of the first verb of a cue, None where it stays as it is."""
        assert find.cue is not None
        for at in range(find.cue[0], find.anchor + 1):
            labels, word = self._tokens.labels(at), self._tokens.word(at)
            if at < find.anchor and labels.isdisjoint(("be", "have", "do", "modal")):
                continue
            found = self._wording.of_one(word, labels)
            return None if found == word else ((at, at + 1), found)
        return None


_SLOTS = {
    "source": _Filler.as_written,
    "role": _Filler.role,
    "job": _Filler.job,
    "group": _Filler.group,
    "cue": _Filler.cue,
    "verb": _Filler.verb,
    "rest": _Filler.rest,
    "active": _Filler.active,
    "end": _Filler.end,
    "words": _Filler.words,
}
