"""Judgements about the story as a whole: how many voices it has, and how they are introduced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrlint.find import Find, Range
from attrlint.judge import Check, Judgement, Reading, fill, marked
from attrlint.lexicon import CAPITAL, NUMBER, Labels
from attrlint.rule import Rule
from attrlint.segment import Tokens

_GIVEN = frozenset({"male", "female", "firstname"})
_NO_NAME = frozenset("det indef poss pronoun anybody relative prep to conj sub that wh be have do modal adverb there".split())
_TIMES = frozenset({"month", "weekday"})
_DISOWNED = frozenset({"prep", "genitive", "of"})
_INSTITUTIONS = frozenset({"body", "bodyname", "outlet", "office", "media", "paper"})
_NARROWS = frozenset({"place", "nationality", "honorific", "quant"}) | _TIMES | _GIVEN | _NO_NAME


def _objection(
    reading: Reading, rule: Rule, place: Range, find: Find | None, related: tuple[tuple[Range, str], ...] = ()
) -> Judgement:
    message = fill(rule.message, reading.tokens, place, find)
    return Judgement(rule, place, rule.severity, message, find, related)


def _voices(reading: Reading, options: dict[str, Any]) -> list[Find]:
    """Return the attributions by which somebody speaks or thinks in the story: claims outside quotations and headlines."""
    kinds, signs = frozenset(options["kinds"]), frozenset(options["signs"])
    return [
        find
        for find in reading.finds
        if find.source is not None
        and (find.kind in kinds or not signs.isdisjoint(find.cue_labels))
        and not find.quoted
        and not find.headline
        and find.mood == "claim"
    ]


def single_source(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """Everything that is attributed in the story comes from one speaker."""
    voices = [find for find in _voices(reading, rule.options) if not _is_idle(find)]
    if len(voices) < rule.options["attributions"]:
        return
    speakers = {find.entity for find in voices}
    if len(speakers) == 1 and None not in speakers:
        yield _objection(reading, rule, marked(voices[0], rule.mark), voices[0])


def _is_idle(find: Find) -> bool:
    """Tell whether a source is the writer, the reader or nothing that could speak."""
    if find.form == "pronoun":
        return "person-pronoun" not in find.head_labels
    return find.form == "other" and "loose" in find.cue_labels


def mostly_unnamed(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """More than half of the attributions of the story have no identified source."""
    options = rule.options
    voices = [find for find in _voices(reading, options) if not _is_idle(find) and find.form != "other"]
    voices = [find for find in voices if find.form != "pronoun" or find.entity is not None]
    unnamed = [find for find in voices if _is_unnamed(find, options)]
    if len(voices) >= options["attributions"] and 2 * len(unnamed) > len(voices):
        related = tuple((marked(find, rule.mark), options["note"]) for find in unnamed[1:])
        yield _objection(reading, rule, marked(unnamed[0], rule.mark), unnamed[0], related)


def _is_unnamed(find: Find, options: dict[str, Any]) -> bool:
    return find.form in options["forms"] and find.body in ("none", "common") and find.known in options["known"]
