"""`attrlint rules`, `explain` and `test`: the rules of a pack, and whether their examples hold."""

from __future__ import annotations

import click

from attrlint.cli import options
from attrlint.cli.running import CLEAN, FOUND, emit, width
from attrlint.errors import AttrlintError


@click.command()
@options.PRESET
@options.CONFIG
def rules(preset: str, config: str) -> int:
    """List the rules as they are configured for this folder; those that are off run when --select names them.

    With --preset: as the preset has them, and why.
    """
    from attrlint import engine, explain
    from attrlint.settings import Settings

    listed = explain.listing(Settings({"preset": preset} if preset else {}, config).of(".").rules, width())
    if not preset:
        emit(listed)
        return CLEAN
    emit(listed + "\n" + explain.reasons(engine.load_preset(preset, engine.load_pack()), width()))
    return CLEAN


@click.command()
@click.argument("rule", shell_complete=options.completed("rules"))
@options.CONFIG
def explain(rule: str, config: str) -> int:
    """Show what a rule finds, why, and what to write instead."""
    from attrlint import explain
    from attrlint.settings import Settings

    known = {each.name: each for each in Settings(file=config).of(".").rules}
    if rule not in known:
        from difflib import get_close_matches

        near = get_close_matches(rule, known, 1)
        hint = f"did you mean “{near[0]}”?" if near else "`attrlint rules` lists them"
        raise AttrlintError(f"there is no rule “{rule}”; {hint}")
    emit(explain.text(known[rule], min(width(), 100)))
    return CLEAN


@click.command()
@click.argument("pack", required=False)
def test(pack: str | None) -> int:
    """Run the examples of every rule of a pack.

    PACK is the folder of a pack or the name of one that is installed; without it the built-in rules are tested. Exit
    status 1 where an example fails.
    """
    from attrlint import engine, examples

    failures = examples.run(pack or str(engine.built_in()))
    verdict = f"{len(failures)} failed" if failures else "all examples hold"
    emit("".join(f"{line}\n" for line in [*failures, verdict]))
    return FOUND if failures else CLEAN
