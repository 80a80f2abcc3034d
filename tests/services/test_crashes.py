"""Between any two steps of charging the process may die, or the provider may not answer."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta
from uuid import UUID

import pytest

from models.credits import CreditLot
from models.invoices import Invoice
from models.payments import Payment, SandboxCharge
from models.subscriptions import PendingChange, Subscription
from models.workspaces import IdempotencyRecord
from services import payments, subscriptions
from services.errors import PaymentUnavailable
from services.gateway import Charge, GatewayUnavailable, Outcome, Succeeded
from services.gateway.sandbox import SandboxGateway
from services.idempotency import Command
from services.subscriptions import SubscribeRequest
from tests import given
from tests.client import Api
from tests.given import Tenant

REQUEST = SubscribeRequest("pay-as-you-go", [], None, auto_billing=True)


def subscribe_command(tenant: Tenant, key: str) -> Command:
    return Command(tenant.key, "subscribe", key, {"plan": "pay-as-you-go"})


def sandbox() -> SandboxGateway:
    return SandboxGateway("http://testserver")


async def everything_is_there_once(tenant: Tenant) -> None:
    """One charge at the provider, one payment, one paid invoice, one grant, nothing pending."""
    [payment] = await Payment.filter(workspace_id=tenant.key)
    [invoice] = await Invoice.filter(workspace_id=tenant.key)
    assert (payment.status, invoice.status, invoice.amount_paid_cents) == (
        "SUCCEEDED",
        "PAID",
        20_00,
    )
    assert await SandboxCharge.filter(operation_id=payment.id).count() == 1
    lots = await CreditLot.filter(account__workspace_id=tenant.key, source="PLAN")
    assert [lot.granted_mc for lot in lots] == [5_000_000]
    subscription = await Subscription.get(workspace_id=tenant.key).select_related("plan")
    assert (subscription.plan.key, subscription.auto_billing) == ("pay-as-you-go", True)
    assert not await PendingChange.exists(subscription_id=subscription.id)


class SilentGateway(SandboxGateway):
    """A provider that does not answer, before or after it has charged."""

    def __init__(self, *, charges: bool) -> None:
        super().__init__("http://testserver")
        self._charges = charges

    async def charge(self, charge: Charge) -> Outcome:
        if self._charges:
            await super().charge(charge)
        raise GatewayUnavailable("time-out")


@pytest.mark.parametrize("charges", [False, True])
async def test_a_provider_that_does_not_answer_is_asked_again_later(
    operator: Api, charges: bool
) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    command = subscribe_command(acme, given.a_key())
    with pytest.raises(PaymentUnavailable):
        await subscriptions.subscribe(
            command, acme.key, REQUEST, gateway=SilentGateway(charges=charges)
        )
    # nobody knows yet: nothing was given, nothing was called off, and nothing else may begin
    [payment] = await Payment.filter(workspace_id=acme.key)
    assert payment.status == "PENDING"
    answer = await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    assert [error["code"] for error in answer["errors"]] == ["PENDING_CHANGE"]
    # when the repair finds the provider answering, it is as if nothing had happened
    await payments.repair(sandbox(), older_than=timedelta(0))
    await everything_is_there_once(acme)


@pytest.mark.parametrize("charges", [False, True])
async def test_a_repeat_under_the_same_key_takes_the_payment_up_again(
    operator: Api, charges: bool
) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    command = subscribe_command(acme, given.a_key())
    with pytest.raises(PaymentUnavailable):
        await subscriptions.subscribe(
            command, acme.key, REQUEST, gateway=SilentGateway(charges=charges)
        )
    answer = await subscriptions.subscribe(command, acme.key, REQUEST, gateway=sandbox())
    assert answer.refusals == []
    assert answer.collecting is None
    await everything_is_there_once(acme)
    assert await subscriptions.subscribe(command, acme.key, REQUEST, gateway=sandbox()) == answer


async def test_a_payment_that_is_being_made_is_left_alone_for_a_minute(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    with pytest.raises(PaymentUnavailable):
        await subscriptions.subscribe(
            subscribe_command(acme, given.a_key()),
            acme.key,
            REQUEST,
            gateway=SilentGateway(charges=False),
        )
    await payments.repair(sandbox())
    assert (await Payment.get(workspace_id=acme.key)).status == "PENDING"
    await payments.repair(sandbox(), older_than=timedelta(0))


async def test_the_repair_goes_on_after_a_payment_that_it_cannot_help(
    operator: Api, caplog: pytest.LogCaptureFixture
) -> None:
    # given two waiting bank debits; the provider stumbles over the first
    first, second = [await given.a_workspace(operator, card="pm_usBankAccount") for _ in range(2)]
    for tenant in (first, second):
        await tenant.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    stumbling_over = (await Payment.get(workspace_id=first.key)).id

    class Stumbling(SandboxGateway):
        async def find(self, operation_id: UUID, **_: object) -> Outcome | None:
            if operation_id == stumbling_over:
                raise GatewayUnavailable("connection reset")
            return Succeeded("pi_sandbox")

    await payments.repair(Stumbling("http://testserver"), older_than=timedelta(0))
    assert (await Payment.get(workspace_id=first.key)).status == "PROCESSING"
    assert (await Payment.get(workspace_id=second.key)).status == "SUCCEEDED"
    assert f"Payment {stumbling_over} could not be repaired" in caplog.text


async def test_a_provider_that_does_not_answer_about_a_bank_debit_is_asked_again(
    operator: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = await given.a_workspace(operator, card="pm_usBankAccount")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    wanted = {"workspaceId": acme.id, "to": "2026-04-05T00:00:00Z"}
    with monkeypatch.context() as silence:
        silence.setattr(SandboxGateway, "find", does_not_answer)
        refused = await acme.api.do("advanceClock", "now", **wanted)
    assert [error["code"] for error in refused["errors"]] == ["PAYMENT_UNAVAILABLE"]
    await acme.api.do("advanceClock", "now", **wanted)
    await everything_is_there_once(acme)


async def does_not_answer(*_: object, **__: object) -> Outcome:
    raise GatewayUnavailable("time-out")


async def test_two_repairs_and_the_request_itself_settle_a_payment_once(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    command = subscribe_command(acme, given.a_key())
    with pytest.raises(PaymentUnavailable):
        await subscriptions.subscribe(
            command, acme.key, REQUEST, gateway=SilentGateway(charges=True)
        )
    await asyncio.gather(
        payments.repair(sandbox(), older_than=timedelta(0)),
        payments.repair(sandbox(), older_than=timedelta(0)),
        subscriptions.subscribe(command, acme.key, REQUEST, gateway=sandbox()),
    )
    await everything_is_there_once(acme)


async def test_a_second_outcome_of_a_decided_payment_changes_nothing(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    payment = await Payment.get(workspace_id=acme.key)
    again = await payments.settle(payment.id, Succeeded("pi_late"))
    assert again.gateway_reference == f"pi_sandbox_{payment.id}"
    await everything_is_there_once(acme)


@pytest.mark.parametrize("moment", ["before the charge", "after the charge", "after the settling"])
async def test_a_killed_process_leaves_what_the_next_one_completes(
    operator: Api, database_url: str, moment: str
) -> None:
    # given a process that is killed (SIGKILL) in the middle of subscribing
    acme = await given.a_workspace(operator, card="pm_card_visa")
    key = given.a_key()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.services.killed", database_url, str(acme.key), key, moment
    )
    assert await process.wait() == -signal.SIGKILL
    record = await IdempotencyRecord.get(scope=acme.key, key=key)
    assert record.answer is not None
    assert record.answer["collecting"] is not None
    # when the repair runs once, it is all there; and the client's repeat gets its answer
    await payments.repair(sandbox(), older_than=timedelta(0))
    await everything_is_there_once(acme)
    command = subscribe_command(acme, key)
    answer = await subscriptions.subscribe(command, acme.key, REQUEST, gateway=sandbox())
    assert (answer.collecting, answer.refusals) == (None, [])
    await everything_is_there_once(acme)


def kill_this_process(*_: object) -> None:
    """As the kernel would: no exception, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)
