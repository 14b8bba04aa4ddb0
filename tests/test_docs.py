"""The documentation says what the program does."""

from __future__ import annotations

import doctest
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_generated_parts_are_fresh() -> None:
    generate = runpy.run_path(str(ROOT / "docs" / "generate.py"))
    stale = [path.relative_to(ROOT).as_posix() for path in generate["stale"]()]
    assert not stale, f"stale: {', '.join(stale)}; run `make docs`"


def test_the_python_of_the_readme_is_true() -> None:
    failed, attempted = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert attempted
    assert not failed
