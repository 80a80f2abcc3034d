"""What was billed by mistake is called off; money that comes too late pays for what comes next."""

from __future__ import annotations

import asyncio
from typing import Any

from models.balances import BalanceEntry
from models.invoices import Dunning, Invoice
from models.payments import Payment
from models.refunds import CreditNote
from services.gateway import Declined
from tests import given
from tests.client import Api
from tests.corrections import (
    INVOICE,
    a_subscriber,
    advance,
    as_it_stands,
    balance,
    codes,
    message,
    newest,
    refund,
    the_invoice,
    the_payment,
    void,
    with_balance,
)
from tests.provider import PROVIDER


async def test_a_void_renewal_is_not_owed_and_not_dunned(operator: Api) -> None:
    # given a renewal that is to be paid by hand, and is not
    acme = await a_subscriber(operator, autoBilling=False)
    await advance(acme, "2026-05-20T00:00:00Z")
    assert (await as_it_stands(acme))[1] == "PAST_DUE"
    invoice = await Invoice.get(workspace_id=acme.key, status="OPEN")
    # when an operator calls it off
    assert await void(operator, invoice) == {
        "invoice": {
            "number": invoice.number,
            "status": "VOID",
            "amountDue": {"amount": "0.00"},
            "voidReason": "Billed by mistake",
        },
        "errors": [],
    }
    # then its month is given away, but without the credits that come with its payment
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "750.000")
    assert not await Dunning.exists(workspace_id=acme.key)
    # and the next month is billed under the next number
    await advance(acme, "2026-06-01T00:00:00Z")
    numbers = await Invoice.filter(workspace_id=acme.key).order_by("id").values_list("sequence")
    assert numbers == [(1,), (2,), (3,)]
    assert (await newest(acme))["status"] == "OPEN"


async def test_an_uncollectible_invoice_can_be_called_off(operator: Api) -> None:
    acme = await a_subscriber(operator, autoBilling=False)
    await advance(acme, "2026-06-10T00:00:00Z")
    invoice = await Invoice.get(workspace_id=acme.key, status="UNCOLLECTIBLE")
    again = {"plan": "pay-as-you-go"}
    assert codes(await acme.api.do("subscribe", "invoice { id }", **again)) == [
        "OUTSTANDING_INVOICE"
    ]
    assert (await void(operator, invoice))["errors"] == []
    assert (await acme.api.do("subscribe", "invoice { id }", **again))["errors"] == []


async def test_what_was_paid_or_called_off_cannot_be_called_off(operator: Api) -> None:
    acme = await a_subscriber(operator)
    paid = await the_invoice(acme)
    refused = await void(operator, paid)
    assert (codes(refused), refused["errors"][0]["path"]) == (
        ["INVOICE_NOT_PAYABLE"],
        ["invoiceId"],
    )
    assert message(refused) == (
        f"Invoice {paid.number} is paid; only one that is outstanding can be voided. "
        "Give back what was paid with refundPayment."
    )
    open_invoice = await given.an_open_invoice(acme, cents=50_00)
    assert (await void(operator, open_invoice))["errors"] == []
    assert codes(await void(operator, open_invoice)) == ["NO_CHANGE"]


