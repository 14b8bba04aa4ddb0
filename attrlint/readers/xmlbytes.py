"""XML as a stream of tags and words, each with the place of its bytes; DTDs are refused, so no entity can grow."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from typing import NamedTuple
from xml.parsers import expat

from attrlint.errors import ReadError

_TAG = re.compile(rb"<[^\s/>]+(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_NAME = re.compile(rb"</?([^\s/>]+)")
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)

Attributes = Mapping[str, str]


class Handlers(NamedTuple):
    """What is called for each start tag, end tag and stretch of text.

    `start(name, attributes, at)` and `end(name, at)` get names with the short prefixes that were asked for; `at` is the
    tag's first byte (of an element without content: the byte after it). `text(words, start, end)` gets a stretch that
    the bytes from `start` to `end` stand for: in UTF-8, or one character as an entity or a line end. Where `attributed`
    names elements, others come without attributes, which is faster.
    """

    start: Callable[[str, Attributes, int], None]
    end: Callable[[str, int], None] | None = None
    text: Callable[[str, int, int], None] | None = None
    attributed: Container[str] | None = None


_NO_ATTRIBUTES: Attributes = {}


def plain(data: bytes) -> bytes:
    """Return XML without CDATA sections: their words escaped instead, so that any place in them can be cut."""
    if b"<![CDATA[" not in data:
        return data
    return _CDATA.sub(lambda found: found[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;"), data)


class _Names(dict[str, str]):
    """Full names to short ones, each made when it is first met."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = prefixes

    def __missing__(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        self[name] = f"{self._prefixes.get(space, '?')}:{local}" if space else local
        return self[name]


def walk(data: bytes, prefixes: Mapping[str, str], handlers: Handlers, path: str, part: str) -> None:
    """Call the handlers for a part of a file that `plain` has seen.

    `prefixes` gives a short prefix for each namespace; others have the prefix "?". Raises ReadError for XML that is
    malformed, has a DTD or is not in UTF-8.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    names = _Names(prefixes)
    on_start, on_end, on_text, attributed = handlers

    def start(name: str, attributes: dict[str, str]) -> None:
        named, short = _NO_ATTRIBUTES, names[name]
        if attributes and (attributed is None or short in attributed):
            named = {names[key]: value for key, value in attributes.items()}
        on_start(short, named, parser.CurrentByteIndex)

    def end(name: str) -> None:
        assert on_end is not None
        on_end(names[name], parser.CurrentByteIndex)

    def text(words: str) -> None:
        assert on_text is not None
        at = parser.CurrentByteIndex
        on_text(words, at, _end_of_words(data, words, at))

    parser.StartElementHandler = start
    if on_end is not None:
        parser.EndElementHandler = end
    if on_text is not None:
        parser.CharacterDataHandler = text
    _refuse_more(parser, path, part)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise ReadError(f"{part} is malformed at line {error.lineno} ({reason}): save the file again", path) from None


def _refuse_more(parser: expat.XMLParserType, path: str, part: str) -> None:
    """Refuse DTDs, and encodings in which a byte of the file is none of the text."""

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
            raise ReadError(f"{part} is written in {encoding}, not UTF-8: open it and save it again", path)

    def doctype(*_: object) -> None:
        raise ReadError(f"{part} has a DTD, which no office program writes: open it and save it again", path)

    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = doctype


def _end_of_words(data: bytes, words: str, at: int) -> int:
    if data[at : at + 1] == b"&":
        return data.index(b";", at) + 1
    if words == "\n" and data[at : at + 2] == b"\r\n":
        return at + 2
    return at + len(words.encode())


def tag_end(data: bytes, at: int) -> int:
    """Return the byte after the start tag at a place."""
    end = data.index(b">", at) + 1
    if data.find(b"=", at, end) < 0:
        return end
    found = _TAG.match(data, at)
    assert found is not None, f"no start tag at byte {at}"
    return found.end()


def tag_name(data: bytes, at: int) -> bytes:
    """Return the name in the tag at a place, as it is written there."""
    found = _NAME.match(data, at)
    assert found is not None, f"no tag at byte {at}"
    return found[1]


def element_end(data: bytes, start: int, at: int) -> int:
    """Return the byte after an element, from its first byte and the place that its end was told with."""
    if data[at - 2 : at] == b"/>" and tag_end(data, start) == at:
        return at
    return data.index(b">", at) + 1
