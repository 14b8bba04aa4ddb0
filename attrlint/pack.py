"""A folder of TOML to a pack: word lists, patterns and rules of one language, strictly validated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from attrlint import strict
from attrlint.errors import PackError
from attrlint.extract import Extractor
from attrlint.find import Chooser, Classes, Forms, WITH_CLAUSE
from attrlint.lexicon import CAPITAL, CONTINUED, NUMBER, PARAGRAPH, Labels, Lexicon, Suffix
from attrlint.pattern import Compiler, Grammar, Node, Pattern, PatternError, Side
from attrlint.resolve import Resolution, Senses
from attrlint.rule import Rule, from_table
from attrlint.segment import Marks, Segmenter
from attrlint.strict import Table
from attrlint.wording import Wording
from attrlint.wording import from_table as read_wording


class Pack(NamedTuple):
    """Everything a language or a newsroom brings, compiled."""

    name: str
    path: Path
    lexicon: Lexicon
    segmenter: Segmenter
    extractor: Extractor
    resolution: Resolution
    wording: Wording
    rules: tuple[Rule, ...]


def load(folder: Path) -> Pack:
    """Load a pack from its folder. Raises PackError with file and line for anything it does not understand."""
    if not (folder / "pack.toml").is_file():
        raise PackError("is no pack: it has no pack.toml", str(folder))
    settings = strict.read(folder / "pack.toml")
    lists = _read_lexicons(sorted((folder / "lexicons").glob("*.toml")))
    words, phrases = lists.labels()
    suffixes = [suffix for entry in settings.tables("suffix") for suffix in _suffixes(entry)]
    table = strict.read(folder / "patterns.toml")
    grammar = Grammar(_strings(table.table("classes")), _strings(table.table("macros")))
    drafts = [_draft(entry, grammar) for entry in table.tables("pattern")]
    ties = [_draft(entry, grammar) for entry in table.tables("introduction")]
    name, subject = _node(table, "name", grammar), _node(table, "subject", grammar)
    _check(table, grammar, frozenset().union(*words.values(), *(labels for _, labels in phrases), _ENGINE_LABELS, *(suffix.labels for suffix in suffixes)))
    lexicon = Lexicon(words, phrases, suffixes, [*grammar.by_use(), *map(grammar.test, _SEGMENT_CLASSES)])
    forms = Forms(
        *(Chooser(_classes(table.table(key), grammar)) for key in ("forms", "kinds", "determiners")),
        frozenset(table.words("sharing")),
    )
    table.done()
    marks = settings.table("quotation-marks")
    pack = Pack(
        name=settings.take("name", str),
        path=folder,
        lexicon=lexicon,
        segmenter=Segmenter(lexicon, settings.words("clitics"), _abbreviations(words), _marks(marks)),
        extractor=Extractor(_compile(drafts, grammar, lexicon), _side(subject, grammar, lexicon), forms),
        resolution=_resolution(ties, name, grammar, lexicon, Senses(lists.lemmas, _senses(settings.table("senses"))), forms.sources),
        wording=read_wording(settings.table("wording"), lists.verbs, lists.singulars, words),
        rules=tuple(from_table(strict.read(path), grammar) for path in sorted(folder.glob("*/*.toml")) if _is_rule(path)),
    )
    settings.take("language", str)
    settings.take("about", str)
    settings.done()
    return pack


_SEGMENT_CLASSES = ("paren-close", "quote", "[quote open]", "[quote close]", "stop", "apostrophe", "capital", "continued", "paragraph")
"""Classes the segmenter tells apart, whether or not a pattern does."""


_NUMBERS = ("singular", "plural")
"""The columns of nouns: the first is the lemma that a role is remembered by."""


_ENGINE_LABELS = frozenset({CAPITAL, NUMBER, PARAGRAPH, CONTINUED, "apostrophe", "open", "close", WITH_CLAUSE})


def _check(table: Table, grammar: Grammar, labels: Labels) -> None:
    try:
        grammar.check(labels)
    except PatternError as error:
        raise table.error(str(error)) from None


def _is_rule(path: Path) -> bool:
    return path.parent.name != "lexicons"


def _abbreviations(words: dict[str, Labels]) -> Iterator[str]:
    return (word for word in words if len(word) > 2 and word.endswith(".") and word.count(".") == 1 and word[0] != ".")


def _marks(table: Table) -> Marks:
    marks = Marks(*(frozenset(table.words(key)) for key in Marks._fields))
    table.done()
    return marks


def _suffixes(table: Table) -> Iterator[Suffix]:
    labels = frozenset(table.words("labels"))
    for ending in table.words("endings"):
        yield Suffix(ending, labels)
    table.done()


def _strings(table: Table) -> dict[str, str]:
    values = table.rest()
    for key, value in values.items():
        if not isinstance(value, str):
            raise table.error(f"“{key}” must be a string", key)
    return values


def _senses(table: Table) -> dict[str, frozenset[str]]:
    """Return for each lemma the lemmas it can stand for: those of all sets it is in."""
    meets: dict[str, frozenset[str]] = {}
    for key in table.rest_keys():
        members = frozenset(table.take(key, str).split())
        for member in members:
            meets[member] = meets.get(member, frozenset()) | members
    return meets


def _node(table: Table, key: str, grammar: Grammar) -> Node:
    try:
        return grammar.read(table.take(key, str))
    except PatternError as error:
        raise table.error(str(error), key) from None


def _resolution(ties: list[_Draft], name: Node, grammar: Grammar, lexicon: Lexicon, senses: Senses, forms: Chooser) -> Resolution:
    ((anchor, patterns),) = _compile(ties, grammar, lexicon).values()
    return Resolution(anchor, patterns, _side(name, grammar, lexicon), senses, forms)


def _side(node: Node, grammar: Grammar, lexicon: Lexicon) -> Side:
    return Compiler(lambda text: lexicon.character_class(grammar.atoms[text]), mirrored=False).side(node)


def _classes(table: Table, grammar: Grammar) -> Classes:
    try:
        return tuple((name, grammar.test(text)) for name, text in _strings(table).items())
    except PatternError as error:
        raise table.error(str(error)) from None


class _Lists(NamedTuple):
    """The labels of every word and phrase, and the other forms of those whose forms are listed.

    `lemmas` holds the first form of nouns in lower case, `singulars` that of nouns of one or several words as written,
    and `verbs` all forms of a verb, or of the verb that a phrase begins with, by column.
    """

    words: dict[str, set[str]]
    phrases: dict[tuple[str, ...], set[str]]
    lemmas: dict[str, str]
    singulars: dict[str, str]
    verbs: dict[str, dict[str, str]]

    def labels(self) -> tuple[dict[str, Labels], list[tuple[tuple[str, ...], Labels]]]:
        """Return the labels of words and of phrases."""
        return (
            {word: frozenset(labels) for word, labels in self.words.items()},
            [(phrase, frozenset(labels)) for phrase, labels in self.phrases.items()],
        )


def _read_lexicons(paths: Iterable[Path]) -> _Lists:
    found = _Lists({}, {}, {}, {}, {})
    for path in paths:
        lists = strict.read(path)
        for label in lists.rest_keys():
            _read_list(lists.table(label), label, found)
    return found


def _read_list(table: Table, label: str, found: _Lists) -> None:
    table.take("about", str)
    columns = table.words("columns", ())
    text = table.take("words", str, "")
    lines = [line.split() for line in (text.replace(",", "\n") if columns else text).splitlines()]
    for line in lines:
        for word, column in _cells(line, columns, table, "words"):
            found.words.setdefault(word, set()).update((label, *column))
            if columns == _NUMBERS:
                found.lemmas.setdefault(word.lower(), line[0].lower())
        _note_forms(line, line, columns, found)
    text = table.take("phrases", str, "")
    for line in (text if columns else text.replace(",", "\n")).splitlines():
        cells = [cell.split() for cell in line.split(",")]
        if columns and all(cells):
            _note_forms([" ".join(cell) for cell in cells], [cell[0] for cell in cells], columns, found)
        for phrase, column in _cells([cell for cell in cells if cell], columns, table, "phrases"):
            found.phrases.setdefault(tuple(phrase), set()).update((label, *column))
    table.done()


def _note_forms(line: list[str], firsts: list[str], columns: tuple[str, ...], found: _Lists) -> None:
    """Remember the forms of one line: of a verb by its first words, of a noun by all of them."""
    if columns == _NUMBERS:
        for form in line:
            found.singulars.setdefault(form, line[0])
    elif columns:
        row = dict(zip(columns, firsts))
        for form in firsts:
            found.verbs.setdefault(form.lower(), row)


def _cells(line: list, columns: tuple[str, ...], table: Table, key: str) -> Iterator[tuple]:  # type: ignore[type-arg]
    if not line:
        return
    if not columns:
        yield from ((cell, ()) for cell in line)
        return
    if len(line) != len(columns):
        raise table.error(f"“{line}” has {len(line)} forms where the columns are {', '.join(columns)}", key)
    yield from ((cell, (column,)) for cell, column in zip(line, columns))


class _Draft(NamedTuple):
    """A pattern read but not compiled: its classes must be known before there is an alphabet."""

    name: str
    anchor: str
    holds: str
    before: Node | None
    after: Node | None


def _draft(table: Table, grammar: Grammar) -> _Draft:
    name, anchor = table.take("name", str), table.take("anchor", str)
    sides = {key: table.take(key, str, "") for key in ("before", "after")}
    try:
        grammar.read(anchor)
        before, after = (grammar.read(text) if text else None for text in sides.values())
    except PatternError as error:
        raise table.error(f"pattern “{name}”: {error}", "name") from None
    draft = _Draft(name, anchor, table.take("holds", str, "cue"), before, after)
    table.done()
    return draft


def _compile(
    drafts: list[_Draft], grammar: Grammar, lexicon: Lexicon
) -> dict[str, tuple[re.Pattern[str], tuple[Pattern, ...]]]:
    classes = {text: lexicon.character_class(test) for text, test in grammar.atoms.items()}
    groups: dict[str, list[Pattern]] = {}
    for draft in drafts:
        before = Compiler(classes.__getitem__, mirrored=True).side(draft.before)
        after = Compiler(classes.__getitem__, mirrored=False).side(draft.after)
        groups.setdefault(draft.anchor, []).append(Pattern(draft.name, draft.holds, before, after))
    return {anchor: (re.compile(classes[anchor]), tuple(patterns)) for anchor, patterns in groups.items()}
