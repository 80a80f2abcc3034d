"""Money goes back at Stripe without us: disputes, and refunds that somebody makes in its dashboard.

Whenever and however often it is told, our books have it once.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import httpx2
import pytest

from models.credits import CreditBalance
from models.disputes import Dispute
from models.invoices import Invoice
from models.payments import Payment
from models.refunds import CreditNote, Refund
from models.webhooks import WebhookEvent
from models.workspaces import Workspace
from services import credit_purchases, payments, reconciliation, refunds
from services.credit_purchases import PurchaseRequest
from services.errors import PaymentUnavailable
from services.gateway.stripe import StripeGateway
from services.idempotency import Command
from services.refunds import RefundRequest
from tests import given
from tests.client import Api
from tests.given import Tenant
from tests.stripe_hooks import (
    a_payer,
    all_comes,
    deliver,
    events_about,
    status_of,
    subscribe,
    work,
)
from tests.stripe_server import FakeStripe, Fault


async def a_buyer(operator: Api, gateway: StripeGateway) -> tuple[Tenant, Payment]:
    """A subscriber with 5,750 credits who has bought 10,000 more, and the payment of those."""
    tenant = await a_payer(operator, gateway, "pm_card_visa")
    await subscribe(tenant, gateway)
    command = Command(tenant.key, "purchaseCredits", given.a_key(), {})
    request = PurchaseRequest(Decimal(10), None)
    await credit_purchases.purchase(command, tenant.key, request, gateway=gateway)
    return tenant, await Payment.get(workspace_id=tenant.key, amount_cents=10_00)


async def credits_of(tenant: Tenant) -> int:
    balance = await CreditBalance.get(account__workspace_id=tenant.key)
    return int(balance.total_mc) // 1000


def name_of(payment: Payment) -> str:
    assert payment.gateway_reference is not None
    return payment.gateway_reference


async def test_a_refund_that_a_bank_sends_back_later_is_kept_for_the_payer(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme, payment = await a_buyer(operator, gateway)
    command = Command(acme.key, "refundPayment", given.a_key(), {})
    request = RefundRequest(None, "Not needed")
    await refunds.refund_payment(command, payment.id, request, gateway=gateway)
    refund = await Refund.get(payment_id=payment.id)
    assert (refund.status, await credits_of(acme)) == ("SUCCEEDED", 5_750)
    assert refund.gateway_reference is not None
    reference = refund.gateway_reference
    # when the account that it went to is closed
    stripe.account.bank_refuses_refund(reference, "expired_or_canceled_card")
    await all_comes(hooks, stripe, gateway, events_about(stripe, reference))
    # then it stays credited, once, and the next invoice uses it
    workspace = await Workspace.get(id=acme.key)
    refund = await Refund.get(payment_id=payment.id)
    assert (refund.status, refund.decline_code) == ("SUCCEEDED", "expired_or_canceled_card")
    assert workspace.balance_cents == 10_00
    assert await CreditNote.filter(workspace_id=acme.key).count() == 1
    assert await credits_of(acme) == 5_750
    since = datetime.now(UTC) - timedelta(hours=1)
    found = await reconciliation.differences(gateway, since=since)
    assert not [line for line in found if reference in line]


@pytest.mark.parametrize(
    ("decision", "status", "left"), [("won", "SUCCEEDED", 15_750), ("lost", "DISPUTED", 5_750)]
)
async def test_a_dispute_is_booked_once_however_its_events_come(
    operator: Api,
    hooks: httpx2.AsyncClient,
    stripe: FakeStripe,
    gateway: StripeGateway,
    decision: str,
    status: str,
    left: int,
) -> None:
    acme, payment = await a_buyer(operator, gateway)
    dispute = stripe.account.payer_disputes(name_of(payment))["id"]
    await all_comes(hooks, stripe, gateway, events_about(stripe, dispute))
    assert (await Payment.get(id=payment.id)).status == "DISPUTED"
    assert await credits_of(acme) == 5_750
    stripe.account.bank_moves(dispute, "under_review")
    stripe.account.bank_moves(dispute, decision)
    await all_comes(hooks, stripe, gateway, events_about(stripe, dispute)[2:])
    assert (await Payment.get(id=payment.id)).status == status
    assert await credits_of(acme) == left
    [row] = await Dispute.filter(payment_id=payment.id)
    assert (row.status, row.reason, row.amount_cents) == (decision.upper(), "fraudulent", 10_00)
    assert row.due_by is not None


async def test_stripes_own_test_card_is_disputed_by_itself(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_card_createDispute")
    payment = await subscribe(acme, gateway)
    assert payment.status == "SUCCEEDED"
    [dispute] = [
        each["id"]
        for each in stripe.account.disputes.values()
        if each["payment_intent"] == payment.gateway_reference
    ]
    await all_comes(hooks, stripe, gateway, events_about(stripe, dispute))
    assert (await Payment.get(id=payment.id)).status == "DISPUTED"


async def test_a_dispute_of_a_payment_that_we_have_not_settled_settles_it_first(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_card_visa")
    stripe.faults.add("POST /v1/payment_intents", Fault.CUT_AFTER, times=3)
    stripe.faults.add("GET /v1/payment_intents", Fault.TOO_MANY_429)
    with pytest.raises(PaymentUnavailable):
        await subscribe(acme, gateway)
    stripe.faults.clear()
    payment = await Payment.get(workspace_id=acme.key)
    assert payment.status == "PENDING"
    [intent] = stripe.intents_of(payment.id)
    dispute = stripe.account.payer_disputes(intent["id"])["id"]
    await all_comes(hooks, stripe, gateway, events_about(stripe, dispute))
    assert (await Payment.get(id=payment.id)).status == "DISPUTED"
    assert (await Invoice.get(workspace_id=acme.key)).status == "PAID"


async def test_a_dispute_that_is_not_about_ours_is_ignored_and_what_is_new_is_not(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_card_visa")
    payment = await subscribe(acme, gateway)
    dispute = stripe.account.payer_disputes(name_of(payment))
    event = events_about(stripe, dispute["id"])[0]
    await deliver(hooks, stripe, event)
    # a state that Stripe has thought of since is for a person to look at
    dispute["status"] = "in_arbitration"
    await work(gateway, event)
    row = await WebhookEvent.get(reference=event["id"])
    assert (row.status, row.problem) == ("WAITING", "KeyError: 'in_arbitration'")
    # and a payment of another program
    dispute["status"] = "needs_response"
    intent = stripe.account.payment_intents[name_of(payment)]
    kept, intent["metadata"] = intent["metadata"], {}
    other = events_about(stripe, dispute["id"])[1]
    await deliver(hooks, stripe, other)
    await work(gateway, other)
    intent["metadata"] = kept
    assert await status_of(other) == "IGNORED"
    assert not await Dispute.exists(payment_id=payment.id)


async def test_a_refund_of_the_dashboard_is_booked_once_however_its_events_come(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme, payment = await a_buyer(operator, gateway)
    made = stripe.account.somebody_refunds(name_of(payment), 4_00, reason="requested_by_customer")[
        "id"
    ]
    stripe.account.bank_refunds(made)
    await all_comes(hooks, stripe, gateway, events_about(stripe, made))
    [refund] = await Refund.filter(payment_id=payment.id)
    assert (refund.status, refund.amount_cents, refund.gateway_reference) == (
        "SUCCEEDED",
        4_00,
        made,
    )
    [note] = await CreditNote.filter(workspace_id=acme.key)
    assert (note.amount_cents, note.reason) == (
        4_00,
        "Refunded at Stripe: requested by customer",
    )
    payment = await Payment.get(id=payment.id)
    assert (payment.status, payment.refunded_cents) == ("PARTIALLY_REFUNDED", 4_00)
    invoice = await Invoice.get(id=payment.invoice_id)
    assert (invoice.status, invoice.amount_paid_cents, invoice.credited_cents) == (
        "PAID",
        6_00,
        4_00,
    )
    assert await credits_of(acme) == 11_750


async def test_a_refund_of_the_dashboard_beside_one_of_ours(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_card_pendingRefund")
    payment = await subscribe(acme, gateway)
    ours = Command(acme.key, "refundPayment", given.a_key(), {})
    request = RefundRequest(Decimal(15), "changed their mind")
    await refunds.refund_payment(ours, payment.id, request, gateway=gateway)
    # given both on their way
    made = stripe.account.somebody_refunds(name_of(payment), 5_00)["id"]
    await all_comes(hooks, stripe, gateway, events_about(stripe, made))
    assert await Refund.filter(payment_id=payment.id, status="PROCESSING").count() == 2
    # when one arrives and the bank sends the other back
    stripe.account.bank_refuses_refund(made, "expired_or_canceled_card")
    [mine] = [
        each["id"]
        for each in stripe.account.refunds.values()
        if each["payment_intent"] == payment.gateway_reference and each["metadata"]
    ]
    stripe.account.bank_refunds(mine)
    events = [events_about(stripe, made)[-1], events_about(stripe, mine)[-1]]
    await all_comes(hooks, stripe, gateway, events)
    payment = await Payment.get(id=payment.id)
    assert (payment.status, payment.refunded_cents) == ("PARTIALLY_REFUNDED", 15_00)
    found = await Refund.filter(payment_id=payment.id).order_by("amount_cents")
    assert [(row.status, row.decline_code) for row in found] == [
        ("FAILED", "expired_or_canceled_card"),
        ("SUCCEEDED", None),
    ]


async def test_late_money_that_was_used_and_goes_back_in_the_dashboard_is_owed(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    # given $20 that arrived after its invoice was void, of which an invoice has used $12.50
    acme = await a_payer(operator, gateway, "pm_card_visa")
    invoice = await given.an_open_invoice(acme, cents=20_00)
    payment = await given.a_payment_under_way(invoice)
    await payment.fetch_related("method")
    await gateway.charge(payments.charge_of(payment))
    await given.called_off(invoice)
    payment = await payments.collect(payment.id, gateway)
    await given.an_open_invoice(acme, cents=12_50)
    assert (await Workspace.get(id=acme.key)).balance_cents == 7_50
    made = stripe.account.somebody_refunds(name_of(payment), 20_00)["id"]
    await all_comes(hooks, stripe, gateway, events_about(stripe, made))
    assert (await Payment.get(id=payment.id)).status == "REFUNDED"
    assert (await Workspace.get(id=acme.key)).balance_cents == -12_50
    assert not await CreditNote.exists(workspace_id=acme.key)
