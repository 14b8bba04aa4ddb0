"""Markdown: CommonMark with tables, footnotes and front matter; MDX, and the shortcodes of Hugo and Jekyll."""

from __future__ import annotations

import re
from typing import Any

from attrlint.errors import ReadError
from attrlint.readers import plain
from attrlint.readers.build import FILLER, Builder
from attrlint.readers.elements import Elements
from attrlint.readers.html import VOCABULARY, Markup
from attrlint.readers.places import places
from attrlint.text import Document, Span
from attrlint.units import Encoding

_SHORTCODE = re.compile(
    r"\{%-?\s{0,9}comment\s{0,9}-?%\}([\s\S]{0,5000}?)\{%-?\s{0,9}endcomment\s{0,9}-?%\}"  # Jekyll's comment
    r"|\{\{/\*([\s\S]{0,5000}?)\*/\}\}"
    r"|\{\{[<%][^{}]{0,2000}[%>]\}\}|\{%[^{}]{0,2000}%\}|\{\{[^{}]{0,2000}\}\}"
)
_CRITIC = re.compile(
    r"\{>>((?:(?!\{>>)[\s\S]){0,5000}?)<<\}|\{--(?:(?!\{--)[\s\S]){0,5000}?--\}"
    r"|\{~~(?:(?!\{~~)[\s\S]){0,5000}?~>|~~\}|\{\+\+|\+\+\}|\{==|==\}"
)
"""CriticMarkup as it reads when every change is accepted: comments, and what was deleted, are not read."""
_MDX = re.compile(
    r"\{/\*([\s\S]{0,5000}?)\*/\}"
    r"|^(?:import|export)\s[^\n]*(?:\n[^\n]+)*"
    r"|</?[A-Z][\w.]*(?:[^<>{}]|\{[^{}]*\}){0,200}>"
    r"|\{[^{}]{0,2000}\}",
    re.MULTILINE,
)
_FRONT_MATTER = re.compile(r"(---)[ \t]*\r?\n[\w-]+:(?:\s|\Z)|(\+\+\+)[ \t]*\r?\n[\w-]+\s*=")
_CONTINUED = re.compile(r"[ \t>]*")
_ESCAPED = re.compile(r"[\\`*_<]|&(?=#?\w+;)")

_FIELD = re.compile(
    r"""^(?P<name>\w+)[ \t]*[:=][ \t]*(?:
        \[ (?P<list>[^\]]{0,1000}) \]
      | \"{3} (?P<long>[\s\S]{0,1000}?) \"{3}
      | " (?P<double>(?:[^"\\\n]|\\.)*) "
      | ' (?P<single>(?:[^'\n]|'')*) '
      | [>|][-+1-9]{0,2}[ \t]* (?P<lines>(?:\r?\n(?:[ \t]+[^\n]*)?)+)
      | (?P<items>(?:\r?\n[ \t]*-[ \t][^\n]*)+)
      | (?P<bare>[^\s\[{>|"'&*!]\S*(?:(?:\r?\n)?[ \t]+(?!\#)\S+)*)
    )[ \t]*(?:[ \t]\#[^\n]*)?\r?$""",
    re.MULTILINE | re.VERBOSE,
)
"""A field and its value: a list in brackets, TOML's long string, a quoted one, YAML's text and list in lines, words."""

_QUOTED = {"double": re.compile(r"\\u[0-9a-fA-F]{4}|\\."), "single": re.compile("''")}
"""What stands for one sign in the two sorts of quoted values."""
_LISTED = {
    "list": re.compile(r"""\"([^"\n]+)\"|'([^'\n]+)'|([^\s,"'][^,"'\n]*)"""),
    "items": re.compile(r"""-[ \t]+(?:name:[ \t]+)?(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"']\S*(?:[ \t]+\S+)*))"""),
}
"""The members of the two sorts of lists."""

_FIELDS = {
    "title": "headline",
    "headline": "headline",
    "author": "byline",
    "authors": "byline",
    "byline": "byline",
    "description": "standfirst",
    "standfirst": "standfirst",
    "subtitle": "standfirst",
    "summary": "standfirst",
    "excerpt": "standfirst",
}
"""What the fields of front matter are."""

_LEFT_OUT = frozenset({"CodeBlock", "Image", "Strikethrough", "MetadataBlock"})
"""What is no copy, or is struck out, with everything in it."""

_BLOCKS = {"Paragraph": "", "Item": "list", "TableCell": "table", "BlockQuote": "quotation"}


def read(data: bytes, path: str, encoding: str | None = None) -> Document:
    """Read one Markdown article.

    Raises ReadError for bytes that are no text, and for front matter that never ends.
    """
    source, written = plain.decode(data, path, encoding)
    _check_front_matter(source, path)
    return _Reader(source, path, written).document()


def escape(words: str) -> str:
    """Return words with a backslash before each sign that would be markup."""
    return _ESCAPED.sub(r"\\\g<0>", words)


def _check_front_matter(source: str, path: str) -> None:
    found = _FRONT_MATTER.match(source)
    if found is None:
        return
    sign = found[1] or found[2]
    ends = ("---", "...") if found[1] else ("+++",)
    if not re.search(rf"^(?:{'|'.join(map(re.escape, ends))})\s*$", source[found.end() :], re.MULTILINE):
        raise ReadError(f"the front matter that begins here never ends: close it with a line {sign}", path, 1)


