"""Whatever dies or is silent while a balance is recharged: one charge, one payment, one grant."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from models.credits import CreditLot
from models.invoices import Invoice
from models.payments import Payment
from services import due_work, payments
from services.check import check_books
from services.gateway import Declined, Succeeded
from tests.client import Api
from tests.given import Tenant
from tests.provider import PROVIDER
from tests.services.killed_recharging import MOMENTS
from tests.services.test_faults import CHARGE, SILENCES, answers_twice
from tests.stripe_server import FakeStripe
from tests.top_ups import a_low_one, available, blocked_by, recharges, use, worker_works


async def by_repair(_: Tenant) -> None:
    """The worker asks about every payment that nobody decided."""
    await payments.repair(PROVIDER, older_than=timedelta(0))


async def by_the_job(tenant: Tenant) -> None:
    """The queue gives the job of a worker that is missed to another."""
    await due_work.catch_up(tenant.key, PROVIDER)


async def by_the_clock(tenant: Tenant) -> None:
    """Time goes on, and collects first what is open."""
    done = await tenant.api.do(
        "advanceClock", "now", workspaceId=tenant.id, to="2026-04-02T00:00:00Z"
    )
    assert done["errors"] == []


RECOVERIES = [by_repair, by_the_job, by_the_clock]


@pytest.fixture(params=["sandbox", "stripe"])
async def stripe_url(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """Where Stripe is, if that is asked; nothing when it is the sandbox."""
    if request.param == "sandbox":
        yield ""
        return
    stripe: FakeStripe = request.getfixturevalue("stripe")
    await PROVIDER.turn_to(stripe)
    yield stripe.url
    await PROVIDER.turn_back()


async def everything_is_there_once(tenant: Tenant) -> None:
    """One charge at the provider, one payment, one paid invoice, one grant."""
    [invoice] = await Invoice.filter(workspace_id=tenant.key, reason="AUTO_RECHARGE")
    [payment] = await Payment.filter(invoice_id=invoice.id)
    assert (payment.status, invoice.status) == ("SUCCEEDED", "PAID")
    assert await PROVIDER.charges_of(payment) == 1
    [lot] = await CreditLot.filter(account__workspace_id=tenant.key, source="AUTO_RECHARGE")
    assert (lot.granted_mc, lot.invoice_id) == (5_000_000, invoice.id)
    assert await available(tenant) == "5400.000"
    assert [finding for finding in await check_books() if finding.violations] == []


@pytest.mark.parametrize("recovers", RECOVERIES, ids=lambda recovers: recovers.__name__)
@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_killed_worker_leaves_what_the_next_one_completes(
    operator: Api,
    database_url: str,
    stripe_url: str,
    moment: str,
    recovers: Callable[[Tenant], Awaitable[None]],
) -> None:
    acme = await a_low_one(operator)
    await use(acme, 200)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.services.killed_recharging",
        database_url,
        stripe_url,
        str(acme.key),
        moment,
    )
    assert await process.wait() == -signal.SIGKILL
    await recovers(acme)
    # what was not even billed has no payment to repair: the job that is still there does it
    await worker_works(acme)
    await everything_is_there_once(acme)
    # and it looks out again
    await use(acme, 5_000)
    assert await worker_works(acme) == 1
    assert len(await recharges(acme)) == 2


@pytest.mark.parametrize("recovers", RECOVERIES, ids=lambda recovers: recovers.__name__)
@pytest.mark.parametrize("fault", SILENCES, ids=lambda fault: fault.__name__)
async def test_a_silence_leaves_one_charge_to_be_found_out(
    operator: Api, fault: Callable[..., Any], recovers: Callable[[Tenant], Awaitable[None]]
) -> None:
    acme = await a_low_one(operator)
    await use(acme, 100)
    with patch(CHARGE, fault):
        await use(acme, 50)
        try:
            assert await worker_works(acme) == 1
        except LookupError:
            assert SILENCES[fault] == "INTERNAL"
        # as long as nobody knows, nobody is charged besides
        await use(acme, 50)
        assert (await worker_works(acme), await recharges(acme)) == (0, [("OPEN", 5_00)])
    await recovers(acme)
    await everything_is_there_once(acme)


async def test_a_silence_that_ends_in_a_decline_blocks(operator: Api) -> None:
    acme = await a_low_one(operator, card="pm_card_chargeCustomerFail")
    with patch(CHARGE, next(iter(SILENCES))):
        await use(acme, 200)
        await worker_works(acme)
        assert await blocked_by(acme) is None
    await payments.repair(PROVIDER, older_than=timedelta(0))
    assert (await blocked_by(acme), await recharges(acme)) == (
        "PAYMENT_DECLINED",
        [("VOID", 5_00)],
    )


async def test_an_answer_that_comes_twice_counts_once(operator: Api) -> None:
    acme = await a_low_one(operator)
    await use(acme, 200)
    with patch(CHARGE, answers_twice):
        await worker_works(acme)
    [payment] = await Payment.filter(workspace_id=acme.key, invoice__reason="AUTO_RECHARGE")
    for late in (Declined(None, "card_declined"), Succeeded("pi_another")):
        await payments.settle(payment.id, late)
    assert await blocked_by(acme) is None
    await everything_is_there_once(acme)


async def test_what_is_rolled_back_wants_nothing(operator: Api) -> None:
    # given a debit whose transaction fails after the low balance was noted
    acme = await a_low_one(operator)
    with (
        patch("services.usage.balance_view", side_effect=LookupError("no answer")),
        pytest.raises(AssertionError),
    ):
        await use(acme, 200)
    assert (await available(acme), await worker_works(acme)) == ("600.000", 0)
    await use(acme, 200)
    assert await worker_works(acme) == 1
    await everything_is_there_once(acme)


async def test_debits_and_workers_at_the_same_time(operator: Api) -> None:
    # given twenty debits of 100 on 600 credits, while four workers look again and again
    acme = await a_low_one(operator)

    async def a_worker() -> None:
        for _ in range(5):
            await due_work.catch_up(acme.key, PROVIDER)

    await asyncio.gather(
        *(use(acme, 100, shortfall="OWE") for _ in range(20)), *(a_worker() for _ in range(4))
    )
    await by_the_job(acme)
    assert (await recharges(acme), await available(acme)) == ([("PAID", 5_00)], "3600.000")
    assert [finding for finding in await check_books() if finding.violations] == []
