"""Payment methods: attached, one of them the default, detached."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tortoise.transactions import in_transaction

from models.invoices import Dunning
from models.payments import PaymentMethod, PaymentMethodKind
from models.subscriptions import PendingChange, Subscription
from services import recharges
from services.answers import Answer
from services.errors import (
    BillingError,
    InvalidInput,
    NotFound,
    PaymentDeclined,
    PaymentMethodInUse,
    PaymentMethodRequired,
    PaymentUnavailable,
)
from services.gateway import (
    AttachedMethod,
    Gateway,
    GatewayUnavailable,
    MethodRefused,
    Setup,
    UnknownToken,
)
from services.inputs import text
from services.locks import locked_subscription

logger = logging.getLogger(__name__)


async def set_up(workspace_id: UUID, kinds: Sequence[PaymentMethodKind], gateway: Gateway) -> Setup:
    """What a frontend needs to collect a method with the provider's form.

    Raises InvalidInput without a kind or with OTHER, PaymentUnavailable.
    """
    if not kinds:
        raise InvalidInput("Name at least one kind of payment method.", path=("kinds",))
    if PaymentMethodKind.OTHER in kinds:
        raise InvalidInput(
            "OTHER is no kind that can be asked for; name CARD, CASHAPP or US_BANK_ACCOUNT.",
            path=("kinds",),
        )
    try:
        return await gateway.set_up(workspace_id, kinds)
    except GatewayUnavailable as silence:
        raise PaymentUnavailable from silence


async def attach(workspace_id: UUID, token: str, *, make_default: bool, gateway: Gateway) -> Answer:
    """Keep the method behind `token`. A workspace's first one is its default in any case.

    Raises InvalidInput for a token that the provider does not know, PaymentDeclined for a method
    that it refuses, PaymentUnavailable.
    """
    token = text(token, path=("token",), length_max=255)
    try:
        attached = await gateway.attach(workspace_id, token)
    except UnknownToken as unknown:
        raise InvalidInput(str(unknown), path=("token",)) from unknown
    except MethodRefused as refused:
        raise PaymentDeclined(refused.decline_code, path=("token",)) from refused
    except GatewayUnavailable as silence:
        raise PaymentUnavailable from silence
    method = await keep(workspace_id, attached, make_default=make_default)
    if method.detached_at is not None:
        raise InvalidInput(f"{method.label} was detached; collect it anew.", path=("token",))
    return Answer(objects={"payment_method": method.id})


async def keep(
    workspace_id: UUID, attached: AttachedMethod, *, make_default: bool = False
) -> PaymentMethod:
    """Have a method of the provider's in our list, with its details of now; by whoever is told.

    A workspace's first one is its default. What was detached here stays so. A card that its network
    has renewed is tried again, whatever the old one was refused for.
    """
    details = {
        "kind": attached.kind,
        "label": attached.label,
        "brand": attached.brand,
        "last4": attached.last4,
        "expires_month": attached.expires_month,
        "expires_year": attached.expires_year,
    }
    async with in_transaction():
        await locked_subscription(workspace_id)
        known = await PaymentMethod.get_or_none(
            gateway_reference=attached.reference, workspace_id=workspace_id
        )
        method = known or PaymentMethod(
            gateway_reference=attached.reference, workspace_id=workspace_id
        )
        if method.detached_at is not None:
            return method
        before = method.last4, method.expires_year, method.expires_month
        await method.update_from_dict(details).save()
        after = method.last4, method.expires_year, method.expires_month
        if known is not None and before != after:
            await _forget_refusals(method)
        if make_default or await default_method(workspace_id) is None:
            await _make_default(method)
        return method


async def let_go(reference: str) -> None:
    """The provider has let go of a method, whoever wanted that: it cannot be charged any more."""
    found = await PaymentMethod.get_or_none(gateway_reference=reference)
    if found is None:
        return
    async with in_transaction():
        subscription = await locked_subscription(found.workspace_id)
        method = await PaymentMethod.get(id=found.id)
        if method.detached_at is None:
            await _detach(method, subscription, await _others(method))


async def set_default(workspace_id: UUID, method_id: UUID) -> Answer:
    """Charge this method from now on. Raises NotFound."""
    async with in_transaction():
        await locked_subscription(workspace_id)
        await _make_default(await _attached(workspace_id, method_id))
    return Answer(objects={"payment_method": method_id})


async def detach(workspace_id: UUID, method_id: UUID, *, gateway: Gateway) -> Answer:
    """Never charge this method again. The newest of the others becomes the default if this was it.

    It holds also when the provider does not answer: we do not charge what is detached here.
    Raises NotFound, PaymentMethodInUse for the last one while auto-billing or auto-recharge is on
    (R7).
    """
    async with in_transaction():
        subscription = await locked_subscription(workspace_id)
        method = await _attached(workspace_id, method_id)
        others = await _others(method)
        if not others and await _will_bill_by_itself(subscription):
            raise PaymentMethodInUse(method.label)
        if not others and await recharges.is_on(workspace_id):
            raise PaymentMethodInUse(method.label, "auto-recharge")
        await _detach(method, subscription, others)
    try:
        await gateway.detach(method.gateway_reference)
    except GatewayUnavailable:
        logger.warning("the provider was not told that %s is detached", method.gateway_reference)
    return Answer(objects={"workspace": workspace_id})


async def _others(method: PaymentMethod) -> list[PaymentMethod]:
    """The workspace's other methods, newest first."""
    others = PaymentMethod.filter(workspace_id=method.workspace_id, detached_at=None)
    return await others.exclude(id=method.id).order_by("-id")


