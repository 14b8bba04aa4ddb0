"""`attrlint parse` and `attrlint sources`: what was seen in articles, and who speaks in them."""

from __future__ import annotations

from typing import Any

import click

from attrlint.cli import options
from attrlint.cli.running import CLEAN, FAILED, job_of, run
from attrlint.report.formats import FORMATS


@click.command()
@options.form(*FORMATS["parse"])
@options.INPUT
def parse(**common: Any) -> int:
    """Show what was seen in articles, and why.

    For every attribution: the pattern that found it, its source, whom that is and where they were introduced, its cue
    and its content. PATH is a file, a folder or - for standard input.
    """
    return FAILED if run(job_of("parse", **common), **common).problems else CLEAN


@click.command()
@options.form(*FORMATS["sources"])
@options.OUTPUT
@options.INPUT
def sources(**common: Any) -> int:
    """Show who speaks in an article, and how much.

    For every speaker: whether a name identifies them, how often they speak, their share of the attributed words, and
    the line where they first speak; as a page (--format html) with the story, each speaker's words in a colour. PATH
    is a file, a folder or - for standard input.
    """
    return FAILED if run(job_of("sources", **common), **common).problems else CLEAN
