"""What a workspace pays for, what it would cost to change that, and doing so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Protocol
from uuid import UUID

from models.catalog import AddOn, Plan, Resource
from models.money import Money
from models.payments import PaymentMethod
from models.seats import SeatKind
from models.subscriptions import PendingChange, Subscription
from models.workspaces import Workspace
from resolvers import access
from resolvers.answers import Shown, shown
from resolvers.context import Info
from resolvers.nodes import keys_of
from services import payment_methods, subscriptions
from services.answers import Answer
from services.api_keys import Scope
from services.errors import NotFound
from services.idempotency import Command
from services.invoices import InvoiceDraft, tax_for
from services.periods import Period
from services.subscriptions import Preview, SubscribeRequest, WantedAddOn
from services.terms import Capacity, Holding, Terms, pending_terms


class AddOnQuantity(Protocol):
    """An add-on by key, and how many units of it."""

    add_on: str
    quantity: int


async def subscription(root: Workspace, info: Info) -> Subscription:
    found: Subscription = await info.context.loaders.subscription.load(root.id)
    return found


async def plan(root: Subscription, info: Info) -> Plan:
    found: Plan = await info.context.loaders.plan.load(root.plan_id)
    return found


async def add_ons(root: Subscription, info: Info) -> Sequence[Holding]:
    return (await info.context.loaders.terms.load(root)).holdings


def current_period(root: Subscription) -> Period | None:
    if root.period_start is None or root.period_end is None:
        return None
    return Period(root.period_start, root.period_end)


async def monthly_total(root: Subscription, info: Info) -> Money:
    return (await info.context.loaders.terms.load(root)).monthly_total


async def pending_change(root: Subscription, info: Info) -> PendingChange | None:
    found: PendingChange | None = await info.context.loaders.pending_change.load(root.id)
    return found


async def pending_add_ons(root: PendingChange, info: Info) -> Sequence[Holding]:
    ids = [UUID(entry["add_on_id"]) for entry in root.add_ons]
    rows: list[AddOn] = await info.context.loaders.add_on.load_many(ids)
    return pending_terms(root, {row.id: row for row in rows}).holdings


async def terms(root: Workspace, info: Info) -> Terms:
    return await info.context.loaders.terms.load(await subscription(root, info))


async def capacity(root: Workspace, info: Info, resource: Resource) -> Capacity:
    seats: dict[SeatKind, int] = await info.context.loaders.taken_seats.load(root.id)
    used = {
        Resource.WORKSPACE_SEAT: seats.get(SeatKind.WORKSPACE, 0),
        Resource.CLIENT_SEAT: seats.get(SeatKind.CLIENT, 0),
    }
    return (await terms(root, info)).capacity(resource, used=used.get(resource, 0))


async def capacities(root: Workspace, info: Info) -> list[Capacity]:
    return [await capacity(root, info, resource) for resource in Resource]


async def features(root: Workspace, info: Info) -> list[dict[str, str]]:
    return (await terms(root, info)).features


async def has_feature(root: Workspace, info: Info, key: str) -> bool:
    return any(feature["key"] == key for feature in await features(root, info))


async def upcoming_invoice(root: Workspace, info: Info) -> InvoiceDraft | None:
    loaders = info.context.loaders
    tax = tax_for(
        await loaders.catalog_version.load(root.catalog_version_id),
        await loaders.billing_address.load(root.id),
    )
    return subscriptions.upcoming_invoice(
        await subscription(root, info), await terms(root, info), tax
    )


def next_renewal_at(root: Subscription) -> datetime | None:
    return None if root.cancel_at_period_end else root.period_end


async def auto_billing_problems(root: Subscription, info: Info) -> list[Shown]:
    methods: list[PaymentMethod] = await info.context.loaders.payment_methods.load(
        root.workspace_id
    )
    default = next((method for method in methods if method.is_default), None)
    workspace: Workspace = await info.context.loaders.workspace.load(root.workspace_id)
    return shown(payment_methods.auto_billing_problems(default, now=workspace.now))


def preview_errors(root: Preview) -> list[Shown]:
    return shown(root.errors)


async def preview_subscribe(
    info: Info,
    workspace_id: str | None,
    plan: str,
    add_ons: Sequence[AddOnQuantity],
    payment_method_id: str | None,
    auto_billing: bool,
    idempotency_key: str | None,  # noqa: ARG001 - a preview takes its mutation's input whole
) -> Preview:
    owner = await access.workspace(info, workspace_id, Scope.READ)
    request = _subscribe_request(plan, add_ons, payment_method_id, auto_billing)
    return await subscriptions.preview_subscribe(owner.id, request)


async def subscribe(
    info: Info,
    workspace_id: str | None,
    plan: str,
    add_ons: Sequence[AddOnQuantity],
    payment_method_id: str | None,
    auto_billing: bool,
    idempotency_key: str | None,
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    request = _subscribe_request(plan, add_ons, payment_method_id, auto_billing)
    return await subscriptions.subscribe(
        Command(owner.id, "subscribe", idempotency_key, asdict(request)),
        owner.id,
        request,
        gateway=info.context.gateway,
    )


async def set_auto_billing(info: Info, workspace_id: str | None, enabled: bool) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    return await payment_methods.set_auto_billing(owner.id, enabled=enabled)


def _subscribe_request(
    plan: str, add_ons: Sequence[AddOnQuantity], payment_method_id: str | None, auto_billing: bool
) -> SubscribeRequest:
    return SubscribeRequest(
        plan=plan,
        add_ons=[WantedAddOn(wanted.add_on, wanted.quantity) for wanted in add_ons],
        payment_method_id=method_key(payment_method_id),
        auto_billing=auto_billing,
    )


def method_key(payment_method_id: str | None) -> UUID | None:
    """The key of a named payment method. Raises NotFound for what is no method's id."""
    if payment_method_id is None:
        return None
    keys = keys_of([payment_method_id], "PaymentMethod")
    if not keys:
        raise NotFound("The payment method", path=("paymentMethodId",))
    return keys[0]
