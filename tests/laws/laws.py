"""What holds after every step, whatever the step was."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from typing import Any

from models.balances import BalanceEntry
from models.credits import CreditLot
from models.invoices import Dunning, Invoice
from models.payments import Payment, SandboxCharge, SandboxRefund
from models.refunds import Refund
from models.seats import Agent
from models.workspaces import Workspace
from services.check import check_books
from tests.laws.life import Life, View, without_failures
from tests.laws.prices import PriceList, cents_of, microseconds, months_later, part_of

# What the bank or the payer says after the preview was made.
OUTCOMES = {"PAYMENT_DECLINED", "PAYMENT_ACTION_REQUIRED"}
CYCLE = ("SUBSCRIBE", "RENEWAL")
ARRIVED = ("SUCCEEDED", "PARTIALLY_REFUNDED", "REFUNDED")


async def all_hold(life: Life) -> None:
    """Every law about a state."""
    view = await life.view()
    assert [finding for finding in await check_books() if finding.violations] == []
    every = await life.invoices()
    invoices = [row for row in every if row.status != "VOID"]
    await _money_is_where_the_provider_says(life, invoices)
    # what an operator has called off when its period had begun gives that away
    begun = [row for row in every if row.reason == "RENEWAL" or row.contract_id]
    _periods_follow_each_other(life, [row for row in every if row.status != "VOID" or row in begun])
    _no_period_costs_more_than_the_price_list(life, invoices)
    await _credits_of_a_period_come_once_and_paid(life, invoices)
    await _state_is_one_that_there_is(life, view)
    await _the_oldest_agents_work(life, view)


async def preview_is_what_is_done(
    preview: dict[str, Any],
    answer: dict[str, Any],
    issued: list[Invoice],
    before: View,
    after: View,
) -> None:
    """To the cent and the credit: what was said is what came."""
    refusals = [each for each in answer["errors"] if each["code"] not in OUTCOMES]
    assert refusals == preview["errors"]
    if refusals:
        return
    due_now = preview["dueNow"]
    billed = [cents_of(due_now["total"]["amount"])] if due_now else []
    assert [invoice.total_cents for invoice in issued] == billed
    for invoice in issued:
        await _is_paid_as_the_preview_says(invoice, due_now)
    if all(invoice.status == "PAID" for invoice in issued):
        granted = int(preview["creditsGranted"].replace(".", ""))
        assert after.credits - before.credits == granted
        assert after.shown["upcomingInvoice"] == preview["next"]


def the_price_list_says_what_is_charged(
    prices: PriceList,
    mutation: str,
    input: dict[str, Any],
    answer: dict[str, Any],
    issued: list[Invoice],
    before: View,
) -> None:
    """The invoice of a change, reckoned from the file."""
    if any(each["code"] not in OUTCOMES for each in answer["errors"]):
        assert issued == []
        return
    if mutation == "subscribe":
        wanted = {each["addOn"]: each["quantity"] for each in input["addOns"]}
        expected: int | None = prices.month(input["plan"], wanted)
    elif mutation == "setAddOns":
        expected = _added(prices, before, input["addOns"])
    else:
        expected = _upgraded(prices, before, input)
    billed = [] if expected is None else [prices.with_tax(expected, before.country)]
    assert [invoice.total_cents for invoice in issued] == billed


def a_refusal_changes_nothing(
    answer: dict[str, Any], before: dict[str, Any], after: dict[str, Any]
) -> None:
    """After a declined card only the tries are left: a void invoice and a failed payment."""
    codes = {each["code"] for each in answer["errors"]}
    if codes - OUTCOMES:
        assert after == before
    elif "PAYMENT_DECLINED" in codes:
        assert without_failures(after) == without_failures(before)


def a_correction_takes_nothing(before: View, after: View, *, bought_back_cents: int = 0) -> None:
    """Money that goes back, or is not owed, leaves the customer what they have (R38, R39).

    But of credits that were bought, what is unspent of those for `bought_back_cents`.
    """
    subscription = after.shown["subscription"]
    if before.is_change_waiting and not after.is_change_waiting:
        subscription |= {"pendingChange": before.shown["subscription"]["pendingChange"]}
    if after.outstanding < before.outstanding and after.status == "ACTIVE":
        subscription |= {"status": before.status}  # healed
    assert subscription == before.shown["subscription"]
    assert before.credits - bought_back_cents * 10_000 <= after.credits <= before.credits
    assert after.used == before.used
    assert after.shown["autoBilling"] == before.shown["autoBilling"]


def nobody_switches_auto_billing_but_the_customer(before: View, after: View) -> None:
    """Also not a change that is paid only now (R6); subscribing itself says what it is to be."""
    if before.period or not before.is_change_waiting:
        assert after.shown["autoBilling"] == before.shown["autoBilling"]


async def renewals_are_what_was_shown(life: Life, before: View, after: View) -> None:
    """What a renewal bills is what `upcomingInvoice` said, and what the price list says."""
    if before.period is None or before.is_change_waiting:
        return
    renewals = [
        row
        for row in await life.invoices()
        if row.reason == "RENEWAL" and before.now < row.issued_at
    ]
    if before.upcoming_cents is None:
        assert renewals == []
        return
    _, end = before.period
    if renewals and before.now < end:
        plan, add_ons = _kept(life.prices, before)
        expected = life.prices.with_tax(life.prices.month(plan, add_ons), before.country)
        assert renewals[0].total_cents == expected == before.upcoming_cents
        assert renewals[0].period_start == end
        moved = BalanceEntry.filter(
            workspace_id=life.key, occurred_at__gt=before.now, occurred_at__lte=end
        ).exclude(kind="APPLIED", payment__invoice__reason="RENEWAL")
        if not await moved.exists():
            paid = await _paid_from_balance(renewals[0])
            assert paid == before.upcoming_from_balance_cents
    if before.status == "ACTIVE" and before.outstanding == 0 and before.now < end <= after.now:
        assert renewals, "a period that ends is renewed"
    if renewals and after.period and renewals[-1].period_start == after.period[0]:
        expected = life.prices.month(after.plan, after.add_ons)
        assert renewals[-1].total_cents == life.prices.with_tax(expected, after.country)


def _part_left(before: View) -> tuple[int, int]:
    assert before.period is not None
    start, end = before.period
    return microseconds(end - before.now), microseconds(end - start)


def _added(prices: PriceList, before: View, wanted: list[dict[str, Any]]) -> int | None:
    left, whole = _part_left(before)
    more = {
        each["addOn"]: each["quantity"] - before.add_ons.get(each["addOn"], 0) for each in wanted
    }
    bought = [prices.add_ons[key] * n for key, n in more.items() if n > 0]
    return sum(part_of(cents, left, whole) for cents in bought) if bought else None


def _upgraded(prices: PriceList, before: View, input: dict[str, Any]) -> int | None:
    is_dearer = prices.plans[before.plan] < prices.plans[input["plan"]]
    if not is_dearer or input["timing"] == "PERIOD_END":
        return None
    return upgraded(prices, before, input["plan"])


def upgraded(prices: PriceList, before: View, plan: str) -> int:
    """What a dearer plan costs for the rest of the period, less what the present one did."""
    left, whole = _part_left(before)
    old, new = prices.plans[before.plan], prices.plans[plan]
    return part_of(new, left, whole) - part_of(old, left, whole)


def _kept(prices: PriceList, view: View) -> tuple[str, dict[str, int]]:
    """The next period's terms: as scheduled, but what is in use is not taken away (R27)."""
    plan, add_ons = view.scheduled
    if plan != view.plan:
        return plan, add_ons
    short = [
        resource
        for resource, used in view.used.items()
        if used > prices.limit(plan, add_ons, resource)
    ]
    for key, quantity in view.add_ons.items():
        if any(resource in prices.allowances[key] for resource in short):
            add_ons = {**add_ons, key: max(quantity, add_ons.get(key, 0))}
    return plan, add_ons


