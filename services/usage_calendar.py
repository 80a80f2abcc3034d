"""Where buckets of a calendar begin, and which sums and events cover the time between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from models.usage import UsageGrain
from services.usage_cubes import HOUR, Cube

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def beginnings(grain: UsageGrain, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Where each bucket begins on the zone's calendar, from the one that `start` lies in."""
    if grain is UsageGrain.HOUR:
        yield from _hours(start, zone)
        return
    day = start.astimezone(zone).date()
    if grain is UsageGrain.MONTH:
        day = day.replace(day=1)
    while True:
        # a midnight that clocks skip is the moment at which they do
        yield datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
        day += timedelta(days=1)
        while grain is UsageGrain.MONTH and day.day != 1:
            day += timedelta(days=1)


def _hours(start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Full hours as the zone's clocks show them, and where half of one comes twice."""
    bound = _full_hour(start, zone)
    while True:
        yield bound
        after = _full_hour(bound + HOUR, zone)
        bound = after if after > bound else bound + HOUR


def _full_hour(at: datetime, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    return local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)


def floor(at: datetime, length: timedelta) -> datetime:
    """Where the slot of this length begins that an instant lies in."""
    return (at - EPOCH) // length * length + EPOCH


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until before `end`."""

    start: datetime
    end: datetime


@dataclass(slots=True)
class Sources:
    """What covers a time: sums of slots, as long as they can be, and events where a slot is cut."""

    sums: dict[Cube, list[Span]] = field(default_factory=dict)
    events: list[Span] = field(default_factory=list)

    @classmethod
    def of(cls, pieces: Sequence[datetime], cubes: Sequence[Cube]) -> Sources:
        """For the time from the first of `pieces` to the last, none of which may be straddled.

        `cubes` go from long slots to short ones.
        """
        found = cls({cube: [] for cube in cubes})
        for start, end in pairwise(pieces):
            found._split(Span(start, end), cubes)
        found.sums = {cube: _joined(spans) for cube, spans in found.sums.items() if spans}
        found.events = _joined(found.events)
        return found

    @property
    def additions(self) -> list[Span]:
        """Where additions count that are not folded yet."""
        summed = (span for spans in self.sums.values() for span in spans)
        return _joined(sorted(summed, key=lambda span: span.start))

    def _split(self, span: Span, cubes: Sequence[Cube]) -> None:
        """What is whole goes to the longest slots, the ends to shorter ones."""
        if span.start >= span.end:
            return
        if not cubes:
            self.events.append(span)
            return
        longest, *shorter = cubes
        first = floor(span.start + longest.length - timedelta.resolution, longest.length)
        last = floor(span.end, longest.length)
        if first >= last:
            self._split(span, shorter)
            return
        self._split(Span(span.start, first), shorter)
        self.sums[longest].append(Span(first, last))
        self._split(Span(last, span.end), shorter)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """One span where one begins as another ends."""
    found: list[Span] = []
    for span in spans:
        if found and found[-1].end == span.start:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found
