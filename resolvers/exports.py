"""Downloads: who may have them, and what a row of one says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from models.money import Credits
from resolvers import access
from resolvers.context import Principal
from resolvers.nodes import encoded, key_of
from services import exports
from services.exports import Export, Row
from services.inputs import rfc3339
from services.usage_questions import UsageFilter

USAGE_COLUMNS = (
    "eventId",
    "occurredAt",
    "recordedAt",
    "meter",
    "quantity",
    "provider",
    "model",
    "credits",
    "agentId",
    "sessionId",
    "clientId",
    "ownKey",
)
LEDGER_COLUMNS = (
    "sequence",
    "occurredAt",
    "bookedAt",
    "kind",
    "amount",
    "balanceAfter",
    "description",
    "grantId",
    "usageEventId",
    "correctsId",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a download is asked to hold: as in the queries, ids as the API gives them out."""

    workspace_id: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    meters: tuple[str, ...] | None = None
    agent_ids: tuple[str, ...] | None = None
    client_id: str | None = None
    session_id: str | None = None


async def usage(who: Principal | None, wanted: Wanted) -> Export:
    """Raises Unauthenticated, Forbidden, NotFound, InvalidInput."""
    owner = await access.readable_workspace(who, wanted.workspace_id)
    return await exports.usage(
        owner.id,
        UsageFilter(
            wanted.start,
            wanted.end,
            wanted.meters,
            wanted.agent_ids,
            None if wanted.client_id is None else key_of(wanted.client_id, "Client"),
            wanted.session_id,
        ),
    )


async def ledger(who: Principal | None, wanted: Wanted) -> Export:
    """Raises Unauthenticated, Forbidden, NotFound, InvalidInput."""
    owner = await access.readable_workspace(who, wanted.workspace_id)
    return await exports.ledger(owner.id, wanted.start, wanted.end)


def usage_cells(row: Row) -> Sequence[str]:
    """In the order of USAGE_COLUMNS."""
    return (
        _text(row["event_id"]),
        rfc3339(row["occurred_at"]),
        rfc3339(row["created_at"]),
        _text(row["meter"]),
        _number(row["quantity"]),
        _text(row["provider"]),
        _text(row["model"]),
        _credits(row["credits_mc"]),
        _text(row["agent_id"]),
        _text(row["session_id"]),
        _id("Client", row["client_id"]),
        "true" if row["own_key"] else "false",
    )


def ledger_cells(row: Row) -> Sequence[str]:
    """In the order of LEDGER_COLUMNS."""
    came_in = row["target_id"] == row["holder_id"]
    return (
        str(row["sequence"]),
        rfc3339(row["occurred_at"]),
        rfc3339(row["created_at"]),
        row["kind"],
        _credits(row["amount_mc"] if came_in else -row["amount_mc"]),
        _credits(row["balance_after_mc"]),
        _text(row["description"]),
        _id("CreditGrant", row["lot_id"]),
        _id("UsageEvent", row["usage_event_id"]),
        _id("LedgerEntry", row["corrects_id"]),
    )


def _text(value: str | None) -> str:
    """Spreadsheets calculate what begins like a formula: a quote before it makes it text."""
    if value is None:
        return ""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else value


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _credits(millicredits: int) -> str:
    return f"{Credits(millicredits).amount:f}"


def _id(type_name: str, key: UUID | None) -> str:
    return encoded(type_name, key) if key is not None else ""
