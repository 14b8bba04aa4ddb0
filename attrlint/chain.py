"""Second-hand speech: who passed on the words of a source."""

from __future__ import annotations

from typing import NamedTuple

from attrlint.find import Find, Range, within
from attrlint.resolve import Register


class Link(NamedTuple):
    """Whoever passed on what a source said: their words as a range of tokens, and the entity they resolve to."""

    words: Range
    entity: int | None


def passed_on_by(find: Find, register: Register) -> Link | None:
    """Return who passed on the words of a source: "the Herald" in "was quoted as saying by the Herald".

    In "Interfax, citing a ministry source" that is the source of the verb that cites; where the verb opens the
    sentence, it is whoever speaks next.
    """
    if find.via is not None:
        return Link(find.via, register.entity_at(find.via))
    if not is_cited(find) or find.cue is None:
        return None
    start, end = find.tokens.sentence(find.anchor)
    last = end if start == find.cue[0] else find.anchor
    for other in within(find.company, find.cue[0], last):
        if other.source is not None and not is_cited(other):
            return Link(other.source, other.entity)
    return None


def is_retold(find: Find) -> bool:
    """Tell whether the words open what a speaker whom the article knows is saying.

    "Roe said that analysts expect", "If it rains, Roe said, farmers believe": she answers for it. An outlet does not
    answer for those whom it has heard.
    """
    low = find.range[0]
    for other in within(find.company, find.tokens.sentence(find.anchor)[0], find.anchor):
        if other.source is None or other.quoted or "inverting" not in other.cue_labels or other.form in _HEARERS:
            continue
        start, end = other.range
        between = find.tokens.labels_in(end, low)
        aside = "comma" in between and start > 0 and "comma" in find.tokens.labels(start - 1)
        if end == low or (end + 1 == low and ("that" in between or aside)):
            return other.known == "known" or other.entity is not None
    return False


_HEARERS = frozenset({"outlet", "media", "reports"})
"""Forms of sources that pass on what others say."""


def is_cited(find: Find) -> bool:
    """Tell whether the source is the object of a verb that cites."""
    return find.cue is not None and find.anchor == find.head and "citing" in find.tokens.labels(find.cue[0])
