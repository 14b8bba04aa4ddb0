"""A progress bar for work of more than a second, on a terminal only."""

from __future__ import annotations

from time import monotonic
from typing import TextIO

_PATIENCE = 1.0
_PAUSE = 0.1
_WIDTH = 30
_ERASE = "\r\x1b[K"


class Progress:
    """Shows how many of the articles are done; call `step` after each, and `clear` before anything else is written."""

    def __init__(self, total: int, stream: TextIO) -> None:
        self._total = total
        self._stream = stream
        self._done = 0
        self._drawn = False
        self._next = monotonic() + _PATIENCE if total > 1 and stream.isatty() else float("inf")

    def step(self) -> None:
        """Count one article, and draw the bar where it is time to."""
        self._done += 1
        now = monotonic()
        if now >= self._next:
            self._next = now + _PAUSE
            self._draw()

    def clear(self) -> None:
        """Take the bar off the screen until the next step."""
        if self._drawn:
            self._drawn = False
            self._stream.write(_ERASE)
            self._stream.flush()

    def _draw(self) -> None:
        filled = _WIDTH * self._done // self._total
        bar = "#" * filled + "-" * (_WIDTH - filled)
        self._stream.write(f"\r[{bar}] {self._done:,} of {self._total:,} articles")
        self._stream.flush()
        self._drawn = True
