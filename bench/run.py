"""Time attrlint against proselint and retext-intensify, all in one run: `make bench`.

Two tasks: one article of about 800 words as a whole process, and a thousand articles in one process, cold. The tools
take turns within every round (A B C, B C A, …), so that a slow moment of the machine falls on all of them, and a ratio
is the median of the ratios within the rounds.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import articles

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
ENV = BENCH / ".venv"
BIN = ENV / "bin"
PROSELINT = "proselint==0.16.0"


class Sample(NamedTuple):
    """One run of one tool: wall and processor seconds, and what it printed."""

    wall: float
    cpu: float
    output: str


class Tool(NamedTuple):
    """One row of a table: a name and the command to time."""

    name: str
    command: list[str]


def main() -> int:
    """Prepare the tools and the articles, time both tasks, print the tables."""
    options = _options()
    have_node = _install(options.tools)
    with tempfile.TemporaryDirectory() as work:
        folder, single, summary = _lay_out(Path(work), options.articles)
        print(f"Python {platform.python_version()}, {os.cpu_count()} processors; {summary}\n")
        words = len(single.read_text(encoding="utf-8").split())
        alone = _tools(_alone(single), options.tools, have_node)
        print(table(f"One article of {words} words, whole process", alone, options.rounds * 4, 0))
        many = _tools(_many(folder), options.tools, have_node)
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(table("All articles, one process, cold", many, options.rounds, size))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time attrlint against its neighbours in one run.")
    parser.add_argument("--articles", type=Path, help="a folder of .txt files, or JSONL with one {id, text} a line")
    parser.add_argument(
        "--rounds", type=int, default=5, help="of the long task; the short one takes four times as many"
    )
    parser.add_argument("--tools", default="attrlint,proselint,retext", help="which tools to time")
    options = parser.parse_args()
    options.tools = options.tools.split(",")
    return options


# -- preparing ---------------------------------------------------------------------------------------------------------


def _install(tools: list[str]) -> bool:
    """Install what is timed, as a user would have it; say whether Node and its packages are there."""
    if not BIN.exists():
        venv.create(ENV, with_pip=True)
    if "attrlint" in tools:
        # A wheel, not the checkout: pip byte-compiles it, and the rules are where users have them.
        with tempfile.TemporaryDirectory() as wheels:
            _pip("wheel", "--no-deps", "--wheel-dir", wheels, str(ROOT))
            (wheel,) = Path(wheels).glob("*.whl")
            _pip("install", str(wheel))
            _pip("install", "--force-reinstall", "--no-deps", str(wheel))
    if "proselint" in tools:
        _pip("install", PROSELINT)
    return "retext" in tools and _install_node()


def _install_node() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        print("retext-intensify is left out: node and npm are not on the PATH\n")
        return False
    if not (BENCH / "node_modules" / "retext-intensify").exists():
        quiet = ["--no-package-lock", "--no-fund", "--no-audit", "--silent"]
        subprocess.run(["npm", "install", *quiet], cwd=BENCH, check=True)
    return True


def _pip(*arguments: str) -> None:
    command = [str(BIN / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True)


def _lay_out(work: Path, source: Path | None) -> tuple[Path, Path, str]:
    """Write the articles as files; give their folder, the one long article, and a line that describes them."""
    texts = articles.gather(source, ROOT / "examples")
    folder = work / "articles"
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    single = work / "article.txt"
    single.write_text(articles.long_article(texts, source, ROOT / "examples"), encoding="utf-8")
    words = [word for text in texts for word in text.split()]
    origin = f"from {source.name}" if source else "composed from examples/"
    return folder, single, f"{len(texts)} articles {origin}, {len(words):,} words, {len(set(words)):,} different"


# -- what is timed -----------------------------------------------------------------------------------------------------


def _alone(article: Path) -> list[Tool]:
    return [
        Tool("attrlint", [str(BIN / "attrlint"), "check", "--format", "json", "--exit-zero", str(article)]),
        Tool("proselint", [str(BIN / "proselint"), "check", "-o", "json", str(article)]),
        Tool("retext", ["node", str(BENCH / "drive_retext.mjs"), str(_only(article))]),
        Tool("bare python", [str(BIN / "python"), "-c", ""]),
    ]


def _only(article: Path) -> Path:
    """A folder with nothing but `article` in it, for the driver that reads folders."""
    folder = article.with_suffix("")
    folder.mkdir()
    shutil.copy(article, folder)
    return folder


def _many(folder: Path) -> list[Tool]:
    python = str(BIN / "python")
    return [
        Tool("attrlint", [python, str(BENCH / "drive_attrlint.py"), str(folder)]),
        Tool("proselint", [python, str(BENCH / "drive_proselint.py"), str(folder)]),
        Tool("retext", ["node", str(BENCH / "drive_retext.mjs"), str(folder)]),
        Tool("attrlint check", [str(BIN / "attrlint"), "check", "--format", "json", "--exit-zero", str(folder)]),
    ]


def _tools(tools: list[Tool], chosen: list[str], have_node: bool) -> list[Tool]:
    wanted = {*chosen, "bare python"} - (set() if have_node else {"retext"})
    return [tool for tool in tools if tool.name in wanted or (tool.name.split()[0] in wanted)]


# -- timing ------------------------------------------------------------------------------------------------------------


def table(title: str, tools: list[Tool], rounds: int, size: int) -> str:
    """Time the tools in turns and give a Markdown table; `size` in bytes adds a column of MB/s."""
    if not tools:
        return ""
    samples: dict[str, list[Sample]] = {tool.name: [] for tool in tools}
    for tool in tools:
        _time(tool)  # the first run fills caches; what stays cold is the process
    for number in range(rounds):
        turn = number % len(tools)
        for tool in tools[turn:] + tools[:turn]:
            samples[tool.name].append(_time(tool))
    base = samples[tools[0].name]
    rows = [_row(tool.name, samples[tool.name], base, size) for tool in tools]
    head = ["tool", "median wall", "processor", f"times {tools[0].name}", "MB/s", "printed"]
    lines = [f"### {title} ({rounds} rounds)", "", _cells(head), _cells(["---"] * len(head)), *map(_cells, rows), ""]
    return "\n".join(lines)


def _time(tool: Tool) -> Sample:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        started = time.perf_counter()
        process = subprocess.Popen(tool.command, stdout=out, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)  # or Popen would wait for it again
        if process.returncode not in (0, 1):  # 1 is how linters say that they found something
            sys.exit(f"{tool.name} ended with {process.returncode}: {' '.join(tool.command)}")
        out.seek(0)
        output = out.read()
    return Sample(wall, usage.ru_utime + usage.ru_stime, output)


def _row(name: str, samples: list[Sample], base: list[Sample], size: int) -> list[str]:
    def middle(value: Callable[[Sample], float]) -> float:
        return median(map(value, samples))

    wall = middle(lambda sample: sample.wall)
    ratio = median(mine.wall / first.wall for mine, first in zip(samples, base, strict=True))
    speed = f"{size / wall / 1e6:.2f}" if size else ""
    printed = samples[-1].output.strip()
    return [
        name,
        f"{wall * 1000:,.0f} ms",
        f"{middle(lambda sample: sample.cpu) * 1000:,.0f} ms",
        f"{ratio:.2f}",
        speed,
        printed if len(printed) < 60 else f"{len(printed):,} characters",
    ]


def _cells(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
