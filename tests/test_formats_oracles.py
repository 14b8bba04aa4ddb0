"""Places in Markdown and words of pages, as parsers and a browser of others see them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from attrlint import readers
from attrlint.text import Document

MARKDOWN = """# Vote *now* on 😀 pool

The “offensive” has **stal**led, *analysts*
note. A \\*star\\* and [the report](http://x.y "t"), `code` and more.

> He said
> so to the **paper** and
went on.

- one *item*
- two items

  with [a ref][r]

    code

1. Näher & näher

[r]: http://z.z
"""

PAGE = """<!doctype html><meta charset=utf-8><title>x</title><body>
<h1>Vote &amp; <i>pool</i></h1><p>The &ldquo;offensive&rdquo; has <b>stal</b>led,
  analysts&nbsp;note. 😀<p>A &lt;tag&gt; &copy 1 and A & B &bogus;
<ul><li>one<li>two <a href="#">th</a>ree</ul><table><tr><td>a<td>b &#8212; c</table>
<blockquote>Näher<!-- c --> so</blockquote><figure><figcaption>The <em>port</em>.</figcaption></figure>
<p>He did <span>so</span>."""


def check(document: Document, offset: int, words: str) -> None:
    """Words that another parser sees at a place in the source stand in the text that was read from there."""
    at = {document.place(at, at + 1).start: at for at in range(len(document.text))}
    assert document.text.startswith(words, at[offset]), words


@pytest.mark.e2e
@pytest.mark.skipif(shutil.which("pandoc") is None, reason="needs pandoc")
def test_pandoc_sees_words_at_the_same_places(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    command = ["pandoc", "-f", "commonmark+sourcepos", "-t", "json", str(path)]
    tree = json.loads(subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout)
    document = readers.read_file(path)
    found = list(_words(tree["blocks"], document))
    for offset, words in found:
        check(document, offset, words)
    assert len(found) > 40


def _words(node: Any, document: Document, place: str = "") -> Iterator[tuple[int, str]]:
    """Yield the words of pandoc's tree that have a place of their own, with the code point they begin at."""
    if isinstance(node, list):
        for one in node:
            yield from _words(one, document, place)
    elif isinstance(node, dict) and node.get("t") == "Span":
        (_, _, attributes), inside = node["c"]
        place = dict(attributes).get("data-pos", dict(attributes).get("pos", ""))
        yield from _words(inside, document, place)
    elif isinstance(node, dict) and node.get("t") == "Str":
        line, column = map(int, place.rpartition("@")[2].partition("-")[0].split(":"))
        source = document.origin
        offset = source.line_span(line).start + column - 1
        if source.text.startswith(node["c"], offset):
            yield offset, node["c"]
    elif isinstance(node, dict) and node.get("t") != "CodeBlock":
        yield from _words(node.get("c", []), document, place)


SCRIPT = """
import { fromMarkdown } from "mdast-util-from-markdown";
import { readFileSync } from "node:fs";
const found = [];
const visit = (node) => {
  if (node.type === "text") found.push([node.position.start.offset, node.value]);
  (node.children ?? []).forEach(visit);
};
visit(fromMarkdown(readFileSync(process.argv[2], "utf8")));
console.log(JSON.stringify(found));
"""


@pytest.mark.e2e
@pytest.mark.skipif(shutil.which("npm") is None, reason="needs node and npm")
def test_mdast_sees_words_at_the_same_places(tmp_path: Path) -> None:
    install = [
        "npm",
        "install",
        "--no-package-lock",
        "--no-fund",
        "--no-audit",
        "--silent",
        "mdast-util-from-markdown@2",
    ]
    subprocess.run(install, cwd=tmp_path, check=True)
    (tmp_path / "a.md").write_text(MARKDOWN, encoding="utf-8")
    (tmp_path / "see.mjs").write_text(SCRIPT, encoding="utf-8")
    run = subprocess.run(["node", "see.mjs", "a.md"], cwd=tmp_path, capture_output=True, check=True)
    found = json.loads(run.stdout)
    document = readers.read(MARKDOWN.encode(), "a.md")
    for units, words in found:
        offset = len(MARKDOWN.encode("utf-16-le")[: 2 * units].decode("utf-16-le"))
        if MARKDOWN[offset] != "\\":
            # Beside code, which is left out, two spaces count as one.
            first = words.partition("\n")[0]
            check(document, offset + len(first) - len(first.lstrip()), first.strip())
    assert len(found) > 15


RANGES = """
() => [...document.querySelectorAll("h1, p, li, td, blockquote, figcaption")].map((element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  return range.toString().replace(/[ \\n\\t]+/g, " ").replace(/^ | $/g, "");
})
"""


@pytest.mark.e2e
def test_a_browser_sees_the_same_words(tmp_path: Path) -> None:
    sync = pytest.importorskip("playwright.sync_api")
    names = ("chromium", "chromium-browser", "google-chrome")
    binary = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if binary is None:
        pytest.skip("needs a Chromium")
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(path.as_uri())
        seen = page.evaluate(RANGES)
        browser.close()
    document = readers.read_file(path)
    assert [document.text[block.start : block.end] for block in document.blocks] == seen
