"""What stories about usage are told with."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.client import Api
from tests.given import Tenant

RESULTS = """results { eventId status credits error { __typename code message path
    ... on InsufficientCreditsError { available required } } }
    accepted duplicates rejected credits
    creditBalance { available total debt held nextExpiry expiringAtNextExpiry }"""


def an_event(meter: str = "interaction", quantity: str = "1", **more: Any) -> dict[str, Any]:
    """A usage event as the API takes it, under an id that nobody has used."""
    return {"eventId": f"event-{uuid4()}", "meter": meter, "quantity": quantity} | more


async def record(tenant: Tenant, *events: dict[str, Any], **input: Any) -> dict[str, Any]:
    """The payload of `recordUsage`."""
    return await tenant.api.do("recordUsage", RESULTS, events=list(events), **input)


async def cost(tenant: Tenant, *events: dict[str, Any], **input: Any) -> list[str]:
    """What each event cost; all are accepted."""
    recorded = await record(tenant, *events, **input)
    assert [each["error"] for each in recorded["results"]] == [None] * len(events)
    return [each["credits"] for each in recorded["results"]]


async def refusal(tenant: Tenant, event: dict[str, Any], **input: Any) -> dict[str, Any]:
    """Why the one event is rejected; nothing of it is stored."""
    recorded = await record(tenant, event, **input)
    assert (recorded["accepted"], recorded["rejected"]) == (0, 1)
    [result] = recorded["results"]
    assert (result["status"], result["credits"]) == ("REJECTED", "0.000")
    error: dict[str, Any] = result["error"]
    return error


async def give(operator: Api, tenant: Tenant, credits: str, **input: Any) -> None:
    """Credits from an operator."""
    given = await operator.do(
        "adjustCredits",
        "entry { id }",
        workspaceId=tenant.id,
        credits=credits,
        **{"reason": "For the test"} | input,
    )
    assert given["errors"] == []


async def balance(tenant: Tenant) -> dict[str, Any]:
    """What there is to spend."""
    asked = await tenant.api.ask(
        "{ workspace { creditBalance { available total held debt worth { amount } nextExpiry "
        "expiringAtNextExpiry } } }"
    )
    found: dict[str, Any] = asked["workspace"]["creditBalance"]
    return found


async def entries(tenant: Tenant) -> list[dict[str, Any]]:
    """The ledger, newest first."""
    asked = await tenant.api.ask(
        "{ workspace { ledgerEntries(first: 100) { nodes { kind amount balanceAfter description "
        "occurredAt grant { source remaining } usageEvent { eventId credits } } } } }"
    )
    found: list[dict[str, Any]] = asked["workspace"]["ledgerEntries"]["nodes"]
    return found
