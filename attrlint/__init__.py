"""attrlint: a linter that finds the places where a news article does not say who is speaking."""

from __future__ import annotations

import os

from attrlint import engine as _engine
from attrlint import locate as _locate
from attrlint.article import Article, Attribution, Cue, Entity, Source
from attrlint.errors import AttrlintError
from attrlint.finding import Finding, Related, Remedy, Report, Severity, Waiver
from attrlint.readers import read_file as _read_file
from attrlint.text import Document, Span
from attrlint.units import Unit

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Attribution",
    "AttrlintError",
    "Cue",
    "Document",
    "Entity",
    "Finding",
    "Related",
    "Remedy",
    "Report",
    "Severity",
    "Source",
    "Span",
    "Unit",
    "Waiver",
    "__version__",
    "lint",
    "lint_file",
    "parse",
]


def lint(text: str) -> Report:
    """Return what the default rules object to in an article.

    Spans of findings are half-open, 0-based code points of `text`. The same text always gives the same report.
    """
    return _engine.load().lint(Document(text))


def lint_file(path: str | os.PathLike[str]) -> Report:
    """Read an article from a file and return what the default rules object to in it.

    The text of the report's document is the file's own, markup and all, and the findings point into it.

    Raises ReadError when the file is missing, unreadable or not UTF-8 (or UTF-16 with a byte order mark).
    """
    return _locate.report(_engine.load().lint(_read_file(path)))


def parse(text: str) -> Article:
    """Return every attribution of an article, with source, cue and content, and the entities its sources resolve to.

    Spans are half-open, 0-based code points of `text`.
    """
    return _engine.load().parse(Document(text))
