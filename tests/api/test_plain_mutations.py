"""Plain mutations are compiled: they answer as the ordinary way does, and take nothing unusual."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from graphql import parse, validate

from schema.plain import PlainMutation, plain_mutation
from schema.root import BillwrightSchema, build_schema
from services.usage_queue import UsageQueue
from tests import given
from tests.client import Api
from tests.metering import balance

SCHEMA = build_schema()
ERROR = "{ __typename code message path ... on InsufficientCreditsError { available required } }"
RESULT = f"eventId status credits error {ERROR}"
RECORD = "mutation ($input: RecordUsageInput!) { recordUsage(input: $input)"
EVENTS = "mutation ($events: [UsageEventInput!]!, $policy: ShortfallPolicy)"
COMPILED = [
    f"{RECORD} {{ accepted }} }}",
    "mutation Report($given: RecordUsageInput!) { recordUsage(input: $given) { accepted } }",
    f"""mutation ($input: RecordUsageInput!) {{ done: recordUsage(input: $input) {{
        __typename each: results {{ __typename {RESULT} }} accepted rejected credits
        creditBalance {{ available nextExpiry worth {{ amount currency }} }}
        errors {ERROR} }} }}""",
    f"""{EVENTS} {{
        recordUsage(input: {{events: $events, shortfall: $policy}}) {{
            results {{ {RESULT} }} }} }}""",
    f"""{RECORD} {{ ... {{ accepted }} ... on RecordUsagePayload {{
        errors {{ ... on UserError {{ code }} ... on BasicError {{ message }} }} }} }} }}""",
    """mutation ($input: SetAutoRechargeInput!) {
        setAutoRecharge(input: $input) { errors { code } } }""",
]
ORDINARY = [
    "query { plans { key } }",
    "mutation { __typename }",
    "mutation { recordUsage(input: {events: []}) { accepted } }",
    f"{RECORD} @include(if: true) {{ accepted }} }}",
    f"{RECORD} {{ accepted @skip(if: false) }} }}",
    f"{RECORD} {{ ... @include(if: true) {{ accepted }} }} }}",
    f"{RECORD} {{ accepted accepted }} }}",
    f"{RECORD} {{ accepted }} again: recordUsage(input: $input) {{ accepted }} }}",
    f"{RECORD} {{ ...Part }} }} fragment Part on RecordUsagePayload {{ accepted }}",
    f"{RECORD} {{ accepted }} }} query Another {{ plans {{ key }} }}".replace("(", " Named(", 1),
    """mutation ($input: RecordUsageInput = {events: []}) {
        recordUsage(input: $input) { accepted } }""",
    """mutation ($events: [UsageEventInput!]! = []) {
        recordUsage(input: {events: $events}) { accepted } }""",
    """mutation ($events: [UsageEventInput!]!) {
        recordUsage(input: {events: $events, shortfall: OWE}) { accepted } }""",
    "mutation ($event: UsageEventInput!) { recordUsage(input: {events: [$event]}) { accepted } }",
    # what has to be looked up is graphql-core's
    """mutation ($input: SubscribeInput!) {
        subscribe(input: $input) { invoice { lines { plan { key } } } } }""",
    """mutation ($input: SetAddOnsInput!) {
        setAddOns(input: $input) { errors { ... on CapacityError { addOn { key } } } } }""",
]


def compiled(text: str) -> PlainMutation | None:
    document = parse(text)
    assert validate(SCHEMA._schema, document) == []
    return plain_mutation(SCHEMA._schema, document)


@pytest.mark.parametrize("text", COMPILED)
def test_what_is_plain_is_compiled(text: str) -> None:
    assert compiled(text) is not None


@pytest.mark.parametrize("text", ORDINARY)
def test_what_is_unusual_goes_the_ordinary_way(text: str) -> None:
    assert compiled(text) is None


@asynccontextmanager
async def the_ordinary_way() -> AsyncIterator[None]:
    """Nothing is compiled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BillwrightSchema, "plain", lambda *_: None)
        yield


