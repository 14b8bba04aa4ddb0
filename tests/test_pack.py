"""Packs: what a malformed one is told, and what is kept of a sound one between runs."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from attrlint import cache, engine, pack
from attrlint.checks import CHECKS
from attrlint.errors import PackError
from attrlint.plugins import Addition
from attrlint.text import Document

RULE = "hearsay/rumour.toml"
TEXT = "The offensive has stalled, analysts note. “It is over,” said Jane Roe, a nurse. Reportedly, nobody came."


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("ATTRLINT_CACHE", raising=False)
    return tmp_path / "cache" / "attrlint"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(engine.built_in(), tmp_path / "en"))


def edit(path: Path, old: str, new: str) -> int:
    """Replace a text and return the line where it stood."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def failure(folder: Path) -> PackError:
    with pytest.raises(PackError) as caught:
        pack.load(folder)
    return caught.value


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("pack.toml", "language =", "langage =", "unknown key “langage”; did you mean “language”?"),
        ("pack.toml", "name     =", "name     = 1 #", "“name” must be a string"),
        ("pack.toml", "clitics  =", "clitics  = 5 #", "“clitics” must be a list"),
        (
            "patterns.toml",
            'anchor = "according"',
            'anchor = "."',
            "pattern “according-to”: the anchor “.” must ask for",
        ),
        ("patterns.toml", "lead      =", 'lead = "a*" #', "unexpected “*”"),
        ("patterns.toml", "role       =", 'role = "[rol]" #', "unknown label “rol”"),
        (RULE, "summary ", "sumary ", "unknown key “sumary”; did you mean “summary”?"),
        (RULE, "severity =", 'severity = "bad" #', "“severity” must be error, warning or note, not “bad”"),
        (RULE, "[when]", "[when]\nwhere = 1", "unknown key “where”"),
        (RULE, "name ", "= ", "is not valid TOML"),
        ("lexicons/time.toml", "about", "abuot", "unknown key “abuot” in [weekday]; did you mean “about”?"),
    ],
)
def test_a_malformed_pack_is_told_file_and_line(folder: Path, file: str, old: str, new: str, message: str) -> None:
    edit(folder / file, old, new)
    error = failure(folder)
    assert message in error.message
    assert error.path == str(folder / file)
    assert error.line is not None


def test_the_line_is_that_of_the_key(folder: Path) -> None:
    line = edit(folder / RULE, "severity =", 'severity = "bad" #')
    assert failure(folder).line == line


def test_a_phrase_of_one_word(folder: Path) -> None:
    (folder / "lexicons/more.toml").write_text('[more]\nabout = "x"\nphrases = "alone"\n', encoding="utf-8")
    assert (failure(folder).message, failure(folder).line) == ("“alone” is one word: list it under words", 3)


def test_bytes_that_are_no_text(folder: Path) -> None:
    (folder / RULE).write_bytes(b'name = "x"\nsummary = "\xff"\n')
    assert (failure(folder).message, failure(folder).line) == ("is not UTF-8 text", 2)


def test_a_folder_that_is_no_pack(tmp_path: Path) -> None:
    assert "is no pack" in failure(tmp_path).message


def found(folder: Path) -> list[tuple[str, int, int]]:
    loaded = pack.load(folder)
    report = engine.Engine(loaded, loaded.rules).lint(Document(TEXT))
    return [(finding.rule, finding.start, finding.end) for finding in report.findings]


def kept(home: Path) -> Path:
    (file,) = home.iterdir()
    return file


def test_what_is_kept_gives_the_same_findings(folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = found(folder)
    assert first
    assert (home.stat().st_mode & 0o777, kept(home).stat().st_mode & 0o777) == (0o700, 0o600)
    monkeypatch.setattr("attrlint.compiler.compile_pack", lambda *_: pytest.fail("compiled again"))
    assert found(folder) == first


def test_a_changed_file_is_read_again(folder: Path) -> None:
    assert "hearsay-adverb" in {rule for rule, *_ in found(folder)}
    edit(folder / "hearsay/hearsay-adverb.toml", "[when]", '[when]\nmood = "question"')
    assert "hearsay-adverb" not in {rule for rule, *_ in found(folder)}


def test_a_new_file_is_read(folder: Path) -> None:
    found(folder)
    (folder / "lexicons" / "broken.toml").write_text("=", encoding="utf-8")
    assert "is not valid TOML" in failure(folder).message


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def spoil(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 255
    file.write_bytes(content)


@pytest.mark.parametrize(
    "damage", [truncate, spoil, lambda file: file.write_bytes(b""), lambda file: file.chmod(0o666)]
)
def test_a_damaged_or_foreign_file_is_passed_over(folder: Path, home: Path, damage: Callable[[Path], None]) -> None:
    first = found(folder)
    damage(kept(home))
    assert cache.read([Addition(str(folder), CHECKS)]) is None
    assert found(folder) == first


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="there are no users here")
def test_a_folder_that_others_can_write_is_not_used(folder: Path, home: Path) -> None:
    home.mkdir(parents=True)
    home.chmod(0o777)
    assert found(folder)
    assert not list(home.iterdir())


def test_only_the_last_ones_are_kept(folder: Path, home: Path) -> None:
    home.mkdir(parents=True, mode=0o700)
    for number in range(40):
        (home / f"old-{number}.pack").write_bytes(b"")
        os.utime(home / f"old-{number}.pack", (number, number))
    assert found(folder)
    names = {path.name for path in home.iterdir()}
    assert len(names) == 32
    assert "old-39.pack" in names
    assert "old-8.pack" not in names


def test_it_can_be_switched_off(folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTRLINT_CACHE", "0")
    assert found(folder)
    assert not home.exists()


def test_a_home_that_cannot_be_written(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert found(folder)


HOSTILE = {
    "said": "said " * 10_000,
    "names": "Jane Roe, a nurse, " * 2_000,
    "quotes": "“a " * 12_000,
    "capitals": "Aa " * 12_000,
    "brackets": "(" * 40_000,
    "commas": "a, " * 12_000,
    "dots": "." * 40_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_no_faster_than_the_text(name: str) -> None:
    linter = engine.load()

    def seconds(text: str) -> float:
        start = time.process_time()
        linter.lint(Document(text + " a§"))
        return time.process_time() - start

    seconds("warm up")
    short = min(seconds(HOSTILE[name]) for _ in range(2))
    assert seconds(HOSTILE[name] * 4) < 9 * short + 0.1
