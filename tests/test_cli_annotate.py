"""attrlint annotate: where the comments go, what is kept, and what is said about it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import Run
from office import paragraph, word_file
from test_annotate import marked

VAGUE = word_file(paragraph("The offensive has stalled, analysts note."))
COMMENTED = [("attrlint", "analysts note")]


@pytest.fixture(autouse=True)
def article(tmp_path: Path) -> Path:
    path = tmp_path / "draft.docx"
    path.write_bytes(VAGUE)
    return path


def test_a_copy_stands_beside_the_article(run: Run, article: Path, tmp_path: Path) -> None:
    ran = run("annotate", "draft.docx")
    assert (ran.status, ran.out, ran.err) == (0, "draft.annotated.docx: 1 comment (1 new, 0 taken away)\n", "")
    assert article.read_bytes() == VAGUE
    copy = tmp_path / "draft.annotated.docx"
    assert marked(copy.read_bytes()) == COMMENTED
    umask = os.umask(0)
    os.umask(umask)
    assert copy.stat().st_mode & 0o777 == 0o666 & ~umask


def test_a_copy_that_is_there_is_not_overwritten_unasked(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "draft.annotated.docx"
    copy.write_bytes(b"with replies")
    ran = run("annotate", "draft.docx")
    assert ran.status == 2
    assert ran.err == (
        "error: draft.annotated.docx is there already: annotate that one with --in-place, "
        "or name another file with -o\n"
    )
    assert copy.read_bytes() == b"with replies"
    assert run("annotate", "-o", "draft.annotated.docx", "draft.docx").status == 0
    assert marked(copy.read_bytes()) == COMMENTED


def test_in_place_keeps_what_was(run: Run, article: Path, tmp_path: Path) -> None:
    article.chmod(0o640)
    assert run("annotate", "--in-place", "draft.docx").out == "draft.docx: 1 comment (1 new, 0 taken away)\n"
    assert marked(article.read_bytes()) == COMMENTED
    assert (tmp_path / "draft.docx.bak").read_bytes() == VAGUE
    assert article.stat().st_mode & 0o777 == 0o640
    done = article.read_bytes()
    assert run("annotate", "--in-place", "draft.docx").out == "draft.docx: 1 comment\n"
    assert (tmp_path / "draft.docx.bak").read_bytes() == VAGUE
    assert article.read_bytes() == done
    assert run("annotate", "--in-place", "--ignore", "identity", "draft.docx").out == (
        "draft.docx: 0 comments (0 new, 1 taken away)\n"
    )


def test_the_options_that_choose_findings_choose_comments(run: Run) -> None:
    assert "0 comments" in run("annotate", "-o", "a.docx", "--select", "hearsay", "draft.docx").out
    assert "0 comments" in run("annotate", "-o", "a.docx", "--min-severity", "error", "draft.docx").out
    assert "1 comment" in run("annotate", "-o", "a.docx", "--preset", "bbc", "draft.docx").out


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["-o", "a.docx", "draft.docx", "b.docx"], "-o names one copy of one article"),
        (["-o", "a.docx", "--in-place", "draft.docx"], "-o names one copy of one article"),
        (["-o", "draft.docx", "draft.docx"], "draft.docx is the article itself"),
        (["--encoding", "nonesuch", "draft.docx"], "unknown encoding “nonesuch”"),
        (["missing.docx"], "missing.docx: no such file or folder"),
        (["."], ".: this is a folder, not an article"),
        (["vague.txt"], "vague.txt: comments can be written into"),
        (["-o", "none/a.docx", "draft.docx"], "none/a.docx: cannot be written: "),
    ],
)
def test_what_cannot_be_done_is_told(run: Run, article: Path, tmp_path: Path, argv: list[str], message: str) -> None:
    names = sorted(os.listdir(tmp_path))
    ran = run("annotate", *argv)
    assert ran.status == 2
    assert ran.err.startswith(f"error: {message}")
    assert sorted(os.listdir(tmp_path)) == names
    assert article.read_bytes() == VAGUE


def test_other_articles_are_still_done(run: Run, tmp_path: Path) -> None:
    (tmp_path / "torn.docx").write_bytes(VAGUE[:300])
    ran = run("annotate", "torn.docx", "draft.docx")
    assert ran.status == 2
    assert ran.err.startswith("error: torn.docx: it is damaged or cut short")
    assert ran.out == "draft.annotated.docx: 1 comment (1 new, 0 taken away)\n"
    assert not (tmp_path / "torn.annotated.docx").exists()


def test_check_reads_word_files(run: Run) -> None:
    (only,) = run("check", "--format", "json", "draft.docx").json()["files"][0]["findings"]
    assert (only["rule"], only["line"], only["column"]) == ("vague-collective", 1, 28)