def event(id: str, **more: Any) -> dict[str, Any]:
    return {"eventId": id, "meter": "interaction", "quantity": "100"} | more


INPUTS: list[dict[str, Any]] = [
    {"events": []},
    {"events": [event("a"), event("b", quantity=3), event("c", quantity="0.000000000001")]},
    {"events": [event("a"), event("a"), event("a", quantity="2")]},
    {"events": [event("a", quantity="701"), event("b"), event("c", quantity="1000")]},
    {"events": [event("a", quantity="1000"), event("b")], "shortfall": "OWE"},
    {"events": [event("a", occurredAt="2026-03-31T23:59:59Z"), event("b", occurredAt=None)]},
    {"events": [event("a", occurredAt="2026-04-01T02:00:00.5+02:00"), event("b", ownKey=True)]},
    {"events": [event("", meter="x" * 101), event("b", quantity="-1"), event("c", meter="none")]},
    {"events": [event("a", clientId="nobody"), event("b", provider=None), event("c", model="x")]},
    {"events": [event("a")] * 1_001},
    {"events": [event("a")], "workspaceId": "nothing"},
    {"events": [event("a")], "shortfall": None},
    {"events": [event("a")], "shortfall": "owe"},
    {"events": [event("a", quantity=1.5)]},
    {"events": [event("a", quantity="1e3")]},
    {"events": [event("a", occurredAt="yesterday")]},
    {"events": [event("a", unknown=1)]},
    {"events": [event("a\x00b")]},
    {"events": [event("a", eventId=None)]},
    {"events": event("a")},
    {"events": None},
    {},
]


@pytest.mark.parametrize("input", INPUTS, ids=lambda input: str(input)[:60])
async def test_both_ways_answer_alike(operator: Api, input: dict[str, Any]) -> None:
    one, other = [await given.a_workspace(operator) for _ in range(2)]
    text = (
        f"{RECORD} {{ results {{ {RESULT} }} accepted duplicates rejected credits "
        f"creditBalance {{ available debt held worth {{ amount }} }} errors {ERROR} }} }}"
    )
    await one.api.send(text, input={"events": []})  # so that it is known to be valid
    async with the_ordinary_way():
        ordinary = await other.api.send(text, input=input)
    assert await one.api.send(text, input=input) == ordinary
    assert await balance(one) == await balance(other)


async def test_who_may_not_is_told_alike(operator: Api, public: Api) -> None:
    acme = await given.a_workspace(operator)
    made = await operator.do(
        "createApiKey", "secret", workspaceId=acme.id, label="Reads", scopes=["read"]
    )
    text = f"{RECORD} {{ accepted errors {{ code }} }} }}"
    await acme.api.send(text, input={"events": []})
    for caller in (public, acme.api.with_key(made["secret"]), operator):
        async with the_ordinary_way():
            ordinary = await caller.send(text, input={"events": [event("a")]})
        assert await caller.send(text, input={"events": [event("a")]}) == ordinary


async def test_a_fault_of_ours_is_masked_alike(
    operator: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("secret of ours")

    acme = await given.a_workspace(operator)
    text = f"{RECORD} {{ accepted }} }}"
    await acme.api.send(text, input={"events": []})
    monkeypatch.setattr(UsageQueue, "record", broken)
    async with the_ordinary_way():
        ordinary = await acme.api.send(text, input={"events": []})
    found = await acme.api.send(text, input={"events": []})
    for answer in (ordinary, found):
        answer["errors"][0]["extensions"].pop("requestId")
        assert "secret" not in answer["errors"][0].pop("message")
    assert (
        found
        == ordinary
        == {
            "data": {"recordUsage": None},
            "errors": [
                {
                    "locations": [{"line": 1, "column": 40}],
                    "path": ["recordUsage"],
                    "extensions": {"code": "INTERNAL"},
                }
            ],
        }
    )
