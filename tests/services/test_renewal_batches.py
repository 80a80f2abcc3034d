"""Many renewals at once do exactly what one renewal does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tortoise import connections
from tortoise.transactions import in_transaction

from billwright.settings import Settings
from models.calls import Call
from models.credits import CreditLot, CreditTransfer
from models.invoices import Dunning, Invoice
from models.payments import Payment, SandboxCharge
from models.refunds import Refund
from models.subscriptions import Subscription
from models.workspaces import Workspace
from services import catalog, clock, due_work, refunds, renewal_batches
from services.errors import PaymentUnavailable
from services.gateway import (
    Charge,
    Declined,
    GatewayUnavailable,
    Outcome,
    RefundOutcome,
    Repayment,
)
from services.gateway.sandbox import SandboxGateway
from services.idempotency import Command
from services.periods import period_of
from services.price_list_file import load
from services.refunds import RefundRequest
from services.renewal_batches import BEGINNING, PriceLists
from tests import calls, given
from tests.client import Api
from tests.corrections import refund
from tests.given import Tenant
from tests.metering import an_event, record
from tests.top_ups import bought

GATEWAY = SandboxGateway("http://testserver")
WHITELABEL = {"addOn": "whitelabel", "quantity": 1}
SEATS = {"addOn": "workspace-seat", "quantity": 3}


async def a_due_subscriber(operator: Api, *, months: int = 1, **input: Any) -> Tenant:
    """Subscribed in real time so long ago that `months` renewals are due."""
    tenant = await a_subscriber(operator, **input)
    await given.lies_back(tenant, months=months)
    return tenant


async def a_subscriber(operator: Api, **input: Any) -> Tenant:
    """In real time, since now."""
    tenant = await given.a_workspace(operator, card="pm_card_visa", clock=None)
    done = await tenant.api.do("subscribe", "errors { code }", plan="pay-as-you-go", **input)
    assert done["errors"] == []
    return tenant


async def as_it_stands(tenant: Tenant) -> dict[str, Any]:
    """Everything that a renewal touches, without what differs by nature: ids and instants."""
    subscription = await Subscription.get(workspace_id=tenant.key)
    assert subscription.anchor is not None
    invoices = await Invoice.filter(workspace_id=tenant.key).order_by("sequence")
    transfers = await CreditTransfer.filter(holder__workspace_id=tenant.key).order_by("sequence")
    lots = await CreditLot.filter(account__workspace_id=tenant.key).order_by("id")
    payments = await Payment.filter(workspace_id=tenant.key).order_by("id")
    return {
        "period": (
            subscription.period_index,
            subscription.period_end == subscription.due_at,
            subscription.status,
        ),
        "invoices": [
            (
                row.sequence, row.number.split("-")[1], row.status, row.reason, row.subtotal_cents,
                row.total_cents, row.amount_paid_cents, row.buyer, row.currency, row.due_at
                == row.issued_at, row.paid_at is not None, row.tax_percent, row.tax_name,
                [{**line, "period_start": "", "period_end": ""} for line in row.lines],
            )
            for row in invoices
        ],
        "payments": [
            (row.status, row.amount_cents, row.currency, row.decided_at is not None,
             row.gateway_reference is not None, row.expected_at)
            for row in payments
        ],
        "transfers": [
            (row.sequence, row.kind, row.amount_mc, row.balance_after_mc, row.description)
            for row in transfers
        ],
        "lots": [
            (row.source, row.priority, row.granted_mc, row.remaining_mc, row.held_mc, row.note,
             row.expires_at == subscription.period_end, row.period_start is not None)
            for row in lots
        ],
        "dunning": await Dunning.filter(workspace_id=tenant.key).count(),
    }  # fmt: skip


@pytest.mark.parametrize("months", [1, 3])
async def test_a_batch_writes_what_the_clock_writes(operator: Api, months: int) -> None:
    one, other = [
        await a_due_subscriber(operator, months=months, addOns=[WHITELABEL, SEATS])
        for _ in range(2)
    ]
    await clock.run_until(one.key, datetime.now(UTC), GATEWAY)
    for _ in range(months):
        await renewal_batches.run(GATEWAY)
    expected = await as_it_stands(one)
    assert await as_it_stands(other) == expected
    # $20 and $200 and three seats at $10, in advance
    assert [row[5] for row in expected["invoices"]] == [25_000] * (months + 1)
    assert expected["period"] == (months, True, "ACTIVE")


async def test_what_is_owed_is_repaid_by_the_credits_of_a_batch_as_by_the_clocks(
    operator: Api,
) -> None:
    # given two who have used 6,000 of their 5,750 credits
    one, other = [await a_due_subscriber(operator) for _ in range(2)]
    for tenant in (one, other):
        await CreditLot.filter(account__workspace_id=tenant.key).update(expires_at=None)
        await record(tenant, an_event(quantity="6000"), shortfall="OWE")
    await clock.run_until(one.key, datetime.now(UTC), GATEWAY)
    await renewal_batches.run(GATEWAY)
    assert await as_it_stands(other) == await as_it_stands(one)
    [lot] = await CreditLot.filter(account__workspace_id=other.key, remaining_mc__gt=0)
    assert (lot.granted_mc, lot.repaid_mc, lot.remaining_mc) == (5_000_000, 250_000, 4_750_000)


@pytest.mark.parametrize("owed", [0, 10])
async def test_what_calls_hold_outlives_a_batch_as_it_does_the_clock(
    operator: Api, owed: int
) -> None:
    # given two who are calling on credits that have died since, and may owe 10 more than they have
    one, other = [await a_subscriber(operator) for _ in range(2)]
    for tenant in (one, other):
        await calls.started(tenant, "call-1")
        if owed:
            await record(tenant, an_event(quantity="5252.5"), shortfall="OWE")
        await given.lies_back(tenant, months=1)
    # when both are renewed
    await clock.run_until(one.key, datetime.now(UTC), GATEWAY)
    await renewal_batches.run(GATEWAY)
    assert await as_it_stands(other) == await as_it_stands(one)
    # then what is held is there, and the call is what falls due next
    [call] = await Call.filter(workspace_id=other.key)
    assert (await Subscription.get(workspace_id=other.key)).due_at == call.next_at
    [dead] = await CreditLot.filter(account__workspace_id=other.key, held_mc__gt=0)
    assert (dead.remaining_mc, dead.held_mc) == (507_500, 507_500)
    [lot] = await CreditLot.filter(account__workspace_id=other.key, remaining_mc__gte=4_990_000)
    assert (lot.repaid_mc, lot.remaining_mc) == (owed * 1_000, 5_000_000 - owed * 1_000)
    for tenant in (one, other):
        assert (await calls.ended(tenant, "call-1"))["cost"]["total"] == "101.500"


async def test_each_missed_month_is_billed_once_in_order(operator: Api) -> None:
    acme = await a_due_subscriber(operator, months=3)
    for _ in range(5):
        await renewal_batches.run(GATEWAY)
    subscription = await Subscription.get(workspace_id=acme.key)
    assert subscription.anchor is not None
    renewals = await Invoice.filter(workspace_id=acme.key, reason="RENEWAL").order_by("sequence")
    periods = [period_of(subscription.anchor, index, "UTC") for index in (1, 2, 3)]
    assert [(row.period_start, row.period_end) for row in renewals] == [
        (period.start, period.end) for period in periods
    ]
    assert await SandboxCharge.filter(
        operation_id__in=await Payment.filter(workspace_id=acme.key).values_list("id", flat=True)
    ).count() == 4  # fmt: skip


async def test_one_that_cannot_be_reckoned_does_not_keep_the_others_waiting(
    operator: Api, caplog: pytest.LogCaptureFixture
) -> None:
    # given three that are due, of which one is in a zone that the world has given up
    first, broken, last = [await a_due_subscriber(operator) for _ in range(3)]
    await Workspace.filter(id=broken.key).update(time_zone="Mars/Olympus")
    # when all are renewed in one batch
    await renewal_batches.run(GATEWAY)
    # then the two are billed, and the log names the third, of which nothing is written
    for tenant, invoices in ((first, 2), (broken, 1), (last, 2)):
        assert await Invoice.filter(workspace_id=tenant.key).count() == invoices
    subscription = await Subscription.get(workspace_id=broken.key)
    assert f"subscription {subscription.id} cannot be renewed" in caplog.text
    assert subscription.due_at == subscription.period_end
    # when its zone is put right, it is renewed like the others
    await Workspace.filter(id=broken.key).update(time_zone="UTC")
    await renewal_batches.run(GATEWAY)
    assert await as_it_stands(broken) == await as_it_stands(first)


async def test_a_period_that_is_over_is_billed_before_anybody_leaves(operator: Api) -> None:
    # given a month that nobody has billed yet, because no worker ran
    acme = await a_due_subscriber(operator)
    refused = await acme.api.do("cancelSubscription", "subscription { id }")
    assert [(error["code"], error["message"]) for error in refused["errors"]] == [
        (
            "IN_PROGRESS",
            "The period has just ended and is being renewed; try again in a moment.",
        )
    ]
    # when one runs
    await renewal_batches.run(GATEWAY)
    # then the month is billed, and the subscription ends with it
    left = await acme.api.do("cancelSubscription", "subscription { cancelAtPeriodEnd }")
    assert left == {"subscription": {"cancelAtPeriodEnd": True}, "errors": []}
    assert await Invoice.filter(workspace_id=acme.key, status="PAID").count() == 2


async def test_two_who_renew_at_once_renew_each_subscription_once(operator: Api) -> None:
    tenants = [await a_due_subscriber(operator) for _ in range(7)]
    await asyncio.gather(*(renewal_batches.run(GATEWAY, size=2) for _ in range(2)))
    for tenant in tenants:
        assert await Invoice.filter(workspace_id=tenant.key, status="PAID").count() == 2


class Refuses(SandboxGateway):
    """Declines every charge."""

    async def charge(self, charge: Charge) -> Outcome:
        return Declined(str(charge.operation_id), "insufficient_funds")


class Silent(SandboxGateway):
    """Takes the money and does not answer."""

    async def charge(self, charge: Charge) -> Outcome:
        await super().charge(charge)
        raise GatewayUnavailable


class SilentAboutRefunds(SandboxGateway):
    """Does not answer whoever wants money back."""

    async def refund(self, _: Repayment) -> RefundOutcome:
        raise GatewayUnavailable


async def test_a_declined_renewal_is_dunned_like_any_other(operator: Api) -> None:
    acme = await a_due_subscriber(operator)
    await renewal_batches.run(Refuses("http://testserver"))
    assert [row.status for row in await Payment.filter(workspace_id=acme.key).order_by("id")] == [
        "SUCCEEDED",
        "FAILED",
    ]
    await clock.run_until(acme.key, datetime.now(UTC), GATEWAY)
    subscription = await Subscription.get(workspace_id=acme.key)
    assert subscription.status == "PAST_DUE"
    dunning = await Dunning.get(workspace_id=acme.key)
    assert subscription.due_at == dunning.next_at


async def test_what_the_provider_did_not_answer_is_found_out_and_not_charged_again(
    operator: Api,
) -> None:
    acme = await a_due_subscriber(operator)
    await renewal_batches.run(Silent("http://testserver"))
    assert await Payment.filter(workspace_id=acme.key, status="PENDING").count() == 1
    await renewal_batches.run(GATEWAY)  # not plain while the payment is under way
    assert await Invoice.filter(workspace_id=acme.key).count() == 2
    await clock.run_until(acme.key, datetime.now(UTC), GATEWAY)
    assert await Payment.filter(workspace_id=acme.key, status="SUCCEEDED").count() == 2
    assert await SandboxCharge.filter(
        operation_id__in=await Payment.filter(workspace_id=acme.key).values_list("id", flat=True)
    ).count() == 2  # fmt: skip


NOT_PLAIN = {
    "cancelled": "UPDATE subscription SET cancel_at_period_end = true WHERE workspace_id = $1",
    "paid by hand": "UPDATE subscription SET auto_billing = false WHERE workspace_id = $1",
    "past due": "UPDATE subscription SET status = 'PAST_DUE' WHERE workspace_id = $1",
    "no default method": "UPDATE payment_method SET is_default = false WHERE workspace_id = $1",
    "an expired card": "UPDATE payment_method SET expires_year = 2020 WHERE workspace_id = $1",
    "something due before": "UPDATE subscription SET due_at = due_at - interval '1 second' "
    "WHERE workspace_id = $1",
}


@pytest.mark.parametrize("change", NOT_PLAIN.values(), ids=NOT_PLAIN)
async def test_what_is_not_plain_is_left_alone(operator: Api, change: str) -> None:
    acme = await a_due_subscriber(operator)
    await connections.get("default").execute_query(change, [acme.key])
    await renewal_batches.run(GATEWAY)
    assert await Invoice.filter(workspace_id=acme.key).count() == 1


async def test_a_contract_is_left_to_the_clock_and_billed_at_its_price(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa", clock=None)
    agreed = await operator.do(
        "setContract",
        "invoice { id }",
        workspaceId=acme.id,
        monthlyPrice="1500",
        includedCredits="100000",
    )
    await acme.api.do("payInvoice", "payment { id }", invoiceId=agreed["invoice"]["id"])
    await acme.api.do("setAutoBilling", "autoBilling { enabled }", enabled=True)
    await given.lies_back(acme, months=1)
    await renewal_batches.run(GATEWAY)
    assert await Invoice.filter(workspace_id=acme.key).count() == 1
    await clock.run_until(acme.key, datetime.now(UTC), GATEWAY)
    renewal = await Invoice.get(workspace_id=acme.key, reason="RENEWAL")
    assert (renewal.status, renewal.total_cents) == ("PAID", 1_500_00)


async def test_unapplied_balance_is_left_to_the_clock_and_used(operator: Api) -> None:
    # given $12 that came too late
    acme = await a_due_subscriber(operator)
    invoice = await given.an_open_invoice(acme, cents=12_00)
    await given.comes_too_late(invoice)
    await renewal_batches.run(GATEWAY)
    assert not await Invoice.exists(workspace_id=acme.key, reason="RENEWAL")
    await clock.run_until(acme.key, datetime.now(UTC), GATEWAY)
    renewal = await Invoice.get(workspace_id=acme.key, reason="RENEWAL")
    payments = await Payment.filter(invoice_id=renewal.id).order_by("id")
    assert [payment.amount_cents for payment in payments] == [12_00, 8_00]
    assert renewal.status == "PAID"


async def test_a_refund_under_way_is_left_to_the_clock(operator: Api) -> None:
    acme = await a_due_subscriber(operator)
    payment = await Payment.get(workspace_id=acme.key)
    silent = SilentAboutRefunds("http://testserver")
    with pytest.raises(PaymentUnavailable):
        await refunds.refund_payment(
            Command(acme.key, "refundPayment", None, {}),
            payment.id,
            RefundRequest(None, "Cancelled"),
            gateway=silent,
        )
    await renewal_batches.run(GATEWAY)
    assert await Invoice.filter(workspace_id=acme.key).count() == 1
    await clock.run_until(acme.key, datetime.now(UTC), GATEWAY)
    assert await Invoice.filter(workspace_id=acme.key).count() == 2
    assert (await Payment.get(id=payment.id)).status == "REFUNDED"


async def open_batch() -> renewal_batches.Batch:
    """What is due is billed and not charged yet."""
    lists = PriceLists()
    await lists.read()
    return await renewal_batches.open_batch(lists, after=BEGINNING, now=datetime.now(UTC), size=500)


async def settle(batch: renewal_batches.Batch) -> None:
    """What was billed is charged and booked."""
    now = datetime.now(UTC)
    outcomes = await renewal_batches.charge(batch.opened, GATEWAY, now=now)
    await renewal_batches.settle_batch(outcomes, now=now)


async def test_a_refund_that_begins_during_a_renewal_is_asked_about_in_time(
    operator: Api,
) -> None:
    acme = await given.a_workspace(operator, card="pm_card_pendingRefund", clock=None)
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    await given.lies_back(acme, months=1)
    first = await Payment.get(workspace_id=acme.key)
    batch = await open_batch()
    assert (await refund(operator, first))["errors"] == []
    await settle(batch)
    assert await Invoice.filter(workspace_id=acme.key, status="PAID").count() == 2
    assert await CreditLot.filter(account__workspace_id=acme.key, source="PLAN").count() == 2
    subscription = await Subscription.get(workspace_id=acme.key)
    assert subscription.due_at == (await Refund.get(payment_id=first.id)).expected_at


async def test_what_is_not_plain_does_not_hide_what_comes_after_it(operator: Api) -> None:
    cancelled, acme = [await a_due_subscriber(operator) for _ in range(2)]
    await Subscription.filter(workspace_id=cancelled.key).update(cancel_at_period_end=True)
    await renewal_batches.run(GATEWAY, size=1)
    assert await Invoice.filter(workspace_id=cancelled.key).count() == 1
    assert await Invoice.filter(workspace_id=acme.key).count() == 2


async def test_what_is_due_is_read_in_the_order_of_its_index(operator: Api) -> None:
    async with in_transaction() as transaction:
        # with so few rows anything else would be cheaper
        await transaction.execute_script(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"
        )
        plan = await transaction.execute_query_dict(
            f"EXPLAIN (COSTS OFF) {renewal_batches.DUE}",
            [datetime.now(UTC), BEGINNING.due_at, BEGINNING.subscription_id, 500],
        )
    shown = "\n".join(row["QUERY PLAN"] for row in plan)
    assert "Index Scan using subscription_due" in shown
    assert "Sort" not in shown


async def test_a_payment_that_was_settled_meanwhile_is_not_settled_again(operator: Api) -> None:
    acme = await a_due_subscriber(operator)
    batch, now = await open_batch(), datetime.now(UTC)
    outcomes = await renewal_batches.charge(batch.opened, GATEWAY, now=now)
    await clock.run_until(acme.key, now, GATEWAY)  # took it for dead and was faster
    expected = await as_it_stands(acme)
    await renewal_batches.settle_batch(outcomes, now=now)
    assert await as_it_stands(acme) == expected
    assert [row[0] for row in expected["payments"]] == ["SUCCEEDED", "SUCCEEDED"]


async def test_a_bank_debit_that_begins_during_a_renewal_is_asked_about_in_time(
    operator: Api,
) -> None:
    # given $12 that were given up as uncollectible, and paid by bank while the renewal is charged
    acme = await a_due_subscriber(operator)
    given_up = await given.an_open_invoice(acme, cents=12_00)
    await Invoice.filter(id=given_up.id).update(status="UNCOLLECTIBLE")
    batch = await open_batch()
    bank = await given.attach(acme, "pm_usBankAccount", makeDefault=False)
    paid = await acme.api.do(
        "payInvoice", "payment { status }", invoiceId=given.id_of(given_up), paymentMethodId=bank
    )
    assert paid["payment"] == {"status": "PROCESSING"}
    await settle(batch)
    assert await Invoice.filter(workspace_id=acme.key, status="PAID").count() == 2
    assert await CreditLot.filter(account__workspace_id=acme.key, source="PLAN").count() == 2
    debit = await Payment.get(invoice_id=given_up.id)
    subscription = await Subscription.get(workspace_id=acme.key)
    assert subscription.due_at == debit.expected_at


async def test_a_period_that_is_over_when_it_is_paid_brings_no_credits(operator: Api) -> None:
    acme = await a_due_subscriber(operator, months=2)
    await renewal_batches.run(GATEWAY)
    assert await CreditLot.filter(account__workspace_id=acme.key, source="PLAN").count() == 1
    await renewal_batches.run(GATEWAY)
    assert await CreditLot.filter(account__workspace_id=acme.key, source="PLAN").count() == 2


@pytest.fixture
async def a_cheap_list(client: object) -> AsyncIterator[None]:
    """Pay as you go costs 49 cents, for as long as the test runs."""
    shipped = load(Settings().catalog)
    plans = tuple(
        replace(plan, price_cents=49) if plan.key == "pay-as-you-go" else plan
        for plan in shipped.plans
    )
    await catalog.publish(replace(shipped, plans=plans))
    yield
    await catalog.publish(shipped)


@pytest.mark.usefixtures("a_cheap_list")
async def test_what_is_too_little_to_be_charged_is_left_to_the_clock(operator: Api) -> None:
    acme = await a_subscriber(operator)
    # given that what was owed of the first period came with a purchase
    assert (await Workspace.get(id=acme.key)).balance_cents == -49
    await bought(acme, "5")
    assert (await Workspace.get(id=acme.key)).balance_cents == 0
    await given.lies_back(acme, months=1)
    await renewal_batches.run(GATEWAY)
    assert await Invoice.filter(workspace_id=acme.key, reason="RENEWAL").count() == 0
    queued = await connections.get("default").execute_query_dict(
        "SELECT id FROM pgqueuer WHERE entrypoint = 'workspace' AND payload = $1",
        [str(acme.key).encode()],
    )
    assert len(queued) == 1
    await due_work.catch_up(acme.key, GATEWAY)
    renewal = await Invoice.get(workspace_id=acme.key, reason="RENEWAL")
    assert (renewal.status, renewal.total_cents) == ("PAID", 49)
    assert (await Workspace.get(id=acme.key)).balance_cents == -49
