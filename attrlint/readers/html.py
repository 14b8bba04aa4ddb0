"""HTML: what a reader of the page sees, block by block; whole pages and fragments."""

from __future__ import annotations

import re
from html import escape as _escape
from html import unescape
from html.parser import HTMLParser

from attrlint.readers import jsontext, plain
from attrlint.readers.build import Builder
from attrlint.readers.elements import Elements, Vocabulary
from attrlint.text import Document, Span
from attrlint.units import UTF8, Encoding

_BLOCKS = """
address article body center dd details dialog div dl dt fieldset footer form header hgroup hr html legend main ol p
section summary tbody tfoot thead tr ul
""".split()
_SKIPPED = """
applet aside audio button canvas code datalist del iframe kbd map math nav noembed noframes noscript object option pre
rp rt samp script select style sup svg template textarea title tt var video
""".split()
_VOID = "area base br col embed hr img input link meta param source track wbr".split()
_CLOSES_PARAGRAPH = {tag: (frozenset({"p"}), frozenset({"button"})) for tag in [*_BLOCKS, "blockquote", "pre", "table"]}

VOCABULARY = Vocabulary(
    top="paragraph",
    kinds={
        **dict.fromkeys(_BLOCKS, ""),
        **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
        **dict.fromkeys(("table", "td", "th"), "table"),
        **dict.fromkeys(("li", "dd", "dt"), "list"),
        **dict.fromkeys(("figure", "figcaption", "caption"), "caption"),
        "h1": "headline",
        "title": "headline",
        "blockquote": "quotation",
        "pre": "",
    },
    skipped=frozenset(_SKIPPED),
    void=frozenset(_VOID),
    closes={
        **_CLOSES_PARAGRAPH,
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), (frozenset({"p"}), frozenset({"button"}))),
        "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
        **dict.fromkeys(("dt", "dd"), (frozenset({"dt", "dd"}), frozenset({"dl"}))),
        **dict.fromkeys(("td", "th"), (frozenset({"td", "th"}), frozenset({"tr", "table"}))),
        "tr": (frozenset({"tr"}), frozenset({"table"})),
        "option": (frozenset({"option"}), frozenset({"select"})),
    },
)

_CHARSET = re.compile(rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE)
_CALLED = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}
_HEADLINE = re.compile(r"""itemprop\s*=\s*["']?headline""")
_AUTHOR = re.compile(r"""(?:itemprop|rel)\s*=\s*["']?(?:author|byline)""")
_EMPTY_COMMENT = re.compile("<!---?>")
_UNENDED = re.compile("<[A-Za-z/!?]")
_LOOSE = 50
"""So many tags without an end are no slip of the writer's."""

_HEAD = 4_096
"""The encoding of a page is named in so many bytes from its beginning on."""


def read(data: bytes, path: str, encoding: str | None = None) -> Document:
    """Read one page or fragment; an encoding that the page names counts where no other one is given.

    Where a page has an article or main element, the rest of the page is no part of the article. Raises ReadError for
    bytes that are no text, and for elements inside one another too deep.
    """
    source, written = plain.decode(data, path, encoding or declared(data))
    return document(source, path, written)


def document(source: str, path: str, encoding: Encoding = UTF8) -> Document:
    """Read the text of one page or fragment; `encoding` is how its file writes it."""
    tags = source.lower()
    only = next((tag for tag in ("article", "main") if f"<{tag}" in tags), "")
    found = _read(Builder(source, path, escape, encoding), source, path, tags, only)
    if found.blocks or not only:
        return found
    return _read(Builder(source, path, escape, encoding), source, path, tags)


def _read(builder: Builder, source: str, path: str, tags: str, only: str = "") -> Document:
    headlines = tags.count("<h1")
    markup = Markup(builder, path, Elements(builder, VOCABULARY, path, only, "headline" if headlines < 2 else ""))
    untitled = not headlines and not ("headline" in tags and _HEADLINE.search(tags))
    markup.wanted = {
        "headline": untitled,
        "title": untitled and '"headline"' not in tags,
        "author": not (("author" in tags or "byline" in tags) and _AUTHOR.search(tags)),
    }
    markup.read(source, 0)
    markup.elements.finish(len(source))
    return builder.document()


def escape(words: str) -> str:
    """Return words as they stand in the text of a page."""
    return _escape(words, quote=False)


def declared(data: bytes) -> str | None:
    """Return the encoding that a page names, unless it has a byte order mark or names none that exists."""
    found = _CHARSET.search(data[:_HEAD])
    if found is None or data.startswith(plain.MARKS):
        return None
    name = found[1].decode("ascii").lower()
    # As browsers have it: Latin-1 is Windows's variety of it, and a page that can be read so far is not in UTF-16.
    return "utf-8" if name.startswith("utf-16") else _CALLED.get(name, name)


