"""Time the same articles as plain text, Markdown, HTML and ninjs, read and linted: how much the markup costs.

`make bench-formats`. The formats take turns within every round; a ratio is the median of the ratios within the rounds.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from statistics import median

import articles

from attrlint import engine, locate, readers

ROOT = Path(__file__).resolve().parent.parent


def markdown(text: str, rng: random.Random) -> str:
    """The article with a headline, some emphasis and some links."""

    def word(one: str) -> str:
        chance = rng.random() if one.isalpha() else 1.0
        return f"**{one}**" if chance < 0.02 else f"[{one}](https://example.org/)" if chance < 0.03 else one

    body = "\n\n".join(" ".join(map(word, part.split(" "))) for part in text.split("\n\n"))
    return f"---\ntitle: A headline\nauthor: Jane Roe\n---\n\n{body}"


def html(text: str, rng: random.Random) -> str:
    """The article as a page, with some emphasis, some links and an entity for every sign that has one."""

    def word(one: str) -> str:
        chance = rng.random() if one.isalpha() else 1.0
        return (
            f"<b>{one}</b>" if chance < 0.02 else f'<a href="https://example.org/">{one}</a>' if chance < 0.03 else one
        )

    parts = [" ".join(map(word, escape(part).split(" "))) for part in text.split("\n\n")]
    body = "\n".join(f'<p class="body">{part}</p>' for part in parts)
    return f"<!doctype html><html><head><title>A headline</title></head><body><article>{body}</article></body></html>"


def ninjs(text: str, rng: random.Random) -> str:
    """The article as the body of a wire item."""
    return json.dumps({"headline": "A headline", "byline": "Jane Roe", "body_html": html(text, rng)})


FORMATS: dict[str, Callable[[str, random.Random], str]] = {
    "text": lambda text, _: text,
    "markdown": markdown,
    "html": html,
    "ninjs": ninjs,
}


def main() -> int:
    """Time all formats and print a table."""
    parser = argparse.ArgumentParser(description="Time the same articles in several formats.")
    parser.add_argument("--articles", type=Path, help="a folder of .txt files, or JSONL with one {id, text} a line")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    texts = articles.gather(options.articles, ROOT / "examples")
    rng = random.Random(articles.SEED)
    written = {form: [write(text, rng).encode() for text in texts] for form, write in FORMATS.items()}
    linter = engine.load()
    seconds: dict[str, list[float]] = {form: [] for form in FORMATS}
    forms = list(FORMATS)
    for number in range(-1, options.rounds):
        turn = number % len(forms)
        for form in forms[turn:] + forms[:turn]:
            taken = _time(linter, written[form], form)
            if number >= 0:  # the first round fills memories
                seconds[form].append(taken)
    size = sum(map(len, written["text"]))
    print(f"{len(texts)} articles, {size / 1e6:.1f} MB of text, {options.rounds} rounds, one process, warm\n")
    print("| format | processor seconds | times text |\n|---|---|---|")
    for form, taken_by in seconds.items():
        ratio = median(mine / text for mine, text in zip(taken_by, seconds["text"], strict=True))
        print(f"| {form} | {median(taken_by):.2f} | {ratio:.2f} |")
    return 0


def _time(linter: engine.Engine, data: list[bytes], form: str) -> float:
    started = time.process_time()
    for one in data:
        locate.report(linter.lint(readers.read(one, "", form=form)))
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
