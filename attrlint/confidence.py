"""How sure a finding is, by what the attribution looks like: never by which words it has."""

from __future__ import annotations

from collections.abc import Iterator

from attrlint.find import Find

HIGH, MEDIUM, LOW = CONFIDENCES = ("high", "medium", "low")

_TELLS_FOR_A_LIVING = frozenset(
    {"anonymous", "document", "expert", "individual", "media", "official", "spokesperson", "study"}
)
"""Forms of sources that hardly do anything in the news but tell; other people act, and verbs of speech can mislead."""

_CLAUSE_OPENS = frozenset({"comma", "conj", "colon", "dash", "paragraph", "quote", "stop"})
"""What stands before a source that begins a clause; behind anything else it may be the object of another verb."""


def confidence(find: Find | None, start: int, softened: bool) -> str:
    """Return how sure a finding is: "high" where at most one thing about it raises a doubt, "low" where more do.

    `start` is the token that the finding and its source begin at; `softened` tells that the rule takes it for a note
    only. Where no source is given, or the finding rests on no attribution, there is less to go by: "medium" at best.
    """
    if find is None:
        return MEDIUM
    if softened + sum(_doubts(find, start)) > 1:
        return LOW
    return HIGH if find.source is not None else MEDIUM


def _doubts(find: Find, start: int) -> Iterator[bool]:
    """Yield for each thing that raises a doubt whether it holds."""
    yield "loose" in find.cue_labels
    yield find.attributed
    yield find.headline
    if find.source is not None:
        yield find.definite == "definite"
        yield find.form not in _TELLS_FOR_A_LIVING
        yield not find.described
        yield not _begins_clause(find, start)


def _begins_clause(find: Find, start: int) -> bool:
    tokens = find.tokens
    if start == 0 or tokens.sentence(start)[0] == start:
        return True
    return not _CLAUSE_OPENS.isdisjoint(tokens.labels(start - 1))
