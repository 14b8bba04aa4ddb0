"""Zipped office files: opened within limits, read part by part, and written again with some parts changed."""

from __future__ import annotations

import copy
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from attrlint.errors import ReadError

MOST_BYTES = 64_000_000
"""No part that is read may be larger than this, unpacked."""

MOST_TIMES = 200
"""No part may be more times as large as its packed form, once it is larger than `_SMALL`: prose packs 3 to 20 times."""

OPENDOCUMENT_TEXT = b"application/vnd.oasis.opendocument.text"
"""How the type of an OpenDocument text begins; templates have a longer one."""

_SMALL = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REPAIR = "it is damaged or cut short: open it in a word processor and save it again"
_OTHER = {
    b"%PDF": "a PDF file: lint the draft that it was made from",
    b"{\\rtf": "an RTF file: save it as .docx",
    b"<!doctype html": "an HTML file: give it the suffix .html",
    b"<html": "an HTML file: give it the suffix .html",
}
_HOLDS = {
    "word/document.xml": "a Word file: give it the suffix .docx",
    "xl/workbook.xml": "a spreadsheet, not an article",
    "ppt/presentation.xml": "a presentation, not an article",
}
_TYPES = {
    "application/vnd.oasis.opendocument.text": "an OpenDocument text: give it the suffix .odt",
    "application/vnd.oasis.opendocument.spreadsheet": "a spreadsheet, not an article",
    "application/vnd.oasis.opendocument.presentation": "a presentation, not an article",
}


class Package:
    """A zipped office file. Raises ReadError for bytes that are none, with a remedy."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        if data.startswith(_OLE):
            raise ReadError(_compound(data), path)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
            raise ReadError(_unzipped(data), path) from None

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def kind(self) -> str:
        """Say in words what kind of office file this is, with what to do; empty where it is none that is known."""
        if "mimetype" in self:
            return _TYPES.get(self.part("mimetype").decode("ascii", "replace").strip(), "")
        return next((kind for name, kind in _HOLDS.items() if name in self), "")

    def part(self, name: str) -> bytes:
        """Return the bytes of a part, unpacked. Raises ReadError where it is missing, damaged, locked or too large."""
        try:
            info = self._zip.getinfo(name)
            self._check(info, MOST_BYTES)
            return self._zip.read(info)
        except KeyError:
            raise ReadError(f"it has no part {name}: {self.kind() or _REPAIR}", self.path) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError):
            raise ReadError(_REPAIR, self.path) from None

    def changed(self, parts: Mapping[str, bytes]) -> bytes:
        """Return the file with these parts changed or added; every other part keeps its bytes, its place and its date.

        Raises ReadError where a part is damaged or unpacks out of all proportion.
        """
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            target.comment = self._zip.comment
            for info in self._zip.infolist():
                with target.open(copy.copy(info), "w") as file:
                    if info.filename in parts:
                        file.write(parts[info.filename])
                    else:
                        self._copy(info, file)
            for name in parts:
                if name not in self:
                    target.writestr(name, parts[name])
        return out.getvalue()

    def _copy(self, info: zipfile.ZipInfo, file: zipfile._ZipWritable) -> None:
        self._check(info)
        try:
            with self._zip.open(info) as source:
                shutil.copyfileobj(source, file)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise ReadError(_REPAIR, self.path) from None

    def _check(self, info: zipfile.ZipInfo, most: int | None = None) -> None:
        """Refuse a part by what its entry declares: zipfile never unpacks more than that."""
        if info.flag_bits & 1:
            raise ReadError("it is protected by a password: save it without one", self.path)
        if most is not None and info.file_size > most:
            size, limit = info.file_size / 1e6, most / 1e6
            raise ReadError(f"{info.filename} unpacks to {size:,.0f} MB; {limit:,.0f} MB are the limit", self.path)
        if info.file_size > max(_SMALL, MOST_TIMES * info.compress_size):
            raise ReadError(
                f"{info.filename} unpacks to more than {MOST_TIMES} times its size, as no article does: "
                "it may be made to fill the memory",
                self.path,
            )


def form_of(data: bytes, path: str) -> str:
    """Return the name of the format of a zipped article. Raises ReadError where it is none that is read."""
    package = Package(data, path)
    if "word/document.xml" in package:
        return "docx"
    if "mimetype" in package and package.part("mimetype").startswith(OPENDOCUMENT_TEXT):
        return "odt"
    raise ReadError(f"this is {package.kind() or 'an archive, and no article'}", path)


def _compound(data: bytes) -> str:
    """Say what an OLE container is: Word locks a .docx into one, and the old .doc is another."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "it is protected by a password: save it without one"
    if "WordDocument".encode("utf-16-le") in data:
        return "this is an old Word file (.doc): save it as .docx"
    return "this is an old Office file: save it as .docx"


def _unzipped(data: bytes) -> str:
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    other = next((words for magic, words in _OTHER.items() if start.startswith(magic.lower())), "")
    if other:
        return f"this is {other}"
    if not start:
        return "this is an empty file, without even an empty page: save the article again"
    if start.startswith(b"pk"):
        return _REPAIR
    return "this is no word-processor file: give it the suffix of what it is, such as .txt"
