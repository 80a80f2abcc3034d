"""Who holds the seats, and which agents take the slots."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from models.catalog import AddOn, Resource
from models.clients import Client
from models.phone_numbers import PhoneNumber
from models.seats import Agent, Seat, SeatKind, SeatStatus
from models.subscriptions import Subscription
from models.workspaces import Workspace
from resolvers import access
from resolvers.context import Info
from resolvers.pages import Listing, Page, page
from services import agents as agent_service
from services import capacities
from services import seats as service
from services.answers import Answer
from services.api_keys import Scope
from services.capacities import SEAT_RESOURCES
from services.idempotency import Command
from services.seats import Places, SeatRequest
from services.terms import Capacity, Terms

TAKEN = "status <> 'RELEASED'"
SEATS = {
    None: Listing(Seat, "workspace_id", where=TAKEN),
    SeatKind.WORKSPACE: Listing(Seat, "workspace_id", where=f"kind = 'WORKSPACE' AND {TAKEN}"),
    SeatKind.CLIENT: Listing(Seat, "workspace_id", where=f"kind = 'CLIENT' AND {TAKEN}"),
}

AGENTS = Listing(Agent, "workspace_id", where="archived_at IS NULL")
ALL_AGENTS = Listing(Agent, "workspace_id")


async def seats(
    root: Workspace,
    info: Info,
    kind: SeatKind | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page:
    """Taken ones, oldest first."""
    return await page(
        info, SEATS[kind], root.id, first=first, after=after, last=last, before=before
    )


async def agents(
    root: Workspace,
    info: Info,
    include_archived: bool | None = False,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page:
    """Oldest first."""
    listing = ALL_AGENTS if include_archived else AGENTS
    return await page(info, listing, root.id, first=first, after=after, last=last, before=before)


async def client_of(root: Seat | Agent | PhoneNumber, info: Info) -> Client | None:
    return await info.context.loaders.client.load(root.client_id) if root.client_id else None


async def has_access(root: Seat, info: Info) -> bool:
    """Whether it is taken and there is a place for it."""
    if root.status is SeatStatus.RELEASED:
        return False
    loaders = info.context.loaders
    terms: Terms = await loaders.terms.load(await loaders.subscription.load(root.workspace_id))
    limit = terms.capacity(SEAT_RESOURCES[root.kind]).limit
    if limit is None:
        return True
    surplus: set[UUID] = await loaders.surplus_seats.load(
        Places(root.workspace_id, root.kind, limit)
    )
    return root.id not in surplus


async def is_read_only(root: Client, info: Info) -> bool:
    """Whether the company's seat was given back or finds no place."""
    seat: Seat = await info.context.loaders.seat_of_client.load(root.id)
    return not await has_access(seat, info)


async def capacity_after_seat(root: Any) -> Capacity | None:
    """The capacity as it stands after a seat was taken or given back."""
    return await _capacity(root.seat, SEAT_RESOURCES[root.seat.kind]) if root.seat else None


async def capacity_after_agent(root: Any) -> Capacity | None:
    """The capacity as it stands after an agent came or went."""
    return await _capacity(root.agent, Resource.AGENT_SLOT) if root.agent else None


def requested(root: Any) -> int:
    """How many were asked for; a change that leaves too little asks for what is in use."""
    return int(getattr(root.refusal, "requested", root.used))


async def helping_add_on(root: Any, info: Info) -> AddOn | None:
    """The add-on that would make room."""
    add_on_id = getattr(root.refusal, "add_on_id", None)
    return await info.context.loaders.add_on.load(add_on_id) if add_on_id else None


async def assign_seat(
    info: Info,
    workspace_id: str | None,
    kind: SeatKind,
    email: str,
    name: str | None,
    idempotency_key: str | None,
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    request = SeatRequest(kind, email, name)
    asked = Command(owner.id, "assignSeat", idempotency_key, asdict(request))
    return await service.assign(asked, owner.id, request)


async def release_seat(info: Info, seat_id: str) -> Answer:
    seat = await access.row(
        info, Seat, seat_id, what="The seat", path=("seatId",), scope=Scope.WRITE
    )
    return await service.release(seat)


async def register_agent(
    info: Info, workspace_id: str | None, external_id: str, name: str, client_id: str | None
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    client = None
    if client_id is not None:
        client = await access.row(
            info, Client, client_id, what="The client", path=("clientId",), scope=Scope.WRITE
        )
    return await agent_service.register(
        owner.id, external_id=external_id, name=name, client_id=client.id if client else None
    )


async def archive_agent(info: Info, agent_id: str) -> Answer:
    agent = await access.row(
        info, Agent, agent_id, what="The agent", path=("agentId",), scope=Scope.WRITE
    )
    return await agent_service.archive(agent)


async def _capacity(row: Seat | Agent, resource: Resource) -> Capacity:
    subscription = await Subscription.get(workspace_id=row.workspace_id)
    return await capacities.capacity_of(subscription, resource)
