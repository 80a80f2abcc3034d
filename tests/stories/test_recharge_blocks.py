"""What keeps auto-recharge from charging, what is told of it, and what lets it go on (R7, R20)."""

from __future__ import annotations

import pytest

from models.invoices import Invoice
from models.payments import Payment, PaymentMethod
from models.recharges import AutoRecharge
from models.subscriptions import Subscription
from services import payment_methods, payments
from services.gateway import Succeeded
from tests import given
from tests.client import Api
from tests.corrections import advance, as_it_stands, balance, codes, void
from tests.given import Tenant
from tests.metering import an_event, record
from tests.provider import PROVIDER
from tests.top_ups import (
    a_low_one,
    a_subscriber,
    auto_recharge,
    available,
    blocked_by,
    bought,
    purchase,
    recharges,
    set_auto_recharge,
    switched_on,
    use,
    worker_works,
)

PAID_5 = ("PAID", 5_00)
TOO_HIGH = (
    "The threshold of 5,000.000 must be less than the 5,000.000 credits that $5.00 buys: a charge "
    "would never bring the balance above it."
)
NEEDED = (
    "{} is the last payment method and auto-recharge is on. Add another one or switch "
    "auto-recharge off first."
)


# ------------------------------------------------------------------ declines


async def declined(operator: Api) -> Tenant:
    """A subscriber whose auto-recharge was declined, with 400 credits left."""
    tenant = await a_low_one(operator, card="pm_card_chargeCustomerFail")
    await use(tenant, 200)
    assert await worker_works(tenant) == 1
    assert await recharges(tenant) == [("VOID", 5_00)]
    return tenant


async def test_after_a_decline_nothing_more_is_tried(operator: Api) -> None:
    acme = await declined(operator)
    assert (await auto_recharge(acme))["blockedBy"] == {
        "__typename": "PaymentDeclinedError",
        "code": "PAYMENT_DECLINED",
        "message": "The payment method was declined (card_declined). Use another one or ask the "
        "bank.",
        "path": [],
        "declineCode": "card_declined",
        "invoice": {"status": "VOID"},
    }
    for _ in range(3):
        await use(acme, 10)
    assert (await worker_works(acme), await recharges(acme)) == (0, [("VOID", 5_00)])
    # a declined charge is no charge, and nothing is outstanding
    assert (await auto_recharge(acme))["chargedThisPeriod"] == {"amount": "0.00"}
    more = [{"addOn": "client-seat", "quantity": 1}]
    await given.attach(acme, "pm_card_visa")
    assert codes(await acme.api.do("setAddOns", "invoice { id }", addOns=more)) == []


async def test_another_default_method_is_tried_with_the_next_use(operator: Api) -> None:
    acme = await declined(operator)
    await given.attach(acme, "pm_card_mastercard", makeDefault=False)
    assert await blocked_by(acme) == "PAYMENT_DECLINED"
    await given.attach(acme, "pm_card_visa")
    assert (await blocked_by(acme), await worker_works(acme)) == (None, 0)
    await use(acme, 1)
    assert await worker_works(acme) == 1
    assert (await recharges(acme), await available(acme)) == ([("VOID", 5_00), PAID_5], "5399.000")


async def test_switching_it_on_again_is_another_try(operator: Api) -> None:
    acme = await declined(operator)
    assert (await switched_on(acme))["blockedBy"] is None
    assert (await worker_works(acme), len(await recharges(acme))) == (0, 1)
    await use(acme, 1)
    assert await worker_works(acme) == 1
    assert await recharges(acme) == [("VOID", 5_00)] * 2
    assert await blocked_by(acme) == "PAYMENT_DECLINED"


async def test_off_it_is_blocked_by_nothing(operator: Api) -> None:
    acme = await declined(operator)
    assert (await switched_on(acme, enabled=False))["blockedBy"] is None


