"""The few judgements that need Python, because they look across the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from attrlint.find import Find, Range, within
from attrlint.judge import Check, Judgement, Reading, fill, marked
from attrlint.people import People, Person, can_be_he_or_she, can_be_they
from attrlint.rule import Rule
from attrlint.segment import Quotation, Tokens
from attrlint.story import STORY_CHECKS

UNUSED, UNKNOWN, UNEXPLAINED = "unused_waiver", "unknown_waiver", "unexplained_waiver"
WAIVER_CHECKS = frozenset({UNUSED, UNKNOWN, UNEXPLAINED})
"""Checks of waivers: they are made by `attrlint.waivers`, when all else is judged."""

_REACH = 200
"""How far a paragraph is looked at around a quotation, in tokens: some texts are one endless paragraph."""

_FAR = 20_000
"""How far off the words of a quotation are looked for, in tokens: longer than any article."""

_SHORT = 6
"""A sentence of fewer tokens hardly comes between two quotations of one speaker."""


def _objection(reading: Reading, rule: Rule, place: Range, find: Find | None = None) -> Judgement:
    return Judgement(rule, place, rule.severity, fill(rule.message, reading.tokens, place, find), find)


def unclosed_quote(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """A quotation mark that never closes; one that a later paragraph takes up or closes is no matter."""
    tokens, quotations = reading.tokens, reading.tokens.quotations
    pairs = {(tokens.word(quotation.start), tokens.word(quotation.end)) for quotation in quotations if quotation.closed}
    for place, quotation in enumerate(quotations):
        if quotation.closed or not _opens_words(tokens, quotation):
            continue
        end = quotations[place + 1].start if place + 1 < len(quotations) else len(tokens)
        if end == quotation.end + 1 < len(tokens):
            if _goes_on(tokens, quotation):
                continue
            end = min(tokens.paragraph(end)[1], end + _REACH)
        if not any(_closes(tokens, quotation, index, pairs) for index in range(quotation.end + 1, end)):
            yield _objection(reading, rule, (quotation.start, quotation.start + 1))


def _goes_on(tokens: Tokens, quotation: Quotation) -> bool:
    """Tell whether the next mark takes an open quotation up in a new paragraph, or opens another sort inside it."""
    following = quotation.end + 1
    return "paragraph" in tokens.labels(quotation.end) or tokens.word(following) != tokens.word(quotation.start)


def _opens_words(tokens: Tokens, quotation: Quotation) -> bool:
    """Tell whether words follow a mark, and no sign of markup or dash: then it may be meant to close."""
    first = quotation.start + 1
    return first < quotation.end and tokens.labels(first).isdisjoint(("mark", "dash"))


def _closes(tokens: Tokens, quotation: Quotation, index: int, pairs: set[tuple[str, str]]) -> bool:
    """Tell whether a token is a closing mark that nothing opened: behind a stop, or the usual one of the pair."""
    if "quote" not in tokens.labels(index) or tokens.texts[index - 1][-1].isspace() or tokens.quotation(index):
        return False
    opening, sign = tokens.word(quotation.start), tokens.word(index)
    return sign == opening or (opening, sign) in pairs or not tokens.texts[index - 1][-1].isalnum()


def orphan_quote(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """A quotation of several words that nobody in its paragraph or in the sentence before says.

    A quotation that follows another one right away belongs to whoever says that one.
    """
    tokens, people = reading.tokens, People(reading.tokens)
    end, paragraph = 0, (0, 0)
    for quotation in tokens.quotations:
        follows = end > _last_sentence_before(tokens, quotation.start)
        end = quotation.end + 1
        if follows or not quotation.closed or not _is_statement(tokens, quotation):
            continue
        if quotation.start >= paragraph[1]:
            paragraph = tokens.paragraph(quotation.start)
        if _has_speaker(reading, quotation, paragraph, people) or _is_title(tokens, quotation):
            continue
        long = _words(tokens, quotation.start, quotation.end) >= rule.options["words"]
        if long and not _is_repeated(tokens, quotation):
            yield _objection(reading, rule, (quotation.start, end))


def _words(tokens: Tokens, start: int, end: int) -> int:
    return sum(text[0].isalnum() for text in tokens.texts[start:end])


def _is_statement(tokens: Tokens, quotation: Quotation) -> bool:
    """Tell whether a quotation is a sentence of its own, or what the writer says that something is."""
    sentence, end = tokens.sentence(quotation.start)
    if sentence < quotation.start:
        return "be" in tokens.labels(quotation.start - 1)
    return quotation.end + 1 >= end and not tokens.word(quotation.end - 1)[-1].isalnum()


def _is_title(tokens: Tokens, quotation: Quotation) -> bool:
    """Tell whether a quotation is the article's own headline, or has the capitals of a title."""
    start, end = quotation.start, quotation.end
    if start == 0 and tokens.paragraph(0)[1] == end + 1 < len(tokens):
        return True
    capitals = sum(tokens.word(index)[:1].isupper() for index in range(start + 1, end))
    return 2 * capitals > _words(tokens, start, end)


def _is_repeated(tokens: Tokens, quotation: Quotation) -> bool:
    """Tell whether words of a quotation stand elsewhere in the article: then it is a heading or is pulled out."""
    start = quotation.start + 2
    words = tokens.texts[start : start + 3]
    near = range(max(0, start - _FAR), min(len(tokens), start + _FAR))
    return any(index != start and tokens.texts[index : index + 3] == words for index in near)


