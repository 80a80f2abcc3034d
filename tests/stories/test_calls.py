"""Calls take a line and hold credits while they run, and are paid by the second when they end."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from models.calls import Call, CreditHold
from models.credits import CreditBalance
from models.invoices import Invoice
from models.subscriptions import Subscription
from services import due_work
from tests import given
from tests.calls import BALANCE, CALL, end, ended, start, started, the_call
from tests.client import Api
from tests.corrections import advance
from tests.given import Tenant
from tests.metering import an_event, balance, entries, give, record
from tests.provider import PROVIDER

WEB: dict[str, Any] = {"stt": None, "tts": None, "telephony": False}  # 30 credits a minute
NOTHING = dict.fromkeys(("platform", "stt", "tts", "sts", "llm", "telephony", "total"), "0.000")


async def a_payer(operator: Api, **input: Any) -> Tenant:
    """On pay as you go: ten lines, 5,750 credits."""
    acme = await given.a_workspace(operator, card="pm_card_visa", **input)
    done = await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    assert done["errors"] == []
    return acme


def codes(payload: dict[str, Any]) -> list[str]:
    return [error["code"] for error in payload["errors"]]


# ------------------------------------------------------------------ what a call costs


async def test_a_call_holds_five_minutes_and_pays_its_seconds(operator: Api) -> None:
    # given 750 credits; a minute costs 30 + 11 + 44 + 16.5 = 101.5
    acme = await given.a_workspace(operator)
    # when a call begins
    call = await started(acme, "call-1", agentId="agent-1")
    # then five minutes are held, of the 750
    assert call == {
        "id": call["id"],
        "externalId": "call-1",
        "startedAt": "2026-04-01T00:00:00Z",
        "endedAt": None,
        "abandonedAt": None,
        "agentId": "agent-1",
        "client": None,
        "heldCredits": "507.500",
        "heldUntil": "2026-04-01T00:05:00Z",
        "uncoveredSince": None,
        "cost": None,
    }
    found = await balance(acme)
    assert (found["available"], found["held"], found["total"]) == ("242.500", "507.500", "750.000")
    # when it has ended after 61 seconds, 103.191666..., rounded up once
    payload = await end(acme, "call-1", seconds=61)
    assert payload["call"]["cost"] == {
        "platform": "30.500",
        "stt": "11.184",
        "tts": "44.733",
        "sts": "0.000",
        "llm": "0.000",
        "telephony": "16.775",
        "total": "103.192",
        "seconds": 61,
    }
    assert payload["call"]["heldUntil"] is None
    assert payload["creditBalance"] == {
        "available": "646.808",
        "held": "0.000",
        "total": "646.808",
        "debt": "0.000",
        "nextExpiry": None,
        "expiringAtNextExpiry": "0.000",
    }


@pytest.mark.parametrize(
    ("setup", "end_of_it", "cost"),
    [
        (
            {},
            {"seconds": 1},  # 0.5 + 0.18333... + 0.73333... + 0.275, up once: not 1.693
            {"platform": "0.500", "stt": "0.184", "tts": "0.733", "telephony": "0.275"},
        ),
        (
            {},
            {"seconds": 60},
            {"platform": "30.000", "stt": "11.000", "tts": "44.000", "telephony": "16.500"},
        ),
        ({}, {"seconds": 0}, {}),
        (WEB, {"seconds": 86_400}, {"platform": "43200.000"}),
        # speech-to-speech takes the place of the two
        (
            {"sts": "google-live", "telephony": False},
            {"seconds": 60},
            {"platform": "30.000", "sts": "11.000"},
        ),
        # own keys, by their part and by whose they are; the platform is paid
        (
            {"ownKeys": ["stt", "elevenlabs", "twilio"]},
            {"seconds": 90},
            {"platform": "45.000"},
        ),
        # 1.875 + 15 for a thousand tokens of each
        (
            WEB | {"model": "gpt-5"},
            {"seconds": 60, "inputTokens": 1_000, "outputTokens": 1_000},
            {"platform": "30.000", "llm": "16.875"},
        ),
        # a token in is 1.875 mc, a token out 15 mc: 16.875, up once
        (
            WEB | {"model": "gpt-5"},
            {"seconds": 0, "inputTokens": 1, "outputTokens": 1},
            {"llm": "0.017"},
        ),
        (
            WEB | {"model": "gpt-5", "ownKeys": ["llm"]},
            {"seconds": 2, "inputTokens": 10**9, "outputTokens": 10**9},
            {"platform": "1.000"},
        ),
        # a second of speechmatics is 73.333 mc, ten tokens of nano 5 mc; together 578.333
        (
            WEB | {"stt": "speechmatics", "model": "gpt-5-nano"},
            {"seconds": 1, "inputTokens": 10},
            {"platform": "0.500", "stt": "0.074", "llm": "0.005"},
        ),
    ],
    ids=lambda value: " ".join(map(str, value.values())) if isinstance(value, dict) else "",
)
async def test_a_call_costs_what_its_parts_cost_rounded_up_once(
    operator: Api, setup: dict[str, Any], end_of_it: dict[str, Any], cost: dict[str, str]
) -> None:
    acme = await given.a_workspace(operator)
    await started(acme, "call-1", **setup)
    call = await ended(acme, "call-1", **end_of_it)
    total = sum(int(part.replace(".", "")) for part in cost.values())
    whole = {"total": f"{total // 1_000}.{total % 1_000:03}", "seconds": end_of_it["seconds"]}
    assert call["cost"] == NOTHING | cost | whole


async def test_enterprise_pays_95_credits_a_minute_as_the_calculator_says(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    agreed = await operator.do(
        "setContract",
        "invoice { id }",
        workspaceId=acme.id,
        monthlyPrice="1000",
        includedCredits="0",
    )
    assert agreed["errors"] == []
    await started(acme, "call-1")
    assert (await ended(acme, "call-1"))["cost"]["total"] == "95.000"
    asked = await acme.api.ask(
        """{ priceEstimate(input: {plan: "enterprise", calls: [
            {minutes: "1", stt: "deepgram", tts: "elevenlabs"}]}) { usageCredits } }"""
    )
    assert asked["priceEstimate"]["usageCredits"] == "95.000"


async def test_what_a_call_cost_stands_in_usage_in_reports_and_in_the_ledger(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    seat = await acme.api.do(
        "assignSeat", "seat { client { id } }", kind="CLIENT", email="ceo@one.test"
    )
    client = seat["seat"]["client"]["id"]
    await record(acme, an_event())
    await started(
        acme, "call-1", agentId="agent-1", clientId=client, model="gpt-4o", ownKeys=["stt"]
    )
    call = await ended(acme, "call-1", seconds=100, inputTokens=2_500, outputTokens=300)
    assert call["client"] == {"id": client}
    # 30 + 44 + 16.5 a minute for 100 s are 150.83333..., the tokens 7.5 + 3.6
    assert call["cost"]["total"] == "161.934"
    asked = await acme.api.ask(
        """query ($client: ID) { workspace {
        usageEvents(filter: {sessionId: "call-1", clientId: $client, agentIds: ["agent-1"]}) {
            nodes { eventId meter quantity provider model credits occurredAt ownKey } }
        usageReport(input: {from: "2026-04-01T00:00:00Z", to: "2026-04-02T00:00:00Z", grain: HOUR,
            groupBy: [METER, AGENT]}) { total events buckets { meter credits agentId } } } }""",
        client=client,
    )
    events = asked["workspace"]["usageEvents"]["nodes"]
    assert sorted(
        (each["meter"], each["quantity"], each["credits"], each["ownKey"]) for each in events
    ) == [
        ("llm.input_tokens", "2500", "7.500", False),
        ("llm.output_tokens", "300", "3.600", False),
        ("voice.platform", "1.666666666667", "50.000", False),
        ("voice.stt", "1.666666666667", "0.000", True),
        ("voice.telephony", "1.666666666667", "27.500", False),
        ("voice.tts", "1.666666666667", "73.334", False),
    ]
    assert {each["occurredAt"] for each in events} == {"2026-04-01T00:00:00Z"}
    report = asked["workspace"]["usageReport"]
    assert (report["total"], report["events"]) == ("162.934", 7)
    spent = [each for each in await entries(acme) if each["kind"] == "USAGE"]
    assert {each["usageEvent"]["eventId"]: each["amount"] for each in spent[:-1]} == {
        each["eventId"]: f"-{each['credits']}" for each in events if each["credits"] != "0.000"
    }
    assert spent[0]["balanceAfter"] == "587.066"


async def test_the_plan_of_the_start_rates_all_of_a_call(operator: Api) -> None:
    # given a call that begins on the free plan, with its markup
    acme = await given.a_workspace(operator)
    await started(acme, "call-1")
    # when a contract without markup begins before the call ends
    agreed = await operator.do(
        "setContract",
        "invoice { id }",
        workspaceId=acme.id,
        monthlyPrice="1000",
        includedCredits="0",
    )
    assert agreed["errors"] == []
    # then it costs what it was held for; the next one is another
    assert (await ended(acme, "call-1"))["cost"]["total"] == "101.500"
    await started(acme, "call-2")
    assert (await ended(acme, "call-2"))["cost"]["total"] == "95.000"


# ------------------------------------------------------------------ lines


async def test_the_free_plan_has_one_line_and_says_how_to_get_more(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    await started(acme, "call-1", **WEB)
    payload = await start(acme, "call-2", **WEB)
    assert payload["call"] is None
    [error] = payload["errors"]
    assert (error["__typename"], error["code"]) == ("CapacityError", "CAPACITY_EXCEEDED")
    assert error["message"] == (
        "There is no room for another call line: 1 in use, limit 1. The add-on "
        "'concurrent-call-line' makes room; it needs a paid plan (subscribe)."
    )
    # when the first has ended its line is free
    await ended(acme, "call-1")
    await started(acme, "call-2", **WEB)


async def test_fifty_at_once_find_ten_lines_and_an_add_on_brings_the_eleventh(
    operator: Api,
) -> None:
    acme = await a_payer(operator)
    payloads = await asyncio.gather(
        *(start(acme, f"call-{n}", **WEB, holdMinutes=1) for n in range(50))
    )
    assert sum(payload["errors"] == [] for payload in payloads) == 10
    assert [codes(payload) for payload in payloads if payload["errors"]] == [
        ["CAPACITY_EXCEEDED"]
    ] * 40
    shown = await acme.api.ask(
        "{ workspace { capacity(resource: CALL_LINE) { limit used available } "
        "calls(live: true) { totalCount nodes { heldCredits } } creditBalance { held } } }"
    )
    assert shown["workspace"] == {
        "capacity": {"limit": 10, "used": 10, "available": 0},
        "calls": {"totalCount": 10, "nodes": [{"heldCredits": "30.000"}] * 10},
        "creditBalance": {"held": "300.000"},
    }
    one_more = [{"addOn": "concurrent-call-line", "quantity": 1}]
    bought = await acme.api.do("setAddOns", "invoice { id }", addOns=one_more)
    assert bought["errors"] == []
    await started(acme, "one-more", **WEB)
    assert codes(await start(acme, "too-many", **WEB)) == ["CAPACITY_EXCEEDED"]


async def test_calls_that_run_do_not_keep_lines_from_being_given_back(operator: Api) -> None:
    # given twelve lines in use, two of them bought
    acme = await a_payer(operator)
    two = [{"addOn": "concurrent-call-line", "quantity": 2}]
    await acme.api.do("setAddOns", "invoice { id }", addOns=two)
    await give(operator, acme, "50000")
    await advance(acme, "2026-04-30T23:50:00Z")
    for n in range(12):
        await started(acme, f"call-{n}", **WEB)
    # when both are given up, from the next period on
    none = [{"addOn": "concurrent-call-line", "quantity": 0}]
    assert (await acme.api.do("setAddOns", "invoice { id }", addOns=none))["errors"] == []
    await advance(acme, "2026-05-01T00:00:00Z")
    # then they are not billed again, all calls go on, and none begins before there is room
    shown = await acme.api.ask(
        "{ workspace { capacity(resource: CALL_LINE) { limit used available } "
        "invoices(first: 1) { nodes { total { amount } } } } }"
    )
    assert shown["workspace"] == {
        "capacity": {"limit": 10, "used": 12, "available": 0},
        "invoices": {"nodes": [{"total": {"amount": "20.00"}}]},
    }
    for n in range(2):
        await ended(acme, f"call-{n}")
    assert codes(await start(acme, "call-13", **WEB)) == ["CAPACITY_EXCEEDED"]
    await ended(acme, "call-2")
    await started(acme, "call-13", **WEB)


async def test_unpaid_no_call_begins_and_those_that_run_can_end(operator: Api) -> None:
    acme = await a_payer(operator)
    await acme.api.do("setAutoBilling", "__typename", enabled=False)
    await advance(acme, "2026-05-21T23:59:00Z")
    await give(operator, acme, "1000")
    await started(acme, "call-1", **WEB)
    await advance(acme, "2026-05-22T00:00:00Z")
    assert codes(await start(acme, "call-2", **WEB)) == ["CAPACITY_EXCEEDED"]
    assert (await ended(acme, "call-1"))["cost"]["total"] == "30.000"
    invoice = await Invoice.get(workspace_id=acme.key, status="OPEN")
    await acme.api.do("payInvoice", "invoice { status }", invoiceId=given.id_of(invoice))
    await started(acme, "call-2", **WEB)


# ------------------------------------------------------------------ credits


async def test_without_credits_for_its_hold_no_call_begins(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    payload = await acme.api.do(
        "startCall",
        "call { id } errors { ... on InsufficientCreditsError { available required } }",
        callId="call-1",
        stt="deepgram",
        tts="elevenlabs",
        holdMinutes=8,
    )
    [error] = payload["errors"]
    assert (error["code"], error["available"], error["required"]) == (
        "INSUFFICIENT_CREDITS",
        "750.000",
        "812.000",
    )
    # nothing of it is left: the same call begins with less
    await started(acme, "call-1", holdMinutes=7)


async def test_what_is_held_nothing_else_can_spend(operator: Api) -> None:
    # given 750 credits of which a call holds 507.5
    acme = await given.a_workspace(operator)
    await started(acme, "call-1")
    # when usage comes for 300, refused; and for 240, paid
    recorded = await record(acme, an_event(quantity="300"), an_event(quantity="240"))
    assert [each["status"] for each in recorded["results"]] == ["REJECTED", "ACCEPTED"]
    assert recorded["results"][0]["error"]["available"] == "242.500"
    taken = await operator.do(
        "adjustCredits", "entry { id }", workspaceId=acme.id, credits="-3", reason="Test"
    )
    assert codes(taken) == ["INSUFFICIENT_CREDITS"]
    # when work that is done already costs 10 more than there is: it is owed, though 507.5 are held
    await record(acme, an_event(quantity="12.5"), shortfall="OWE")
    found = await balance(acme)
    assert (found["available"], found["held"], found["total"], found["debt"]) == (
        "-10.000",
        "507.500",
        "497.500",
        "10.000",
    )
    # then what the call does not need repays it
    payload = await end(acme, "call-1", seconds=60)
    assert payload["creditBalance"]["available"] == "396.000"
    assert payload["creditBalance"]["debt"] == "0.000"
    # and half of it would have been repaid by a grant before
    await started(acme, "call-2", holdMinutes=3)
    await record(acme, an_event(quantity="100"), shortfall="OWE")
    await give(operator, acme, "5")
    found = await balance(acme)
    assert (found["available"], found["debt"], found["total"]) == ("-3.500", "3.500", "301.000")


async def test_a_call_beyond_its_hold_takes_what_there_is_and_owes_the_rest(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    await started(acme, "call-1", holdMinutes=1)
    payload = await end(acme, "call-1", seconds=480)
    assert payload["call"]["cost"]["total"] == "812.000"
    assert payload["creditBalance"]["available"] == "-62.000"
    assert payload["creditBalance"]["debt"] == "62.000"
    assert codes(await start(acme, "call-2", **WEB)) == ["INSUFFICIENT_CREDITS"]
    await give(operator, acme, "100")
    assert (await balance(acme))["available"] == "38.000"


async def test_a_lot_that_dies_while_it_is_held_still_pays(operator: Api) -> None:
    # given 600 credits that expire in two minutes, and burn first, of which a call holds 507.5
    acme = await given.a_workspace(operator)
    await give(operator, acme, "600", expiresAt="2026-04-01T00:02:00Z")
    await started(acme, "call-1")
    found = await balance(acme)
    assert (found["nextExpiry"], found["expiringAtNextExpiry"]) == (
        "2026-04-01T00:02:00Z",
        "92.500",
    )
    # when they have died, what nobody holds has expired
    await advance(acme, "2026-04-01T00:03:00Z")
    found = await balance(acme)
    assert (found["available"], found["held"], found["total"], found["nextExpiry"]) == (
        "750.000",
        "507.500",
        "1257.500",
        None,
    )
    # then the call is paid from them, and what it does not need expires when it ends
    payload = await end(acme, "call-1", seconds=60)
    assert payload["creditBalance"]["total"] == "750.000"
    newest = [
        (each["kind"], each["amount"], each["occurredAt"], each["grant"]["source"])
        for each in (await entries(acme))[:6]
    ]
    assert newest == [
        ("EXPIRY", "-406.000", "2026-04-01T00:03:00Z", "ADJUSTMENT"),
        ("USAGE", "-16.500", "2026-04-01T00:00:00Z", "ADJUSTMENT"),
        ("USAGE", "-44.000", "2026-04-01T00:00:00Z", "ADJUSTMENT"),
        ("USAGE", "-11.000", "2026-04-01T00:00:00Z", "ADJUSTMENT"),
        ("USAGE", "-30.000", "2026-04-01T00:00:00Z", "ADJUSTMENT"),
        ("EXPIRY", "-92.500", "2026-04-01T00:02:00Z", "ADJUSTMENT"),
    ]


async def test_what_is_held_whole_does_not_expire_next(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    await give(operator, acme, "30", expiresAt="2026-04-01T00:02:00Z")
    await give(operator, acme, "7", expiresAt="2026-04-01T00:03:00Z")
    await started(acme, "call-1", **WEB, holdMinutes=1)
    found = await balance(acme)
    assert (found["nextExpiry"], found["expiringAtNextExpiry"]) == ("2026-04-01T00:03:00Z", "7.000")


async def test_a_lot_dies_to_the_microsecond_also_when_a_call_holds_of_it(operator: Api) -> None:
    # given a clock that nobody has moved past the expiry by a job: the call's own end finds it
    acme = await given.a_workspace(operator)
    await give(operator, acme, "100", expiresAt="2026-04-01T00:00:30Z")
    await started(acme, "call-1", **WEB, holdMinutes=1)
    await given.time_passes(acme, until="2026-04-01T00:00:30Z")
    found = await balance(acme)
    assert (found["available"], found["held"], found["total"]) == ("750.000", "30.000", "780.000")
    await ended(acme, "call-1", seconds=30)
    assert (await balance(acme))["total"] == "750.000"


# ------------------------------------------------------------------ time


async def test_a_hold_is_extended_as_far_as_credits_go_and_again_when_there_are_more(
    operator: Api,
) -> None:
    # given 750 credits: five minutes of 101.5 are held, and 242.5 are left
    acme = await given.a_workspace(operator)
    await started(acme, "call-1")
    # when five minutes are over, two more can be paid
    await advance(acme, "2026-04-01T00:05:00Z")
    call = await the_call(acme, "call-1")
    assert (call["heldCredits"], call["heldUntil"], call["uncoveredSince"]) == (
        "710.500",
        "2026-04-01T00:07:00Z",
        None,
    )
    # when those are over, none can, and whoever runs the call is told so
    await advance(acme, "2026-04-01T00:08:30Z")
    call = await the_call(acme, "call-1")
    assert (call["heldCredits"], call["uncoveredSince"]) == ("710.500", "2026-04-01T00:07:00Z")
    # when credits come in, the next minute covers what has run already, and more
    await give(operator, acme, "1000")
    await advance(acme, "2026-04-01T00:09:00Z")
    call = await the_call(acme, "call-1")
    assert (call["heldCredits"], call["heldUntil"], call["uncoveredSince"]) == (
        "1218.000",
        "2026-04-01T00:12:00Z",
        None,
    )
    payload = await end(acme, "call-1", seconds=600)
    assert payload["creditBalance"]["total"] == "735.000"
    hold = await CreditHold.filter(call__workspace_id=acme.key).order_by("id")
    assert [(row.amount_mc, row.closed_at is None) for row in hold] == [
        (750_000, False),
        (468_000, False),
    ]


async def test_a_call_that_is_not_heard_of_for_four_hours_is_given_up(operator: Api) -> None:
    # given a call on the only line, and credits that last
    acme = await given.a_workspace(operator)
    await give(operator, acme, "10000")
    await started(acme, "call-1", **WEB)
    await advance(acme, "2026-04-01T03:59:59.999999Z")
    call = await the_call(acme, "call-1")
    assert (call["heldCredits"], call["abandonedAt"]) == ("7200.000", None)
    # when four hours are over, its line and its credits are free
    await advance(acme, "2026-04-01T04:00:00Z")
    call = await the_call(acme, "call-1")
    assert (call["heldCredits"], call["abandonedAt"], call["endedAt"], call["cost"]) == (
        "0.000",
        "2026-04-01T04:00:00Z",
        None,
        None,
    )
    found = await balance(acme)
    assert (found["available"], found["held"]) == ("10750.000", "0.000")
    await started(acme, "call-2", **WEB)
    # when its end is told after all, it is paid
    await advance(acme, "2026-04-01T05:00:00Z")
    call = await ended(acme, "call-1", seconds=18_000)
    assert (call["cost"]["total"], call["endedAt"]) == ("9000.000", "2026-04-01T05:00:00Z")
    assert call["abandonedAt"] == "2026-04-01T04:00:00Z"


async def test_the_worker_looks_after_calls_in_real_time(operator: Api) -> None:
    # given a call of a workspace in real time, which a worker finds when its minutes are over
    acme = await given.a_workspace(operator, clock=None)
    await started(acme, "call-1", **WEB, holdMinutes=1)
    call = await Call.get(workspace_id=acme.key)
    subscription = await Subscription.get(workspace_id=acme.key)
    assert subscription.due_at == call.started_at + timedelta(minutes=1)
    # when nobody has looked for two and a half minutes
    began = datetime.now(UTC) - timedelta(minutes=2, seconds=30)
    await Call.filter(id=call.id).update(started_at=began, next_at=began + timedelta(minutes=1))
    await due_work.catch_up(acme.key, PROVIDER)
    # then all three minutes are held, and it is looked after again when they are over
    call = await Call.get(id=call.id)
    assert (call.held_minutes, call.held_mc) == (3, 90_000)
    subscription = await Subscription.get(workspace_id=acme.key)
    assert subscription.due_at == call.next_at == began + timedelta(minutes=3)
    # and after the last nothing is due any more
    await ended(acme, "call-1")
    assert (await Subscription.get(workspace_id=acme.key)).due_at is None


# ------------------------------------------------------------------ twice


async def test_a_call_begins_once_however_often_it_is_told(operator: Api) -> None:
    acme = await a_payer(operator)
    payloads = await asyncio.gather(*(start(acme, "call-1", ownKeys=["stt"]) for _ in range(20)))
    assert {payload["call"]["id"] for payload in payloads} == {payloads[0]["call"]["id"]}
    assert await Call.filter(workspace_id=acme.key).count() == 1
    assert (await balance(acme))["held"] == "452.500"
    conflict = await start(acme, "call-1", ownKeys=["stt"], agentId="agent-2")
    [error] = conflict["errors"]
    assert (error["code"], error["path"]) == ("IDEMPOTENCY_CONFLICT", ["callId"])
    assert error["message"] == (
        "The call 'call-1' was begun with other values before. Give a new call an id of its own."
    )
    # also when it has ended: nothing begins anew
    await ended(acme, "call-1")
    again = await started(acme, "call-1", ownKeys=["stt"])
    assert again["cost"]["total"] == "90.500"
    assert (await balance(acme))["held"] == "0.000"


async def test_a_call_ends_once_however_often_it_is_told(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    await started(acme, "call-1")
    payloads = await asyncio.gather(*(end(acme, "call-1", seconds=60) for _ in range(20)))
    assert [payload["errors"] for payload in payloads] == [[]] * 20
    assert {payload["call"]["cost"]["total"] for payload in payloads} == {"101.500"}
    assert {payload["creditBalance"]["total"] for payload in payloads} == {"648.500"}
    conflict = await end(acme, "call-1", seconds=61)
    [error] = conflict["errors"]
    assert (error["code"], error["path"]) == ("IDEMPOTENCY_CONFLICT", ["callId"])
    assert error["message"] == (
        "The call 'call-1' has ended with other values before. Give a new call an id of its own."
    )
    assert (await balance(acme))["total"] == "648.500"


async def test_what_begins_and_ends_at_once_is_paid_or_not_found(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    for n in range(10):
        begun, done = await asyncio.gather(
            start(acme, f"call-{n}", **WEB, holdMinutes=1), end(acme, f"call-{n}", seconds=1)
        )
        assert begun["errors"] == []
        if done["errors"]:
            assert codes(done) == ["NOT_FOUND"]
            await ended(acme, f"call-{n}", seconds=1)
    found = await balance(acme)
    assert (found["total"], found["held"]) == ("745.000", "0.000")


async def test_fifty_debits_of_30_and_calls_among_them_never_overdraw_1000_credits(
    operator: Api,
) -> None:
    # given 1,000 credits and ten lines; a hold is 60
    acme = await a_payer(operator)
    await operator.do(
        "adjustCredits", "entry { id }", workspaceId=acme.id, credits="-4750", reason="Test"
    )
    answers = await asyncio.gather(
        *(record(acme, an_event("voice.platform")) for _ in range(50)),
        *(start(acme, f"call-{n}", **WEB, holdMinutes=2) for n in range(10)),
    )
    debits = sum(answer.get("accepted", 0) for answer in answers)
    calls = [answer["call"]["externalId"] for answer in answers if answer.get("call")]
    found = await balance(acme)
    assert debits * 30 + len(calls) * 60 == 990
    assert (found["available"], found["held"]) == ("10.000", f"{len(calls) * 60}.000")
    # when the calls end at once, each within its hold, nothing was owed
    await asyncio.gather(*(ended(acme, call, seconds=120) for call in calls))
    row = await CreditBalance.get(account__workspace_id=acme.key)
    assert (row.total_mc, row.held_mc) == (10_000, 0)


# ------------------------------------------------------------------ whose


async def test_calls_are_of_one_workspace_and_of_clients_of_its_own(operator: Api) -> None:
    acme, other = await given.a_workspace(operator), await given.a_workspace(operator)
    await started(acme, "call-1")
    payload = await end(other, "call-1")
    assert (codes(payload), payload["call"], payload["creditBalance"]) == (
        ["NOT_FOUND"],
        None,
        None,
    )
    # one id, two workspaces, two calls
    await started(other, "call-1", **WEB)
    assert (await ended(other, "call-1"))["cost"]["total"] == "30.000"
    assert (await the_call(acme, "call-1"))["endedAt"] is None
    # a client of the other one is none, for its key and for operators, and no id names nobody
    seat = await other.api.do(
        "assignSeat", "seat { client { id } }", kind="CLIENT", email="ceo@one.test"
    )
    client = seat["seat"]["client"]["id"]
    for api, id in product((acme.api, operator), (client, "")):
        refused = await api.do(
            "startCall", "call { id }", workspaceId=acme.id, callId="call-2", clientId=id
        )
        [error] = refused["errors"]
        assert (error["code"], error["path"]) == ("NOT_FOUND", ["clientId"])


async def test_calls_are_listed_newest_first_and_by_whether_they_live(operator: Api) -> None:
    acme = await a_payer(operator)
    for n in range(4):
        await started(acme, f"call-{n}", **WEB)
    await ended(acme, "call-1")
    await ended(acme, "call-2")

    async def listed(arguments: str) -> list[str]:
        asked = await acme.api.ask(
            f"{{ workspace {{ calls{arguments} {{ nodes {{ externalId }} totalCount }} }} }}"
        )
        found = asked["workspace"]["calls"]
        assert found["totalCount"] >= len(found["nodes"])
        return [call["externalId"] for call in found["nodes"]]

    assert await listed("") == ["call-3", "call-2", "call-1", "call-0"]
    assert await listed("(live: true)") == ["call-3", "call-0"]
    assert await listed("(live: false)") == ["call-2", "call-1"]
    assert await listed("(first: 1, live: false)") == ["call-2"]
    id = (await the_call(acme, "call-3"))["id"]
    asked = await acme.api.ask(
        f"query ($id: ID!) {{ node(id: $id) {{ ... on Call {{ {CALL} }} }} "
        f"workspace {{ {BALANCE} }} }}",
        id=id,
    )
    assert asked["node"]["externalId"] == "call-3"
    assert asked["workspace"]["creditBalance"]["held"] == "300.000"


async def test_a_call_in_a_month_without_a_partition_is_paid(operator: Api) -> None:
    acme = await given.a_workspace(operator, clock="2031-07-31T23:59:00Z")
    await started(acme, "call-1")
    assert (await ended(acme, "call-1"))["cost"]["total"] == "101.500"
