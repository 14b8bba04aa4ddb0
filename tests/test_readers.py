"""Bytes to documents, and which files of a folder are articles."""

from __future__ import annotations

import codecs
import os
import sys
from pathlib import Path

import pytest

from attrlint import readers
from attrlint.errors import ReadError, UsageError


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"", None, ""),
        ("“Näher” 😀".encode(), None, "“Näher” 😀"),
        (codecs.BOM_UTF8 + b"a", None, "a"),
        (codecs.BOM_UTF8 + b"a", "utf-8", "a"),
        (codecs.BOM_UTF8, None, ""),
        (codecs.BOM_UTF16_LE + "“a”".encode("utf-16-le"), None, "“a”"),
        (codecs.BOM_UTF16_BE + "“a”".encode("utf-16-be"), None, "“a”"),
        (codecs.BOM_UTF16_LE + "“a”".encode("utf-16-le"), "utf-16-le", "“a”"),
        ("“a”".encode("utf-16-be"), "utf-16-be", "“a”"),
        (b"\x93a\x94", "cp1252", "“a”"),
        (b"a\r\nb\rc\n", None, "a\r\nb\rc\n"),
    ],
)
def test_what_bytes_say(data: bytes, encoding: str | None, text: str) -> None:
    document = readers.read(data, "a.txt", encoding)
    assert document.text == text
    assert document.path == "a.txt"


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"one\r\ntwo\rbad \x93", None, "a.txt:3: not UTF-8: byte 0x93 at offset 13; save the file as UTF-8, or"),
        (b"cut \xe2\x80", None, "a.txt:1: not UTF-8: byte 0xE2 at offset 4"),
        (codecs.BOM_UTF8 + b"\n\x80", None, "a.txt:2: not UTF-8: byte 0x80 at offset 4"),
        (b"a\n\x81", "cp1252", "a.txt:2: not CP1252: byte 0x81 at offset 2; name the right encoding with --encoding"),
        (codecs.BOM_UTF16_LE + b"a\0\n\0\0", None, "a.txt:2: not UTF-16: byte 0x00 at offset 6"),
        (b"a\nb\0c\x93", None, "a.txt:2: a NUL byte, so this is no plain text"),
        ("a\nb".encode("utf-16-le"), None, "a.txt:1: a NUL byte"),
        (codecs.BOM_UTF32_LE + "ab".encode("utf-32-le"), None, "a.txt:1: a NUL byte"),
        (b"a\nb\0c", "latin-1", "a.txt:2: a NUL byte"),
    ],
)
def test_bytes_that_are_no_text_are_named_with_a_remedy(data: bytes, encoding: str | None, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        readers.read(data, "a.txt", encoding)
    assert str(caught.value).startswith(message)
    assert "--encoding" in str(caught.value)


@pytest.mark.parametrize("encoding", ["nonesuch", "hex", "rot13", "a\0b"])
def test_an_encoding_that_makes_no_text_is_an_error(encoding: str) -> None:
    with pytest.raises(UsageError, match="unknown encoding"):
        readers.check_encoding(encoding)


@pytest.mark.parametrize("encoding", ["nonesuch", "hex"])
def test_reading_in_no_encoding_is_an_error(encoding: str) -> None:
    with pytest.raises(ReadError, match=r"a\.txt: unknown encoding"):
        readers.read(b"abc", "a.txt", encoding)


def test_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\x93a\x94")
    document = readers.read_file(path, "cp1252")
    assert document.text == "“a”"
    assert document.path == str(path)


def test_a_missing_file_and_a_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.txt: no such file or folder"):
        readers.read_file(tmp_path / "a.txt")
    with pytest.raises(ReadError, match="a folder, not an article"):
        readers.read_file(tmp_path)


def test_an_unreadable_file_is_an_error(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    with pytest.raises(ReadError, match=r"loop\.txt: cannot be read: "):
        readers.read_file(loop)


def test_a_folder_gives_its_articles_in_order(tmp_path: Path) -> None:
    wanted = ["b.txt", "a/z.text", "a/b/C.TXT", "d.docx", "e.odt"]
    for name in [*wanted, "a.doc", "a/notes", ".hidden.txt", "~$d.docx", ".git/x.txt"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    found, problems = readers.articles_in(str(tmp_path))
    assert found == sorted(str(tmp_path / name) for name in wanted)
    assert problems == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a folder that may not be opened")
def test_a_folder_that_may_not_be_opened_is_a_problem(tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(mode=0)
    found, problems = readers.articles_in(str(tmp_path))
    assert found == []
    assert [str(problem) for problem in problems] == [f"{shut}: cannot be read: permission denied"]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "round").symlink_to(tmp_path)
    assert readers.articles_in(str(tmp_path)) == ([str(tmp_path / "a.txt")], [])
