"""What holds for each article: its configuration, what the command line says over it, and the engine for both."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from attrlint import engine
from attrlint.config import FILE, NONE, SHARED_FILE, Config
from attrlint.engine import Choice, Engine
from attrlint.errors import AttrlintError, shown
from attrlint.pack import Pack
from attrlint.rule import Rule


class Finder:
    """Finds the configuration of articles: that of a file, or the nearest one upwards from each; None for none."""

    def __init__(self, file: str | None = "") -> None:
        self._file = file
        self._found: dict[str, Config | AttrlintError] = {}

    def of(self, path: str) -> Config:
        """Return what is configured for an article or a folder. Raises ConfigError; a file is read once."""
        if self._file is None:
            return NONE
        folder = os.path.abspath(path)
        if not os.path.isdir(folder):
            folder = os.path.dirname(folder)
        found = self._nearest("" if self._file else folder)
        if isinstance(found, AttrlintError):
            raise found
        return found

    def _nearest(self, folder: str) -> Config | AttrlintError:
        if folder not in self._found:
            try:
                self._found[folder] = self._look(folder)
            except AttrlintError as error:
                self._found[folder] = error
        return self._found[folder]

    def _look(self, folder: str) -> Config | AttrlintError:
        if self._file:
            return _read(self._file, os.getcwd())
        for name in (FILE, SHARED_FILE):
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name == FILE or configures(path)):
                return _read(path, folder)
        parent = os.path.dirname(folder)
        return NONE if parent == folder else self._nearest(parent)


def configures(path: str) -> bool:
    """Tell whether a pyproject.toml is there and speaks of attrlint: only then it is read as TOML."""
    try:
        with open(path, "rb") as file:
            return b"tool.attrlint" in file.read()
    except OSError:
        return False


def _read(path: str, root: str) -> Config:
    from attrlint import configfile  # only where there is a file

    return configfile.read(shown(path))._replace(root=root)


class Setting(NamedTuple):
    """What holds for an article: its configuration, with nothing left to be worked out, and an engine made for it."""

    config: Config
    engine: Engine
    pack: Pack
    choice: Choice

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules of the packs as they are configured; `default` tells which are on."""
        return self.choice.rules(self.pack, self.choice.standard(self.pack))

    @property
    def encoding(self) -> str | None:
        """The encoding of the article; None where nobody says it."""
        return self.config.get("encoding") or None


class Settings:
    """Finds what holds for each article; articles for which the same holds share an engine.

    `given` is what the command line says, by the keys of the configuration; `file` is the one configuration of all
    articles, where they do not each have the nearest one; None is for articles that no folder of this machine holds.
    """

    def __init__(self, given: Mapping[str, Any] | None = None, file: str | None = "") -> None:
        self._given = given or {}
        self._finder = Finder(file)
        self._settings: dict[tuple[str, str, tuple[int, ...]], Setting] = {}
        self._paths: list[str] = []
        self._engines: dict[str, tuple[Engine, Pack, Choice]] = {}

    def of(self, path: str) -> Setting:
        """Return what holds for an article or a folder.

        Raises ConfigError and PackError for what is wrong with its configuration, and UsageError for what is wrong with
        the command line.
        """
        config = self._finder.of(path)
        matching = config.matching(path)
        key = config.path, config.root, matching
        if key not in self._settings:
            told = config.overridden(matching).told(self._given)
            self._settings[key] = Setting(told, *self._engine(told))
            self._paths.append(path)
        return self._settings[key]

    def accepted(self, path: str) -> str:
        """Return the file of accepted findings that is configured for an article; empty where none is."""
        found: str = self._finder.of(path).get("accepted")
        return found

    def excluded(self, path: str) -> str:
        """Return what excludes an article, to be shown; empty where nothing does. Raises ConfigError."""
        return self._finder.of(path).excluded(path)

    @property
    def paths(self) -> tuple[str, ...]:
        """An article for everything that was found to hold."""
        return tuple(self._paths)

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules that some article is judged by, each once."""
        named = {rule.name: rule for setting in self._settings.values() for rule in setting.engine.rules}
        return tuple(named.values())

    def _engine(self, config: Config) -> tuple[Engine, Pack, Choice]:
        choice = _choice(config)
        key = repr((choice, config.get("packs"), config.house()))
        if key not in self._engines:
            self._engines[key] = _made(config, choice)
        return self._engines[key]


def _choice(config: Config) -> Choice:
    options = tuple((*key.split(".", 1), value) for key, value in config.within("options"))
    return Choice(
        config.get("select"), config.get("ignore"), config.get("preset"), tuple(config.within("severities")), options
    )


def _made(config: Config, choice: Choice) -> tuple[Engine, Pack, Choice]:
    """Make an engine of a pack and a choice of its rules; what is wrong with a name is told with its place."""
    with config.placed("packs"):
        pack = engine.load_pack(additions=config.get("packs"), house=config.house())
    for key in ("select", "ignore"):
        with config.placed(key):
            engine.named(pack, config.get(key))
    for name, _ in choice.severities:
        with config.placed(f"severities.{name}"):
            engine.named(pack, [name])
    for rule, option, value in choice.options:
        with config.placed(f"options.{rule}.{option}"):
            engine.check_option(pack, rule, option, value)
    with config.placed("preset"):
        return engine.choose(pack, choice), pack, choice
