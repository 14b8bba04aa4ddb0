"""Rules: named judgements about attributions, read from TOML, applied to what an article is known to say."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from attrlint import readers
from attrlint.chain import is_retold
from attrlint.find import Find
from attrlint.finding import Severity, help_address
from attrlint.lazy import lazy
from attrlint.lexicon import holds
from attrlint.pattern import PatternError, WordClasses
from attrlint.strict import Table

Test = Callable[[Find], bool]


class Example(NamedTuple):
    """A text of a rule's own: `marks` are the words that must be found, none where the text is good.

    What the rules in `also` find in it does not count; `format` is that of the text, by default plain.
    """

    text: str
    marks: tuple[str, ...]
    because: str
    severity: str
    also: tuple[str, ...] = ()
    format: str = "text"


class Condition(NamedTuple):
    """Tests that must all hold for an attribution, and the patterns and forms it can have (None: any).

    `quoted` tells whether it must stand inside a quotation or must not (None: no matter).
    """

    tests: tuple[Test, ...]
    patterns: frozenset[str] | None
    forms: frozenset[str] | None
    quoted: bool | None = None

    def may_hold(self, pattern: str, form: str) -> bool:
        """Tell whether the condition can hold for a pattern and a form of source."""
        return (self.patterns is None or pattern in self.patterns) and (self.forms is None or form in self.forms)

    def holds(self, find: Find) -> bool:
        """Tell whether the condition holds for an attribution."""
        if not self.may_hold(find.pattern, find.form) or self.quoted not in (None, find.quoted):
            return False
        for test in self.tests:  # noqa: SIM110 - a generator would take a third of the time
            if not test(find):
                return False
        return True


class Variant(NamedTuple):
    """What a finding says where a condition holds; empty for what it says anyway."""

    condition: Condition
    message: str


class Skeleton(NamedTuple):
    """How a sentence is mended where a condition holds: words with slots, for a part of the attribution.

    Without words the sentence is left alone. `one` tells that the words stand for one person, so that a verb of several
    must change its number.
    """

    condition: Condition
    text: str
    part: str
    one: bool


SLOTS = frozenset({",", "source", "role", "job", "group", "cue", "verb", "rest", "active", "end", "words"})
"""What a skeleton may hold in braces."""

_PARTS = ("source", "cue", "both", "lead", "quotation")
"""What a skeleton can take the place of."""


T = TypeVar("T")


class Entries(Generic[T]):
    """The tables of an array, each as what `read` makes of it; they are read when somebody first goes through them."""

    def __init__(self, tables: Sequence[Table], read: Callable[[Table], T]) -> None:
        self._tables = tables
        self._read = read

    @lazy
    def _all(self) -> tuple[T, ...]:
        return tuple(map(self._read, self._tables))

    def __bool__(self) -> bool:
        return bool(self._tables)

    def __iter__(self) -> Iterator[T]:
        return iter(self._all)


class Rule(NamedTuple):
    """A named judgement; what is needed only where it objects, and its examples, is read when asked for."""

    name: str
    family: str
    summary: str
    severity: Severity
    status: str
    since: str
    message: str
    default: bool
    supersedes: tuple[str, ...]
    mark: str
    condition: Condition | None
    unless: Entries[Condition]
    soften: Entries[Variant]
    variants: Entries[Variant]
    skeletons: Entries[Skeleton]
    check: str
    options: dict[str, Any]
    why: str
    instead: str
    examples: Table
    path: str
    address: str
    """Where the rule is explained, if not in attrlint's documentation."""

    @property
    def help(self) -> str:
        """The address of the page that explains the rule."""
        return self.address or help_address(self.name)

    @property
    def bad(self) -> tuple[Example, ...]:
        """The texts in which the rule must find its marks. Raises PackError for a malformed one."""
        return tuple(_example(entry, bad=True) for entry in self.examples.copy().tables("bad"))

    @property
    def good(self) -> tuple[Example, ...]:
        """The texts in which nothing may be found. Raises PackError for a malformed one."""
        return tuple(_example(entry, bad=False) for entry in self.examples.copy().tables("good"))

    def validate(self) -> None:
        """Read everything that is read only when asked for. Raises PackError for what is malformed."""
        _ = (*self.unless, *self.soften, *self.variants, *self.skeletons, *self.bad, *self.good)

    def without_cases(self) -> Rule:
        """Return the rule without its softer cases, variants and skeletons."""
        none: Entries[Any] = Entries((), Table.rest)
        return self._replace(soften=none, variants=none, skeletons=none)

    def objects(self, find: Find) -> bool:
        """Tell whether the rule's own condition objects to an attribution."""
        if self.condition is None or not self.condition.holds(find):
            return False
        for condition in self.unless:  # noqa: SIM110
            if condition.holds(find):
                return False
        return True

    def softened(self, find: Find) -> Variant | None:
        """Return why the rule takes an attribution for a note only, None where it does not."""
        return next((soften for soften in self.soften if soften.condition.holds(find)), None)

    def says(self, find: Find, soft: Variant | None) -> str:
        """Return the message for an attribution, softened or not, with its slots unfilled."""
        if soft is not None and soft.message:
            return soft.message
        return next((variant.message for variant in self.variants if variant.condition.holds(find)), self.message)