async def test_credits_bought_with_the_declined_card_unblock_it(operator: Api) -> None:
    acme = await declined(operator)
    other = await given.attach(acme, "pm_card_mastercard", makeDefault=False)
    # another card's money says nothing about this one
    await bought(acme, "5", paymentMethodId=other)
    assert await blocked_by(acme) == "PAYMENT_DECLINED"
    # given that the bank has changed its mind
    assert codes(await purchase(acme, "5")) == ["PAYMENT_DECLINED"]
    failed = await Payment.get(
        workspace_id=acme.key, status="FAILED", invoice__reason="AUTO_RECHARGE"
    )
    method = await PaymentMethod.get(workspace_id=acme.key, is_default=True)
    good = await PROVIDER.attach(acme.key, "pm_card_visa")
    method.gateway_reference = good.reference
    await method.save()
    await bought(acme, "5")
    assert (await blocked_by(acme), failed.method_id) == (None, method.id)
    await use(acme, 10_000)
    assert await worker_works(acme) == 1
    assert (await recharges(acme))[-1] == PAID_5


async def test_a_decline_that_was_none_is_used_by_the_next_charge(operator: Api) -> None:
    acme = await declined(operator)
    payment = await Payment.get(workspace_id=acme.key, status="FAILED")
    await payments.settle(payment.id, Succeeded(f"pi_sandbox_{payment.id}"))
    assert (await balance(acme), await available(acme)) == ("5.00", "400.000")
    assert await blocked_by(acme) is None
    await use(acme, 1)
    assert await worker_works(acme) == 1
    # then nobody is charged for it: its invoice is paid by what was there
    assert (await balance(acme), await available(acme)) == ("0.00", "5399.000")
    assert await recharges(acme) == [("VOID", 5_00), PAID_5]
    await use(acme, 5_000)
    assert await worker_works(acme) == 1
    assert await recharges(acme) == [("VOID", 5_00), PAID_5, ("VOID", 5_00)]


@pytest.mark.of_the_sandbox
async def test_a_charge_that_waits_for_its_payer_is_the_only_one(operator: Api) -> None:
    acme = await a_low_one(operator, card="pm_card_authenticationRequired")
    await use(acme, 200)
    assert await worker_works(acme) == 1
    blocked = (await auto_recharge(acme))["blockedBy"]
    assert (blocked["__typename"], blocked["invoice"]) == ("PaymentActionError", {"status": "OPEN"})
    assert blocked["action"]["redirectUrl"]
    await use(acme, 100)
    assert await worker_works(acme) == 0
    # when they confirm, the credits are there and it looks out again
    payment = await Payment.get(workspace_id=acme.key, status="REQUIRES_ACTION")
    await given.payer_confirms(payment)
    await given.time_passes(acme, until="2026-04-01T01:00:00Z")
    assert (await blocked_by(acme), await available(acme)) == (None, "5300.000")
    await use(acme, 4_900)
    assert await worker_works(acme) == 1
    assert await recharges(acme) == [PAID_5, ("OPEN", 5_00)]


@pytest.mark.of_the_sandbox
async def test_who_never_confirms_has_declined(operator: Api) -> None:
    acme = await a_low_one(operator, card="pm_card_authenticationRequired")
    await use(acme, 200)
    await worker_works(acme)
    await advance(acme, "2026-04-03T00:00:00Z")
    assert (await recharges(acme), await blocked_by(acme)) == (
        [("VOID", 5_00)],
        "PAYMENT_DECLINED",
    )


@pytest.mark.of_the_sandbox
async def test_a_charge_that_waits_can_be_paid_by_another_card_or_called_off(
    operator: Api,
) -> None:
    acme = await a_low_one(operator, card="pm_card_authenticationRequired")
    await use(acme, 200)
    await worker_works(acme)
    waiting = await Invoice.get(workspace_id=acme.key, status="OPEN")
    other = await given.attach(acme, "pm_card_visa", makeDefault=False)
    paid = await acme.api.do(
        "payInvoice", "payment { id }", invoiceId=given.id_of(waiting), paymentMethodId=other
    )
    assert (codes(paid), await available(acme), await blocked_by(acme)) == ([], "5400.000", None)
    await use(acme, 5_000)
    await worker_works(acme)
    waiting = await Invoice.get(workspace_id=acme.key, status="OPEN")
    assert codes(await void(operator, waiting)) == []
    # what an operator calls off is no decline: the next use is another try
    assert await blocked_by(acme) is None
    await use(acme, 1)
    assert await worker_works(acme) == 1
    assert await recharges(acme) == [PAID_5, ("VOID", 5_00), ("OPEN", 5_00)]


async def test_who_is_not_there_cannot_confirm(operator: Api) -> None:
    acme = await a_low_one(operator, card="pm_card_authenticationRequired")
    await use(acme, 200)
    await worker_works(acme)
    # the sandbox waits for its payer, Stripe declines what nobody is there to confirm
    assert await blocked_by(acme) in ("PAYMENT_ACTION_REQUIRED", "PAYMENT_DECLINED")
    assert await available(acme) == "400.000"


