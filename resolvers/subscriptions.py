"""What a workspace pays for, what it would cost to change that, and doing so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Protocol
from uuid import UUID

from models.catalog import AddOn, Plan, Resource
from models.contracts import Contract
from models.money import Money
from models.payments import PaymentMethod
from models.subscriptions import PendingChange, Subscription
from models.workspaces import Workspace
from resolvers import access
from resolvers.answers import Shown, shown
from resolvers.context import Info
from resolvers.nodes import key_of
from services import cancellations, changes, payment_methods, subscriptions
from services import capacities as capacity_service
from services.answers import Answer
from services.api_keys import Scope
from services.capacities import next_terms
from services.changes import ChangePlanRequest, ChangeTiming, SetAddOnsRequest
from services.choices import WantedAddOn
from services.idempotency import Command
from services.invoices import InvoiceDraft, tax_for
from services.periods import Period
from services.previews import Preview
from services.subscriptions import SubscribeRequest
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


async def contract(root: Subscription, info: Info) -> Contract | None:
    if root.contract_id is None:
        return None
    found: Contract = await info.context.loaders.contract.load(root.contract_id)
    return found


async def pending_change(root: Subscription, info: Info) -> PendingChange | None:
    found: list[PendingChange] = await info.context.loaders.pending_changes.load(root.id)
    # what waits for its money comes before what waits for the period's end
    return min(found, key=lambda change: change.invoice_id is None, default=None)


async def pending_add_ons(root: PendingChange, info: Info) -> Sequence[Holding]:
    return (await _pending_terms(root, info)).holdings


async def terms(root: Workspace, info: Info) -> Terms:
    return await info.context.loaders.terms.load(await subscription(root, info))


async def capacity(root: Workspace, info: Info, resource: Resource) -> Capacity:
    used: dict[Resource, int] = await info.context.loaders.used.load(root.id)
    return capacity_service.standing(
        await subscription(root, info),
        await terms(root, info),
        resource,
        used=used.get(resource, 0),
    )


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
    found = await subscription(root, info)
    used: dict[Resource, int] = await loaders.used.load(root.id)
    coming = next_terms(await terms(root, info), await _scheduled_terms(found, info), used)
    return subscriptions.upcoming_invoice(found, coming, tax)


async def next_renewal_at(root: Subscription, info: Info) -> datetime | None:
    if root.period_end is None or root.cancel_at_period_end:
        return None
    scheduled = await _scheduled_terms(root, info)
    return None if scheduled and not scheduled.is_billed else root.period_end


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


async def preview_change_plan(
    info: Info,
    workspace_id: str | None,
    plan: str,
    timing: ChangeTiming,
    accept_overage: bool,
    idempotency_key: str | None,  # noqa: ARG001 - a preview takes its mutation's input whole
) -> Preview:
    owner = await access.workspace(info, workspace_id, Scope.READ)
    return await changes.preview(owner.id, ChangePlanRequest(plan, timing, accept_overage))


async def change_plan(
    info: Info,
    workspace_id: str | None,
    plan: str,
    timing: ChangeTiming,
    accept_overage: bool,
    idempotency_key: str | None,
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    request = ChangePlanRequest(plan, timing, accept_overage)
    asked = Command(owner.id, "changePlan", idempotency_key, asdict(request))
    return await changes.change(asked, owner.id, request, gateway=info.context.gateway)


async def preview_set_add_ons(
    info: Info,
    workspace_id: str | None,
    add_ons: Sequence[AddOnQuantity],
    idempotency_key: str | None,  # noqa: ARG001 - a preview takes its mutation's input whole
) -> Preview:
    owner = await access.workspace(info, workspace_id, Scope.READ)
    return await changes.preview(owner.id, SetAddOnsRequest(_wanted(add_ons)))


async def set_add_ons(
    info: Info,
    workspace_id: str | None,
    add_ons: Sequence[AddOnQuantity],
    idempotency_key: str | None,
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    request = SetAddOnsRequest(_wanted(add_ons))
    asked = Command(owner.id, "setAddOns", idempotency_key, asdict(request))
    return await changes.change(asked, owner.id, request, gateway=info.context.gateway)


async def cancel_subscription(
    info: Info, workspace_id: str | None, reason: str | None, idempotency_key: str | None
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    asked = Command(owner.id, "cancelSubscription", idempotency_key, {"reason": reason})
    return await cancellations.cancel(asked, owner.id, reason=reason)


async def resume_subscription(
    info: Info, workspace_id: str | None, idempotency_key: str | None
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    asked = Command(owner.id, "resumeSubscription", idempotency_key, {})
    return await cancellations.resume(asked, owner.id)


async def set_auto_billing(info: Info, workspace_id: str | None, enabled: bool) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    return await payment_methods.set_auto_billing(owner.id, enabled=enabled)


async def _pending_terms(change: PendingChange, info: Info) -> Terms:
    ids = [UUID(entry["add_on_id"]) for entry in change.add_ons]
    rows: list[AddOn] = await info.context.loaders.add_on.load_many(ids)
    return pending_terms(change, {row.id: row for row in rows})


async def _scheduled_terms(root: Subscription, info: Info) -> Terms | None:
    """The terms that begin at the period's end, if a change waits for that."""
    changes: list[PendingChange] = await info.context.loaders.pending_changes.load(root.id)
    scheduled = next((change for change in changes if change.invoice_id is None), None)
    return await _pending_terms(scheduled, info) if scheduled else None


def _subscribe_request(
    plan: str, add_ons: Sequence[AddOnQuantity], payment_method_id: str | None, auto_billing: bool
) -> SubscribeRequest:
    return SubscribeRequest(
        plan=plan,
        add_ons=_wanted(add_ons),
        payment_method_id=method_key(payment_method_id),
        auto_billing=auto_billing,
    )


def _wanted(add_ons: Sequence[AddOnQuantity]) -> list[WantedAddOn]:
    return [WantedAddOn(wanted.add_on, wanted.quantity) for wanted in add_ons]


def method_key(payment_method_id: str | None) -> UUID | None:
    """The key of a named payment method; for what is no method's id, one that nothing has."""
    return None if payment_method_id is None else key_of(payment_method_id, "PaymentMethod")
