"""Payment methods and payments."""

from __future__ import annotations

from collections.abc import Sequence

from models.payments import Payment, PaymentMethod, PaymentMethodKind, PaymentStatus
from models.workspaces import Workspace
from resolvers import access
from resolvers.context import Info
from services import payment_methods
from services.answers import Answer
from services.api_keys import Scope
from services.errors import PaymentActionRequired
from services.gateway import PaymentAction


async def methods(root: Workspace, info: Info) -> list[PaymentMethod]:
    """Attached ones, oldest first."""
    found: list[PaymentMethod] = await info.context.loaders.payment_methods.load(root.id)
    return found


async def is_expired(root: PaymentMethod, info: Info) -> bool:
    workspace: Workspace = await info.context.loaders.workspace.load(root.workspace_id)
    return root.is_expired_at(workspace.now)


async def method(root: Payment, info: Info) -> PaymentMethod | None:
    if root.method_id is None:
        return None
    found: PaymentMethod = await info.context.loaders.payment_method.load(root.method_id)
    return found


def action(root: Payment) -> PaymentAction | None:
    if root.status is not PaymentStatus.REQUIRES_ACTION:
        return None
    return PaymentAction(root.action_client_secret, root.action_redirect_url)


def action_of_refusal(root: PaymentActionRequired) -> PaymentAction:
    return PaymentAction(root.client_secret, root.redirect_url)


async def set_up_payment_method(
    info: Info, workspace_id: str | None, kinds: Sequence[PaymentMethodKind]
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    setup = await payment_methods.set_up(owner.id, kinds, info.context.gateway)
    return Answer(values={"setup": setup})


async def attach_payment_method(
    info: Info, workspace_id: str | None, token: str, make_default: bool
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    return await payment_methods.attach(
        owner.id, token, make_default=make_default, gateway=info.context.gateway
    )


async def set_default_payment_method(info: Info, payment_method_id: str) -> Answer:
    found = await _attached(info, payment_method_id)
    return await payment_methods.set_default(found.workspace_id, found.id)


async def detach_payment_method(info: Info, payment_method_id: str) -> Answer:
    found = await _attached(info, payment_method_id)
    return await payment_methods.detach(found.workspace_id, found.id, gateway=info.context.gateway)


async def _attached(info: Info, payment_method_id: str) -> PaymentMethod:
    return await access.row(
        info,
        PaymentMethod,
        payment_method_id,
        what="The payment method",
        path=("paymentMethodId",),
        scope=Scope.WRITE,
    )
