"""Findings taken into the file of accepted ones, and out of it when they no longer occur."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from attrlint import baseline
from attrlint.baseline import Baseline, Entry, name_in
from attrlint.batch import Task, Worker
from attrlint.errors import AttrlintError
from attrlint.report.width import shorten

_LONGEST = 100
"""So many cells of the words stand in an entry."""


class Kept(NamedTuple):
    """What became of a run: how many findings were accepted or removed, and the new text of each file that changes."""

    findings: int
    files: dict[str, str]
    problems: int


class Keeper:
    """Keeps the files of accepted findings: `file`, or the nearest one upwards from each article.

    The worker marks no accepted findings itself. `complain` is called with every problem.
    """

    def __init__(self, worker: Worker, file: str, complain: Callable[[str], object]) -> None:
        self._worker = worker
        self._baseline = Baseline(file, worker.settings.accepted)
        self._complain = complain
        self._problems = 0

    def accept(self, todo: Iterable[Task], rules: frozenset[str] | None, reason: str) -> Kept:
        """Accept the open findings of articles, of all rules or of some. Raises AttrlintError for a malformed file."""
        new: dict[str, list[Entry]] = {}
        accepted = 0
        for task in todo:
            entries = [one for one in self._open(task, reason) if rules is None or one.rule in rules]
            if entries:
                accepted += sum(entry.times for entry in entries)
                new.setdefault(self._place(task.path), []).extend(entries)
        files = {file: baseline.written(_added(self._all(file), entries)) for file, entries in new.items()}
        return Kept(accepted, files, self._problems)

    def prune(self, paths: Sequence[str], rules: frozenset[str]) -> Kept:
        """Remove what no longer occurs in the articles at or below some paths.

        What rules outside `rules` found is left alone. Raises AttrlintError for a malformed file.
        """
        files: dict[str, str] = {}
        removed = 0
        for file in filter(
            None, dict.fromkeys(self._baseline.file(os.path.join(path, baseline.NAME)) for path in paths)
        ):
            before = self._all(file)
            after = list(self._occurring(file, before, [os.path.abspath(path) for path in paths], rules))
            gone = sum(entry.times for entry in before) - sum(entry.times for entry in after)
            if gone:
                removed += gone
                files[file] = baseline.written(after)
        return Kept(removed, files, self._problems)

    def _open(self, task: Task, reason: str) -> Iterator[Entry]:
        """Yield an entry for every open finding of an article."""
        try:
            if task.problem:
                raise AttrlintError(task.problem)
            document = self._worker.read(task)
        except AttrlintError as error:
            self._complain(str(error))
            self._problems += 1
            return
        file = self._place(task.path)
        name = name_in(file, task.path)
        findings = self._worker.report(document).findings
        for finding in self._baseline.applied(task.path, findings) if os.path.exists(file) else findings:
            if not finding.waived:
                words = shorten(document.text[finding.start : finding.end], _LONGEST)
                yield Entry(name, finding.rule, finding.fingerprint, 1, words, reason)

    def _occurring(self, file: str, entries: list[Entry], below: list[str], rules: frozenset[str]) -> Iterator[Entry]:
        """Yield the entries that stay, each as often as it is needed."""
        counts: dict[str, Counter[baseline.Key | None] | None] = {}
        for entry in entries:
            article = os.path.join(os.path.dirname(os.path.abspath(file)), *entry.path.split("/"))
            inside = any(article == path or article.startswith(os.path.join(path, "")) for path in below)
            if inside and entry.rule in rules:
                if entry.path not in counts:
                    counts[entry.path] = self._matches(article)
                found = counts[entry.path]
                times = entry.times if found is None else min(entry.times, found[entry.key])
                if times:
                    yield entry._replace(times=times)
            else:
                yield entry

    def _matches(self, article: str) -> Counter[baseline.Key | None] | None:
        """Count how often each entry is needed in an article; None where it cannot be read."""
        if not os.path.lexists(article):
            return Counter()
        try:
            findings = self._worker.report(self._worker.read(Task(article))).findings
        except AttrlintError as error:
            self._complain(str(error))
            self._problems += 1
            return None
        return Counter(baseline.matched(self._baseline.entries(article), findings))

    def _all(self, file: str) -> list[Entry]:
        return baseline.read(file) if os.path.exists(file) else []

    def _place(self, article: str) -> str:
        """Return the file for an article: without one, a new one at the top of a repository, or the working folder."""
        file = self._baseline.file(article) or self._worker.settings.accepted(article)
        return file or os.path.join(_top(article), baseline.NAME)


def _added(known: list[Entry], new: list[Entry]) -> list[Entry]:
    """Return entries and new ones together: one that is there already keeps its reason and counts more."""
    together = {(entry.path, entry.key): entry for entry in known}
    for entry in new:
        old = together.get((entry.path, entry.key))
        if old is not None:
            entry = old._replace(times=old.times + 1, reason=old.reason or entry.reason)
        together[entry.path, entry.key] = entry
    return list(together.values())


def _top(article: str) -> str:
    folder = start = os.path.dirname(os.path.abspath(article))
    while not os.path.exists(os.path.join(folder, ".git")):
        if folder == os.path.dirname(folder):
            here = os.getcwd()
            return here if os.path.join(start, "").startswith(os.path.join(here, "")) else start
        folder = os.path.dirname(folder)
    return folder
