"""Text to tokens, tags, sentences and quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import sub
from typing import NamedTuple

from attrlint.kinds import Kinds
from attrlint.lexicon import (
    APOSTROPHE,
    CLOSES,
    CONTINUED,
    GENITIVE,
    LINK,
    MARK,
    OPENS,
    PARAGRAPH,
    Labels,
    Lexicon,
    Phrase,
)
from attrlint.text import Block, Span, is_wrapped

_LONGEST = 1000
"""A sentence is cut behind so many tokens: nobody writes longer ones, and each attribution looks over its sentence."""

_OPENERS = "([{—–-/"
"""Signs that a quotation mark may stand directly behind when it opens."""


class Quotation(NamedTuple):
    """A stretch between quotation marks: indices of the marks' tokens, the second one past the end when unclosed."""

    start: int
    end: int
    closed: bool


class Marks(NamedTuple):
    """The quotation marks of a language: which open, which close, which do both, and what an apostrophe looks like."""

    opening: frozenset[str]
    closing: frozenset[str]
    double: frozenset[str]
    single: frozenset[str]


class Cut(NamedTuple):
    """How text is cut: regular expressions for clitics and abbreviations, classes of tags as regular expressions."""

    clitics: str
    abbreviations: str
    quote: str
    stop: str
    lower: str
    closers: str


def alternatives(words: Iterable[str]) -> str:
    """Return a regular expression for any of some words."""
    return "|".join(sorted(map(re.escape, words))) or "(?!)"


_NONE, _CONTINUED = frozenset[str](), frozenset({CONTINUED})


class Segmenter:
    """Cuts text into tokens; made once for a pack."""

    def __init__(self, lexicon: Lexicon, cut: Cut, marks: Marks) -> None:
        self.lexicon = lexicon
        self._cut = cut
        self._marks = marks
        self.quote_marks, self.stops = re.compile(cut.quote), re.compile(cut.stop)
        self.opens, self.closes = lexicon.tag(OPENS), lexicon.tag(CLOSES)
        self.paragraph = lexicon.tag(frozenset({PARAGRAPH}))
        self.apostrophe, self.continued = lexicon.tag(APOSTROPHE), lexicon.tag(_CONTINUED)
        self.genitive, self.mark = lexicon.tag(GENITIVE), lexicon.tag(MARK)
        self.lower_start, self.closers = cut.lower, cut.closers

    @lru_cache(maxsize=2)  # noqa: B019 - a pack has one segmenter, which lives as long as the pack
    def _tokens(self, wrapped: bool) -> re.Pattern[str]:
        """Every character belongs to exactly one token, white space to the token before it.

        The first two alternatives are the common case; the others are tried only where they fail. In wrapped text a
        single line end is white space, in unwrapped text it ends the paragraph.
        """
        space, line = r"[^\S\r\n]", r"(?:\r\n|[\r\n])"
        trail = rf"{space}*(?:{line}(?!{space}*{line}|\Z){space}*)?" if wrapped else rf"{space}*"
        clitic = rf"[’'](?:{self._cut.clitics})\b"
        return re.compile(
            rf"[A-Za-z0-9]+ (?=\S)|[,.] (?=\S)"
            rf"|(?:(?:[A-Z]-)?(?:[A-Z]\.)+(?:-\w+)?|(?=[^\s.]{{1,20}}\.)(?:[A-Z]-)?(?:{self._cut.abbreviations})\.(?![\w.])"
            rf"|[^\W\d_]\w*(?:(?!{clitic})[-’'&/]\w+)*|{clitic}|[$£€¥]?\d+(?:[.,]\d+)*[\w-]*%?"
            rf"|\.{{2,9}}|''|``|--|\S){trail}|\s+",
            re.DOTALL,
        )

    def segment(self, text: str, blocks: Sequence[Block] = (), links: Sequence[Span] = ()) -> Tokens:
        """Cut a text into tokens and tag them.

        A text that comes in blocks has one a line; without them its line ends may be paragraphs or only wrapping.
        `links` are words that lead elsewhere.
        """
        texts = self._tokens(not blocks and is_wrapped(text)).findall(text)
        tokens = list(map(self.lexicon.tokens.__getitem__, texts))
        labels, tags = [token[0] for token in tokens], "".join([token[1] for token in tokens])
        changes: dict[int, str] = {}
        filed = self.lexicon.phrases
        for at in [index for index, token in enumerate(tokens) if token[3]]:
            pair = tokens[at - 1][2] + tokens[at][3]
            if pair in filed.pairs and at and at - 1 not in changes:
                self._match_phrases(filed.under(pair), at - 1, texts, changes, labels)
        quotations = self._quotations(texts, tags, changes, labels)
        if changes:
            changed = list(tags)
            for index, tag in changes.items():
                changed[index] = tag
            tags = "".join(changed)
        linked = _linked(links, texts) if links else []
        return Tokens(self, texts, labels, tags, quotations, blocks, linked)

    def _match_phrases(
        self,
        phrases: Sequence[Phrase],
        at: int,
        tokens: list[str],
        changes: dict[int, str],
        every: list[Labels],
    ) -> None:
        """Mark the longest of some phrases that stands at a place, unless another one stood there before."""
        for words, labels, exact, place in phrases:
            start = at - place
            if start >= 0 and start not in changes and _stands(words, exact, tokens, start):
                self._mark(start, len(words), labels, tokens, changes, every)
                return

    def _mark(
        self,
        start: int,
        size: int,
        labels: Labels,
        tokens: list[str],
        changes: dict[int, str],
        every: list[Labels],
    ) -> None:
        """Give the first token of a phrase its labels and let the others continue it."""
        every[start] = self.lexicon.capitalised(labels) if tokens[start][0].isupper() else labels
        changes[start] = self.lexicon.tag(every[start])
        for index in range(start + 1, start + size):
            every[index] = _CONTINUED
            changes[index] = self.continued

    def _quotations(
        self, tokens: list[str], tags: str, changes: dict[int, str], every: list[Labels]
    ) -> tuple[Quotation, ...]:
        marks = [match.start() for match in self.quote_marks.finditer(tags)]
        if not marks:
            return ()
        pairing = _Pairing(self, tokens, tags, changes)
        found = pairing.pair(marks)
        for at in pairing.genitives:
            every[at] = GENITIVE
        return found


