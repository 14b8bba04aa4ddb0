"""The command line: arguments in, reports out, an exit status back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from attrlint import __version__, output
from attrlint.errors import AttrlintError

if TYPE_CHECKING:
    from attrlint.batch import Job
    from attrlint.report import Tally
    from attrlint.rule import Rule

CLEAN, FOUND, FAILED = 0, 1, 2
INTERRUPTED = 130

_SEVERITIES = ("error", "warning", "note")
_CONFIDENCES = ("high", "medium", "low")
_F = TypeVar("_F", bound=Callable[..., Any])


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 clean, 1 findings, 2 something could not be done.

    `argv` are the arguments without the program's name; by default those of the process.
    """
    try:
        status = cli.main(args=None if argv is None else list(argv), prog_name="attrlint", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except AttrlintError as error:
        _complain(str(error))
        return FAILED
    return int(status or CLEAN)


class _DefaultGroup(click.Group):
    """A group whose `check` may be left out: `attrlint article.txt` checks the article."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `check` before arguments that name no command; show the help where there are none."""
        if not args:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(FAILED)
        if args[0] not in self.commands and args[0] not in ("-h", "--help", "--version"):
            self._catch_misspelling(ctx, args[0])
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def _catch_misspelling(self, ctx: click.Context, word: str) -> None:
        from difflib import get_close_matches

        near = get_close_matches(word, self.commands, 1)
        if near and word.isalpha() and not os.path.exists(word):
            ctx.fail(f"there is no command and no file “{word}”; did you mean “{near[0]}”?")


@click.group(
    cls=_DefaultGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="attrlint %(version)s")
def cli() -> None:
    """Warn where the reader of an English news article cannot know who is speaking.

    `attrlint article.txt` is short for `attrlint check article.txt`. Exit status: 0 clean, 1 findings, 2 something
    could not be done.
    """


def _options(*options: Callable[[_F], _F]) -> Callable[[_F], _F]:
    def decorate(function: _F) -> _F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def _format(*names: str) -> Callable[[_F], _F]:
    return click.option(
        "--format", "form", type=click.Choice(names), default="text", show_default=True, help="How to report."
    )


_COLOR = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour the text; auto: on a terminal, unless NO_COLOR is set, and wherever FORCE_COLOR is.",
)

_PRESET = click.option("--preset", default="", metavar="NAME", help="A newsroom’s rules and severities: ap, bbc, …")

_INPUT = _options(
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


@cli.command()
@_format("text", "concise", "json")
@_PRESET
@click.option("--select", multiple=True, metavar="NAMES", help="Only these rules or families; commas between names.")
@click.option("--ignore", multiple=True, metavar="NAMES", help="All but these rules or families.")
@click.option(
    "--min-severity",
    type=click.Choice(_SEVERITIES),
    default="note",
    show_default=True,
    help="Leave out what is less grave.",
)
@click.option(
    "--min-confidence",
    type=click.Choice(_CONFIDENCES),
    default="low",
    show_default=True,
    help="Leave out what is less sure.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    default="warning",
    show_default=True,
    help="Exit with 1 from this severity on.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even where something was found.")
@click.option(
    "--fix-with-tk",
    is_flag=True,
    help="Write the skeletons, sentences with a TK for each missing name, into the files and report no findings.",
)
@click.option("-q", "--quiet", is_flag=True, help="Findings only: no summary, no progress bar.")
@_INPUT
def check(
    select: Sequence[str],
    ignore: Sequence[str],
    preset: str,
    min_severity: str,
    min_confidence: str,
    fail_on: str,
    exit_zero: bool,
    fix_with_tk: bool,
    **common: Any,
) -> int:
    """Find the sources nobody can identify in articles.

    PATH is a file, a folder (all its .txt and .text files) or - for standard input.
    """
    from attrlint.finding import Severity

    job = _job("check", **common)._replace(
        select=_names(select),
        ignore=_names(ignore),
        preset=preset,
        min_severity=Severity[min_severity.upper()],
        min_confidence=min_confidence,
    )
    if fix_with_tk:
        return _fix(job, **common)
    tally = _run(job, **common)
    if tally.problems:
        return FAILED
    return FOUND if tally.at_least(Severity[fail_on.upper()]) and not exit_zero else CLEAN


@cli.command()
@_format("text", "json")
@_INPUT
def parse(**common: Any) -> int:
    """Show what was seen in articles, and why.

    For every attribution: the pattern that found it, its source, whom that is and where they were introduced, its cue
    and its content. PATH is a file, a folder or - for standard input.
    """
    return FAILED if _run(_job("parse", **common), **common).problems else CLEAN


@cli.command()
@_format("text", "json", "html")
@click.option("-o", "--output", "target", type=click.Path(), metavar="FILE", help="Write to this file.")
@_INPUT
def sources(target: str | None, **common: Any) -> int:
    """Show who speaks in an article, and how much.

    For every speaker: whether a name identifies them, how often they speak, their share of the attributed words, and
    the line where they first speak; as a page (--format html) with the story, each speaker's words in a colour. PATH
    is a file, a folder or - for standard input.
    """
    with output.into(target, common["paths"]):
        return FAILED if _run(_job("sources", **common), **common).problems else CLEAN


@cli.command()
@_PRESET
def rules(preset: str) -> int:
    """List the rules; those that are off run when --select names them.

    With --preset: as the preset has them, and why.
    """
    from attrlint import engine, explain, pack

    loaded = pack.load(engine.built_in())
    if not preset:
        _print(explain.listing(loaded.rules, _width()))
        return CLEAN
    standard = engine.load_preset(preset, loaded)
    _print(explain.listing(standard.applied(loaded.rules), _width()) + "\n" + explain.reasons(standard, _width()))
    return CLEAN


@cli.command()
@click.argument("rule")
def explain(rule: str) -> int:
    """Show what a rule finds, why, and what to write instead."""
    from attrlint import explain

    known = {each.name: each for each in _every_rule()}
    if rule not in known:
        from difflib import get_close_matches

        near = get_close_matches(rule, known, 1)
        hint = f"did you mean “{near[0]}”?" if near else "`attrlint rules` lists them"
        raise AttrlintError(f"there is no rule “{rule}”; {hint}")
    _print(explain.text(known[rule], min(_width(), 100)))
    return CLEAN


@cli.command()
@click.argument("pack", required=False)
def test(pack: str | None) -> int:
    """Run the examples of every rule of a pack.

    PACK is the folder of a pack; without it the built-in rules are tested. Exit status 1 where an example fails.
    """
    from pathlib import Path

    from attrlint import engine, examples

    failures = examples.run(Path(pack) if pack else engine.built_in())
    verdict = f"{len(failures)} failed" if failures else "all examples hold"
    _print("".join(f"{line}\n" for line in [*failures, verdict]))
    return FOUND if failures else CLEAN


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="LABELLED.jsonl...")
@_format("text", "json")
@click.option("--show", type=click.Choice(("wrong", "missed")), default=None, help="List these disagreements too.")
@click.option("--family", multiple=True, metavar="NAMES", help="Count these. [default: identity,hearsay,anonymity]")
@click.option("--holdout", type=click.Choice(("without", "only")), help="Without a third of the articles, or only it.")
@_PRESET
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
    found = evaluate.evaluate(articles, engine.load(preset=preset), _names(family) or evaluate.FAMILIES)
    _print((evaluate.as_json if form == "json" else evaluate.as_text)(found, show or ""), form)
    return CLEAN


