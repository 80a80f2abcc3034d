"""What a provider or a carrier was asked and has not decided: seen again, one after the other."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from models.base import Entity

logger = logging.getLogger(__name__)

# What is younger may still be in the hands of the request that made it.
REPAIR_AFTER = timedelta(minutes=1)
# What is decided only after days is asked about often while it is younger than this.
YOUNG_FOR = timedelta(hours=1)
BATCH_SIZE = 100

AnEntity = TypeVar("AnEntity", bound=Entity)


def old_enough(
    undecided: QuerySet[AnEntity], *, older_than: timedelta, thorough: bool = True
) -> QuerySet[AnEntity]:
    """Those of the undecided that it is time to look at.

    Those that are still PENDING, because a crash came between the question and its answer, always;
    those that wait for days are asked about when their time has come (agenda.py), and here only
    while they are young, unless `thorough`.
    """
    now = datetime.now(UTC)
    found = undecided.filter(created_at__lt=now - older_than)
    return (
        found if thorough else found.filter(Q(status="PENDING") | Q(created_at__gt=now - YOUNG_FOR))
    )


async def repair_each(
    undecided: QuerySet[AnEntity], repair: Callable[[AnEntity], Awaitable[object]]
) -> int:
    """Returns how many were seen. One that fails is logged and does not keep the rest waiting."""
    seen = 0
    async for row in _in_batches(undecided):
        seen += 1
        try:
            await repair(row)
        except Exception:
            kind = type(row).__name__
            logger.exception("%s %s could not be repaired; the next run tries again", kind, row.id)
    return seen


async def _in_batches(query: QuerySet[AnEntity]) -> AsyncIterator[AnEntity]:
    last_id = UUID(int=0)
    while batch := await query.filter(id__gt=last_id).order_by("id").limit(BATCH_SIZE):
        for row in batch:
            yield row
        last_id = batch[-1].id
