"""Findings as a page to open in a browser, with filters by severity and rule, and to print."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import chain

from attrlint.finding import Finding, Related, Report
from attrlint.report import Tally, page, tally
from attrlint.report.formats import Format, Setting
from attrlint.report.text import counts, summary
from attrlint.report.width import shorten
from attrlint.text import Document

_AROUND = 200
_QUOTED = 80
_LONGEST = 600
_FOOTER = (
    "Made by attrlint. The name of a rule leads to its reasons and examples. TK stands where the reporter knows more."
)
_BUTTONS = (
    '<div class="buttons" hidden><button type="button" value="all">All rules</button>'
    '<button type="button" value="none">No rule</button><p class="shown" role="status"></p></div>\n'
)


class Findings(Format):
    """One page for all articles; those without findings are counted only, and waived findings are left out.

    The counts stand at the top, so the sections are kept until all articles are done.
    """

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._sections: list[str] = []

    def article(self, found: Report) -> str:
        """Return the section of one article, empty where nothing was found in it."""
        findings = [finding for finding in found.findings if not finding.waived]
        if not findings:
            return ""
        items = "".join(_finding(found.document, finding) for finding in findings)
        return page.section(
            found.document.path,
            f'<p class="summary">{counts(tally(findings))}</p>\n<ol class="findings">\n{items}</ol>\n',
        )

    def unread(self, path: str, problem: str) -> str:
        """Return the section of an article that could not be read."""
        return page.unread(path, problem)

    def add(self, part: str) -> str:
        """Keep a section until the end."""
        self._sections.append(part)
        return ""

    def end(self, total: Tally) -> str:
        """Return the whole page."""
        sections, self._sections = self._sections, []
        opening = page.opening("Findings", self.setting.title, "findings")
        return "".join(chain([opening, _overview(total)], sections, [page.closing(_FOOTER, "findings")]))


def _overview(total: Tally) -> str:
    sentence = f'<p class="summary">{escape(summary(total).strip())}.</p>\n'
    if not total.findings:
        return sentence
    levels = [("error", total.errors), ("warning", total.warnings), ("note", total.notes)]
    return (
        f'{sentence}<form class="filters" aria-label="What is shown">\n'
        f"{_choices('severity', [level for level in levels if level[1]])}"
        f"{_choices('rule', total.by_rule(), _BUTTONS)}</form>\n"
    )


def _choices(name: str, counts: list[tuple[str, int]], more: str = "") -> str:
    items = "".join(
        f'<li><label class="{escape(value) if name == "severity" else "rule"}">'
        f'<input type="checkbox" name="{name}" value="{escape(value)}" autocomplete="off" checked hidden>'
        f'<span class="word">{escape(value)}</span> <b>{number:,}</b></label></li>\n'
        for value, number in counts
    )
    return f'<fieldset><legend>By {name}</legend>\n<ul class="choices">\n{items}</ul>\n{more}</fieldset>\n'


def _finding(document: Document, finding: Finding) -> str:
    line, column = document.position(finding.start)
    word, rule = finding.severity.word, escape(finding.rule)
    remedy = f'<p class="tk">{_marked(finding.remedy.sentence)}</p>\n' if finding.remedy else ""
    related = "".join(_related(document, place) for place in finding.related)
    if related:
        related = f'<ul class="related">{related}</ul>\n'
    return (
        f'<li class="finding {word}" data-severity="{word}" data-rule="{rule}">\n'
        f'<p><span class="severity">{word}</span> <a href="{escape(finding.help)}">{rule}</a> '
        f'<span class="place">line {line:,}, column {column:,}</span></p>\n'
        f"<blockquote>{''.join(_excerpt(document, finding))}</blockquote>\n"
        f"<p>{page.text(finding.message)}</p>\n{remedy}"
        f"{related}</li>\n"
    )


def _related(document: Document, place: Related) -> str:
    line, _ = document.position(place.start)
    words = shorten(document.text[place.start : place.end], _QUOTED)
    return f"<li>{page.text(place.note)}: line {line:,}, “{page.text(words)}”</li>"


def _excerpt(document: Document, finding: Finding) -> Iterator[str]:
    """Give the marked words and what stands around them in their lines, cut at spaces."""
    text, start, end = document.text, finding.start, finding.end
    first = document.line_span(document.position(start)[0]).start
    last = document.line_span(document.position(max(start, end - 1))[0]).end
    low = start - _AROUND if start - first > _AROUND else first
    high = end + _AROUND if last - end > _AROUND else last
    before, after = text[low:start], text[end:high]
    if low > first:
        yield "…"
        before = before.partition(" ")[2]
    yield page.text(before.lstrip())
    yield f"<mark>{page.text(shorten(text[start:end], _LONGEST))}</mark>"
    yield page.text(after.rpartition(" ")[0] if high < last else after.rstrip())
    if high < last:
        yield "…"


def _marked(sentence: str) -> str:
    """Return a skeleton with every TK in bold."""
    return page.text(sentence).replace("TK", "<b>TK</b>")
