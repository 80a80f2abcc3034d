"""Sums of usage by calendar time and by what was used.

Whole days come from sums by the day, the rest of a zone's days from sums of shorter slots, and what
a report cuts in two from the events themselves: all of it in one statement, whose snapshot sees
every event once. So every report is exact to the millicredit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tortoise import connections

from models.money import Credits
from models.usage import UsageDimension, UsageGrain
from services import inputs, usage_cubes
from services.errors import InvalidInput
from services.usage_cubes import HOUR, Cube

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# no event lies outside (services.inputs.instant)
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)
BUCKETS_MAX = 10_000
# a day may have an hour or two more, and an hour half of one
LONGEST = {
    UsageGrain.HOUR: timedelta(hours=2),
    UsageGrain.DAY: timedelta(hours=26),
    UsageGrain.MONTH: timedelta(days=31, hours=2),
}
NAMES_MAX = 100
COLUMNS = {
    UsageDimension.METER: "meter",
    UsageDimension.PROVIDER: "provider",
    UsageDimension.MODEL: "model",
    UsageDimension.AGENT: "agent_id",
    UsageDimension.CLIENT: "client_id",
}


@dataclass(frozen=True, slots=True)
class UsageFilter:
    """Which events count: all that fit all of it. None: whatever."""

    start: datetime | None = None
    end: datetime | None = None
    meters: tuple[str, ...] | None = None
    agent_ids: tuple[str, ...] | None = None
    client_id: UUID | None = None
    session_id: str | None = None

    def check(self, *path: str) -> None:
        """Raises InvalidInput for what no event could have."""
        for name, bound in (("from", self.start), ("to", self.end)):
            if bound is not None:
                inputs.instant(bound, path=(*path, name))
        for name, values in (("meters", self.meters), ("agentIds", self.agent_ids)):
            if values is not None and len(values) > NAMES_MAX:
                raise InvalidInput(
                    f"{name} has {len(values)} entries; at most {NAMES_MAX} are looked for.",
                    path=(*path, name),
                )
            for value in values or ():
                inputs.identifier(value, path=(*path, name), length_max=255)
        if self.session_id is not None:
            inputs.identifier(self.session_id, path=(*path, "sessionId"), length_max=255)

    @property
    def conditions(self) -> list[tuple[str, object]]:
        """As SQL, but for the times, each with the value that goes where `{}` stands."""
        found: list[tuple[str, object]] = []
        if self.meters is not None:
            found.append(("meter = ANY({}::text[])", self.meters))
        if self.agent_ids is not None:
            found.append(("agent_id = ANY({}::text[])", self.agent_ids))
        if self.client_id is not None:
            found.append(("client_id = {}", self.client_id))
        if self.session_id is not None:
            found.append(("session_id = {}", self.session_id))
        return found

    @property
    def dimensions(self) -> set[UsageDimension]:
        """By which events are told apart to find those that fit."""
        asked = {
            UsageDimension.METER: self.meters,
            UsageDimension.AGENT: self.agent_ids,
            UsageDimension.CLIENT: self.client_id,
        }
        return {dimension for dimension, value in asked.items() if value is not None}


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What a report is about: [start, end) in buckets of `grain` on a zone's calendar."""

    start: datetime
    end: datetime
    grain: UsageGrain
    group_by: tuple[UsageDimension, ...]
    filter: UsageFilter
    time_zone: str

    def check(self) -> None:
        """Raises InvalidInput for what cannot be reported."""
        inputs.instant(self.start, path=("from",))
        inputs.instant(self.end, path=("to",))
        inputs.time_zone(self.time_zone, path=("timeZone",))
        if self.start >= self.end:
            raise InvalidInput(
                f"The end {inputs.rfc3339(self.end)} is not after the start "
                f"{inputs.rfc3339(self.start)}.",
                path=("to",),
            )
        self.filter.check("filter")


@dataclass(frozen=True, slots=True)
class UsageBucket:
    """Sums of what was used in one span of time; None for what they are not told apart by."""

    start: datetime
    meter: str | None
    provider: str | None
    model: str | None
    agent_id: str | None
    client_id: UUID | None
    quantity: Decimal
    credits: Credits
    events: int


@dataclass(frozen=True, slots=True)
class UsageReport:
    """Buckets in the order of time, then of what they are told apart by; none without usage."""

    buckets: Sequence[UsageBucket]

    @property
    def total(self) -> Credits:
        return Credits(sum(bucket.credits.millicredits for bucket in self.buckets))

    @property
    def events(self) -> int:
        return sum(bucket.events for bucket in self.buckets)


