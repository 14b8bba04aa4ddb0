"""Named patterns over the tag string: a small language of labels, compiled to regular expressions.

A pattern has an anchor, one class of words, and what must stand before and after it. Text is written in reading
order; what stands before the anchor is mirrored and matched on the reversed tags, so that no pattern can begin
anywhere and none can run away. In the language:

    speech            a word with that label, or a class or macro of that name
    [speech past !x]  labels that all must hold; `a/b` is either, `!a` is none
    a b · a | b · (a b)   one after the other, one or the other, a group
    a? · a{2} · a{0,3}    how often; there is no unbounded repeat
    <source: a b>     the words a part of the attribution stands on
    not(a) · at(a)    looks at the words there without taking them
    edge              the edge of a paragraph or of the text
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import reduce
from operator import and_, or_
from typing import NamedTuple, Union

from attrlint.lexicon import PARAGRAPH, Test

_TOKEN = re.compile(
    r"\s*(?:(?P<open><[a-z]+:|not\(|at\(|\()|(?P<close>[>)])|(?P<either>\|)"
    r"|(?P<many>\?|\{\d+(?:,\d+)?\})|(?P<word>\[[^\]]*\]|\.|[a-z][\w-]*)|(?P<bad>\S))"
)


EDGE = "edge"
"""The word for the edge of a paragraph or of the text."""


class PatternError(ValueError):
    """A pattern that cannot be read or that could run away."""


class Atom(NamedTuple):
    """One word of a class, written as in the pack."""

    text: str


class Sequence(NamedTuple):
    """Parts one after the other."""

    parts: tuple[Node, ...]


class Either(NamedTuple):
    """One of several."""

    options: tuple[Node, ...]


class Repeat(NamedTuple):
    """A part so many times."""

    part: Node
    times: str


class Group(NamedTuple):
    """A part with a name, or a look at what stands there."""

    kind: str
    part: Node


Node = Union[Atom, Sequence, Either, Repeat, Group]


Range = tuple[int, int]


class Side:
    """What must stand on one side of the anchor: a regular expression, and the part each of its groups belongs to."""

    __slots__ = ("fits", "groups", "search")

    def __init__(self, expression: re.Pattern[str], groups: tuple[tuple[int, str], ...]) -> None:
        self.fits = expression.match
        self.search = expression.search
        self.groups = groups

    def parts_at(self, tags: str, at: int) -> dict[str, Range]:
        """Return the token range of every part where the side matches at an index; none where it does not."""
        parts: dict[str, Range] = {}
        found = self.fits(tags, at)
        if found is not None:
            for number, part in self.groups:
                start, end = found.span(number)
                if start >= 0:
                    _widen(parts, part, start, end)
        return parts


class Pattern:
    """A compiled pattern: `before` matches on the reversed tags, `after` on the tags; the anchor belongs to `holds`."""

    __slots__ = ("_after", "_before", "_holds", "name")

    def __init__(self, name: str, holds: str, before: Side, after: Side) -> None:
        self.name = name
        self._holds = holds
        self._before = before
        self._after = after

    def fits(self, tags: str, mirrored: str, size: int, at: int) -> bool:
        """Tell whether the pattern fits around an anchor.

        `mirrored` is `tags` reversed, `size` its length, `at` the index of the anchor.
        """
        return self._before.fits(mirrored, size - at) is not None and self._after.fits(tags, at + 1) is not None

    def parts(self, tags: str, mirrored: str, size: int, at: int) -> dict[str, Range]:
        """Return the token range of every part of a pattern that fits; the arguments are those of `fits`."""
        parts: dict[str, Range] = {self._holds: (at, at + 1)}
        for part, (start, end) in self._before.parts_at(mirrored, size - at).items():
            _widen(parts, part, size - end, size - start)
        for part, (start, end) in self._after.parts_at(tags, at + 1).items():
            _widen(parts, part, start, end)
        return parts


def _widen(parts: dict[str, Range], part: str, start: int, end: int) -> None:
    if part in parts:
        low, high = parts[part]
        start, end = min(low, start), max(high, end)
    parts[part] = start, end


class Grammar:
    """Reads patterns written with the classes and macros of one pack."""

    def __init__(self, classes: Mapping[str, str], macros: Mapping[str, str]) -> None:
        self._classes = classes
        self._macros = macros
        self._open: list[str] = []
        self.atoms: dict[str, Test] = {}
        self.uses: dict[str, int] = {}

    def read(self, text: str) -> Node:
        """Parse a pattern and remember the classes it uses. Raises PatternError."""
        tokens = list(_tokens(text))
        node, rest = self._either(tokens, 0)
        if rest != len(tokens):
            raise PatternError(f"unexpected “{tokens[rest][1]}”")
        return node

    def _either(self, tokens: list[tuple[str, str]], at: int) -> tuple[Node, int]:
        options = []
        while True:
            node, at = self._sequence(tokens, at)
            options.append(node)
            if at == len(tokens) or tokens[at][0] != "either":
                return (options[0] if len(options) == 1 else Either(tuple(options))), at
            at += 1

    def _sequence(self, tokens: list[tuple[str, str]], at: int) -> tuple[Node, int]:
        parts: list[Node] = []
        while at < len(tokens) and tokens[at][0] in ("word", "open"):
            kind, text = tokens[at]
            if kind == "word":
                node, at = self._word(text), at + 1
            else:
                inner, at = self._either(tokens, at + 1)
                if at == len(tokens):
                    raise PatternError(f"“{text}” is never closed")
                node, at = (inner if text == "(" else Group(text.strip("<:("), inner)), at + 1
            if at < len(tokens) and tokens[at][0] == "many":
                node, at = Repeat(node, tokens[at][1]), at + 1
            parts.append(node)
        return (parts[0] if len(parts) == 1 else Sequence(tuple(parts))), at

    def _word(self, text: str) -> Node:
        if text == EDGE:
            self.atoms.setdefault(PARAGRAPH, self.test(PARAGRAPH))
            return Atom(EDGE)
        if text in self._macros:
            if text in self._open:
                raise PatternError(f"macro “{text}” contains itself")
            self._open.append(text)
            node = self.read(self._macros[text])
            self._open.pop()
            return node
        self.atoms.setdefault(text, self.test(text))
        self.uses[text] = self.uses.get(text, 0) + 1
        return Atom(text)

    def test(self, text: str) -> Test:
        """Return the test that a class expression stands for. Raises PatternError."""
        if text == ".":
            return lambda sets, full: full
        if not text.startswith("["):
            return self._named(text)
        tests = [self._term(term) for term in text[1:-1].split()]
        return lambda sets, full: reduce(and_, [test(sets, full) for test in tests])

    def _term(self, term: str) -> Test:
        if term.startswith("!"):
            inner = self._term(term[1:])
            return lambda sets, full: full ^ inner(sets, full)
        options = [self._named(name) for name in term.split("/")]
        return lambda sets, full: reduce(or_, [test(sets, full) for test in options])

    def _named(self, name: str) -> Test:
        if name in self._classes:
            return self.test(self._classes[name])
        return lambda sets, full: int(sets(name))

    def by_use(self) -> list[Test]:
        """Return the classes, the most used first: their tags are put side by side, which makes them short to write."""
        return [self.atoms[text] for text in sorted(self.atoms, key=lambda text: -self.uses.get(text, 0))]

    def check(self, labels: frozenset[str]) -> None:
        """Raise PatternError for a name in a class or pattern that is no label, class or macro."""
        for text in [*self.atoms, *self._classes.values()]:
            for name in re.findall(r"[a-z][\w-]*", text):
                if name not in labels and name not in self._classes:
                    near = get_close_matches(name, [*labels, *self._classes, *self._macros], 1)
                    raise PatternError(f"unknown label “{name}”" + (f"; did you mean “{near[0]}”?" if near else ""))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(text.rstrip()):
        kind = str(match.lastgroup)
        if kind == "bad":
            raise PatternError(f"unexpected “{match[kind]}”")
        yield kind, match[kind]


class Compiler:
    """Turns one side of a pattern into a regular expression; `classes` gives the character class of an atom."""

    def __init__(self, classes: Callable[[str], str], mirrored: bool) -> None:
        self._classes = classes
        self._mirrored = mirrored
        self._parts: list[str] = []

    def side(self, node: Node | None) -> Side:
        """Compile a side; one that asks for nothing fits everywhere."""
        return Side(re.compile(self._text(node) if node else ""), tuple(enumerate(self._parts, 1)))

    def _text(self, node: Node) -> str:
        if isinstance(node, Atom):
            return rf"(?:{self._classes(PARAGRAPH)}|\Z)" if node.text == EDGE else self._classes(node.text)
        if isinstance(node, Sequence):
            return "".join(map(self._text, reversed(node.parts) if self._mirrored else node.parts))
        if isinstance(node, Either):
            return "(?:" + "|".join(map(self._text, node.options)) + ")"
        if isinstance(node, Repeat):
            inner = self._text(node.part)
            return (inner if isinstance(node.part, Atom) else f"(?:{inner})") + node.times
        if node.kind in ("not", "at"):
            return ("(?!" if node.kind == "not" else "(?=") + self._text(node.part) + ")"
        self._parts.append(node.kind)
        return "(" + self._text(node.part) + ")"
