"""What a shell may complete: rules and families, also in lists, and presets. Loaded only when a shell asks."""

from __future__ import annotations

from collections.abc import Iterator

from click.shell_completion import CompletionItem

from attrlint import engine
from attrlint.errors import AttrlintError
from attrlint.pack import Pack
from attrlint.settings import Settings


def rules(config: str, incomplete: str) -> list[CompletionItem[str]]:
    """Return the rules that begin with what was typed, each with what it finds.

    As in the other functions, `config` is the file that was named, empty for the nearest one.
    """
    known = _summaries(_pack(config))
    return [CompletionItem(name, help=summary) for name, summary in known if name.startswith(incomplete)]


def rules_and_families(config: str, incomplete: str) -> list[CompletionItem[str]]:
    """Return the same for a list with commas, of rules and families; what is in the list is not offered again."""
    *done, last = incomplete.split(",")
    pack = _pack(config)
    families = dict.fromkeys(rule.family for rule in pack.rules)
    known = [*_summaries(pack), *((family, "all rules of this family") for family in families)]
    return [
        CompletionItem(",".join([*done, name]), help=summary)
        for name, summary in known
        if name.startswith(last) and name not in done
    ]


def presets(config: str, incomplete: str) -> list[CompletionItem[str]]:
    """Return the presets that begin with what was typed, each with whose standard it is."""
    pack = _pack(config)
    return [
        CompletionItem(name, help=_line(engine.load_preset(name, pack).about))
        for name in engine.preset_names(pack)
        if name.startswith(incomplete)
    ]


def _pack(config: str) -> Pack:
    """Return the pack as it is configured for the working folder; without what is configured where that is wrong."""
    try:
        return Settings(file=config).of(".").pack
    except AttrlintError:
        return engine.load_pack()


def _summaries(pack: Pack) -> Iterator[tuple[str, str]]:
    return ((rule.name, _line(rule.summary)) for rule in pack.rules)


def _line(words: str) -> str:
    return " ".join(words.split())
