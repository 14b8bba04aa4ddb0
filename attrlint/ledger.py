"""The ledger of one article: who speaks, how often, and how much of what is attributed is theirs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from attrlint.article import Article, Attribution, Entity, Source


class Row(NamedTuple):
    """One speaker of an article.

    `source` is the entity's name, or the words that stand for a speaker the article does not identify; empty where
    nobody is given. `standing` is "named" where a name stands for the speaker at least once, "introduced" where other
    words lead back to somebody the article names, "unnamed" where nothing does. `entity` is the id of the entity.
    `share` is in per cent of all attributed words; `line` is the first one, 1-based.
    """

    source: str
    standing: str
    entity: int | None
    times: int
    words: int
    share: float
    line: int


class Speaker(NamedTuple):
    """One speaker's row of the ledger, and the attributions that it counts, in the order of the text."""

    row: Row
    attributions: tuple[Attribution, ...]


def ledger(article: Article) -> list[Row]:
    """Return one row a speaker, most attributed words first, then by first appearance.

    Questions, negations and hypotheticals make no claim and are left out. Words attributed twice count twice.
    """
    return [speaker.row for speaker in speakers(article)]


def speakers(article: Article) -> list[Speaker]:
    """Return the rows of `ledger`, each with the attributions that it counts."""
    names = {entity.id: entity.name for entity in article.entities}
    introduced = {entity.id: entity for entity in article.entities}
    groups: dict[object, list[Attribution]] = {}
    for attribution in article.attributions:
        if attribution.mood == "claim":
            groups.setdefault(_speaker(attribution, names), []).append(attribution)
    words = {key: _words(article, theirs) for key, theirs in groups.items()}
    total = sum(words.values())
    found = [
        Speaker(
            Row(
                source=_label(theirs[0], names),
                standing=_standing(theirs, introduced),
                entity=theirs[0].source.entity if theirs[0].source else None,
                times=len(theirs),
                words=words[key],
                share=round(100 * words[key] / total, 1) if total else 0.0,
                line=article.document.source_line(_first(theirs[0])),
            ),
            tuple(theirs),
        )
        for key, theirs in groups.items()
    ]
    return sorted(found, key=lambda speaker: (-speaker.row.words, -speaker.row.times))


def _speaker(attribution: Attribution, names: dict[int, str]) -> object:
    """Return what makes two attributions the same speaker's: the entity, or the same words without one."""
    source = attribution.source
    if source is None:
        return None
    return source.entity if source.entity in names else " ".join((source.antecedent or source.text).casefold().split())


def _label(attribution: Attribution, names: dict[int, str]) -> str:
    source = attribution.source
    if source is None:
        return ""
    words = " ".join((source.antecedent or source.text).split())
    return words if source.entity is None else names.get(source.entity, words)


def _standing(theirs: Iterable[Attribution], introduced: dict[int, Entity]) -> str:
    sources = [attribution.source for attribution in theirs if attribution.source]
    if not any(source.entity is not None for source in sources):
        return "unnamed"
    return "named" if any(_names(source, introduced) for source in sources) else "introduced"


def _names(source: Source, introduced: dict[int, Entity]) -> bool:
    """Tell whether a name stands in the source's words: alone, or beside a role ("the mayor, Ann Roe")."""
    if source.form == "name":
        return True
    entity = None if source.entity is None else introduced.get(source.entity)
    return entity is not None and entity.name[:1].isupper() and source.start <= entity.start < source.end


def _words(article: Article, theirs: Iterable[Attribution]) -> int:
    text = article.document.text
    return sum(len(text[span.start : span.end].split()) for found in theirs for span in found.content)


def _first(attribution: Attribution) -> int:
    places = [part.start for part in (attribution.source, attribution.cue) if part]
    return min(places or [span.start for span in attribution.content])
