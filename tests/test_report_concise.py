"""Findings as one line each."""

from __future__ import annotations

from attrlint.finding import Finding, Report, Severity, Waiver
from attrlint.report import concise
from attrlint.text import Document


def test_every_finding_is_one_line() -> None:
    document = Document("😀 analysts\nnote. It is believed.", "a.txt")
    report = Report(
        document,
        (
            Finding("vague-collective", "identity", Severity.WARNING, "“analysts\nnote”: who?", 2, 15, "high"),
            Finding("bare-source", "anonymity", Severity.ERROR, "Who?", 17, 29, "low"),
            Finding("bare-source", "anonymity", Severity.ERROR, "Who?", 17, 29, "low", waiver=Waiver("agreed")),
        ),
    )
    assert concise.render(report) == (
        "a.txt:1:3: warning vague-collective “analysts note”: who? https://attrlint.readthedocs.io/rules/vague-collective\n"
        "a.txt:2:7: error bare-source Who? https://attrlint.readthedocs.io/rules/bare-source\n"
    )


def test_a_clean_article_is_nothing() -> None:
    assert concise.render(Report(Document("Clean.", "a.txt"), ())) == ""
