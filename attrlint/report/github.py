"""Findings as workflow commands, which GitHub Actions shows beside the lines of a pull request."""

from __future__ import annotations

from attrlint.finding import Finding, Report, Severity
from attrlint.report.formats import Format
from attrlint.report.region import portable, region
from attrlint.text import Document
from attrlint.units import Unit

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_DATA = str.maketrans(_DATA)
_IN_PROPERTY = str.maketrans({**_DATA, ":": "%3A", ",": "%2C"})


class Findings(Format):
    """One command a finding; waived ones are left out."""

    def article(self, found: Report) -> str:
        """Return the commands of one article."""
        return "".join(_command(found.document, finding) for finding in found.findings if not finding.waived)

    def unread(self, path: str, problem: str) -> str:
        """Return a command that tells why an article could not be read."""
        return f"::error file={portable(path).translate(_IN_PROPERTY)}::{problem.translate(_IN_DATA)}\n"


def _command(document: Document, finding: Finding) -> str:
    place = region(document, finding.start, finding.end, Unit.UTF16)
    properties = {"file": portable(document.path), "line": place.line, "endLine": place.end_line}
    # Columns are refused where the lines differ.
    if place.line == place.end_line:
        properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = finding.rule
    listed = ",".join(f"{name}={str(value).translate(_IN_PROPERTY)}" for name, value in properties.items())
    message = f"{finding.message}\n{finding.help}".translate(_IN_DATA)
    return f"::{_COMMANDS[finding.severity]} {listed}::{message}\n"
