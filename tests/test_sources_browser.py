"""The page of sources in a real browser: keyboard, contrast, small screens, dark, print."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from attrlint.cli import main

pytestmark = pytest.mark.e2e

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "foreign-desk.txt"
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
NAMES = ("chromium", "chromium-browser", "google-chrome")

# The ratio of two colours as WCAG 2 has it. A canvas turns any notation into sRGB; every colour of a gradient counts.
RATIOS = """
() => {
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  const rgb = (color) => {
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (color) => {
    const [r, g, b] = rgb(color).map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const grounds = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      const stops = style.backgroundImage.match(/(?:oklch|rgba?|color|oklab)\\([^()]*\\)/g);
      if (stops) return stops;
      if (!/^rgba\\(0, 0, 0, 0\\)$/.test(style.backgroundColor)) return [style.backgroundColor];
    }
    return ["white"];
  };
  const found = { text: [], bands: [] };
  const page = getComputedStyle(document.body).backgroundColor;
  for (const element of document.querySelectorAll(".by, .by *, p, th, td, h1, h2, h3, h4, td a, caption")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility()) continue;
    const ink = getComputedStyle(element).color;
    const words = element.textContent.slice(0, 30);
    for (const ground of grounds(element)) found.text.push([ratio(ink, ground), element.className + ": " + words]);
  }
  for (const band of document.querySelectorAll(".strip a")) {
    const stops = grounds(band);
    found.bands.push([Math.max(...stops.map((stop) => ratio(stop, page))), band.getAttribute("aria-label")]);
  }
  return found;
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium without a window; the tests are skipped where there is none, or nothing to drive it with."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        pytest.skip("there is no Chromium; name one in CHROMIUM")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the example article."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    assert main(["sources", "--format", "html", "--output", str(path), str(EXAMPLE)]) == 0
    return path


class Opened:
    """A page in a context of its own, with everything it asked for and complained of."""

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1200, "height": 800}, **options})
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri())

    def focus(self) -> dict[str, str]:
        """The attributes of what has the focus."""
        script = "() => Object.fromEntries([...document.activeElement.attributes].map((a) => [a.name, a.value]))"
        found: dict[str, str] = self.page.evaluate(script)
        return found

    def tab(self, times: int = 1) -> dict[str, str]:
        for _ in range(times):
            self.page.keyboard.press("Tab")
        return self.focus()

    def sees(self, anchor: str) -> bool:
        """Whether an element is in sight and nothing covers it, once scrolling has come to rest."""
        script = """(id) => {
          const element = document.getElementById(id), box = element.getBoundingClientRect();
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return top === element || element.contains(top);
        }"""
        self.page.wait_for_function(script, arg=anchor, timeout=5000)
        return True


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
