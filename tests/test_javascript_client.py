"""attrlint-client.js and its adapters in a real browser: in a page of another site than the service's."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from serving import Served, serving

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parent.parent
CLIENT = ROOT / "integrations" / "javascript"
ESBUILD = ROOT / "tests" / "npm" / "node_modules" / ".bin" / "esbuild"
TOKEN = "a-token-for-the-tests-of-the-client"

PAGE = """<!DOCTYPE html><meta charset="utf-8"><title>A CMS</title>
<style>::highlight(attrlint-warning), .attrlint-warning { text-decoration: underline wavy #b26200; }</style>
<h1>Editors</h1>
<div id="plain" contenteditable="true"><h2>Rain 🌧</h2
><p>It <b>rained</b> 😀 and, <a href="#"><i>anal<b>ysts</b></i> note</a>, poured.</p
><table><tbody><tr><td>Wet 😀 feet.</td><td>Local <b>media<br></b>report it.</td></tr></tbody></table
><ul><li>So <i>it</i> goes.</li></ul></div>
<div id="prose"></div><div id="tip"></div><div id="code"></div>
<script type="module" src="bundle.js"></script>"""

MODULE = """
import * as client from "CLIENT/attrlint-client.js";
import { proseMirror } from "CLIENT/attrlint-prosemirror.js";
import { codeMirror } from "CLIENT/attrlint-codemirror.js";
import { EditorState, Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet, EditorView } from "@tiptap/pm/view";
import { marks, nodes } from "prosemirror-schema-basic";
import { tableNodes } from "@tiptap/pm/tables";
import { DOMParser, Schema } from "@tiptap/pm/model";
import { Editor, Extension } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import * as codeMirrorView from "@codemirror/view";
import { EditorState as CodeMirrorState } from "@codemirror/state";

const query = new URLSearchParams(location.search);
const seen = {}, wrong = {};
const options = (name) => ({
  url: query.get("url"), token: query.get("token"), delay: 100, preset: query.get("preset") ?? "",
  onFindings: (found) => { seen[name] = found; }, onError: (error) => { wrong[name] = error.message; },
});
const html = document.querySelector("#plain").innerHTML;
const stop = client.watch(document.querySelector("#plain"), options("plain"));

const made = document.createElement("div");
made.innerHTML = html;
const cells = tableNodes({ tableGroup: "block", cellContent: "block+", cellAttributes: {} });
const schema = new Schema({ nodes: { ...nodes, ...cells }, marks });
const prose = new EditorView(document.querySelector("#prose"), {
  state: EditorState.create({
    doc: DOMParser.fromSchema(schema).parse(made),
    plugins: [proseMirror({ Plugin, Decoration, DecorationSet }, options("prose"))],
  }),
});

const attrlint = Extension.create({
  name: "attrlint",
  addProseMirrorPlugins: () => [proseMirror({ Plugin, Decoration, DecorationSet }, options("tip"))],
});
const tip = new Editor({ element: document.querySelector("#tip"), extensions: [StarterKit, attrlint], content: html });

const code = new codeMirrorView.EditorView({
  parent: document.querySelector("#code"),
  doc: "Rain 🌧\\r\\n\\r\\nIt rained 😀 and, analysts note, poured.\\r\\n\\r\\nLocal media report it.",
  extensions: [CodeMirrorState.lineSeparator.of("\\r\\n"), codeMirror(codeMirrorView, options("code"))],
});
Object.assign(window, { client, seen, wrong, stop, prose, tip, code });
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with a page that has all editors."""
    if not ESBUILD.exists():
        pytest.skip("the editors are not there; `make integrations` fetches them from npm")
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    command = [str(ESBUILD), "--bundle", "--format=esm", "--charset=utf8", "--log-level=error"]
    module = MODULE.replace("CLIENT", str(CLIENT)).encode()
    subprocess.run(
        [*command, f"--outfile={folder / 'bundle.js'}"], cwd=ROOT / "tests" / "npm", check=True, input=module
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("server")
    (folder / "tokens").write_text(TOKEN, encoding="utf-8")
    argv = ("serve", "--workers", "1", "--token-file", str(folder / "tokens"), "--allow-origin", site)
    with serving(folder, *argv) as served:
        yield served


class Cms:
    """The page in a browser."""

    def __init__(self, browser: Any, site: str, server: Served, **query: str) -> None:
        self.page = browser.new_context(viewport={"width": 900, "height": 700}).new_page()
        self.page.set_default_timeout(20_000)
        words = "&".join(f"{name}={value}" for name, value in {"url": server.url, "token": TOKEN, **query}.items())
        self.page.goto(f"{site}/index.html?{words}")

    def seen(self, name: str, count: int = 2) -> Any:
        """The findings of an editor, once there are as many as that."""
        self.page.wait_for_function("([name, count]) => seen[name]?.length === count", arg=[name, count])
        return self.page.evaluate("(name) => seen[name]", name)

    def highlighted(self) -> list[str]:
        found: list[str] = self.page.evaluate("() => [...CSS.highlights.get('attrlint-warning')].map(String)")
        return found

    def marked(self, name: str) -> str:
        script = "all => all.map((one) => one.textContent).join('')"
        words: str = self.page.eval_on_selector_all(f"#{name} .attrlint-warning", script)
        return words

    def end_of(self, name: str) -> None:
        self.page.click(f"#{name} [contenteditable], #{name}[contenteditable]")
        self.page.keyboard.press("Control+End")


@pytest.fixture
def cms(browser: Any, site: str, server: Served) -> Iterator[Cms]:
    opened = Cms(browser, site, server)
    yield opened
    opened.page.context.close()


def test_an_element_that_can_be_edited(cms: Cms) -> None:
    finding, _ = cms.seen("plain")
    text = "Rain 🌧\n\nIt rained 😀 and, analysts note, poured.\n\nWet 😀 feet.\n\nLocal media\nreport it.\n\n"
    assert cms.page.evaluate("() => client.read(document.querySelector('#plain')).text").startswith(text)
    assert (finding["text"], finding["end"] - finding["start"], finding["start"]) == ("analysts note", 13, 27)
    assert cms.highlighted() == ["analysts note", "Local mediareport"]
    cms.end_of("plain")
    cms.page.keyboard.type(" It is believed that it will stop.")
    cms.seen("plain", 3)
    assert cms.highlighted() == ["analysts note", "Local mediareport", "It is believed"]
    cms.page.evaluate("() => stop()")
    assert cms.highlighted() == []


@pytest.mark.parametrize("name", ["prose", "tip", "code"])
def test_the_editors(cms: Cms, name: str) -> None:
    cms.seen(name)
    media = "Local media report" if name == "code" else "Local mediareport"
    assert cms.marked(name) == f"analysts note{media}"
    cms.end_of(name)
    cms.page.keyboard.type(" It is believed that it will stop.")
    cms.seen(name, 3)
    assert cms.marked(name) == f"analysts note{media}It is believed"
    cms.page.keyboard.press("Control+Home")
    cms.page.keyboard.type("Again 😀: ")
    assert cms.marked(name) == f"analysts note{media}It is believed"


def test_marks_have_the_look_of_the_page(cms: Cms, tmp_path: Path) -> None:
    for name in ("plain", "prose", "tip", "code"):
        cms.seen(name)
    cms.page.screenshot(path=str(tmp_path / "editors.png"), full_page=True)
    title = cms.page.get_attribute("#tip .attrlint-warning", "title")
    assert "does not say which analysts" in title


def test_what_the_service_refuses_is_told_in_its_words(browser: Any, site: str, server: Served) -> None:
    for query, words in (({"token": "wrong"}, "This server asks for a token"), ({"preset": "no"}, "no preset")):
        cms = Cms(browser, site, server, **query)
        cms.page.wait_for_function("() => wrong.plain")
        assert words in cms.page.evaluate("() => wrong.plain")
        cms.page.context.close()


def test_the_module_is_small() -> None:
    assert (CLIENT / "attrlint-client.js").stat().st_size <= 5_120


def test_the_guide_shows_what_the_server_answers(server: Served) -> None:
    guide = (ROOT / "docs" / "cms.md").read_text(encoding="utf-8")
    calls = re.findall(
        r"curl http://127\.0\.0\.1:8081(/v1/\S+)(?: -H '(Content-Type): (\S+)' \\\n  -d '(.+?)')?$", guide, re.M | re.S
    )
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answers = []
    for path, name, value, body in calls:
        method, more = ("POST", {name: value}) if body else ("GET", {})
        answers.append(server.client.request(method, path, content=body or None, headers=headers | more).json())
    first, second, rule = answers
    (shown,) = json.loads(re.search(r"```json\n(.+?)```", guide, re.S)[1])["files"][0]["findings"]  # type: ignore[index]
    (finding,) = first["files"][0]["findings"]
    begun = shown.pop("message").rstrip("…")
    assert finding["message"].startswith(begun)
    assert shown.items() <= finding.items()
    assert second["files"][0]["findings"][0]["waived"]
    assert rule["why"]
    assert rule["instead"]
