"""Findings for editors and scripts: one line each."""

from __future__ import annotations

from attrlint.finding import Finding, Report
from attrlint.report.formats import Format
from attrlint.report.width import shown


class Findings(Format):
    """One line a finding."""

    def article(self, found: Report) -> str:
        """Return the findings of one article."""
        return render(found)


def render(report: Report) -> str:
    """Return one line a finding, `path:line:col: severity rule message address`; waived ones are left out."""
    return "".join(
        f"{_place(report, finding.start)}: {finding.severity.word} {finding.rule} {_line(finding)}\n"
        for finding in report.findings
        if not finding.waived
    )


def _place(report: Report, offset: int) -> str:
    line, column = report.document.position(offset)
    return f"{shown(report.document.path)}:{line}:{column}"


def _line(finding: Finding) -> str:
    return f"{shown(' '.join(finding.message.split()))} {finding.help}"
