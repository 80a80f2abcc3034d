"""Between any two steps of giving back the process may die, or the provider may not answer."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from pgqueuer import PgQueuer
from tortoise import connections
from tortoise.backends.base.client import TransactionalDBClient

from billwright import worker
from models.invoices import Invoice
from models.payments import Payment, SandboxRefund
from models.refunds import CreditNote, Refund
from models.workspaces import IdempotencyRecord
from services import clock, refunds, repairs, voiding
from services.carrier.sandbox import SandboxCarrier
from services.errors import PaymentUnavailable
from services.gateway import (
    Declined,
    GatewayUnavailable,
    Outcome,
    RefundOutcome,
    Repayment,
    Succeeded,
)
from services.gateway.sandbox import SandboxGateway
from services.idempotency import Command
from services.refunds import RefundRequest
from tests import given
from tests.client import Api
from tests.corrections import a_subscriber, codes, refund, the_payment
from tests.given import Tenant

REQUEST = RefundRequest(amount=None, reason="Cancelled within a day")
URL = "http://testserver"


def refund_command(tenant: Tenant, key: str) -> Command:
    return Command(tenant.key, "refundPayment", key, {"reason": REQUEST.reason})


async def everything_went_back_once(tenant: Tenant) -> None:
    """One refund at the provider, one here, one credit note, and nothing paid or due."""
    payment = await the_payment(tenant)
    assert (payment.status, payment.refunded_cents) == ("REFUNDED", 20_00)
    [given_back] = await SandboxRefund.filter(charge_id=payment.id)
    [refunded] = await Refund.filter(workspace_id=tenant.key)
    assert (given_back.operation_id, given_back.amount_cents) == (refunded.id, 20_00)
    assert refunded.status == "SUCCEEDED"
    [note] = await CreditNote.filter(workspace_id=tenant.key)
    assert (note.refund_id, note.amount_cents, note.sequence) == (refunded.id, 20_00, 1)
    invoice = await Invoice.get(workspace_id=tenant.key)
    assert (invoice.status, invoice.amount_paid_cents, invoice.amount_due.cents) == ("PAID", 0, 0)


class SilentGateway(SandboxGateway):
    """A provider that does not answer, before or after it has given back."""

    def __init__(self, *, gives_back: bool) -> None:
        super().__init__(URL)
        self._gives_back = gives_back

    async def refund(self, repayment: Repayment) -> RefundOutcome:
        if self._gives_back:
            await super().refund(repayment)
        raise GatewayUnavailable("time-out")


async def begun(tenant: Tenant, key: str, *, gives_back: bool) -> Payment:
    """A refund of which the provider has not said what became of it."""
    payment = await the_payment(tenant)
    with pytest.raises(PaymentUnavailable, match="The refund will be settled"):
        await refunds.refund_payment(
            refund_command(tenant, key),
            payment.id,
            REQUEST,
            gateway=SilentGateway(gives_back=gives_back),
        )
    return payment


@pytest.mark.parametrize("gives_back", [False, True])
async def test_a_provider_that_does_not_answer_is_asked_again_later(
    operator: Api, gives_back: bool
) -> None:
    acme = await a_subscriber(operator)
    payment = await begun(acme, given.a_key(), gives_back=gives_back)
    # nobody knows yet: nothing is credited, and no other refund may begin
    assert (await the_payment(acme)).status == "SUCCEEDED"
    assert codes(await refund(operator, payment)) == ["IN_PROGRESS"]
    # a young one is in the hands of its request
    await refunds.repair(SandboxGateway(URL))
    assert (await Refund.get(payment_id=payment.id)).status == "PENDING"
    await refunds.repair(SandboxGateway(URL), older_than=timedelta(0), thorough=False)
    await everything_went_back_once(acme)


@pytest.mark.parametrize("gives_back", [False, True])
async def test_a_repeat_under_the_same_key_takes_the_refund_up_again(
    operator: Api, gives_back: bool
) -> None:
    acme = await a_subscriber(operator)
    key = given.a_key()
    payment = await begun(acme, key, gives_back=gives_back)
    command, gateway = refund_command(acme, key), SandboxGateway(URL)
    answer = await refunds.refund_payment(command, payment.id, REQUEST, gateway=gateway)
    assert (list(answer.refusals), answer.collecting) == ([], None)
    await everything_went_back_once(acme)
    again = await refunds.refund_payment(command, payment.id, REQUEST, gateway=gateway)
    assert again.objects == answer.objects


async def test_time_does_not_pass_before_a_refund_is_decided(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await begun(acme, given.a_key(), gives_back=True)
    await clock.run_until(acme.key, given.instant("2026-04-20T00:00:00Z"), SandboxGateway(URL))
    await everything_went_back_once(acme)
    note = await CreditNote.get(workspace_id=acme.key)
    assert note.issued_at == given.instant(given.FIRST_OF_APRIL)


async def test_two_repairs_and_the_request_itself_settle_a_refund_once(operator: Api) -> None:
    acme = await a_subscriber(operator)
    key = given.a_key()
    payment = await begun(acme, key, gives_back=True)
    gateway = SandboxGateway(URL)
    await asyncio.gather(
        refunds.repair(gateway, older_than=timedelta(0)),
        refunds.repair(gateway, older_than=timedelta(0)),
        refunds.refund_payment(refund_command(acme, key), payment.id, REQUEST, gateway=gateway),
    )
    await everything_went_back_once(acme)


async def test_a_second_outcome_of_a_decided_refund_changes_nothing(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await refund(operator, await the_payment(acme))
    refunded = await Refund.get(workspace_id=acme.key)
    for outcome in (Succeeded("re_late"), Declined("re_late", "expired_or_canceled_card")):
        again = await refunds.settle(refunded.id, outcome)
        assert again.gateway_reference == f"re_sandbox_{refunded.id}"
    await everything_went_back_once(acme)


async def test_a_bank_that_declines_after_days_leaves_the_payment_as_it_was(operator: Api) -> None:
    acme = await a_subscriber(operator, card="pm_card_pendingRefund")
    payment = await the_payment(acme)
    assert (await refund(operator, payment))["errors"] == []

    class Declines(SandboxGateway):
        async def find_refund(self, operation_id: UUID, **_: object) -> RefundOutcome | None:
            return Declined(f"re_{operation_id}", "expired_or_canceled_card")

    await clock.run_until(acme.key, given.instant("2026-04-02T00:00:00Z"), Declines(URL))
    refunded = await Refund.get(workspace_id=acme.key)
    assert (refunded.status, refunded.decline_code) == ("FAILED", "expired_or_canceled_card")
    payment = await the_payment(acme)
    assert (payment.status, payment.refunded_cents) == ("SUCCEEDED", 0)
    assert not await CreditNote.exists(workspace_id=acme.key)


async def test_the_repair_goes_on_after_a_refund_that_it_cannot_help(
    operator: Api, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = [await a_subscriber(operator, card="pm_card_pendingRefund") for _ in range(2)]
    for tenant in (first, second):
        await refund(operator, await the_payment(tenant))
    stumbling_over = (await Refund.get(workspace_id=first.key)).id

    class Stumbling(SandboxGateway):
        async def find_refund(self, operation_id: UUID, **_: object) -> RefundOutcome | None:
            if operation_id == stumbling_over:
                raise GatewayUnavailable("connection reset")
            return Succeeded("re_sandbox")

    await refunds.repair(Stumbling(URL), older_than=timedelta(0))
    assert (await Refund.get(workspace_id=first.key)).status == "PROCESSING"
    assert (await Refund.get(workspace_id=second.key)).status == "SUCCEEDED"
    assert f"Refund {stumbling_over} could not be repaired" in caplog.text
    assert await refunds.undecided_count() >= 1


async def test_what_a_bank_takes_days_for_is_not_asked_about_every_minute(operator: Api) -> None:
    acme = await a_subscriber(operator, card="pm_card_pendingRefund")
    await refund(operator, await the_payment(acme))
    asked = []

    class Counting(SandboxGateway):
        async def find_refund(self, operation_id: UUID, *, now: datetime) -> RefundOutcome | None:
            asked.append(operation_id)
            return await super().find_refund(operation_id, now=now)

    refunded = await Refund.get(workspace_id=acme.key)
    await Refund.filter(id=refunded.id).update(
        created_at=datetime.now(UTC) - repairs.YOUNG_FOR - timedelta(minutes=1)
    )
    await refunds.repair(Counting(URL), thorough=False)
    assert refunded.id not in asked
    await refunds.repair(Counting(URL))
    assert refunded.id in asked


class OutsideTransactions(SandboxGateway):
    """Notices when it is called inside a transaction."""

    def __init__(self) -> None:
        super().__init__(URL)
        self.calls: list[str] = []

    def _note(self, verb: str) -> None:
        assert not isinstance(connections.get("default"), TransactionalDBClient)
        self.calls.append(verb)

    async def refund(self, repayment: Repayment) -> RefundOutcome:
        self._note("refund")
        return await super().refund(repayment)

    async def find_refund(self, operation_id: UUID, *, now: datetime) -> RefundOutcome | None:
        self._note("find_refund")
        return await super().find_refund(operation_id, now=now)

    async def cancel(self, operation_id: UUID, *, now: datetime) -> Outcome:
        self._note("cancel")
        return await super().cancel(operation_id, now=now)


async def test_the_provider_is_never_called_inside_a_transaction(operator: Api) -> None:
    gateway = OutsideTransactions()
    acme = await a_subscriber(operator, card="pm_card_pendingRefund")
    await refunds.refund_payment(
        refund_command(acme, given.a_key()),
        (await the_payment(acme)).id,
        REQUEST,
        gateway=gateway,
    )
    await clock.run_until(acme.key, given.instant("2026-04-02T00:00:00Z"), gateway)
    waiting = await given.a_workspace(operator, card="pm_card_authenticationRequired")
    await waiting.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    await voiding.void_invoice(
        Command(waiting.key, "voidInvoice", given.a_key(), {}),
        (await Invoice.get(workspace_id=waiting.key)).id,
        reason="Asked for by phone",
        gateway=gateway,
    )
    assert gateway.calls == ["refund", "find_refund", "cancel"]


async def test_a_void_during_which_the_provider_is_silent_can_be_repeated(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_authenticationRequired")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    invoice = await Invoice.get(workspace_id=acme.key)
    command = Command(acme.key, "voidInvoice", given.a_key(), {})

    class Silent(SandboxGateway):
        async def cancel(self, operation_id: UUID, *, now: datetime) -> Outcome:
            await super().cancel(operation_id, now=now)
            raise GatewayUnavailable("time-out")

    reason = "Asked for by phone"
    with pytest.raises(PaymentUnavailable):
        await voiding.void_invoice(command, invoice.id, reason=reason, gateway=Silent(URL))
    assert (await Invoice.get(id=invoice.id)).status == "OPEN"
    answer = await voiding.void_invoice(
        command, invoice.id, reason=reason, gateway=SandboxGateway(URL)
    )
    assert not answer.refusals
    assert (await Invoice.get(id=invoice.id)).status == "VOID"
    assert (await the_payment(acme)).status == "FAILED"


@pytest.mark.parametrize("moment", ["before the refund", "after the refund", "after the settling"])
async def test_a_killed_process_leaves_what_the_next_one_completes(
    operator: Api, database_url: str, moment: str
) -> None:
    # given a process that is killed (SIGKILL) in the middle of giving back
    acme = await a_subscriber(operator)
    payment, key = await the_payment(acme), given.a_key()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.services.killed_refunding"),
        *(database_url, str(acme.key), str(payment.id), key, moment),
    )
    assert await process.wait() == -signal.SIGKILL
    record = await IdempotencyRecord.get(scope=acme.key, key=key)
    assert record.answer is not None
    assert record.answer["collecting"] is not None
    # when the repair runs once, it is all there; and the operator's repeat gets its answer
    await refunds.repair(SandboxGateway(URL), older_than=timedelta(0))
    await everything_went_back_once(acme)
    answer = await refunds.refund_payment(
        refund_command(acme, key), payment.id, REQUEST, gateway=SandboxGateway(URL)
    )
    assert (answer.collecting, list(answer.refusals)) == (None, [])
    assert answer.objects["credit_note"] == (await CreditNote.get(workspace_id=acme.key)).id
    await everything_went_back_once(acme)


class Queue:
    """What the worker gives to its queue, to be called by name."""

    def __init__(self) -> None:
        self.schedules: dict[str, Callable[[object], Awaitable[None]]] = {}

    def schedule(self, name: str, _: str) -> Callable[[Any], Any]:
        return lambda run: self.schedules.setdefault(name, run)

    def entrypoint(self, _: object) -> Callable[[Any], Any]:
        return lambda run: run


@pytest.mark.parametrize("schedule", ["repair_payments", "repair_thoroughly"])
async def test_workers_take_up_what_was_left_pending(operator: Api, schedule: str) -> None:
    acme = await a_subscriber(operator)
    await begun(acme, given.a_key(), gives_back=True)
    await Refund.filter(workspace_id=acme.key).update(
        created_at=datetime.now(UTC) - repairs.REPAIR_AFTER
    )
    queue = Queue()
    worker._register(cast("PgQueuer", queue), SandboxGateway(URL), SandboxCarrier())
    await queue.schedules[schedule](None)
    await everything_went_back_once(acme)


async def test_a_silent_provider_keeps_nobody_from_what_is_due(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await begun(acme, given.a_key(), gives_back=True)
    await Refund.filter(workspace_id=acme.key).update(
        created_at=datetime.now(UTC) - repairs.REPAIR_AFTER
    )
    # given a provider that must not be asked anything
    queue = Queue()
    worker._register(cast("PgQueuer", queue), cast("Any", None), SandboxCarrier())
    await queue.schedules["share_out"](None)
    assert (await Refund.get(workspace_id=acme.key)).status == "PENDING"
