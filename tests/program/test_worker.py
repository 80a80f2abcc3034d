"""Workers as real processes: what is due is done, whoever is killed, and whenever."""

from __future__ import annotations

import asyncio
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx2
import pytest
from pgqueuer import PgQueuer
from pgqueuer.db import AsyncpgDriver
from pgqueuer.errors import FailingListenerError
from pgqueuer.queries import Queries

from bench import due
from billwright import worker
from services import due_work
from services.carrier.sandbox import SandboxCarrier
from services.jobs import Job
from tests.processes import PROGRAM, environment_of, program, serving, until
from tests.program.conftest import execute, value
from tests.provider import PROVIDER

SUBSCRIPTIONS = 200
# What is so when the worker is killed: before, between and after each of its transactions.
MOMENTS = (
    "SELECT true",
    "SELECT EXISTS (SELECT FROM pgqueuer WHERE status = 'picked')",
    "SELECT EXISTS (SELECT FROM invoice WHERE reason = 'RENEWAL')",
    "SELECT count(*) >= 1 FROM sandbox_charge",
    "SELECT count(*) >= 50 FROM sandbox_charge",
    "SELECT count(*) >= 150 FROM sandbox_charge",
    "SELECT count(*) = 200 FROM sandbox_charge",
    "SELECT count(*) > 200 FROM payment WHERE status = 'SUCCEEDED'",
    "SELECT count(*) > 250 FROM credit_lot",
    "SELECT count(*) > 350 FROM credit_lot",
)
# What was left half done, and who did it, is old enough to be taken up.
MINUTES_PASS = (
    (
        "UPDATE subscription SET due_at = due_at - interval '3 minutes' WHERE due_at > now() "
        "AND due_at < now() + interval '3 minutes'"
    ),
    "UPDATE payment SET created_at = created_at - interval '3 minutes' WHERE status = 'PENDING'",
    "UPDATE phone_number SET created_at = created_at - interval '3 minutes'",
    "UPDATE pgqueuer SET heartbeat = heartbeat - interval '3 minutes'",
    (
        "UPDATE pgqueuer_schedules SET heartbeat = heartbeat - interval '3 minutes', "
        "next_run = now() - interval '1 second'"
    ),
)
RENEWED = "SELECT count(*) FROM invoice WHERE reason = 'RENEWAL' AND status = 'PAID'"


