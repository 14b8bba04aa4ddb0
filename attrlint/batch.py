"""Many articles through one engine, in one process or several, each rendered where it was read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from attrlint import locate, readers
from attrlint.article import Article
from attrlint.baseline import Baseline
from attrlint.confidence import CONFIDENCES
from attrlint.errors import AttrlintError, ConfigError, PackError, ReadError
from attrlint.finding import Lines, Report, Severity
from attrlint.lazy import lazy
from attrlint.report import Style, Tally, formats, tally
from attrlint.report.formats import Format, Setting
from attrlint.rule import Rule
from attrlint.settings import Settings
from attrlint.text import Document, Span

# From here on a second process saves more time than it takes to start.
MANY = 50
_CHUNK = 100
_MOST_PROCESSES = 60


class Job(NamedTuple):
    """What is to be done with every article, and how the outcome is to look.

    `command`, `format` and the formats of further `reports` are keys of `attrlint.report.formats.FORMATS`; `title`
    names all the articles; `quiet`, `group` and `statistics` say how a text is made. Reports show the first
    `max_findings` findings, if that is not 0, and count all. `input_format` is that of the articles, empty where their
    names tell it. `accepted` is the file of accepted findings, None for none at all. `config` is the one configuration
    file of all articles, None for no configuration; what is empty is for each article as it is configured.
    """

    command: str = "check"
    format: str = "text"
    style: Style = Style()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preset: str = ""
    min_severity: Severity = Severity.NOTE
    min_confidence: str = ""
    encoding: str | None = None
    input_format: str = ""
    title: str = ""
    quiet: bool = False
    group: str = ""
    statistics: bool = False
    max_findings: int = 0
    reports: tuple[str, ...] = ()
    accepted: str | None = ""
    config: str | None = ""

    def given(self) -> dict[str, Any]:
        """Return what the command line says over a configuration, by its keys."""
        values = {
            "select": self.select,
            "ignore": self.ignore,
            "preset": self.preset,
            "min-confidence": self.min_confidence,
            "encoding": self.encoding,
        }
        return {key: value for key, value in values.items() if value}


class Task(NamedTuple):
    """One article to do: its path, its bytes where they do not come from that path, or why it cannot be read.

    `lines` are those whose findings are asked for; None is all of them.
    """

    path: str
    data: bytes | None = None
    problem: str = ""
    lines: Lines | None = None


class Outcome(NamedTuple):
    """What became of one article: its part of every report, its counts, and the problems with it."""

    parts: tuple[Any, ...]
    tally: Tally
    problems: tuple[str, ...] = ()


class Worker:
    """Does one job; call it with a task to get the outcome.

    `paths` are articles whose configurations are looked up at once.
    """

    def __init__(self, job: Job, paths: Sequence[str] = ()) -> None:
        self.job = job
        self.settings = Settings(job.given(), job.config)
        self._baseline = None if job.accepted is None else Baseline(job.accepted, self.settings.accepted)
        for path in paths:
            self.settings.of(path)

    @lazy
    def reports(self) -> tuple[Format, ...]:
        """The job's reports: they know the rules of all articles that were `wanted`."""
        return _reports(self.job, self.settings.rules())

    def __reduce__(self) -> tuple[type[Worker], tuple[Job, tuple[str, ...]]]:
        # A process that does not inherit the engines loads its own: all of them, so that its reports know the same.
        return Worker, (self.job, self.settings.paths)

    def __call__(self, task: Task) -> Outcome:
        """Read one article and do the job; an article that cannot be read is an outcome with a problem."""
        if task.problem:
            return self._unread(task.path, task.problem)
        try:
            return self._done(task, self.read(task))
        except (ConfigError, PackError, ReadError) as error:
            return self._unread(task.path, str(error))

    def wanted(self, todo: Sequence[Task]) -> tuple[list[Task], dict[str, str]]:
        """Return the tasks that no configuration excludes, and for each excluded article what excludes it.

        An article whose configuration cannot be used becomes a task with a problem. The engines are made here: raises
        UsageError for names of rules that do not exist, before anything is read.
        """
        kept: list[Task] = []
        excluded: dict[str, str] = {}
        for task in todo:
            try:
                place = self.settings.excluded(task.path)
                if place:
                    excluded[task.path] = place
                    continue
                self.settings.of(task.path)
            except (ConfigError, PackError) as error:
                task = task._replace(problem=task.problem or str(error))
            kept.append(task)
        return kept, excluded

    def prepare(self, todo: Sequence[Task]) -> None:
        """Read the accepted findings of some articles at once. Raises AttrlintError for a malformed file."""
        if self._baseline is not None:
            self._baseline.load(task.path for task in todo if not task.problem)

    def read(self, task: Task) -> Document:
        """Return the text of one article. Raises ReadError, and ConfigError and PackError like `Settings.of`."""
        encoding = self.settings.of(task.path).encoding
        if task.data is None:
            return readers.read_file(task.path, encoding, self.job.input_format)
        return readers.read(task.data, task.path, encoding, self.job.input_format)

    def report(self, document: Document) -> Report:
        """Return the findings of one article that are grave and sure enough, accepted ones marked."""
        setting = self.settings.of(document.path)
        return self._chosen(setting.engine.lint(document, setting.config.get("require-reason")))

    def report_by_sentence(self, document: Document) -> tuple[Report, list[Span]]:
        """Return what `report` does, and the sentences of the article, end to end."""
        setting = self.settings.of(document.path)
        found, sentences = setting.engine.lint_by_sentence(document, setting.config.get("require-reason"))
        return self._chosen(found), sentences

    def _chosen(self, found: Report) -> Report:
        document = found.document
        least = self.settings.of(document.path).config.get("min-confidence")
        sure = CONFIDENCES[: CONFIDENCES.index(least) + 1]
        findings = found.findings if self._baseline is None else self._baseline.applied(document.path, found.findings)
        kept = tuple(
            finding for finding in findings if finding.severity >= self.job.min_severity and finding.confidence in sure
        )
        return found._replace(findings=kept)

    def _found(self, task: Task, document: Document) -> Report:
        """Return the findings that were asked for, where they stand in the file."""
        report = locate.report(self.report(document))
        return report if task.lines is None else report.on_lines(task.lines)

    def _done(self, task: Task, document: Document) -> Outcome:
        if self.job.command == "check":
            report = self._found(task, document)
            counts = tally(report.findings, len(report.problems), document.text)
            return Outcome(self._parts(report), counts, report.problems)
        article = self.settings.of(document.path).engine.parse(document)
        if self.job.command == "parse":
            article = locate.article(article)
        return Outcome(self._parts(article), Tally(files=1))

    def shortened(self, task: Task, outcome: Outcome, most: int) -> Outcome:
        """Return the outcome of an article with no more than so many findings in its reports, and the same counts."""
        if not most:
            return outcome._replace(parts=self._parts(Report(Document("", task.path), (), outcome.problems)))
        report = self._found(task, self.read(task))
        open_ones = [finding for finding in report.findings if not finding.waived]
        last = report.findings.index(open_ones[most - 1])
        return outcome._replace(parts=self._parts(report._replace(findings=report.findings[: last + 1])))

    def _parts(self, found: Report | Article) -> tuple[Any, ...]:
        return tuple(report.article(found) for report in self.reports)

    def _unread(self, path: str, problem: str) -> Outcome:
        parts = tuple(report.unread(path, problem) for report in self.reports)
        return Outcome(parts, Tally(files=1, unread=1, problems=1), (problem,))


