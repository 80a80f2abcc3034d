"""Credits are bought: they come with their money, once, and are billed as everything is."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest

from models.credits import CreditLot
from models.invoices import Invoice
from models.money import Credits
from models.payments import Payment, PaymentMethod
from services.price_list import PriceList
from tests import given
from tests.calls import ended, started
from tests.client import Api
from tests.corrections import advance, as_it_stands, balance, codes, newest, refund, void
from tests.given import Tenant
from tests.metering import entries
from tests.provider import PROVIDER
from tests.top_ups import a_subscriber, available, bought, purchase, use

NOTHING = {"grant": None, "invoice": None, "creditBalance": None}


async def the_purchase(tenant: Tenant) -> Invoice:
    return await Invoice.get(workspace_id=tenant.key, reason="CREDIT_PURCHASE")


async def its_payment(tenant: Tenant) -> Payment:
    return await Payment.get(invoice__workspace_id=tenant.key, invoice__reason="CREDIT_PURCHASE")


async def test_ten_dollars_buy_ten_thousand_credits_that_never_expire(operator: Api) -> None:
    acme = await a_subscriber(operator)
    answer = await bought(acme, "10")
    assert answer["grant"] == {
        "source": "PURCHASE",
        "granted": "10000.000",
        "remaining": "10000.000",
        "expiresAt": None,
        "invoice": {"id": answer["invoice"]["id"]},
    }
    assert answer["invoice"] == {
        "id": answer["invoice"]["id"],
        "status": "PAID",
        "reason": "CREDIT_PURCHASE",
        "total": {"amount": "10.00"},
        "amountDue": {"amount": "0.00"},
        "tax": {"amount": "0.00"},
        "lines": [
            {
                "description": "1,000 credits",
                "quantity": 10,
                "unitPrice": {"amount": "1.00"},
                "amount": {"amount": "10.00"},
            }
        ],
        "payments": [{"status": "SUCCEEDED", "method": {"last4": "4242"}}],
    }
    assert answer["creditBalance"] == {"available": "15750.000", "total": "15750.000"}
    assert await PROVIDER.charges_of(await its_payment(acme)) == 1
    entry = (await entries(acme))[0]
    number = (await the_purchase(acme)).number
    assert (entry["kind"], entry["amount"]) == ("GRANT", "10000.000")
    assert entry["description"] == f"Bought, invoice {number}"
    # the plan's credits end with the period, the bought ones do not
    await advance(acme, "2026-05-01T00:00:00Z")
    assert await available(acme) == "15750.000"


async def test_a_purchase_is_told_as_the_first_time_and_made_once(operator: Api) -> None:
    acme, key = await a_subscriber(operator), given.a_key()
    answers = await asyncio.gather(*(purchase(acme, "5", idempotencyKey=key) for _ in range(5)))
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["creditBalance"]["available"] == "10750.000"
    other = await purchase(acme, "6", idempotencyKey=key)
    assert codes(other) == ["IDEMPOTENCY_CONFLICT"]
    assert (await the_purchase(acme)).total_cents == 5_00
    # without a key each is one of its own
    await bought(acme, "5")
    await bought(acme, "5")
    assert await available(acme) == "20750.000"


@pytest.mark.of_the_sandbox
@pytest.mark.parametrize(
    "amount", ["-5", "0", "4", "4.99", "5.01", "7.5", "10001", "999999999999999", "5.000000000001"]
)
async def test_only_whole_dollars_from_5_to_10000(operator: Api, amount: str) -> None:
    acme = await a_subscriber(operator)
    answer = await purchase(acme, amount)
    [error] = answer["errors"]
    assert error == {
        "__typename": "BasicError",
        "code": "INVALID_INPUT",
        "message": f"Credits are bought for whole dollars, 5 to 10,000, not for {amount}.",
        "path": ["amount"],
    }
    assert answer == NOTHING | {"errors": [error]}
    assert not await Invoice.exists(workspace_id=acme.key, reason="CREDIT_PURCHASE")


@pytest.mark.of_the_sandbox
@pytest.mark.parametrize("amount", ["5", "5.00", "10000"])
async def test_the_least_and_the_most(operator: Api, amount: str) -> None:
    acme = await a_subscriber(operator)
    assert (await bought(acme, amount))["grant"]["granted"] == f"{int(float(amount))}000.000"


async def test_on_the_free_plan_no_credits_are_bought(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    answer = await purchase(acme, "5")
    [error] = answer["errors"]
    assert (error["code"], error["path"]) == ("PLAN_REQUIRED", [])
    assert error["message"] == "On Free no credits can be bought; subscribe to a paid plan."
    assert not await Payment.exists(workspace_id=acme.key)


async def test_all_that_is_in_the_way_is_told_at_once(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    wanting = await purchase(acme, "0")
    assert codes(wanting) == ["INVALID_INPUT", "PLAN_REQUIRED", "PAYMENT_METHOD_REQUIRED"]
    foreign = await given.attach(await given.a_workspace(operator), "pm_card_visa")
    subscriber = await a_subscriber(operator)
    for method in (foreign, "nonsense"):
        answer = await purchase(subscriber, "5", paymentMethodId=method)
        [error] = answer["errors"]
        assert (error["code"], error["path"]) == ("NOT_FOUND", ["paymentMethodId"])
    await PaymentMethod.filter(workspace_id=subscriber.key).update(expires_year=2026)
    await PaymentMethod.filter(workspace_id=subscriber.key).update(expires_month=3)
    assert codes(await purchase(subscriber, "5")) == ["PAYMENT_METHOD_REQUIRED"]


async def test_a_named_method_is_charged_instead_of_the_default(operator: Api) -> None:
    acme = await a_subscriber(operator)
    other = await given.attach(acme, "pm_card_mastercard", makeDefault=False)
    answer = await bought(acme, "5", paymentMethodId=other)
    assert answer["invoice"]["payments"] == [{"status": "SUCCEEDED", "method": {"last4": "4444"}}]


async def test_a_declined_purchase_leaves_nothing_but_a_void_invoice(operator: Api) -> None:
    acme, key = await a_subscriber(operator, card="pm_card_chargeCustomerFail"), given.a_key()
    for _ in range(2):
        answer = await purchase(acme, "5", idempotencyKey=key)
        assert (codes(answer), answer["grant"]) == (["PAYMENT_DECLINED"], None)
    assert ((await the_purchase(acme)).status, await available(acme)) == ("VOID", "5750.000")
    assert not await CreditLot.exists(account__workspace_id=acme.key, source="PURCHASE")
    # nothing is outstanding, and the next try is a new one
    await given.attach(acme, "pm_card_visa")
    await bought(acme, "5")
    upgraded = await acme.api.do(
        "setAddOns", "invoice { id }", addOns=[{"addOn": "client-seat", "quantity": 1}]
    )
    assert codes(upgraded) == []


async def test_who_has_to_confirm_gets_the_credits_when_they_have(operator: Api) -> None:
    acme = await a_subscriber(operator, card="pm_card_authenticationRequired")
    answer = await acme.api.do(
        "purchaseCredits",
        "grant { id } errors { ... on PaymentActionError "
        "{ action { clientSecret } invoice { status reason } } }",
        amount="5",
    )
    [asked] = answer["errors"]
    assert asked["code"] == "PAYMENT_ACTION_REQUIRED"
    assert asked["action"]["clientSecret"]
    assert asked["invoice"] == {"status": "OPEN", "reason": "CREDIT_PURCHASE"}
    assert await available(acme) == "5750.000"
    await given.payer_confirms(await its_payment(acme))
    await given.time_passes(acme, until="2026-04-01T01:00:00Z")
    assert await available(acme) == "10750.000"
    assert (await the_purchase(acme)).status == "PAID"


async def test_who_does_not_confirm_owes_nothing(operator: Api) -> None:
    acme = await a_subscriber(operator, card="pm_card_authenticationRequired")
    assert codes(await purchase(acme, "5")) == ["PAYMENT_ACTION_REQUIRED"]
    await given.payer_confirms(await its_payment(acme), approved=False)
    await given.time_passes(acme, until="2026-04-01T01:00:00Z")
    assert ((await the_purchase(acme)).status, await available(acme)) == ("VOID", "5750.000")


async def test_who_does_not_confirm_can_pay_by_another_card(operator: Api) -> None:
    acme = await a_subscriber(operator, card="pm_card_authenticationRequired")
    assert codes(await purchase(acme, "5")) == ["PAYMENT_ACTION_REQUIRED"]
    other = await given.attach(acme, "pm_card_mastercard", makeDefault=False)
    invoice = given.id_of(await the_purchase(acme))
    paid = await acme.api.do(
        "payInvoice", "invoice { status }", invoiceId=invoice, paymentMethodId=other
    )
    assert paid == {"invoice": {"status": "PAID"}, "errors": []}
    assert await available(acme) == "10750.000"


async def test_a_bank_debit_brings_the_credits_when_it_arrives(operator: Api) -> None:
    acme, key = await a_subscriber(operator, card="pm_usBankAccount"), given.a_key()
    answer = await bought(acme, "5", idempotencyKey=key)
    assert (answer["grant"], answer["invoice"]["status"]) == (None, "OPEN")
    assert answer["creditBalance"]["available"] == "5750.000"
    await advance(acme, "2026-04-05T00:00:00Z")
    repeated = await bought(acme, "5", idempotencyKey=key)
    assert (repeated["grant"]["granted"], repeated["invoice"]["status"]) == ("5000.000", "PAID")
    assert await available(acme) == "10750.000"


async def test_a_bank_debit_that_comes_back_leaves_nothing(operator: Api) -> None:
    acme = await a_subscriber(operator, card="pm_usBankAccount")
    await bought(acme, "5")
    await PROVIDER.bank_returns(await its_payment(acme), code="insufficient_funds")
    await given.time_passes(acme, until="2026-04-02T00:00:00Z")
    assert ((await the_purchase(acme)).status, await available(acme)) == ("VOID", "5750.000")


async def test_a_debit_that_was_called_off_is_kept_for_later_and_brings_no_credits(
    operator: Api,
) -> None:
    acme = await a_subscriber(operator, card="pm_usBankAccount")
    await bought(acme, "5")
    assert codes(await void(operator, await the_purchase(acme))) == []
    await advance(acme, "2026-04-05T00:00:00Z")
    assert (await balance(acme), await available(acme)) == ("5.00", "5750.000")
    # the next purchase uses it, and charges nobody
    answer = await bought(acme, "5")
    assert answer["invoice"]["payments"] == [{"status": "SUCCEEDED", "method": None}]
    assert (answer["grant"]["granted"], await balance(acme)) == ("5000.000", "0.00")
    assert await available(acme) == "10750.000"


async def with_five_dollars(operator: Api) -> Tenant:
    """A subscriber whose payment of $5 came too late for its invoice."""
    tenant = await a_subscriber(operator)
    await given.comes_too_late(await given.an_open_invoice(tenant, cents=5_00))
    return tenant


async def test_the_unapplied_balance_pays_as_much_as_it_can(operator: Api) -> None:
    acme = await with_five_dollars(operator)
    answer = await bought(acme, "8")
    assert [each["method"] for each in answer["invoice"]["payments"]] == [None, {"last4": "4242"}]
    charged = await Payment.get(
        workspace_id=acme.key, invoice__reason="CREDIT_PURCHASE", method_id__isnull=False
    )
    assert (charged.amount_cents, answer["grant"]["granted"]) == (3_00, "8000.000")


async def test_what_the_balance_pays_whole_needs_no_method(operator: Api) -> None:
    acme = await with_five_dollars(operator)
    await acme.api.do("setAutoBilling", "workspace { id }", enabled=False)
    method = await PaymentMethod.get(workspace_id=acme.key)
    detached = await acme.api.do(
        "detachPaymentMethod", "workspace { id }", paymentMethodId=given.id_of(method)
    )
    assert codes(detached) == []
    assert codes(await purchase(acme, "6")) == ["PAYMENT_METHOD_REQUIRED"]
    assert (await bought(acme, "5"))["grant"]["granted"] == "5000.000"


async def test_tax_is_paid_and_buys_nothing(operator: Api, price_list_with_tax: PriceList) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await acme.api.do("setBillingAddress", "billingAddress { country }", country="DE")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    answer = await bought(acme, "10")
    assert (answer["invoice"]["total"], answer["invoice"]["tax"]) == (
        {"amount": "11.90"},
        {"amount": "1.90"},
    )
    assert answer["grant"]["granted"] == "10000.000"
    # given back in thirds, all of it is taken back: rounding leaves no credit behind
    payment = await its_payment(acme)
    for amount, left in (("3.97", "6663.866"), ("3.97", "3327.732"), ("3.96", "0.000")):
        assert codes(await refund(operator, payment, amount=amount)) == []
        lot = await CreditLot.get(invoice_id=payment.invoice_id)
        assert lot.remaining == Credits.of(Decimal(left))


async def test_what_is_owed_for_the_plan_is_in_nobodys_way(operator: Api) -> None:
    # given a subscriber whose renewal was declined: credits can be bought all the same (R33)
    acme = await a_subscriber(operator, card="pm_card_chargeCustomerFail")
    await advance(acme, "2026-05-02T00:00:00Z")
    assert (await as_it_stands(acme))[1] == "PAST_DUE"
    other = await given.attach(acme, "pm_card_visa", makeDefault=False)
    await bought(acme, "5", paymentMethodId=other)
    assert await available(acme) == "5750.000"


async def test_a_debit_for_credits_keeps_no_paid_plan_overdue(operator: Api) -> None:
    # given a renewal that is overdue, and credits that are being paid by a bank
    acme = await a_subscriber(operator, card="pm_card_chargeCustomerFail")
    await advance(acme, "2026-05-01T01:00:00Z")
    bank = await given.attach(acme, "pm_usBankAccount")
    await bought(acme, "5", paymentMethodId=bank)
    await advance(acme, "2026-05-01T02:00:00Z")
    [renewal] = await Invoice.filter(workspace_id=acme.key, reason="RENEWAL")
    card = await given.attach(acme, "pm_card_visa")
    paid = await acme.api.do(
        "payInvoice", "payment { id }", invoiceId=given.id_of(renewal), paymentMethodId=card
    )
    # when the renewal is paid, then nothing of the plan is overdue
    assert (codes(paid), (await as_it_stands(acme))[1]) == ([], "ACTIVE")


async def test_bought_credits_first_repay_what_is_owed(operator: Api) -> None:
    acme = await a_subscriber(operator)
    assert await use(acme, 6_750, shortfall="OWE") == "-1000.000"
    answer = await bought(acme, "5")
    assert (answer["grant"]["granted"], answer["grant"]["remaining"]) == ("5000.000", "4000.000")
    assert answer["creditBalance"]["available"] == "4000.000"


async def test_a_refund_takes_back_what_is_left_of_the_purchase(operator: Api) -> None:
    # given $10 of bought credits, of which 9,000 are spent after the plan's 5,750
    acme = await a_subscriber(operator)
    await bought(acme, "10")
    await use(acme, 14_750)
    await bought(acme, "5")
    payment = await Payment.get(workspace_id=acme.key, amount_cents=10_00)
    # when $4 go back, of the 4,000 credits for them only 1,000 are left; the other lot stays
    assert codes(await refund(operator, payment, amount="4")) == []
    assert await available(acme) == "5000.000"
    # and the rest of the money takes nothing more
    assert codes(await refund(operator, payment)) == []
    assert (await available(acme), await PROVIDER.repaid(payment)) == ("5000.000", [4_00, 6_00])
    assert (await newest(acme))["status"] == "PAID"


async def test_parts_of_a_refund_take_back_their_parts(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await bought(acme, "10")
    payment = await its_payment(acme)
    for amount, left in (("4", "11750.000"), ("0.01", "11740.000"), ("5.99", "5750.000")):
        assert codes(await refund(operator, payment, amount=amount)) == []
        assert await available(acme) == left
    kinds = [entry["kind"] for entry in await entries(acme)]
    assert kinds[:4] == ["REFUND", "REFUND", "REFUND", "GRANT"]


async def test_what_a_call_held_of_refunded_credits_is_taken_back_when_it_is_let_go(
    operator: Api,
) -> None:
    # given $5 of bought credits, of which 4,800 are left and two calls hold 150 each
    acme = await a_subscriber(operator)
    await bought(acme, "5")
    await use(acme, 5_950)
    for call_id in ("call-1", "call-2"):
        await started(acme, call_id, stt=None, tts=None, telephony=False)
    # when $4.90 go back, then what nobody holds does: 4,500 of 4,900 credits
    assert codes(await refund(operator, await its_payment(acme), amount="4.90")) == []
    assert await available(acme) == "0.000"
    # and of what the calls let go the 400 that are missing: 30 are used, 120 and 150 return
    await ended(acme, "call-1", seconds=60)
    assert await available(acme) == "0.000"
    await ended(acme, "call-2", seconds=0)
    assert await available(acme) == "0.000"
    refunds = [entry["amount"] for entry in await entries(acme) if entry["kind"] == "REFUND"]
    assert refunds == ["-150.000", "-120.000", "-4500.000"]


async def test_a_call_gives_back_what_a_refund_has_left(operator: Api) -> None:
    # given a call that holds 150 of 200 bought credits that are left
    acme = await a_subscriber(operator)
    await bought(acme, "5")
    await use(acme, 10_550)
    await started(acme, "call-1", stt=None, tts=None, telephony=False)
    # when 10 cents go back, then 50 of 100 credits are taken at once, and 50 when it ends
    assert codes(await refund(operator, await its_payment(acme), amount="0.10")) == []
    assert await available(acme) == "0.000"
    await ended(acme, "call-1", seconds=60)
    assert await available(acme) == "70.000"


async def test_a_workspace_under_a_contract_buys_too(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    agreed = await operator.do(
        "setContract",
        "invoice { id }",
        workspaceId=acme.id,
        monthlyPrice="1000",
        includedCredits="0",
    )
    assert codes(agreed) == []
    assert (await bought(acme, "5"))["creditBalance"]["available"] == "5750.000"


async def test_credits_that_come_when_the_plan_has_ended_are_kept(operator: Api) -> None:
    acme = await a_subscriber(operator, card="pm_usBankAccount")
    await advance(acme, "2026-04-29T00:00:00Z")
    await acme.api.do("cancelSubscription", "subscription { id }")
    await bought(acme, "5")
    await advance(acme, "2026-05-10T00:00:00Z")
    assert await as_it_stands(acme) == ("free", "CANCELLED", "5750.000")
    assert codes(await purchase(acme, "5")) == ["PLAN_REQUIRED"]
