"""Our payments and refunds against the provider's own lists: what one has and the other has not.

Nothing is put right here. What is undecided on our side is left to the repair, and told too when
the provider has moved its money already.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from models.money import Money
from models.payments import Payment, PaymentStatus
from models.refunds import Refund, RefundStatus
from services.gateway import Movement, StatementSource

# What was opened here a moment before `since` is there a moment after, and clocks differ.
OVERLAP = timedelta(hours=1)
ARRIVED = (
    PaymentStatus.SUCCEEDED,
    PaymentStatus.PARTIALLY_REFUNDED,
    PaymentStatus.REFUNDED,
    PaymentStatus.DISPUTED,
)


@dataclass(frozen=True, slots=True)
class _Ours:
    """A payment or refund as our books have it."""

    amount: Money
    status: str
    has_moved: bool


async def differences(source: StatementSource, *, since: datetime) -> list[str]:
    """One line for each payment or refund since then on which the provider and we disagree."""
    wide = since - OVERLAP
    first_id = UUID(int=int(wide.timestamp() * 1000) << 80)  # ids are UUIDv7: their order is time's
    payments = {
        row.id: _Ours(row.amount, row.status, row.status in ARRIVED)
        for row in await Payment.filter(id__gte=first_id, method_id__isnull=False)
    }
    refunds = {
        row.id: _Ours(row.amount, row.status, row.status is RefundStatus.SUCCEEDED)
        for row in await Refund.filter(id__gte=first_id, payment__method_id__isnull=False)
    }
    return [
        *await _compare("payment", payments, source.charges_since(wide)),
        *await _compare("refund", refunds, source.refunds_since(wide)),
    ]


async def _compare(
    what: str, ours: Mapping[UUID, _Ours], theirs: AsyncIterator[Movement]
) -> list[str]:
    found: list[str] = []
    seen: dict[UUID, str] = {}
    async for movement in theirs:
        id, there = movement.operation_id, f"{movement.reference} of {movement.amount}"
        if id is None:
            found.append(f"{there} is at the provider, and was not made by us")
        elif id in seen:
            found.append(f"{what} {id} was made twice: {seen[id]} and {there}")
        elif id not in ours:
            found.append(f"{what} {id} is not in our books, and at the provider it is {there}")
        elif not ours[id].has_moved:
            found.append(
                f"{what} {id} is {ours[id].status} here, and at the provider it is {there}"
            )
        elif ours[id].amount != movement.amount:
            found.append(f"{what} {id} is of {ours[id].amount} here, and {there} at the provider")
        if id is not None:
            seen.setdefault(id, there)
    found += [
        f"{what} {id} of {row.amount} is {row.status} here, and unknown at the provider"
        for id, row in ours.items()
        if row.has_moved and id not in seen
    ]
    return found
