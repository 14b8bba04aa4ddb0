"""The errors attrlint raises on purpose: each says what is wrong, where, and what to do."""

from __future__ import annotations


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


class UsageError(AttrlintError):
    """An argument names something that does not exist."""
