"""Every module imports only what stands before it in the layers, and importing the package stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "attrlint"
LAYERS = [
    "errors garbage lazy parted units text strict",
    "finding article",
    "locate readers house lexicon kinds segment",
    (
        "wording pattern forms find extract people senses fullnames names mentions callings sides bodies resolve chain "
        "content"
    ),
    "confidence rule remedy judge",
    "story checks plugins grammar wordlists compiler cache pack preset",
    "config configfile ledger report explain baseline waivers",
    "engine",
    "settings output batch changes annotate fix accept evaluate examples progress scaffold",
    "server cli __init__ __main__",
]
ORDER = " ".join(LAYERS).split()
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {"click", "regex", "concurrent.futures", "importlib.metadata", "multiprocessing", "dataclasses", "logging"}


def part(path: Path) -> str:
    """The name in LAYERS that a file belongs to: its folder in the package, or its own name."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """The absolute (module, name) pairs that a file imports, anywhere in it; relative imports are not used here."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the import out in full"
            yield from ((node.module or "", alias.name) for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down(path: Path) -> None:
    here = part(path)
    assert here in ORDER, f"{here} has no place in the layers of this test"
    below = ORDER[: ORDER.index(here) + 1]
    for module, name in imported(path):
        package, _, inside = f"{module}.{name}".partition(".")
        there = inside.split(".")[0]
        if package == "attrlint" and there in ORDER:
            assert there in below, f"{here} imports {there}, which stands above it"


def test_click_stays_at_the_edge() -> None:
    users = {part(path) for path in MODULES if any(module.split(".")[0] == "click" for module, _ in imported(path))}
    assert users <= {"cli"}


def test_importing_the_package_is_light() -> None:
    code = "import sys; before = set(sys.modules); import attrlint; print(*sorted(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(run.stdout.split())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_files_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
