"""The ways to renew what is due that are measured against each other."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import asyncpg
import psutil
import uvloop

from bench.programs import NotStarted, cpu_seconds
from billwright import database
from billwright.settings import Settings
from billwright.worker import JOBS_AT_ONCE
from services import clock, due_work, forecasts
from services.gateway import Charge, Gateway, Outcome, Succeeded
from services.gateway.sandbox import SandboxGateway

LIMIT, JOB, ONE, TWO = "limit", "1 job", "1 worker", "2 workers"
CHARGED, BY_ROW = "1 worker, charges", "row by row"
WAYS = (LIMIT, JOB, ONE, TWO, CHARGED, BY_ROW)
ROWS_AT_ONCE = 8
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
POOL_SIZE = Settings.model_fields["database_pool_size"].default
# The limit joins all rows with all rows: it gets the memory to do so, and hashes only (the planner
# cannot know how many rows come out of its CTEs).
LIMIT_SETTINGS = """
    SET jit = off; SET timezone = 'UTC'; SET work_mem = '512MB'; SET enable_nestloop = off
"""


@dataclass(frozen=True)
class Work:
    """What one way took, from the start of its work to the end: CPU of all that took part."""

    seconds: float
    app_cpu_seconds: float
    postgres_cpu_seconds: float


class PaidAtOnce(SandboxGateway):
    """A provider that takes no time: what remains is ours and the database's."""

    async def charge(self, charge: Charge) -> Outcome:
        """The money is there."""
        return Succeeded(f"pi_{charge.operation_id}")


async def renew(way: str, url: str, postgres: psutil.Process) -> Work:
    """Renew all that is due in a database, and measure it."""
    if way == LIMIT:
        return await _limit(url, postgres)
    processes = 2 if way == TWO else 1
    return await asyncio.to_thread(_by_processes, way, url, postgres, processes)


async def _limit(url: str, postgres: psutil.Process) -> Work:
    text = Path(__file__).with_name("limits").joinpath("renewals.sql").read_text()
    steps = [step.partition("\n")[2] for step in text.split("-- name: ")[1:]]
    connection = await asyncpg.connect(**database.connection_arguments(url))
    try:
        await connection.execute(LIMIT_SETTINGS)
        before, started = cpu_seconds(postgres), time.perf_counter()
        for step in steps:
            await connection.execute(step, datetime.now(UTC))
        seconds = time.perf_counter() - started
        return Work(seconds, 0.0, cpu_seconds(postgres) - before)
    finally:
        await connection.close()


def _by_processes(way: str, url: str, postgres: psutil.Process, count: int) -> Work:
    """Workers of their own that are connected before the time counts. Raises NotStarted."""
    context = multiprocessing.get_context("spawn")
    pipes, workers = [], []
    for _ in range(count):
        ours, theirs = context.Pipe()
        worker = context.Process(target=_work, args=(way, url, theirs))
        worker.start()
        theirs.close()  # so that the end of the worker is the end of the pipe
        pipes.append(ours)
        workers.append(worker)
    try:
        for pipe in pipes:
            pipe.recv()  # it is ready
        before, started = cpu_seconds(postgres), time.perf_counter()
        for pipe in pipes:
            pipe.send("go")
        app_cpu_seconds = sum(pipe.recv() for pipe in pipes)
        seconds = time.perf_counter() - started
        return Work(seconds, app_cpu_seconds, cpu_seconds(postgres) - before)
    except EOFError:
        raise NotStarted(f"a process of '{way}' has died; it has said why") from None
    finally:
        for pipe, worker in zip(pipes, workers, strict=True):
            pipe.close()
            worker.join()


def _work(way: str, url: str, pipe: Connection) -> None:
    """In a process of its own: ready, go, done (with its CPU seconds)."""
    uvloop.run(_renew_when_told(way, url, pipe))


async def _renew_when_told(way: str, url: str, pipe: Connection) -> None:
    async with database.connected(url, pool_size=POOL_SIZE):
        await _warm_up()
        pipe.send("ready")
        try:
            pipe.recv()
        except EOFError:  # the run has failed meanwhile
            return
        started = time.process_time()
        await _METHODS[way]()
        pipe.send(time.process_time() - started)


async def _warm_up() -> None:
    """Connections are open and modules are loaded, as in a worker that has been up for a while."""
    await asyncio.gather(*(forecasts.due_by(LONG_AGO) for _ in range(JOBS_AT_ONCE)))


async def _job() -> None:
    """One transaction at a time on one connection, as the limit has it."""
    await due_work.renew(PaidAtOnce("http://bench"))


async def _worker() -> None:
    """As many jobs as a worker takes at once, the payments aside."""
    await asyncio.gather(*(_job() for _ in range(JOBS_AT_ONCE)))


async def _charging_worker() -> None:
    """The same, and the sandbox does what it does for every charge."""
    gateway = SandboxGateway("http://bench")
    await asyncio.gather(*(due_work.renew(gateway) for _ in range(JOBS_AT_ONCE)))


async def _row_by_row() -> None:
    """As the ORM does it, workspace by workspace: the code that the clock runs."""
    gateway: Gateway = PaidAtOnce("http://bench")
    due = iter(await forecasts.due_by(datetime.now(UTC)))

    async def take_turns() -> None:
        for workspace_id in due:
            await clock.run_until(workspace_id, datetime.now(UTC), gateway)

    await asyncio.gather(*(take_turns() for _ in range(ROWS_AT_ONCE)))


_METHODS: dict[str, Callable[[], Coroutine[None, None, None]]] = {
    JOB: _job,
    ONE: _worker,
    TWO: _worker,
    CHARGED: _charging_worker,
    BY_ROW: _row_by_row,
}
