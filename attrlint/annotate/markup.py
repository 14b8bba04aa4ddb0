"""Findings as comments in Markdown and HTML: marks around exactly their words, in the way of the format."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from itertools import pairwise
from typing import NamedTuple

from attrlint import output, readers
from attrlint.annotate import AUTHOR, Annotated, Wanted, wanted
from attrlint.errors import ReadError
from attrlint.finding import Lint
from attrlint.text import Document

_MORE = "…"
"""What the mark says where its words go on behind some markup, and the comment with them."""


class _Stretch(NamedTuple):
    """A stretch of the source that is marked as a whole: code points, and what is said of it.

    `said` are the comments on it, `ends` those of them whose words end here.
    """

    start: int
    end: int
    said: tuple[str, ...]
    ends: tuple[str, ...]


class _Style(NamedTuple):
    """How a format writes a mark, and how to know one of ours: the groups `words` and `said`."""

    write: Callable[[str, _Stretch], str]
    ours: re.Pattern[str]
    comments: Callable[[str], list[str]]


def annotate(data: bytes, path: str, lint: Lint, resolve_waived: bool, encoding: str | None) -> Annotated:
    """Write the findings of a Markdown or HTML article as marks around their words. Raises ReadError.

    Words that no mark can stand in, such as those of front matter, are named in the outcome.
    """
    form = readers.format_of(path, data)
    if path.lower().endswith(".mdx"):
        raise ReadError("MDX has no marks for comments: annotate the article in another format", path)
    style = _STYLES[form]
    given = readers.read(data, path, encoding, form)
    source = style.ours.sub(r"\g<words>", given.source)

    def read(text: str) -> Document:
        return readers.read(text.encode(), path, "utf-8", form)

    document = read(source)
    asked = wanted(lint(document), resolve_waived)

    def fits(chosen: Sequence[Wanted]) -> bool:
        return read(_written(document, chosen, style)).text == document.text

    words = [one for one in asked if one.start < one.end]
    fit = words if fits(words) else [one for one in words if fits([one])]
    done = _written(document, fit, style)
    if read(done).text != document.text:
        raise ReadError("its words would not stay as they are, so it was left alone", path)
    before, after = _said(given.source, style), _said(done, style)
    new = output.encoded(done, data, given, form)
    left = tuple(one for one in asked if one not in fit)
    return Annotated(new, len(fit), len(after - before), len(before - after), _places(document, left))


def _places(document: Document, left: Sequence[Wanted]) -> tuple[str, ...]:
    """Name what could not be marked: its line and column in the file, and the rule."""
    found = []
    for one in left:
        line, column = document.origin.position(document.place(one.start, one.end).start)
        found.append(f"{line}:{column}: {one.lines[-1].rpartition(' ')[2]}")
    return tuple(found)


def _said(source: str, style: _Style) -> set[str]:
    return {said for found in style.ours.finditer(source) for said in style.comments(found["said"])}


def _written(document: Document, asked: Sequence[Wanted], style: _Style) -> str:
    parts: list[str] = []
    at = 0
    for stretch in _stretches(document, asked):
        words = document.source[stretch.start : stretch.end]
        parts += [document.source[at : stretch.start], style.write(words, stretch)]
        at = stretch.end
    return "".join([*parts, document.source[at:]])


def _stretches(document: Document, asked: Sequence[Wanted]) -> list[_Stretch]:
    """Cut the marked words so that no two stretches overlap and no markup stands in one."""
    spans: list[tuple[int, int, str, bool]] = []
    for one in asked:
        parts = _joined(document, one)
        spans += [(*part, " ".join(one.lines), part == parts[-1]) for part in parts]
    edges = sorted({edge for span in spans for edge in span[:2]})
    found = []
    for start, end in pairwise(edges):
        here = [span for span in spans if span[0] <= start and end <= span[1]]
        said = tuple(dict.fromkeys(words for _, _, words, _ in here))
        ends = tuple(words for _, stop, words, last in here if last and stop == end)
        if here:
            found.append(_Stretch(start, end, said, ends))
    return found


def _joined(document: Document, one: Wanted) -> list[tuple[int, int]]:
    """Return the parts of the source that the words of a comment were read from, neighbours as one."""
    assert document.offsets is not None
    parts: list[tuple[int, int]] = []
    for start, end in document.offsets.within(one.start, one.end):
        if parts and parts[-1][1] == start:
            parts[-1] = parts[-1][0], end
        else:
            parts.append((start, end))
    return parts


# -- the two ways of writing -------------------------------------------------------------------------------------------

_CRITIC = re.compile(
    rf"\{{==(?P<words>(?:(?!\{{==|==\}}).)*)==\}}(?P<said>(?:\{{>>@{AUTHOR} (?:(?!<<\}}).)*<<\}})+)", re.DOTALL
)
_CRITIC_COMMENT = re.compile(rf"\{{>>@{AUTHOR} (.*?)<<\}}", re.DOTALL)
_MARK = re.compile(rf'<mark class="{AUTHOR}" title="(?P<said>[^"]*)">(?P<words>(?:(?!</?mark\b).)*)</mark>', re.DOTALL)


def _as_critic(words: str, stretch: _Stretch) -> str:
    return f"{{=={words}==}}" + "".join(f"{{>>@{AUTHOR} {said}<<}}" for said in stretch.ends or (_MORE,))


def _critic_comments(said: str) -> list[str]:
    return [each for each in _CRITIC_COMMENT.findall(said) if each != _MORE]


def _as_mark(words: str, stretch: _Stretch) -> str:
    title = escape("\n".join(stretch.said)).replace("\n", "&#10;")
    return f'<mark class="{AUTHOR}" title="{title}">{words}</mark>'


def _titles(said: str) -> list[str]:
    return unescape(said).split("\n")


_STYLES = {
    "markdown": _Style(_as_critic, _CRITIC, _critic_comments),
    "html": _Style(_as_mark, _MARK, _titles),
}
