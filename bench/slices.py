"""Slices of load in turn on both programs, and what they come to.

The machine's speed moves by the minute, so a ratio is taken within a round, in which both programs
run within seconds of each other, and the order is reversed from round to round (ABBA).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median

import psutil

from bench.client import Load, for_seconds, press
from bench.programs import Program, cpu_seconds
from bench.tenants import SEED

LIMIT_RATE_MIN, LIMIT_RATE_MAX = 0.6, 1.6  # of its median: outside, the round is rejected
OURS, LIMIT = "ours", "limit"


@dataclass(frozen=True)
class Slice:
    """One stretch of load on one program."""

    round: int
    query: str
    program: str
    operations: int  # requests, or what they report: one may bring a thousand events
    seconds: float
    latencies: Sequence[float]  # of requests
    app_cpu_seconds: float
    postgres_cpu_seconds: float
    generator_cpu_seconds: float
    others_share: float  # of all cores: what neither program, database nor generator used

    @property
    def rate(self) -> float:
        """Operations per second."""
        return self.operations / self.seconds


@dataclass(frozen=True)
class Totals:
    """One program under one query, over all rounds that count."""

    rate: float  # operations per second
    p50_ms: float
    p99_ms: float
    app_us: float
    postgres_us: float
    generator_share: float  # of one core

    @property
    def cpu_us(self) -> float:
        """Processor time of an operation, program and database together."""
        return self.app_us + self.postgres_us

    @property
    def columns(self) -> str:
        """Speed, latencies and processor times as reports print them."""
        return (
            f" {self.rate:11.0f} {self.p50_ms:8.1f} {self.p99_ms:8.1f} {self.app_us:8.1f}"
            f" {self.postgres_us:15.1f} {self.generator_share:10.0%}"
        )


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
        load = press(program.port, for_seconds(seconds, stream))
        return await timed((number, query, name), load, program.cpu_seconds, self.postgres)


async def timed(
    which: tuple[int, str, str],
    load: Awaitable[Load],
    app_cpu_seconds: Callable[[], float],
    postgres: psutil.Process,
) -> Slice:
    """The slice of that round, query and program: what the load came to, and who worked for it."""
    busy, app, database = _busy_seconds(), app_cpu_seconds(), cpu_seconds(postgres)
    done = await load
    app = app_cpu_seconds() - app
    database = cpu_seconds(postgres) - database
    others = _busy_seconds() - busy - app - database - done.generator_cpu_seconds
    return Slice(
        *which,
        done.operations,
        done.seconds,
        done.latencies,
        app,
        database,
        done.generator_cpu_seconds,
        max(0.0, others / done.seconds / (psutil.cpu_count() or 1)),
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
            assert load.operations == count // 4, "a lost answer"
        course.append((sum(counts.values()) * (part + 1) // 4, program.rss_mib()))
    return course


def compare(query: str, slices: Sequence[Slice]) -> Comparison:
    """Ours against the limit."""
    of_query = [piece for piece in slices if piece.query == query]
    return compared(
        query,
        [piece for piece in of_query if piece.program == OURS],
        [piece for piece in of_query if piece.program == LIMIT],
    )


def compared(name: str, ours: Sequence[Slice], limit: Sequence[Slice]) -> Comparison:
    """The rounds in which the limit was about as fast as it usually is."""
    limit_rates = {piece.round: piece.rate for piece in limit}
    usual = median(limit_rates.values())
    counted = {
        number
        for number, rate in limit_rates.items()
        if LIMIT_RATE_MIN * usual <= rate <= LIMIT_RATE_MAX * usual
    }
    our_rates = {piece.round: piece.rate for piece in ours}
    return Comparison(
        name,
        [our_rates[number] / limit_rates[number] for number in sorted(counted)],
        len(limit_rates) - len(counted),
        _totals([piece for piece in ours if piece.round in counted]),
        _totals([piece for piece in limit if piece.round in counted]),
    )


def _totals(slices: Sequence[Slice]) -> Totals:
    operations = sum(piece.operations for piece in slices)
    latencies = sorted(latency for piece in slices for latency in piece.latencies)
    return Totals(
        rate=median(piece.rate for piece in slices),
        p50_ms=latencies[len(latencies) // 2] * 1e3,
        p99_ms=latencies[len(latencies) * 99 // 100] * 1e3,
        app_us=sum(piece.app_cpu_seconds for piece in slices) / operations * 1e6,
        postgres_us=sum(piece.postgres_cpu_seconds for piece in slices) / operations * 1e6,
        generator_share=sum(piece.generator_cpu_seconds for piece in slices)
        / sum(piece.seconds for piece in slices),
    )


def _first(count: int, requests: Iterator[bytes]) -> Iterator[bytes]:
    for _ in range(count):
        yield next(requests)


def _busy_seconds() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0))
