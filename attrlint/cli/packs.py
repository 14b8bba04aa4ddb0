"""`attrlint rules`, `explain` and `test`: the rules of a pack, and whether their examples hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from attrlint.cli import options
from attrlint.cli.running import CLEAN, FOUND, emit, width
from attrlint.errors import AttrlintError

if TYPE_CHECKING:
    from attrlint.rule import Rule


@click.command()
@options.PRESET
def rules(preset: str) -> int:
    """List the rules; those that are off run when --select names them.

    With --preset: as the preset has them, and why.
    """
    from attrlint import engine, explain, pack

    loaded = pack.load(engine.built_in())
    if not preset:
        emit(explain.listing(loaded.rules, width()))
        return CLEAN
    standard = engine.load_preset(preset, loaded)
    emit(explain.listing(standard.applied(loaded.rules), width()) + "\n" + explain.reasons(standard, width()))
    return CLEAN


@click.command()
@click.argument("rule", shell_complete=options.completed("rules"))
def explain(rule: str) -> int:
    """Show what a rule finds, why, and what to write instead."""
    from attrlint import explain

    known = {each.name: each for each in _every_rule()}
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

    PACK is the folder of a pack; without it the built-in rules are tested. Exit status 1 where an example fails.
    """
    from pathlib import Path

    from attrlint import engine, examples

    failures = examples.run(Path(pack) if pack else engine.built_in())
    verdict = f"{len(failures)} failed" if failures else "all examples hold"
    emit("".join(f"{line}\n" for line in [*failures, verdict]))
    return FOUND if failures else CLEAN


def _every_rule() -> tuple[Rule, ...]:
    from attrlint import engine, pack

    return pack.load(engine.built_in()).rules
