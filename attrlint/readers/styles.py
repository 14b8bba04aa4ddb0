"""What a paragraph is by the name of its style, in Word and in LibreOffice."""

from __future__ import annotations

import re

CODE = "code"
"""The kind of what is left out of the text."""

_KINDS = {
    "title": "headline",
    "headline": "headline",
    "subtitle": "standfirst",
    "standfirst": "standfirst",
    "byline": "byline",
    "author": "byline",
    "dateline": "dateline",
    "caption": "caption",
    "illustration": "caption",
    "figure": "caption",
    "quote": "quotation",
    "intense quote": "quotation",
    "quotations": "quotation",
    "block text": "quotation",
    "macro text": CODE,
    "source code": CODE,
}
_GENERATIONS = 20
"""No style is looked for behind more others: some are based on each other."""

_NUMBERED = re.compile(r"(heading|list)(?: \w+)*(?: \d+)?\Z")


def kind(name: str) -> str:
    """Return the kind of block that a style's name stands for, in any case; empty where it tells nothing."""
    plain = name.strip().lower()
    numbered = _NUMBERED.match(plain)
    return _KINDS.get(plain, "") or (numbered[1] if numbered else "")


def inherited(name: str, parents: dict[str, str], kinds: dict[str, str]) -> str:
    """Return the kind of a style or of the nearest one that it is based on; empty where none of them has one."""
    for _ in range(_GENERATIONS):
        if kinds.get(name):
            return kinds[name]
        name = parents.get(name, "")
    return ""
