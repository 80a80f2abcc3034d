"""docs/sandbox.md: tokens and numbers do what its tables say, and what waits ends when it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from models.payments import Payment
from services.carrier import Wish
from services.carrier.sandbox import SandboxCarrier
from services.gateway.sandbox import TOKENS
from tests.client import Api
from tests.given import (
    FIRST_OF_APRIL,
    Tenant,
    a_key,
    a_workspace,
    a_workspace_with_slots,
    id_of,
    instant,
    time_passes,
)

DOCUMENT = Path(__file__).parents[2] / "docs" / "sandbox.md"
ROW = re.compile(r"^\| `(pm_\w+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
TABLE = {token: (method, outcome) for token, method, outcome in ROW.findall(DOCUMENT.read_text())}
# of the countries that have a list of their areas: its rows' codes, and how many numbers each has
AREAS = [
    (country, area_code, int(count.replace(",", "")))
    for country, codes, count in re.findall(
        r"^\| `(\w\w)` \| ((?:`\d+`,? ?)+) \| ([\d,]+) \|$", DOCUMENT.read_text(), re.MULTILINE
    )
    for area_code in re.findall(r"\d+", codes)
]

STATE = """{ workspace {
  subscription { plan { key } pendingChange { effectiveAt } }
  creditBalance { available }
  invoices { nodes { status payments { status declineCode } } }
} }"""


async def subscribed_with(operator: Api, token: str) -> tuple[Tenant, dict[str, Any]]:
    """A workspace that has just subscribed, and what it was answered."""
    tenant = await a_workspace(operator, card=token)
    answer = await tenant.api.ask(
        """mutation { subscribe(input: { plan: "pay-as-you-go" }) {
          invoice { status payments { status } }
          subscription { pendingChange { effectiveAt } }
          errors {
            code
            ... on PaymentDeclinedError { declineCode }
            ... on PaymentActionError { action { redirectUrl } }
          }
        } }"""
    )
    done: dict[str, Any] = answer["subscribe"]
    return tenant, done


async def state_of(tenant: Tenant) -> tuple[str, str, str, str, str | None]:
    """The plan, the credits, and of the one invoice and its payment what became."""
    workspace = (await tenant.api.ask(STATE))["workspace"]
    [invoice] = workspace["invoices"]["nodes"]
    [payment] = invoice["payments"]
    return (
        workspace["subscription"]["plan"]["key"],
        workspace["creditBalance"]["available"],
        invoice["status"],
        payment["status"],
        payment["declineCode"],
    )


def tokens_that(outcome: str) -> list[str]:
    """Those of which the document says this."""
    found = [token for token, (_, said) in TABLE.items() if said.startswith(outcome)]
    assert found, f"no token of which {DOCUMENT} says '{outcome}'"
    return found


def test_the_document_lists_every_token() -> None:
    assert sorted(TABLE) == sorted(TOKENS)


@pytest.mark.parametrize("token", [name for name, row in TABLE.items() if row[0] != "none"])
async def test_a_token_becomes_the_method_of_the_table(token: str, operator: Api) -> None:
    tenant = await a_workspace(operator)
    attached = await tenant.api.do(
        "attachPaymentMethod", "paymentMethod { kind label expiresMonth expiresYear }", token=token
    )
    assert attached["errors"] == []
    method = attached["paymentMethod"]
    assert method["label"] == TABLE[token][0]
    if method["kind"] == "CARD":
        assert (method["expiresMonth"], method["expiresYear"]) == (12, 2034)


@pytest.mark.parametrize("token", tokens_that("cannot be attached"))
async def test_a_token_that_cannot_be_attached(token: str, operator: Api) -> None:
    tenant = await a_workspace(operator)
    answer = await tenant.api.ask(
        """mutation ($token: String!) { attachPaymentMethod(input: { token: $token }) {
          paymentMethod { id } errors { code ... on PaymentDeclinedError { declineCode } }
        } }""",
        token=token,
    )
    assert answer["attachPaymentMethod"] == {
        "paymentMethod": None,
        "errors": [{"code": "PAYMENT_DECLINED", "declineCode": "card_declined"}],
    }
    assert TABLE[token][1].endswith("`PAYMENT_DECLINED`, `card_declined`")


async def test_any_other_token_is_refused_and_told_which_there_are(operator: Api) -> None:
    tenant = await a_workspace(operator)
    refused = await tenant.api.do("attachPaymentMethod", "paymentMethod { id }", token="pm_gold")
    [error] = refused["errors"]
    assert error["code"] == "INVALID_INPUT"
    assert all(token in error["message"] for token in TABLE)


@pytest.mark.parametrize("token", tokens_that("every charge succeeds"))
async def test_a_charge_that_succeeds_begins_the_plan(token: str, operator: Api) -> None:
    tenant, done = await subscribed_with(operator, token)
    assert done["errors"] == []
    assert await state_of(tenant) == ("pay-as-you-go", "5750.000", "PAID", "SUCCEEDED", None)


@pytest.mark.parametrize("token", tokens_that("every charge is declined"))
async def test_a_charge_that_is_declined_leaves_all_as_before(token: str, operator: Api) -> None:
    tenant, done = await subscribed_with(operator, token)
    [error] = done["errors"]
    assert error["code"] == "PAYMENT_DECLINED"
    code = error["declineCode"]
    assert TABLE[token][1] == f"every charge is declined: `{code}`"
    assert await state_of(tenant) == ("free", "750.000", "VOID", "FAILED", code)


@pytest.mark.parametrize("token", tokens_that("every charge waits"))
async def test_a_charge_that_waits_for_its_payer_lapses_after_a_day(
    token: str, operator: Api
) -> None:
    # given, on 1 April
    tenant, done = await subscribed_with(operator, token)
    [error] = done["errors"]
    assert error["code"] == "PAYMENT_ACTION_REQUIRED"
    assert "/sandbox/confirm/" in error["action"]["redirectUrl"]
    waiting = ("free", "750.000", "OPEN", "REQUIRES_ACTION", None)
    # when a day less a second has passed, and then the day
    await time_passes(tenant, until="2026-04-01T23:59:59Z")
    assert await state_of(tenant) == waiting
    await time_passes(tenant, until="2026-04-02T00:00:00Z")
    # then
    lapsed = ("free", "750.000", "VOID", "FAILED", "authentication_required")
    assert await state_of(tenant) == lapsed


@pytest.mark.parametrize("token", tokens_that("every charge is a bank debit"))
async def test_a_bank_debit_settles_after_four_days(token: str, operator: Api) -> None:
    # given, on 1 April
    tenant, done = await subscribed_with(operator, token)
    assert done["errors"] == []
    assert done["invoice"] == {"status": "OPEN", "payments": [{"status": "PROCESSING"}]}
    assert done["subscription"]["pendingChange"] == {"effectiveAt": "2026-04-05T00:00:00Z"}
    # when four days less a second have passed, and then the four
    await time_passes(tenant, until="2026-04-04T23:59:59Z")
    assert await state_of(tenant) == ("free", "750.000", "OPEN", "PROCESSING", None)
    await time_passes(tenant, until="2026-04-05T00:00:00Z")
    # then
    assert await state_of(tenant) == ("pay-as-you-go", "5750.000", "PAID", "SUCCEEDED", None)


async def refunded(operator: Api, tenant: Tenant) -> dict[str, Any]:
    """What the operator is answered who gives back $5 of the one payment."""
    payment = await Payment.get(workspace_id=tenant.key)
    return await operator.do(
        "refundPayment",
        "payment { status } creditNote { amount { amount } } "
        "errors { ... on PaymentDeclinedError { declineCode } }",
        paymentId=id_of(payment),
        amount="5",
        reason="One week without service",
    )


CREDIT_NOTES = "{ workspace { invoices { nodes { creditNotes { issuedAt } } } } }"


@pytest.mark.parametrize("token", tokens_that("every charge succeeds"))
async def test_a_refund_does_what_the_table_says(token: str, operator: Api) -> None:
    tenant, _ = await subscribed_with(operator, token)
    answer = await refunded(operator, tenant)
    match TABLE[token][1].removeprefix("every charge succeeds").removeprefix("; a refund "):
        case "":
            assert answer["errors"] == []
            assert answer["creditNote"] == {"amount": {"amount": "5.00"}}
        case "takes 1 day":
            assert (answer["payment"], answer["creditNote"]) == ({"status": "SUCCEEDED"}, None)
            await tenant.api.do(
                "advanceClock", "now", workspaceId=tenant.id, to="2026-04-02T00:00:00Z"
            )
            [invoice] = (await tenant.api.ask(CREDIT_NOTES))["workspace"]["invoices"]["nodes"]
            assert invoice["creditNotes"] == [{"issuedAt": "2026-04-02T00:00:00Z"}]
        case outcome:
            [error] = answer["errors"]
            assert error["code"] == "PAYMENT_DECLINED"
            assert outcome == f"is declined: `{error['declineCode']}`"


async def test_another_method_calls_off_a_payment_that_waits(operator: Api) -> None:
    tenant, _ = await subscribed_with(operator, "pm_card_authenticationRequired")
    await tenant.api.do("attachPaymentMethod", "paymentMethod { id }", token="pm_card_visa")
    invoices = (await tenant.api.ask("{ workspace { invoices { nodes { id } } } }"))["workspace"]
    paid = await tenant.api.do(
        "payInvoice",
        "invoice { status payments { status declineCode } }",
        invoiceId=invoices["invoices"]["nodes"][0]["id"],
        idempotencyKey=a_key(),
    )
    assert paid["invoice"] == {
        "status": "PAID",
        "payments": [
            {"status": "FAILED", "declineCode": "withdrawn"},
            {"status": "SUCCEEDED", "declineCode": None},
        ],
    }


# ----------------------------------------------------------------------------------- phone numbers


def test_the_document_lists_areas_of_three_countries() -> None:
    assert {country for country, _, _ in AREAS} == {"GB", "DE", "FR"}
    assert len(AREAS) == 15


@pytest.mark.parametrize(("country", "area_code", "count"), AREAS)
async def test_an_area_has_as_many_numbers_as_the_table_says(
    operator: Api, country: str, area_code: str, count: int
) -> None:
    now = instant(FIRST_OF_APRIL)
    for written in (area_code, f"0{area_code}"):
        wish = Wish(country, written, limit=100_000)
        found = await SandboxCarrier().search(wish, now=now)
        assert len({offer.number for offer in found}) == len(found) <= count
        # a few are the demo's by now
        assert len(found) > count - 5


async def test_a_number_that_the_carrier_does_not_sell_gives_the_slot_back(operator: Api) -> None:
    acme = await a_workspace_with_slots(operator)
    assert await bought(acme, "+12095550198") == (["NUMBER_UNAVAILABLE"], [], 0)


async def test_a_number_that_is_sold_without_an_answer_is_there_after_a_repeat(
    operator: Api,
) -> None:
    acme, key = await a_workspace_with_slots(operator), a_key()
    number = "+12095550199"
    assert await bought(acme, number, idempotencyKey=key) == (["CARRIER_UNAVAILABLE"], [], 1)
    assert await bought(acme, number, idempotencyKey=key) == ([], [number], 1)


async def bought(tenant: Tenant, number: str, **input: str) -> tuple[list[str], list[str], int]:
    """The codes of the refusals; the numbers, and the slots in use, as they are then."""
    done = await tenant.api.do("buyPhoneNumber", "phoneNumber { id }", number=number, **input)
    answer = await tenant.api.ask(
        "{ workspace { phoneNumbers { nodes { number } } "
        "capacity(resource: PHONE_NUMBER) { used } } }"
    )
    workspace = answer["workspace"]
    return (
        [error["code"] for error in done["errors"]],
        [node["number"] for node in workspace["phoneNumbers"]["nodes"]],
        workspace["capacity"]["used"],
    )
