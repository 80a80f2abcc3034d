"""The same load in turn on books of several lengths, each with a server of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

import asyncpg
import psutil

from bench import usage_mix
from bench.client import Endpoint, for_seconds, press
from bench.growth_queries import QUESTIONS
from bench.metered import Metered
from bench.programs import Program
from bench.slices import Slice, at_random, timed
from bench.tenants import SEED
from bench.usage_mix import Ids, Pattern
from bench.usage_requests import Accepted, UsageRequests
from billwright.database import connection_arguments

WRITES = "1,000 events at once"
LARGEST = ", the largest"
BATCH_CONNECTIONS, READ_CONNECTIONS = 4, 16
WARM_REQUESTS = 2 * READ_CONNECTIONS


@dataclass(frozen=True)
class Grown:
    """A database of so many events, and the server on it. The first workspace has the most."""

    events: int
    url: str
    program: Program
    workspaces: Sequence[Metered]

    @property
    def written(self) -> Sequence[Metered]:
        """Who reports usage: but for the first, of which one database would be asked for more."""
        return self.workspaces[1:]


class GrowthContest:
    """`writes` and `reads` say which of the databases have which load."""

    def __init__(
        self,
        databases: Mapping[int, Grown],
        postgres: psutil.Process,
        patterns: Sequence[Pattern],
        *,
        writes: Sequence[int],
        reads: Sequence[int],
    ) -> None:
        self._databases, self._postgres = databases, postgres
        self._loads = {
            WRITES: writes,
            **{f"{name}{of}": reads for name in QUESTIONS for of in ("", LARGEST)},
        }
        self._batches = len(patterns)
        ids = Ids()
        self._requests = {
            size: UsageRequests(grown.program.port, grown.written, patterns, ids)
            for size, grown in databases.items()
        }
        self._events_of_batch = len(patterns[0].events)
        self.accepted = dict.fromkeys(databases, 0)

    async def run(self, *, rounds: int, seconds: float) -> list[Slice]:
        """All slices of all rounds; the order is reversed from round to round (ABBA)."""
        for query, sizes in self._loads.items():
            for size in sizes:
                await self._slice(-1, query, size, None)
        return [
            await self._slice(number, query, size, seconds)
            for number in range(rounds)
            for query, sizes in self._loads.items()
            for size in (sizes if number % 2 == 0 else reversed(sizes))
        ]

    async def _slice(self, number: int, query: str, size: int, seconds: float | None) -> Slice:
        """So many seconds, or a few requests to warm up."""
        grown, is_writing = self._databases[size], query == WRITES
        if is_writing:
            await _checkpoint(grown.url)
        requests = self._written(size, number) if is_writing else self._asked(grown, query, number)
        load = press(
            grown.program.port,
            for_seconds(seconds, requests) if seconds else islice(requests, WARM_REQUESTS),
            connections=BATCH_CONNECTIONS if is_writing else READ_CONNECTIONS,
            judge=Accepted(self._events_of_batch)
            if is_writing
            else QUESTIONS[query.removesuffix(LARGEST)],
        )
        which = (number, query, str(size))
        piece = await timed(which, load, grown.program.cpu_seconds, self._postgres)
        if is_writing:
            self.accepted[size] += piece.operations
        return piece

    def _written(self, size: int, number: int) -> Iterator[bytes]:
        workspaces = len(self._databases[size].written)
        return self._requests[size].of(
            usage_mix.in_turn(workspaces, self._batches, f"{number} {WRITES}")
        )

    def _asked(self, grown: Grown, query: str, number: int) -> Iterator[bytes]:
        body = QUESTIONS[query.removesuffix(LARGEST)].body
        endpoint = Endpoint(grown.program.port, "/graphql", body)
        first, *others = grown.workspaces
        asking = [first] if query.endswith(LARGEST) else others
        chosen = Random(f"{SEED} {query}").sample(asking, min(len(asking), 1_000))
        keys = [workspace.key for workspace in chosen]
        return at_random(endpoint.requests(keys), f"{number} {query}")


async def _checkpoint(url: str) -> None:
    connection = await asyncpg.connect(**connection_arguments(url))
    try:
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
