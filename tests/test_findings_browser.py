"""The page of findings in a real browser: filters, keyboard, contrast, small screens, dark, print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import RATIOS, Opened

from attrlint.cli import main

pytestmark = pytest.mark.e2e

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the example articles, of one that cannot be read and of a hostile one."""
    folder = tmp_path_factory.mktemp("page")
    hostile = folder / "<b>&{}.txt"
    words = "<script>alert(1)</script> 😀 It has stalled, analysts note. \u202eIt sank, experts say: “Long"
    words += "long" * 60 + "”.\n"
    hostile.write_text(words, encoding="utf-8")
    path = folder / "page.html"
    articles = [str(EXAMPLES), str(hostile), str(folder / "missing.txt")]
    assert main(["check", "--preset", "strict", "--format", "html", "-o", str(path), *articles]) == 2
    return path


@pytest.fixture
def open_page(browser: Any, file: Path) -> Iterator[Any]:
    opened: list[Opened] = []

    def call(**options: Any) -> Opened:
        opened.append(Opened(browser, file, **options))
        return opened[-1]

    yield call
    for each in opened:
        each.context.close()


def shown(opened: Opened) -> list[str]:
    """The rules of the findings in sight."""
    script = "(all) => all.filter((one) => one.checkVisibility()).map((one) => one.dataset.rule)"
    found: list[str] = opened.page.locator(".finding").evaluate_all(script)
    return found


def test_it_asks_for_nothing_and_complains_of_nothing(open_page: Any, file: Path) -> None:
    opened = open_page()
    opened.page.get_by_role("button", name="No rule").click()
    assert [url for url in opened.asked if not url.startswith("data:")] == [file.as_uri()]
    assert opened.complaints == []


def test_every_finding_is_there_with_its_words_marked(open_page: Any) -> None:
    opened = open_page()
    assert len(shown(opened)) == opened.page.locator("mark").count() > 15
    marks = opened.page.locator("mark").all_text_contents()
    assert "analysts note" in marks
    assert opened.page.locator(".problem").text_content().endswith("missing.txt: no such file or folder")
    assert opened.page.locator("h2", has_text="<b>&{}.txt").count() == 1


def test_the_filters_filter(open_page: Any) -> None:
    opened = open_page()
    page = opened.page
    everything = shown(opened)
    rule = page.get_by_label("vague-collective")
    number = everything.count("vague-collective")
    rule.uncheck()
    assert shown(opened) == [name for name in everything if name != "vague-collective"]
    assert page.locator(".shown").text_content() == f"{len(everything) - number} of {len(everything)} shown"
    page.get_by_role("button", name="No rule").click()
    assert shown(opened) == []
    rule.check()
    assert set(shown(opened)) == {"vague-collective"}
    files = page.locator("section.file").evaluate_all("(all) => all.filter((one) => one.checkVisibility()).length")
    assert files == len({"city-council", "foreign-desk", "hostile", "missing"})
    page.get_by_label("warning").uncheck()
    assert shown(opened) == []
    page.get_by_role("button", name="All rules").click()
    left = page.locator(".finding:not([hidden])").evaluate_all("(all) => all.map((one) => one.dataset.severity)")
    assert set(left) == {"error", "note"}
    page.get_by_label("warning").check()
    assert shown(opened) == everything


def test_the_counts_are_those_of_the_findings(open_page: Any) -> None:
    opened = open_page()
    rules = shown(opened)
    for label in opened.page.locator("label.rule").all():
        name, number = label.text_content().split()
        assert rules.count(name) == int(number)


def test_the_filters_work_by_keyboard(open_page: Any) -> None:
    opened = open_page()
    attributes = opened.tab()
    assert (attributes["name"], attributes["type"]) == ("severity", "checkbox")
    before = len(shown(opened))
    opened.page.keyboard.press("Space")
    assert len(shown(opened)) < before


def test_without_script_everything_is_shown_and_counted(open_page: Any) -> None:
    opened = open_page(java_script_enabled=False)
    script = "document.querySelectorAll('.finding').length"
    assert opened.page.locator(".finding").count() == opened.page.evaluate(script) > 15
    assert not opened.page.locator("input").first.is_visible()
    assert not opened.page.get_by_role("button").count()
    assert opened.page.locator("label.rule b").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_every_colour(open_page: Any, scheme: str) -> None:
    opened = open_page(color_scheme=scheme)
    script = RATIOS.replace(".by, .by *, p,", "p, p *, mark, blockquote, legend, label *, button, li,")
    found = opened.page.evaluate(script)
    assert len(found["text"]) > 60
    assert min(found["text"])[0] >= 4.5, min(found["text"])


@pytest.mark.parametrize("width", [320, 360, 768, 1200])
def test_no_screen_scrolls_sideways(open_page: Any, width: int) -> None:
    opened = open_page(viewport={"width": width, "height": 740})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    script = "(all) => all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1).length"
    assert opened.page.locator("p, h2, li, fieldset, blockquote, label").evaluate_all(script) == 0


def test_paper_has_the_findings_that_are_shown_and_no_controls(open_page: Any) -> None:
    opened = open_page()
    opened.page.get_by_label("vague-collective").uncheck()
    opened.page.emulate_media(media="print")
    assert "vague-collective" not in shown(opened)
    assert not opened.page.locator("input").first.is_visible()
    assert not opened.page.locator(".buttons").is_visible()
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert opened.page.pdf().startswith(b"%PDF")
