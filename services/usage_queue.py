"""Group commit: reports that come at once to a process are recorded in one transaction.

A commit is a wait for the disk, and each transaction a dozen statements, whether for one event or
for a thousand. So a workspace's balance, which one transaction at a time can hold, takes tens of
times as many small reports a second, each of them sooner.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextvars import copy_context
from uuid import UUID
from weakref import WeakValueDictionary

import asyncpg

from services import usage
from services.gathering import Busy, Gathering
from services.usage_events import EVENTS_MAX, Recorded, Report

# While one transaction waits for the database another one is reckoned. A workspace keeps to its
# lane, so that its reports do not wait for each other's lock.
LANES = 2
TRANSACTIONS_AT_ONCE = 2  # of each lane, when more than one would be full
# Of a lane, and of a workspace that is locked: what is recorded in about a second. Who comes after
# that is told to come again.
EVENTS_WAITING_MAX = 10 * EVENTS_MAX
# Each that waits for a lock keeps a connection from everybody else.
WAITING_FOR_LOCKS_MAX = 2


class UsageQueue:
    """Records many reports at once; those that come at the same time in any order.

    A workspace that somebody else has locked, for a renewal perhaps, is waited for aside, so that
    its neighbours are not kept waiting.
    """

    def __init__(self) -> None:
        self._lanes = [
            Gathering(
                usage.record_free,
                rounds_at_once=TRANSACTIONS_AT_ONCE,
                round_size_max=EVENTS_MAX,
                waiting_size_max=EVENTS_WAITING_MAX,
            )
            for _ in range(LANES)
        ]
        self._locked: WeakValueDictionary[UUID, Gathering[Report, Recorded]] = WeakValueDictionary()
        self._may_wait = asyncio.Semaphore(WAITING_FOR_LOCKS_MAX)
        self._context = copy_context()

    async def record(self, report: Report) -> Recorded:
        """As `usage.record`, for one report. Raises InvalidInput, and Busy when too many wait."""
        report.check_size()
        size = max(1, len(report.events))
        aside = self._locked.get(report.workspace_id)
        if aside is None:
            lane = self._lanes[report.workspace_id.int % LANES]
            recorded = await lane.ask(report, size=size)
            if recorded is not None:
                return recorded
            aside = self._aside(report.workspace_id)
        return await aside.ask(report, size=size)

    async def close(self) -> None:
        """Record what is waiting, and nothing after it."""
        for lane in self._lanes:
            await lane.close()
        for gathering in list(self._locked.values()):
            await gathering.close()

    def _aside(self, workspace_id: UUID) -> Gathering[Report, Recorded]:
        aside = self._locked.get(workspace_id)
        if aside is None:
            aside = self._locked[workspace_id] = self._context.run(self._new_aside)
        return aside

    def _new_aside(self) -> Gathering[Report, Recorded]:
        return Gathering(
            self._record_locked,
            rounds_at_once=1,
            round_size_max=EVENTS_MAX,
            waiting_size_max=EVENTS_WAITING_MAX,
        )

    async def _record_locked(self, reports: Sequence[Report]) -> list[Recorded]:
        async with self._may_wait:
            try:
                return await usage.record(reports)
            except asyncpg.LockNotAvailableError as locked:
                raise Busy from locked