async def test_a_bank_debit_under_way_is_the_only_one(operator: Api) -> None:
    acme = await a_low_one(operator, card="pm_usBankAccount")
    await use(acme, 200)
    assert await worker_works(acme) == 1
    await use(acme, 400)
    assert (await worker_works(acme), await recharges(acme)) == (0, [("OPEN", 5_00)])
    assert (await blocked_by(acme), await available(acme)) == (None, "0.000")
    await advance(acme, "2026-04-05T00:00:00Z")
    assert (await recharges(acme), await available(acme)) == ([PAID_5], "5000.000")


async def test_a_debit_that_was_called_off_is_waited_for_and_then_used(operator: Api) -> None:
    acme = await a_low_one(operator, card="pm_usBankAccount")
    await use(acme, 200)
    await worker_works(acme)
    assert (
        codes(await void(operator, await Invoice.get(workspace_id=acme.key, status="OPEN"))) == []
    )
    # its money cannot be called back: nobody is charged besides
    await use(acme, 1)
    assert await worker_works(acme) == 0
    await advance(acme, "2026-04-06T00:00:00Z")
    assert (await balance(acme), await available(acme)) == ("0.00", "5399.000")
    assert await recharges(acme) == [("VOID", 5_00), PAID_5]


# ------------------------------------------------------------------ what stands in the way


@pytest.mark.of_the_sandbox
@pytest.mark.parametrize(
    ("input", "path", "message"),
    [
        (
            {"threshold": "0"},
            "threshold",
            "threshold must be more than 0, not 0.000.",
        ),
        ({"threshold": "-1"}, "threshold", "threshold must be more than 0, not -1.000."),
        ({"threshold": "5000"}, "threshold", TOO_HIGH),
        (
            {"amount": "4"},
            "amount",
            "Credits are bought for whole dollars, 5 to 10,000, not for 4.",
        ),
        (
            {"amount": "5.5"},
            "amount",
            "Credits are bought for whole dollars, 5 to 10,000, not for 5.5.",
        ),
        (
            {"amount": "10001"},
            "amount",
            "Credits are bought for whole dollars, 5 to 10,000, not for 10001.",
        ),
        (
            {"monthlyCap": "4.99"},
            "monthlyCap",
            "A monthlyCap of $4.99 allows no charge: one costs $5.00.",
        ),
        ({"monthlyCap": "0"}, "monthlyCap", "monthlyCap must be more than 0, not 0."),
        ({"monthlyCap": "-5"}, "monthlyCap", "monthlyCap must be more than 0, not -5."),
        (
            {"monthlyCap": "5.001"},
            "monthlyCap",
            "5.001 has fractions of a cent; give two decimals.",
        ),
    ],
)
@pytest.mark.parametrize("enabled", [True, False])
async def test_settings_that_can_never_be_right(
    operator: Api, input: dict[str, str], path: str, message: str, enabled: bool
) -> None:
    acme = await a_subscriber(operator)
    answer = await set_auto_recharge(acme, enabled=enabled, **input)
    [error] = answer["errors"]
    assert (error["code"], error["path"], error["message"]) == ("INVALID_INPUT", [path], message)
    assert answer["autoRecharge"] is None
    assert not await AutoRecharge.exists(workspace_id=acme.key)


