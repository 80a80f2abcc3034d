"""Subscriptions as clients see them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

import models.subscriptions
from models.catalog import Resource
from models.money import Credits
from models.subscriptions import SubscriptionStatus
from resolvers import subscriptions
from schema.base import Money, Node, Period, field, shows
from schema.catalog import AddOn, Allowance, Plan
from schema.errors import UserError
from schema.invoices import Invoice, InvoicePreview
from schema.mutation import mutation, payload, preview
from services.changes import ChangeTiming

if TYPE_CHECKING:
    from schema.workspaces import Workspace

LazyWorkspace = Annotated["Workspace", strawberry.lazy("schema.workspaces")]
strawberry.enum(SubscriptionStatus)


@strawberry.type
class SubscribedAddOn:
    """An add-on that a subscription has."""

    add_on: AddOn
    quantity: int
    unit_price: Money


@strawberry.type
class Contract:
    """What was agreed with this workspace in place of its plan's price, credits and limits."""

    monthly_price: Money = strawberry.field(resolver=lambda root: root.price, graphql_type=Money)
    included_credits: Credits
    allowances: list[Allowance]
    invoice_due_days: int
    agreed_at: datetime


@strawberry.type
class PendingChange:
    """A change that has not taken effect yet."""

    plan: Plan | None
    contract: Contract | None
    add_ons: list[SubscribedAddOn] | None = field(
        subscriptions.pending_add_ons, list[SubscribedAddOn] | None
    )
    effective_at: datetime


@strawberry.type
class PlanSubscription(Node):
    """What a workspace pays for, and until when."""

    is_type_of = shows(models.subscriptions.Subscription)
    status: SubscriptionStatus
    plan: Plan = field(subscriptions.plan, Plan)
    contract: Contract | None = field(subscriptions.contract, Contract | None)
    add_ons: list[SubscribedAddOn] = field(subscriptions.add_ons, list[SubscribedAddOn])
    current_period: Period | None = field(subscriptions.current_period, Period | None)
    anchor: datetime | None
    cancel_at_period_end: bool
    pending_change: PendingChange | None = field(subscriptions.pending_change, PendingChange | None)
    monthly_total: Money = field(subscriptions.monthly_total, Money)


@strawberry.type
class AutoBilling:
    """Whether renewals are charged by themselves."""

    enabled: bool = strawberry.field(resolver=lambda root: root.auto_billing, graphql_type=bool)
    next_renewal_at: datetime | None = field(subscriptions.next_renewal_at, datetime | None)
    problems: list[UserError] = field(subscriptions.auto_billing_problems, list[UserError])


@strawberry.type
class Capacity:
    """How much of a resource there is, and how much is in use."""

    resource: Resource
    included: int | None
    purchased: int
    limit: int | None
    used: int
    available: int | None


@strawberry.type
class ChangePreview:
    """What a change would bring, and what stands in its way."""

    due_now: InvoicePreview | None
    next: InvoicePreview | None
    effective_at: datetime
    capacities_after: list[Allowance]
    credits_granted: Credits
    errors: list[UserError] = field(subscriptions.preview_errors, list[UserError])


@strawberry.input
class AddOnQuantity:
    add_on: str
    quantity: int


@strawberry.input
class SubscribeInput:
    plan: str
    workspace_id: strawberry.ID | None = None
    add_ons: list[AddOnQuantity] = strawberry.field(default_factory=list)
    payment_method_id: strawberry.ID | None = None
    auto_billing: bool = True
    idempotency_key: str | None = None


@payload
class SubscribePayload:
    subscription: PlanSubscription | None
    invoice: Invoice | None
    workspace: LazyWorkspace | None
    errors: list[UserError]


strawberry.enum(ChangeTiming)


@strawberry.input
class ChangePlanInput:
    plan: str
    workspace_id: strawberry.ID | None = None
    timing: ChangeTiming = ChangeTiming.AUTO
    accept_overage: bool = False
    idempotency_key: str | None = None


@payload
class ChangePlanPayload:
    subscription: PlanSubscription | None
    invoice: Invoice | None
    errors: list[UserError]


@strawberry.input
class SetAddOnsInput:
    add_ons: list[AddOnQuantity]
    workspace_id: strawberry.ID | None = None
    idempotency_key: str | None = None


@payload
class SetAddOnsPayload:
    subscription: PlanSubscription | None
    invoice: Invoice | None
    errors: list[UserError]


@strawberry.input
class CancelSubscriptionInput:
    workspace_id: strawberry.ID | None = None
    reason: str | None = None
    idempotency_key: str | None = None


@payload
class CancelSubscriptionPayload:
    subscription: PlanSubscription | None
    errors: list[UserError]


@strawberry.input
class ResumeSubscriptionInput:
    workspace_id: strawberry.ID | None = None
    idempotency_key: str | None = None


@payload
class ResumeSubscriptionPayload:
    subscription: PlanSubscription | None
    errors: list[UserError]


@strawberry.input
class SetAutoBillingInput:
    enabled: bool
    workspace_id: strawberry.ID | None = None


@payload
class SetAutoBillingPayload:
    auto_billing: AutoBilling | None
    workspace: LazyWorkspace | None
    errors: list[UserError]


@strawberry.type
class SubscriptionQueries:
    preview_subscribe: ChangePreview | None = preview(
        subscriptions.preview_subscribe, SubscribeInput, ChangePreview
    )
    preview_change_plan: ChangePreview | None = preview(
        subscriptions.preview_change_plan, ChangePlanInput, ChangePreview
    )
    preview_set_add_ons: ChangePreview | None = preview(
        subscriptions.preview_set_add_ons, SetAddOnsInput, ChangePreview
    )


@strawberry.type
class SubscriptionMutations:
    subscribe = mutation(subscriptions.subscribe, SubscribeInput, SubscribePayload)
    change_plan = mutation(subscriptions.change_plan, ChangePlanInput, ChangePlanPayload)
    set_add_ons = mutation(subscriptions.set_add_ons, SetAddOnsInput, SetAddOnsPayload)
    cancel_subscription = mutation(
        subscriptions.cancel_subscription, CancelSubscriptionInput, CancelSubscriptionPayload
    )
    resume_subscription = mutation(
        subscriptions.resume_subscription, ResumeSubscriptionInput, ResumeSubscriptionPayload
    )
    set_auto_billing = mutation(
        subscriptions.set_auto_billing, SetAutoBillingInput, SetAutoBillingPayload
    )
