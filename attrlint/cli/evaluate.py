"""`attrlint evaluate`: the linter measured on articles that an editor has marked."""

from __future__ import annotations

from collections.abc import Sequence

import click

from attrlint.cli import options
from attrlint.cli.running import CLEAN, emit


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="LABELLED.jsonl...")
@options.form("text", "json")
@click.option("--show", type=click.Choice(("wrong", "missed")), default=None, help="List these disagreements too.")
@click.option("--family", multiple=True, metavar="NAMES", help="Count these. [default: identity,hearsay,anonymity]")
@click.option("--holdout", type=click.Choice(("without", "only")), help="Without a third of the articles, or only it.")
@options.PRESET
@options.CONFIG
def evaluate(
    paths: Sequence[str],
    form: str,
    show: str | None,
    family: Sequence[str],
    holdout: str | None,
    preset: str,
    config: str,
) -> int:
    """Measure the linter on articles that an editor has marked.

    One JSON object a line: {"id", "text", "marks": [[start, end, "FLAG" or "DEBATABLE", kind], ...]}, with offsets in
    code points, the end exclusive. Prints precision, recall by kind, and the share of right findings by confidence.
    --holdout splits the articles by a fixed hash of their ids. What is configured for the file holds for its articles.
    """
    from attrlint import evaluate
    from attrlint.batch import Job, Worker

    articles = evaluate.chosen((article for path in paths for article in evaluate.read(path)), holdout or "")
    worker = Worker(Job(preset=preset, accepted=None, config=config), paths)
    families = options.names(family) or evaluate.FAMILIES
    found = evaluate.evaluate(articles, worker.report, worker.settings.rules(), families)
    emit((evaluate.as_json if form == "json" else evaluate.as_text)(found, show or ""), form)
    return CLEAN
