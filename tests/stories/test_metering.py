"""Usage is reported, rated by the price list and paid from credits."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from billwright.settings import Settings
from models.catalog import Plan
from models.clients import Client
from models.subscriptions import PlanTenure, Subscription
from models.usage import UsageEvent
from models.workspaces import Workspace
from services import catalog
from services.price_list_file import load, read
from tests import given
from tests.client import Api
from tests.metering import an_event, balance, cost, entries, give, record, refusal

NOW = given.instant(given.FIRST_OF_APRIL)

# ------------------------------------------------------------------ what usage costs


@pytest.mark.parametrize(
    ("event", "credits"),
    [
        (an_event("interaction"), "1.000"),
        (an_event("channel.custom", "3"), "3.000"),
        (an_event("tool.use"), "0.500"),
        (an_event("ui.engine", "5"), "2.500"),
        (an_event("stt.request"), "1.000"),
        (an_event("kb.document", "7"), "7.000"),
        (an_event("kb.sync", "7"), "7.000"),
        (an_event("file.megabyte", "0.25"), "0.250"),
        (an_event("crawl.page"), "1.000"),
        (an_event("crawl.page_deep"), "10.000"),
        (an_event("crawl.page_proxy"), "60.000"),
        (an_event("widget.visit"), "0.200"),
        (an_event("geo.request", "1000"), "0.000"),
        (an_event("llm.input_tokens", "2500", model="gpt-4o-mini"), "2.500"),
        (an_event("llm.output_tokens", "300", model="gpt-4o-mini"), "0.300"),
        (an_event("llm.input_tokens", "2500", model="gpt-5"), "4.688"),  # 4.6875
        (an_event("llm.output_tokens", "1", model="gpt-5-nano"), "0.001"),
        (an_event("llm.input_tokens", "1000", model="qwen-turbo"), "0.600"),
        (an_event("voice.platform", "1.5"), "45.000"),
        (an_event("voice.stt", provider="deepgram"), "11.000"),
        (an_event("voice.stt", provider="gladia"), "14.300"),
        (an_event("voice.tts", provider="elevenlabs"), "44.000"),
        (an_event("voice.sts", provider="google-live"), "11.000"),
        (an_event("voice.telephony", provider="twilio"), "16.500"),
        # a second of speechmatics: 4 / 60 x 1.1 = 0.07333..., up once
        (an_event("voice.stt", "0.016666666667", provider="speechmatics"), "0.074"),
        # what is not asked for is a note, and changes nothing
        (an_event("llm.input_tokens", "1000", model="gpt-4o", provider="azure"), "3.000"),
        # an own key makes its component free; the rest is still charged
        (an_event("voice.tts", "3", provider="elevenlabs", ownKey=True), "0.000"),
        (an_event("llm.output_tokens", "9", model="claude-opus-4", ownKey=True), "0.000"),
        (an_event("voice.platform", ownKey=True), "30.000"),
        (an_event("interaction", ownKey=True), "1.000"),
    ],
    ids=lambda value: value if isinstance(value, str) else value["meter"],
)
async def test_a_price_of_the_list(operator: Api, event: dict[str, Any], credits: str) -> None:
    acme = await given.a_workspace(operator)
    assert await cost(acme, event) == [credits]


async def test_a_minute_of_deepgram_elevenlabs_and_twilio_is_101_and_a_half_credits(
    operator: Api,
) -> None:
    minute = [
        an_event("voice.stt", provider="deepgram"),
        an_event("voice.tts", provider="elevenlabs"),
        an_event("voice.telephony", provider="twilio"),
        an_event("voice.platform"),
    ]
    acme = await given.a_workspace(operator)
    recorded = await record(acme, *minute)
    assert (recorded["accepted"], recorded["credits"]) == (4, "101.500")
    assert recorded["creditBalance"]["available"] == "648.500"


async def put_on(tenant: given.Tenant, plan_key: str, *, since: str) -> None:
    """As an operator's contract does it: from then on the workspace is on this plan."""
    subscription = await Subscription.get(workspace_id=tenant.key).select_related("plan")
    plan = await Plan.get(catalog_version_id=subscription.plan.catalog_version_id, key=plan_key)
    await Subscription.filter(id=subscription.id).update(plan_id=plan.id)
    await PlanTenure.create(
        subscription_id=subscription.id, plan_id=plan.id, since=given.instant(since)
    )


