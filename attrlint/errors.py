"""The errors attrlint raises on purpose: each says what is wrong, where, and what to do."""

from __future__ import annotations

import os


class AttrlintError(Exception):
    """Something the user can put right; `str()` reads "path:line: message".

    `line` is 1-based, or None where the whole file is meant.
    """

    def __init__(self, message: str, path: str | None = None, line: int | None = None) -> None:
        super().__init__(message, path, line)
        self.message = message
        self.path = path
        self.line = line

    def __str__(self) -> str:
        place = [str(part) for part in (self.path, self.line) if part is not None]
        return ": ".join([":".join(place), self.message]) if place else self.message


class ReadError(AttrlintError):
    """An article could not be read or decoded."""


class PackError(AttrlintError):
    """A pack of rules and word lists is malformed."""


class ConfigError(AttrlintError):
    """A configuration file is malformed, or names something that does not exist."""


class UsageError(AttrlintError):
    """An argument names something that does not exist."""


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path as a reader knows it best: from the working folder where it is inside, else as it is."""
    inside = os.path.relpath(path)
    return os.fspath(path) if inside.startswith(os.pardir) else inside
