"""Time what a file of 20,000 accepted findings adds to a run: `python bench/baseline.py`.

One article is checked in a folder with such a file and in one without; the two take turns within every round.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from attrlint import baseline
from attrlint.baseline import Entry

ENTRIES = 20_000
ROUNDS = 15
ARTICLE = Path(__file__).resolve().parent.parent / "examples" / "foreign-desk.txt"


def main() -> int:
    """Print both times and their difference."""
    with tempfile.TemporaryDirectory() as work:
        folders = [Path(work, name) for name in ("without", "with")]
        for folder in folders:
            folder.mkdir()
            (folder / "article.txt").write_bytes(ARTICLE.read_bytes())
        entries = (
            Entry(f"desk/{number // 4:05}.txt", "vague-collective", f"{number:016x}", 1, "analysts say", "old copy")
            for number in range(ENTRIES)
        )
        (folders[1] / baseline.NAME).write_text(baseline.written(entries), encoding="utf-8")
        times: dict[Path, list[tuple[float, float]]] = {folder: [] for folder in folders}
        for number in range(ROUNDS + 1):
            for folder in folders if number % 2 else folders[::-1]:
                seconds = _check(folder)
                if number:
                    times[folder].append(seconds)
    print(f"One article, the whole process, medians of {ROUNDS} rounds; {ENTRIES:,} accepted findings")
    for place, what in enumerate(("wall time", "processor time")):
        bare, loaded = ([sample[place] for sample in times[folder]] for folder in folders)
        added = median(more - less for less, more in zip(bare, loaded, strict=True))
        print(f"{what}: {median(bare):.3f} s without them, {median(loaded):.3f} s with them, {added:.3f} s more")
    return 0


def _check(folder: Path) -> tuple[float, float]:
    """Give wall and processor seconds of one run."""
    command = [sys.executable, "-m", "attrlint", "check", "--exit-zero", "article.txt"]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)  # or Popen would wait for it again
    if process.returncode:
        sys.exit(f"attrlint ended with {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    sys.exit(main())
