"""The price list: public; who pays by an older one sees that."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from models.catalog import AddOn, Plan, Rate
from models.subscriptions import Subscription
from models.workspaces import Workspace
from resolvers.context import Info
from services import catalog
from services.invoices import Line


async def plans(info: Info) -> list[Plan]:
    """In the price list's order."""
    return await Plan.filter(catalog_version_id=await offered_version_id(info)).order_by("position")


async def add_ons(info: Info) -> list[AddOn]:
    """In the price list's order."""
    return await AddOn.filter(catalog_version_id=await offered_version_id(info)).order_by(
        "position"
    )


async def rates(
    info: Info, meter: str | None = None, provider: str | None = None, model: str | None = None
) -> list[Rate]:
    """Those in force on the caller's clock that fit all of what is given."""
    given = {"meter": meter, "provider": provider, "model": model}
    wanted = {name: value for name, value in given.items() if value is not None}
    workspace = await own_workspace(info)
    if workspace is not None:
        return await catalog.rates_in_force(workspace.catalog_version_id, wanted, now=workspace.now)
    current = await catalog.current_version()
    return await catalog.rates_in_force(current.id, wanted, now=datetime.now(UTC))


def credits_per_unit(root: Rate) -> Decimal:
    """Without the zeros that the column's scale adds."""
    return root.credits_per_unit.normalize()


async def plan_of_line(root: Line, info: Info) -> Plan | None:
    return await info.context.loaders.plan.load(root.plan_id) if root.plan_id else None


async def add_on_of_line(root: Line, info: Info) -> AddOn | None:
    return await info.context.loaders.add_on.load(root.add_on_id) if root.add_on_id else None


async def offered_version_id(info: Info) -> UUID:
    """The price list under which the caller would subscribe."""
    workspace = await own_workspace(info)
    if workspace is not None:
        loaders = info.context.loaders
        subscription: Subscription = await loaders.subscription.load(workspace.id)
        plan: Plan = await loaders.plan.load(subscription.plan_id)
        if not plan.is_default:
            return workspace.catalog_version_id
    return (await catalog.current_version()).id


async def own_workspace(info: Info) -> Workspace | None:
    """The workspace of the caller's key; None for everybody else."""
    """The one that the caller's key belongs to."""
    who = info.context.principal
    if who is None or who.workspace_id is None:
        return None
    found: Workspace = await info.context.loaders.workspace.load(who.workspace_id)
    return found
