"""Where reports go: standard output, or files that are each written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper

from attrlint import readers
from attrlint.errors import AttrlintError, ReadError, UsageError
from attrlint.text import Document


@contextmanager
def draft(path: str, articles: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Give a function that writes to a file, in UTF-8.

    The file appears when all of it is written; what stood there before is kept until then. Raises UsageError where the
    file is one of the articles, or would be read as an article of one of their folders the next time; raises
    AttrlintError where it cannot be written.
    """
    _spare(path, articles)
    target = os.path.realpath(path)
    # A pipe or a device is written to as it is, never replaced.
    part = f"{target}.{os.getpid()}.part" if os.path.isfile(target) or not os.path.exists(target) else target
    try:
        with _blamed_on(path):
            file = open(part, "w", encoding="utf-8", errors="backslashreplace", newline="\n")  # noqa: SIM115 - closed below

        def write(text: str) -> None:
            with _blamed_on(path):
                file.write(text)

        try:
            yield write
        finally:
            with _blamed_on(path):
                file.close()
        if part != target:
            with _blamed_on(path):
                os.replace(part, target)
    finally:
        if part != target:
            with suppress(OSError):
                os.unlink(part)


@contextmanager
def _blamed_on(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AttrlintError(f"cannot be written: {(error.strerror or str(error)).lower()}", path) from None


def spare_each_other(paths: Sequence[str]) -> None:
    """Raise UsageError where two of the reports would be written to the same file."""
    seen: set[str] = set()
    for path in paths:
        if (target := os.path.realpath(path)) in seen:
            raise UsageError(f"{path} is named for two reports; give each a file of its own")
        seen.add(target)


def _spare(path: str, articles: Sequence[str]) -> None:
    from pathlib import Path

    target = Path(path).resolve()
    for article in articles:
        if os.path.isdir(article):
            if Path(article).resolve() in target.parents and target.suffix.lower() in readers.READERS:
                raise UsageError(f"{path} would be read as an article of {article}; give it another suffix")
        elif Path(article).resolve() == target:
            raise UsageError(f"{path} is the article itself; write to another file")


def write(text: str) -> None:
    """Write to standard output, whatever that is at the moment."""
    sys.stdout.write(text)


def write_while_read(text: str) -> None:
    """Write to standard output until nobody reads it any more, and then nowhere: other reports still need the rest."""
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        _silence()


@contextmanager
def flushed() -> Iterator[None]:
    """Write out what was written inside; whoever reads it may stop reading, as `head` does, without a word."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        _silence()
        if not isinstance(error, BrokenPipeError):
            raise AttrlintError(f"stopped: {error.strerror}") from None


def _silence() -> None:
    # What is left in the buffer goes nowhere, so that the interpreter does not complain at its end either.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def make_printable(form: str = "text") -> None:
    """Let the output take any text: a terminal shows escapes for what it lacks, what programs read is always UTF-8."""
    if isinstance(sys.stdout, TextIOWrapper):
        encoding = None if form in ("text", "concise") else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


def encoded(new: str, data: bytes, read: Document, form: str) -> bytes:
    """Return a text in the bytes that the article was written in, with its byte order mark if it had one.

    `read` is the article as it was read from `data`, in the format `form`: a page writes characters that its encoding
    lacks as entities. Raises ReadError where there is no such way, and where the encoding has no way back at all.
    """
    with suppress(UnicodeError):
        if read.encoding.encode(read.source) == data:
            return _written(new, read, "xmlcharrefreplace" if form == "html" else "strict")
    raise ReadError("cannot be written back in its own encoding, so it was left alone", read.path)


def _written(new: str, read: Document, errors: str) -> bytes:
    try:
        return read.encoding.encode(new, errors)
    except UnicodeEncodeError as error:
        sign = f"{new[error.start]} (U+{ord(new[error.start]):04X})"
        message = f"its encoding, {read.encoding.name}, lacks {sign}, which is to be written: save it as UTF-8"
        raise ReadError(message, read.path) from None


def replace(path: str, data: bytes) -> None:
    """Put new bytes in the place of a file at one stroke; its permissions stay. Raises AttrlintError."""
    import shutil
    from tempfile import NamedTemporaryFile

    target = os.path.realpath(path)
    draft = ""
    try:
        with NamedTemporaryFile("wb", dir=os.path.dirname(target), prefix=".attrlint-", delete=False) as file:
            draft = file.name
            file.write(data)
        if os.path.exists(target):
            shutil.copymode(target, draft)
        else:
            os.chmod(draft, 0o666 & ~_umask())
        os.replace(draft, target)
    except OSError as error:
        with suppress(OSError):
            os.unlink(draft)
        raise AttrlintError(f"cannot be written: {error.strerror}", path) from None


def _umask() -> int:
    """Return the permissions that new files of this process go without; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
