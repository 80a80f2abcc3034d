"""How tests let Stripe tell what has happened, and a worker work on it."""

from __future__ import annotations

import random
from typing import Any

import httpx2

from models.payments import Payment
from models.webhooks import WebhookEvent
from services import payment_methods, subscriptions, webhooks
from services.gateway.stripe import StripeGateway
from services.idempotency import Command
from services.subscriptions import SubscribeRequest
from tests import given
from tests.client import Api
from tests.given import Tenant
from tests.stripe_server import FakeStripe

NEW_SECRET = "whsec_new"
SUBSCRIBE = SubscribeRequest("pay-as-you-go", [], None, auto_billing=True)


async def deliver(
    hooks: httpx2.AsyncClient, stripe: FakeStripe, event: dict[str, Any], **how: Any
) -> httpx2.Response:
    body, headers = stripe.signed(event, **how)
    return await hooks.post("/webhooks/stripe", content=body, headers=headers)


async def work(gateway: StripeGateway, *events: dict[str, Any]) -> None:
    """What a worker does with these events."""
    for event in events:
        row = await WebhookEvent.get(reference=event["id"])
        await webhooks.work_on(row.id, gateway)


async def status_of(event: dict[str, Any]) -> str:
    return (await WebhookEvent.get(reference=event["id"])).status.value


async def a_payer(operator: Api, gateway: StripeGateway, token: str) -> Tenant:
    tenant = await given.a_workspace(operator)
    await payment_methods.attach(tenant.key, token, make_default=True, gateway=gateway)
    return tenant


async def subscribe(tenant: Tenant, gateway: StripeGateway) -> Payment:
    command = Command(tenant.key, "subscribe", given.a_key(), {"plan": "pay-as-you-go"})
    await subscriptions.subscribe(command, tenant.key, SUBSCRIBE, gateway=gateway)
    return await Payment.get(workspace_id=tenant.key)


def events_about(stripe: FakeStripe, id: str) -> list[dict[str, Any]]:
    return [event for event in stripe.account.events if event["data"]["object"]["id"] == id]


async def all_comes(
    hooks: httpx2.AsyncClient,
    stripe: FakeStripe,
    gateway: StripeGateway,
    events: list[dict[str, Any]],
) -> None:
    """Everything that Stripe has told arrives twice and in no order, and is worked on."""
    shuffled = [*events, *events]
    random.Random(7).shuffle(shuffled)
    for event in shuffled:
        assert (await deliver(hooks, stripe, event)).status_code == 200
    await work(gateway, *reversed(shuffled))
    assert {await status_of(event) for event in events} == {"DONE"}
