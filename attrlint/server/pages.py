"""What a browser is shown: the page, its parts, and a page for every rule."""

from __future__ import annotations

from html import escape
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from attrlint.rule import Example, Rule
from attrlint.server.refusal import refuse
from attrlint.server.settings import Settings
from attrlint.server.standard import standard

FOLDER = Path(__file__).parent / "page"

_FRAME = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/page.css">
</head>
<body>
<header class="top">
<h1><span class="mark" aria-hidden="true">“</span>attrlint<span class="tagline">Who says so?</span></h1>
<nav class="tools" aria-label="Pages"><a href="/">Check an article</a> <a href="/rules">All rules</a></nav></header>
<main class="rulepage"><article class="paper">
{body}</article></main>
</body>
</html>
"""


class Pages:
    """The page at / and the rules under /rules."""

    def __init__(self, settings: Settings) -> None:
        self._opened = settings.opened
        self._rules = standard(settings.config).rules
        self.routes: list[BaseRoute] = [
            Route("/", self.page, methods=["GET"]),
            Route("/rules", self.rules, methods=["GET"]),
            Route("/rules/{name}", self.rule, methods=["GET"]),
            Route("/opened", self.opened, methods=["GET"]),
            Mount("/page", StaticFiles(directory=FOLDER)),
        ]

    async def page(self, _: Request) -> Response:
        """Answer with the page."""
        return FileResponse(FOLDER / "index.html")

    async def opened(self, _: Request) -> Response:
        """Answer with the file that the page was opened for."""
        if not self._opened:
            raise refuse(404, "No file was opened", "`attrlint open FILE` starts a server for one.")
        if not Path(self._opened).is_file():
            raise refuse(404, "The file is gone", "It was moved or deleted since it was opened.")
        name = quote(Path(self._opened).name)
        return FileResponse(self._opened, media_type="application/octet-stream", headers={"X-File-Name": name})

    async def rules(self, _: Request) -> Response:
        """Answer with the list of all rules."""
        parts = ["<h2>The rules</h2>\n"]
        for family, rules in groupby(self._rules, lambda rule: rule.family):
            parts.append(f"<h3>{escape(family)}</h3>\n<ul>\n{''.join(map(_entry, rules))}</ul>\n")
        return _shown("The rules of attrlint", "".join(parts))

    async def rule(self, request: Request) -> Response:
        """Answer with the page of one rule."""
        for rule in self._rules:
            if rule.name == request.path_params["name"]:
                return _shown(f"{rule.name}: attrlint", _explained(rule))
        raise refuse(404, "There is no such rule", "/rules lists them.")


def _shown(title: str, body: str) -> Response:
    return HTMLResponse(_FRAME.format(title=escape(title), body=body))


def _entry(rule: Rule) -> str:
    return f'<li><a href="/rules/{rule.name}">{rule.name}</a>: {escape(rule.summary)}</li>\n'


def _explained(rule: Rule) -> str:
    facts = f"{rule.family}, {rule.severity.word}, {'on' if rule.default else 'off'} by default, since {rule.since}"
    why = "".join(f"<p>{escape(' '.join(part.split()))}</p>\n" for part in rule.why.strip().split("\n\n"))
    found = "".join(f"<li>{_marked(example)}</li>\n" for example in rule.bad)
    passed = "".join(
        f'<li>{escape(example.text.strip())} <span class="because">({escape(example.because)})</span></li>\n'
        for example in rule.good
    )
    return (
        f'<h2>{rule.name}</h2>\n<p class="facts">{facts}</p>\n<p>{escape(rule.summary)}</p>\n'
        f"<h3>Why</h3>\n{why}"
        f"<h3>Instead</h3>\n<blockquote><p>{escape(' '.join(rule.instead.split()))}</p></blockquote>\n"
        f"<h3>Found</h3>\n<ul>\n{found}</ul>\n<h3>Not found</h3>\n<ul>\n{passed}</ul>\n"
    )


def _marked(example: Example) -> str:
    """Return the text of a bad example with its marks, which come in the order of the text."""
    done, rest = "", example.text.strip()
    for mark in example.marks:
        before, _, rest = rest.partition(mark)
        done += f"{escape(before)}<mark>{escape(mark)}</mark>"
    return done + escape(rest)
