"""A Stripe of the tests' own: it keeps what it is asked, and fails when it is told to.

It runs in a thread, so that other processes can ask it too.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from services.gateway.stripe import StripeGateway
from services.gateway.stripe_access import StripeAccess
from tests.processes import free_port, until
from tests.stripe_server.account import Account, Object
from tests.stripe_server.app import Api, Asked
from tests.stripe_server.faults import Fault, Script

__all__ = ["FakeStripe", "Fault", "running_stripe"]

SECRET_KEY = "sk_test_of_the_tests"
PUBLISHABLE_KEY = "pk_test_of_the_tests"
WEBHOOK_SECRET = "whsec_of_the_tests"


class FakeStripe:
    """An account and what may go wrong on the way to it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.account = Account()
        self.faults = Script()
        self.api = Api(self.account, self.faults, SECRET_KEY)

    @property
    def asked(self) -> list[Asked]:
        """All requests that ever came in."""
        return self.api.asked

    def charges_of(self, operation_id: object) -> list[Object]:
        """The payment intents of an operation of ours that have taken money."""
        return [
            intent
            for intent in self.intents_of(operation_id)
            if intent["status"] in ("succeeded", "processing")
        ]

    def intents_of(self, operation_id: object) -> list[Object]:
        """All payment intents of an operation of ours."""
        return [
            intent
            for intent in self.account.payment_intents.values()
            if intent["metadata"].get("operation_id") == str(operation_id)
        ]

    def refunds_of(self, operation_id: object) -> list[Object]:
        """All refunds of an operation of ours."""
        return [
            refund
            for refund in self.account.refunds.values()
            if refund["metadata"].get("operation_id") == str(operation_id)
        ]

    def method_of(self, refund: Object) -> Object:
        """What the money goes back to."""
        intent = self.account.payment_intents[refund["payment_intent"]]
        return self.account.payment_methods[intent["payment_method"]]

    def gateway(self, **options: Any) -> StripeGateway:
        """What billing asks this account with."""
        return StripeGateway(self.access, "http://testserver", **options)

    @property
    def access(self) -> StripeAccess:
        """The keys of this account."""
        return StripeAccess(SECRET_KEY, PUBLISHABLE_KEY, (WEBHOOK_SECRET,), self.url)

    def forget_keys(self) -> None:
        """As Stripe does after a day: the next request under an old key is a new one."""
        self.api.kept.clear()

    def signed(
        self, event: Object, *, secret: str = WEBHOOK_SECRET, at: float | None = None
    ) -> tuple[bytes, dict[str, str]]:
        """An event as it is delivered: the body, and the header with the signature."""
        body = json.dumps(event).encode()
        timestamp = int(time.time() if at is None else at)
        mac = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
        return body, {"stripe-signature": f"t={timestamp},v1={mac.hexdigest()}"}


@contextmanager
def running_stripe() -> Iterator[FakeStripe]:
    """Serve until the block ends."""
    port = free_port()
    stripe = FakeStripe(f"http://127.0.0.1:{port}")
    config = uvicorn.Config(
        stripe.api.app(), port=port, log_config=None, ws="none", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), name="stripe")
    thread.start()
    try:
        until(lambda: server.started)
        yield stripe
    finally:
        server.should_exit = True
        thread.join()
