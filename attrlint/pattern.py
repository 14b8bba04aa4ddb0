"""Patterns at work: regular expressions over the tags of an article, matched outwards from the word of their anchor.

What stands before an anchor is mirrored and matched on the reversed tags, so that no pattern can begin anywhere and
none can run away. The language they are written in is that of `attrlint.grammar`; what it compiles to is plain data,
so that it can be kept in a file, and regular expressions are made when they are needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple

from attrlint.lexicon import Labels, Test, holds


class PatternError(ValueError):
    """A pattern that cannot be read or that could run away."""


Range = tuple[int, int]


END = "\0"
"""Stands for the end of the text where the tag of a neighbour is asked for."""


class SideData(NamedTuple):
    """A side of a pattern as it is kept: a regular expression, the part each of its groups belongs to, and the tags
    of which one must stand next to the anchor (None: any).
    """

    expression: str
    groups: tuple[str, ...]
    first: str | None


class Side:
    """What must stand on one side of the anchor; its regular expression is compiled when first used."""

    __slots__ = ("_expression", "first", "fits", "groups", "search")

    fits: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]

    def __init__(self, expression: str, groups: tuple[str, ...], first: str | None) -> None:
        self._expression = expression
        self.groups = groups
        self.first = first

    def __getattr__(self, name: str) -> Any:
        """Compile the side: its two searches are there from then on."""
        if name not in ("fits", "search"):
            raise AttributeError(name)
        expression = re.compile(self._expression)
        self.fits, self.search = expression.match, expression.search
        return self.fits if name == "fits" else self.search

    def may_begin(self, tag: str) -> bool:
        """Tell whether the side can fit where the word next to the anchor has a tag."""
        return self.first is None or tag in self.first

    def parts_at(self, tags: str, at: int) -> dict[str, Range]:
        """Return the token range of every part where the side matches at an index; none where it does not."""
        parts: dict[str, Range] = {}
        found = self.fits(tags, at)
        if found is not None:
            for part, (start, end) in zip(self.groups, found.regs[1:], strict=True):
                if start >= 0:
                    _widen(parts, part, start, end)
        return parts


class PatternData(NamedTuple):
    """A pattern as it is kept; `anchor` is a class of words."""

    name: str
    holds: str
    anchor: str
    before: SideData
    after: SideData


class Pattern:
    """A pattern at work: `before` matches on the reversed tags, `after` on the tags; the anchor belongs to `holds`."""

    __slots__ = ("after", "anchor", "before", "holds", "name")

    def __init__(self, data: PatternData, anchor: Test) -> None:
        self.name = data.name
        self.holds = data.holds
        self.anchor = anchor
        self.before, self.after = Side(*data.before), Side(*data.after)

    def parts(self, at: int, size: int, before: re.Match[str], after: re.Match[str]) -> dict[str, Range]:
        """Return the token range of every part: `at` is the index of the anchor, `size` the number of tokens."""
        parts: dict[str, Range] = {self.holds: (at, at + 1)}
        for part, (start, end) in zip(self.before.groups, before.regs[1:], strict=True):
            if start >= 0:
                _widen(parts, part, size - end, size - start)
        for part, (start, end) in zip(self.after.groups, after.regs[1:], strict=True):
            if start >= 0:
                _widen(parts, part, start, end)
        return parts


class Patterns:
    """Patterns in the order in which they are tried around each anchor.

    `anchors` is a regular expression for the tags that anchors can have. Which patterns can fit at all depends on the
    labels of the anchor and the tags of its neighbours: that is worked out once for each combination.
    """

    def __init__(self, anchors: str, patterns: tuple[Pattern, ...]) -> None:
        self._anchors = re.compile(anchors)
        self._patterns = patterns
        self._anchored: dict[Labels, tuple[Pattern, ...]] = {}
        self._candidates: dict[tuple[Labels, str, str], tuple[Pattern, ...]] = {}

    def _among(self, labels: Labels, before: str, after: str) -> tuple[Pattern, ...]:
        anchored = self._anchored.get(labels)
        if anchored is None:
            anchored = tuple(pattern for pattern in self._patterns if holds(pattern.anchor, labels))
            self._anchored[labels] = anchored
        found = tuple(each for each in anchored if each.before.may_begin(before) and each.after.may_begin(after))
        self._candidates[labels, before, after] = found
        return found

    def scan(
        self, tags: str, mirrored: str, labels: Callable[[int], Labels]
    ) -> Iterator[tuple[int, Pattern, dict[str, Range]]]:
        """Yield every fit, ascending by the index of its anchor and in the order of the patterns: the index, the
        pattern, and the token range of every part.

        `mirrored` is `tags` reversed, `labels` gives the labels of a token.
        """
        size, known = len(tags), self._candidates
        for place in self._anchors.finditer(tags):
            at = place.start()
            here, tag, next_tag = labels(at), tags[at - 1] if at else END, tags[at + 1] if at + 1 < size else END
            candidates = known.get((here, tag, next_tag))
            for pattern in self._among(here, tag, next_tag) if candidates is None else candidates:
                before = pattern.before.fits(mirrored, size - at)
                if before is None:
                    continue
                after = pattern.after.fits(tags, at + 1)
                if after is not None:
                    yield at, pattern, pattern.parts(at, size, before, after)


def _widen(parts: dict[str, Range], part: str, start: int, end: int) -> None:
    if part in parts:
        low, high = parts[part]
        start, end = min(low, start), max(high, end)
    parts[part] = start, end


class WordClasses:
    """The named classes of words of a pack."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._classes = classes
        self._open: list[str] = []

    def test(self, text: str) -> Test:
        """Return the test that a class expression stands for. Raises PatternError."""
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
        return lambda sets, full: int(sets(name))
