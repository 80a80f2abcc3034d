"""The calculator says what metering would charge, with the price list's own numbers."""

from __future__ import annotations

from typing import Any

import pytest

from tests import given
from tests.client import Api
from tests.metering import an_event, record

ESTIMATE = """query ($input: PriceEstimateInput!) { priceEstimate(input: $input) {
    fixed { amount currency } fixedLines { description quantity amount { amount } }
    usage { meter provider model quantity credits }
    usageCredits includedCredits extraCredits extra { amount } total { amount }
    creditsPerCallMinute capacities { resource quantity } } }"""


async def estimate(api: Api, plan: str = "pay-as-you-go", **input: Any) -> dict[str, Any]:
    asked = await api.ask(ESTIMATE, input={"plan": plan} | input)
    found: dict[str, Any] = asked["priceEstimate"]
    return found


async def test_a_month_of_calls_and_chats_on_pay_as_you_go_with_two_seats(public: Api) -> None:
    found = await estimate(
        public,
        addOns=[{"addOn": "client-seat", "quantity": 2}],
        calls=[{"minutes": "100", "stt": "deepgram", "tts": "elevenlabs"}],
        chats=[{"messages": 1000, "model": "gpt-4o-mini", "toolUsesPerMessage": "0.25"}],
        meters=[{"meter": "crawl.page_deep", "quantity": "3"}],
    )
    assert [(each["meter"], each["quantity"], each["credits"]) for each in found["usage"]] == [
        ("voice.platform", "100", "3000.000"),
        ("voice.stt", "100", "1100.000"),
        ("voice.tts", "100", "4400.000"),
        ("voice.telephony", "100", "1650.000"),
        ("interaction", "1000", "1000.000"),
        ("llm.input_tokens", "2500000", "2500.000"),
        ("llm.output_tokens", "300000", "300.000"),
        ("tool.use", "250", "125.000"),
        ("crawl.page_deep", "3", "30.000"),
    ]
    assert found["fixedLines"] == [
        {"description": "Pay as you go", "quantity": 1, "amount": {"amount": "20.00"}},
        {"description": "Client seat", "quantity": 2, "amount": {"amount": "30.00"}},
    ]
    # 14,105 credits are used, 5,000 of them are included
    assert (found["usageCredits"], found["includedCredits"]) == ("14105.000", "5000.000")
    assert (found["extraCredits"], found["extra"]) == ("9105.000", {"amount": "9.11"})
    assert found["fixed"] == {"amount": "50.00", "currency": "USD"}
    assert found["total"] == {"amount": "59.11"}
    assert found["creditsPerCallMinute"] == "101.5"
    assert {"resource": "CLIENT_SEAT", "quantity": 4} in found["capacities"]


@pytest.mark.parametrize(
    ("plan", "call", "per_minute"),
    [
        ("enterprise", {"stt": "deepgram", "tts": "elevenlabs"}, "95"),
        ("pay-as-you-go", {"stt": "deepgram", "tts": "elevenlabs"}, "101.5"),
        ("pay-as-you-go", {"stt": "deepgram", "tts": "elevenlabs", "telephony": False}, "85"),
        # speech-to-speech takes the place of both, and is not counted twice
        ("pay-as-you-go", {"sts": "google-live", "telephony": False}, "41"),
        (
            "pay-as-you-go",
            {"sts": "google-live", "stt": "deepgram", "tts": "playht", "telephony": False},
            "41",
        ),
        ("free", {"telephony": False}, "30"),
        ("pay-as-you-go", {"stt": "deepgram", "tts": "elevenlabs", "ownKeys": ["tts"]}, "57.5"),
        (
            "pay-as-you-go",
            {"stt": "deepgram", "tts": "elevenlabs", "ownKeys": ["elevenlabs", "telephony"]},
            "41",
        ),
        (
            "pay-as-you-go",
            {
                "telephony": False,
                "model": "gpt-4o",
                "inputTokensPerMinute": 1500,
                "outputTokensPerMinute": 250,
            },
            "37.5",
        ),
        (
            "pay-as-you-go",
            {
                "telephony": False,
                "model": "gpt-4o",
                "inputTokensPerMinute": 1500,
                "ownKeys": ["llm"],
            },
            "30",
        ),
    ],
    ids=str,
)
async def test_a_minute_of_a_call(
    public: Api, plan: str, call: dict[str, Any], per_minute: str
) -> None:
    found = await estimate(public, plan, calls=[{"minutes": "7.5"} | call])
    assert found["creditsPerCallMinute"] == per_minute


async def test_what_is_estimated_is_what_is_charged(public: Api, operator: Api) -> None:
    used: list[tuple[str, str, dict[str, Any]]] = [
        ("voice.stt", "12.345678901234", {"provider": "gladia"}),
        ("llm.input_tokens", "12345", {"model": "gpt-5"}),
        ("widget.visit", "7", {}),
        ("voice.tts", "3", {"provider": "playht", "ownKey": True}),
    ]
    found = await estimate(
        public, "free", meters=[{"meter": m, "quantity": q} | rest for m, q, rest in used]
    )
    acme = await given.a_workspace(operator)
    recorded = await record(acme, *(an_event(m, q, **rest) for m, q, rest in used))
    assert [each["credits"] for each in found["usage"]] == [
        each["credits"] for each in recorded["results"]
    ]
    assert (found["creditsPerCallMinute"], found["includedCredits"]) == (None, "0.000")


