"""The pipeline in order: read, segment, tag, extract, resolve, judge. The only module that knows the order."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from attrlint import pack as packs
from attrlint import plugins
from attrlint.article import Article, Attribution, Cue, Relay, Source
from attrlint.chain import passed_on_by
from attrlint.checks import WAIVER_CHECKS
from attrlint.content import contents, spoken
from attrlint.errors import UsageError
from attrlint.find import Find
from attrlint.finding import Report
from attrlint.garbage import kept_waiting
from attrlint.judge import Bench, Reading
from attrlint.resolve import Register
from attrlint.rule import Rule
from attrlint.segment import Tokens
from attrlint.text import Document, Span

if TYPE_CHECKING:
    from pathlib import Path

    from attrlint.house import House
    from attrlint.preset import Preset


class Engine:
    """Reads and judges articles by one pack and a choice of its rules; safe to share, never changed."""

    def __init__(self, pack: packs.Pack, rules: Iterable[Rule], inside_quotations: Iterable[Rule] = ()) -> None:
        self._pack = pack
        self.rules = tuple(rules)
        """The rules that the article is judged by; what its speakers say has rules of its own, none by default."""
        judges = (rule for rule in (*self.rules, *inside_quotations) if rule.check not in WAIVER_CHECKS)
        self._bench = Bench(judges, pack.checks, pack.wording)

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
        with kept_waiting():
            return self._judged(document, self._read(document), require_reason)

    def lint_by_sentence(self, document: Document, require_reason: bool = True) -> tuple[Report, list[Span]]:
        """Return what `lint` does, and the sentences of the article, end to end: headings and the like are some too."""
        with kept_waiting():
            reading = self._read(document)
            tokens = reading.tokens
            starts = [tokens.start(first) for first in tokens.sentences if first < len(tokens)]
            sentences = [Span(start, end) for start, end in pairwise([*starts, len(document.text)])]
            return self._judged(document, reading, require_reason), sentences

    def _judged(self, document: Document, reading: Reading, require_reason: bool) -> Report:
        findings = self._bench.judge(reading)
        if document.comments:
            from attrlint.waivers import Overseer  # few articles have comments

            overseer = Overseer(self.rules, self._pack.rules)
            findings = overseer.applied(document, reading.tokens, findings, require_reason)
        reading.close()
        return Report(document, findings)

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
def load_pack(folder: Path | None = None, additions: tuple[str, ...] = (), house: House = ()) -> packs.Pack:
    """Return a pack, by default the built-in one, loaded once a process.

    `additions` are packs that add words and rules, each by its absolute folder or the name it is installed under;
    `house` holds a newsroom's own words. Raises UsageError for a pack that is not there, PackError for a malformed one.
    """
    return packs.load(folder or _built_in(), tuple(map(plugins.find, additions)), house)


class Choice(NamedTuple):
    """What is chosen of a pack's rules: all by names of rules or families.

    Without `select` the rules that are on by default, or in the preset, are used; with it those alone. `severities` are
    levels of a preset's line, `options` values of options by rule; both go over what the preset says.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preset: str = ""
    severities: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[str, str, Any], ...] = ()

    def standard(self, pack: packs.Pack) -> Preset | None:
        """Return the preset that is chosen, None where none is. Raises UsageError and PackError like `load_preset`."""
        return load_preset(self.preset, pack) if self.preset else None

    def rules(self, pack: packs.Pack, standard: Preset | None) -> tuple[Rule, ...]:
        """Return all rules of a pack at the severities and with the options chosen; `default` tells which are on."""
        rules = standard.applied(pack.rules) if standard else pack.rules
        names = {rule.name for rule in pack.rules}
        for name, level in sorted(self.severities, key=lambda one: one[0] in names):  # a rule goes over its family
            from attrlint.preset import Line

            line = Line((name,), level, "")
            rules = tuple(line.changed(rule) for rule in rules)
        for name, option, value in self.options:
            rules = tuple(_with_option(rule, option, value) if rule.name == name else rule for rule in rules)
        chosen, refused = named(pack, self.select), named(pack, self.ignore)

        def is_on(rule: Rule) -> bool:
            return (rule.name in chosen if chosen else rule.default) and rule.name not in refused

        return tuple(rule._replace(default=is_on(rule)) for rule in rules)


def load(select: Iterable[str] = (), ignore: Iterable[str] = (), pack: Path | None = None, preset: str = "") -> Engine:
    """Return an engine for a choice of a pack's rules, without any configuration.

    Raises UsageError for an unknown name and PackError for a malformed pack or preset.
    """
    return choose(load_pack(pack), Choice(tuple(select), tuple(ignore), preset))


def choose(pack: packs.Pack, choice: Choice) -> Engine:
    """Return an engine for a choice of a pack's rules. Raises UsageError and PackError like `load`."""
    standard = choice.standard(pack)
    rules = tuple(rule for rule in choice.rules(pack, standard) if rule.default)
    return Engine(pack, rules, standard.inside_quotations(rules) if standard else ())


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


def named(pack: packs.Pack, names: Iterable[str]) -> set[str]:
    """Return the rules that names of rules or families stand for. Raises UsageError for one that there is not."""
    chosen: set[str] = set()
    known = {name for rule in pack.rules for name in (rule.name, rule.family)}
    for name in names:
        if name not in known:
            raise UsageError(f"no rule or family is called “{name}”{_hint(name, known)}")
        chosen |= {rule.name for rule in pack.rules if name in (rule.name, rule.family)}
    return chosen


def check_option(pack: packs.Pack, name: str, option: str, value: Any) -> None:
    """Raise UsageError where a rule, or an option of it, does not exist, or a value is of another type than its own."""
    rules = {rule.name: rule for rule in pack.rules}
    if name not in rules:
        raise UsageError(f"no rule is called “{name}”{_hint(name, rules)}")
    options = rules[name].options
    if option not in options:
        have = f"; it has {', '.join(options)}" if options else "; it has none"
        raise UsageError(f"{name} has no option “{option}”{_hint(option, options) or have}")
    if type(value) is not type(options[option]) or not _same_kind(value, options[option]):
        raise UsageError(f"“{option}” must be like its default, {options[option]!r}")


def _same_kind(value: Any, default: Any) -> bool:
    """Tell whether the items of a list are of the kind that an option has."""
    if not isinstance(value, list):
        return True
    kinds = {type(item) for item in default} or {str}
    return all(type(item) in kinds for item in value)


def _with_option(rule: Rule, option: str, value: Any) -> Rule:
    return rule._replace(options={**rule.options, option: value})


def _hint(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), 1)
    return f"; did you mean “{near[0]}”?" if near else ""
