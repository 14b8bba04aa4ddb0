"""OpenDocument texts: the article as it stands after every tracked change, and the bytes behind each of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from attrlint.errors import ReadError
from attrlint.readers import styles, xmlbytes
from attrlint.readers.layout import Laid, Paragraph
from attrlint.readers.package import OPENDOCUMENT_TEXT, Package
from attrlint.readers.xmlbytes import Attributes
from attrlint.text import Comment, Document

CONTENT = "content.xml"
_STYLES = "styles.xml"
_MANIFEST = "META-INF/manifest.xml"
_SOFT_HYPHEN = "\u00ad"
_PREFIXES = {
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0": name
    for name in ("office", "text", "table", "draw", "style", "manifest", "svg-compatible")
} | {
    "http://purl.org/dc/elements/1.1/": "dc",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
}
_SKIPPED = frozenset(
    "text:tracked-changes text:note-citation text:ruby-text text:sequence-decls text:variable-decls office:forms "
    "svg-compatible:title svg-compatible:desc text:placeholder".split()
)
"""Elements that nothing is read from: what was deleted, and words that stand beside the text."""

_PARAGRAPHS = ("text:p", "text:h")
_BLOCKS = ("text:list", "table:table")
_MOST_SPACES = 1000
_WORDS_AND_SPACE = re.compile("\u00ad|[ \t\r\n]+|[^ \t\r\n\u00ad]+(?: [^ \t\r\n\u00ad]+)*")
"""A soft hyphen; white space, all of which is read as one space; words with a single space between each."""


class Place(NamedTuple):
    """A stretch of text, and the bytes of content.xml that it was read from."""

    text: str
    start: int
    end: int


class Remark(NamedTuple):
    """A comment of the file: who made it, its words, the text it stands at, whether it is marked as resolved.

    `marks` are the first byte of each element that makes it and the byte after it: the one with the words, and the end
    of its range where it has one.
    """

    author: str
    text: str
    start: int
    end: int
    resolved: bool
    marks: tuple[tuple[int, int], ...]


class Reading(NamedTuple):
    """An OpenDocument text that was read: its text, where every stretch of it is kept, and its comments.

    `starts` are the code points at which the `places` begin; `content` is the part that has them.
    """

    document: Document
    starts: list[int]
    places: list[Place]
    remarks: tuple[Remark, ...]
    package: Package
    content: bytes


def read(data: bytes, path: str, encoding: str | None = None) -> Document:  # noqa: ARG001 - every reader has one
    """Read an OpenDocument text: its body, tables, text boxes and notes, one paragraph a block, and its comments.

    `encoding` is of no use here. Raises ReadError, with a remedy, for a file that is damaged, locked, too large or none
    of OpenDocument's.
    """
    return parse(data, path).document


def parse(data: bytes, path: str) -> Reading:
    """Read an OpenDocument text and remember where every stretch of it is kept. Raises ReadError as `read` does."""
    package = Package(data, path)
    if CONTENT not in package or "mimetype" not in package:
        raise ReadError(f"this is {package.kind() or 'no OpenDocument text, or a damaged one: save it again'}", path)
    if not package.part("mimetype").startswith(OPENDOCUMENT_TEXT):
        raise ReadError(f"this is {package.kind() or 'no OpenDocument text'}", path)
    _refuse_locked(package)
    content = xmlbytes.plain(package.part(CONTENT))
    kinds = _Styles()
    if _STYLES in package:
        xmlbytes.walk(package.part(_STYLES), _PREFIXES, xmlbytes.Handlers(kinds.start), path, _STYLES)
    walker = _Walker(content, kinds)
    handlers = xmlbytes.Handlers(walker.start, walker.end, walker.text)
    xmlbytes.walk(content, _PREFIXES, handlers, path, CONTENT)
    laid = Laid(walker.every, lambda paragraph: paragraph.kind)
    remarks = tuple(_remarks(walker.notes, laid))
    comments = tuple(Comment(one.text, one.start, one.end) for one in remarks)
    document = Document(laid.text, path, laid.blocks, comments)
    return Reading(document, laid.starts, laid.places, remarks, package, content)


def _refuse_locked(package: Package) -> None:
    locked = False

    def start(name: str, _attributes: Attributes, _at: int) -> None:
        nonlocal locked
        locked = locked or name == "manifest:encryption-data"

    if _MANIFEST in package:
        xmlbytes.walk(package.part(_MANIFEST), _PREFIXES, xmlbytes.Handlers(start), package.path, _MANIFEST)
    if locked:
        raise ReadError("it is protected by a password: save it without one", package.path)


class _Styles:
    """The kinds of block that the styles of a file stand for, by their names."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._parents: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes, _at: int) -> None:
        """Take in a style where a start tag defines one."""
        if name == "style:style" and attributes.get("style:family") == "paragraph":
            own = attributes.get("style:name", "")
            self._kinds[own] = styles.kind(attributes.get("style:display-name", own))
            self._parents[own] = attributes.get("style:parent-style-name", "")

    def kind(self, name: str) -> str:
        """Return the kind of a style; empty where it tells nothing."""
        return styles.inherited(name, self._parents, self._kinds)


class _Note:
    """A comment that is being read: where it stands, and what it says so far."""

    __slots__ = ("author", "lines", "marks", "name", "places", "resolved")

    def __init__(self, attributes: Attributes, start: int, place: tuple[Paragraph[Place] | None, int]) -> None:
        self.name = attributes.get("office:name", "")
        self.resolved = attributes.get("loext:resolved") == "true"
        self.author = ""
        self.lines: list[str] = []
        self.marks = [(start, start)]
        self.places = [place]


