"""`attrlint check`: findings, or skeletons written into the articles."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from attrlint import output
from attrlint.cli import options
from attrlint.cli.running import CLEAN, FAILED, FOUND, complain, job_of, run, wanted
from attrlint.errors import AttrlintError, UsageError
from attrlint.report.formats import CHECK

if TYPE_CHECKING:
    from attrlint.batch import Job, Task


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
@options.ACCEPTED
@click.option("--show-waived", is_flag=True, help="Show the findings too that were accepted, and why.")
@click.option(
    "--changed",
    is_flag=False,
    flag_value="HEAD",
    metavar="[REV]",
    help="Only findings on lines that are new since a git revision. [default: HEAD]",
)
@click.option("--staged", is_flag=True, help="Only findings on lines that the next git commit changes, as staged.")
@click.option(
    "--fix-with-tk",
    is_flag=True,
    help="Write the skeletons, sentences with a TK for each missing name, into the files and report no findings.",
)
@click.option("--watch", is_flag=True, help="Check again whenever an article is saved, until Ctrl-C.")
@click.option("-q", "--quiet", is_flag=True, help="Findings only: no summary, no progress bar.")
@options.INPUT_OR_NONE
def check(
    fail_on: str,
    exit_zero: bool,
    fix_with_tk: bool,
    select: Sequence[str],
    ignore: Sequence[str],
    preset: str,
    min_severity: str,
    min_confidence: str | None,
    accepted: str,
    show_waived: bool,
    changed: str | None,
    staged: bool,
    watch: bool,
    group_by: str | None,
    statistics: bool,
    max_findings: int | None,
    **common: Any,
) -> int:
    """Find the sources nobody can identify in articles.

    PATH is a file, a folder (all its articles) or - for standard input; with --changed or --staged it may be left
    out and is then the working folder.
    """
    from attrlint.finding import Severity

    todo = None
    if changed or staged:
        if fix_with_tk:
            raise AttrlintError("--fix-with-tk mends whole articles: name them and leave out --changed and --staged")
        todo = _todo(changed, staged, common["paths"], common["input_format"] or "")
    elif not common["paths"]:
        raise click.MissingParameter(param_type="argument", param_hint="'PATH...'")
    chosen = options.chosen(job_of("check", **common), select, ignore, preset, min_severity, min_confidence)
    job = chosen._replace(
        accepted=accepted, group=group_by or "", statistics=statistics, max_findings=max_findings or 0
    )
    job = job._replace(style=job.style._replace(show_waived=show_waived))
    if (statistics or group_by) and "text" not in (job.format, *job.reports):
        raise UsageError("--group-by and --statistics shape the text report, and none is asked for")
    if watch:
        if changed or staged:
            raise UsageError("--watch reads the articles as they are saved: leave out --changed and --staged")
        from attrlint.cli.watch import watch as watch_them

        watch_them(job, common["paths"], common["jobs"], common["target"], fix_with_tk)
    if fix_with_tk:
        return _fix(job, **common)
    tally = run(job, todo=todo, **common)
    if tally.problems:
        return FAILED
    return FOUND if tally.at_least(Severity[fail_on.upper()]) and not exit_zero else CLEAN


def _todo(changed: str | None, staged: bool, paths: Sequence[str], form: str) -> list[Task]:
    """Return the articles that git says have changed; a word behind --changed can also be a path."""
    from attrlint import readers
    from attrlint.changes import HEAD, Repository

    if changed and staged:
        raise AttrlintError("--changed and --staged exclude each other")
    if "-" in paths:
        raise AttrlintError("git knows nothing of standard input: leave out - or --changed and --staged")
    repository = Repository(readers.suffixes_of(form))
    if staged:
        return repository.staged(paths or ["."])
    assert changed is not None
    if os.path.exists(changed) and changed != HEAD:
        if repository.has(changed):
            raise AttrlintError(f"“{changed}” is a path and a revision: write ./{changed} or refs/heads/{changed}")
        changed, paths = HEAD, [changed, *paths]
    return repository.changed(changed, paths or ["."])


def _fix(job: Job, paths: Sequence[str], stdin_filename: str, quiet: bool, target: str | None, **_: Any) -> int:
    """Write skeletons into the articles; what comes in on standard input goes out on standard output."""
    from attrlint import batch
    from attrlint.fix import Fixer

    if job.format != "text" or job.reports or target:
        raise AttrlintError("--fix-with-tk writes articles, and no findings: leave out --format, --report and -o")
    output.make_printable()
    with output.flushed():
        tell = _tell if "-" in paths else _say
        worker = batch.Worker(job)
        todo = batch.tasks(paths, sys.stdin.buffer.read, stdin_filename, job.input_format)
        todo = wanted(worker, todo, (*paths, stdin_filename))
        done = Fixer(worker, sys.stdout.buffer, tell, complain).run(todo)
        if not quiet:
            tell(str(done))
    return FAILED if done.problems else CLEAN


def _say(line: str) -> None:
    output.write(f"{line}\n")


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
