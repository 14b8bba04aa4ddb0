"""The HTTP API, version 1: articles in, findings out; rules and presets to look at."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from attrlint import __version__, engine
from attrlint.errors import AttrlintError
from attrlint.rule import Example, Rule
from attrlint.server import openapi
from attrlint.server.intake import as_object, blank_order, body_of, from_query, order_of, ordered
from attrlint.server.orders import JSON, Order, Reply, as_json
from attrlint.server.pool import FullError, LostError, OverrunError, Pool
from attrlint.server.refusal import RefusedError, busy, refuse, response
from attrlint.server.settings import Settings
from attrlint.server.standard import standard

NDJSON = "application/x-ndjson"


class Api:
    """The endpoints under /v1."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self._settings = settings
        self._pool = pool
        usual = standard(settings.config)
        self._presets = [engine.load_preset(name, usual.pack) for name in engine.preset_names(usual.pack)]
        names = [name for rule in usual.rules for name in (rule.name, rule.family)]
        self._description = openapi.document(sorted(set(names)), [preset.name for preset in self._presets])
        self.routes = [
            Route("/v1/check", self.check, methods=["POST"]),
            Route("/v1/parse", self.parse, methods=["POST"]),
            Route("/v1/sources", self.sources, methods=["POST"]),
            Route("/v1/text", self.text, methods=["POST"]),
            Route("/v1/fix", self.fix, methods=["POST"]),
            Route("/v1/annotate", self.annotate, methods=["POST"]),
            Route("/v1/batch", self.batch, methods=["POST"]),
            Route("/v1/rules", self.rules, methods=["GET"]),
            Route("/v1/rules/{name}", self.rule, methods=["GET"]),
            Route("/v1/presets", self.presets, methods=["GET"]),
            Route("/v1/health", self.health, methods=["GET"]),
            Route("/v1/ready", self.ready, methods=["GET"]),
            Route("/v1/openapi.json", self.openapi, methods=["GET"]),
        ]

    async def check(self, request: Request) -> Response:
        """Answer with the findings of one article."""
        return response(await self.done(await order_of(request, "check", self._settings)))

    async def parse(self, request: Request) -> Response:
        """Answer with the attributions of one article."""
        return response(await self.done(await order_of(request, "parse", self._settings)))

    async def sources(self, request: Request) -> Response:
        """Answer with who speaks in one article."""
        return response(await self.done(await order_of(request, "sources", self._settings)))

    async def text(self, request: Request) -> Response:
        """Answer with one article as its readers see it."""
        return response(await self.done(await order_of(request, "text", self._settings)))

    async def fix(self, request: Request) -> Response:
        """Answer with one article that has a TK for everything only its reporter knows."""
        return response(await self.done(await order_of(request, "fix", self._settings)))

    async def annotate(self, request: Request) -> Response:
        """Answer with the article itself, which has a comment on every finding."""
        return response(await self.done(await order_of(request, "annotate", self._settings)))

    async def done(self, order: Order, patient: bool = False) -> Reply:
        """Return the reply to an order. Raises RefusedError where there is none."""
        try:
            return await self._pool.do(order, patient)
        except FullError:
            raise busy() from None
        except OverrunError:
            detail = f"It took more than {self._settings.timeout:g} seconds: send it in parts, or raise --timeout."
            raise refuse(504, "The article took too long", detail) from None
        except LostError:
            raise refuse(
                503, "The work was lost", "A process ended before its time: send the article again.", 1
            ) from None

    async def batch(self, request: Request) -> Response:
        """Answer with the findings of many articles, a line each, as they are done."""
        body = await body_of(request, self._settings)
        query = from_query(request.query_params.multi_items())
        blank = ordered(blank_order("line", self._settings), query, needs_text=False)
        lines = [line for line in body.split(b"\n") if line.strip()]
        if not lines:
            raise refuse(422, "There are no articles", 'Send one object a line, such as {"text": "The article."}.')
        return StreamingResponse(self._answers(blank, lines), media_type=NDJSON)

    async def _answers(self, blank: Order, lines: list[bytes]) -> AsyncIterator[bytes]:
        """Give the answers in the order of the lines; no more of them are in work than there are workers."""
        running: list[asyncio.Task[bytes]] = []
        try:
            for line in lines:
                running.append(asyncio.create_task(self._answer(blank, line)))
                if len(running) > self._pool.workers:
                    yield await running.pop(0)
            while running:
                yield await running.pop(0)
        finally:
            for task in running:
                task.cancel()

    async def _answer(self, blank: Order, line: bytes) -> bytes:
        order = blank
        try:
            order = ordered(blank, as_object(line))
            reply = await self.done(order, patient=True)
        except RefusedError as refused:
            reply = refused.reply
        if reply.status == 200:
            return reply.body + b"\n"
        told = as_object(reply.body)
        return as_json({"path": order.path, "findings": [], "problems": [f"{told['title']}: {told['detail']}"]}) + b"\n"

    async def rules(self, request: Request) -> Response:
        """Answer with every rule, as a preset has it where one is named."""
        return _json({"rules": [_short(rule) for rule in self._rules(request)]})

    async def rule(self, request: Request) -> Response:
        """Answer with one rule: its reasons and its examples."""
        name = request.path_params["name"]
        for rule in self._rules(request):
            if rule.name == name:
                return _json(_long(rule))
        raise refuse(404, "There is no such rule", "GET /v1/rules lists them.")

    def _rules(self, request: Request) -> tuple[Rule, ...]:
        preset = request.query_params.get("preset", "")
        try:
            return standard(self._settings.config, preset=preset).rules
        except AttrlintError as error:
            raise refuse(422, "There is no such preset", str(error)) from None

    async def presets(self, _: Request) -> Response:
        """Answer with every preset and what it stands for."""
        return _json({"presets": [{"name": preset.name, "about": _line(preset.about)} for preset in self._presets]})

    async def health(self, _: Request) -> Response:
        """Answer that the server runs."""
        return _json({"status": "ok", "version": __version__})

    async def ready(self, _: Request) -> Response:
        """Answer whether a worker can take an article."""
        if not self._pool.ready:
            raise refuse(503, "No worker is ready", "Try again shortly.", 1)
        return _json({"status": "ready", "workers": self._pool.workers, "waiting": self._pool.waiting})

    async def openapi(self, _: Request) -> Response:
        """Answer with the description of this API."""
        return _json(self._description)


def _json(value: object) -> Response:
    return response(Reply(200, JSON, as_json(value)))


def _line(words: str) -> str:
    return " ".join(words.split())


def _short(rule: Rule) -> dict[str, object]:
    return {
        "name": rule.name,
        "family": rule.family,
        "summary": rule.summary,
        "severity": rule.severity.word,
        "on": rule.default,
        "status": rule.status,
        "since": rule.since,
    }


def _long(rule: Rule) -> dict[str, object]:
    return {
        **_short(rule),
        "why": [_line(part) for part in rule.why.strip().split("\n\n")],
        "instead": _line(rule.instead),
        "found": [_example(example) for example in rule.bad],
        "not_found": [{"text": example.text.strip(), "because": example.because} for example in rule.good],
    }


def _example(example: Example) -> dict[str, object]:
    return {"text": example.text.strip(), "marks": list(example.marks)}
