"""What the tests of reports share: an article with an emoji before every finding, and two sure findings in it."""

from __future__ import annotations

from attrlint.finding import Finding, Related, Remedy, Report, Severity, Waiver
from attrlint.report import tally
from attrlint.report.formats import Setting, load
from attrlint.text import Document

TEXT = "Jane Doe spoke.\n\n😀 It <stalled> & fell, analysts\nnote. 😀😀 It is believed: 50%.\n"
PATH = "news desk/köln, 1:a.txt"


def found(words: str, rule: str, family: str, severity: Severity, message: str) -> Finding:
    start = TEXT.index(words)
    return Finding(rule, family, severity, message, start, start + len(words), "high", fingerprint="f1")


VAGUE = found("analysts\nnote", "vague-collective", "identity", Severity.WARNING, "“analysts\nnote”: 100% who, where?")
VAGUE = VAGUE._replace(
    related=(Related(0, 8, "one of them is named here"),), remedy=Remedy(0, 8, "TK [who] notes", "TK [who] notes it.")
)
BELIEF = found("It is believed", "agentless-report", "identity", Severity.NOTE, "By <whom> & “why”?")
SAME = BELIEF
WAIVED = VAGUE._replace(rule="bare-source", severity=Severity.ERROR, waiver=Waiver("the desk & the lawyer <agreed>"))
REPORT = Report(Document(TEXT, PATH), (VAGUE, BELIEF, SAME, WAIVED))
CLEAN = Report(Document("All quiet.\n", "clean.txt"), ())
PLAIN = Setting()
PROBLEM = ("missing & lost.txt", "missing & lost.txt: no such file or folder")


def rendered(name: str, setting: Setting = PLAIN, reports: tuple[Report, ...] = (), unread: bool = True) -> str:
    """A whole report as the command line puts it together; by default of all articles here."""
    form = load("check", name, setting)
    reports = reports or (CLEAN, REPORT)
    parts = [form.article(report) for report in reports]
    total = tally(())._replace(files=0)
    for report in reports:
        total = total.plus(tally(report.findings, text=report.document.text))
    if unread:
        parts.insert(1, form.unread(*PROBLEM))
        total = total._replace(files=total.files + 1, unread=1, problems=1)
    return form.begin() + "".join(form.add(part) for part in parts) + form.end(total)
