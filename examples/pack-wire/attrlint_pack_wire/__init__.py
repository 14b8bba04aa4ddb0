"""The pack "wire": its folder is this one, and these are the checks that its rules may name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrlint.judge import Check, Judgement, Reading, fill
from attrlint.rule import Rule


def unsourced_opening(reading: Reading, rule: Rule) -> Iterator[Judgement]:
    """An article whose first paragraphs attribute nothing, though later ones do."""
    tokens, finds = reading.tokens, reading.finds
    if not finds:
        return
    first, paragraphs = finds[0].anchor, 0
    start = 0
    while start < first:
        start = tokens.paragraph(start)[1]
        paragraphs += 1
        while start < first and "paragraph" in tokens.labels(start):
            start += 1
    if paragraphs > rule.options["paragraphs"]:
        place = tokens.sentence(0)
        yield Judgement(rule, place, rule.severity, fill(rule.message, tokens, place), whole=True)


CHECKS: Mapping[str, Check] = {"unsourced_opening": unsourced_opening}
