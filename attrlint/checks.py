"""The few judgements that need Python, because they look across the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from attrlint.extract import Find, Range
from attrlint.judge import Check, Judgement, Reading, fill, marked
from attrlint.people import Person, can_be_he_or_she, can_be_they, mentions_person, named
from attrlint.rule import Rule
from attrlint.segment import Quotation, Tokens


def _objection(reading: Reading, rule: Rule, place: Range, find: Find | None = None) -> Judgement:
    return Judgement(rule, place, rule.severity, fill(rule.message, reading.tokens, place, find), find)


def unclosed_quote(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """A quotation mark that never closes; one that a later paragraph takes up or closes is no matter."""
    tokens = reading.tokens
    starts = [quotation.start for quotation in tokens.quotations] + [len(tokens)]
    for quotation, following in zip(tokens.quotations, starts[1:]):
        if quotation.closed or not _opens_words(tokens, quotation) or following == quotation.end + 1:
            continue
        if not _closes_late(tokens, quotation, following):
            yield _objection(reading, rule, (quotation.start, quotation.start + 1))


def _opens_words(tokens: Tokens, quotation: Quotation) -> bool:
    """Tell whether words follow a mark, and no sign of markup or dash: then it may be meant to close."""
    first = quotation.start + 1
    return first < quotation.end and tokens.labels(first).isdisjoint(("mark", "dash"))


def _closes_late(tokens: Tokens, quotation: Quotation, end: int) -> bool:
    """Tell whether a closing mark stands in a later paragraph: behind a stop, or the very sign that opened."""
    opening = tokens.word(quotation.start)
    return any(
        "quote" in tokens.labels(index)
        and not tokens.texts[index - 1][-1].isspace()
        and (tokens.word(index) == opening or not tokens.texts[index - 1][-1].isalnum())
        for index in range(quotation.end + 1, end)
    )


def orphan_quote(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """A quotation of several words that nobody in its paragraph or in the sentence before says.

    A quotation that follows another one right away belongs to whoever says that one.
    """
    tokens = reading.tokens
    anchors = [find.anchor for find in reading.finds if not find.quoted]
    before: Quotation | None = None
    for quotation in tokens.quotations:
        follows = before is not None and before.end >= _last_sentence_before(tokens, quotation.start)
        before = quotation
        if not follows and _is_orphan(tokens, quotation, anchors, rule.options["words"]):
            yield _objection(reading, rule, (quotation.start, min(quotation.end + 1, len(tokens))))


def _is_orphan(tokens: Tokens, quotation: Quotation, anchors: list[int], words: int) -> bool:
    first, last = _neighbourhood(tokens, quotation)
    if not quotation.closed or _words(tokens, quotation) < words or _is_title(tokens, quotation):
        return False
    if bisect_left(anchors, first) < bisect_left(anchors, last) or _labelled(tokens, first, quotation):
        return False
    if not _stands_alone(tokens, quotation) and "be" not in tokens.labels(max(quotation.start - 1, 0)):
        return False
    return not mentions_person(tokens, first, tokens.paragraph(quotation.start)[1]) and not _is_repeated(tokens, quotation)


def _is_title(tokens: Tokens, quotation: Quotation) -> bool:
    """Tell whether a quotation is the article's own headline, or has the capitals of a title."""
    if quotation.start == 0 and tokens.paragraph(0)[1] == quotation.end + 1 < len(tokens):
        return True
    capitals = sum(tokens.word(index)[:1].isupper() for index in range(quotation.start + 1, quotation.end))
    return 2 * capitals > _words(tokens, quotation)


def _is_repeated(tokens: Tokens, quotation: Quotation) -> bool:
    """Tell whether words of a quotation stand in the article twice: then it is a heading or is pulled out."""
    start = quotation.start + 2
    words = tokens.texts[start : min(start + 4, quotation.end - 1)]
    return any(
        tokens.texts[index : index + len(words)] == words
        for index, word in enumerate(tokens.texts)
        if word == words[0] and index != start
    )


def _words(tokens: Tokens, quotation: Quotation) -> int:
    return sum(tokens.word(index)[:1].isalnum() for index in range(quotation.start + 1, quotation.end))


def _stands_alone(tokens: Tokens, quotation: Quotation) -> bool:
    """Tell whether a quotation is a sentence of its own, and no part of the writer's."""
    sentence, end = tokens.sentence(quotation.start)
    ends = not tokens.word(quotation.end - 1)[-1:].isalnum()
    return sentence == quotation.start and ends and quotation.end + 1 >= end


def _sentence_before(tokens: Tokens, index: int) -> Range:
    """Return the sentence before the one that a token is in, over a paragraph's end too; the same one when it is the first."""
    start, end = tokens.sentence(index)
    while start > 0:
        first, last = tokens.sentence(start - 1)
        if "paragraph" not in tokens.labels(first):
            return first, last
        start = first
    return start, end


def _last_sentence_before(tokens: Tokens, index: int) -> int:
    """Return where the last sentence before a token begins that has more than a word or two."""
    start, end = _sentence_before(tokens, index)
    while start > 0 and end - start < _SHORT:
        start, end = _sentence_before(tokens, start)
    return start


