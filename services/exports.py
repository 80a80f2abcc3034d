"""Usage events and ledger entries in full, page by page, for downloads (docs/decisions/0017).

A download shows what was recorded when it began: what comes later is left out of it, however long
it takes. It holds no connection while nobody reads: each page is a query of its own, by keyset.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import connections
from tortoise.transactions import in_transaction

from models.credits import CreditAccount, CreditBalance
from services import usage_reports
from services.locks import lock_subscriptions
from services.usage_questions import UsageFilter

PAGE_SIZE = 1_000
Row = dict[str, Any]
Condition = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Export:
    """What will be downloaded: so many rows, in pages that are read as they are asked for."""

    rows_total: int
    pages: AsyncIterator[Sequence[Row]]


async def usage(workspace_id: UUID, wanted: UsageFilter) -> Export:
    """A workspace's usage events, oldest first, by when they occurred. Raises InvalidInput."""
    wanted.check()
    async with in_transaction():
        # whoever records usage holds this lock: what they began is stored now, and what they begin
        # after this is recorded after `recorded_at_max`
        await lock_subscriptions([workspace_id])
        # by the clock that stamps them
        [row] = await connections.get("default").execute_query_dict("SELECT clock_timestamp()")
        recorded_at_max = row["clock_timestamp"]
        rows_total = (await usage_reports.count([workspace_id], wanted))[workspace_id]
    conditions = [("workspace_id = {}", workspace_id), ("created_at <= {}", recorded_at_max)]
    conditions += [(condition, _bindable(value)) for condition, value in wanted.conditions]
    conditions += _within(wanted.start, wanted.end)
    pages = _pages("usage_event", ("occurred_at", "id"), conditions)
    return Export(rows_total, pages)


async def ledger(workspace_id: UUID, start: datetime | None, end: datetime | None) -> Export:
    """A workspace's ledger entries, in the order in which they were booked. Raises InvalidInput.

    `start` and `end` bound when they occurred, which for late usage is before it was booked.
    """
    UsageFilter(start, end).check()
    account = await CreditAccount.get(workspace_id=workspace_id)
    # entries are counted without a gap, and never change: the count is a picture of the whole
    booked = (await CreditBalance.get(account_id=account.id)).entry_count
    conditions = [("holder_id = {}", account.id), ("sequence <= {}", booked)]
    conditions += _within(start, end)
    rows_total = booked
    if start is not None or end is not None:
        where, values = _where(conditions)
        [row] = await connections.get("default").execute_query_dict(
            f"SELECT count(*) AS count FROM credit_transfer WHERE {where}",  # noqa: S608 - names of ours
            values,
        )
        rows_total = int(row["count"])
    return Export(rows_total, _pages("credit_transfer", ("sequence",), conditions))


def _within(start: datetime | None, end: datetime | None) -> list[Condition]:
    bounds = (("occurred_at >= {}", start), ("occurred_at < {}", end))
    return [(condition, value) for condition, value in bounds if value is not None]


def _where(conditions: Sequence[Condition]) -> tuple[str, list[object]]:
    placed = (condition.format(f"${n}") for n, (condition, _) in enumerate(conditions, start=1))
    return " AND ".join(placed), [value for _, value in conditions]


async def _pages(
    table: str, order: Sequence[str], conditions: Sequence[Condition]
) -> AsyncIterator[Sequence[Row]]:
    where, values = _where(conditions)
    columns = ", ".join(order)
    beyond, position = "", list[object]()
    while True:
        rows = await connections.get("default").execute_query_dict(
            f"SELECT * FROM {table} WHERE {where}{beyond} ORDER BY {columns} LIMIT {PAGE_SIZE}",  # noqa: S608 - names of ours
            [*values, *position],
        )
        if rows:
            yield rows
        if len(rows) < PAGE_SIZE:
            return
        position = [rows[-1][column] for column in order]
        places = ", ".join(f"${len(values) + n}" for n in range(1, len(order) + 1))
        beyond = f" AND ({columns}) > ({places})"


def _bindable(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
