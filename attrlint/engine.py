"""The pipeline in order: read, segment, tag, extract, resolve, judge. The only module that knows the order."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from attrlint import pack as packs
from attrlint.article import Article, Attribution, Cue, Relay, Source
from attrlint.chain import passed_on_by
from attrlint.checks import CHECKS, WAIVER_CHECKS
from attrlint.content import contents, spoken
from attrlint.errors import UsageError
from attrlint.find import Find
from attrlint.finding import Report
from attrlint.judge import Bench, Reading
from attrlint.resolve import Register
from attrlint.rule import Rule
from attrlint.segment import Tokens
from attrlint.text import Document, Span

if TYPE_CHECKING:
    from pathlib import Path

    from attrlint.preset import Preset


class Engine:
    """Reads and judges articles by one pack and a choice of its rules; safe to share, never changed."""

    def __init__(self, pack: packs.Pack, rules: Iterable[Rule], inside_quotations: Iterable[Rule] = ()) -> None:
        self._pack = pack
        self.rules = tuple(rules)
        """The rules that the article is judged by; what its speakers say has rules of its own, none by default."""
        judges = (rule for rule in (*self.rules, *inside_quotations) if rule.check not in WAIVER_CHECKS)
        self._bench = Bench(judges, CHECKS, pack.wording)

    def _read(self, document: Document) -> Reading:
        tokens = self._pack.segmenter.segment(document.text, document.blocks, document.links)
        finds = self._pack.extractor.extract(tokens)
        register = Register(tokens, self._pack.resolution, finds)
        for find in finds:
            find.resolver, find.company = register, finds
        return Reading(tokens, finds, register)

    def lint(self, document: Document, require_reason: bool = True) -> Report:
        """Return everything the rules object to in an article; what its comments allow is marked as waived.

        With `require_reason` a waiver without a reason allows nothing.
        """
        reading = self._read(document)
        findings = self._bench.judge(reading)
        if document.comments:
            from attrlint.waivers import Overseer  # few articles have comments

            overseer = Overseer(self.rules, self._pack.rules)
            findings = overseer.applied(document, reading.tokens, findings, require_reason)
        return Report(document, findings)

    def sentences(self, document: Document) -> list[Span]:
        """Return the sentences of an article, end to end: headings and the like are sentences too."""
        tokens = self._pack.segmenter.segment(document.text, document.blocks)
        starts = [tokens.start(first) for first in tokens.sentences if first < len(tokens)]
        return [Span(start, end) for start, end in pairwise([*starts, len(document.text)])]

    def parse(self, document: Document) -> Article:
        """Return every attribution of an article and the entities its sources resolve to.

        What a speaker attributes inside a quotation is the speaker's, not the article's, and is left out; so is what
        somebody the article knows is said to think inside what a speaker says.
        """
        reading = self._read(document)
        finds = [find for find in reading.finds if not find.quoted]
        attributions = tuple(
            _attribution(find, content, reading.register) for find, content in contents(reading.tokens, finds)
        )
        return Article(document, attributions, reading.register.entities)


def _attribution(find: Find, content: tuple[Span, ...], register: Register) -> Attribution:
    tokens = find.tokens
    source = cue = None
    if find.source is not None:
        low, high = find.who or find.source
        words, antecedent = tokens.text(low, high), tokens.text(*find.source) if find.who else ""
        source = Source(
            tokens.start(low),
            tokens.end(high),
            words,
            find.form,
            find.number,
            find.definite,
            find.entity,
            find.body in ("before", "after"),
            antecedent,
        )
    if find.cue is not None:
        start, end = spoken(find)
        cue = Cue(tokens.start(start), tokens.end(end), tokens.text(start, end), find.kind)
    confidence = "medium" if "loose" in find.cue_labels else "high"
    via = passed_on_by(find, register)
    relay = via and Relay(*_place(tokens, *via.words), tokens.text(*via.words), via.entity)
    return Attribution(source, cue, content, find.pattern, confidence, find.quoted, find.mood, find.headline, relay)


def _place(tokens: Tokens, start: int, end: int) -> Span:
    return Span(tokens.start(start), tokens.end(end))


def built_in() -> Path:
    """Return the folder of the built-in English pack."""
    from pathlib import Path  # takes as long to load as some articles take to read

    return Path(_built_in())


def _built_in() -> str:
    """Return the folder of the built-in pack: in the package when installed, beside it in a checkout."""
    package = os.path.dirname(__file__)
    inside = os.path.join(package, "rules", "en")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "rules", "en")


@lru_cache(maxsize=8)
def _pack(folder: str) -> packs.Pack:
    return packs.load(folder)


def load(select: Iterable[str] = (), ignore: Iterable[str] = (), pack: Path | None = None, preset: str = "") -> Engine:
    """Return an engine for a choice of rules, by the names of rules or families; the pack is loaded once a process.

    Without `select` the rules that are on by default, or in the preset, are used; with it those alone, at the severity
    the preset gives them. Raises UsageError for an unknown name and PackError for a malformed pack or preset.
    """
    loaded = _pack(os.fspath(pack) if pack else _built_in())
    chosen, refused = _names(loaded, select), _names(loaded, ignore)
    standard = load_preset(preset, loaded) if preset else None
    rules = tuple(
        rule
        for rule in (standard.applied(loaded.rules) if standard else loaded.rules)
        if (rule.name in chosen if chosen else rule.default) and rule.name not in refused
    )
    return Engine(loaded, rules, standard.inside_quotations(rules) if standard else ())


def preset_names(pack: packs.Pack) -> list[str]:
    """Return the names of the presets beside a pack, sorted."""
    from attrlint import preset

    return preset.names_in(_presets_beside(pack))


def load_preset(name: str, pack: packs.Pack) -> Preset:
    """Return a preset by its name: a file in the folder “presets” beside the pack. Raises UsageError and PackError."""
    from attrlint import preset

    return preset.load(preset.find(name, _presets_beside(pack)), pack.rules)


def _presets_beside(pack: packs.Pack) -> Path:
    from pathlib import Path

    return Path(pack.path).parent / "presets"


def _names(pack: packs.Pack, wanted: Iterable[str]) -> set[str]:
    chosen: set[str] = set()
    names = {name for rule in pack.rules for name in (rule.name, rule.family)}
    for name in wanted:
        if name not in names:
            from difflib import get_close_matches

            near = get_close_matches(name, names, 1)
            raise UsageError(f"no rule or family is called “{name}”" + (f"; did you mean “{near[0]}”?" if near else ""))
        chosen |= {rule.name for rule in pack.rules if name in (rule.name, rule.family)}
    return chosen
