"""What falls due in a workspace by itself, and when: the same list for the worker and the clock.

At one instant things happen in this order: payments and refunds are asked about, credits expire, a
period is renewed, unpaid invoices are dunned, a low balance is recharged: after the credits that a
renewal brings. Then what is held for calls is extended or given up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from uuid import UUID

from tortoise.expressions import F

from models.calls import Call
from models.credits import CreditLot
from models.invoices import Dunning
from models.payments import UNDECIDED, Payment, PaymentStatus
from models.recharges import AutoRecharge
from models.refunds import Refund, RefundStatus
from models.subscriptions import PendingChange, Subscription, SubscriptionStatus


class Kind(IntEnum):
    """What falls due, in the order of one instant."""

    PAYMENT = 0
    REFUND = 1
    EXPIRY = 2
    RENEWAL = 3
    DUNNING = 4
    RECHARGE = 5
    CALL = 6


@dataclass(frozen=True, order=True, slots=True)
class Due:
    """Something that falls due, and the row it is about."""

    at: datetime
    kind: Kind
    row_id: UUID


async def next_due(subscription: Subscription) -> Due | None:
    """What falls due first in this workspace; None when nothing will by itself."""
    undecided = await Payment.filter(
        workspace_id=subscription.workspace_id, status__in=UNDECIDED
    ).order_by("id")
    return min(
        [
            *_payments(undecided),
            *await _refunds(subscription),
            *await _expiry(subscription),
            *await _renewal(subscription),
            *await _dunning(subscription, undecided),
            *await _recharge(subscription),
            *await _calls(subscription),
        ],
        default=None,
    )


async def note_next(subscription: Subscription) -> None:
    """Write on the locked subscription when something falls due next, for the worker's index.

    A workspace with a clock of its own is not the worker's: `advanceClock` finds what is due.
    """
    in_real_time = subscription.workspace.clock_at is None
    due = await next_due(subscription) if in_real_time else None
    await Subscription.filter(id=subscription.id).update(due_at=due.at if due else None)


def _payments(undecided: Sequence[Payment]) -> list[Due]:
    # what is still to be charged is collected at once, not at a time
    return [
        Due(payment.expected_at, Kind.PAYMENT, payment.id)
        for payment in undecided
        if payment.expected_at and payment.status is not PaymentStatus.PENDING
    ]


async def _refunds(subscription: Subscription) -> list[Due]:
    under_way = Refund.filter(
        workspace_id=subscription.workspace_id, status=RefundStatus.PROCESSING
    )
    return [
        Due(refund.expected_at, Kind.REFUND, refund.id)
        for refund in await under_way
        if refund.expected_at
    ]


async def _expiry(subscription: Subscription) -> list[Due]:
    lot = (
        await CreditLot.filter(
            account__workspace_id=subscription.workspace_id,
            remaining_mc__gt=F("held_mc"),
            expires_at__isnull=False,
        )
        .order_by("expires_at", "id")
        .first()
    )
    return [Due(lot.expires_at, Kind.EXPIRY, lot.account_id)] if lot and lot.expires_at else []


async def _renewal(subscription: Subscription) -> list[Due]:
    # what is not paid for at all is not billed further; paying catches up, in order
    if subscription.period_end is None or subscription.status is SubscriptionStatus.UNPAID:
        return []
    # the terms of the next period are not known until a change is paid or has failed
    if await PendingChange.exists(subscription_id=subscription.id, invoice_id__isnull=False):
        return []
    return [Due(subscription.period_end, Kind.RENEWAL, subscription.id)]


async def _dunning(subscription: Subscription, undecided: Sequence[Payment]) -> list[Due]:
    # a bank's answer is waited for; a payer who is asked could be asked by card after card
    under_way = {
        payment.invoice_id
        for payment in undecided
        if payment.status is not PaymentStatus.REQUIRES_ACTION
    }
    rows = await Dunning.filter(workspace_id=subscription.workspace_id)
    return [
        Due(row.next_at, Kind.DUNNING, row.id) for row in rows if row.invoice_id not in under_way
    ]


async def _recharge(subscription: Subscription) -> list[Due]:
    settings = await AutoRecharge.get_or_none(
        workspace_id=subscription.workspace_id, wanted_at__isnull=False
    )
    if settings is None or settings.wanted_at is None:
        return []
    return [Due(settings.wanted_at, Kind.RECHARGE, settings.id)]


async def _calls(subscription: Subscription) -> list[Due]:
    live = Call.filter(workspace_id=subscription.workspace_id, next_at__isnull=False)
    call = await live.order_by("next_at", "id").first()
    return [Due(call.next_at, Kind.CALL, call.id)] if call and call.next_at else []
