"""How long does a year's usage report take at ten million events?

    python -m bench.reports [--quick | --large]

Makes the events of one very large workspace and of many small ones, asks for every kind of report
of the large one, and compares each with the ledger. README.md: how to read it.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from uuid import UUID

import asyncpg
import psutil
import uvloop
from tortoise import connections

from bench import data, programs, usage_history
from bench.data import BrokenBooks
from bench.tenants import NOW
from billwright import database
from billwright.settings import Settings
from models.usage import UsageDimension, UsageGrain
from services import catalog
from services.api_keys import open_keyring
from services.errors import InvalidInput
from services.price_list_file import load
from services.usage_questions import ReportRequest, UsageFilter
from services.usage_reports import reports

ZONES = ("UTC", "America/New_York", "Asia/Kolkata")
GROUPINGS = (
    (),
    *((dimension,) for dimension in UsageDimension),
    (UsageDimension.METER, UsageDimension.MODEL),
    (UsageDimension.CLIENT, UsageDimension.METER),
)
AGENT = UsageFilter(agent_ids=("agent-0-0",))


@dataclass(frozen=True)
class Form:
    """How much there is, and how often each report is asked for."""

    events: int
    workspaces: int
    rounds: int


QUICK = Form(100_000, 100, 2)
LARGE = Form(10_000_000, 1_000, 5)


def main() -> None:
    """The command."""
    description = (__doc__ or "").split("\n", maxsplit=1)[0]
    parser = argparse.ArgumentParser(prog="bench.reports", description=description)
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--quick", action="store_true", help="half a minute (the default)")
    forms.add_argument("--large", action="store_true", help="ten million events: half an hour")
    form = LARGE if parser.parse_args().large else QUICK
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what we started is stopped
    with programs.postgres() as (url, postgres):
        try:
            uvloop.run(_run(form, url, postgres))
        except BrokenBooks as failure:
            sys.exit(f"The run failed: {failure}")


async def _run(form: Form, url: str, postgres: psutil.Process) -> None:
    await database.migrate(url)
    async with database.connected(url, pool_size=2):
        await catalog.publish(load(Settings.model_fields["catalog"].default))
        keyring = await open_keyring(programs.SECRET)
        tenants = await data.generate(url, keyring, form.workspaces)
        connection = await asyncpg.connect(**database.connection_arguments(url))
        try:
            await usage_history.generate(connection, form.workspaces, form.events)
            await usage_history.sum_up(connection, tenants[0].id)
        finally:
            await connection.close()
        if form is QUICK:
            await data.assert_clean()
        print(f"{form.events:,} events, {form.events * usage_history.LARGE_SHARE:,.0f} of them")
        print("of the workspace that is reported: a year, by...")
        print("  ms (median)  PostgreSQL CPU ms  buckets")
        paid_mc = await _paid_mc(tenants[0].id)
        for request in _requests():
            await _measure(form, tenants[0].id, request, postgres, paid_mc)


def _requests() -> Iterator[ReportRequest]:
    start, end = usage_history.START, NOW
    for zone in ZONES:
        for grain in UsageGrain:
            for group in GROUPINGS:
                yield ReportRequest(start, end, grain, group, UsageFilter(), zone)
        yield ReportRequest(start, end, UsageGrain.DAY, (UsageDimension.METER,), AGENT, zone)


async def _measure(
    form: Form,
    workspace_id: UUID,
    request: ReportRequest,
    postgres: psutil.Process,
    paid_mc: int,
) -> None:
    times, before = [], programs.cpu_seconds(postgres)
    found = "refused"
    for _ in range(form.rounds):
        started = time.perf_counter()
        try:
            report = (await reports([workspace_id], request))[workspace_id]
            found = f"{len(report.buckets):,}"
        except InvalidInput:
            report = None
        times.append((time.perf_counter() - started) * 1e3)
        total_mc = report.total.millicredits if report and not request.filter.agent_ids else paid_mc
        if total_mc != paid_mc:
            raise BrokenBooks(f"a report says {total_mc} mc, the ledger {paid_mc} mc")
    cpu_ms = (programs.cpu_seconds(postgres) - before) / form.rounds * 1e3
    names = " and ".join(dimension.value.lower() for dimension in request.group_by)
    only = ", one agent" if request.filter.agent_ids else ""
    print(
        f"{median(times):13.0f} {cpu_ms:18.0f} {found:>8}  {request.time_zone} "
        f"{request.grain.value.lower()} {names}{only}"
    )


async def _paid_mc(workspace_id: UUID) -> int:
    """What the ledger took for usage."""
    [row] = await connections.get("default").execute_query_dict(
        "SELECT sum(amount_mc) AS sum FROM credit_transfer t JOIN credit_account a "
        "ON a.id = t.holder_id WHERE a.workspace_id = $1 AND usage_event_id IS NOT NULL",
        [workspace_id],
    )
    return int(row["sum"])


if __name__ == "__main__":
    main()
