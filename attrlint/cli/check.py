"""`attrlint check`: findings, or skeletons written into the articles."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from attrlint import output
from attrlint.cli import options
from attrlint.cli.running import CLEAN, FAILED, FOUND, complain, job_of, run
from attrlint.errors import AttrlintError, UsageError
from attrlint.report.formats import CHECK

if TYPE_CHECKING:
    from attrlint.batch import Job


@click.command()
@options.form(*CHECK)
@options.OUTPUT
@options.REPORTS
@options.CHOOSING
@click.option(
    "--fail-on",
    type=click.Choice(options.SEVERITIES),
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
@click.option("--watch", is_flag=True, help="Check again whenever an article is saved, until Ctrl-C.")
@click.option("-q", "--quiet", is_flag=True, help="Findings only: no summary, no progress bar.")
@options.INPUT
def check(
    fail_on: str,
    exit_zero: bool,
    fix_with_tk: bool,
    select: Sequence[str],
    ignore: Sequence[str],
    preset: str,
    min_severity: str,
    min_confidence: str,
    watch: bool,
    group_by: str | None,
    statistics: bool,
    max_findings: int | None,
    **common: Any,
) -> int:
    """Find the sources nobody can identify in articles.

    PATH is a file, a folder (all its articles) or - for standard input.
    """
    from attrlint.finding import Severity

    chosen = options.chosen(job_of("check", **common), select, ignore, preset, min_severity, min_confidence)
    job = chosen._replace(group=group_by or "", statistics=statistics, max_findings=max_findings or 0)
    if (statistics or group_by) and "text" not in (job.format, *job.reports):
        raise UsageError("--group-by and --statistics shape the text report, and none is asked for")
    if watch:
        from attrlint.cli.watch import watch as watch_them

        watch_them(job, common["paths"], common["jobs"], common["target"], fix_with_tk)
    if fix_with_tk:
        return _fix(job, **common)
    tally = run(job, **common)
    if tally.problems:
        return FAILED
    return FOUND if tally.at_least(Severity[fail_on.upper()]) and not exit_zero else CLEAN


def _fix(job: Job, paths: Sequence[str], stdin_filename: str, quiet: bool, target: str | None, **_: Any) -> int:
    """Write skeletons into the articles; what comes in on standard input goes out on standard output."""
    from attrlint import batch
    from attrlint.fix import Fixer

    if job.format != "text" or job.reports or target:
        raise AttrlintError("--fix-with-tk writes articles, and no findings: leave out --format, --report and -o")
    output.make_printable()
    with output.flushed():
        tell = _tell if "-" in paths else _say
        todo = batch.tasks(paths, sys.stdin.buffer.read, stdin_filename, job.input_format)
        done = Fixer(batch.Worker(job), sys.stdout.buffer, tell, complain).run(todo)
        if not quiet:
            tell(str(done))
    return FAILED if done.problems else CLEAN


def _say(line: str) -> None:
    output.write(f"{line}\n")


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
