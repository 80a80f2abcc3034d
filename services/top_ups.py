"""Credits for money: what a purchase bills, and what its payment brings (R14, R15).

The same for what somebody buys and for what auto-recharge buys for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from models.catalog import Plan
from models.invoices import PURCHASES, Invoice, InvoiceReason
from models.money import Money
from models.payments import Payment
from models.subscriptions import Subscription
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


async def paid(invoice: Invoice, payment: Payment, subscription: Subscription) -> None:
    """The credits of a purchase whose money has arrived (R15).

    A method that works again is charged automatically again (R20).
    """
    if invoice.reason not in PURCHASES:
        return
    await credits.grant_bought_credits(invoice, now=subscription.workspace.now)
    await recharges.forgive(payment)


async def failed(invoice: Invoice, payment: Payment, subscription: Subscription) -> None:
    """A purchase that is not paid is called off; auto-recharge tries this method no more (R20)."""
    if invoice.reason not in PURCHASES or invoice.status not in invoices.OUTSTANDING:
        return
    await invoices.void(invoice, subscription.workspace, now=subscription.workspace.now)
    if invoice.reason is InvoiceReason.AUTO_RECHARGE:
        await recharges.block(payment)
