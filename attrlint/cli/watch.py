"""`attrlint check --watch`: articles are checked again as they are saved."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from time import sleep, strftime
from typing import TYPE_CHECKING, NoReturn

from attrlint import output
from attrlint.cli.running import report
from attrlint.errors import UsageError

if TYPE_CHECKING:
    from attrlint.batch import Job, Task

_PAUSE = 0.2
_State = tuple[int, int, int] | None


def watch(job: Job, paths: Sequence[str], jobs: int, target: str | None, fix: bool) -> NoReturn:
    """Check all articles, then each one when it is saved, until the user interrupts it.

    Raises UsageError for what cannot be watched or be reported again and again.
    """
    from attrlint import batch
    from attrlint.report import counted

    if fix or target or job.reports or job.format not in ("text", "concise"):
        raise UsageError("--watch shows findings as text or concise lines, and writes no files")
    if "-" in paths:
        raise UsageError("--watch needs files or folders: standard input cannot be saved again")
    output.make_printable(job.format)
    worker = batch.Worker(job)
    todo, _ = worker.wanted(batch.tasks(paths, bytes, form=job.input_format))
    checked = latest = _states(todo)
    report(worker, todo, jobs, [output.write])
    _tell(f"watching {counted(len(todo), 'article')}; Ctrl-C ends")
    while True:
        sleep(_PAUSE)
        todo, _ = worker.wanted(batch.tasks(paths, bytes, form=job.input_format))
        before, latest = latest, _states(todo)
        # An article is read once it stays the same for a moment: nobody wants the findings of half a file.
        saved = [
            task
            for task in todo
            if (state := latest[task.path]) and state == before.get(task.path) != checked.get(task.path)
        ]
        if saved:
            _tell(f"{strftime('%H:%M:%S')} saved: {', '.join(task.path for task in saved)}")
            checked = {**checked, **{task.path: latest[task.path] for task in saved}}
            report(worker, saved, jobs, [output.write])


def _states(todo: Iterable[Task]) -> dict[str, _State]:
    return {task.path: _state(task.path) for task in todo}


def _state(path: str) -> _State:
    """Return what changes when a file is saved, in place or by another file that takes its name; None: no file."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
