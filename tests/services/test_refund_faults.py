"""The provider declines to give back, is silent, repeats itself or takes a day.

A part of a payment, all of it, and money that came too late for its invoice meet each fault,
through the API. What a dying process leaves is told by test_refund_crashes.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from models.invoices import Invoice
from models.payments import Payment, SandboxRefund
from models.refunds import CreditNote, Refund
from models.workspaces import Workspace
from services import refunds
from services.check import check_books
from services.gateway import (
    Declined,
    GatewayUnavailable,
    Processing,
    RefundOutcome,
    Repayment,
    Succeeded,
)
from services.gateway.sandbox import SandboxGateway
from tests import given
from tests.client import Api
from tests.given import Tenant

REFUND = "services.gateway.sandbox.SandboxGateway.refund"
NEXT_DAY = "2026-04-02T00:00:00Z"

# status and refunded cents of the payment, paid and credited of its invoice, the balance
Stand = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Way:
    """What is given back of a payment of $20, and how it stands before, while asked, and after."""

    name: str
    amount: str | None
    cents: int
    is_late: bool
    before: Stand
    asked: Stand
    after: Stand


PART = Way(
    "part",
    amount="5.00",
    cents=5_00,
    is_late=False,
    before=("SUCCEEDED", 0, 20_00, 0, 0),
    asked=("SUCCEEDED", 0, 20_00, 0, 0),
    after=("PARTIALLY_REFUNDED", 5_00, 15_00, 5_00, 0),
)
ALL = Way(
    "all",
    amount=None,
    cents=20_00,
    is_late=False,
    before=("SUCCEEDED", 0, 20_00, 0, 0),
    asked=("SUCCEEDED", 0, 20_00, 0, 0),
    after=("REFUNDED", 20_00, 0, 20_00, 0),
)
LATE = Way(  # set aside while it is asked for, so that no invoice uses it meanwhile
    "late money",
    amount="8.00",
    cents=8_00,
    is_late=True,
    before=("SUCCEEDED", 0, 0, 0, 20_00),
    asked=("SUCCEEDED", 0, 0, 0, 12_00),
    after=("PARTIALLY_REFUNDED", 8_00, 0, 0, 12_00),
)
of_each_way = pytest.mark.parametrize("way", [PART, ALL, LATE], ids=lambda way: way.name)


@dataclass
class Asker:
    """An operator who is about to give back of a payment, and the one request for it."""

    way: Way
    operator: Api
    tenant: Tenant
    payment: Payment
    input: dict[str, Any]

    async def asks(self, **other: Any) -> list[str]:
        """Do it, or do it again; the codes of what stands in its way."""
        answer = await self.operator.send(
            "mutation ($input: RefundPaymentInput!) "
            "{ refundPayment(input: $input) { errors { code } } }",
            input=self.input | other,
        )
        if "errors" in answer:
            return [error["extensions"]["code"] for error in answer["errors"]]
        return [error["code"] for error in answer["data"]["refundPayment"]["errors"]]

    async def time_passes(self, *, to: str) -> list[str]:
        answer = await self.tenant.api.do("advanceClock", "now", workspaceId=self.tenant.id, to=to)
        return [error["code"] for error in answer["errors"]]

    async def stands(self) -> Stand:
        payment = await Payment.get(id=self.payment.id)
        invoice = await Invoice.get(id=payment.invoice_id)
        workspace = await Workspace.get(id=self.tenant.key)
        return (
            payment.status.value,
            payment.refunded_cents,
            invoice.amount_paid_cents,
            invoice.credited_cents,
            workspace.balance_cents,
        )

    async def has_given_back(self, *, times: int) -> None:
        """At the provider and in the books, with a credit note for what is not owed."""
        given_back = await SandboxRefund.filter(charge_id=self.payment.id, status="SUCCEEDED")
        booked = await Refund.filter(payment_id=self.payment.id, status="SUCCEEDED")
        notes = await CreditNote.filter(workspace_id=self.tenant.key)
        assert [row.amount_cents for row in given_back] == [self.way.cents] * times
        assert [row.amount_cents for row in booked] == [self.way.cents] * times
        assert len(notes) == (0 if self.way.is_late else times)
        assert [finding for finding in await check_books() if finding.violations] == []


async def an_asker(operator: Api, way: Way, *, card: str = "pm_card_visa") -> Asker:
    tenant = await given.a_workspace(operator, card=card)
    if way.is_late:
        await given.comes_too_late(await given.an_open_invoice(tenant, cents=20_00))
    else:
        await tenant.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    payment = await Payment.get(workspace_id=tenant.key)
    input = {
        "paymentId": given.id_of(payment),
        "reason": "Two days without service",
        "idempotencyKey": given.a_key(),
    }
    asker = Asker(
        way, operator, tenant, payment, input | ({"amount": way.amount} if way.amount else {})
    )
    assert await asker.stands() == way.before
    return asker


def sandbox() -> SandboxGateway:
    return SandboxGateway("http://testserver")


honest = SandboxGateway.refund


async def silent(_: SandboxGateway, repayment: Repayment) -> RefundOutcome:
    """The request never arrived."""
    raise GatewayUnavailable("time-out")


async def gives_back_and_is_silent(gateway: SandboxGateway, repayment: Repayment) -> RefundOutcome:
    """The answer never arrived."""
    await honest(gateway, repayment)
    raise GatewayUnavailable("connection reset")


async def gives_back_and_breaks_us(gateway: SandboxGateway, repayment: Repayment) -> RefundOutcome:
    """The answer is one that we have no words for."""
    await honest(gateway, repayment)
    raise LookupError("refund.status")


async def answers_twice(gateway: SandboxGateway, repayment: Repayment) -> RefundOutcome:
    """Its notice is settled before its answer is."""
    outcome = await honest(gateway, repayment)
    await refunds.settle(repayment.operation_id, outcome)
    await refunds.settle(repayment.operation_id, outcome)
    return outcome


async def silent_when_asked(*_: object, **__: object) -> RefundOutcome:
    raise GatewayUnavailable("time-out")


SILENCES = {
    silent: "PAYMENT_UNAVAILABLE",
    gives_back_and_is_silent: "PAYMENT_UNAVAILABLE",
    gives_back_and_breaks_us: "INTERNAL",
}


async def by_repeating(asker: Asker) -> None:
    """The operator asks again under the same key."""
    assert await asker.asks() == []


async def by_repair(_: Asker) -> None:
    """The worker asks about every refund that nobody decided."""
    await refunds.repair(sandbox(), older_than=timedelta(0))


async def by_the_clock(asker: Asker) -> None:
    """Time goes on, and asks first about what is open."""
    assert await asker.time_passes(to="2026-04-01T00:00:01Z") == []


RECOVERIES = [by_repeating, by_repair, by_the_clock]


@of_each_way
@pytest.mark.parametrize("fault", SILENCES, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("recovers", RECOVERIES, ids=lambda recovers: recovers.__name__)
async def test_a_silence_leaves_all_as_it_was_until_it_is_broken(
    operator: Api, way: Way, fault: Callable[..., Any], recovers: Callable[..., Any]
) -> None:
    asker = await an_asker(operator, way)
    with patch(REFUND, fault):
        assert await asker.asks() == [SILENCES[fault]]
        assert await asker.stands() == way.asked
        # a second request gives nothing back, whatever the provider did with the first
        assert await asker.asks(idempotencyKey=given.a_key()) == ["IN_PROGRESS"]
    await recovers(asker)
    assert await asker.stands() == way.after
    await asker.has_given_back(times=1)
    # and whoever asks once more is told what was done
    assert await asker.asks() == []
    assert await asker.stands() == way.after
    await asker.has_given_back(times=1)


@of_each_way
async def test_a_silence_that_ends_in_a_decline_has_changed_nothing(
    operator: Api, way: Way
) -> None:
    asker = await an_asker(operator, way, card="pm_card_refundFail")
    with patch(REFUND, gives_back_and_is_silent):
        assert await asker.asks() == ["PAYMENT_UNAVAILABLE"]
    await by_repair(asker)
    assert await asker.stands() == way.before
    assert await asker.asks() == ["PAYMENT_DECLINED"]
    await asker.has_given_back(times=0)


@of_each_way
@pytest.mark.parametrize("fault", [honest, answers_twice], ids=["once", "twice"])
async def test_a_decline_changes_nothing_and_the_next_try_is_a_new_one(
    operator: Api, way: Way, fault: Callable[..., Any]
) -> None:
    asker = await an_asker(operator, way, card="pm_card_refundFail")
    with patch(REFUND, fault):
        for _ in range(2):  # asked again under its key, it is the same try
            assert await asker.asks() == ["PAYMENT_DECLINED"]
    assert await asker.stands() == way.before
    assert await asker.asks(idempotencyKey=given.a_key()) == ["PAYMENT_DECLINED"]
    assert await Refund.filter(payment_id=asker.payment.id, status="FAILED").count() == 2
    await asker.has_given_back(times=0)


@of_each_way
async def test_an_answer_that_comes_twice_counts_once(operator: Api, way: Way) -> None:
    asker = await an_asker(operator, way)
    with patch(REFUND, answers_twice):
        assert await asker.asks() == []
    refund = await Refund.get(payment_id=asker.payment.id)
    # nor does one that contradicts it, or comes under another name
    for late in (Declined(None, "expired_or_canceled_card"), Succeeded("re_another")):
        await refunds.settle(refund.id, late)
    assert await asker.stands() == way.after
    await asker.has_given_back(times=1)


@of_each_way
@pytest.mark.parametrize("arrives", [True, False])
async def test_an_answer_after_a_day_is_waited_for(operator: Api, way: Way, arrives: bool) -> None:
    asker = await an_asker(operator, way, card="pm_card_pendingRefund")
    assert await asker.asks() == []
    assert await asker.time_passes(to="2026-04-01T23:59:59.999999Z") == []
    assert await asker.stands() == way.asked
    await asker.has_given_back(times=0)
    if not arrives:  # the bank sends it back
        await SandboxRefund.filter(charge_id=asker.payment.id).update(
            status="DECLINED", decline_code="expired_or_canceled_card"
        )
    assert await asker.time_passes(to=NEXT_DAY) == []
    assert await asker.stands() == (way.after if arrives else way.before)
    await asker.has_given_back(times=int(arrives))


@of_each_way
async def test_a_silence_while_waiting_is_asked_about_again(operator: Api, way: Way) -> None:
    asker = await an_asker(operator, way, card="pm_card_pendingRefund")
    assert await asker.asks() == []
    with patch("services.gateway.sandbox.SandboxGateway.find_refund", silent_when_asked):
        assert await asker.time_passes(to=NEXT_DAY) == ["PAYMENT_UNAVAILABLE"]
    assert await asker.stands() == way.asked
    assert await asker.time_passes(to=NEXT_DAY) == []
    assert await asker.stands() == way.after
    await asker.has_given_back(times=1)


async def later_than_it_said(*_: object, **__: object) -> RefundOutcome:
    """The bank takes longer than the provider has foretold, and it says no other day."""
    return Processing("re_slow", given.instant(NEXT_DAY))


@of_each_way
async def test_a_bank_that_is_late_is_asked_every_hour(operator: Api, way: Way) -> None:
    asker = await an_asker(operator, way, card="pm_card_pendingRefund")
    assert await asker.asks() == []
    with patch("services.gateway.sandbox.SandboxGateway.find_refund", later_than_it_said):
        assert await asker.time_passes(to="2026-04-02T03:59:59Z") == []
    refund = await Refund.get(payment_id=asker.payment.id)
    assert refund.expected_at == given.instant("2026-04-02T04:00:00Z")
    assert await asker.stands() == way.asked
    assert await asker.time_passes(to="2026-04-02T04:00:00Z") == []
    assert await asker.stands() == way.after
    await asker.has_given_back(times=1)
