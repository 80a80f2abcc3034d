"""The sums of usage: folded or not, while others write and read, they say what the events say."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tortoise import connections

from models.usage import UsageDimension, UsageEvent, UsageGrain
from services import usage_cubes, usage_reports
from services.errors import InvalidInput
from services.usage_calendar import Sources
from services.usage_questions import ReportRequest, UsageFilter
from services.usage_reports import COLUMNS, count, reports
from tests import given
from tests.client import Api
from tests.given import Tenant
from tests.metering import an_event, cost, give, record
from tests.services.test_due_work import waiting

BEGIN = given.instant("2026-03-03T00:00:00Z")
DAYS_32 = timedelta(days=32)
ZONES = ("UTC", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe")
GROUPINGS = [
    group for size in range(len(UsageDimension) + 1) for group in combinations(UsageDimension, size)
]


async def a_user(operator: Api) -> tuple[Tenant, list[str | None]]:
    acme = await given.a_workspace(operator, clock="2026-04-05T00:00:00Z")
    await give(operator, acme, "1000000")
    made = await acme.api.do(
        "assignSeat", "seat { client { id } }", kind="CLIENT", email="ceo@one.test"
    )
    return acme, [made["seat"]["client"]["id"], None]


def random_events(dice: random.Random, clients: list[str | None], size: int) -> list[Any]:
    used: list[dict[str, Any]] = [
        {"meter": "interaction"},
        {"meter": "voice.tts", "provider": "elevenlabs"},
        {"meter": "voice.tts", "provider": "playht", "model": "turbo"},
        {"meter": "llm.input_tokens", "model": "gpt-4o"},
    ]
    return [
        an_event(
            quantity=str(Decimal(dice.randint(1, 10**6)).scaleb(-4)),
            occurredAt=(BEGIN + dice.random() * DAYS_32).isoformat(),
            agentId=dice.choice(["a", "b", None]),
            clientId=dice.choice(clients),
            **dice.choice(used),
        )
        for _ in range(size)
    ]


def beginning(at: datetime, grain: UsageGrain, zone: str) -> datetime | None:
    """Of the bucket, as the calendar on the wall shows it."""
    local = at.astimezone(ZoneInfo(zone))
    if grain is UsageGrain.TOTAL:
        return None
    if grain is UsageGrain.MONTH:
        local = local.replace(day=1)
    if grain is UsageGrain.HOUR:
        return local.replace(tzinfo=None, minute=0, second=0, microsecond=0)
    return local.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)


async def additions_of(tenant: Tenant) -> int:
    [row] = await connections.get("default").execute_query_dict(
        "SELECT count(*) AS count FROM usage_addition WHERE workspace_id = $1", [tenant.key]
    )
    return int(row["count"])


def test_each_question_is_answered_by_the_smallest_sums_that_can() -> None:
    assert [usage_cubes.cubes_for(group)[0].dimensions for group in GROUPINGS[:6]] == [
        usage_cubes.NOTHING,
        usage_cubes.METER,
        usage_cubes.PROVIDER,
        usage_cubes.MODEL,
        usage_cubes.AGENT,
        usage_cubes.CLIENT,
    ]
    two = [UsageDimension.METER, UsageDimension.MODEL]
    assert usage_cubes.cubes_for(two)[0].dimensions == usage_cubes.KINDS
    two = [UsageDimension.CLIENT, UsageDimension.METER]
    assert usage_cubes.cubes_for(two)[0].dimensions == set(two)
    two = [UsageDimension.AGENT, UsageDimension.METER]
    assert usage_cubes.cubes_for(two)[0].dimensions == usage_cubes.ALL


def test_a_day_of_any_zone_is_few_slots_and_no_events() -> None:
    start, days_10 = given.instant("2026-03-03T00:00:00Z"), range(11)
    for minutes in range(0, 24 * 60, 15):
        bounds = [start + timedelta(days=day, minutes=minutes) for day in days_10]
        sources = Sources.of(bounds, usage_cubes.cubes_for([UsageDimension.METER]))
        slots = [
            (span.end - span.start) / cube.length
            for cube, spans in sources.sums.items()
            for span in spans
        ]
        assert sum(slots) <= 10 * 19
        assert sources.events == []


@pytest.mark.parametrize("folded", ["never", "between", "all"])
async def test_every_grouping_in_every_zone_is_what_the_events_say(
    operator: Api, folded: str
) -> None:
    dice = random.Random(folded)
    acme, clients = await a_user(operator)
    for part in range(2):
        await record(acme, *random_events(dice, clients, 150))
        if folded == "all" or (folded == "between" and part == 0):
            assert await usage_cubes.fold(acme.key) > 100
    assert (await additions_of(acme) > 0) == (folded != "all")
    rows = await UsageEvent.filter(workspace_id=acme.key)
    assert len(rows) == 300
    grains = [UsageGrain.DAY, UsageGrain.MONTH, UsageGrain.TOTAL, UsageGrain.HOUR]
    for number, group in enumerate(GROUPINGS):
        zone, grain = ZONES[number % len(ZONES)], grains[number % len(grains)]
        start = BEGIN + dice.random() * timedelta(days=4)
        end = start + dice.random() * timedelta(days=28)
        expected: dict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [Decimal(0), 0, 0])
        for row in rows:
            if start <= row.occurred_at < end:
                names = [getattr(row, COLUMNS[dimension]) for dimension in group]
                found = expected[beginning(row.occurred_at, grain, zone), *names]
                found[0] += row.quantity
                found[1] += row.credits_mc
                found[2] += 1
        request = ReportRequest(start, end, grain, group, UsageFilter(), zone)
        report = (await reports([acme.key], request))[acme.key]
        assert {
            (
                beginning(bucket.start, grain, zone),
                *(getattr(bucket, COLUMNS[dimension]) for dimension in group),
            ): [bucket.quantity, bucket.credits.millicredits, bucket.events]
            for bucket in report.buckets
        } == expected


BY_AGENT = (UsageDimension.AGENT,)
BY_AGENT_AND_METER = (UsageDimension.AGENT, UsageDimension.METER)


@pytest.mark.parametrize("group", [BY_AGENT, BY_AGENT_AND_METER], ids=len)
async def test_one_bucket_too_many_is_refused_and_the_last_one_is_not(
    operator: Api, monkeypatch: pytest.MonkeyPatch, group: tuple[UsageDimension, ...]
) -> None:
    # given ten agents in each of three hours, folded
    acme = await given.a_workspace(operator, clock="2026-04-05T00:00:00Z")
    hours = [f"2026-03-03T{hour}:20:00Z" for hour in ("10", "11", "12")]
    await cost(acme, *(an_event(occurredAt=at, agentId=str(n)) for at in hours for n in range(10)))
    await usage_cubes.fold(acme.key)
    request = ReportRequest(
        BEGIN,
        BEGIN + timedelta(days=1),
        UsageGrain.HOUR,
        group,
        UsageFilter(),
        "UTC",
    )
    monkeypatch.setattr(usage_reports, "BUCKETS_MAX", 30)
    assert len((await reports([acme.key], request))[acme.key].buckets) == 30
    for most in (29, 5, 1):
        monkeypatch.setattr(usage_reports, "BUCKETS_MAX", most)
        with pytest.raises(InvalidInput, match=f"more than {most} buckets"):
            await reports([acme.key], request)


@pytest.mark.parametrize(
    ("grain", "group"),
    [(UsageGrain.DAY, BY_AGENT_AND_METER), (UsageGrain.HOUR, BY_AGENT)],
    ids=["told apart by more", "each hour cut in two"],
)
async def test_far_too_many_are_refused_before_all_is_read(
    operator: Api,
    monkeypatch: pytest.MonkeyPatch,
    grain: UsageGrain,
    group: tuple[UsageDimension, ...],
) -> None:
    # given one event on each of twenty days, of which the first six are read
    acme = await given.a_workspace(operator, clock="2026-04-05T00:00:00Z")
    days = [f"2026-03-{day:02}T10:20:00Z" for day in range(4, 24)]
    await cost(acme, *(an_event(occurredAt=at) for at in days))
    await usage_cubes.fold(acme.key)
    monkeypatch.setattr(usage_reports, "BUCKETS_MAX", 5)
    monkeypatch.setattr(usage_reports, "FIRST_ROWS", (3, 6))
    text = usage_reports._Query.text

    def first_rows_only(query: usage_reports._Query, rows_max: int | None) -> str:
        assert rows_max is not None
        return text(query, rows_max)

    monkeypatch.setattr(usage_reports._Query, "text", first_rows_only)
    request = ReportRequest(BEGIN, BEGIN + DAYS_32, grain, group, UsageFilter(), "Asia/Kolkata")
    with pytest.raises(InvalidInput, match="more than 5 buckets"):
        await reports([acme.key], request)


async def test_events_are_counted_from_the_sums_to_the_microsecond(operator: Api) -> None:
    dice = random.Random(5)
    acme, clients = await a_user(operator)
    await record(acme, *random_events(dice, clients, 100))
    await usage_cubes.fold(acme.key)
    await record(acme, *random_events(dice, clients, 100))
    rows = await UsageEvent.filter(workspace_id=acme.key).order_by("occurred_at")
    for wanted in (
        UsageFilter(),
        UsageFilter(start=rows[7].occurred_at, end=rows[130].occurred_at),
        UsageFilter(start=rows[8].occurred_at + timedelta(microseconds=1), agent_ids=("a",)),
        UsageFilter(end=rows[-1].occurred_at, meters=("voice.tts", "interaction")),
        UsageFilter(client_id=rows[3].client_id, agent_ids=("b",)),
        UsageFilter(start=rows[9].occurred_at, end=rows[9].occurred_at),
    ):
        assert (await count([acme.key], wanted))[acme.key] == sum(
            (wanted.start is None or row.occurred_at >= wanted.start)
            and (wanted.end is None or row.occurred_at < wanted.end)
            and (wanted.meters is None or row.meter in wanted.meters)
            and (wanted.agent_ids is None or row.agent_id in wanted.agent_ids)
            and (wanted.client_id is None or row.client_id == wanted.client_id)
            for row in rows
        ), wanted


async def test_no_reader_sees_an_event_twice_or_not_while_it_is_folded(
    operator: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given foldings of three additions at a time, two at once, while ten batches are written
    monkeypatch.setattr(usage_cubes, "ADDITIONS_AT_ONCE", 3)
    acme, clients = await a_user(operator)
    dice, written = random.Random(11), asyncio.Event()
    request = ReportRequest(
        BEGIN,
        BEGIN + DAYS_32,
        UsageGrain.DAY,
        (UsageDimension.AGENT,),
        UsageFilter(),
        "America/New_York",
    )

    async def write() -> None:
        for _ in range(10):
            await record(acme, *random_events(dice, clients, 10))
        written.set()

    async def fold() -> None:
        while not written.is_set():
            await usage_cubes.fold(acme.key)

    async def read() -> list[int]:
        seen = []
        while not written.is_set():
            seen.append((await reports([acme.key], request))[acme.key].events)
        return seen

    _, _, _, seen = await asyncio.gather(write(), fold(), fold(), read())
    # then every report is one of the states between two batches
    assert set(seen) <= set(range(0, 101, 10))
    assert seen == sorted(seen)
    await usage_cubes.fold(acme.key)
    assert await additions_of(acme) == 0
    assert (await reports([acme.key], request))[acme.key].events == 100


async def test_one_event_in_many_has_its_workspace_folded(
    operator: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = await given.a_workspace(operator)
    await cost(acme, an_event())
    assert str(acme.key) not in await waiting("fold_usage")
    monkeypatch.setattr(usage_cubes, "EVENTS_PER_FOLDING", 1)
    await cost(acme, an_event(), an_event())
    await cost(acme, an_event())
    assert (await waiting("fold_usage")).count(str(acme.key)) == 1


async def test_a_folding_that_breaks_off_leaves_everything_as_it_was(
    operator: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = await given.a_workspace(operator)
    await cost(acme, *(an_event(agentId=str(n)) for n in range(5)))
    broken = usage_cubes._FOLD.replace("SELECT count(*) AS", "SELECT 1 / (count(*) - 5) AS")
    monkeypatch.setattr(usage_cubes, "_FOLD", broken)
    with pytest.raises(Exception, match="division by zero"):
        await usage_cubes.fold(acme.key)
    assert await additions_of(acme) == 5
    monkeypatch.undo()
    assert await usage_cubes.fold(acme.key) == 5
    assert await usage_cubes.fold(acme.key) == 0


def test_a_slot_is_a_quarter_of_an_hour() -> None:
    assert [
        usage_cubes.slot_at(
            usage_cubes.slot_number(datetime(2026, 4, 1, 10, minute, 59, 9, tzinfo=UTC))
        ).minute
        for minute in (0, 14, 15, 44, 59)
    ] == [0, 0, 15, 30, 45]
