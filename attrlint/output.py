"""Where reports go: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from io import TextIOWrapper

from attrlint import readers
from attrlint.errors import AttrlintError, UsageError


@contextmanager
def into(path: str | None, articles: Sequence[str]) -> Iterator[None]:
    """Send what is printed inside to a file, in UTF-8; without a path, leave it on standard output.

    The file appears when all of it is written; what stood there before is kept until then. Raises UsageError where the
    file is one of the articles, or would be read as an article of one of their folders the next time; raises
    AttrlintError where it cannot be written.
    """
    if path is None:
        yield
        return
    _spare(path, articles)
    target = os.path.realpath(path)
    # A pipe or a device is written to as it is, never replaced.
    draft = f"{target}.{os.getpid()}.part" if os.path.isfile(target) or not os.path.exists(target) else target
    try:
        with open(draft, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file, redirect_stdout(file):
            yield
        if draft != target:
            os.replace(draft, target)
    except OSError as error:
        raise AttrlintError(f"cannot be written: {(error.strerror or str(error)).lower()}", path) from None
    finally:
        if draft != target:
            with suppress(OSError):
                os.unlink(draft)


def _spare(path: str, articles: Sequence[str]) -> None:
    from pathlib import Path

    target = Path(path).resolve()
    for article in articles:
        if os.path.isdir(article):
            if Path(article).resolve() in target.parents and target.suffix.lower() in readers.READERS:
                raise UsageError(f"{path} would be read as an article of {article}; give it another suffix")
        elif Path(article).resolve() == target:
            raise UsageError(f"{path} is the article itself; write to another file")


@contextmanager
def flushed() -> Iterator[None]:
    """Write out what was written inside; whoever reads it may stop reading, as `head` does, without a word."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer goes nowhere, so that the interpreter does not complain at its end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise AttrlintError(f"stopped: {error.strerror}") from None


def make_printable(form: str = "text") -> None:
    """Let the output take any text: JSON and pages are UTF-8 everywhere, a terminal shows escapes for what it lacks."""
    if isinstance(sys.stdout, TextIOWrapper):
        encoding = "utf-8" if form in ("json", "html") else None
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
