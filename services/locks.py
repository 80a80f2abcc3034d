"""The order in which rows are locked.

Idempotency record, subscription, invoice, payment, refund, dispute, balance of credits: every
command takes what it needs of these in this order, so that no two can wait for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tortoise import connections

from models.subscriptions import Subscription
from models.workspaces import Workspace

_LOCK = """
    SELECT workspace_id FROM subscription WHERE workspace_id = ANY($1) ORDER BY id FOR UPDATE
"""


async def locked_subscription(workspace_id: UUID) -> Subscription:
    """The workspace's subscription with its workspace, locked until the transaction ends.

    What changes a workspace's money or capacity holds this lock, so that it is done one at a time.
    """
    subscription = await Subscription.select_for_update().get(workspace_id=workspace_id)
    # read after the lock is held: another command may have moved the clock before it let go
    subscription.workspace = await Workspace.get(id=workspace_id)
    return subscription


async def lock_subscriptions(
    workspace_ids: Sequence[UUID], *, skip_locked: bool = False
) -> list[UUID]:
    """As `locked_subscription`, for many workspaces: in the order of the subscriptions' ids.

    Answers whose are locked now: with `skip_locked` all but those that others have locked.
    """
    lock = f"{_LOCK} SKIP LOCKED" if skip_locked else _LOCK
    rows = await connections.get("default").execute_query_dict(lock, [list(workspace_ids)])
    return [row["workspace_id"] for row in rows]


async def transaction_lock(name: str) -> None:
    """Wait for the lock called `name`; it is let go when the transaction ends."""
    await connections.get("default").execute_query(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [name]
    )
