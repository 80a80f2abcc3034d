"""Every way in which Stripe and our books can disagree is told, and nothing else."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import httpx2
import pytest

from models.disputes import Dispute
from models.payments import Payment
from models.refunds import Refund
from services import disputes, payment_methods, reconciliation, refunds, subscriptions
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
        f"payment {there}b of $20.00 is at the provider, and not in our books"
    ]
    del own_stripe.account.payment_intents[second["id"]]
    # a refund and a dispute of which we have not heard
    made = own_stripe.account.somebody_refunds(there, 3_00)["id"]
    assert await told(gateway, made) == [
        f"refund {made} of $3.00 is at the provider, and not in our books"
    ]
    del own_stripe.account.refunds[made]
    begun = own_stripe.account.payer_disputes(there, amount=15_00)["id"]
    assert await told(gateway, begun) == [
        f"dispute {begun} of $15.00 is at the provider, and not in our books"
    ]
    del own_stripe.account.disputes[begun]
    # ours went back, and there it did not
    given_back["status"] = "failed"
    assert await told(gateway, back, refund.id) == [
        f"refund {refund.id} of $5.00 is SUCCEEDED here, and unknown at the provider",
    ]
    given_back["status"] = "succeeded"
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


async def test_what_went_back_without_us_is_taken_in_and_agrees_then(
    operator: Api, own_stripe: FakeStripe, gateway: StripeGateway
) -> None:
    payment, other = [await a_paid_payment(operator, gateway) for _ in range(2)]
    [[intent], [another]] = [own_stripe.intents_of(each.id) for each in (payment, other)]
    # given a refund of a person's in the dashboard, a dispute, and no webhook of either
    made = own_stripe.account.somebody_refunds(intent["id"], 7_00, reason="duplicate")["id"]
    begun = own_stripe.account.payer_disputes(another["id"], amount=15_00)["id"]
    # and a dispute in a state that nobody has heard of, which keeps none of the others waiting
    strange = own_stripe.account.payer_disputes(another["id"], status="in_arbitration")["id"]
    assert len(await told(gateway, made, begun)) == 2
    for _ in range(2):
        await reconciliation.run(gateway)
        assert await told(gateway, made, begun, payment.id, other.id) == []
        assert len(await told(gateway, strange)) == 1
    [refund] = await Refund.filter(gateway_reference=made)
    assert (refund.status, refund.reason) == ("SUCCEEDED", "Refunded at Stripe: duplicate")
    assert (await Payment.get(id=payment.id)).refunded_cents == 12_00
    [dispute] = await Dispute.filter(gateway_reference=begun)
    assert (dispute.status, dispute.amount_cents) == ("NEEDS_RESPONSE", 15_00)
    assert (await Payment.get(id=other.id)).status == "DISPUTED"
    # when it is lost, and nobody tells either
    own_stripe.account.bank_moves(begun, "lost")
    await disputes.repair(gateway)
    assert (await Dispute.get(id=dispute.id)).status == "LOST"


async def test_how_much_differs_is_counted_but_for_what_is_in_somebodys_hands(
    operator: Api,
    client: httpx2.AsyncClient,
    own_stripe: FakeStripe,
    gateway: StripeGateway,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def counted() -> float:
        await reconciliation.run(gateway)
        metrics = (await client.get("/metrics")).text
        [line] = re.findall(r"^billwright_reconciliation_differences (.*)$", metrics, re.MULTILINE)
        return float(line)

    payment = await a_paid_payment(operator, gateway)
    monkeypatch.setattr(reconciliation, "LEAVES_OUT", timedelta(0))
    before = await counted()
    # when a charge of this account is nobody's
    [intent] = own_stripe.intents_of(payment.id)
    own_stripe.account.payment_intents["pi_b"] = intent | {"id": "pi_b", "metadata": {}}
    assert await counted() == before + 1
    # but a young one may be about to be written by us
    monkeypatch.setattr(reconciliation, "LEAVES_OUT", timedelta(minutes=1))
    assert await counted() < before + 1
