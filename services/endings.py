"""A paid subscription ends: back to the free plan, nothing deleted."""

from __future__ import annotations

from models.subscriptions import (
    PendingChange,
    Subscription,
    SubscriptionItem,
    SubscriptionStatus,
)
from services import agents, catalog, phone_numbers, recharges, tenures


async def end(subscription: Subscription) -> None:
    """Put a locked subscription back on the free plan of its price list, without add-ons (R5, R8).

    Credits that do not expire stay; what was granted for the period expires with it. The platform's
    numbers are released, imported ones stay (R23, R24). Credits are bought no more (R14).
    """
    plan = await catalog.default_plan(subscription.workspace.catalog_version_id)
    await tenures.begin(subscription, plan)
    subscription.status = SubscriptionStatus.CANCELLED
    subscription.contract_id = None
    subscription.anchor = subscription.period_start = subscription.period_end = None
    subscription.period_index, subscription.cancel_at_period_end = 0, False
    await subscription.save()
    await SubscriptionItem.filter(subscription_id=subscription.id).delete()
    await PendingChange.filter(subscription_id=subscription.id, invoice_id=None).delete()
    await agents.pause_surplus(subscription)
    await phone_numbers.release_surplus(subscription)
    await recharges.switch_off(subscription.workspace_id)
