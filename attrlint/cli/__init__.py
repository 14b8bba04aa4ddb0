"""The command line: arguments in, reports out, an exit status back; each command is a function of a module here."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click

from attrlint import __version__
from attrlint.cli.running import CLEAN, FAILED, complain
from attrlint.errors import AttrlintError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

INTERRUPTED = 130

# Only the module of the command that is called is loaded: making the options of all takes longer than a short article.
COMMANDS = {
    "check": "check",
    "accept": "accept",
    "annotate": "annotate",
    "parse": "show",
    "sources": "show",
    "rules": "packs",
    "explain": "packs",
    "test": "packs",
    "evaluate": "evaluate",
    "config": "config",
    "init": "config",
    "new": "new",
    "completion": "completion",
    "serve": "serve",
    "open": "serve",
}
"""Every command and the module that has it, in the order of the help."""


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
        complain(str(error))
        return FAILED
    return int(status or CLEAN)


class _DefaultGroup(click.Group):
    """A group whose `check` may be left out: `attrlint article.txt` checks the article."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click’s signature
        """Return the names of the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command by its name, loaded when asked for."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"attrlint.cli.{COMMANDS[cmd_name]}"), cmd_name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `check` before arguments that name no command; show the help where there are none."""
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(FAILED)
        if args and args[0] not in COMMANDS and args[0] not in ("-h", "--help", "--version"):
            if not ctx.resilient_parsing:
                self._catch_misspelling(ctx, args[0])
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Return the commands, and what may stand first where `check` is left out: its options, an article."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            check = self.get_command(ctx, "check")
            assert check
            inner = check.make_context("check", [], parent=ctx, resilient_parsing=True)
            return [*super().shell_complete(ctx, incomplete), *check.shell_complete(inner, incomplete)]
        # Files come first: in bash they would else take the place of the commands.
        return [CompletionItem(incomplete, type="file"), *super().shell_complete(ctx, incomplete)]

    def _catch_misspelling(self, ctx: click.Context, word: str) -> None:
        from difflib import get_close_matches

        near = get_close_matches(word, COMMANDS, 1)
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
