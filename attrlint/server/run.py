"""Running a server: its socket, what it tells at the start, and its end."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address

import uvicorn

from attrlint.errors import AttrlintError, UsageError
from attrlint.server.app import build
from attrlint.server.settings import Settings

Tell = Callable[[str], object]

_BACKLOG = 2048


def run(settings: Settings, tell: Tell, started: Tell | None = None) -> None:
    """Serve until the process is told to end; articles in hand are finished first.

    `tell` gets the lines for the user, `started` the address when the server answers. Raises UsageError where the
    settings would let strangers in, and AttrlintError where the address cannot be had.
    """
    if not is_loopback(settings.host) and not settings.tokens:
        raise UsageError(
            f"{settings.host} can be reached from other machines: give --token-file, a file of tokens that clients "
            "must send, or leave out --host"
        )
    application = build(settings)
    listener = _listener(settings)
    address = _address(listener)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("attrlint.server").setLevel(logging.INFO)
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        ws="none",
        backlog=_BACKLOG,
        timeout_graceful_shutdown=int(settings.timeout) + 5,
    )
    server = _Server(config, partial(_ready, settings, address, tell, started))
    # What was taken is done by then: being told to end is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with listener:
        asyncio.run(server.serve([listener]))


class _Server(uvicorn.Server):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and tell so."""
        await super().startup(sockets)
        self._ready()


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches an address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _listener(settings: Settings) -> socket.socket:
    listener = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[
            0
        ]
        # With its protocol named, asyncio sends small answers at once; else each waits 40 ms for the client's receipt.
        listener = socket.socket(family, kind, protocol)
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
        return listener
    except OSError as error:
        if listener:
            listener.close()
        where = f"{settings.host}, port {settings.port}"
        raise AttrlintError(
            f"cannot listen on {where}: {error.strerror}; --port takes another, 0 any free one"
        ) from None


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _ready(settings: Settings, address: str, tell: Tell, started: Tell | None) -> None:
    tell(f"attrlint listens on {address} with {settings.workers} worker(s); Ctrl-C ends it")
    if not is_loopback(settings.host):
        tell("other machines reach it: the page and the rules are open to all, articles are read with a token only")
        tell("what they send is not encrypted: put a proxy with TLS before it")
    for origin in settings.allow_origins:
        tell(f"pages of {origin} may call it")
    if started:
        started(address)
