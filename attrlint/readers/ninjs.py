"""IPTC ninjs 1, 2 and 3: one news item as JSON, its body a string of HTML, NITF or plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from json import JSONDecodeError
from typing import Any

from attrlint.errors import ReadError
from attrlint.readers import html, jsontext, newsml, plain
from attrlint.readers.build import Builder
from attrlint.text import Document

_PARAGRAPHS = re.compile(r"(?:[^\S\n]*\r?\n){2,}|\Z")
_LINES = re.compile(r"\n|\Z")


def read(data: bytes, path: str, encoding: str | None = None) -> Document:
    """Read the headline, byline, standfirst and body of one item.

    Raises ReadError for what is no JSON, and for JSON that holds no such item.
    """
    source, written = plain.decode(data, path, encoding)
    try:
        item = jsontext.parse(source)
    except JSONDecodeError as error:
        raise ReadError(f"not JSON: {error.msg.lower()}", path, error.lineno) from None
    except ValueError as error:
        raise ReadError(f"not JSON that can be read: {error}", path) from None
    item = item if isinstance(item, dict) else {}
    body = _body(item)
    headlines = _headlines(item)
    if body is None and not headlines:
        raise ReadError("this JSON is no ninjs item: it has neither a headline nor a body", path)
    builder = Builder(source, path, encoding=written)
    text, form = body or (jsontext.Text(), _plain)
    article = form(text, path)
    told = {block.kind for block in article.blocks}
    for words, kind in [*((one, "headline") for one in headlines), *_around(item)]:
        if kind not in told:
            builder.append(jsontext.block(words, kind), words.offsets())
    for words in _descriptions(item):
        if words.strip() not in article.text:
            builder.append(jsontext.block(words, "standfirst"), words.offsets())
    if body is not None:
        builder.append(article, text.offsets())
    return builder.document()


def _headlines(item: dict[str, Any]) -> list[jsontext.Text]:
    """Return the headline: the main one, or the first, or what the item is called."""
    several = sorted(_values(item.get("headlines")), key=lambda one: one.get("role") != "main")
    found = [*_texts(item.get("headline")), *_texts(*(one["value"] for one in several)), *_texts(item.get("title"))]
    return found[:1]


def _around(item: dict[str, Any]) -> Iterator[tuple[jsontext.Text, str]]:
    for key, kind in (("byline", "byline"), ("by", "byline"), ("located", "dateline")):
        for words in _texts(item.get(key)):
            yield words, kind


def _descriptions(item: dict[str, Any]) -> list[jsontext.Text]:
    named = [value for key, value in item.items() if key.startswith("description_")]
    return _texts(*named, *(one["value"] for one in _values(item.get("descriptions"))))[:1]


def _body(item: dict[str, Any]) -> tuple[jsontext.Text, Callable[[str, str], Document]] | None:
    """Return the body in the form that says most, and what reads it."""
    bodies = [(key, value) for key, value in item.items() if key.startswith("body_")]
    bodies += [
        (f"{one.get('contentType', one.get('contenttype', ''))} {one.get('role', '')}", one["value"])
        for one in _values(item.get("bodies"))
    ]
    for form, reader in (("html", html.document), ("nitf", newsml.document), ("", _plain)):
        for name, value in bodies:
            if form in str(name).lower() and isinstance(value, jsontext.Text) and value.strip():
                return value, reader
    return None


def _values(several: Any) -> list[dict[str, Any]]:
    """Return the members of a list that have a value."""
    return [one for one in several if isinstance(one, dict) and "value" in one] if isinstance(several, list) else []


def _texts(*values: Any) -> list[jsontext.Text]:
    return [value for value in values if isinstance(value, jsontext.Text) and value.strip()]


def _plain(source: str, path: str) -> Document:
    """Read plain text: its paragraphs have empty lines between them, or are lines where there are no empty ones."""
    builder = Builder(source, path)
    at = 0
    cut = _PARAGRAPHS if re.search(r"\n[^\S\n]*\n", source) else _LINES
    for found in cut.finditer(source):
        builder.begin("paragraph")
        builder.add(source[at : found.start()], at)
        at = found.end()
    return builder.document()
