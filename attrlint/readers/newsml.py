"""NITF and NewsML-G2: news items as XML, read by a parser that takes no document type and so no entities."""

from __future__ import annotations

from xml.parsers import expat

from attrlint.errors import ReadError
from attrlint.readers import plain
from attrlint.readers.build import Builder
from attrlint.readers.elements import Elements, Vocabulary
from attrlint.readers.places import places
from attrlint.text import Document, Span
from attrlint.units import UTF8, Encoding

VOCABULARY = Vocabulary(
    top="",
    kinds={
        **dict.fromkeys(("p", "block", "div", "section", "tr", "ul", "ol", "dl", "tbody"), ""),
        **dict.fromkeys(("body.content", "inlineData", "body"), "paragraph"),
        **dict.fromkeys(("hl1", "headline", "h1"), "headline"),
        **dict.fromkeys(("hl2", "h2", "h3", "h4", "h5", "h6"), "heading"),
        **dict.fromkeys(("byline", "by"), "byline"),
        **dict.fromkeys(("abstract", "description"), "standfirst"),
        **dict.fromkeys(("bq", "blockquote"), "quotation"),
        **dict.fromkeys(("li", "dt", "dd"), "list"),
        **dict.fromkeys(("table", "td", "th"), "table"),
        **dict.fromkeys(("media-caption", "figcaption", "caption"), "caption"),
        "dateline": "dateline",
    },
    skipped=frozenset(
        """
        head itemMeta catalog catalogRef rightsInfo hopHistory pubHistory media-reference media-metadata media-producer
        distributor rights note body.end pre script style subject keyword genre slugline contributor creator infoSource
        alt remoteContent partMeta assert inlineRef derivedFrom credline
        """.split()
    ),
)
"""Of the elements that only tell about an item, none has a kind, so their words are no text."""


def read(data: bytes, path: str, encoding: str | None = None) -> Document:
    """Read one item.

    Raises ReadError, with the line, for what is no well-formed XML, for a document type, and for XML that holds no
    article.
    """
    source, written = plain.decode(data, path, encoding or _declared(data))
    found = document(source, path, written)
    if not found.blocks:
        raise ReadError("this XML is no NITF or NewsML-G2 item: it has neither a headline nor a body", path)
    return found


def document(source: str, path: str, encoding: Encoding = UTF8) -> Document:
    """Read the text of one item; `encoding` is how its file writes it."""
    return _Reader(source, path, encoding).document()


def _declared(data: bytes) -> str | None:
    """Return the encoding that the XML declaration names."""
    if not data.startswith(b"<?xml") or b"encoding" not in data[:200]:
        return None
    after = data[:200].partition(b"encoding")[2].lstrip(b" \t\r\n=")
    name = after[1:].partition(after[:1])[0].decode("ascii", "replace")
    return None if name.lower() in ("utf-8", "utf-16") else name


class _Reader:
    """Reads one item: what the parser says of it goes into a builder."""

    def __init__(self, source: str, path: str, encoding: Encoding) -> None:
        self._source, self._path = source, path
        self._builder = Builder(source, path, encoding=encoding)
        self._elements = Elements(self._builder, VOCABULARY, path)
        self._place = places(source)
        self._in_lines = False
        self._parser = parser = expat.ParserCreate("utf-8", "\n")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._stop
        parser.CharacterDataHandler = self._words
        parser.CommentHandler = self._comment

    def document(self) -> Document:
        """Return the document."""
        try:
            self._parser.Parse(self._source.encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            raise ReadError(f"not well-formed XML: {expat.ErrorString(error.code)}", self._path, error.lineno) from None
        return self._builder.document()

    def _refuse(self, *_: object) -> None:
        raise ReadError(
            "the XML has a document type (DOCTYPE), which can pull in files and blow up: take that line out",
            self._path,
            self._parser.CurrentLineNumber,
        )

    def _comment(self, words: str) -> None:
        start = self._place(self._parser.CurrentByteIndex)
        self._builder.comment(words, Span(start, self._source.find("-->", start) + len("-->")))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        start = self._place(self._parser.CurrentByteIndex)
        end = self._source.find(">", start) + 1
        self._elements.start(_local(name), attributes, start, end, self._parser.CurrentLineNumber)
        self._in_lines = _local(name) == "inlineData"

    def _stop(self, name: str) -> None:
        start = self._place(self._parser.CurrentByteIndex)
        self._elements.stop(_local(name), start, self._source.find(">", start) + 1)
        self._in_lines = False

    def _words(self, words: str) -> None:
        start = self._place(self._parser.CurrentByteIndex)
        if self._in_lines and words == "\n":
            self._elements.start("br", {}, start, start + 1, self._parser.CurrentLineNumber)
        elif self._source.startswith(words, start):
            self._elements.words(words, start)
        elif self._source[start] == "&":
            self._elements.whole(words, start, self._source.find(";", start) + 1)
        else:
            # A line end of two signs, which the parser gives as one.
            self._elements.whole(words, start, start + 2)


def _local(name: str) -> str:
    return name.rpartition("\n")[2]
