"""The files of a pack to plain data: word lists, patterns and rules, checked against each other.

Everything here is needed only when a pack is new or has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from attrlint import plugins, strict
from attrlint.errors import PackError, shown
from attrlint.find import WITH_CLAUSE
from attrlint.grammar import Compiler, Grammar, Node
from attrlint.house import House
from attrlint.lexicon import (
    CAPITAL,
    CONTINUED,
    NUMBER,
    PARAGRAPH,
    PERCENTAGE,
    Alphabet,
    Labels,
    Phrase,
    Suffix,
    Test,
    TooCommonError,
    by_pair,
    character_class,
    kept,
)
from attrlint.parted import parted
from attrlint.pattern import PatternError, WordClasses
from attrlint.plugins import Addition
from attrlint.rule import from_table
from attrlint.segment import Cut, Marks, alternatives
from attrlint.strict import Table
from attrlint.wordlists import Lists, read_house, read_lexicons, share

_SEGMENT_CLASSES = (
    *("quote", "[quote open]", "[quote close]", "apostrophe", "paren-close", "stop"),
    *("capital", "continued", "paragraph"),
)
"""Classes the segmenter tells apart, whether or not a pattern does."""

_ENGINE_LABELS = frozenset(
    {CAPITAL, NUMBER, PERCENTAGE, PARAGRAPH, CONTINUED, "apostrophe", "open", "close", WITH_CLAUSE}
)


def compile_pack(packs: Sequence[Addition], house: House = ()) -> dict[str, Any]:
    """Return a pack as strings, numbers, tuples, lists, dicts and frozensets. Raises PackError.

    The first of `packs` is that of a language, the others add words and rules to it; `house` holds a newsroom's own
    words.
    """
    folder = Path(packs[0].folder)
    lists = Lists({}, {}, {}, {}, {}, {}, {})
    rules: dict[str, Table] = {}
    for pack in packs:
        home, files = Path(pack.folder), [Path(file) for file in plugins.files(pack.folder)]
        if home != folder:
            _check_addition(home)
        lexicons = home / "lexicons"
        read_lexicons([file for file in files if file.parent == lexicons], lists, first=home == folder)
        _read_rules(pack, [file for file in files if file.parent not in (home, lexicons)], rules)
    read_house(house, lists)
    share(lists)
    settings = strict.read(folder / "pack.toml")
    table = strict.read(folder / "patterns.toml")
    data: dict[str, Any] = {
        "name": settings.take("name", str),
        "words": ("\n".join(lists.words), [*lists.words.values()]),  # read in half the time that a table takes
        "phrases": kept(_filed(lists)),
        "lemmas": parted(lists.lemmas),
        "singulars": parted(lists.singulars),
        "verbs": parted(lists.verbs),
        "wording": settings.table("wording").plain(),
        "suffixes": [suffix for entry in settings.tables("suffix") for suffix in _suffixes(entry)],
        "senses": _senses(settings.table("senses")),
        "named": _named(settings.table("names")),
        "endings": _named(settings.table("endings")),
        "marks": _marks(settings.table("quotation-marks")),
        "rules": [rule.plain() for rule in rules.values()],
    }
    clitics = alternatives(settings.words("clitics"))
    for key in ("language", "about"):
        settings.take(key, str)
    settings.done()
    data |= _compile(table, lists, data["suffixes"], clitics)
    classes = WordClasses(data["classes"], _every_label(lists, data["suffixes"]))
    for rule in rules.values():  # a misspelt label would never hold
        from_table(rule.copy(), classes).validate()
    return data


def _check_addition(folder: Path) -> None:
    """Raise PackError for a pack that adds more than words and rules."""
    table = strict.read(folder / "pack.toml")
    for key in ("name", "about"):
        table.take(key, str)
    table.done()
    if (folder / "patterns.toml").exists():
        path = shown(folder / "patterns.toml")
        raise PackError("a pack that adds to another brings words and rules, no patterns", path)


def _read_rules(pack: Addition, files: list[Path], rules: dict[str, Table]) -> None:
    """Read the rules of a pack. Raises PackError for a name that is taken and for a check that the pack cannot have."""
    for path in files:
        rule = strict.read(path)
        if path.stem in rules:
            raise rule.error(
                f"a rule “{path.stem}” is there already ({rules[path.stem].path}): rename this one", "name"
            )
        check = rule.copy().take("check", str, "")
        if check and pack.checks is None:
            raise rule.error("a folder is data and can name no check; only an installed pack can", "check")
        rules[path.stem] = rule


def _compile(table: Table, lists: Lists, suffixes: list[Suffix], clitics: str) -> dict[str, Any]:
    """Compile the patterns, with the alphabet that they need and all that is written in it."""
    classes = _strings(table.table("classes"))
    grammar = Grammar(classes, _strings(table.table("macros")))
    sources = _nodes(table.table("sources"), grammar)
    drafts = {key: [_draft(entry, grammar, sources) for entry in table.tables(kind)] for key, kind in _KINDS.items()}
    sides = {key: _node(table, key, grammar) for key in ("subject", "name")}
    labels = _every_label(lists, suffixes)
    chosen = {key: _named_classes(table.table(key), grammar) for key in ("forms", "kinds", "determiners")}
    sharing, raising = table.words("sharing"), table.words("raising")
    table.done()
    names = [name for each in drafts.values() for draft in each for name in (draft.anchor, draft.head) if name]
    try:
        grammar.check(labels, [*names, *(text for named in chosen.values() for text in named.values())])
        alphabet = _alphabet(lists, suffixes, grammar)
    except PatternError as error:
        raise table.error(str(error)) from None
    atoms = {text: alphabet.characters(test) for text, test in grammar.atoms.items()}

    mirror, forward = (Compiler(atoms.__getitem__, alphabet.last, mirrored) for mirrored in (True, False))

    def chain(compiler: Compiler, pieces: tuple[Node | str, ...]) -> tuple[Any, ...]:
        return tuple(piece if isinstance(piece, str) else tuple(compiler.side(piece)) for piece in pieces)

    def first(compiler: Compiler, pieces: tuple[Node | str, ...]) -> str | None:
        return compiler.first([sources[piece] if isinstance(piece, str) else piece for piece in pieces])

    def pattern(draft: _Draft) -> tuple[Any, ...]:
        sides = chain(mirror, draft.before), chain(forward, draft.after)
        beside = first(mirror, draft.before), first(forward, draft.after)
        return draft.name, draft.holds, draft.head, *sides, beside

    def patterns(key: str) -> tuple[list[Any], dict[Labels, int]]:
        ordered = _by_anchor(drafts[key])
        return [pattern(draft) for draft in ordered], _anchored(ordered, grammar, alphabet)

    try:
        return {
            "classes": classes,
            "tags": alphabet.tags,
            "cut": _cut(lists.words, clitics, grammar, alphabet),
            "subject": tuple(forward.side(sides["subject"])),
            "names": tuple(forward.side(sides["name"])),
            "sources": {name: (tuple(mirror.side(node)), tuple(forward.side(node))) for name, node in sources.items()},
            "sharing": sharing,
            "raising": raising,
            **chosen,
            **{key: patterns(key) for key in drafts},
        }
    except PatternError as error:
        raise table.error(str(error)) from None


def _filed(lists: Lists) -> dict[str, dict[str, list[Phrase]]]:
    try:
        return by_pair(lists.phrases, lists.words)
    except TooCommonError as error:
        raise lists.places[error.phrase].error(str(error), "phrases") from None


_KINDS = {"patterns": "pattern", "introductions": "introduction"}


def _alphabet(lists: Lists, suffixes: list[Suffix], grammar: Grammar) -> Alphabet:
    shapes = [*lists.words.values(), *(labels for _, labels in suffixes), *lists.phrases.values()]
    capitals = [labels for word, labels in lists.words.items() if word[0].isalnum()]
    capitals += [labels for words, labels in lists.phrases.items() if words[0][0].isalnum()]
    return Alphabet(shapes, capitals, [*grammar.by_use(), *map(grammar.test, _SEGMENT_CLASSES)])


def _every_label(lists: Lists, suffixes: list[Suffix]) -> Labels:
    listed = [*lists.words.values(), *lists.phrases.values(), *(labels for _, labels in suffixes)]
    return _ENGINE_LABELS.union(lists.columns, *listed)


def _cut(words: Mapping[str, Labels], clitics: str, grammar: Grammar, alphabet: Alphabet) -> tuple[str, ...]:
    short = (word for word in words if len(word) > 2 and word.endswith(".") and word.count(".") == 1 and word[0] != ".")
    quote, stop, paragraph, small, bracket, closing = (
        alphabet.characters(grammar.test(text))
        for text in ("quote", "stop", PARAGRAPH, f"[!{CAPITAL}]", "paren-close", "[quote close]")
    )
    stops = "".join(sorted({*stop, *paragraph}))
    abbreviations = alternatives(word.rstrip(".") for word in short)
    return tuple(Cut(clitics, abbreviations, character_class(quote), character_class(stops), small, bracket + closing))


def _marks(table: Table) -> tuple[Labels, ...]:
    marks = tuple(frozenset(table.words(key)) for key in Marks._fields)
    table.done()
    return marks


def _suffixes(table: Table) -> Iterator[Suffix]:
    labels = frozenset(table.words("labels"))
    for ending in table.words("endings"):
        yield ending, labels
    table.done()


def _strings(table: Table) -> dict[str, str]:
    values = table.rest()
    for key, value in values.items():
        if not isinstance(value, str):
            raise table.error(f"“{key}” must be a string", key)
    return values


def _senses(table: Table) -> dict[str, frozenset[str]]:
    """Return for each lemma the lemmas it can stand for: those of all sets it is in, and special ones of a general."""
    meets: dict[str, frozenset[str]] = {}

    def meet(members: frozenset[str], others: frozenset[str]) -> None:
        for member in members:
            meets[member] = meets.get(member, frozenset()) | others

    general = table.table("general")
    for key in general.rest_keys():
        special = _lemmas(general, key)
        meet(frozenset({key}), special | {key})
        meet(special, frozenset({key}))
    for key in table.rest_keys():
        alike = _lemmas(table, key)
        meet(alike, alike)
    return meets


def _named(table: Table) -> dict[str, frozenset[str]]:
    """Return the nouns for names or for what they end in, by these: "union" for "GMB", or for "Workers"."""
    nouns: dict[str, frozenset[str]] = {}
    for noun in table.rest_keys():
        for name in _lemmas(table, noun):
            nouns[name] = nouns.get(name, frozenset()) | {noun}
    return nouns


def _lemmas(table: Table, key: str) -> frozenset[str]:
    return frozenset(word.strip().lower() for word in table.take(key, str).split(","))


def _node(table: Table, key: str, grammar: Grammar) -> Node:
    try:
        return grammar.read(table.take(key, str))
    except PatternError as error:
        raise table.error(str(error), key) from None


def _named_classes(table: Table, grammar: Grammar) -> dict[str, str]:
    named = _strings(table)
    for key, text in named.items():
        _test(table, key, text, grammar)
    return named


def _test(table: Table, key: str, text: str, grammar: Grammar) -> Test:
    try:
        return grammar.test(text)
    except PatternError as error:
        raise table.error(str(error), key) from None


class _Draft(NamedTuple):
    """A pattern read but not compiled: its classes must be known before there is an alphabet."""

    name: str
    anchor: str
    holds: str
    head: str
    before: tuple[Node | str, ...]
    after: tuple[Node | str, ...]


_CHAINS = (("before", "source-before", "outer"), ("after", "source-after"))
"""The keys of a pattern's two sides, from the anchor outwards; those of sources name what patterns share."""


