"""The workspaces of a batch of usage, locked, with all that their events are decided by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from tortoise import connections

from models.money import Credits
from services import ledger, rating, usage_partitions
from services.bulk import connection_of
from services.errors import BillingError
from services.ledger import Book
from services.locks import lock_subscriptions
from services.rating import RateTable
from services.usage_events import (
    ID_PATH,
    LEAD_MAX,
    REMEMBERED,
    Report,
    ReportedEvent,
    Timely,
)


class Known(NamedTuple):
    """An event that is stored: as it was reported, and what it cost."""

    event: ReportedEvent
    credits: Credits


@dataclass(frozen=True, slots=True)
class Tenure:
    """From when on a plan rates the usage of a workspace."""

    since: datetime
    plan_id: UUID
    markup_percent: Decimal
    rates: RateTable


@dataclass(slots=True)
class Holder:
    """A workspace whose books are locked."""

    workspace_id: UUID
    now: datetime
    book: Book
    tenures: Sequence[Tenure]
    client_ids: frozenset[UUID]
    known: dict[str, Known] = field(default_factory=dict)
    stored: int = 0  # how many new events
    timely: Timely = field(init=False)

    def __post_init__(self) -> None:
        self.timely = Timely.at(self.now)

    def tenure_at(self, at: datetime) -> Tenure:
        """The plan at an instant; what came before the first plan is rated by that."""
        for tenure in reversed(self.tenures):
            if tenure.since <= at:
                return tenure
        return self.tenures[0]


async def lock_holders(
    reports: Sequence[Report],
    problems: Sequence[Sequence[BillingError | None]],
    *,
    skip_locked: bool = False,
) -> dict[UUID, Holder]:
    """Lock the workspaces of these reports and read all that their events are decided by.

    With `skip_locked` all but those that others have locked.
    """
    events: dict[UUID, list[ReportedEvent]] = {report.workspace_id: [] for report in reports}
    for report, found in zip(reports, problems, strict=True):
        events[report.workspace_id] += [
            event
            for event, problem in zip(report.events, found, strict=True)
            # an id that is none was never stored, and the database might choke on it
            if problem is None or problem.path != ID_PATH
        ]
    locked = await lock_subscriptions(list(events), skip_locked=skip_locked)
    if not locked:
        return {}
    events = {workspace_id: events[workspace_id] for workspace_id in locked}
    connection = connection_of(connections.get("default"))
    rows = await connection.fetch(_HOLDERS, locked)
    real_now = datetime.now(UTC)
    clocks = {row["account_id"]: row["clock_at"] or real_now for row in rows}
    books = await ledger.lock_books(clocks)
    tenures = await _tenures(rows)
    clients = await _clients(connection, events)
    holders = {
        row["workspace_id"]: Holder(
            row["workspace_id"],
            clocks[row["account_id"]],
            books[row["account_id"]],
            tenures[row["workspace_id"]],
            clients[row["workspace_id"]],
        )
        for row in rows
    }
    await _remember(connection, holders, events, months=rows[0]["months"])
    return holders


# A row per workspace and tenure. Whatever of these workspaces is stored, is in one of the months:
# nobody else can store for them now.
_HOLDERS = """
    SELECT s.workspace_id, w.clock_at, a.id AS account_id, t.since, p.id AS plan_id,
           p.catalog_version_id, p.provider_markup_percent,
           ARRAY(SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                 WHERE i.inhparent = 'usage_event'::regclass) AS months,
           set_config('enable_seqscan', 'off', true),
           set_config('plan_cache_mode', 'force_generic_plan', true)
    FROM subscription s
    JOIN workspace w ON w.id = s.workspace_id
    JOIN credit_account a ON a.workspace_id = w.id
    JOIN plan_tenure t ON t.subscription_id = s.id
    JOIN plan p ON p.id = t.plan_id
    WHERE s.workspace_id = ANY($1) ORDER BY t.created_at, t.id
"""
# Planned once for each connection, and that while a month may be empty that has a million events
# a minute later. So nothing is left to choose: the settings above rule out reading all of it, and
# what it is asked by has one index, which is there for nothing else. OFFSET keeps the look-ups from
# being turned into a join with everything.
_KNOWN = """
    SELECT known.* FROM unnest($1::uuid[], $2::text[]) AS wanted (workspace_id, event_id)
    CROSS JOIN LATERAL ({months}) AS known
"""
_KNOWN_IN_MONTH = """
    (SELECT workspace_id, event_id, meter, quantity, provider, model, agent_id, session_id,
            client_id, own_key, credits_mc, is_dated, occurred_at
     FROM {month} e
     WHERE uuid_send(e.workspace_id) = uuid_send(wanted.workspace_id)
     AND e.event_id = wanted.event_id OFFSET 0)
"""


async def _tenures(rows: Sequence[Any]) -> dict[UUID, list[Tenure]]:
    found: dict[UUID, list[Tenure]] = defaultdict(list)
    for row in rows:
        found[row["workspace_id"]].append(
            Tenure(
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
    holders: Mapping[UUID, Holder],
    events: Mapping[UUID, Sequence[ReportedEvent]],
    *,
    months: Sequence[str],
) -> None:
    """Tell each holder which of its events are stored already; `months` has all partitions."""
    clocks = [holder.now for holder in holders.values()]
    since, until = min(clocks) - REMEMBERED, max(clocks) + LEAD_MAX
    looked_into = [
        _KNOWN_IN_MONTH.format(month=month)
        for month in sorted(months)
        if usage_partitions.name_of(since) <= month <= usage_partitions.name_of(until)
    ]
    if not looked_into:
        return
    rows = await connection.fetch(
        _KNOWN.format(months=" UNION ALL ".join(looked_into)),
        [workspace_id for workspace_id, each in events.items() for _ in each],
        [event.event_id for each in events.values() for event in each],
    )
    for row in rows:
        holder = holders[row["workspace_id"]]
        if row["occurred_at"] < holder.now - REMEMBERED:
            continue  # another workspace's clock stands further back
        event = ReportedEvent(
            event_id=row["event_id"],
            meter=row["meter"],
            quantity=row["quantity"],
            provider=row["provider"],
            model=row["model"],
            occurred_at=row["occurred_at"] if row["is_dated"] else None,
            agent_id=row["agent_id"],
            session_id=row["session_id"],
            client_id=row["client_id"],
            own_key=row["own_key"],
        )
        holder.known[row["event_id"]] = Known(event, Credits(row["credits_mc"]))
