"""A payer takes a payment back through their bank: in credits, and exactly back when it is won."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from models.disputes import Dispute, DisputeStatus
from models.payments import Payment
from services import disputes
from tests import calls, given
from tests.client import Api
from tests.corrections import (
    advance,
    balance,
    codes,
    message,
    newest,
    refund,
    the_payment,
    with_balance,
)
from tests.disputes import (
    bought_for,
    disputed,
    last_entries,
    lost,
    lots_of,
    status_of,
    won,
)
from tests.provider import PROVIDER
from tests.top_ups import (
    a_low_one,
    a_subscriber,
    auto_recharge,
    available,
    bought,
    recharges,
    switched_on,
    use,
    worker_works,
)

DISPUTE = "dispute { status amount { amount } reason }"


async def test_a_dispute_takes_what_was_bought_and_winning_gives_exactly_that_back(
    operator: Api,
) -> None:
    acme = await a_subscriber(operator)
    await bought(acme, "10")
    payment = await bought_for(acme, 10)
    reference = await disputed(payment)
    # nothing of it was spent: all of it is gone, and nothing else
    assert await available(acme) == "5750.000"
    assert await last_entries(acme, 1) == [("REVERSAL", "-10000.000", "PURCHASE")]
    shown = await newest_payment(acme)
    assert shown == {
        "status": "DISPUTED",
        "dispute": {
            "status": "NEEDS_RESPONSE",
            "amount": {"amount": "10.00"},
            "reason": "fraudulent",
        },
    }
    # the invoice stays paid, and nobody is asked for the money again
    assert (await newest(acme))["amountDue"] == {"amount": "0.00"}
    await PROVIDER.bank_moves(reference, DisputeStatus.UNDER_REVIEW)
    assert await available(acme) == "5750.000"
    await won(reference)
    assert await available(acme) == "15750.000"
    assert await last_entries(acme, 1) == [("REVERSAL", "10000.000", "PURCHASE")]
    assert await lots_of(acme, "PURCHASE") == [(10_000, 10_000)]
    assert (await newest_payment(acme))["status"] == "SUCCEEDED"


async def test_what_was_spent_is_owed_and_the_next_grant_repays_it(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await bought(acme, "10")
    payment = await bought_for(acme, 10)
    # given 12,750 of 15,750 credits spent: 7,000 of the bought ones
    assert await use(acme, 12_750) == "3000.000"
    reference = await disputed(payment)
    assert await available(acme) == "-7000.000"
    assert await last_entries(acme, 2) == [
        ("REVERSAL", "-3000.000", "PURCHASE"),
        ("REVERSAL", "-7000.000", None),
    ]
    await bought(acme, "5")
    assert await available(acme) == "-2000.000"
    # when it is won after all, exactly 10,000 come back: the first 2,000 of them repay the rest
    await won(reference)
    assert await available(acme) == "8000.000"
    assert await last_entries(acme, 2) == [
        ("REVERSAL", "3000.000", "PURCHASE"),
        ("REVERSAL", "7000.000", "DISPUTE_WON"),
    ]
    assert await lots_of(acme, "PURCHASE") == [(10_000, 1_000), (5_000, 0)]
    assert await lots_of(acme, "DISPUTE_WON") == [(7_000, 7_000)]


@pytest.mark.parametrize(
    ("won_on", "has_then", "kept"),
    [("2026-05-20", "5000.000", [(5_000, 5_000)]), ("2026-06-20", "10000.000", [(10_000, 10_000)])],
    ids=["while the plan's credits live", "when they have expired"],
)
async def test_other_credits_pay_what_is_missing_and_come_back_also_when_they_would_be_dead(
    operator: Api, won_on: str, has_then: str, kept: list[tuple[int, int]]
) -> None:
    acme = await a_subscriber(operator)
    await bought(acme, "10")
    payment = await bought_for(acme, 10)
    assert await use(acme, 15_750) == "0.000"
    await advance(acme, "2026-05-02T00:00:00Z")
    # given 5,000 credits of May, and 10,000 to be taken back
    reference = await disputed(payment)
    assert await last_entries(acme, 2) == [
        ("REVERSAL", "-5000.000", "PLAN"),
        ("REVERSAL", "-5000.000", None),
    ]
    assert await available(acme) == "-5000.000"
    await advance(acme, f"{won_on}T00:00:00Z")
    owed = "-5000.000" if won_on < "2026-06" else "0.000"
    assert await available(acme) == owed
    # what lives on goes back to its own grant, the rest does not expire
    await won(reference)
    assert await available(acme) == has_then
    assert await lots_of(acme, "DISPUTE_WON") == kept
    await advance(acme, "2026-07-20T00:00:00Z")
    assert await available(acme) == {"5000.000": "10000.000", "10000.000": "15000.000"}[has_then]


async def test_a_lost_dispute_stays_taken_and_nothing_is_refunded_besides(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await bought(acme, "10")
    payment = await bought_for(acme, 10)
    reference = await disputed(payment)
    for _ in range(2):
        refused = await refund(operator, payment)
        assert codes(refused) == ["REFUND_TOO_LARGE"]
        assert message(refused) == (
            "Nothing of this payment can be given back any more; it is disputed."
        )
        await lost(reference)
    assert (await status_of(payment), await available(acme)) == ("DISPUTED", "5750.000")
    # a bank may still think again
    await won(reference)
    assert await available(acme) == "15750.000"
    assert (await refund(operator, payment))["errors"] == []


async def test_an_inquiry_takes_nothing_until_it_becomes_a_dispute(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await bought(acme, "10")
    payment = await bought_for(acme, 10)
    reference = await PROVIDER.payer_disputes(payment, is_inquiry=True)
    assert (await status_of(payment), await available(acme)) == ("SUCCEEDED", "15750.000")
    assert (await newest_payment(acme))["dispute"]["status"] == "INQUIRY"
    await PROVIDER.bank_moves(reference, DisputeStatus.NEEDS_RESPONSE)
    assert (await status_of(payment), await available(acme)) == ("DISPUTED", "5750.000")
    await PROVIDER.bank_moves(reference, DisputeStatus.CLOSED)
    assert (await status_of(payment), await available(acme)) == ("SUCCEEDED", "15750.000")


async def test_the_parts_of_refunds_and_disputes_come_to_the_whole(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await bought(acme, "10")
    payment = await bought_for(acme, 10)
    assert (await refund(operator, payment, amount="3.33"))["errors"] == []
    assert await available(acme) == "12420.000"
    # a third of what is left is disputed, then all of it
    reference = await disputed(payment, dollars=2)
    assert await available(acme) == "10420.000"
    assert await status_of(payment) == "DISPUTED"
    await won(reference)
    assert (await status_of(payment), await available(acme)) == ("PARTIALLY_REFUNDED", "12420.000")
    assert (await refund(operator, payment))["errors"] == []
    assert await available(acme) == "5750.000"


async def test_a_dispute_of_all_after_a_refund_takes_the_rest(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await bought(acme, "10")
    payment = await bought_for(acme, 10)
    assert (await refund(operator, payment, amount="4"))["errors"] == []
    assert await available(acme) == "11750.000"
    reference = await disputed(payment)
    assert await available(acme) == "5750.000"
    await won(reference)
    assert await available(acme) == "11750.000"


async def test_a_dispute_after_a_refund_of_spent_credits_takes_its_own_part(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await bought(acme, "10")
    payment = await bought_for(acme, 10)
    assert await use(acme, 14_750) == "1000.000"
    # the refund of a half takes what is left only, the dispute of the other half takes its 5,000
    assert (await refund(operator, payment, amount="5"))["errors"] == []
    assert await available(acme) == "0.000"
    reference = await disputed(payment, dollars=5)
    assert await available(acme) == "-5000.000"
    await won(reference)
    assert await available(acme) == "0.000"


async def test_what_a_plan_includes_stays_when_its_payment_is_disputed(operator: Api) -> None:
    acme = await a_subscriber(operator)
    payment = await the_payment(acme)
    reference = await disputed(payment)
    assert (await status_of(payment), await available(acme)) == ("DISPUTED", "5750.000")
    await advance(acme, "2026-05-01T00:00:00Z")
    assert (await newest(acme))["status"] == "PAID"
    await won(reference)
    assert await status_of(payment) == "SUCCEEDED"


async def test_who_disputes_is_not_charged_again_by_itself(operator: Api) -> None:
    acme = await a_low_one(operator)
    assert await use(acme, 200) == "400.000"
    assert await worker_works(acme) == 1
    assert await recharges(acme) == [("PAID", 500)]
    assert await available(acme) == "5400.000"
    await disputed(await bought_for(acme, 5))
    # too little is left again, but neither that nor the next use charges anybody
    assert await available(acme) == "400.000"
    assert await use(acme, 100) == "300.000"
    assert await worker_works(acme) == 0
    assert not (await auto_recharge(acme))["enabled"]
    # until they want it again
    await switched_on(acme)
    assert await use(acme, 100) == "200.000"
    assert await worker_works(acme) == 1
    assert await recharges(acme) == [("PAID", 500), ("PAID", 500)]


async def test_what_a_call_holds_is_left_to_it(operator: Api) -> None:
    acme = await a_subscriber(operator)
    assert await use(acme, 5_750) == "0.000"
    await bought(acme, "10")
    # given a call that holds 5 minutes at 101.5 credits
    await calls.started(acme, "call-1")
    assert await available(acme) == "9492.500"
    reference = await disputed(await bought_for(acme, 10))
    assert await available(acme) == "-507.500"
    await calls.ended(acme, "call-1", seconds=0)
    assert await available(acme) == "0.000"
    await won(reference)
    assert await available(acme) == "10000.000"


async def test_disputed_money_that_came_too_late_is_taken_out_of_the_balance(operator: Api) -> None:
    acme = await with_balance(operator)
    late = await the_payment(acme)
    reference = await disputed(late)
    assert (await status_of(late), await balance(acme)) == ("DISPUTED", "0.00")
    await won(reference)
    assert (await status_of(late), await balance(acme)) == ("SUCCEEDED", "20.00")
    # when an invoice has used it, and then the bank takes it: the next one collects it
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    assert await balance(acme) == "0.00"
    await PROVIDER.bank_moves(reference, DisputeStatus.LOST)
    assert await balance(acme) == "-20.00"
    await advance(acme, "2026-05-05T00:00:00Z")
    renewal = await newest(acme)
    assert (renewal["status"], renewal["total"]) == ("PAID", {"amount": "20.00"})
    charged = [(row["status"], row["amount"]["amount"]) for row in renewal["payments"]]
    assert charged == [("SUCCEEDED", "-20.00"), ("SUCCEEDED", "40.00")]
    assert await balance(acme) == "0.00"


async def test_a_dispute_that_many_hear_of_at_once_takes_once(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await bought(acme, "10")
    payment = await bought_for(acme, 10)
    reference = await disputed(payment)
    await asyncio.gather(*(disputes.find_out(reference, PROVIDER) for _ in range(8)))
    assert await available(acme) == "5750.000"
    await won(reference)
    await asyncio.gather(*(disputes.find_out(reference, PROVIDER) for _ in range(8)))
    assert await available(acme) == "15750.000"
    assert await Dispute.filter(payment_id=payment.id).count() == 1


async def newest_payment(tenant: given.Tenant) -> dict[str, Any]:
    payments = f"payments {{ status {DISPUTE} }}"
    asked = await tenant.api.ask(
        f"{{ workspace {{ invoices(first: 1) {{ nodes {{ {payments} }} }} }} }}"
    )
    [found] = asked["workspace"]["invoices"]["nodes"][0]["payments"]
    payment: dict[str, Any] = found
    return payment


async def simulate(operator: Api, payment: Payment, **input: Any) -> dict[str, Any]:
    return await operator.do(
        "simulateDispute",
        f"payment {{ status {DISPUTE} }}",
        paymentId=given.id_of(payment),
        **input,
    )


@pytest.mark.of_the_sandbox
async def test_operators_let_a_payer_of_the_sandbox_dispute(operator: Api) -> None:
    acme = await a_subscriber(operator)
    payment = await the_payment(acme)
    begun = await simulate(operator, payment, amount="5")
    assert begun["payment"] == {
        "status": "DISPUTED",
        "dispute": {
            "status": "NEEDS_RESPONSE",
            "amount": {"amount": "5.00"},
            "reason": "fraudulent",
        },
    }
    for status, becomes in ("UNDER_REVIEW", "DISPUTED"), ("WON", "SUCCEEDED"), ("LOST", "DISPUTED"):
        moved = await simulate(operator, payment, status=status)
        assert moved["payment"]["status"] == becomes
        assert moved["payment"]["dispute"]["amount"] == {"amount": "5.00"}
    # only operators
    refused = await simulate(acme.api, payment)
    assert codes(refused) == ["FORBIDDEN"]


@pytest.mark.of_the_sandbox
async def test_only_what_a_payer_has_paid_is_disputed(operator: Api) -> None:
    acme = await a_subscriber(operator)
    refused = await simulate(operator, await the_payment(acme), amount="20.01")
    assert (codes(refused), refused["errors"][0]["path"]) == (["INVALID_INPUT"], ["amount"])
    assert message(refused) == "The payment is of $20.00, and no more can be disputed."
    debtor = await given.a_workspace(operator, card="pm_usBankAccount")
    await debtor.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    refused = await simulate(operator, await the_payment(debtor))
    assert (codes(refused), refused["errors"][0]["path"]) == (["INVALID_INPUT"], ["paymentId"])
    assert not await Dispute.exists(workspace_id__in=[acme.key, debtor.key])