async def test_the_plan_of_the_moment_decides_the_markup(operator: Api) -> None:
    # given a workspace that is on enterprise, which pays no markup, since a week
    acme = await given.a_workspace(operator)
    await put_on(acme, "enterprise", since="2026-04-08T00:00:00Z")
    await given.time_passes(acme, until="2026-04-15T00:00:00Z")

    def a_minute(at: str) -> dict[str, Any]:
        return an_event("voice.tts", provider="elevenlabs", occurredAt=at)

    # when minutes are reported from before, from the very moment and from after
    assert await cost(
        acme,
        a_minute("2026-04-07T23:59:59.999999Z"),
        a_minute("2026-04-08T00:00:00Z"),
        a_minute("2026-04-15T00:00:00Z"),
        a_minute("2026-03-20T00:00:00Z"),  # before there was a workspace: by its first plan
    ) == ["44.000", "40.000", "40.000", "44.000"]


async def test_subscribing_begins_the_plan_that_usage_is_rated_by(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await given.time_passes(acme, until="2026-04-10T00:00:00Z")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    subscription = await Subscription.get(workspace_id=acme.key)
    tenures = await PlanTenure.filter(subscription_id=subscription.id).order_by("since")
    await tenures[1].fetch_related("plan")
    assert [tenure.since for tenure in tenures] == [NOW, given.instant("2026-04-10T00:00:00Z")]
    assert tenures[1].plan.key == "pay-as-you-go"
    # seats and other add-ons are no other plan
    await acme.api.do(
        "setAddOns", "invoice { id }", addOns=[{"addOn": "client-seat", "quantity": 1}]
    )
    assert await PlanTenure.filter(subscription_id=subscription.id).count() == 2


async def a_price_list(tenant: given.Tenant, **rates: list[dict[str, str]]) -> None:
    """The tenant is on the shipped list with these rates in it; nobody else is."""
    document: Any = load(Settings().catalog).to_document()
    document["rates"] |= rates
    version = await catalog._write(read(document, source="the test"))
    await Workspace.filter(id=tenant.key).update(catalog_version_id=version.id)
    subscription = await Subscription.get(workspace_id=tenant.key)
    plan = await catalog.default_plan(version.id)
    await Subscription.filter(id=subscription.id).update(plan_id=plan.id)
    await PlanTenure.create(subscription_id=subscription.id, plan_id=plan.id, since=NOW)


async def test_a_rate_with_a_date_holds_from_that_day_and_re_rates_nothing(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    await a_price_list(acme, interaction=[{"credits": "1"}, {"credits": "2", "from": "2026-04-03"}])
    before = an_event(occurredAt=given.FIRST_OF_APRIL)
    assert await cost(acme, before) == ["1.000"]
    await given.time_passes(acme, until="2026-04-05T00:00:00Z")
    # when more is reported after that day, of both sides of its midnight
    assert await cost(
        acme,
        an_event(occurredAt="2026-04-02T23:59:59.999999Z"),
        an_event(occurredAt="2026-04-03T00:00:00Z"),
        an_event(),
    ) == ["1.000", "2.000", "2.000"]
    # then what was rated before is as it was
    again = await record(acme, before)
    assert [(each["status"], each["credits"]) for each in again["results"]] == [
        ("DUPLICATE", "1.000")
    ]


async def test_what_has_no_price_yet_is_refused(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    await a_price_list(acme, interaction=[{"credits": "2", "from": "2026-04-03"}])
    early = await refusal(acme, an_event())
    assert (early["code"], early["path"]) == ("INVALID_INPUT", ["events", "0", "occurredAt"])
    assert early["message"] == "interaction had no price yet at 2026-04-01T00:00:00Z."


async def test_a_workspace_is_rated_by_its_own_price_list(operator: Api) -> None:
    acme, other = [await given.a_workspace(operator) for _ in range(2)]
    await a_price_list(acme, interaction=[{"credits": "7"}])
    assert (await cost(acme, an_event()), await cost(other, an_event())) == (["7.000"], ["1.000"])


async def test_what_one_event_may_cost_has_a_limit(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    await a_price_list(acme, interaction=[{"credits": "1000000"}])
    too_much = await refusal(acme, an_event(quantity="1000.001"), shortfall="OWE")
    assert (too_much["code"], too_much["path"]) == ("INVALID_INPUT", ["events", "0", "quantity"])
    assert too_much["message"] == (
        "1000.001 reply of interaction would cost 1,000,001,000.000 credits; one event costs at "
        "most 1,000,000,000.000."
    )


# ------------------------------------------------------------------ each event on its own


async def test_the_same_event_again_is_a_duplicate_and_costs_nothing_more(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    event = an_event("voice.tts", "2", provider="elevenlabs", occurredAt=given.FIRST_OF_APRIL)
    assert (await record(acme, event))["credits"] == "88.000"
    # sent again on its own, twice in one request, with the quantity written otherwise
    again = await record(acme, event, event, event | {"quantity": "2.000"})
    assert [(each["status"], each["credits"]) for each in again["results"]] == [
        ("DUPLICATE", "88.000")
    ] * 3
    assert (again["accepted"], again["duplicates"], again["credits"]) == (0, 3, "0.000")
    assert (await balance(acme))["total"] == "662.000"
    assert await UsageEvent.filter(workspace_id=acme.key).count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"meter": "voice.stt", "provider": "deepgram"},
        {"quantity": "2.000000000001"},
        {"provider": "azure"},
        {"model": "turbo"},
        {"occurredAt": "2026-03-31T23:59:59.999999Z"},
        {"occurredAt": None},
        {"agentId": "agent-2"},
        {"sessionId": None},
        {"ownKey": True},
        {"quantity": "-1"},
    ],
    ids=str,
)
async def test_the_same_id_with_another_content_is_a_conflict(
    operator: Api, change: dict[str, Any]
) -> None:
    acme = await given.a_workspace(operator)
    event = an_event(
        "voice.tts",
        "2",
        provider="elevenlabs",
        occurredAt=given.FIRST_OF_APRIL,
        agentId="agent-1",
        sessionId="call-1",
    )
    await cost(acme, event)
    conflict = await refusal(acme, event | change)
    assert (conflict["code"], conflict["path"]) == (
        "IDEMPOTENCY_CONFLICT",
        ["events", "0", "eventId"],
    )
    assert event["eventId"] in conflict["message"]
    assert (await balance(acme))["total"] == "662.000"


async def test_two_of_one_id_in_one_request_are_one_event(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    first = an_event()
    recorded = await record(acme, first, first, first | {"quantity": "2"})
    assert [each["status"] for each in recorded["results"]] == [
        "ACCEPTED",
        "DUPLICATE",
        "REJECTED",
    ]
    assert recorded["results"][2]["error"]["code"] == "IDEMPOTENCY_CONFLICT"


async def test_a_rejected_event_leaves_its_id_free(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    event = an_event(quantity="751")
    assert (await refusal(acme, event))["code"] == "INSUFFICIENT_CREDITS"
    await give(operator, acme, "1")
    assert await cost(acme, event) == ["751.000"]


async def test_an_id_belongs_to_its_workspace(operator: Api) -> None:
    acme, other = [await given.a_workspace(operator) for _ in range(2)]
    event = an_event()
    assert await cost(acme, event) == await cost(other, event) == ["1.000"]


async def test_a_duplicate_is_known_across_months_and_for_ninety_days(operator: Api) -> None:
    acme = await given.a_workspace(operator, clock="2026-01-31T23:59:00Z")
    dated = an_event(occurredAt="2026-01-31T23:58:00Z")
    undated = an_event()
    assert await cost(acme, dated, undated) == ["1.000", "1.000"]

    async def statuses() -> list[str]:
        recorded = await record(acme, dated, undated)
        return [each["status"] for each in recorded["results"]]

    for day in ("2026-02-01", "2026-03-08", "2026-05-01"):
        await given.time_passes(acme, until=f"{day}T23:57:00Z")
        assert await statuses() == ["DUPLICATE", "DUPLICATE"]
    # 90 days after it occurred the dated one is refused as too old; the other is a new event
    await given.time_passes(acme, until="2026-05-01T23:59:00.000001Z")
    assert await statuses() == ["REJECTED", "ACCEPTED"]
    assert (await balance(acme))["total"] == "747.000"


async def test_events_are_decided_in_order_each_on_its_own(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    recorded = await record(
        acme,
        an_event(quantity="700"),
        an_event("no.such.meter"),
        an_event(quantity="51"),
        an_event(quantity="50"),
        an_event(quantity="0.001"),
        an_event("geo.request"),
    )
    assert [(each["status"], each["credits"]) for each in recorded["results"]] == [
        ("ACCEPTED", "700.000"),
        ("REJECTED", "0.000"),
        ("REJECTED", "0.000"),
        ("ACCEPTED", "50.000"),
        ("REJECTED", "0.000"),
        ("ACCEPTED", "0.000"),  # what costs nothing needs no credits
    ]
    assert [
        error and (error["code"], error["path"])
        for error in (each["error"] for each in recorded["results"])
    ] == [
        None,
        ("INVALID_INPUT", ["events", "1", "meter"]),
        ("INSUFFICIENT_CREDITS", ["events", "2"]),
        None,
        ("INSUFFICIENT_CREDITS", ["events", "4"]),
        None,
    ]
    short = recorded["results"][2]["error"]
    assert (short["__typename"], short["available"], short["required"]) == (
        "InsufficientCreditsError",
        "50.000",
        "51.000",
    )
    assert (recorded["accepted"], recorded["rejected"], recorded["credits"]) == (3, 3, "750.000")


async def test_what_is_owed_is_repaid_by_the_next_grant(operator: Api) -> None:
    # given work that was done already and costs more than there is
    acme = await given.a_workspace(operator, card="pm_card_visa")
    recorded = await record(acme, an_event(quantity="1000"), shortfall="OWE")
    assert recorded["creditBalance"] == {
        "available": "-250.000",
        "total": "-250.000",
        "debt": "250.000",
        "held": "0.000",
        "nextExpiry": None,
        "expiringAtNextExpiry": "0.000",
    }
    # then nothing more can be used, but what costs nothing and what is owed
    assert (await refusal(acme, an_event()))["code"] == "INSUFFICIENT_CREDITS"
    assert await cost(acme, an_event("geo.request")) == ["0.000"]
    assert await cost(acme, an_event(), shortfall="OWE") == ["1.000"]
    # an operator's 51 repay a part, the plan's 5,000 the rest
    await give(operator, acme, "51")
    assert (await balance(acme))["debt"] == "200.000"
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    left = await balance(acme)
    assert (left["total"], left["debt"], left["expiringAtNextExpiry"]) == (
        "4800.000",
        "0.000",
        "4800.000",
    )
    assert [
        (entry["kind"], entry["amount"], entry["balanceAfter"], entry["grant"])
        for entry in await entries(acme)
    ] == [
        ("GRANT", "5000.000", "4800.000", {"source": "PLAN", "remaining": "4800.000"}),
        ("ADJUSTMENT", "51.000", "-200.000", {"source": "ADJUSTMENT", "remaining": "0.000"}),
        ("USAGE", "-1.000", "-251.000", None),
        ("USAGE", "-250.000", "-250.000", None),
        ("USAGE", "-750.000", "0.000", {"source": "SIGNUP", "remaining": "0.000"}),
        ("GRANT", "750.000", "750.000", {"source": "SIGNUP", "remaining": "0.000"}),
    ]


async def test_usage_burns_lots_in_their_order_and_dead_ones_not_at_all(operator: Api) -> None:
    # given 750 for ever, 100 until 1 June, 100 until 1 May
    acme = await given.a_workspace(operator)
    for month in ("06", "05"):
        await give(operator, acme, "100", expiresAt=f"2026-{month}-01T00:00:00Z")
    await given.time_passes(acme, until="2026-04-30T23:59:59.999999Z")
    assert await cost(acme, an_event(quantity="40")) == ["40.000"]
    # when 1 May has come, to the microsecond, and no job has run
    await given.time_passes(acme, until="2026-05-01T00:00:00Z")
    event = an_event(quantity="150")
    recorded = await record(acme, event)
    assert recorded["creditBalance"]["total"] == "700.000"
    assert (await refusal(acme, an_event(quantity="700.001")))["code"] == "INSUFFICIENT_CREDITS"
    assert [
        (entry["kind"], entry["amount"], entry["grant"]["source"], entry["occurredAt"])
        for entry in (await entries(acme))[:4]
    ] == [
        ("USAGE", "-50.000", "SIGNUP", "2026-05-01T00:00:00Z"),
        ("USAGE", "-100.000", "ADJUSTMENT", "2026-05-01T00:00:00Z"),
        ("EXPIRY", "-60.000", "ADJUSTMENT", "2026-05-01T00:00:00Z"),
        ("USAGE", "-40.000", "ADJUSTMENT", "2026-04-30T23:59:59.999999Z"),
    ]
    paid = {"eventId": event["eventId"], "credits": "150.000"}
    assert [entry["usageEvent"] for entry in (await entries(acme))[:3]] == [paid, paid, None]


async def test_spending_what_would_have_expired_takes_its_expiry_off_the_agenda(
    operator: Api,
) -> None:
    acme = await given.a_workspace(operator, clock=None)
    expiry = datetime.now(UTC) + timedelta(days=3)
    await give(operator, acme, "100", expiresAt=expiry.isoformat())
    assert (await Subscription.get(workspace_id=acme.key)).due_at == expiry
    await cost(acme, an_event(quantity="99"))
    assert (await Subscription.get(workspace_id=acme.key)).due_at == expiry
    await cost(acme, an_event(quantity="1"))
    assert (await Subscription.get(workspace_id=acme.key)).due_at is None


async def test_fifty_at_once_spend_30_of_1000_credits_33_times(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    await give(operator, acme, "250")
    recorded = await asyncio.gather(*(record(acme, an_event("voice.platform")) for _ in range(50)))
    assert sum(each["accepted"] for each in recorded) == 33
    assert [each["results"][0]["error"]["code"] for each in recorded if each["rejected"]] == [
        "INSUFFICIENT_CREDITS"
    ] * 17
    assert (await balance(acme))["total"] == "10.000"


async def test_one_event_sent_by_twenty_at_once_is_stored_once(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    event = an_event(quantity="30")
    recorded = await asyncio.gather(*(record(acme, event) for _ in range(20)))
    assert sorted(each["results"][0]["status"] for each in recorded) == [
        "ACCEPTED",
        *["DUPLICATE"] * 19,
    ]
    assert (await balance(acme))["total"] == "720.000"


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("event", "path", "message"),
    [
        ({"eventId": ""}, "eventId", "eventId must not be empty."),
        ({"eventId": "  "}, "eventId", "eventId must not be empty."),
        (
            {"eventId": "x" * 256},
            "eventId",
            "eventId has 256 characters; at most 255 are kept.",
        ),
        (
            {"eventId": "a\x07b"},
            "eventId",
            "eventId has the character U+0007, which cannot be printed.",
        ),
        ({"meter": ""}, "meter", "meter must not be empty."),
        ({"meter": "Interaction"}, "meter", "There is no meter 'Interaction'; `rates` lists them."),
        ({"meter": "\x1b"}, "meter", "meter has the character U+001B, which cannot be printed."),
        ({"meter": "m" * 101}, "meter", "meter has 101 characters; at most 100 are kept."),
        (
            {"quantity": "0"},
            "quantity",
            "A quantity is more than 0 and at most 1,000,000,000, not 0.",
        ),
        (
            {"quantity": "-0.000000000001"},
            "quantity",
            "A quantity is more than 0 and at most 1,000,000,000, not -0.000000000001.",
        ),
        (
            {"quantity": "1000000000.000000000001"},
            "quantity",
            "A quantity is more than 0 and at most 1,000,000,000, not 1000000000.000000000001.",
        ),
        (
            {"meter": "voice.stt"},
            "provider",
            "voice.stt is rated by provider: say which provider was used.",
        ),
        (
            {"meter": "voice.tts", "provider": "deepgram"},
            "provider",
            "There is no provider 'deepgram' for voice.tts; `rates` lists them.",
        ),
        (
            {"meter": "voice.tts", "provider": "nobody", "ownKey": True},
            "provider",
            "There is no provider 'nobody' for voice.tts; `rates` lists them.",
        ),
        (
            {"meter": "llm.input_tokens", "provider": "openai"},
            "model",
            "llm.input_tokens is rated by model: say which model was used.",
        ),
        (
            {"meter": "llm.input_tokens", "model": "gpt-2"},
            "model",
            "There is no model 'gpt-2' for llm.input_tokens; `rates` lists them.",
        ),
        ({"provider": ""}, "provider", "provider must not be empty."),
        ({"model": "x\ny"}, "model", "model has the character U+000A, which cannot be printed."),
        ({"agentId": "x" * 256}, "agentId", "agentId has 256 characters; at most 255 are kept."),
        (
            {"sessionId": "\u202e"},
            "sessionId",
            "sessionId has the character U+202E, which cannot be printed.",
        ),
        (
            {"occurredAt": "2026-02-24T23:59:59.999999Z"},
            "occurredAt",
            (
                "2026-02-24T23:59:59.999999Z is too old: events are taken up to 35 days after "
                "they occurred, and it is 2026-04-01T00:00:00Z."
            ),
        ),
        (
            {"occurredAt": "2026-04-01T00:05:00.000001Z"},
            "occurredAt",
            (
                "2026-04-01T00:05:00.000001Z is too early to report: it is "
                "2026-04-01T00:00:00Z, and clocks may differ by 5 minutes."
            ),
        ),
        ({"occurredAt": "0001-01-01T00:00:00Z"}, "occurredAt", None),
        ({"occurredAt": "9999-12-31T23:59:59Z"}, "occurredAt", None),
    ],
    ids=str,
)
async def test_what_is_no_usage_is_rejected_and_its_neighbours_are_not(
    operator: Api, event: dict[str, Any], path: str, message: str | None
) -> None:
    acme = await given.a_workspace(operator)
    for shortfall in ("REJECT", "OWE"):
        recorded = await record(
            acme, an_event(), an_event() | event, an_event(), shortfall=shortfall
        )
        assert [each["status"] for each in recorded["results"]] == [
            "ACCEPTED",
            "REJECTED",
            "ACCEPTED",
        ]
        error = recorded["results"][1]["error"]
        assert (error["code"], error["path"]) == ("INVALID_INPUT", ["events", "1", path])
        assert message is None or error["message"] == message
    assert (await balance(acme))["total"] == "746.000"


@pytest.mark.parametrize(
    "quantity",
    ["NaN", "Infinity", "1e3", "0." + "1" * 40, "9" * 400, "", " 1", 1.5, True, None],
    ids=lambda value: str(value)[:10],
)
async def test_what_is_no_number_is_no_request(operator: Api, quantity: object) -> None:
    acme = await given.a_workspace(operator)
    code = await acme.api.code_of(
        "mutation ($event: UsageEventInput!) { recordUsage(input: {events: [$event]}) "
        "{ accepted } }",
        event=an_event() | {"quantity": quantity},
    )
    assert code == "GRAPHQL_REQUEST_INVALID"
    assert (await balance(acme))["total"] == "750.000"


@pytest.mark.parametrize("field", ["eventId", "meter", "agentId", "sessionId"])
async def test_text_that_no_database_can_store_is_no_request(operator: Api, field: str) -> None:
    acme = await given.a_workspace(operator)
    code = await acme.api.code_of(
        "mutation ($event: UsageEventInput!) { recordUsage(input: {events: [$event]}) "
        "{ accepted } }",
        event=an_event() | {field: "a\x00b"},
    )
    assert code == "BAD_REQUEST"


async def test_the_last_moments_that_are_taken(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    moments = ("2026-02-25T00:00:00Z", "2026-04-01T00:05:00Z")
    assert await cost(acme, *(an_event(occurredAt=at) for at in moments)) == ["1.000", "1.000"]


async def test_a_thousand_events_are_taken_and_not_one_more(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    events = [an_event("tool.use") for _ in range(1_001)]
    refused = await record(acme, *events)
    assert [(error["code"], error["path"]) for error in refused["errors"]] == [
        ("INVALID_INPUT", ["events"])
    ]
    assert refused["errors"][0]["message"] == "At most 1,000 events at once, not 1,001."
    assert (refused["results"], refused["accepted"], refused["creditBalance"]) == ([], 0, None)
    recorded = await record(acme, *events[:1_000])
    assert (recorded["accepted"], recorded["credits"]) == (1_000, "500.000")
    nothing = await record(acme)
    assert (nothing["errors"], nothing["results"]) == ([], [])


async def test_a_client_is_one_of_the_workspaces_own(operator: Api) -> None:
    acme, other = [await given.a_workspace(operator) for _ in range(2)]
    own, foreign = [
        (
            await tenant.api.do(
                "assignSeat", "seat { client { id } }", kind="CLIENT", email="ceo@one.test"
            )
        )["seat"]["client"]["id"]
        for tenant in (acme, other)
    ]
    assert await cost(acme, an_event(clientId=own)) == ["1.000"]
    unknown = given.id_of(Client(id=uuid4()))
    errors = [
        await refusal(acme, an_event(clientId=id)) for id in (foreign, unknown, "x", other.id)
    ]
    assert [(error["code"], error["path"]) for error in errors] == [
        ("NOT_FOUND", ["events", "0", "clientId"])
    ] * 4
    assert len({error["message"] for error in errors}) == 1
