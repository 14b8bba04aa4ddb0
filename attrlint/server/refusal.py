"""Replies that end a request early, and how a reply becomes an HTTP response."""

from __future__ import annotations

from starlette.responses import Response

from attrlint.server.orders import Reply, problem


class RefusedError(Exception):
    """A request ends here, with this reply; `retry` is in how many seconds it may be made again, 0 for never."""

    def __init__(self, reply: Reply, retry: int = 0) -> None:
        super().__init__(reply.status)
        self.reply = reply
        self.retry = retry


def refuse(status: int, title: str, detail: str, retry: int = 0) -> RefusedError:
    """Return the error that ends a request with a problem document."""
    return RefusedError(problem(status, title, detail), retry)


def busy() -> RefusedError:
    """Return the refusal of a request for which there is no room."""
    return refuse(429, "The server is busy", "Too many articles wait already: try again shortly.", 1)


def response(reply: Reply, retry: int = 0) -> Response:
    """Return a reply as an HTTP response."""
    headers = {"Retry-After": str(retry)} if retry else None
    return Response(reply.body, reply.status, headers, reply.media)
