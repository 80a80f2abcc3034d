"""What is due is found, shared out and done, whoever is killed meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime

from tortoise import connections

from models.invoices import Invoice
from models.subscriptions import Subscription
from services import due_work
from services.gateway.sandbox import SandboxGateway
from tests import given
from tests.client import Api
from tests.services.test_renewal_batches import a_due_subscriber

GATEWAY = SandboxGateway("http://testserver")


async def waiting(job: str) -> list[str]:
    rows = await connections.get("default").execute_query_dict(
        "SELECT payload FROM pgqueuer WHERE entrypoint = $1 AND status = 'queued' ORDER BY id",
        [job],
    )
    return [row["payload"].decode() for row in rows]


async def test_what_is_no_plain_renewal_is_queued_once_by_workspace(operator: Api) -> None:
    plain, by_hand = [await a_due_subscriber(operator) for _ in range(2)]
    await by_hand.api.do("setAutoBilling", "errors { code }", enabled=False)
    for _ in range(2):
        await due_work.share_out()
    queued = await waiting("workspace")
    assert queued.count(str(by_hand.key)) == 1
    assert str(plain.key) not in queued
    assert await waiting("renewals") == [str(number) for number in range(8)]


async def test_a_workspace_with_a_clock_of_its_own_is_not_the_workers(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa", clock="2020-01-01T00:00:00Z")
    await acme.api.do("subscribe", "errors { code }", plan="pay-as-you-go")
    assert (await Subscription.get(workspace_id=acme.key)).due_at is None


async def test_the_backlog_is_counted_from_its_oldest(operator: Api) -> None:
    acme = await a_due_subscriber(operator, months=2)
    oldest = (await Subscription.get(workspace_id=acme.key)).due_at
    backlog = await due_work.backlog()
    assert backlog.subscriptions >= 1
    assert backlog.since is not None
    assert oldest is not None
    assert backlog.since <= oldest


async def test_paid_by_hand_the_renewal_is_open_for_a_week(operator: Api) -> None:
    acme = await a_due_subscriber(operator)
    await acme.api.do("setAutoBilling", "errors { code }", enabled=False)
    await due_work.catch_up(acme.key, GATEWAY)
    renewal = await Invoice.get(workspace_id=acme.key, reason="RENEWAL")
    assert (renewal.status, (renewal.due_at - renewal.issued_at).days) == ("OPEN", 7)
    due_at = (await Subscription.get(workspace_id=acme.key)).due_at
    assert due_at == renewal.due_at
    assert due_at > datetime.now(UTC)
