"""What an article is by its content: where no suffix says so, and where the suffix is plainly wrong."""

from __future__ import annotations

import re

from attrlint.errors import ReadError

_HEAD = 1_024
_ZIPPED = b"PK\x03\x04"
_FOREIGN = (
    (b"%PDF-", "a PDF file", "export its text"),
    (b"{\\rtf", "an RTF file", "save it as plain text, Markdown or HTML"),
    (_ZIPPED, "an archive, such as a word processor writes", "give it the suffix of its format"),
    (b"\xd0\xcf\x11\xe0", "an old Word file", "save it in a format of today"),
)
"""How files begin that no reader of text takes, what they are, and what helps."""

_MARKS = (
    (
        "html",
        "an HTML file",
        re.compile(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S),
    ),
    ("newsml", "an XML file", re.compile(rb"<\?xml\b|<(?:nitf|newsItem|newsMessage)\b")),
    ("ninjs", "a JSON file", re.compile(rb"\{\s*\"")),
)
_ALIKE = (("html", "newsml"),)
"""What is no contradiction: a fragment of a page can be XML."""

_MAIL = (".eml", ".msg")
"""E-mail may be written in ways that look like text and are not to be read as such."""

_FRAGMENT = re.compile(
    rb"<(?:article|blockquote|body|div|figure|h[1-6]|head|main|p|section|ul)\b[^<>]*>", re.IGNORECASE
)
_MARKDOWN = re.compile(rb"---[ \t]*\r?\n[\w-]+:|\+\+\+[ \t]*\r?\n[\w-]+\s*=|#{1,6} \S")


def confirmed(data: bytes, path: str, form: str) -> str:
    """Return the format of an article whose suffix says `form`, or nothing where that is empty.

    Raises ReadError for files of other programs, for a page, XML or JSON under the suffix of prose, and for a page
    under that of JSON.
    """
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if form not in ("", "text", "markdown", "html", "ninjs"):
        return form
    if not form and head.startswith(_ZIPPED):
        from attrlint.readers import package

        return package.form_of(data, path)
    if path.lower().endswith(_MAIL):
        raise ReadError("this is an e-mail: save its text as plain text or HTML", path)
    for sign, name, remedy in _FOREIGN:
        if head.startswith(sign):
            raise ReadError(f"this is {name}: {remedy}", path)
    for found, name, mark in _MARKS:
        if mark.match(head) and (form, found) not in _ALIKE:
            if form not in ("", found):
                raise ReadError(f"this is {name}: give it that suffix, or read it with --input-format {found}", path)
            return found
    if form:
        return form
    return "html" if _FRAGMENT.match(head) else "markdown" if _MARKDOWN.match(head) else "text"
