"""Many articles through one engine."""

from __future__ import annotations

import pickle
from collections import Counter
from pathlib import Path

import pytest

from attrlint.batch import Job, Task, Worker, run, tasks
from attrlint.errors import UsageError
from attrlint.finding import Severity
from attrlint.report import Tally

VAGUE = Task("a.txt", b"The offensive has stalled, analysts note.\n")


def no_stdin() -> bytes:
    raise AssertionError("nobody asked for standard input")


def test_a_worker_may_travel_to_another_process() -> None:
    worker = Worker(Job(format="concise", select=("identity",), min_severity=Severity.WARNING))
    outcome = worker(VAGUE)
    assert outcome.parts[0].startswith("a.txt:1:28: warning vague-collective")
    assert outcome.tally == Tally(files=1, flagged=1, warnings=1, words=6, rules=Counter({"vague-collective": 1}))
    copy = pickle.loads(pickle.dumps(worker))
    assert copy.job == worker.job
    assert copy(VAGUE) == outcome


def test_a_rule_that_does_not_exist_is_told_before_any_article_is_read() -> None:
    with pytest.raises(UsageError, match="nonesuch"):
        Worker(Job(select=("nonesuch",))).wanted([VAGUE])


def test_less_grave_findings_are_neither_shown_nor_counted() -> None:
    outcome = Worker(Job(format="concise", min_severity=Severity.ERROR))(VAGUE)
    assert (outcome.parts, outcome.tally) == (("",), Tally(files=1, words=6))


def test_one_bad_article_does_not_stop_the_others() -> None:
    worker = Worker(Job(format="concise"))
    bad = Task("b.txt", b"\xff")
    for jobs in (1, 2):
        first, second, third = run(worker, [VAGUE, bad, VAGUE], jobs)
        assert first == third
        assert second.tally == Tally(files=1, unread=1, problems=1)
        assert second.problems[0].startswith("b.txt:1: not UTF-8")


def test_arguments_become_tasks_in_their_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "empty/x.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    b, empty, missing = (str(tmp_path / name) for name in ("b.txt", "empty", "missing.txt"))
    found = tasks([missing, b, "-", empty, str(tmp_path), "-"], lambda: b"in", "stdin.txt")
    assert [(task.path, task.data) for task in found] == [
        (missing, None),
        (b, None),
        ("stdin.txt", b"in"),
        (empty, None),
        (str(tmp_path / "a.txt"), None),
    ]
    assert [task.path for task in found if task.problem] == [empty]
    assert tasks([], no_stdin) == []
