"""What a run of `bench.growth` found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from bench import machine
from bench.growth_contest import WRITES
from bench.slices import Comparison, Slice, compared

WRITES_AIM, READS_AIM = 0.70, 0.85
NOT_MEASURED = (
    "data that does not fit into memory, and a cold cache",
    "folding the sums and all other jobs: a worker does them, besides",
    "usage of many years: the events are those of twelve months",
    "a network between server and database, TLS, several server processes, many cores",
)


@dataclass(frozen=True)
class GrowthReport:
    """All findings of one run."""

    form: str
    facts: Mapping[str, Any]
    writes: tuple[int, int]
    reads: tuple[int, int]
    accepted: Mapping[int, int]
    invariants: Mapping[int, int]
    slices: Sequence[Slice]

    @property
    def comparisons(self) -> list[Comparison]:
        """The many events against the few, for each load."""
        queries = dict.fromkeys(piece.query for piece in self.slices)
        return [self._compared(query) for query in queries]

    def text(self) -> str:
        """As it is printed."""
        return "\n".join(self._lines()) + "\n"

    def write(self, path: Path) -> None:
        """Every slice, without the single latencies, and all that was computed from them."""
        path.parent.mkdir(parents=True, exist_ok=True)
        slices = [replace(piece, latencies=[]) for piece in self.slices]
        kept = asdict(replace(self, slices=slices))
        kept["comparisons"] = [asdict(one) for one in self.comparisons]
        options = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS
        path.write_bytes(orjson.dumps(kept, option=options, default=str))

    def _compared(self, query: str) -> Comparison:
        few, many = (self._of(query, size) for size in self._sizes(query))
        return compared(query, many, few)

    def _of(self, query: str, size: int) -> list[Slice]:
        return [
            piece for piece in self.slices if (piece.query, piece.program) == (query, str(size))
        ]

    def _sizes(self, query: str) -> tuple[int, int]:
        return self.writes if query == WRITES else self.reads

    def _lines(self) -> Iterator[str]:
        yield from self._ratios()
        yield from self._absolutes()
        yield from self._conditions()
        yield "\nNot measured"
        yield from (f"  {what}" for what in NOT_MEASURED)

    def _ratios(self) -> Iterator[str]:
        yield "\nOperations per second with many events stored, as a ratio to few in the same round"
        yield (
            f"  {'load':<35} {'many':>10} {'few':>9}  median  2nd lowest  2nd highest   aim"
            "  rounds  rejected  by CPU"
        )
        for one in self.comparisons:
            few, many = self._sizes(one.query)
            low, high = one.spread
            aim = WRITES_AIM if one.query == WRITES else READS_AIM
            yield (
                f"  {one.query:<35} {many:>10,} {few:>9,} {one.middle:7.2f} {low:11.2f}"
                f" {high:12.2f} {aim:5.2f} {len(one.ratios):7} {one.rounds_rejected:9}"
                f" {one.limit.cpu_us / one.ours.cpu_us:7.2f}"
            )

    def _absolutes(self) -> Iterator[str]:
        yield "\nOn this machine, now (CPU in microseconds per operation: an event, or a request)"
        yield (
            f"  {'load':<35} {'stored':>10}  per second   p50 ms   p99 ms  app CPU"
            "  PostgreSQL CPU  generator"
        )
        for one in self.comparisons:
            few, many = self._sizes(one.query)
            yield f"  {one.query:<35} {few:>10,}" + one.limit.columns
            yield f"  {one.query:<35} {many:>10,}" + one.ours.columns

    def _conditions(self) -> Iterator[str]:
        facts = self.facts
        clean = ", ".join(f"{size:,}" for size in self.invariants)
        yield "\nConditions"
        yield (
            f"  {sum(self.accepted.values()):,} events accepted, as many stored, once each, and "
            "paid to the millicredit"
        )
        yield (
            f"  {next(iter(self.invariants.values()))} invariants of the books hold where {clean} "
            "events were stored"
        )
        yield (
            f"  {facts['processor']}, {facts['cores']} cores, Python {facts['python']}, "
            f"PostgreSQL {facts['postgresql']}, fsync on ({facts['fdatasync_ms']} ms), "
            f"revision {facts['revision']}{'+' if facts['uncommitted_changes'] else ''}"
        )
        yield from machine.others(facts, self.slices)
