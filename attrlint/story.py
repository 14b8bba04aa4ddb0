"""Judgements about the story as a whole: how many voices it has, and how they are introduced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrlint.find import WITH_CLAUSE, Find, Range, within
from attrlint.judge import Check, Judgement, Reading, fill, marked
from attrlint.lexicon import CAPITAL, CONTINUED, NUMBER, Labels
from attrlint.rule import Rule
from attrlint.segment import Tokens

_GIVEN = frozenset({"male", "female", "firstname"})
_NO_NAME = frozenset(
    "det indef poss pronoun anybody relative prep to conj sub that wh be have do adverb there month weekday".split()
)
_INTRODUCES = frozenset(
    "expert official office profession person partisan spokes kin body bodyname media outlet paper".split()
)
_BODIES = frozenset({"body", "bodyname", "outlet"})
_CREDENTIALS = _BODIES | {"office", "media", "paper", "study", "who", "partisan"}
_PLACES = frozenset({"place", "nationality", "honorific", "weekday", "month"}) | _GIVEN
_REACH = 25
"""How far from a name a person is described in one sentence, in tokens."""

_GOVERNS = frozenset({"prep", "to", "det", "quant"})
"""Words before a name that make it a part of something longer."""

_PREFIX = 4
"""A name may have a second capital or an apostrophe among its first letters ("MacLeod"), later it is a brand's."""

_NICKNAME = 3
"""A nickname before a surname has one or two words between its quotation marks."""


def _objection(reading: Reading, rule: Rule, place: Range, find: Find) -> Judgement:
    return Judgement(rule, place, rule.severity, fill(rule.message, reading.tokens, place, find), find)


def _verdict(reading: Reading, rule: Rule, find: Find, related: tuple[tuple[Range, str], ...] = ()) -> Judgement:
    """Return an objection to the whole story, shown at one of its attributions."""
    return _objection(reading, rule, marked(find, rule.mark), find)._replace(related=related, whole=True)


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
        if _speaks(find, options) and not _is_idle(find) and find.mood == "claim" and not find.headline
    ]


def _is_idle(find: Find) -> bool:
    """Tell whether a source is the writer, the reader or nothing that could speak."""
    if find.form == "pronoun":
        return "person-pronoun" not in find.head_labels
    return find.form == "other" and "loose" in find.cue_labels


