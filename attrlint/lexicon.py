"""Word lists to tags: each word type becomes one character that stands for the set of its labels."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

Labels = frozenset[str]
Test = Callable[[Callable[[str], int], int], int]
"""A class of words: given which sets of labels hold a label (as bits) and all sets, it returns those in the class."""

CAPITAL, NUMBER, PARAGRAPH, CONTINUED = "capital", "number", "paragraph", "continued"
"""Labels the engine gives by shape; every other label is the name of a table of a word list."""

OPENS, CLOSES, APOSTROPHE = frozenset({"quote", "open"}), frozenset({"quote", "close"}), frozenset({"apostrophe"})
"""What the segmenter turns a quotation mark into."""

_MEMORY = 200_000
"""Word types remembered before the memory is emptied, so that a long run stays small."""


class Phrase(NamedTuple):
    """Several words that count as one: the first gets the labels, the others are its continuation."""

    words: tuple[str, ...]
    labels: Labels
    exact: bool
    anchor: int


class Suffix(NamedTuple):
    """Labels of unknown lower-case words that end in certain letters."""

    ending: str
    labels: Labels


class Lexicon:
    """What each word can be, and the alphabet of tags that the patterns need.

    Two sets of labels share a tag when no class that a pattern uses tells them apart: so the alphabet stays small
    and a pattern's classes compile fast.
    """

    def __init__(
        self,
        words: Mapping[str, Labels],
        phrases: Collection[tuple[tuple[str, ...], Labels]],
        suffixes: Iterable[Suffix],
        classes: Iterable[Test],
    ) -> None:
        self._words = words
        self._suffixes = tuple(suffixes)
        self.phrases = _by_pair(phrases, words)
        self._anchors = frozenset(word for word, _ in self.phrases)
        self.anchors: set[str] = set()
        self._labels: dict[str, Labels] = {}
        self._classes = tuple(classes)
        self._tag_of_labels: dict[Labels, str] = {}
        self._example: dict[str, Labels] = {}
        self._build_alphabet(phrases)
        self.tags = _Tags(self)

    def _build_alphabet(self, phrases: Iterable[tuple[tuple[str, ...], Labels]]) -> None:
        shapes = {frozenset(), frozenset({NUMBER}), *self._words.values(), *(suffix.labels for suffix in self._suffixes)}
        shapes |= {labels for _, labels in phrases}
        capitals = {self._words[word] for word in self._words if word[0].isalpha()} | {frozenset(), frozenset({NUMBER})}
        capitals |= {labels for tokens, labels in phrases if tokens[0][0].isalpha()}
        special = {frozenset({label}) for label in (PARAGRAPH, CONTINUED)} | {OPENS, CLOSES, APOSTROPHE}
        everything = sorted(shapes | special | {one | {CAPITAL} for one in capitals}, key=sorted)
        masks, full = _masks(everything), (1 << len(everything)) - 1
        rows = [bin(full + 1 + test(lambda label: masks.get(label, 0), full))[3:] for test in self._classes]
        signatures = list(zip(*rows))[::-1]
        tags = {signature: chr(code) for code, signature in enumerate(sorted(set(signatures)), 1)}
        for labels, signature in zip(everything, signatures):
            self._tag_of_labels[labels] = tags[signature]
            self._example.setdefault(tags[signature], labels)
        self._tag_masks = _masks(list(self._example.values()))

    def characters(self, test: Test) -> frozenset[str]:
        """Return the tags of all words that a class holds."""
        found = test(lambda label: self._tag_masks.get(label, 0), (1 << len(self._example)) - 1)
        return frozenset(tag for index, tag in enumerate(self._example) if found >> index & 1)

    def character_class(self, test: Test) -> str:
        """Return a regular-expression class of those tags, written as ranges because they compile faster."""
        ranges: list[list[int]] = []
        for code in sorted(map(ord, self.characters(test))):
            if ranges and code == ranges[-1][1] + 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
        return "[" + "".join(f"{_literal(low)}-{_literal(high)}" for low, high in ranges) + "]" if ranges else "(?!)"

    @property
    def size(self) -> int:
        """The number of tags."""
        return len(self._example)

    def tag(self, labels: Labels) -> str:
        """Return the tag of a set of labels."""
        return self._tag_of_labels[labels]

    def is_anchor(self, token: str) -> bool:
        """Tell whether phrases are looked up by a token's word."""
        return token.rstrip().lower() in self._anchors

    def labels(self, token: str) -> Labels:
        """Return the labels of a token; white space after it does not count."""
        found = self._labels.get(token)
        if found is None:
            if len(self._labels) > _MEMORY:
                self._labels.clear()
            found = self._labels[token] = self._look_up(token.rstrip())
        return found

    def _look_up(self, word: str) -> Labels:
        if not word:
            return frozenset({PARAGRAPH})
        lower = word.lower()
        labels = self._words.get(word)
        if labels is None:
            labels = self._words.get(lower)
        if labels is None:
            labels = self._by_shape(word)
        return labels | {CAPITAL} if word[0].isupper() else labels

    def _by_shape(self, word: str) -> Labels:
        if word[0].isdigit() or word[-1].isdigit():
            return frozenset({NUMBER})
        last = word.rpartition("-")[2]
        if last != word and not self._words.get(last, frozenset()).isdisjoint(("singular", "plural")):
            return self._words[last]
        if word[0].islower():
            for suffix in self._suffixes:
                if word.endswith(suffix.ending):
                    return suffix.labels
        return frozenset()


def _by_pair(
    phrases: Iterable[tuple[tuple[str, ...], Labels]], words: Mapping[str, Labels]
) -> dict[tuple[str, str], list[Phrase]]:
    """File each phrase under its rarest pair of neighbouring words, so that few places are looked at twice."""
    table: dict[tuple[str, str], list[Phrase]] = {}
    for tokens, labels in phrases:
        exact = any(token != token.lower() for token in tokens)
        rare = [_rarity(words.get(token, frozenset())) + len(token) / 100 for token in tokens]
        anchor = max(range(len(tokens) - 1), key=lambda k: rare[k] + rare[k + 1])
        pair = tokens[anchor].lower(), tokens[anchor + 1].lower()
        table.setdefault(pair, []).append(Phrase(tokens, labels, exact, anchor))
    for group in table.values():
        group.sort(key=lambda phrase: -len(phrase.words))
    return table


def holds(test: Test, labels: Labels) -> bool:
    """Tell whether a set of labels is in a class."""
    return bool(test(lambda label: label in labels, 1))


def _masks(sets: list[Labels]) -> dict[str, int]:
    """Return for each label the sets that hold it, as bits."""
    members: dict[str, list[int]] = {}
    for index, labels in enumerate(sets):
        for label in labels:
            members.setdefault(label, []).append(index)
    return {label: sum(1 << index for index in indices) for label, indices in members.items()}


def _literal(code: int) -> str:
    return "\\" + chr(code) if chr(code) in "\\]^-[&~|" else chr(code)


def _rarity(labels: Labels) -> int:
    return 0 if "commonest" in labels else 1 if "frequent" in labels else 3


class _Tags(dict[str, str]):
    """Token to tag; each word type is looked up once."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, token: str) -> str:
        if len(self) > _MEMORY:
            self.clear()
            self._lexicon.anchors.clear()
        tag = self[token] = self._lexicon.tag(self._lexicon.labels(token))
        if self._lexicon.is_anchor(token):
            self._lexicon.anchors.add(token)
        return tag
