"""Month after month: renewals, what happens when they are not paid, and leaving."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from models.credits import CreditLot
from models.invoices import Dunning, Invoice
from models.payments import Payment, PaymentMethod
from models.seats import Agent
from models.subscriptions import Subscription
from models.workspaces import Workspace
from services import dunning, payment_methods
from services.gateway import AttachedMethod
from tests import given
from tests.client import Api
from tests.given import Tenant
from tests.provider import PROVIDER


async def advance(tenant: Tenant, to: str) -> dict[str, Any]:
    answer = await tenant.api.do(
        "advanceClock",
        "now invoices { status total { amount } period { start } }",
        workspaceId=tenant.id,
        to=to,
    )
    assert answer["errors"] == []
    return answer


async def a_subscriber(operator: Api, *, card: str = "pm_card_visa", **input: Any) -> Tenant:
    """Pay as you go from 1 April (or the clock given), paid by a Visa card."""
    clock = input.pop("clock", given.FIRST_OF_APRIL)
    tenant = await given.a_workspace(operator, card="pm_card_visa", clock=clock)
    done = await tenant.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", **input)
    assert done["errors"] == []
    if card != "pm_card_visa":
        await given.attach(tenant, card)
    return tenant


async def as_it_stands(tenant: Tenant) -> tuple[str, str, str]:
    """Plan, status, credits."""
    answer = await tenant.api.ask(
        "query { workspace { subscription { status plan { key } } creditBalance { total } } }"
    )
    found = answer["workspace"]
    subscription = found["subscription"]
    return subscription["plan"]["key"], subscription["status"], found["creditBalance"]["total"]


async def test_a_year_of_renewals_is_charged_month_by_month(operator: Api) -> None:
    acme = await a_subscriber(operator, clock="2026-01-31T00:00:00Z")
    answer = await advance(acme, "2027-01-30T23:59:59Z")
    assert answer["now"] == "2027-01-30T23:59:59Z"
    starts = [invoice["period"]["start"][:10] for invoice in answer["invoices"]]
    assert starts == [
        "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31",
        "2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31",
    ]  # fmt: skip
    assert {(i["status"], i["total"]["amount"]) for i in answer["invoices"]} == {("PAID", "20.00")}
    # each month's 5,000 credits expired at its end, the next came: 750 and the last 5,000 are left
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")
    assert await Payment.filter(workspace_id=acme.key, status="SUCCEEDED").count() == 12
    assert await CreditLot.filter(account__workspace_id=acme.key, source="PLAN").count() == 12


async def test_four_who_move_the_clock_at_once_make_one_history(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await asyncio.gather(*(advance(acme, "2026-09-15T00:00:00Z") for _ in range(4)))
    invoices = await Invoice.filter(workspace_id=acme.key).order_by("sequence")
    assert [invoice.status for invoice in invoices] == ["PAID"] * 6
    assert [i.issued_at for i in invoices] == [i.period_start for i in invoices]
    assert await Payment.filter(workspace_id=acme.key).count() == 6


async def test_a_card_that_declines_is_tried_on_days_1_3_5_and_7(operator: Api) -> None:
    acme = await a_subscriber(operator, card="pm_card_chargeDeclinedInsufficientFunds")
    await advance(acme, "2026-05-01T00:00:00Z")
    # the renewal's own charge failed: past due, without new credits, the old ones expired
    assert await as_it_stands(acme) == ("pay-as-you-go", "PAST_DUE", "750.000")
    await advance(acme, "2026-05-14T23:59:59Z")
    tries = await Payment.filter(workspace_id=acme.key, status="FAILED").order_by("id")
    assert [payment.opened_at.day for payment in tries] == [1, 2, 4, 6, 8]
    assert await as_it_stands(acme) == ("pay-as-you-go", "PAST_DUE", "750.000")
    await advance(acme, "2026-05-15T00:00:00Z")
    assert await as_it_stands(acme) == ("pay-as-you-go", "UNPAID", "750.000")
    await advance(acme, "2026-05-31T00:00:00Z")
    assert await as_it_stands(acme) == ("free", "CANCELLED", "750.000")
    invoice = await Invoice.filter(workspace_id=acme.key).order_by("-sequence").first()
    assert invoice is not None
    assert invoice.status == "UNCOLLECTIBLE"
    assert not await Dunning.exists(workspace_id=acme.key)


async def test_paying_at_any_time_heals(operator: Api) -> None:
    for day, status in (("03", "PAST_DUE"), ("20", "UNPAID")):
        acme = await a_subscriber(operator, card="pm_card_chargeCustomerFail")
        await advance(acme, f"2026-05-{day}T00:00:00Z")
        assert (await as_it_stands(acme))[1] == status
        invoice = await Invoice.filter(workspace_id=acme.key, status="OPEN").get()
        good = await given.attach(acme, "pm_card_amex")
        paid = await acme.api.do(
            "payInvoice",
            "invoice { status isOverdue }",
            invoiceId=given.id_of(invoice),
            paymentMethodId=good,
        )
        assert paid == {"invoice": {"status": "PAID", "isOverdue": False}, "errors": []}
        assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")
        # and the next renewal comes as if nothing had been
        await advance(acme, "2026-06-01T00:00:00Z")
        assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")


async def test_a_later_try_that_succeeds_heals_too(operator: Api) -> None:
    acme = await a_subscriber(operator, card="pm_card_chargeCustomerFail")
    await advance(acme, "2026-05-03T00:00:00Z")
    await given.attach(acme, "pm_card_visa")
    await advance(acme, "2026-05-04T00:00:00Z")
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")


async def test_without_auto_billing_an_invoice_is_open_for_seven_days(operator: Api) -> None:
    acme = await a_subscriber(operator, autoBilling=False)
    await advance(acme, "2026-05-07T23:59:59Z")
    # not charged, service goes on, the new credits wait for the money
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "750.000")
    invoice = await Invoice.filter(workspace_id=acme.key, status="OPEN").get()
    assert invoice.due_at == given.instant("2026-05-08T00:00:00Z")
    await advance(acme, "2026-05-20T00:00:00Z")
    assert await as_it_stands(acme) == ("pay-as-you-go", "PAST_DUE", "750.000")
    assert await Payment.filter(invoice_id=invoice.id).count() == 0  # by hand means by hand
    await acme.api.do("payInvoice", "invoice { status }", invoiceId=given.id_of(invoice))
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")


async def test_a_bank_debit_under_way_is_not_dunned(operator: Api) -> None:
    acme = await a_subscriber(operator, card="pm_usBankAccount")
    await advance(acme, "2026-05-04T23:59:59Z")
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "750.000")
    await advance(acme, "2026-05-05T00:00:00Z")
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")
    assert await Payment.filter(workspace_id=acme.key).count() == 2


async def test_who_is_asked_to_confirm_is_dunned_all_the_same(operator: Api) -> None:
    # given a renewal by a card that wants 3-D Secure, and two more of the kind
    acme = await a_subscriber(operator, card="pm_card_authenticationRequired")
    await advance(acme, "2026-05-01T00:00:00Z")
    assert await as_it_stands(acme) == ("pay-as-you-go", "PAST_DUE", "750.000")
    invoice = await Invoice.get(workspace_id=acme.key, status="OPEN")
    cards = [
        await given.attach(acme, "pm_card_authenticationRequired", makeDefault=False)
        for _ in range(2)
    ]
    # when it is about to be paid every day by another card, and no payer ever confirms
    for day in range(1, 30):
        await advance(acme, f"2026-05-{day:02}T23:59:59Z")
        expected = "PAST_DUE" if day < 15 else "UNPAID"
        assert await as_it_stands(acme) == ("pay-as-you-go", expected, "750.000")
        asked = await acme.api.do(
            "payInvoice",
            "invoice { status }",
            invoiceId=given.id_of(invoice),
            paymentMethodId=cards[day % 2],
        )
        assert [error["code"] for error in asked["errors"]] == ["PAYMENT_ACTION_REQUIRED"]
    # then the renewal's charge and one a day is all that was tried: who is asked is not charged
    assert await Payment.filter(invoice_id=invoice.id).count() == 30
    await advance(acme, "2026-05-30T12:00:00Z")
    await advance(acme, "2026-05-31T00:00:00Z")
    assert await as_it_stands(acme) == ("free", "CANCELLED", "750.000")


async def test_who_confirms_while_dunned_has_paid(operator: Api) -> None:
    acme = await a_subscriber(operator, card="pm_card_chargeCustomerFail")
    await advance(acme, "2026-05-15T00:00:00Z")
    assert (await as_it_stands(acme))[1] == "UNPAID"
    invoice = await Invoice.get(workspace_id=acme.key, status="OPEN")
    await given.attach(acme, "pm_card_authenticationRequired")
    await acme.api.do("payInvoice", "invoice { id }", invoiceId=given.id_of(invoice))
    assert (await as_it_stands(acme))[1] == "UNPAID"
    await given.payer_confirms(await Payment.get(invoice_id=invoice.id, status="REQUIRES_ACTION"))
    await advance(acme, "2026-05-16T00:00:00Z")
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")


async def test_cancelling_ends_with_the_period_and_can_be_taken_back(operator: Api) -> None:
    acme = await a_subscriber(operator)
    fields = "subscription { cancelAtPeriodEnd plan { key } }"
    cancelled = await acme.api.do("cancelSubscription", fields, reason="Too quiet")
    assert cancelled["subscription"] == {
        "cancelAtPeriodEnd": True,
        "plan": {"key": "pay-as-you-go"},
    }
    assert (await Subscription.get(workspace_id=acme.key)).cancel_reason == "Too quiet"
    twice = await acme.api.do("cancelSubscription", fields)
    assert [error["code"] for error in twice["errors"]] == ["NO_CHANGE"]
    # nothing will be billed, and that is shown
    shown = await acme.api.ask(
        "query { workspace { upcomingInvoice { total { amount } } autoBilling { nextRenewalAt } } }"
    )
    assert shown["workspace"] == {"upcomingInvoice": None, "autoBilling": {"nextRenewalAt": None}}
    await acme.api.do("resumeSubscription", fields)
    assert (await Subscription.get(workspace_id=acme.key)).cancel_reason is None
    again = await acme.api.do("resumeSubscription", fields)
    assert [error["code"] for error in again["errors"]] == ["NO_CHANGE"]
    await advance(acme, "2026-05-01T00:00:00Z")
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")
    await acme.api.do("cancelSubscription", fields)
    await advance(acme, "2026-06-01T00:00:00Z")
    assert await as_it_stands(acme) == ("free", "CANCELLED", "750.000")
    assert await Invoice.filter(workspace_id=acme.key).count() == 2
    # and it can come back, on a cycle of its own
    await advance(acme, "2026-06-10T00:00:00Z")
    back = await acme.api.do(
        "subscribe", "subscription { status currentPeriod { start } }", plan="pay-as-you-go"
    )
    assert back["subscription"] == {
        "status": "ACTIVE",
        "currentPeriod": {"start": "2026-06-10T00:00:00Z"},
    }


async def test_the_clock_goes_forward_only_and_only_where_there_is_one(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    back = await acme.api.do(
        "advanceClock", "now invoices { id }", workspaceId=acme.id, to="2026-03-31T23:59:59Z"
    )
    [refusal] = back["errors"]
    assert (refusal["code"], refusal["path"]) == ("INVALID_INPUT", ["to"])
    assert refusal["message"] == (
        "The clock stands at 2026-04-01T00:00:00Z and does not go back to 2026-03-31T23:59:59Z."
    )
    assert (back["now"], back["invoices"]) == (None, [])
    real = await given.a_workspace(operator, clock=None)
    refused = await real.api.do(
        "advanceClock", "now", workspaceId=real.id, to="2099-01-01T00:00:00Z"
    )
    [refusal] = refused["errors"]
    assert (refusal["code"], refusal["path"]) == ("FORBIDDEN", ["workspaceId"])
    assert "startClockAt" in refusal["message"]


async def test_an_expired_card_is_asked_to_be_replaced_not_charged(operator: Api) -> None:
    acme = await a_subscriber(operator, clock="2034-12-15T00:00:00Z")
    # renewed on 15 January with a card that was good until December; tried on 16, 18 and 20
    await advance(acme, "2035-01-20T00:00:00Z")
    assert (await as_it_stands(acme))[:2] == ("pay-as-you-go", "PAST_DUE")
    assert await Payment.filter(workspace_id=acme.key).count() == 1
    assert await PaymentMethod.filter(workspace_id=acme.key).count() == 1
    await given.attach(acme, "pm_cashapp")
    await advance(acme, "2035-01-22T00:00:00Z")
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")


@pytest.mark.parametrize(
    ("back_on", "cancels", "ends_on"), [("20", True, "2026-08-01"), ("14", False, "2026-08-20")]
)
async def test_what_is_owed_of_a_subscription_that_has_ended_takes_nothing_of_the_free_plan(
    operator: Api, back_on: str, cancels: bool, ends_on: str
) -> None:
    # given an outage until July, after which three months are billed, to be paid in a week
    acme = await a_subscriber(operator, autoBilling=False)
    await acme.api.do("registerAgent", "agent { id }", externalId="a", name="Front desk")
    away = given.instant(f"2026-07-{back_on}T00:00:00Z")
    await Workspace.filter(id=acme.key).update(clock_at=away)
    assert len((await advance(acme, away.isoformat()))["invoices"]) == 3
    # when the customer leaves, or is 30 days late, before one of them is two weeks late
    if cancels:
        await acme.api.do("cancelSubscription", "subscription { id }")
    await advance(acme, f"{ends_on}T00:00:00Z")
    assert await as_it_stands(acme) == ("free", "CANCELLED", "750.000")
    # then Free stays free, and what is owed is given up
    await advance(acme, "2026-08-24T00:00:00Z")
    assert await as_it_stands(acme) == ("free", "CANCELLED", "750.000")
    assert not await Agent.exists(workspace_id=acme.key, paused_at__isnull=False)
    await advance(acme, "2026-10-01T00:00:00Z")
    assert await as_it_stands(acme) == ("free", "CANCELLED", "750.000")
    assert not await Invoice.exists(workspace_id=acme.key, status="OPEN")
    assert not await Dunning.exists(workspace_id=acme.key)


async def test_switching_auto_billing_on_does_not_charge_what_is_open(operator: Api) -> None:
    # given a renewal to be paid by hand, due on 8 May
    acme = await a_subscriber(operator, autoBilling=False)
    await advance(acme, "2026-05-07T00:00:00Z")
    invoice = await Invoice.filter(workspace_id=acme.key, status="OPEN").get()
    # when renewals are to be charged from now on
    done = await acme.api.do("setAutoBilling", "autoBilling { enabled }", enabled=True)
    assert done["errors"] == []
    await advance(acme, "2026-05-20T00:00:00Z")
    # then this one still waits for its payer, and the next one is charged
    assert await Payment.filter(invoice_id=invoice.id).count() == 0
    assert (await as_it_stands(acme))[1] == "PAST_DUE"
    await acme.api.do("payInvoice", "invoice { status }", invoiceId=given.id_of(invoice))
    await advance(acme, "2026-06-01T00:00:00Z")
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")


async def test_tries_that_were_missed_are_made_up_for_by_one(operator: Api) -> None:
    # given a renewal on 1 May by bank debit, which the bank returns on 5 May, and a card by then
    acme = await a_subscriber(operator, card="pm_usBankAccount")
    await advance(acme, "2026-05-02T00:00:00Z")
    debit = await Payment.get(workspace_id=acme.key, status="PROCESSING")
    await PROVIDER.bank_returns(debit, code="insufficient_funds")
    await given.attach(acme, "pm_card_chargeCustomerFail")
    # when
    await advance(acme, "2026-05-14T23:59:59Z")
    # then the tries of 2 and 4 May are one on the 5th; those of the 6th and 8th come as always
    tries = await Payment.filter(invoice_id=debit.invoice_id).order_by("id")
    assert [payment.opened_at.day for payment in tries] == [1, 5, 6, 8]


@pytest.mark.parametrize(
    ("code", "tries"),
    [("insufficient_funds", 2), ("account_closed", 1), ("debit_not_authorized", 1)],
)
async def test_what_the_bank_says_decides_whether_it_is_tried_again(
    operator: Api, code: str, tries: int
) -> None:
    # given a renewal by a bank debit, which the bank returns
    acme = await a_subscriber(operator, card="pm_usBankAccount")
    await advance(acme, "2026-05-02T00:00:00Z")
    debit = await Payment.get(workspace_id=acme.key, status="PROCESSING")
    await PROVIDER.bank_returns(debit, code=code)
    await advance(acme, "2026-05-06T00:00:00Z")
    assert (await Payment.get(id=debit.id)).decline_code == code
    assert await Payment.filter(invoice_id=debit.invoice_id).count() == tries


async def refused_for_good(operator: Api, monkeypatch: pytest.MonkeyPatch) -> Tenant:
    """A renewal of 1 May has failed and was not tried again by the 5th."""
    # a bank that says so; the sandbox's own codes all may pass
    monkeypatch.setattr(dunning, "HOPELESS_CODES", {"card_declined"})
    tenant = await a_subscriber(operator, card="pm_card_chargeCustomerFail")
    await advance(tenant, "2026-05-05T00:00:00Z")
    assert await Payment.filter(workspace_id=tenant.key, status="FAILED").count() == 1
    return tenant


async def test_a_card_that_its_network_has_renewed_is_tried_again(
    operator: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = await refused_for_good(operator, monkeypatch)
    card = await PaymentMethod.get(workspace_id=acme.key, is_default=True)
    known = AttachedMethod(
        card.gateway_reference,
        card.kind,
        card.label,
        card.brand,
        card.last4,
        card.expires_month,
        card.expires_year,
    )
    # when the provider says what is known already, nothing follows
    await payment_methods.keep(acme.key, known)
    assert await Dunning.exists(workspace_id=acme.key, dead_method_id=card.id)
    # when it says that there is a new card, the next try charges it, on 6 May
    await payment_methods.keep(acme.key, replace(known, last4="1881", expires_year=2039))
    await advance(acme, "2026-05-06T00:00:00Z")
    assert await Payment.filter(workspace_id=acme.key, status="FAILED").count() == 2


async def test_a_method_that_can_never_work_is_tried_again_only_when_it_is_another(
    operator: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = await refused_for_good(operator, monkeypatch)
    # when
    await given.attach(acme, "pm_card_visa")
    await advance(acme, "2026-05-06T00:00:00Z")
    # then
    assert await as_it_stands(acme) == ("pay-as-you-go", "ACTIVE", "5750.000")
