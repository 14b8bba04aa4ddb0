"""The text of a page as one article, and the way back to the field, the block and the letter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTable
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

FORM = "attrlint_form"
"""The attribute of a child that was read from a form: the prefix of its part of that form."""


class Part(NamedTuple):
    """One value of a page: its path as Wagtail's comments write it, its name for people, and what was read from it.

    Where those write none, the path goes on with the form or the number of a child, or the row and column of a cell.
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


def fields(made: models.Model) -> dict[str, str]:
    """Return the names of the fields that are read, in the order of the story, and the kinds of text they hold.

    A model says so itself in `attrlint_fields`; else it is the title of a page, every text field of the model's own
    and its children, which an InlinePanel shows.
    """
    chosen = getattr(made, "attrlint_fields", None)
    if chosen is not None:
        return dict(chosen)
    inherited = {field.name for field in Page._meta.get_fields()} if isinstance(made, Page) else set()
    own = [field.name for field in made._meta.concrete_fields if _is_prose(field)]
    children = [relation.name for relation in get_all_child_relations(made)]
    read = dict.fromkeys((name for name in own + children if name not in inherited), _PLAIN)
    return {"title": "headline", **read} if isinstance(made, Page) else read


def _is_prose(field: models.Field) -> bool:
    if isinstance(field, _CODES) or field.choices or not field.editable:
        return False
    return isinstance(field, (models.CharField, models.TextField, StreamField))


def _parts(made: models.Model, path: tuple[str, ...] = (), label: str = "") -> Iterator[Part]:
    for name, kind in fields(made).items():
        field = made._meta.get_field(name)
        if field.one_to_many:
            yield from _of_children(made, field, (*path, name), label)
        else:
            yield from _of_field(field, getattr(made, name), (*path, name), label + _capital(field.verbose_name), kind)


def _of_children(made: models.Model, relation: Any, path: tuple[str, ...], label: str) -> Iterator[Part]:
    label += _capital(relation.related_model._meta.verbose_name_plural)
    for number, child in enumerate(getattr(made, relation.get_accessor_name()).all(), 1):
        yield from _parts(child, (*path, getattr(child, FORM, str(number))), f"{label} › {number} › ")


def _capital(words: Any) -> str:
    return str(words)[:1].upper() + str(words)[1:]


def _of_field(field: models.Field, value: Any, path: tuple[str, ...], label: str, kind: str) -> Iterator[Part]:
    if isinstance(field, StreamField):
        yield from _of_block(field.stream_block, value, path, label, kind)
    elif isinstance(field, RichTextField):
        yield Part(path, label, _rich(value or "", kind))
    else:
        yield Part(path, label, _plain(value or "", kind))


def _of_block(block: blocks.Block, value: Any, path: tuple[str, ...], label: str, kind: str) -> Iterator[Part]:
    if value is None:
        return
    kind = "quotation" if isinstance(block, blocks.BlockQuoteBlock) else _KINDS.get(block.name, kind)
    if isinstance(block, (blocks.BaseStreamBlock, blocks.ListBlock, blocks.BaseStructBlock)):
        yield from _of_blocks(block, value, path, label, kind)
    elif isinstance(value, TypedTable):
        yield from _of_typed_table(value, path, label)
    elif isinstance(block, TableBlock):
        yield from _of_table(block, value, path, label)
    elif isinstance(value, RichText):
        yield Part(path, label, _rich(value.source, kind))
    elif isinstance(block, blocks.RawHTMLBlock):
        yield Part(path, label, _rich(str(value), kind))
    elif isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
        yield Part(path, label, _plain(str(value), kind))


def _of_blocks(block: blocks.Block, value: Any, path: tuple[str, ...], label: str, kind: str) -> Iterator[Part]:
    if isinstance(block, blocks.BaseStreamBlock):
        for number, child in enumerate(value, 1):
            name = f"{label} › {number} {child.block.label}"
            yield from _of_block(child.block, child.value, (*path, child.id or ""), name, kind)
    elif isinstance(block, blocks.ListBlock):
        for number, child in enumerate(value.bound_blocks, 1):
            yield from _of_block(child.block, child.value, (*path, child.id or ""), f"{label} › {number}", kind)
    elif isinstance(value, Mapping):  # the value of an ImageBlock is the image
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name), (*path, name), f"{label} › {child.label}", kind)


def _of_table(block: TableBlock, value: Any, path: tuple[str, ...], label: str) -> Iterator[Part]:
    yield Part((*path, "caption"), label, _plain(value.get("table_caption") or "", "caption"))
    read = _rich if block.is_html_renderer() else _plain
    for row, cells in enumerate(value.get("data") or (), 1):
        for column, cell in enumerate(cells, 1):
            yield Part(*_cell(path, label, row, column), read("" if cell is None else str(cell), "table"))


def _of_typed_table(table: TypedTable, path: tuple[str, ...], label: str) -> Iterator[Part]:
    yield Part((*path, "caption"), label, _plain(table.caption or "", "caption"))
    for column, head in enumerate(table.columns, 1):
        yield Part(*_cell(path, label, 0, column), _plain(head["heading"] or "", "table"))
    for row, cells in enumerate(table.rows, 1):
        for column, cell in enumerate(cells, 1):
            yield from _of_block(cell.block, cell.value, *_cell(path, label, row, column), "table")


def _cell(path: tuple[str, ...], label: str, row: int, column: int) -> tuple[tuple[str, ...], str]:
    """Return the path and the name of a cell; row 0 has the headings."""
    place = _("row %(row)d, column %(column)d") % {"row": row, "column": column} if row else _("headings")
    return (*path, str(row), str(column)), f"{label} › {place}"


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
