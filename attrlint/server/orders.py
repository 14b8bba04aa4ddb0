"""What the server asks of its workers, and what it gets back: plain values that travel between processes."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

JSON = "application/json"
PROBLEM = "application/problem+json"


class Order(NamedTuple):
    """One article and what is to be done with it.

    `what` names a function of `worker`; `data` is the article in bytes, `form` its format by name (empty: by the suffix
    of `path`) and `encoding` that of its characters. `waived` are fingerprints of findings with the reasons for which
    they are accepted. `utf16` adds offsets in UTF-16 code units. `site` is the address of the server, for links to
    its pages; `config` is the configuration file of the server, None for none. `most` is how many code
    points the article may have.
    """

    what: str
    data: bytes
    path: str = ""
    form: str = ""
    encoding: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preset: str = ""
    min_severity: str = "note"
    min_confidence: str = "low"
    utf16: bool = False
    site: str = ""
    config: str | None = None
    waived: tuple[tuple[str, str], ...] = ()
    most: int = 0


class Reply(NamedTuple):
    """The answer to an order: an HTTP status, a media type and a body."""

    status: int
    media: str
    body: bytes


def problem(status: int, title: str, detail: str) -> Reply:
    """Return an answer that says what went wrong and what to change, as RFC 9457 has it."""
    return Reply(status, PROBLEM, as_json({"title": title, "status": status, "detail": detail}))


def as_json(value: Any) -> bytes:
    """Return a value as JSON in UTF-8; half a surrogate pair, which UTF-8 cannot hold, as an escape."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
