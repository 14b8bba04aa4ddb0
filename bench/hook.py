"""Time a commit of three articles with attrlint's hook and with one that does nothing: `python bench/hook.py`.

Both hooks are written in Python and run by pre-commit in environments of their own, which are built before the first
round. The two take turns, and the ratio is the median of the ratios within the rounds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROUNDS = 11
ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent
SHIPPED = ["attrlint", "rules", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"]
IDLE = {
    "pyproject.toml": "\n".join(
        [
            '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"',
            '[project]\nname = "idle"\nversion = "1"\n[project.scripts]\nidle = "idle:main"\n',
        ]
    ),
    "idle.py": "def main() -> int:\n    return 0\n",
    ".pre-commit-hooks.yaml": "- {id: idle, name: idle, entry: idle, language: python, types: [plain-text]}\n",
}


def main() -> int:
    """Print the ratio for each runner of hooks."""
    # Modules are compiled once and kept, as they are on most machines: prek leaves it to the first run.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for runner in ("pre-commit", "prek"):
        with tempfile.TemporaryDirectory() as work:
            os.environ["PRE_COMMIT_HOME"] = os.environ["PREK_HOME"] = str(Path(work, "home"))
            desks = [_desk(Path(work), runner, name) for name in ("idle", "attrlint")]
            samples: list[list[float]] = []
            for number in range(ROUNDS + 1):
                order = desks if number % 2 else desks[::-1]
                taken = {desk: _commit(desk, number) for desk in order}
                samples += [[taken[desk] for desk in desks]] * bool(number)
        idle, linted = (median(column) for column in zip(*samples, strict=True))
        ratio = median(mine / bare for bare, mine in samples)
        print(f"{runner}: {idle:.3f} s with an idle hook, {linted:.3f} s with attrlint, {ratio:.2f} times")
    return 0


def _desk(work: Path, runner: str, hook: str) -> Path:
    """Give a repository whose commits run one hook."""
    source, desk = work / f"{hook}-hook", work / f"{hook}-desk"
    for folder in (source, desk):
        folder.mkdir()
        _git(folder, "init", "--quiet")
    if hook == "idle":
        for name, text in IDLE.items():
            (source / name).write_text(text, encoding="utf-8")
    else:
        for name in SHIPPED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, source / name)
    _git(source, "add", ".")
    _git(source, "commit", "--quiet", "-m", "Release")
    _git(source, "tag", "v1")
    config = f"repos:\n  - repo: {source}\n    rev: v1\n    hooks:\n      - id: {hook}\n"
    (desk / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    subprocess.run([SCRIPTS / runner, "install", "--install-hooks"], cwd=desk, check=True, stdout=subprocess.DEVNULL)
    return desk


def _commit(desk: Path, number: int) -> float:
    """Time a commit of three articles."""
    for article in ("city-council", "clean", "foreign-desk"):
        text = (ROOT / "examples" / "clean.txt").read_text(encoding="utf-8")
        (desk / f"{article}.txt").write_text(f"Edition {number}.\n\n{text}", encoding="utf-8")
    _git(desk, "add", ".")
    start = time.perf_counter()
    _git(desk, "commit", "--quiet", "-m", f"Edition {number}")
    return time.perf_counter() - start


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false"]
    ran = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    if ran.returncode:
        sys.exit(f"git {arguments[0]} ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}")


if __name__ == "__main__":
    sys.exit(main())
