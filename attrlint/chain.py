"""Who else is in what a source says: who passed it on, who answers for it, and whom a pronoun goes back to."""

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
    low, first = find.range[0], find.tokens.sentence(find.anchor)[0]
    for other in within(find.company, first, find.anchor):
        if other.source is None or other.quoted or other.form in _HEARERS or not other.cue_labels & _TELLS:
            continue
        start, end = other.range
        set_off = start == first or "comma" in find.tokens.labels(start - 1)
        aside = set_off and "comma" in find.tokens.labels_in(end, low)
        if _opens_for(other, low) or (end + 1 == low and aside):
            return other.known == "known" or other.entity is not None
    return False


def _opens_for(other: Find, at: int) -> bool:
    """Tell whether what a source says begins at a token: "Roe said on Monday that …"."""
    end = max(other.range[1], other.tail[1] if other.tail else 0)
    return end == at or (end + 1 == at and "that" in other.tokens.labels(end))


def antecedent(find: Find) -> Find | None:
    """Return the attribution whose source "he", "she" or "they" goes back to, named or not: the last that agrees.

    None where what that source says begins with the pronoun, which is no other claim.
    """
    if "person-pronoun" not in find.head_labels:
        return None
    several = "they" in find.head_labels
    for other in reversed(within(find.company, find.anchor - _REACH, find.anchor)):
        if other.source is None or other.quoted or other.form == "pronoun":
            continue
        person = other.form not in _NOBODY
        if several and (other.number == "plural" or not person):
            return None if _opens_for(other, find.range[0]) else other  # "analysts said they expect" is one claim
        if not several and other.number != "plural" and person:
            between = find.tokens.labels_in(other.range[1], find.range[0])
            return None if between & _PERSONS or _opens_for(other, find.range[0]) else other
    return None


_REACH = 150
"""A pronoun goes back over so many tokens: about two paragraphs."""

_PERSONS = frozenset({"male", "female", "firstname", "honorific"})
"""Labels of words that may bring in somebody else whom "he" or "she" could mean."""

_NOBODY = frozenset({"body", "place", "outlet", "closed", "media", "study", "reports", "document"})
"""Forms of sources that are neither he nor she."""

_TELLS = frozenset({"inverting", "according"})
"""Labels of cues whose source answers for what follows."""

_HEARERS = frozenset({"outlet", "media", "reports"})
"""Forms of sources that pass on what others say."""


def is_cited(find: Find) -> bool:
    """Tell whether the source is the object of a verb that cites."""
    return find.cue is not None and find.anchor == find.head and "citing" in find.tokens.labels(find.cue[0])
