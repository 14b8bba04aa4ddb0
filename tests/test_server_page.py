"""The page of the server in a real browser: typing, pasting, keyboard, screens small and dark."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from serving import VAGUE, Served
from sheet import EXAMPLE, TWO
from sheet import axe as axe  # fixtures
from sheet import open_page as open_page
from sheet import server as server

pytestmark = pytest.mark.e2e


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
