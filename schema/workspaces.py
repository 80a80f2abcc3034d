"""Workspaces and keys as clients see them."""

from __future__ import annotations

from datetime import datetime

import strawberry

import models.workspaces
from models.workspaces import KeyKind
from resolvers import (
    auto_recharge,
    calls,
    credits,
    invoices,
    payments,
    phone_numbers,
    seats,
    subscriptions,
    usage,
    workspaces,
)
from schema.base import Connection, Money, Node, field, field_taking, shows
from schema.calls import Call
from schema.catalog import Feature
from schema.credits import AutoRecharge, CreditBalance, CreditGrant, LedgerEntry
from schema.errors import UserError
from schema.invoices import Invoice, InvoicePreview
from schema.mutation import mutation, payload
from schema.payments import PaymentMethod
from schema.phone_numbers import PhoneNumber
from schema.seats import Agent, Seat
from schema.subscriptions import AutoBilling, Capacity, PlanSubscription
from schema.usage import UsageEvent, UsageFilter, UsageReport, UsageReportInput

strawberry.enum(KeyKind, name="PrincipalKind")


@strawberry.type
class BillingAddress:
    """What invoices say of their buyer."""

    name: str | None
    company: str | None
    line1: str | None = strawberry.field(name="line1")
    line2: str | None = strawberry.field(name="line2")
    city: str | None
    region: str | None
    postal_code: str | None
    country: str
    tax_id: str | None
    email: str | None


@strawberry.type
class Workspace(Node):
    """A tenant: what it pays for, what it has, what it was billed."""

    is_type_of = shows(models.workspaces.Workspace)
    name: str
    time_zone: str
    created_at: datetime
    now: datetime
    subscription: PlanSubscription = field(subscriptions.subscription, PlanSubscription)
    auto_billing: AutoBilling = field(subscriptions.subscription, AutoBilling)
    capacities: list[Capacity] = field(subscriptions.capacities, list[Capacity])
    capacity: Capacity = field(subscriptions.capacity, Capacity)
    features: list[Feature] = field(subscriptions.features, list[Feature])
    has_feature: bool = field(subscriptions.has_feature, bool)
    agents: Connection[Agent] = field(seats.agents, Connection[Agent])
    seats: Connection[Seat] = field(seats.seats, Connection[Seat])
    phone_numbers: Connection[PhoneNumber] = field(
        phone_numbers.phone_numbers, Connection[PhoneNumber]
    )
    calls: Connection[Call] = field(calls.calls, Connection[Call])
    credit_balance: CreditBalance = field(credits.credit_balance, CreditBalance)
    credit_grants: Connection[CreditGrant] = field(credits.credit_grants, Connection[CreditGrant])
    ledger_entries: Connection[LedgerEntry] = field(credits.ledger_entries, Connection[LedgerEntry])
    usage_events: Connection[UsageEvent] = field_taking(
        usage.usage_events, Connection[UsageEvent], filter=UsageFilter | None
    )
    usage_report: UsageReport = field_taking(
        usage.usage_report, UsageReport, input=UsageReportInput
    )
    auto_recharge: AutoRecharge = field(auto_recharge.auto_recharge, AutoRecharge)
    invoices: Connection[Invoice] = field(invoices.invoices, Connection[Invoice])
    upcoming_invoice: InvoicePreview | None = field(
        subscriptions.upcoming_invoice, InvoicePreview | None
    )
    unapplied_balance: Money = field(workspaces.unapplied_balance, Money)
    payment_methods: list[PaymentMethod] = field(payments.methods, list[PaymentMethod])
    billing_address: BillingAddress | None = field(
        workspaces.billing_address, BillingAddress | None
    )


@strawberry.type
class ApiKey(Node):
    """A key of a workspace, without its secret."""

    is_type_of = shows(models.workspaces.ApiKey)
    label: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


@strawberry.type
class Viewer:
    """Whom the request's key speaks for."""

    kind: KeyKind
    label: str
    scopes: list[str]
    workspace: Workspace | None = field(workspaces.workspace_of_viewer, Workspace | None)


@strawberry.input
class CreateWorkspaceInput:
    name: str
    email: str
    time_zone: str = "UTC"
    start_clock_at: datetime | None = None
    idempotency_key: str | None = None


@payload
class CreateWorkspacePayload:
    workspace: Workspace | None
    api_key: str | None
    errors: list[UserError]


@strawberry.input
class CreateApiKeyInput:
    label: str
    scopes: list[str]
    workspace_id: strawberry.ID | None = None
    expires_at: datetime | None = None


@payload
class CreateApiKeyPayload:
    api_key: ApiKey | None
    secret: str | None
    errors: list[UserError]


@strawberry.input
class RevokeApiKeyInput:
    id: strawberry.ID


@payload
class RevokeApiKeyPayload:
    api_key: ApiKey | None
    errors: list[UserError]


@strawberry.input
class SetBillingAddressInput:
    country: str
    workspace_id: strawberry.ID | None = None
    name: str | None = None
    company: str | None = None
    line1: str | None = strawberry.field(name="line1", default=None)
    line2: str | None = strawberry.field(name="line2", default=None)
    city: str | None = None
    region: str | None = None
    postal_code: str | None = None
    tax_id: str | None = None
    email: str | None = None


@payload
class SetBillingAddressPayload:
    billing_address: BillingAddress | None
    errors: list[UserError]


@strawberry.input
class AdvanceClockInput:
    workspace_id: strawberry.ID
    to: datetime


@payload
class AdvanceClockPayload:
    """What the clock shows now, and what was billed on the way."""

    now: datetime | None
    workspace: Workspace | None
    invoices: list[Invoice] = strawberry.field(default_factory=list)
    errors: list[UserError]


@strawberry.type
class WorkspaceQueries:
    node: Node | None = field(workspaces.node, Node | None)
    nodes: list[Node | None] = field(workspaces.nodes, list[Node | None])
    viewer: Viewer | None = field(workspaces.viewer, Viewer | None)
    workspace: Workspace | None = field(workspaces.workspace, Workspace | None)
    workspaces: Connection[Workspace] = field(workspaces.workspaces, Connection[Workspace])


@strawberry.type
class WorkspaceMutations:
    create_workspace = mutation(
        workspaces.create_workspace, CreateWorkspaceInput, CreateWorkspacePayload
    )
    create_api_key = mutation(workspaces.create_api_key, CreateApiKeyInput, CreateApiKeyPayload)
    revoke_api_key = mutation(workspaces.revoke_api_key, RevokeApiKeyInput, RevokeApiKeyPayload)
    advance_clock = mutation(workspaces.advance_clock, AdvanceClockInput, AdvanceClockPayload)
    set_billing_address = mutation(
        workspaces.set_billing_address, SetBillingAddressInput, SetBillingAddressPayload
    )
