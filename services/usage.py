"""Metering: usage events are rated, paid from credits and stored, each on its own (R16 to R22).

All events of a batch are decided in memory under their workspaces' locks and written together:
what a thousand cost the database is a few statements. Many workspaces may be in one batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
from tortoise import connections
from tortoise.transactions import in_transaction

from models.base import new_id
from models.credits import LedgerEntryKind
from models.money import Credits
from models.usage import ShortfallPolicy, UsageEventStatus
from services import agenda, ledger, rating, usage_partitions
from services.bulk import connection_of, copy_records
from services.credits import BalanceView, balance_view
from services.errors import BillingError, EventConflict, InvalidInput, NotFound
from services.inputs import identifier
from services.ledger import CONSUMED, Book, Why
from services.locks import lock_subscriptions, locked_subscription
from services.rating import EXACT, Rated, RateTable
from services.usage_partitions import MissingPartition

EVENTS_MAX = 1_000
AGE_MAX = timedelta(days=35)
LEAD_MAX = timedelta(minutes=5)
# So long after it occurred an event's id is known: the same report is a duplicate, another one a
# conflict. Whoever repeats a dated report later than that is refused, because it is too old.
REMEMBERED = timedelta(days=90)
ID_LENGTH_MAX = 255
ID_PATH = ("eventId",)
TEXTS = (
    ("event_id", ID_PATH, ID_LENGTH_MAX),
    ("meter", ("meter",), rating.NAME_LENGTH_MAX),
    ("provider", ("provider",), rating.NAME_LENGTH_MAX),
    ("model", ("model",), rating.NAME_LENGTH_MAX),
    ("agent_id", ("agentId",), ID_LENGTH_MAX),
    ("session_id", ("sessionId",), ID_LENGTH_MAX),
)


# Of these a batch makes a thousand: tuples are made five times faster than frozen values.
class ReportedEvent(NamedTuple):
    """What somebody says was used. `occurred_at` None: now."""

    event_id: str
    meter: str
    quantity: Decimal
    provider: str | None = None
    model: str | None = None
    occurred_at: datetime | None = None
    agent_id: str | None = None
    session_id: str | None = None
    client_id: UUID | None = None
    own_key: bool = False

    @property
    def content(self) -> tuple[object, ...]:
        """All but the id."""
        return self[1:]


@dataclass(frozen=True, slots=True)
class Report:
    """Events of one workspace, to be decided in this order. At most 1,000."""

    workspace_id: UUID
    events: Sequence[ReportedEvent]
    shortfall: ShortfallPolicy = ShortfallPolicy.REJECT


class EventResult(NamedTuple):
    """What became of one event. `credits` is what it cost, for a duplicate the first time."""

    event_id: str
    status: UsageEventStatus
    credits: Credits
    error: BillingError | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a report, in its order, and the balance after it."""

    results: Sequence[EventResult]
    credit_balance: BalanceView

    @property
    def accepted(self) -> int:
        return self._count(UsageEventStatus.ACCEPTED)

    @property
    def duplicates(self) -> int:
        return self._count(UsageEventStatus.DUPLICATE)

    @property
    def rejected(self) -> int:
        return self._count(UsageEventStatus.REJECTED)

    @property
    def credits(self) -> Credits:
        """What the accepted ones cost together."""
        accepted = (each for each in self.results if each.status is UsageEventStatus.ACCEPTED)
        return Credits(sum(each.credits.millicredits for each in accepted))

    def _count(self, status: UsageEventStatus) -> int:
        return sum(each.status is status for each in self.results)


async def record(reports: Sequence[Report]) -> list[Recorded]:
    """Decide and store all events of these reports in one transaction, and answer in their order.

    What is answered ACCEPTED is stored for good. Raises InvalidInput for more than 1,000 events in
    a report; then nothing is stored.
    """
    for report in reports:
        if len(report.events) > EVENTS_MAX:
            raise InvalidInput(
                f"At most {EVENTS_MAX:,} events at once, not {len(report.events):,}.",
                path=("events",),
            )
    # what can be told without looking anything up is told before anybody waits for a lock
    problems = [[_problem_of(event) for event in report.events] for report in reports]
    try:
        return await _record(reports, problems)
    except MissingPartition as missing:
        await usage_partitions.make(missing.moments)
        return await _record(reports, problems)


