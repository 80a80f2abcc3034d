"""Slices of load in turn on both programs, and what they come to.

The machine's speed moves by the minute, so a ratio is taken within a round, in which both programs
run within seconds of each other, and the order is reversed from round to round (ABBA).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median

import psutil

from bench.client import Load, for_seconds, press
from bench.programs import Program, cpu_seconds
from bench.tenants import SEED

LIMIT_RPS_MIN, LIMIT_RPS_MAX = 0.6, 1.6  # of its median: outside, the round is rejected
OURS, LIMIT = "ours", "limit"


@dataclass(frozen=True)
class Slice:
    """One stretch of load on one program."""

    round: int
    query: str
    program: str
    requests: int
    seconds: float
    latencies: Sequence[float]
    app_cpu_seconds: float
    postgres_cpu_seconds: float
    generator_cpu_seconds: float
    others_share: float  # of all cores: what neither program, database nor generator used

    @property
    def rps(self) -> float:
        return self.requests / self.seconds


@dataclass(frozen=True)
class Totals:
    """One program under one query, over all rounds that count."""

    rps: float
    p50_ms: float
    p99_ms: float
    app_us: float
    postgres_us: float
    generator_share: float  # of one core


@dataclass(frozen=True)
class Comparison:
    """One query: ours against the limit."""

    query: str
    ratios: Sequence[float]
    rounds_rejected: int
    ours: Totals
    limit: Totals

    @property
    def middle(self) -> float:
        return median(self.ratios)

    @property
    def spread(self) -> tuple[float, float]:
        """Second lowest and second highest; of fewer than five the lowest and the highest."""
        ordered = sorted(self.ratios)
        inner = ordered[1:-1] if len(ordered) >= 5 else ordered
        return inner[0], inner[-1]


@dataclass(frozen=True)
class Contest:
    """The programs, and the requests that each gets per query."""

    programs: Mapping[str, Program]
    postgres: psutil.Process
    requests: Mapping[tuple[str, str], Sequence[bytes]]  # by program and query

    async def warm_up(self, seconds: float) -> None:
        """Caches filled, connections open."""
        for (name, query), requests in self.requests.items():
            port = self.programs[name].port
            await press(port, for_seconds(seconds, at_random(requests, f"warm {query}")))

    async def run(self, *, rounds: int, seconds: float) -> list[Slice]:
        """All slices of all rounds."""
        queries = sorted({query for _, query in self.requests})
        return [
            await self._slice(number, query, name, seconds)
            for number in range(rounds)
            for query in queries
            for name in ((OURS, LIMIT) if number % 2 == 0 else (LIMIT, OURS))
        ]

    async def _slice(self, number: int, query: str, name: str, seconds: float) -> Slice:
        program = self.programs[name]
        stream = at_random(self.requests[name, query], f"{number} {query}")
        busy, app, database = _busy_seconds(), program.cpu_seconds(), cpu_seconds(self.postgres)
        load = await press(program.port, for_seconds(seconds, stream))
        app = program.cpu_seconds() - app
        database = cpu_seconds(self.postgres) - database
        others = _busy_seconds() - busy - app - database - load.generator_cpu_seconds
        return Slice(
            number,
            query,
            name,
            load.requests,
            load.seconds,
            load.latencies,
            app,
            database,
            load.generator_cpu_seconds,
            max(0.0, others / load.seconds / (psutil.cpu_count() or 1)),
        )


def at_random(requests: Sequence[bytes], seed: str) -> Iterator[bytes]:
    """Without end; the same for whoever has the same seed."""
    chance = Random(f"{SEED} {seed}")
    while True:
        yield requests[chance.randrange(len(requests))]


async def memory_course(
    program: Program, requests: Mapping[str, Sequence[bytes]], counts: Mapping[str, int]
) -> list[tuple[int, float]]:
    """Memory in MiB before, during and after: so many requests of each query, in four parts."""
    course = [(0, program.rss_mib())]
    for part in range(4):
        for query, count in counts.items():
            stream = at_random(requests[query], f"memory {part} {query}")
            load: Load = await press(program.port, _first(count // 4, stream))
            assert load.requests == count // 4, "a lost answer"
        course.append((sum(counts.values()) * (part + 1) // 4, program.rss_mib()))
    return course


def compare(query: str, slices: Sequence[Slice]) -> Comparison:
    """The rounds in which the limit was about as fast as it usually is."""
    of_query = [piece for piece in slices if piece.query == query]
    limit_rps = {piece.round: piece.rps for piece in of_query if piece.program == LIMIT}
    usual = median(limit_rps.values())
    counted = {
        number
        for number, rps in limit_rps.items()
        if LIMIT_RPS_MIN * usual <= rps <= LIMIT_RPS_MAX * usual
    }
    kept = [piece for piece in of_query if piece.round in counted]
    ours = {piece.round: piece.rps for piece in kept if piece.program == OURS}
    return Comparison(
        query,
        [ours[number] / limit_rps[number] for number in sorted(counted)],
        len(limit_rps) - len(counted),
        _totals([piece for piece in kept if piece.program == OURS]),
        _totals([piece for piece in kept if piece.program == LIMIT]),
    )


def _totals(slices: Sequence[Slice]) -> Totals:
    requests = sum(piece.requests for piece in slices)
    latencies = sorted(latency for piece in slices for latency in piece.latencies)
    return Totals(
        rps=median(piece.rps for piece in slices),
        p50_ms=latencies[len(latencies) // 2] * 1e3,
        p99_ms=latencies[len(latencies) * 99 // 100] * 1e3,
        app_us=sum(piece.app_cpu_seconds for piece in slices) / requests * 1e6,
        postgres_us=sum(piece.postgres_cpu_seconds for piece in slices) / requests * 1e6,
        generator_share=sum(piece.generator_cpu_seconds for piece in slices)
        / sum(piece.seconds for piece in slices),
    )


def _first(count: int, requests: Iterator[bytes]) -> Iterator[bytes]:
    for _ in range(count):
        yield next(requests)


def _busy_seconds() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0))
