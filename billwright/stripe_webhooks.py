"""`POST /webhooks/stripe`: what Stripe tells is checked, stored and answered; work comes later."""

from __future__ import annotations

import logging

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from services import webhooks
from services.gateway import EventSource, ForgedEvent

BODY_BYTES_MAX = 1024 * 1024

logger = logging.getLogger(__name__)


def routes(source: EventSource) -> list[BaseRoute]:
    """The address that Stripe is given."""

    async def hear(request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            return _answer("the body did not arrive", 400)
        if body is None:
            return _answer(f"the body is longer than {BODY_BYTES_MAX // 1024**2} MiB", 413)
        try:
            event = source.verified(body, request.headers.get("stripe-signature"))
        except ForgedEvent:
            logger.warning("a webhook that Stripe has not signed with our secret was refused")
            return _answer("the signature does not fit the body, or is old", 400)
        is_new = await webhooks.receive(source.provider, event)
        return _answer("stored" if is_new else "known already", 200)

    return [Route(f"/webhooks/{source.provider}", hear, methods=["POST"])]


async def _body(request: Request) -> bytes | None:
    """As it came, byte by byte: the signature is over that; None when it is too long."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES_MAX:
            return None
    return bytes(body)


def _answer(status: str, code: int) -> Response:
    return JSONResponse({"status": status}, status_code=code)
