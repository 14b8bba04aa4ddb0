"""Paragraphs of an office file laid out as the text of an article, a block each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from attrlint.readers import styles
from attrlint.text import Block

BETWEEN = "\n\n"
"""What stands between two blocks of the text."""


class _Place(Protocol):
    @property
    def text(self) -> str: ...


_P = TypeVar("_P", bound=_Place)


class Paragraph(Generic[_P]):
    """A paragraph that is being read: its stretches of text, their length in code points, and what stands inside it.

    `nested` are the paragraphs of its text boxes.
    """

    __slots__ = ("kind", "length", "nested", "places")

    def __init__(self, kind: str = "") -> None:
        self.kind = kind
        self.length = 0
        self.places: list[_P] = []
        self.nested: list[Paragraph[_P]] = []

    def add(self, place: _P) -> None:
        """Add a stretch at the end."""
        self.places.append(place)
        self.length += len(place.text)

    @property
    def text(self) -> str:
        """The words of the paragraph, on one line."""
        return "".join(place.text for place in self.places)


class Laid(Generic[_P]):
    """The text of an article, its blocks, and its stretches in order; `starts` are the code points they begin at."""

    def __init__(self, paragraphs: Sequence[Paragraph[_P]], kind: Callable[[Paragraph[_P]], str]) -> None:
        self._paragraphs = paragraphs
        self._begins: dict[Paragraph[_P], int] = {}
        self.places: list[_P] = []
        self.starts: list[int] = []
        texts: list[str] = []
        blocks: list[Block] = []
        at = 0
        for paragraph in paragraphs:
            text, named = paragraph.text, kind(paragraph)
            left_out = named == styles.CODE or not text.strip()
            # What is left out has no place in the text: what stands in it stands at the end of what comes before.
            self._begins[paragraph] = max(0, at - len(BETWEEN)) if left_out else at
            if left_out:
                paragraph.length = 0
                continue
            texts.append(text)
            blocks.append(Block(named, at, at + len(text)))
            self._place(paragraph.places, at)
            at += len(text) + len(BETWEEN)
        self.text = BETWEEN.join(texts)
        self.blocks = tuple(blocks)

    def _place(self, places: Iterable[_P], at: int) -> None:
        for place in places:
            self.places.append(place)
            self.starts.append(at)
            at += len(place.text)

    def offset(self, paragraph: Paragraph[_P], inside: int) -> int:
        """Return the place in the text of a place in a paragraph, both in code points."""
        return self._begins.get(paragraph, 0) + min(inside, paragraph.length)

    def after(self, paragraphs: int, begin: bool) -> int:
        """Return where the text stands after so many paragraphs: where the next one begins, or the last one ends."""
        if begin:
            following = self._paragraphs[paragraphs : paragraphs + 1]
            return self._begins[following[0]] if following else len(self.text)
        before = self._paragraphs[:paragraphs][-1:]
        return self.offset(before[0], before[0].length) if before else 0
