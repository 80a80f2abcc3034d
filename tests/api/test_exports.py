"""Usage and ledger as CSV: all of it, exact, in order, and nobody else's."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import AsyncIterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

import asyncpg
import httpx2
import pytest

from billwright import exports as page
from models.credits import CreditTransfer
from services import exports, usage, usage_cubes
from services.usage_events import Report, ReportedEvent
from services.usage_questions import UsageFilter
from tests import given
from tests.api.test_invoice_pages import key_of
from tests.client import Api
from tests.given import Tenant
from tests.metering import an_event, cost, entries, record

USAGE, LEDGER = "/exports/usage.csv", "/exports/ledger.csv"
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
BOTH = pytest.mark.parametrize("path", [USAGE, LEDGER])


async def rows(
    client: httpx2.AsyncClient, tenant: Tenant, path: str, **parameters: Any
) -> list[dict[str, str]]:
    """What is downloaded: as many rows as are announced."""
    response = await client.get(path, headers=tenant.api.headers, params=parameters)
    assert response.status_code == 200, response.text
    found = list(csv.DictReader(StringIO(response.text, newline=""), strict=True))
    assert response.headers["billwright-rows"] == str(len(found))
    return found


async def test_a_usage_event_is_a_row_that_says_all_of_it(
    client: httpx2.AsyncClient, operator: Api
) -> None:
    acme = await given.a_workspace(operator)
    made = await acme.api.do(
        "assignSeat", "seat { client { id } }", kind="CLIENT", email="ceo@one.test"
    )
    client_id = made["seat"]["client"]["id"]
    said = an_event(
        "voice.tts",
        "2.50",
        eventId="call 1",
        provider="elevenlabs",
        model='"turbo", v2',
        occurredAt="2026-03-31T12:00:00.000001Z",
        agentId="agent-1",
        sessionId="s",
        clientId=client_id,
    )
    await cost(acme, said)
    response = await client.get(USAGE, headers=acme.api.headers)
    head, line, end = response.text.split("\r\n")
    assert head == (
        "eventId,occurredAt,recordedAt,meter,quantity,provider,model,credits,agentId,sessionId,"
        "clientId,ownKey"
    )
    recorded_at = line.split(",")[2]
    assert line == (
        f"call 1,2026-03-31T12:00:00.000001Z,{recorded_at},voice.tts,2.5,elevenlabs,"
        f'"""turbo"", v2",110.000,agent-1,s,{client_id},false'
    )
    assert end == ""
    assert response.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert response.headers["content-disposition"] == 'attachment; filename="usage.csv"'
    assert response.headers["cache-control"] == "no-store"


async def test_the_ledger_is_downloaded_as_it_was_booked(
    client: httpx2.AsyncClient, operator: Api
) -> None:
    acme = await given.a_workspace(operator)
    await cost(
        acme, an_event("tool.use"), an_event("voice.telephony", "0.000001", provider="twilio")
    )
    found = await rows(client, acme, LEDGER)
    assert [(row["sequence"], row["amount"], row["balanceAfter"]) for row in found] == [
        ("1", "750.000", "750.000"),
        ("2", "-0.500", "749.500"),
        ("3", "-0.001", "749.499"),
    ]
    assert [(row["amount"], row["description"]) for row in found[::-1]] == [
        (entry["amount"], entry["description"]) for entry in await entries(acme)
    ]
    asked = await acme.api.ask(
        "{ workspace { ledgerEntries { nodes { grant { id } usageEvent { id } } } } }"
    )
    assert [(row["grantId"], row["usageEventId"]) for row in found[::-1]] == [
        (entry["grant"]["id"], (entry["usageEvent"] or {"id": ""})["id"])
        for entry in asked["workspace"]["ledgerEntries"]["nodes"]
    ]