class _Pairing:
    """Pairs the quotation marks of one article, paragraph by paragraph; an odd mark is recorded, never an error."""

    def __init__(self, segmenter: Segmenter, tokens: list[str], tags: str, changes: dict[int, str]) -> None:
        self._marks = segmenter._marks
        self._opens, self._closes, self._apostrophe = segmenter.opens, segmenter.closes, segmenter.apostrophe
        self._paragraph = segmenter.paragraph
        self._tokens, self._tags, self._changes = tokens, tags, changes
        self._genitive = segmenter.genitive
        self._found: list[Quotation] = []
        self.genitives: list[int] = []
        """The apostrophes that stand for an "s": "the analysts’ view"."""

    def pair(self, marks: list[int]) -> tuple[Quotation, ...]:
        started: int | None = None
        single: int | None = None
        end = -1
        for at in marks:
            if at > end:
                if started is not None:
                    self._close(started, end, closed=False)
                started = single = None
                end = self._tags.find(self._paragraph, at)
                end = len(self._tags) if end < 0 else end
            mark = self._tokens[at].rstrip()
            if mark in self._marks.single:
                single = self._single(at, mark, single, started is not None, end)
            elif started is None and self._can_open(at, mark):
                started = at
                self._changes[at] = self._opens
            elif started is None:
                self._changes[at] = self._closes
            elif mark in self._marks.opening - self._marks.closing and self._spaced_before(at):
                self._close(started, at - 1, closed=False)
                started = at
                self._changes[at] = self._opens
            else:
                self._close(started, at, closed=True)
                started = None
        if started is not None:
            self._close(started, end, closed=False)
        return tuple(sorted(self._found))

    def _close(self, start: int, at: int, closed: bool) -> None:
        if closed:
            self._changes[at] = self._closes
        self._found.append(Quotation(start, at, closed))

    def _can_open(self, at: int, mark: str) -> bool:
        if mark in self._marks.opening and mark not in self._marks.double:
            return True
        if mark in self._marks.closing and mark not in self._marks.double:
            return False
        return self._spaced_before(at) and self._tokens[at] == mark

    def _spaced_before(self, at: int) -> bool:
        return at == 0 or self._tokens[at - 1][-1].isspace() or self._tokens[at - 1][-1] in _OPENERS

    def _single(self, at: int, mark: str, started: int | None, inside: bool, end: int) -> int | None:
        """Tell single quotation marks from apostrophes: one opens only where another can close it."""
        opening = at == 0 or self._tokens[at - 1][-1].isspace() or self._changes.get(at - 1) == self._opens
        if started is None and opening and self._tokens[at] == mark and self._closes_later(at, end):
            self._changes[at] = self._opens
            return at
        if started is not None and not opening and self._may_close(at):
            self._changes[at] = self._closes
            if not inside:
                self._found.append(Quotation(started, at, True))
            return None
        if not opening and self._tokens[at - 1][-1] == "s" and self._tokens[at] != mark:
            self.genitives.append(at)
            self._changes[at] = self._genitive
        else:
            self._changes[at] = self._apostrophe
        return started

    def _may_close(self, at: int) -> bool:
        before = self._tokens[at - 1]
        return not before[-1].isspace() and (
            not before[-1].isalnum()
            or before[-1] != "s"
            or at + 1 == len(self._tokens)
            or not self._tokens[at + 1][0].isalnum()
        )

    def _closes_later(self, at: int, end: int) -> bool:
        return any(
            self._tokens[k].rstrip() in self._marks.single and self._may_close(k)
            for k in range(at + 2, min(end, at + 400))
        )


