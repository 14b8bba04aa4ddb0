"""Workers of the server: each does one order at a time; one that overruns or dies is replaced, and the others go on."""

from __future__ import annotations

import asyncio
import multiprocessing
import pickle
import socket
from multiprocessing.process import BaseProcess

from attrlint.server import worker
from attrlint.server.orders import Order, Reply

_PATIENCE = 60.0
"""Seconds that a process may take to load the pack."""

_PAUSE = 0.5
"""Seconds between attempts to start a process that does not come up."""


_LIFE = 2_000
"""Orders that a process does before a fresh one takes its place: what it remembers of words would go on growing."""


class FullError(Exception):
    """So many orders are waiting that no further one is taken."""


class OverrunError(Exception):
    """An article took longer than the server allows; its worker was replaced."""


class LostError(Exception):
    """The process that worked on an article ended before it was done."""


_Work = tuple[Order, "asyncio.Future[Reply]"]


class Pool:
    """So many worker processes, and the orders that wait for them.

    `timeout` is in seconds an order; `queue` is how many orders may wait.
    """

    def __init__(self, workers: int, timeout: float, queue: int) -> None:
        methods = multiprocessing.get_all_start_methods()
        self._context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload(["attrlint.server.warm"])
        self.workers = workers
        self.replaced = 0
        """How many processes had to be replaced so far, because they overran or died."""
        self._timeout = timeout
        self._orders: asyncio.Queue[_Work] = asyncio.Queue(queue)
        self._hands: list[asyncio.Task[None]] = []
        self._up = 0

    @property
    def waiting(self) -> int:
        """How many orders wait for a worker."""
        return self._orders.qsize()

    @property
    def ready(self) -> bool:
        """Whether there is a worker that can take an order."""
        return self._up > 0

    async def start(self) -> None:
        """Start all processes and wait until each has loaded the pack. Raises LostError where one does not come up."""
        seats = [_Seat(self._context) for _ in range(self.workers)]
        for seat in seats:
            await seat.fill()
        self._hands = [asyncio.create_task(self._serve(seat)) for seat in seats]
        self._up = len(seats)

    async def close(self) -> None:
        """End all processes."""
        for hand in self._hands:
            hand.cancel()
        await asyncio.gather(*self._hands, return_exceptions=True)

    async def do(self, order: Order, patient: bool = False) -> Reply:
        """Return the reply to an order.

        Raises FullError where too many wait, unless the caller is patient; raises OverrunError and LostError.
        """
        promise: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        if patient:
            await self._orders.put((order, promise))
        else:
            try:
                self._orders.put_nowait((order, promise))
            except asyncio.QueueFull:
                raise FullError from None
        return await promise

    async def _serve(self, seat: _Seat) -> None:
        """Let one worker do one order after the other."""
        try:
            while True:
                order, promise = await self._orders.get()
                if promise.cancelled():
                    continue
                if seat.empty:
                    self.replaced += 1
                    await self._refill(seat)
                await self._settle(seat, order, promise)
                if seat.done >= _LIFE:
                    await self._refill(seat)
        finally:
            seat.vacate()

    async def _settle(self, seat: _Seat, order: Order, promise: asyncio.Future[Reply]) -> None:
        try:
            reply = await asyncio.wait_for(seat.ask(order), self._timeout)
        except asyncio.TimeoutError:
            _refuse(promise, OverrunError())
        except (OSError, EOFError):
            _refuse(promise, LostError())
        else:
            if not promise.cancelled():
                promise.set_result(reply)
            return
        self.replaced += 1
        await self._refill(seat)

    async def _refill(self, seat: _Seat) -> None:
        self._up -= 1
        while True:
            seat.vacate()
            try:
                await seat.fill()
            except LostError:
                await asyncio.sleep(_PAUSE)
            else:
                break
        self._up += 1


def _refuse(promise: asyncio.Future[Reply], error: Exception) -> None:
    if not promise.cancelled():
        promise.set_exception(error)


class _Seat:
    """A place for one worker process, and the line to it."""

    def __init__(self, context: multiprocessing.context.BaseContext) -> None:
        self._context = context
        self._process: BaseProcess | None = None
        self.done = 0
        """How many orders its process has done."""
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    @property
    def empty(self) -> bool:
        """Whether the process has ended."""
        return self._reader.at_eof()

    async def fill(self) -> None:
        """Start a process and wait until it is ready. Raises LostError where it does not come up."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = self._context.Process(target=worker.serve, args=(theirs,), daemon=True)  # type: ignore[attr-defined]
            await asyncio.to_thread(process.start)
        self._process, self.done = process, 0
        self._reader, self._writer = await asyncio.open_connection(sock=ours)
        try:
            await asyncio.wait_for(self._receive(), _PATIENCE)
        except (OSError, EOFError, asyncio.TimeoutError):
            raise LostError from None

    def vacate(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._process = None
            self._writer.close()

    async def ask(self, order: Order) -> Reply:
        """Return the worker's reply. Raises OSError or EOFError where it ends before."""
        self._writer.write(worker.framed(pickle.dumps(order)))
        await self._writer.drain()
        reply: Reply = pickle.loads(await self._receive())
        self.done += 1
        return reply

    async def _receive(self) -> bytes:
        header = await self._reader.readexactly(worker.HEADER.size)
        return await self._reader.readexactly(*worker.HEADER.unpack(header))
