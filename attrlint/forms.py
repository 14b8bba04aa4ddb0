"""What the words of an attribution can be: the classes of a pack by which heads, cues and determiners are named."""

from __future__ import annotations

from typing import NamedTuple

from attrlint.lexicon import Labels, Test, holds

Classes = tuple[tuple[str, Test], ...]


class Chooser:
    """Names a set of labels by the first class that holds it; every set is worked out once."""

    def __init__(self, classes: Classes) -> None:
        self._classes = classes
        self._known: dict[Labels, str] = {}

    def first(self, labels: Labels, default: str) -> str:
        """Return the name of the first class that a set of labels is in."""
        found = self._known.get(labels)
        if found is None:
            found = self._known[labels] = next((name for name, test in self._classes if holds(test, labels)), "")
        return found or default


class Forms(NamedTuple):
    """What the words of an attribution can be, and the patterns that share a source or whose subject is content."""

    sources: Chooser
    cues: Chooser
    determiners: Chooser
    sharing: frozenset[str]
    raising: frozenset[str]
