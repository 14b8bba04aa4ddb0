"""The page of the server in a real browser, for the tests that write on it."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import Opened
from serving import VAGUE, Served, serving

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
