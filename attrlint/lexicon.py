"""Word lists to tags: each word type becomes one character that stands for the set of its labels."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Container, Iterable, Mapping

Labels = frozenset[str]
Test = Callable[[Callable[[str], int], int], int]
"""A class of words: given which sets of labels hold a label (as bits) and all sets, it returns those in the class."""

CAPITAL, NUMBER, PERCENTAGE, PARAGRAPH, CONTINUED = "capital", "number", "percentage", "paragraph", "continued"
LINK = "link"
"""Labels the engine gives by shape, or for a link; every other label is the name of a table of a word list."""

OPENS, CLOSES, APOSTROPHE = frozenset({"quote", "open"}), frozenset({"quote", "close"}), frozenset({"apostrophe"})
GENITIVE = frozenset({"genitive"})
MARK = frozenset({"mark"})
"""What the segmenter turns a quotation mark into."""

_UNKNOWN, _BREAK = frozenset[str](), frozenset({PARAGRAPH})
_NUMBER, _SHARE = frozenset({NUMBER}), frozenset({NUMBER, PERCENTAGE})
"""What a word is by its shape alone."""

_MEMORY = 200_000
"""Word types remembered before the memory is emptied, so that a long run stays small."""

Words = Mapping[str, Labels]
Token = tuple[Labels, str, int, int]
"""What a token is: its labels, its tag, and its numbers as the first and as the second word of pairs (0: of none)."""

Phrase = tuple[tuple[str, ...], Labels, bool, int]
"""Several words that count as one: the words, the labels of the first, whether capitals matter, the pair's place."""

Suffix = tuple[str, Labels]
"""Labels of unknown lower-case words that end in certain letters."""


class Alphabet:
    """The tags that a pack's patterns need; made when a pack is compiled.

    Two sets of labels share a tag when no class tells them apart: so the alphabet stays small.
    """

    def __init__(self, words: Iterable[Labels], capitals: Iterable[Labels], classes: Iterable[Test]) -> None:
        special = {frozenset({label}) for label in (PARAGRAPH, CONTINUED)} | {OPENS, CLOSES, APOSTROPHE, GENITIVE, MARK}
        shapes = {frozenset[str](), frozenset({NUMBER}), frozenset({NUMBER, PERCENTAGE})}
        capitals = {labels | {CAPITAL} for labels in {*capitals, *shapes}}
        everything = sorted({*words, *capitals, *special, *shapes}, key=sorted)
        self._masks, self._full = _masks(everything), (1 << len(everything)) - 1
        rows = [self._row(test) for test in classes]
        signatures = list(zip(*rows, strict=True))
        codes = {signature: chr(code) for code, signature in enumerate(_in_order(set(signatures)), 1)}
        self.last = len(codes)
        """The code of the last tag."""
        self.tags = {labels: codes[signature] for labels, signature in zip(everything, signatures, strict=True)}
        self._everything = everything

    def _row(self, test: Test) -> str:
        """Return for every set of labels whether a class holds it, as ones and noughts."""
        found = test(lambda label: self._masks.get(label, 0), self._full)
        return bin(self._full + 1 + found)[:2:-1]

    def sets(self, test: Test) -> list[Labels]:
        """Return the sets of labels that a class holds."""
        return [labels for labels, bit in zip(self._everything, self._row(test), strict=True) if bit == "1"]

    def characters(self, test: Test) -> str:
        """Return the tags of all words that a class holds, ascending."""
        return "".join(sorted({self.tags[labels] for labels in self.sets(test)}))


_NARROW = 255
"""Classes of characters up to this code compile many times as fast as wider ones."""


