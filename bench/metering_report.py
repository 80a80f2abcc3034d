"""What a run of `bench.metering` found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from bench import machine
from bench.decoding import Decoding
from bench.metering_contest import BATCH, GROUPED, HOT, ONE_BY_ONE, SPREAD
from bench.slices import LIMIT, OURS, Comparison, Slice, compared

# Name, whose slices against whose (query and program), and the ratio that is aimed at.
COMPARISONS = (
    ("1,000 at once / the function alone", (BATCH, OURS), (BATCH, LIMIT), 0.80),
    ("single / one by one", (SPREAD, OURS), (SPREAD, ONE_BY_ONE), 5.0),
    ("single, one account / one by one", (HOT, OURS), (HOT, ONE_BY_ONE), 25.0),
    ("the same without HTTP", (GROUPED, OURS), (GROUPED, ONE_BY_ONE), 25.0),
    ("single, one account / many accounts", (HOT, OURS), (SPREAD, OURS), 0.9),
)
DECODING_AIM = 20
NOT_MEASURED = (
    "a network between server and database (here a socket on the same machine)",
    "folding the sums and all other jobs: a worker does them, besides",
    "clients, calls, debts, lots that end, refusals: every event is paid from one lot",
    "a cold cache, or data that does not fit into memory; growth (bench.growth)",
    "TLS, HTTP/2, several server processes, many cores",
)


@dataclass(frozen=True)
class MeteringReport:
    """All findings of one run."""

    form: str
    facts: Mapping[str, Any]
    durability: Mapping[str, str]
    events: int
    invariants: int
    decoding: Decoding
    slices: Sequence[Slice]

    @property
    def comparisons(self) -> list[tuple[Comparison, float]]:
        """Each with the ratio that is aimed at."""
        return [
            (compared(name, self._of(*ours), self._of(*theirs)), aim)
            for name, ours, theirs, aim in COMPARISONS
        ]

    def text(self) -> str:
        """As it is printed."""
        return "\n".join(self._lines()) + "\n"

    def write(self, path: Path) -> None:
        """Every slice, without the single latencies, and all that was computed from them."""
        path.parent.mkdir(parents=True, exist_ok=True)
        slices = [replace(piece, latencies=[]) for piece in self.slices]
        kept = asdict(replace(self, slices=slices))
        kept["comparisons"] = [asdict(one) for one, _ in self.comparisons]
        path.write_bytes(orjson.dumps(kept, option=orjson.OPT_INDENT_2, default=str))

    def _of(self, query: str, program: str) -> list[Slice]:
        return [piece for piece in self.slices if (piece.query, piece.program) == (query, program)]

    def _lines(self) -> Iterator[str]:
        yield from self._ratios()
        yield from self._decoding()
        yield from self._absolutes()
        yield from self._conditions()
        yield "\nNot measured"
        yield from (f"  {what}" for what in NOT_MEASURED)

    def _ratios(self) -> Iterator[str]:
        yield "\nrecordUsage: events per second, as a ratio within the same round"
        yield (
            f"  {'ours / theirs':<37} median  2nd lowest  2nd highest  aim  rounds  rejected"
            "  by CPU     p99"
        )
        for one, aim in self.comparisons:
            low, high = one.spread
            by_cpu = one.limit.cpu_us / one.ours.cpu_us
            yield (
                f"  {one.query:<36} {one.middle:7.2f} {low:11.2f} {high:12.2f} {aim:4g}"
                f" {len(one.ratios):7} {one.rounds_rejected:9} {by_cpu:7.2f}"
                f" {one.ours.p99_ms / one.limit.p99_ms:6.2f}x"
            )

    def _decoding(self) -> Iterator[str]:
        found = self.decoding
        ratios, with_all = found.ratios, found.ratios_with_objects
        yield "\nVariables of 1,000 events to values, CPU in microseconds per event"
        yield (
            f"  JSON parser {median(found.json_us):.2f}, graphql-core's values "
            f"{median(found.coercion_us):.2f}, Strawberry's objects of them "
            f"{median(found.objects_us):.2f}; our decoder, from bytes to objects, "
            f"{median(found.ours_us):.2f}"
        )
        yield (
            f"  graphql-core takes {median(ratios):.0f} times as long ({min(ratios):.0f} to "
            f"{max(ratios):.0f}; aim {DECODING_AIM}), all three steps {median(with_all):.0f} times "
            f"({min(with_all):.0f} to {max(with_all):.0f})"
        )

    def _absolutes(self) -> Iterator[str]:
        yield "\nOn this machine, now (CPU in microseconds per event)"
        yield (
            "  events      program       events/s   p50 ms   p99 ms  app CPU  PostgreSQL CPU"
            "  generator"
        )
        found = {}
        for (one, _), (_, ours, theirs, _) in zip(self.comparisons, COMPARISONS, strict=True):
            found[ours], found[theirs] = one.ours, one.limit
        for (query, program), totals in found.items():
            yield f"  {query:<11} {program:<10}" + totals.columns

    def _conditions(self) -> Iterator[str]:
        facts = self.facts
        settings = ", ".join(f"{name} {value}" for name, value in self.durability.items())
        yield "\nConditions"
        yield (
            f"  {self.events:,} events accepted, as many stored, once each, and paid to the "
            f"millicredit; {self.invariants} invariants of the books hold"
        )
        yield f"  {settings}; one fdatasync {facts['fdatasync_ms']} ms; a checkpoint before each"
        yield (
            f"  {facts['processor']}, {facts['cores']} cores, Python {facts['python']}, "
            f"PostgreSQL {facts['postgresql']}, "
            f"revision {facts['revision']}{'+' if facts['uncommitted_changes'] else ''}"
        )
        yield from machine.others(facts, self.slices)
