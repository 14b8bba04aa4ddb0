"""`attrlint new`: files of a pack or a rule to begin with."""

from __future__ import annotations

import click

from attrlint.cli.running import CLEAN, emit


@click.group()
def new() -> None:
    """Begin a pack or a rule: files whose examples fail until they are filled in."""


@new.command()
@click.argument("name")
def pack(name: str) -> int:
    """Begin a pack in a new folder, with a list of words and a first rule.

    NAME is that of the pack and of its folder.
    """
    from pathlib import Path

    from attrlint import scaffold

    files = scaffold.new_pack(Path(name))
    emit("".join(f"wrote {file}\n" for file in files) + f"fill in every TK, then run: attrlint test {name}\n")
    return CLEAN


@new.command()
@click.argument("name")
@click.option("--pack", default=".", metavar="FOLDER", help="The pack that the rule belongs to. [default: this folder]")
@click.option("--family", default="house", show_default=True, metavar="NAME", help="The family of the rule.")
def rule(name: str, pack: str, family: str) -> int:
    """Begin a rule in a pack. NAME tells what it finds, as in “vague-collective”."""
    from pathlib import Path

    from attrlint import scaffold

    file = scaffold.new_rule(name, Path(pack), family)
    emit(f"wrote {file}\nfill in every TK, then run: attrlint test {pack}\n")
    return CLEAN
