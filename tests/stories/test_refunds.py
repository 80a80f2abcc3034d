"""Money goes back to who paid it, and credit notes say what is not owed after all."""

from __future__ import annotations

import asyncio

import pytest

from models.payments import Payment
from models.refunds import CreditNote, Refund
from models.workspaces import Workspace
from tests import given
from tests.client import Api
from tests.corrections import (
    a_subscriber,
    advance,
    as_it_stands,
    codes,
    message,
    newest,
    refund,
    the_invoice,
    the_payment,
    void,
)
from tests.provider import PROVIDER


async def test_what_is_given_back_is_not_owed_and_credit_notes_are_counted(operator: Api) -> None:
    acme = await a_subscriber(operator)
    payment = await the_payment(acme)
    prefix = (await Workspace.get(id=acme.key)).invoice_prefix
    # $5 of $20 go back to the card
    first = await refund(operator, payment, amount="5.00")
    assert first == {
        "payment": {"status": "PARTIALLY_REFUNDED", "refunded": {"amount": "5.00"}},
        "creditNote": {
            "number": f"{prefix}-CN-0001",
            "amount": {"amount": "5.00"},
            "reason": "Two days without service",
            "issuedAt": "2026-04-01T00:00:00Z",
        },
        "errors": [],
    }
    # then all that is left
    rest = await refund(operator, payment)
    assert rest["payment"] == {"status": "REFUNDED", "refunded": {"amount": "20.00"}}
    assert rest["creditNote"]["number"] == f"{prefix}-CN-0002"
    assert rest["creditNote"]["amount"] == {"amount": "15.00"}
    # the invoice stays paid and asks for nothing; plan and credits stay, too
    shown = await newest(acme)
    assert (shown["status"], shown["total"]) == ("PAID", {"amount": "20.00"})
    assert (shown["amountPaid"], shown["amountDue"]) == ({"amount": "0.00"}, {"amount": "0.00"})
    assert [note["amount"]["amount"] for note in shown["creditNotes"]] == ["5.00", "15.00"]
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")
    assert await PROVIDER.repaid(payment) == [5_00, 15_00]
    # and the next month is billed as ever
    await advance(acme, "2026-05-01T00:00:00Z")
    assert (await newest(acme))["amountPaid"] == {"amount": "20.00"}


async def test_more_than_is_left_is_not_given_back(operator: Api) -> None:
    acme = await a_subscriber(operator)
    payment = await the_payment(acme)
    refused = await refund(operator, payment, amount="20.01")
    assert (refused["payment"], refused["creditNote"]) == (None, None)
    assert (codes(refused), refused["errors"][0]["path"]) == (["REFUND_TOO_LARGE"], ["amount"])
    assert message(refused) == "Of this payment $20.00 can still be given back."
    await refund(operator, payment, amount="12.50")
    refused = await refund(operator, payment, amount="7.51")
    assert message(refused) == "Of this payment $7.50 can still be given back."
    await refund(operator, payment, amount="7.50")
    refused = await refund(operator, payment)
    assert codes(refused) == ["REFUND_TOO_LARGE"]
    assert message(refused) == "Nothing of this payment can be given back any more; it is refunded."
    assert await Refund.filter(payment_id=payment.id).count() == 2


@pytest.mark.parametrize("amount", ["0", "0.00", "-5", "0.001", "5.005"])
async def test_an_amount_is_more_than_nothing_in_whole_cents(operator: Api, amount: str) -> None:
    acme = await a_subscriber(operator)
    refused = await refund(operator, await the_payment(acme), amount=amount)
    assert (codes(refused), refused["errors"][0]["path"]) == (["INVALID_INPUT"], ["amount"])
    assert not await Refund.exists(workspace_id=acme.key)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "one\ntwo"])
async def test_a_correction_has_a_reason_that_can_be_printed(operator: Api, reason: str) -> None:
    acme = await a_subscriber(operator)
    refused = await refund(operator, await the_payment(acme), reason=reason)
    assert (codes(refused), refused["errors"][0]["path"]) == (["INVALID_INPUT"], ["reason"])
    refused = await void(operator, await the_invoice(acme), reason=reason)
    assert (codes(refused), refused["errors"][0]["path"]) == (["INVALID_INPUT"], ["reason"])


async def test_money_that_is_not_ours_is_not_given_back(operator: Api) -> None:
    under_way = await a_subscriber(operator, card="pm_usBankAccount")
    refused = await refund(operator, await the_payment(under_way))
    assert (codes(refused), refused["errors"][0]["path"]) == (["IN_PROGRESS"], ["paymentId"])
    declined = await given.a_workspace(operator, card="pm_card_chargeCustomerFail")
    await declined.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    refused = await refund(operator, await the_payment(declined))
    assert codes(refused) == ["REFUND_TOO_LARGE"]
    assert message(refused) == "Nothing of this payment can be given back any more; it is failed."


