"""`attrlint completion`: the scripts by which shells complete commands, options, rules, presets and paths."""

from __future__ import annotations

import click

from attrlint.cli.running import CLEAN, emit


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> int:
    """Print the script that completes commands, options, rules and presets in a shell.

    Write it where the shell looks for it: ~/.local/share/bash-completion/completions/attrlint for bash, a file
    _attrlint in a folder of $fpath for zsh, ~/.config/fish/completions/attrlint.fish for fish.
    """
    from click.shell_completion import get_completion_class

    from attrlint.cli import cli

    made = get_completion_class(shell)
    assert made
    script = made(cli, {}, "attrlint", "_ATTRLINT_COMPLETE").source()
    # fish takes a value up to its first comma, and lists of rules have commas.
    emit(script.replace('string split ","', 'string split --max 1 ","'))
    return CLEAN
