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
def evaluate(
    paths: Sequence[str], form: str, show: str | None, family: Sequence[str], holdout: str | None, preset: str
) -> int:
    """Measure the linter on articles that an editor has marked.

    One JSON object a line: {"id", "text", "marks": [[start, end, "FLAG" or "DEBATABLE", kind], ...]}, with offsets in
    code points, the end exclusive. Prints precision, recall by kind, and the share of right findings by confidence.
    --holdout splits the articles by a fixed hash of their ids.
    """
    from attrlint import engine, evaluate

    articles = evaluate.chosen((article for path in paths for article in evaluate.read(path)), holdout or "")
    found = evaluate.evaluate(articles, engine.load(preset=preset), options.names(family) or evaluate.FAMILIES)
    emit((evaluate.as_json if form == "json" else evaluate.as_text)(found, show or ""), form)
    return CLEAN
