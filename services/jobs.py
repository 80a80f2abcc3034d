"""Work that is done later, by whichever worker comes first: pgqueuer's queue, in our database.

Every job may run twice, and at the same time as another of its kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries
from tortoise import connections
from tortoise.transactions import in_transaction

from services.bulk import connection_of


class Job(StrEnum):
    """What can be queued."""

    RENEWALS = "renewals"  # all plain renewals that are due; no payload
    WORKSPACE = "workspace"  # all that is due in one workspace; its id is the payload
    # as WORKSPACE, before all others: credits are running out there
    RECHARGE = "recharge"
    WEBHOOK_EVENT = "webhook_event"  # what a provider has told; the event's id is the payload
    FOLD_USAGE = "fold_usage"  # what a workspace's usage adds to its sums; its id is the payload


# What somebody waits for goes before what only has to be done; the highest first.
PRIORITIES = {Job.RECHARGE: 1}


async def enqueue(job: Job, payloads: Sequence[str]) -> int:
    """Queue a job per payload, unless the same one waits already. Returns how many are new.

    Within the caller's transaction, if there is one: the jobs exist when it is committed.
    """
    if not payloads:
        return 0
    async with in_transaction() as transaction:
        queued = await Queries(AsyncpgDriver(connection_of(transaction))).enqueue(
            [job.value] * len(payloads),
            [payload.encode() for payload in payloads],
            [PRIORITIES.get(job, 0)] * len(payloads),
            dedupe_key=[f"{job}:{payload}" for payload in payloads],
            on_conflict="skip",
        )
    return sum(id is not None for id in queued)


async def forget_old(*, before: datetime) -> None:
    """Delete what the queue has noted about jobs that are long done."""
    await connections.get("default").execute_query(
        "DELETE FROM pgqueuer_log WHERE created < $1 AND aggregated", [before]
    )
    await connections.get("default").execute_query(
        "DELETE FROM pgqueuer_statistics WHERE created < $1", [before]
    )


async def failures_since(instant: datetime) -> dict[str, int]:
    """How many jobs of each kind ended in an exception since then."""
    rows = await connections.get("default").execute_query_dict(
        "SELECT entrypoint, count(*) AS count FROM pgqueuer_log "
        "WHERE status = 'exception' AND created >= $1 GROUP BY entrypoint",
        [instant],
    )
    return {row["entrypoint"]: int(row["count"]) for row in rows}
