"""Buying credits (R14, R15)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from models.catalog import Plan
from models.invoices import InvoiceReason
from models.money import Money
from models.payments import PaymentMethod
from models.subscriptions import Subscription
from services import invoices, payments, top_ups
from services.answers import Answer
from services.errors import (
    BillingError,
    InvalidInput,
    NotFound,
    PaymentMethodRequired,
    Refused,
)
from services.gateway import Gateway
from services.idempotency import Command, once
from services.locks import locked_subscription
from services.payment_attempts import open_payment
from services.payment_methods import method_to_charge


@dataclass(frozen=True, slots=True)
class PurchaseRequest:
    """What purchaseCredits takes; `amount` in whole dollars, before tax."""

    amount: Decimal
    payment_method_id: UUID | None


async def purchase(
    command: Command, workspace_id: UUID, request: PurchaseRequest, *, gateway: Gateway
) -> Answer:
    """Buy credits at 1,000 to the dollar: they come when their money does.

    Refuses, in this order and as many as apply: InvalidInput for an amount that cannot be bought
    for, PlanRequired (R14), NotFound and PaymentMethodRequired for the method. After a declined
    charge nothing has changed and the invoice is void; a bank debit brings the credits when it
    settles. What is outstanding is in nobody's way (R33).
    """
    opened = await once(command, lambda: _open(workspace_id, request))
    return await payments.carry_out(command, opened, gateway)


async def _open(workspace_id: UUID, request: PurchaseRequest) -> Answer:
    subscription = await locked_subscription(workspace_id)
    plan = await Plan.get(id=subscription.plan_id)
    refusals: list[BillingError] = []
    amount = _amount(request.amount, plan, refusals)
    refusals += top_ups.plan_refusals(plan)
    tax = await invoices.tax_of(subscription.workspace)
    total = top_ups.total_of(amount, tax) if amount else None
    method = await _method(subscription, request, total, refusals)
    if refusals:
        raise Refused(refusals)
    assert amount is not None, "without a refusal there is an amount"
    invoice = await top_ups.issue(subscription, amount, tax, reason=InvoiceReason.CREDIT_PURCHASE)
    if invoice.amount_due.cents == 0:
        return Answer(objects={"invoice": invoice.id})
    assert method is not None, "without a refusal there is a method to charge"
    payment = await open_payment(
        invoice, method, now=subscription.workspace.now, payer_present=True
    )
    return Answer(objects={"invoice": invoice.id}, collecting=payment.id)


def _amount(value: Decimal, plan: Plan, refusals: list[BillingError]) -> Money | None:
    try:
        return top_ups.amount_of(value, plan.currency, path=("amount",))
    except InvalidInput as refusal:
        refusals.append(refusal)
        return None


async def _method(
    subscription: Subscription,
    request: PurchaseRequest,
    total: Money | None,
    refusals: list[BillingError],
) -> PaymentMethod | None:
    workspace = subscription.workspace
    is_paid = total is not None and not invoices.to_charge(total, workspace.balance_cents).cents
    if is_paid and request.payment_method_id is None:
        return None  # the unapplied balance pays all of it
    try:
        return await method_to_charge(workspace.id, request.payment_method_id, now=workspace.now)
    except (NotFound, PaymentMethodRequired) as refusal:
        refusals.append(refusal)
        return None