def _has_speaker(reading: Reading, quotation: Quotation, paragraph: Range, people: People) -> bool:
    """Tell whether somebody says a quotation, is named with it, or introduces it with a colon."""
    tokens = reading.tokens
    first = max(_sentence_before(tokens, paragraph[0])[0], quotation.start - _REACH)
    last = min(paragraph[1], quotation.end + _REACH)
    if any(find.kind != "stance" and not find.quoted for find in within(reading.finds, first, last)):
        return True
    before = tokens.labels_in(max(first, quotation.start - 3), quotation.start)
    after = tokens.labels_in(quotation.end + 1, min(quotation.end + 3, len(tokens)))
    return "colon" in before or "dash" in after or people.mentioned(first, last)


def _sentence_before(tokens: Tokens, index: int) -> Range:
    """Return the sentence before the one that a token is in, in whatever paragraph; the first has itself before it."""
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


_MANY = 12
"""A quotation of fewer tokens has no three sentences of three words."""


def late_speaker(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """A quotation that runs for several sentences before the reader learns who speaks."""
    tokens = reading.tokens
    anchors = [find.anchor for find in reading.finds]
    for quotation in tokens.quotations:
        if (
            not quotation.closed
            or quotation.end - quotation.start < _MANY
            or _full_sentences(tokens, quotation) < rule.options["sentences"]
        ):
            continue
        last = min(tokens.sentence(quotation.end)[1], quotation.end + 8)
        behind = reading.finds[bisect_left(anchors, quotation.end) : bisect_left(anchors, last)]
        speaker = next((find for find in behind if find.source), None)
        if speaker is None or speaker.form not in rule.options["forms"]:
            continue
        if not _is_on_stage(tokens, quotation, speaker, reading.finds[: bisect_left(anchors, quotation.start)]):
            yield _objection(reading, rule, speaker.range, speaker)


def _full_sentences(tokens: Tokens, quotation: Quotation) -> int:
    """Return how many sentences of three words or more a quotation has; none where it does not begin one."""
    start, found = quotation.start, 0
    if tokens.sentence(start)[0] != start:
        return 0
    while start < quotation.end:
        end = min(tokens.sentence(start)[1], quotation.end)
        found += _words(tokens, start, end) >= 3
        start = end
    return found


def _is_on_stage(tokens: Tokens, quotation: Quotation, speaker: Find, earlier: list[Find]) -> bool:
    """Tell whether a speaker is mentioned shortly before a quotation, or was the last one to speak."""
    name = tokens.word(speaker.head)
    first = tokens.paragraph(quotation.start)[0]
    for _ in range(3):
        first = tokens.paragraph(max(first - 2, 0))[0]
    if any(tokens.word(index) == name for index in range(max(first, quotation.start - _REACH), quotation.start)):
        return True
    last = next((find for find in reversed(earlier) if find.form == "name" and not find.quoted), None)
    return last is not None and tokens.word(last.head) == name


_TWO_PEOPLE = 2
"""Fewer capitals than this cannot name two people."""


def unclear_pronoun(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """A pronoun that speaks though nobody, or two people of equal claim, have been mentioned before it."""
    people = People(reading.tokens)
    anchors = [find.anchor for find in reading.finds]
    for find in reading.finds:
        if find.form != "pronoun" or "person-pronoun" not in find.head_labels or find.shared or find.quoted:
            continue
        if not (_refers_to_nobody(find) or _has_rivals(find, anchors, people)):
            continue
        if find.mood == "claim" and not find.headline:
            yield _objection(reading, rule, find.range, find)


def _refers_to_nobody(find: Find) -> bool:
    fits = can_be_they if "they" in find.head_labels else can_be_he_or_she
    return not any(fits(find.tokens, index) for index in range(find.range[0] - 1, -1, -1))


def _has_rivals(find: Find, anchors: list[int], people: People) -> bool:
    """Tell whether the sentence before names two people a pronoun can stand for, and neither was spoken of before.

    Where somebody speaks in that sentence the pronoun goes back to the speaker.
    """
    tokens = find.tokens
    start = _opening(tokens, find)
    first, last = _sentence_before(tokens, start)
    if first == start or "they" in find.head_labels or bisect_left(anchors, first) < bisect_left(anchors, last):
        return False
    if sum(tokens.texts[index][0].isupper() for index in range(first, last)) < _TWO_PEOPLE:
        return False
    if people.mentioned(start, find.range[0]):
        return False
    gender = "male" if "masculine" in find.head_labels else "female"
    named = [one for one in people.named(first, last) if not _depends(tokens, one)]
    rivals = {one.surname for one in named if one.gender == gender}
    if len(rivals) < 2 or not all(one.gender for one in named):
        return False
    return rivals.isdisjoint(tokens.word(index) for index in range(first))


def _depends(tokens: Tokens, person: Person) -> bool:
    """Tell whether a name only says whose something is: "of Jane Roe", "Jane Roe's"."""
    before = tokens.labels(person.start - 1) if person.start else frozenset()
    after = tokens.labels(person.end) if person.end < len(tokens) else frozenset()
    return "of" in before or "genitive" in after


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
} | STORY_CHECKS
