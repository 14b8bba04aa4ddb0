"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from attrlint.report.formats import CHECK

if TYPE_CHECKING:
    from attrlint.batch import Job

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


def completed(kind: str) -> Callable[..., list[Any]]:
    """Return a function by which a shell completes a value: "rules", "rules_and_families" or "presets"."""

    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[Any]:
        from attrlint.cli import complete

        found: list[Any] = getattr(complete, kind)(ctx.params.get("config") or "", incomplete)
        return found

    return complete


PRESET = click.option(
    "--preset",
    default="",
    metavar="NAME",
    shell_complete=completed("presets"),
    help="A newsroom’s rules and severities: ap, bbc, …",
)

OUTPUT = click.option(
    "-o", "--output-file", "--output", "target", type=click.Path(), metavar="FILE", help="Write to this file."
)


def _pairs(_ctx: click.Context, _param: click.Parameter, values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Cut each FORMAT=FILE in two."""
    found = []
    for value in values:
        name, sign, path = value.partition("=")
        if name not in CHECK or not sign or not path:
            raise click.BadParameter(f"“{value}” is not FORMAT=FILE; the formats are {', '.join(CHECK)}")
        found.append((name, path))
    return tuple(found)


REPORTS = _together(
    click.option(
        "--report",
        "reports",
        multiple=True,
        metavar="FORMAT=FILE",
        callback=_pairs,
        help="Write one more report to a file; may be given several times.",
    ),
    click.option("--group-by", type=click.Choice(("rule", "file")), help="Put the findings of a text under headings."),
    click.option("--statistics", is_flag=True, help="In a text, count by rule and for every 1,000 words, no more."),
    click.option(
        "--max-findings",
        type=click.IntRange(min=1),
        metavar="N",
        help="Show the first N findings in every report; all are counted.",
    ),
)

ENCODING = click.option("--encoding", metavar="NAME", help="The encoding of the articles. [default: utf-8]")

ACCEPTED = click.option(
    "--accepted",
    default="",
    metavar="FILE",
    help="The file of accepted findings. [default: the nearest .attrlint-accepted upwards from each article]",
)

CONFIG = click.option(
    "--config",
    default="",
    metavar="FILE",
    help="Take this configuration. [default: the nearest attrlint.toml or pyproject.toml upwards]",
)

CHOOSING = _together(
    PRESET,
    click.option(
        "--select",
        multiple=True,
        metavar="NAMES",
        shell_complete=completed("rules_and_families"),
        help="Only these rules or families; commas between names.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        metavar="NAMES",
        shell_complete=completed("rules_and_families"),
        help="All but these rules or families.",
    ),
    click.option(
        "--min-severity",
        type=click.Choice(SEVERITIES),
        default="note",
        show_default=True,
        help="Leave out what is less grave.",
    ),
    click.option(
        "--min-confidence",
        type=click.Choice(CONFIDENCES),
        help="Leave out what is less sure.  [default: low]",
    ),
)
"""Which findings are wanted: `chosen` puts the answers into a job."""

_READING = (
    click.option("--stdin-filename", default="<stdin>", metavar="NAME", help="What to call the article read from -."),
    click.option(
        "--input-format",
        type=click.Choice(("text", "markdown", "html", "ninjs", "newsml", "docx", "odt")),
        help="The format of the articles. [default: by suffix, else by content]",
    ),
    ENCODING,
    click.option(
        "--jobs",
        type=click.IntRange(min=0),
        default=0,
        metavar="N",
        help="How many processes; 0 takes more than one only for many articles. [default: 0]",
    ),
    CONFIG,
    _COLOR,
)

INPUT = _together(click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path()), *_READING)
INPUT_OR_NONE = _together(click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path()), *_READING)
"""For a command that can tell by itself which articles are meant."""


def chosen(
    job: Job, select: Sequence[str], ignore: Sequence[str], preset: str, min_severity: str, min_confidence: str | None
) -> Job:
    """Return a job for the findings that the options of CHOOSING ask for."""
    from attrlint.finding import Severity

    return job._replace(
        select=names(select),
        ignore=names(ignore),
        preset=preset,
        min_severity=Severity[min_severity.upper()],
        min_confidence=min_confidence or "",
    )


def names(values: Sequence[str]) -> tuple[str, ...]:
    """Return the names that were given, several options or commas between them."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())
