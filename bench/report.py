"""What a run found: ratios first, then numbers of this machine, then what was not measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from bench.slices import Comparison, Slice, Totals, compare
from bench.statements import Plan

NOT_MEASURED = (
    "a network between server and database (here a socket on the same machine)",
    "noting the last use of a key: one UPDATE per key and minute",
    "a cold cache, or data that does not fit into memory",
    "TLS, HTTP/2, several server processes, many cores",
    "mutations, metering, growth",
    "other servers side by side",
)


@dataclass(frozen=True)
class FirstRequest:
    """A document that the server has not seen before, against one that it has."""

    query: str
    first_ms: float
    cached_ms: float


@dataclass(frozen=True)
class Measured:
    """What was found while both programs ran."""

    compared: int
    answer_bytes: Mapping[str, int]
    first_requests: Sequence[FirstRequest]
    memory: Sequence[tuple[int, float]]
    memory_mix: Mapping[str, int]
    slices: Sequence[Slice]

    @property
    def comparisons(self) -> list[Comparison]:
        return [compare(query, self.slices) for query in self.answer_bytes]


@dataclass(frozen=True)
class Report:
    """All findings of one run."""

    form: str
    facts: Mapping[str, Any]
    workspaces: int
    invariants: int
    plans: Mapping[str, Sequence[Plan]]
    measured: Measured

    def text(self) -> str:
        """As it is printed."""
        return "\n".join(self._lines()) + "\n"

    def write(self, path: Path) -> None:
        """Every slice, without the single latencies, and all that was computed from them."""
        path.parent.mkdir(parents=True, exist_ok=True)
        slices = [replace(piece, latencies=[]) for piece in self.measured.slices]
        kept = asdict(replace(self, measured=replace(self.measured, slices=slices)))
        kept["comparisons"] = [asdict(one) for one in self.measured.comparisons]
        path.write_bytes(orjson.dumps(kept, option=orjson.OPT_INDENT_2, default=str))

    def _lines(self) -> Iterator[str]:
        yield from self._ratios()
        yield from self._absolutes()
        yield from self._memory()
        yield from self._statements()
        yield from self._conditions()
        yield "\nNot measured"
        yield from (f"  {what}" for what in NOT_MEASURED)

    def _ratios(self) -> Iterator[str]:
        yield "\nRequests per second, as a ratio to the limit in the same round (1 = the limit)"
        yield "  query   median  2nd lowest  2nd highest  rounds  rejected  CPU/request  p99"
        for one in self.measured.comparisons:
            low, high = one.spread
            cpu = _cpu_us(one.ours) / _cpu_us(one.limit)
            yield (
                f"  {one.query:<6} {one.middle:7.3f} {low:11.3f} {high:12.3f} {len(one.ratios):7}"
                f" {one.rounds_rejected:9} {cpu:11.1f}x {one.ours.p99_ms / one.limit.p99_ms:4.0f}x"
            )

    def _absolutes(self) -> Iterator[str]:
        yield "\nOn this machine, now (CPU in microseconds per request; 16 connections)"
        yield "  query   program  requests/s   p50 ms   p99 ms  app CPU  PostgreSQL CPU  generator"
        for one in self.measured.comparisons:
            for name, totals in (("ours", one.ours), ("limit", one.limit)):
                yield f"  {one.query:<7} {name:<7}" + _totals(totals)
        yield ""
        for first in self.measured.first_requests:
            yield (
                f"  {first.query}: the first request of a document {first.first_ms:.1f} ms, "
                f"once it is cached {first.cached_ms:.1f} ms (one connection, medians)"
            )

    def _memory(self) -> Iterator[str]:
        mix, course = self.measured.memory_mix, self.measured.memory
        asked = " and ".join(f"{count:,} {query}" for query, count in mix.items())
        yield f"\nMemory of the server process over {course[-1][0]:,} requests ({asked})"
        yield "  after requests  " + "".join(f"{count:>9,}" for count, _ in course)
        yield "  resident MiB    " + "".join(f"{mib:>9.1f}" for _, mib in course)

    def _statements(self) -> Iterator[str]:
        yield "\nSQL statements of one request, the key's included"
        for query, plans in self.plans.items():
            milliseconds = sum(plan.milliseconds for plan in plans)
            scans = {table for plan in plans for table in plan.big_scans}
            read = f"reads from end to end: {', '.join(sorted(scans))}" if scans else "no big scan"
            yield (
                f"  {query:<6} {len(plans):3}   {milliseconds:.2f} ms in PostgreSQL under EXPLAIN, "
                f"{read}"
            )

    def _conditions(self) -> Iterator[str]:
        facts, measured = self.facts, self.measured
        sizes = ", ".join(f"{query} {size:,}" for query, size in measured.answer_bytes.items())
        yield "\nConditions"
        yield f"  {self.workspaces:,} workspaces; bytes of an answer: {sizes}"
        yield (
            f"  answers equal field by field for {measured.compared} workspaces, before and after; "
            f"{self.invariants} invariants of the books hold"
        )
        yield (
            f"  {facts['processor']}, {facts['cores']} cores, Python {facts['python']}, "
            f"PostgreSQL {facts['postgresql']}, fsync on ({facts['fdatasync_ms']} ms), "
            f"revision {facts['revision']}{'+' if facts['uncommitted_changes'] else ''}"
        )
        others = max(piece.others_share for piece in measured.slices)
        yield f"  others took up to {others:.0%} of the machine during a slice"


def _cpu_us(totals: Totals) -> float:
    return totals.app_us + totals.postgres_us


def _totals(totals: Totals) -> str:
    return (
        f" {totals.rate:10.0f} {totals.p50_ms:8.1f} {totals.p99_ms:8.1f} {totals.app_us:8.0f}"
        f" {totals.postgres_us:15.0f} {totals.generator_share:9.0%}"
    )
