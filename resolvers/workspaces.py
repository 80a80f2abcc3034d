"""Workspaces and the keys to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import strawberry

from models.base import Entity
from models.catalog import CatalogVersion
from models.money import Money
from models.workspaces import ApiKey, BillingAddress, Workspace
from resolvers import access
from resolvers.context import Info, Principal
from resolvers.pages import Listing, Page, page
from services import api_keys, clock, phone_numbers
from services import workspaces as service
from services.answers import Answer
from services.api_keys import Scope
from services.idempotency import OPERATOR_SCOPE, Command

ALL_WORKSPACES = Listing(Workspace, parent=None)


async def node(info: Info, id: strawberry.ID) -> Entity | None:
    return (await access.nodes(info, [id]))[0]


async def nodes(info: Info, ids: list[strawberry.ID]) -> list[Entity | None]:
    return await access.nodes(info, ids)


def viewer(info: Info) -> Principal | None:
    return info.context.principal


async def workspace_of_viewer(root: Principal, info: Info) -> Workspace | None:
    access.principal(info, Scope.READ)
    if root.workspace_id is None:
        return None
    found: Workspace = await info.context.loaders.workspace.load(root.workspace_id)
    return found


async def workspace(info: Info, id: strawberry.ID | None = None) -> Workspace | None:
    return await access.visible_workspace(info, id, Scope.READ)


async def workspaces(
    info: Info,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page:
    """Oldest first."""
    access.operator(info, Scope.READ)
    return await page(
        info, ALL_WORKSPACES, None, first=first, after=after, last=last, before=before
    )


async def unapplied_balance(root: Workspace, info: Info) -> Money:
    version: CatalogVersion = await info.context.loaders.catalog_version.load(
        root.catalog_version_id
    )
    return Money(root.balance_cents, version.currency)


async def billing_address(root: Workspace, info: Info) -> BillingAddress | None:
    found: BillingAddress | None = await info.context.loaders.billing_address.load(root.id)
    return found


async def create_workspace(
    info: Info,
    name: str,
    email: str,
    time_zone: str,
    start_clock_at: datetime | None,
    idempotency_key: str | None,
) -> Answer:
    access.operator(info, Scope.WRITE)
    wanted = service.NewWorkspace(name, email, time_zone, start_clock_at)
    request = {"wanted": wanted}
    return await service.create(
        Command(OPERATOR_SCOPE, "createWorkspace", idempotency_key, request),
        wanted,
        keyring=info.context.keyring,
        sandbox=info.context.gateway.is_sandbox,
    )


async def create_api_key(
    info: Info,
    workspace_id: str | None,
    label: str,
    scopes: Sequence[str],
    expires_at: datetime | None,
) -> Answer:
    access.operator(info, Scope.WRITE)
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    return await api_keys.create(
        info.context.keyring, owner, label=label, scopes=scopes, expires_at=expires_at
    )


async def revoke_api_key(info: Info, id: str) -> Answer:
    access.operator(info, Scope.WRITE)
    key = await access.row(info, ApiKey, id, what="The key", path=("id",), scope=Scope.WRITE)
    return await api_keys.revoke(key.id)


async def advance_clock(info: Info, workspace_id: str, to: datetime) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    answer = await clock.advance(owner.id, to=to, gateway=info.context.gateway)
    # what was released on the way rests from then on
    await phone_numbers.hand_back(info.context.carrier, workspace_id=owner.id)
    return answer


async def set_billing_address(
    info: Info, workspace_id: str | None, **address: str | None
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    return await service.set_billing_address(owner.id, address)
