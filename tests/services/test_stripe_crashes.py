"""The process may be killed between any two steps with Stripe: what it began is found and ended."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from models.credits import CreditLot
from models.invoices import Invoice
from models.payments import Payment
from models.refunds import CreditNote, Refund
from services import payment_methods, payments, refunds, subscriptions
from services.gateway.stripe import StripeGateway
from services.idempotency import Command
from tests import given
from tests.client import Api
from tests.given import Tenant
from tests.services.killed_at_stripe import GIVEN_BACK
from tests.services.test_crashes import REQUEST, subscribe_command
from tests.stripe_server import FakeStripe


@pytest.fixture
async def gateway(stripe: FakeStripe) -> AsyncIterator[StripeGateway]:
    gateway = stripe.gateway()
    yield gateway
    await gateway.close()


async def a_payer(operator: Api, gateway: StripeGateway) -> Tenant:
    tenant = await given.a_workspace(operator)
    await payment_methods.attach(tenant.key, "pm_card_visa", make_default=True, gateway=gateway)
    return tenant


async def killed(
    database_url: str, stripe: FakeStripe, tenant: Tenant, key: str, moment: str
) -> None:
    """A process that is killed (SIGKILL) at this moment."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.services.killed_at_stripe",
        database_url,
        stripe.url,
        str(tenant.key),
        key,
        moment,
    )
    assert await process.wait() == -signal.SIGKILL


async def everything_is_there_once(tenant: Tenant, stripe: FakeStripe) -> None:
    """One charge at Stripe, one payment, one paid invoice, one grant."""
    [payment] = await Payment.filter(workspace_id=tenant.key)
    [invoice] = await Invoice.filter(workspace_id=tenant.key)
    assert (payment.status, invoice.status, invoice.amount_paid_cents) == (
        "SUCCEEDED",
        "PAID",
        20_00,
    )
    ours = [
        intent
        for intent in stripe.account.payment_intents.values()
        if intent["metadata"].get("workspace_id") == str(tenant.key)
    ]
    assert [(intent["status"], intent["amount"]) for intent in ours] == [("succeeded", 20_00)]
    lots = await CreditLot.filter(account__workspace_id=tenant.key, source="PLAN")
    assert [lot.granted_mc for lot in lots] == [5_000_000]


@pytest.mark.parametrize("forgets", [False, True])
@pytest.mark.parametrize("moment", ["before the charge", "after the charge", "after the settling"])
async def test_a_killed_process_leaves_one_charge_one_payment_one_grant(
    operator: Api,
    database_url: str,
    stripe: FakeStripe,
    gateway: StripeGateway,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
    forgets: bool,
) -> None:
    acme, key = await a_payer(operator, gateway), given.a_key()
    await killed(database_url, stripe, acme, key, moment)
    if forgets:  # the restart comes so late that Stripe may not know the key any more
        stripe.forget_keys()
        monkeypatch.setattr("services.gateway.stripe_words.KEY_KEPT_FOR", timedelta(0))
    # when the repair runs once, it is all there; and the client's repeat gets its answer
    await payments.repair(gateway, older_than=timedelta(0))
    await everything_is_there_once(acme, stripe)
    command = subscribe_command(acme, key)
    answer = await subscriptions.subscribe(command, acme.key, REQUEST, gateway=gateway)
    assert (answer.collecting, answer.refusals) == (None, [])
    await everything_is_there_once(acme, stripe)


@pytest.mark.parametrize("forgets", [False, True])
@pytest.mark.parametrize("moment", ["before the refund", "after the refund", "after giving back"])
async def test_a_killed_process_gives_back_once(
    operator: Api,
    database_url: str,
    stripe: FakeStripe,
    gateway: StripeGateway,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
    forgets: bool,
) -> None:
    acme, key = await a_payer(operator, gateway), given.a_key()
    subscribed = subscribe_command(acme, given.a_key())
    await subscriptions.subscribe(subscribed, acme.key, REQUEST, gateway=gateway)
    await killed(database_url, stripe, acme, key, moment)
    if forgets:
        stripe.forget_keys()
        monkeypatch.setattr("services.gateway.stripe_words.KEY_KEPT_FOR", timedelta(0))
    await refunds.repair(gateway, older_than=timedelta(0))
    command = Command(acme.key, "refundPayment", key, {"reason": GIVEN_BACK.reason})
    payment = await Payment.get(workspace_id=acme.key)
    for _ in range(2):
        answer = await refunds.refund_payment(command, payment.id, GIVEN_BACK, gateway=gateway)
        assert not answer.refusals
        [refund] = await Refund.filter(workspace_id=acme.key)
        assert (refund.status, refund.amount_cents) == ("SUCCEEDED", 20_00)
        given_back = [
            each["amount"]
            for each in stripe.account.refunds.values()
            if each["payment_intent"] == payment.gateway_reference
        ]
        assert given_back == [20_00]
        assert await CreditNote.filter(workspace_id=acme.key).count() == 1
        assert (await Payment.get(id=payment.id)).status == "REFUNDED"
