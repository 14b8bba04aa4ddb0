"""Findings in the Reviewdog Diagnostic Format, for review comments on many platforms."""

from __future__ import annotations

import json
from typing import Any

from attrlint.finding import DOCUMENTATION, Finding, Report, Severity
from attrlint.report.formats import Joined
from attrlint.report.region import portable, region
from attrlint.text import Document
from attrlint.units import Unit

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


class Findings(Joined):
    """One DiagnosticResult for all articles; waived findings are left out."""

    opening = f'{{"source": {{"name": "attrlint", "url": "{DOCUMENTATION}"}}, "diagnostics": [\n'
    closing = "\n]}\n"

    def article(self, found: Report) -> str:
        """Return the diagnostics of one article."""
        return self.separator.join(
            json.dumps(_diagnostic(found.document, finding), ensure_ascii=False)
            for finding in found.findings
            if not finding.waived
        )


def _diagnostic(document: Document, finding: Finding) -> dict[str, Any]:
    # Columns count bytes of UTF-8 and the end is exclusive. A skeleton is no suggestion here: a click would commit it.
    place = region(document, finding.start, finding.end, Unit.UTF8)
    return {
        "message": finding.message,
        "location": {
            "path": portable(document.path),
            "range": {
                "start": {"line": place.line, "column": place.column},
                "end": {"line": place.end_line, "column": place.end_column},
            },
        },
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule, "url": finding.help},
    }
