"""Usage is listed and summed, by any calendar, equal to the ledger to the millicredit."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.credits import CreditTransfer
from models.usage import UsageEvent
from models.workspaces import Workspace
from tests import given
from tests.client import Api
from tests.given import Tenant
from tests.metering import an_event, cost, give, record

REPORT = """query ($input: UsageReportInput!) { workspace { usageReport(input: $input) {
    total events
    buckets { start meter provider model agentId client { id } quantity credits events }
} } }"""
EVENTS = """query ($filter: UsageFilter, $first: Int, $after: String, $last: Int, $before: String) {
    workspace { usageEvents(filter: $filter, first: $first, after: $after, last: $last,
                            before: $before) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        nodes { eventId meter quantity provider model credits occurredAt agentId sessionId
                client { id } ownKey } } } }"""


async def report(tenant: Tenant, start: str, end: str, **input: Any) -> dict[str, Any]:
    asked = await tenant.api.ask(REPORT, input={"from": start, "to": end} | input)
    found: dict[str, Any] = asked["workspace"]["usageReport"]
    return found


async def events(tenant: Tenant, **variables: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await tenant.api.ask(EVENTS, **variables))["workspace"]["usageEvents"]
    return found


def starts(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(bucket["start"], bucket["credits"]) for bucket in found["buckets"]]


async def test_a_day_in_berlin_has_25_hours_in_october(operator: Api) -> None:
    # given a credit every half an hour of 25 October and an hour around it, UTC
    acme = await given.a_workspace(operator, clock="2026-10-27T00:00:00Z")
    first = given.instant("2026-10-24T21:00:00Z")
    await cost(
        acme,
        *(
            an_event(occurredAt=(first + n * timedelta(minutes=30)).isoformat())
            for n in range(54)  # to midnight, UTC, of the 25th
        ),
    )
    span = ("2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z")
    assert starts(await report(acme, *span, timeZone="Europe/Berlin")) == [
        ("2026-10-23T22:00:00Z", "2.000"),
        ("2026-10-24T22:00:00Z", "50.000"),  # 25 hours
        ("2026-10-25T23:00:00Z", "2.000"),
    ]
    hours = await report(acme, *span, grain="HOUR", timeZone="Europe/Berlin")
    assert len(hours["buckets"]) == 27
    assert {bucket["credits"] for bucket in hours["buckets"]} == {"2.000"}
    # in India hours and days begin at half past
    assert starts(await report(acme, *span, timeZone="Asia/Kolkata")) == [
        ("2026-10-24T18:30:00Z", "43.000"),
        ("2026-10-25T18:30:00Z", "11.000"),
    ]
    assert starts(await report(acme, *span, grain="HOUR", timeZone="Asia/Kolkata"))[:3] == [
        ("2026-10-24T20:30:00Z", "1.000"),
        ("2026-10-24T21:30:00Z", "2.000"),
        ("2026-10-24T22:30:00Z", "2.000"),
    ]
    months = await report(acme, *span, grain="MONTH", timeZone="Europe/Berlin")
    assert starts(months) == [("2026-09-30T22:00:00Z", "54.000")]
    total = await report(acme, *span, grain="TOTAL", timeZone="Europe/Berlin")
    assert starts(total) == [("2026-10-24T00:00:00Z", "54.000")]
    assert (total["total"], total["events"]) == ("54.000", 54)


async def test_a_report_begins_and_ends_to_the_microsecond(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    moments = ["10:14:59.999999", "10:15:00", "10:59:59.999999", "11:00:00", "12:29:59.999999"]
    moments += ["12:30:00"]
    await cost(acme, *(an_event(occurredAt=f"2026-03-20T{moment}Z") for moment in moments))
    found = await report(
        acme, "2026-03-20T10:15:00Z", "2026-03-20T12:30:00Z", grain="HOUR", groupBy=["METER"]
    )
    assert [(b["start"], b["meter"], b["quantity"], b["events"]) for b in found["buckets"]] == [
        ("2026-03-20T10:00:00Z", "interaction", "2", 2),
        ("2026-03-20T11:00:00Z", "interaction", "1", 1),
        ("2026-03-20T12:00:00Z", "interaction", "1", 1),
    ]


async def test_sums_are_told_apart_by_what_is_asked_for(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    made = await acme.api.do(
        "assignSeat", "seat { client { id } }", kind="CLIENT", email="ceo@one.test"
    )
    client = made["seat"]["client"]["id"]
    await cost(
        acme,
        an_event("voice.tts", "2", provider="elevenlabs", agentId="a", clientId=client),
        an_event("voice.tts", "0.5", provider="playht", agentId="a"),
        an_event("llm.input_tokens", "1000", model="gpt-4o", agentId="b", sessionId="s"),
        an_event("llm.output_tokens", "1000", model="gpt-4o", agentId="b", clientId=client),
    )
    span = ("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z")

    async def by(*dimensions: str, **filter: Any) -> list[tuple[Any, ...]]:
        found = await report(
            acme, *span, grain="TOTAL", groupBy=list(dimensions), filter=filter or None
        )
        names = {"AGENT": "agentId", "CLIENT": "client"}
        shown = [names.get(dimension, dimension.lower()) for dimension in dimensions]
        return [(*(b[name] for name in shown), b["credits"]) for b in found["buckets"]]

    assert await by() == [("141.500",)]
    assert await by("METER") == [
        ("llm.input_tokens", "3.000"),
        ("llm.output_tokens", "12.000"),
        ("voice.tts", "126.500"),
    ]
    assert await by("PROVIDER") == [
        ("elevenlabs", "88.000"),
        ("playht", "38.500"),
        (None, "15.000"),
    ]
    assert await by("MODEL", "AGENT") == [
        ("gpt-4o", "b", "15.000"),
        (None, "a", "126.500"),
    ]
    assert sorted(await by("CLIENT"), key=str) == sorted(
        [({"id": client}, "100.000"), (None, "41.500")], key=str
    )
    assert await by(meters=["voice.tts", "interaction"]) == [("126.500",)]
    assert await by(agentIds=["b"]) == [("15.000",)]
    assert await by(clientId=client) == [("100.000",)]
    assert await by(sessionId="s") == [("3.000",)]
    assert await by(clientId="nobody") == []
    assert await by(meters=[]) == []
    assert await by(**{"from": "2026-04-02T00:00:00Z"}) == []


async def test_every_report_of_random_usage_is_what_its_events_say(operator: Api) -> None:
    dice = random.Random(7)
    acme = await given.a_workspace(operator, clock="2026-04-05T00:00:00Z")
    await give(operator, acme, "100000")
    begin, length = given.instant("2026-03-20T00:00:00Z"), timedelta(days=15)
    await record(
        acme,
        *(
            an_event(
                dice.choice(["interaction", "tool.use", "widget.visit"]),
                str(Decimal(dice.randint(1, 10**6)).scaleb(-4)),
                occurredAt=(begin + dice.random() * length).isoformat(),
                agentId=dice.choice(["a", "b", None]),
            )
            for _ in range(400)
        ),
    )
    rows = await UsageEvent.filter(workspace_id=acme.key)
    assert len(rows) == 400
    for zone in ("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"):
        start = begin + dice.random() * timedelta(days=5)
        end = start + dice.random() * timedelta(days=10)
        found = await report(
            acme, start.isoformat(), end.isoformat(), timeZone=zone, groupBy=["METER", "AGENT"]
        )
        expected: dict[tuple[Any, ...], tuple[Decimal, int]] = {}
        for row in rows:
            if start <= row.occurred_at < end:
                key = (row.occurred_at.astimezone(ZoneInfo(zone)).date(), row.meter, row.agent_id)
                credits, count = expected.get(key, (Decimal(0), 0))
                expected[key] = (credits + row.credits.amount, count + 1)
        assert {
            (
                given.instant(b["start"]).astimezone(ZoneInfo(zone)).date(),
                b["meter"],
                b["agentId"],
            ): (Decimal(b["credits"]), b["events"])
            for b in found["buckets"]
        } == expected
    # all of it is what the ledger took, to the millicredit
    everything = await report(
        acme, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", grain="TOTAL", timeZone="Asia/Kolkata"
    )
    taken = await CreditTransfer.filter(holder__workspace_id=acme.key, kind="USAGE")
    assert Decimal(everything["total"]).scaleb(3) == sum(entry.amount_mc for entry in taken)


async def test_an_hour_that_comes_twice_by_half_is_two(operator: Api) -> None:
    # on Lord Howe Island clocks go back from 2:00 to 1:30 on 5 April 2026, at 15:00 UTC on the 4th
    acme = await given.a_workspace(operator, clock="2026-04-06T00:00:00Z")
    await cost(
        acme,
        *(
            an_event(occurredAt=f"2026-04-04T{at}:00Z")
            for at in ("13:30", "14:00", "14:45", "15:00", "15:29", "15:30", "16:30")
        ),
    )
    found = await report(
        acme,
        "2026-04-04T13:00:00Z",
        "2026-04-04T18:00:00Z",
        grain="HOUR",
        timeZone="Australia/Lord_Howe",
    )
    assert starts(found) == [
        ("2026-04-04T13:00:00Z", "1.000"),
        ("2026-04-04T14:00:00Z", "2.000"),
        ("2026-04-04T15:00:00Z", "2.000"),
        ("2026-04-04T15:30:00Z", "1.000"),
        ("2026-04-04T16:30:00Z", "1.000"),
    ]


@pytest.mark.parametrize(
    ("input", "message"),
    [
        (
            {"to": "2026-04-01T00:00:00Z"},
            "The end 2026-04-01T00:00:00Z is not after the start 2026-04-01T00:00:00Z.",
        ),
        ({"timeZone": "Mars/Base"}, "'Mars/Base' is not an IANA time zone such as Europe/Berlin."),
        (
            {"to": "9999-01-01T00:00:00Z"},
            "9999-01-01T00:00:00Z is outside the years 2000 to 2100.",
        ),
        (
            {"grain": "HOUR", "to": "2027-06-01T00:00:00Z"},
            (
                "The report would have more than 10,000 buckets; ask for a coarser grain, a "
                "shorter time or fewer dimensions."
            ),
        ),
        (
            {"filter": {"meters": ["x"] * 3 + [str(n) for n in range(100)]}},
            "meters has 101 entries; at most 100 are looked for.",
        ),
        (
            {"filter": {"sessionId": "a\x07"}},
            "sessionId has the character U+0007, which cannot be printed.",
        ),
        ({"filter": {"agentIds": [""]}}, "agentIds must not be empty."),
    ],
    ids=str,
)
async def test_what_cannot_be_reported(operator: Api, input: dict[str, Any], message: str) -> None:
    acme = await given.a_workspace(operator)
    wanted = {"from": "2026-04-01T00:00:00Z", "to": "2026-05-01T00:00:00Z"} | input
    answer = await acme.api.send(REPORT, input=wanted)
    [error] = answer["errors"]
    assert (error["extensions"]["code"], error["message"]) == ("INVALID_INPUT", message)


async def test_events_are_listed_newest_first_by_when_they_occurred(operator: Api) -> None:
    # given events of three months that were reported in no order, some at one instant
    acme = await given.a_workspace(operator, clock="2026-05-04T00:00:00Z")
    days = ["2026-04-02", "2026-05-03", "2026-03-31", "2026-04-30", "2026-04-02", "2026-05-01"]
    sent = [an_event(occurredAt=f"{day}T12:00:00Z", eventId=str(n)) for n, day in enumerate(days)]
    await cost(acme, *sent)
    everything = await events(acme)
    order = ["1", "5", "3", "4", "0", "2"]
    assert [node["eventId"] for node in everything["nodes"]] == order
    assert everything["totalCount"] == 6
    # pages forward and backward join without a gap
    pages, after = [], None
    for _ in range(3):
        page = await events(acme, first=2, after=after)
        pages += [node["eventId"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert (pages, page["pageInfo"]["hasNextPage"]) == (order, False)
    back = await events(acme, last=2, before=after)
    assert [node["eventId"] for node in back["nodes"]] == order[3:5]
    foreign = (await acme.api.ask(EVENTS, first=1))["workspace"]["usageEvents"]
    assert foreign["nodes"][0]["eventId"] == "1"


async def test_an_event_shows_what_was_said_of_it_and_what_it_cost(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    said = an_event(
        "voice.tts",
        "2.50",
        provider="elevenlabs",
        model="turbo",
        occurredAt="2026-03-31T12:00:00.000001Z",
        agentId="agent-1",
        sessionId="call-1",
    )
    await cost(acme, said)
    [shown] = (await events(acme))["nodes"]
    assert shown == said | {
        "quantity": "2.5",
        "credits": "110.000",
        "client": None,
        "ownKey": False,
    }


async def test_events_are_found_by_all_that_a_filter_names(operator: Api) -> None:
    acme, other = [await given.a_workspace(operator) for _ in range(2)]
    made = await acme.api.do(
        "assignSeat", "seat { client { id } }", kind="CLIENT", email="ceo@one.test"
    )
    client = made["seat"]["client"]["id"]
    await cost(
        acme,
        an_event(eventId="1", agentId="a", sessionId="s", occurredAt="2026-03-30T00:00:00Z"),
        an_event("tool.use", eventId="2", agentId="a", occurredAt="2026-03-31T00:00:00Z"),
        an_event(eventId="3", agentId="b", clientId=client),
    )
    await cost(other, an_event(agentId="a", sessionId="s"))

    async def found(**filter: Any) -> tuple[list[str], int]:
        page = await events(acme, filter=filter, first=2)
        return [node["eventId"] for node in page["nodes"]], page["totalCount"]

    assert await found() == (["3", "2"], 3)
    assert await found(meters=["interaction"]) == (["3", "1"], 2)
    assert await found(agentIds=["a", "z"]) == (["2", "1"], 2)
    assert await found(sessionId="s") == (["1"], 1)
    assert await found(clientId=client) == (["3"], 1)
    assert await found(clientId=given.id_of(await Workspace.get(id=acme.key))) == ([], 0)
    assert await found(**{"from": "2026-03-31T00:00:00Z"}) == (["3", "2"], 2)
    assert await found(to="2026-03-31T00:00:00Z") == (["1"], 1)
    assert await found(meters=["interaction"], agentIds=["a"], sessionId="s") == (["1"], 1)
    # somebody else's cursor, and one of another list, is none of this list's
    entry = await acme.api.ask("{ workspace { ledgerEntries { pageInfo { endCursor } } } }")
    strange = entry["workspace"]["ledgerEntries"]["pageInfo"]["endCursor"]
    assert await acme.api.code_of(EVENTS, after=strange) == "INVALID_INPUT"
    nothing = await acme.api.send(EVENTS, filter={"agentIds": ["x" * 256]})
    assert nothing["errors"][0]["message"] == "agentIds has 256 characters; at most 255 are kept."


async def test_another_workspaces_client_finds_nothing(operator: Api) -> None:
    acme, other = [await given.a_workspace(operator) for _ in range(2)]
    made = await other.api.do(
        "assignSeat", "seat { client { id } }", kind="CLIENT", email="ceo@one.test"
    )
    client = made["seat"]["client"]["id"]
    await cost(other, an_event(clientId=client))
    assert (await events(acme, filter={"clientId": client}))["totalCount"] == 0
    span = ("2026-03-01T00:00:00Z", "2026-05-01T00:00:00Z")
    assert (await report(acme, *span, filter={"clientId": client}))["events"] == 0
    assert (await report(other, *span, filter={"clientId": client}))["events"] == 1
