"""Auto-recharge: buying credits when they run low, for a workspace that wants it (R20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from tortoise.transactions import in_transaction

from models.catalog import Plan
from models.credits import CreditAccount
from models.invoices import InvoiceReason
from models.money import Credits, Money
from models.recharges import AutoRecharge
from models.subscriptions import Subscription
from services import invoices, recharge_standings, recharges, top_ups
from services.errors import BillingError, InvalidInput, Refused, SpendCapReached
from services.inputs import money
from services.invoices import Tax
from services.ledger import Book
from services.locks import locked_subscription
from services.payment_attempts import open_payment
from services.payment_methods import auto_billing_problems, default_method
from services.recharge_standings import Standing

# What stands in the way may go away unnoticed (an invoice is paid, a cap lifted by a new period):
# who is still low then is looked at again, but not with every debit.
LOOK_AGAIN_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class AutoRechargeRequest:
    """What setAutoRecharge takes; money in dollars."""

    enabled: bool
    threshold: Credits
    amount: Decimal
    monthly_cap: Decimal | None


async def set_auto_recharge(workspace_id: UUID, request: AutoRechargeRequest) -> None:
    """Buy credits automatically from now on, or no more: all settings are replaced.

    Charges nothing, also when less than the threshold is available already: the next use does.
    Switching it on again is another try after a decline; switching it off leaves a charge that is
    under way. Refuses, as many as apply: InvalidInput; and to switch it on PlanRequired (R14) and
    PaymentMethodRequired (R7).
    """
    async with in_transaction():
        subscription = await locked_subscription(workspace_id)
        plan = await Plan.get(id=subscription.plan_id)
        tax = await invoices.tax_of(subscription.workspace)
        columns, refusals = _checked(request, plan.currency, tax)
        if request.enabled:
            refusals += top_ups.plan_refusals(plan)
            default = await default_method(workspace_id)
            refusals += auto_billing_problems(default, now=subscription.workspace.now)
        if refusals:
            raise Refused(refusals)
        columns |= {"enabled": request.enabled, "declined_payment_id": None}
        columns |= {} if request.enabled else {"wanted_at": None}
        await AutoRecharge.update_or_create(workspace_id=workspace_id, defaults=columns)
        await recharges.look_out(workspace_id)


async def recharge(subscription: Subscription, *, now: datetime) -> None:
    """Bill what brings a low balance above its threshold, and open the payment of it.

    In one charge, of several steps if one is too little and the cap allows it. Under the
    subscription's lock, for what `recharges.note_balance` found; nothing is charged if it is so no
    more.
    """
    await AutoRecharge.filter(workspace_id=subscription.workspace_id).update(wanted_at=None)
    standing = await recharge_standings.standing_of(subscription.workspace_id)
    if not standing.may_buy:
        await recharges.switch_off(subscription.workspace_id)
        return
    account = await CreditAccount.get(workspace_id=subscription.workspace_id)
    book = await Book.lock(account.id, now=now)
    steps = _steps(standing, book.available)
    obstacle, since = standing.blocked_by, None
    if obstacle is not None:
        since = _when_to_look_again(obstacle, subscription, now=now)
    elif steps:
        await _charge(subscription, standing, steps, now=now)
    await recharges.look_out(subscription.workspace_id, since=since)


async def _charge(
    subscription: Subscription, standing: Standing, steps: int, *, now: datetime
) -> None:
    invoice = await top_ups.issue(
        subscription,
        standing.amount * steps,
        standing.tax,
        reason=InvoiceReason.AUTO_RECHARGE,
    )
    if invoice.amount_due.cents:
        assert standing.default is not None, "what nothing blocks has a method to charge"
        await open_payment(invoice, standing.default, now=now)


def _steps(standing: Standing, available: Credits) -> int:
    """How many times the amount brings the balance to its threshold, as far as is allowed."""
    missing = standing.threshold - available
    wanted = -(-missing.millicredits // standing.amount.credits.millicredits)
    most = min(wanted, top_ups.DOLLARS_MAX * top_ups.UNIT.cents // standing.amount.cents)
    return next((steps for steps in range(most, 0, -1) if standing.allows(steps)), 0)


def _when_to_look_again(
    obstacle: BillingError, subscription: Subscription, *, now: datetime
) -> datetime:
    end = subscription.period_end
    if isinstance(obstacle, SpendCapReached) and end is not None and end > now:
        return end
    return now + LOOK_AGAIN_AFTER


def _checked(
    request: AutoRechargeRequest, currency: str, tax: Tax | None
) -> tuple[dict[str, object], list[BillingError]]:
    """The settings as they are kept, and what is wrong with them."""
    refusals: list[BillingError] = []
    amount = cap = None
    try:
        amount = top_ups.amount_of(request.amount, currency, path=("amount",))
    except InvalidInput as refusal:
        refusals.append(refusal)
    try:
        if request.monthly_cap is not None:
            cap = money(request.monthly_cap, currency, path=("monthlyCap",))
    except InvalidInput as refusal:
        refusals.append(refusal)
    refusals += _threshold_problems(request.threshold, amount)
    if amount and cap and cap < top_ups.total_of(amount, tax):
        problem = (
            f"A monthlyCap of {cap} allows no charge: one costs {top_ups.total_of(amount, tax)}."
        )
        refusals.append(InvalidInput(problem, path=("monthlyCap",)))
    columns: dict[str, object] = {
        "threshold_mc": request.threshold.millicredits,
        "amount_cents": amount.cents if amount else None,
        "currency": currency,
        "monthly_cap_cents": cap.cents if cap else None,
    }
    return columns, refusals


def _threshold_problems(threshold: Credits, amount: Money | None) -> list[BillingError]:
    path = ("threshold",)
    if threshold.millicredits <= 0:
        return [InvalidInput(f"threshold must be more than 0, not {threshold}.", path=path)]
    if amount and threshold >= amount.credits:
        problem = (
            f"The threshold of {threshold} must be less than the {amount.credits} credits that "
            f"{amount} buys: a charge would never bring the balance above it."
        )
        return [InvalidInput(problem, path=path)]
    return []
