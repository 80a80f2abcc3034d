"""How fast is metering, measured against the database function alone, and against one by one?

    python -m bench.metering [--quick | --full]

Starts all that it needs, prints ratios, keeps every slice in bench/results/. README.md: what is
measured and how to read it.
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
import psutil
import uvloop

from bench import data, decoding, machine, metered, programs, usage_books, usage_mix
from bench.client import BadAnswer
from bench.data import BrokenBooks
from bench.metered import Metered
from bench.metering_contest import BATCH_EVENTS, ONE_BY_ONE, MeteringContest
from bench.metering_report import MeteringReport
from bench.programs import ROOT, NotStarted, Program
from bench.slices import OURS, Slice
from bench.usage_mix import Pattern
from billwright import database

RESULTS = Path(__file__).parent / "results"
DURABILITY = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True)
class Form:
    """How much of everything."""

    name: str
    workspaces: int
    batches: int
    singles: int
    rounds: int
    slice_seconds: float


QUICK = Form("quick", workspaces=200, batches=10, singles=200, rounds=3, slice_seconds=0.6)
FULL = Form("full", workspaces=200, batches=20, singles=500, rounds=9, slice_seconds=2.0)


@dataclass(frozen=True)
class Patterns:
    """What is reported: a thousand events at once, and one."""

    batches: Sequence[Pattern]
    singles: Sequence[Pattern]


def main() -> None:
    """The command."""
    description = (__doc__ or "").split("\n", maxsplit=1)[0]
    parser = argparse.ArgumentParser(prog="bench.metering", description=description)
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--quick", action="store_true", help="under a minute (the default)")
    forms.add_argument("--full", action="store_true", help="the form whose numbers may be quoted")
    form = FULL if parser.parse_args().full else QUICK
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what we started is stopped
    try:
        report = run(form)
    except (BadAnswer, BrokenBooks, NotStarted) as failure:
        sys.exit(f"The run failed, nothing was measured. {type(failure).__name__}: {failure}")
    print(report.text())
    path = RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-metering-{form.name}.json"
    report.write(path)
    print(f"every slice: {path.relative_to(ROOT)}")


def run(form: Form) -> MeteringReport:
    """Everything, in order; whatever was started ends with it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="billwright-bench-")))
        url, postgres = stack.enter_context(programs.postgres())
        workspaces = uvloop.run(metered.prepare(url, form.workspaces))
        patterns = uvloop.run(_patterns(url, form))
        decoded = decoding.measure(patterns.batches[0], form.rounds)
        running = {
            OURS: stack.enter_context(programs.server(url, folder, jobs=False)),
            ONE_BY_ONE: stack.enter_context(programs.one_by_one(url, folder)),
        }
        slices, events = uvloop.run(_measure(form, url, postgres, running, workspaces, patterns))
        invariants = uvloop.run(_invariants(url))
        durability, version = uvloop.run(_settings(url))
        facts = machine.facts(folder, version)
    return MeteringReport(form.name, facts, durability, events, invariants, decoded, slices)


async def _patterns(url: str, form: Form) -> Patterns:
    async with database.connected(url, pool_size=2):
        return Patterns(
            await usage_mix.patterns(form.batches, BATCH_EVENTS),
            await usage_mix.patterns(form.singles, 1),
        )


async def _measure(
    form: Form,
    url: str,
    postgres: psutil.Process,
    running: dict[str, Program],
    workspaces: Sequence[Metered],
    patterns: Patterns,
) -> tuple[list[Slice], int]:
    before = await usage_books.read(url)
    async with database.connected(url):
        contest = MeteringContest(
            url, postgres, running, workspaces, patterns.batches, patterns.singles
        )
        slices = await contest.run(rounds=form.rounds, seconds=form.slice_seconds)
    await usage_books.assert_exact(url, before, contest.accepted)
    return slices, contest.accepted


async def _invariants(url: str) -> int:
    async with database.connected(url, pool_size=2):
        return await data.assert_clean()


async def _settings(url: str) -> tuple[dict[str, str], str]:
    connection = await asyncpg.connect(**database.connection_arguments(url))
    try:
        shown = {name: await connection.fetchval(f"SHOW {name}") for name in DURABILITY}
        return shown, str(await connection.fetchval("SHOW server_version"))
    finally:
        await connection.close()


if __name__ == "__main__":
    main()