def from_table(table: Table, grammar: WordClasses) -> Rule:
    """Read a rule from its TOML file. Raises PackError."""
    severity = table.take("severity", str)
    if severity.upper() not in Severity.__members__:
        raise table.error(f"“severity” must be error, warning or note, not “{severity}”", "severity")
    folder, file = os.path.split(table.path)
    check = table.take("check", str, "")
    when = table.table("when")
    rule = Rule(
        name=table.take("name", str),
        family=os.path.basename(folder),
        summary=table.take("summary", str),
        severity=Severity[severity.upper()],
        status=table.take("status", str, "stable"),
        since=table.take("since", str),
        message=table.take("message", str),
        default=table.take("default", bool, True),
        supersedes=table.words("supersedes", ()),
        mark=table.take("mark", str, "both"),
        condition=None if check else _condition(when, grammar),
        unless=Entries(table.tables("unless"), lambda entry: _condition(entry, grammar)),
        soften=Entries(table.tables("soften"), lambda entry: _variant(entry, grammar, "")),
        variants=Entries(table.tables("variant"), lambda entry: _variant(entry, grammar, None)),
        skeletons=Entries(table.tables("remedy"), lambda entry: _skeleton(entry, grammar)),
        check=check,
        options=table.table("options").rest(),
        why=table.take("why", str),
        instead=table.take("instead", str),
        examples=table.part("bad", "good"),
        path=table.path,
        address=table.take("help", str, ""),
    )
    if f"{rule.name}.toml" != file:
        raise table.error(f"“name” must be “{file.removesuffix('.toml')}”, as the file is called", "name")
    if rule.mark not in ("both", "source", "cue", "whole"):
        raise table.error(f"“mark” must be both, source, cue or whole, not “{rule.mark}”", "mark")
    table.done()
    return rule


def _example(table: Table, bad: bool) -> Example:
    marks = table.words("marks") if bad else ()
    severity = table.take("severity", str, "") if bad else ""
    also, form = table.words("also", ()), table.take("format", str, "text")
    example = Example(table.take("text", str), marks, "" if bad else table.take("because", str), severity, also, form)
    if form not in readers.FORMATS:
        raise table.error(f"“format” must be one of {', '.join(readers.FORMATS)}, not “{form}”", "format")
    table.done()
    return example


def _variant(table: Table, grammar: WordClasses, default: str | None) -> Variant:
    message = table.take("message", str, default)
    return Variant(_condition(table, grammar), message)


def _skeleton(table: Table, grammar: WordClasses) -> Skeleton:
    text, part, one = table.take("text", str), table.take("part", str, "source"), table.take("one", bool, True)
    unknown = set(re.findall(r"\{([^{}]*)\}", text)) - SLOTS
    if unknown:
        raise table.error(f"“text” has no slot “{{{min(unknown)}}}”; there are {', '.join(sorted(SLOTS))}", "text")
    if part not in _PARTS:
        raise table.error(f"“part” must be {', '.join(_PARTS)}, not “{part}”", "part")
    return Skeleton(_condition(table, grammar), text, part, one)


