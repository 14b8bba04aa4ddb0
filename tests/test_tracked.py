"""check --fix-with-tk in Word files: skeletons as tracked changes, and nothing else changes."""

from __future__ import annotations

import re
import subprocess
import sys
from html import escape
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from office import BOX, STRICT, W, odt_file, paragraph, unzipped, word_file
from office import run as as_run

from attrlint.annotate.tracked import tracked
from attrlint.finding import Remedy
from attrlint.readers import docx

INSERTED = re.compile(r'<w:ins w:id="\d+" w:author="attrlint"[^>]*>.*?</w:ins>', re.DOTALL)
DELETED = re.compile(r'<w:del w:id="\d+" w:author="attrlint"[^>]*>(.*?)</w:del>', re.DOTALL)


def edited(data: bytes, *edits: tuple[int, int, str]) -> bytes:
    reading = docx.parse(data, "a.docx")
    return tracked(reading, [Remedy(start, end, words, "") for start, end, words in edits])


def text(data: bytes) -> str:
    return docx.read(data, "a.docx").text


def rejected(data: bytes) -> str:
    """The body once the changes of attrlint are rejected, its runs joined again where they were cut."""
    body = unzipped(data)["word/document.xml"].decode()
    body = DELETED.sub(lambda found: found[1].replace("delText", "t"), INSERTED.sub("", body))
    return re.sub(r"<w:ins[^>]*></w:ins>", "", body)


def test_the_old_words_are_struck_out_and_the_new_ones_stand_beside_them(run: Run, tmp_path: Path) -> None:
    data = word_file(paragraph("The offensive has ", as_run("stalled, ana", "<w:b/>"), as_run("lysts note"), "."))
    (tmp_path / "a.docx").write_bytes(data)
    ran = run("check", "--fix-with-tk", "a.docx")
    assert (ran.status, ran.out, ran.err) == (0, "1 skeleton written in 1 article\n", "")
    done = (tmp_path / "a.docx").read_bytes()
    assert text(done) == "The offensive has stalled, TK [name], an analyst at TK [institution], notes."
    body = unzipped(done)["word/document.xml"].decode()
    assert re.findall(r"<w:delText[^>]*>(.*?)</w:delText>", body) == ["ana", "lysts note"]
    assert len(INSERTED.findall(body)) == 1
    assert {name for name, part in unzipped(done).items() if part != unzipped(data)[name]} == {"word/document.xml"}
    again = run("check", "--fix-with-tk", "a.docx")
    assert again.out == "0 skeletons written\n"
    assert (tmp_path / "a.docx").read_bytes() == done


def test_standard_input_goes_to_standard_output() -> None:
    data = word_file(paragraph("Analysts say so."))
    command = [sys.executable, "-m", "attrlint", "check", "--fix-with-tk", "--stdin-filename", "a.docx", "-"]
    ran = subprocess.run(command, input=data, capture_output=True, check=True)
    assert text(ran.stdout) == "TK [name], an analyst at TK [institution], says so."
    assert ran.stderr == b"1 skeleton written in 1 article\n"


@pytest.mark.parametrize("namespace", [W, STRICT])
@pytest.mark.parametrize(
    ("body", "edit", "expected"),
    [
        (paragraph("one two three"), (4, 7, "2"), "one 2 three"),
        (paragraph("one two three"), (0, 13, "all"), "all"),
        (paragraph("one two"), (3, 3, " more"), "one more two"),
        (paragraph("one two"), (7, 7, "!"), "one two!"),
        (paragraph(as_run("one "), as_run("two ", "<w:i/>"), as_run("three")), (2, 10, "& <"), "on& <ree"),
        (paragraph("a", "<w:r><w:tab/><w:t>b</w:t></w:r>", "c"), (1, 3, "-"), "a-c"),
        (paragraph(f"<w:hyperlink>{as_run('a link')}</w:hyperlink>", " b"), (2, 8, "x"), "a x"),
        (paragraph(BOX.format(paragraph("in a box")), "out"), (5, 9, "on a"), "out\n\non a box"),
        (paragraph("<w:r><w:t>one two</w:t></w:r>"), (3, 4, ""), "onetwo"),
    ],
)
def test_edits(namespace: str, body: str, edit: tuple[int, int, str], expected: str) -> None:
    assert text(edited(word_file(body, namespace), edit)) == expected


def test_an_insertion_of_somebody_else_is_left_standing() -> None:
    ann = '<w:ins w:id="4" w:author="Ann">'
    done = edited(word_file(paragraph("a ", f"{ann}{as_run('b c d')}</w:ins>")), (4, 5, "x"))
    assert text(done) == "a b x d"
    body = unzipped(done)["word/document.xml"].decode()
    assert body.count(ann) == body.count("</w:ins>") - 1 == 2
    assert re.search(rf"{ann}(?:(?!</w:ins>).)*<w:del [^>]*attrlint", body)
    assert not re.search(rf"{ann}(?:(?!</w:ins>).)*<w:ins ", body)
    assert len(set(re.findall(r'<w:(?:ins|del) w:id="(\d+)" w:author="attrlint"', body))) == 2


def test_rejecting_the_changes_gives_the_old_words() -> None:
    data = word_file(paragraph("one two three") + paragraph("four ", as_run("five", "<w:b/>")))
    done = edited(data, (0, 3, "1"), (8, 13, "3"), (17, 24, "x"))
    assert text(done) == "1 two 3\n\nfox"
    before, after = (
        re.findall(r"<w:t[ >][^<]*", body) for body in (unzipped(data)["word/document.xml"].decode(), rejected(done))
    )
    assert "".join(part.partition(">")[2] for part in after) == "".join(part.partition(">")[2] for part in before)


@given(
    st.lists(
        st.tuples(st.text(st.sampled_from("ab &é😀\t"), min_size=1, max_size=8), st.booleans()), min_size=1, max_size=5
    ),
    st.lists(st.integers(0, 30), min_size=2, max_size=6),
    st.text(st.sampled_from("xy &<😀"), max_size=4),
)
@settings(max_examples=80)
def test_any_edits_read_as_they_should(runs: list[tuple[str, bool]], edges: list[int], words: str) -> None:
    body = paragraph("|", *(as_run(escape(each), "<w:b/>" * bold) for each, bold in runs), "|")
    data = word_file(body)
    before = text(data)
    spans = sorted(
        {(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False) if start <= end <= len(before)}
    )
    chosen: list[tuple[int, int]] = []
    for start, end in spans:
        if not chosen or start > chosen[-1][1]:
            chosen.append((start, end))
    expected = before
    for start, end in reversed(chosen):
        expected = expected[:start] + words + expected[end:]
    assert text(edited(data, *((start, end, words) for start, end in chosen))) == expected


def test_formats_without_tracked_changes_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.odt").write_bytes(odt_file("<text:p>Analysts say so.</text:p>"))
    ran = run("check", "--fix-with-tk", "a.odt")
    assert ran.status == 2
    assert ran.err == "error: a.odt: skeletons are written into plain text, Markdown, HTML and Word files only\n"
