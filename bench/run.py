"""How fast is the billing page, measured against what database and server can do?

    python -m bench.run [--quick | --full]

Starts all that it needs, prints ratios, keeps every slice in bench/results/. README.md: how to
read it.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import asyncpg
import orjson
import psutil
import uvloop

from bench import data, machine, programs, statements
from bench.client import BadAnswer, Endpoint, ask, press
from bench.data import BrokenBooks
from bench.equality import Different, assert_same
from bench.programs import ROOT, NotStarted, Program
from bench.report import FirstRequest, Measured, Report
from bench.slices import LIMIT, OURS, Contest, memory_course
from bench.tenants import Tenant
from billwright import database
from billwright.settings import Settings
from services import catalog
from services.api_keys import open_keyring
from services.price_list_file import load

RESULTS = Path(__file__).parent / "results"
FIRST_REQUESTS = 15


@dataclass(frozen=True)
class Form:
    """How much of everything."""

    name: str
    workspaces: int
    compared: int
    rounds: int
    slice_seconds: float
    memory_mix: Mapping[str, int]


QUICK = Form("quick", 150, 50, 3, 0.7, {"page": 100, "small": 1_900})
FULL = Form("full", 10_000, 300, 7, 2.0, {"page": 2_500, "small": 7_500})


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="bench.run", description=(__doc__ or "").split("\n")[0])
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--quick", action="store_true", help="half a minute (the default)")
    forms.add_argument("--full", action="store_true", help="the form whose numbers may be quoted")
    form = FULL if parser.parse_args().full else QUICK
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what we started is stopped
    try:
        report = run(form)
    except (BadAnswer, BrokenBooks, Different, NotStarted) as failure:
        sys.exit(f"The run failed, nothing was measured. {type(failure).__name__}: {failure}")
    print(report.text())
    path = RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{form.name}.json"
    report.write(path)
    print(f"every slice: {path.relative_to(ROOT)}")


def run(form: Form) -> Report:
    """Everything, in order; whatever was started ends with it."""
    with (
        tempfile.TemporaryDirectory(prefix="billwright-bench-") as name,
        programs.postgres() as (url, postgres),
    ):
        folder, bodies = Path(name), documents()
        tenants = uvloop.run(_prepare(url, form.workspaces))
        plans = {query: uvloop.run(_plans(url, body, tenants)) for query, body in bodies.items()}
        with programs.server(url, folder) as ours, programs.limit(url, folder) as limit:
            measured = uvloop.run(
                _measure(form, {OURS: ours, LIMIT: limit}, postgres, bodies, tenants)
            )
        invariants, version = uvloop.run(_conclude(url))
        facts = machine.facts(folder, version)
    return Report(form.name, facts, len(tenants), invariants, plans, measured)


def documents() -> dict[str, bytes]:
    """What clients send: the example that shows a whole billing page, and a small query."""
    (page,) = ROOT.glob("examples/operations/*-billing-page.graphql")
    files = {"page": page, "small": Path(__file__).with_name("small.graphql")}
    return {query: _body(file.read_text()) for query, file in files.items()}


def _body(document: str) -> bytes:
    return orjson.dumps({"query": document})


async def _prepare(url: str, workspaces: int) -> list[Tenant]:
    """A migrated database with its price list, full of workspaces, and the limit's functions."""
    await database.migrate(url)
    async with database.connected(url, pool_size=2):
        await catalog.publish(load(Settings.model_fields["catalog"].default))
        keyring = await open_keyring(programs.SECRET)
        tenants = await data.generate(url, keyring, workspaces)
        await data.assert_clean()
    await _execute(url, (ROOT / "bench/limits/functions.sql").read_text())
    return tenants


async def _plans(url: str, body: bytes, tenants: Sequence[Tenant]) -> list[statements.Plan]:
    with_every_statement = next(tenant for tenant in tenants if tenant.fate == "changing")
    sent = await statements.sent_by(url, body, with_every_statement.key)
    return await statements.plans_of(url, sent)


async def _measure(
    form: Form,
    running: Mapping[str, Program],
    postgres: psutil.Process,
    bodies: Mapping[str, bytes],
    tenants: Sequence[Tenant],
) -> Measured:
    endpoints = _endpoints(running, bodies)
    await _assert_same(endpoints, tenants, form.compared)
    key = tenants[0].key
    sizes = {query: len(await ask(endpoints[OURS, query], key)) for query in bodies}
    firsts = [await _first_request(endpoints[OURS, query], query, key) for query in bodies]
    keys = [tenant.key for tenant in tenants]
    requests = {which: endpoint.requests(keys) for which, endpoint in endpoints.items()}
    contest = Contest(running, postgres, requests)
    await contest.warm_up(form.slice_seconds)
    of_ours = {query: requests[OURS, query] for query in form.memory_mix}
    memory = await memory_course(running[OURS], of_ours, form.memory_mix)
    slices = await contest.run(rounds=form.rounds, seconds=form.slice_seconds)
    await _assert_same(endpoints, tenants, form.compared)
    return Measured(form.compared, sizes, firsts, memory, form.memory_mix, slices)


def _endpoints(
    running: Mapping[str, Program], bodies: Mapping[str, bytes]
) -> dict[tuple[str, str], Endpoint]:
    """Both get the same request; the limit is told by the path what is asked."""
    ours = {
        (OURS, query): Endpoint(running[OURS].port, "/graphql", body)
        for query, body in bodies.items()
    }
    limit = {
        (LIMIT, query): Endpoint(running[LIMIT].port, f"/{query}", body)
        for query, body in bodies.items()
    }
    return ours | limit


async def _assert_same(
    endpoints: Mapping[tuple[str, str], Endpoint], tenants: Sequence[Tenant], count: int
) -> None:
    for program, query in endpoints:
        if program == OURS:
            ours, limit = endpoints[OURS, query], endpoints[LIMIT, query]
            await assert_same(ours, limit, tenants, count=count)


async def _first_request(endpoint: Endpoint, query: str, key: str) -> FirstRequest:
    """The same document with a new comment is another document to a cache."""
    document = orjson.loads(endpoint.body)["query"]
    first, cached = [], []
    for number in range(FIRST_REQUESTS):
        unseen = Endpoint(endpoint.port, endpoint.path, _body(f"{document}\n# {number}"))
        first.append(await _milliseconds(unseen, key))
        cached.append(await _milliseconds(endpoint, key))
    return FirstRequest(query, median(first), median(cached))


async def _milliseconds(endpoint: Endpoint, key: str) -> float:
    load = await press(endpoint.port, iter([endpoint.request(key)]), connections=1)
    return load.latencies[0] * 1e3


async def _conclude(url: str) -> tuple[int, str]:
    """The books are still clean; how many invariants hold, and PostgreSQL's version."""
    async with database.connected(url, pool_size=2):
        invariants = await data.assert_clean()
    return invariants, str(await _execute(url, "SHOW server_version"))


async def _execute(url: str, sql: str) -> object:
    connection = await asyncpg.connect(**database.connection_arguments(url))
    try:
        if sql.startswith("SHOW"):
            return await connection.fetchval(sql)
        return await connection.execute(sql)
    finally:
        await connection.close()


if __name__ == "__main__":
    main()
