"""The limit of metering: batches go straight to `usage.sql`, a COPY and a call each.

Nothing is parsed, rated, checked or answered in between; what the events cost is known beforehand.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import asyncpg

from bench.client import Load
from bench.metered import Metered
from bench.usage_mix import Choice, Ids, Pattern
from billwright.database import tortoise_config
from models.base import new_id

_, SESSION, FUNCTION = re.split(r"-- name: \w+\n", Path(__file__).with_suffix(".sql").read_text())
CALL = "SELECT bench.record_usage($1, $2)"
COLUMNS = (
    "id",
    "event_id",
    "meter",
    "quantity",
    "provider",
    "model",
    "agent_id",
    "session_id",
    "rate_id",
    "cost_mc",
    "occurred_at",
)


class RawUsage:
    """Some connections that each always have one batch under way."""

    def __init__(
        self, workspaces: Sequence[Metered], patterns: Sequence[Pattern], ids: Ids
    ) -> None:
        self._workspaces = workspaces
        self._patterns = patterns
        self._columns = [_columns(pattern) for pattern in patterns]
        self._ids = ids
        self._connections: list[asyncpg.Connection] = []

    async def open(self, database_url: str, connections: int) -> None:
        """Connect as the API does, and make the function."""
        credentials = tortoise_config(database_url)["connections"]["default"]["credentials"]
        options = {
            name: value
            for name, value in credentials.items()
            if name not in ("minsize", "maxsize", "application_name", "reset")
        }
        self._connections = [await asyncpg.connect(**options) for _ in range(connections)]
        await self._connections[0].execute(FUNCTION)
        for connection in self._connections:
            await connection.execute(SESSION)

    async def close(self) -> None:
        for connection in self._connections:
            await connection.close()

    async def press(self, seconds: float, choices: Iterator[Choice]) -> Load:
        """A batch for each choice of a workspace and a pattern, begun within that time."""
        started, latencies, accepted = time.perf_counter(), [], 0

        async def work(connection: asyncpg.Connection) -> int:
            events = 0
            for workspace, pattern in choices:
                sent_at = time.perf_counter()
                if sent_at > started + seconds:
                    break
                events += await self._record(connection, workspace, pattern)
                latencies.append(time.perf_counter() - sent_at)
            return events

        accepted = sum(await asyncio.gather(*map(work, self._connections)))
        return Load(time.perf_counter() - started, latencies, accepted, 0.0)

    async def _record(self, connection: asyncpg.Connection, workspace: int, pattern: int) -> int:
        """One batch, in one transaction. Returns how many events were accepted."""
        columns = self._columns[pattern]
        events = len(columns[0])
        ids = [new_id() for _ in range(events)]
        rows = list(zip(ids, self._ids.texts(events), *columns, strict=True))
        async with connection.transaction():
            await connection.copy_records_to_table("reported", columns=COLUMNS, records=rows)
            accepted: int = await connection.fetchval(
                CALL, self._workspaces[workspace].id, self._patterns[pattern].plan_id
            )
        return accepted


def _columns(pattern: Pattern) -> list[list[Any]]:
    """All that is the same whenever this pattern is sent, in the order of the columns."""
    return [
        *(
            [getattr(event, name) for event in pattern.events]
            for name in ("meter", "quantity", "provider", "model", "agent_id", "session_id")
        ),
        [rated.rate_id for rated in pattern.rated],
        [rated.cost.millicredits for rated in pattern.rated],
        [event.occurred_at for event in pattern.events],
    ]
