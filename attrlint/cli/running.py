"""A job for the command line: options to a Job, articles through it, the report to standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrlint import output

if TYPE_CHECKING:
    from attrlint.batch import Job
    from attrlint.report import Tally

CLEAN, FOUND, FAILED = 0, 1, 2


def job_of(command: str, form: str, color: str, encoding: str | None, **named: Any) -> Job:
    """Return the job that a command's options ask for. Raises UsageError for an encoding that does not exist."""
    from attrlint import readers
    from attrlint.batch import Job
    from attrlint.report import Style

    if encoding:
        readers.check_encoding(encoding)
    title = ", ".join(named["stdin_filename"] if path == "-" else path for path in named["paths"])
    return Job(command, form, Style(_colored(color), width()), encoding=encoding, title=title)


def _colored(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def write(text: str) -> None:
    """Write to standard output, whatever that is at the moment."""
    sys.stdout.write(text)


def complain(*problems: str) -> None:
    """Write problems to standard error, a line each."""
    for problem in problems:
        sys.stderr.write(f"error: {problem}\n")


def emit(text: str, form: str = "text") -> None:
    """Write a text that is complete to standard output."""
    output.make_printable(form)
    with output.flushed():
        write(text)


def width() -> int:
    """Return how many cells wide the terminal is, 100 where there is none."""
    from shutil import get_terminal_size

    return max(40, get_terminal_size((100, 24)).columns)


def run(job: Job, paths: Sequence[str], stdin_filename: str, jobs: int, quiet: bool = False, **_: Any) -> Tally:
    """Do a job with every article and write the report as it comes; problems go to standard error."""
    from attrlint import batch
    from attrlint.progress import Progress
    from attrlint.report import Tally

    output.make_printable(job.format)
    worker = batch.Worker(job)
    todo = batch.tasks(paths, sys.stdin.buffer.read, stdin_filename)
    bar = Progress(0 if quiet else len(todo), sys.stderr)
    total = Tally()
    frame = batch.frame(job, quiet)
    with output.flushed():
        try:
            write(frame.opening)
            for outcome in batch.run(worker, todo, jobs):
                bar.clear()
                write(frame.separator if total.files else "")
                complain(*outcome.problems)
                write(outcome.text)
                total = total.plus(outcome.tally)
                bar.step()
        finally:
            bar.clear()
        write(frame.closing(total))
    return total
