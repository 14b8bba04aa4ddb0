"""Findings in the form of Checkstyle, which many CI servers and editors read."""

from __future__ import annotations

from attrlint.finding import Report, Severity
from attrlint.report.formats import Joined
from attrlint.report.region import portable, region
from attrlint.report.xml import DECLARATION, element, written

_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}


class Findings(Joined):
    """One file element an article, with an error element for each finding; waived ones are left out."""

    opening = f'{DECLARATION}<checkstyle version="4.3">\n'
    separator = ""
    closing = "</checkstyle>\n"

    def article(self, found: Report) -> str:
        """Return the element of one article; columns count code points."""
        file = element("file", name=portable(found.document.path))
        for finding in found.findings:
            if finding.waived:
                continue
            place = region(found.document, finding.start, finding.end)
            element(
                "error",
                file,
                line=place.line,
                column=place.column,
                severity=_SEVERITIES[finding.severity],
                message=f"{finding.message} {finding.help}",
                source=f"attrlint.{finding.family}.{finding.rule}",
            )
        return written(file)

    def unread(self, path: str, problem: str) -> str:
        """Return the element of an article that could not be read."""
        file = element("file", name=portable(path))
        element("error", file, line=1, severity="error", message=problem, source="attrlint")
        return written(file)
