"""Usage events as they are reported, what can be wrong with one, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from models.money import Credits
from models.usage import ShortfallPolicy, UsageEventStatus
from services import rating
from services.credits import BalanceView
from services.errors import BillingError, InvalidInput
from services.inputs import identifier, rfc3339

EVENTS_MAX = 1_000
AGE_MAX = timedelta(days=35)
LEAD_MAX = timedelta(minutes=5)
# So long after it occurred an event's id is known: the same report is a duplicate, another one a
# conflict. Whoever repeats a dated report later than that is refused, because it is too old.
REMEMBERED = timedelta(days=90)
ID_LENGTH_MAX = 255
ID_PATH = ("eventId",)


# Of these a batch makes a thousand: tuples are made five times faster than frozen values.
class ReportedEvent(NamedTuple):
    """What somebody says was used. `occurred_at` None: now."""

    event_id: str
    meter: str
    quantity: Decimal
    provider: str | None = None
    model: str | None = None
    occurred_at: datetime | None = None
    agent_id: str | None = None
    session_id: str | None = None
    client_id: UUID | None = None
    own_key: bool = False

    @property
    def description(self) -> str:
        """As the ledger tells of it."""
        by_whom = self.model or self.provider
        return f"{self.meter}, {by_whom}" if by_whom else self.meter


# The places of an event's texts, what they are called, and how long they may be.
TEXTS = tuple(
    (ReportedEvent._fields.index(name), path, length_max)
    for name, path, length_max in (
        ("event_id", ID_PATH, ID_LENGTH_MAX),
        ("meter", ("meter",), rating.NAME_LENGTH_MAX),
        ("provider", ("provider",), rating.NAME_LENGTH_MAX),
        ("model", ("model",), rating.NAME_LENGTH_MAX),
        ("agent_id", ("agentId",), ID_LENGTH_MAX),
        ("session_id", ("sessionId",), ID_LENGTH_MAX),
    )
)


@dataclass(frozen=True, slots=True)
class Report:
    """Events of one workspace, to be decided in this order. At most 1,000."""

    workspace_id: UUID
    events: Sequence[ReportedEvent]
    shortfall: ShortfallPolicy = ShortfallPolicy.REJECT

    def check_size(self) -> None:
        """Raises InvalidInput for more than 1,000 events."""
        if len(self.events) > EVENTS_MAX:
            raise InvalidInput(
                f"At most {EVENTS_MAX:,} events at once, not {len(self.events):,}.",
                path=("events",),
            )


class EventResult(NamedTuple):
    """What became of one event. `credits` is what it cost, for a duplicate the first time."""

    event_id: str
    status: UsageEventStatus
    credits: Credits
    error: BillingError | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a report, in its order, and the balance after it."""

    results: Sequence[EventResult]
    credit_balance: BalanceView

    @property
    def accepted(self) -> int:
        return self._count(UsageEventStatus.ACCEPTED)

    @property
    def duplicates(self) -> int:
        return self._count(UsageEventStatus.DUPLICATE)

    @property
    def rejected(self) -> int:
        return self._count(UsageEventStatus.REJECTED)

    @property
    def credits(self) -> Credits:
        """What the accepted ones cost together."""
        accepted = (each for each in self.results if each.status is UsageEventStatus.ACCEPTED)
        return Credits(sum(each.credits.millicredits for each in accepted))

    def _count(self, status: UsageEventStatus) -> int:
        return sum(each.status is status for each in self.results)


def problems_of(events: Sequence[ReportedEvent]) -> list[BillingError | None]:
    """What can never be right about each event, whatever the workspace; None: nothing.

    A text that many events share is looked at once.
    """
    found: list[BillingError | None] = [None] * len(events)
    for position, path, length_max in TEXTS:
        column: list[Any] = [event[position] for event in events]
        wrong = _problems_of_texts(column, path=path, length_max=length_max)
        if wrong:
            found = [
                problem or wrong.get(text) for problem, text in zip(found, column, strict=True)
            ]
    return [
        problem or rating.check_quantity(event.quantity)
        for problem, event in zip(found, events, strict=True)
    ]


def _problems_of_texts(
    texts: Iterable[str | None], *, path: Sequence[str], length_max: int
) -> dict[str | None, InvalidInput]:
    wrong: dict[str | None, InvalidInput] = {}
    for text in set(texts):
        if text is not None:
            try:
                identifier(text, path=path, length_max=length_max)
            except InvalidInput as problem:
                wrong[text] = problem
    return wrong


class Timely(NamedTuple):
    """Which events are taken while it is `now`: from when to when they occurred."""

    now: datetime
    first: datetime
    last: datetime

    @classmethod
    def at(cls, now: datetime) -> Timely:
        """By AGE_MAX and LEAD_MAX."""
        return cls(now, now - AGE_MAX, now + LEAD_MAX)

    def check(self, occurred_at: datetime) -> None:
        """Raises InvalidInput for an event that is reported too late or too early."""
        if self.first <= occurred_at <= self.last:
            return
        told, now = rfc3339(occurred_at), rfc3339(self.now)
        problem = (
            f"{told} is too old: events are taken up to {AGE_MAX.days} days after they occurred, "
            f"and it is {now}."
            if occurred_at < self.first
            else f"{told} is too early to report: it is {now}, and clocks may differ by "
            f"{LEAD_MAX.seconds // 60} minutes."
        )
        raise InvalidInput(problem, path=("occurredAt",))
