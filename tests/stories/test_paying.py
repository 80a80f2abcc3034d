"""Invoices are paid by hand, methods come and go, auto-billing is switched."""

from __future__ import annotations

import asyncio

import pytest

from models.invoices import Invoice
from models.payments import Payment, PaymentMethod
from models.workspaces import Workspace
from tests import given
from tests.client import Api

METHODS = "query { workspace { paymentMethods { label isDefault } } }"
AUTO_BILLING = (
    "query { workspace { autoBilling { enabled nextRenewalAt problems { code message } } } }"
)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("pm_card_visa", ("CARD", "Visa •••• 4242", "visa", "4242", 12, 2034)),
        ("pm_card_mastercard", ("CARD", "Mastercard •••• 4444", "mastercard", "4444", 12, 2034)),
        ("pm_card_amex", ("CARD", "Amex •••• 8431", "amex", "8431", 12, 2034)),
        (
            "pm_usBankAccount",
            ("US_BANK_ACCOUNT", "Sandbox Bank •••• 6789", None, "6789", None, None),
        ),
        ("pm_cashapp", ("CASHAPP", "Cash App $sandbox", None, None, None, None)),
    ],
)
async def test_a_method_is_shown_as_the_provider_describes_it(
    operator: Api, token: str, expected: tuple[object, ...]
) -> None:
    acme = await given.a_workspace(operator)
    attached = await acme.api.do(
        "attachPaymentMethod",
        "paymentMethod { kind label brand last4 expiresMonth expiresYear isDefault isExpired }",
        token=token,
    )
    method = attached["paymentMethod"]
    assert (method.pop("isDefault"), method.pop("isExpired")) == (True, False)
    assert tuple(method.values()) == expected


