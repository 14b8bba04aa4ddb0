"""A report that goes into a file: whole, or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from attrlint import readers
from attrlint.errors import AttrlintError, UsageError


@contextmanager
def into(path: str | None, articles: Sequence[str]) -> Iterator[None]:
    """Send what is printed inside to a file, in UTF-8; without a path, leave it on standard output.

    The file appears when all of it is written; what stood there before is kept until then. Raises UsageError where the
    file is one of the articles, or lies in one of their folders and would be read as an article the next time; raises
    AttrlintError where it cannot be written.
    """
    if path is None:
        yield
        return
    _spare(path, articles)
    folder = os.path.dirname(path) or "."
    try:
        draft = NamedTemporaryFile(  # noqa: SIM115 - closed before it is moved
            "w", encoding="utf-8", errors="backslashreplace", newline="\n", dir=folder, prefix=".attrlint-", delete=False
        )
    except OSError as error:
        raise _failed(path, error) from None
    try:
        with draft, redirect_stdout(draft):
            yield
        _move(draft.name, path)
    finally:
        with suppress(OSError):
            os.unlink(draft.name)


def _spare(path: str, articles: Sequence[str]) -> None:
    for article in articles:
        if os.path.isdir(article):
            inside = Path(article).resolve() in Path(path).resolve().parents
            if inside and Path(path).suffix.lower() in readers.READERS:
                raise UsageError(f"{path} would be read as an article of {article}; write to a file of another name")
        elif os.path.exists(article) and os.path.realpath(article) == os.path.realpath(path):
            raise UsageError(f"{path} is the article itself; write to another file")


def _move(draft: str, path: str) -> None:
    mask = os.umask(0)
    os.umask(mask)
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            # A pipe or a device, such as /dev/stdout, is written to and never replaced.
            _copy(draft, path)
            return
        os.chmod(draft, 0o666 & ~mask)
        os.replace(draft, os.path.realpath(path))
    except OSError as error:
        raise _failed(path, error) from None


def _copy(draft: str, path: str) -> None:
    with open(draft, encoding="utf-8") as source, open(path, "w", encoding="utf-8") as target:
        target.write(source.read())


def _failed(path: str, error: OSError) -> AttrlintError:
    return AttrlintError(f"cannot be written: {error.strerror}", path)


__all__ = ["into"]
_ = sys
