"""Whether the books say of usage exactly what the answers said."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import asyncpg

from bench.data import BrokenBooks
from billwright.database import connection_arguments

_BOOKS = """
    SELECT (SELECT count(*) FROM usage_event) AS events,
           (SELECT coalesce(sum(credits_mc), 0)::bigint FROM usage_event) AS cost_mc,
           (SELECT coalesce(sum(events), 0)::bigint FROM usage_addition)
               + (SELECT coalesce(sum(events), 0)::bigint FROM usage_rollup WHERE cube = 1)
               AS summed,
           (SELECT coalesce(sum(amount_mc), 0)::bigint FROM credit_transfer
            WHERE usage_event_id IS NOT NULL) AS paid_mc,
           (SELECT sum(total_mc) FROM credit_balance) AS balance_mc
"""
_REPEATED = """
    SELECT count(*) FROM (SELECT FROM usage_event GROUP BY workspace_id, event_id
                          HAVING count(*) > 1) AS repeated
"""


@dataclass(frozen=True)
class Books:
    """Sums over everything that is stored."""

    events: int
    cost_mc: int
    summed: int
    paid_mc: int
    balance_mc: Decimal  # of ten thousand workspaces more than a bigint holds


async def read(url: str) -> Books:
    """The sums as they are now."""
    connection = await asyncpg.connect(**connection_arguments(url))
    try:
        return Books(**await connection.fetchrow(_BOOKS))
    finally:
        await connection.close()


async def assert_exact(url: str, before: Books, accepted: int) -> None:
    """What the answers accepted since `before` is stored, once, and paid. Raises BrokenBooks."""
    after = await read(url)
    connection = await asyncpg.connect(**connection_arguments(url))
    try:
        repeated = await connection.fetchval(_REPEATED)
    finally:
        await connection.close()
    paid_mc = after.paid_mc - before.paid_mc
    must_be_equal = {
        "events stored and accepted": (after.events - before.events, accepted),
        "events summed and accepted": (after.summed - before.summed, accepted),
        "what the events cost and the ledger took": (after.cost_mc - before.cost_mc, paid_mc),
        "what left the balances and the ledger took": (
            before.balance_mc - after.balance_mc,
            paid_mc,
        ),
        "events stored twice, and none": (repeated, 0),
    }
    for what, (one, other) in must_be_equal.items():
        if one != other:
            raise BrokenBooks(f"{what}: {one:,} and {other:,}")
