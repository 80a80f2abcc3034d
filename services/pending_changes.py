"""A change that is paid for takes effect when its money arrives, and not before (R34)."""

from __future__ import annotations

from datetime import datetime

from models.catalog import Plan
from models.invoices import Invoice
from models.subscriptions import (
    PendingChange,
    Subscription,
    SubscriptionItem,
    SubscriptionStatus,
)
from services import credits, invoices


async def take_effect(invoice: Invoice, subscription: Subscription, *, now: datetime) -> None:
    """Do what was waiting for this paid invoice, if anything was. Under the subscription's lock.

    A new cycle begins where the invoice's period does, also when a bank debit settled days later:
    what was billed and what is given are the same span (docs/decisions/0003).
    """
    change = await PendingChange.get_or_none(invoice_id=invoice.id)
    if change is None:
        return
    plan = await Plan.get(id=change.plan_id)
    subscription.plan_id, subscription.status = plan.id, SubscriptionStatus.ACTIVE
    subscription.auto_billing = change.auto_billing
    subscription.anchor = subscription.period_start = invoice.period_start
    subscription.period_end, subscription.period_index = invoice.period_end, 0
    subscription.cancel_at_period_end = False
    await subscription.save()
    await _replace_items(subscription, change)
    await change.delete()
    await credits.grant_plan_credits(subscription, plan, invoice, now=now)


async def wait_until(invoice: Invoice, expected_at: datetime) -> None:
    """Note when the money for a pending change is expected."""
    await PendingChange.filter(invoice_id=invoice.id).update(effective_at=expected_at)


async def drop(invoice: Invoice, *, now: datetime) -> None:
    """Forget the change whose payment failed, and void its invoice: nothing has changed (R34)."""
    if await PendingChange.filter(invoice_id=invoice.id).delete():
        await invoices.void(invoice, now=now)


async def _replace_items(subscription: Subscription, change: PendingChange) -> None:
    await SubscriptionItem.filter(subscription_id=subscription.id).delete()
    await SubscriptionItem.bulk_create(
        [
            SubscriptionItem(
                subscription_id=subscription.id,
                add_on_id=entry["add_on_id"],
                quantity=entry["quantity"],
            )
            for entry in change.add_ons
        ]
    )
