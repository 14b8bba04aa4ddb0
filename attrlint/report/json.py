"""Findings, attributions and ledgers for programs: version 1 of the wire format.

`schema/attrlint-1.schema.json` describes it. One article is one JSON object on one line: `OPENING`, the articles
joined by `SEPARATOR`, and `summed_up` or `closed` make the whole document.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrlint import ledger as ledgers
from attrlint.article import Article, Attribution, Cue, Entity, Source
from attrlint.finding import Finding, Report
from attrlint.report import Tally
from attrlint.report.formats import Format, Joined
from attrlint.text import Document, Span

if TYPE_CHECKING:
    from attrlint.ledger import Speaker

VERSION = 1
OPENING = f'{{"version": {VERSION}, "files": [\n'
SEPARATOR = ",\n"


class _Document(Joined):
    """One object for all articles; an article that could not be read has its `lists` too, and they are empty."""

    lists: tuple[str, ...]
    opening = OPENING
    separator = SEPARATOR

    def unread(self, path: str, problem: str) -> str:
        return unread(path, problem, *self.lists)

    def end(self, total: Tally) -> str:
        return closed(total)


class Findings(_Document):
    """The findings of all articles and how many there are."""

    lists = ("findings",)

    def article(self, found: Report) -> str:
        """Return the findings of one article."""
        return report(found)

    def end(self, total: Tally) -> str:
        """Return the counts over all articles."""
        return summed_up(total)


class Lines(Format):
    """The findings of each article, one article a line: the objects that JSON has in `files`."""

    def article(self, found: Report) -> str:
        """Return the line of one article."""
        return report(found) + "\n"

    def unread(self, path: str, problem: str) -> str:
        """Return the line of an article that could not be read."""
        return unread(path, problem, *Findings.lists) + "\n"


class Attributions(_Document):
    """The attributions and entities of all articles."""

    lists = ("attributions", "entities")

    def article(self, found: Article) -> str:
        """Return the attributions and entities of one article."""
        return article(found)


class Ledgers(_Document):
    """Who speaks in each article."""

    lists = ("sources",)

    def article(self, found: Article) -> str:
        """Return the ledger of one article."""
        return ledger(found.document, ledgers.speakers(found))


def summed_up(tally: Tally) -> str:
    """Return the end of a document of findings."""
    counts = {
        "files": tally.files,
        "findings": tally.findings,
        "errors": tally.errors,
        "warnings": tally.warnings,
        "notes": tally.notes,
        "problems": tally.problems,
        "words": tally.words,
        "rules": dict(sorted(tally.rules.items())),
    }
    return f'\n], "summary": {json.dumps(counts)}}}\n'


def closed(_: Tally) -> str:
    """Return the end of a document without findings."""
    return "\n]}\n"


def report(found: Report) -> str:
    """Return the findings of one article, waived ones marked as such."""
    return _object(
        found.document.path,
        findings=[_finding(found.document, finding) for finding in found.findings],
        problems=list(found.problems),
    )


def article(parsed: Article) -> str:
    """Return the attributions and entities of one article."""
    return _object(
        parsed.document.path,
        attributions=[_attribution(attribution) for attribution in parsed.attributions],
        entities=[_entity(entity) for entity in parsed.entities],
        problems=[],
    )


def ledger(document: Document, found: Sequence[Speaker]) -> str:
    """Return who speaks in one article, how much and where; `document` is the one that was read."""
    from attrlint.report.places import places  # only a ledger needs it

    where: list[list[dict[str, int]]] = [[] for _ in found]
    for place in places(document, found):
        where[place.speaker - 1].append(_span(document.place(place.start, place.end)))
    sources = [{**speaker.row._asdict(), "places": theirs} for speaker, theirs in zip(found, where, strict=True)]
    return _object(document.path, sources=sources, problems=[])


def unread(path: str, problem: str, *lists: str) -> str:
    """Return the object of an article that could not be read: each of the lists is there and empty."""
    return _object(path, **{name: [] for name in lists}, problems=[problem])


def _object(path: str, **parts: list[Any]) -> str:
    return json.dumps({"path": path, **parts}, ensure_ascii=False)


def _finding(document: Document, finding: Finding) -> dict[str, Any]:
    line, column = document.position(finding.start)
    end_line, end_column = document.position(finding.end)
    return {
        "rule": finding.rule,
        "family": finding.family,
        "severity": finding.severity.word,
        "message": finding.message,
        "start": finding.start,
        "end": finding.end,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "text": document.text[finding.start : finding.end],
        "confidence": finding.confidence,
        "related": [place._asdict() for place in finding.related],
        "fingerprint": finding.fingerprint,
        "waived": finding.waived,
        "help": finding.help,
        "remedy": finding.remedy and finding.remedy._asdict(),
    }


def _attribution(found: Attribution) -> dict[str, Any]:
    source, cue = found.source, found.cue
    return {
        "source": source and {**_span(source), "text": source.text, "form": source.form, "entity": source.entity},
        "cue": cue and {**_span(cue), "text": cue.text, "kind": cue.kind},
        "content": [_span(span) for span in found.content],
        "via": found.via and found.via._asdict(),
        "pattern": found.pattern,
        "confidence": found.confidence,
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {**entity._asdict(), "roles": list(entity.roles)}


def _span(place: Span | Source | Cue) -> dict[str, int]:
    return {"start": place.start, "end": place.end}
