"""The worker: does what falls due in real time, for all workspaces, next to any number of others.

Once a minute one of all workers shares out what is due; all of them then take their part.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
from pgqueuer import PgQueuer
from pgqueuer.models import Job as QueuedJob
from pgqueuer.models import Schedule

from billwright import database
from services import (
    disputes,
    due_work,
    jobs,
    payments,
    phone_numbers,
    reconciliation,
    refunds,
    usage_cubes,
    usage_partitions,
    webhooks,
)
from services.carrier import Carrier
from services.gateway import Gateway
from services.jobs import Job

logger = logging.getLogger(__name__)

EVERY_MINUTE = "* * * * *"
EVERY_HOUR = "7 * * * *"
EVERY_DAY = "17 3 * * *"
JOBS_AT_ONCE = 4
# A worker that was killed is missed after this long, and its jobs are done by another.
HEARTBEAT = timedelta(seconds=30)
# How long a job may wait for a worker whose notification was lost.
LOOK_EVERY = timedelta(seconds=5)
RESTART_AFTER_SECONDS = 5.0
# What a job leaves undone when it is cut off is found and done by the next worker.
FINISH_WITHIN_SECONDS = 20.0
# The queue's own statements are short; a server that has vanished says nothing.
QUEUE_SECONDS_MAX = 30.0


async def run(database_url: str, gateway: Gateway, carrier: Carrier, stop: asyncio.Event) -> None:
    """Work until `stop` is set; what is under way may finish first. The ORM is connected.

    When the database goes away, or is too busy to be heard of, it is waited for.
    """
    while not stop.is_set():
        try:
            async with _queue(database_url, gateway, carrier) as queue:
                await _run_until_stopped(queue, stop)
        except Exception:  # nobody else would start it again
            logger.exception("the worker has stopped, or lost the database; it begins anew")
            await _wait(stop, RESTART_AFTER_SECONDS)


async def _run_until_stopped(queue: PgQueuer, stop: asyncio.Event) -> None:
    await due_work.share_out()  # what fell due while nobody worked does not wait for the minute
    working = asyncio.create_task(
        queue.run(
            dequeue_timeout=LOOK_EVERY,
            batch_size=1,
            max_concurrent_tasks=JOBS_AT_ONCE,
            heartbeat_timeout=HEARTBEAT,
            shutdown_on_listener_failure=True,
        )
    )
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        queue.shutdown.set()
        _, unfinished = await asyncio.wait((working,), timeout=FINISH_WITHIN_SECONDS)
        if unfinished:
            logger.warning("what takes too long is cut off; the next worker does it again")
            return
        await working
    finally:
        stopping.cancel()
        working.cancel()


@asynccontextmanager
async def _queue(database_url: str, gateway: Gateway, carrier: Carrier) -> AsyncIterator[PgQueuer]:
    arguments = database.connection_arguments(database_url)
    pool = await asyncpg.create_pool(
        **arguments,
        min_size=1,
        max_size=3,
        command_timeout=QUEUE_SECONDS_MAX,
        server_settings={"application_name": "billwright jobs"},
    )
    try:
        queue = PgQueuer.from_asyncpg_pool(pool)
        _register(queue, gateway, carrier)
        yield queue
    finally:
        await pool.close()


def _register(queue: PgQueuer, gateway: Gateway, carrier: Carrier) -> None:
    @queue.schedule("share_out", EVERY_MINUTE)
    async def _share_out(_: Schedule) -> None:
        await due_work.share_out()
        await webhooks.share_out()

    # each on its own: a silent provider or carrier keeps nobody from renewing
    @queue.schedule("repair_payments", EVERY_MINUTE)
    async def _repair_payments(_: Schedule) -> None:
        await payments.repair(gateway, thorough=False)
        await refunds.repair(gateway, thorough=False)

    @queue.schedule("repair_phone_numbers", EVERY_MINUTE)
    async def _repair_phone_numbers(_: Schedule) -> None:
        await phone_numbers.repair(carrier)

    @queue.schedule("tidy", EVERY_HOUR)
    async def _tidy(_: Schedule) -> None:
        await usage_partitions.make_ahead(datetime.now(UTC))
        await jobs.forget_old(before=datetime.now(UTC) - timedelta(days=7))

    @queue.schedule("repair_thoroughly", EVERY_HOUR)
    async def _repair_thoroughly(_: Schedule) -> None:
        await payments.repair(gateway)
        await refunds.repair(gateway)
        await disputes.repair(gateway)

    @queue.schedule("reconcile", EVERY_DAY)
    async def _reconcile(_: Schedule) -> None:
        await reconciliation.run(gateway)

    @queue.entrypoint(Job.RENEWALS)
    async def _renewals(_: QueuedJob) -> None:
        renewed = await due_work.renew(gateway)
        if renewed:
            logger.info("%s subscriptions renewed", renewed)

    @queue.entrypoint(Job.WEBHOOK_EVENT)
    async def _webhook_event(job: QueuedJob) -> None:
        await webhooks.work_on(UUID((job.payload or b"").decode()), gateway)

    @queue.entrypoint(Job.FOLD_USAGE)
    async def _fold_usage(job: QueuedJob) -> None:
        await usage_cubes.fold(UUID((job.payload or b"").decode()))

    @queue.entrypoint(Job.RECHARGE)
    @queue.entrypoint(Job.WORKSPACE)
    async def _workspace(job: QueuedJob) -> None:
        workspace_id = UUID((job.payload or b"").decode())
        steps = await due_work.catch_up(workspace_id, gateway)
        logger.info("%s things done in workspace %s", steps, workspace_id)


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
