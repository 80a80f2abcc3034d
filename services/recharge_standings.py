"""Where workspaces stand with auto-recharge: what was charged, and what stands in the way (R20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tortoise import connections

from models.catalog import Plan
from models.invoices import Invoice, InvoiceReason, InvoiceStatus
from models.money import Credits, Money
from models.payments import Payment, PaymentMethod, PaymentStatus
from models.recharges import AutoRecharge
from models.subscriptions import Subscription, SubscriptionStatus
from models.workspaces import BillingAddress
from services import invoices, top_ups
from services.errors import (
    BillingError,
    PaymentActionRequired,
    PaymentDeclined,
    SpendCapReached,
)
from services.invoices import Tax
from services.payment_methods import auto_billing_problems

# What a workspace has that never wanted any.
THRESHOLD_DEFAULT = Credits.of(500)
AMOUNT_DEFAULT = Money(5_00)
# what was billed for credits that were bought automatically, and paid, since the period began
_CHARGED = f"""
    SELECT s.workspace_id, sum(i.total_cents)::bigint AS charged_cents
    FROM subscription s
    JOIN invoice i ON i.workspace_id = s.workspace_id AND i.issued_at >= s.period_start
                  AND i.reason = '{InvoiceReason.AUTO_RECHARGE}'
                  AND i.status = '{InvoiceStatus.PAID}'
    WHERE s.workspace_id = ANY($1) GROUP BY s.workspace_id
"""  # noqa: S608 - of our own constants


@dataclass(frozen=True, slots=True)
class Standing:
    """One workspace's auto-recharge. `waiting`: a charge of it that waits for its payer."""

    settings: AutoRecharge
    subscription: Subscription
    plan: Plan
    default: PaymentMethod | None
    tax: Tax | None
    charged_this_period: Money
    waiting: Payment | None
    outstanding: Sequence[Invoice]

    @property
    def enabled(self) -> bool:
        return self.settings.enabled

    @property
    def threshold(self) -> Credits:
        return self.settings.threshold

    @property
    def amount(self) -> Money:
        """What one step buys credits for, before tax."""
        return self.settings.amount

    @property
    def monthly_cap(self) -> Money | None:
        return self.settings.monthly_cap

    @property
    def may_buy(self) -> bool:
        """Whether the plan allows it (R14)."""
        return self.plan.may_buy_credits

    def allows(self, steps: int) -> bool:
        """Whether so many times the amount, with tax, are within the cap of the period."""
        total = top_ups.total_of(self.amount * steps, self.tax)
        return self.monthly_cap is None or self.charged_this_period + total <= self.monthly_cap

    @property
    def blocked_by(self) -> BillingError | None:
        """Why no charge is tried, in words that its owner can act on; None: nothing is wrong."""
        return next(iter(self._obstacles()), None) if self.enabled else None

    def _obstacles(self) -> list[BillingError]:
        declined, waiting = self.settings.declined_payment, self.waiting
        if declined:
            return [PaymentDeclined(declined.decline_code, declined.invoice_id)]
        if waiting:
            return [
                PaymentActionRequired(
                    client_secret=waiting.action_client_secret,
                    redirect_url=waiting.action_redirect_url,
                    invoice_id=waiting.invoice_id,
                )
            ]
        if self.subscription.status is SubscriptionStatus.UNPAID:
            return invoices.refusals_of(self.outstanding)
        now = self.subscription.workspace.now
        found = top_ups.plan_refusals(self.plan) + auto_billing_problems(self.default, now=now)
        if self.monthly_cap is not None and not self.allows(1):
            found.append(SpendCapReached(self.charged_this_period, self.monthly_cap))
        return found


async def standing_of(workspace_id: UUID) -> Standing:
    """Of one workspace."""
    return (await standings([workspace_id]))[workspace_id]


async def standings(workspace_ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """Of many, in a few queries."""
    ids = list(workspace_ids)
    settings = {
        row.workspace_id: row
        for row in await AutoRecharge.filter(workspace_id__in=ids).select_related(
            "declined_payment"
        )
    }
    subscriptions = await Subscription.filter(workspace_id__in=ids).select_related(
        "workspace", "plan__catalog_version"
    )
    defaults = {
        row.workspace_id: row
        for row in await PaymentMethod.filter(workspace_id__in=list(settings), is_default=True)
    }
    addresses = {
        row.workspace_id: row
        for row in await BillingAddress.filter(workspace_id__in=list(settings))
    }
    waiting = {
        row.workspace_id: row
        for row in await Payment.filter(
            workspace_id__in=list(settings),
            status=PaymentStatus.REQUIRES_ACTION,
            invoice__reason=InvoiceReason.AUTO_RECHARGE,
        )
    }
    charged = await _charged(ids)
    outstanding = await _outstanding(
        [row.workspace_id for row in subscriptions if row.status is SubscriptionStatus.UNPAID]
    )
    return {
        row.workspace_id: Standing(
            settings.get(row.workspace_id) or _never_wanted(row),
            row,
            row.plan,
            defaults.get(row.workspace_id),
            invoices.tax_for(row.plan.catalog_version, addresses.get(row.workspace_id)),
            Money(charged.get(row.workspace_id, 0), row.plan.currency),
            waiting.get(row.workspace_id),
            outstanding[row.workspace_id],
        )
        for row in subscriptions
    }


async def _charged(workspace_ids: list[UUID]) -> dict[UUID, int]:
    rows = await connections.get("default").execute_query_dict(_CHARGED, [workspace_ids])
    return {row["workspace_id"]: row["charged_cents"] for row in rows}


async def _outstanding(workspace_ids: list[UUID]) -> dict[UUID, list[Invoice]]:
    found: dict[UUID, list[Invoice]] = defaultdict(list)
    for invoice in await invoices.outstanding(*workspace_ids) if workspace_ids else []:
        found[invoice.workspace_id].append(invoice)
    return found


def _never_wanted(subscription: Subscription) -> AutoRecharge:
    return AutoRecharge(
        workspace_id=subscription.workspace_id,
        enabled=False,
        threshold_mc=THRESHOLD_DEFAULT.millicredits,
        amount_cents=AMOUNT_DEFAULT.cents,
        currency=subscription.plan.currency,
    )
