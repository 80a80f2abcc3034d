"""Everybody who writes usage, in turn: ours, one by one, and the database function alone."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

import asyncpg
import psutil

from bench import usage_mix
from bench.client import Load, for_seconds, press
from bench.grouped import Grouped
from bench.limits.usage import RawUsage
from bench.metered import Metered
from bench.programs import Program
from bench.slices import LIMIT, OURS, Slice, timed
from bench.usage_mix import Choice, Ids, Pattern
from bench.usage_requests import Accepted, UsageRequests
from billwright.database import connection_arguments

ONE_BY_ONE = "one by one"
BATCH, SPREAD, HOT, GROUPED = "batch", "spread", "hot", "grouped"
BATCH_EVENTS = 1_000
BATCH_CONNECTIONS, SINGLE_CONNECTIONS = 4, 64
WAYS = {
    BATCH: (OURS, LIMIT),
    SPREAD: (OURS, ONE_BY_ONE),
    HOT: (OURS, ONE_BY_ONE),
    GROUPED: (OURS, ONE_BY_ONE),
}
WARM_SECONDS = 0.5


class MeteringContest:
    """The programs, and what is reported to them. `accepted` counts what all answers said."""

    def __init__(
        self,
        url: str,
        postgres: psutil.Process,
        programs: Mapping[str, Program],
        workspaces: Sequence[Metered],
        batches: Sequence[Pattern],
        singles: Sequence[Pattern],
    ) -> None:
        ids = Ids()
        self.accepted = 0
        self._url, self._postgres, self._programs = url, postgres, programs
        self._workspaces, self._batches, self._singles = workspaces, batches, singles
        self._raw = RawUsage(workspaces, batches, ids)
        self._grouped = Grouped(workspaces, singles, ids)
        self._requests = {
            (name, len(patterns[0].events)): UsageRequests(program.port, workspaces, patterns, ids)
            for name, program in programs.items()
            for patterns in (batches, singles)
        }

    async def run(self, *, rounds: int, seconds: float) -> list[Slice]:
        """All slices of all rounds; the order is reversed from round to round (ABBA)."""
        await self._raw.open(self._url, BATCH_CONNECTIONS)
        try:
            for query, ways in WAYS.items():
                for name in ways:
                    await self._slice(-1, query, name, WARM_SECONDS)
            return [
                await self._slice(number, query, name, seconds)
                for number in range(rounds)
                for query, ways in WAYS.items()
                for name in (ways if number % 2 == 0 else reversed(ways))
            ]
        finally:
            await self._raw.close()

    async def _slice(self, number: int, query: str, name: str, seconds: float) -> Slice:
        await self._checkpoint()
        choices = self._choices(query, f"{number} {query}")
        load: Awaitable[Load]
        app: Callable[[], float]
        if name == LIMIT:
            load, app = self._raw.press(seconds, choices), time.process_time
        elif query == GROUPED:
            press_here = self._grouped.together if name == OURS else self._grouped.alone
            load, app = press_here(seconds, choices), time.process_time
        else:
            load, app = self._press(query, name, seconds, choices), self._programs[name].cpu_seconds
        piece = await timed((number, query, name), load, app, self._postgres)
        self.accepted += piece.operations
        return piece

    def _press(
        self, query: str, name: str, seconds: float, choices: Iterator[Choice]
    ) -> Awaitable[Load]:
        events = BATCH_EVENTS if query == BATCH else 1
        return press(
            self._programs[name].port,
            for_seconds(seconds, self._requests[name, events].of(choices)),
            connections=BATCH_CONNECTIONS if query == BATCH else SINGLE_CONNECTIONS,
            judge=Accepted(events),
        )

    def _choices(self, query: str, seed: str) -> Iterator[Choice]:
        workspaces = len(self._workspaces)
        if query == BATCH:
            return usage_mix.in_turn(workspaces, len(self._batches), seed)
        return usage_mix.at_random(
            1 if query in (HOT, GROUPED) else workspaces, len(self._singles), seed
        )

    async def _checkpoint(self) -> None:
        """So that none pays for what another has written."""
        connection = await asyncpg.connect(**connection_arguments(self._url))
        try:
            await connection.execute("CHECKPOINT")
        finally:
            await connection.close()
