"""What workspaces of agents report: conversations of some minutes, each of one agent.

The same in every run, but for the ids of the events, which are counted: no id comes twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import count, islice
from random import Random
from typing import NamedTuple
from uuid import UUID

from bench.metered import PLAN
from bench.tenants import NOW, SEED
from models.catalog import Plan
from services import rating
from services.rating import Rated, RateTable
from services.usage_events import ReportedEvent

AGENTS = 40
DAYS = 5  # the events of a batch occurred within the last so many
EVENTS_OF_CONVERSATION = 8
# Meters by how often they are reported, and quantities from this to that.
KINDS = (
    ("llm.input_tokens", 26, 200, 6_000),
    ("llm.output_tokens", 26, 20, 900),
    ("voice.platform", 12, 1, 9),
    ("voice.stt", 12, 1, 9),
    ("interaction", 10, 1, 1),
    ("tool.use", 14, 1, 3),
)
ID_LENGTH = 14


class Kind(NamedTuple):
    """What a meter is reported with."""

    meter: str
    provider: str | None
    model: str | None


class Choice(NamedTuple):
    """Which workspace reports which pattern, by their places in the lists."""

    workspace: int
    pattern: int


@dataclass(frozen=True)
class Pattern:
    """What some events say, all but their ids, and what each costs."""

    plan_id: UUID
    events: Sequence[ReportedEvent]
    rated: Sequence[Rated]


class Ids:
    """Event ids of the same length, counted: unique in a run, whoever sends them."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def texts(self, number: int) -> list[str]:
        return [f"evt-{n:010d}" for n in islice(self._numbers, number)]

    def encoded(self, number: int) -> list[bytes]:
        return [b"evt-%010d" % n for n in islice(self._numbers, number)]


def in_turn(workspaces: int, patterns: int, seed: str) -> Iterator[Choice]:
    """Without end: one workspace after the other, with any pattern."""
    chance = Random(f"{SEED} {seed}")
    return (Choice(n % workspaces, chance.randrange(patterns)) for n in count())


def at_random(workspaces: int, patterns: int, seed: str) -> Iterator[Choice]:
    """Without end: any workspace with any pattern."""
    chance = Random(f"{SEED} {seed}")
    return (Choice(chance.randrange(workspaces), chance.randrange(patterns)) for _ in count())


async def patterns(number: int, events: int) -> list[Pattern]:
    """So many different ones of that many events. Needs the ORM, for the price list."""
    plan = await Plan.get(key=PLAN, catalog_version__is_current=True)
    table = await rating.rates_of(plan.catalog_version_id)
    kinds = _kinds(table)
    return [
        _pattern(plan, table, list(islice(_events(kinds, f"{SEED} {each}"), events)))
        for each in range(number)
    ]


def _kinds(table: RateTable) -> dict[str, list[Kind]]:
    """With which providers or models each meter has a price."""
    found: dict[str, list[Kind]] = {}
    for rate in table.in_force(NOW):
        found.setdefault(rate.meter, []).append(Kind(rate.meter, rate.provider, rate.model))
    return found


def _pattern(plan: Plan, table: RateTable, events: Sequence[ReportedEvent]) -> Pattern:
    markup = plan.provider_markup_percent
    rated = [table.rated(event, NOW, markup_percent=markup) for event in events]
    return Pattern(plan.id, events, rated)


def _events(kinds: dict[str, list[Kind]], seed: str) -> Iterator[ReportedEvent]:
    chance = Random(seed)
    meters, weights, *_ = zip(*KINDS, strict=True)
    ranges = {meter: (least, most) for meter, _, least, most in KINDS}
    for conversation in count():
        agent = chance.randrange(AGENTS)
        began = NOW - timedelta(seconds=chance.randint(600, DAYS * 86_400))
        for meter in chance.choices(meters, weights, k=EVENTS_OF_CONVERSATION):
            kind = kinds[meter][agent % len(kinds[meter])]
            quantity = Decimal(chance.randint(*ranges[meter]))
            yield ReportedEvent(
                event_id="",
                meter=meter,
                quantity=quantity / 4 if meter.startswith("voice") else quantity,
                provider=kind.provider,
                model=kind.model,
                occurred_at=began + timedelta(milliseconds=chance.randrange(600_000)),
                agent_id=f"agent-{agent}",
                session_id=f"session-{seed.rsplit(' ', 1)[-1]}-{conversation}",
            )
