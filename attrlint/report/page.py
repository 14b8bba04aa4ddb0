"""The frame of every page: one file that asks for nothing over a network and is read without its script too."""

from __future__ import annotations

from base64 import b64encode
from hashlib import blake2b, sha256
from html import escape
from pathlib import Path

from attrlint.report.width import shorten, shown

_LONG_TITLE = 100
_LINE_ENDS = str.maketrans("\t\r\n\x0b\x0c\x85\u2028\u2029", " " * 8)

_OPENING = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; \
script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'">
<title>{kind}: {title}</title>
<link rel="icon" href="data:,">
<style>
{style}</style>
</head>
<body>
<header><h1>{kind}</h1></header>
<main>
"""

_CLOSING = """</main>
<footer><p>{footer}</p></footer>
<script>{script}</script>
</body>
</html>
"""


def opening(kind: str, title: str, name: str) -> str:
    """Return the beginning of a page, down to its first section.

    `kind` says what the page shows and `title` of which articles; `name` is that of the page's own style and script.
    """
    digest = b64encode(sha256(_file(f"{name}.js").encode()).digest()).decode()
    style = _file("page.css") + _file(f"{name}.css")
    return _OPENING.format(kind=kind, title=text(shorten(title, _LONG_TITLE)), style=style, digest=digest)


def closing(footer: str, name: str) -> str:
    """Return the end of a page."""
    return _CLOSING.format(footer=footer, script=_file(f"{name}.js"))


def section(path: str, *parts: str) -> str:
    """Return the section of one article."""
    start = anchor(path)
    return (
        f'<section class="file" aria-labelledby="{start}">\n<h2 id="{start}">{text(path)}</h2>\n'
        f"{''.join(parts)}</section>\n"
    )


def unread(path: str, problem: str) -> str:
    """Return the section of an article that could not be read."""
    return section(path, f'<p class="problem">{text(problem)}</p>\n')


def anchor(path: str) -> str:
    """Return what the ids of an article begin with: the same for the same path, whatever else is on the page."""
    return "a" + blake2b(path.encode("utf-8", "surrogateescape"), digest_size=4).hexdigest()


def text(words: str) -> str:
    """Return text as it is safe in a page: escaped, and what could reverse or hide it replaced by visible signs."""
    return escape(shown(words.translate(_LINE_ENDS)))


def _file(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
