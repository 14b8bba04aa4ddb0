"""Skeletons written into articles, for those who work with TK: the one thing here that changes a file."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import BinaryIO, NamedTuple

from attrlint import locate, output, readers
from attrlint.batch import Task, Worker
from attrlint.errors import AttrlintError, ReadError
from attrlint.finding import Finding
from attrlint.report import counted
from attrlint.text import Document

_CODECS = (
    ("utf-8", b""),
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-32-le", codecs.BOM_UTF32_LE),
    ("utf-32-be", codecs.BOM_UTF32_BE),
)
"""How an article can have been written, and the byte order mark before it."""


_WRITTEN = ("text", "markdown", "html")
"""The formats that skeletons are written into."""

_ROUNDS = 9
"""How often an article is read again at most."""


class Edited(NamedTuple):
    """A text with skeletons in it: how many, and the findings whose skeletons another one left no room for."""

    text: str
    written: int
    left: tuple[Finding, ...]
    unfit: tuple[Finding, ...] = ()
    """The findings whose skeletons would break the markup that stands in their words."""


def edit(text: str, findings: Iterable[Finding]) -> Edited:
    """Make the edits of the remedies in a text; of two that overlap the first is made. Waived findings do not count."""
    parts: list[str] = []
    left: list[Finding] = []
    at = 0
    for finding in sorted((one for one in findings if one.remedy and not one.waived), key=_order):
        remedy = finding.remedy
        assert remedy is not None
        if remedy.start < at:
            left.append(finding)
            continue
        parts += [text[at : remedy.start], remedy.text]
        at = remedy.end
    return Edited("".join([*parts, text[at:]]), len(parts) // 2, tuple(left))


def _order(finding: Finding) -> tuple[int, int]:
    assert finding.remedy is not None
    return finding.remedy.start, finding.remedy.end


class Summary(NamedTuple):
    """What became of all articles: how many skeletons were written in how many of them, and what was left."""

    skeletons: int = 0
    articles: int = 0
    left: int = 0
    unfit: int = 0
    problems: int = 0

    def __str__(self) -> str:
        place = f" in {counted(self.articles, 'article')}" if self.skeletons else ""
        left = f"; {self.left:,} left out, because another one stands in the same words" if self.left else ""
        unfit = f"; {self.unfit:,} left out, because of the markup in the words" if self.unfit else ""
        return f"{counted(self.skeletons, 'skeleton')} written{place}{left}{unfit}"


class Fixer:
    """Writes the skeletons of one job's findings into articles.

    An article from standard input is written to `out`; `tell` is called with a line about every skeleton that was left
    out, `complain` with every problem.
    """

    def __init__(
        self, worker: Worker, out: BinaryIO, tell: Callable[[str], object], complain: Callable[[str], object]
    ) -> None:
        self._worker = worker
        self._out = out
        self._tell = tell
        self._complain = complain

    def run(self, todo: Iterable[Task]) -> Summary:
        """Fix the articles one after the other; one that cannot be read or written is a problem and stays as it is."""
        total = Summary()
        for task in todo:
            try:
                edited = self._fix(task)
            except AttrlintError as error:
                self._complain(str(error))
                total = total._replace(problems=total.problems + 1)
                continue
            total = Summary(
                total.skeletons + edited.written,
                total.articles + bool(edited.written),
                total.left + len(edited.left),
                total.unfit + len(edited.unfit),
                total.problems,
            )
        return total

    def _fix(self, task: Task) -> Edited:
        if task.problem:
            raise AttrlintError(task.problem)
        job = self._worker.job
        data = readers.read_bytes(task.path, readers.LARGEST) if task.data is None else task.data
        form = job.input_format or readers.format_of(task.path, data)
        if form not in _WRITTEN:
            raise ReadError("skeletons are written into plain text, Markdown and HTML only", task.path)
        document = readers.read(data, task.path, job.encoding, form)
        edited = self._edited(document, form)
        new = _encoded(edited.text, data, document.source, task.path, job.encoding or readers.declared(data, form))
        if task.data is not None:
            self._out.write(new)
        elif edited.written:
            output.replace(task.path, new)
        for finding in edited.left:
            self._tell(f"{_place(document, finding)}: left out, another skeleton stands in its words")
        for finding in edited.unfit:
            self._tell(f"{_place(document, finding)}: left out, markup stands in its words")
        return edited

    def _edited(self, document: Document, form: str) -> Edited:
        """Edit until nothing new comes up: a source that spoke again counts once its first words are mended."""
        edited = self._once(document, form)
        for _ in range(_ROUNDS):
            again = self._once(_read(edited.text, document.path, form), form)
            if not again.written:
                break
            edited = edited._replace(text=again.text, written=edited.written + again.written)
        return edited

    def _once(self, document: Document, form: str) -> Edited:
        """Edit the source so that it reads as the edited text; what would read otherwise is left out."""
        report = self._worker.report(document)
        if document.offsets is None:
            return edit(document.text, report.findings)

        def fits(chosen: Sequence[int]) -> bool:
            wanted = edit(document.text, [report.findings[index] for index in chosen]).text
            return (
                _read(edit(document.source, [found[index] for index in chosen]).text, document.path, form).text
                == wanted
            )

        found = locate.report(report).findings
        every = range(len(found))
        fit = every if fits(every) else [index for index in every if not found[index].remedy or fits([index])]
        unfit = tuple(found[index] for index in every if index not in fit)
        return edit(document.source, [found[index] for index in fit])._replace(unfit=unfit)


def _read(source: str, path: str, form: str) -> Document:
    return readers.read(source.encode(), path, "utf-8", form)


def _place(document: Document, finding: Finding) -> str:
    line, column = document.origin.position(finding.start)
    return f"{document.path}:{line}:{column}: {finding.rule}"


def _encoded(new: str, data: bytes, text: str, path: str, encoding: str | None) -> bytes:
    """Return a text in the bytes that the article was written in, with its byte order mark if it had one."""
    given = [(encoding, b""), (encoding, codecs.BOM_UTF8)] if encoding else []
    for codec, mark in (*given, *_CODECS):
        with suppress(UnicodeError):
            if mark + text.encode(codec) == data:
                return mark + new.encode(codec)
    raise ReadError("cannot be written back in its own encoding, so it was left alone", path)