@contextmanager
def working(database_url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker, stopped at the end if it still runs."""
    environment = environment_of({"BILLWRIGHT_DATABASE_URL": database_url})
    process = subprocess.Popen([PROGRAM, "worker"], env=environment, start_new_session=True)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()


async def filled(database_url: str, count: int) -> None:
    connection = await asyncpg.connect(database_url)
    await due.fill(connection, count)
    await connection.close()


async def assert_renewed_once(database_url: str, count: int) -> None:
    connection = await asyncpg.connect(database_url)
    await due.assert_renewed(connection, count)
    charges = await connection.fetchval("SELECT count(*) FROM sandbox_charge")
    await connection.close()
    assert charges == count


async def test_a_worker_that_is_killed_anywhere_loses_nothing_and_charges_nothing_twice(
    fresh_database: str,
) -> None:
    await filled(fresh_database, SUBSCRIPTIONS)
    for moment in MOMENTS:
        with working(fresh_database) as worker:
            until(lambda moment=moment: value(fresh_database, moment))  # type: ignore[misc]
            worker.kill()
        await execute(fresh_database, *MINUTES_PASS)
    with working(fresh_database) as one, working(fresh_database) as other:
        until(lambda: value(fresh_database, RENEWED) == SUBSCRIPTIONS)
        for worker in (one, other):
            worker.send_signal(signal.SIGTERM)
            # the latter two if it was still starting
            assert worker.wait(30) in (0, 130, -signal.SIGTERM)
    await assert_renewed_once(fresh_database, SUBSCRIPTIONS)
    checked = program("check", BILLWRIGHT_DATABASE_URL=fresh_database)
    assert checked.returncode == 0, checked


async def test_serve_is_a_worker_too_and_tells_how_far_behind_it_is(
    tmp_path: Path, fresh_database: str
) -> None:
    await filled(fresh_database, 3)
    settings = {"BILLWRIGHT_DATABASE_URL": fresh_database, "BILLWRIGHT_OPERATOR_KEY": "bw_op_test"}
    with serving(tmp_path / "data", **settings, BILLWRIGHT_JOBS="false") as server:
        lines = httpx2.get(f"{server.url}/metrics").text.splitlines()
        assert "billwright_due_subscriptions 3.0" in lines
        (lag,) = [line for line in lines if line.startswith("billwright_due_lag_seconds ")]
        assert 0 < float(lag.split()[1]) < 3600
        assert "billwright_undecided_payments 0.0" in lines
        assert "billwright_undecided_phone_numbers 0.0" in lines
        assert 'billwright_failed_jobs_last_hour{job="renewals"} 0.0' in lines
    assert value(fresh_database, RENEWED) == 0
    with serving(tmp_path / "data", **settings) as server:
        until(lambda: value(fresh_database, RENEWED) == 3, server.said)
        until(
            lambda: "billwright_due_subscriptions 0.0" in httpx2.get(f"{server.url}/metrics").text
        )
    await assert_renewed_once(fresh_database, 3)


SOLD_SILENTLY = "+19075550199"  # docs/sandbox.md
BUY = """mutation ($of: ID!, $number: PhoneNumberValue!) {
    buyPhoneNumber(input: { workspaceId: $of, number: $number }) { errors { code } } }"""
PREPARE = """mutation ($of: ID!) {
    attachPaymentMethod(input: { workspaceId: $of, token: "pm_card_visa" }) { errors { code } }
    subscribe(input: { workspaceId: $of, plan: "pay-as-you-go",
                       addOns: [{ addOn: "phone-number", quantity: 1 }] }) { errors { code } } }"""
NUMBERS = "query ($of: ID!) { workspace(id: $of) { phoneNumbers { nodes { id number } } } }"


async def test_a_worker_finds_out_about_orders_and_tells_the_carrier_of_releases(
    tmp_path: Path, fresh_database: str
) -> None:
    with working(fresh_database):
        until(lambda: value(fresh_database, "SELECT count(*) > 1 FROM pgqueuer_schedules"))
    settings = {"BILLWRIGHT_DATABASE_URL": fresh_database, "BILLWRIGHT_OPERATOR_KEY": "bw_op_test"}
    with serving(tmp_path / "data", **settings, BILLWRIGHT_JOBS="false") as server:

        def undecided() -> str:
            lines = httpx2.get(f"{server.url}/metrics").text.splitlines()
            return next(line for line in lines if line.startswith("billwright_undecided_phone"))

        # given a number that was sold, of which the carrier has said nothing
        made = server.ask(
            'mutation { createWorkspace(input: { name: "Acme", email: "a@b.test" }) '
            "{ workspace { id } } }"
        )
        acme = made["createWorkspace"]["workspace"]["id"]
        server.ask(PREPARE, of=acme)
        answer = server.ask(BUY, of=acme, number=SOLD_SILENTLY)
        assert answer["buyPhoneNumber"]["errors"] == [{"code": "CARRIER_UNAVAILABLE"}]
        assert undecided() == "billwright_undecided_phone_numbers 1.0"
        # then a worker asks the carrier, some minutes later
        await execute(fresh_database, *MINUTES_PASS)
        with working(fresh_database):
            until(lambda: server.ask(NUMBERS, of=acme)["workspace"]["phoneNumbers"]["nodes"])
        # and tells it of a number that was released without its knowledge
        await execute(
            fresh_database,
            "UPDATE phone_number SET released_at = now(), is_to_be_returned = true",
            *MINUTES_PASS,
        )
        assert undecided() == "billwright_undecided_phone_numbers 1.0"
        with working(fresh_database):
            until(lambda: undecided() == "billwright_undecided_phone_numbers 0.0")
    resting = "SELECT count(*) FROM sandbox_number WHERE rests_until > now() + interval '6 days'"
    assert value(fresh_database, resting) == 1


async def test_a_dry_run_says_what_would_be_billed_and_writes_nothing(fresh_database: str) -> None:
    await filled(fresh_database, 3)
    await execute(
        fresh_database,
        "UPDATE subscription SET auto_billing = false WHERE id = md5('subscription1')::uuid",
        "UPDATE subscription SET cancel_at_period_end = true WHERE id = md5('subscription2')::uuid",
    )
    where = {"BILLWRIGHT_DATABASE_URL": fresh_database}
    said = program("renew", "--dry-run", **where)
    assert said.returncode == 0, said
    assert [line.split() for line in said.stdout.splitlines()] == [
        ["1", "renewals", "charged,", "$50.00"],
        ["1", "renewals", "to", "be", "paid", "by", "hand,", "$50.00"],
        ["1", "subscriptions", "end,", "$0.00"],
    ]
    assert value(fresh_database, "SELECT count(*) FROM invoice") == 3
    assert (
        program("renew", "--dry-run", "--at", "2020-01-01", **where).stdout == "Nothing is due.\n"
    )
    refused = program("renew", "--at", "2099-01-01", **where)
    assert refused.returncode == 2
    done = program("renew", **where)
    assert done.stdout == "3 workspaces are up to date; 1 renewals were done in batches.\n"
    assert value(fresh_database, "SELECT count(*) FROM invoice") == 5


@pytest.mark.parametrize("fault", [FailingListenerError(), RuntimeError("tables are missing")])
async def test_a_worker_that_fails_once_begins_anew(
    fresh_database: str, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    # given a worker whose question whether it is heard is once answered too late, or worse
    stop, beginnings = asyncio.Event(), iter([fault, None])

    async def begins(queue: PgQueuer, stop: asyncio.Event) -> None:
        if failure := next(beginnings):
            raise failure
        stop.set()

    monkeypatch.setattr(worker, "_run_until_stopped", begins)
    monkeypatch.setattr(worker, "RESTART_AFTER_SECONDS", 0)
    # then it does not end before it is told to
    await worker.run(fresh_database, PROVIDER, SandboxCarrier(), stop)
    assert next(beginnings, "no more") == "no more"


async def test_a_worker_that_is_stopped_does_not_wait_for_ever_for_what_is_under_way(
    fresh_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, was_cut_off = asyncio.Event(), asyncio.Event()

    async def nothing() -> int:
        return 0

    async def never_ends(*_: object) -> int:
        stop.set()
        try:
            await asyncio.Event().wait()
        finally:
            was_cut_off.set()
        return 0

    # given a job whose provider is silent
    monkeypatch.setattr(due_work, "share_out", nothing)
    monkeypatch.setattr(due_work, "catch_up", never_ends)
    monkeypatch.setattr(worker, "FINISH_WITHIN_SECONDS", 0.1)
    connection = await asyncpg.connect(fresh_database)
    try:
        await Queries(AsyncpgDriver(connection)).enqueue(Job.WORKSPACE, uuid4().hex.encode())
    finally:
        await connection.close()
    working = asyncio.create_task(worker.run(fresh_database, PROVIDER, SandboxCarrier(), stop))
    done, _ = await asyncio.wait([working], timeout=30)
    assert done
    working.result()
    assert was_cut_off.is_set()


def test_a_worker_without_a_database_says_so(tmp_path: Path) -> None:
    refused = program("worker", BILLWRIGHT_DATA_DIR=str(tmp_path / "data"))
    assert refused.returncode == 1
    assert refused.stderr.startswith("There is no database in ")