_SHORT = 6
"""A sentence of fewer tokens hardly comes between two quotations of one speaker."""


def _neighbourhood(tokens: Tokens, quotation: Quotation) -> Range:
    """Return the paragraph of a quotation, with the sentence before it, which may be in the paragraph before."""
    first, last = tokens.paragraph(quotation.start)
    return _sentence_before(tokens, first)[0], last


def _labelled(tokens: Tokens, first: int, quotation: Quotation) -> bool:
    """Tell whether a colon or a dash with a name introduces the quotation or follows it."""
    before = tokens.labels_in(max(first, quotation.start - 3), quotation.start)
    after = tokens.labels_in(quotation.end + 1, min(quotation.end + 3, len(tokens)))
    return "colon" in before or "dash" in after


def late_speaker(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """A quotation that runs for several sentences before the reader learns who speaks."""
    tokens = reading.tokens
    for quotation in tokens.quotations:
        if not quotation.closed or tokens.sentence(quotation.start)[0] != quotation.start:
            continue
        if _full_sentences(tokens, quotation) < rule.options["sentences"]:
            continue
        speaker = _speaker_after(reading, quotation)
        if speaker is not None and speaker.form in rule.options["forms"] and not _is_on_stage(reading, quotation, speaker):
            yield _objection(reading, rule, speaker.range, speaker)


def _full_sentences(tokens: Tokens, quotation: Quotation) -> int:
    """Return how many sentences of three words or more a quotation has."""
    starts = [quotation.start, *(at for at in tokens.sentences if quotation.start < at < quotation.end), quotation.end]
    return sum(_words(tokens, Quotation(start, end, True)) >= 3 for start, end in zip(starts, starts[1:]))


def _speaker_after(reading: Reading, quotation: Quotation) -> Find | None:
    last = min(reading.tokens.sentence(quotation.end)[1], quotation.end + 8)
    return next((find for find in reading.finds if find.source and quotation.end < find.anchor < last), None)


def _is_on_stage(reading: Reading, quotation: Quotation, speaker: Find) -> bool:
    """Tell whether a speaker is mentioned shortly before a quotation, or was the last one to speak."""
    tokens, name = reading.tokens, reading.tokens.word(speaker.head)
    first = tokens.paragraph(quotation.start)[0]
    for _ in range(3):
        first = tokens.paragraph(max(first - 2, 0))[0]
    if any(tokens.word(index) == name for index in range(first, quotation.start)):
        return True
    earlier = [find for find in reading.finds if find.anchor < quotation.start and find.form == "name" and not find.quoted]
    return bool(earlier) and tokens.word(earlier[-1].head) == name


def unclear_pronoun(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """A pronoun that speaks though nobody, or two people of equal claim, have been mentioned before it."""
    for find in reading.finds:
        if find.form != "pronoun" or find.quoted or find.shared or find.headline or find.mood != "claim":
            continue
        if "person-pronoun" in find.head_labels and (_refers_to_nobody(find) or _has_rivals(reading, find)):
            yield _objection(reading, rule, find.range, find)


def _refers_to_nobody(find: Find) -> bool:
    fits = can_be_they if "they" in find.head_labels else can_be_he_or_she
    return not any(fits(find.tokens, index) for index in range(find.range[0] - 1, -1, -1))


def _has_rivals(reading: Reading, find: Find) -> bool:
    """Tell whether the sentence before names two people a pronoun can stand for, and neither was spoken of before."""
    tokens, gender = find.tokens, "male" if "masculine" in find.head_labels else "female"
    start = _opening(tokens, find)
    first, last = _sentence_before(tokens, start)
    if first == start or "they" in find.head_labels or mentions_person(tokens, start, find.range[0]):
        return False
    if any(first <= other.anchor < last for other in reading.finds):
        return False
    people = [one for one in named(tokens, first, last) if not _depends(tokens, one)]
    rivals = {one.surname for one in people if one.gender == gender}
    known = {tokens.word(index) for index in range(first)}
    return len(rivals) > 1 and all(one.gender and one.surname not in known for one in people)


def _depends(tokens: Tokens, person: Person) -> bool:
    """Tell whether a name only says whose something is: "of Jane Roe", "Jane Roe's"."""
    return "of" in tokens.labels(person.start - 1) or (
        person.end < len(tokens) and "genitive" in tokens.labels(person.end)
    )


def _opening(tokens: Tokens, find: Find) -> int:
    """Return where the sentence of an attribution begins, with the whole quotation that it ends in."""
    start = tokens.sentence(find.anchor)[0]
    quotation = tokens.quotation(start)
    return start if quotation is None else tokens.sentence(quotation.start)[0]


def anonymous_lead(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """The first attribution of the story comes from somebody unnamed."""
    for find in reading.finds:
        if find.source is None or find.quoted or find.mood != "claim":
            continue
        if find.form in rule.options["forms"] and find.known == "none":
            yield _objection(reading, rule, marked(find, rule.mark), find)
        return


CHECKS: dict[str, Check] = {
    check.__name__: check for check in (anonymous_lead, late_speaker, orphan_quote, unclear_pronoun, unclosed_quote)
}
