"""Which credits are set aside for which call: the rows behind what `ledger.Book` holds."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tortoise import connections

from models.base import new_id
from models.calls import CreditHold
from services.ledger import Held

_ADD = """
    INSERT INTO credit_hold AS h (id, created_at, call_id, lot_id, amount_mc)
    SELECT n.id, now(), $1, n.lot_id, n.amount_mc
    FROM unnest($2::uuid[], $3::uuid[], $4::bigint[]) AS n (id, lot_id, amount_mc)
    ON CONFLICT (call_id, lot_id) DO UPDATE SET amount_mc = h.amount_mc + excluded.amount_mc
"""


async def add(call_id: UUID, held: Held) -> None:
    """So much more is held for a call."""
    if held:
        ids = [new_id() for _ in held]
        await connections.get("default").execute_query(
            _ADD, [call_id, ids, list(held), list(held.values())]
        )


async def held_for(call_id: UUID) -> Held:
    """What is held for a call now."""
    rows = await CreditHold.filter(call_id=call_id, closed_at=None)
    return {row.lot_id: row.amount_mc for row in rows}


async def close(call_id: UUID, *, now: datetime) -> None:
    """Nothing is held for a call any more."""
    await CreditHold.filter(call_id=call_id, closed_at=None).update(closed_at=now)
