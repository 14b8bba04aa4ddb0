"""Skeletons written into articles, for those who work with TK: the one thing here that changes a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO, NamedTuple

from attrlint import locate, output, readers
from attrlint.batch import Task, Worker
from attrlint.errors import AttrlintError, ReadError
from attrlint.finding import Finding, Lint, Remedy
from attrlint.report import counted
from attrlint.text import Document

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


class Choice(NamedTuple):
    """The edits to make in an article, in order, and the findings whose edits another one leaves no room for."""

    remedies: tuple[Remedy, ...]
    left: tuple[Finding, ...]


def choose(findings: Iterable[Finding]) -> Choice:
    """Choose edits that do not overlap: of two that do, the first. Waived findings do not count."""
    made: list[Remedy] = []
    left: list[Finding] = []
    for finding in sorted((one for one in findings if one.remedy and not one.waived), key=_order):
        remedy = finding.remedy
        assert remedy is not None
        if made and remedy.start < made[-1].end:
            left.append(finding)
        else:
            made.append(remedy)
    return Choice(tuple(made), tuple(left))


def edit(text: str, findings: Iterable[Finding]) -> Edited:
    """Make the edits of the remedies in a text; of two that overlap the first is made. Waived findings do not count."""
    remedies, left = choose(findings)
    parts: list[str] = []
    at = 0
    for remedy in remedies:
        parts += [text[at : remedy.start], remedy.text]
        at = remedy.end
    return Edited("".join([*parts, text[at:]]), len(remedies), left)


def _order(finding: Finding) -> tuple[int, int]:
    assert finding.remedy is not None
    return finding.remedy.start, finding.remedy.end


def mended(document: Document, form: str, lint: Lint) -> Edited:
    """Write skeletons into the source of an article, until nothing new comes up.

    A source that spoke again counts once its first words are mended. What would break the markup in its words is left
    out. The text of a Word or OpenDocument file, which is no source that could be read again, is edited once.
    """
    edited = _once(document, form, lint)
    if document.offsets is None and form != "text":
        return edited
    for _ in range(_ROUNDS):
        again = _once(_read(edited.text, document.path, form), form, lint)
        if not again.written:
            break
        edited = edited._replace(text=again.text, written=edited.written + again.written)
    return edited


def _once(document: Document, form: str, lint: Lint) -> Edited:
    """Edit the source so that it reads as the edited text; what would read otherwise is left out."""
    report = lint(document)
    if document.offsets is None:
        return edit(document.text, report.findings)

    def fits(chosen: Sequence[int]) -> bool:
        wanted = edit(document.text, [report.findings[index] for index in chosen]).text
        source = edit(document.source, [found[index] for index in chosen]).text
        return _read(source, document.path, form).text == wanted

    found = locate.report(report).findings
    every = range(len(found))
    fit = every if fits(every) else [index for index in every if not found[index].remedy or fits([index])]
    unfit = tuple(found[index] for index in every if index not in fit)
    return edit(document.source, [found[index] for index in fit])._replace(unfit=unfit)


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
        input_format = self._worker.job.input_format
        encoding = self._worker.settings.of(task.path).encoding
        data = readers.read_article(task.path, input_format) if task.data is None else task.data
        form = input_format or readers.format_of(task.path, data)
        if form == "docx":
            return self._track(task, data)
        if form not in _WRITTEN:
            raise ReadError("skeletons are written into plain text, Markdown, HTML and Word files only", task.path)
        document = readers.read(data, task.path, encoding, form)
        edited = mended(document, form, self._worker.report)
        self._write(task, output.encoded(edited.text, data, document, form), edited)
        self._name(edited, document)
        return edited

    def _write(self, task: Task, new: bytes, edited: Edited) -> None:
        if task.data is not None:
            self._out.write(new)
        elif edited.written:
            output.replace(task.path, new)

    def _name(self, edited: Edited, document: Document) -> None:
        for finding in edited.left:
            self._tell(f"{_place(document, finding)}: left out, another skeleton stands in its words")
        for finding in edited.unfit:
            self._tell(f"{_place(document, finding)}: left out, markup stands in its words")

    def _track(self, task: Task, data: bytes) -> Edited:
        """Write skeletons into a Word file as tracked changes, until nothing new comes up."""
        from attrlint.annotate.tracked import tracked
        from attrlint.readers import docx

        reading = docx.parse(data, task.path)
        edited = Edited(reading.document.text, 0, ())
        for number in range(_ROUNDS + 1):
            findings = self._worker.report(reading.document).findings
            again = edit(reading.document.text, findings)
            if not number:
                self._name(again, reading.document)
            edited = Edited(again.text, edited.written + again.written, edited.left if number else again.left)
            if not again.written:
                break
            data = tracked(reading, choose(findings).remedies)
            reading = docx.parse(data, task.path, reading.kinds)
            if reading.document.text != again.text:
                raise ReadError("the skeletons would not stand where they belong, so it was left alone", task.path)
        self._write(task, data, edited)
        return edited


def _read(source: str, path: str, form: str) -> Document:
    # Half of a pair, which JSON in a page can spell, is replaced: an edit that would write it does not fit then.
    return readers.read(source.encode("utf-8", "replace"), path, "utf-8", form)


def _place(document: Document, finding: Finding) -> str:
    line, column = document.origin.position(finding.start)
    return f"{document.path}:{line}:{column}: {finding.rule}"
