"""Reports that come at once are recorded together, and none is any other's business."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from decimal import Decimal

import asyncpg
import pytest

from services import usage, usage_queue
from services.gathering import Busy
from services.usage_events import Recorded, Report, ReportedEvent
from services.usage_queue import UsageQueue
from tests import given
from tests.client import Api
from tests.metering import an_event, balance, record
from tests.statements import counted


async def test_sixty_four_at_once_take_a_few_transactions(operator: Api) -> None:
    acme, other = [await given.a_workspace(operator) for _ in range(2)]
    await asyncio.gather(record(acme, an_event()), record(other, an_event()))
    async with counted() as statements:
        recorded = await asyncio.gather(
            *(record((acme, other)[number % 2], an_event()) for number in range(64))
        )
    assert [each["accepted"] for each in recorded] == [1] * 64
    # then each is paid, once
    assert (await balance(acme))["available"] == (await balance(other))["available"] == "717.000"
    assert statements.count("usage_event") <= 4, "so many COPYs, where there would be 64"


async def test_one_bad_report_fails_no_neighbour(
    operator: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenants = [await given.a_workspace(operator) for _ in range(8)]
    cursed = tenants[3].key
    together: list[int] = []
    record_free = usage.record_free

    async def breaking(reports: Sequence[Report]) -> list[Recorded | None]:
        together.append(len(reports))
        if any(report.workspace_id == cursed for report in reports):
            raise RuntimeError("a fault that only this workspace has")
        return await record_free(reports)

    monkeypatch.setattr(usage_queue, "LANES", 1)
    monkeypatch.setattr(usage, "record_free", breaking)
    queue = UsageQueue()
    recorded = await asyncio.gather(
        *(queue.record(Report(tenant.key, [])) for tenant in tenants), return_exceptions=True
    )
    assert max(together) > 1
    assert [isinstance(each, RuntimeError) for each in recorded] == [
        tenant.key == cursed for tenant in tenants
    ]


async def test_nobody_waits_for_a_workspace_that_somebody_else_has_locked(
    operator: Api, database_url: str
) -> None:
    acme, *others = [await given.a_workspace(operator) for _ in range(9)]
    # given that a renewal, say, works on one of nine
    renewal = await asyncpg.connect(database_url)
    async with renewal.transaction():
        await renewal.execute(
            "SELECT id FROM subscription WHERE workspace_id = $1 FOR UPDATE", acme.key
        )
        waiting = [asyncio.create_task(record(acme, an_event())) for _ in range(3)]
        recorded = await asyncio.gather(*(record(other, an_event()) for other in others))
        # then its neighbours are answered
        assert [each["accepted"] for each in recorded] == [1] * 8
        assert not any(task.done() for task in waiting)
    # and it is, when it can be
    assert [each["accepted"] for each in await asyncio.gather(*waiting)] == [1] * 3
    assert (await balance(acme))["available"] == "747.000"
    await renewal.close()


async def test_a_report_that_is_too_long_is_refused_before_it_waits(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    done = await asyncio.gather(
        record(acme, *(an_event() for _ in range(1_001))), record(acme, an_event())
    )
    assert [each["code"] for each in done[0]["errors"]] == ["INVALID_INPUT"]
    assert done[1]["accepted"] == 1


async def test_who_comes_when_too_much_waits_is_told_to_come_again(
    operator: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = await given.a_workspace(operator)

    async def full(*_: object) -> Recorded:
        raise Busy

    with monkeypatch.context() as patch:
        patch.setattr(UsageQueue, "record", full)
        text = "mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { accepted } }"
        event = an_event()
        for _ in range(2):  # by the ordinary way, and compiled
            answer = await acme.api.send(text, input={"events": [event]})
            assert answer["data"] == {"recordUsage": None}
            [error] = answer["errors"]
            assert (error["path"], error["extensions"]) == (["recordUsage"], {"code": "BUSY"})
    # then the same report is taken, for nothing of it was stored
    assert (await record(acme, event))["accepted"] == 1


async def test_what_waits_when_the_process_ends_is_recorded(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    queue = UsageQueue()
    reports = [
        Report(acme.key, [ReportedEvent(f"event-{number}", "interaction", Decimal(1))])
        for number in range(20)
    ]
    waiting = [asyncio.create_task(queue.record(report)) for report in reports]
    await asyncio.sleep(0)  # all have come
    await queue.close()
    assert [task.result().accepted for task in waiting] == [1] * 20
    assert (await balance(acme))["available"] == "730.000"
    with pytest.raises(Busy):
        await queue.record(reports[0])