class Markup(HTMLParser):
    """Reads stretches of HTML into a builder: a whole page, or the tags that stand in Markdown."""

    def __init__(self, builder: Builder, path: str, elements: Elements) -> None:
        super().__init__(convert_charrefs=False)
        self.elements = elements
        self._builder, self._path = builder, path
        self._base = 0
        self._lines: list[int] = []
        self._source = ""
        self._linked = -1
        self._titled = False
        self.wanted: dict[str, bool] = {}
        """What is taken from linked data, because the page does not show it."""

    def read(self, source: str, base: int) -> None:
        """Read a stretch that begins at `base`; elements may stay open from one stretch to the next."""
        source = _without_loose_ends(source)
        self._base = base
        self._lines = [0, *(found.end() for found in re.finditer("\n", source))]
        self._source = source
        self.lineno, self.offset = 1, 0
        self.rawdata = ""
        self.feed(source)
        if _UNENDED.match(self.rawdata):
            # A tag or comment that never ends is nothing that a browser shows.
            self.rawdata = ""
        self.close()

    def _at(self) -> int:
        line, column = self.getpos()
        return self._base + self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        start = self._at()
        end = start + len(self.get_starttag_text() or "")
        attributes = dict(attrs) if attrs else {}
        if tag == "title" and self.wanted.get("title") and not self.elements.silent:
            tag = "h1"
            self._titled = True
        self.elements.start(tag, attributes, start, end, self.getpos()[0])
        if tag == "script" and (attributes.get("type") or "").lower() == "application/ld+json":
            self._linked = end

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        start = self._at()
        if tag == "script" and self._linked >= 0:
            self._take_linked_data(start)
        if tag == "title" and self._titled:
            tag, self._titled = "h1", False
        end = self._source.find(">", start - self._base) + 1
        self.elements.stop(tag, start, self._base + end if end else start)

    def handle_data(self, data: str) -> None:
        """Take words."""
        if not self.elements.silent:
            self.elements.words(data, self._at())

    def handle_entityref(self, name: str) -> None:
        """Take a named entity, with or without its semicolon; what names nothing stands for itself."""
        self._reference("&" + name)

    def handle_charref(self, name: str) -> None:
        """Take a numbered entity."""
        self._reference("&#" + name)

    def _reference(self, words: str) -> None:
        start = self._at()
        at = start - self._base + len(words)
        if self._source[at : at + 1] == ";":
            words += ";"
        self.elements.whole(unescape(words), start, start + len(words))

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: ARG002 - the shape of what it takes over
        """Pass over “<![…]>”, as browsers do; what it takes over knows a few of them and stops at others."""
        return self.parse_bogus_comment(i, False)

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Pass over comments that end where they begin, as browsers do; others are read as ever."""
        empty = _EMPTY_COMMENT.match(self.rawdata, i)
        return empty.end() if empty else super().parse_comment(i, report)

    def handle_comment(self, data: str) -> None:
        """Keep a comment with its place."""
        start = self._at()
        inside = start + len("<!--" if self._source.startswith("<!--", start - self._base) else "<!") + len(data)
        self._builder.comment(data, Span(start, self._base + self._source.find(">", inside - self._base) + 1))

    def _take_linked_data(self, end: int) -> None:
        """Take the headline and the authors from linked data where the page itself does not mark them."""
        start, self._linked = self._linked, -1
        try:
            found = jsontext.parse(self._source[start - self._base : end - self._base])
        except ValueError:
            return
        for key, kind in (("headline", "headline"), ("author", "byline")):
            for words in _linked(found, key) if self.wanted.get(key) else ():
                self.wanted[key] = False
                self._builder.append(jsontext.block(words, kind), words.offsets(start))
        self._builder.begin("paragraph")


def _without_loose_ends(source: str) -> str:
    """Cut off many tags or comments that begin at the end of a source and never end: each is looked for to the end."""
    for opening, closing in (("<!--", "-->"), ("<", ">")):
        last = source.rfind(closing) + 1
        if source.count(opening, last) > _LOOSE:
            source = source[: source.find(opening, last)]
    return source


def _linked(found: object, key: str) -> list[jsontext.Text]:
    """Return the strings that a property of linked data has: its own, or the names of the things it has."""
    if isinstance(found, list):
        return next((words for one in found if (words := _linked(one, key))), [])
    if not isinstance(found, dict):
        return []
    if key not in found:
        return _linked(found.get("@graph"), key)
    values = found[key] if isinstance(found[key], list) else [found[key]]
    names = [one.get("name") if isinstance(one, dict) else one for one in values]
    return [one for one in names if isinstance(one, jsontext.Text)]
