"""Places that a parser counts in UTF-8 bytes, as code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

_WIDE = re.compile("[^\0-\x7f]")


def places(source: str) -> Callable[[int], int]:
    """Return a function from places in the UTF-8 bytes of a source to places in its code points."""
    if source.isascii():
        return int
    ends: list[int] = []
    extras = [0]
    for found in _WIDE.finditer(source):
        extra = extras[-1] + len(found[0].encode("utf-8", "surrogatepass")) - 1
        ends.append(found.end() + extra)
        extras.append(extra)
    return lambda place: place - extras[bisect_right(ends, place)]
