"""The man page, made from the commands of the command line."""

from __future__ import annotations

from collections.abc import Iterator

import click

from attrlint import __version__
from attrlint.cli import COMMANDS, cli
from attrlint.finding import DOCUMENTATION

_STATUS = [
    ("0", "Clean: no finding at or above --fail-on, or --exit-zero was given."),
    ("1", "Findings at or above --fail-on."),
    ("2", "Something could not be done. Articles that could be read are done all the same."),
    ("130", "Interrupted."),
]


def page() -> str:
    """Return the page of all commands in the language of man pages; it has no date, so that the same is always made."""
    summary, _, rest = (cli.help or "").partition("\n\n")
    lines = [
        '.\\" Written by `make docs` from the commands themselves.',
        f'.TH ATTRLINT 1 "" "attrlint {__version__}" "attrlint"',
        ".SH NAME",
        f"attrlint \\- {_text(summary[0].lower() + summary[1:].rstrip('.'))}",
        ".SH SYNOPSIS",
        f"\\fBattrlint\\fR {_text('[COMMAND] [OPTIONS] PATH...')}",
        ".SH DESCRIPTION",
        *_paragraphs(f"{summary}\n\n{rest}"),
        ".SH COMMANDS",
    ]
    for command, called in commands():
        lines += _command(command, called)
    lines += [".SH EXIT STATUS"]
    for code, meaning in _STATUS:
        lines += [".TP", f"\\fB{code}\\fR", _text(meaning)]
    lines += [".SH SEE ALSO", _text(DOCUMENTATION)]
    return "\n".join(lines) + "\n"


def commands() -> Iterator[tuple[click.Command, click.Context]]:
    """Yield every command and the context that it is called in, in the order of the help."""
    context = click.Context(cli, info_name="attrlint", **cli.context_settings)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command
        yield command, click.Context(command, context, name)


def options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """Yield the options of a command as one writes them, and what each means."""
    for option in command.get_params(context):
        record = option.get_help_record(context) if isinstance(option, click.Option) else None
        if record:
            yield record


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(context))
    yield f".SS attrlint {context.info_name} {_text(usage)}"
    yield from _paragraphs(command.help or "")
    for names, meaning in options(command, context):
        yield from (".TP", f"\\fB{_text(names)}\\fR", _text(meaning))


def _paragraphs(words: str) -> Iterator[str]:
    for number, paragraph in enumerate(words.strip().split("\n\n")):
        if number:
            yield ".PP"
        yield _text(" ".join(paragraph.split()))


def _text(words: str) -> str:
    """Return text of which nothing is a command: what stands between backticks is bold, other signs are ASCII."""
    escaped = words.replace("\\", "\\(rs").replace("-", "\\-")
    plain = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in escaped)
    parts = plain.split("`")
    found = "".join(f"\\fB{part}\\fR" if index % 2 else part for index, part in enumerate(parts))
    return f"\\&{found}" if found[:1] in (".", "'") else found
