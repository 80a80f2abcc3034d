"""Our payments, refunds and disputes against the provider's own lists.

`differences` tells what one has and the other has not, and puts nothing right. `run` first takes in
what went back without us and no webhook has told; what is undecided on our side is the repair's.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from models.disputes import Dispute
from models.money import Money
from models.payments import ARRIVED, Payment
from models.reconciliations import Reconciliation
from models.refunds import Refund, RefundStatus
from services.gateway import Gateway, Movement, StatementSource
from services.news import act_on

logger = logging.getLogger(__name__)

# What was opened here a moment before `since` is there a moment after, and clocks differ.
OVERLAP = timedelta(hours=1)
# The daily run looks back so far: longer than a provider tries to deliver its webhooks.
LOOKS_BACK = timedelta(days=7)
# What is younger may be in somebody's hands.
LEAVES_OUT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Ours:
    """A payment, refund or dispute as our books have it, and its name at the provider."""

    amount: Money
    status: str
    has_moved: bool
    reference: str | None


@dataclass(frozen=True, slots=True)
class _Span:
    """From when on is compared, and until when; a bit more of it is read."""

    since: datetime
    until: datetime

    @property
    def first_id(self) -> UUID:
        """Ids are UUIDv7: their order is time's."""
        return _id_at(self.since)

    @property
    def last_id(self) -> UUID:
        return _id_at(self.until)


async def run(gateway: Gateway) -> None:
    """Take in what has gone back lately without us, compare, and keep how much differs.

    Raises GatewayUnavailable. What cannot be taken in is logged, and among what differs then.
    """
    if not isinstance(gateway, StatementSource):
        return  # the sandbox keeps its books in our own database
    now = datetime.now(UTC)
    since, until = now - LOOKS_BACK, now - LEAVES_OUT
    async for news in gateway.news_since(since):
        try:
            await act_on(news, gateway)
        except Exception:
            logger.exception("%s could not be taken in; the next run tries again", news)
    found = await differences(gateway, since=since, until=until)
    await Reconciliation.create(since=since, until=until, difference_count=len(found))


async def last_run() -> Reconciliation | None:
    """What the last run has found; None before the first."""
    return await Reconciliation.all().order_by("-id").first()


async def differences(
    source: StatementSource, *, since: datetime, until: datetime | None = None
) -> list[str]:
    """One line for each payment, refund or dispute from then on on which the provider and we
    disagree."""
    span = _Span(since - OVERLAP, until or datetime.now(UTC) + OVERLAP)
    return [
        *await _compare("payment", await _payments(span), source.charges_since(span.since), span),
        *await _compare("refund", await _refunds(span), source.refunds_since(span.since), span),
        *await _compare("dispute", await _disputes(span), source.disputes_since(span.since), span),
    ]


async def _payments(span: _Span) -> dict[UUID, _Ours]:
    rows = Payment.filter(id__gte=span.first_id, method_id__isnull=False)
    return {
        row.id: _Ours(row.amount, row.status, row.status in ARRIVED, row.gateway_reference)
        for row in await rows
    }


async def _refunds(span: _Span) -> dict[UUID, _Ours]:
    rows = Refund.filter(id__gte=span.first_id, payment__method_id__isnull=False)
    went = RefundStatus.SUCCEEDED
    return {
        row.id: _Ours(
            row.amount,
            row.status,
            row.status is went and row.decline_code is None,
            row.gateway_reference,
        )
        for row in await rows
    }


async def _disputes(span: _Span) -> dict[UUID, _Ours]:
    return {
        row.id: _Ours(row.amount, row.status, row.holds_money, row.gateway_reference)
        for row in await Dispute.filter(id__gte=span.first_id)
    }


async def _compare(
    what: str, ours: Mapping[UUID, _Ours], theirs: AsyncIterator[Movement], span: _Span
) -> list[str]:
    ids = {row.reference: id for id, row in ours.items()}
    found: list[str] = []
    seen: dict[UUID, str] = {}
    async for movement in theirs:
        id = movement.operation_id or ids.get(movement.reference)
        there = f"{movement.reference} of {movement.amount}"
        is_young = movement.made_at >= span.until
        if not is_young and (problem := _problem(what, id, ours, movement, seen)):
            found.append(problem)
        if id is not None:
            seen.setdefault(id, there)
    found += [
        f"{what} {id} of {row.amount} is {row.status} here, and unknown at the provider"
        for id, row in ours.items()
        if row.has_moved and id not in seen and id < span.last_id
    ]
    return found


def _problem(
    what: str,
    id: UUID | None,
    ours: Mapping[UUID, _Ours],
    movement: Movement,
    seen: Mapping[UUID, str],
) -> str | None:
    there = f"{movement.reference} of {movement.amount}"
    if id is None:
        return f"{what} {there} is at the provider, and not in our books"
    if id in seen:
        return f"{what} {id} was made twice: {seen[id]} and {there}"
    if id not in ours:
        return f"{what} {id} is not in our books, and at the provider it is {there}"
    if not ours[id].has_moved:
        return f"{what} {id} is {ours[id].status} here, and at the provider it is {there}"
    if ours[id].amount != movement.amount:
        return f"{what} {id} is of {ours[id].amount} here, and {there} at the provider"
    return None


def _id_at(instant: datetime) -> UUID:
    return UUID(int=int(instant.timestamp() * 1000) << 80)
