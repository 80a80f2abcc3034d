"""Which plan a subscription has, and had: usage is rated by the one of its moment (R41)."""

from __future__ import annotations

from models.catalog import Plan
from models.subscriptions import PlanTenure, Subscription


async def begin(subscription: Subscription, plan: Plan) -> None:
    """Put a locked subscription on a plan, from the workspace's now on. The caller saves it."""
    if subscription.plan_id != plan.id:
        await PlanTenure.create(
            subscription_id=subscription.id, plan_id=plan.id, since=subscription.workspace.now
        )
    subscription.plan_id = plan.id
