"""Sums of usage by calendar time and by what was used.

Whole days come from sums by the day, the rest of a zone's days from sums of shorter slots, and what
a report cuts in two from the events themselves: all of it in one statement, whose snapshot sees
every event once. So every report is exact to the millicredit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tortoise import connections

from models.money import Credits
from models.usage import UsageDimension, UsageGrain
from services import usage_cubes
from services.errors import InvalidInput
from services.usage_calendar import Sources, Span, beginnings, floor
from services.usage_cubes import HOUR, Cube
from services.usage_questions import ReportRequest, UsageFilter

# no event lies outside (services.inputs.instant)
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)
BUCKETS_MAX = 10_000
# so many sums are read first of what may have far too many buckets
FIRST_ROWS = 100_000, 1_000_000
# a day may have an hour or two more, and an hour half of one
LONGEST = {
    UsageGrain.HOUR: timedelta(hours=2),
    UsageGrain.DAY: timedelta(hours=26),
    UsageGrain.MONTH: timedelta(days=31, hours=2),
}
COLUMNS = {
    UsageDimension.METER: "meter",
    UsageDimension.PROVIDER: "provider",
    UsageDimension.MODEL: "model",
    UsageDimension.AGENT: "agent_id",
    UsageDimension.CLIENT: "client_id",
}


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
    query = _Query(workspace_ids, request, bounds, Span(start, end))
    rows = await _rows(query)
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
    rows = await _rows(_Query(workspace_ids, request, [start], Span(start, end)))
    return found | {row["workspace_id"]: int(row["events"]) for row in rows}


async def _rows(query: _Query) -> list[dict[str, Any]]:
    """The rows of a report, from one statement.

    Raises InvalidInput when the first sums that are read have too many buckets already, or all.
    """
    for rows_max in (None,) if query.is_bounded else (*FIRST_ROWS, None):
        sql = query.text(rows_max)
        rows: list[dict[str, Any]] = await connections.get("default").execute_query_dict(
            sql, query.values
        )
        if len(rows) > BUCKETS_MAX:
            raise _too_many()
        if rows_max is None or sum(row["rows"] for row in rows) < rows_max:
            return rows
    raise AssertionError("in the end all is read")


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


def _bounds(request: ReportRequest, start: datetime, end: datetime) -> list[datetime]:
    """Where each bucket begins on the zone's calendar, from the one that `start` lies in."""
    if request.grain is UsageGrain.TOTAL:
        return [start]
    found: list[datetime] = []
    for bound in beginnings(request.grain, start, ZoneInfo(request.time_zone)):
        if bound >= end:
            return found
        if len(found) == BUCKETS_MAX:
            raise _too_many()
        found.append(bound)
    raise AssertionError("a calendar does not end")


def _sources(request: ReportRequest, bounds: Sequence[datetime], span: Span) -> Sources:
    """What a report is summed from."""
    if request.filter.session_id is not None:  # the sums do not know sessions
        return Sources(events=[span])
    cubes = usage_cubes.cubes_for({*request.group_by, *request.filter.dimensions})
    inner = [at for at in bounds if span.start < at < span.end]
    if request.grain is UsageGrain.HOUR:
        cubes = [cube for cube in cubes if cube.length <= HOUR]
        if cubes:  # of thousands of hours only those matter that cut a slot
            inner = [at for at in inner if floor(at, cubes[0].length) != at]
    return Sources.of([span.start, *inner, span.end], cubes)


# ------------------------------------------------------------------ the query


