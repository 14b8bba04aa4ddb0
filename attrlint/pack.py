"""A folder of TOML to a pack: word lists, patterns and rules of one language, strictly validated.

A pack is compiled to plain data first, which a cache keeps; objects are made from that alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from attrlint import cache
from attrlint.checks import CHECKS, WAIVER_CHECKS
from attrlint.errors import PackError
from attrlint.extract import Extractor
from attrlint.finding import PACKS_HELP
from attrlint.forms import Chooser, Forms
from attrlint.garbage import kept_waiting
from attrlint.judge import Check
from attrlint.lexicon import Labels, Lexicon, Phrases
from attrlint.parted import Parted
from attrlint.pattern import Pattern, PatternData, Patterns, Side, WordClasses
from attrlint.plugins import Addition
from attrlint.rule import Rule, from_table
from attrlint.segment import Cut, Marks, Segmenter
from attrlint.senses import Resolution, Senses
from attrlint.strict import Table
from attrlint.wording import Wording
from attrlint.wording import from_table as read_wording

if TYPE_CHECKING:
    from attrlint.house import House


class Pack(NamedTuple):
    """Everything a language or a newsroom brings, compiled."""

    name: str
    path: str
    lexicon: Lexicon
    segmenter: Segmenter
    extractor: Extractor
    resolution: Resolution
    wording: Wording
    rules: tuple[Rule, ...]
    checks: Mapping[str, Check]


def load(folder: str | os.PathLike[str], additions: Sequence[Addition] = (), house: House = ()) -> Pack:
    """Load a pack from its folder. Raises PackError with file and line for anything it does not understand.

    `additions` are packs that add words and rules, `house` a newsroom's own words. What has been compiled before is
    taken from the user's cache as long as none of all this has changed.
    """
    folder = os.fspath(folder)
    if not os.path.isfile(os.path.join(folder, "pack.toml")):
        raise PackError("is no pack: it has no pack.toml", folder)
    packs = (Addition(folder, CHECKS), *additions)
    checks = {name: check for pack in packs for name, check in (pack.checks or {}).items()}
    with kept_waiting():
        kept = cache.read(packs, house)
        if kept is not None:
            return _build(folder, kept, checks)
    from attrlint import compiler

    data = compiler.compile_pack(packs, house)
    pack = _build(folder, data, checks)
    for rule in pack.rules:  # what was kept has been checked
        rule.validate()
    cache.write(packs, house, data)
    return pack


def _build(folder: str, data: dict[str, Any], checks: Mapping[str, Check]) -> Pack:
    """Make a pack of compiled data; of what can be wrong with it, only the rules are left."""
    classes = WordClasses(data["classes"])
    words = dict(zip(data["words"][0].split("\n"), data["words"][1], strict=True))
    lexicon = Lexicon(words, Phrases(*data["phrases"]), data["suffixes"], data["tags"])
    sources, cues, determiners = (_chooser(data[key], classes) for key in ("forms", "kinds", "determiners"))
    pieces = {name: (_shared(left), _shared(right)) for name, (left, right) in data["sources"].items()}
    forms = Forms(sources, cues, determiners, frozenset(data["sharing"]), frozenset(data["raising"]))
    return Pack(
        name=data["name"],
        path=folder,
        lexicon=lexicon,
        segmenter=Segmenter(lexicon, Cut(*data["cut"]), Marks(*data["marks"])),
        extractor=Extractor(_patterns(data["patterns"], pieces, classes), Side(*data["subject"]), forms),
        resolution=Resolution(
            _patterns(data["introductions"], pieces, classes),
            Side(*data["names"]),
            Senses(Parted(data["lemmas"]), data["senses"], data["named"], data["endings"]),
            sources,
        ),
        wording=read_wording(Table(*data["wording"]), Parted(data["verbs"]), Parted(data["singulars"]), words),
        rules=tuple(_rule(Table(*rule), folder, classes, checks) for rule in data["rules"]),
        checks=checks,
    )


def _rule(table: Table, folder: str, classes: WordClasses, checks: Mapping[str, Check]) -> Rule:
    rule = from_table(table.copy(), classes)
    if not rule.address and not table.path.startswith(os.path.join(folder, "")):
        rule = rule._replace(address=PACKS_HELP)
    if rule.check and rule.check not in checks and rule.check not in WAIVER_CHECKS:
        raise table.error(f"no check is called “{rule.check}”", "check")
    return rule


def _shared(piece: tuple[Any, ...]) -> Side:
    expression, groups = piece
    return Side(expression, groups, shared=True)


def _patterns(
    data: tuple[list[tuple[Any, ...]], dict[Labels, int]],
    sources: dict[str, tuple[Side, Side]],
    classes: WordClasses,
) -> Patterns:
    entries, anchored = data
    return Patterns(tuple(_pattern(PatternData(*entry), sources, classes) for entry in entries), anchored)


def _pattern(data: PatternData, sources: dict[str, tuple[Side, Side]], classes: WordClasses) -> Pattern:
    before, after = (
        tuple(sources[piece][place] if isinstance(piece, str) else Side(*piece) for piece in pieces)
        for place, pieces in enumerate((data.before, data.after))
    )
    return Pattern(data, before, after, classes.test(data.head) if data.head else None)


def _chooser(named: dict[str, str], classes: WordClasses) -> Chooser:
    return Chooser(tuple((name, classes.test(text)) for name, text in named.items()))
