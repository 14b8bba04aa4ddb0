"""Word files: the article as it reads when every tracked change is accepted, and the bytes behind each of its words."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from attrlint.errors import ReadError
from attrlint.readers import layout, styles, xmlbytes
from attrlint.readers.layout import Laid
from attrlint.readers.package import Package
from attrlint.readers.story import PREFIXES, Mark, Paragraph, Place, Story, Walker
from attrlint.readers.xmlbytes import Attributes
from attrlint.text import Comment, Document

_MAIN = "word/document.xml"
_TYPE = "/officeDocument"


class Remark(NamedTuple):
    """A comment of the file: what it says, what it stands at, and where its words are kept.

    `start` and `end` are code points of the text; `story` holds its author, its bytes and its paragraphs. `marks` are
    the places in the text that belong to it, each with the part it is in.
    """

    ident: str
    text: str
    start: int
    end: int
    story: Story
    marks: tuple[tuple[str, Mark], ...]


class Reading(NamedTuple):
    """A Word file that was read: its text, where every stretch of it is kept, and its comments.

    `starts` are the code points at which the `places` begin; `parts` are the bytes of the parts that have text, by
    name; `related` are the names of the parts that the main one is bound to, by the last word of their type.
    """

    document: Document
    starts: list[int]
    places: list[Place]
    remarks: tuple[Remark, ...]
    package: Package
    main: str
    parts: dict[str, bytes]
    related: dict[str, str]
    kinds: Kinds


def read(data: bytes, path: str, encoding: str | None = None) -> Document:  # noqa: ARG001 - every reader has one
    """Read a Word file: its body, tables, text boxes and notes, one paragraph a block, and its comments.

    `encoding` is of no use here. Raises ReadError, with a remedy, for a file that is damaged, locked, too large or none
    of Word's.
    """
    return parse(data, path).document


def parse(data: bytes, path: str, kinds: Kinds | None = None) -> Reading:
    """Read a Word file and remember where every stretch of its text is kept. Raises ReadError as `read` does.

    `kinds` are those of an earlier reading, where the styles are known to be the same.
    """
    package = Package(data, path)
    main = _related(package, "").get("officeDocument", _MAIN)
    if main not in package:
        raise ReadError(
            f"this is {package.kind() or 'no Word file, or a damaged one: open it and save it again'}", path
        )
    related = _related(package, main)
    parts = {main: xmlbytes.plain(package.part(main))}
    body = Walker(parts[main], path, main).walk()
    walked, stories = {main: body}, list(body.stories)
    for kind, name in (("w:footnote", "footnotes"), ("w:endnote", "endnotes")):
        wanted = [ident for note, ident in body.notes if note == kind]
        if wanted and name in related and related[name] in package:
            part = related[name]
            parts[part] = xmlbytes.plain(package.part(part))
            walked[part] = Walker(parts[part], path, part, body.notes).walk()
            notes = {story.ident: story for story in walked[part].stories}
            stories += [notes[ident] for ident in wanted if ident in notes]
    comments: list[Story] = []
    if "comments" in related and related["comments"] in package:
        part = related["comments"]
        parts[part] = xmlbytes.plain(package.part(part))
        comments = Walker(parts[part], path, part).walk().stories
    kinds = kinds or _kinds(package, related)
    laid = Laid([each for story in stories for each in story.paragraphs], kinds.of)
    remarks = tuple(_remarks(comments, walked, laid))
    document = Document(laid.text, path, laid.blocks, tuple(Comment(one.text, one.start, one.end) for one in remarks))
    return Reading(document, laid.starts, laid.places, remarks, package, main, parts, related, kinds)


def _remarks(comments: Iterable[Story], walked: dict[str, Walker], laid: Laid[Place]) -> Iterator[Remark]:
    """Give the comments in the order of their part, with the words that they are anchored to."""
    marks: dict[str, list[tuple[str, Mark]]] = {}
    for part, walker in walked.items():
        for mark in walker.marks:
            marks.setdefault(mark.ident, []).append((part, mark))
    for story in comments:
        theirs = marks.get(story.ident, [])
        places = {mark.name: _offset(mark, laid) for _, mark in theirs}
        point = places.get("w:commentReference", 0)
        start, end = places.get("w:commentRangeStart", point), places.get("w:commentRangeEnd", point)
        text = "\n".join(paragraph.text for paragraph in story.paragraphs)
        yield Remark(story.ident, text, start, max(start, end), story, tuple(theirs))


def _offset(mark: Mark, laid: Laid[Place]) -> int:
    if mark.paragraph is not None:
        return laid.offset(mark.paragraph, mark.offset)
    return laid.after(mark.offset, mark.name == "w:commentRangeStart")


# -- other parts of the file -------------------------------------------------------------------------------------------


def rels_of(part: str) -> str:
    """Return the name of the part that says what a part is bound to."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _related(package: Package, part: str) -> dict[str, str]:
    """Return the parts that a part is bound to, by the last word of the type; the whole file is ""."""
    found: dict[str, str] = {}
    rels = rels_of(part)

    def start(name: str, attributes: Attributes, _at: int) -> None:
        if name == "r:Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.join("/", posixpath.dirname(part), attributes.get("Target", ""))
            found.setdefault(kind, posixpath.normpath(target).lstrip("/"))

    if rels in package:
        prefixes = {"http://schemas.openxmlformats.org/package/2006/relationships": "r"}
        xmlbytes.walk(package.part(rels), prefixes, xmlbytes.Handlers(start), package.path, rels)
    return found


class Kinds(NamedTuple):
    """The kinds of block that the styles of a file stand for, by their ids."""

    kinds: dict[str, str]
    parents: dict[str, str]

    def of(self, paragraph: layout.Paragraph[Place]) -> str:
        """Return the kind of a paragraph: a cell of a table is one whatever its style, others by style or form."""
        assert isinstance(paragraph, Paragraph)
        kind = styles.inherited(paragraph.style, self.parents, self.kinds)
        if kind == styles.CODE or not paragraph.table:
            return kind or paragraph.kind or "paragraph"
        return "table"


def _kinds(package: Package, related: dict[str, str]) -> Kinds:
    kinds: dict[str, str] = {}
    parents: dict[str, str] = {}
    current = ""

    def start(name: str, attributes: Attributes, _at: int) -> None:
        nonlocal current
        value = attributes.get("w:val", "")
        if name == "w:style":
            current = attributes.get("w:styleId", "")
        elif name == "w:name" and current:
            kinds[current] = styles.kind(value)
        elif name == "w:basedOn":
            parents[current] = value
        elif name == "w:outlineLvl" and value != "9":
            kinds[current] = kinds.get(current) or "heading"

    name = related.get("styles", "")
    if name and name in package:
        handlers = xmlbytes.Handlers(start, attributed=("w:style", "w:name", "w:basedOn", "w:outlineLvl"))
        xmlbytes.walk(package.part(name), PREFIXES, handlers, package.path, name)
    return Kinds(kinds, parents)
