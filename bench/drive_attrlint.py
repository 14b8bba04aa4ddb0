"""Run attrlint over every .txt file of a folder in one process: python drive_attrlint.py FOLDER."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import attrlint


def main() -> None:
    """Lint the folder with the default rules and print how many files and findings there were."""
    paths = sorted(Path(sys.argv[1]).glob("*.txt"))
    findings = sum(len(attrlint.lint_file(path).findings) for path in paths)
    print(json.dumps({"files": len(paths), "findings": findings}))


main()
