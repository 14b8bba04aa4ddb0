"""The command line as a process: pipes, signals, terminals, and what is imported."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import VAGUE

import attrlint

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals, pipes and terminals")


def process(*argv: str, **options: Any) -> subprocess.Popen[str]:
    """Starts attrlint as a process of its own."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8", **options}
    return subprocess.Popen([sys.executable, "-m", "attrlint", *argv], env=environment(), **pipes)


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    return {**kept, "PYTHONPATH": str(Path(attrlint.__file__).parent.parent)}


@needs_posix
def test_a_path_that_is_no_unicode_is_reported(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(VAGUE, encoding="utf-8")
    for form in ("text", "concise", "json"):
        with process("--format", form, ".", cwd=tmp_path) as checked:
            out, err = checked.communicate()
        assert (checked.returncode, err) == (1, "")
        assert "caf\\udce9.txt" in out
    assert [file["path"] for file in json.loads(out)["files"]] == ["./caf\udce9.txt"]


def test_an_ascii_terminal_gets_escapes(tmp_path: Path) -> None:
    (tmp_path / "vague.txt").write_text(VAGUE, encoding="utf-8")
    command = [sys.executable, "-m", "attrlint", "vague.txt"]
    ascii_only = {**environment(), "PYTHONIOENCODING": "ascii"}
    ran = subprocess.run(command, cwd=tmp_path, env=ascii_only, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert b"\\u201canalysts note\\u201d" in ran.stdout


@needs_posix
def test_a_reader_that_stops_reading_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "vague.txt").write_text(VAGUE * 1000, encoding="utf-8")
    with process("vague.txt", cwd=tmp_path) as checked:
        assert checked.stdout
        assert checked.stderr
        assert checked.stdout.readline().startswith("vague.txt:1:28")
        checked.stdout.close()
        assert checked.stderr.read() == ""
        assert checked.wait(30) in (0, 1)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
@pytest.mark.parametrize("argv", [["vague.txt"], ["rules"]])
def test_a_full_disk_is_an_error_without_a_traceback(tmp_path: Path, argv: list[str]) -> None:
    (tmp_path / "vague.txt").write_text(VAGUE, encoding="utf-8")
    with open("/dev/full", "w") as full, process(*argv, cwd=tmp_path, stdout=full) as checked:
        _, err = checked.communicate()
    assert (checked.returncode, err) == (2, "error: stopped: No space left on device\n")


@needs_posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_quietly(tmp_path: Path, jobs: str) -> None:
    for number in range(60):
        (tmp_path / f"{number}.txt").write_text(VAGUE * 200, encoding="utf-8")
    with process("--jobs", jobs, "--format", "concise", ".", cwd=tmp_path, start_new_session=True) as checked:
        assert checked.stdout
        checked.stdout.readline()
        time.sleep(0.1)
        os.killpg(checked.pid, signal.SIGINT)
        _, err = checked.communicate(timeout=60)
    assert checked.returncode == 130
    assert err.strip() == ""


@needs_posix
def test_a_terminal_gets_a_progress_bar_that_goes_away(tmp_path: Path) -> None:
    import pty

    (tmp_path / "vague.txt").write_text(VAGUE, encoding="utf-8")
    os.mkfifo(tmp_path / "slow.txt")
    ours, theirs = pty.openpty()
    with process("--format", "json", "slow.txt", "vague.txt", cwd=tmp_path, stderr=theirs) as checked:
        os.close(theirs)
        with open(tmp_path / "slow.txt", "w", encoding="utf-8") as slow:
            time.sleep(1.2)
            slow.write(VAGUE)
        out, _ = checked.communicate(timeout=60)
    assert read_all(ours) == b"\r[###############---------------] 1 of 2 articles\r\x1b[K"
    assert len(json.loads(out)["files"]) == 2


@needs_posix
def test_quick_work_has_no_progress_bar(tmp_path: Path) -> None:
    import pty

    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(VAGUE, encoding="utf-8")
    ours, theirs = pty.openpty()
    with process(".", cwd=tmp_path, stderr=theirs) as checked:
        os.close(theirs)
        checked.communicate(timeout=60)
    assert read_all(ours) == b""


def read_all(terminal: int) -> bytes:
    """All that was written to the other side of a terminal, which is closed."""
    shown = b""
    with os.fdopen(terminal, "rb", buffering=0) as stream:
        try:
            while part := stream.read(4096):
                shown += part
        except OSError:
            pass  # Linux says in this way that the other side is closed.
    return shown


def test_one_article_imports_only_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "vague.txt").write_text(VAGUE, encoding="utf-8")
    code = "import sys; from attrlint.cli import main; main(['-q', 'vague.txt']); print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    unwanted = {"concurrent.futures", "importlib.metadata", "multiprocessing", "json", "attrlint.report.json"}
    unwanted |= {"hashlib", "pathlib", "attrlint.compiler", "attrlint.preset"}
    assert not unwanted & set(ran.stderr.split())
