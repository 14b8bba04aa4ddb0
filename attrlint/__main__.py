"""The program: `attrlint`, and `python -m attrlint`."""

from __future__ import annotations

import gc
import sys

_PATIENCE = 100_000
"""So many new objects are made before garbage is looked for among them: more than an article leaves."""


def run() -> int:
    """Run the command line in a process of its own and return its exit status."""
    # What is loaded stays: looking through it for garbage, at the end once more, would take longer than an article.
    gc.set_threshold(_PATIENCE)
    from attrlint.cli import main

    status = main()
    gc.freeze()
    return status


if __name__ == "__main__":
    sys.exit(run())
