"""What a shell may complete: rules and families, also in lists, and presets. Loaded only when a shell asks."""

from __future__ import annotations

from collections.abc import Iterator

from click.shell_completion import CompletionItem

from attrlint import engine, pack


def rules(incomplete: str) -> list[CompletionItem[str]]:
    """Return the rules that begin with what was typed, each with what it finds."""
    return [CompletionItem(name, help=summary) for name, summary in _summaries() if name.startswith(incomplete)]


def rules_and_families(incomplete: str) -> list[CompletionItem[str]]:
    """Return the same for a list with commas, of rules and families; what is in the list is not offered again."""
    *done, last = incomplete.split(",")
    families = dict.fromkeys(rule.family for rule in _pack().rules)
    known = [*_summaries(), *((family, "all rules of this family") for family in families)]
    return [
        CompletionItem(",".join([*done, name]), help=summary)
        for name, summary in known
        if name.startswith(last) and name not in done
    ]


def presets(incomplete: str) -> list[CompletionItem[str]]:
    """Return the presets that begin with what was typed, each with whose standard it is."""
    return [
        CompletionItem(name, help=_line(engine.load_preset(name, _pack()).about))
        for name in engine.preset_names(_pack())
        if name.startswith(incomplete)
    ]


def _pack() -> pack.Pack:
    return pack.load(engine.built_in())


def _summaries() -> Iterator[tuple[str, str]]:
    return ((rule.name, _line(rule.summary)) for rule in _pack().rules)


def _line(words: str) -> str:
    return " ".join(words.split())
