"""What stands before every request: who may call, from where, and what is noted about it."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attrlint.server.orders import problem
from attrlint.server.refusal import RefusedError, busy, refuse, response
from attrlint.server.settings import Settings

log = logging.getLogger("attrlint.server")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
}
"""On every response. Nothing of another site is ever loaded, and no page may put this one into a frame."""

_OPEN = ("/v1/health", "/v1/ready", "/v1/rules", "/v1/presets", "/rules", "/page/", "/v2/")
"""What needs no token: it tells nothing about an article. The check of LanguageTool clients looks for its own."""

_CLOSED_BY_CLIENT = 499


class Tokens:
    """The tokens of a server; without any, everybody may call."""

    def __init__(self, tokens: tuple[str, ...]) -> None:
        self._tokens = [token.encode() for token in tokens]

    def admit(self, given: str) -> bool:
        """Tell whether a token is one of the server's, in a time that does not tell how much of it is right."""
        candidate = given.encode("utf-8", "surrogateescape")
        # A sum: the comparison does not stop at the one that fits.
        return not self._tokens or sum(hmac.compare_digest(candidate, token) for token in self._tokens) > 0


def bearer(headers: Mapping[str, str]) -> str:
    """Return the token in the Authorization header, or an empty string."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def denied() -> RefusedError:
    """Return the refusal of a request without a token."""
    return refuse(
        401, "This server asks for a token", "Send it as “Authorization: Bearer TOKEN”; ask who runs the server."
    )


class Guard:
    """Turns away what a page of another site, or somebody without the token, sends."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._tokens = Tokens(settings.tokens)
        self._hosts = {"localhost", settings.host.lower(), *(name.lower() for name in settings.allow_hosts)}
        self._origins = set(settings.allow_origins)
        self._room = settings.queue + settings.workers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Bodies are held while they come: no more of them than there is room for in the queue.
        reads = scope["method"] == "POST" or scope["path"] == "/v2/check"
        try:
            self._look_at(scope["path"], Headers(scope=scope))
            if reads and not self._room:
                raise busy()
        except RefusedError as refused:
            answer = response(refused.reply, refused.retry)
            if refused.reply.status == 401:
                answer.headers["WWW-Authenticate"] = "Bearer"
            await answer(scope, receive, send)
            return
        self._room -= reads
        try:
            await self._app(scope, receive, send)
        finally:
            self._room += reads

    def _look_at(self, path: str, headers: Headers) -> None:
        host = headers.get("host", "")
        if not self._knows(host):
            raise refuse(
                421,
                "This server does not answer to that name",
                "Call it by its address, or start it with --allow-host and the name that is in the URL.",
            )
        origin = headers.get("origin")
        if origin is not None and origin not in self._origins and urlsplit(origin).netloc.lower() != host.lower():
            raise refuse(
                403,
                "Pages of that site may not call this server",
                "Start it with --allow-origin and the address of the site, such as https://cms.example.org.",
            )
        if path != "/" and not path.startswith(_OPEN) and not self._tokens.admit(bearer(headers)):
            raise denied()

    def _knows(self, host: str) -> bool:
        """Tell whether a Host header is an address or a known name: a page that rebinds a name must send its own."""
        try:
            name = (urlsplit(f"//{host}").hostname or "").lower()
        except ValueError:
            return False
        return name in self._hosts or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


Note = Callable[[str, int, float], None]
"""Called after each request with its route, its status and the seconds it took."""


class Observer:
    """Notes every request without a word of its article, and lets no unforeseen error reach a log or a client."""

    def __init__(self, app: ASGIApp, routes: Mapping[Any, str], note: Note) -> None:
        self._app = app
        self._routes = routes
        self._note = note

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and note what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = perf_counter(), 0

        async def through(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            await self._app(scope, receive, through)
        except ClientDisconnect:
            status = _CLOSED_BY_CLIENT
        except Exception as error:  # a traceback would show the words of the article
            log.error("%s while answering %s", type(error).__name__, self._route(scope))
            if status:
                raise
            await response(problem(500, "attrlint failed", f"This is a defect of attrlint: {type(error).__name__}."))(
                scope, receive, through
            )
        finally:
            self._note(self._route(scope), status, perf_counter() - started)

    def _route(self, scope: Scope) -> str:
        """Return the pattern of the path, never the path itself: it may hold words of an article."""
        return self._routes.get(scope.get("endpoint"), "other")
