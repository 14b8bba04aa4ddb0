"""A configuration: what holds for articles, and where that was written.

It is flat: the keys of its tables are joined with dots. Most runs have none, so that this module must stay light.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from attrlint.confidence import LOW
from attrlint.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from attrlint.house import House

FILE, SHARED_FILE = "attrlint.toml", "pyproject.toml"
"""Where a configuration stands; in a folder that has both, the first holds."""

COMMAND_LINE, DEFAULT = "command line", "default"
"""Where a value comes from that stands in no file."""

DEFAULTS: dict[str, Any] = {
    "extends": "",
    "preset": "",
    "packs": (),
    "select": (),
    "ignore": (),
    "exclude": (),
    "encoding": "",
    "min-confidence": LOW,
    "require-reason": True,
    "accepted": "",
}
"""The keys that hold one value, and what holds without them."""


class Value(NamedTuple):
    """A value and where it was written: a file and a 1-based line, or a word for where no file says it.

    `paths` are the globs of the override that it stands in.
    """

    value: Any
    path: str
    line: int = 0
    paths: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where the value comes from, to be shown."""
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}, for {', '.join(self.paths)}" if self.paths else where


Values = Mapping[str, tuple[Value, ...]]
"""For each key its values: the last one holds, but those of the house lists add up."""


class Config(NamedTuple):
    """A configuration; its globs are relative to the folder `root`. Without a file, `path` is empty."""

    path: str
    root: str
    values: Values
    overrides: tuple[tuple[tuple[str, ...], Values], ...] = ()
    """Globs and the values for the articles that one of them matches."""

    def get(self, key: str) -> Any:
        """Return the value of a key; of a house list, everything that was given for it."""
        given = self.values.get(key, ())
        if key.startswith("house."):
            return tuple(entry for value in given for entry in value.value)
        return given[-1].value if given else DEFAULTS[key]

    def within(self, table: str) -> Iterator[tuple[str, Any]]:
        """Yield the keys of a table, without its name, and their values."""
        for key in self.values:
            if key.startswith(f"{table}."):
                yield key[len(table) + 1 :], self.get(key)

    def house(self) -> House:
        """Return the newsroom's own words."""
        if not any(key.startswith("house.") for key in self.values):
            return ()
        from attrlint.house import word_lists

        return tuple(
            words
            for key, given in self.values.items()
            if key.startswith("house.")
            for value in given
            for words in word_lists(key[len("house.") :], value.value, value.path, value.line)
        )

    def matching(self, path: str) -> tuple[int, ...]:
        """Return the indices of the overrides that hold for an article."""
        return tuple(
            index for index, (globs, _) in enumerate(self.overrides) if matches(globs, _relative(path, self.root))
        )

    def overridden(self, indices: Iterable[int]) -> Config:
        """Return the configuration with some of its overrides made, in their order."""
        values = dict(self.values)
        for index in indices:
            values |= self.overrides[index][1]
        return self._replace(values=values, overrides=())

    def told(self, given: Mapping[str, Any]) -> Config:
        """Return the configuration with what the command line says over it.

        Rules that are asked for by name there are not ignored because a file says so.
        """
        values = dict(self.values)
        if "select" in given:
            values.pop("ignore", None)
        return self._replace(values=values | {key: (Value(value, COMMAND_LINE),) for key, value in given.items()})

    def excluded(self, path: str) -> str:
        """Return what excludes an article, to be shown; empty where nothing does."""
        globs = self.get("exclude")
        return self.values["exclude"][-1].place if globs and matches(globs, _relative(path, self.root)) else ""

    @contextmanager
    def placed(self, key: str) -> Iterator[None]:
        """Let what is wrong with the value of a key be a ConfigError with file and line, where a file says it."""
        try:
            yield
        except UsageError as error:
            given = self.values.get(key, ())
            if not given or not given[-1].line:
                raise
            raise ConfigError(error.message, given[-1].path, given[-1].line) from None


NONE = Config("", "", {})
"""Nothing is configured."""


def _relative(path: str, root: str) -> str:
    """Return a path as globs see it: from the root, or in full where it is elsewhere."""
    path = os.path.abspath(path)
    inside = os.path.relpath(path, root or os.curdir)
    shown = path.lstrip(os.sep) if inside.startswith(os.pardir) else inside
    return shown.replace(os.sep, "/")


def matches(globs: tuple[str, ...], path: str) -> bool:
    """Tell whether globs as in .gitignore match a path, written with slashes. Raises ValueError for a malformed one."""
    return bool(_spec(globs).match_file(path))


@lru_cache(maxsize=256)
def _spec(globs: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # only where there are globs

    return GitIgnoreSpec.from_lines(globs)
