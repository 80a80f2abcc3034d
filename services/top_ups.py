"""Credits for money: what a purchase bills, and what its payment brings (R14, R15).

The same for what somebody buys and for what auto-recharge buys for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from models.catalog import Plan
from models.invoices import PURCHASES, Invoice, InvoiceReason
from models.money import Money
from models.payments import Payment, PaymentStatus
from models.subscriptions import Subscription
from models.workspaces import Workspace
from services import credits, invoices, recharges
from services.errors import BillingError, InvalidInput, PlanRequired
from services.invoices import InvoiceDraft, Line, Tax

DOLLARS_MIN = 5
DOLLARS_MAX = 10_000
UNIT = Money(1_00)


def amount_of(value: Decimal, currency: str, *, path: Sequence[str]) -> Money:
    """An amount that credits can be bought for, before tax (R14). Raises InvalidInput."""
    if value != int(value) or not DOLLARS_MIN <= value <= DOLLARS_MAX:
        raise InvalidInput(
            f"Credits are bought for whole dollars, {DOLLARS_MIN} to {DOLLARS_MAX:,}, "
            f"not for {value:f}.",
            path=path,
        )
    return Money(int(value) * UNIT.cents, currency)


def plan_refusals(plan: Plan) -> list[BillingError]:
    """PlanRequired, if no credits can be bought on this plan (R14)."""
    if plan.may_buy_credits:
        return []
    return [PlanRequired(f"On {plan.name} no credits can be bought; subscribe to a paid plan.")]


def total_of(amount: Money, tax: Tax | None) -> Money:
    """What credits for `amount` cost with tax."""
    return amount + tax.on(amount) if tax else amount


async def issue(
    subscription: Subscription, amount: Money, tax: Tax | None, *, reason: InvoiceReason
) -> Invoice:
    """Bill credits for `amount`, due at once. Under the subscription's lock.

    What the unapplied balance pays whole is PAID, and has brought its credits.
    """
    workspace = subscription.workspace
    unit = Money(UNIT.cents, amount.currency)
    line = Line(f"{unit.credits.amount:,.0f} credits", amount.cents // unit.cents, unit, amount)
    invoice = await invoices.issue(
        workspace,
        InvoiceDraft([line], amount.currency, tax, period=None, due_at=workspace.now),
        reason=reason,
        subscription_id=subscription.id,
        now=workspace.now,
    )
    if invoice.amount_due.cents == 0:
        await credits.grant_bought_credits(invoice, now=workspace.now)
    return invoice


async def paid(invoice: Invoice, *, now: datetime) -> None:
    """The credits of a purchase whose money has arrived (R15)."""
    if invoice.reason in PURCHASES:
        await credits.grant_bought_credits(invoice, now=now)


async def call_off(invoice: Invoice, workspace: Workspace, *, now: datetime) -> None:
    """Void a purchase whose payment failed: nobody owes anything for it."""
    if invoice.reason in PURCHASES and invoice.status in invoices.OUTSTANDING:
        await invoices.void(invoice, workspace, now=now)


async def settled(invoice: Invoice, payment: Payment, *, now: datetime) -> None:
    """What auto-recharge makes of a written payment of a purchase (R20).

    A method that declines is tried no more, one that pays is tried again; and whoever has spent
    more meanwhile than a charge has brought, is charged again.
    """
    if invoice.reason not in PURCHASES:
        return
    if payment.status is PaymentStatus.SUCCEEDED:
        await recharges.forgive(payment)
    if invoice.reason is InvoiceReason.AUTO_RECHARGE:
        if payment.status is PaymentStatus.FAILED:
            await recharges.block(payment)
        await recharges.look_again(payment.workspace_id, now=now)
