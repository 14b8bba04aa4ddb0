"""The page of the server in a real browser: files on it, and what goes wrong."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from serving import VAGUE, serving
from sheet import TWO, Sheet
from sheet import axe as axe  # fixtures
from sheet import open_page as open_page
from sheet import server as server

pytestmark = pytest.mark.e2e


def test_a_server_that_is_gone_is_told_and_tried_again(browser: Any, tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        opened = Sheet(browser, served.url)
        opened.write(TWO)
        served.process.send_signal(signal.SIGKILL)
        served.process.wait()
        opened.page.focus("#article")
        opened.page.keyboard.type("More. ")
        opened.page.wait_for_selector("#banner")
        assert "Is it still running?" in opened.page.inner_text("#banner")
        assert opened.page.is_visible("#retry")
        assert "More." in opened.page.input_value("#article")
        opened.context.close()


def test_the_key_of_a_closed_server_is_asked_for(browser: Any, tmp_path: Path) -> None:
    token = "a-token-that-nobody-guesses-1"
    (tmp_path / "tokens").write_text(token, encoding="utf-8")
    with serving(tmp_path, "serve", "--workers", "1", "--token-file", "tokens") as served:
        opened = Sheet(browser, served.url)
        opened.write(VAGUE)
        opened.page.wait_for_selector("#key-form")
        opened.page.fill("#key", token)
        opened.page.keyboard.press("Enter")
        opened.page.wait_for_selector("mark")
        assert opened.page.is_hidden("#banner")
        opened.context.close()


def test_open_shows_one_file_in_the_browser(browser: Any, tmp_path: Path) -> None:
    note = tmp_path / "address"
    opener = tmp_path / "opener"
    opener.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {note}.part && mv {note}.part {note}\n', encoding="utf-8")
    opener.chmod(opener.stat().st_mode | stat.S_IXUSR)
    article = tmp_path / "naïve draft.txt"
    article.write_text(VAGUE, encoding="utf-8")
    command = [sys.executable, "-m", "attrlint", "open", str(article)]
    with subprocess.Popen(command, env={**os.environ, "BROWSER": str(opener)}, stderr=subprocess.DEVNULL) as process:
        try:
            end = time.monotonic() + 30
            while not note.exists():
                assert time.monotonic() < end
                time.sleep(0.05)
            opened = Sheet(browser, note.read_text(encoding="utf-8"))
            opened.page.wait_for_selector("mark")
            assert opened.page.inner_text("#paper-name") == "naïve draft.txt"
            assert opened.marked() == ["analysts note"]
            opened.context.close()
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 130


def test_open_names_a_file_that_is_missing(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "attrlint", "open", "none.docx"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (2, "error: none.docx: no such file or folder\n")


def test_a_page_that_is_dropped_shows_its_words(open_page: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<h1>It rained</h1><p>😀 It has stalled, <b>ana</b>lysts note.</p>", encoding="utf-8")
    opened = open_page()
    opened.page.set_input_files("#file", page)
    opened.page.wait_for_selector("mark")
    assert opened.page.input_value("#article") == "It rained\n\n😀 It has stalled, analysts note."
    assert opened.marked() == ["analysts note"]
    page.with_name("page.pdf").write_bytes(b"%PDF-1.7 nothing")
    opened.page.set_input_files("#file", page.with_name("page.pdf"))
    opened.page.wait_for_selector("#banner")
    assert "this is a PDF file" in opened.page.inner_text("#banner")


def test_a_word_file_is_read_and_downloaded_with_comments(open_page: Any, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="the extra docx is not installed")
    draft = docx.Document()
    draft.add_paragraph("It rained.")
    draft.add_paragraph(f"😀 {VAGUE} The singer reportedly left.")
    draft.save(str(tmp_path / "draft.docx"))
    opened = open_page()
    opened.page.set_input_files("#file", tmp_path / "draft.docx")
    opened.page.wait_for_selector("mark")
    assert opened.marked() == ["analysts note", "reportedly"]
    opened.page.click(".card .go")
    opened.page.click(".card.current .accept")
    opened.page.keyboard.type("The desk knows them.")
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector("#accepted")
    with opened.page.expect_download() as given:
        opened.page.click("#download")
    assert given.value.suggested_filename == "draft.annotated.docx"
    comments = [comment.text for comment in docx.Document(given.value.path()).comments]
    assert len(comments) == 2
    assert "The desk knows them." in comments[0]
