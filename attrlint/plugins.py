"""Packs that add words and rules to a language's pack: a folder of TOML, or a package that was installed.

A folder is data: it can name no Python. A package says where its folder is by being there, and may bring checks.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from attrlint.checks import CHECKS
from attrlint.errors import PackError, UsageError, shown
from attrlint.judge import Check

GROUP = "attrlint.packs"
"""The group of entry points; each is a module whose folder is the pack and whose `CHECKS` are its checks."""


class Addition(NamedTuple):
    """A pack that adds to another: its folder, and the Python checks that its rules may name.

    `checks` is None for a folder that was only named, whose rules may name none.
    """

    folder: str
    checks: Mapping[str, Check] | None


def files(folder: str) -> list[str]:
    """Return the TOML files of a pack, sorted: those of its folder and of the folders in it that are not hidden."""
    inside = [entry.path for entry in os.scandir(folder) if entry.is_dir() and not entry.name.startswith(".")]
    return sorted(
        entry.path for place in (folder, *inside) for entry in os.scandir(place) if entry.name.endswith(".toml")
    )


def find(pack: str) -> Addition:
    """Return a pack by its absolute folder, or by the name under which it was installed.

    Raises UsageError where there is none and PackError where an installed one cannot be loaded.
    """
    if os.path.isabs(pack):
        if not os.path.isfile(os.path.join(pack, "pack.toml")):
            raise UsageError(f"{shown(pack)} is no pack: it has no pack.toml; `attrlint new pack NAME` begins one")
        return Addition(pack, None)
    return _installed(pack)


def _installed(name: str) -> Addition:
    from importlib.metadata import entry_points

    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in found:
        have = f"there are {', '.join(sorted(found))}" if found else "there is none"
        raise UsageError(f"no pack “{name}” is installed ({have}), and there is no folder of that name")
    try:
        module = found[name].load()
        checks: Mapping[str, Check] = getattr(module, "CHECKS", {})
        folder = os.path.dirname(os.path.abspath(module.__file__))
    except Exception as error:  # whatever a stranger’s module raises when it is imported
        raise PackError(f"the installed pack “{name}” cannot be loaded: {error}") from error
    taken = sorted(CHECKS.keys() & checks.keys())
    if taken:
        raise PackError(f"the installed pack “{name}” has a check “{taken[0]}”, a name that is taken: give it another")
    return Addition(folder, checks)