async def test_pages_join_without_a_gap_oldest_first(
    client: httpx2.AsyncClient, operator: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given twenty events, five at each of four instants, and pages of three
    monkeypatch.setattr(exports, "PAGE_SIZE", 3)
    acme = await given.a_workspace(operator)
    days = [f"2026-03-{20 + n % 4}T00:00:00Z" for n in range(20)]
    await cost(acme, *(an_event(occurredAt=day, eventId=f"{n}") for n, day in enumerate(days)))
    found = await rows(client, acme, USAGE)
    assert [row["occurredAt"] for row in found] == sorted(days)
    assert {row["eventId"] for row in found} == {str(n) for n in range(20)}
    booked = await rows(client, acme, LEDGER)
    assert [row["sequence"] for row in booked] == [str(n) for n in range(1, 22)]
    # the same after the sums are folded, and when the last page is full
    await usage_cubes.fold(acme.key)
    assert await rows(client, acme, USAGE) == found
    monkeypatch.setattr(exports, "PAGE_SIZE", 10)
    assert await rows(client, acme, USAGE) == found


async def test_filters_are_those_of_the_queries(client: httpx2.AsyncClient, operator: Api) -> None:
    acme, other = [await given.a_workspace(operator) for _ in range(2)]
    made = await acme.api.do(
        "assignSeat", "seat { client { id } }", kind="CLIENT", email="ceo@one.test"
    )
    one = made["seat"]["client"]["id"]
    await cost(
        acme,
        an_event(eventId="1", agentId="a", sessionId="s", occurredAt="2026-03-30T00:00:00Z"),
        an_event("tool.use", eventId="2", agentId="b", occurredAt="2026-03-31T00:00:00Z"),
        an_event(eventId="3", clientId=one, occurredAt="2026-03-31T12:00:00Z"),
    )
    await cost(other, an_event(agentId="a", sessionId="s"))

    async def ids(**parameters: Any) -> list[str]:
        return [row["eventId"] for row in await rows(client, acme, USAGE, **parameters)]

    assert await ids() == ["1", "2", "3"]
    assert await ids(workspaceId=acme.id) == ["1", "2", "3"]
    assert await ids(meters=["tool.use", "voice.stt"]) == ["2"]
    assert await ids(agentIds=["a", "b"]) == ["1", "2"]
    assert await ids(sessionId="s") == ["1"]
    assert await ids(clientId=one) == ["3"]
    assert await ids(clientId="nobody") == []
    assert await ids(**{"from": "2026-03-31T00:00:00Z"}) == ["2", "3"]
    assert await ids(to="2026-03-31T05:30:00+05:30") == ["1"]
    assert await ids(**{"from": "2026-04-01T00:00:00Z", "to": "2026-03-01T00:00:00Z"}) == []
    booked = await rows(
        client, acme, LEDGER, **{"from": "2026-03-31T00:00:00Z", "to": "2026-03-31T12:00:00Z"}
    )
    assert [row["amount"] for row in booked] == ["-0.500"]


async def test_what_would_be_a_formula_is_text(client: httpx2.AsyncClient, operator: Api) -> None:
    acme = await given.a_workspace(operator)
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "a=1", "'=1"]
    await cost(acme, *(an_event(eventId=name, agentId=name) for name in names))
    assert {(row["eventId"], row["agentId"]) for row in await rows(client, acme, USAGE)} == {
        (shown, shown) for shown in ("'=1+1", "'+1", "'-1", "'@SUM(A1)", "a=1", "'=1")
    }
    # a number below zero is none
    assert (await rows(client, acme, LEDGER))[1]["amount"] == "-1.000"