@pytest.mark.of_the_sandbox
async def test_a_card_that_its_bank_refuses_is_not_attached(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    refused = await acme.api.do(
        "attachPaymentMethod",
        "paymentMethod { id } "
        "errors { ... on PaymentDeclinedError { declineCode invoice { id } } }",
        token="pm_card_visa_chargeDeclined",
    )
    assert refused["paymentMethod"] is None
    [refusal] = refused["errors"]
    assert (refusal["code"], refusal["path"]) == ("PAYMENT_DECLINED", ["token"])
    assert (refusal["declineCode"], refusal["invoice"]) == ("card_declined", None)
    assert await PaymentMethod.filter(workspace_id=acme.key).count() == 0


@pytest.mark.parametrize("token", ["pm_card_gold", "", "   ", "4242424242424242"])
async def test_an_unknown_token_is_refused_with_the_known_ones(operator: Api, token: str) -> None:
    acme = await given.a_workspace(operator)
    refused = await acme.api.do("attachPaymentMethod", "paymentMethod { id }", token=token)
    [refusal] = refused["errors"]
    assert (refusal["code"], refusal["path"]) == ("INVALID_INPUT", ["token"])
    assert await PaymentMethod.filter(workspace_id=acme.key).count() == 0


@pytest.mark.of_the_sandbox
async def test_setting_up_a_method_gives_the_frontend_a_secret_of_its_own(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    fields = "setup { provider publishableKey clientSecret }"
    first = await acme.api.do("setUpPaymentMethod", fields)
    second = await acme.api.do("setUpPaymentMethod", fields, kinds=["CASHAPP"])
    assert (first["setup"]["provider"], first["setup"]["publishableKey"]) == ("sandbox", None)
    assert first["setup"]["clientSecret"].startswith("seti_sandbox_")
    assert first["setup"]["clientSecret"] != second["setup"]["clientSecret"]
    none = await acme.api.do("setUpPaymentMethod", fields, kinds=[])
    assert [(error["code"], error["path"]) for error in none["errors"]] == [
        ("INVALID_INPUT", ["kinds"])
    ]


async def test_one_method_is_the_default_and_another_follows_when_it_goes(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    # the first is the default, whether it was asked for or not
    visa = await given.attach(acme, "pm_card_visa", makeDefault=False)
    await given.attach(acme, "pm_card_amex", makeDefault=False)
    await given.attach(acme, "pm_cashapp")

    async def methods() -> dict[str, bool]:
        found = (await acme.api.ask(METHODS))["workspace"]["paymentMethods"]
        return {method["label"]: method["isDefault"] for method in found}

    assert await methods() == {
        "Visa •••• 4242": False,
        "Amex •••• 8431": False,
        "Cash App $sandbox": True,
    }
    await acme.api.do("setDefaultPaymentMethod", "paymentMethod { id }", paymentMethodId=visa)
    assert (await methods())["Visa •••• 4242"] is True
    # when the default is detached, the newest of the others takes its place
    await acme.api.do("detachPaymentMethod", "workspace { id }", paymentMethodId=visa)
    assert await methods() == {"Amex •••• 8431": False, "Cash App $sandbox": True}
    # a second time it is not there any more
    again = await acme.api.do("detachPaymentMethod", "workspace { id }", paymentMethodId=visa)
    assert [error["code"] for error in again["errors"]] == ["NOT_FOUND"]
    back = await acme.api.do(
        "setDefaultPaymentMethod", "paymentMethod { id }", paymentMethodId=visa
    )
    assert [error["code"] for error in back["errors"]] == ["NOT_FOUND"]


async def test_two_methods_attached_at_once_leave_one_default(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    await asyncio.gather(*(given.attach(acme, "pm_card_visa") for _ in range(8)))
    assert await PaymentMethod.filter(workspace_id=acme.key).count() == 8
    assert await PaymentMethod.filter(workspace_id=acme.key, is_default=True).count() == 1


async def test_auto_billing_goes_off_and_on_and_needs_a_method(operator: Api) -> None:
    # given a free workspace without a method
    acme = await given.a_workspace(operator)
    problem = {
        "code": "PAYMENT_METHOD_REQUIRED",
        "message": "There is no payment method. Add one with attachPaymentMethod.",
    }
    assert (await acme.api.ask(AUTO_BILLING))["workspace"]["autoBilling"] == {
        "enabled": False,
        "nextRenewalAt": None,
        "problems": [problem],
    }
    refused = await acme.api.do("setAutoBilling", "autoBilling { enabled }", enabled=True)
    assert refused["autoBilling"] is None
    assert [error["code"] for error in refused["errors"]] == ["PAYMENT_METHOD_REQUIRED"]
    # when it has one and subscribes, auto-billing is on
    card = await given.attach(acme, "pm_card_visa")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    fields = "autoBilling { enabled nextRenewalAt problems { code } } workspace { name }"
    # off, and off again: the state is what is asked for
    for _ in range(2):
        off = await acme.api.do("setAutoBilling", fields, enabled=False)
        assert off == {
            "autoBilling": {
                "enabled": False,
                "nextRenewalAt": "2026-05-01T00:00:00Z",
                "problems": [],
            },
            "workspace": {"name": "Acme"},
            "errors": [],
        }
    on = await acme.api.do("setAutoBilling", fields, enabled=True)
    assert on["autoBilling"]["enabled"] is True
    # then its last method cannot be taken away
    kept = await acme.api.do("detachPaymentMethod", "workspace { id }", paymentMethodId=card)
    [refusal] = kept["errors"]
    assert refusal["code"] == "PAYMENT_METHOD_IN_USE"
    assert refusal["message"] == (
        "Visa •••• 4242 is the last payment method and auto-billing is on. "
        "Add another one or switch auto-billing off first."
    )
    await acme.api.do("setAutoBilling", fields, enabled=False)
    gone = await acme.api.do("detachPaymentMethod", "workspace { id }", paymentMethodId=card)
    assert gone["errors"] == []


async def test_an_expired_default_method_is_a_problem_and_no_ground_for_auto_billing(
    operator: Api,
) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa", clock="2034-12-31T23:59:59Z")
    assert (await acme.api.ask(AUTO_BILLING))["workspace"]["autoBilling"]["problems"] == []
    await Workspace.filter(id=acme.key).update(clock_at=given.instant("2035-01-01T00:00:00Z"))
    problems = (await acme.api.ask(AUTO_BILLING))["workspace"]["autoBilling"]["problems"]
    assert [problem["message"] for problem in problems] == [
        "Visa •••• 4242 has expired. Attach another payment method."
    ]
    refused = await acme.api.do("setAutoBilling", "autoBilling { enabled }", enabled=True)
    assert [error["code"] for error in refused["errors"]] == ["PAYMENT_METHOD_REQUIRED"]
    methods = await acme.api.ask("query { workspace { paymentMethods { isExpired } } }")
    assert methods["workspace"]["paymentMethods"] == [{"isExpired": True}]


async def test_the_last_method_and_auto_billing_cannot_both_win(operator: Api) -> None:
    # given auto-billing off; at one instant it is switched on and its only card is detached
    acme = await given.a_workspace(operator)
    card = await given.attach(acme, "pm_card_visa")
    on, gone = await asyncio.gather(
        acme.api.do("setAutoBilling", "autoBilling { enabled }", enabled=True),
        acme.api.do("detachPaymentMethod", "workspace { id }", paymentMethodId=card),
    )
    codes = {error["code"] for error in on["errors"] + gone["errors"]}
    assert codes in ({"PAYMENT_METHOD_REQUIRED"}, {"PAYMENT_METHOD_IN_USE"})


async def test_auto_billing_that_is_refused_while_a_change_waits_stays_off(operator: Api) -> None:
    # given a subscription with auto-billing that waits four days for its bank debit
    acme = await given.a_workspace(operator, card="pm_usBankAccount")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", autoBilling=True)
    # when auto-billing is switched off meanwhile
    off = await acme.api.do("setAutoBilling", "autoBilling { enabled }", enabled=False)
    assert off["errors"] == []
    # then the money brings the plan, and auto-billing stays off
    await given.time_passes(acme, until="2026-04-05T00:00:00Z")
    answer = await acme.api.ask(
        "query { workspace { subscription { plan { key } } autoBilling { enabled } } }"
    )
    assert answer["workspace"] == {
        "subscription": {"plan": {"key": "pay-as-you-go"}},
        "autoBilling": {"enabled": False},
    }


async def test_the_last_method_stays_while_a_change_with_auto_billing_waits(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    bank = await given.attach(acme, "pm_usBankAccount")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", autoBilling=True)
    refused = await acme.api.do("detachPaymentMethod", "workspace { id }", paymentMethodId=bank)
    assert [error["code"] for error in refused["errors"]] == ["PAYMENT_METHOD_IN_USE"]
    assert await PaymentMethod.filter(workspace_id=acme.key, detached_at=None).count() == 1
    # without auto-billing nothing would be charged to it again
    await acme.api.do("setAutoBilling", "autoBilling { enabled }", enabled=False)
    gone = await acme.api.do("detachPaymentMethod", "workspace { id }", paymentMethodId=bank)
    assert gone["errors"] == []


async def test_a_paid_or_void_invoice_cannot_be_paid(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_chargeCustomerFail")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    await given.attach(acme, "pm_card_visa")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    void, paid = await Invoice.filter(workspace_id=acme.key).order_by("sequence")
    for invoice, status in ((void, "void"), (paid, "paid")):
        answer = await acme.api.do("payInvoice", "payment { id }", invoiceId=given.id_of(invoice))
        [refusal] = answer["errors"]
        assert (refusal["code"], refusal["path"]) == ("INVOICE_NOT_PAYABLE", ["invoiceId"])
        assert refusal["message"] == (
            f"Invoice {invoice.number} is {status}; there is nothing to pay."
        )


async def test_an_invoice_is_paid_once_however_often_it_is_asked(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    invoice = await given.an_open_invoice(acme, cents=20_00)
    input = {"invoiceId": given.id_of(invoice), "idempotencyKey": given.a_key()}
    answers = await asyncio.gather(
        *(acme.api.do("payInvoice", "payment { id status }", **input) for _ in range(5)),
    )
    assert answers == [answers[0]] * 5
    assert answers[0]["payment"]["status"] == "SUCCEEDED"
    other_key = await acme.api.do("payInvoice", "payment { id }", invoiceId=given.id_of(invoice))
    assert [error["code"] for error in other_key["errors"]] == ["INVOICE_NOT_PAYABLE"]
    assert await Payment.filter(invoice_id=invoice.id).count() == 1


async def test_a_declined_payment_by_hand_leaves_the_invoice_open(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_chargeDeclinedInsufficientFunds")
    invoice = await given.an_open_invoice(acme, cents=20_00)
    answer = await acme.api.do(
        "payInvoice",
        "errors { ... on PaymentDeclinedError { declineCode invoice { status "
        "amountDue { amount } } } }",
        invoiceId=given.id_of(invoice),
    )
    [refusal] = answer["errors"]
    assert refusal["declineCode"] == "insufficient_funds"
    assert refusal["invoice"] == {"status": "OPEN", "amountDue": {"amount": "20.00"}}


async def test_an_invoice_whose_bank_debit_is_under_way_is_not_charged_again(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_usBankAccount")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    card = await given.attach(acme, "pm_card_visa")
    invoice = await Invoice.get(workspace_id=acme.key)
    answer = await acme.api.do(
        "payInvoice", "payment { id }", invoiceId=given.id_of(invoice), paymentMethodId=card
    )
    [refusal] = answer["errors"]
    assert refusal["code"] == "IN_PROGRESS"
    assert refusal["message"] == (
        f"A payment of invoice {invoice.number} is under way; wait for its outcome."
    )
    assert await Payment.filter(invoice_id=invoice.id).count() == 1


async def test_who_pays_by_the_same_card_again_is_shown_the_same_question(operator: Api) -> None:
    # given a subscription that waits for 3-D Secure
    acme = await given.a_workspace(operator)
    card = await given.attach(acme, "pm_card_authenticationRequired")
    question = "errors { ... on PaymentActionError { action { clientSecret redirectUrl } } }"
    asked = await acme.api.do("subscribe", question, plan="pay-as-you-go")
    # when its invoice is paid by the same card, named or by default
    invoice = await Invoice.get(workspace_id=acme.key)
    for method in ({"paymentMethodId": card}, {}):
        again = await acme.api.do(
            "payInvoice", f"{question} payment {{ id }}", invoiceId=given.id_of(invoice), **method
        )
        # then the payer still has one question to answer, not two
        assert again["errors"] == asked["errors"]
    assert await Payment.filter(invoice_id=invoice.id).count() == 1


async def test_who_does_not_confirm_can_pay_by_another_card(operator: Api) -> None:
    # given a subscription that waits for 3-D Secure
    acme = await given.a_workspace(operator, card="pm_card_authenticationRequired")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    invoice = await Invoice.get(workspace_id=acme.key)
    other = await given.attach(acme, "pm_card_mastercard", makeDefault=False)
    # when its invoice is paid by another card
    input = {
        "invoiceId": given.id_of(invoice),
        "paymentMethodId": other,
        "idempotencyKey": given.a_key(),
    }
    fields = "invoice { status payments { status declineCode } } payment { method { last4 } }"
    paid = await acme.api.do("payInvoice", fields, **input)
    assert paid == {
        "invoice": {
            "status": "PAID",
            "payments": [
                {"status": "FAILED", "declineCode": "withdrawn"},
                {"status": "SUCCEEDED", "declineCode": None},
            ],
        },
        "payment": {"method": {"last4": "4444"}},
        "errors": [],
    }
    # then the plan has begun, and a repeat charges nothing
    assert await acme.api.do("payInvoice", fields, **input) == paid
    answer = await acme.api.ask("query { workspace { subscription { plan { key } } } }")
    assert answer["workspace"]["subscription"]["plan"] == {"key": "pay-as-you-go"}
    assert await Payment.filter(invoice_id=invoice.id).count() == 2


async def test_who_confirmed_at_the_last_moment_has_paid(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_authenticationRequired")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    payment = await Payment.get(workspace_id=acme.key)
    await given.payer_confirms(payment)
    other = await given.attach(acme, "pm_card_mastercard")
    answer = await acme.api.do(
        "payInvoice",
        "payment { id }",
        invoiceId=given.id_of(await payment.invoice),
        paymentMethodId=other,
    )
    assert [error["code"] for error in answer["errors"]] == ["INVOICE_NOT_PAYABLE"]
    [only] = await Payment.filter(workspace_id=acme.key)
    assert only.status == "SUCCEEDED"


async def test_what_was_last_said_of_auto_billing_counts_when_more_seats_are_paid_later(
    operator: Api,
) -> None:
    # given a seat whose money takes until 5 April, bought while auto-billing was on
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    await given.attach(acme, "pm_usBankAccount")
    seat = [{"addOn": "workspace-seat", "quantity": 1}]
    assert (await acme.api.do("setAddOns", "invoice { id }", addOns=seat))["errors"] == []
    # when it is switched off meanwhile
    await acme.api.do("setAutoBilling", "workspace { id }", enabled=False)
    await given.time_passes(acme, until="2026-04-05T00:00:00Z")
    # then the seat is there and auto-billing is off
    shown = await acme.api.ask(
        "{ workspace { subscription { addOns { quantity } } autoBilling { enabled } } }"
    )
    assert shown["workspace"] == {
        "subscription": {"addOns": [{"quantity": 1}]},
        "autoBilling": {"enabled": False},
    }
