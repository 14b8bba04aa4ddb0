"""Findings as the matches of a LanguageTool server: made in the worker, where the text is."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from attrlint.finding import Finding, Report
from attrlint.rule import Rule
from attrlint.text import Document, OffsetMap, Piece, Span
from attrlint.units import Unit

_AROUND = 40
"""Code points of context on either side of a match."""


def document(data: bytes) -> Document:
    """Read what a client sent: {"text": "…"}, or {"annotation": […]} with text and markup, of which only text is read.

    The places of annotated text count its markup too.
    """
    sent = json.loads(data)
    if "annotation" not in sent:
        return Document(sent["text"])
    text, source = "", ""
    pieces: list[Piece] = []
    for part in sent["annotation"]:
        shown = part["text"] if "text" in part else part.get("interpretAs", "")
        original = part["text"] if "text" in part else part["markup"]
        if shown:
            pieces.append(Piece(len(text), len(text) + len(shown), len(source), len(source) + len(original)))
        text, source = text + shown, source + original
    return Document(text, offsets=OffsetMap(pieces), source=source)


def answer(report: Report, sentences: Sequence[Span], rules: Sequence[Rule], site: str) -> dict[str, Any]:
    """Return the matches and the ranges of the sentences, both in the report's own text, in UTF-16 code units."""
    text = report.document.text
    units = partial(report.document.count, unit=Unit.UTF16)
    summaries = {rule.name: rule.summary for rule in rules}
    found = []
    for finding in report.findings:
        around = next((one for one in sentences if one.start <= finding.start < one.end), Span(0, len(text)))
        found.append(_match(finding, text, around, units, summaries.get(finding.rule, ""), site))
    return {"matches": found, "sentenceRanges": [[units(one.start), units(one.end)] for one in sentences]}


def _match(
    finding: Finding, text: str, around: Span, units: Callable[[int], int], summary: str, site: str
) -> dict[str, Any]:
    start, end = finding.start, finding.end
    before, after = max(0, start - _AROUND), min(len(text), end + _AROUND)
    lead, trail = "..." if before else "", "..." if after < len(text) else ""
    context = f"{lead}{text[before:after]}{trail}".translate(_SPACES)
    return {
        "message": finding.message,
        "shortMessage": "",
        "replacements": [],
        "offset": units(start),
        "length": units(end) - units(start),
        "context": {
            "text": context,
            "offset": len(lead) + units(start) - units(before),
            "length": units(end) - units(start),
        },
        "sentence": text[around.start : around.end].strip(),
        "type": {"typeName": "Other"},
        "rule": {
            "id": rule_id(finding.rule),
            "description": summary,
            "issueType": "style",
            "category": category(finding.family),
            "urls": [{"value": f"{site}/rules/{finding.rule}"}],
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }


_SPACES = str.maketrans("\n\r\t", "   ")


def rule_id(name: str) -> str:
    """Return the name of a rule in the manner of LanguageTool: “vague-study” is ATTR_VAGUE_STUDY."""
    return f"ATTR_{name.upper().replace('-', '_')}"


def category(family: str) -> dict[str, str]:
    """Return the category that stands for a family of rules."""
    return {"id": rule_id(family), "name": f"Attribution: {family}"}
