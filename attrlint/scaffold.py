"""Files to begin with: a configuration, a pack, a rule. Nothing that is there already is written over."""

from __future__ import annotations

import os
import re
from pathlib import Path

from attrlint.config import FILE, SHARED_FILE
from attrlint.errors import AttrlintError, UsageError
from attrlint.settings import configures

_TEMPLATES = Path(__file__).parent / "templates"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

HOOKS = ".pre-commit-config.yaml"
"""Where pre-commit looks for its hooks."""

FAMILY, FIRST = "house", "first-rule"
"""The family of a new rule, and the rule that a new pack begins with."""


def template(file: str, name: str = "") -> str:
    """Return the text of a file to begin with, the name of the pack or the rule filled in."""
    return (_TEMPLATES / file).read_text(encoding="utf-8").replace("{name}", name)


def init(folder: Path) -> tuple[list[Path], list[Path]]:
    """Write a configuration and the hook of pre-commit into a folder, each where there is none.

    Returns the files that were written, and those that were there. Raises AttrlintError where one cannot be written.
    """
    wanted = {folder / FILE: "attrlint.toml", folder / HOOKS: "pre-commit.yaml"}
    there = [path for path in wanted if path.exists()]
    if configures(str(folder / SHARED_FILE)) and folder / FILE not in there:
        there.insert(0, folder / FILE)
    written = [_write(path, template(name)) for path, name in wanted.items() if path not in there]
    return written, there


def new_pack(folder: Path) -> list[Path]:
    """Write a pack with a list of words and a first rule, whose example fails until it is filled in.

    Returns the files. Raises UsageError for a name that cannot be one or a folder that is there.
    """
    name = folder.resolve().name
    _check_name(name)
    if folder.exists():
        raise UsageError(f"{folder} is there already: choose another name")
    pack = _write(folder / "pack.toml", template("pack.toml", name=name))
    words = _write(folder / "lexicons" / f"{name}.toml", template("words.toml", name=name))
    return [pack, words, new_rule(FIRST, folder)]


def new_rule(name: str, pack: Path, family: str = FAMILY) -> Path:
    """Write a rule into a pack, whose example fails until it is filled in.

    Returns the file. Raises UsageError where there is no pack, and for a name that is taken or cannot be one.
    """
    for each in (name, family):
        _check_name(each)
    if not (pack / "pack.toml").is_file():
        raise UsageError(f"{pack} is no pack: it has no pack.toml; `attrlint new pack NAME` begins one")
    there = next(pack.glob(f"*/{name}.toml"), None)
    if there:
        raise UsageError(f"{there} is there already: choose another name")
    return _write(pack / family / f"{name}.toml", template("rule.toml", name=name))


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"“{name}” cannot be a name: take small letters, digits and single hyphens, as in “vague-source”"
        )


def _write(path: Path, text: str) -> Path:
    try:
        os.makedirs(path.parent, exist_ok=True)
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise AttrlintError(f"cannot be written: {(error.strerror or str(error)).lower()}", str(path)) from None
    return path
