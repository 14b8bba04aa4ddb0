"""`attrlint annotate`: findings as comments in the articles themselves."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from attrlint import output
from attrlint.cli import options
from attrlint.cli.running import CLEAN, FAILED, complain
from attrlint.errors import AttrlintError, UsageError

if TYPE_CHECKING:
    from attrlint.annotate import Annotated


@click.command()
@options.CHOOSING
@click.option("-o", "--output", "target", type=click.Path(), metavar="FILE", help="Write the copy to this file.")
@click.option("--in-place", is_flag=True, help="Write into the article itself; a copy of it is kept as NAME.bak.")
@click.option("--resolve-waived", is_flag=True, help="Comment on accepted findings too, and mark those as resolved.")
@click.option("--encoding", metavar="NAME", help="The encoding of articles that are text. [default: utf-8]")
@options.CONFIG
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path())
def annotate(
    target: str | None,
    in_place: bool,
    resolve_waived: bool,
    encoding: str | None,
    config: str,
    paths: Sequence[str],
    **chosen: Any,
) -> int:
    """Write findings into articles as comments, each on exactly its words.

    FILE is a Word, OpenDocument, Markdown or HTML file. The comments go into a copy, draft.annotated.docx for
    draft.docx, under the name “attrlint”. A later run takes away those that no longer hold and leaves everybody else’s
    alone.
    """
    from attrlint import annotate, readers
    from attrlint.batch import Job, Worker

    if target and (in_place or len(paths) > 1):
        raise UsageError("-o names one copy of one article: leave it out for several, and with --in-place")
    if encoding:
        readers.check_encoding(encoding)
    worker = Worker(options.chosen(Job("check", encoding=encoding, config=config), **chosen))
    output.make_printable()

    def is_done(path: str) -> bool:
        try:
            data = readers.read_article(path)
            done = annotate.annotate(data, path, worker.report, resolve_waived, worker.settings.of(path).encoding)
            output.write(_kept(data, done, path) if in_place else _copied(done, path, target))
        except AttrlintError as error:
            complain(str(error))
            return False
        return True

    done = [is_done(path) for path in paths]
    return CLEAN if all(done) else FAILED


def _kept(data: bytes, done: Annotated, path: str) -> str:
    """Write an article back, with what it was beside it, and say so; one without changes is not touched."""
    if done.data != data:
        output.replace(f"{path}.bak", data)
        output.replace(path, done.data)
    return _told(done, path, path)


def _copied(done: Annotated, path: str, target: str | None) -> str:
    stem, suffix = os.path.splitext(path)
    copy = target or f"{stem}.annotated{suffix}"
    if os.path.realpath(copy) == os.path.realpath(path):
        raise UsageError(f"{copy} is the article itself: write to another file, or use --in-place")
    if not target and os.path.exists(copy):
        # It may hold the replies of whoever read it.
        raise UsageError(f"{copy} is there already: annotate that one with --in-place, or name another file with -o")
    output.replace(copy, done.data)
    return _told(done, copy, path)


def _told(done: Annotated, path: str, article: str) -> str:
    from attrlint.report import counted
    from attrlint.report.width import shown

    changes = f" ({done.added:,} new, {done.removed:,} taken away)" if done.added or done.removed else ""
    left = "".join(f"{shown(article)}:{place}: left out, no comment can stand there\n" for place in done.left)
    return f"{left}{shown(path)}: {counted(done.comments, 'comment')}{changes}\n"
