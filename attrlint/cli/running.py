"""A job for the command line: options to a Job, articles through it, the report to standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from attrlint import output

if TYPE_CHECKING:
    from attrlint.batch import Job, Task, Worker
    from attrlint.report import Tally

CLEAN, FOUND, FAILED = 0, 1, 2


def job_of(
    command: str,
    form: str,
    color: str,
    encoding: str | None,
    input_format: str | None,
    config: str,
    target: str | None = None,
    **named: Any,
) -> Job:
    """Return the job that a command's options ask for. Raises UsageError for an encoding that does not exist."""
    from attrlint import readers
    from attrlint.batch import Job
    from attrlint.report import Style

    if encoding:
        readers.check_encoding(encoding)
    title = ", ".join(named["stdin_filename"] if path == "-" else path for path in named["paths"])
    style = Style(color == "always") if target else Style(_colored(color), width())
    reports = tuple(name for name, _ in named.get("reports", ()))
    return Job(
        command,
        form,
        style,
        encoding=encoding,
        input_format=input_format or "",
        title=title,
        config=config,
        quiet=named.get("quiet", False),
        reports=reports,
    )


def _colored(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def complain(*problems: str) -> None:
    """Write problems to standard error, a line each."""
    for problem in problems:
        sys.stderr.write(f"error: {problem}\n")


def emit(text: str, form: str = "text") -> None:
    """Write a text that is complete to standard output."""
    output.make_printable(form)
    with output.flushed():
        output.write(text)


def width() -> int:
    """Return how many cells wide the terminal is, 100 where there is none."""
    from shutil import get_terminal_size

    return max(40, get_terminal_size((100, 24)).columns)


def run(
    job: Job,
    paths: Sequence[str],
    stdin_filename: str,
    jobs: int,
    target: str | None = None,
    reports: Sequence[tuple[str, str]] = (),
    todo: list[Task] | None = None,
    **_: Any,
) -> Tally:
    """Do a job with every article and write its reports as they come; problems go to standard error.

    The first report goes to `target`, or to standard output; the others go where `reports` says, pairs of a format and
    a file. `todo` takes the place of the articles that the paths stand for.
    """
    from attrlint import batch

    files = [path for _, path in reports]
    output.spare_each_other([target, *files] if target else files)
    output.make_printable(job.format)
    worker = batch.Worker(job)
    if todo is None:
        todo = batch.tasks(paths, sys.stdin.buffer.read, stdin_filename, job.input_format)
    todo = wanted(worker, todo, (*paths, stdin_filename))
    worker.prepare(todo)
    with ExitStack() as stack:
        writers = [stack.enter_context(output.draft(path, paths)) for path in files]
        if target:
            writers.insert(0, stack.enter_context(output.draft(target, paths)))
        else:
            writers.insert(0, output.write_while_read if writers else output.write)
        return report(worker, todo, jobs, writers)


def report(worker: Worker, todo: Sequence[Task], jobs: int, writers: Sequence[Callable[[str], None]]) -> Tally:
    """Do a worker's job with every article; each of its reports has a writer."""
    from attrlint import batch
    from attrlint.progress import Progress
    from attrlint.report import Tally, counted

    said: set[str] = set()  # what is wrong with a configuration is wrong for many articles
    bar = Progress(0 if worker.job.quiet else len(todo), sys.stderr)
    total = Tally()
    left = worker.job.max_findings or sys.maxsize
    outlets = [*zip(worker.reports, writers, strict=True)]
    with output.flushed():
        try:
            for each, write in outlets:
                write(each.begin())
            for task, outcome in zip(todo, batch.run(worker, todo, jobs), strict=True):
                bar.clear()
                complain(*(problem for problem in outcome.problems if problem not in said))
                said.update(outcome.problems)
                if outcome.tally.findings > left:
                    outcome = worker.shortened(task, outcome, left)
                left -= min(left, outcome.tally.findings)
                for (each, write), part in zip(outlets, outcome.parts, strict=True):
                    write(each.add(part))
                total = total.plus(outcome.tally)
                bar.step()
        finally:
            bar.clear()
        for each, write in outlets:
            write(each.end(total))
    hidden = total.findings - (worker.job.max_findings or total.findings)
    if hidden > 0 and not worker.job.quiet:
        sys.stderr.write(f"{counted(hidden, 'more finding')} not shown: --max-findings {worker.job.max_findings}\n")
    return total


def wanted(worker: Worker, todo: Sequence[Task], named: Sequence[str]) -> list[Task]:
    """Return the articles that no configuration excludes; one that was named is told on standard error if it is."""
    kept, excluded = worker.wanted(todo)
    for path, place in excluded.items():
        if not worker.job.quiet and path in named:
            sys.stderr.write(f"{path}: left out, as {place} says\n")
    return kept
