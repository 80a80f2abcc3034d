"""Real time passes in every workspace: what is due is found by its index and shared out.

Plain renewals are done in batches, everything else workspace by workspace.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tortoise import connections

from models.workspaces import Workspace
from services import clock, jobs, recharges, renewal_batches
from services.errors import PaymentUnavailable
from services.gateway import Gateway
from services.jobs import Job
from services.renewal_batches import BEGINNING, PLAIN, Cursor

logger = logging.getLogger(__name__)

PAGE_SIZE = 1_000
# So many may renew at once: each takes what no other has taken.
RENEWERS_MAX = 8
# A workspace that has more to do goes on in the next round, behind the others.
STEPS_MAX_PER_JOB = 50

_NOT_PLAIN = f"""
    SELECT s.id, s.workspace_id, s.due_at FROM subscription s
    WHERE s.due_at <= $1 AND (s.due_at, s.id) > ($2, $3) AND NOT ({PLAIN})
    ORDER BY s.due_at, s.id LIMIT $4
"""  # noqa: S608 - of our own constants


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much is due, and since when."""

    subscriptions: int
    since: datetime | None


async def share_out() -> int:
    """Queue what is due by now, for all workers. Returns how many jobs are new."""
    now = datetime.now(UTC)
    queued = await jobs.enqueue(Job.RENEWALS, [str(number) for number in range(RENEWERS_MAX)])
    cursor: Cursor | None = BEGINNING
    while cursor is not None:
        rows = await connections.get("default").execute_query_dict(
            _NOT_PLAIN, [now, cursor.due_at, cursor.subscription_id, PAGE_SIZE]
        )
        queued += await jobs.enqueue(Job.WORKSPACE, [str(row["workspace_id"]) for row in rows])
        full = len(rows) == PAGE_SIZE
        cursor = Cursor(rows[-1]["due_at"], rows[-1]["id"]) if full else None
    # those whose job was lost, also of clocks of their own; one by one, because many in one
    # transaction and the debits of a batch could wait for each other's jobs
    for workspace_id in await recharges.wanted():
        queued += await jobs.enqueue(Job.RECHARGE, [str(workspace_id)])
    return queued


async def renew(gateway: Gateway) -> int:
    """Do the plain renewals that nobody else is doing."""
    return await renewal_batches.run(gateway)


async def catch_up(workspace_id: UUID, gateway: Gateway) -> int:
    """Do what is due in one workspace, by its own clock if it has one.

    A provider that is silent is asked again next time.
    """
    workspace = await Workspace.get(id=workspace_id)
    try:
        return await clock.run_until(
            workspace_id, workspace.now, gateway, steps_max=STEPS_MAX_PER_JOB
        )
    except PaymentUnavailable:
        logger.warning("the provider does not answer; workspace %s waits", workspace_id)
        return 0


async def backlog() -> Backlog:
    """What is due in real time and not done."""
    rows = await connections.get("default").execute_query_dict(
        "SELECT count(*) AS count, min(due_at) AS since FROM subscription WHERE due_at <= $1",
        [datetime.now(UTC)],
    )
    return Backlog(int(rows[0]["count"]), rows[0]["since"])
