"""Agents take slots; over the limit they are paused, newest first, never deleted (R29, R35)."""

from __future__ import annotations

from uuid import UUID

from tortoise import connections
from tortoise.transactions import in_transaction

from models.catalog import Resource
from models.clients import Client
from models.seats import Agent
from models.subscriptions import Subscription, SubscriptionStatus
from services import capacities, phone_numbers
from services.answers import Answer
from services.errors import NotFound
from services.inputs import text
from services.locks import locked_subscription

# by statements, for a workspace may have more agents than a statement may have values
_OLDEST_FIRST = "SELECT id FROM agent WHERE workspace_id = $1 AND archived_at IS NULL ORDER BY id"
RESUME_SQL = f"""
    UPDATE agent SET paused_at = NULL
    WHERE paused_at IS NOT NULL AND id IN ({_OLDEST_FIRST} LIMIT $2::bigint)
"""  # noqa: S608 - of our own constants, as the one below
PAUSE_SQL = f"""
    UPDATE agent SET paused_at = $3
    WHERE paused_at IS NULL AND id IN ({_OLDEST_FIRST} OFFSET $2::bigint)
"""  # noqa: S608


async def register(
    workspace_id: UUID, *, external_id: str, name: str, client_id: UUID | None
) -> Answer:
    """Take a slot for an agent. A known one gets the new name and client and takes no second slot.

    An archived agent that is registered again takes a slot again. Raises InvalidInput, NotFound
    for a client that is none, CapacityExceeded.
    """
    external_id = text(external_id, path=("externalId",), length_max=255)
    name = text(name, path=("name",), length_max=200)
    async with in_transaction():
        subscription = await locked_subscription(workspace_id)
        await _check_client(workspace_id, client_id)
        agent = await Agent.get_or_none(workspace_id=workspace_id, external_id=external_id)
        if agent is None or agent.archived_at is not None:
            await capacities.take(subscription, Resource.AGENT_SLOT)
        if agent is None:
            agent = Agent(
                workspace_id=workspace_id,
                external_id=external_id,
                registered_at=subscription.workspace.now,
            )
        agent.name, agent.client_id, agent.archived_at = name, client_id, None
        await agent.save()
        await pause_surplus(subscription)
    return Answer(objects={"agent": agent.id})


async def archive(agent: Agent) -> Answer:
    """Free the agent's slot at once; nobody answers at its numbers then. Again changes nothing."""
    async with in_transaction():
        subscription = await locked_subscription(agent.workspace_id)
        now = subscription.workspace.now
        await Agent.filter(id=agent.id, archived_at=None).update(archived_at=now, paused_at=None)
        await phone_numbers.unassign_agent(agent.id)
        await pause_surplus(subscription)
    return Answer(objects={"agent": agent.id})


async def pause_surplus(subscription: Subscription) -> None:
    """Let the oldest agents work, as many as there are slots, and pause the rest (R35).

    None works while the subscription is UNPAID (R5). Under the subscription's lock, after anything
    that changes slots, agents or status.
    """
    if not await Agent.exists(workspace_id=subscription.workspace_id, archived_at=None):
        return
    limit = (await capacities.terms_of(subscription)).capacity(Resource.AGENT_SLOT).limit
    if subscription.status is SubscriptionStatus.UNPAID:
        limit = 0
    connection = connections.get("default")
    await connection.execute_query(RESUME_SQL, [subscription.workspace_id, limit])
    if limit is not None:
        now = subscription.workspace.now
        await connection.execute_query(PAUSE_SQL, [subscription.workspace_id, limit, now])


async def _check_client(workspace_id: UUID, client_id: UUID | None) -> None:
    if client_id and not await Client.exists(
        id=client_id, workspace_id=workspace_id, archived_at=None
    ):
        raise NotFound("The client", path=("clientId",))
