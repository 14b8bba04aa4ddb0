"""From an HTTP request to an order: the article in its body, and the options beside it."""

from __future__ import annotations

import asyncio
import json
import mimetypes
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from starlette.requests import Request

from attrlint import readers
from attrlint.confidence import CONFIDENCES
from attrlint.errors import UsageError
from attrlint.finding import Severity
from attrlint.server.orders import JSON, Order
from attrlint.server.refusal import RefusedError, refuse
from attrlint.server.settings import Settings
from attrlint.server.standard import standard

SEVERITIES = tuple(level.word for level in Severity)
UNITS = ("code-points", "utf-16")
_ANY_TYPE = ("", "application/octet-stream", "application/x-www-form-urlencoded")
"""Content types that say nothing about the article: programs send them unasked."""


async def body_of(request: Request, settings: Settings) -> bytes:
    """Return the body of a request. Raises RefusedError where it is longer than it may be, or slow to come."""
    most = settings.max_body
    too_long = refuse(
        413,
        "The body is too large",
        f"This server takes {most:,} bytes at once: send less, or start it with a greater --max-body.",
    )
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        raise too_long
    try:
        return await asyncio.wait_for(_collect(request, most, too_long), settings.timeout)
    except asyncio.TimeoutError:
        raise refuse(
            408, "The body did not come", f"Send the whole body within {settings.timeout:g} seconds."
        ) from None


async def _collect(request: Request, most: int, too_long: RefusedError) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > most:
            raise too_long
    return b"".join(parts)


def blank_order(what: str, settings: Settings) -> Order:
    """Return an order without an article, as the server is set up."""
    return Order(what, b"", most=settings.max_text, config=settings.config)


async def order_of(request: Request, what: str, settings: Settings) -> Order:
    """Return what a request asks for: a JSON object with the text, or the bytes of an article.

    Options stand in the query, or in the object, which goes over the query. Raises RefusedError, which says what to
    change.
    """
    body = await body_of(request, settings)
    query = from_query(request.query_params.multi_items())
    blank = blank_order(what, settings)
    wanted = ordered(blank, query, needs_text=False)
    media, encoding = _content_type(request)
    if media == JSON:
        order = ordered(wanted, as_object(body))
        # What comes as a string is text unless it is said to be something else.
        return order if order.path or order.form else order._replace(form="text")
    if not body:
        raise refuse(422, "There is no article", "Send it as the body of the request.")
    return wanted._replace(data=body, encoding=encoding, form=wanted.form or _form(media, wanted.path))


def as_object(body: bytes) -> dict[str, Any]:
    """Read a JSON object. Raises RefusedError."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        where = f": {error.msg} in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise refuse(400, "The body is no JSON", f"Send an object with a “text”, in UTF-8{where}.") from None
    if not isinstance(value, dict):
        raise refuse(422, "The body is no JSON object", 'Send an object such as {"text": "The article."}.')
    return value


def from_query(items: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the options in a query: lists have commas between their names."""
    found: dict[str, Any] = {}
    for name, value in items:
        if name in ("select", "ignore"):
            found.setdefault(name, []).extend(part.strip() for part in value.split(",") if part.strip())
        elif name == "text":
            raise refuse(422, "“text” belongs into the body", "The query is for options.")
        elif name == "waived":
            found[name] = _listed(value)
        else:
            found[name] = value
    return found


def _listed(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None  # which is no list, and told so


def ordered(blank: Order, options: Mapping[str, Any], needs_text: bool = True) -> Order:
    """Return an order with the options that a client gave. Raises RefusedError for others."""
    if needs_text and "text" not in options:
        raise refuse(422, "There is no article", "Send it as “text”.")
    values: dict[str, Any] = {}
    for name, value in options.items():
        if name not in _OPTIONS:
            near = get_close_matches(name, _OPTIONS, 1)
            hint = f"Did you mean “{near[0]}”?" if near else f"There are {', '.join(_OPTIONS)}."
            raise refuse(422, f"There is no option “{name[:40]}”", hint)
        field, fits = _OPTIONS[name]
        values[field] = fits(name, value)
    order = blank._replace(**values)
    try:
        standard(order.config, order.select, order.ignore, order.preset)
    except UsageError as error:
        raise refuse(422, "There is no such choice", str(error)) from None
    return order


def _bad(name: str, wanted: str) -> RefusedError:
    return refuse(422, f"“{name}” is not as it should be", f"It must be {wanted}.")


def _text(name: str, value: Any) -> bytes:
    if not isinstance(value, str):
        raise _bad(name, "a string: the article")
    try:
        return value.encode()
    except UnicodeEncodeError as error:
        raise _bad(name, f"text; character {error.start} is half of a surrogate pair") from None


def _string(name: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 1000:
        raise _bad(name, "a short string")
    return value


def _names(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > 200:
        raise _bad(name, "a list of names of rules or families")
    return tuple(_string(name, each) for each in value)


def _one_of(*words: str) -> Callable[[str, Any], str]:
    def fits(name: str, value: Any) -> str:
        if value not in words:
            raise _bad(name, f"one of {', '.join(words)}")
        return str(value)

    return fits


def _unit(name: str, value: Any) -> bool:
    return _one_of(*UNITS)(name, value) == "utf-16"


def _waived(name: str, value: Any) -> tuple[tuple[str, str], ...]:
    wanted = 'a list such as [{"fingerprint": "…", "reason": "…"}]'
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise _bad(name, wanted)
    if not all(
        one.keys() == {"fingerprint", "reason"} and all(isinstance(v, str) for v in one.values()) for one in value
    ):
        raise _bad(name, wanted)
    return tuple((one["fingerprint"], one["reason"]) for one in value)


_OPTIONS: dict[str, tuple[str, Callable[[str, Any], Any]]] = {
    "text": ("data", _text),
    "path": ("path", _string),
    "format": ("form", _one_of("", *readers.FORMATS)),
    "select": ("select", _names),
    "ignore": ("ignore", _names),
    "preset": ("preset", _string),
    "min_severity": ("min_severity", _one_of(*SEVERITIES)),
    "min_confidence": ("min_confidence", _one_of(*CONFIDENCES)),
    "offsets": ("utf16", _unit),
    "waived": ("waived", _waived),
}


def _content_type(request: Request) -> tuple[str, str | None]:
    media, _, parameters = request.headers.get("content-type", "").partition(";")
    key, _, charset = parameters.strip().partition("=")
    encoding = charset.strip("\"' ") if key.strip().lower() == "charset" else ""
    if encoding:
        try:
            readers.check_encoding(encoding)
        except UsageError as error:
            raise refuse(415, "The encoding is not known", str(error)) from None
    return media.strip().lower(), encoding or None


def _form(media: str, path: str) -> str:
    """Return the format of an article by its content type; empty where the name of a file or the content must tell."""
    if path or media in _ANY_TYPE:
        return ""
    known = media_types()
    if media not in known:
        raise refuse(415, "Articles of that type are not read", f"There are {', '.join([*known, JSON])}.")
    return known[media]


@lru_cache(maxsize=1)
def media_types() -> dict[str, str]:
    """Return every content type that tells the format of an article, and that format."""
    pairs = ((suffix, form) for form in readers.FORMATS for suffix in readers.suffixes_of(form))
    guessed = ((mimetypes.guess_type(f"article{suffix}")[0], form) for suffix, form in pairs)
    return {media: form for media, form in guessed if media and media != JSON}
