"""Findings written into articles as comments: what a comment says, and which module writes it into which format."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple, cast

from attrlint import readers
from attrlint.errors import ReadError
from attrlint.finding import Finding, Lint, Report

AUTHOR = "attrlint"

_WRITERS = {"docx": "word", "odt": "odt", "markdown": "markup", "html": "markup"}


class Wanted(NamedTuple):
    """A comment that is to stand in an article: the code points of the text it is about, its lines, its state."""

    start: int
    end: int
    lines: tuple[str, ...]
    resolved: bool = False


class Annotated(NamedTuple):
    """An article with comments: its bytes, how many of the linter's comments are in it, how many came and went.

    `left` are the places, "line:column: rule", where no comment can stand.
    """

    data: bytes
    comments: int
    added: int
    removed: int
    left: tuple[str, ...] = ()


def annotate(
    data: bytes, path: str, lint: Lint, resolve_waived: bool = False, encoding: str | None = None
) -> Annotated:
    """Write each finding of an article as a comment on its words, in the place of the comments of an earlier run.

    What did not change is kept: a comment that would say the same of the same words, and one that somebody answered.
    A waived finding has no comment, or with `resolve_waived` one that is marked as resolved. Raises ReadError for a
    file that cannot be read, or that is of a format without comments.
    """
    form = readers.format_of(path, data)
    if form not in _WRITERS:
        raise ReadError("comments can be written into Word, OpenDocument, Markdown and HTML files only", path)
    writer = import_module(f"attrlint.annotate.{_WRITERS[form]}")
    return cast(Annotated, writer.annotate(data, path, lint, resolve_waived, encoding))


def wanted(report: Report, resolve_waived: bool) -> list[Wanted]:
    """Return the comments that the findings of an article ask for, each once, in the order of the text."""
    found = [
        Wanted(finding.start, finding.end, lines(finding), finding.waived)
        for finding in report.findings
        if resolve_waived or not finding.waived
    ]
    return sorted(dict.fromkeys(found))


def lines(finding: Finding) -> tuple[str, ...]:
    """Return what the comment on a finding says, a paragraph each: the message, the skeleton, the rule."""
    skeleton = [f"TK: {finding.remedy.sentence}"] if finding.remedy else []
    reason = [f"Accepted: {finding.waiver.reason or 'no reason given'}"] if finding.waiver else []
    said = [finding.message, *skeleton, *reason, f"{finding.severity.word}, {finding.rule}"]
    # Half of a pair, which JSON in a page can spell, is no character that a file could hold.
    return tuple(" ".join(line.split()).encode("utf-8", "replace").decode() for line in said)
