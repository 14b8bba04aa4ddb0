"""Findings as SARIF 2.1.0, the common form of static analysis."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from attrlint import __version__
from attrlint.finding import DOCUMENTATION, Finding, Related, Report, Waiver
from attrlint.report import Tally
from attrlint.report.formats import Joined, Setting
from attrlint.report.region import region, uri
from attrlint.rule import Rule
from attrlint.text import Document
from attrlint.units import Unit

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# Viewers that do not look at columnKind run in browsers and editors, and count UTF-16 code units.
_RUN = '"columnKind": "utf16CodeUnits", "newlineSequences": ["\\r\\n", "\\n", "\\r"]'


class _Part(NamedTuple):
    """One article: its results, joined by commas, and what kept it from being read."""

    results: str
    path: str
    problems: tuple[str, ...]


class Findings(Joined):
    """One run with the results of all articles; waived findings are suppressed results with the reason given for it."""

    opening = f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{{_RUN}, "results": [\n'

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._index = {rule.name: index for index, rule in enumerate(setting.rules)}
        self._notices: list[dict[str, Any]] = []

    def article(self, found: Report) -> _Part:
        """Return the results of one article."""
        results = (json.dumps(self._result(found.document, finding), ensure_ascii=False) for finding in found.findings)
        return _Part(self.separator.join(results), found.document.path, found.problems)

    def unread(self, path: str, problem: str) -> _Part:
        """Return the part of an article that could not be read."""
        return _Part("", path, (problem,))

    def add(self, part: Any) -> str:
        """Return the results of a part; its problems are kept for the end."""
        self._notices += [
            {"level": "error", "message": {"text": problem}, "locations": [_location(part.path)]}
            for problem in part.problems
        ]
        return super().add(part.results)

    def end(self, total: Tally) -> str:
        """Return how the run went, and the rules with their manual pages."""
        rules = [_rule(rule, self.setting.manual(rule)) for rule in self.setting.rules]
        driver = {"name": "attrlint", "version": __version__, "informationUri": DOCUMENTATION, "rules": rules}
        run = {"executionSuccessful": not total.problems, "toolExecutionNotifications": self._notices}
        self._notices = []
        return f'\n], "invocations": [{_written(run)}], "tool": {{"driver": {_written(driver)}}}}}]}}\n'

    def _result(self, document: Document, finding: Finding) -> dict[str, Any]:
        return {
            "ruleId": finding.rule,
            "ruleIndex": self._index.get(finding.rule, -1),
            "level": finding.severity.word,
            "message": {"text": finding.message},
            "locations": [_location(document.path, _region(document, finding))],
            "relatedLocations": [
                {**_location(document.path, _region(document, place)), "message": {"text": place.note}}
                for place in finding.related
            ],
            "partialFingerprints": {"attrlint/v1": finding.fingerprint},
            # All results have a list or none: an empty one says that nobody has accepted the finding.
            "suppressions": [
                {"kind": _kind(waiver), "status": "accepted", "justification": waiver.reason}
                for waiver in (finding.waiver,)
                if waiver
            ],
            "properties": {"family": finding.family, "confidence": finding.confidence},
        }


def _kind(waiver: Waiver) -> str:
    return "inSource" if waiver.in_source else "external"


def _location(path: str, place: dict[str, Any] | None = None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(path), "uriBaseId": "%SRCROOT%"}}
    if physical["artifactLocation"]["uri"].startswith("file:"):
        del physical["artifactLocation"]["uriBaseId"]
    return {"physicalLocation": {**physical, "region": place} if place else physical}


def _region(document: Document, place: Finding | Related) -> dict[str, Any]:
    found = region(document, place.start, place.end, Unit.UTF16)
    return {
        "startLine": found.line,
        "startColumn": found.column,
        "endLine": found.end_line,
        "endColumn": found.end_column,
        "snippet": {"text": document.text[place.start : place.end]},
    }


def _rule(rule: Rule, manual: str) -> dict[str, Any]:
    why = " ".join(rule.why.split())
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": why},
        "help": {"text": f"{why} Instead: {' '.join(rule.instead.split())}", "markdown": manual},
        "helpUri": rule.help,
        "defaultConfiguration": {"level": rule.severity.word},
        "properties": {"tags": [rule.family]},
    }


def _written(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