async def _is_paid_as_the_preview_says(invoice: Invoice, due_now: dict[str, Any]) -> None:
    if invoice.status == "VOID":
        return
    from_balance = await _paid_from_balance(invoice)
    assert from_balance == cents_of(due_now["balanceApplied"]["amount"])
    charged = await Payment.filter(invoice_id=invoice.id, method_id__isnull=False)
    due = cents_of(due_now["amountDue"]["amount"])
    assert [payment.amount_cents for payment in charged] == ([due] if due else [])


async def _paid_from_balance(invoice: Invoice) -> int:
    used = await Payment.filter(invoice_id=invoice.id, method_id=None)
    return sum(payment.amount_cents for payment in used)


async def _money_is_where_the_provider_says(life: Life, invoices: list[Invoice]) -> None:
    payments = await Payment.filter(workspace_id=life.key)
    by_method = [payment for payment in payments if payment.method_id]
    charges = await SandboxCharge.in_bulk([payment.id for payment in by_method], "operation_id")
    for payment in by_method:
        charge = charges[payment.id]
        assert charge.amount_cents == payment.amount_cents
        if payment.status in ARRIVED:
            assert charge.status == "SUCCEEDED"
        elif payment.status == "FAILED":
            assert charge.status == "DECLINED"
    refunds = await Refund.filter(workspace_id=life.key).select_related("payment")
    given_back = await _given_back(refunds)
    late = await BalanceEntry.filter(workspace_id=life.key, kind="LATE_PAYMENT")
    too_late = {entry.payment_id for entry in late}
    for invoice in invoices:
        paid = [
            payment
            for payment in payments
            if payment.invoice_id == invoice.id
            and payment.status in ARRIVED
            and payment.id not in too_late
        ]
        left = sum(payment.amount_cents - payment.refunded_cents for payment in paid)
        assert left == invoice.amount_paid_cents
        assert len([p for p in paid if p.method_id]) <= 1, "an invoice is paid once"
        if invoice.status == "PAID":
            assert sum(payment.amount_cents for payment in paid) == invoice.total_cents
    # what came in and did not go back is on an invoice, or waits for the next one
    came_in = sum(p.amount_cents for p in by_method if p.status in ARRIVED)
    set_aside = sum(
        refund.amount_cents
        for refund in refunds
        if refund.status == "PROCESSING" and refund.payment_id in too_late
    )
    on_invoices = sum(invoice.amount_paid_cents for invoice in invoices)
    balance = (await Workspace.get(id=life.key)).balance_cents
    assert came_in - given_back - set_aside == on_invoices + balance


