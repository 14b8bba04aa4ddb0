"""Judgements about the story as a whole: how many voices it has, and how they are introduced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrlint.find import WITH_CLAUSE, Find, Range
from attrlint.judge import Check, Judgement, Reading, fill, marked
from attrlint.lexicon import CAPITAL, NUMBER, Labels
from attrlint.rule import Rule
from attrlint.segment import Tokens

_GIVEN = frozenset({"male", "female", "firstname"})
_NO_NAME = frozenset("det indef poss pronoun anybody relative prep to conj sub that wh be have do modal adverb there".split())
_TIMES = frozenset({"month", "weekday"})
_GOVERNS = frozenset({"prep", "to", "det", "quant"})
"""Words before a name that make it a part of something longer."""
_INSTITUTIONS = frozenset({"body", "bodyname", "outlet", "office", "media", "paper"})
_NARROWS = frozenset({"place", "nationality", "honorific", "quant"}) | _TIMES | _GIVEN | _NO_NAME


def _objection(
    reading: Reading, rule: Rule, place: Range, find: Find | None, related: tuple[tuple[Range, str], ...] = ()
) -> Judgement:
    message = fill(rule.message, reading.tokens, place, find)
    return Judgement(rule, place, rule.severity, message, find, related)


def _speaks(find: Find, options: dict[str, Any]) -> bool:
    """Tell whether an attribution outside quotations has a source that says or thinks something."""
    if find.source is None or find.quoted:
        return False
    return find.kind in options["kinds"] or not find.cue_labels.isdisjoint(options["signs"])


def _voices(reading: Reading, options: dict[str, Any]) -> list[Find]:
    """Return the claims of the story that somebody other than the writer makes, without those in headlines."""
    return [
        find
        for find in reading.finds
        if find.mood == "claim" and _speaks(find, options) and not find.headline and not _is_idle(find)
    ]


def _is_idle(find: Find) -> bool:
    """Tell whether a source is the writer, the reader or nothing that could speak."""
    if find.form == "pronoun":
        return "person-pronoun" not in find.head_labels
    return find.form == "other" and "loose" in find.cue_labels


def single_source(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """Everything that is attributed in the story comes from one speaker, and nobody else is asked or denies anything."""
    voices = _voices(reading, rule.options)
    if len(voices) < rule.options["attributions"] or voices[0].entity is None:
        return
    speaker = voices[0].entity
    others = (find for find in reading.finds if _speaks(find, rule.options) and find.entity not in (None, speaker))
    if all(find.entity == speaker for find in voices) and not any(others):
        first = next((find for find in voices if find.kind in rule.options["kinds"]), voices[0])
        yield _objection(reading, rule, marked(first, rule.mark), first)


def mostly_unnamed(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """More than half of the attributions of the story have no identified source."""
    options = rule.options
    voices = [find for find in _voices(reading, options) if _is_plain(find)]
    unnamed = [find for find in voices if _is_unnamed(find, options)]
    if len(voices) >= options["attributions"] and 2 * len(unnamed) > len(voices):
        related = tuple((marked(find, rule.mark), options["note"]) for find in unnamed[1:])
        yield _objection(reading, rule, marked(unnamed[0], rule.mark), unnamed[0], related)


def _is_plain(find: Find) -> bool:
    """Tell whether an attribution is surely one: no counted share of a poll, no verb that mostly does other work."""
    if find.form == "other" or (find.form == "pronoun" and find.entity is None):
        return False
    if "loose" in find.cue_labels and WITH_CLAUSE not in find.cue_labels:
        return False
    assert find.source is not None
    labels = find.tokens.labels_in(find.source[0], find.head + 1)
    return labels.isdisjoint(("fraction", NUMBER))


def _is_unnamed(find: Find, options: dict[str, Any]) -> bool:
    return find.form in options["forms"] and find.body in ("none", "common") and find.known in options["known"]


def unintroduced_name(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """Somebody speaks by surname alone whom the story never gives in full."""
    tokens = reading.tokens
    seen = set(rule.options["known"])
    for find in reading.finds:
        if not _speaks(find, rule.options) or find.headline or find.shared or not _is_surname(find):
            continue
        name = tokens.word(find.head)
        if name in seen:
            continue
        seen.add(name)
        places = [index for index in range(len(tokens)) if tokens.word(index).lower() == name.lower()]
        if any(_stands_in_full(tokens, index) for index in places):
            continue
        if _is_they_who(find) or any(_is_person(tokens, index) for index in places):
            yield _objection(reading, rule, marked(find, rule.mark), find)


def _is_surname(find: Find) -> bool:
    """Tell whether a source is one word that can only be a name, with nothing but a form of address before it."""
    assert find.source is not None
    tokens, head = find.tokens, find.head
    before = range(find.source[0], head)
    if find.form != "name" or not tokens.word(head).isalpha() or tokens.word(head).isupper():
        return False
    if not all("address" in tokens.labels(index) for index in before):
        return False
    if find.source[0] > 0 and not _GOVERNS.isdisjoint(tokens.labels(find.source[0] - 1)) and "according" not in find.cue_labels:
        return False
    allowed = {CAPITAL, "frequent", *(_GIVEN if before else ())}
    return tokens.labels(head) <= allowed


def _stands_in_full(tokens: Tokens, index: int) -> bool:
    """Tell whether a name stands beside another word of a name: a first name, an office, a second surname.

    A word that no list holds may be a part of it ("van", "al"), and a form of address behind an office is a first name.
    """
    before = index - 1
    if before >= 0 and "address" in tokens.labels(before):
        before -= 1
    if before >= 0 and tokens.texts[before][-1].isspace() and _is_name(tokens.labels(before)):
        return before == index - 1 or tokens.sentence(before)[0] == tokens.sentence(index)[0]
    return tokens.texts[index][-1] == " " and index + 1 < len(tokens) and _is_name(tokens.labels(index + 1))


def _is_name(labels: Labels) -> bool:
    if not labels:
        return True
    return CAPITAL in labels and labels.isdisjoint(_NO_NAME) and (labels.isdisjoint(_TIMES) or not labels.isdisjoint(_GIVEN))


def _is_person(tokens: Tokens, index: int) -> bool:
    """Tell whether a name has a form of address before it or a clause about a person behind it."""
    if index > 0 and "address" in tokens.labels(index - 1):
        return True
    after = index + 1
    if after < len(tokens) and "comma" in tokens.labels(after):
        after += 1
    return after < len(tokens) and "who" in tokens.labels(after)


def _is_they_who(find: Find) -> bool:
    """Tell whether a source says something of himself or herself: "Roe said she"."""
    tokens, after = find.tokens, find.range[1]
    if after < len(tokens) and "that" in tokens.labels(after):
        after += 1
    labels = tokens.labels(after) if after < len(tokens) else frozenset()
    return "person-pronoun" in labels and not labels.isdisjoint(("masculine", "feminine"))


CHECKS: dict[str, Check] = {
    check.__name__: check for check in (single_source, mostly_unnamed, unintroduced_name)
}
