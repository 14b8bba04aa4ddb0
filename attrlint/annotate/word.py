"""Findings as comments in a Word file: runs are cut at their words, and every other byte stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from typing import NamedTuple

from attrlint.annotate import AUTHOR, Annotated, Wanted, runs, wanted
from attrlint.annotate.parts import Parts
from attrlint.annotate.runs import Cut
from attrlint.annotate.splice import Edit, escaped
from attrlint.errors import ReadError
from attrlint.finding import Lint
from attrlint.readers import docx
from attrlint.readers.docx import Reading, Remark

_INITIALS = "AL"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def annotate(data: bytes, path: str, lint: Lint, resolve_waived: bool, _encoding: str | None) -> Annotated:
    """Write the findings of a Word file as comments on exactly their words. Raises ReadError."""
    reading = docx.parse(data, path)
    asked = wanted(lint(reading.document), resolve_waived)
    # A file without a word has no run that a comment could stand beside.
    asked = [_placed(one, reading) for one in asked if reading.places]
    plan = _plan(asked, reading, Parts(reading))
    if not (plan.new or plan.stale):
        return Annotated(data, len(plan.kept), 0, 0)
    parts = plan.parts
    for remark in plan.stale:
        parts.forget(remark)
    _write(plan.new, reading, parts)
    changed = reading.package.changed(parts.changed())
    if docx.parse(changed, path, reading.kinds).document.text != reading.document.text:
        raise ReadError("its words would not stay as they are, so it was left alone", path)
    return Annotated(changed, len(plan.kept) + len(plan.new), len(plan.new), len(plan.stale))


class _Plan(NamedTuple):
    """What is to be done: comments to write, to take away, to leave."""

    parts: Parts
    new: list[Wanted]
    stale: list[Remark]
    kept: list[Remark]


def _placed(one: Wanted, reading: Reading) -> Wanted:
    """Quote words of a text box or a note: a comment can only stand on the box as a whole, or on the note’s number.

    Word lets nobody comment inside of boxes, and LibreOffice does not open files with comments inside of notes.
    """
    if runs.holder(reading, one.start) is None:
        return one
    words = " ".join(reading.document.text[one.start : one.end].split())
    where = "text box" if runs.cut(reading, one.start, True).part == reading.main else "note"
    return one._replace(lines=(f"In the {where}, “{words}”:", *one.lines))


def _plan(asked: list[Wanted], reading: Reading, parts: Parts) -> _Plan:
    """Compare what is asked for with what an earlier run has left."""
    plan = _Plan(parts, [], [], [])
    open_ = {_key(one, reading): one for one in asked}
    for remark in reading.remarks:
        if remark.story.attributes.get("w:author") != AUTHOR:
            continue
        same = open_.get((remark.text, remark.start, remark.end)) or open_.get((remark.text, -1, -1))
        if same and same.resolved and not parts.is_resolved(remark):
            same = None
        if same:
            del open_[_key(same, reading)]
        (plan.kept if same or parts.is_answered(remark) else plan.stale).append(remark)
    plan.new.extend(open_.values())
    return plan


def _key(one: Wanted, reading: Reading) -> tuple[str, int, int]:
    text = "\n".join(one.lines)
    return (text, one.start, one.end) if runs.holder(reading, one.start) is None else (text, -1, -1)


class _Joint:
    """What is to stand at one cut: the ends of comments, then the beginnings of others."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        self.ends: list[bytes] = []
        self.starts: list[bytes] = []

    def edit(self) -> Edit:
        """Return the edit that makes the cut and puts everything there."""
        cut = self.cut
        return Edit(cut.at, cut.at, b"".join([cut.before, *self.ends, *self.starts, cut.after]))


def _write(new: Iterable[Wanted], reading: Reading, parts: Parts) -> None:
    joints: dict[tuple[str, int], _Joint] = {}
    when = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    for one in new:
        ident = parts.new_ident()
        first, last = runs.cut_outside(reading, one.start, True), runs.cut_outside(reading, one.end, False)
        start, end, point = _marks(reading.parts[first.part], ident)
        if one.start == one.end:
            joints.setdefault((first.part, first.at), _Joint(first)).starts.append(point)
        else:
            joints.setdefault((first.part, first.at), _Joint(first)).starts.append(start)
            joints.setdefault((last.part, last.at), _Joint(last)).ends.append(end + point)
        known = parts.new_paragraph() if one.resolved else ""
        parts.add(_comment(one, ident, when, known, runs.namespace(reading.parts[reading.main])), known)
    for (part, _), joint in joints.items():
        parts.edit(part, joint.edit())
    for part, edit in {(joint.cut.part, joint.cut.preserve) for joint in joints.values()}:
        if edit is not None:
            parts.edit(part, edit)


def _marks(data: bytes, ident: str) -> tuple[bytes, bytes, bytes]:
    """Return what begins the words of a comment, what ends them, and what refers to it: all that a point has."""
    space, number = runs.declared(data), ident.encode()
    style = b'<w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
    return (
        b'<w:commentRangeStart%b w:id="%b"/>' % (space, number),
        b'<w:commentRangeEnd%b w:id="%b"/>' % (space, number),
        b'<w:r%b>%b<w:commentReference w:id="%b"/></w:r>' % (space, style, number),
    )


def _comment(one: Wanted, ident: str, when: str, known: str, namespace: str) -> bytes:
    """Return the element of a comment; `known` is the id of its last paragraph, by which Word keeps its state."""
    paragraphs = [b'<w:p><w:r><w:t xml:space="preserve">%b</w:t></w:r></w:p>' % escaped(line) for line in one.lines]
    if known:
        paragraphs[-1] = paragraphs[-1].replace(
            b"<w:p>", b'<w:p xmlns:w14="%b" w14:paraId="%b">' % (_W14.encode(), known.encode()), 1
        )
    return b'<w:comment xmlns:w="%b" w:id="%b" w:author="%b" w:date="%b" w:initials="%b">%b</w:comment>' % (
        namespace.encode(),
        ident.encode(),
        AUTHOR.encode(),
        when.encode(),
        _INITIALS.encode(),
        b"".join(paragraphs),
    )
