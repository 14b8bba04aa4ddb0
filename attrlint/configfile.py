"""Configuration files, attrlint.toml or [tool.attrlint] in pyproject.toml, read strictly, with those they extend."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from attrlint import house, readers, strict
from attrlint.confidence import CONFIDENCES
from attrlint.config import NONE, SHARED_FILE, Config, Value, Values, matches
from attrlint.errors import ConfigError, PackError, UsageError
from attrlint.preset import LEVELS
from attrlint.strict import Table


class Key(NamedTuple):
    """A key of the configuration: the type of its value, what it is for, and what it can be (empty: anything).

    `local` tells whether it may stand in an [[override]].
    """

    name: str
    kind: type
    about: str
    local: bool = True
    choices: tuple[str, ...] = ()


KEYS = (
    Key("extends", str, "Another configuration file that this one goes over.", local=False),
    Key("preset", str, "A newsroom’s rules and severities: ap, bbc, npr, reuters, strict, wikipedia."),
    Key("packs", list, "More words and rules: folders of TOML, and packs that are installed.", local=False),
    Key("select", list, "Only these rules or families."),
    Key("ignore", list, "All but these rules or families."),
    Key("exclude", list, "Files and folders that are not checked, as in .gitignore.", local=False),
    Key("encoding", str, "The encoding of the articles; without it UTF-8, or UTF-16 with a byte order mark."),
    Key("min-confidence", str, "Leave out what is less sure.", choices=CONFIDENCES),
    Key("require-reason", bool, "Whether a waiver must give a reason."),
    Key("accepted", str, "The file of accepted findings, where it is not the nearest .attrlint-accepted.", local=False),
)
"""The keys with one value; those of tables are described where they are read."""


def read(path: str, chain: tuple[str, ...] = ()) -> Config:
    """Read a configuration file and those it extends; `chain` are the files that extend it. Raises ConfigError."""
    try:
        return _read(path, (*chain, os.path.realpath(path)))
    except PackError as error:
        raise ConfigError(*error.args) from None


def _read(path: str, chain: tuple[str, ...]) -> Config:
    table = strict.read(Path(path))
    if os.path.basename(path) == SHARED_FILE:
        table = table.table("tool").table("attrlint")
    base = NONE
    extends = table.copy().take("extends", str, "")
    if extends:
        file = os.path.normpath(os.path.join(os.path.dirname(path), extends))
        if os.path.realpath(file) in chain:
            raise table.error(f"“{extends}” extends this file in turn: one of them must not", "extends")
        if not os.path.isfile(file):
            raise table.error(f"“extends”: there is no file {file}", "extends")
        base = read(file, chain)
    overrides = tuple(_override(each, path) for each in table.tables("override"))
    return Config(path, "", _over(base.values, _values(table, path)), (*base.overrides, *overrides))


def _over(old: Values, new: Values) -> Values:
    """Return values with others over them, to which those of the house lists are added."""
    added = {key: (*old.get(key, ()), *given) if key.startswith("house.") else given for key, given in new.items()}
    return {**old, **added}


def _override(table: Table, path: str) -> tuple[tuple[str, ...], Values]:
    globs = _globs(table, "paths", table.words("paths"))
    return globs, _values(table, path, globs)


def _values(table: Table, path: str, paths: tuple[str, ...] | None = None) -> Values:
    """Take every value of a table, with those of its tables; `paths` are the globs of an override."""
    found: dict[str, tuple[Value, ...]] = {}

    def note(key: str, inner: Table, name: str, value: Any) -> None:
        found[key] = (Value(value, path, inner.line(name), paths or ()),)

    for each in KEYS:
        if (each.local or paths is None) and each.name in table.rest_keys():
            note(each.name, table, each.name, _value(table, each, path))
    severities = table.table("severities")
    for name in severities.rest_keys():
        note(f"severities.{name}", severities, name, _one_of(severities, name, LEVELS))
    options = table.table("options")
    for rule in options.rest_keys():
        inner = options.table(rule)
        for name, value in inner.rest().items():
            note(f"options.{rule}.{name}", inner, name, value)
    if paths is None:
        for key, inner, name, words in _house(table.table("house")):
            note(f"house.{key}", inner, name, words)
    _finish(table, paths is None)
    return found


def _finish(table: Table, whole: bool) -> None:
    """Raise PackError for what is left; every key counts as known, be it missing from the table."""
    for name in table.rest_keys():
        if not whole and name in {*(key.name for key in KEYS if not key.local), "house", "override"}:
            raise table.error(f"“{name}” holds for all articles: it cannot stand in an [[override]]", name)
    table.know(*(key.name for key in KEYS if whole or key.local))
    table.done()


def _value(table: Table, key: Key, path: str) -> Any:
    if key.choices:
        return _one_of(table, key.name, key.choices)
    if key.kind is not list:
        value: Any = table.take(key.name, key.kind)
        if key.name == "encoding":
            _check_encoding(table, value)
        return os.path.join(os.path.dirname(path), value) if key.name == "accepted" else value
    words = table.words(key.name)
    if key.name == "packs":
        return tuple(_pack(word, os.path.dirname(path)) for word in words)
    return _globs(table, key.name, words) if key.name == "exclude" else words


def _one_of(table: Table, key: str, choices: tuple[str, ...]) -> str:
    value = table.take(key, str)
    if value not in choices:
        raise table.error(f"“{key}” must be {', '.join(choices[:-1])} or {choices[-1]}, not “{value}”", key)
    return value


def _check_encoding(table: Table, encoding: str) -> None:
    try:
        readers.check_encoding(encoding)
    except UsageError as error:
        raise table.error(error.message, "encoding") from None


def _pack(pack: str, folder: str) -> str:
    """Return a pack as `plugins.find` takes it: an absolute folder, or the name of an installed one."""
    path = os.path.abspath(os.path.join(folder, pack))
    return path if "/" in pack or os.sep in pack or os.path.isdir(path) else pack


def _globs(table: Table, key: str, globs: tuple[str, ...]) -> tuple[str, ...]:
    try:
        matches(globs, "x")
    except ValueError as error:
        raise table.error(f"“{key}”: {error}", key) from None
    return globs


def _house(table: Table) -> Iterator[tuple[str, Table, str, tuple[str, ...]]]:
    """Yield every house list: its key, the table it stands in and its name there, and its entries."""
    lists = [(name, table, name) for name in ("names", "bodies")]
    for kind, names in (("roles", tuple(house.ROLES)), ("cues", house.CUES)):
        inner = table.table(kind)
        lists += [(f"{kind}.{name}", inner, name) for name in names]
    for key, inner, name in lists:
        entries = inner.words(name, ())
        for entry in entries:
            if wrong := house.problem(key, entry):
                raise inner.error(f"“{entry}” {wrong}", name)
        if entries:
            yield key, inner, name, entries
    for inner in {id(inner): inner for _, inner, _ in lists}.values():
        inner.done()
