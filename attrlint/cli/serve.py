"""`attrlint serve` and `attrlint open`: the linter as a service, and as a page for one article."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from attrlint.cli.running import CLEAN
from attrlint.errors import UsageError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8081, show_default=True, help="The port; 0 for any.")
@click.option("--workers", type=click.IntRange(1, 64), metavar="N", help="Processes that read. [default: processors]")
@click.option("--token-file", type=click.Path(), metavar="FILE", help="Tokens, one a line, of which clients send one.")
@click.option("--allow-host", multiple=True, metavar="NAME", help="A name that clients call this server by.")
@click.option("--allow-origin", multiple=True, metavar="URL", help="A site whose pages may call this server.")
@click.option("--max-body", type=click.IntRange(1), metavar="BYTES", help="The largest body. [default: 16 MiB]")
@click.option("--max-text", type=click.IntRange(1), metavar="N", help="Characters an article. [default: 500,000]")
@click.option("--timeout", type=click.FloatRange(0.1), metavar="SECONDS", help="Time an article. [default: 20]")
@click.option("--queue", type=click.IntRange(1), metavar="N", help="Articles that may wait. [default: 256]")
@click.option("--config", type=click.Path(), metavar="FILE", help="The configuration of all articles. [default: none]")
@click.option("--access-log", is_flag=True, help="Write a line for every request, without any of its text.")
def serve(token_file: str | None, allow_host: tuple[str, ...], allow_origin: tuple[str, ...], **given: Any) -> int:
    """Answer on HTTP for a CMS, a browser, and programs that speak to a LanguageTool server.

    The page is at /, the API under /v1 (described by /v1/openapi.json), the LanguageTool endpoint under /v2. Only this
    machine reaches it unless --host says otherwise, which needs --token-file.
    """
    run = _server()
    from attrlint.server.settings import Settings, default_workers, read_tokens

    chosen = {name: value for name, value in given.items() if value is not None}
    settings = Settings(
        **{"workers": default_workers(), **chosen},
        tokens=read_tokens(token_file) if token_file else (),
        allow_hosts=allow_host,
        allow_origins=tuple(origin.rstrip("/") for origin in allow_origin),
    )
    run(settings, _tell)
    return CLEAN


@click.command()
@click.argument("path", type=click.Path())
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port. [default: any free one]")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def open(path: str, port: int, no_browser: bool) -> int:  # noqa: A001 - the name of the command
    """Show one article in the browser, with what was found in it.

    A server for this article alone runs until Ctrl-C; only the browser that is opened has its key.
    """
    run = _server()
    import os
    import secrets
    from functools import partial

    from attrlint import readers
    from attrlint.server.settings import Settings
    from attrlint.settings import Finder

    readers.read_bytes(path)
    key = secrets.token_urlsafe(32)
    config = Finder().of(path).path or None
    settings = Settings(port=port, tokens=(key,), opened=os.path.abspath(path), config=config)
    run(settings, _tell, partial(_show, key, not no_browser))
    return CLEAN


def _show(key: str, browser: bool, address: str) -> None:
    import webbrowser

    page = f"{address}/#open&key={key}"
    _tell(f"the article is at {page}")
    if browser and not webbrowser.open(page):
        _tell("no browser could be started: open this address yourself")


def _server() -> Callable[..., None]:
    try:
        from attrlint.server.run import run
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("attrlint"):
            raise
        needed = f"this needs the extra “server” ({error.name} is missing)"
        raise UsageError(f'{needed}: pip install "attrlint[server]"') from None
    return run


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
