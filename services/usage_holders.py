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
from services import ledger, rating
from services.bulk import connection_of
from services.errors import BillingError
from services.ledger import Book
from services.locks import lock_subscriptions
from services.rating import RateTable
from services.usage_events import ID_PATH, LEAD_MAX, REMEMBERED, Report, ReportedEvent


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

    def tenure_at(self, at: datetime) -> Tenure:
        """The plan at an instant; what came before the first plan is rated by that."""
        for tenure in reversed(self.tenures):
            if tenure.since <= at:
                return tenure
        return self.tenures[0]


async def lock_holders(
    reports: Sequence[Report], problems: Sequence[Sequence[BillingError | None]]
) -> dict[UUID, Holder]:
    """Lock the workspaces of these reports and read all that their events are decided by."""
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
        row["workspace_id"]: Holder(
            row["workspace_id"],
            clocks[row["account_id"]],
            books[row["account_id"]],
            tenures[row["workspace_id"]],
            clients[row["workspace_id"]],
        )
        for row in rows
    }
    await _remember(connection, holders, events)
    return holders


_HOLDERS = """
    SELECT w.id AS workspace_id, w.clock_at, a.id AS account_id
    FROM workspace w JOIN credit_account a ON a.workspace_id = w.id WHERE w.id = ANY($1)
"""
_TENURES = """
    SELECT s.workspace_id, t.since, p.id AS plan_id, p.catalog_version_id, p.provider_markup_percent
    FROM subscription s
    JOIN plan_tenure t ON t.subscription_id = s.id
    JOIN plan p ON p.id = t.plan_id
    WHERE s.workspace_id = ANY($1) ORDER BY t.created_at, t.id
"""
_KNOWN = """
    SELECT workspace_id, event_id, meter, quantity, provider, model, agent_id, session_id,
           client_id, own_key, credits_mc, is_dated, occurred_at
    FROM known_usage_events($1, $2, $3, $4)
"""


async def _tenures(connection: Any, workspace_ids: list[UUID]) -> dict[UUID, list[Tenure]]:
    found: dict[UUID, list[Tenure]] = defaultdict(list)
    for row in await connection.fetch(_TENURES, workspace_ids):
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
