"""Rules over what an article says: judgements, the most specific one for each attribution, as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from attrlint.chain import antecedent
from attrlint.confidence import confidence
from attrlint.find import Find, Range
from attrlint.finding import Finding, Related, Severity
from attrlint.remedy import Gaps, Place, gaps, mend
from attrlint.resolve import Register
from attrlint.rule import Rule
from attrlint.segment import Tokens
from attrlint.wording import Wording


class Reading(NamedTuple):
    """One article as the engine read it: its tokens, its attributions and who is introduced in it."""

    tokens: Tokens
    finds: list[Find]
    register: Register

    def close(self) -> None:
        """Let go of what holds each other, so that it is gone at once and the collector has nothing to look through."""
        for each in (*self.finds, self.register, self.tokens.kinds):
            vars(each).clear()


class Judgement(NamedTuple):
    """A rule's objection to a range of tokens, before the most specific one is chosen."""

    rule: Rule
    range: Range
    severity: Severity
    message: str
    find: Find | None = None
    related: tuple[tuple[Range, str], ...] = ()
    softened: bool = False
    whole: bool = False
    """Whether it is about the whole article: then it stands beside what is said of the same words."""
    again: tuple[Range, ...] = ()
    """Where the same unnamed source speaks again."""

    @property
    def claim(self) -> Range:
        """The range with the source it is about: two judgements of one claim are one finding."""
        if self.find is None or self.find.source is None:
            return self.range
        return min(self.range[0], self.find.source[0]), max(self.range[1], self.find.source[1])


Check = Callable[[Reading, Rule], Iterator[Judgement]]


class Bench:
    """The rules of one run, filed by the patterns they look at, and the checks of those that need Python."""

    def __init__(self, rules: Iterable[Rule], checks: Mapping[str, Check], wording: Wording) -> None:
        self.rules = tuple(rules)
        self._wording = wording
        self._checks = tuple((checks[rule.check], rule) for rule in self.rules if rule.check)
        self._conditional = tuple(rule for rule in self.rules if rule.condition is not None)
        self._filed: dict[tuple[str, str], tuple[Rule, ...]] = {}

    def judge(self, reading: Reading) -> tuple[Finding, ...]:
        """Return the findings of one article, in the order of the text, one for each place."""
        judgements = [*self._by_condition(reading.finds)]
        for check, rule in self._checks:
            judgements.extend(check(reading, rule))
        known = gaps(reading.tokens, self._wording) if judgements else Gaps("", frozenset())
        return tuple(
            _finding(reading.tokens, best, self._wording, known)
            for best in _most_specific(judgements)
            if not known.inside(reading.tokens.text(*best.range))
        )

    def _by_condition(self, finds: list[Find]) -> Iterator[Judgement]:
        """Judge every attribution; an unnamed source that speaks again is a related place of its first finding."""
        accused = [(find, rule) for find in finds for rule in self._for(find.pattern, find.form) if rule.objects(find)]
        first = _first_mentions(accused)
        again: dict[Find, list[Find]] = {}
        for find in finds if first else ():
            if find.source is None or find.quoted or find.shared:
                continue
            if find not in first and find.definite == "definite" and find.known == "again":
                known = next((other for other in find.resolver.earlier(find) if first.get(other) is other), find)
                first[find] = known
            elif (spoke := antecedent(find)) is not None and spoke in first:
                first[find] = first[spoke]
            known = first.get(find, find)
            if known is not find:
                again.setdefault(known, []).append(find)
        for find, rule in accused:
            if first[find] is find:
                yield self._judgement(find, rule, again.get(find, ()))

    def _judgement(self, find: Find, rule: Rule, again: Sequence[Find]) -> Judgement:
        soft = rule.softened(find)
        severity = rule.severity if soft is None else Severity.NOTE
        place = marked(find, rule.mark)
        words = fill(rule.says(find, soft), find.tokens, place, find).replace("{head}", self._noun(find))
        related = tuple(dict.fromkeys((marked(other, "both"), "speaks again here") for other in again))
        same = tuple(dict.fromkeys(marked(other, rule.mark) for other in again))
        return Judgement(rule, place, severity, words, find, related, softened=soft is not None, again=same)

    def _noun(self, find: Find) -> str:
        """Return the noun of a source as it is written inside a sentence; empty without a source."""
        if find.source is None:
            return ""
        words = find.tokens.text(find.head, find.noun_end)
        return self._wording.plain(words) if find.tokens.sentence(find.head)[0] == find.head else words

    def _for(self, pattern: str, form: str) -> tuple[Rule, ...]:
        """Return the rules that could hold for a pattern and a form of source; most attributions have none."""
        key = (pattern, form)
        found = self._filed.get(key)
        if found is None:
            found = self._filed[key] = tuple(
                rule for rule in self._conditional if rule.condition and rule.condition.may_hold(pattern, form)
            )
        return found


def _first_mentions(accused: list[tuple[Find, Rule]]) -> dict[Find, Find]:
    """Return for each accused attribution the first one with the same rule and the same unnamed source."""
    met: dict[tuple[str, str], Find] = {}
    first: dict[Find, Find] = {}
    for find, rule in accused:
        if find.source is None or find.shared or find.definite == "possessive":
            first[find] = find
        elif find.known == "again" and (earlier := next((o for o in find.resolver.earlier(find) if o in first), None)):
            first[find] = first[earlier]
        else:
            words = find.resolver.kind_of_source(find)
            first[find] = met.setdefault((rule.name, words), find)
    return first


