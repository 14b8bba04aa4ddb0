"""`attrlint config` and `attrlint init`: what is configured for a file, and a configuration to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from attrlint.cli import options
from attrlint.cli.running import CLEAN, emit

if TYPE_CHECKING:
    from attrlint.config import Config


@click.command()
@click.argument("path", default=".")
@options.CONFIG
@options.form("text", "json")
def config(path: str, config: str, form: str) -> int:
    """Show what is configured for an article or a folder, and where each value comes from.

    PATH need not exist: what would hold for it is shown.
    """
    from attrlint.settings import Settings

    settings = Settings(file=config)
    found, excluded = settings.of(path).config, settings.excluded(path)
    if form == "json":
        import json

        whole = {
            "path": path,
            "config": found.path or None,
            "excluded": excluded or None,
            "settings": {key: {"value": value, "from": place} for key, value, place in _rows(found)},
        }
        emit(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", form)
        return CLEAN
    emit(_text(path, found, excluded))
    return CLEAN


def _rows(found: Config) -> list[tuple[str, Any, str]]:
    """Return every key with its value and where it comes from; those that can be set first, then those of tables."""
    from attrlint.config import DEFAULT, DEFAULTS

    keys = dict.fromkeys([*DEFAULTS, *sorted(found.values)])
    keys.pop("extends", None)
    places = {key: ", ".join(dict.fromkeys(value.place for value in given)) for key, given in found.values.items()}
    return [(key, found.get(key), places.get(key, DEFAULT)) for key in keys]


def _text(path: str, found: Config, excluded: str) -> str:
    import json

    from attrlint.report.width import pad, width

    rows = [(f"{key} = {json.dumps(value, ensure_ascii=False)}", place) for key, value, place in _rows(found)]
    room = min(60, max(width(setting) for setting, _ in rows))
    lines = [f"# {path}: {found.path or 'no configuration, so the defaults hold'}"]
    lines += [f"# left out, as {excluded} says"] if excluded else []
    return "\n".join([*lines, *(f"{pad(setting, room)}  # {place}" for setting, place in rows)]) + "\n"


@click.command()
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False))
def init(folder: str) -> int:
    """Write a configuration to begin with, attrlint.toml, and the hook of pre-commit.

    Nothing that is there already is written over; where pre-commit has hooks, the stanza to add is printed.
    """
    from pathlib import Path

    from attrlint import scaffold

    written, there = scaffold.init(Path(folder))
    lines = [f"wrote {path}" for path in written]
    for path in there:
        lines.append(f"{path.name}: configured already, left as it is")
        if path.name == scaffold.HOOKS:
            lines += ["to have the hook, add this to it:", "", scaffold.template("pre-commit.yaml").rstrip()]
    emit("\n".join(lines) + "\n")
    return CLEAN
