"""Whatever goes wrong between Stripe and us, money goes back once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from models.payments import Payment
from models.refunds import CreditNote, Refund
from services import refunds
from services.errors import PaymentUnavailable
from services.gateway.stripe import StripeGateway
from services.idempotency import Command
from services.refunds import RefundRequest
from tests import given
from tests.client import Api
from tests.stripe_hooks import a_payer, subscribe
from tests.stripe_server import FakeStripe, Fault

ALL_OF_IT = RefundRequest(None, "changed their mind")


@pytest.fixture
async def gateway(stripe: FakeStripe) -> AsyncIterator[StripeGateway]:
    gateway = stripe.gateway(answer_within_seconds=0.3)
    yield gateway
    stripe.faults.clear()
    await gateway.close()


@pytest.mark.parametrize("times", [1, 100], ids=["once", "again and again"])
@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name)
async def test_whatever_goes_wrong_money_goes_back_once(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway, fault: Fault, times: int
) -> None:
    acme = await a_payer(operator, gateway, "pm_card_visa")
    payment = await subscribe(acme, gateway)
    command = Command(acme.key, "refundPayment", given.a_key(), {})
    stripe.faults.add("v1/refunds", fault, times=times)
    try:
        await refunds.refund_payment(command, payment.id, ALL_OF_IT, gateway=gateway)
    except PaymentUnavailable:
        assert (await Refund.get(payment_id=payment.id)).status == "PENDING"
        stripe.faults.clear()
        await refunds.repair(gateway, older_than=timedelta(0))
    refund = await Refund.get(payment_id=payment.id)
    [given_back] = stripe.refunds_of(refund.id)
    assert (refund.status, refund.gateway_reference) == ("SUCCEEDED", given_back["id"])
    assert (await Payment.get(id=payment.id)).status == "REFUNDED"
    assert await CreditNote.filter(workspace_id=acme.key).count() == 1


async def test_a_disputed_payment_is_not_given_back_besides(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_card_visa")
    payment = await subscribe(acme, gateway)
    # given a dispute of which we have not heard
    assert payment.gateway_reference is not None
    stripe.account.payer_disputes(payment.gateway_reference)
    command = Command(acme.key, "refundPayment", given.a_key(), {})
    answer = await refunds.refund_payment(command, payment.id, ALL_OF_IT, gateway=gateway)
    [refusal] = answer.refusals
    assert "The refund was declined (charge_disputed); no money has moved" in str(refusal)
    assert (await Payment.get(id=payment.id)).status == "SUCCEEDED"
