"""A change that costs money takes effect when its money is there; less takes effect at period end.

So a subscription has at most one change that waits for an invoice, and one that is scheduled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from models.catalog import AddOn, Plan
from models.contracts import Contract
from models.invoices import Invoice, InvoiceReason
from models.money import Credits
from models.subscriptions import (
    PendingChange,
    Subscription,
    SubscriptionItem,
    SubscriptionStatus,
)
from services import agents, credits, invoices, proration, tenures
from services.errors import BillingError, ChangePending
from services.terms import Holding, Terms


async def refusals(subscription: Subscription) -> list[BillingError]:
    """ChangePending, if a change waits for its money: until that is decided no other begins."""
    waiting = await PendingChange.get_or_none(
        subscription_id=subscription.id, invoice_id__isnull=False
    ).select_related("invoice")
    return [ChangePending(waiting.invoice.number)] if waiting and waiting.invoice else []


async def wait_for(
    invoice: Invoice,
    subscription: Subscription,
    terms: Terms,
    *,
    auto_billing: bool,
    then: Terms | None = None,
) -> None:
    """Bring `terms` about once `invoice` is paid, and schedule `then` for the period's end."""
    wanted = terms.to_json()
    await PendingChange.create(
        subscription_id=subscription.id,
        plan_id=wanted["plan_id"],
        contract_id=wanted["contract_id"],
        add_ons=wanted["add_ons"],
        auto_billing=auto_billing,
        invoice_id=invoice.id,
        then=then.to_json() if then else None,
        effective_at=invoice.issued_at,
    )


async def wait_until(invoice: Invoice, expected_at: datetime) -> None:
    """Note when the money for a pending change is expected."""
    await PendingChange.filter(invoice_id=invoice.id).update(effective_at=expected_at)


async def drop(invoice: Invoice, subscription: Subscription, *, now: datetime) -> None:
    """Forget the change whose payment failed, and void its invoice: nothing has changed (R34)."""
    if await forget(invoice):
        await invoices.void(invoice, subscription.workspace, now=now)


async def forget(invoice: Invoice) -> bool:
    """Forget the change that waits for this invoice. Whether there was one."""
    return await PendingChange.filter(invoice_id=invoice.id).delete() > 0


async def holds_up_renewal(invoice: Invoice, subscription: Subscription) -> bool:
    """Whether a period that is over is not renewed yet because of the change that is paid by this.

    The wait ends with the payment that is under way (docs/decisions/0008).
    """
    if subscription.period_end is None or subscription.workspace.now < subscription.period_end:
        return False
    return await PendingChange.exists(invoice_id=invoice.id)


async def take_effect(invoice: Invoice, subscription: Subscription, *, now: datetime) -> None:
    """Do what was waiting for this paid invoice, if anything was. Under the subscription's lock."""
    change = await PendingChange.get_or_none(invoice_id=invoice.id)
    if change is None:
        return
    before = await _included_credits(subscription)
    terms = await _terms_after(change)
    subscription.auto_billing = change.auto_billing
    if invoice.reason is InvoiceReason.SUBSCRIBE:
        begin_cycle(subscription, invoice)
    await put_on(subscription, terms)
    await change.delete()
    await schedule(subscription, await terms_of(change.then) if change.then else None)
    await _grant(subscription, before, terms, invoice, now=now)


async def schedule(subscription: Subscription, terms: Terms | None) -> None:
    """Bring `terms` about at the period's end; None: leave everything as it is then."""
    await PendingChange.filter(subscription_id=subscription.id, invoice_id=None).delete()
    if terms is None:
        return
    assert subscription.period_end is not None, "only a period that ends can be waited for"
    wanted = terms.to_json()
    await PendingChange.create(
        subscription_id=subscription.id,
        plan_id=wanted["plan_id"],
        contract_id=wanted["contract_id"],
        add_ons=wanted["add_ons"],
        auto_billing=subscription.auto_billing,
        effective_at=subscription.period_end,
    )


async def scheduled(subscription: Subscription) -> Terms | None:
    """The terms that begin at the period's end, if a change is scheduled."""
    change = await PendingChange.get_or_none(subscription_id=subscription.id, invoice_id=None)
    if change is None:
        return None
    return await _terms_after(change)


async def terms_of(stored: dict[str, Any]) -> Terms:
    """The terms that were stored by `Terms.to_json`."""
    add_ons = await AddOn.in_bulk([UUID(entry["add_on_id"]) for entry in stored["add_ons"]], "id")
    holdings = [
        Holding(add_ons[UUID(entry["add_on_id"])], entry["quantity"]) for entry in stored["add_ons"]
    ]
    # what was stored before there were contracts names none
    contract_id = stored.get("contract_id")
    contract = await Contract.get(id=contract_id) if contract_id else None
    return Terms(await Plan.get(id=stored["plan_id"]), holdings, contract)


async def put_on(subscription: Subscription, terms: Terms) -> None:
    """Give a locked subscription these terms, and its workspace the price list they are from."""
    workspace = subscription.workspace
    await tenures.begin(subscription, terms.plan)
    subscription.contract_id = terms.contract.id if terms.contract else None
    await subscription.save()
    if workspace.catalog_version_id != terms.plan.catalog_version_id:
        workspace.catalog_version_id = terms.plan.catalog_version_id
        await workspace.save(update_fields=["catalog_version_id"])
    await SubscriptionItem.filter(subscription_id=subscription.id).delete()
    await SubscriptionItem.bulk_create(_items(subscription, terms.holdings))
    await agents.pause_surplus(subscription)


def begin_cycle(subscription: Subscription, invoice: Invoice) -> None:
    """A new cycle begins where the invoice's period does, also when a bank debit settled later:
    what was billed and what is given are the same span (docs/decisions/0003)."""
    subscription.status = SubscriptionStatus.ACTIVE
    subscription.anchor = subscription.period_start = invoice.period_start
    subscription.period_end, subscription.period_index = invoice.period_end, 0
    subscription.cancel_at_period_end, subscription.cancel_reason = False, None


async def _terms_after(change: PendingChange) -> Terms:
    stored = {
        "plan_id": change.plan_id,
        "contract_id": change.contract_id,
        "add_ons": change.add_ons,
    }
    return await terms_of(stored)


def _items(subscription: Subscription, holdings: Sequence[Holding]) -> list[SubscriptionItem]:
    return [
        SubscriptionItem(
            subscription_id=subscription.id, add_on_id=holding.add_on.id, quantity=holding.quantity
        )
        for holding in holdings
    ]


async def _included_credits(subscription: Subscription) -> Credits:
    if subscription.contract_id:
        return (await Contract.get(id=subscription.contract_id)).included_credits
    return (await Plan.get(id=subscription.plan_id)).included_credits


async def _grant(
    subscription: Subscription, before: Credits, after: Terms, invoice: Invoice, *, now: datetime
) -> None:
    """A first period brings the plan's credits, an upgrade the difference for the time left."""
    if invoice.reason is InvoiceReason.SUBSCRIBE:
        granted = after.included_credits
    else:
        assert subscription.period_start is not None
        assert subscription.period_end is not None
        left = proration.part_left(
            invoice.issued_at, subscription.period_start, subscription.period_end
        )
        granted = proration.upgrade_credits(before, after.included_credits, left)
    await credits.grant_plan_credits(subscription, after.plan, invoice, amount=granted, now=now)