class _Reader:
    """Reads one source: what the parser says of it goes into a builder."""

    def __init__(self, source: str, path: str, encoding: Encoding) -> None:
        self._source, self._path = source, path
        self._builder = Builder(source, path, escape, encoding)
        self._elements = Elements(self._builder, VOCABULARY, path)
        self._markup = Markup(self._builder, path, self._elements)
        self._comments: list[tuple[Span, str]] = []
        self._kinds = ["paragraph"]
        self._left_out = 0
        self._links: list[int] = []

    def document(self) -> Document:
        """Return the document."""
        import pyromark

        options = pyromark.Options
        chosen = (
            options.ENABLE_TABLES
            | options.ENABLE_FOOTNOTES
            | options.ENABLE_STRIKETHROUGH
            | options.ENABLE_TASKLISTS
            | options.ENABLE_HEADING_ATTRIBUTES
            | options.ENABLE_YAML_STYLE_METADATA_BLOCKS
            | options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        )
        self._masked = self._mask(_SHORTCODE, self._mask(_CRITIC, self._source))
        if self._path.lower().endswith(".mdx"):
            self._masked = self._mask(_MDX, self._masked)
        self._comments.sort(reverse=True)
        place = places(self._masked)
        for event, span in pyromark.events_with_range(self._masked, options=chosen):
            start = place(span["start"])
            while self._comments and self._comments[-1][0].start < start:
                comment, words = self._comments.pop()
                self._builder.comment(words, comment)
            self._take(event, start, place(span["end"]))
        for comment, words in reversed(self._comments):
            self._builder.comment(words, comment)
        return self._builder.document()

    def _mask(self, pattern: re.Pattern[str], source: str) -> str:
        """Put signs that stand for nothing in the place of what no reader sees; line ends stay, comments are kept."""

        def mask(found: re.Match[str]) -> str:
            words = next((group for group in found.groups() if group), "")
            self._comments.append((Span(*found.span()), words))
            return _IN_LINE.sub(FILLER, found[0])

        return pattern.sub(mask, source)

    def _take(self, event: Any, start: int, end: int) -> None:
        if isinstance(event, str):
            if event in ("SoftBreak", "HardBreak"):
                self._line_end(start, end)
            return
        ((name, value),) = event.items()
        if name == "Text":
            self._words(value, start, end)
        elif name == "Start":
            self._start(*_named(value), start, end)
        elif name == "End":
            self._end(_named(value)[0])
        elif name == "InlineHtml":
            self._elements.kind = self._kinds[-1]
            self._markup.read(self._masked[start:end], start)

    def _words(self, words: str, start: int, end: int) -> None:
        if self._left_out:
            return
        if self._masked.startswith(words, start):
            at = start
            while self._comments and self._comments[-1][0].start < end:
                place, said = self._comments.pop()
                self._elements.words(self._masked[at : place.start], at)
                self._builder.comment(said, place)
                at = place.start
            self._elements.words(words[at - start :], at)
        else:
            self._elements.whole(words, start, end)

    def _line_end(self, start: int, end: int) -> None:
        """Take the end of a line as a space, with the signs that continue a block on the next one."""
        if not self._left_out and not self._elements.silent:
            found = _CONTINUED.match(self._source, end)
            self._builder.space(start, found.end() if found else end)

    def _start(self, name: str, value: Any, start: int, end: int) -> None:
        if name in _LEFT_OUT:
            self._left_out += 1
            if name == "MetadataBlock":
                self._front_matter(start, end)
        elif name in _BLOCKS:
            self._kinds.append(_BLOCKS[name] or self._kinds[-1])
            self._builder.begin(self._kinds[-1])
        elif name == "Heading":
            self._kinds.append("headline" if value["level"] == "H1" else "heading")
            self._builder.begin(self._kinds[-1])
        elif name == "Link":
            self._links.append(self._builder.here)
        elif name == "HtmlBlock":
            self._html(start, end)

    def _end(self, name: str) -> None:
        if name in _LEFT_OUT:
            self._left_out -= 1
        elif name in _BLOCKS or name == "Heading":
            self._kinds.pop()
            self._builder.begin(self._kinds[-1])
        elif name == "Link":
            self._builder.link(self._links.pop())

    def _html(self, start: int, end: int) -> None:
        self._builder.begin(self._kinds[-1])
        source = self._masked[start:end]
        if "quotation" in self._kinds:
            source = _QUOTE_SIGNS.sub(lambda found: FILLER * len(found[0]), source)
        self._elements.kind = self._kinds[-1]
        self._markup.read(source, start)
        self._builder.begin(self._kinds[-1])

    def _front_matter(self, start: int, end: int) -> None:
        """Take headline, byline and standfirst from the fields that are those."""
        for field in _FIELD.finditer(self._source, start, end):
            kind = _FIELDS.get(field["name"].lower())
            if kind is None:
                continue
            form = field.lastgroup or ""
            for value in _LISTED[form].finditer(self._source, *field.span(form)) if form in _LISTED else [field]:
                self._builder.begin(kind)
                self._value(form, *value.span(form if value is field else value.lastindex or 0))
        self._builder.begin("paragraph")

    def _value(self, form: str, start: int, end: int) -> None:
        at = start
        for found in _QUOTED[form].finditer(self._source, start, end) if form in _QUOTED else ():
            self._builder.add(self._source[at : found.start()], at)
            sign = found[0][1:] if len(found[0]) == 2 else chr(int(found[0][2:], 16))
            self._builder.whole(sign, *found.span())
            at = found.end()
        self._builder.add(self._source[at:end], at)


_IN_LINE = re.compile(r"[^\n]")
_QUOTE_SIGNS = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE)


def _named(value: Any) -> tuple[str, Any]:
    return next(iter(value.items())) if isinstance(value, dict) else (value, None)
