"""What is too little to be charged ($0.50) is owed, and collected with the next invoice."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from models.invoices import Invoice
from models.money import Money
from models.payments import Payment
from services.gateway import Charge, Declined
from services.gateway.sandbox import SandboxGateway
from tests import given
from tests.client import Api
from tests.corrections import (
    a_subscriber,
    advance,
    balance,
    codes,
    message,
    newest,
    refund,
    void,
)
from tests.given import Tenant
from tests.top_ups import available, bought, purchase

# 30 days of April: a client seat of $15 costs 5 cents for its last 144 minutes.
SHORTLY_BEFORE_MAY = "2026-04-30T21:36:00Z"
DUE = "dueNow { total { amount } balanceApplied { amount } amountDue { amount } }"
NEXT = "next { total { amount } balanceApplied { amount } amountDue { amount } }"


async def add(tenant: Tenant, quantity: int) -> dict[str, Any]:
    """So many client seats from now on."""
    shown = "status total { amount } payments { status method { last4 } amount { amount } }"
    wanted = [{"addOn": "client-seat", "quantity": quantity}]
    return await tenant.api.do("setAddOns", f"invoice {{ {shown} }}", addOns=wanted)


def paid(invoice: dict[str, Any]) -> list[tuple[str, str]]:
    """Status and amount of the payments."""
    return [(row["status"], row["amount"]["amount"]) for row in invoice["payments"]]


async def test_the_last_minutes_of_an_add_on_are_collected_with_the_renewal(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await advance(acme, SHORTLY_BEFORE_MAY)
    asked = await acme.api.ask(
        '{ previewSetAddOns(input: { addOns: [{ addOn: "client-seat", quantity: 1 }] }) '
        f"{{ {DUE} {NEXT} }} }}"
    )
    assert asked["previewSetAddOns"] == {
        "dueNow": {
            "total": {"amount": "0.05"},
            "balanceApplied": {"amount": "0.05"},
            "amountDue": {"amount": "0.00"},
        },
        "next": {
            "total": {"amount": "35.00"},
            "balanceApplied": {"amount": "-0.05"},
            "amountDue": {"amount": "35.05"},
        },
    }
    # nobody is charged 5 cents, and the seat is there at once
    added = await add(acme, 1)
    assert added["errors"] == []
    assert added["invoice"] == {
        "status": "PAID",
        "total": {"amount": "0.05"},
        "payments": [{"status": "SUCCEEDED", "method": None, "amount": {"amount": "0.05"}}],
    }
    assert await balance(acme) == "-0.05"
    # the renewal is of $35, and collects the 5 cents
    await advance(acme, "2026-05-01T00:00:00Z")
    renewal = await newest(acme)
    assert (renewal["status"], renewal["total"]) == ("PAID", {"amount": "35.00"})
    assert (renewal["amountPaid"], renewal["amountDue"]) == (
        {"amount": "35.00"},
        {"amount": "0.00"},
    )
    assert paid(renewal) == [("SUCCEEDED", "-0.05"), ("SUCCEEDED", "35.05")]
    assert await balance(acme) == "0.00"


async def test_small_amounts_come_together_until_they_can_be_charged(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await advance(acme, SHORTLY_BEFORE_MAY)
    charged = []
    for quantity in range(1, 12):
        added = await add(acme, quantity)
        assert added["errors"] == []
        charged.append(paid(added["invoice"]))
    # nine times 5 cents are owed, and the tenth makes 50
    assert charged[8] == [("SUCCEEDED", "0.05")]
    assert charged[9] == [("SUCCEEDED", "-0.45"), ("SUCCEEDED", "0.50")]
    assert charged[10] == [("SUCCEEDED", "0.05")]
    assert await balance(acme) == "-0.05"


@pytest.mark.parametrize(
    ("has", "charged", "left"),
    [("4.50", [("SUCCEEDED", "4.50"), ("SUCCEEDED", "0.50")], "0.00"), ("4.51", None, "-0.49")],
    ids=["50 cents are charged", "49 are not"],
)
async def test_what_the_balance_leaves_over_is_charged_from_50_cents_on(
    operator: Api, has: str, charged: list[tuple[str, str]] | None, left: str
) -> None:
    acme = await a_subscriber(operator)
    await given.comes_too_late(await given.an_open_invoice(acme, cents=int(has.replace(".", ""))))
    assert await balance(acme) == has
    await bought(acme, "5")
    assert await available(acme) == "10750.000"
    assert paid(await newest(acme)) == (charged or [("SUCCEEDED", "5.00")])
    assert await balance(acme) == left


async def test_what_is_called_off_collects_nothing(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await advance(acme, SHORTLY_BEFORE_MAY)
    await add(acme, 1)
    # given $5 of credits that the bank declines
    await given.attach(acme, "pm_card_chargeCustomerFail")
    declined = await purchase(acme, "5")
    assert codes(declined) == ["PAYMENT_DECLINED"]
    assert await balance(acme) == "-0.05"
    void_one = await Invoice.get(workspace_id=acme.key, status="VOID")
    assert void_one.amount_paid_cents == 0
    # and a renewal that an operator calls off
    await advance(acme, "2026-05-01T00:00:00Z")
    renewal = await Invoice.get(workspace_id=acme.key, status="OPEN")
    assert (renewal.amount_paid_cents, renewal.amount_due.cents) == (-5, 35_05)
    assert (await void(operator, renewal))["errors"] == []
    assert await balance(acme) == "-0.05"


async def test_a_refund_gives_back_what_was_billed_not_what_was_collected_besides(
    operator: Api,
) -> None:
    acme = await a_subscriber(operator)
    await advance(acme, SHORTLY_BEFORE_MAY)
    await add(acme, 1)
    await bought(acme, "5")
    payment = await Payment.get(workspace_id=acme.key, amount_cents=5_05)
    refused = await refund(operator, payment, amount="5.01")
    assert message(refused) == "Of this payment $5.00 can still be given back."
    assert (await refund(operator, payment))["payment"]["refunded"] == {"amount": "5.00"}
    # what only collects can be given back by nobody, what was paid so goes back to the balance
    collecting = await Payment.get(workspace_id=acme.key, amount_cents=-5)
    assert codes(await refund(operator, collecting)) == ["REFUND_TOO_LARGE"]
    carried = await Payment.get(workspace_id=acme.key, amount_cents=5)
    assert (await refund(operator, carried))["errors"] == []
    assert await balance(acme) == "0.05"


@pytest.mark.of_the_sandbox
@pytest.mark.parametrize(("cents", "declined_with"), [(49, "amount_too_small"), (50, None)])
async def test_the_sandbox_declines_what_stripe_would(
    cents: int, declined_with: str | None
) -> None:
    charge = Charge(uuid4(), "pm_card_visa:1", Money(cents), at=given.instant(SHORTLY_BEFORE_MAY))
    outcome = await SandboxGateway("http://testserver").charge(charge)
    assert (outcome.decline_code if isinstance(outcome, Declined) else None) == declined_with
