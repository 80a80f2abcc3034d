"""Group commit: reports that come at once to a process are recorded in one transaction.

A commit is a wait for the disk, and each transaction a dozen statements, whether for one event or
for a thousand. So a workspace's balance, which one transaction at a time can hold, takes tens of
times as many small reports a second, each of them sooner.
"""

from __future__ import annotations

from services import usage
from services.gathering import Gathering
from services.usage_events import EVENTS_MAX, Recorded, Report

# While one transaction waits for the database another one is reckoned.
TRANSACTIONS_AT_ONCE = 2
# What a process records in a second or two; who comes after that is told to come again.
EVENTS_WAITING_MAX = 20 * EVENTS_MAX


class UsageQueue:
    """Records reports in the order in which they come, many at once."""

    def __init__(self) -> None:
        self._gathering = Gathering(
            usage.record,
            rounds_at_once=TRANSACTIONS_AT_ONCE,
            round_size_max=EVENTS_MAX,
            waiting_size_max=EVENTS_WAITING_MAX,
        )

    async def record(self, report: Report) -> Recorded:
        """As `usage.record`, for one report. Raises InvalidInput, and Busy when too many wait."""
        report.check_size()
        return await self._gathering.ask(report, size=len(report.events))

    async def close(self) -> None:
        """Record what is waiting, and nothing after it."""
        await self._gathering.close()