async def test_a_repeated_refund_is_one_refund(operator: Api) -> None:
    acme = await a_subscriber(operator)
    payment, key = await the_payment(acme), given.a_key()
    answers = await asyncio.gather(
        *(refund(operator, payment, amount="5", idempotencyKey=key) for _ in range(10))
    )
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["payment"]["refunded"] == {"amount": "5.00"}
    # 5 and 5.00 are the same amount, 6 is not
    assert await refund(operator, payment, amount="5.00", idempotencyKey=key) == answers[0]
    refused = await refund(operator, payment, amount="6", idempotencyKey=key)
    assert codes(refused) == ["IDEMPOTENCY_CONFLICT"]
    assert await PROVIDER.repaid(payment) == [5_00]


async def test_of_refunds_at_once_no_cent_too_much_goes_back(operator: Api) -> None:
    acme = await a_subscriber(operator)
    payment = await the_payment(acme)
    answers = await asyncio.gather(*(refund(operator, payment, amount="15") for _ in range(8)))
    assert [answer["errors"] for answer in answers].count([]) == 1
    refused = {code for answer in answers for code in codes(answer)}
    assert refused <= {"REFUND_TOO_LARGE", "IN_PROGRESS"}
    assert (await the_payment(acme)).refunded_cents == 15_00
    [note] = await CreditNote.filter(workspace_id=acme.key)
    assert (note.sequence, note.amount_cents) == (1, 15_00)


async def test_credit_notes_of_many_refunds_at_once_are_counted_without_a_gap(
    operator: Api,
) -> None:
    acme = await a_subscriber(operator)
    for month in "05", "06", "07":
        await advance(acme, f"2026-{month}-01T00:00:00Z")
    payments = await Payment.filter(workspace_id=acme.key)
    await asyncio.gather(*(refund(operator, payment) for payment in payments))
    notes = await CreditNote.filter(workspace_id=acme.key).order_by("sequence")
    assert [note.sequence for note in notes] == [1, 2, 3, 4]
    assert [note.number[-7:] for note in notes] == ["CN-0001", "CN-0002", "CN-0003", "CN-0004"]


async def test_a_bank_takes_four_days_to_give_back(operator: Api) -> None:
    acme = await a_subscriber(operator, card="pm_usBankAccount")
    await advance(acme, "2026-04-05T00:00:00Z")
    payment = await the_payment(acme)
    begun = await refund(operator, payment, amount="5")
    # the money is on its way: nothing is credited yet, and how much is left is not known
    assert begun == {
        "payment": {"status": "SUCCEEDED", "refunded": {"amount": "0.00"}},
        "creditNote": None,
        "errors": [],
    }
    refused = await refund(operator, payment, amount="5")
    assert (codes(refused), refused["errors"][0]["path"]) == (["IN_PROGRESS"], ["paymentId"])
    await advance(acme, "2026-04-08T23:59:59Z")
    assert (await newest(acme))["creditNotes"] == []
    await advance(acme, "2026-04-09T00:00:00Z")
    shown = await newest(acme)
    assert [note["amount"]["amount"] for note in shown["creditNotes"]] == ["5.00"]
    assert (shown["amountPaid"], shown["amountDue"]) == ({"amount": "15.00"}, {"amount": "0.00"})
    [note] = await CreditNote.filter(workspace_id=acme.key)
    assert note.issued_at == given.instant("2026-04-09T00:00:00Z")


async def test_a_refund_that_the_bank_declines_changes_nothing(operator: Api) -> None:
    acme = await a_subscriber(operator, card="pm_card_refundFail")
    payment = await the_payment(acme)
    answer = await operator.do(
        "refundPayment",
        "payment { id } creditNote { id } "
        "errors { ... on PaymentDeclinedError { declineCode invoice { id } } }",
        paymentId=given.id_of(payment),
        reason="Cancelled within a day",
    )
    assert (answer["payment"], answer["creditNote"], codes(answer)) == (
        None,
        None,
        ["PAYMENT_DECLINED"],
    )
    [error] = answer["errors"]
    assert error["declineCode"] == "expired_or_canceled_card"
    assert error["invoice"] == {"id": given.id_of(await the_invoice(acme))}
    shown = await newest(acme)
    assert (shown["amountPaid"], shown["creditNotes"]) == ({"amount": "20.00"}, [])
    assert (await the_payment(acme)).status == "SUCCEEDED"
    # nothing is in the way of another try
    assert codes(await refund(operator, payment)) == ["PAYMENT_DECLINED"]
    assert await CreditNote.filter(workspace_id=acme.key).count() == 0


async def test_only_operators_correct(operator: Api) -> None:
    acme = await a_subscriber(operator)
    for answer in (
        await refund(acme.api, await the_payment(acme)),
        await void(acme.api, await the_invoice(acme)),
    ):
        assert codes(answer) == ["FORBIDDEN"]
    assert (await the_payment(acme)).refunded_cents == 0