async def test_what_is_used_in_several_places_is_summed_and_rounded_once(public: Api) -> None:
    third = {"meter": "tool.use", "quantity": "0.0006"}  # 0.3 millicredits
    found = await estimate(public, meters=[third, third, third])
    assert [(each["quantity"], each["credits"]) for each in found["usage"]] == [("0.0018", "0.001")]


async def test_nothing_used_costs_the_plan(public: Api) -> None:
    found = await estimate(public)
    assert (found["usage"], found["extra"]) == ([], {"amount": "0.00"})
    assert found["total"] == {"amount": "20.00"}


@pytest.mark.parametrize(
    ("input", "code", "path"),
    [
        ({"plan": "pro"}, "INVALID_INPUT", ["plan"]),
        (
            {"addOns": [{"addOn": "agent", "quantity": 1}]},
            "INVALID_INPUT",
            ["addOns", "0", "addOn"],
        ),
        (
            {"plan": "free", "addOns": [{"addOn": "client-seat", "quantity": 1}]},
            "PLAN_REQUIRED",
            ["addOns"],
        ),
        ({"calls": [{"minutes": "0"}]}, "INVALID_INPUT", ["calls", "0", "minutes"]),
        ({"calls": [{"minutes": "-1"}]}, "INVALID_INPUT", ["calls", "0", "minutes"]),
        (
            {"calls": [{"minutes": "1", "tts": "deepgram"}]},
            "INVALID_INPUT",
            ["calls", "0", "tts"],
        ),
        (
            {"calls": [{"minutes": "1", "inputTokensPerMinute": 5}]},
            "INVALID_INPUT",
            ["calls", "0", "model"],
        ),
        (
            {"calls": [{"minutes": "1", "inputTokensPerMinute": -5}]},
            "INVALID_INPUT",
            ["calls", "0", "inputTokensPerMinute"],
        ),
        (
            {"calls": [{"minutes": "1", "ownKeys": ["voice"]}]},
            "INVALID_INPUT",
            ["calls", "0", "ownKeys", "0"],
        ),
        # who is named is known, also when nothing is to be paid for it
        (
            {"calls": [{"minutes": "1", "sts": "google-live", "tts": "nope"}]},
            "INVALID_INPUT",
            ["calls", "0", "tts"],
        ),
        ({"calls": [{"minutes": "1", "sts": ""}]}, "INVALID_INPUT", ["calls", "0", "sts"]),
        (
            {"calls": [{"minutes": "1", "model": "gpt-2"}]},
            "INVALID_INPUT",
            ["calls", "0", "model"],
        ),
        (
            {
                "chats": [
                    {
                        "messages": 1,
                        "model": "gpt-2",
                        "inputTokensPerMessage": 0,
                        "outputTokensPerMessage": 0,
                    }
                ]
            },
            "INVALID_INPUT",
            ["chats", "0", "model"],
        ),
        (
            {"chats": [{"messages": 1, "model": "gpt-4o", "toolUsesPerMessage": "-1"}]},
            "INVALID_INPUT",
            ["chats", "0", "toolUsesPerMessage"],
        ),
        (
            {"chats": [{"messages": 1, "model": "gpt-2"}]},
            "INVALID_INPUT",
            ["chats", "0", "model"],
        ),
        (
            {"chats": [{"messages": 0, "model": "gpt-4o"}]},
            "INVALID_INPUT",
            ["chats", "0", "messages"],
        ),
        (
            {"meters": [{"meter": "nope", "quantity": "1"}]},
            "INVALID_INPUT",
            ["meters", "0", "meter"],
        ),
        (
            {"meters": [{"meter": "tool.use", "quantity": "1"}] * 101},
            "INVALID_INPUT",
            ["meters"],
        ),
    ],
    ids=str,
)
async def test_what_is_not_in_the_price_list_cannot_be_estimated(
    public: Api, input: dict[str, Any], code: str, path: list[str]
) -> None:
    answer = await public.send(ESTIMATE, input={"plan": "pay-as-you-go"} | input)
    assert answer["data"] == {"priceEstimate": None}
    [error] = answer["errors"]
    assert error["extensions"] == {"code": code, "path": path}


async def test_each_thing_that_is_wrong_is_told_once(public: Api) -> None:
    answer = await public.send(
        ESTIMATE,
        input={
            "plan": "pay-as-you-go",
            "calls": [{"minutes": "0", "stt": "nope", "tts": "playht"}],
            "chats": [{"messages": 1, "model": "gpt-2", "inputTokensPerMessage": 2_000_000_000}],
        },
    )
    [error] = answer["errors"]
    assert error["message"] == (
        "There is no provider 'nope' for voice.stt; `rates` lists them.; "
        "A quantity is more than 0 and at most 1,000,000,000, not 0.; "
        "There is no model 'gpt-2' for llm.input_tokens; `rates` lists them.; "
        "inputTokensPerMessage is 2,000,000,000; it goes from 0 to 1,000,000,000."
    )


async def test_a_busy_month_is_estimated_however_much_it_is(public: Api) -> None:
    # a million messages of 2,500 tokens: more than one event may count
    found = await estimate(
        public, "enterprise", chats=[{"messages": 1_000_000, "model": "gpt-4o-mini"}]
    )
    assert [(each["quantity"], each["credits"]) for each in found["usage"]] == [
        ("1000000", "1000000.000"),
        ("2500000000", "2500000.000"),
        ("300000000", "300000.000"),
    ]