async def _record(
    reports: Sequence[Report], problems: Sequence[Sequence[BillingError | None]]
) -> list[Recorded]:
    async with in_transaction():
        batch = await _Batch.lock(reports, problems)
        results = [
            batch.decide(report, found) for report, found in zip(reports, problems, strict=True)
        ]
        await batch.write()
        return [
            Recorded(decided, batch.balance_of(report.workspace_id))
            for report, decided in zip(reports, results, strict=True)
        ]


# ------------------------------------------------------------------ what is wrong with an event


def _problem_of(event: ReportedEvent) -> BillingError | None:
    """What can never be right about an event, whatever the workspace."""
    try:
        for name, path, length_max in TEXTS:
            value = getattr(event, name)
            if value is not None:
                identifier(value, path=path, length_max=length_max)
    except InvalidInput as problem:
        return problem
    return rating.check_quantity(event.quantity)


def _check_time(occurred_at: datetime, now: datetime) -> None:
    if occurred_at < now - AGE_MAX:
        raise InvalidInput(
            f"{occurred_at.isoformat()} is too old: events are taken up to {AGE_MAX.days} days "
            f"after they occurred, and it is {now.isoformat()}.",
            path=("occurredAt",),
        )
    if occurred_at > now + LEAD_MAX:
        raise InvalidInput(
            f"{occurred_at.isoformat()} is too early to report: it is {now.isoformat()}, and "
            f"clocks may differ by {LEAD_MAX.seconds // 60} minutes.",
            path=("occurredAt",),
        )


# ------------------------------------------------------------------ deciding under the lock


class _Known(NamedTuple):
    """An event that is stored: what was said of it, and what it cost."""

    content: tuple[object, ...]
    credits: Credits


@dataclass(frozen=True, slots=True)
class _Tenure:
    """From when on a plan rates the usage of a workspace."""

    since: datetime
    plan_id: UUID
    markup_percent: Decimal
    rates: RateTable


@dataclass(slots=True)
class _Holder:
    """A workspace whose books are locked."""

    workspace_id: UUID
    now: datetime
    book: Book
    tenures: Sequence[_Tenure]
    client_ids: frozenset[UUID]
    known: dict[str, _Known] = field(default_factory=dict)

    def tenure_at(self, at: datetime) -> _Tenure:
        """The plan at an instant; what came before the first plan is rated by that."""
        begun = (tenure for tenure in reversed(self.tenures) if tenure.since <= at)
        return next(begun, self.tenures[0])


