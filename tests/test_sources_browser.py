"""The page of sources in a real browser: keyboard, contrast, small screens, dark, print."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from chromium import RATIOS, Opened

from attrlint.cli import main

pytestmark = pytest.mark.e2e

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "foreign-desk.txt"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the example article."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    assert main(["sources", "--format", "html", "--output", str(path), str(EXAMPLE)]) == 0
    return path


@pytest.fixture
def open_page(browser: Any, file: Path) -> Iterator[Any]:
    opened: list[Opened] = []

    def call(path: Path = file, **options: Any) -> Opened:
        opened.append(Opened(browser, path, **options))
        return opened[-1]

    yield call
    for each in opened:
        each.context.close()


def test_it_asks_for_nothing_and_complains_of_nothing(open_page: Any, file: Path) -> None:
    opened = open_page()
    opened.tab(3)
    assert [url for url in opened.asked if not url.startswith("data:")] == [file.as_uri()]
    assert opened.complaints == []


def test_the_keyboard_reaches_the_strip_then_the_ledger_then_the_story(open_page: Any) -> None:
    opened = open_page()
    assert opened.tab()["class"] == "skip"
    bands = opened.page.locator(".strip a").count()
    order = [opened.tab() for _ in range(bands)]
    assert [attrs["data-place"] for attrs in order] == [str(number) for number in range(1, bands + 1)]
    after = opened.page.locator("table a").count()
    assert opened.tab()["href"] == opened.page.locator("table a").first.get_attribute("href")
    assert opened.tab(after)["id"].endswith("-p1")


def test_the_skip_link_leads_to_the_story(open_page: Any) -> None:
    opened = open_page()
    opened.tab()
    opened.page.keyboard.press("Enter")
    assert opened.focus()["id"].endswith("-story")
    assert opened.tab()["id"].endswith("-p1")


def test_the_strip_leads_to_the_place(open_page: Any) -> None:
    opened = open_page()
    last = opened.page.locator(".strip a").last
    anchor = last.get_attribute("href")[1:]
    last.click()
    assert opened.sees(anchor)
    assert opened.focus()["id"] == anchor
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("location.hash.slice(1)") == opened.page.locator("tr:target").get_attribute("id")


def test_the_focus_in_the_strip_shows_the_place_and_stays(open_page: Any) -> None:
    opened = open_page(reduced_motion="reduce")
    opened.tab(2)
    opened.page.keyboard.press("End")
    attrs = opened.focus()
    assert opened.sees(attrs["href"][1:])
    assert opened.focus() == attrs
    assert opened.page.locator(f'mark.lit[data-place="{attrs["data-place"]}"]').count()
    opened.page.keyboard.press("ArrowLeft")
    assert opened.sees(opened.focus()["href"][1:])


def test_without_script_it_reads_and_jumps(open_page: Any) -> None:
    opened = open_page(java_script_enabled=False)
    opened.page.locator(".strip a").last.click()
    assert opened.page.locator(".badge:target").is_visible()
    assert opened.page.locator("tbody tr").count() > 10


def test_the_bands_are_as_wide_as_their_words(open_page: Any) -> None:
    opened = open_page()
    script = """(all) => all.map((one) => {
      const box = one.getBoundingClientRect(), size = one.parentElement.style.getPropertyValue("--size");
      return { left: box.left, right: box.right, width: box.width, size: Number(size) };
    })"""
    bands = opened.page.locator(".strip a").evaluate_all(script)
    strip = opened.page.locator(".strip ol").bounding_box()
    assert all(one["right"] <= other["left"] + 0.5 for one, other in pairwise(bands))
    assert all(one["width"] >= 5 for one in bands)
    assert bands[-1]["right"] <= strip["x"] + strip["width"] + 0.5
    scales = [band["width"] / band["size"] for band in bands if band["width"] > 15]
    assert max(scales) / min(scales) < 1.05


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_every_colour(open_page: Any, tmp_path: Path, scheme: str) -> None:
    names = [f"{chr(65 + number // 26)}{chr(97 + number % 26)}rik Doe{'aeiou'[number % 5]}" for number in range(40)]
    many = " ".join(f"{name} said the bridge would stay open all year." for name in names)
    (tmp_path / "many.txt").write_text(many + " Analysts said so. Experts believe it. Officials warned of it.", "utf-8")
    page = tmp_path / "page.html"
    assert main(["sources", "--format", "html", "-o", str(page), str(tmp_path / "many.txt"), str(EXAMPLE)]) == 0
    opened = open_page(page, color_scheme=scheme)
    for lit in (False, True):
        if lit:
            opened.page.evaluate('document.querySelectorAll("[data-place]").forEach((one) => one.classList.add("lit"))')
        found = opened.page.evaluate(RATIOS)
        assert len(found["bands"]) > 60
        assert min(found["text"])[0] >= 4.5, min(found["text"])
        assert min(found["bands"])[0] >= 3, min(found["bands"])


def test_dark_is_dark(open_page: Any) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    assert open_page(color_scheme="light").page.evaluate(ground) == "rgb(255, 255, 255)"
    assert open_page(color_scheme="dark").page.evaluate(ground) == "rgb(21, 23, 26)"


@pytest.mark.parametrize("width", [320, 360, 768, 1200, 1920])
def test_no_screen_scrolls_sideways(open_page: Any, width: int) -> None:
    opened = open_page(viewport={"width": width, "height": 740})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    script = "(all) => all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1).length"
    assert opened.page.locator("table, .strip ol, p, h2, th, td").evaluate_all(script) == 0


def test_a_long_word_does_not_widen_the_page(open_page: Any, tmp_path: Path) -> None:
    (tmp_path / f"{'x' * 90}.txt").write_text(f"“{'long' * 60},” {'Jo' * 60} Roe said.\n", "utf-8")
    assert (
        main(["sources", "--format", "html", "-o", str(tmp_path / "page.html"), str(tmp_path / f"{'x' * 90}.txt")]) == 0
    )
    opened = open_page(tmp_path / "page.html", viewport={"width": 360, "height": 740})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_hostile_text_runs_nothing(open_page: Any, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text(
        "“<img src=x onerror=alert(1)> <script>document.title='x'</script>,” analysts said.\n", "utf-8"
    )
    assert main(["sources", "--format", "html", "-o", str(tmp_path / "page.html"), str(tmp_path / "bad.txt")]) == 0
    opened = open_page(tmp_path / "page.html")
    assert opened.page.title().startswith("Who speaks")
    assert opened.page.locator("img").count() == 0
    assert "<img src=x" in opened.page.locator(".text").inner_text()
    assert len([url for url in opened.asked if not url.startswith("data:")]) == 1


def test_a_screen_reader_finds_its_way(open_page: Any) -> None:
    tree = open_page().page.locator("body").aria_snapshot()
    for part in (
        "- banner",
        "- main",
        "- contentinfo",
        "- navigation ",
        '- heading "Speakers" [level=3]',
        '- heading "The story" [level=3]',
        '- heading "The price of protection" [level=4]',
        "- columnheader ",
        "- rowheader ",
        "Lena Korvath, ",
    ):
        assert part in tree, part


def test_print_keeps_hatching_and_legend(open_page: Any) -> None:
    opened = open_page(color_scheme="dark")
    pdf = opened.page.pdf()
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 20_000
    opened.page.emulate_media(media="print")
    assert opened.page.locator(".legend").is_visible()
    style = opened.page.locator("mark.unnamed").first.evaluate(
        "(one) => [getComputedStyle(one).backgroundImage, getComputedStyle(one).printColorAdjust]"
    )
    assert style[0].startswith("repeating-linear-gradient")
    assert style[1] == "exact"
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