async def reports(
    workspace_ids: Sequence[UUID], request: ReportRequest
) -> Mapping[UUID, UsageReport]:
    """The same report of each of these workspaces, in one query.

    Raises InvalidInput for what cannot be reported, or has too many buckets.
    """
    request.check()
    start = max(request.start, request.filter.start or request.start)
    end = min(request.end, request.filter.end or request.end)
    if start >= end:
        return {workspace_id: UsageReport([]) for workspace_id in workspace_ids}
    bounds = _bounds(request, start, end)
    query = _Query(workspace_ids, request, bounds)
    sql = query.text(start, end)
    rows = await connections.get("default").execute_query_dict(sql, query.values)
    if len(rows) > BUCKETS_MAX:
        raise _too_many()
    found: dict[UUID, list[UsageBucket]] = {workspace_id: [] for workspace_id in workspace_ids}
    for row in rows:
        found[row["workspace_id"]].append(_bucket(row, bounds))
    return {workspace_id: UsageReport(buckets) for workspace_id, buckets in found.items()}


async def count(workspace_ids: Sequence[UUID], wanted: UsageFilter) -> dict[UUID, int]:
    """How many events of each of these workspaces the filter lets through, exactly.

    From the sums, except for one session's, which they do not know and which are few.
    """
    start, end = wanted.start or FIRST, wanted.end or LAST
    found = dict.fromkeys(workspace_ids, 0)
    if start >= end:
        return found
    request = ReportRequest(start, end, UsageGrain.TOTAL, (), wanted, "UTC")
    query = _Query(workspace_ids, request, [start])
    sql = query.text(start, end)
    rows = await connections.get("default").execute_query_dict(sql, query.values)
    return found | {row["workspace_id"]: int(row["events"]) for row in rows}


def _bucket(row: Mapping[str, Any], bounds: Sequence[datetime]) -> UsageBucket:
    return UsageBucket(
        start=bounds[row["bucket"] - 1],
        meter=row["meter"],
        provider=row["provider"],
        model=row["model"],
        agent_id=row["agent_id"],
        client_id=row["client_id"],
        quantity=row["quantity"],
        credits=Credits(int(row["credits_mc"])),
        events=int(row["events"]),
    )


def _too_many() -> InvalidInput:
    return InvalidInput(
        f"The report would have more than {BUCKETS_MAX:,} buckets; ask for a coarser grain, a "
        "shorter time or fewer dimensions.",
        path=("grain",),
    )


# ------------------------------------------------------------------ where buckets begin


def _bounds(request: ReportRequest, start: datetime, end: datetime) -> list[datetime]:
    """Where each bucket begins on the zone's calendar, from the one that `start` lies in."""
    if request.grain is UsageGrain.TOTAL:
        return [start]
    found: list[datetime] = []
    for bound in _beginnings(request.grain, start, ZoneInfo(request.time_zone)):
        if bound >= end:
            return found
        if len(found) == BUCKETS_MAX:
            raise _too_many()
        found.append(bound)
    raise AssertionError("a calendar does not end")


