"""A workspace subscribes: the pricing page, acted out with its real prices."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from models.credits import CreditLot, CreditTransfer
from models.invoices import Invoice
from models.payments import Payment
from models.subscriptions import PendingChange
from tests import given
from tests.client import Api
from tests.given import Tenant
from tests.provider import PROVIDER

AS_IT_STANDS = """
    query { workspace {
        subscription { status plan { key } currentPeriod { start end } addOns { quantity }
                       pendingChange { plan { key } addOns { addOn { key } quantity } } }
        autoBilling { enabled nextRenewalAt }
        creditBalance { total }
        capacities { resource limit }
        invoices { nodes { number status amountDue { amount } } }
    } }
"""
SUBSCRIBED = """
    subscription { status plan { key } pendingChange { effectiveAt } }
    invoice { number status total { amount } amountDue { amount } payments { status } }
    workspace { creditBalance { total } }
"""


async def as_it_stands(tenant: Tenant) -> dict[str, Any]:
    found: dict[str, Any] = (await tenant.api.ask(AS_IT_STANDS))["workspace"]
    return found


async def test_pay_as_you_go_with_whitelabel_and_three_seats_costs_250_dollars(
    operator: Api,
) -> None:
    # given a free workspace with a card, on 1 April
    acme = await given.a_workspace(operator, card="pm_card_visa")
    # when it subscribes
    answer = await acme.api.do(
        "subscribe",
        """
        subscription { status plan { key } anchor currentPeriod { start end }
                       addOns { addOn { key } quantity unitPrice { amount } }
                       monthlyTotal { amount currency } pendingChange { effectiveAt } }
        invoice { status reason period { start end } subtotal { amount } tax { amount }
                  total { amount } amountPaid { amount } amountDue { amount } dueAt paidAt isOverdue
                  lines { description quantity unitPrice { amount } amount { amount } proration
                          plan { key } addOn { key } }
                  payments { status amount { amount } method { label } declineCode } }
        """,
        plan="pay-as-you-go",
        addOns=[{"addOn": "workspace-seat", "quantity": 3}, {"addOn": "whitelabel", "quantity": 1}],
    )
    # then the plan, the add-ons and their prices stand on the subscription: 20 + 200 + 3 x 10
    april = {"start": "2026-04-01T00:00:00Z", "end": "2026-05-01T00:00:00Z"}
    assert answer["subscription"] == {
        "status": "ACTIVE",
        "plan": {"key": "pay-as-you-go"},
        "anchor": april["start"],
        "currentPeriod": april,
        "addOns": [
            {"addOn": {"key": "whitelabel"}, "quantity": 1, "unitPrice": {"amount": "200.00"}},
            {"addOn": {"key": "workspace-seat"}, "quantity": 3, "unitPrice": {"amount": "10.00"}},
        ],
        "monthlyTotal": {"amount": "250.00", "currency": "USD"},
        "pendingChange": None,
    }
    # and on a paid invoice, one line each
    assert answer["invoice"] == {
        "status": "PAID",
        "reason": "SUBSCRIBE",
        "period": april,
        "subtotal": {"amount": "250.00"},
        "tax": {"amount": "0.00"},
        "total": {"amount": "250.00"},
        "amountPaid": {"amount": "250.00"},
        "amountDue": {"amount": "0.00"},
        "dueAt": april["start"],
        "paidAt": april["start"],
        "isOverdue": False,
        "lines": [
            a_line("Pay as you go", 1, "20.00", "20.00", plan="pay-as-you-go"),
            a_line("Whitelabel", 1, "200.00", "200.00", add_on="whitelabel"),
            a_line("Workspace seat", 3, "10.00", "30.00", add_on="workspace-seat"),
        ],
        "payments": [
            {
                "status": "SUCCEEDED",
                "amount": {"amount": "250.00"},
                "method": {"label": "Visa •••• 4242"},
                "declineCode": None,
            }
        ],
    }


def a_line(
    description: str,
    quantity: int,
    unit_price: str,
    amount: str,
    plan: str | None = None,
    add_on: str | None = None,
) -> dict[str, Any]:
    return {
        "description": description,
        "quantity": quantity,
        "unitPrice": {"amount": unit_price},
        "amount": {"amount": amount},
        "proration": False,
        "plan": plan and {"key": plan},
        "addOn": add_on and {"key": add_on},
    }


async def test_subscribing_brings_credits_capacity_features_and_auto_billing(
    operator: Api,
) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await acme.api.do(
        "subscribe",
        "invoice { id }",
        plan="pay-as-you-go",
        addOns=[{"addOn": "whitelabel", "quantity": 1}, {"addOn": "workspace-seat", "quantity": 3}],
    )
    answer = await acme.api.ask(
        """query { workspace {
            creditBalance { available total held debt worth { amount } nextExpiry
                            expiringAtNextExpiry }
            capacities { resource included purchased limit used available }
            capacity(resource: CLIENT_SEAT) { limit }
            features { key }
            branding: hasFeature(key: "custom-branding")
            highest: hasFeature(key: "highest-support")
            autoBilling { enabled nextRenewalAt problems { code } }
            upcomingInvoice { total { amount } period { start end } dueAt }
        } }"""
    )
    workspace = answer["workspace"]
    # 750 at sign-up that never expire and the plan's 5,000 until 1 May; 1,000 credits are a dollar
    assert workspace["creditBalance"] == {
        "available": "5750.000",
        "total": "5750.000",
        "held": "0.000",
        "debt": "0.000",
        "worth": {"amount": "5.75"},
        "nextExpiry": "2026-05-01T00:00:00Z",
        "expiringAtNextExpiry": "5000.000",
    }
    # plan + Whitelabel (2 workspace seats, 5 client seats, 1 number) + 3 seats; one for the owner
    assert workspace["capacities"] == [
        a_capacity("AGENT_SLOT", 100, 0, used=0),
        a_capacity("WORKSPACE_SEAT", 2, 5, used=1),
        a_capacity("CLIENT_SEAT", 2, 5, used=0),
        a_capacity("CALL_LINE", 10, 0, used=0),
        a_capacity("PHONE_NUMBER", 0, 1, used=0),
    ]
    assert workspace["capacity"] == {"limit": 7}
    keys = [feature["key"] for feature in workspace["features"]]
    assert len(keys) == len(set(keys)) == 15  # 9 of free, 5 of pay as you go, 1 of Whitelabel
    assert (workspace["branding"], workspace["highest"]) == (True, False)
    assert workspace["autoBilling"] == {
        "enabled": True,
        "nextRenewalAt": "2026-05-01T00:00:00Z",
        "problems": [],
    }
    assert workspace["upcomingInvoice"] == {
        "total": {"amount": "250.00"},
        "period": {"start": "2026-05-01T00:00:00Z", "end": "2026-06-01T00:00:00Z"},
        "dueAt": "2026-05-01T00:00:00Z",
    }


def a_capacity(resource: str, included: int, purchased: int, *, used: int) -> dict[str, Any]:
    limit = included + purchased
    return {
        "resource": resource,
        "included": included,
        "purchased": purchased,
        "limit": limit,
        "used": used,
        "available": limit - used,
    }


async def test_a_preview_says_to_the_cent_what_is_charged_and_writes_nothing(
    operator: Api,
) -> None:
    # a line at $5, twice; two numbers at $3: 20 + 10 + 6
    acme = await given.a_workspace(operator, card="pm_card_mastercard")
    wanted = {
        "plan": "pay-as-you-go",
        "addOns": [
            {"addOn": "concurrent-call-line", "quantity": 2},
            {"addOn": "phone-number", "quantity": 2},
        ],
    }
    before = await as_it_stands(acme)
    preview = (
        await acme.api.ask(
            """query ($input: SubscribeInput!) { previewSubscribe(input: $input) {
                dueNow { total { amount } lines { description amount { amount } } }
                next { total { amount } period { start } }
                effectiveAt creditsGranted capacitiesAfter { resource quantity } errors { code }
            } }""",
            input=wanted,
        )
    )["previewSubscribe"]
    assert preview == {
        "dueNow": {
            "total": {"amount": "36.00"},
            "lines": [
                {"description": "Pay as you go", "amount": {"amount": "20.00"}},
                {"description": "Concurrent call line", "amount": {"amount": "10.00"}},
                {"description": "Phone number", "amount": {"amount": "6.00"}},
            ],
        },
        "next": {"total": {"amount": "36.00"}, "period": {"start": "2026-05-01T00:00:00Z"}},
        "effectiveAt": "2026-04-01T00:00:00Z",
        "creditsGranted": "5000.000",
        "capacitiesAfter": [
            {"resource": "AGENT_SLOT", "quantity": 100},
            {"resource": "WORKSPACE_SEAT", "quantity": 2},
            {"resource": "CLIENT_SEAT", "quantity": 2},
            {"resource": "CALL_LINE", "quantity": 12},
            {"resource": "PHONE_NUMBER", "quantity": 2},
        ],
        "errors": [],
    }
    assert await as_it_stands(acme) == before
    # when it is done, the invoice says what the preview said
    done = await acme.api.do(
        "subscribe",
        "invoice { total { amount } lines { description amount { amount } } }",
        **wanted,
    )
    assert done == {"invoice": preview["dueNow"], "errors": []}


async def test_a_declined_card_leaves_the_workspace_as_it_was_and_its_invoice_void(
    operator: Api,
) -> None:
    for token, decline_code in (
        ("pm_card_chargeCustomerFail", "card_declined"),
        ("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds"),
    ):
        acme = await given.a_workspace(operator, card=token)
        before = await as_it_stands(acme)
        answer = await acme.api.do(
            "subscribe",
            """errors { ... on PaymentDeclinedError {
                declineCode
                invoice { status amountDue { amount } payments { status declineCode } } } }
            subscription { id } invoice { id }""",
            plan="pay-as-you-go",
        )
        assert (answer["subscription"], answer["invoice"]) == (None, None)
        [refusal] = answer["errors"]
        assert refusal["code"] == "PAYMENT_DECLINED"
        assert refusal["declineCode"] == decline_code
        assert refusal["invoice"] == {
            "status": "VOID",
            "amountDue": {"amount": "0.00"},
            "payments": [{"status": "FAILED", "declineCode": decline_code}],
        }
        after = await as_it_stands(acme)
        [void] = after.pop("invoices")["nodes"]
        assert before.pop("invoices") == {"nodes": []}
        assert after == before
        assert void["status"] == "VOID"
        # a second try with a good card is not held up, and the numbers go on without a gap
        await given.attach(acme, "pm_card_amex")
        again = await acme.api.do("subscribe", SUBSCRIBED, plan="pay-as-you-go")
        assert again["errors"] == []
        assert again["invoice"]["number"] == void["number"].replace("-0001", "-0002")
        assert again["invoice"]["status"] == "PAID"


async def test_a_bank_debit_leaves_a_pending_change_until_its_money_arrives(operator: Api) -> None:
    # given a subscription that is paid from a bank account
    acme = await given.a_workspace(operator, card="pm_usBankAccount")
    answer = await acme.api.do(
        "subscribe",
        SUBSCRIBED,
        plan="pay-as-you-go",
        addOns=[{"addOn": "client-seat", "quantity": 2}],
    )
    # then nothing has changed yet, but it is known what will, and that it may take four days
    assert answer["errors"] == []
    assert answer["subscription"] == {
        "status": "ACTIVE",
        "plan": {"key": "free"},
        "pendingChange": {"effectiveAt": "2026-04-05T00:00:00Z"},
    }
    assert answer["invoice"]["status"] == "OPEN"
    assert answer["invoice"]["payments"] == [{"status": "PROCESSING"}]
    assert answer["workspace"] == {"creditBalance": {"total": "750.000"}}
    waiting = await as_it_stands(acme)
    assert waiting["subscription"]["pendingChange"] == {
        "plan": {"key": "pay-as-you-go"},
        "addOns": [{"addOn": {"key": "client-seat"}, "quantity": 2}],
    }
    assert waiting["autoBilling"] == {"enabled": False, "nextRenewalAt": None}
    # when a moment too little has passed, it still waits
    await given.time_passes(acme, until="2026-04-04T23:59:59Z")
    assert await as_it_stands(acme) == waiting
    # when the bank has paid, the plan, the seats and the credits are there, as they were billed
    await given.time_passes(acme, until="2026-04-05T00:00:00Z")
    after = await as_it_stands(acme)
    assert after["subscription"] == {
        "status": "ACTIVE",
        "plan": {"key": "pay-as-you-go"},
        "currentPeriod": {"start": "2026-04-01T00:00:00Z", "end": "2026-05-01T00:00:00Z"},
        "addOns": [{"quantity": 2}],
        "pendingChange": None,
    }
    assert after["creditBalance"] == {"total": "5750.000"}
    assert after["autoBilling"]["enabled"] is True
    assert after["invoices"]["nodes"][0]["status"] == "PAID"


@pytest.mark.of_the_sandbox
async def test_three_d_secure_waits_for_the_payer_and_holds_up_other_changes(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_authenticationRequired")
    answer = await acme.api.do(
        "subscribe",
        """errors { ... on PaymentActionError {
            action { clientSecret redirectUrl } invoice { number status payments { status } } } }
        subscription { id }""",
        plan="pay-as-you-go",
    )
    assert answer["subscription"] is None
    [refusal] = answer["errors"]
    assert refusal["code"] == "PAYMENT_ACTION_REQUIRED"
    assert refusal["action"]["clientSecret"] in refusal["action"]["redirectUrl"]
    assert refusal["invoice"]["status"] == "OPEN"
    assert refusal["invoice"]["payments"] == [{"status": "REQUIRES_ACTION"}]
    second = await acme.api.do("subscribe", "subscription { id }", plan="pay-as-you-go")
    assert [error["code"] for error in second["errors"]] == ["PENDING_CHANGE"]
    assert refusal["invoice"]["number"] in second["errors"][0]["message"]


async def test_three_d_secure_that_nobody_confirms_lapses_after_a_day(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_authenticationRequired")
    await acme.api.do("subscribe", "subscription { id }", plan="pay-as-you-go")
    await given.time_passes(acme, until="2026-04-02T00:00:00Z")
    after = await as_it_stands(acme)
    assert after["subscription"]["plan"] == {"key": "free"}
    assert after["subscription"]["pendingChange"] is None
    assert after["invoices"]["nodes"][0]["status"] == "VOID"
    payment = await Payment.get(workspace_id=acme.key)
    assert (payment.status, payment.decline_code) == ("FAILED", "authentication_required")


async def test_cash_app_pays_at_once(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_cashapp")
    answer = await acme.api.do("subscribe", SUBSCRIBED, plan="pay-as-you-go", autoBilling=False)
    assert answer["invoice"]["status"] == "PAID"
    assert answer["workspace"] == {"creditBalance": {"total": "5750.000"}}
    # auto-billing was not wanted: the renewal will be an open invoice
    assert (await as_it_stands(acme))["autoBilling"] == {
        "enabled": False,
        "nextRenewalAt": "2026-05-01T00:00:00Z",
    }


async def test_the_first_period_begins_on_the_workspaces_own_calendar(operator: Api) -> None:
    # 31 January at noon in Berlin (UTC+1); the end of February; 31 March, in summer time (UTC+2)
    agency = await given.a_workspace(
        operator, card="pm_card_visa", clock="2026-01-31T11:00:00Z", timeZone="Europe/Berlin"
    )
    await agency.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    answer = await agency.api.ask(
        "query { workspace { subscription { currentPeriod { start end } } "
        "upcomingInvoice { period { start end } } } }"
    )
    assert answer["workspace"] == {
        "subscription": {
            "currentPeriod": {"start": "2026-01-31T11:00:00Z", "end": "2026-02-28T11:00:00Z"}
        },
        "upcomingInvoice": {
            "period": {"start": "2026-02-28T11:00:00Z", "end": "2026-03-31T10:00:00Z"}
        },
    }


async def test_a_repeat_with_the_same_key_is_answered_alike_and_charged_once(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    input = {"plan": "pay-as-you-go", "idempotencyKey": given.a_key()}
    first = await acme.api.do("subscribe", "invoice { id number } workspace { id }", **input)
    assert first["errors"] == []
    assert (
        await acme.api.do("subscribe", "invoice { id number } workspace { id }", **input) == first
    )
    # another selection of fields is answered too
    other = await acme.api.do("subscribe", "invoice { total { amount } }", **input)
    assert other == {"invoice": {"total": {"amount": "20.00"}}, "errors": []}
    # and what is left out of an input is the same as its default
    spelled = await acme.api.do(
        "subscribe", "invoice { id number } workspace { id }", **input, addOns=[]
    )
    assert spelled == first
    await exactly_one_subscription_was_paid(acme)


async def test_the_same_key_with_another_input_is_a_conflict(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    key = given.a_key()
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", idempotencyKey=key)
    changed = await acme.api.do(
        "subscribe",
        "invoice { id }",
        plan="pay-as-you-go",
        addOns=[{"addOn": "whitelabel", "quantity": 1}],
        idempotencyKey=key,
    )
    [refusal] = changed["errors"]
    assert (refusal["code"], refusal["path"]) == ("IDEMPOTENCY_CONFLICT", ["idempotencyKey"])
    await exactly_one_subscription_was_paid(acme)
    # another workspace may use the same words
    other = await given.a_workspace(operator, card="pm_card_visa")
    done = await other.api.do(
        "subscribe", "invoice { id }", plan="pay-as-you-go", idempotencyKey=key
    )
    assert done["errors"] == []


async def test_a_refusal_is_repeated_under_its_key_and_gone_under_a_new_one(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_chargeCustomerFail")
    key = given.a_key()
    first = await acme.api.do(
        "subscribe", "invoice { id }", plan="pay-as-you-go", idempotencyKey=key
    )
    assert [error["code"] for error in first["errors"]] == ["PAYMENT_DECLINED"]
    await given.attach(acme, "pm_card_visa")
    again = await acme.api.do(
        "subscribe", "invoice { id }", plan="pay-as-you-go", idempotencyKey=key
    )
    assert again == first
    fresh = await acme.api.do(
        "subscribe", "invoice { id }", plan="pay-as-you-go", idempotencyKey=given.a_key()
    )
    assert fresh["errors"] == []


async def test_a_key_must_have_8_to_255_characters(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    for key, length in (("short", 5), ("x" * 256, 256)):
        answer = await acme.api.do(
            "subscribe", "invoice { id }", plan="pay-as-you-go", idempotencyKey=key
        )
        [refusal] = answer["errors"]
        assert refusal["code"] == "INVALID_INPUT"
        assert refusal["message"] == (
            f"An idempotency key has 8 to 255 characters, this one has {length}."
        )


async def test_ten_identical_requests_at_the_same_instant_have_one_effect(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    input = {"plan": "pay-as-you-go", "idempotencyKey": given.a_key()}
    answers = await asyncio.gather(
        *(acme.api.do("subscribe", "invoice { number status }", **input) for _ in range(10))
    )
    assert answers == [answers[0]] * 10
    assert answers[0]["invoice"]["status"] == "PAID"
    await exactly_one_subscription_was_paid(acme)


async def test_ten_different_requests_at_the_same_instant_subscribe_once(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    answers = await asyncio.gather(
        *(
            acme.api.do(
                "subscribe", "invoice { id }", plan="pay-as-you-go", idempotencyKey=given.a_key()
            )
            for _ in range(10)
        )
    )
    codes = [tuple(error["code"] for error in answer["errors"]) for answer in answers]
    assert codes.count(()) == 1
    # the others came while it waited for its money, or after it was done
    assert set(codes) <= {(), ("PENDING_CHANGE",), ("PENDING_CHANGE", "NO_CHANGE"), ("NO_CHANGE",)}
    await exactly_one_subscription_was_paid(acme)


async def exactly_one_subscription_was_paid(tenant: Tenant) -> None:
    [invoice] = await Invoice.filter(workspace_id=tenant.key)
    [payment] = await Payment.filter(workspace_id=tenant.key)
    assert (invoice.status, payment.status) == ("PAID", "SUCCEEDED")
    assert await PROVIDER.charges_of(payment) == 1
    lots = await CreditLot.filter(account__workspace_id=tenant.key).order_by("id")
    assert [(lot.source, lot.granted_mc) for lot in lots] == [
        ("SIGNUP", 750_000),
        ("PLAN", 5_000_000),
    ]
    assert await CreditTransfer.filter(holder__workspace_id=tenant.key).count() == 2
    assert await PendingChange.filter(invoice_id=invoice.id).count() == 0
