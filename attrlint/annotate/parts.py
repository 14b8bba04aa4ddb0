"""The parts of a Word file that keep comments: their words, their state, and how the file knows of them."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from attrlint.annotate import AUTHOR, runs
from attrlint.annotate.splice import Edit, appended, spliced
from attrlint.readers import xmlbytes
from attrlint.readers.docx import Reading, Remark, rels_of
from attrlint.readers.xmlbytes import Attributes

_TYPES = "[Content_Types].xml"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_BOUND = {
    "comments": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    "commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
}
_BOUND_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_MARKED = re.compile(rb":comment(?:RangeStart|RangeEnd|Reference)\b[^>]*?:id=[\"'](\d+)")
_STATES = ("commentsExtended", "commentsIds", "commentsExtensible")


class _Entry(NamedTuple):
    """One line of a part that keeps what is known about comments, its attributes by their bare names."""

    start: int
    end: int
    attributes: dict[str, str]


class Parts:
    """The comments of one file and what they are bound to; edits are gathered and made at once by `changed`."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._edits: dict[str, list[Edit]] = defaultdict(list)
        self._comments: list[bytes] = []
        self._resolved: list[str] = []
        self._names = {kind: name for kind, name in reading.related.items() if name in reading.package}
        self._data = {kind: reading.package.part(self._names[kind]) for kind in _STATES if kind in self._names}
        self._entries = {kind: list(self._read(kind)) for kind in self._data}
        states = self._entries.get("commentsExtended", [])
        self._states = {entry.attributes.get("paraId", ""): entry for entry in states}
        theirs = {self._last(one) for one in reading.remarks if one.story.attributes.get("w:author") != AUTHOR}
        self._answered = {
            entry.attributes.get("paraIdParent") for paragraph, entry in self._states.items() if paragraph in theirs
        }
        # Marks without a comment happen: an id of theirs would bring them back to life.
        idents = [one.ident.encode() for one in reading.remarks]
        idents += [ident for data in reading.parts.values() for ident in _MARKED.findall(data)]
        self._ident = max((int(ident) for ident in idents if ident.isdigit()), default=-1)
        self._paragraph = max((int(one, 16) for one in self._states if _is_hex(one)), default=0x10000000)

    def _read(self, kind: str) -> Iterator[_Entry]:
        found: list[_Entry] = []
        open_: list[tuple[int, dict[str, str]]] = []
        data, name = self._data[kind], self._names[kind]

        def start(_name: str, attributes: Attributes, at: int) -> None:
            open_.append((at, {key.rpartition(":")[2]: value for key, value in attributes.items()}))

        def end(_name: str, at: int) -> None:
            begun, attributes = open_.pop()
            if open_:
                found.append(_Entry(begun, xmlbytes.element_end(data, begun, at), attributes))

        xmlbytes.walk(data, {}, xmlbytes.Handlers(start, end), self._reading.package.path, name)
        return iter(found)

    # -- what is known about a comment ---------------------------------------------------------------------------------

    def _last(self, remark: Remark) -> str:
        """Return the id of the last paragraph of a comment, by which its state is kept."""
        paragraphs = remark.story.idents
        return paragraphs[-1] if paragraphs else ""

    def is_resolved(self, remark: Remark) -> bool:
        """Tell whether a comment is marked as resolved."""
        state = self._states.get(self._last(remark))
        return state is not None and state.attributes.get("done") in ("1", "true")

    def is_answered(self, remark: Remark) -> bool:
        """Tell whether somebody else has replied to a comment."""
        return bool(self._last(remark)) and self._last(remark) in self._answered

    # -- changes -------------------------------------------------------------------------------------------------------

    def edit(self, part: str, *edits: Edit) -> None:
        """Change bytes of a part."""
        self._edits[part] += edits

    def new_ident(self) -> str:
        """Return an id that no comment has."""
        self._ident += 1
        return str(self._ident)

    def new_paragraph(self) -> str:
        """Return an id that no paragraph of a comment has: eight hexadecimal digits."""
        self._paragraph = self._paragraph % 0x7FFFFFFE + 1
        return f"{self._paragraph:08X}"

    def add(self, comment: bytes, resolved: str) -> None:
        """Add the element of a comment; `resolved` is the id of its last paragraph, empty where it is to stay open."""
        self._comments.append(comment)
        if resolved:
            self._resolved.append(resolved)

    def forget(self, remark: Remark) -> None:
        """Take a comment away, with its marks in the text and its state."""
        for part, mark in remark.marks:
            self.edit(part, Edit(mark.start, mark.end, b""))
        self.edit(self._names["comments"], Edit(remark.story.start, remark.story.end, b""))
        gone = {ident for ident in remark.story.idents if ident}
        for kind in _STATES:
            for entry in self._entries.get(kind, []):
                keys = {entry.attributes.get("paraId"), entry.attributes.get("durableId")}
                if gone & keys:
                    gone |= {key for key in keys if key}
                    self.edit(self._names[kind], Edit(entry.start, entry.end, b""))

    def changed(self) -> dict[str, bytes]:
        """Return the parts that are other than before, by their names."""
        done = {name: spliced(self._bytes(name), edits) for name, edits in self._edits.items()}
        space = runs.namespace(self._reading.parts[self._reading.main])
        if self._comments:
            root = b'<w:comments xmlns:w="%b"/>' % space.encode()
            self._append(done, "comments", root, b"".join(self._comments))
        if self._resolved:
            root = b'<w15:commentsEx xmlns:w15="%b"/>' % _W15.encode()
            new = [
                b'<w15:commentEx xmlns:w15="%b" w15:paraId="%b" w15:done="1"/>' % (_W15.encode(), one.encode())
                for one in self._resolved
            ]
            self._append(done, "commentsExtended", root, b"".join(new))
        return done

    def _bytes(self, name: str) -> bytes:
        """Return the bytes of a part as they were read: places in them count."""
        return self._reading.parts[name] if name in self._reading.parts else self._reading.package.part(name)

    def _append(self, done: dict[str, bytes], kind: str, root: bytes, children: bytes) -> None:
        """Append to a part that keeps comments; where there is none, make it and let the file know."""
        if kind in self._names:
            name = self._names[kind]
            done[name] = appended(done.get(name, self._bytes(name)), children)
            return
        main = self._reading.main
        name = posixpath.join(posixpath.dirname(main), f"{kind}.xml")
        done[name] = appended(_HEAD + root, children)
        override = b'<Override xmlns="%b" PartName="/%b" ContentType="%b.%b+xml"/>' % (
            _TYPES_SPACE.encode(),
            name.encode(),
            _CONTENT.encode(),
            kind.encode(),
        )
        done[_TYPES] = appended(done.get(_TYPES) or self._bytes(_TYPES), override)
        strict = kind == "comments" and runs.namespace(self._reading.parts[main]) == runs.STRICT
        bound = b'<Relationship xmlns="%b" Id="attrlint-%b" Type="%b" Target="/%b"/>' % (
            _RELS_SPACE.encode(),
            kind.encode(),
            (_BOUND_STRICT if strict else _BOUND[kind]).encode(),
            name.encode(),
        )
        rels = rels_of(main)
        empty = _HEAD + b'<Relationships xmlns="%b"/>' % _RELS_SPACE.encode()
        before = done.get(rels) or (self._bytes(rels) if rels in self._reading.package else empty)
        done[rels] = appended(before, bound)


def _is_hex(text: str) -> bool:
    try:
        return int(text, 16) > 0
    except ValueError:
        return False
