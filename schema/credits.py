"""Credits as clients see them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

import models.credits
from models.credits import CreditGrantSource, LedgerEntryKind
from models.money import Credits
from resolvers import auto_recharge, credits, usage
from schema.base import Money, Node, field, shows
from schema.errors import UserError
from schema.invoices import Invoice
from schema.mutation import mutation, payload
from services import recharge_standings

if TYPE_CHECKING:
    from schema.usage import UsageEvent
    from schema.workspaces import Workspace

LazyUsageEvent = Annotated["UsageEvent", strawberry.lazy("schema.usage")]
LazyWorkspace = Annotated["Workspace", strawberry.lazy("schema.workspaces")]
strawberry.enum(CreditGrantSource)
strawberry.enum(LedgerEntryKind)


@strawberry.type
class CreditBalance:
    """What there is to spend, at this moment on the workspace's clock."""

    available: Credits
    held: Credits
    total: Credits
    debt: Credits
    worth: Money
    next_expiry: datetime | None
    expiring_at_next_expiry: Credits


@strawberry.type
class CreditGrant(Node):
    """Credits that came in together, and what is left of them."""

    is_type_of = shows(models.credits.CreditLot)
    source: CreditGrantSource
    granted: Credits
    remaining: Credits
    granted_at: datetime
    expires_at: datetime | None
    invoice: Invoice | None = field(credits.invoice_of_grant, Invoice | None)
    note: str | None


@strawberry.type
class LedgerEntry(Node):
    """One movement of credits, and the balance after it. Never changed."""

    is_type_of = shows(models.credits.CreditTransfer)
    kind: LedgerEntryKind
    amount: Credits = strawberry.field(
        resolver=lambda root: root.signed_amount, graphql_type=Credits
    )
    balance_after: Credits
    occurred_at: datetime
    recorded_at: datetime = strawberry.field(
        resolver=lambda root: root.created_at, graphql_type=datetime
    )
    description: str
    grant: CreditGrant | None = field(credits.grant_of_entry, CreditGrant | None)
    usage_event: LazyUsageEvent | None = field(usage.event_of_entry, LazyUsageEvent | None)


@strawberry.input
class AdjustCreditsInput:
    workspace_id: strawberry.ID
    credits: Credits
    reason: str
    expires_at: datetime | None = None
    idempotency_key: str | None = None


@strawberry.type
class AutoRecharge:
    """Buys credits by itself when the available balance falls below the threshold."""

    enabled: bool
    threshold: Credits
    amount: Money
    monthly_cap: Money | None
    charged_this_period: Money
    is_below_threshold: bool = field(auto_recharge.is_below_threshold, bool)
    blocked_by: UserError | None = field(auto_recharge.blocked_by, UserError | None)


@strawberry.input
class PurchaseCreditsInput:
    amount: Decimal
    workspace_id: strawberry.ID | None = None
    payment_method_id: strawberry.ID | None = None
    idempotency_key: str | None = None


@payload
class PurchaseCreditsPayload:
    grant: CreditGrant | None = field(credits.grant_of_purchase, CreditGrant | None)
    invoice: Invoice | None
    credit_balance: CreditBalance | None = field(
        credits.balance_after_purchase, CreditBalance | None
    )
    errors: list[UserError]


@strawberry.input
class SetAutoRechargeInput:
    enabled: bool
    workspace_id: strawberry.ID | None = None
    threshold: Credits = recharge_standings.THRESHOLD_DEFAULT
    amount: Decimal = recharge_standings.AMOUNT_DEFAULT.amount
    monthly_cap: Decimal | None = None


@payload
class SetAutoRechargePayload:
    auto_recharge: AutoRecharge | None
    errors: list[UserError]


@payload
class AdjustCreditsPayload:
    entry: LedgerEntry | None
    workspace: LazyWorkspace | None
    errors: list[UserError]


@strawberry.type
class CreditMutations:
    adjust_credits = mutation(credits.adjust_credits, AdjustCreditsInput, AdjustCreditsPayload)
    purchase_credits = mutation(
        credits.purchase_credits, PurchaseCreditsInput, PurchaseCreditsPayload
    )
    set_auto_recharge = mutation(
        auto_recharge.set_auto_recharge, SetAutoRechargeInput, SetAutoRechargePayload
    )