def _draft(table: Table, grammar: Grammar, sources: Mapping[str, Node]) -> _Draft:
    name, anchor = table.take("name", str), table.take("anchor", str)
    texts = [[(key, table.take(key, str, "")) for key in keys] for keys in _CHAINS]
    head = table.take("head", str, "")
    try:
        grammar.check_anchor(anchor)
        before, after = (tuple(_piece(key, text, grammar, sources) for key, text in side if text) for side in texts)
    except PatternError as error:
        raise table.error(f"pattern “{name}”: {error}", "name") from None
    draft = _Draft(name, anchor, table.take("holds", str, "cue"), head, before, after)
    table.done()
    return draft


def _piece(key: str, text: str, grammar: Grammar, sources: Mapping[str, Node]) -> Node | str:
    if not key.startswith("source"):
        return grammar.read(text)
    if text not in sources:
        raise PatternError(f"“{key}” names no entry of [sources]: “{text}”")
    return text


def _nodes(table: Table, grammar: Grammar) -> dict[str, Node]:
    return {key: _node(table, key, grammar) for key in table.rest_keys()}


def _anchored(drafts: list[_Draft], grammar: Grammar, alphabet: Alphabet) -> dict[Labels, int]:
    """Return by the labels of an anchor which patterns it can be the anchor of, as bits."""
    found: dict[Labels, int] = {}
    for index, draft in enumerate(drafts):
        for labels in alphabet.sets(grammar.test(draft.anchor)):
            found[labels] = found.get(labels, 0) | 1 << index
    return found


def _by_anchor(drafts: list[_Draft]) -> list[_Draft]:
    """Put patterns with the same anchor side by side, in the order of the file otherwise."""
    order = {anchor: place for place, anchor in enumerate(dict.fromkeys(draft.anchor for draft in drafts))}
    return sorted(drafts, key=lambda draft: order[draft.anchor])