def single_source(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """Everything that is attributed in the story comes from one speaker, and nobody else is even asked."""
    if _has_two_names(reading):
        return
    voices = _voices(reading, rule.options)
    if len(voices) < rule.options["attributions"] or voices[0].entity is None:
        return
    speaker = voices[0].entity
    if all(find.entity == speaker for find in voices) and not _is_another_asked(reading, rule.options, speaker):
        first = next((find for find in voices if find.kind in rule.options["kinds"]), voices[0])
        yield _verdict(reading, rule, first)


def _has_two_names(reading: Reading) -> bool:
    """Tell whether two names say something: then there are two voices, which is soon seen."""
    known = ""
    for find in reading.finds:
        if find.source is not None and find.form == "name" and find.kind == "speech" and not find.quoted:
            word = reading.tokens.word(find.head)
            if known not in ("", word):
                return True
            known = word
    return False


def _is_another_asked(reading: Reading, options: dict[str, Any], speaker: int) -> bool:
    """Tell whether anybody else stands for a source, be it in a headline or to say nothing."""
    return any(
        find.entity != speaker and find.form not in ("other", "pronoun")
        for find in reading.finds
        if _speaks(find, options)
    )


def mostly_unnamed(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """More than half of the attributions of the story have no identified source."""
    options = rule.options
    forms, enough = frozenset(options["forms"]), options["attributions"]
    if 2 * sum(find.form in forms for find in reading.finds) <= enough:
        return
    voices = [find for find in _voices(reading, options) if _is_plain(find)]
    named = [find for find in voices if find.form not in forms and find.form != "pronoun"]
    unnamed = [find for find in voices if find.form in forms and find.body in ("none", "common")]
    if len(unnamed) <= len(named):
        return
    unnamed = [find for find in unnamed if find.known in options["known"]]
    voices = [find for find in voices if find.form != "pronoun" or find.entity is not None]
    if len(voices) >= enough and 2 * len(unnamed) > len(voices):
        related = tuple((marked(find, rule.mark), options["note"]) for find in unnamed[1:] if not find.shared)
        yield _verdict(reading, rule, unnamed[0], related)


def _is_plain(find: Find) -> bool:
    """Tell whether an attribution is surely one: no counted share of a poll, no verb that mostly does other work."""
    if find.form == "other" or ("loose" in find.cue_labels and WITH_CLAUSE not in find.cue_labels):
        return False
    assert find.source is not None
    labels = find.tokens.labels_in(find.source[0], find.head + 1)
    return labels.isdisjoint(("fraction", NUMBER))


def unintroduced_name(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """Somebody speaks by surname alone whom the story never gives in full."""
    tokens = reading.tokens
    seen: set[str] = set()
    for find in reading.finds:
        if find.form != "name" or find.shared or not _is_surname(find):
            continue
        if find.headline or not _speaks(find, rule.options):
            continue
        name = tokens.word(find.head)
        if name in seen or not (_is_they_who(find) or _is_quoted(find) or _is_person(tokens, find.head)):
            continue
        seen.add(name)
        if not any(_stands_in_full(tokens, index) for index in _places_of(tokens, name)):
            yield _objection(reading, rule, marked(find, rule.mark), find)


def _is_surname(find: Find) -> bool:
    """Tell whether a source is one word that can only be a name, with nothing but a form of address before it."""
    assert find.source is not None
    tokens, head = find.tokens, find.head
    before = range(find.source[0], head)
    word = tokens.word(head)
    if not word[-1].islower() or any(not sign.islower() for sign in word[_PREFIX:]):
        return False
    if not all("address" in tokens.labels(index) for index in before):
        return False
    governed = find.source[0] > 0 and not _GOVERNS.isdisjoint(tokens.labels(find.source[0] - 1))
    if governed and "according" not in find.cue_labels:
        return False
    allowed = {CAPITAL, "frequent", *(_GIVEN if before else ())}
    return tokens.labels(head) <= allowed


def _places_of(tokens: Tokens, name: str) -> Iterator[int]:
    """Yield where a name stands, be it in capitals throughout."""
    first, size, short = name[0], len(name), name.lower()
    for index, text in enumerate(tokens.texts):
        if text[0] == first and len(text) >= size and text.rstrip().lower() == short:
            yield index


def _stands_in_full(tokens: Tokens, index: int) -> bool:
    """Tell whether a name stands beside what makes it more than a surname: another name, an office, a body."""
    before = index - 1
    if before >= 0 and "address" in tokens.labels(before):
        before -= 1
    if before >= 0 and tokens.texts[before][-1].isspace() and _is_part_of_name(tokens, before):
        return True
    after = index + 1
    if after == len(tokens) or not tokens.texts[index][-1].isspace():
        return False
    return CONTINUED in tokens.labels(after) or _is_capital(tokens.labels(after))


def _is_part_of_name(tokens: Tokens, index: int) -> bool:
    """Tell whether a word before a surname introduces it.

    A capital, a role and a kind of body do, and so does a word that no list holds ("van", "al"), a nickname between
    quotation marks, and what a sign that was decoded wrongly has cut off.
    """
    labels, quotation = tokens.labels(index), tokens.quotation(index)
    if quotation is not None and quotation.end == index:
        return index - quotation.start <= _NICKNAME
    if not labels or not labels.isdisjoint(_INTRODUCES) or _is_capital(labels):
        return True
    cut = index > 0 and tokens.word(index).isalpha() and not tokens.texts[index - 1][-1].isspace()
    return cut and not tokens.labels(index - 1)


def _is_capital(labels: Labels) -> bool:
    return CAPITAL in labels and (not labels.isdisjoint(_GIVEN) or labels.isdisjoint(_NO_NAME))


def _is_person(tokens: Tokens, index: int) -> bool:
    """Tell whether a name has a form of address before it or a clause about a person behind it."""
    if index > 0 and "address" in tokens.labels(index - 1):
        return True
    after = index + 1
    if after < len(tokens) and "comma" in tokens.labels(after):
        after += 1
    return after < len(tokens) and "who" in tokens.labels(after)


def _is_quoted(find: Find) -> bool:
    """Tell whether a quotation stands right before "said Roe" or "Roe said"; in a statement a company may speak so."""
    tokens, before = find.tokens, find.range[0] - 1
    if "venue" in tokens.labels_in(find.core[1], min(find.core[1] + 4, len(tokens))):
        return False
    return before >= 0 and tokens.quotation(before) is not None and "quote" in tokens.labels(before)


def _is_they_who(find: Find) -> bool:
    """Tell whether a source says something of himself or herself: "Roe said she"."""
    tokens, after = find.tokens, find.range[1]
    if after < len(tokens) and "that" in tokens.labels(after):
        after += 1
    labels = tokens.labels(after) if after < len(tokens) else frozenset()
    return "person-pronoun" in labels and not labels.isdisjoint(("masculine", "feminine"))


def uncredentialled_expert(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """A named expert speaks for whom the story names no institution, no office and no work."""
    tokens = reading.tokens
    done: set[str] = set()
    for introduction in reading.register.introductions.in_forms(rule.options["forms"]):
        name = introduction.name
        surname = tokens.word(name[1] - 1)
        if surname in done or not _is_persons(tokens, name):
            continue
        done.add(surname)
        find = next((find for find in reading.finds if _is_claim_of(find, surname)), None)
        if find is None:
            continue
        anchors = frozenset(find.anchor for find in reading.finds)
        if not any(_has_credential(tokens, index, name, anchors) for index in _places_of(tokens, surname)):
            yield _objection(reading, rule, marked(find, rule.mark), find)


def _is_persons(tokens: Tokens, name: Range) -> bool:
    labels = tokens.labels_in(*name)
    return name[1] - name[0] > 1 and not tokens.labels(name[0]).isdisjoint(_GIVEN) and labels.isdisjoint(_BODIES)


def _is_claim_of(find: Find, surname: str) -> bool:
    if find.source is None or find.quoted or find.shared or find.mood != "claim" or find.kind == "stance":
        return False
    return any(find.tokens.word(index) == surname for index in range(*find.source))


def _has_credential(tokens: Tokens, index: int, name: Range, anchors: frozenset[int]) -> bool:
    """Tell whether what is said of a person beside a name can be an institution, an office, a work or a description."""
    first, last = tokens.sentence(index)
    for step, bound in ((-1, max(first, index - _REACH) - 1), (1, min(last, index + _REACH))):
        for at in range(index + step, bound, step):
            labels = tokens.labels(at)
            if "quote" in labels and "of" in tokens.labels(at - step):
                return True
            if not name[0] <= at < name[1] and _may_name_body(labels, opens=at == first):
                return True
            if at in anchors or "quote" in labels:
                break
            if not labels.isdisjoint(_CREDENTIALS):
                return True
    return False


def _may_name_body(labels: Labels, opens: bool) -> bool:
    """Tell whether a capital can be a body's: one that opens a sentence must be a word that no list holds."""
    return CAPITAL in labels and labels.isdisjoint(_PLACES) and (not opens or labels == {CAPITAL})


def mind_reading(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """The writer vouches for what somebody thinks who says nothing of the kind beside it."""
    for find in reading.finds:
        if find.source is None or "mind" not in find.cue_labels or _is_idle(find) or find.form == "other":
            continue
        start = _vouched_at(find)
        if start is None or find.quoted or find.mood != "claim" or find.attributed:
            continue
        if not _is_borne_out(reading, find):
            yield _objection(reading, rule, (start, find.core[1]), find)


def _vouched_at(find: Find) -> int | None:
    """Return where the writer vouches for a cue: inside it, behind its source, or where the sentence begins."""
    assert find.source is not None
    tokens, first = find.tokens, find.tokens.sentence(find.anchor)[0]
    opening = range(first, first + 1) if find.source[0] - first <= 2 else range(0)
    places = (*range(find.head + 1, find.anchor), *opening)
    return next((at for at in places if "vouching" in tokens.labels(at)), None)


def _is_borne_out(reading: Reading, find: Find) -> bool:
    """Tell whether words of somebody's stand in the sentence or in those around it, or the same speaker's do."""
    tokens = reading.tokens
    first, last = tokens.sentence(find.anchor)
    if any("quote" in tokens.labels(index) for index in range(first, last)):
        return True
    low = tokens.sentence(first - 1)[0] if first else first
    high = tokens.sentence(last)[1] if last < len(tokens) else last
    for other in within(reading.finds, low, high):
        if other is find or other.quoted:
            continue
        if other.kind != "speech" and "according" not in other.cue_labels:
            continue
        if first <= other.anchor < last or (other.entity is not None and other.entity == find.entity):
            return True
    return False


def poll_details(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """A named poll whose date, size or margin of error the story does not give; the first mention is marked."""
    tokens = reading.tokens
    for find in _named_texts(reading, rule.options):
        if "poll" in find.head_labels and find.kind != "stance":
            if not (_is_dated(tokens) and _is_sized(tokens) and "margin" in tokens.labels_in(0, len(tokens))):
                yield _objection(reading, rule, marked(find, rule.mark), find)
            return


def _named_texts(reading: Reading, options: dict[str, Any]) -> Iterator[Find]:
    """Yield the claims of polls, studies and reports that are named by whoever made them."""
    for find in reading.finds:
        if find.form in options["forms"] and not find.quoted and find.mood == "claim" and _is_named(find):
            yield find


def _is_named(find: Find) -> bool:
    assert find.source is not None
    return find.body in ("before", "after") and not find.headline


def _is_dated(tokens: Tokens) -> bool:
    """Tell whether a day stands in the story: a number beside a month."""
    months = (index for index in range(len(tokens)) if "month" in tokens.labels(index))
    return any(NUMBER in tokens.labels_in(max(0, at - 1), min(at + 2, len(tokens))) for at in months)


def _is_sized(tokens: Tokens) -> bool:
    """Tell whether a whole number stands shortly before the people whom a poll asks."""
    asked = (index for index in range(len(tokens)) if "asked" in tokens.labels(index))
    return any(tokens.word(at).replace(",", "").isdigit() for index in asked for at in range(max(0, index - 3), index))


def unlinked_document(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """A named report or study speaks, and no web address stands in its paragraph; the first mention is marked."""
    tokens = reading.tokens
    met: set[str] = set()
    for find in _named_texts(reading, rule.options):
        assert find.source is not None
        words = tokens.text(*find.source).lower()
        if words not in met and "link" not in tokens.labels_in(*tokens.paragraph(find.anchor)):
            yield _objection(reading, rule, marked(find, rule.mark), find)
        met.add(words)


STORY_CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        single_source,
        mostly_unnamed,
        unintroduced_name,
        uncredentialled_expert,
        mind_reading,
        poll_details,
        unlinked_document,
    )
}