def marked(find: Find, part: str) -> Range:
    """Return the words that a finding marks.

    `part` is "source", "cue", "whole" or "both"; where source and cue together are too long for "both", the source is
    marked alone, without the asides after it, and for "whole" the cue.
    """
    if find.source is None or find.cue is None or part == "cue" or (find.shared and part == "both"):
        return find.core if find.cue else find.range
    start, end = min(find.source[0], find.core[0]), max(find.source[1], find.core[1])
    if part == "whole":
        return (start, end) if end - start <= _LONGEST_WHOLE else find.core
    if part == "both" and end - start <= _LONGEST:
        return start, end
    low, high = find.source
    comma = next((at for at in range(find.head, high) if "comma" in find.tokens.labels(at)), high)
    return (min(low, find.core[0]) if find.core[1] == low else low), comma


_LONGEST, _LONGEST_WHOLE = 14, 24
"""Source and cue are marked together up to so many tokens."""


def fill(message: str, tokens: Tokens, place: Range, find: Find | None = None) -> str:
    """Return a rule's message with the words of the article in it."""
    source = tokens.text(*find.source) if find and find.source else ""
    cue = tokens.text(*find.cue) if find and find.cue else ""
    for name, words in (("{text}", tokens.text(*place)), ("{source}", source), ("{cue}", cue)):
        message = message.replace(name, " ".join(words.split()))
    return message


def _most_specific(judgements: list[Judgement]) -> list[Judgement]:
    """Keep one judgement for each place: the one that supersedes, else the gravest, else the longest.

    What another rule found at the same place stays as a related place, unless it is superseded.
    """
    kept = [one for one in judgements if one.whole]
    for cluster in _clusters([one for one in judgements if not one.whole]):
        kept.extend(_best(cluster) if len(cluster) > 1 else cluster)
    return sorted(kept, key=lambda one: one.range)


def _clusters(judgements: list[Judgement]) -> Iterator[list[Judgement]]:
    """Yield the judgements whose claims meet, directly or through others: they are few, so comparing them is cheap."""
    cluster: list[Judgement] = []
    end = -1
    for one in sorted(judgements, key=lambda one: one.claim):
        if cluster and one.claim[0] >= end:
            yield cluster
            cluster = []
        cluster.append(one)
        end = max(end, one.claim[1]) if len(cluster) > 1 else one.claim[1]
    if cluster:
        yield cluster


def _best(cluster: list[Judgement]) -> list[Judgement]:
    kept: list[Judgement] = []
    superseded = [(name, one.claim) for one in cluster for name in one.rule.supersedes]
    gone = [one for one in cluster if any(name == one.rule.name and _meet(at, one.claim) for name, at in superseded)]
    for one in sorted(cluster, key=lambda one: (-one.severity, one.range[0] - one.range[1], one.range[0])):
        if one in gone:
            continue
        rival = _rival(kept, one)
        if rival is None:
            kept.append(one)
        else:
            again = one.related if kept[rival].rule is one.rule else ((one.range, one.message),)
            kept[rival] = kept[rival]._replace(related=(*kept[rival].related, *again))
    for one in gone:  # where the same source speaks again is told with what takes the place of a judgement
        rival = _rival(kept, one)
        if rival is not None:
            heir = kept[rival]
            kept[rival] = heir._replace(related=(*heir.related, *one.related), again=(*heir.again, *one.again))
    return kept


def _rival(kept: list[Judgement], one: Judgement) -> int | None:
    """Return the index of the judgement whose claim meets that of another one."""
    return next((index for index, other in enumerate(kept) if _meet(other.claim, one.claim)), None)


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _finding(tokens: Tokens, one: Judgement, wording: Wording, known: Gaps) -> Finding:
    start, end = one.range
    related = tuple(Related(tokens.start(low), tokens.end(high), note) for (low, high), note in one.related)
    return Finding(
        rule=one.rule.name,
        family=one.rule.family,
        severity=one.severity,
        message=one.message,
        start=tokens.start(start),
        end=tokens.end(end),
        confidence=confidence(one.find, one.claim[0], one.softened),
        related=related,
        fingerprint=_fingerprint(tokens, one, one.range),
        again=tuple(_fingerprint(tokens, one, place) for place in one.again),
        remedy=mend(one.rule, Place(tokens, one.find, one.range, wording, known)),
        address=one.rule.address,
    )


def _fingerprint(tokens: Tokens, one: Judgement, place: Range) -> str:
    """Return a hash of the rule, the marked words and their sentence: it survives edits elsewhere.

    What is said of the whole article is not tied to the place where it is shown.
    """
    words, sentence = ("", "") if one.whole else (tokens.text(*place), tokens.text(*tokens.sentence(place[0])))
    return fingerprint(one.rule.name, words, sentence)


def fingerprint(*parts: str) -> str:
    """Return a hash of some words, however they are spaced and capitalised, in 16 hexadecimal digits.

    It is the remainder of the text, read as a number, by a prime of 64 bits: as good against accidents, the only thing
    that matters here, as what `hashlib` has, which loads OpenSSL first.
    """
    normal = "\0".join(" ".join(part.lower().split()) for part in parts)
    return f"{int.from_bytes(normal.encode('utf-8', 'surrogatepass'), 'big') % _PRIME:016x}"


_PRIME = 0xC90FDAA22168C241
"""The first prime above π·2⁶²: any other without a pattern would do."""
