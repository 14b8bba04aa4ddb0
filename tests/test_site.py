"""The documentation as a site: every page is there, every link leads somewhere, and nothing comes from elsewhere."""

from __future__ import annotations

import functools
import os
import re
import runpy
import subprocess
import sys
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import click
import pytest
from chromium import RATIOS, Opened
from properdocs.exceptions import PluginError

import attrlint
from attrlint import engine, pack
from attrlint.cli import COMMANDS, cli
from attrlint.configfile import KEYS
from attrlint.finding import DOCUMENTATION, PACKS_HELP, help_address

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent
ENGLISH = pack.load(engine.built_in())

pytestmark = pytest.mark.slow


class Parsed(HTMLParser):
    """What a page asks for, where it leads, and where it can be led to; `bold` is what is marked in it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.links: list[str] = []
        self.ids = {""}
        self.text = ""
        self.bold: list[str] = []
        self._strong = False
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids.add(found.get("id", ""))
        if tag == "a":
            self.links.append(found.get("href", ""))
        elif "src" in found or (tag == "link" and found.get("rel") != "canonical"):
            self.asked.append(found.get("src") or found["href"])
        if tag == "strong":
            self.bold.append("")
            self._strong = True

    def handle_endtag(self, tag: str) -> None:
        self._strong = self._strong and tag != "strong"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._strong:
            self.bold[-1] += data


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [SCRIPTS / "properdocs", "build", "--strict", "--site-dir", folder]
    quiet = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    folder = tmp_path_factory.mktemp("site")
    ran = build(folder)
    assert ran.returncode == 0, ran.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Parsed]:
    """Every page by its address, such as “/rules/”."""
    found = {f"/{page.relative_to(site).as_posix()}".removesuffix("index.html"): page for page in site.rglob("*.html")}
    return {address: Parsed(page) for address, page in found.items()}


def test_every_rule_has_its_page_where_its_findings_lead(pages: dict[str, Parsed]) -> None:
    assert len(ENGLISH.rules) > 30
    for rule in ENGLISH.rules:
        page = pages[help_address(rule.name).removeprefix(DOCUMENTATION) + "/"]
        assert rule.summary in page.text
        marks = [" ".join(mark.split()) for example in rule.bad for mark in example.marks]
        assert page.bold == marks
        assert all(" ".join(example.text.split()) in page.text for example in rule.good)
    assert PACKS_HELP.removeprefix(DOCUMENTATION) + "/" in pages


def test_no_link_is_dead_and_nothing_comes_from_elsewhere(site: Path, pages: dict[str, Parsed]) -> None:
    links = 0
    for address, page in pages.items():
        for target in page.asked + page.links:
            whole = urljoin(f"{DOCUMENTATION}{address}", target)
            if not whole.startswith(DOCUMENTATION):
                assert target in page.links, f"{address} asks for {target}"
                continue
            path, anchor = urldefrag(whole.removeprefix(DOCUMENTATION))
            path = unquote(path.partition("?")[0])
            assert path in pages or (site / path[1:]).is_file(), f"{address}: {target}"
            assert path not in pages or anchor in pages[path].ids, f"{address}: {target}"
            links += 1
    assert links > 1000
    styles = "".join(file.read_text(encoding="utf-8") for file in site.rglob("*.css"))
    assert not re.findall(r"(?:url\(|@import )[\"']?(?:https?:)?//[^)]*", styles)


def test_editors_find_the_schema_of_the_configuration(site: Path) -> None:
    schema = Path(attrlint.__file__).parent / "schema" / "attrlint-config.schema.json"
    assert (site / schema.name).read_bytes() == schema.read_bytes()


def test_commands_presets_keys_and_names_are_all_there(pages: dict[str, Parsed]) -> None:
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command
        shown = pages["/commands/"].text
        assert f"attrlint {name}" in shown
        assert all(word in shown for option in command.params for word in option.opts if word.startswith("--"))
    assert {*engine.preset_names(ENGLISH)} <= pages["/presets/"].ids
    assert all(key.name in pages["/configuration/"].text for key in KEYS)
    assert {name.lower() for name in attrlint.__all__ if name != "__version__"} <= pages["/python/"].ids


def test_a_section_of_the_readme_that_is_on_no_page_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "docs")
    made = runpy.run_path(str(ROOT / "docs" / "pages.py"))
    with pytest.raises(PluginError, match=r"README\.md.*\['Gardening'\]"):
        made["of_the_readme"]((ROOT / "README.md").read_text(encoding="utf-8") + "\n## Gardening\n\nIt grows.\n")


def test_the_service_that_publishes_it_understands_its_file() -> None:
    command = [SCRIPTS / "check-jsonschema", "--builtin-schema", "vendor.readthedocs", ROOT / ".readthedocs.yaml"]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout


class Silent(SimpleHTTPRequestHandler):
    """Serves the files of a folder, as most web servers do, and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    handler = functools.partial(Silent, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.e2e
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["/", "/rules", "/rules/vague-collective", "/commands"])
def test_a_page_on_a_telephone(browser: Any, address: str, page: str, scheme: str) -> None:
    size = {"width": 360, "height": 740}
    opened = Opened(browser, address + page, viewport=size, color_scheme=scheme)
    assert {url.split("/")[2] for url in opened.asked} == {address.removeprefix("http://")}
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 360
    found = opened.page.evaluate(RATIOS)
    assert min(found["text"])[0] >= 4.5, min(found["text"])
    opened.context.close()
