"""A process that reads and judges articles for the server: orders in, replies out, over one socket."""

from __future__ import annotations

import json
import mimetypes
import pickle
import signal
import socket
import struct
from collections.abc import Callable
from functools import lru_cache
from typing import Any, BinaryIO

from attrlint import engine, locate, readers
from attrlint.annotate import annotate
from attrlint.batch import Job, Worker
from attrlint.errors import AttrlintError
from attrlint.finding import Report, Severity, Waiver
from attrlint.fix import mended
from attrlint.ledger import speakers
from attrlint.report import Tally, tally
from attrlint.report import json as wire
from attrlint.server import matches
from attrlint.server.orders import JSON, Order, Reply, as_json, problem
from attrlint.text import Document
from attrlint.units import Unit

HEADER = struct.Struct("!I")
"""Before every message: its length in bytes."""


def serve(ours: socket.socket) -> None:
    """Answer orders from a socket until its other end is closed."""
    # The server decides when a worker ends: signals to the whole group would cut off the articles in hand.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    engine.load()
    with ours, ours.makefile("rb") as orders:
        ours.sendall(framed(b""))
        while (message := _next(orders)) is not None:
            ours.sendall(framed(pickle.dumps(answer(pickle.loads(message)))))


def framed(message: bytes) -> bytes:
    """Return a message with its length before it."""
    return HEADER.pack(len(message)) + message


def _next(orders: BinaryIO) -> bytes | None:
    header = orders.read(HEADER.size)
    return orders.read(*HEADER.unpack(header)) if len(header) == HEADER.size else None


def answer(order: Order) -> Reply:
    """Carry out an order; whatever goes wrong with it is a reply too."""
    try:
        return _DO[order.what](order, _worker(_job(order)))
    except AttrlintError as error:
        return problem(422, "The request cannot be done as it is", str(error))
    except Exception as error:  # the words of an unforeseen error may be the article's: they go nowhere
        return problem(500, "attrlint failed on this article", f"This is a defect of attrlint: {_where(error)}.")


def _where(error: Exception) -> str:
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f" in {last.tb_frame.f_globals.get('__name__')}, line {last.tb_lineno}" if last else ""
    return f"{type(error).__name__}{place}"


def _job(order: Order) -> Job:
    return Job(
        format="json",
        select=order.select,
        ignore=order.ignore,
        preset=order.preset,
        min_severity=Severity[order.min_severity.upper()],
        min_confidence=order.min_confidence,
        accepted=None,  # what a client calls an article says nothing about the folders of this machine
        config=order.config,
    )


@lru_cache(maxsize=32)
def _worker(job: Job) -> Worker:
    return Worker(job)


def _read(order: Order) -> Document:
    return _measured(readers.read(order.data, order.path, order.encoding, order.form), order.most)


def _measured(document: Document, most: int) -> Document:
    if len(document.text) > most:
        raise AttrlintError(
            f"the article has {len(document.text):,} characters, and this server takes {most:,}; "
            "send it in parts, or start the server with a greater --max-text"
        )
    return document


def _report(order: Order, worker: Worker, document: Document) -> Report:
    report = worker.report(document)
    if not order.waived:
        return report
    reasons = dict(order.waived)
    return report._replace(
        findings=tuple(
            finding._replace(waiver=Waiver(reasons[finding.fingerprint]))
            if finding.fingerprint in reasons and not finding.waived
            else finding
            for finding in report.findings
        )
    )


def _check(order: Order, worker: Worker) -> Reply:
    document = _read(order)
    report = locate.report(_report(order, worker, document))
    counts = tally(report.findings, len(report.problems), document.text)
    return _whole(wire.report(report), wire.summed_up(counts), order, document)


def _parse(order: Order, worker: Worker) -> Reply:
    document = _read(order)
    article = locate.article(worker.settings.of(document.path).engine.parse(document))
    return _whole(wire.article(article), wire.closed(Tally()), order, document)


def _sources(order: Order, worker: Worker) -> Reply:
    document = _read(order)
    found = speakers(worker.settings.of(document.path).engine.parse(document))
    return _whole(wire.ledger(document, found), wire.closed(Tally()), order, document)


def _text(order: Order, _: Worker) -> Reply:
    return Reply(200, JSON, as_json({"text": _read(order).text}))


def _fix(order: Order, worker: Worker) -> Reply:
    form = order.form or readers.format_of(order.path, order.data)
    edited = mended(_read(order), form, lambda document: _report(order, worker, document))
    return Reply(200, JSON, as_json({"text": edited.text, "written": edited.written}))


def _annotate(order: Order, worker: Worker) -> Reply:
    """The article itself with a comment on every finding; one that was accepted is marked as resolved."""

    def lint(document: Document) -> Report:
        return _report(order, worker, _measured(document, order.most))

    done = annotate(order.data, order.path, lint, True, order.encoding)
    return Reply(200, mimetypes.guess_type(order.path)[0] or "application/octet-stream", done.data)


def _line(order: Order, worker: Worker) -> Reply:
    """One article of a batch: its object alone, on one line."""
    document = _read(order)
    report = locate.report(_report(order, worker, document))
    return Reply(200, JSON, _in_units(wire.report(report), order, document).encode("utf-8", "backslashreplace"))


def _languagetool(order: Order, worker: Worker) -> Reply:
    """The matches of a LanguageTool server, for `languagetool`, which puts its frame around them."""
    document = _measured(matches.document(order.data), order.most)
    report, sentences = worker.report_by_sentence(document)
    places = [document.place(*span) for span in sentences]
    rules = worker.settings.of(document.path).engine.rules
    return Reply(200, JSON, as_json(matches.answer(locate.report(report), places, rules, order.site)))


def _whole(article: str, closing: str, order: Order, document: Document) -> Reply:
    text = wire.OPENING + _in_units(article, order, document) + closing
    return Reply(200, JSON, text.encode("utf-8", "backslashreplace"))


def _in_units(article: str, order: Order, document: Document) -> str:
    if not order.utf16:
        return article
    return as_json(add_utf16(json.loads(article), document.origin)).decode()


def add_utf16(value: Any, document: Document) -> Any:
    """Add `start_utf16` and `end_utf16` to every object that has a `start` and an `end` in a document, at any depth."""
    if isinstance(value, list):
        return [add_utf16(each, document) for each in value]
    if not isinstance(value, dict):
        return value
    found = {key: add_utf16(each, document) for key, each in value.items()}
    for edge in ("start", "end") if "start" in found and "end" in found else ():
        found[f"{edge}_utf16"] = document.count(found[edge], Unit.UTF16)
    return found


_DO: dict[str, Callable[[Order, Worker], Reply]] = {
    "check": _check,
    "parse": _parse,
    "sources": _sources,
    "text": _text,
    "fix": _fix,
    "annotate": _annotate,
    "line": _line,
    "languagetool": _languagetool,
}
