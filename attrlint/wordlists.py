"""Word lists as files, and as a newsroom gives them, to the labels of every word and phrase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from attrlint import strict
from attrlint.house import NUMBERS, House, WordList
from attrlint.lexicon import Labels
from attrlint.strict import Table


class Lists(NamedTuple):
    """The labels of every word and phrase, and the other forms of those whose forms are listed.

    `lemmas` holds the first form of nouns in lower case, `singulars` that of nouns of one or several words as written,
    and `verbs` all forms of a verb, or of the verb that a phrase begins with, by column. `columns` are those of every
    label, `places` the tables that the phrases stand in.
    """

    words: dict[str, Labels]
    phrases: dict[tuple[str, ...], Labels]
    lemmas: dict[str, str]
    singulars: dict[str, str]
    verbs: dict[str, dict[str, str]]
    columns: dict[str, tuple[str, ...]]
    places: dict[tuple[str, ...], Table]


def read_lexicons(paths: list[Path], found: Lists, first: bool) -> None:
    """Read word lists; in those of a pack that adds to another, a known label needs neither `about` nor columns.

    Raises PackError.
    """
    columns = {} if first else dict(found.columns)
    for path in paths:
        lists = strict.read(path)
        for label in lists.rest_keys():
            _read_list(lists.table(label), label, found, columns)


def read_house(house: House, found: Lists) -> None:
    """Read a newsroom's own words. Raises PackError."""
    for one in house:
        _read_list(_as_table(one), one.label, found, {one.label: ()})


def _as_table(one: WordList) -> Table:
    """Return a newsroom's words as a table whose errors tell the line that they stand on in its configuration."""
    data = {"columns": list(one.columns), "words": one.words, "phrases": one.phrases}
    return Table(data, one.path, "\n" * (one.line - 1) + f"[{one.label}]", one.label)


def share(found: Lists) -> None:
    """Make equal sets of labels one object: the cache keeps each once."""
    shared: dict[Labels, Labels] = {}
    for table in (found.words, found.phrases):
        for key, labels in table.items():
            table[key] = shared.setdefault(labels, labels)  # type: ignore[index]


def _read_list(table: Table, label: str, found: Lists, known: Mapping[str, tuple[str, ...]]) -> None:
    table.take("about", str, "" if label in known else None)
    columns = table.words("columns", known.get(label, ()))
    found.columns.setdefault(label, columns)
    text = table.take("words", str, "")
    for line in (text.replace(",", "\n") if columns else text).splitlines():
        cells = line.split()
        for word, labels in _labelled(cells, label, columns, table, "words"):
            found.words[word] = found.words.get(word, frozenset()) | labels
            if _is_noun(columns):
                found.lemmas.setdefault(word.lower(), cells[0].lower())
        _note_forms(cells, cells, columns, found)
    text = table.take("phrases", str, "")
    for line in (text if columns else text.replace(",", "\n")).splitlines():
        phrases = [tuple(cell.split()) for cell in line.split(",")]
        if columns and all(phrases):
            _note_forms([" ".join(phrase) for phrase in phrases], [phrase[0] for phrase in phrases], columns, found)
        phrases = [phrase for phrase in phrases if phrase]
        for phrase, labels in _labelled(phrases, label, columns, table, "phrases"):
            if len(phrase) == 1:
                raise table.error(f"“{phrase[0]}” is one word: list it under words", "phrases")
            if _is_noun(columns):
                found.lemmas.setdefault(" ".join(phrase).lower(), " ".join(phrases[0]).lower())
            found.phrases[phrase] = found.phrases.get(phrase, frozenset()) | labels
            found.places.setdefault(phrase, table)
    table.done()


def _is_noun(columns: tuple[str, ...]) -> bool:
    return columns[:1] == NUMBERS[:1]


def _note_forms(line: list[str], firsts: list[str], columns: tuple[str, ...], found: Lists) -> None:
    """Remember the forms of one line: of a verb by its first words, of a noun by all of them."""
    if _is_noun(columns):
        for form in line:
            found.singulars.setdefault(form, line[0])
    elif columns:
        row = dict(zip(columns, firsts, strict=False))
        for form in firsts:
            found.verbs.setdefault(form.lower(), row)


def _labelled(
    line: list[Any], label: str, columns: tuple[str, ...], table: Table, key: str
) -> Iterator[tuple[Any, Labels]]:
    """Yield the words or phrases of a line, each with the label of its list and, where there are columns, its own."""
    if columns and line and len(line) != len(columns):
        raise table.error(f"“{line}” has {len(line)} forms where the columns are {', '.join(columns)}", key)
    for place, cell in enumerate(line):
        yield cell, frozenset({label, columns[place]} if columns else {label})