class Tokens:
    """The tokens of one article, their tags, and what follows from them; all indices are token indices."""

    def __init__(
        self,
        segmenter: Segmenter,
        texts: list[str],
        labels: list[Labels],
        tags: str,
        quotations: tuple[Quotation, ...],
        blocks: Sequence[Block] = (),
        linked: Sequence[int] = (),
    ) -> None:
        self._segmenter = segmenter
        self._linked = linked
        self.every_labels = labels
        self.labels: Callable[[int], Labels] = labels.__getitem__
        """The labels of a token, those of a phrase where one begins there."""
        self._unions: dict[tuple[int, int], Labels] = {}
        self.texts = texts
        self.tags = tags
        self.reversed_tags = tags[::-1]
        self.quotations = quotations
        self._quote_starts = [quotation.start for quotation in quotations]
        self._starts: list[int] | None = None
        self._sentences: list[int] | None = None
        self.kinds = Kinds(self, blocks)

    def __len__(self) -> int:
        return len(self.texts)

    def word(self, index: int) -> str:
        """Return a token without the white space after it."""
        return self.texts[index].rstrip()

    def own_labels(self, index: int) -> Labels:
        """Return the labels of a token as a word by itself, also inside a phrase."""
        return self._segmenter.lexicon.tokens[self.texts[index]][0]

    def labels_in(self, start: int, end: int) -> Labels:
        """Return all labels that occur in a range of tokens, and that of a link where one is in it."""
        found = self._unions.get((start, end))
        if found is None:
            found = _NONE.union(*self.every_labels[start:end])
            if bisect_left(self._linked, start) < bisect_left(self._linked, end):
                found |= {LINK}
            self._unions[start, end] = found
        return found

    def start(self, index: int) -> int:
        """Return where a token begins, in code points of the text; the index one past the last gives the end."""
        if self._starts is None:
            self._starts = list(accumulate(map(len, self.texts), initial=0))
        return self._starts[index]

    def end(self, index: int) -> int:
        """Return where the token before an index ends, in code points, without the white space after it."""
        return self.start(index - 1) + len(self.texts[index - 1].rstrip())

    def text(self, start: int, end: int) -> str:
        """Return the text of a range of tokens, without the white space after it."""
        return "".join(self.texts[start:end]).rstrip()

    @property
    def sentences(self) -> list[int]:
        """The first token of every sentence, ascending; sentences never cross paragraphs."""
        if self._sentences is None:
            self._sentences = self._find_sentences()
        return self._sentences

    def _find_sentences(self) -> list[int]:
        starts = [0]
        tags, segmenter = self.tags, self._segmenter
        size, closers = len(tags), segmenter.closers
        for match in segmenter.stops.finditer(tags):
            at = match.end()
            while at < size and tags[at] in closers:
                at += 1
            if at < size and tags[at] in segmenter.lower_start and self.texts[at][0].islower():
                continue
            if at > starts[-1]:
                starts.append(at)
        for at in self.kinds.datelines:
            if at not in starts:
                insort(starts, at)
        # Behind a bullet or an emoji a sentence begins anew: "• Analysts note".
        if segmenter.mark in tags:
            starts += [at + 1 for at in starts if tags[at : at + 1] == segmenter.mark and at + 1 < size]
            starts = sorted(set(starts))
        if max(map(sub, [*starts[1:], size], starts)) <= _LONGEST:
            return starts
        return [cut for start, end in pairwise([*starts, size]) for cut in range(start, max(end, start + 1), _LONGEST)]

    def sentence(self, index: int) -> tuple[int, int]:
        """Return the range of the sentence that a token is in."""
        starts = self._sentences or self.sentences
        at = bisect_right(starts, index)
        return starts[at - 1], starts[at] if at < len(starts) else len(self.texts)

    def paragraph(self, index: int) -> tuple[int, int]:
        """Return the range of the paragraph that a token is in, without the break after it."""
        mark = self._segmenter.paragraph
        end = self.tags.find(mark, index)
        return self.tags.rfind(mark, 0, index) + 1, end if end >= 0 else len(self.tags)

    def quotation(self, index: int) -> Quotation | None:
        """Return the quotation that a token is in, its marks included."""
        at = bisect_right(self._quote_starts, index) - 1
        if at >= 0 and index <= self.quotations[at].end:
            return self.quotations[at]
        return None


_PAIR = 2


def _stands(words: tuple[str, ...], exact: bool, tokens: list[str], start: int) -> bool:
    if len(words) == _PAIR and not exact:
        return True  # it is filed under both its words
    if start + len(words) > len(tokens):
        return False
    for index, word in enumerate(words, start):
        found = tokens[index].rstrip()
        if found != word and (exact or found.lower() != word):
            return False
    return True


def _linked(links: Sequence[Span], texts: list[str]) -> list[int]:
    """Return the tokens that links are made of, ascending."""
    starts = list(accumulate(map(len, texts), initial=0))
    found: set[int] = set()
    for link in links:
        found.update(range(bisect_left(starts, link.start), min(bisect_left(starts, link.end), len(texts))))
    return sorted(found)
