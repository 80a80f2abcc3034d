"""What a run of renewals found: ratios first, then numbers of this machine, then what is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from bench.renewing import BY_ROW, CHARGED, JOB, LIMIT, ONE, TWO, WAYS, Work

NOT_MEASURED = (
    "a real provider's answers (a charge takes it some hundred milliseconds; 32 are under way)",
    "a network between workers and database (here a socket on the same machine)",
    "a cold cache, or data that does not fit into memory",
    "two workers on cores of their own: database, workers and whatever else runs share the machine",
    "renewals that are not plain: scheduled changes, cancellations, dunning, declined cards",
)


@dataclass(frozen=True)
class Turn:
    """One way to renew, once: so many subscriptions, all of them checked afterwards."""

    way: str
    size: int
    round: int
    work: Work

    @property
    def per_second(self) -> float:
        return self.size / self.work.seconds

    @property
    def app_us(self) -> float:
        return self.work.app_cpu_seconds / self.size * 1e6

    @property
    def postgres_us(self) -> float:
        return self.work.postgres_cpu_seconds / self.size * 1e6

    @property
    def cpu_us(self) -> float:
        return self.app_us + self.postgres_us


@dataclass(frozen=True)
class Ratios:
    """Of two ways, round by round: the one's renewals per second over the other's."""

    by_time: Sequence[float]
    by_cpu: Sequence[float]  # the same, as if both had the processor to themselves

    def __str__(self) -> str:
        return (
            f"{median(self.by_time):8.2f} {min(self.by_time):8.2f} {max(self.by_time):8.2f}"
            f" {median(self.by_cpu):8.2f}"
        )


@dataclass(frozen=True)
class Report:
    """All findings of one run."""

    form: str
    facts: Mapping[str, Any]
    invariants: int
    index: str
    turns: Sequence[Turn]

    def text(self) -> str:
        """As it is printed."""
        return "\n".join(self._lines()) + "\n"

    def write(self, path: Path) -> None:
        """Every turn, and the conditions."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2, default=str))

    def ratios(self, way: str, size: int, to_way: str, to_size: int) -> Ratios:
        """One way against another, which had its turn in the same round."""
        pairs = [
            (one, other)
            for one in self._turns(way, size)
            for other in self._turns(to_way, to_size)
            if one.round == other.round
        ]
        return Ratios(
            [one.per_second / other.per_second for one, other in pairs],
            [other.cpu_us / one.cpu_us for one, other in pairs],
        )

    def _turns(self, way: str, size: int) -> list[Turn]:
        return [turn for turn in self.turns if (turn.way, turn.size) == (way, size)]

    @property
    def _sizes(self) -> list[int]:
        """In which the limit had its turns, smallest first."""
        return sorted({turn.size for turn in self.turns if turn.way == LIMIT})

    def _lines(self) -> Iterator[str]:
        yield from self._ratios()
        yield from self._absolutes()
        yield from self._conditions()
        yield "\nNot measured"
        yield from (f"  {what}" for what in NOT_MEASURED)

    def _ratios(self) -> Iterator[str]:
        sizes = self._sizes
        few = next(turn.size for turn in self.turns if turn.way == BY_ROW)
        heading = "     median   lowest  highest   by CPU"
        yield f"\nRenewals per second, as ratios within a round{heading}"
        for way in (JOB, ONE, TWO, CHARGED):
            for size in sizes:
                if self._turns(way, size):
                    yield _ratio(size, f"{way} / limit", self.ratios(way, size, LIMIT, size))
        for size in sizes:
            yield _ratio(size, f"{JOB} / {BY_ROW}", self.ratios(JOB, size, BY_ROW, few))
        for size in sizes:
            yield _ratio(size, f"{TWO} / {ONE}", self.ratios(TWO, size, ONE, size))
        for size in sizes[1:]:
            against = f"{JOB} / {JOB} of {sizes[0]:,}"
            yield _ratio(size, against, self.ratios(JOB, size, JOB, sizes[0]))

    def _absolutes(self) -> Iterator[str]:
        yield "\nOn this machine, now (medians; CPU in microseconds per renewal)"
        yield "       due  way                  renewals/s  seconds  app CPU  PostgreSQL CPU"
        for size in sorted({turn.size for turn in self.turns}):
            for way in WAYS:
                if turns := self._turns(way, size):
                    yield (
                        f"  {size:>8,}  {way:<19}"
                        f"{median(turn.per_second for turn in turns):12,.0f}"
                        f"{median(turn.work.seconds for turn in turns):9.2f}"
                        f"{median(turn.app_us for turn in turns):9.0f}"
                        f"{median(turn.postgres_us for turn in turns):16.0f}"
                    )

    def _conditions(self) -> Iterator[str]:
        facts = self.facts
        rounds = len({turn.round for turn in self.turns})
        yield "\nConditions"
        yield (
            f"  {rounds} rounds; after each of {len(self.turns)} turns: every subscription billed, "
            f"paid and given its credits once,"
        )
        yield (
            f"  the same rows as the limit's in eight tables, {self.invariants} invariants of the "
            f"books hold; what is due is found by {self.index}"
        )
        yield (
            f"  {facts['processor']}, {facts['cores']} cores, load {facts['load_average'][0]}, "
            f"Python {facts['python']}, PostgreSQL {facts['postgresql']}, fsync on "
            f"({facts['fdatasync_ms']} ms), revision {facts['revision']}"
            f"{'+' if facts['uncommitted_changes'] else ''}"
        )


def _ratio(size: int, what: str, ratios: Ratios) -> str:
    return f"  {size:>8,}  {what:<36}{ratios}"
