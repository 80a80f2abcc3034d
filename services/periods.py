"""Billing periods: months on the workspace's own calendar (R1)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Period:
    """The half-open span [start, end), both UTC."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        assert self.start < self.end, f"a period from {self.start} to {self.end}"

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end


def boundary(anchor: datetime, index: int, time_zone: str) -> datetime:
    """The start of the period number `index`, counted from `anchor` (number 0), in UTC (R1).

    The same day and time of day on the calendar of `time_zone`, clamped to the month's end and
    reckoned from the anchor each time: 31 January, 28 February, 31 March. A time of day that the
    clocks skip moves on by what they skip (02:30 becomes 03:30), one that comes twice is the first.
    """
    if index == 0:
        return anchor  # also when the anchor itself is the second of two equal local times
    local = anchor.astimezone(ZoneInfo(time_zone))
    months = local.month - 1 + index
    year, month = local.year + months // 12, months % 12 + 1
    day = min(local.day, calendar.monthrange(year, month)[1])
    return local.replace(year=year, month=month, day=day, fold=0).astimezone(UTC)


def period_of(anchor: datetime, index: int, time_zone: str) -> Period:
    """The period number `index` of a subscription that began at `anchor` (R1)."""
    return Period(boundary(anchor, index, time_zone), boundary(anchor, index + 1, time_zone))
