"""Time a server under load, and watch its memory: `python bench/server.py --help`."""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from articles import compose

from attrlint.batch import Job, Task, Worker

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
_WARM = 100
_ALLOWED = 1.5, 1.0
"""A request may take so many times as long as the same call in this process, and so many milliseconds more."""


class Server(NamedTuple):
    """A server that runs: its process and its port."""

    process: subprocess.Popen[str]
    port: int

    def processes(self) -> list[int]:
        """The ids of all its processes, its own first."""
        found = [self.process.pid]
        for pid in found:
            found += _children(pid)
        return found

    def memory(self) -> float:
        """The memory of all its processes in MiB, where what they share counts once."""
        return sum(map(_memory, self.processes())) / 1024


class Outcome(NamedTuple):
    """What became of many requests: how long those took that were answered, in seconds, and what the others got."""

    seconds: list[float]
    failures: list[str]


def main() -> int:
    """Run what the options ask for and print the figures; the result is 1 where something is not as it should be."""
    options = _options()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    articles = [text.encode() for text in compose(EXAMPLES, options.requests)]
    with _serving(options.workers) as server:
        fine = _latency(server, articles[:1])
        fine &= _load(server, articles, options.concurrency)
        if options.minutes:
            fine &= _soak(server, articles, options.concurrency, options.minutes)
        fine &= _kill(server, articles[:2000], options.concurrency)
    return 0 if fine else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--minutes", type=float, default=0, help="of a soak; none by default")
    return parser.parse_args()


def _latency(server: Server, articles: list[bytes], rounds: int = 500) -> bool:
    """One request after the other, in turns with the same call in this process."""
    call = Worker(Job(format="json"))
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    inside, outside = [], []
    for number in range(rounds + _WARM):
        began = time.perf_counter()
        call(Task("", articles[0]))
        between = time.perf_counter()
        _post(connection, articles[0])
        if number >= _WARM:
            inside.append(between - began)
            outside.append(time.perf_counter() - between)
    here, there = 1000 * statistics.median(inside), 1000 * statistics.median(outside)
    most = _ALLOWED[0] * here + _ALLOWED[1]
    print(f"one article of {len(articles[0]):,} bytes, p50 of {rounds}:")
    print(f"  in process {here:.2f} ms, over HTTP {there:.2f} ms; at most {most:.2f} ms are allowed\n")
    return there <= most


def _load(server: Server, articles: list[bytes], concurrency: int) -> bool:
    """All articles, so many at a time; the memory is noted ten times on the way."""
    print(f"{len(articles):,} requests, {concurrency} at a time:")
    curve: list[float] = []
    began = time.perf_counter()
    outcome = _rush(server, articles, concurrency, lambda done: _note(curve, server, done, len(articles)))
    took = time.perf_counter() - began
    times = sorted(1000 * second for second in outcome.seconds)
    print(f"  {len(articles) / took:,.0f} requests a second, {len(outcome.failures)} failures")
    print(f"  p50 {times[len(times) // 2]:.0f} ms, p99 {times[len(times) * 99 // 100]:.0f} ms")
    return not outcome.failures and _is_flat(curve)


def _soak(server: Server, articles: list[bytes], concurrency: int, minutes: float) -> bool:
    """Requests without a pause for so many minutes; the memory is noted twice a minute."""
    print(f"{minutes:g} minutes, {concurrency} requests at a time:")
    end, curve = time.monotonic() + 60 * minutes, [server.memory()]
    latest = time.monotonic()

    def watch(done: int) -> None:
        nonlocal latest
        if time.monotonic() - latest >= 30:
            latest = time.monotonic()
            curve.append(server.memory())
            print(f"  after {done:,} requests {curve[-1]:.0f} MiB")

    endless = _until(end, articles)
    outcome = _rush(server, endless, concurrency, watch)
    print(f"  {len(outcome.seconds):,} answered, {len(outcome.failures)} failures")
    return not outcome.failures and _is_flat(curve)


def _until(end: float, articles: list[bytes]) -> Iterator[bytes]:
    for article in cycle(articles):
        if time.monotonic() >= end:
            return
        yield article


def _kill(server: Server, articles: list[bytes], concurrency: int) -> bool:
    """A worker is killed with SIGKILL in the middle: only what it had in hand may be lost."""

    def strike(done: int) -> None:
        if done == len(articles) // 2:
            # Whoever works now: a process that has done its share is replaced by the server itself.
            victim = next(worker for helper in _children(server.process.pid) for worker in _children(helper))
            os.kill(victim, signal.SIGKILL)

    outcome = _rush(server, articles, concurrency, strike)
    print(f"kill -9 of a worker among {len(articles):,} requests: {len(outcome.failures)} lost")
    return len(outcome.failures) <= 1


def _note(curve: list[float], server: Server, done: int, of: int) -> None:
    if done % max(1, of // 10) == 0:
        curve.append(server.memory())
        print(f"  after {done:6,} requests {curve[-1]:6.0f} MiB {'#' * int(curve[-1] / 4)}")


def _is_flat(curve: list[float]) -> bool:
    """Tell whether memory stands still in the second half: it grows by less than a twentieth."""
    middle = curve[len(curve) // 2]
    growth = (curve[-1] - middle) / middle
    print(f"  memory in the second half: {100 * growth:+.1f} %\n")
    return growth < 0.05


def _rush(
    server: Server, articles: list[bytes] | Iterator[bytes], concurrency: int, each: Callable[[int], object]
) -> Outcome:
    """Send articles over so many connections; `each` is called with the number of those that are done."""
    waiting, lock = iter(articles), threading.Lock()
    outcome = Outcome([], [])

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        while True:
            with lock:
                article = next(waiting, None)
            if article is None:
                return
            began = time.perf_counter()
            try:
                status = _post(connection, article)
            except OSError as error:
                connection.close()
                status = 0
                failure = type(error).__name__
            else:
                failure = f"status {status}"
            with lock:
                if status == 200:
                    outcome.seconds.append(time.perf_counter() - began)
                else:
                    outcome.failures.append(failure)
                each(len(outcome.seconds) + len(outcome.failures))

    threads = [threading.Thread(target=client) for _ in range(concurrency)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcome


def _post(connection: http.client.HTTPConnection, article: bytes) -> int:
    connection.request("POST", "/v1/check", article, {"Content-Type": "text/plain"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


@contextmanager
def _serving(workers: int) -> Iterator[Server]:
    command = [sys.executable, "-m", "attrlint", "serve", "--port", "0", "--workers", str(workers)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            address = process.stderr.readline().split()[3]
            yield Server(process, int(address.rpartition(":")[2]))
        finally:
            process.terminate()


def _children(pid: int) -> list[int]:
    run = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = (line.split() for line in run.stdout.splitlines())
    return [int(child) for child, parent in pairs if int(parent) == pid]


def _memory(pid: int) -> int:
    """The memory of a process in KiB; what it shares with others counts in part (Linux)."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
