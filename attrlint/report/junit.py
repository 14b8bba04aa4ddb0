"""Findings as failed tests in JUnit's XML, which every CI server shows."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from attrlint.finding import Finding, Report
from attrlint.report.formats import Joined
from attrlint.report.region import Region, portable, region
from attrlint.report.xml import DECLARATION, element, written


class Findings(Joined):
    """One suite an article: a failure for each finding, a skipped test for each waived one, else a test that passes."""

    opening = f'{DECLARATION}<testsuites name="attrlint">\n'
    separator = ""
    closing = "</testsuites>\n"

    def article(self, found: Report) -> str:
        """Return the suite of one article."""
        path = portable(found.document.path)
        waived = sum(finding.waived for finding in found.findings)
        suite = _suite(path, max(1, len(found.findings)), failures=len(found.findings) - waived, skipped=waived)
        for finding in found.findings:
            place = region(found.document, finding.start, finding.end)
            name = f"{finding.rule} at {place.line}:{place.column}"
            case = element("testcase", suite, name=name, classname=path, file=path, line=place.line)
            _outcome(case, finding, path, place)
        if not found.findings:
            element("testcase", suite, name="attributions", classname=path, file=path)
        return written(suite)

    def unread(self, path: str, problem: str) -> str:
        """Return the suite of an article that could not be read, with one test in error."""
        path = portable(path)
        suite = _suite(path, 1, errors=1)
        case = element("testcase", suite, name="attributions", classname=path, file=path)
        element("error", case, message=problem, type="unread")
        return written(suite)


def _suite(path: str, tests: int, failures: int = 0, errors: int = 0, skipped: int = 0) -> Element:
    return element("testsuite", name=path, tests=tests, failures=failures, errors=errors, skipped=skipped)


def _outcome(case: Element, finding: Finding, path: str, place: Region) -> None:
    if finding.waiver:
        element("skipped", case, message=finding.waiver.reason)
        return
    remedy = [f"TK: {finding.remedy.sentence}"] if finding.remedy else []
    lines = [f"{path}:{place.line}:{place.column}", finding.message, *remedy, finding.help]
    element("failure", case, "\n".join(lines), message=finding.message, type=finding.severity.word)
