"""Findings as comments in an OpenDocument text: a comment stands between words, so nothing is cut or moved."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from itertools import count

from attrlint.annotate import AUTHOR, Annotated, Wanted, wanted
from attrlint.annotate.splice import Edit, escaped, spliced
from attrlint.errors import ReadError
from attrlint.finding import Lint
from attrlint.readers import odt
from attrlint.readers.odt import Reading, Remark

_SPACES = (
    b' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    b' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    b' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    b' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def annotate(data: bytes, path: str, lint: Lint, resolve_waived: bool, _encoding: str | None) -> Annotated:
    """Write the findings of an OpenDocument text as comments on exactly their words. Raises ReadError."""
    reading = odt.parse(data, path)
    # A file without a word has no place for a comment.
    asked = wanted(lint(reading.document), resolve_waived) if reading.places else []
    new = {(one.start, one.end, "\n".join(one.lines), one.resolved): one for one in asked}
    stale: list[Remark] = []
    kept = 0
    for remark in reading.remarks:
        if remark.author == AUTHOR:
            # One that the reporter has marked as resolved stays so.
            keys = [(remark.start, remark.end, remark.text, resolved) for resolved in {remark.resolved, False}]
            same = next((key for key in keys if key in new), None)
            if same:
                del new[same]
                kept += 1
            else:
                stale.append(remark)
    if not (new or stale):
        return Annotated(data, kept, 0, 0)
    edits = [Edit(*mark, b"") for remark in stale for mark in remark.marks]
    edits += _edits(new.values(), reading)
    changed = reading.package.changed({odt.CONTENT: spliced(reading.content, edits)})
    if odt.parse(changed, path).document.text != reading.document.text:
        raise ReadError("its words would not stay as they are, so it was left alone", path)
    return Annotated(changed, kept + len(new), len(new), len(stale))


def _edits(new: Iterable[Wanted], reading: Reading) -> Iterator[Edit]:
    """Give the edits for comments, those that end at a byte before those that begin there."""
    when = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    names = (f"attrlint-{number}".encode() for number in count(1))
    free = (name for name in names if b'"%b"' % name not in reading.content)
    named = [(one, next(free)) for one in new]
    for one, name in named:
        if one.start == one.end:
            continue
        at = _byte(reading, one.end - 1, 1)
        yield Edit(at, at, b'<office:annotation-end%b office:name="%b"/>' % (_SPACES, name))
    for one, name in named:
        at = _byte(reading, one.start, 0)
        yield Edit(at, at, _comment(one, name, when))


def _byte(reading: Reading, offset: int, behind: int) -> int:
    """Return the byte before a character of the text, or `behind` it."""
    index = bisect_right(reading.starts, offset) - 1
    place, inside = reading.places[index], offset - reading.starts[index] + behind
    return place.end if inside >= len(place.text) else place.start + len(place.text[:inside].encode())


def _comment(one: Wanted, name: bytes, when: str) -> bytes:
    resolved = b' loext:resolved="true"' if one.resolved else b""
    paragraphs = b"".join(b"<text:p>%b</text:p>" % escaped(line) for line in one.lines)
    head = b"<dc:creator>%b</dc:creator><dc:date>%b</dc:date>" % (AUTHOR.encode(), when.encode())
    return b'<office:annotation%b office:name="%b"%b>%b%b</office:annotation>' % (
        _SPACES,
        name,
        resolved,
        head,
        paragraphs,
    )
