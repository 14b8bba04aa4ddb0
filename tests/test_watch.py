"""Articles that are checked again when they are saved: a real process, real files."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO

import pytest
from conftest import CLEAN, VAGUE, Run
from test_cli_process import needs_posix, process

pytestmark = needs_posix


class Watched:
    """A process that watches, and what it has written, as it comes."""

    def __init__(self, running: subprocess.Popen[str]) -> None:
        self.running = running
        self.lines: Queue[str] = Queue()
        for stream in (running.stdout, running.stderr):
            assert stream
            Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self.lines.put(line.rstrip("\n"))

    def until(self, *wanted: str) -> list[str]:
        """The lines down to one that holds each of the wanted words, in any order."""
        seen: list[str] = []
        missing = list(wanted)
        while missing:
            seen.append(self.lines.get(timeout=30))
            missing = [words for words in missing if words not in seen[-1]]
        return seen


@contextmanager
def watching(folder: Path, *argv: str) -> Iterator[Watched]:
    with process("check", "--watch", *argv, cwd=folder) as running:
        watched = Watched(running)
        try:
            yield watched
            running.send_signal(signal.SIGINT)
            assert running.wait(30) == 130
        finally:
            running.kill()


def test_a_saved_article_is_checked_again(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(VAGUE, encoding="utf-8")
    with watching(tmp_path, "a.txt") as watched:
        watched.until(
            "a.txt:1:28: warning vague-collective", "1 warning in 1 article", "watching 1 article; Ctrl-C ends"
        )
        article.write_text(CLEAN, encoding="utf-8")
        watched.until("saved: a.txt", "no findings in 1 article")
        # Many editors write another file and give it the name.
        (tmp_path / "a.txt~").write_text("Reportedly it sank.\n", encoding="utf-8")
        os.replace(tmp_path / "a.txt~", article)
        watched.until("saved: a.txt", "hearsay-adverb", "1 warning in 1 article")
    assert not [line for line in list(watched.lines.queue) if "Traceback" in line]


def test_of_a_folder_only_what_was_saved_is_checked_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VAGUE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(CLEAN, encoding="utf-8")
    with watching(tmp_path, "--format", "concise", ".") as watched:
        watched.until("./a.txt:1:28: warning", "watching 2 articles")
        (tmp_path / "b.txt").write_text("Reportedly it sank.\n", encoding="utf-8")
        assert not [line for line in watched.until("./b.txt:1:1: warning hearsay-adverb") if "a.txt" in line]
        (tmp_path / "new.txt").write_text("It is believed that it sank.\n", encoding="utf-8")
        watched.until("saved: ./new.txt", "./new.txt:1:1: warning agentless-report")


def test_what_goes_away_or_cannot_be_read_is_waited_for(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    with watching(tmp_path, "a.txt") as watched:
        watched.until("error: a.txt: no such file or folder", "watching 1 article")
        article.write_bytes(b"bad \xff byte")
        watched.until("error: a.txt:1: not UTF-8")
        article.unlink()
        article.write_text(VAGUE, encoding="utf-8")
        watched.until("saved: a.txt", "a.txt:1:28: warning vague-collective")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--format", "json", "vague.txt"], "--watch shows findings as text or concise lines, and writes no files"),
        (["-o", "out.log", "vague.txt"], "writes no files"),
        (["--report", "json=out.json", "vague.txt"], "writes no files"),
        (["--fix-with-tk", "vague.txt"], "writes no files"),
        (["-"], "standard input cannot be saved again"),
    ],
)
def test_what_cannot_be_watched_is_told(run: Run, tmp_path: Path, argv: list[str], message: str) -> None:
    ran = run("--watch", *argv)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
    assert sorted(os.listdir(tmp_path)) == ["clean.txt", "vague.txt"]
