"""The small language that patterns are written in: read, checked and compiled to regular expressions over tags.

A pattern has an anchor, one class of words, and what must stand before and after it, both in reading order:

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
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from attrlint.lexicon import PARAGRAPH, Test, character_class, holds
from attrlint.pattern import END, PatternError, SideData, WordClasses

_TOKEN = re.compile(
    r"\s*(?:(?P<open><[a-z]+:|not\(|at\(|\()|(?P<close>[>)])|(?P<either>\|)"
    r"|(?P<many>\?|\{\d+(?:,\d+)?\})|(?P<word>\[[^\]]*\]|\.|[a-z][\w-]*)|(?P<bad>\S))"
)


EDGE = "edge"
"""The word for the edge of a paragraph or of the text."""

MOST_TIMES = 99
"""How often a part may be repeated at most: enough for any clause, and no pattern can run away."""


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


Node: TypeAlias = "Atom | Sequence | Either | Repeat | Group"


class Grammar(WordClasses):
    """Reads patterns written with the classes and macros of one pack."""

    def __init__(self, classes: Mapping[str, str], macros: Mapping[str, str]) -> None:
        super().__init__(classes)
        self._macros = macros
        self._expanding: list[str] = []
        self.atoms: dict[str, Test] = {}
        self.uses: dict[str, int] = {}

    def read(self, text: str) -> Node:
        """Parse a pattern and remember the classes it uses. Raises PatternError."""
        tokens = list(_tokens(text))
        try:
            node, rest = self._either(tokens, 0)
        except RecursionError:
            raise PatternError("is nested too deeply") from None
        if rest != len(tokens):
            raise PatternError(f"unexpected “{tokens[rest][1]}”")
        return node

    def check_anchor(self, text: str) -> None:
        """Raise PatternError unless an anchor is one class, and one that unknown words are not in."""
        words = list(_tokens(text))
        if len(words) != 1 or words[0][0] != "word" or text in self._macros or text == EDGE:
            raise PatternError(f"the anchor “{text}” must be one class of words")
        if holds(self.test(text), frozenset()):
            raise PatternError(f"the anchor “{text}” must ask for a label")

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
                node, at = Repeat(node, _times(tokens[at][1])), at + 1
            parts.append(node)
        return (parts[0] if len(parts) == 1 else Sequence(tuple(parts))), at

    def _word(self, text: str) -> Node:
        if text == EDGE:
            self.atoms.setdefault(PARAGRAPH, self.test(PARAGRAPH))
            return Atom(EDGE)
        if text in self._macros:
            if text in self._expanding:
                raise PatternError(f"macro “{text}” contains itself")
            self._expanding.append(text)
            node = self.read(self._macros[text])
            self._expanding.pop()
            return node
        self.atoms.setdefault(text, self.test(text))
        self.uses[text] = self.uses.get(text, 0) + 1
        return Atom(text)

    def by_use(self) -> list[Test]:
        """Return the classes, the most used first: their tags are put side by side, which makes them short to write."""
        return [self.atoms[text] for text in sorted(self.atoms, key=lambda text: -self.uses.get(text, 0))]

    def check(self, labels: frozenset[str], others: Iterable[str] = ()) -> None:
        """Raise PatternError for a name in a class, a pattern or another expression that is no label or class."""
        for text in [*self.atoms, *self._classes.values(), *others]:
            for name in re.findall(r"[a-z][\w-]*", text):
                if name not in labels and name not in self._classes:
                    from difflib import get_close_matches

                    near = get_close_matches(name, [*labels, *self._classes, *self._macros], 1)
                    raise PatternError(f"unknown label “{name}”" + (f"; did you mean “{near[0]}”?" if near else ""))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(text.rstrip()):
        kind = str(match.lastgroup)
        if kind == "bad":
            hint = ": say how often at most, as in {0,9}" if match[kind] in "*+" else ""
            raise PatternError(f"unexpected “{match[kind]}”{hint}")
        yield kind, match[kind]


def _times(text: str) -> str:
    bounds = [int(number) for number in re.findall(r"\d+", text)]
    if bounds != sorted(bounds) or max(bounds, default=0) > MOST_TIMES:
        raise PatternError(f"“{text}” must be a number up to {MOST_TIMES}, or two with the smaller first")
    return text


class Compiler:
    """Turns one side of a pattern into a regular expression.

    `characters` gives the tags of an atom, ascending; `last` is the code of the last tag.
    """

    def __init__(self, characters: Callable[[str], str], last: int, mirrored: bool) -> None:
        self._characters = characters
        self._last = last
        self._mirrored = mirrored
        self._parts: list[str] = []

    def side(self, node: Node) -> SideData:
        """Compile a piece of a pattern. Raises PatternError."""
        self._parts = []
        expression = self._text(node)
        try:
            re.compile(expression)
        except (re.error, RecursionError, OverflowError) as error:
            raise PatternError(f"cannot be compiled: {error}") from None
        return SideData(expression, tuple(self._parts))

    def first(self, nodes: list[Node]) -> str | None:
        """Return the tags of which one must stand next to the anchor for a chain of pieces; None where any may."""
        found, may_be_empty = self._first_of(tuple(nodes))
        return None if may_be_empty else "".join(sorted(found))

    def _in_order(self, node: Sequence) -> tuple[Node, ...]:
        return node.parts[::-1] if self._mirrored else node.parts

    def _text(self, node: Node) -> str:
        if isinstance(node, Atom):
            if node.text == EDGE:
                return rf"(?:{character_class(self._characters(PARAGRAPH))}|\Z)"
            return character_class(self._characters(node.text), self._last)
        if isinstance(node, Sequence):
            return "".join(map(self._text, self._in_order(node)))
        if isinstance(node, Either):
            return "(?:" + "|".join(map(self._text, node.options)) + ")"
        if isinstance(node, Repeat):
            inner = self._text(node.part)
            return (inner if isinstance(node.part, Atom) and inner[0] != "(" else f"(?:{inner})") + node.times
        if node.kind in ("not", "at"):
            return ("(?!" if node.kind == "not" else "(?=") + self._text(node.part) + ")"
        self._parts.append(node.kind)
        return "(" + self._text(node.part) + ")"

    def _first(self, node: Node) -> tuple[frozenset[str], bool]:
        """Return the tags a node can begin with, and whether it can hold where none of them stands."""
        if isinstance(node, Atom):
            edge = node.text == EDGE
            return frozenset(self._characters(PARAGRAPH if edge else node.text)) | ({END} if edge else set()), False
        if isinstance(node, Sequence):
            return self._first_of(self._in_order(node))
        if isinstance(node, Either):
            options = [self._first(option) for option in node.options]
            return frozenset().union(*(tags for tags, _ in options)), any(empty for _, empty in options)
        if isinstance(node, Repeat):
            tags, empty = self._first(node.part)
            return tags, empty or node.times[:2] in ("?", "{0")
        return (frozenset(), True) if node.kind == "not" else self._first(node.part)

    def _first_of(self, parts: tuple[Node, ...]) -> tuple[frozenset[str], bool]:
        found: frozenset[str] = frozenset()
        for part in parts:
            tags, empty = self._first(part)
            found |= tags
            if not empty:
                return found, False
        return found, True