async def test_a_repeated_void_answers_what_the_first_did(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    invoice, key = await given.an_open_invoice(acme, cents=50_00), given.a_key()
    answers = await asyncio.gather(
        *(void(operator, invoice, idempotencyKey=key) for _ in range(10))
    )
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["errors"] == []
    changed = await void(operator, invoice, reason="Another", idempotencyKey=key)
    assert codes(changed) == ["IDEMPOTENCY_CONFLICT"]


async def test_paying_and_voiding_at_once_have_one_winner(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    for _ in range(5):
        invoice = await given.an_open_invoice(acme, cents=50_00)
        paid, called_off = await asyncio.gather(
            acme.api.do("payInvoice", "invoice { status }", invoiceId=given.id_of(invoice)),
            void(operator, invoice),
        )
        invoice = await Invoice.get(id=invoice.id)
        if invoice.status == "PAID":
            assert (codes(paid), codes(called_off)) in (
                ([], ["IN_PROGRESS"]),
                ([], ["INVOICE_NOT_PAYABLE"]),
            )
        else:
            assert (invoice.status, codes(paid)) == ("VOID", ["INVOICE_NOT_PAYABLE"])
            assert not await Payment.exists(invoice_id=invoice.id)
    assert await balance(acme) == "0.00"


async def test_a_change_that_waits_for_its_payer_is_dropped_with_its_invoice(
    operator: Api,
) -> None:
    acme = await given.a_workspace(operator, card="pm_card_authenticationRequired")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    payment = await the_payment(acme)
    assert (await void(operator, await the_invoice(acme)))["errors"] == []
    withdrawn = await the_payment(acme)
    assert (withdrawn.status, withdrawn.decline_code) == ("FAILED", "withdrawn")
    assert isinstance(await PROVIDER.find(payment.id, now=payment.opened_at), Declined)
    # who confirms now confirms nothing
    await given.payer_confirms(payment)
    await advance(acme, "2026-04-03T00:00:00Z")
    assert await as_it_stands(acme) == ("free", "ACTIVE", "750.000")
    assert await balance(acme) == "0.00"


async def test_a_payer_who_confirmed_before_the_void_has_paid(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_authenticationRequired")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    await given.payer_confirms(await the_payment(acme))
    refused = await void(operator, await the_invoice(acme))
    assert codes(refused) == ["INVOICE_NOT_PAYABLE"]
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")


PREVIEW = """query ($input: SubscribeInput!) { previewSubscribe(input: $input) {
    dueNow { total { amount } balanceApplied { amount } amountDue { amount } }
    next { total { amount } balanceApplied { amount } amountDue { amount } } errors { code } } }"""


def due(total: str, applied: str, amount: str) -> dict[str, Any]:
    return {
        "total": {"amount": total},
        "balanceApplied": {"amount": applied},
        "amountDue": {"amount": amount},
    }


async def test_money_that_came_too_late_pays_for_the_next_invoice(operator: Api) -> None:
    acme = await with_balance(operator)
    wanted = {
        "plan": "pay-as-you-go",
        "addOns": [{"addOn": "whitelabel", "quantity": 1}],
    }
    # $220, of which $20 are there already
    preview = (await acme.api.ask(PREVIEW, input=wanted))["previewSubscribe"]
    assert preview == {
        "dueNow": due("220.00", "20.00", "200.00"),
        "next": due("220.00", "0.00", "220.00"),
        "errors": [],
    }
    done = await acme.api.do("subscribe", f"invoice {{ {INVOICE} }}", **wanted)
    assert done["errors"] == []
    assert done["invoice"]["amountPaid"] == {"amount": "220.00"}
    assert [
        (payment["amount"]["amount"], payment["method"] and payment["method"]["label"])
        for payment in done["invoice"]["payments"]
    ] == [("20.00", None), ("200.00", "Visa •••• 4242")]
    assert await balance(acme) == "0.00"
    entries = await BalanceEntry.filter(workspace_id=acme.key).order_by("sequence")
    assert [(row.kind, row.amount_cents, row.balance_after_cents) for row in entries] == [
        ("LATE_PAYMENT", 20_00, 20_00),
        ("APPLIED", -20_00, 0),
    ]


async def test_a_balance_that_pays_all_needs_no_charge(operator: Api) -> None:
    acme = await with_balance(operator)
    charges = await Payment.filter(workspace_id=acme.key).count()
    preview = (await acme.api.ask(PREVIEW, input={"plan": "pay-as-you-go"}))["previewSubscribe"]
    assert preview["dueNow"] == due("20.00", "20.00", "0.00")
    done = await acme.api.do("subscribe", "invoice { status }", plan="pay-as-you-go")
    assert done == {"invoice": {"status": "PAID"}, "errors": []}
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")
    assert await Payment.filter(workspace_id=acme.key).count() == charges + 1
    assert await Payment.filter(workspace_id=acme.key, method_id=None).count() == 1
    # the month after is charged to the card
    await advance(acme, "2026-05-05T00:00:00Z")
    [only] = (await newest(acme))["payments"]
    assert only["method"] == {"label": "Visa •••• 4242"}


async def test_a_declined_charge_leaves_the_balance_as_it_was(operator: Api) -> None:
    acme = await with_balance(operator, card="pm_card_chargeCustomerFail")
    done = await acme.api.do(
        "subscribe",
        "invoice { id }",
        plan="pay-as-you-go",
        addOns=[{"addOn": "whitelabel", "quantity": 1}],
    )
    assert codes(done) == ["PAYMENT_DECLINED"]
    assert (await newest(acme))["status"] == "VOID"
    assert await balance(acme) == "20.00"
    entries = await BalanceEntry.filter(workspace_id=acme.key).order_by("sequence")
    assert [entry.kind for entry in entries] == ["LATE_PAYMENT", "APPLIED", "RELEASED"]


async def test_a_renewal_uses_the_balance_as_its_preview_says(operator: Api) -> None:
    # given three seats, bought by a bank debit for half a month ($15), that were called off
    acme = await a_subscriber(operator)
    await advance(acme, "2026-04-16T00:00:00Z")
    await given.attach(acme, "pm_usBankAccount")
    seats = [{"addOn": "workspace-seat", "quantity": 3}]
    await acme.api.do("setAddOns", "invoice { id }", addOns=seats)
    assert (await void(operator, await Invoice.get(workspace_id=acme.key, status="OPEN")))[
        "errors"
    ] == []
    await given.attach(acme, "pm_card_visa")
    await advance(acme, "2026-04-30T00:00:00Z")
    answer = await acme.api.ask(
        "{ workspace { upcomingInvoice { total { amount } balanceApplied { amount } "
        "amountDue { amount } } unappliedBalance { amount } } }"
    )
    assert answer["workspace"]["upcomingInvoice"] == due("20.00", "15.00", "5.00")
    await advance(acme, "2026-05-01T00:00:00Z")
    renewal = await newest(acme)
    assert [payment["amount"]["amount"] for payment in renewal["payments"]] == ["15.00", "5.00"]
    assert (renewal["status"], await balance(acme)) == ("PAID", "0.00")


async def test_a_late_payment_can_go_back_to_who_made_it(operator: Api) -> None:
    acme = await with_balance(operator)
    [late] = await Payment.filter(workspace_id=acme.key)
    begun = await refund(operator, late)
    # nothing was billed for it, so that there is nothing to credit; the money is set aside
    assert (begun["creditNote"], begun["errors"]) == (None, [])
    assert await balance(acme) == "0.00"
    await advance(acme, "2026-04-09T00:00:00Z")
    assert (await Payment.get(id=late.id)).status == "REFUNDED"
    assert not await CreditNote.exists(workspace_id=acme.key)
    assert await balance(acme) == "0.00"


async def test_of_a_late_payment_only_what_is_unused_goes_back(operator: Api) -> None:
    acme = await with_balance(operator)
    [late] = await Payment.filter(workspace_id=acme.key)
    await given.an_open_invoice(acme, cents=13_00)
    refused = await refund(operator, late, amount="7.01")
    assert codes(refused) == ["REFUND_TOO_LARGE"]
    assert message(refused) == "Of this payment $7.00 can still be given back."
    assert (await refund(operator, late))["errors"] == []
    await advance(acme, "2026-04-09T00:00:00Z")
    late = await Payment.get(id=late.id)
    assert (late.status, late.refunded_cents) == ("PARTIALLY_REFUNDED", 7_00)


async def test_what_the_balance_has_paid_goes_back_to_it(operator: Api) -> None:
    acme = await with_balance(operator)
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    payment = await Payment.get(workspace_id=acme.key, method_id=None)
    given_back = await refund(operator, payment, amount="8")
    assert given_back["payment"] == {
        "status": "PARTIALLY_REFUNDED",
        "refunded": {"amount": "8.00"},
    }
    assert given_back["creditNote"]["amount"] == {"amount": "8.00"}
    assert await balance(acme) == "8.00"
    # no provider was asked
    assert await PROVIDER.repaid(payment) == []


async def test_what_an_open_invoice_has_used_is_not_refunded_but_voided(operator: Api) -> None:
    acme = await with_balance(operator)
    invoice = await given.an_open_invoice(acme, cents=50_00)
    shown = await newest(acme)
    assert (shown["amountPaid"], shown["amountDue"]) == ({"amount": "20.00"}, {"amount": "30.00"})
    used = await Payment.get(invoice_id=invoice.id)
    refused = await refund(operator, used)
    assert (codes(refused), refused["errors"][0]["path"]) == (["INVALID_INPUT"], ["paymentId"])
    assert (await void(operator, invoice))["errors"] == []
    assert await balance(acme) == "20.00"
    # paying what is due by card works as ever
    other = await given.an_open_invoice(acme, cents=50_00)
    paid = await acme.api.do(
        "payInvoice", "payment { amount { amount } }", invoiceId=given.id_of(other)
    )
    assert paid["payment"] == {"amount": {"amount": "30.00"}}


async def test_a_failed_refund_of_a_late_payment_is_balance_again(operator: Api) -> None:
    # given a card payment that arrives after its invoice was voided, on a card that takes no refund
    acme = await given.a_workspace(operator, card="pm_card_refundFail")
    invoice = await given.an_open_invoice(acme, cents=20_00)
    late = await given.comes_too_late(invoice)
    assert await balance(acme) == "20.00"
    assert codes(await refund(operator, late)) == ["PAYMENT_DECLINED"]
    assert await balance(acme) == "20.00"
    entries = await BalanceEntry.filter(workspace_id=acme.key).order_by("sequence")
    assert [entry.kind for entry in entries] == [
        "LATE_PAYMENT",
        "REFUND",
        "REFUND_FAILED",
    ]