async def _given_back(refunds: list[Refund]) -> int:
    """What went back to payers, here and at the provider alike."""
    by_provider = {refund.id: refund for refund in refunds if refund.payment.method_id}
    known = await SandboxRefund.in_bulk(list(by_provider), "operation_id")
    for id, refund in by_provider.items():
        assert known[id].amount_cents == refund.amount_cents
        assert known[id].status == {"FAILED": "DECLINED"}.get(refund.status, refund.status)
    return sum(row.amount_cents for row in known.values() if row.status == "SUCCEEDED")


def _periods_follow_each_other(life: Life, invoices: list[Invoice]) -> None:
    cycle = [row for row in invoices if row.reason in CYCLE]
    anchor, index = datetime.now(UTC), 0
    for row in cycle:
        assert row.period_start is not None
        if row.reason == "SUBSCRIBE":
            anchor, index = row.period_start, 0
        assert row.period_start == months_later(anchor, index, life.time_zone)
        assert row.period_end == months_later(anchor, index + 1, life.time_zone)
        index += 1
    for one, other in pairwise(cycle):
        assert one.period_end is not None
        assert other.period_start is not None
        assert one.period_end <= other.period_start, "no moment is billed twice"


def _no_period_costs_more_than_the_price_list(life: Life, invoices: list[Invoice]) -> None:
    """Half a cent per line of a change is what rounding may bring."""
    for cycle in [row for row in invoices if row.reason in CYCLE]:
        assert cycle.period_start is not None
        assert cycle.period_end is not None
        most = life.most_held.get(cycle.period_start)
        if most is None:
            continue
        inside = [
            row
            for row in invoices
            if row.period_start and cycle.period_start <= row.period_start < cycle.period_end
        ]
        plan = max(life.prices.plans[key] for key in most if key in life.prices.plans)
        add_ons = sum(
            life.prices.add_ons[key] * n for key, n in most.items() if key in life.prices.add_ons
        )
        lines = sum(len(row.lines) for row in inside)
        charged = sum(row.amount_paid_cents - row.tax_cents for row in inside if row.paid_at)
        assert charged <= plan + add_ons + Fraction(lines, 2)


async def _credits_of_a_period_come_once_and_paid(life: Life, invoices: list[Invoice]) -> None:
    lots = await CreditLot.filter(account__workspace_id=life.key, source="PLAN")
    paid = {row.id for row in invoices if row.status == "PAID"}
    most = max(life.prices.included_credits.values()) * 1_000
    granted: dict[datetime | None, int] = {}
    for lot in lots:
        assert lot.invoice_id in paid
        granted[lot.period_start] = granted.get(lot.period_start, 0) + lot.granted_mc
    assert all(credits <= most for credits in granted.values())


async def _state_is_one_that_there_is(life: Life, view: View) -> None:
    is_paid = view.plan != life.prices.plan_keys[0]
    assert is_paid == (view.period is not None)
    if not is_paid:
        assert view.add_ons == {}
        assert view.status in ("ACTIVE", "CANCELLED")
    if view.status in ("PAST_DUE", "UNPAID"):
        assert view.outstanding
    if view.shown["autoBilling"]["enabled"]:
        assert any(method["isDefault"] for method in view.shown["paymentMethods"])
    dunned = await Dunning.filter(workspace_id=life.key).select_related("invoice")
    assert all(row.invoice.status == "OPEN" for row in dunned)
    slots = life.prices.limit(view.plan, view.add_ons, "PHONE_NUMBER")
    assert view.used["PHONE_NUMBER"] <= slots, "each number has a slot that is paid for"


async def _the_oldest_agents_work(life: Life, view: View) -> None:
    slots = life.prices.limit(view.plan, view.add_ons, "AGENT_SLOT")
    working = 0 if view.status == "UNPAID" else slots
    agents = await Agent.filter(workspace_id=life.key, archived_at=None).order_by("id")
    assert [agent.paused_at is None for agent in agents] == [
        number < working for number in range(len(agents))
    ]
