"""What subscribe refuses, and how it says so. Each refusal changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from models.invoices import Invoice, InvoiceReason
from models.money import Money
from models.payments import PaymentMethod
from models.subscriptions import Subscription
from models.workspaces import Workspace
from services import invoices
from services.invoices import InvoiceDraft, Line
from tests import given
from tests.client import Api
from tests.given import Tenant

KEYS = "free, pay-as-you-go, enterprise"
ADD_ONS = "whitelabel, workspace-seat, client-seat, concurrent-call-line, phone-number"


async def refusals_of(tenant: Tenant, **input: Any) -> list[tuple[str, str, list[str]]]:
    """Code, message and path of each; the preview must say the same."""
    answer = await tenant.api.do("subscribe", "subscription { id } invoice { id }", **input)
    assert (answer["subscription"], answer["invoice"]) == (None, None)
    preview = await tenant.api.ask(
        "query ($input: SubscribeInput!) { previewSubscribe(input: $input) "
        "{ errors { __typename code message path } } }",
        input=input,
    )
    assert preview["previewSubscribe"]["errors"] == answer["errors"]
    assert not await Invoice.exists(workspace_id=tenant.key, reason=InvoiceReason.SUBSCRIBE)
    return [(error["code"], error["message"], error["path"]) for error in answer["errors"]]


@pytest.mark.parametrize(
    ("add_ons", "message", "path"),
    [
        (
            [("yacht", 1)],
            f"There is no add-on 'yacht'; there are {ADD_ONS}.",
            ["addOns", "0", "addOn"],
        ),
        (
            [("whitelabel", 1), ("workspace-seat", 0)],
            "Of 'workspace-seat' 1 to 10,000 can be had, not 0.",
            ["addOns", "1", "quantity"],
        ),
        (
            [("client-seat", -1)],
            "Of 'client-seat' 1 to 10,000 can be had, not -1.",
            ["addOns", "0", "quantity"],
        ),
        (
            [("phone-number", 10_001)],
            "Of 'phone-number' 1 to 10,000 can be had, not 10,001.",
            ["addOns", "0", "quantity"],
        ),
        (
            [("whitelabel", 2)],
            "Of 'whitelabel' 1 can be had, not 2.",
            ["addOns", "0", "quantity"],
        ),
    ],
)
async def test_add_ons_that_cannot_be_had_are_named_with_their_place(
    operator: Api, add_ons: list[tuple[str, int]], message: str, path: list[str]
) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    wanted = [{"addOn": key, "quantity": quantity} for key, quantity in add_ons]
    assert await refusals_of(acme, plan="pay-as-you-go", addOns=wanted) == [
        ("INVALID_INPUT", message, path)
    ]


async def test_an_add_on_named_twice_is_refused_at_both_places(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    twice = [{"addOn": "client-seat", "quantity": 1}, {"addOn": "client-seat", "quantity": 2}]
    message = "The add-on 'client-seat' is named more than once; name it once."
    assert await refusals_of(acme, plan="pay-as-you-go", addOns=twice) == [
        ("INVALID_INPUT", message, ["addOns", "0", "addOn"]),
        ("INVALID_INPUT", message, ["addOns", "1", "addOn"]),
    ]


async def test_ten_thousand_seats_can_be_had(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    answer = await acme.api.do(
        "subscribe",
        "invoice { total { amount } }",
        plan="pay-as-you-go",
        addOns=[{"addOn": "workspace-seat", "quantity": 10_000}],
    )
    assert answer == {"invoice": {"total": {"amount": "100020.00"}}, "errors": []}


async def test_all_that_is_wrong_is_said_at_once(operator: Api) -> None:
    nobody = await given.a_workspace(operator)
    add_ons = [{"addOn": "yacht", "quantity": 1}]
    assert await refusals_of(nobody, plan="gold", addOns=add_ons) == [
        ("INVALID_INPUT", f"There is no plan 'gold'; there are {KEYS}.", ["plan"]),
        (
            "INVALID_INPUT",
            f"There is no add-on 'yacht'; there are {ADD_ONS}.",
            ["addOns", "0", "addOn"],
        ),
        (
            "PAYMENT_METHOD_REQUIRED",
            "There is no payment method. Add one with attachPaymentMethod.",
            [],
        ),
    ]


async def test_the_plan_one_has_already_is_no_change(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    assert await refusals_of(acme, plan="free") == [
        ("NO_CHANGE", "The workspace is on Free already.", ["plan"])
    ]
    # add-ons need a paid plan
    with_seat = await refusals_of(
        acme, plan="free", addOns=[{"addOn": "workspace-seat", "quantity": 1}]
    )
    assert [code for code, _, _ in with_seat] == ["PLAN_REQUIRED", "NO_CHANGE"]
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    again = await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    assert [error["message"] for error in again["errors"]] == [
        "The workspace is on Pay as you go already."
    ]
    back = await acme.api.do("subscribe", "invoice { id }", plan="free")
    assert [(error["code"], error["message"]) for error in back["errors"]] == [
        (
            "INVALID_INPUT",
            "The workspace is subscribed to Pay as you go; use changePlan to leave it.",
        )
    ]


async def test_enterprise_is_agreed_by_contract(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    assert await refusals_of(acme, plan="enterprise") == [
        (
            "PLAN_NOT_SELF_SERVE",
            "The plan 'enterprise' is agreed by contract. Ask us for an offer.",
            ["plan"],
        )
    ]


async def test_an_outstanding_invoice_blocks_and_is_listed(operator: Api) -> None:
    # given an open invoice over $3.50, made by hand
    acme = await given.a_workspace(operator, card="pm_card_visa")
    open_invoice = await given.an_open_invoice(acme, cents=350)
    answer = await acme.api.do(
        "subscribe",
        "errors { ... on OutstandingInvoiceError { invoices { number amountDue { amount } } } }",
        plan="pay-as-you-go",
    )
    [refusal] = answer["errors"]
    assert refusal["code"] == "OUTSTANDING_INVOICE"
    assert refusal["message"] == f"Pay what is outstanding first: {open_invoice.number} ($3.50)."
    assert refusal["invoices"] == [{"number": open_invoice.number, "amountDue": {"amount": "3.50"}}]
    # when it is paid, nothing stands in the way
    paid = await acme.api.do(
        "payInvoice", "invoice { status } payment { status }", invoiceId=given.id_of(open_invoice)
    )
    assert paid == {
        "invoice": {"status": "PAID"},
        "payment": {"status": "SUCCEEDED"},
        "errors": [],
    }
    done = await acme.api.do("subscribe", "invoice { status }", plan="pay-as-you-go")
    assert done == {"invoice": {"status": "PAID"}, "errors": []}


async def test_a_payment_method_must_be_there_ones_own_and_good(operator: Api) -> None:
    acme, other = [await given.a_workspace(operator, card="pm_card_visa") for _ in range(2)]
    theirs = await given.attach(other, "pm_card_visa")
    not_found = [("NOT_FOUND", "The payment method was not found.", ["paymentMethodId"])]
    assert await refusals_of(acme, plan="pay-as-you-go", paymentMethodId=theirs) == not_found
    # nor is what is no payment method's id at all
    for nonsense in ("pm_card_visa", "", acme.id):
        refused = await refusals_of(acme, plan="pay-as-you-go", paymentMethodId=nonsense)
        assert refused == not_found
    # detached is as good as unknown
    second = await given.attach(acme, "pm_cashapp", makeDefault=False)
    await acme.api.do("detachPaymentMethod", "workspace { id }", paymentMethodId=second)
    assert await refusals_of(acme, plan="pay-as-you-go", paymentMethodId=second) == not_found
    # the card is good through December 2034 and not a day longer
    await Workspace.filter(id=acme.key).update(clock_at=given.instant("2035-01-01T00:00:00Z"))
    expired = "Visa •••• 4242 has expired. Attach another payment method."
    assert await refusals_of(acme, plan="pay-as-you-go", autoBilling=False) == [
        ("PAYMENT_METHOD_REQUIRED", expired, [])
    ]


async def test_auto_billing_needs_a_default_method_that_is_good(operator: Api) -> None:
    # given a default card that has expired, and a good one that is not the default
    acme = await given.a_workspace(operator, card="pm_card_visa")
    good = await given.attach(acme, "pm_cashapp", makeDefault=False)
    await Workspace.filter(id=acme.key).update(clock_at=given.instant("2035-01-01T00:00:00Z"))
    # then the good one cannot be charged today while renewals would fail
    assert await refusals_of(acme, plan="pay-as-you-go", paymentMethodId=good) == [
        (
            "PAYMENT_METHOD_REQUIRED",
            "Visa •••• 4242 has expired. Attach another payment method.",
            [],
        )
    ]
    by_hand = await acme.api.do(
        "subscribe",
        "invoice { status }",
        plan="pay-as-you-go",
        paymentMethodId=good,
        autoBilling=False,
    )
    assert by_hand == {"invoice": {"status": "PAID"}, "errors": []}
    assert await PaymentMethod.filter(workspace_id=acme.key, is_default=True).count() == 1
    assert (await Subscription.get(workspace_id=acme.key)).auto_billing is False


async def test_the_named_method_is_charged_not_the_default(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_chargeCustomerFail")
    good = await given.attach(acme, "pm_card_amex", makeDefault=False)
    answer = await acme.api.do(
        "subscribe",
        "invoice { payments { method { brand last4 } } }",
        plan="pay-as-you-go",
        paymentMethodId=good,
    )
    assert answer["invoice"]["payments"] == [{"method": {"brand": "amex", "last4": "8431"}}]


def test_money_of_an_invoice_line_is_never_lost() -> None:
    """The draft's total is the sum of its lines, whatever they are."""
    line = Line("Seat", 3, Money(10_00), Money(30_00))
    draft = InvoiceDraft([line, line], "USD", None, None, given.instant(given.FIRST_OF_APRIL))
    assert (draft.subtotal, draft.tax, draft.total) == (Money(60_00), Money(0), Money(60_00))
    assert invoices.Line.from_json(line.to_json()) == line
