"""One event at a time on one account, by many at once, without HTTP: in this process.

What group commit alone wins: the same service, asked through the queue or a transaction for each.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence

from bench.client import BadAnswer, Load
from bench.metered import Metered
from bench.usage_mix import Choice, Ids, Pattern
from services import usage
from services.usage_events import Recorded, Report
from services.usage_queue import UsageQueue

CLIENTS = 64
Record = Callable[[Report], Awaitable[Recorded]]


class Grouped:
    """Clients of the service, which are connected to the database by the ORM of this process."""

    def __init__(
        self, workspaces: Sequence[Metered], patterns: Sequence[Pattern], ids: Ids
    ) -> None:
        self._workspaces, self._patterns, self._ids = workspaces, patterns, ids
        self._queue = UsageQueue()

    async def together(self, seconds: float, choices: Iterator[Choice]) -> Load:
        """Through the queue, begun within that time."""
        return await self._press(self._queue.record, seconds, choices)

    async def alone(self, seconds: float, choices: Iterator[Choice]) -> Load:
        """Each in a transaction of its own."""
        return await self._press(_alone, seconds, choices)

    async def _press(self, record: Record, seconds: float, choices: Iterator[Choice]) -> Load:
        started, latencies = time.perf_counter(), list[float]()

        async def work() -> None:
            for choice in choices:
                report = self._report(choice)
                asked_at = time.perf_counter()
                if asked_at > started + seconds:
                    return
                recorded = await record(report)
                if recorded.accepted != len(report.events):
                    raise BadAnswer(f"{recorded.results}")
                latencies.append(time.perf_counter() - asked_at)

        await asyncio.gather(*(work() for _ in range(CLIENTS)))
        return Load(time.perf_counter() - started, latencies, len(latencies), 0.0)

    def _report(self, choice: Choice) -> Report:
        [event] = self._patterns[choice.pattern].events
        [id] = self._ids.texts(1)
        return Report(self._workspaces[choice.workspace].id, [event._replace(event_id=id)])


async def _alone(report: Report) -> Recorded:
    [recorded] = await usage.record([report])
    return recorded
