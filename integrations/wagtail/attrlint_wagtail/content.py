"""The text of a page as one article, and the way back to the field, the block and the letter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

from attrlint.readers import html
from attrlint.readers.build import Builder
from attrlint.text import Block, Document, Span

_PLAIN = "paragraph"

# What is a CharField and no prose.
_CODES = (models.SlugField, models.URLField, models.EmailField, models.FilePathField)

# Names that sites give to blocks, and the kinds of text that readers of a file would see in them.
_KINDS = {
    **dict.fromkeys(("heading", "headline", "title", "subheading", "subtitle"), "heading"),
    **dict.fromkeys(("quote", "block_quote", "blockquote", "pull_quote", "pullquote"), "quotation"),
    "caption": "caption",
}
_SEPARATOR = "\n\n"


class Part(NamedTuple):
    """One value of a page: its path as Wagtail's comments write it, its name for people, and what was read from it.

    `start` is where it begins in the text of the whole article, in code points.
    """

    path: tuple[str, ...]
    label: str
    document: Document
    start: int = 0


class Place(NamedTuple):
    """Where a stretch of the article stands in the page.

    `start` and `end` are half-open, 0-based code points of the stored value, which is HTML in rich text. The words are
    `left` to `right` of `paragraph`, in UTF-16 units; it is the paragraph of this wording number `nth`, from 0.
    """

    path: tuple[str, ...]
    label: str
    start: int
    end: int
    paragraph: str
    left: int
    right: int
    nth: int


class Story(NamedTuple):
    """A page as one article: sources that one block introduces are known in all others."""

    document: Document
    parts: tuple[Part, ...]

    def place(self, start: int, end: int) -> Place:
        """Return where a stretch of the article stands in the page; it ends where the value it begins in does."""
        part = self.parts[bisect_right(self.parts, start, key=attrgetter("start")) - 1]
        read = part.document
        start -= part.start
        end = min(end - part.start, len(read.text))
        at = bisect_right(read.blocks, start, key=attrgetter("start")) - 1
        block = read.blocks[at]
        words = read.text[block.start : block.end]
        before = [read.text[one.start : one.end] for one in read.blocks[:at]]
        left, right = (_units(words[: place - block.start]) for place in (start, end))
        return Place(part.path, part.label, *read.place(start, end), words, left, right, before.count(words))


def story(page: Page) -> Story:
    """Return the text of a page, saved or not, as one article."""
    parts: list[Part] = []
    length = 0
    for part in _parts(page):
        if part.document.text:
            length += len(_SEPARATOR) if parts else 0
            parts.append(part._replace(start=length))
            length += len(part.document.text)
    document = Document(
        _SEPARATOR.join(part.document.text for part in parts),
        blocks=tuple(
            Block(block.kind, block.start + part.start, block.end + part.start)
            for part in parts
            for block in part.document.blocks
        ),
        links=tuple(
            Span(link.start + part.start, link.end + part.start) for part in parts for link in part.document.links
        ),
    )
    return Story(document, tuple(parts))


def fields(page: Page) -> dict[str, str]:
    """Return the names of the fields that are read, in the order of the story, and the kinds of text they hold.

    A page model says so itself in `attrlint_fields`; else it is the title and every text field of the model's own.
    """
    chosen = getattr(page, "attrlint_fields", None)
    if chosen is not None:
        return dict(chosen)
    inherited = {field.name for field in Page._meta.get_fields()}
    own = [field.name for field in page._meta.concrete_fields if field.name not in inherited and _is_prose(field)]
    return {"title": "headline", **dict.fromkeys(own, _PLAIN)}


def _is_prose(field: models.Field) -> bool:
    if isinstance(field, _CODES) or field.choices or not field.editable:
        return False
    return isinstance(field, (models.CharField, models.TextField, StreamField))


def _parts(page: Page) -> Iterator[Part]:
    for name, kind in fields(page).items():
        field = page._meta.get_field(name)
        value = getattr(page, name)
        label = str(field.verbose_name).capitalize()
        if isinstance(field, StreamField):
            yield from _of_block(field.stream_block, value, (name,), label, kind)
        elif isinstance(field, RichTextField):
            yield Part((name,), label, _rich(value or "", kind))
        else:
            yield Part((name,), label, _plain(value or "", kind))


def _of_block(block: blocks.Block, value: Any, path: tuple[str, ...], label: str, kind: str) -> Iterator[Part]:
    if value is None or isinstance(block, blocks.RawHTMLBlock):
        return
    kind = _KINDS.get(block.name, kind)
    if isinstance(block, blocks.BaseStreamBlock):
        for number, child in enumerate(value, 1):
            name = f"{label} › {number} {child.block.label}"
            yield from _of_block(child.block, child.value, (*path, child.id or ""), name, kind)
    elif isinstance(block, blocks.ListBlock):
        for number, child in enumerate(value.bound_blocks, 1):
            yield from _of_block(child.block, child.value, (*path, child.id or ""), f"{label} › {number}", kind)
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name), (*path, name), f"{label} › {child.label}", kind)
    elif isinstance(value, RichText):
        yield Part(path, label, _rich(value.source, kind))
    elif isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
        yield Part(path, label, _plain(str(value), kind))


def _rich(value: str, kind: str) -> Document:
    read = html.document(value, "")
    if kind == _PLAIN:
        return read
    found = tuple(block._replace(kind=kind) if block.kind == _PLAIN else block for block in read.blocks)
    return Document(read.text, blocks=found, offsets=read.offsets, source=value, escape=read.escape, links=read.links)


def _plain(value: str, kind: str) -> Document:
    builder = Builder(value, "")
    at = 0
    for line in value.splitlines(keepends=True):
        builder.begin(kind)
        builder.add(line, at)
        at += len(line)
    return builder.document()


def _units(words: str) -> int:
    """Return the length of a text in UTF-16 units, which is how browsers count."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2