def _beginnings(grain: UsageGrain, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
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


# ------------------------------------------------------------------ where the sums come from


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until before `end`."""

    start: datetime
    end: datetime


@dataclass(slots=True)
class _Sources:
    """What a report reads: whole days, shorter slots, and events where a bucket cuts a slot."""

    days: list[Span] = field(default_factory=list)
    slots: list[Span] = field(default_factory=list)
    events: list[Span] = field(default_factory=list)

    @classmethod
    def of(cls, pieces: Sequence[datetime], slot: timedelta, *, has_days: bool) -> _Sources:
        """For the time from the first of `pieces` to the last, none of which may be straddled."""
        found = cls()
        levels = [(usage_cubes.DAY, found.days), (slot, found.slots)]
        for start, end in pairwise(pieces):
            found._split(Span(start, end), levels if has_days else levels[1:])
        for spans in (found.days, found.slots, found.events):
            spans[:] = _joined(spans)
        return found

    @property
    def additions(self) -> list[Span]:
        """Where additions count that are not folded yet."""
        return _joined(sorted([*self.days, *self.slots], key=lambda span: span.start))

    def _split(self, span: Span, levels: Sequence[tuple[timedelta, list[Span]]]) -> None:
        """What is whole goes to the longest slots, the ends to shorter ones."""
        if span.start >= span.end:
            return
        if not levels:
            self.events.append(span)
            return
        (length, spans), *shorter = levels
        whole = Span(-(-(span.start - EPOCH) // length) * length + EPOCH, _floor(span.end, length))
        if whole.start >= whole.end:
            self._split(span, shorter)
            return
        self._split(Span(span.start, whole.start), shorter)
        spans.append(whole)
        self._split(Span(whole.end, span.end), shorter)


def _floor(at: datetime, length: timedelta) -> datetime:
    return (at - EPOCH) // length * length + EPOCH


def _joined(spans: Iterable[Span]) -> list[Span]:
    """One span where one begins as another ends."""
    found: list[Span] = []
    for span in spans:
        if found and found[-1].end == span.start:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


# ------------------------------------------------------------------ the query


class _Query:
    """One statement and the values that are bound to it."""

    def __init__(
        self, workspace_ids: Sequence[UUID], request: ReportRequest, bounds: Sequence[datetime]
    ) -> None:
        self._request = request
        self.values: list[Any] = []
        self._workspaces = self._bind(list(workspace_ids), "uuid[]")
        self._bounds = self._bind(list(bounds), "timestamptz[]")
        self._beginnings = bounds
        self._conditions = "".join(
            f" AND {condition.format(self._bind(_bindable(value)))}"
            for condition, value in request.filter.conditions
        )

    def text(self, start: datetime, end: datetime) -> str:
        """The SQL for the buckets of [start, end)."""
        grouped = list(dict.fromkeys(COLUMNS[dimension] for dimension in self._request.group_by))
        shown = ", ".join(
            column if column in grouped else f"NULL AS {column}" for column in COLUMNS.values()
        )
        keys = ", ".join(["workspace_id", "bucket", *grouped])
        return (
            f"SELECT workspace_id, width_bucket(at, {self._bounds}) AS bucket, {shown}, "  # noqa: S608 - names of ours, values are bound
            "sum(quantity) AS quantity, sum(credits_mc) AS credits_mc, sum(events) AS events "
            f"FROM ({' UNION ALL '.join(self._parts(start, end))}) AS used "
            f"GROUP BY {keys} ORDER BY {keys} LIMIT {BUCKETS_MAX + 1}"
        )

    def _parts(self, start: datetime, end: datetime) -> Iterator[str]:
        if self._request.filter.session_id is not None:  # the sums do not know sessions
            yield self._events([Span(start, end)])
            return
        slot, day = usage_cubes.cubes_for(self._dimensions)
        inner = [at for at in self._beginnings if start < at < end]
        has_days = self._request.grain is not UsageGrain.HOUR
        if not has_days:  # of thousands of hours only those matter that cut a slot
            inner = [at for at in inner if _floor(at, slot.length) != at]
        sources = _Sources.of([start, *inner, end], slot.length, has_days=has_days)
        if sources.days:
            yield self._sums(day, sources.days)
        if sources.slots:
            yield self._sums(slot, sources.slots)
        if sources.additions:
            yield self._additions(sources.additions)
        if sources.events:
            yield self._events(sources.events)

    @property
    def _dimensions(self) -> set[UsageDimension]:
        return {*self._request.group_by, *self._request.filter.dimensions}

    def _sums(self, cube: Cube, spans: Sequence[Span]) -> str:
        return self._read(
            "slot, meter, provider, model, agent_id, client_id, quantity, credits_mc, events",
            f"usage_rollup WHERE cube = {cube.number}",
            "slot",
            spans,
            rows_max=self._rows_max(cube),
        )

    def _rows_max(self, cube: Cube) -> int | None:
        """With more sums than this there are too many buckets, so that no more need be read.

        A bucket has only so many slots, if its sums are told apart by no more than it is.
        """
        length = LONGEST.get(self._request.grain)
        if length is None or cube.dimensions != set(self._request.group_by):
            return None
        return BUCKETS_MAX * (length // cube.length + 1)

    def _additions(self, spans: Sequence[Span]) -> str:
        # a moment lies in a span when an odd number of their ends is behind it
        ends = self._bind([at for span in spans for at in (span.start, span.end)], "timestamptz[]")
        return (
            "SELECT workspace_id, slot AS at, meter, provider, model, agent_id, client_id, "  # noqa: S608 - as above
            "quantity, credits_mc, events FROM usage_addition "
            f"WHERE workspace_id = ANY({self._workspaces}) "
            f"AND width_bucket(slot, {ends}) % 2 = 1{self._conditions}"
        )

    def _events(self, spans: Sequence[Span]) -> str:
        return self._read(
            "occurred_at, meter, provider, model, agent_id, client_id, quantity, credits_mc, 1",
            "usage_event WHERE true",
            "occurred_at",
            spans,
        )

    def _read(
        self,
        columns: str,
        source: str,
        time: str,
        spans: Sequence[Span],
        *,
        rows_max: int | None = None,
    ) -> str:
        starts = self._bind([span.start for span in spans], "timestamptz[]")
        ends = self._bind([span.end for span in spans], "timestamptz[]")
        limit = f" LIMIT {rows_max + 1}" if rows_max is not None else ""
        # OFFSET keeps the spans from being joined with everything: each is a piece of an index
        return (
            "(SELECT part.* "  # noqa: S608 - as above
            f"FROM unnest({starts}, {ends}) AS span (start, until) "
            f"CROSS JOIN LATERAL (SELECT workspace_id, {columns} FROM {source} "
            f"AND workspace_id = ANY({self._workspaces}) AND {time} >= span.start "
            f"AND {time} < span.until{self._conditions} OFFSET 0) AS part (workspace_id, at, "
            "meter, provider, model, agent_id, client_id, quantity, credits_mc, events)"
            f"{limit})"
        )

    def _bind(self, value: object, type_name: str | None = None) -> str:
        self.values.append(value)
        return f"${len(self.values)}" + (f"::{type_name}" if type_name else "")


def _bindable(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
