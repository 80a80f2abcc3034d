"""What is known of a dispute may be old by the time it is booked, and processes may die."""

from __future__ import annotations

import asyncio
import signal
import sys

import pytest

from models.disputes import Dispute, DisputeStatus
from models.payments import Payment
from services import disputes
from services.errors import Forbidden
from services.gateway import GatewayUnavailable, KnownDispute
from services.gateway.sandbox import SandboxGateway
from tests.client import Api
from tests.disputes import bought_for, disputed, last_entries, status_of, won
from tests.given import Tenant
from tests.provider import PROVIDER
from tests.stripe_server import FakeStripe
from tests.top_ups import a_subscriber, available, bought

URL = "http://testserver"


async def a_disputed_purchase(operator: Api) -> tuple[Tenant, Payment, str]:
    acme = await a_subscriber(operator)
    await bought(acme, "10")
    payment = await bought_for(acme, 10)
    return acme, payment, await disputed(payment)


class Delayed(SandboxGateway):
    """Its first answer is on its way while the world goes on."""

    def __init__(self, reference: str) -> None:
        super().__init__(URL)
        self._reference = reference
        self.asked = 0

    async def find_dispute(self, reference: str) -> KnownDispute | None:
        known = await super().find_dispute(reference)
        self.asked += 1
        if self.asked == 1:
            await won(reference)
        return known


async def test_an_answer_that_was_overtaken_is_asked_for_again(operator: Api) -> None:
    acme, payment, reference = await a_disputed_purchase(operator)
    await PROVIDER.simulate_dispute(payment.id, DisputeStatus.UNDER_REVIEW, payment.amount)
    delayed = Delayed(reference)
    # given a worker who has read "under review", and another who books "won" before it
    assert await disputes.find_out(reference, delayed)
    assert delayed.asked == 2
    assert (await status_of(payment), await available(acme)) == ("SUCCEEDED", "15750.000")
    assert await last_entries(acme, 1) == [("REVERSAL", "10000.000", "PURCHASE")]


async def test_a_first_answer_that_was_overtaken_is_asked_for_again(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await bought(acme, "10")
    payment = await bought_for(acme, 10)
    needs_response = DisputeStatus.NEEDS_RESPONSE
    reference = await PROVIDER.simulate_dispute(payment.id, needs_response, payment.amount)
    assert await disputes.find_out(reference, Delayed(reference))
    assert (await status_of(payment), await available(acme)) == ("SUCCEEDED", "15750.000")
    assert await last_entries(acme, 1) == [("GRANT", "10000.000", "PURCHASE")]


async def test_the_repair_goes_on_after_a_dispute_that_nobody_answers_for(
    operator: Api, caplog: pytest.LogCaptureFixture
) -> None:
    _, payment, reference = await a_disputed_purchase(operator)
    _, another, second = await a_disputed_purchase(operator)
    for each in (payment, another):
        await PROVIDER.simulate_dispute(each.id, DisputeStatus.LOST, each.amount)

    class Stumbling(SandboxGateway):
        async def find_dispute(self, asked: str) -> KnownDispute | None:
            if asked == reference:
                raise GatewayUnavailable("connection reset")
            return await super().find_dispute(asked)

    await disputes.repair(Stumbling(URL))
    found = {
        row.gateway_reference: row
        for row in await Dispute.filter(gateway_reference__in=[reference, second])
    }
    assert (found[reference].status, found[second].status) == ("NEEDS_RESPONSE", "LOST")
    assert f"Dispute {found[reference].id} could not be repaired" in caplog.text
    assert await disputes.undecided_count() >= 1


async def test_with_stripe_disputes_are_not_simulated(operator: Api, stripe: FakeStripe) -> None:
    _, payment, _ = await a_disputed_purchase(operator)
    gateway = stripe.gateway()
    with pytest.raises(Forbidden, match="here payers make them"):
        await disputes.simulate(payment.id, DisputeStatus.WON, None, gateway=gateway)
    await gateway.close()
    assert await status_of(payment) == "DISPUTED"


@pytest.mark.parametrize("moment", ["before it is booked", "while it is booked"])
async def test_a_killed_process_leaves_what_the_next_one_books(
    operator: Api, database_url: str, moment: str
) -> None:
    acme, payment, reference = await a_disputed_purchase(operator)
    await PROVIDER.simulate_dispute(payment.id, DisputeStatus.WON, payment.amount)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.services.killed_disputing", database_url, reference, moment),
    )
    assert await process.wait() == -signal.SIGKILL
    assert (await status_of(payment), await available(acme)) == ("DISPUTED", "5750.000")
    for _ in range(2):
        await disputes.find_out(reference, PROVIDER)
        assert (await status_of(payment), await available(acme)) == ("SUCCEEDED", "15750.000")