class _Batch:
    """The workspaces of some reports, locked, and what is to be written for them."""

    def __init__(self, holders: Mapping[UUID, _Holder]) -> None:
        self._holders = holders
        self._events: list[tuple[object, ...]] = []
        self._sums: dict[tuple[object, ...], _Sum] = defaultdict(_Sum)
        self._recorded_at = datetime.now(UTC)

    @classmethod
    async def lock(
        cls, reports: Sequence[Report], problems: Sequence[Sequence[BillingError | None]]
    ) -> _Batch:
        """Lock the workspaces and read all that their events are decided by."""
        events: dict[UUID, list[ReportedEvent]] = {report.workspace_id: [] for report in reports}
        for report, found in zip(reports, problems, strict=True):
            events[report.workspace_id] += [
                event
                for event, problem in zip(report.events, found, strict=True)
                # an id that is none was never stored, and the database might choke on it
                if problem is None or problem.path != ID_PATH
            ]
        await lock_subscriptions(list(events))
        connection = connection_of(connections.get("default"))
        rows = await connection.fetch(_HOLDERS, list(events))
        real_now = datetime.now(UTC)
        clocks = {row["account_id"]: row["clock_at"] or real_now for row in rows}
        books = await ledger.lock_books(clocks)
        tenures = await _tenures(connection, list(events))
        clients = await _clients(connection, events)
        holders = {
            row["workspace_id"]: _Holder(
                row["workspace_id"],
                clocks[row["account_id"]],
                books[row["account_id"]],
                tenures[row["workspace_id"]],
                clients[row["workspace_id"]],
            )
            for row in rows
        }
        await _remember(connection, holders, events)
        return cls(holders)

    def decide(self, report: Report, problems: Sequence[BillingError | None]) -> list[EventResult]:
        """What becomes of each event, in order; what is accepted is kept for `write`."""
        holder = self._holders[report.workspace_id]
        may_owe = report.shortfall is ShortfallPolicy.OWE
        results = []
        for index, (event, problem) in enumerate(zip(report.events, problems, strict=True)):
            try:
                results.append(self._decide(holder, event, problem, may_owe=may_owe))
            except BillingError as refusal:
                refusal.path = ("events", str(index), *refusal.path)
                results.append(
                    EventResult(event.event_id, UsageEventStatus.REJECTED, Credits(0), refusal)
                )
        return results

    def _decide(
        self, holder: _Holder, event: ReportedEvent, problem: BillingError | None, *, may_owe: bool
    ) -> EventResult:
        # the same id again is told before anything else: a repeat is answered as the first time
        known = holder.known.get(event.event_id)
        if known is not None:
            if known.content != event.content:
                raise EventConflict(event.event_id)
            return EventResult(event.event_id, UsageEventStatus.DUPLICATE, known.credits)
        if problem is not None:
            raise problem
        occurred_at = event.occurred_at or holder.now
        _check_time(occurred_at, holder.now)
        if event.client_id is not None and event.client_id not in holder.client_ids:
            raise NotFound("The client", path=("clientId",))
        tenure = holder.tenure_at(occurred_at)
        rated = tenure.rates.rated(event, occurred_at, markup_percent=tenure.markup_percent)
        self._accept(holder, event, occurred_at, tenure, rated, may_owe=may_owe)
        holder.known[event.event_id] = _Known(event.content, rated.cost)
        return EventResult(event.event_id, UsageEventStatus.ACCEPTED, rated.cost)

    def _accept(
        self,
        holder: _Holder,
        event: ReportedEvent,
        occurred_at: datetime,
        tenure: _Tenure,
        rated: Rated,
        *,
        may_owe: bool,
    ) -> None:
        id, cost_mc = new_id(), rated.cost.millicredits
        if cost_mc:  # what costs nothing needs no credits, and moves none
            why = Why(
                LedgerEntryKind.USAGE,
                _description(event),
                occurred_at,
                usage_event_id=id,
            )
            holder.book.take(rated.cost, target=CONSUMED, why=why, may_owe=may_owe)
        self._events.append(
            (
                id,
                self._recorded_at,
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
                tenure.plan_id,
                occurred_at,
                event.occurred_at is not None,
            )
        )
        hour = occurred_at.replace(minute=0, second=0, microsecond=0)
        self._sums[
            holder.workspace_id,
            hour,
            event.meter,
            event.provider,
            event.model,
            event.agent_id,
            event.client_id,
        ].add(event.quantity, cost_mc)

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
                raise MissingPartition(self._hours()) from refusal
            columns = [
                list(column)
                for column in zip(
                    *((*key, *found.values) for key, found in self._sums.items()), strict=True
                )
            ]
            await connection.execute(_ADD_TO_ROLLUPS, *columns)
        await ledger.write(holder.book for holder in self._holders.values())
        for holder in self._holders.values():
            if holder.book.ends_moved:
                await agenda.note_next(await locked_subscription(holder.workspace_id))

    def balance_of(self, workspace_id: UUID) -> BalanceView:
        """After all that was decided."""
        holder = self._holders[workspace_id]
        return balance_view(holder.book.balance, holder.book.lots, now=holder.now)

    def _hours(self) -> list[datetime]:
        return [hour for _, hour, *_ in self._sums if isinstance(hour, datetime)]


@dataclass(slots=True)
class _Sum:
    """What a rollup grows by."""

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


