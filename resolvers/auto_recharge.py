"""Credits that are bought by themselves: as it stands, and as it is wanted."""

from __future__ import annotations

from decimal import Decimal

from models.money import Credits
from models.workspaces import Workspace
from resolvers import access
from resolvers.answers import Shown, shown
from resolvers.context import Info
from resolvers.credits import credit_balance
from services import auto_recharge as service
from services import recharge_standings
from services.answers import Answer
from services.api_keys import Scope
from services.auto_recharge import AutoRechargeRequest
from services.recharge_standings import Standing


async def auto_recharge(root: Workspace, info: Info) -> Standing:
    found: Standing = await info.context.loaders.recharge_standing.load(root.id)
    return found


async def is_below_threshold(root: Standing, info: Info) -> bool:
    balance = await credit_balance(root.subscription.workspace, info)
    return balance.available < root.threshold


def blocked_by(root: Standing) -> Shown | None:
    return next(iter(shown([root.blocked_by])), None) if root.blocked_by else None


async def set_auto_recharge(
    info: Info,
    workspace_id: str | None,
    enabled: bool,
    threshold: Credits,
    amount: Decimal,
    monthly_cap: Decimal | None,
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    request = AutoRechargeRequest(enabled, threshold, amount, monthly_cap)
    await service.set_auto_recharge(owner.id, request)
    return Answer(values={"auto_recharge": await recharge_standings.standing_of(owner.id)})
