"""`attrlint accept`: findings that stay as they are, written into a file that is read in a review."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from attrlint import output
from attrlint.cli import options
from attrlint.cli.running import CLEAN, FAILED, complain, emit, wanted
from attrlint.errors import UsageError

if TYPE_CHECKING:
    from attrlint.accept import Kept


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--rule", "rules", multiple=True, metavar="NAMES", help="Only what these rules or families find.")
@click.option("--reason", default="", metavar="TEXT", help="Why the findings are accepted; it stands in the file.")
@click.option("--prune", is_flag=True, help="Accept nothing: remove what no longer occurs.")
@options.ACCEPTED
@options.CONFIG
@options.PRESET
@options.ENCODING
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def accept(
    paths: Sequence[str],
    rules: Sequence[str],
    reason: str,
    prune: bool,
    accepted: str,
    config: str,
    preset: str,
    encoding: str | None,
    quiet: bool,
) -> int:
    """Accept the findings in articles as they are, so that `check` no longer counts them.

    They are written into .attrlint-accepted, a line each with the words and the reason, to be read in a review and kept
    with the articles. They stay accepted when text around them is edited, moved or wrapped anew, and come back when
    their own sentence changes. With --prune PATH may be left out and is then the working folder.
    """
    from attrlint import batch, engine, readers
    from attrlint.accept import Keeper

    if prune and (rules or reason):
        raise UsageError("--prune accepts nothing: leave out --rule and --reason")
    if not paths and not prune:
        raise click.MissingParameter(param_type="argument", param_hint="'PATH...'")
    if "-" in paths:
        raise UsageError("standard input has no place to be accepted at: name the article’s file")
    if encoding:
        readers.check_encoding(encoding)
    worker = batch.Worker(batch.Job(preset=preset, encoding=encoding, config=config, quiet=quiet, accepted=None))
    keeper = Keeper(worker, accepted, complain)
    settings = [worker.settings.of(path) for path in paths or ["."]]
    if prune:
        kept = keeper.prune(paths or ["."], frozenset(rule.name for rule in worker.settings.rules()))
    else:
        named = frozenset(engine.named(settings[0].pack, options.names(rules))) if rules else None
        kept = keeper.accept(wanted(worker, batch.tasks(paths, bytes), paths), named, reason)
    for file, text in kept.files.items():
        with output.draft(file, paths) as write:
            write(text)
    if not quiet:
        emit(_summary(kept, "removed" if prune else "accepted"))
    return FAILED if kept.problems else CLEAN


def _summary(kept: Kept, what: str) -> str:
    from attrlint.changes import merges_by_union
    from attrlint.report import counted

    if not kept.findings:
        return f"nothing {what}\n"
    files = [os.path.relpath(file) for file in kept.files]
    lines = [f"{counted(kept.findings, 'finding')} {what}: {', '.join(files)}\n"]
    lines += [_MERGE.format(name=os.path.basename(file)) for file in kept.files if not merges_by_union(file)]
    return "".join(dict.fromkeys(lines))


_MERGE = """\
hint: two branches that accept findings change the same lines. So that git takes the lines of both, put this line
into .gitattributes beside the file:
    {name} merge=union
"""
