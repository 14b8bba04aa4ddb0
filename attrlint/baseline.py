"""The file of accepted findings: an entry a line, sorted, with the words and the reason, and without positions."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from attrlint.errors import AttrlintError
from attrlint.finding import Finding, Waiver

NAME = ".attrlint-accepted"
"""What the file is called where nobody names another one."""

_HEADER = """\
# Findings that were accepted, written by `attrlint accept`; `attrlint accept --prune` removes what no longer occurs.
# article, rule, fingerprint, how often, the words, the reason: with a tab between them
"""

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
# Compiled where they are used: most runs have no need of them.
_UNSAFE = r"[\\\t\n\r]|\A#"
_ESCAPED = r"\\(u[0-9a-f]{4}|.)"


Key = tuple[str, str]
"""A rule and a fingerprint: what equal findings of one article have in common."""


class Entry(NamedTuple):
    """A finding that was accepted in one article, and how often it may occur there.

    `path` has forward slashes and is relative to the folder of the file.
    """

    path: str
    rule: str
    fingerprint: str
    times: int
    words: str
    reason: str = ""

    @property
    def key(self) -> Key:
        """The rule and the fingerprint."""
        return self.rule, self.fingerprint


def read(file: str) -> list[Entry]:
    """Return the entries of a file, in its order.

    Raises AttrlintError, with line and remedy, for a file that cannot be read and for a line that is no entry.
    """
    try:
        with open(file, encoding="utf-8") as lines:
            return list(_entries(lines.read(), file))
    except OSError as error:
        raise AttrlintError(f"cannot be read: {(error.strerror or str(error)).lower()}", file) from None
    except UnicodeDecodeError:
        raise AttrlintError("is not UTF-8, so it was not written by `attrlint accept`", file) from None


def _entries(text: str, file: str) -> Iterator[Entry]:
    for number, line in enumerate(text.split("\n"), 1):
        fields = line.split("\t")
        if len(fields) == 6 and fields[3].isdecimal():
            path, rule, fingerprint, times, words, reason = fields
            yield Entry(_unescaped(path), rule, fingerprint, int(times), words, reason)
        elif len(fields) == 5 and fields[3].isdecimal():
            yield Entry(_unescaped(fields[0]), fields[1], fields[2], int(fields[3]), fields[4])
        elif line.startswith(("<<<<<<< ", ">>>>>>> ", "=======")):
            raise AttrlintError("an unfinished merge: keep the lines of both sides and delete the marks", file, number)
        elif line.strip() and not line.startswith("#"):
            raise AttrlintError("no entry: article, rule, fingerprint, how often, words, tabs between", file, number)


def written(entries: Iterable[Entry]) -> str:
    """Return the text of a file: sorted, and each finding once, as often as the largest of its entries says."""
    best: dict[tuple[str, Key], Entry] = {}
    for entry in entries:
        place = entry.path, entry.key
        best[place] = max(entry, best.get(place, entry), key=_weight)
    rows = sorted(best.values(), key=lambda one: (one.path, one.rule, one.words, one.fingerprint))
    return _HEADER + "".join("\t".join(_fields(row)) + "\n" for row in rows)


def _weight(entry: Entry) -> tuple[int, str]:
    """Return what decides between two entries of one finding, which a merge can leave."""
    return entry.times, entry.reason


def _fields(entry: Entry) -> Iterator[str]:
    yield _escaped(entry.path)
    yield from (entry.rule, entry.fingerprint, str(entry.times), _one_line(entry.words))
    if entry.reason:
        yield _one_line(entry.reason)


def _one_line(text: str) -> str:
    return " ".join(text.split()).encode("utf-8", "replace").decode()


def _escaped(path: str) -> str:
    """Write a path so that it stands in one field: bytes that are no text as the surrogates Python makes of them."""
    safe = re.sub(_UNSAFE, lambda match: _ESCAPES.get(match[0], f"\\{match[0]}"), path)
    return safe.encode("utf-8", "backslashreplace").decode()


def _unescaped(path: str) -> str:
    if "\\" not in path:
        return path
    plain = {"t": "\t", "n": "\n", "r": "\r"}
    return re.sub(_ESCAPED, lambda m: chr(int(m[1][1:], 16)) if len(m[1]) > 1 else plain.get(m[1], m[1]), path)


def name_in(file: str, article: str) -> str:
    """Return what an article is called in a file of accepted findings."""
    return os.path.relpath(os.path.abspath(article), os.path.dirname(os.path.abspath(file))).replace(os.sep, "/")


class Baseline:
    """The accepted findings of a run: those of one file, or for each article of the file configured or the nearest one.

    `configured` returns the file for an article, empty where none is; it need not be there yet.
    """

    def __init__(self, file: str = "", configured: Callable[[str], str] = lambda article: "") -> None:
        self._file = file
        self._configured = configured
        self._nearest: dict[str, str] = {}
        self._read: dict[str, dict[str, list[Entry]]] = {}

    def load(self, articles: Iterable[str]) -> None:
        """Read the files that hold for some articles. Raises AttrlintError for one that is missing or malformed."""
        for file in {self._file} if self._file else {self.file(article) for article in articles}:
            self._entries(file)

    def file(self, article: str) -> str:
        """Return the path of the file that holds for an article; empty where there is none."""
        named = self._file or self._configured(article)
        if named:
            return named if self._file or os.path.isfile(named) else ""
        return self._above(os.path.dirname(os.path.abspath(article)))

    def _above(self, folder: str) -> str:
        found = self._nearest.get(folder)
        if found is None:
            here, parent = os.path.join(folder, NAME), os.path.dirname(folder)
            found = here if os.path.isfile(here) else self._above(parent) if parent != folder else ""
            self._nearest[folder] = found
        return found

    def applied(self, article: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Return the findings of an article; those that were accepted carry their reason.

        Raises AttrlintError for a malformed file.
        """
        entries = self.entries(article) if findings else {}
        if not entries:
            return findings
        found = zip(findings, matched(entries, findings), strict=True)
        return tuple(one if key is None else one._replace(waiver=Waiver(entries[key].reason)) for one, key in found)

    def entries(self, article: str) -> dict[Key, Entry]:
        """Return what was accepted in an article. Raises AttrlintError for a malformed file."""
        file = self.file(article)
        best: dict[Key, Entry] = {}
        for entry in self._entries(file).get(name_in(file, article), ()) if file else ():
            best[entry.key] = max(entry, best.get(entry.key, entry), key=_weight)
        return best

    def _entries(self, file: str) -> dict[str, list[Entry]]:
        found = self._read.get(file)
        if found is None:
            found = self._read[file] = {}
            for entry in read(file) if file else ():
                found.setdefault(entry.path, []).append(entry)
        return found


def matched(entries: Mapping[Key, Entry], findings: Sequence[Finding]) -> list[Key | None]:
    """Return for each finding of an article the entry that it was accepted by, None for one that is open.

    Of equal findings the first ones are accepted, as many as the entry says. An unnamed source that speaks again is one
    finding, so it also counts as accepted where it was accepted at another of its places.
    """
    left = {key: entry.times for key, entry in entries.items()}
    found: list[Key | None] = [None] * len(findings)
    for own in (True, False):
        for index, finding in enumerate(findings):
            if found[index] is not None or finding.waived:
                continue
            marks = (finding.fingerprint,) if own else finding.again
            key = next((key for mark in marks if left.get(key := (finding.rule, mark))), None)
            if key is not None:
                left[key] -= 1
                found[index] = key
    return found