class _Query:
    """One statement and the values that are bound to it."""

    def __init__(
        self,
        workspace_ids: Sequence[UUID],
        request: ReportRequest,
        bounds: Sequence[datetime],
        span: Span,
    ) -> None:
        self._request = request
        self.values: list[Any] = []
        self._workspaces = self._bind(list(workspace_ids), "uuid[]")
        self._bounds = self._bind(list(bounds), "timestamptz[]")
        self._sources = _sources(request, bounds, span)
        self._conditions = "".join(
            f" AND {condition.format(self._bind(_bindable(value)))}"
            for condition, value in request.filter.conditions
        )
        self._parts = list(self._read_all())

    @property
    def is_bounded(self) -> bool:
        """Whether no more is read than a report may have buckets, or next to nothing.

        Where sums are told apart by more than is asked, or events of every hour or day are read,
        nothing but looking at them says how many buckets there are.
        """
        if not self._request.group_by or self._request.filter.session_id is not None:
            return True
        if self._sources.events and self._request.grain in (UsageGrain.HOUR, UsageGrain.DAY):
            return False
        return all(cube.dimensions == set(self._request.group_by) for cube in self._sources.sums)

    def text(self, rows_max: int | None) -> str:
        """The SQL for the buckets, and the rows that each has been summed from.

        No more than `rows_max` are read of each source.
        """
        parts = " UNION ALL ".join(
            f"({part}{_limit(most if rows_max is None else rows_max)})"
            for part, most in self._parts
        )
        shown = ", ".join(
            column if column in self._grouped else f"NULL AS {column}"
            for column in COLUMNS.values()
        )
        return (
            f"SELECT workspace_id, width_bucket(at, {self._bounds}) AS bucket, {shown}, "  # noqa: S608 - names of ours, values are bound
            "sum(quantity) AS quantity, sum(credits_mc) AS credits_mc, sum(events) AS events, "
            f"count(*) AS rows FROM ({parts}) AS used "
            f"GROUP BY {self._keys} ORDER BY {self._keys} LIMIT {BUCKETS_MAX + 1}"
        )

    @property
    def _grouped(self) -> list[str]:
        return list(dict.fromkeys(COLUMNS[dimension] for dimension in self._request.group_by))

    @property
    def _keys(self) -> str:
        return ", ".join(["workspace_id", "bucket", *self._grouped])

    def _read_all(self) -> Iterator[tuple[str, int | None]]:
        """The SQL of each source, and how many rows of it need be read at most."""
        sources = self._sources
        for cube, spans in sources.sums.items():
            sums = f"usage_rollup WHERE cube = {cube.number}"
            yield self._read("events", sums, "slot", spans), self._most_of(cube)
        if sources.additions:
            yield self._additions(sources.additions), None
        if sources.events:
            yield self._read("1", "usage_event WHERE true", "occurred_at", sources.events), None

    def _most_of(self, cube: Cube) -> int | None:
        """With more sums than this there are too many buckets, so that no more need be read.

        A bucket has only so many slots, if its sums are told apart by no more than it is.
        """
        length = LONGEST.get(self._request.grain)
        if length is None or cube.dimensions != set(self._request.group_by):
            return None
        return BUCKETS_MAX * (length // cube.length + 1) + 1

    def _additions(self, spans: Sequence[Span]) -> str:
        # a moment lies in a span when an odd number of their ends is behind it
        ends = self._bind([at for span in spans for at in (span.start, span.end)], "timestamptz[]")
        first, last = self._bind(spans[0].start), self._bind(spans[-1].end)
        return (
            "SELECT workspace_id, slot AS at, meter, provider, model, agent_id, client_id, "  # noqa: S608 - as above
            "quantity, credits_mc, events FROM usage_addition "
            f"WHERE workspace_id = ANY({self._workspaces}) "
            f"AND slot >= {first} AND slot < {last} "
            f"AND width_bucket(slot, {ends}) % 2 = 1{self._conditions}"
        )

    def _read(self, events: str, source: str, time: str, spans: Sequence[Span]) -> str:
        starts = self._bind([span.start for span in spans], "timestamptz[]")
        ends = self._bind([span.end for span in spans], "timestamptz[]")
        # OFFSET keeps the spans from being joined with everything: each is a piece of an index
        return (
            "SELECT part.* "  # noqa: S608 - as above
            f"FROM unnest({starts}, {ends}) AS span (start, until) "
            f"CROSS JOIN LATERAL (SELECT workspace_id, {time}, meter, provider, model, agent_id, "
            f"client_id, quantity, credits_mc, {events} FROM {source} "
            f"AND workspace_id = ANY({self._workspaces}) AND {time} >= span.start "
            f"AND {time} < span.until{self._conditions} OFFSET 0) AS part (workspace_id, at, "
            "meter, provider, model, agent_id, client_id, quantity, credits_mc, events)"
        )

    def _bind(self, value: object, type_name: str | None = None) -> str:
        self.values.append(value)
        return f"${len(self.values)}" + (f"::{type_name}" if type_name else "")


def _bindable(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _limit(rows_max: int | None) -> str:
    return "" if rows_max is None else f" LIMIT {rows_max}"
