"""Auto-recharge among real processes: servers that take debits, and workers that are killed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.given import FIRST_OF_APRIL
from tests.metering import an_event
from tests.processes import Server, program, serving, until
from tests.program.conftest import execute, value
from tests.program.test_worker import MINUTES_PASS, working

MAKE = """mutation ($clock: DateTime) {
    createWorkspace(input: { name: "Acme", email: "a@b.test", startClockAt: $clock }) {
        workspace { id } apiKey } }"""
PREPARE = """mutation ($used: [UsageEventInput!]!) {
    attachPaymentMethod(input: { token: "pm_card_visa" }) { errors { code } }
    subscribe(input: { plan: "pay-as-you-go" }) { errors { code } }
    recordUsage(input: { events: $used }) { accepted }
    setAutoRecharge(input: { enabled: true }) { errors { code } } }"""
RECORD = """mutation ($events: [UsageEventInput!]!) {
    recordUsage(input: { events: $events, shortfall: OWE }) { accepted } }"""
RECHARGED = "SELECT count(*) FROM credit_lot WHERE source = 'AUTO_RECHARGE'"
STANDS = """{ workspace { creditBalance { available } autoRecharge { chargedThisPeriod { amount } }
    invoices { nodes { reason status total { amount } payments { status } } } } }"""


def used(credits: int) -> list[dict[str, Any]]:
    return [an_event(quantity=str(credits))]


def with_600_credits(server: Server, clock: str | None) -> str:
    """The key of a subscriber with 600 credits left, and auto-recharge below 500."""
    made = server.ask(MAKE, clock=clock)["createWorkspace"]
    key: str = made["apiKey"]
    server.ask(PREPARE, key=key, used=used(5_150))
    return key


def assert_charged_once(server: Server, key: str, *, left: str) -> None:
    found = server.ask(STANDS, key=key)["workspace"]
    recharges = [each for each in found["invoices"]["nodes"] if each["reason"] == "AUTO_RECHARGE"]
    assert recharges == [
        {
            "reason": "AUTO_RECHARGE",
            "status": "PAID",
            "total": {"amount": "5.00"},
            "payments": [{"status": "SUCCEEDED"}],
        }
    ]
    assert found["autoRecharge"] == {"chargedThisPeriod": {"amount": "5.00"}}
    assert found["creditBalance"] == {"available": left}


@pytest.mark.parametrize("clock", [None, FIRST_OF_APRIL], ids=["real time", "own clock"])
async def test_forty_debits_at_two_servers_with_workers_make_one_charge(
    tmp_path: Path, fresh_database: str, clock: str | None
) -> None:
    settings = {"BILLWRIGHT_DATABASE_URL": fresh_database, "BILLWRIGHT_OPERATOR_KEY": "bw_op_test"}
    with (
        serving(tmp_path / "one", **settings) as one,
        serving(tmp_path / "other", **settings) as other,
    ):
        key = with_600_credits(one, clock)
        with ThreadPoolExecutor(40) as clients:
            debits = [
                clients.submit((one, other)[number % 2].ask, RECORD, key=key, events=used(15))
                for number in range(40)
            ]
        assert all(debit.result()["recordUsage"]["accepted"] == 1 for debit in debits)
        until(lambda: value(fresh_database, RECHARGED), one.said)
        assert_charged_once(other, key, left="5000.000")
    assert program("check", BILLWRIGHT_DATABASE_URL=fresh_database).returncode == 0


# What is so when the worker is killed: before, between and after each of its transactions.
MOMENTS = (
    "SELECT EXISTS (SELECT FROM pgqueuer WHERE entrypoint = 'recharge')",
    "SELECT EXISTS (SELECT FROM pgqueuer WHERE entrypoint = 'recharge' AND status = 'picked')",
    "SELECT EXISTS (SELECT FROM invoice WHERE reason = 'AUTO_RECHARGE')",
    "SELECT count(*) = 2 FROM sandbox_charge",
    RECHARGED,
)


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_worker_that_is_killed_anywhere_charges_once(
    tmp_path: Path, fresh_database: str, moment: str
) -> None:
    settings = {"BILLWRIGHT_DATABASE_URL": fresh_database, "BILLWRIGHT_OPERATOR_KEY": "bw_op_test"}
    with serving(tmp_path / "data", **settings, BILLWRIGHT_JOBS="false") as server:
        key = with_600_credits(server, None)
        with working(fresh_database) as worker:
            server.ask(RECORD, key=key, events=used(200))
            until(lambda: value(fresh_database, moment) or value(fresh_database, RECHARGED))
            worker.kill()
        await execute(fresh_database, *MINUTES_PASS)
        with working(fresh_database):
            until(lambda: value(fresh_database, RECHARGED), server.said)
        assert_charged_once(server, key, left="5400.000")
    assert program("check", BILLWRIGHT_DATABASE_URL=fresh_database).returncode == 0
