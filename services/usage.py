"""Metering: usage events are rated, paid from credits and stored, each on its own (R16 to R22).

All events of a batch are decided in memory under their workspaces' locks and written together:
what a thousand cost the database is a few statements. Many workspaces may be in one batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import islice
from uuid import UUID

import asyncpg
from tortoise import connections
from tortoise.transactions import in_transaction

from models.base import new_id
from models.credits import LedgerEntryKind
from models.money import Credits
from models.usage import ShortfallPolicy, UsageEventStatus
from services import agenda, ledger, recharges, usage_cubes, usage_partitions
from services.bulk import connection_of, copy_records
from services.credits import BalanceView, balance_view
from services.errors import BillingError, EventConflict, NotFound
from services.ledger import CONSUMED, Why
from services.locks import locked_subscription
from services.rating import EXACT, Rated
from services.usage_events import (
    EventResult,
    Recorded,
    Report,
    ReportedEvent,
    problems_of,
)
from services.usage_holders import Holder, Known, Tenure, lock_holders
from services.usage_partitions import MissingPartition


async def record(reports: Sequence[Report]) -> list[Recorded]:
    """Decide and store all events of these reports in one transaction, and answer in their order.

    What is answered ACCEPTED is stored for good. Raises InvalidInput for more than 1,000 events in
    a report; then nothing is stored.
    """
    recorded = []
    for each in await _record_each(reports, skip_locked=False):
        assert each is not None, "every workspace has a subscription to be locked"
        recorded.append(each)
    return recorded


async def record_free(reports: Sequence[Report]) -> list[Recorded | None]:
    """As `record`, but waits for nobody: None for a workspace that somebody else has locked."""
    return await _record_each(reports, skip_locked=True)


async def _record_each(reports: Sequence[Report], *, skip_locked: bool) -> list[Recorded | None]:
    for report in reports:
        report.check_size()
    # what can be told without looking anything up is told before anybody waits for a lock
    found = iter(problems_of([event for report in reports for event in report.events]))
    problems = [list(islice(found, len(report.events))) for report in reports]
    try:
        return await _record(reports, problems, skip_locked=skip_locked)
    except MissingPartition as missing:
        await usage_partitions.make(missing.moments)
        return await _record(reports, problems, skip_locked=skip_locked)


async def _record(
    reports: Sequence[Report],
    problems: Sequence[Sequence[BillingError | None]],
    *,
    skip_locked: bool,
) -> list[Recorded | None]:
    async with in_transaction():
        holders = await lock_holders(reports, problems, skip_locked=skip_locked)
        batch = UsageBatch(holders)
        results = [
            batch.decide(report, found) if report.workspace_id in holders else None
            for report, found in zip(reports, problems, strict=True)
        ]
        await batch.write()
        balances = batch.balances
        return [
            None if decided is None else Recorded(decided, balances[report.workspace_id])
            for report, decided in zip(reports, results, strict=True)
        ]


class UsageBatch:
    """Workspaces whose books are locked, and the usage that is to be written for them."""

    def __init__(self, holders: Mapping[UUID, Holder]) -> None:
        self._holders = holders
        self._events: list[tuple[object, ...]] = []
        self._sums: dict[tuple[int, tuple[object, ...]], _Sum] = defaultdict(_Sum)

    def decide(self, report: Report, problems: Sequence[BillingError | None]) -> list[EventResult]:
        """What becomes of each event, in order; what is accepted is kept for `write`."""
        holder = self._holders[report.workspace_id]
        may_owe = report.shortfall is ShortfallPolicy.OWE
        results = []
        for index, (event, problem) in enumerate(zip(report.events, problems, strict=True)):
            try:
                results.append(self._decide(holder, event, problem, may_owe=may_owe))
            except BillingError as refusal:
                # another one: the batch may be decided again, and the problem is told again
                placed = replace(refusal, path=("events", str(index), *refusal.path))
                results.append(
                    EventResult(event.event_id, UsageEventStatus.REJECTED, Credits(0), placed)
                )
        return results

    def _decide(
        self, holder: Holder, event: ReportedEvent, problem: BillingError | None, *, may_owe: bool
    ) -> EventResult:
        # the same id again is told before anything else: a repeat is answered as the first time
        known = holder.known.get(event.event_id)
        if known is not None:
            if known.event != event:
                raise EventConflict(event.event_id)
            return EventResult(event.event_id, UsageEventStatus.DUPLICATE, known.credits)
        if problem is not None:
            raise problem
        occurred_at = event.occurred_at or holder.now
        holder.timely.check(occurred_at)
        if event.client_id is not None and event.client_id not in holder.client_ids:
            raise NotFound("The client", path=("clientId",))
        tenure = holder.tenure_at(occurred_at)
        rated = tenure.rates.rated(event, occurred_at, markup_percent=tenure.markup_percent)
        self._accept(holder, event, occurred_at, tenure, rated, may_owe=may_owe)
        holder.known[event.event_id] = Known(event, rated.cost)
        return EventResult(event.event_id, _ACCEPTED, rated.cost)

    def _accept(
        self,
        holder: Holder,
        event: ReportedEvent,
        occurred_at: datetime,
        tenure: Tenure,
        rated: Rated,
        *,
        may_owe: bool,
    ) -> None:
        id = new_id()
        if rated.cost.millicredits:  # what costs nothing needs no credits, and moves none
            why = Why(_USAGE, event.description, occurred_at, None, id)
            holder.book.take(rated.cost, target=CONSUMED, why=why, may_owe=may_owe)
        self.keep(holder, id, event, occurred_at, tenure.plan_id, rated)

    def keep(
        self,
        holder: Holder,
        id: UUID,
        event: ReportedEvent,
        occurred_at: datetime,
        plan_id: UUID,
        rated: Rated,
    ) -> None:
        """An event that is paid: it is written, and counted in the sums, by `write`."""
        cost_mc = rated.cost.millicredits
        holder.stored += 1
        self._events.append(
            (
                id,
                holder.workspace_id,
                event.event_id,
                event.meter,
                event.quantity,
                event.provider,
                event.model,
                event.agent_id,
                event.session_id,
                event.client_id,
                event.own_key,
                cost_mc,
                rated.rate_id,
                plan_id,
                occurred_at,
                event.occurred_at is not None,
            )
        )
        kind = (
            holder.workspace_id,
            event.meter,
            event.provider,
            event.model,
            event.agent_id,
            event.client_id,
        )
        self._sums[usage_cubes.slot_number(occurred_at), kind].add(event.quantity, cost_mc)

    async def write(self) -> None:
        """Write events, sums and books. Raises MissingPartition, with nothing written."""
        connection = connection_of(connections.get("default"))
        if self._events:
            try:
                await copy_records(connection, "usage_event", _EVENT_COLUMNS, self._events)
            except asyncpg.CheckViolationError as refusal:
                if refusal.constraint_name is not None:
                    raise
                # the one check without a name: no partition takes the row
                raise MissingPartition(self._slots()) from refusal
            additions = [
                (usage_cubes.slot_at(slot), *kind, *found.values)
                for (slot, kind), found in self._sums.items()
            ]
            await copy_records(connection, "usage_addition", _ADDITION_COLUMNS, additions)
            await usage_cubes.have_folded(
                {workspace_id: holder.stored for workspace_id, holder in self._holders.items()}
            )
        await ledger.write(holder.book for holder in self._holders.values())
        for holder in self._holders.values():
            await recharges.note_balance(holder.workspace_id, holder.book)
            if holder.book.ends_moved:
                await agenda.note_next(await locked_subscription(holder.workspace_id))

    @property
    def balances(self) -> dict[UUID, BalanceView]:
        """Of each workspace, after all that was decided."""
        return {
            workspace_id: balance_view(holder.book.balance, holder.book.lots, now=holder.now)
            for workspace_id, holder in self._holders.items()
        }

    def _slots(self) -> list[datetime]:
        return [usage_cubes.slot_at(slot) for slot, _ in self._sums]


@dataclass(slots=True)
class _Sum:
    """What the sums of usage grow by."""

    quantity: Decimal = Decimal(0)
    credits_mc: int = 0
    events: int = 0

    def add(self, quantity: Decimal, credits_mc: int) -> None:
        self.quantity = EXACT.add(self.quantity, quantity)
        self.credits_mc += credits_mc
        self.events += 1

    @property
    def values(self) -> tuple[Decimal, int, int]:
        return self.quantity, self.credits_mc, self.events


# an enumeration looks its members up each time
_ACCEPTED, _USAGE = UsageEventStatus.ACCEPTED, LedgerEntryKind.USAGE
_EVENT_COLUMNS = [
    "id",
    "workspace_id",
    "event_id",
    "meter",
    "quantity",
    "provider",
    "model",
    "agent_id",
    "session_id",
    "client_id",
    "own_key",
    "credits_mc",
    "rate_id",
    "plan_id",
    "occurred_at",
    "is_dated",
]
_ADDITION_COLUMNS = [
    "slot",
    "workspace_id",
    "meter",
    "provider",
    "model",
    "agent_id",
    "client_id",
    "quantity",
    "credits_mc",
    "events",
]
