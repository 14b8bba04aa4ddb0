"""TOML read strictly: a wrong type or an unknown key is an error with file and line."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from attrlint.errors import PackError, shown

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")


class Table:
    """One table of a TOML file, from which keys are taken; what is left over at the end is an error."""

    def __init__(self, data: dict[str, Any], path: Path | str, text: str, name: str = "", place: int = 0) -> None:
        self._data = dict(data)
        self._known: set[str] = set()
        self.path = os.fspath(path)
        """The file that the table stands in."""
        self._text = text
        self.name = name
        self._place = place

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """Return a value of the type asked for and cross it off. Raises PackError when it is missing or of another one.

        `default` is returned when the key is absent; a key without default must be there.
        """
        self._known.add(key)
        value = self._data.pop(key, default)
        if value is None:
            self._misspelled(key)
            raise self.error(f"“{key}” is missing{self._where()}")
        if not isinstance(value, kind):
            raise self.error(f"“{key}” must be {_TYPES[kind]}{self._where()}", key)
        return value

    def words(self, key: str, default: Iterable[str] | None = None) -> tuple[str, ...]:
        """Return a list of strings; a single string counts as a list of one. Raises PackError like `take`."""
        if isinstance(self._data.get(key), str):
            return (self.take(key, str),)
        values = self.take(key, list, None if default is None else list(default))
        if not all(isinstance(value, str) for value in values):
            raise self.error(f"“{key}” must be a list of strings{self._where()}", key)
        return tuple(values)

    def table(self, key: str) -> Table:
        """Return an inner table, empty when the key is absent. Raises PackError when it is something else."""
        return Table(self.take(key, dict, {}), self.path, self._text, self._inner(key))

    def tables(self, key: str) -> list[Table]:
        """Return the tables of an array, none when the key is absent. Raises PackError when it is something else."""
        entries = self.take(key, list, [])
        if not all(isinstance(entry, dict) for entry in entries):
            raise self.error(f"“{key}” must be an array of tables: write [[{self._inner(key)}]]", key)
        name = self._inner(key)
        return [Table(entry, self.path, self._text, name, place) for place, entry in enumerate(entries)]

    def rest_keys(self) -> tuple[str, ...]:
        """Return the keys not yet taken, in the order of the file."""
        return tuple(self._data)

    def rest(self) -> dict[str, Any]:
        """Return everything not yet taken and cross it off."""
        rest, self._data = self._data, {}
        return rest

    def know(self, *keys: str) -> None:
        """Count keys as known that were not asked for, so that a misspelling of them can be told."""
        self._known.update(keys)

    def done(self) -> None:
        """Raise PackError when a key is left that nobody knows."""
        for key in self._data:
            from difflib import get_close_matches

            near = get_close_matches(key, self._known, 1)
            hint = f"did you mean “{near[0]}”?" if near else f"there are {', '.join(sorted(self._known))}"
            raise self.error(f"unknown key “{key}”{self._where()}; {hint}", key)

    def _misspelled(self, missing: str) -> None:
        """Raise PackError when a key that is there looks like one that is missing."""
        from difflib import get_close_matches

        for key in get_close_matches(missing, [key for key in self._data if key not in self._known], 1):
            raise self.error(f"unknown key “{key}”{self._where()}; did you mean “{missing}”?", key)

    def part(self, *keys: str) -> Table:
        """Return a table of some keys alone, those that are there, and cross them off."""
        self._known.update(keys)
        kept = {key: self._data.pop(key) for key in keys if key in self._data}
        return Table(kept, self.path, self._text, self.name, self._place)

    def copy(self) -> Table:
        """Return the table as it is now, to take keys from again."""
        return Table(self._data, self.path, self._text, self.name, self._place)

    def plain(self) -> tuple[dict[str, Any], str, str, str]:
        """Return what a table can be made of again, as plain data."""
        return self._data, self.path, self._text, self.name

    def error(self, message: str, key: str | None = None) -> PackError:
        """Return an error that names the file and the line of a key (the table's line without one)."""
        return PackError(message, shown(self.path), self.line(key))

    def line(self, key: str | None = None) -> int:
        """Return the 1-based line of a key, or without one that of the table."""
        lines = self._text.splitlines()
        opening = re.compile(rf"\s*\[+\s*\"?{re.escape(self.name)}\"?\s*\]+")
        openings = [n for n, line in enumerate(lines) if self.name and opening.match(line)]
        if self._place < len(openings):
            start = openings[self._place]
        else:  # a table may be written as a key: “severities = {…}”
            start = _found(lines, self.name.rpartition(".")[2], 0) or 0
        found = None if key is None else _found(lines, key, start)
        return (start if found is None else found) + 1

    def _inner(self, key: str) -> str:
        return f"{self.name}.{key}".strip(".")

    def _where(self) -> str:
        return f" in [{self.name}]" if self.name else ""


def _found(lines: list[str], key: str, start: int) -> int | None:
    """Return the index of the first line from `start` on that a key, or the table of that name, begins."""
    name, prefix = re.escape(key), r"(?:[\w.-]+\.)?"
    entry = re.compile(rf"\s*{prefix}\"?{name}\"?\s*(?:=|\.)|\s*\[+\s*{prefix}{name}\s*\]+")
    return next((n for n, line in enumerate(lines) if n >= start and key and entry.match(line)), None)


_TYPES: dict[type, str] = {
    str: "a string",
    bool: "true or false",
    int: "a whole number",
    list: "a list",
    dict: "a table",
}


def read(path: Path) -> Table:
    """Read a TOML file as one table. Raises PackError when it cannot be read or is not TOML."""
    import tomli

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PackError(f"cannot be read: {error.strerror}", shown(path)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise PackError("is not UTF-8 text", shown(path), line) from None
    try:
        return Table(tomli.loads(text), path, text)
    except (tomli.TOMLDecodeError, RecursionError) as error:
        message = str(error)
        found = re.search(r"at line (\d+)", message)
        line = int(found[1]) if found else max(1, len(text.splitlines()))
        raise PackError(f"is not valid TOML: {message}", shown(path), line) from None