async def _detach(
    method: PaymentMethod, subscription: Subscription, others: Sequence[PaymentMethod]
) -> None:
    was_default = method.is_default
    method.is_default, method.detached_at = False, subscription.workspace.now
    await method.save(update_fields=["is_default", "detached_at"])
    if was_default and others:
        await _make_default(others[0])


async def _will_bill_by_itself(subscription: Subscription) -> bool:
    """Whether auto-billing is on, or will be once a change that waits is paid."""
    return (
        subscription.auto_billing
        or await PendingChange.filter(subscription_id=subscription.id, auto_billing=True).exists()
    )


async def default_method(workspace_id: UUID) -> PaymentMethod | None:
    """The method that renewals are charged to."""
    return await PaymentMethod.get_or_none(
        workspace_id=workspace_id, is_default=True, detached_at=None
    )


async def method_to_charge(
    workspace_id: UUID, method_id: UUID | None, *, now: datetime
) -> PaymentMethod:
    """The named method, or the default one. Raises NotFound, PaymentMethodRequired."""
    if method_id is not None:
        method = await _attached(workspace_id, method_id)
    else:
        found = await default_method(workspace_id)
        if found is None:
            raise PaymentMethodRequired
        method = found
    if method.is_expired_at(now):
        raise PaymentMethodRequired(f"{method.label} has expired. Attach another payment method.")
    return method


def auto_billing_problems(default: PaymentMethod | None, *, now: datetime) -> list[BillingError]:
    """Why the next renewal could not be charged: no default method, or an expired one (R7)."""
    if default is None:
        return [PaymentMethodRequired()]
    if default.is_expired_at(now):
        return [
            PaymentMethodRequired(f"{default.label} has expired. Attach another payment method.")
        ]
    return []


async def set_auto_billing(workspace_id: UUID, *, enabled: bool) -> Answer:
    """Charge renewals to the default method, or leave them to be paid by hand.

    Only the next renewal is affected: a charge under way goes on, and switching on does not
    charge what is open (R6). Raises PaymentMethodRequired without a usable default method (R7).
    """
    async with in_transaction():
        subscription = await locked_subscription(workspace_id)
        if enabled:
            default = await default_method(workspace_id)
            problems = auto_billing_problems(default, now=subscription.workspace.now)
            if problems:
                raise problems[0]
        await Subscription.filter(id=subscription.id).update(auto_billing=enabled)
        # a change that waits for its money brings the last word, not the one it began with
        await PendingChange.filter(subscription_id=subscription.id).update(auto_billing=enabled)
    return Answer(objects={"auto_billing": subscription.id, "workspace": workspace_id})


async def _attached(workspace_id: UUID, method_id: UUID) -> PaymentMethod:
    method = await PaymentMethod.get_or_none(
        id=method_id, workspace_id=workspace_id, detached_at=None
    )
    if method is None:
        raise NotFound("The payment method", path=("paymentMethodId",))
    return method


async def _forget_refusals(method: PaymentMethod) -> None:
    await Dunning.filter(dead_method_id=method.id).update(dead_method_id=None)
    if method.is_default:
        await recharges.unblock(method.workspace_id)


async def _make_default(method: PaymentMethod) -> None:
    await PaymentMethod.filter(workspace_id=method.workspace_id, is_default=True).update(
        is_default=False
    )
    method.is_default = True
    await method.save(update_fields=["is_default"])
    await recharges.unblock(method.workspace_id)
