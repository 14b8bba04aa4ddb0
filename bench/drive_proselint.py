"""Run proselint over every .txt file of a folder in one process: python drive_proselint.py FOLDER."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from proselint.checks import __register__
from proselint.config import DEFAULT
from proselint.registry import CheckRegistry
from proselint.tools import LintFile


def main() -> None:
    """Lint the folder with proselint's default checks and print how many files and findings there were."""
    CheckRegistry().register_many(__register__)
    paths = sorted(Path(sys.argv[1]).glob("*.txt"))
    findings = sum(len(LintFile(str(path), path.read_text(encoding="utf-8")).lint(DEFAULT)) for path in paths)
    print(json.dumps({"files": len(paths), "findings": findings}))


main()
