"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

SEVERITIES = ("error", "warning", "note")
CONFIDENCES = ("high", "medium", "low")
_F = TypeVar("_F", bound=Callable[..., Any])


def _together(*options: Callable[[_F], _F]) -> Callable[[_F], _F]:
    def decorate(function: _F) -> _F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def form(*names: str) -> Callable[[_F], _F]:
    """Return the option --format with these choices, the first of them the default."""
    return click.option(
        "--format", "form", type=click.Choice(names), default=names[0], show_default=True, help="How to report."
    )


_COLOR = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour the text; auto: on a terminal, unless NO_COLOR is set, and wherever FORCE_COLOR is.",
)

PRESET = click.option("--preset", default="", metavar="NAME", help="A newsroom’s rules and severities: ap, bbc, …")

INPUT = _together(
    click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    click.option("--stdin-filename", default="<stdin>", metavar="NAME", help="What to call the article read from -."),
    click.option("--encoding", metavar="NAME", help="The encoding of the articles. [default: utf-8]"),
    click.option(
        "--jobs",
        type=click.IntRange(min=0),
        default=0,
        metavar="N",
        help="How many processes; 0 takes more than one only for many articles. [default: 0]",
    ),
    _COLOR,
)


def names(values: Sequence[str]) -> tuple[str, ...]:
    """Return the names that were given, several options or commas between them."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())