def _condition(table: Table, grammar: WordClasses) -> Condition:
    patterns = table.words("pattern", ())
    source = table.table("source")
    forms = source.words("form", ())
    # The order is that of cost: what is read off a word first, what is worked out across the article last.
    known = frozenset(source.words("entity", ()))
    tests = [*_cue_tests(table.table("cue"), grammar), *_source_tests(source, grammar)]
    tests += _words_tests(table.table("near"), grammar, lambda find: find.near())
    tests += _words_tests(table.table("sentence"), grammar, lambda find: find.sentence_labels())
    if "attributed" in table.rest_keys():
        attributed = table.take("attributed", bool)
        tests.append(lambda find: find.attributed == attributed)
    if table.take("retold", bool, False):
        tests.append(is_retold)
    headline = table.take("headline", bool, False) if table.name != "when" else None
    if headline:
        tests.append(lambda find: find.headline)
    quoted = None
    if table.name == "when":
        moods, quoted = frozenset(table.words("mood", ("claim",))), table.take("quoted", bool, False)
        tests.append(lambda find: find.mood in moods)
    if known:
        tests.append(lambda find: find.known in known)
    table.done()
    return Condition(tuple(tests), frozenset(patterns) or None, frozenset(forms) or None, quoted)


def _source_tests(table: Table, grammar: WordClasses) -> Iterator[Test]:
    yield from _label_test(table, grammar, "label", lambda find: find.head_labels)
    for field in ("number", "definite", "body"):
        allowed = frozenset(table.words(field, ()))
        if allowed:
            yield lambda find, field=field, allowed=allowed: getattr(find, field) in allowed  # type: ignore[misc]
    for flag in ("described", "shared"):
        if flag in table.rest_keys():
            wanted = table.take(flag, bool)
            yield lambda find, flag=flag, wanted=wanted: getattr(find, flag) == wanted  # type: ignore[misc]
    yield from _label_test(table, grammar, "lead", lambda find: find.lead_labels)
    yield from _label_test(table, grammar, "preceded", lambda find: find.last_labels)
    table.done()


def _cue_tests(table: Table, grammar: WordClasses) -> Iterator[Test]:
    kinds = frozenset(table.words("kind", ()))
    if kinds:
        yield lambda find: find.kind in kinds
    yield from _label_test(table, grammar, "label", lambda find: find.cue_labels)
    for key, edge in (("prefix", str.startswith), ("suffix", str.endswith)):
        edges = table.words(key, ())
        if edges:
            yield lambda find, edge=edge, edges=edges: edge(_cue_words(find), edges)  # type: ignore[misc]
    yield from _label_test(table, grammar, "followed", lambda find: find.next_labels)
    yield from _label_test(table, grammar, "preceded", _labels_before)
    table.done()


def _cue_words(find: Find) -> str:
    return " ".join(find.tokens.text(*find.core).lower().split()) if find.cue else ""


def _labels_before(find: Find) -> frozenset[str]:
    """Return the labels of the word before the cue, none where it opens the sentence."""
    start = find.core[0]
    return frozenset() if find.tokens.sentence(start)[0] == start else find.tokens.labels(start - 1)


def _label_test(
    table: Table, grammar: WordClasses, key: str, labels: Callable[[Find], frozenset[str]]
) -> Iterator[Test]:
    texts = table.words(key, ())
    if not texts:
        return
    try:
        options = [grammar.test(text) for text in texts]
    except PatternError as error:
        raise table.error(str(error), key) from None
    met: dict[frozenset[str], bool] = {}

    def test(find: Find) -> bool:
        found = labels(find)
        if found not in met:
            met[found] = any(holds(option, found) for option in options)
        return met[found]

    yield test


def _words_tests(table: Table, grammar: WordClasses, labels: Callable[[Find], frozenset[str]]) -> Iterator[Test]:
    some, none, every = (_labels(table, grammar, key) for key in ("any", "none", "all"))
    if some:
        yield lambda find: not some.isdisjoint(labels(find))
    if none:
        yield lambda find: none.isdisjoint(labels(find))
    if every:
        yield lambda find: every <= labels(find)
    table.done()


def _labels(table: Table, grammar: WordClasses, key: str) -> frozenset[str]:
    labels = table.words(key, ())
    try:
        for label in labels:
            grammar.check_label(label)
    except PatternError as error:
        raise table.error(str(error), key) from None
    return frozenset(labels)