def _reports(job: Job, rules: tuple[Rule, ...]) -> tuple[Format, ...]:
    """Return every report that a job asks for: the one for standard output, then those for files, without colour."""
    setting = Setting(job.style, job.title, job.quiet, job.group, job.statistics, rules, _manual)
    plain = setting._replace(style=Style(show_waived=job.style.show_waived))
    others = (formats.load(job.command, name, plain) for name in job.reports)
    return formats.load(job.command, job.format, setting), *others


def _manual(rule: Rule) -> str:
    from attrlint.explain import markdown  # only where a report shows it

    return markdown(rule)


def tasks(paths: Sequence[str], stdin: Callable[[], bytes], stdin_name: str = "<stdin>", form: str = "") -> list[Task]:
    """Return one task an article, in the order of the arguments; a folder gives its articles sorted by path.

    `form` is the format of the articles where one is named: then a folder has no others.

    `-` stands for standard input. An article that is named twice is done once. What cannot be read becomes a task with
    a problem: a file that is missing, a folder without articles.
    """
    found: dict[str, Task] = {}
    for path in paths:
        if path == "-":
            found.setdefault(path, Task(stdin_name, stdin()))
            continue
        for task in _folder(path, form) if os.path.isdir(path) else [Task(path)]:
            found.setdefault(os.path.normpath(task.path), task)
    return list(found.values())


def _folder(path: str, form: str) -> list[Task]:
    articles, problems = readers.articles_in(path, form)
    found = [*map(Task, articles), *(Task(error.path or path, problem=str(error)) for error in problems)]
    if found:
        return found
    *others, last = readers.suffixes_of(form)
    suffixes = f"{', '.join(others)} or {last}" if others else last
    return [Task(path, problem=str(ReadError(f"no articles in this folder: no file ends in {suffixes}", path)))]


def run(worker: Worker, todo: Sequence[Task], jobs: int = 0) -> Iterator[Outcome]:
    """Yield the outcomes in the order of the tasks.

    `jobs` is the number of processes; 0 takes one a processor where there are many articles, and one otherwise.
    """
    processes = min(jobs or _processes(len(todo)), len(todo), _MOST_PROCESSES)
    return _spread(worker, todo, processes) if processes > 1 else map(worker, todo)


def _processes(articles: int) -> int:
    if articles < MANY:
        return 1
    # What this process may use can be less than what the machine has.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _spread(worker: Worker, todo: Sequence[Task], processes: int) -> Iterator[Outcome]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context(method), _adopt, (worker,))
    try:
        yield from pool.map(_call, todo, chunksize=max(1, min(_CHUNK, len(todo) // (2 * processes))))
    except BrokenProcessPool:
        raise AttrlintError("a process ended before its work was done; try again with --jobs 1") from None
    finally:
        pool.shutdown(cancel_futures=True)


# Set once in every process of a pool, so that the engine does not travel with each chunk of articles.
_worker: Worker


def _adopt(worker: Worker) -> None:
    import signal

    global _worker
    _worker = worker
    # Ctrl-C reaches every process of the terminal: this one ends at once, the one that started it tells the user.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _call(task: Task) -> Outcome:
    return _worker(task)
