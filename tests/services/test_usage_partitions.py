"""Every month has its partition before it is needed, or as soon as it is."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from decimal import Decimal

import asyncpg
import pytest
from tortoise.transactions import in_transaction

from models.usage import ShortfallPolicy, UsageEvent
from services import usage, usage_cubes, usage_partitions
from services.usage_events import Report, ReportedEvent
from tests import given
from tests.client import Api
from tests.metering import an_event, cost, record
from tests.statements import counted


async def partitions(connection: asyncpg.Connection, year: int) -> list[str]:
    rows = await connection.fetch(
        "SELECT inhrelid::regclass::text AS name FROM pg_inherits "
        "WHERE inhparent = 'usage_event'::regclass ORDER BY 1"
    )
    names = [row["name"].removeprefix("usage_event_") for row in rows]
    return [name for name in names if name.startswith(str(year))]


@pytest.mark.parametrize("month", range(1, 13))
async def test_two_months_back_and_three_ahead_are_there_whatever_the_day(
    database_url: str, client: object, month: int
) -> None:
    year = 2040 + month
    connection = await asyncpg.connect(database_url)
    for day in (1, 28):
        await usage_partitions.make_ahead(datetime(year, month, day, 23, 59, tzinfo=UTC))
    wanted = [(year * 12 + month - 1 + n) for n in range(-2, 4)]
    expected = {f"{n // 12}{n % 12 + 1:02}" for n in wanted}
    found = {
        name for each in (year - 1, year, year + 1) for name in await partitions(connection, each)
    }
    await connection.close()
    assert expected <= found


async def test_a_month_without_a_partition_gets_one_when_it_is_met_by_ten_at_once(
    operator: Api, database_url: str
) -> None:
    acme = await given.a_workspace(operator, clock="2033-07-31T23:58:00Z")
    connection = await asyncpg.connect(database_url)
    assert await partitions(connection, 2033) == []
    # when a batch spans two months, ten times at once
    events = [an_event(occurredAt=f"2033-{day}T00:00:00Z") for day in ("06-30", "07-31", "08-01")]
    recorded = await asyncio.gather(*(record(acme, *events) for _ in range(10)))
    assert sorted(each["accepted"] for each in recorded) == [0] * 9 + [3]
    assert await partitions(connection, 2033) == ["203306", "203307", "203308"]
    assert await UsageEvent.filter(workspace_id=acme.key).count() == 3
    await connection.close()


async def test_a_batch_that_is_done_again_says_what_is_wrong_once(operator: Api) -> None:
    acme = await given.a_workspace(operator, clock="2035-02-01T00:00:00Z")
    recorded = await record(acme, an_event(), an_event(eventId="a\x07b"), an_event(quantity="0"))
    assert [each["error"] and each["error"]["path"] for each in recorded["results"]] == [
        None,
        ["events", "1", "eventId"],
        ["events", "2", "quantity"],
    ]


async def test_a_thousand_events_cost_as_many_statements_as_one(
    operator: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given that none of them is the one in many that has its workspace folded
    monkeypatch.setattr(usage_cubes, "EVENTS_PER_FOLDING", 2**128)
    acme = await given.a_workspace(operator)
    await cost(acme, an_event())
    counts = []
    for size in (1, 1_000):
        async with counted() as statements:
            await record(acme, *(an_event("widget.visit") for _ in range(size)), shortfall="OWE")
        counts.append(len(statements))
    assert counts[0] == counts[1] < 20, statements


async def test_ids_are_found_by_their_index_also_by_what_was_planned_for_an_empty_month(
    operator: Api,
) -> None:
    acme = await given.a_workspace(operator, clock="2044-05-15T00:00:00Z")
    await usage_partitions.make([given.instant("2044-05-15T00:00:00Z")])

    async def report(*ids: str) -> int:
        events = [ReportedEvent(id, "widget.visit", Decimal(1)) for id in ids]
        [recorded] = await usage.record([Report(acme.key, events, ShortfallPolicy.OWE)])
        return recorded.duplicates

    async with in_transaction() as transaction:
        # given a connection that has planned while there was next to nothing
        for number in range(20):
            await report(f"first-{number}")
            if number == 10:
                await transaction.execute_query("ANALYZE usage_event_204405")
        # when the month fills up, and a thousand of its events are told again
        batches = [[f"event-{batch}-{number}" for number in range(1_000)] for batch in range(3)]
        for ids in batches:
            await report(*ids)
        assert await report(*batches[0]) == 1_000
        # then no row was read but those thousand
        [read] = await transaction.execute_query_dict(
            "SELECT seq_tup_read, idx_tup_fetch FROM pg_stat_xact_user_tables "
            "WHERE relname = 'usage_event_204405'"
        )
    assert read == {"seq_tup_read": 0, "idx_tup_fetch": 1_000}