async def test_all_that_is_wrong_is_told_at_once_and_the_old_settings_stay(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    answer = await set_auto_recharge(acme, amount="1", monthlyCap="0", threshold="0")
    assert codes(answer) == ["INVALID_INPUT"] * 3 + ["PLAN_REQUIRED", "PAYMENT_METHOD_REQUIRED"]
    # to be off nothing is needed
    assert not (await switched_on(acme, enabled=False, amount="9"))["enabled"]
    assert codes(await set_auto_recharge(acme)) == ["PLAN_REQUIRED", "PAYMENT_METHOD_REQUIRED"]
    assert (await auto_recharge(acme))["amount"] == {"amount": "9.00"}


async def test_an_expired_card_is_no_method(operator: Api) -> None:
    acme = await a_low_one(operator)
    await PaymentMethod.filter(workspace_id=acme.key).update(expires_month=3, expires_year=2026)
    assert codes(await set_auto_recharge(acme)) == ["PAYMENT_METHOD_REQUIRED"]
    assert await blocked_by(acme) == "PAYMENT_METHOD_REQUIRED"
    await use(acme, 200)
    assert (await worker_works(acme), await recharges(acme)) == (1, [])
    # not every debit looks at it again
    await use(acme, 1)
    assert await worker_works(acme) == 0
    await advance(acme, "2026-04-01T00:05:00Z")
    await use(acme, 1)
    assert (await worker_works(acme), await recharges(acme)) == (1, [])
    # another card is noticed at once
    await given.attach(acme, "pm_card_visa")
    await use(acme, 1)
    assert (await worker_works(acme), await recharges(acme)) == (1, [PAID_5])


async def test_the_last_method_is_kept_while_it_is_on(operator: Api) -> None:
    acme = await a_low_one(operator)
    await acme.api.do("setAutoBilling", "workspace { id }", enabled=False)
    method = await PaymentMethod.get(workspace_id=acme.key)
    detach = {"paymentMethodId": given.id_of(method)}
    answer = await acme.api.do("detachPaymentMethod", "workspace { id }", **detach)
    [error] = answer["errors"]
    assert (error["code"], error["message"]) == (
        "PAYMENT_METHOD_IN_USE",
        NEEDED.format(method.label),
    )
    await switched_on(acme, enabled=False)
    assert codes(await acme.api.do("detachPaymentMethod", "workspace { id }", **detach)) == []


async def test_a_method_that_the_provider_lets_go_of_cannot_be_charged(operator: Api) -> None:
    acme = await a_low_one(operator)
    method = await PaymentMethod.get(workspace_id=acme.key)
    await payment_methods.let_go(method.gateway_reference)
    await use(acme, 200)
    assert (await worker_works(acme), await recharges(acme)) == (1, [])
    assert await blocked_by(acme) == "PAYMENT_METHOD_REQUIRED"


async def test_a_workspace_that_does_not_pay_is_not_charged_by_itself(operator: Api) -> None:
    # given a renewal that has not been paid for a fortnight
    acme = await a_subscriber(operator)
    await acme.api.do("setAutoBilling", "workspace { id }", enabled=False)
    await bought(acme, "5")
    await switched_on(acme)
    await advance(acme, "2026-05-23T00:00:00Z")
    assert await as_it_stands(acme) == ("pay-as-you-go", "UNPAID", "5750.000")
    assert (await auto_recharge(acme))["blockedBy"]["invoices"] == [{"status": "OPEN"}]
    await use(acme, 5_400)
    assert (await worker_works(acme), await recharges(acme)) == (1, [])
    # when it is paid, it goes on
    renewal = await Invoice.get(workspace_id=acme.key, status="OPEN")
    await acme.api.do("payInvoice", "payment { id }", invoiceId=given.id_of(renewal))
    assert await blocked_by(acme) is None
    await advance(acme, "2026-05-23T00:05:00Z")
    await use(acme, 5_000)
    assert await worker_works(acme) == 1
    assert await recharges(acme) == [PAID_5]


async def test_it_ends_with_the_plan(operator: Api) -> None:
    acme = await a_low_one(operator)
    await acme.api.do("cancelSubscription", "subscription { id }")
    await advance(acme, "2026-05-01T00:00:00Z")
    shown = await auto_recharge(acme)
    assert (shown["enabled"], shown["blockedBy"]) == (False, None)
    await record(acme, an_event(quantity="700"))
    assert (await worker_works(acme), await recharges(acme)) == (0, [])
    # and whoever subscribes again has to want it again
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    assert not (await auto_recharge(acme))["enabled"]


async def test_a_plan_that_buys_no_credits_any_more_switches_it_off(operator: Api) -> None:
    acme = await a_low_one(operator)
    await use(acme, 200)
    free = (await Subscription.get(workspace_id=(await given.a_workspace(operator)).key)).plan_id
    plan_id = (await Subscription.get(workspace_id=acme.key)).plan_id
    await Subscription.filter(workspace_id=acme.key).update(plan_id=free)
    assert await blocked_by(acme) == "PLAN_REQUIRED"
    await worker_works(acme)
    assert ((await auto_recharge(acme))["enabled"], await recharges(acme)) == (False, [])
    await Subscription.filter(workspace_id=acme.key).update(plan_id=plan_id)
