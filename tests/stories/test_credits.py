"""Credits come in, are adjusted and expire."""

from __future__ import annotations

from typing import Any

import pytest

from models.workspaces import Workspace
from tests import given
from tests.client import Api
from tests.given import Tenant

BALANCE = """query { workspace { creditBalance {
    available total worth { amount currency } nextExpiry expiringAtNextExpiry } } }"""
ENTRIES = """query { workspace { ledgerEntries { nodes {
    kind amount balanceAfter description occurredAt grant { source remaining } } } } }"""


async def balance_of(tenant: Tenant) -> dict[str, Any]:
    found: dict[str, Any] = (await tenant.api.ask(BALANCE))["workspace"]["creditBalance"]
    return found


async def adjust(operator: Api, tenant: Tenant, credits: str, **input: Any) -> dict[str, Any]:
    return await operator.do(
        "adjustCredits",
        "entry { kind amount balanceAfter description } workspace { id }",
        workspaceId=tenant.id,
        credits=credits,
        **{"reason": "Goodwill"} | input,
    )


async def test_a_workspace_begins_with_750_credits_that_never_expire(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    assert await balance_of(acme) == {
        "available": "750.000",
        "total": "750.000",
        "worth": {"amount": "0.75", "currency": "USD"},
        "nextExpiry": None,
        "expiringAtNextExpiry": "0.000",
    }
    assert (await acme.api.ask(ENTRIES))["workspace"]["ledgerEntries"]["nodes"] == [
        {
            "kind": "GRANT",
            "amount": "750.000",
            "balanceAfter": "750.000",
            "description": "Sign-up credits",
            "occurredAt": given.FIRST_OF_APRIL,
            "grant": {"source": "SIGNUP", "remaining": "750.000"},
        }
    ]


async def test_an_operator_gives_and_takes_with_a_reason(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    assert await adjust(operator, acme, "0.001", reason="  A very small gift ") == {
        "entry": {
            "kind": "ADJUSTMENT",
            "amount": "0.001",
            "balanceAfter": "750.001",
            "description": "A very small gift",
        },
        "workspace": {"id": acme.id},
        "errors": [],
    }
    taken = await adjust(operator, acme, "-250.5")
    assert taken["entry"]["amount"] == "-250.500"
    assert (await balance_of(acme))["total"] == "499.501"


async def test_taking_more_than_there_is_says_how_much_there_is(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    refused = await operator.do(
        "adjustCredits",
        "entry { id } errors { ... on InsufficientCreditsError { available required } }",
        workspaceId=acme.id,
        credits="-750.001",
        reason="Mistake",
    )
    [refusal] = refused["errors"]
    assert refusal["code"] == "INSUFFICIENT_CREDITS"
    assert (refusal["available"], refusal["required"]) == ("750.000", "750.001")
    assert (await balance_of(acme))["total"] == "750.000"
    # all of it can be taken
    assert (await adjust(operator, acme, "-750"))["errors"] == []
    assert (await balance_of(acme))["total"] == "0.000"


async def test_what_expires_first_is_taken_first(operator: Api) -> None:
    # given 750 that never expire, 100 until 1 June and 100 until 1 May
    acme = await given.a_workspace(operator)
    for month in ("06", "05"):
        await adjust(operator, acme, "100", expiresAt=f"2026-{month}-01T00:00:00Z")
    assert (await balance_of(acme))["nextExpiry"] == "2026-05-01T00:00:00Z"
    # when 150 are taken, May's go whole, then half of June's: one transfer each
    await adjust(operator, acme, "-150")
    entries = (await acme.api.ask(ENTRIES))["workspace"]["ledgerEntries"]["nodes"]
    assert [(entry["amount"], entry["balanceAfter"]) for entry in entries[:2]] == [
        ("-50.000", "800.000"),
        ("-100.000", "850.000"),
    ]
    left = await balance_of(acme)
    assert (left["nextExpiry"], left["expiringAtNextExpiry"]) == (
        "2026-06-01T00:00:00Z",
        "50.000",
    )


async def test_a_lot_is_dead_at_its_expiry_to_the_microsecond(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    await adjust(operator, acme, "100", expiresAt="2026-05-01T00:00:00Z")

    async def move_to(instant: str) -> None:
        await Workspace.filter(id=acme.key).update(clock_at=given.instant(instant))

    await move_to("2026-04-30T23:59:59.999999Z")
    assert (await balance_of(acme))["total"] == "850.000"
    await move_to("2026-05-01T00:00:00Z")
    assert (await balance_of(acme))["total"] == "750.000"
    # it cannot be taken any more, and the next movement books that it expired, and when
    assert [error["code"] for error in (await adjust(operator, acme, "-800"))["errors"]] == [
        "INSUFFICIENT_CREDITS"
    ]
    await adjust(operator, acme, "-50")
    entries = (await acme.api.ask(ENTRIES))["workspace"]["ledgerEntries"]["nodes"]
    assert [(entry["kind"], entry["amount"], entry["occurredAt"]) for entry in entries[:2]] == [
        ("ADJUSTMENT", "-50.000", "2026-05-01T00:00:00Z"),
        ("EXPIRY", "-100.000", "2026-05-01T00:00:00Z"),
    ]
    assert (await balance_of(acme))["total"] == "700.000"


@pytest.mark.parametrize(
    ("input", "path", "message"),
    [
        ({"credits": "0"}, ["credits"], "An adjustment of 0 credits changes nothing."),
        (
            {"credits": "1000000000.001"},
            ["credits"],
            "At most 1,000,000,000.000 credits can be adjusted at once, not 1,000,000,000.001.",
        ),
        ({"credits": "1", "reason": "  "}, ["reason"], "reason must not be empty."),
        (
            {"credits": "1", "reason": "x" * 501},
            ["reason"],
            "reason has 501 characters; at most 500 are kept.",
        ),
        (
            {"credits": "1", "expiresAt": given.FIRST_OF_APRIL},
            ["expiresAt"],
            (
                "The expiry 2026-04-01T00:00:00Z is not after the workspace's now, "
                "2026-04-01T00:00:00Z."
            ),
        ),
        (
            {"credits": "-1", "expiresAt": "2026-05-01T00:00:00Z"},
            ["expiresAt"],
            "Credits that are taken cannot expire.",
        ),
    ],
)
async def test_an_adjustment_that_makes_no_sense_is_refused(
    operator: Api, input: dict[str, Any], path: list[str], message: str
) -> None:
    acme = await given.a_workspace(operator)
    refused = await adjust(operator, acme, **input)
    assert [(error["code"], error["path"], error["message"]) for error in refused["errors"]] == [
        ("INVALID_INPUT", path, message)
    ]
    assert (await balance_of(acme))["total"] == "750.000"


async def test_an_adjustment_is_made_once_under_its_key(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    key = given.a_key()
    first = await adjust(operator, acme, "5", idempotencyKey=key)
    assert await adjust(operator, acme, "5", idempotencyKey=key) == first
    changed = await adjust(operator, acme, "6", idempotencyKey=key)
    assert [error["code"] for error in changed["errors"]] == ["IDEMPOTENCY_CONFLICT"]
    assert (await balance_of(acme))["total"] == "755.000"


async def test_grants_show_where_credits_came_from_and_spent_ones_are_left_out(
    operator: Api,
) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    await adjust(operator, acme, "-5000")
    query = """query ($spent: Boolean) { workspace { creditGrants(includeSpent: $spent) {
        totalCount nodes { source granted remaining grantedAt expiresAt note
                           invoice { total { amount } } } } } }"""
    signup = {
        "source": "SIGNUP",
        "granted": "750.000",
        "remaining": "750.000",
        "grantedAt": given.FIRST_OF_APRIL,
        "expiresAt": None,
        "note": None,
        "invoice": None,
    }
    plan = {
        "source": "PLAN",
        "granted": "5000.000",
        "remaining": "0.000",
        "grantedAt": given.FIRST_OF_APRIL,
        "expiresAt": "2026-05-01T00:00:00Z",
        "note": None,
        "invoice": {"total": {"amount": "20.00"}},
    }
    unspent = (await acme.api.ask(query))["workspace"]["creditGrants"]
    assert unspent == {"totalCount": 1, "nodes": [signup]}
    everything = (await acme.api.ask(query, spent=True))["workspace"]["creditGrants"]
    assert everything == {"totalCount": 2, "nodes": [plan, signup]}
