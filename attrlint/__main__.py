"""Lets `python -m attrlint` be the command line."""

from __future__ import annotations

import sys

from attrlint.cli import main

if __name__ == "__main__":
    sys.exit(main())
