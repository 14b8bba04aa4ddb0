"""The words of one part of a Word file: every stretch with the run and the bytes it was read from."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from attrlint.readers import layout, xmlbytes
from attrlint.readers.xmlbytes import Attributes

PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
}
_SKIPPED = frozenset(
    "mc:Fallback w:pPrChange w:rPrChange w:tblPrChange w:trPrChange w:tcPrChange w:sectPr w:tblPr w:rt".split()
)
"""Elements that nothing is read from: older forms, and words that stand a second time beside what is read."""

_STORIES = ("w:body", "w:footnote", "w:endnote", "w:comment")
_INSERTED = ("w:ins", "w:moveTo")
_ATTRIBUTED = frozenset(
    "w:p w:pStyle w:outlineLvl w:vanish w:sym w:fldChar w:footnoteReference w:endnoteReference w:footnote w:endnote "
    "w:comment w:commentRangeStart w:commentRangeEnd w:commentReference".split()
)
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": " ", "w:cr": " ", "w:noBreakHyphen": "-", "w:softHyphen": ""}
_SOFT_HYPHEN = "\u00ad"
_OFF = ("0", "false", "off")


class Run:
    """A run: words of one formatting. All numbers are bytes of its part.

    `start` to `end` is the whole element, `inside` to `stop` its content behind the properties, which stand at
    `properties`. `holder` is the run that holds its text box or refers to its note; `inserted` is the first byte of the
    tracked insertion that it stands directly in, or -1.
    """

    __slots__ = ("end", "holder", "inserted", "inside", "part", "properties", "start", "stop")

    def __init__(self, part: str, start: int, inside: int, holder: Run | None, inserted: int) -> None:
        self.part, self.start, self.inside, self.holder, self.inserted = part, start, inside, holder, inserted
        self.stop = self.end = inside
        self.properties = (inside, inside)


class Leaf:
    """An element in a run that stands for words: `w:t`, or a sign such as a tab.

    `start` to `end` is the whole element; `inside` to `stop` are its words, nothing for a sign. All are bytes.
    """

    __slots__ = ("end", "inside", "run", "start", "stop")

    def __init__(self, run: Run, start: int, inside: int) -> None:
        self.run, self.start, self.inside = run, start, inside
        self.stop = self.end = inside


class Place(NamedTuple):
    """A stretch of text, and the bytes of its part that it was read from."""

    text: str
    start: int
    end: int
    leaf: Leaf


class Paragraph(layout.Paragraph[Place]):
    """A paragraph as it reads when every tracked change is accepted."""

    __slots__ = ("joined", "style", "table")

    def __init__(self, table: bool) -> None:
        super().__init__()
        self.style = ""
        self.table = table
        self.joined = False
        """Whether its end is deleted: then it goes on in the next one."""


class Mark(NamedTuple):
    """Where a comment begins ("w:commentRangeStart"), ends ("w:commentRangeEnd") or is referred to.

    `start` and `end` are the bytes of what marks it: of a reference the whole run, where there is nothing else in it.
    The place in the text is `offset` code points into `paragraph`; outside of all paragraphs that is None, and `offset`
    the number of paragraphs of its story before it.
    """

    name: str
    ident: str
    start: int
    end: int
    paragraph: Paragraph | None
    offset: int


class Story:
    """The body, a note or a comment: its attributes, its first byte and the byte after it, its paragraphs.

    `idents` are what Word calls the paragraphs by, empty where it has no name for one.
    """

    __slots__ = ("attributes", "end", "idents", "name", "paragraphs", "start")

    def __init__(self, name: str, attributes: Attributes, start: int) -> None:
        self.name, self.attributes, self.start = name, attributes, start
        self.end = start
        self.paragraphs: list[layout.Paragraph[Place]] = []
        self.idents: list[str] = []

    @property
    def ident(self) -> str:
        """The id of a note or a comment."""
        return self.attributes.get("w:id", "")


Notes = dict[tuple[str, str], Run]


class Walker:
    """Reads one part: call `walk`, then look at `stories`, `marks` and `notes`.

    `notes` are the runs that refer to notes, by the kind and the id of the note; `holders` those that refer to notes
    of this part.
    """

    def __init__(self, data: bytes, path: str, part: str, holders: Notes | None = None) -> None:
        self.stories: list[Story] = []
        self.marks: list[Mark] = []
        self.notes: Notes = {}
        self._data, self._path, self._part = data, path, part
        self._names: list[str] = []
        self._ats: list[int] = []
        self._skipped = self._cells = 0
        self._hidden: list[int] = []
        self._fields: list[bool] = []
        self._codes = 0
        self._paragraphs: list[Paragraph] = []
        self._pending: Paragraph | None = None
        self._runs: list[Run] = []
        self._notes = holders or {}
        self._holders: list[Run | None] = [None]
        self._leaf: Leaf | None = None
        self._starts: dict[str, Callable[[Attributes, int], None]] = {
            "w:p": self._start_paragraph,
            "w:pStyle": self._style,
            "w:numPr": self._listed,
            "w:outlineLvl": self._outlined,
            "w:r": self._start_run,
            "w:t": self._start_leaf,
            "w:sym": self._symbol,
            "w:del": self._deleted,
            "w:moveFrom": self._deleted,
            "w:cellDel": lambda _attributes, _at: self._hide("w:tc"),
            "w:vanish": self._vanish,
            "w:showingPlcHdr": lambda _attributes, _at: self._hide("w:sdt"),
            "w:fldChar": self._field,
            "w:footnoteReference": self._note,
            "w:endnoteReference": self._note,
            "w:tbl": lambda _attributes, _at: self._flush(),
            "w:tc": self._start_cell,
            "w:txbxContent": self._start_box,
            **dict.fromkeys(_STORIES, self._start_story),
            **dict.fromkeys(_SIGNS, self._sign),
        }
        self._ends: dict[str, Callable[[int], None]] = {
            "w:p": self._end_paragraph,
            "w:r": self._end_run,
            "w:rPr": self._end_properties,
            **dict.fromkeys(("w:t", "w:sym", *_SIGNS), self._end_leaf),
            "w:tc": self._end_cell,
            "w:txbxContent": self._end_box,
            "w:commentRangeStart": self._mark,
            "w:commentRangeEnd": self._mark,
            "w:commentReference": self._mark,
            **dict.fromkeys(_STORIES, self._end_story),
        }
        self._mark_ident = ""

    def walk(self) -> Walker:
        """Read the part. Raises ReadError for XML that is malformed or not in UTF-8, or has a DTD."""
        handlers = xmlbytes.Handlers(self._start, self._end, self._text, _ATTRIBUTED)
        xmlbytes.walk(self._data, PREFIXES, handlers, self._path, self._part)
        return self

    # -- the stream ----------------------------------------------------------------------------------------------------

    def _start(self, name: str, attributes: Attributes, at: int) -> None:
        if self._skipped or name in _SKIPPED:
            self._skipped += 1
            return
        self._names.append(name)
        self._ats.append(at)
        if name.startswith("w:comment"):
            self._mark_ident = attributes.get("w:id", "")
        begin = self._starts.get(name)
        if begin is not None:
            begin(attributes, at)

    def _end(self, name: str, at: int) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        finish = self._ends.get(name)
        if finish is not None:
            finish(at)
        self._names.pop()
        self._ats.pop()
        while self._hidden and self._hidden[-1] >= len(self._names):
            self._hidden.pop()

    def _text(self, words: str, start: int, end: int) -> None:
        if self._leaf is None:
            return
        if words in ("\n", "\r"):
            words = " "
        for index, part in enumerate(words.split(_SOFT_HYPHEN)):
            at = start + len(_SOFT_HYPHEN.encode()) * bool(index)
            start = end if len(words) == 1 else at + len(part.encode())
            self._add(part, at, start, self._leaf)

    def _parent(self, levels: int = 1) -> str:
        return self._names[-1 - levels] if len(self._names) > levels else ""

    def _whole(self, at: int) -> int:
        return xmlbytes.element_end(self._data, self._ats[-1], at)

    # -- what is hidden ------------------------------------------------------------------------------------------------

    def _hide(self, name: str) -> None:
        """Hide what is left of the innermost element of a name."""
        for depth in range(len(self._names) - 1, -1, -1):
            if self._names[depth] == name:
                self._hidden.append(depth)
                return

    def _deleted(self, _attributes: Attributes, _at: int) -> None:
        parent = self._parent()
        if parent == "w:trPr":
            self._hide("w:tr")
        elif parent != "w:rPr":
            self._hide(self._names[-1])
        elif self._parent(2) == "w:pPr" and self._paragraphs:
            self._paragraphs[-1].joined = True

    def _vanish(self, attributes: Attributes, _at: int) -> None:
        if self._parent(2) == "w:r" and attributes.get("w:val") not in _OFF:
            self._hide("w:r")

    def _field(self, attributes: Attributes, _at: int) -> None:
        """Follow a field: from its beginning to its separator stands its code, and then what is shown."""
        kind = attributes.get("w:fldCharType")
        if kind == "begin":
            self._fields.append(False)
            self._codes += 1
        elif self._fields and kind in ("separate", "end"):
            self._codes -= not self._fields.pop()
            if kind == "separate":
                self._fields.append(True)

    @property
    def _shown(self) -> bool:
        return not self._hidden and not self._codes

    # -- stories and paragraphs ----------------------------------------------------------------------------------------

    def _start_story(self, attributes: Attributes, at: int) -> None:
        story = Story(self._names[-1], attributes, at)
        self.stories.append(story)
        self._holders = [self._notes.get((story.name, story.ident))]

    def _end_story(self, at: int) -> None:
        self._flush()
        self.stories[-1].end = self._whole(at)

    def _start_cell(self, _attributes: Attributes, _at: int) -> None:
        self._cells += 1

    def _end_cell(self, _at: int) -> None:
        self._flush()
        self._cells -= 1

    def _start_box(self, _attributes: Attributes, _at: int) -> None:
        self._holders.append(self._runs[-1] if self._runs else None)

    def _end_box(self, _at: int) -> None:
        self._flush()
        if len(self._holders) > 1:  # a body inside a box began anew
            self._holders.pop()

    def _start_paragraph(self, attributes: Attributes, at: int) -> None:
        paragraph = self._pending or Paragraph(self._cells > 0)
        self._pending = None
        paragraph.style = paragraph.kind = ""
        paragraph.joined = False
        if not self.stories:
            self.stories.append(Story("", {}, at))
        self.stories[-1].idents.append(attributes.get("w14:paraId", ""))
        self._paragraphs.append(paragraph)

    def _end_paragraph(self, _at: int) -> None:
        paragraph = self._paragraphs.pop()
        if paragraph.joined:
            self._pending = paragraph
        else:
            self._close(paragraph)

    def _flush(self) -> None:
        if self._pending is not None:
            self._close(self._pending)
            self._pending = None

    def _close(self, paragraph: Paragraph) -> None:
        """Put a paragraph behind those before it; what stands in its text boxes follows it."""
        outer = self._paragraphs[-1].nested if self._paragraphs else self.stories[-1].paragraphs
        outer.append(paragraph)
        outer += paragraph.nested
        paragraph.nested = []

    def _style(self, attributes: Attributes, _at: int) -> None:
        if self._parent() == "w:pPr" and self._paragraphs:
            self._paragraphs[-1].style = attributes.get("w:val", "")

    def _listed(self, _attributes: Attributes, _at: int) -> None:
        if self._parent() == "w:pPr" and self._paragraphs:
            self._paragraphs[-1].kind = self._paragraphs[-1].kind or "list"

    def _outlined(self, attributes: Attributes, _at: int) -> None:
        if self._parent() == "w:pPr" and self._paragraphs and attributes.get("w:val", "9") != "9":
            self._paragraphs[-1].kind = "heading"

    # -- runs and their words ------------------------------------------------------------------------------------------

    def _start_run(self, _attributes: Attributes, at: int) -> None:
        inserted = self._ats[-2] if self._parent() in _INSERTED else -1
        self._runs.append(Run(self._part, at, xmlbytes.tag_end(self._data, at), self._holders[-1], inserted))

    def _end_run(self, at: int) -> None:
        run = self._runs.pop()
        run.stop, run.end = at, self._whole(at)
        for index, mark in enumerate(self.marks[-1:], len(self.marks) - 1):
            if (mark.start, mark.end) == (run.inside, run.stop):
                self.marks[index] = mark._replace(start=run.start, end=run.end)

    def _end_properties(self, at: int) -> None:
        if self._parent() == "w:r":
            run = self._runs[-1]
            run.properties = self._ats[-1], self._whole(at)
            run.inside = run.properties[1]

    def _start_leaf(self, _attributes: Attributes, at: int) -> None:
        if self._parent() == "w:r":
            self._leaf = Leaf(self._runs[-1], at, xmlbytes.tag_end(self._data, at))

    def _end_leaf(self, at: int) -> None:
        if self._leaf is not None:
            self._leaf.stop, self._leaf.end = at, self._whole(at)
            self._leaf = None

    def _sign(self, _attributes: Attributes, at: int) -> None:
        if self._parent() == "w:r":
            self._add_sign(_SIGNS[self._names[-1]], at)

    def _symbol(self, attributes: Attributes, at: int) -> None:
        if self._parent() == "w:r":
            self._add_sign(_character(attributes.get("w:char", "")), at)

    def _add_sign(self, words: str, at: int) -> None:
        self._leaf = Leaf(self._runs[-1], at, xmlbytes.tag_end(self._data, at))
        self._add(words, at, self._leaf.inside, self._leaf)

    def _add(self, words: str, start: int, end: int, leaf: Leaf) -> None:
        if words and self._paragraphs and self._shown:
            self._paragraphs[-1].add(Place(words, start, end, leaf))

    # -- notes and comments --------------------------------------------------------------------------------------------

    def _note(self, attributes: Attributes, _at: int) -> None:
        if self._shown and self._runs:
            note = self._names[-1].removesuffix("Reference"), attributes.get("w:id", "")
            self.notes.setdefault(note, self._runs[-1])

    def _mark(self, at: int) -> None:
        paragraph = self._paragraphs[-1] if self._paragraphs else None
        before = len(self.stories[-1].paragraphs) if self.stories else 0
        offset = before if paragraph is None else paragraph.length
        place = self._ats[-1], self._whole(at)
        self.marks.append(Mark(self._names[-1], self._mark_ident, *place, paragraph, offset))


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
