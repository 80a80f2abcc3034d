"""What tests of Stripe's webhooks need besides."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx2
import pytest
from starlette.applications import Starlette

from billwright import stripe_webhooks
from services.gateway.stripe import StripeGateway
from tests.stripe_hooks import NEW_SECRET
from tests.stripe_server import WEBHOOK_SECRET, FakeStripe


@pytest.fixture
async def gateway(stripe: FakeStripe) -> AsyncIterator[StripeGateway]:
    access = replace(stripe.access, webhook_secrets=(WEBHOOK_SECRET, NEW_SECRET))
    gateway = StripeGateway(access, "http://testserver", answer_within_seconds=0.3)
    yield gateway
    stripe.faults.clear()
    await gateway.close()


@pytest.fixture
async def hooks(
    client: httpx2.AsyncClient, gateway: StripeGateway
) -> AsyncIterator[httpx2.AsyncClient]:
    """The address that Stripe calls; the ORM is the application's."""
    app = Starlette(routes=stripe_webhooks.routes(gateway))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as hooks:
        yield hooks