def _every_rule() -> tuple[Rule, ...]:
    from attrlint import engine, pack

    return pack.load(engine.built_in()).rules


def _names(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _job(command: str, form: str, color: str, encoding: str | None, **named: Any) -> Job:
    from attrlint import readers
    from attrlint.batch import Job
    from attrlint.report import Style

    if encoding:
        readers.check_encoding(encoding)
    title = ", ".join(named["stdin_filename"] if path == "-" else path for path in named["paths"])
    return Job(command, form, Style(_colored(color), _width()), encoding=encoding, title=title)


def _colored(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _write(text: str) -> None:
    sys.stdout.write(text)


def _complain(*problems: str) -> None:
    for problem in problems:
        sys.stderr.write(f"error: {problem}\n")


def _print(text: str, form: str = "text") -> None:
    output.make_printable(form)
    with output.flushed():
        _write(text)


def _width() -> int:
    from shutil import get_terminal_size

    return max(40, get_terminal_size((100, 24)).columns)


def _fix(job: Job, paths: Sequence[str], stdin_filename: str, quiet: bool, **_: Any) -> int:
    """Write skeletons into the articles; what comes in on standard input goes out on standard output."""
    from attrlint import batch
    from attrlint.fix import Fixer

    if job.format != "text":
        raise AttrlintError("--fix-with-tk writes articles and reports no findings: leave out --format")
    output.make_printable()
    with output.flushed():
        tell = _tell if "-" in paths else _say
        todo = batch.tasks(paths, sys.stdin.buffer.read, stdin_filename)
        done = Fixer(batch.Worker(job), sys.stdout.buffer, tell, _complain).run(todo)
        if not quiet:
            tell(str(done))
    return FAILED if done.problems else CLEAN


def _say(line: str) -> None:
    _write(f"{line}\n")


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _run(job: Job, paths: Sequence[str], stdin_filename: str, jobs: int, quiet: bool = False, **_: Any) -> Tally:
    """Do a job with every article and write the report as it comes; problems go to standard error."""
    from attrlint import batch
    from attrlint.progress import Progress
    from attrlint.report import Tally

    output.make_printable(job.format)
    worker = batch.Worker(job)
    todo = batch.tasks(paths, sys.stdin.buffer.read, stdin_filename)
    bar = Progress(0 if quiet else len(todo), sys.stderr)
    total = Tally()
    frame = batch.frame(job, quiet)
    with output.flushed():
        try:
            _write(frame.opening)
            for outcome in batch.run(worker, todo, jobs):
                bar.clear()
                _write(frame.separator if total.files else "")
                _complain(*outcome.problems)
                _write(outcome.text)
                total = total.plus(outcome.tally)
                bar.step()
        finally:
            bar.clear()
        _write(frame.closing(total))
    return total
