"""Reading articles: which files are articles, and which reader turns their bytes into a Document."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, cast

from attrlint.errors import ReadError, UsageError
from attrlint.text import Document

LARGEST = 10_000_000
"""An article has at most so many bytes: a thick novel has two million."""

_WITH_PICTURES = 200_000_000


class Format(NamedTuple):
    """A format that articles are written in: the module beside this one that reads it, and the suffixes of its files.

    Files of a folder are articles by the suffixes in `suffixes`; those in `named` hold many other things too, and are
    read where a file is named. No article may have more than `largest` bytes.
    """

    module: str
    suffixes: tuple[str, ...]
    named: tuple[str, ...] = ()
    largest: int = LARGEST


# The one table of formats: a new format is one line here and one module beside this one, with a function
# read(data: bytes, path: str, encoding: str | None) -> Document.
FORMATS = {
    "text": Format("plain", (".text", ".txt")),
    "markdown": Format("markdown", (".markdown", ".md", ".mdx")),
    "html": Format("html", (".htm", ".html", ".xhtml")),
    "ninjs": Format("ninjs", (), (".json", ".ninjs")),
    "newsml": Format("newsml", (), (".nitf", ".xml")),
    "docx": Format("docx", (".docx",), largest=_WITH_PICTURES),
    "odt": Format("odt", (".odt",), largest=_WITH_PICTURES),
}

# Word keeps a file ~$draft.docx beside each one that somebody has open.
_PASSED_OVER = (".", "~$")

READERS = {suffix: name for name, form in FORMATS.items() for suffix in form.suffixes}
_NAMED = {suffix: name for name, form in FORMATS.items() for suffix in form.named} | READERS


def read(data: bytes, path: str, encoding: str | None = None, form: str = "") -> Document:
    """Turn the bytes of one article into a Document.

    `form` names the format; without it the suffix of `path` tells it, or the content where the suffix is none of an
    article's. Raises ReadError for bytes that are not text, or plainly of another format than the suffix says, or too
    many, and for an encoding that does not exist.
    """
    chosen = FORMATS[form or format_of(path, data)]
    _check_size(len(data), chosen.largest, path)
    return cast(Document, import_module(f"attrlint.readers.{chosen.module}").read(data, path, encoding))


def read_file(path: str | os.PathLike[str], encoding: str | None = None, form: str = "") -> Document:
    """Read one article from a file.

    Raises ReadError for a file that is missing, unreadable or not text, and for an unknown encoding.
    """
    name = os.fspath(path)
    return read(read_article(name, form), name, encoding, form)


def format_of(path: str, data: bytes) -> str:
    """Return the name of the format of an article, by its suffix, else by its content.

    Raises ReadError for content that no reader knows, and for a page or item whose suffix says it is something else.
    """
    from attrlint.readers import sniff

    return sniff.confirmed(data, path, _NAMED.get(_suffix(path), ""))


def read_article(name: str, form: str = "") -> bytes:
    """Return the bytes of an article. Raises ReadError when it is missing, unreadable or too large for its format."""
    return read_bytes(name, FORMATS[form or _NAMED.get(_suffix(name), "text")].largest)


def read_bytes(name: str, most: int = 0) -> bytes:
    """Return the bytes of a file. Raises ReadError when it is missing, unreadable or larger than `most`, if not 0."""
    try:
        with open(name, "rb") as file:
            if most:
                _check_size(os.fstat(file.fileno()).st_size, most, name)
            return file.read()
    except FileNotFoundError:
        raise ReadError("no such file or folder", name) from None
    except IsADirectoryError:
        raise ReadError("this is a folder, not an article", name) from None
    except (OSError, ValueError) as error:
        raise ReadError(f"cannot be read: {_reason(error)}", name) from None


def articles_in(folder: str, form: str = "") -> tuple[list[str], list[ReadError]]:
    """List the articles of a folder and of all folders in it, sorted by path.

    Articles are the files whose suffix a reader knows, or those of one format; hidden files and folders are passed
    over, as is what Word keeps beside open files, and links to folders are not followed. The second list holds the
    folders that could not be opened.
    """
    suffixes = suffixes_of(form)
    found: list[str] = []
    problems: list[ReadError] = []

    def note(error: OSError) -> None:
        problems.append(ReadError(f"cannot be read: {_reason(error)}", error.filename or folder))

    for parent, folders, files in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [os.path.join(parent, name) for name in files if is_listed(name, suffixes)]
    return sorted(found), problems


def suffixes_of(form: str = "") -> tuple[str, ...]:
    """Return the suffixes by which files of a folder are articles: those of all formats, or of one."""
    return (*FORMATS[form].suffixes, *FORMATS[form].named) if form else tuple(sorted(READERS))


def is_listed(path: str, suffixes: Sequence[str]) -> bool:
    """Tell whether a file counts as an article of the folder that its path starts from; slashes between the parts."""
    return _suffix(path) in suffixes and not any(part.startswith(_PASSED_OVER) for part in path.split("/"))


def check_encoding(encoding: str) -> None:
    """Raise UsageError where an encoding does not exist or does not make text of bytes."""
    try:
        b"".decode(encoding)
        "".encode(encoding)
    except (LookupError, UnicodeError, ValueError):
        raise UsageError(f"unknown encoding “{encoding}”; common ones are utf-8, cp1252, latin-1 and utf-16") from None


def _check_size(size: int, most: int, path: str) -> None:
    if size > most:
        message = f"{size / 1e6:,.0f} MB is more than an article: at most {most / 1e6:.0f} MB are read; split it"
        raise ReadError(message, path)


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _reason(error: OSError | ValueError) -> str:
    strerror = getattr(error, "strerror", None)
    return str(strerror or error).lower()
