"""The ASGI application: routes, what every request gets, what starts and stops with the process."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import quote

import uuid_utils
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from billwright import (
    database,
    exports,
    graphiql,
    invoice_pages,
    metrics,
    providers,
    sandbox_pages,
    stripe_webhooks,
    worker,
)
from billwright.exports import Exports
from billwright.graphql_endpoint import GraphQLEndpoint
from billwright.invoice_pages import InvoicePages
from billwright.invoice_rendering import PdfRenderer
from billwright.logs import REQUESTS, request_id, workspace_id
from resolvers.authentication import Authenticator
from resolvers.context import Context, Principal
from schema.root import build_schema
from services.api_keys import open_keyring
from services.carrier import Carrier
from services.carrier.sandbox import SandboxCarrier
from services.gateway import EventSource, Gateway
from services.gateway.sandbox import SandboxGateway
from services.gateway.stripe_access import StripeAccess
from services.gathering import Busy
from services.usage_queue import UsageQueue

requests_logger = logging.getLogger(REQUESTS)

# What a job leaves undone when it is cut off is found and done by the next worker.
STOP_WITHIN_SECONDS = 5.0
OBJECTS_BETWEEN_COLLECTIONS = 50_000


@dataclass(frozen=True, slots=True)
class AppConfig:
    """What the application must be told; it reads no environment."""

    database_url: str
    operator_key: str
    base_url: str
    secret_key: str | None = None
    pool_size: int = 10
    introspection: bool = True
    jobs: bool = False
    stripe: StripeAccess | None = None


def create_app(config: AppConfig, gateway: Gateway | None = None) -> Starlette:
    """The application for one process. It opens the database when it starts.

    `gateway`: another provider than the one that the configuration says.
    """
    gateway = gateway or providers.gateway_for(config.stripe, config.base_url)
    carrier = SandboxCarrier()
    schema = build_schema(introspection=config.introspection)
    state: dict[str, Callable[[Request], Awaitable[Response]]] = {}

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with database.connected(
            config.database_url,
            pool_size=config.pool_size,
            command_seconds_max=database.COMMAND_SECONDS_MAX,
        ):
            keyring = await open_keyring(config.secret_key)

            usage_queue = UsageQueue()

            def make_context(principal: Principal | None) -> Context:
                return Context(principal, gateway, carrier, keyring, config.base_url, usage_queue)

            authenticator = Authenticator(config.operator_key, keyring)
            state["graphql"] = GraphQLEndpoint(schema, authenticator, make_context)
            state["exports"] = Exports(authenticator)
            pdfs = PdfRenderer()
            state["invoices"] = InvoicePages(authenticator, keyring, pdfs)
            _spare_garbage_collection()
            try:
                async with _working(config, gateway, carrier):
                    yield
            finally:
                await usage_queue.close()
                pdfs.close()
                await gateway.close()

    async def invoices(request: Request) -> Response:
        return await state["invoices"](request)

    async def downloads(request: Request) -> Response:
        return await state["exports"](request)

    async def answered(request: Request) -> Response:
        if graphiql.is_wanted(request):
            return graphiql.page()
        return await state["graphql"](request)

    graphql = Direct(answered)
    return Starlette(
        routes=[
            Route("/", _to_graphql, methods=["GET"]),
            # with a slash too: a redirect would lose the body of a POST in many clients
            Route("/graphql", graphql, methods=["GET", "POST"]),
            Route("/graphql/", graphql, methods=["GET", "POST"]),
            *graphiql.routes(operator_key=config.operator_key, is_sandbox=gateway.is_sandbox),
            *(sandbox_pages.routes(gateway) if isinstance(gateway, SandboxGateway) else ()),
            *(stripe_webhooks.routes(gateway) if isinstance(gateway, EventSource) else ()),
            *invoice_pages.routes(invoices),
            *exports.routes(downloads),
            Route("/healthz", _healthz),
            Route("/readyz", _readyz),
            Route("/metrics", metrics.answer),
        ],
        middleware=[Middleware(RequestLog)],
        exception_handlers={Busy: _busy},
        lifespan=lifespan,
    )


class Direct:
    """An endpoint that refuses and fails by answers of its own.

    Starlette wraps a function in what turns exceptions into answers: a twentieth of the time that
    a request for a single event takes.
    """

    def __init__(self, answer: Callable[[Request], Awaitable[Response]]) -> None:
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._answer(Request(scope, receive, send))
        await response(scope, receive, send)


class RequestLog:
    """Gives each request an id, in its logs and its answer, and logs what became of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id.set(str(uuid_utils.uuid7()))
        workspace_id.set(None)
        started = time.perf_counter()
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                header = (b"x-request-id", str(request_id.get()).encode())
                message["headers"] = [*message.get("headers", ()), header]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            # probes come every second and say nothing
            if scope["path"] not in ("/healthz", "/readyz", "/metrics"):
                requests_logger.info(
                    "%s %s %s",
                    scope["method"],
                    quote(scope["path"]),  # a line break in it would begin a line of its own
                    status,
                    extra={"duration_ms": round((time.perf_counter() - started) * 1000, 1)},
                )


@asynccontextmanager
async def _working(config: AppConfig, gateway: Gateway, carrier: Carrier) -> AsyncIterator[None]:
    """This process is a worker too, unless others are."""
    if not config.jobs:
        yield
        return
    stop = asyncio.Event()
    working = asyncio.create_task(worker.run(config.database_url, gateway, carrier, stop))
    try:
        yield
    finally:
        stop.set()
        with suppress(asyncio.CancelledError, TimeoutError):
            await asyncio.wait_for(working, STOP_WITHIN_SECONDS)


def _spare_garbage_collection() -> None:
    """What was loaded stays, and a batch of usage makes thousands of objects without a cycle.

    Looking through all of them again and again took a fifth of the time of such a batch.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


async def _to_graphql(_: Request) -> Response:
    """For whoever opens the bare address in a browser."""
    return RedirectResponse("/graphql")


async def _busy(_: Request, busy: Exception) -> Response:
    return JSONResponse({"code": Busy.code, "message": str(busy)}, status_code=503)


async def _healthz(_: Request) -> Response:
    return JSONResponse({"status": "alive"})


async def _readyz(_: Request) -> Response:
    ready = await database.is_ready()
    return JSONResponse(
        {"status": "ready" if ready else "the database does not answer"},
        status_code=200 if ready else 503,
    )
