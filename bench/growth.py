"""What do long books cost: writing usage, and reading what is current, however much is stored?

    python -m bench.growth [--quick | --large]

Makes databases of several sizes on one server, loads them in turn, prints ratios, keeps every slice
in bench/results/. README.md: what is measured and how to read it.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import uvloop

from bench import data, machine, metered, programs, usage_books, usage_history, usage_mix
from bench.client import BadAnswer
from bench.data import BrokenBooks
from bench.growth_contest import Grown, GrowthContest
from bench.growth_report import GrowthReport
from bench.metered import Metered
from bench.programs import ROOT, NotStarted
from bench.slices import Slice
from bench.usage_books import Books
from billwright import database
from services.api_keys import Keyring
from tests.postgres import at_database

RESULTS = Path(__file__).parent / "results"
EVENTS_OF_WORKSPACE = 1_000  # so that there are more workspaces where there is more usage
WORKSPACES_MIN = 50
BATCHES, BATCH_EVENTS = 10, 1_000
CHECKED_EVENTS_MAX = 100_000  # beyond, `billwright check` takes longer than its statements may


@dataclass(frozen=True)
class Form:
    """How many events are stored before, and how often each has its turn."""

    name: str
    writes: tuple[int, int]  # the few and the many
    reads: tuple[int, int]
    rounds: int
    slice_seconds: float

    @property
    def sizes(self) -> list[int]:
        return sorted({*self.writes, *self.reads})


QUICK = Form("quick", (10_000, 30_000), (10_000, 30_000), rounds=2, slice_seconds=0.3)
LARGE = Form("large", (10_000, 10_000_000), (1_000_000, 10_000_000), rounds=9, slice_seconds=1.0)


def main() -> None:
    """The command."""
    description = (__doc__ or "").split("\n", maxsplit=1)[0]
    parser = argparse.ArgumentParser(prog="bench.growth", description=description)
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--quick", action="store_true", help="half a minute (the default)")
    forms.add_argument("--large", action="store_true", help="ten million events: an hour")
    form = LARGE if parser.parse_args().large else QUICK
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what we started is stopped
    try:
        report = run(form)
    except (BadAnswer, BrokenBooks, NotStarted) as failure:
        sys.exit(f"The run failed, nothing was measured. {type(failure).__name__}: {failure}")
    print(report.text())
    path = RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-growth-{form.name}.json"
    report.write(path)
    print(f"every slice: {path.relative_to(ROOT)}")


def run(form: Form) -> GrowthReport:
    """Everything, in order; whatever was started ends with it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="billwright-bench-")))
        url, postgres = stack.enter_context(programs.postgres())
        keyring = uvloop.run(metered.migrated(url))
        workspaces = {size: uvloop.run(_generate(url, keyring, size)) for size in form.sizes}
        grown = {}
        for size in form.sizes:
            own = _url(url, size)
            server = programs.server(own, folder, name=f"ours-{size}", jobs=False)
            grown[size] = Grown(size, own, stack.enter_context(server), workspaces[size])
        patterns = uvloop.run(_patterns(grown[form.sizes[0]].url))
        contest = GrowthContest(grown, postgres, patterns, writes=form.writes, reads=form.reads)
        slices = uvloop.run(_measure(form, contest, grown))
        invariants = uvloop.run(_invariants(url, form.sizes))
        facts = machine.facts(folder, uvloop.run(_version(url)))
    return GrowthReport(
        form.name, facts, form.writes, form.reads, contest.accepted, invariants, slices
    )


def _url(url: str, size: int) -> str:
    return at_database(url, f"grown_{size}")


async def _generate(url: str, keyring: Keyring, size: int) -> list[Metered]:
    """A database with a year of so much usage."""
    server = await asyncpg.connect(**database.connection_arguments(at_database(url, "postgres")))
    try:
        await server.execute(f"CREATE DATABASE grown_{size} TEMPLATE billwright STRATEGY file_copy")
    finally:
        await server.close()
    own = _url(url, size)
    connection = await asyncpg.connect(**database.connection_arguments(own))
    try:
        count = max(WORKSPACES_MIN, size // EVENTS_OF_WORKSPACE)
        workspaces = await metered.fill(connection, keyring, count)
        await usage_history.generate(connection, count, size)
        await usage_history.sum_up(connection, workspaces[0].id)
    finally:
        await connection.close()
    return workspaces


async def _patterns(url: str) -> list[usage_mix.Pattern]:
    async with database.connected(url, pool_size=2):
        return await usage_mix.patterns(BATCHES, BATCH_EVENTS)


async def _measure(form: Form, contest: GrowthContest, grown: dict[int, Grown]) -> list[Slice]:
    before: dict[int, Books] = {
        size: await usage_books.read(each.url) for size, each in grown.items()
    }
    slices = await contest.run(rounds=form.rounds, seconds=form.slice_seconds)
    for size, each in grown.items():
        await usage_books.assert_exact(each.url, before[size], contest.accepted[size])
    return slices


async def _invariants(url: str, sizes: Sequence[int]) -> dict[int, int]:
    """How many hold, by the size of those databases in which all were looked at."""
    found = {}
    for size in sizes:
        if size <= CHECKED_EVENTS_MAX:
            async with database.connected(_url(url, size), pool_size=2):
                found[size] = await data.assert_clean()
    return found


async def _version(url: str) -> str:
    connection = await asyncpg.connect(**database.connection_arguments(url))
    try:
        return str(await connection.fetchval("SHOW server_version"))
    finally:
        await connection.close()


if __name__ == "__main__":
    main()
