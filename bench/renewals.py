"""How fast are renewals, measured against the same rows written by two SQL statements?

    python -m bench.renewals [--quick | --full]

Starts all that it needs, prints ratios, keeps every turn in bench/results/. README.md: what is
measured and how to read it.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import psutil
import uvloop

from bench import due, machine, programs, statements
from bench.data import BrokenBooks, assert_clean
from bench.equality import Different
from bench.programs import ROOT, NotStarted
from bench.renewals_report import Report, Turn
from bench.renewing import BY_ROW, CHARGED, JOB, LIMIT, ONE, TWO, renew
from bench.statements import Sent
from billwright import database
from billwright.settings import Settings
from models.sellers import Seller
from services import catalog, sellers
from services.api_keys import open_keyring
from services.price_list_file import load
from services.renewal_batches import BATCH_SIZE, BEGINNING, DUE
from tests.postgres import at_database

RESULTS = Path(__file__).parent / "results"
INDEX = "subscription_due"


@dataclass(frozen=True)
class Form:
    """How many subscriptions are due, and how often each way has its turn."""

    name: str
    sizes: Sequence[int]
    charged_max: int  # charges take their time; more of them would tell nothing new
    by_row: int  # so many tell how slow the slow way is
    rounds: int


QUICK = Form("quick", (500, 1_500), charged_max=500, by_row=50, rounds=2)
FULL = Form("full", (1_000, 10_000, 100_000), charged_max=10_000, by_row=300, rounds=3)


def main() -> None:
    """The command."""
    description = (__doc__ or "").split("\n")[0]
    parser = argparse.ArgumentParser(prog="bench.renewals", description=description)
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--quick", action="store_true", help="half a minute (the default)")
    forms.add_argument("--full", action="store_true", help="the form whose numbers may be quoted")
    form = FULL if parser.parse_args().full else QUICK
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what we started is stopped
    try:
        report = run(form)
    except (BrokenBooks, Different, NotStarted) as failure:
        sys.exit(f"The run failed, nothing was measured. {type(failure).__name__}: {failure}")
    print(report.text())
    path = RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-renewals-{form.name}.json"
    report.write(path)
    print(f"every turn: {path.relative_to(ROOT)}")


def run(form: Form) -> Report:
    """Everything, in order; whatever was started ends with it."""
    with (
        tempfile.TemporaryDirectory(prefix="billwright-bench-") as folder,
        programs.postgres() as (url, postgres),
    ):
        contest = Contest(form, url, postgres)
        uvloop.run(contest.prepare())
        turns = uvloop.run(contest.run())
        version = uvloop.run(_version(url))
        facts = machine.facts(Path(folder), version)
        return Report(form.name, facts, contest.invariants, INDEX, turns)


class Contest:
    """Every way in turn on the same subscriptions, on a fresh copy of their database each time."""

    def __init__(self, form: Form, url: str, postgres: psutil.Process) -> None:
        self._form, self._url, self._postgres = form, url, postgres
        self._limits: dict[int, dict[str, due.Written]] = {}
        self.invariants = 0

    async def prepare(self) -> None:
        """A database per size, of which each turn gets a copy."""
        await database.migrate(self._url)
        async with database.connected(self._url, pool_size=2):
            await catalog.publish(load(Settings.model_fields["catalog"].default))
            await open_keyring(programs.SECRET)
            await sellers.publish(Seller())
        for size in (self._form.by_row, *self._form.sizes):
            await self._copy("billwright", _template(size))
            template = at_database(self._url, _template(size))
            connection = await _connect(template)
            try:
                await due.fill(connection, size)
                await connection.execute("VACUUM (ANALYZE)")
            finally:
                await connection.close()
        await self._assert_found_by_index(template)

    async def run(self) -> list[Turn]:
        """All turns of all rounds; the order is reversed from round to round (ABBA)."""
        for size in (self._form.by_row, *self._form.sizes):  # the rows that all others must write
            await self._turn(LIMIT, size, -1)
        turns = []
        for number in range(self._form.rounds):
            turns.append(await self._turn(BY_ROW, self._form.by_row, number))
            for size in self._form.sizes:
                for way in self._ways(size)[:: 1 if number % 2 == 0 else -1]:
                    turns.append(await self._turn(way, size, number))  # noqa: PERF401
        return turns

    def _ways(self, size: int) -> Sequence[str]:
        ways = (LIMIT, JOB, ONE, TWO)
        return (*ways, CHARGED) if size <= self._form.charged_max else ways

    async def _turn(self, way: str, size: int, number: int) -> Turn:
        await self._copy(_template(size), "turn")
        copy = at_database(self._url, "turn")
        work = await renew(way, copy, self._postgres)
        await self._assert_exact(way, size, copy)
        await _execute(self._url, "DROP DATABASE turn WITH (FORCE)")
        return Turn(way, size, number, work)

    async def _copy(self, template: str, name: str) -> None:
        await _execute(self._url, f"CREATE DATABASE {name} TEMPLATE {template}")
        await _execute(self._url, "CHECKPOINT")

    async def _assert_exact(self, way: str, size: int, copy: str) -> None:
        """Each renewed once, the same rows as the limit's, and clean books."""
        connection = await _connect(copy)
        try:
            await due.assert_renewed(connection, size)
            written = await due.written(connection)
        finally:
            await connection.close()
        due.assert_same(way, written, self._limits.setdefault(size, written))
        async with database.connected(copy, pool_size=2):
            self.invariants = await assert_clean()

    async def _assert_found_by_index(self, url: str) -> None:
        cursor = BEGINNING.due_at, BEGINNING.subscription_id
        (plan,) = await statements.plans_of(
            url, [Sent(DUE, (datetime.now(UTC), *cursor, BATCH_SIZE))]
        )
        if plan.indexes != {INDEX} or plan.big_scans:
            raise Different(f"what is due is not found by {INDEX} alone: {plan.root}")


def _template(size: int) -> str:
    return f"due_{size}"


async def _version(url: str) -> str:
    connection = await _connect(url)
    try:
        return str(await connection.fetchval("SHOW server_version"))
    finally:
        await connection.close()


async def _execute(url: str, sql: str) -> None:
    """On the server, next to the databases that are copied: they let nobody in meanwhile."""
    connection = await _connect(at_database(url, "postgres"))
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


async def _connect(url: str) -> asyncpg.Connection:
    return await asyncpg.connect(**database.connection_arguments(url))


if __name__ == "__main__":
    main()
