"""Patterns at work: regular expressions over the tags of an article, matched outwards from the word of their anchor.

What stands before an anchor is mirrored and matched on the reversed tags, so that no pattern can begin anywhere and
none can run away. The language they are written in is that of `attrlint.grammar`; what it compiles to is plain data,
so that it can be kept in a file, and regular expressions are made when they are needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import compress
from operator import and_, or_
from typing import Any, NamedTuple

from attrlint.lexicon import Labels, Test, holds


class PatternError(ValueError):
    """A pattern that cannot be read or that could run away."""


Range = tuple[int, int]
Parts = dict[str, Range]


END = "\0"
"""Stands for the end of the text where the tag of a neighbour is asked for."""


class SideData(NamedTuple):
    """A piece of a pattern as it is kept: a regular expression, and the part each of its groups belongs to."""

    expression: str
    groups: tuple[str, ...]


class Side:
    """What must stand somewhere beside an anchor; its regular expression is compiled when first used."""

    __slots__ = ("_expression", "fits", "groups", "search", "shared")

    fits: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]

    def __init__(self, expression: str, groups: tuple[str, ...], shared: bool = False) -> None:
        self._expression = expression
        self.groups = tuple(enumerate(groups, 1))
        """The number of each group of the expression and the part it belongs to."""
        self.shared = shared

    def __getattr__(self, name: str) -> Any:
        """Compile the side: its two searches are there from then on."""
        if name not in ("fits", "search"):
            raise AttributeError(name)
        expression = re.compile(self._expression)
        self.fits, self.search = expression.match, expression.search
        return self.fits if name == "fits" else self.search

    def parts_at(self, tags: str, at: int) -> Parts:
        """Return the token range of every part where the side matches at an index; none where it does not."""
        parts: Parts = {}
        found = self.fits(tags, at)
        if found is not None:
            _add(parts, self, found)
        return parts


class PatternData(NamedTuple):
    """A pattern as it is kept; `head` is a class of words.

    Each side is a chain of pieces, from the anchor outwards: a piece, or the name of one that patterns share. `first`
    holds for each side the tags of which one must stand next to the anchor (None: any).
    """

    name: str
    holds: str
    head: str
    before: tuple[SideData | str, ...]
    after: tuple[SideData | str, ...]
    first: tuple[str | None, str | None]


Chain = tuple[Side, ...]


class Pattern:
    """A pattern at work: `before` matches on the reversed tags, `after` on the tags; the anchor belongs to `holds`."""

    __slots__ = ("_head", "_heads", "after", "before", "first", "holds", "name")

    def __init__(self, data: PatternData, before: Chain, after: Chain, head: Test | None) -> None:
        self.name = data.name
        self.holds = data.holds
        self.first = data.first
        self.before, self.after = before, after
        self._head = head
        self._heads: dict[Labels, bool] = {}

    def admits(self, head: Labels) -> bool:
        """Tell whether the head of a source may have these labels."""
        if self._head is None:
            return True
        found = self._heads.get(head)
        if found is None:
            found = self._heads[head] = holds(self._head, head)
        return found


class Patterns:
    """Patterns in the order in which they are tried around each anchor.

    `anchored` tells by the labels of an anchor which patterns it can be the anchor of, as bits. Which of these can fit
    at all depends on the tags beside it.
    """

    def __init__(self, patterns: tuple[Pattern, ...], anchored: Mapping[Labels, int]) -> None:
        self.anchored = anchored
        self.chosen = _Chosen(patterns)
        self.before, self.after = (_Beside(tuple(each.first[side] for each in patterns)) for side in (0, 1))


class _Chosen(dict[int, "tuple[Pattern, ...]"]):
    """The patterns that bits stand for; chosen once."""

    def __init__(self, patterns: tuple[Pattern, ...]) -> None:
        super().__init__()
        self._patterns = patterns

    def __missing__(self, bits: int) -> tuple[Pattern, ...]:
        found = self[bits] = tuple(each for index, each in enumerate(self._patterns) if bits >> index & 1)
        return found


class Scan:
    """Patterns on the tags of one article; `mirrored` is `tags` reversed, `labels` holds the labels of every token."""

    def __init__(self, patterns: Patterns, tags: str, mirrored: str, labels: Sequence[Labels]) -> None:
        self._tags, self._mirrored = tags, mirrored
        self._chosen = patterns.chosen
        self._met: Met = {}
        anchored, before, after, beside = patterns.anchored, patterns.before, patterns.after, END + tags + END
        self._bits = {
            at: bits
            for at in compress(range(len(tags)), map(anchored.__contains__, labels))
            if (bits := anchored[labels[at]] & before[beside[at]] & after[beside[at + 2]])
        }
        self.anchors = [*self._bits]
        """The tokens that can be the anchor of a pattern, ascending."""

    def fits(self, at: int) -> Iterator[tuple[Pattern, Parts]]:
        """Yield the patterns that fit around an anchor, in their order, with the token range of every part."""
        size = len(self._tags)
        for pattern in self._chosen[self._bits[at]]:
            before = _follow(pattern.before, self._mirrored, size - at, self._met)
            after = None if before is None else _follow(pattern.after, self._tags, at + 1, self._met)
            if before is not None and after is not None:
                yield pattern, _parts(pattern, at, size, before, after)


class _Beside(dict[str, int]):
    """Which patterns can fit beside a word with a certain tag, as bits; worked out once for each tag.

    `firsts` holds for each pattern the tags of which one must stand there (None: any).
    """

    def __init__(self, firsts: tuple[str | None, ...]) -> None:
        super().__init__()
        self._firsts = firsts

    def __missing__(self, tag: str) -> int:
        fit = self[tag] = sum(1 << index for index, tags in enumerate(self._firsts) if tags is None or tag in tags)
        return fit


Met = dict[tuple[Side, int], "re.Match[str] | None"]
"""What pieces were found to do at what place: several patterns share the long ones."""


def _follow(chain: Chain, tags: str, at: int, met: Met) -> list[re.Match[str]] | None:
    """Match the pieces of a side one after the other, each where the one before it ended."""
    found = []
    for side in chain:
        if side.shared:
            key = (side, at)
            match = met[key] if key in met else met.setdefault(key, side.fits(tags, at))
        else:
            match = side.fits(tags, at)
        if match is None:
            return None
        found.append(match)
        at = match.end()
    return found


def _parts(pattern: Pattern, at: int, size: int, before: list[re.Match[str]], after: list[re.Match[str]]) -> Parts:
    """Return the token range of every part: `at` is the index of the anchor, `size` the number of tokens."""
    parts: Parts = {}
    for side, match in zip(pattern.before, before, strict=True):
        _add(parts, side, match)
    parts = {part: (size - end, size - start) for part, (start, end) in parts.items()}
    _widen(parts, pattern.holds, at, at + 1)
    for side, match in zip(pattern.after, after, strict=True):
        _add(parts, side, match)
    return parts


def _add(parts: Parts, side: Side, match: re.Match[str]) -> None:
    """Widen the range of every part by the groups of a match."""
    for group, part in side.groups:
        start = match.start(group)
        if start >= 0:
            _widen(parts, part, start, match.end(group))


def _widen(parts: Parts, part: str, start: int, end: int) -> None:
    known = parts.get(part)
    parts[part] = (start, end) if known is None else (min(known[0], start), max(known[1], end))


class WordClasses:
    """The named classes of words of a pack; where its `labels` are given, every other name is an error."""

    def __init__(self, classes: Mapping[str, str], labels: frozenset[str] | None = None) -> None:
        self._classes = classes
        self._labels = labels
        self._open: list[str] = []
        self._tests: dict[str, Test] = {}

    def test(self, text: str) -> Test:
        """Return the test that a class expression stands for, one for each text. Raises PatternError."""
        found = self._tests.get(text)
        if found is None:
            found = self._tests[text] = self._test(text)
        return found

    def _test(self, text: str) -> Test:
        if text == ".":
            return lambda sets, full: full
        if not text.startswith("["):
            return self._named(text)
        tests = [self._term(term) for term in text[1:-1].split() or [""]]
        return lambda sets, full: reduce(and_, [test(sets, full) for test in tests])

    def _term(self, term: str) -> Test:
        if term.startswith("!"):
            inner = self._term(term[1:])
            return lambda sets, full: full ^ inner(sets, full)
        options = [self._named(name) for name in term.split("/")]
        return lambda sets, full: reduce(or_, [test(sets, full) for test in options])

    def _named(self, name: str) -> Test:
        if not name:
            raise PatternError("a label is missing in a class")
        if name in self._classes:
            if name in self._open:
                raise PatternError(f"class “{name}” contains itself")
            self._open.append(name)
            test = self.test(self._classes[name])
            self._open.pop()
            return test
        self.check_label(name)
        return lambda sets, full: int(sets(name))

    def check_label(self, name: str) -> None:
        """Raise PatternError for a label that the pack does not have, where its labels are known."""
        if self._labels is not None and name not in self._labels:
            from difflib import get_close_matches

            near = get_close_matches(name, [*self._labels, *self._classes], 1)
            raise PatternError(f"unknown label “{name}”" + (f"; did you mean “{near[0]}”?" if near else ""))
