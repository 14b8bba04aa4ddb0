"""Plain text: the whole file is the article, and offsets count the code points of its decoded text."""

from __future__ import annotations

import codecs

from attrlint.errors import ReadError
from attrlint.text import Document
from attrlint.units import Encoding

_BOM = "\ufeff"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MARKS = (codecs.BOM_UTF8, *_UTF16_MARKS)
"""Byte order marks, which tell the encoding of a file."""


def read(data: bytes, path: str, encoding: str | None = None) -> Document:
    """Read one plain-text article; raises as `decode` does."""
    text, written = decode(data, path, encoding)
    return Document(text, path, encoding=written)


def decode(data: bytes, path: str, encoding: str | None = None) -> tuple[str, Encoding]:
    """Return the text of a file and how it is written.

    Without `encoding`, UTF-8 is expected, or UTF-16 where a byte order mark says so. A byte order mark is dropped; line
    endings stay as they are. Raises ReadError, with line and remedy, for bytes that are not text in that encoding, for
    NUL and for an encoding that does not exist.
    """
    chosen = encoding or ("utf-16" if data.startswith(_UTF16_MARKS) else "utf-8")
    if chosen == "utf-8" and b"\0" in data:
        # Asked before decoding: a binary file should hear that it is none of ours, not which encoding to try.
        raise _nul(_line_after(data[: data.index(b"\0")], chosen), path)
    try:
        exact = _exact(chosen, data)
        text = data.decode(exact)
    except UnicodeDecodeError as error:
        raise _undecodable(data, error, path, chosen) from None
    except UnicodeError as error:
        raise ReadError(f"not {chosen}: {error}; name its encoding with --encoding", path) from None
    except LookupError:
        raise ReadError(f"unknown encoding “{chosen}”: name the right one with --encoding", path) from None
    if "\0" in text:
        raise _nul(_last_line(text[: text.index("\0")]), path)
    if text.startswith(_BOM):
        return text[1:], Encoding(exact, _BOM.encode(exact))
    return text, Encoding(exact)


def _exact(encoding: str, data: bytes) -> str:
    """Return the codec of an encoding by its own name: one that reads a byte order mark as a letter, not one by it."""
    name = codecs.lookup(encoding).name.removesuffix("-sig")
    if name not in ("utf-16", "utf-32"):
        return name
    return f"{name}-be" if data.startswith(_BOM.encode(f"{name}-be")) else f"{name}-le"


def _undecodable(data: bytes, error: UnicodeDecodeError, path: str, encoding: str) -> ReadError:
    remedy = "name the right encoding with --encoding"
    if encoding == "utf-8":
        remedy = "save the file as UTF-8, or name its encoding, as in --encoding cp1252"
    byte = f"byte 0x{data[error.start]:02X} at offset {error.start}"
    return ReadError(f"not {encoding.upper()}: {byte}; {remedy}", path, _line_after(data[: error.start], encoding))


def _nul(line: int, path: str) -> ReadError:
    remedy = "save the article as text, or name its encoding, as in --encoding utf-16-le"
    return ReadError(f"a NUL byte, so this is no plain text: {remedy}", path, line)


def _line_after(before: bytes, encoding: str) -> int:
    return _last_line(before.decode(encoding, "replace"))


def _last_line(before: str) -> int:
    return len(Document(before).lines)
