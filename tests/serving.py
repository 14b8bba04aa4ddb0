"""A real server for the tests: a process of its own, on a free port."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx

import attrlint

VAGUE = "The offensive has stalled, analysts note."
_PATIENCE = 60


class Served(NamedTuple):
    """A server that runs: its process, its address, a client of it, and the file of what it writes."""

    process: subprocess.Popen[bytes]
    url: str
    client: httpx.Client
    log: Path

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def check(self, text: str = VAGUE, **options: Any) -> httpx.Response:
        return self.client.post("/v1/check", json={"text": text, **options})

    def workers(self) -> list[int]:
        """The ids of the processes that read articles: they are forked by one that the server started."""
        return [worker for helper in children(self.process.pid) for worker in children(helper)]


def children(pid: int) -> list[int]:
    """The processes that one has started."""
    run = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = (line.split() for line in run.stdout.splitlines())
    return [int(child) for child, parent in pairs if int(parent) == pid]


@contextmanager
def serving(folder: Path, *argv: str) -> Iterator[Served]:
    """Start a server and end it; what it writes goes into a file in the folder."""
    log = folder / f"server-{time.monotonic_ns()}.log"
    environment = {**os.environ, "PYTHONPATH": str(Path(attrlint.__file__).parent.parent)}
    command = [sys.executable, "-m", "attrlint", *(argv or ("serve", "--workers", "1")), "--port", "0"]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, env=environment, cwd=folder)
    try:
        url = _address(process, log)
        with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
            yield Served(process, url, client, log)
    finally:
        process.terminate()
        try:
            process.wait(_PATIENCE)
        finally:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        told = log.read_text(encoding="utf-8")
        if " listens on " in told and told.endswith("\n"):
            return told.partition(" listens on ")[2].split()[0]
        assert process.poll() is None, told
        time.sleep(0.02)
    raise AssertionError(f"the server does not come up: {told}")
