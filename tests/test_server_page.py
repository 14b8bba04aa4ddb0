"""The page of the server in a real browser: typing, pasting, keyboard, screens small and dark, and what goes wrong."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import Opened
from serving import VAGUE, Served, serving

pytestmark = pytest.mark.e2e

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "foreign-desk.txt"
TWO = f"It rained.\n\n{VAGUE}\n\nThe singer reportedly left, and Tomas Reyl claimed that he saw it."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("server"), "serve", "--workers", "1", "--access-log") as served:
        yield served


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe, which looks for what bars people from a page."""
    if not shutil.which("npm"):
        pytest.skip("there is no npm to fetch axe-core with")
    folder = tmp_path_factory.mktemp("axe")
    subprocess.run(["npm", "pack", "--silent", "axe-core@4"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (packed,) = folder.glob("*.tgz")
    with tarfile.open(packed) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script
        return script.read().decode()


class Sheet(Opened):
    """The page, and what can be done on it."""

    def write(self, text: str) -> None:
        """Put a text in at once, and wait until it is checked."""
        with self.page.expect_response("**/v1/check"):
            self.page.fill("#article", text)
        self.page.wait_for_timeout(50)

    def marked(self) -> list[str]:
        """The words that are underlined."""
        found: list[str] = self.page.eval_on_selector_all("#mirror mark", "all => all.map((one) => one.textContent)")
        return found

    def cards(self) -> list[str]:
        """The words on the cards."""
        found: list[str] = self.page.eval_on_selector_all(".card .words", "all => all.map((one) => one.textContent)")
        return found

    def selected(self) -> str:
        """The words that are selected in the article."""
        area = self.page.locator("#article")
        words: str = area.evaluate("(area) => area.value.slice(area.selectionStart, area.selectionEnd)")
        return words


@pytest.fixture
def open_page(browser: Any, server: Served) -> Iterator[Callable[..., Sheet]]:
    opened: list[Sheet] = []

    def call(address: str = "", **options: Any) -> Sheet:
        opened.append(Sheet(browser, address or server.url, **options))
        return opened[-1]

    yield call
    for each in opened:
        each.context.close()


def test_findings_are_underlined_as_one_types(open_page: Any) -> None:
    opened = open_page()
    opened.page.click("#article")
    opened.page.keyboard.type(VAGUE)
    opened.page.wait_for_selector("#mirror mark.warning")
    assert opened.marked() == opened.cards() == ["analysts note"]
    assert opened.page.inner_text("#status") == "1 warning"
    opened.page.keyboard.press("Control+Home")
    opened.page.keyboard.type("Well: ")
    assert opened.marked() == ["analysts note"]  # it moved with the words, before anything was asked
    opened.page.keyboard.press("Control+End")
    for _ in range(len("analysts note.")):
        opened.page.keyboard.press("Backspace")
    assert opened.marked() == []
    opened.page.locator("#status", has_text="Nothing found").wait_for()
    assert opened.page.is_visible("#none")


def test_it_asks_nobody_but_its_server_and_keeps_nothing(open_page: Any, server: Served) -> None:
    opened = open_page()
    opened.write("Zanzibarian officials said so, analysts note.")
    opened.page.click("#tab-speakers")
    opened.page.wait_for_selector(".ledger")
    assert {re.sub(r"^(http://[^/]+).*", r"\1", url) for url in opened.asked if not url.startswith("data:")} == {
        server.url
    }
    assert opened.complaints == []
    kept = "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
    assert opened.page.evaluate(kept) == [0, 0, 0]
    assert opened.context.storage_state() == {"cookies": [], "origins": []}
    assert "/v1/check 200" in server.log.read_text(encoding="utf-8")
    assert "Zanzibar" not in server.log.read_text(encoding="utf-8")


def test_pasted_formatting_leaves_only_its_words(open_page: Any) -> None:
    opened = open_page()
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.page.evaluate(
        """async () => {
          const html = "<h1>It rained</h1><p>😀 The <b>offensive</b> has stalled, <i>ana</i>lysts&nbsp;note.</p>";
          const text = "It rained\\n\\n😀 The offensive has stalled, analysts\\u00a0note.";
          const part = (words, type) => new Blob([words], { type });
          await navigator.clipboard.write([new ClipboardItem({
            "text/html": part(html, "text/html"), "text/plain": part(text, "text/plain"),
          })]);
        }"""
    )
    opened.page.click("#article")
    opened.page.keyboard.press("Control+V")
    opened.page.wait_for_selector("#mirror mark")
    assert opened.marked() == ["analysts\u00a0note"]
    assert "<" not in opened.page.input_value("#article")
    opened.page.keyboard.press("Control+Z")
    assert opened.page.input_value("#article") == ""


def test_emoji_do_not_shift_the_underlines(open_page: Any) -> None:
    opened = open_page()
    opened.write("😀👩‍👩‍👧 It rained.\n\n👍🏽 It is over, analysts note. 😀 The singer reportedly left.")
    assert opened.marked() == ["analysts note", "reportedly"]
    opened.page.keyboard.press("F8")
    assert opened.selected() == "analysts note"


def test_the_underlines_lie_under_their_words(open_page: Any) -> None:
    """The mirror breaks its lines where the article does: both are equally high, at any width."""
    for width in (1200, 700, 360):
        opened = open_page(viewport={"width": width, "height": 700})
        opened.write(f"{EXAMPLE.read_text(encoding='utf-8')}\n\n  indented\ttext   \n{'long' * 80}\n\n{TWO}")
        script = "() => { const a = document.getElementById('article'); return [a.scrollHeight, a.clientHeight] }"
        wanted, given = opened.page.evaluate(script)
        natural = opened.page.evaluate("() => document.getElementById('mirror').getBoundingClientRect().height")
        assert wanted == given == round(natural)


def test_everything_is_done_by_keyboard(open_page: Any) -> None:
    opened = open_page()
    opened.write(TWO)
    opened.page.click("#article")
    opened.page.keyboard.press("Control+Home")
    for words in ("analysts note", "reportedly", "analysts note"):
        opened.page.keyboard.press("F8")
        assert opened.selected() == words
        assert opened.page.inner_text(".card.current .words") == words
        assert opened.page.eval_on_selector("mark.current", "(mark) => mark.textContent") == words
    opened.page.keyboard.press("Shift+F8")
    assert opened.selected() == "reportedly"
    opened.page.keyboard.type("on Monday")  # what is selected is what is replaced
    assert "The singer on Monday left" in opened.page.input_value("#article")
    opened.page.focus(".card .go")
    opened.page.keyboard.press("Enter")
    assert opened.page.get_attribute(".card .go", "aria-expanded") == "true"
    opened.page.locator(".card.current .why", has_text="Reuters").wait_for()


def test_the_arrows_go_through_the_cards(open_page: Any) -> None:
    opened = open_page()
    opened.write(TWO)
    opened.page.focus(".card .go")
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.inner_text(".card.current .words") == "reportedly"
    opened.page.keyboard.press("ArrowUp")
    assert opened.page.inner_text(".card.current .words") == "analysts note"
    opened.page.focus("#tab-findings")
    opened.page.keyboard.press("ArrowRight")
    opened.page.wait_for_selector("#speakers .ledger")
    assert opened.page.evaluate("() => document.activeElement.id") == "tab-speakers"


def test_the_caret_chooses_the_card(open_page: Any) -> None:
    opened = open_page()
    opened.write(TWO)
    opened.page.focus("#article")
    at = TWO.index("reportedly") + 3
    opened.page.evaluate(f"() => document.getElementById('article').setSelectionRange({at}, {at})")
    opened.page.wait_for_selector(".card.current")
    assert opened.page.inner_text(".card.current .words") == "reportedly"


def test_another_standard_finds_other_things(open_page: Any) -> None:
    opened = open_page()
    opened.write(TWO)
    assert len(opened.cards()) == 2
    with opened.page.expect_response("**/v1/check"):
        opened.page.select_option("#preset", label="Strict")
    opened.page.wait_for_selector(".card:nth-child(3)")
    assert "claimed" in opened.cards()


def test_a_finding_is_accepted_with_a_reason_and_taken_back(open_page: Any) -> None:
    opened = open_page()
    opened.write(TWO)
    opened.page.click(".card .go")
    opened.page.click(".card.current .accept")
    opened.page.keyboard.press("Enter")  # no reason, no acceptance
    assert len(opened.cards()) == 2
    opened.page.keyboard.type("The desk knows them.")
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector("#accepted")
    assert opened.cards() == opened.marked() == ["reportedly"]
    opened.page.click("#accepted summary")
    assert "The desk knows them." in opened.page.inner_text("#accepted-list")
    opened.page.click("#accepted-list button")
    opened.page.wait_for_selector(".card:nth-child(2)")
    assert opened.marked() == ["analysts note", "reportedly"]


def test_placeholders_go_to_the_clipboard(open_page: Any) -> None:
    opened = open_page()
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.write(f"😀 {TWO}")
    opened.page.click("#copy-tk")
    opened.page.locator("#taken", has_text="Copied").wait_for()
    copied = opened.page.evaluate("() => navigator.clipboard.readText()")
    assert "stalled, TK [name], an analyst at TK [institution], notes." in copied
    assert "according to TK [outlet], left" in copied
    assert copied.startswith("😀 It rained.")


def test_who_speaks_is_shown_and_leads_to_the_words(open_page: Any) -> None:
    opened = open_page()
    opened.write(f"😀 {EXAMPLE.read_text(encoding='utf-8')}")
    opened.page.click("#tab-speakers")
    opened.page.wait_for_selector(".ledger")
    bands = opened.page.locator(".band").count()
    assert bands == opened.page.locator(".place").count() > 5
    assert opened.page.locator(".band.unnamed").count() > 0
    opened.page.locator(".place").last.click()
    assert opened.selected()
    text = opened.page.input_value("#article")
    line = text[: text.index(opened.selected())].count("\n") + 1
    assert str(line) == opened.page.locator(".place").last.inner_text()


def test_rules_have_pages_of_their_own(open_page: Any) -> None:
    opened = open_page()
    opened.write(VAGUE)
    opened.page.click(".card .go")
    with opened.context.expect_page() as shown:
        opened.page.click(".card .rule")
    rule = shown.value
    assert rule.url.endswith("/rules/vague-collective")
    assert "analysts note" in rule.eval_on_selector_all("mark", "all => all.map((one) => one.textContent)")
    assert rule.locator("h3").all_inner_texts() == ["Why", "Instead", "Found", "Not found"]
    rule.click("text=All rules")
    assert rule.locator("a[href='/rules/rumour']").count() == 1


def test_a_file_is_read_from_the_disk_or_dropped(open_page: Any, tmp_path: Path) -> None:
    opened = open_page()
    opened.page.set_input_files("#file", EXAMPLE)
    opened.page.wait_for_selector(".card")
    assert opened.page.inner_text("#paper-name") == "foreign-desk.txt"
    assert opened.page.input_value("#article") == EXAMPLE.read_text(encoding="utf-8")
    opened.page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], "dropped.md", { type: "text/markdown" }));
          for (const type of ["dragenter", "dragover", "drop"]) {
            document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
          }
        }""",
        VAGUE,
    )
    opened.page.locator("#paper-name", has_text="dropped.md").wait_for()
    opened.page.wait_for_selector("mark")
    assert opened.marked() == ["analysts note"]
    assert opened.page.is_hidden("#drop")


def test_a_long_article_does_not_slow_the_keys(open_page: Any) -> None:
    words = EXAMPLE.read_text(encoding="utf-8")
    article = "\n\n".join(words for _ in range(20_000 // len(words.split()) + 1))
    assert len(article.split()) >= 20_000
    opened = open_page()
    opened.page.evaluate(
        """() => {
          window.delays = [];
          const note = (list) => list.getEntries().forEach((one) => window.delays.push([one.name, one.duration]));
          new PerformanceObserver(note).observe({ type: "event", durationThreshold: 16 });
        }"""
    )
    opened.write(article)
    opened.page.wait_for_selector(".card:nth-child(50)")
    assert len(opened.marked()) > 100
    opened.page.focus("#article")
    middle = len(article) // 2
    opened.page.evaluate(f"() => document.getElementById('article').setSelectionRange({middle}, {middle})")
    opened.page.evaluate("() => { window.delays = []; }")
    for key in "Analysts note that it rained. ":
        opened.page.keyboard.press("Space" if key == " " else key)
        opened.page.wait_for_timeout(60)
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_timeout(1500)
    delays = sorted(duration for name, duration in opened.page.evaluate("() => window.delays") if name == "keydown")
    assert "Analysts note that it rained. \n" in opened.page.input_value("#article")
    assert len(delays) > 10
    assert delays[len(delays) // 2] < 100, delays  # a busy machine holds up some, whatever the page does


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
def test_nothing_bars_anybody(open_page: Any, server: Served, axe: str, scheme: str, width: int) -> None:
    opened = open_page(color_scheme=scheme, viewport={"width": width, "height": 700}, bypass_csp=True)
    opened.page.add_init_script(axe)
    opened.page.reload()
    states = {}
    states["empty"] = barriers(opened.page)
    opened.write(f"{TWO} A source said so. “It is over,” a city spokeswoman said.")
    states["findings"] = barriers(opened.page)
    opened.page.click(".card .go")
    opened.page.locator(".card.current .why", has_text="AP").wait_for()
    opened.page.click(".card.current .accept")
    states["accepting"] = barriers(opened.page)
    opened.page.keyboard.type("Known.")
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector("#accepted")
    opened.page.click("#accepted summary")
    states["accepted"] = barriers(opened.page)
    opened.page.click("#tab-speakers")
    opened.page.wait_for_selector(".ledger")
    states["speakers"] = barriers(opened.page)
    for path in ("/rules", "/rules/vague-collective"):
        opened.page.goto(f"{server.url}{path}")
        states[path] = barriers(opened.page)
    assert not any(states.values()), states


def barriers(page: Any) -> list[str]:
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("async (rules) => (await axe.run(document, { runOnly: rules })).violations", rules)
    return [f"{one['id']}: {[(node['target'], node['failureSummary']) for node in one['nodes']]}" for one in found]


def test_a_phone_shows_it_without_scrolling_sideways(open_page: Any) -> None:
    opened = open_page(viewport={"width": 360, "height": 640}, has_touch=True)
    opened.write(f"{TWO}\n\n{'unbreakable' * 30}")
    wide = "() => document.documentElement.scrollWidth"
    assert opened.page.evaluate(wide) == 360
    opened.page.click("#next")
    opened.page.wait_for_timeout(600)
    mark = opened.page.locator("mark.current").bounding_box()
    panel = opened.page.locator(".panel").bounding_box()
    assert mark["y"] + mark["height"] < panel["y"]  # the words stay in sight above the panel
    opened.page.click("#fold")
    assert opened.page.is_hidden("#folds")
    opened.page.click("#fold")
    opened.page.click("#tab-speakers")
    opened.page.wait_for_selector(".ledger")
    assert opened.page.evaluate(wide) == 360


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
