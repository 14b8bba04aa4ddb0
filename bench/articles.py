"""The articles that the benchmark reads: composed from examples/, or taken from a folder or a JSONL file."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

COUNT = 1000
WORDS = 485  # of a composed article; 1,000 of them are about 3 MB
LONG_WORDS = 800  # of the one article that is linted alone
SEED = 20260101

_VARIED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+|\d+")
_SYLLABLES = ("ba", "den", "ko", "lin", "mar", "no", "ris", "sta", "tov", "ul", "ven", "wick", "yar", "zel")


def gather(source: Path | None, examples: Path) -> list[str]:
    """The texts to lint: those of `source` (a folder of .txt files or a JSONL file), or made from `examples`."""
    if source is None:
        return list(compose(examples, COUNT))
    if source.is_dir():
        return [path.read_text(encoding="utf-8") for path in sorted(source.glob("*.txt"))]
    with source.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def long_article(texts: list[str], source: Path | None, examples: Path) -> str:
    """One article of about 800 words: the nearest of `texts`, or one composed for the purpose."""
    if source is None:
        return _article(random.Random(SEED - 1), _paragraphs(examples), LONG_WORDS)
    return min(texts, key=lambda text: abs(len(text.split()) - LONG_WORDS))


def compose(examples: Path, count: int) -> Iterator[str]:
    """Give so many articles of about 3 kB, made from the paragraphs of `examples`: every one brings new words."""
    rng = random.Random(SEED)
    paragraphs = _paragraphs(examples)
    for _ in range(count):
        yield _article(rng, paragraphs, WORDS)


def _paragraphs(examples: Path) -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(examples.glob("*.txt"))]
    paragraphs = [part.strip() for text in texts for part in re.split(r"\n\s*\n", text)]
    return [part for part in paragraphs if len(part.split()) > 12]


def _article(rng: random.Random, paragraphs: list[str], words: int) -> str:
    chosen: list[str] = []
    length = 0
    while length < words:
        paragraph = _vary(rng, rng.choice(paragraphs))
        chosen.append(paragraph)
        length += len(paragraph.split())
    return "\n\n".join(chosen) + "\n"


def _vary(rng: random.Random, paragraph: str) -> str:
    # Real news keeps bringing words never seen before, mostly names and numbers. Without them a linter that
    # remembers words would look faster here than it is.
    def other(match: re.Match[str]) -> str:
        if match[0].isdigit():
            return str(rng.randrange(10 ** len(match[0])))
        return "".join(rng.choices(_SYLLABLES, k=rng.choice((3, 4)))).capitalize()

    return _VARIED.sub(lambda match: other(match) if rng.random() < 0.5 else match[0], paragraph)
