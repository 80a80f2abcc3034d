"""Leaving at the period's end, and staying after all (R8)."""

from __future__ import annotations

from uuid import UUID

from models.catalog import Plan
from models.subscriptions import Subscription, SubscriptionStatus
from services import pending_changes
from services.answers import Answer
from services.errors import NoChange, Refused, RenewalDue
from services.idempotency import Command, once
from services.inputs import optional_text
from services.locks import locked_subscription

REASON_LENGTH_MAX = 500


async def cancel(command: Command, workspace_id: UUID, *, reason: str | None) -> Answer:
    """End the subscription with its period; until then all goes on as paid for (R8).

    Raises NoChange on a free plan or when it is cancelled already, InvalidInput for a long reason,
    RenewalDue when the period is over and the next one is about to be billed, ChangePending when
    that waits for the money of a change.
    """

    async def run() -> Answer:
        why = optional_text(reason, path=("reason",), length_max=REASON_LENGTH_MAX)
        subscription = await locked_subscription(workspace_id)
        if subscription.period_end is None:
            plan = await Plan.get(id=subscription.plan_id)
            raise NoChange(f"{plan.name} costs nothing; there is nothing to cancel.")
        if subscription.cancel_at_period_end:
            raise NoChange("The subscription is cancelled already; it ends with its period.")
        if subscription.period_end <= subscription.workspace.now and _is_renewed(subscription):
            raise Refused(await pending_changes.refusals(subscription) or [RenewalDue()])
        return await _set(subscription, cancelled=True, reason=why)

    return await once(command, run)


async def resume(command: Command, workspace_id: UUID) -> Answer:
    """Take a cancellation back before it takes effect (R8). Raises NoChange without one."""

    async def run() -> Answer:
        subscription = await locked_subscription(workspace_id)
        if not subscription.cancel_at_period_end:
            raise NoChange("The subscription is not cancelled; there is nothing to resume.")
        return await _set(subscription, cancelled=False, reason=None)

    return await once(command, run)


def _is_renewed(subscription: Subscription) -> bool:
    """Nothing new is billed while it is UNPAID (R5)."""
    return subscription.status is not SubscriptionStatus.UNPAID


async def _set(subscription: Subscription, *, cancelled: bool, reason: str | None) -> Answer:
    subscription.cancel_at_period_end, subscription.cancel_reason = cancelled, reason
    await subscription.save(update_fields=["cancel_at_period_end", "cancel_reason"])
    return Answer(objects={"subscription": subscription.id})
