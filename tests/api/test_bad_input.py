"""What every command answers to input that is wrong, and that nothing has changed after it.

The table is read against the schema: a command without rows fails here. Foreign and unknown ids
are in test_isolation.py, what is no id at all in test_errors.py; the rest of what is wrong with an
address, a workspace or a key in the stories of those.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from models.workspaces import ApiKey, IdempotencyRecord
from schema.root import build_schema
from tests import given
from tests.client import Api
from tests.given import Tenant
from tests.metering import an_event

MUTATIONS = build_schema()._schema.mutation_type
assert MUTATIONS is not None
INPUTS = {name: field.args["input"].type.of_type for name, field in MUTATIONS.fields.items()}
KEYED = [name for name, type_ in INPUTS.items() if "idempotencyKey" in type_.fields]

INT_MAX = 2**31 - 1
LONG = "x" * 100_000
INVISIBLE = ["", "   ", "\u2028", "a\x07b", "a\u202eb"]
NO_EMAILS = ["", "ann", "ann@", "@acme.test", "ann@acme", "a@b@acme.test", "a b@acme.test",
             "ann@acme.test\nbcc: all@acme.test", f"{'a' * 250}@acme.test"]  # fmt: skip
NO_PURCHASES = ["0", "-5", "4.99", "5.5", "10001", "5.000000000001", "999999999999999.999999999999"]
AMOUNTS_OUT_OF_REACH = ["0", "-0", "1000000000.001", "-1000000000.001"]


@dataclass(frozen=True)
class Wrong:
    """A command, what is wrong with its input, and where that is said."""

    mutation: str
    input: dict[str, Any]
    path: list[str]
    code: str = "INVALID_INPUT"

    def __str__(self) -> str:
        return f"{self.mutation}-{'.'.join(self.path)}-{str(self.input)[:40]}"


def quantities(*wanted: tuple[str, int]) -> dict[str, Any]:
    return {"addOns": [{"addOn": key, "quantity": quantity} for key, quantity in wanted]}


CALL_TEXTS = {"callId": 255, "agentId": 255, "stt": 100, "tts": 100, "sts": 100, "model": 100}
# Of a workspace that is subscribed and has a call under way, and of a good rest of the input.
TABLE = [
    *(Wrong("assignSeat", {"email": no_email}, ["email"]) for no_email in NO_EMAILS),
    *(Wrong("assignSeat", {"name": name}, ["name"]) for name in ["a\x07b", "a\u202eb", "x" * 201]),
    Wrong("assignSeat", {"email": "OWNER@acme.test", "kind": "WORKSPACE"}, ["email"], "NO_CHANGE"),
    *(Wrong("createWorkspace", {"email": no_email}, ["email"]) for no_email in NO_EMAILS),
    *(Wrong("createWorkspace", {"name": name}, ["name"]) for name in [*INVISIBLE, "x" * 201]),
    *(
        Wrong("createWorkspace", {"timeZone": zone}, ["timeZone"])
        for zone in ["", "utc+1", "CEST", "../etc/passwd", LONG]
    ),
    Wrong("createWorkspace", {"startClockAt": "2101-01-01T00:00:00Z"}, ["startClockAt"]),
    *(Wrong("setBillingAddress", {"email": email}, ["email"]) for email in NO_EMAILS[1:]),
    *(Wrong("setBillingAddress", {"country": code}, ["country"]) for code in ["D", "D E", LONG]),
    *(Wrong("createApiKey", {"label": label}, ["label"]) for label in INVISIBLE),
    Wrong("createApiKey", {"scopes": ["*", LONG]}, ["scopes", "1"]),
    *(Wrong("adjustCredits", {"credits": c}, ["credits"]) for c in AMOUNTS_OUT_OF_REACH),
    *(Wrong("adjustCredits", {"reason": text}, ["reason"]) for text in [*INVISIBLE, "x" * 501]),
    Wrong("adjustCredits", {"credits": "-999999999"}, [], "INSUFFICIENT_CREDITS"),
    Wrong("adjustCredits", {"expiresAt": given.FIRST_OF_APRIL}, ["expiresAt"]),
    Wrong("adjustCredits", {"credits": "-1", "expiresAt": "2027-01-01T00:00:00Z"}, ["expiresAt"]),
    *(
        Wrong("advanceClock", {"to": to}, ["to"])
        for to in ["2026-03-31T23:59:59Z", "1999-12-31T23:59:59Z", "2101-01-01T00:00:00Z"]
    ),
    *(Wrong("registerAgent", {"externalId": id}, ["externalId"]) for id in [*INVISIBLE, "x" * 256]),
    *(Wrong("registerAgent", {"name": name}, ["name"]) for name in [*INVISIBLE, "x" * 201]),
    *(
        Wrong("startCall", {name: text}, [name])
        for name, length_max in CALL_TEXTS.items()
        for text in [*INVISIBLE, "x" * (length_max + 1), LONG]
    ),
    *(
        Wrong("startCall", {name: provider}, [name])
        for name, provider in {"stt": "elevenlabs", "tts": "deepgram", "sts": "gladia"}.items()
    ),
    Wrong("startCall", {"model": "GPT-4o"}, ["model"]),
    Wrong("startCall", {"sts": "google-live", "tts": "nobody"}, ["tts"]),
    *(Wrong("startCall", {"ownKeys": ["stt", key]}, ["ownKeys", "1"]) for key in ["", "tts", LONG]),
    Wrong("startCall", {"ownKeys": ["stt"] * 21}, ["ownKeys"]),
    *(
        Wrong("startCall", {"holdMinutes": minutes}, ["holdMinutes"])
        for minutes in [0, -1, -INT_MAX - 1, 241, INT_MAX]
    ),
    *(Wrong("startCall", {"clientId": id}, ["clientId"], "NOT_FOUND") for id in ["", "1", LONG]),
    *(
        Wrong("startCall", {"callId": "call-1", name: value}, ["callId"], "IDEMPOTENCY_CONFLICT")
        for name, value in [
            ("holdMinutes", 2),
            ("telephony", False),
            ("ownKeys", ["stt"]),
            ("agentId", "agent-1"),
            ("stt", "gladia"),
        ]
    ),
    *(Wrong("endCall", {"callId": id}, ["callId"]) for id in [*INVISIBLE, LONG]),
    *(Wrong("endCall", {"callId": id}, ["callId"], "NOT_FOUND") for id in ["call-0", "CALL-1"]),
    *(
        Wrong("endCall", {"seconds": seconds}, ["seconds"])
        for seconds in [-1, -INT_MAX - 1, 86_401, INT_MAX]
    ),
    *(
        Wrong("endCall", {name: count}, [name])
        for name in ["inputTokens", "outputTokens"]
        for count in [-1, -INT_MAX - 1, 1_000_000_001, INT_MAX]
    ),
    # it was begun without a model
    *(Wrong("endCall", {name: 1}, [name]) for name in ["inputTokens", "outputTokens"]),
    # what is wrong with a single event stands in its result: test_metering.py
    Wrong("recordUsage", {"events": [an_event(eventId="1")] * 1_001}, ["events"]),
    *(Wrong("purchaseCredits", {"amount": amount}, ["amount"]) for amount in NO_PURCHASES),
    *(
        Wrong("purchaseCredits", {"paymentMethodId": id}, ["paymentMethodId"], "NOT_FOUND")
        for id in ["", "1", "W29iamVjdA==", LONG]
    ),
    *(Wrong("setAutoRecharge", {"amount": amount}, ["amount"]) for amount in NO_PURCHASES),
    *(
        Wrong("setAutoRecharge", {"threshold": credits}, ["threshold"])
        for credits in ["0", "-0.001", "5000", "999999999999.999"]
    ),
    *(
        Wrong("setAutoRecharge", {"monthlyCap": cap}, ["monthlyCap"])
        for cap in ["0", "-5", "4.99", "5.001", "0.000000000001"]
    ),
    Wrong("subscribe", {"plan": LONG}, ["plan"]),
    Wrong("subscribe", {"plan": "Pay-As-You-Go"}, ["plan"]),
    *(Wrong("changePlan", {"plan": plan}, ["plan"]) for plan in ["", "gold", "FREE", LONG]),
    Wrong("changePlan", {"plan": "free", "timing": "NOW"}, ["timing"]),
    Wrong("changePlan", {"plan": "enterprise"}, ["plan"], "PLAN_NOT_SELF_SERVE"),
    Wrong("changePlan", {"plan": "pay-as-you-go"}, ["plan"], "NO_CHANGE"),
    *(
        Wrong("setAddOns", quantities(("workspace-seat", n)), ["addOns", "0", "quantity"])
        for n in [-1, -INT_MAX - 1, 10_001, INT_MAX]
    ),
    Wrong("setAddOns", quantities(("whitelabel", 2)), ["addOns", "0", "quantity"]),
    *(
        Wrong("setAddOns", quantities(("phone-number", 1), (key, 1)), ["addOns", "1", "addOn"])
        for key in ["", "Workspace-seat", "workspace_seat", LONG]
    ),
    Wrong("setAddOns", quantities(("phone-number", 0)), ["addOns"], "NO_CHANGE"),
    *(Wrong("cancelSubscription", {"reason": r}, ["reason"]) for r in ["a\x07b", "x" * 501]),
    Wrong("resumeSubscription", {}, [], "NO_CHANGE"),
    *(Wrong("attachPaymentMethod", {"token": t}, ["token"]) for t in [*INVISIBLE, LONG]),
    Wrong("setUpPaymentMethod", {"kinds": []}, ["kinds"]),
    *(Wrong("voidInvoice", {"reason": text}, ["reason"]) for text in [*INVISIBLE, "x" * 501]),
    *(Wrong("refundPayment", {"reason": text}, ["reason"]) for text in [*INVISIBLE, "x" * 501]),
    *(
        Wrong("refundPayment", {"amount": amount}, ["amount"])
        for amount in ["0", "-20", "0.001", "-0.01"]
    ),
    *(
        Wrong("refundPayment", {"amount": amount}, ["amount"], "REFUND_TOO_LARGE")
        for amount in ["20.01", "1000000000"]
    ),
    *(
        Wrong("simulateDispute", {"amount": amount}, ["amount"])
        for amount in ["0", "-20", "0.001", "20.01", "1000000000"]
    ),
    *(
        Wrong("setContract", {"monthlyPrice": price}, ["monthlyPrice"])
        for price in ["0", "-1000", "999.99", "1000.001"]
    ),
    Wrong("setContract", {"includedCredits": "-1"}, ["includedCredits"]),
    *(Wrong("setContract", {"invoiceDueDays": days}, ["invoiceDueDays"]) for days in [-1, INT_MAX]),
    Wrong("buyPhoneNumber", {}, [], "CAPACITY_EXCEEDED"),
    *(
        Wrong(mutation, {"label": label}, ["label"])
        for mutation in ["buyPhoneNumber", "importPhoneNumber"]
        for label in ["a\x07b", "x" * 201]
    ),
    *(
        Wrong(mutation, {name: id}, [name], "NOT_FOUND")
        for mutation, name in [
            ("archiveAgent", "agentId"),
            ("assignPhoneNumber", "phoneNumberId"),
            ("releasePhoneNumber", "phoneNumberId"),
            ("voidInvoice", "invoiceId"),
            ("refundPayment", "paymentId"),
            ("simulateDispute", "paymentId"),
            ("setContract", "workspaceId"),
            ("detachPaymentMethod", "paymentMethodId"),
            ("payInvoice", "invoiceId"),
            ("releaseSeat", "seatId"),
            ("revokeApiKey", "id"),
            ("setAutoBilling", "workspaceId"),
            ("setDefaultPaymentMethod", "paymentMethodId"),
        ]
        for id in ["", "1", "W29iamVjdA==", LONG]
    ),
]
GOOD: dict[str, dict[str, Any]] = {
    "adjustCredits": {"credits": "1", "reason": "for the test"},
    "advanceClock": {"to": "2026-04-02T00:00:00Z"},
    "assignSeat": {"kind": "CLIENT", "email": "ceo@one.test"},
    "buyPhoneNumber": {"number": "+12025550101"},
    "cancelSubscription": {},
    "changePlan": {"plan": "free"},
    "createApiKey": {"label": "Another", "scopes": ["read"]},
    "createWorkspace": {"name": "Acme", "email": "owner@acme.test"},
    "endCall": {"callId": "call-1", "seconds": 60},
    "importPhoneNumber": {"number": "+33612345670"},
    "payInvoice": {},
    "purchaseCredits": {"amount": "5"},
    "refundPayment": {"reason": "for the test"},
    "registerAgent": {"externalId": "agent-1", "name": "Front desk"},
    "resumeSubscription": {},
    "setAddOns": quantities(("workspace-seat", 1)),
    "setAutoBilling": {"enabled": True},
    "setAutoRecharge": {"enabled": True},
    "setBillingAddress": {"country": "DE"},
    "setContract": {"monthlyPrice": "1000", "includedCredits": "0"},
    "simulateDispute": {},
    "startCall": {"callId": "call-2", "stt": "deepgram"},
    "subscribe": {"plan": "pay-as-you-go"},
    "voidInvoice": {"reason": "for the test"},
}
# Given with another value under the same key, they are another request.
OTHERWISE: dict[str, dict[str, Any]] = {
    "adjustCredits": {"credits": "2"},
    "assignSeat": {"email": "ceo@two.test"},
    "buyPhoneNumber": {"label": "Front desk"},
    "cancelSubscription": {"reason": "Too quiet"},
    "changePlan": {"acceptOverage": True},
    "createWorkspace": {"name": "Other"},
    "importPhoneNumber": {"label": "Front desk"},
    "payInvoice": {"paymentMethodId": "another"},
    "purchaseCredits": {"amount": "6"},
    "refundPayment": {"reason": "for another reason"},
    "resumeSubscription": {},  # there is nothing that it could be told otherwise
    "setAddOns": quantities(("workspace-seat", 2)),
    "setContract": {"includedCredits": "1"},
    "subscribe": {"autoBilling": False},
    "voidInvoice": {"reason": "for another reason"},
}
OF_OPERATORS = (
    "adjustCredits", "advanceClock", "createApiKey", "createWorkspace", "refundPayment",
    "revokeApiKey", "setContract", "simulateDispute", "voidInvoice",
)  # fmt: skip


def test_every_command_has_a_row() -> None:
    assert {wrong.mutation for wrong in TABLE} == INPUTS.keys()
    assert OTHERWISE.keys() == set(KEYED)


@pytest.mark.parametrize("wrong", TABLE, ids=str)
async def test_what_is_wrong_is_said_with_its_place_and_changes_nothing(
    operator: Api, wrong: Wrong
) -> None:
    acme = await a_subscriber(operator)
    before = await state(acme)
    own = await self_addressed(acme, wrong.mutation) if wrong.mutation in GOOD else {}
    done = await told(acme, operator, wrong.mutation, own | wrong.input)
    assert (wrong.code, wrong.path) in [(each["code"], each["path"]) for each in done["errors"]]
    # the message quotes what is wrong in part: it can be shown
    assert all(len(each["message"]) < 500 for each in done["errors"])
    assert await state(acme) == before


@pytest.mark.parametrize("mutation", KEYED)
@pytest.mark.parametrize("key", ["", "1234567", "x" * 256, LONG])
async def test_a_key_that_is_none_is_refused_before_anything_is_done(
    operator: Api, mutation: str, key: str
) -> None:
    acme = await a_subscriber(operator)
    before = await state(acme)
    input = await self_addressed(acme, mutation)
    done = await told(acme, operator, mutation, input | {"idempotencyKey": key})
    assert [(each["code"], each["path"]) for each in done["errors"]] == [
        ("INVALID_INPUT", ["idempotencyKey"])
    ]
    assert await state(acme) == before


@pytest.mark.parametrize("mutation", KEYED)
async def test_a_command_that_is_repeated_is_done_once_and_a_changed_one_is_a_conflict(
    operator: Api, mutation: str
) -> None:
    acme = await a_subscriber(operator, plan=None if mutation == "subscribe" else "pay-as-you-go")
    if mutation == "resumeSubscription":
        await acme.api.do("cancelSubscription", "__typename")
    if mutation in ("payInvoice", "voidInvoice"):
        await given.an_open_invoice(acme, cents=20_00)
    if mutation == "buyPhoneNumber":
        await acme.api.do("setAddOns", "__typename", **quantities(("phone-number", 1)))
    input = await self_addressed(acme, mutation) | {"idempotencyKey": given.a_key()}
    answers = await asyncio.gather(*(told(acme, operator, mutation, input) for _ in range(3)))
    assert [answer["errors"] for answer in answers] == [[]] * 3
    once = await state(acme)
    changed = OTHERWISE[mutation]
    if mutation == "payInvoice":
        changed = {"paymentMethodId": await given.attach(acme, "pm_card_amex", makeDefault=False)}
        once = await state(acme)
    if changed:
        conflict = await told(acme, operator, mutation, input | changed)
        assert [(each["code"], each["path"]) for each in conflict["errors"]] == [
            ("IDEMPOTENCY_CONFLICT", ["idempotencyKey"])
        ]
    assert (await told(acme, operator, mutation, input))["errors"] == []
    assert await state(acme) == once
    assert await IdempotencyRecord.filter(key=input["idempotencyKey"]).count() == 1


@pytest.mark.parametrize(
    ("one", "other", "outcomes"),
    [
        (
            ("cancelSubscription", {}),
            ("resumeSubscription", {}),
            [[[], []], [[], ["NO_CHANGE"]]],
        ),
        (
            ("changePlan", {"plan": "free"}),
            ("setAddOns", quantities(("workspace-seat", 3))),
            [[[], []], [["PENDING_CHANGE"], []]],
        ),
        (
            ("setAddOns", quantities(("workspace-seat", 3))),
            ("setAddOns", quantities(("workspace-seat", 5), ("phone-number", 1))),
            [[[], []], [[], ["PENDING_CHANGE"]], [["PENDING_CHANGE"], []]],
        ),
        (
            ("setAddOns", quantities(("workspace-seat", 0))),
            ("assignSeat", {"kind": "WORKSPACE", "email": "ann@acme.test"}),
            [[[], []]],
        ),
        (
            ("setAutoBilling", {"enabled": False}),
            ("setAutoBilling", {"enabled": True}),
            [[[], []]],
        ),
        (
            ("changePlan", {"plan": "free"}),
            ("cancelSubscription", {}),
            [[[], []]],
        ),
        (
            ("setAutoRecharge", {"enabled": False}),
            ("setAutoRecharge", {"enabled": True}),
            [[[], []]],
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
async def test_two_that_contradict_each_other_at_once_are_done_one_after_the_other(
    operator: Api,
    one: tuple[str, dict[str, Any]],
    other: tuple[str, dict[str, Any]],
    outcomes: list[list[list[str]]],
) -> None:
    acme = await a_subscriber(operator, add_ons=quantities(("workspace-seat", 1)))
    answers = await asyncio.gather(
        *(acme.api.do(mutation, "__typename", **input) for mutation, input in (one, other))
    )
    codes = [[each["code"] for each in answer["errors"]] for answer in answers]
    assert codes in outcomes
    # and what was shown as coming is what comes
    shown = await acme.api.ask("{ workspace { upcomingInvoice { total { amount } } } }")
    coming = shown["workspace"]["upcomingInvoice"]
    await acme.api.do("setAutoBilling", "__typename", enabled=True)
    moved = await acme.api.do(
        "advanceClock",
        "invoices { reason total { amount } }",
        workspaceId=acme.id,
        to="2026-05-01T00:00:00Z",
    )
    # the call that nobody ends may have credits bought for it, which no period foresees
    came = [invoice for invoice in moved["invoices"] if invoice.pop("reason") != "AUTO_RECHARGE"]
    assert came == ([coming] if coming else [])


async def a_subscriber(
    operator: Api,
    *,
    plan: str | None = "pay-as-you-go",
    add_ons: dict[str, Any] | None = None,
) -> Tenant:
    tenant = await given.a_workspace(operator, card="pm_card_visa")
    if plan:
        await tenant.api.do("subscribe", "__typename", plan=plan, **(add_ons or {}))
    await tenant.api.do("startCall", "__typename", callId="call-1", stt="deepgram", holdMinutes=1)
    return tenant


async def self_addressed(tenant: Tenant, mutation: str) -> dict[str, Any]:
    """Good input, with ids of the tenant's own things."""
    shown = await tenant.api.ask("{ workspace { invoices { nodes { id payments { id } } } } }")
    invoices = shown["workspace"]["invoices"]["nodes"]
    own = {}
    if "invoiceId" in INPUTS[mutation].fields:
        own = {"invoiceId": invoices[0]["id"]}
    elif "paymentId" in INPUTS[mutation].fields:
        own = {"paymentId": invoices[0]["payments"][0]["id"]}
    return GOOD[mutation] | own


