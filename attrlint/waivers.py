"""Waivers in the comments of an article: what they allow, where and why, and what is wrong with them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from attrlint.checks import UNEXPLAINED, UNKNOWN, UNUSED, WAIVER_CHECKS
from attrlint.finding import Finding, Waiver
from attrlint.judge import fingerprint
from attrlint.rule import Rule
from attrlint.segment import Tokens
from attrlint.text import Comment, Document

_WAIVER = re.compile(r"\s*attrlint\s*:\s*(?P<words>.*)", re.DOTALL | re.IGNORECASE)
_ALLOW = re.compile(
    r"(?P<scope>allow(?:-sentence|-file)?)\s+(?P<names>[\w-]+(?:(?:\s*,\s*|\s+)(?!-)[\w-]+)*?)"
    # A word processor makes a dash of two hyphens.
    r"\s*(?:(?:\s--|\s?[–—])\s*(?P<reason>.*?))?\s*",
    re.DOTALL,
)
_SCOPES = ("allow-sentence", "allow", "allow-file")
"""How a waiver begins, from the narrowest scope to the widest: one sentence, one paragraph, the whole file."""


class Allowance(NamedTuple):
    """A comment that waives: the names of rules or families, where they are allowed, and why."""

    comment: Comment
    scope: str
    names: tuple[str, ...]
    reason: str
    start: int
    end: int

    def covers(self, finding: Finding, name: str) -> bool:
        """Tell whether a finding is one of a rule or family of this name, and stands in reach."""
        near = finding.start < self.end and finding.end > self.start
        return near and name in (finding.rule, finding.family)


class Overseer:
    """Applies the waivers of articles to findings, for the rules of a run and all those there are."""

    def __init__(self, running: Iterable[Rule], known: Iterable[Rule]) -> None:
        rules = tuple(running)
        self._complaints = {rule.check: rule for rule in rules if rule.check in WAIVER_CHECKS}
        self._running = {name for rule in rules for name in (rule.name, rule.family)}
        self._known = {name for rule in known if rule.check not in WAIVER_CHECKS for name in (rule.name, rule.family)}

    def applied(
        self, document: Document, tokens: Tokens, findings: Sequence[Finding], require_reason: bool
    ) -> tuple[Finding, ...]:
        """Return the findings of an article, waived ones with their reason, and what is wrong with its waivers.

        Of several waivers in reach of a finding the narrowest holds, and the others are of no use to it.
        """
        allowances: list[Allowance] = []
        complaints: list[Finding] = []
        for comment in document.comments:
            call = _WAIVER.fullmatch(comment.text)
            if call is None:
                continue
            read = _ALLOW.fullmatch(call["words"].strip())
            if read is None:
                complaints += self._complaint(UNKNOWN, comment, call["words"])
                continue
            allowance = _allowance(document, tokens, comment, read)
            unknown = [name for name in allowance.names if name not in self._known]
            complaints += (found for name in unknown for found in self._complaint(UNKNOWN, comment, name))
            if require_reason and not allowance.reason:
                complaints += self._complaint(UNEXPLAINED, comment, ", ".join(allowance.names))
            else:
                allowances.append(allowance)
        waived, used = _waived(findings, sorted(allowances, key=lambda one: _SCOPES.index(one.scope)))
        for allowance in allowances:
            for name in allowance.names:
                if name in self._running & self._known and (allowance, name) not in used:
                    complaints += self._complaint(UNUSED, allowance.comment, name)
        return tuple(sorted([*waived, *complaints], key=lambda one: (one.start, one.end)))

    def _complaint(self, check: str, comment: Comment, words: str) -> Iterator[Finding]:
        """Yield a finding about a waiver, unless its rule is off."""
        rule = self._complaints.get(check)
        if rule is None:
            return
        words = " ".join(words.split())
        yield Finding(
            rule=rule.name,
            family=rule.family,
            severity=rule.severity,
            message=rule.message.replace("{text}", words) + self._hint(words),
            start=comment.start,
            end=comment.end,
            confidence="high",
            fingerprint=fingerprint(rule.name, words, comment.text),
            source=comment.source,
        )

    def _hint(self, name: str) -> str:
        if name in self._known:
            return ""
        from difflib import get_close_matches  # only where a name is wrong

        near = get_close_matches(name, self._known, 1)
        return f" Did you mean “{near[0]}”?" if near else ""


def _allowance(document: Document, tokens: Tokens, comment: Comment, read: re.Match[str]) -> Allowance:
    names = tuple(dict.fromkeys(re.split(r"[\s,]+", read["names"])))
    reason = " ".join((read["reason"] or "").split())
    reach = {"allow-sentence": _sentence, "allow": _paragraph, "allow-file": _file}[read["scope"]]
    return Allowance(comment, read["scope"], names, reason, *reach(document, tokens, comment))


def _file(document: Document, _: Tokens, __: Comment) -> tuple[int, int]:
    return 0, len(document.text) + 1


def _paragraph(document: Document, _: Tokens, comment: Comment) -> tuple[int, int]:
    """Return the paragraphs that a comment stands in; one between two paragraphs stands at the one behind it."""
    touched = [block for block in document.blocks if block.start <= comment.end and block.end >= comment.start]
    if not touched:
        touched = [block for block in document.blocks if block.start > comment.start][:1]
    return (touched[0].start, touched[-1].end) if touched else (comment.start, comment.end)


def _sentence(_: Document, tokens: Tokens, comment: Comment) -> tuple[int, int]:
    """Return the sentence of the word that a comment stands at or before."""
    if not len(tokens):
        return comment.start, comment.end
    index = max(0, bisect_right(range(len(tokens)), comment.start, key=tokens.start) - 1)
    while index + 1 < len(tokens) and comment.start >= tokens.end(index + 1):
        index += 1
    first, last = tokens.sentence(index)
    return tokens.start(first), tokens.end(last)


def _waived(
    findings: Sequence[Finding], allowances: Sequence[Allowance]
) -> tuple[list[Finding], set[tuple[Allowance, str]]]:
    """Return the findings, each with the first waiver that covers it, and which names of which waivers were of use."""
    used: set[tuple[Allowance, str]] = set()
    done: list[Finding] = []
    for finding in findings:
        pairs = ((one, name) for one in allowances for name in one.names if one.covers(finding, name))
        holding = next(pairs, None)
        if holding is not None:
            used.add(holding)
            finding = finding._replace(waiver=Waiver(holding[0].reason, in_source=True))
        done.append(finding)
    return done, used
