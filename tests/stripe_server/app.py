"""The endpoints of Stripe's API that are called, over a real connection."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.stripe_server import forms
from tests.stripe_server.account import Account, Object
from tests.stripe_server.errors import StripeRefusal
from tests.stripe_server.faults import Fault, Script

Act = Callable[[str, Object], Object]
SILENCE_SECONDS = 60.0
BUSY = {
    Fault.IN_USE_409: StripeRefusal(
        409, "idempotency_key_in_use", "In use.", type="idempotency_error"
    ),
    Fault.TOO_MANY_429: StripeRefusal(429, "rate_limit", "Too many requests."),
    Fault.ERROR_500_BEFORE: StripeRefusal(500, "internal", "An error of ours."),
    Fault.ERROR_500_AFTER: StripeRefusal(500, "internal", "An error of ours."),
}


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    method: str
    path: str
    key: str | None
    api_key: str
    version: str | None
    given: Object


@dataclass(frozen=True)
class Kept:
    """The first answer that was given under an idempotency key, and to what."""

    asked: tuple[str, str, str]
    status: int
    body: bytes


class Api:
    """The account behind HTTP: keys, idempotency, faults. `asked` is all that ever came in."""

    def __init__(self, account: Account, script: Script, api_key: str) -> None:
        self.asked: list[Asked] = []
        self.kept: dict[str, Kept] = {}
        self._account, self._script, self._api_key = account, script, api_key

    def app(self) -> Starlette:
        """The routes."""
        account = self._account
        acts: dict[str, Act] = {
            "POST /v1/customers": lambda _, given: account.create_customer(given),
            "GET /v1/customers": lambda _, given: self._list("customers", given, "email"),
            "GET /v1/webhook_endpoints": lambda _, given: self._list(
                "webhook_endpoints", given, "url"
            ),
            "GET /v1/payment_methods/{id}": lambda id, _: account.get("payment_methods", id),
            "POST /v1/payment_methods/{id}/attach": lambda id, given: account.attach(
                id, given["customer"]
            ),
            "POST /v1/payment_methods/{id}/detach": lambda id, _: account.detach(id),
            "POST /v1/setup_intents": lambda _, given: account.create_setup_intent(given),
            "GET /v1/setup_intents/{id}": lambda id, _: account.get("setup_intents", id),
            "POST /v1/payment_intents": lambda _, given: account.create_payment_intent(given),
            "GET /v1/payment_intents": lambda _, given: self._list(
                "payment_intents", given, "customer"
            ),
            "GET /v1/payment_intents/{id}": lambda id, _: account.get("payment_intents", id),
            "POST /v1/payment_intents/{id}/confirm": account.confirm,
            "POST /v1/payment_intents/{id}/cancel": account.cancel,
            "POST /v1/refunds": lambda _, given: account.create_refund(given),
            "GET /v1/refunds": lambda _, given: self._list("refunds", given, "payment_intent"),
            "GET /v1/refunds/{id}": lambda id, _: account.get("refunds", id),
            "GET /v1/disputes": lambda _, given: self._list("disputes", given, "payment_intent"),
            "GET /v1/disputes/{id}": lambda id, _: account.get("disputes", id),
        }
        return Starlette(
            routes=[
                Route(
                    endpoint.split(" ")[1],
                    _Endpoint(self, endpoint, act),
                    methods=[endpoint.split(" ")[0]],
                )
                for endpoint, act in acts.items()
            ]
        )

    async def answer(
        self, endpoint: str, act: Act, request: Request, send: Send
    ) -> Response | None:
        """Do what is asked, once per key, unless something is to go wrong; None: no answer."""
        asked, form = await self._read(request)
        self.asked.append(asked)
        fault = self._script.next_for(asked.method, asked.path)
        if fault is not None and not fault.comes_after:
            return await _go_wrong(fault, send)
        response = self._once(endpoint, act, request, asked, form, fault)
        if fault is not None and fault is not Fault.ERROR_500_AFTER:
            return await _go_wrong(fault, send, bytes(response.body))
        return response

    def _once(
        self,
        endpoint: str,
        act: Act,
        request: Request,
        asked: Asked,
        form: str,
        fault: Fault | None,
    ) -> Response:
        if asked.api_key != self._api_key:
            return _error(StripeRefusal(401, "api_key_invalid", "Invalid API Key provided."))
        same = (asked.method, asked.path, form)
        if asked.key is not None and (kept := self.kept.get(asked.key)):
            if kept.asked != same:
                message = "Keys for idempotent requests can only be used with the same parameters."
                return _error(StripeRefusal(400, "", message, type="idempotency_error"))
            return Response(
                kept.body,
                kept.status,
                {"idempotent-replayed": "true"},
                media_type="application/json",
            )
        response = self._do(endpoint, act, request, asked)
        if fault is Fault.ERROR_500_AFTER:
            response = _error(BUSY[fault])
        if asked.key is not None and asked.method == "POST":
            self.kept[asked.key] = Kept(same, response.status_code, bytes(response.body))
        return response

    def _do(self, endpoint: str, act: Act, request: Request, asked: Asked) -> Response:
        try:
            forms.check(endpoint, asked.given)
            return JSONResponse(act(request.path_params.get("id", ""), asked.given))
        except StripeRefusal as refusal:
            return _error(refusal)

    async def _read(self, request: Request) -> tuple[Asked, str]:
        form = (await request.body()).decode() or request.url.query
        headers = request.headers
        return Asked(
            request.method,
            request.url.path,
            headers.get("idempotency-key"),
            headers.get("authorization", "").removeprefix("Bearer "),
            headers.get("stripe-version"),
            forms.parse(form),
        ), form

    def _list(self, kind: str, given: Object, by: str) -> Object:
        """Newest first, page by page, as Stripe lists."""
        found = [
            each
            for each in reversed(getattr(self._account, kind).values())
            if by not in given or each.get(by) == given[by]
            if each["created"] >= int(given.get("created", {}).get("gte", 0))
        ]
        if after := given.get("starting_after"):
            ids = [each["id"] for each in found]
            found = found[ids.index(after) + 1 :]
        limit = int(given.get("limit", 10))
        return {
            "object": "list",
            "url": f"/v1/{kind}",
            "data": found[:limit],
            "has_more": len(found) > limit,
        }


class _Endpoint:
    """Plain ASGI, so that a connection can be cut."""

    def __init__(self, api: Api, endpoint: str, act: Act) -> None:
        self._api, self._endpoint, self._act = api, endpoint, act

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._api.answer(self._endpoint, self._act, request, send)
        if response is not None:
            await response(scope, receive, send)


async def _go_wrong(fault: Fault, send: Send, body: bytes = b"") -> Response | None:
    if fault in BUSY:
        return _error(BUSY[fault])
    if fault in (Fault.SILENCE_BEFORE, Fault.SILENCE_AFTER):
        await asyncio.sleep(SILENCE_SECONDS)  # the caller has hung up by then
    elif fault is Fault.CUT_IN_BODY:
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body[:20], "more_body": True})
    cycle: Any = send.__self__  # type: ignore[attr-defined]
    cycle.transport.close() if fault is Fault.CUT_IN_BODY else cycle.transport.abort()
    return None


def _error(refusal: StripeRefusal) -> Response:
    return Response(json.dumps(refusal.body), refusal.status, media_type="application/json")