async def told(
    tenant: Tenant, operator: Api, mutation: str, input: dict[str, Any]
) -> dict[str, Any]:
    """The answer to a command of the tenant's, or of an operator's about it."""
    by_operator = mutation in OF_OPERATORS
    named = {"workspaceId": tenant.id} if "workspaceId" in INPUTS[mutation].fields else {}
    api = operator if by_operator else tenant.api
    return await api.do(
        mutation, "__typename", **((named if by_operator else {}) | GOOD.get(mutation, {}) | input)
    )


async def state(tenant: Tenant) -> Any:
    """What a command could have changed."""
    shown = await tenant.api.ask(
        "{ workspace { name now billingAddress { country email } autoBilling { enabled } "
        "subscription { plan { key } status cancelAtPeriodEnd addOns { addOn { key } quantity } "
        "pendingChange { effectiveAt } } seats { nodes { email status } } "
        "autoRecharge { enabled amount { amount } } "
        "agents { nodes { externalId name } } paymentMethods { label isDefault } "
        "creditBalance { total held } calls { nodes { externalId heldCredits endedAt } } "
        "ledgerEntries { nodes { id } } "
        "invoices { nodes { status payments { status } } } } }"
    )
    keys = (
        await ApiKey.filter(workspace_id=tenant.key).order_by("id").values_list("id", "revoked_at")
    )
    return shown, keys
