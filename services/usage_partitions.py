"""The monthly partitions of usage events: made before they are needed, or when one is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from tortoise import connections
from tortoise.transactions import in_transaction

# Late events go back 35 days; a worker that stands still for a quarter is still in time.
MONTHS_BACK = 2
MONTHS_AHEAD = 3


class MissingPartition(Exception):
    """Events of a month that has no partition yet; nothing was written."""

    def __init__(self, moments: Iterable[datetime]) -> None:
        super().__init__("usage events have no partition for one of their months")
        self.moments = list(moments)


def name_of(moment: datetime) -> str:
    """The partition that a moment belongs to. Names are in the order of time."""
    return f"usage_event_{moment.astimezone(UTC):%Y%m}"


async def make_ahead(now: datetime) -> None:
    """Have the partitions for what can be reported from now on for some months. Safe to repeat."""
    middle = now.replace(day=15)  # a month's middle plus whole months of 30 days stays in them
    await make(
        middle + timedelta(days=30 * months) for months in range(-MONTHS_BACK, MONTHS_AHEAD + 1)
    )


async def make(moments: Iterable[datetime]) -> None:
    """Have the partitions that these moments belong to; each is one transaction. Safe to repeat."""
    for month in sorted({(moment.year, moment.month) for moment in moments}):
        async with in_transaction():
            await connections.get("default").execute_query(
                "SELECT make_usage_partition(make_timestamptz($1, $2, 1, 0, 0, 0, 'UTC'))",
                list(month),
            )