@BOTH
async def test_what_comes_while_it_is_read_is_not_in_it(
    client: httpx2.AsyncClient, operator: Api, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(exports, "PAGE_SIZE", 2)
    acme = await given.a_workspace(operator)
    await cost(acme, *(an_event(occurredAt=f"2026-03-2{n}T00:00:00Z") for n in range(5)))
    pages = exports._pages

    async def with_writers(*arguments: Any) -> AsyncIterator[Sequence[exports.Row]]:
        async for each in pages(*arguments):
            yield each
            await record(acme, an_event(), an_event(occurredAt="2026-03-24T12:00:00Z"))

    monkeypatch.setattr(exports, "_pages", with_writers)
    assert len(await rows(client, acme, path)) == 5 + (path == LEDGER)
    assert await CreditTransfer.filter(holder__workspace_id=acme.key).count() > 6


@BOTH
async def test_fewer_rows_than_announced_break_off(
    client: httpx2.AsyncClient, operator: Api, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    acme = await given.a_workspace(operator)
    await cost(acme, an_event())

    async def none(*_: Any) -> AsyncIterator[Sequence[exports.Row]]:
        for page_of_none in list[list[exports.Row]]():
            yield page_of_none

    monkeypatch.setattr(exports, "_pages", none)
    with pytest.raises(page.BrokenExport, match=r"0 rows of \w+ instead of \d"):
        await client.get(path, headers=acme.api.headers)


# -------------------------------------------------------------------------------------- who may


@BOTH
async def test_only_a_key_that_may_read_the_workspace_opens_it(
    client: httpx2.AsyncClient, operator: Api, path: str
) -> None:
    acme, other = [await given.a_workspace(operator) for _ in range(2)]
    await cost(acme, an_event())
    reader, writer = [await key_of(operator, acme, scope) for scope in ("read", "write")]

    async def answer(headers: dict[str, str], **parameters: str) -> tuple[int, str]:
        response = await client.get(path, headers=headers, params=parameters)
        is_refused = response.status_code != 200
        return response.status_code, response.json()["code"] if is_refused else ""

    mine = {"workspaceId": acme.id}
    assert await answer(reader) == (200, "")
    assert await answer(operator.headers, **mine) == (200, "")
    assert await answer({}) == (401, "UNAUTHENTICATED")
    assert await answer({}, **mine) == (401, "UNAUTHENTICATED")
    assert await answer({"authorization": "Bearer bw_ws_nobody"}) == (401, "UNAUTHENTICATED")
    assert await answer(writer) == (403, "FORBIDDEN")
    assert await answer(operator.headers) == (400, "INVALID_INPUT")
    # another tenant's workspace is answered as none at all
    foreign = await client.get(path, headers=other.api.headers, params=mine)
    unknown = await client.get(path, headers=other.api.headers, params={"workspaceId": "none"})
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json() == unknown.json()
    assert unknown.json() == {"code": "NOT_FOUND", "message": "The workspace was not found."}


@pytest.mark.parametrize(
    ("path", "query", "problem"),
    [
        (USAGE, "from=yesterday", "from: Expected an RFC 3339 instant with its offset and at most"),
        (USAGE, "to=2026-07-01T00:00:00+02:00", "(a + is written %2B)"),
        (USAGE, "from=9999-01-01T00:00:00Z", "is outside the years 2000 to 2100."),
        (USAGE, "to=2026-07-01T00:00:00", "to: Expected an RFC 3339 instant"),
        (USAGE, "sessionId=a%00b", "sessionId has the character U+0000, which cannot be printed."),
        (USAGE, "meters=", "meters must not be empty."),
        (USAGE, "&".join(f"agentIds={n}" for n in range(101)), "agentIds has 101 entries"),
        (USAGE, "sessionId=a&sessionId=b", "sessionId is given 2 times."),
        (USAGE, "agentId=a", "'agentId' is no parameter; there are agentIds, clientId, from"),
        (LEDGER, "meters=a", "'meters' is no parameter; there are from, to, workspaceId."),
        (LEDGER, "from=2026-02-31T00:00:00Z", "from: Expected an RFC 3339 instant"),
    ],
)
async def test_what_cannot_be_downloaded_is_explained(
    client: httpx2.AsyncClient, operator: Api, path: str, query: str, problem: str
) -> None:
    acme = await given.a_workspace(operator)
    response = await client.get(f"{path}?{query}", headers=acme.api.headers)
    assert response.status_code == 400
    assert response.json()["code"] == "INVALID_INPUT"
    assert problem in response.json()["message"]


@BOTH
async def test_asking_for_the_head_reads_no_rows(
    client: httpx2.AsyncClient, operator: Api, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    acme = await given.a_workspace(operator)
    monkeypatch.setattr(exports, "PAGE_SIZE", "no page is read")
    response = await client.head(path, headers=acme.api.headers)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["billwright-rows"] == ("0" if path == USAGE else "1")
    posted = await client.post(path, headers=acme.api.headers)
    assert posted.status_code == 405


async def test_who_waited_to_record_when_a_download_was_counted_is_not_in_it(
    operator: Api, database_url: str
) -> None:
    acme = await given.a_workspace(operator)
    await cost(acme, an_event())
    other, watch = [await asyncpg.connect(database_url) for _ in range(2)]

    async def until_so_many_wait(count: int) -> None:
        async with asyncio.timeout(9):
            while await watch.fetchval(WAITING) < count:  # noqa: ASYNC110 - another process waits
                await asyncio.sleep(0.01)

    # given a download that waits for the workspace, and who records something behind it
    async with other.transaction():
        await other.execute(
            "SELECT id FROM subscription WHERE workspace_id = $1 FOR UPDATE", acme.key
        )
        opening = asyncio.create_task(exports.usage(acme.key, UsageFilter()))
        await until_so_many_wait(1)
        report = Report(acme.key, [ReportedEvent("late", "interaction", Decimal(1))])
        recording = asyncio.create_task(usage.record([report]))
        await until_so_many_wait(2)
    export = await opening
    await recording
    # then it has the rows that it counted
    found = [row["event_id"] async for page in export.pages for row in page]
    assert (len(found), export.rows_total) == (1, 1)
    await asyncio.gather(other.close(), watch.close())
