"""Figures for Prometheus: how many requests, how long they took, and how the workers fare."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from attrlint.server.guard import log
from attrlint.server.pool import Pool
from attrlint.server.settings import Settings


class Metrics:
    """The figures of one server, and the endpoint that shows them."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "attrlint_requests", "Requests by route and status.", ["route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "attrlint_request_seconds", "Time to answer a request.", ["route"], registry=self._registry
        )
        for name, words, value in (
            ("attrlint_waiting_articles", "Articles that wait for a worker.", lambda: pool.waiting),
            ("attrlint_workers", "Worker processes.", lambda: pool.workers),
            ("attrlint_workers_replaced", "Worker processes replaced since the start.", lambda: pool.replaced),
        ):
            Gauge(name, words, registry=self._registry).set_function(value)
        self._logs = settings.access_log
        self.routes = [Route("/metrics", self.show, methods=["GET"])]

    def note(self, route: str, status: int, seconds: float) -> None:
        """Count one request, and write its line in the log where that is wanted."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        if self._logs:
            log.info("%s %d %.1f ms", route, status, 1000 * seconds)

    async def show(self, _: Request) -> Response:
        """Answer with the figures in the text format of Prometheus."""
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)