def _description(event: ReportedEvent) -> str:
    by_whom = event.model or event.provider
    return f"{event.meter}, {by_whom}" if by_whom else event.meter


# ------------------------------------------------------------------ what it is decided by

_HOLDERS = """
    SELECT w.id AS workspace_id, w.clock_at, a.id AS account_id
    FROM workspace w JOIN credit_account a ON a.workspace_id = w.id WHERE w.id = ANY($1)
"""
_TENURES = """
    SELECT s.workspace_id, t.since, p.id AS plan_id, p.catalog_version_id, p.provider_markup_percent
    FROM subscription s
    JOIN plan_tenure t ON t.subscription_id = s.id
    JOIN plan p ON p.id = t.plan_id
    WHERE s.workspace_id = ANY($1) ORDER BY t.since, t.id
"""
_KNOWN = """
    SELECT workspace_id, event_id, meter, quantity, provider, model, agent_id, session_id,
           client_id, own_key, credits_mc, is_dated, occurred_at
    FROM known_usage_events($1, $2, $3, $4)
"""
_EVENT_COLUMNS = [
    "id",
    "created_at",
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
_ADD_TO_ROLLUPS = """
    INSERT INTO usage_rollup AS r (workspace_id, hour, meter, provider, model, agent_id, client_id,
                                   quantity, credits_mc, events)
    SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[],
                         $6::text[], $7::uuid[], $8::numeric[], $9::bigint[], $10::bigint[])
    ON CONFLICT (workspace_id, hour, meter, provider, model, agent_id, client_id) DO UPDATE
    SET quantity = r.quantity + excluded.quantity,
        credits_mc = r.credits_mc + excluded.credits_mc,
        events = r.events + excluded.events
"""


async def _tenures(connection: Any, workspace_ids: list[UUID]) -> dict[UUID, list[_Tenure]]:
    found: dict[UUID, list[_Tenure]] = defaultdict(list)
    for row in await connection.fetch(_TENURES, workspace_ids):
        found[row["workspace_id"]].append(
            _Tenure(
                row["since"],
                row["plan_id"],
                row["provider_markup_percent"],
                await rating.rates_of(row["catalog_version_id"]),
            )
        )
    return found


async def _clients(
    connection: Any, events: Mapping[UUID, Sequence[ReportedEvent]]
) -> dict[UUID, frozenset[UUID]]:
    """Those of the named clients that are the workspace's own."""
    named = {
        event.client_id for each in events.values() for event in each if event.client_id is not None
    }
    if not named:
        return defaultdict(frozenset)
    rows = await connection.fetch(
        "SELECT id, workspace_id FROM client WHERE id = ANY($1) AND workspace_id = ANY($2)",
        list(named),
        list(events),
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for row in rows:
        found[row["workspace_id"]].add(row["id"])
    return {workspace_id: frozenset(found[workspace_id]) for workspace_id in events}


async def _remember(
    connection: Any,
    holders: Mapping[UUID, _Holder],
    events: Mapping[UUID, Sequence[ReportedEvent]],
) -> None:
    """Tell each holder which of its events are stored already."""
    wanted = {
        (workspace_id, event.event_id) for workspace_id, each in events.items() for event in each
    }
    clocks = [holder.now for holder in holders.values()]
    rows = await connection.fetch(
        _KNOWN,
        [workspace_id for workspace_id, _ in wanted],
        [id for _, id in wanted],
        min(clocks) - REMEMBERED,
        max(clocks) + LEAD_MAX,
    )
    for row in rows:
        holder = holders[row["workspace_id"]]
        if row["occurred_at"] < holder.now - REMEMBERED:
            continue  # another workspace's clock stands further back
        # in the order of ReportedEvent
        content = (
            row["meter"],
            row["quantity"],
            row["provider"],
            row["model"],
            row["occurred_at"] if row["is_dated"] else None,
            row["agent_id"],
            row["session_id"],
            row["client_id"],
            row["own_key"],
        )
        holder.known[row["event_id"]] = _Known(content, Credits(row["credits_mc"]))
