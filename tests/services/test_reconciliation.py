"""Every way in which Stripe and our books can disagree is told, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from models.payments import Payment
from models.refunds import Refund
from services import payment_methods, reconciliation, refunds, subscriptions
from services.gateway.stripe import StripeGateway
from services.idempotency import Command
from services.refunds import RefundRequest
from tests import given
from tests.client import Api
from tests.services.test_crashes import REQUEST, subscribe_command
from tests.stripe_server import FakeStripe, running_stripe


@pytest.fixture
def own_stripe() -> Iterator[FakeStripe]:
    """An account in which there is nothing else."""
    with running_stripe() as stripe:
        yield stripe


@pytest.fixture
async def gateway(own_stripe: FakeStripe) -> AsyncIterator[StripeGateway]:
    gateway = own_stripe.gateway()
    yield gateway
    await gateway.close()


async def a_paid_payment(operator: Api, gateway: StripeGateway) -> Payment:
    """Of $20.00 by card, of which $5.00 went back."""
    acme = await given.a_workspace(operator)
    await payment_methods.attach(acme.key, "pm_card_visa", make_default=True, gateway=gateway)
    command = subscribe_command(acme, given.a_key())
    await subscriptions.subscribe(command, acme.key, REQUEST, gateway=gateway)
    payment = await Payment.get(workspace_id=acme.key)
    refund = Command(acme.key, "refundPayment", given.a_key(), {})
    request = RefundRequest(Decimal(5), "a quarter of it")
    await refunds.refund_payment(refund, payment.id, request, gateway=gateway)
    return await Payment.get(id=payment.id)


async def told(gateway: StripeGateway, *about: object) -> list[str]:
    """The differences that name one of these: other tests have payments of their own."""
    found = await reconciliation.differences(gateway, since=datetime.now(UTC) - timedelta(hours=1))
    return [line for line in found if any(str(each) in line for each in about)]


async def test_each_difference_is_told(
    operator: Api, own_stripe: FakeStripe, gateway: StripeGateway
) -> None:
    payment = await a_paid_payment(operator, gateway)
    [refund] = await Refund.filter(payment_id=payment.id)
    [intent] = own_stripe.intents_of(payment.id)
    [given_back] = own_stripe.refunds_of(refund.id)
    there, back = intent["id"], given_back["id"]
    everything = (payment.id, refund.id, there, back)
    assert await told(gateway, *everything) == []
    # another amount
    intent["amount_received"] = 19_00
    assert await told(gateway, payment.id) == [
        f"payment {payment.id} is of $20.00 here, and {there} of $19.00 at the provider"
    ]
    intent["amount_received"] = 20_00
    # charged twice
    second = own_stripe.account.payment_intents[f"{there}b"] = intent | {"id": f"{there}b"}
    assert await told(gateway, payment.id) == [
        f"payment {payment.id} was made twice: {there}b of $20.00 and {there} of $20.00"
    ]
    # not in our books, and not even ours
    unknown = uuid4()
    second["metadata"] = {"operation_id": str(unknown)}
    assert await told(gateway, unknown) == [
        f"payment {unknown} is not in our books, and at the provider it is {there}b of $20.00"
    ]
    second["metadata"] = {}
    assert await told(gateway, second["id"]) == [
        f"{there}b of $20.00 is at the provider, and was not made by us"
    ]
    del own_stripe.account.payment_intents[second["id"]]
    # a refund that was made in the dashboard
    given_back["metadata"] = {}
    assert await told(gateway, back, refund.id) == [
        f"{back} of $5.00 is at the provider, and was not made by us",
        f"refund {refund.id} of $5.00 is SUCCEEDED here, and unknown at the provider",
    ]
    given_back["metadata"] = {"operation_id": str(refund.id)}
    # taken there, and given up here
    await Payment.filter(id=payment.id).update(status="FAILED", refunded_cents=0)
    assert await told(gateway, payment.id) == [
        f"payment {payment.id} is FAILED here, and at the provider it is {there} of $20.00"
    ]
    await Payment.filter(id=payment.id).update(status="PARTIALLY_REFUNDED", refunded_cents=5_00)
    # ours, and unknown there
    del own_stripe.account.payment_intents[there]
    assert await told(gateway, payment.id) == [
        f"payment {payment.id} of $20.00 is PARTIALLY_REFUNDED here, and unknown at the provider"
    ]
