"""Findings for editors and scripts: one line each."""

from __future__ import annotations

from attrlint.finding import Finding, Report
from attrlint.report import Style, reason
from attrlint.report.formats import Format
from attrlint.report.width import shown

_PLAIN = Style()


class Findings(Format):
    """One line a finding."""

    def article(self, found: Report) -> str:
        """Return the findings of one article."""
        return render(found, self.setting.style)


def render(report: Report, style: Style = _PLAIN) -> str:
    """Return one line a finding, `path:line:col: severity rule message address`.

    Waived ones, with their reason, only if the style shows them.
    """
    return "".join(
        f"{_place(report, finding.start)}: {_words(finding)}\n"
        for finding in report.findings
        if style.show_waived or not finding.waived
    )


def _words(finding: Finding) -> str:
    if finding.waived:
        return f"waived {finding.rule} {_line(reason(finding))}"
    return f"{finding.severity.word} {finding.rule} {_line(finding.message)} {finding.help}"


def _place(report: Report, offset: int) -> str:
    line, column = report.document.position(offset)
    return f"{shown(report.document.path)}:{line}:{column}"


def _line(message: str) -> str:
    return shown(" ".join(message.split()))
