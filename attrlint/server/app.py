"""The server put together: routes, what stands before them, and the workers behind them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from attrlint.server.api import Api
from attrlint.server.guard import Guard, Observer
from attrlint.server.languagetool import LanguageTool
from attrlint.server.metrics import Metrics
from attrlint.server.orders import problem
from attrlint.server.pages import Pages
from attrlint.server.pool import Pool
from attrlint.server.refusal import RefusedError, response
from attrlint.server.settings import Settings


def build(settings: Settings) -> Starlette:
    """Return the application that answers for these settings; its workers start and end with it."""
    pool = Pool(settings.workers, settings.timeout, settings.queue)
    metrics = Metrics(settings, pool)
    api = Api(settings, pool)
    routes = [*api.routes, *LanguageTool(settings, api).routes, *metrics.routes, *Pages(settings).routes]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        yield
        await pool.close()

    named = {route.endpoint: route.path for route in routes if isinstance(route, Route)}
    layers = [Middleware(Observer, named, metrics.note)]
    if settings.allow_origins:
        layers.append(
            Middleware(
                CORSMiddleware,
                allow_origins=settings.allow_origins,
                allow_methods=["GET", "POST"],
                allow_headers=["Authorization", "Content-Type"],
                expose_headers=["Retry-After"],
            )
        )
    layers.append(Middleware(Guard, settings))
    return Starlette(
        routes=routes,
        middleware=layers,
        exception_handlers={RefusedError: _refused, HTTPException: _unknown},
        lifespan=lifespan,
    )


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return response(error.reply, error.retry)


async def _unknown(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    hints = {
        404: "GET /v1/openapi.json lists what there is.",
        405: "GET /v1/openapi.json tells which methods there are.",
    }
    answer = response(problem(error.status_code, error.detail, hints.get(error.status_code, error.detail)))
    answer.headers.update(error.headers or {})
    return answer