def _in_order(signatures: set[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the signatures of tags in the order of their codes: those that few classes tell apart come last.

    A signature holds for each class whether it holds the tag, for the most used class first. Where there are more tags
    than narrow codes, the wide ones go to tags that are alike to the most used classes: these can be written without.
    """
    every = sorted(signatures)
    last = every
    for length in range(1, len(every[0]) + 1):
        held = [[one for one in last if one[length - 1] == bit] for bit in "01"]
        largest = max(held, key=len)
        if len(largest) < len(every) - _NARROW:
            break
        last = largest
    return [*sorted(signatures.difference(last)), *last] if len(every) > _NARROW else every


def character_class(characters: str, last: int = 0) -> str:
    """Return a regular expression for one of some ascending characters, in ranges because they compile faster.

    Where `last`, the code of the last character that there is, tells that all wide ones are among them, it names those
    that are not.
    """
    codes = set(map(ord, characters))
    others = "".join(chr(code) for code in range(1, last + 1) if code not in codes)
    if others and max(codes, default=0) > _NARROW >= ord(others[-1]):
        return f"[^{character_class(others)[1:]}" if len(others) > 1 else f"[^{_literal(ord(others))}]"
    ranges: list[list[int]] = []
    for code in map(ord, characters):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    if len(characters) == 1:
        return f"\\u{ord(characters):04x}"
    inner = "".join(_literal(low) + (f"-{_literal(high)}" if high > low else "") for low, high in ranges)
    return f"[{inner}]" if ranges else "(?!)"


def _literal(code: int) -> str:
    return "\\" + chr(code) if chr(code) in "\\]^-[&~|" else chr(code)


class Phrases:
    """Phrases, each filed under the pair of neighbours that is its rarest.

    `firsts` and `seconds` number the words that pairs begin and end with, in lower case; the sum of both is the number
    of a pair. `kept` holds its phrases as bytes, which are read when they are first asked for.
    """

    def __init__(self, firsts: Mapping[str, int], seconds: Mapping[str, int], kept: Mapping[int, bytes]) -> None:
        self.firsts, self.seconds = firsts, seconds
        self.pairs: Container[int] = kept
        """The numbers of the pairs that there are."""
        self._kept = kept
        self._read: dict[int, list[Phrase]] = {}

    def under(self, pair: int) -> list[Phrase]:
        """Return the phrases that are filed under a pair, the longest first."""
        found = self._read.get(pair)
        if found is None:
            found = self._read[pair] = marshal.loads(self._kept[pair])
        return found


class Lexicon:
    """What each word can be: its labels and its tag; each word type is looked up once."""

    def __init__(self, words: Words, phrases: Phrases, suffixes: Iterable[Suffix], tags: Mapping[Labels, str]) -> None:
        self._words = words
        self._suffixes = tuple(suffixes)
        self._endings = tuple(ending for ending, _ in self._suffixes)
        self._tags = tags
        self._own = {labels: labels for labels in tags}
        self.phrases = phrases
        self._capital: dict[Labels, Labels] = {}
        self.tokens: Mapping[str, Token] = _Memory(self._token)
        """What a token is, with the white space after it or without."""

    @property
    def size(self) -> int:
        """The number of tags."""
        return len(set(self._tags.values()))

    def tag(self, labels: Labels) -> str:
        """Return the tag of a set of labels."""
        return self._tags[labels]

    def _token(self, token: str) -> Token:
        word = token.rstrip()
        lower = word.lower()
        labels = self._own[self._labels(word, lower)]
        return labels, self._tags[labels], self.phrases.firsts.get(lower, 0), self.phrases.seconds.get(lower, 0)

    def _labels(self, word: str, lower: str) -> Labels:
        if not word:
            return _BREAK
        labels = self._words.get(word)
        if labels is None:
            labels = self._words.get(lower)
        if labels is None:
            labels = self._by_shape(word)
        return self.capitalised(labels) if word[0].isupper() and labels is not MARK else labels  # "Ⓐ" is a sign

    def capitalised(self, labels: Labels) -> Labels:
        """Return a set of labels with that of a capital, one object for equal sets: it is a key in many tables."""
        found = self._capital.get(labels)
        if found is None:
            found = self._capital[labels] = self._own[labels | {CAPITAL}]
        return found

    def _by_shape(self, word: str) -> Labels:
        if word[0].isdigit() or word[-1].isdigit():
            return _SHARE if word[-1] == "%" else _NUMBER
        first, _, last = word.rpartition("-")
        if first and not self._words.get(last, _UNKNOWN).isdisjoint(("singular", "plural")):
            return _UNKNOWN if word.isupper() else self._words[last]  # "KING-TV" is a name
        if word[0].islower():
            if word[1:2].isupper():  # eBay
                return self.capitalised(_UNKNOWN)
            if word.endswith(self._endings):
                return next(labels for ending, labels in self._suffixes if word.endswith(ending))
        # An emoji is a sign between words and no word: "😀 Analysts note".
        return _UNKNOWN if word[0].isalnum() or any(map(str.isalnum, word)) else MARK


class TooCommonError(ValueError):
    """A phrase would be looked for everywhere."""

    def __init__(self, phrase: tuple[str, ...]) -> None:
        super().__init__(f"“{' '.join(phrase)}” has only words that are everywhere: it would be looked for everywhere")
        self.phrase = phrase


def by_pair(phrases: Mapping[tuple[str, ...], Labels], words: Words) -> dict[str, dict[str, list[Phrase]]]:
    """File each phrase, the longest first, under its rarest pair of neighbours: few places are looked at twice.

    Raises TooCommonError for a phrase whose words are all among the commonest.
    """
    table: dict[str, dict[str, list[Phrase]]] = {}
    for tokens, labels in phrases.items():
        exact = any(token != token.lower() for token in tokens)
        rare = [_rarity(words.get(token, frozenset())) + len(token) / 100 for token in tokens]
        place = max(range(len(tokens) - 1), key=lambda k: rare[k] + rare[k + 1])
        first, second = tokens[place].lower(), tokens[place + 1].lower()
        if all("commonest" in words.get(token, frozenset()) for token in (first, second)):
            raise TooCommonError(tokens)
        table.setdefault(first, {}).setdefault(second, []).append((tokens, labels, exact, place))
    for group in table.values():
        for filed in group.values():
            filed.sort(key=lambda phrase: -len(phrase[0]))
    return table


def kept(
    table: Mapping[str, Mapping[str, list[Phrase]]],
) -> tuple[dict[str, int], dict[str, int], dict[int, bytes]]:
    """Return filed phrases as plain data that `Phrases` are made of."""
    firsts = {word: number * _MOST_SECONDS for number, word in enumerate(table, 1)}
    seconds: dict[str, int] = {}
    for group in table.values():
        for word in group:
            seconds.setdefault(word, len(seconds) + 1)
    groups = {
        firsts[one] + seconds[two]: marshal.dumps(found) for one, group in table.items() for two, found in group.items()
    }
    return firsts, seconds, groups


_MOST_SECONDS = 1 << 20
"""More words than pairs can end with: so the number of a pair is that of no other."""


def _rarity(labels: Labels) -> int:
    return 0 if "commonest" in labels else 1 if "frequent" in labels else 3


def holds(test: Test, labels: Labels) -> bool:
    """Tell whether a set of labels is in a class."""
    return bool(test(lambda label: label in labels, 1))


def _masks(sets: list[Labels]) -> dict[str, int]:
    """Return for each label the sets that hold it, as bits."""
    masks: dict[str, int] = {}
    for index, labels in enumerate(sets):
        for label in labels:
            masks[label] = masks.get(label, 0) | 1 << index
    return masks


class _Memory(dict):  # type: ignore[type-arg]
    """What a function gives for a token, remembered."""

    def __init__(self, function: Callable[[str], object]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, token: str) -> object:
        if len(self) > _MEMORY:
            self.clear()
        found = self[token] = self._function(token)
        return found
