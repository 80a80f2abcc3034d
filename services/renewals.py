"""A period ends and the next one begins: billed in advance, its credits granted when paid."""

from __future__ import annotations

from datetime import datetime

from models.catalog import Plan
from models.invoices import Invoice, InvoiceReason
from models.payments import Payment
from models.subscriptions import Subscription
from services import (
    capacities,
    credits,
    dunning,
    endings,
    invoices,
    payment_methods,
    pending_changes,
    phone_numbers,
)
from services.errors import PaymentMethodRequired
from services.invoices import InvoiceDraft
from services.payment_attempts import open_payment
from services.periods import period_of
from services.terms import Terms


async def renew(subscription: Subscription, *, now: datetime) -> Payment | None:
    """Begin the next period of a locked subscription whose period is over (R1 to R4, R8).

    Issues the period's invoice, and with auto-billing opens its payment, which is returned to be
    collected. A subscription that was cancelled, or has nothing to bill, ends instead.
    """
    assert subscription.period_end is not None, "only what has a period can be renewed"
    terms = await _terms_from_now(subscription)
    if subscription.cancel_at_period_end or not terms.is_billed:
        await endings.end(subscription)
        return None
    await _roll_period(subscription)
    invoice = await _issue(subscription, terms, now=now)
    if invoice.amount_due.cents == 0:
        await paid(invoice, subscription, now=now)
        return None
    await dunning.begin(invoice, is_automatic=subscription.auto_billing)
    return await _charge(invoice, subscription, now=now) if subscription.auto_billing else None


async def paid(invoice: Invoice, subscription: Subscription, *, now: datetime) -> None:
    """What follows from a paid renewal: its period's credits, and the end of its dunning (R4, R5).

    The same of whatever was billed under a contract (R40). Otherwise credits of a period that is
    over by then would be dead at once and are not granted.
    """
    if invoice.contract_id is None and invoice.reason is not InvoiceReason.RENEWAL:
        return
    assert invoice.period_end is not None
    if invoice.contract_id is not None:
        await credits.grant_contract_credits(invoice, now=now)
    elif invoice.period_start == subscription.period_start and now < invoice.period_end:
        plan = await Plan.get(id=subscription.plan_id)
        amount = plan.included_credits
        await credits.grant_plan_credits(subscription, plan, invoice, amount=amount, now=now)
    await dunning.heal(invoice, subscription)


async def _terms_from_now(subscription: Subscription) -> Terms:
    present = await capacities.terms_of(subscription)
    scheduled = await pending_changes.scheduled(subscription)
    if scheduled is None:
        return present
    workspace_id = subscription.workspace_id
    used = (await capacities.used_by([workspace_id]))[workspace_id]
    terms = capacities.next_terms(present, scheduled, used)
    await pending_changes.put_on(subscription, terms)
    if terms.plan.id != present.plan.id:
        await phone_numbers.release_surplus(subscription)
    await pending_changes.schedule(subscription, None)
    return terms


async def _roll_period(subscription: Subscription) -> None:
    assert subscription.anchor is not None
    subscription.period_index += 1
    period = period_of(
        subscription.anchor, subscription.period_index, subscription.workspace.time_zone
    )
    subscription.period_start, subscription.period_end = period.start, period.end
    await subscription.save(update_fields=["period_index", "period_start", "period_end"])


async def _issue(subscription: Subscription, terms: Terms, *, now: datetime) -> Invoice:
    assert subscription.anchor is not None
    workspace = subscription.workspace
    period = period_of(subscription.anchor, subscription.period_index, workspace.time_zone)
    draft = InvoiceDraft(
        lines=terms.lines(period),
        currency=terms.plan.currency,
        tax_rate=await invoices.tax_of(workspace),
        period=period,
        due_at=now + terms.payment_takes(auto_billing=subscription.auto_billing),
        contract=terms.contract,
        contract_credits=terms.included_credits if terms.contract else None,
    )
    return await invoices.issue(
        workspace,
        draft,
        reason=InvoiceReason.RENEWAL,
        subscription_id=subscription.id,
        now=now,
    )


async def _charge(invoice: Invoice, subscription: Subscription, *, now: datetime) -> Payment | None:
    try:
        method = await payment_methods.method_to_charge(subscription.workspace_id, None, now=now)
    except PaymentMethodRequired:
        return None  # expired since it was checked: dunning asks for another
    return await open_payment(invoice, method, now=now)
