"""How a server is set up: fixed when it starts, and never changed by a request."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from attrlint.errors import UsageError

_SHORTEST = 20
"""Code points that a token must have at least: shorter ones can be guessed."""


class Settings(NamedTuple):
    """Where a server listens, what it lets in, and how much of it.

    `tokens` are asked of every request that reads an article; empty: of none. `allow_hosts` are names that clients may
    call the server by, beside addresses and “localhost”; `allow_origins` are sites whose pages may call it. `max_body`
    is in bytes, `max_text` in code points, `timeout` in seconds an article; `queue` is how many articles may wait.
    `opened` is the one file that the page shows when it opens; `config` is the configuration file of all articles, None
    for none.
    """

    host: str = "127.0.0.1"
    port: int = 8081
    workers: int = 1
    tokens: tuple[str, ...] = ()
    allow_hosts: tuple[str, ...] = ()
    allow_origins: tuple[str, ...] = ()
    max_body: int = 16 << 20
    max_text: int = 500_000
    timeout: float = 20.0
    queue: int = 256
    access_log: bool = False
    opened: str = ""
    config: str | None = None


def default_workers() -> int:
    """Return how many workers suit this machine: one for each processor."""
    return os.cpu_count() or 1


def read_tokens(path: str) -> tuple[str, ...]:
    """Read a file of tokens, one a line. Raises UsageError where it has none, or one that is too short."""
    try:
        lines = [line.strip() for line in Path(path).read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{path}: the tokens cannot be read: {getattr(error, 'strerror', None) or error}") from None
    hint = "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
    for number, line in enumerate(lines, 1):
        if line and (len(line) < _SHORTEST or not line.isascii() or " " in line):
            what = f"a token has at least {_SHORTEST} ASCII characters and no space"
            raise UsageError(f"{path}:{number}: {what}; {hint}")
    if not any(lines):
        raise UsageError(f"{path}: there is no token in it; {hint}")
    return tuple(filter(None, lines))
