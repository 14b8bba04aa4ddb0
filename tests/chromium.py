"""Pages in a real browser: what the tests of pages share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

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


class Opened:
    """A page in a context of its own, with everything it asked for and complained of."""

    def __init__(self, browser: Any, page: Path | str, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1200, "height": 800}, **options})
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(page if isinstance(page, str) else page.as_uri())

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