class _Walker:
    def __init__(self, data: bytes, kinds: _Styles) -> None:
        self.paragraphs: list[Paragraph[Place]] = []
        self.notes: list[_Note] = []
        self._footnotes: list[Paragraph[Place]] = []
        self._data, self._kinds = data, kinds
        self._names: list[str] = []
        self._ats: list[int] = []
        self._skipped = 0
        self._open: list[Paragraph[Place]] = []
        self._note: _Note | None = None
        self._named: dict[str, _Note] = {}
        self._inside = dict.fromkeys((*_BLOCKS, "text:note-body"), 0)

    @property
    def every(self) -> list[Paragraph[Place]]:
        """All paragraphs in the order of reading: those of the notes come last."""
        return self.paragraphs + self._footnotes

    def start(self, name: str, attributes: Attributes, at: int) -> None:
        if self._skipped or name in _SKIPPED or attributes.get("text:display") == "none":
            self._skipped += 1
            return
        self._names.append(name)
        self._ats.append(at)
        if self._note is not None:
            self._start_in_comment(name)
        elif name in self._inside:
            self._inside[name] += 1
        elif name in _PARAGRAPHS:
            self._open.append(Paragraph(self._kind(name, attributes)))
        elif name == "style:style":
            self._kinds.start(name, attributes, at)
        elif name == "office:annotation":
            self._note = _Note(attributes, at, self._here())
            self.notes.append(self._note)
            self._named[self._note.name] = self._note
        elif name == "office:annotation-end":
            self._end_of_range(attributes.get("office:name", ""), at)
        else:
            self._sign(name, attributes, at)

    def end(self, name: str, at: int) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        self._names.pop()
        start = self._ats.pop()
        if self._note is not None:
            if name == "office:annotation":
                self._note.marks[0] = start, xmlbytes.element_end(self._data, start, at)
                self._note = None
        elif name in self._inside:
            self._inside[name] -= 1
        elif name in _PARAGRAPHS:
            self._close(self._open.pop())

    def text(self, words: str, start: int, end: int) -> None:
        if self._skipped:
            return
        if self._note is not None:
            self._say(words)
        elif self._open and len(words) == 1:
            self._add(words, start, end)
        elif self._open:
            for found in _WORDS_AND_SPACE.finditer(words):
                end = start + len(found[0].encode())
                self._add(found[0], start, end)
                start = end

    # -- words ---------------------------------------------------------------------------------------------------------

    def _add(self, words: str, start: int, end: int) -> None:
        """Add words, or white space, which is read as one space, and as none where another stands before it."""
        paragraph = self._open[-1]
        if words[0] in " \t\r\n":
            if paragraph.places and paragraph.places[-1].text != " ":
                paragraph.add(Place(" ", start, end))
        elif words != _SOFT_HYPHEN:
            paragraph.add(Place(words, start, end))

    def _sign(self, name: str, attributes: Attributes, at: int) -> None:
        if not self._open:
            return
        words = {"text:tab": "\t", "text:line-break": " "}.get(name, "")
        if name == "text:s":
            count = attributes.get("text:c", "1")
            words = " " * min(_MOST_SPACES, int(count) if count.isdecimal() else 1)
        if words:
            self._open[-1].add(Place(words, at, xmlbytes.tag_end(self._data, at)))

    # -- paragraphs ----------------------------------------------------------------------------------------------------

    def _kind(self, name: str, attributes: Attributes) -> str:
        kind = self._kinds.kind(attributes.get("text:style-name", ""))
        if kind == styles.CODE:
            return kind
        if self._inside["table:table"]:
            return "table"
        return kind or ("heading" if name == "text:h" else "list" if self._inside["text:list"] else "paragraph")

    def _close(self, paragraph: Paragraph[Place]) -> None:
        """Put a paragraph behind those before it; what stands in its text boxes follows it, its notes come last."""
        if self._inside["text:note-body"]:
            outer = self._footnotes
        else:
            outer = self._open[-1].nested if self._open else self.paragraphs
        outer.append(paragraph)
        outer += paragraph.nested

    # -- comments ------------------------------------------------------------------------------------------------------

    def _here(self) -> tuple[Paragraph[Place] | None, int]:
        return (self._open[-1], self._open[-1].length) if self._open else (None, len(self.paragraphs))

    def _start_in_comment(self, name: str) -> None:
        assert self._note is not None
        if name in _PARAGRAPHS:
            self._note.lines.append("")
        elif name in ("text:s", "text:tab", "text:line-break"):
            self._say(" ")

    def _say(self, words: str) -> None:
        assert self._note is not None
        if "dc:creator" in self._names[-1:]:
            self._note.author += words
        elif self._note.lines and "dc:date" not in self._names[-1:]:
            self._note.lines[-1] += words

    def _end_of_range(self, name: str, at: int) -> None:
        note = self._named.pop(name, None)
        if note is not None:
            note.marks.append((at, xmlbytes.tag_end(self._data, at)))
            note.places.append(self._here())


def _remarks(notes: Iterable[_Note], laid: Laid[Place]) -> Iterable[Remark]:
    def offset(place: tuple[Paragraph[Place] | None, int]) -> int:
        paragraph, number = place
        return laid.after(number, True) if paragraph is None else laid.offset(paragraph, number)

    for note in notes:
        start, end = offset(note.places[0]), offset(note.places[-1])
        text = "\n".join(note.lines)
        yield Remark(note.author, text, start, max(start, end), note.resolved, tuple(note.marks))
