"""Numbers that could be bought, and those that a workspace has."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from models.catalog import Resource
from models.clients import Client
from models.phone_numbers import PhoneNumber
from models.seats import Agent
from models.subscriptions import Subscription
from models.workspaces import Workspace
from resolvers import access, catalog
from resolvers.context import Info
from resolvers.pages import Listing, Page, page
from services import capacities, phone_number_offers
from services import phone_numbers as service
from services.answers import Answer
from services.api_keys import Scope
from services.carrier import Wish
from services.idempotency import Command
from services.phone_number_offers import AvailablePhoneNumber
from services.phone_numbers import NumberRequest
from services.terms import Capacity

# what the carrier has not sold to us is nobody's to see
BOUGHT = "purchased_at IS NOT NULL"
LIVE_NUMBERS = Listing(PhoneNumber, "workspace_id", where=f"{BOUGHT} AND released_at IS NULL")
ALL_NUMBERS = Listing(PhoneNumber, "workspace_id", where=BOUGHT)


async def phone_numbers(
    root: Workspace,
    info: Info,
    include_released: bool | None = False,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page:
    """Oldest first."""
    listing = ALL_NUMBERS if include_released else LIVE_NUMBERS
    return await page(info, listing, root.id, first=first, after=after, last=last, before=before)


async def agent_id(root: PhoneNumber, info: Info) -> str | None:
    """The platform's own id of the agent that answers."""
    if root.agent_id is None:
        return None
    agent: Agent = await info.context.loaders.agent.load(root.agent_id)
    return agent.external_id


async def capacity_after(root: Any) -> Capacity | None:
    """The capacity as it stands after a number was bought or released."""
    if root.phone_number is None:
        return None
    subscription = await Subscription.get(workspace_id=root.phone_number.workspace_id)
    return await capacities.capacity_of(subscription, Resource.PHONE_NUMBER)


async def available_phone_numbers(
    info: Info, country: str = "US", area_code: str | None = None, limit: int = 10
) -> list[AvailablePhoneNumber]:
    """For sale on the caller's clock, at the caller's price."""
    access.principal(info, Scope.READ)
    workspace = await catalog.own_workspace(info)
    return await phone_number_offers.search(
        Wish(country, area_code, limit),
        catalog_version_id=await catalog.offered_version_id(info),
        now=workspace.now if workspace else datetime.now(UTC),
        carrier=info.context.carrier,
    )


async def buy_phone_number(
    info: Info,
    workspace_id: str | None,
    number: str,
    label: str | None,
    agent_id: str | None,
    idempotency_key: str | None,
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    request = NumberRequest(number, label, agent_id)
    asked = Command(owner.id, "buyPhoneNumber", idempotency_key, asdict(request))
    return await service.buy(asked, owner.id, request, carrier=info.context.carrier)


async def import_phone_number(
    info: Info,
    workspace_id: str | None,
    number: str,
    label: str | None,
    agent_id: str | None,
    idempotency_key: str | None,
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    request = NumberRequest(number, label, agent_id)
    asked = Command(owner.id, "importPhoneNumber", idempotency_key, asdict(request))
    return await service.take_in(asked, owner.id, request)


async def assign_phone_number(
    info: Info, phone_number_id: str, agent_id: str | None, client_id: str | None
) -> Answer:
    number = await _number(info, phone_number_id)
    client = None
    if client_id is not None:
        client = await access.row(
            info, Client, client_id, what="The client", path=("clientId",), scope=Scope.WRITE
        )
    return await service.assign(
        number, agent_external_id=agent_id, client_id=client.id if client else None
    )


async def release_phone_number(info: Info, phone_number_id: str) -> Answer:
    number = await _number(info, phone_number_id)
    return await service.release(number, carrier=info.context.carrier)


async def _number(info: Info, id: str) -> PhoneNumber:
    return await access.row(
        info,
        PhoneNumber,
        id,
        what="The phone number",
        path=("phoneNumberId",),
        scope=Scope.WRITE,
    )
