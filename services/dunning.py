"""What happens to a renewal that is not paid: further tries, then less and less service (R5).

Days count from the day on which the invoice was due:

    day 0         PAST_DUE
    day 1 3 5 7   the default method is charged again, if auto-billing was and is on
    day 14        UNPAID: agents paused, no calls; numbers are kept
    day 30        back to the free plan, numbers released; the invoice is given up as uncollectible

Paying at any time ends it. A bank debit under way is waited for; a payer who is asked to confirm is
not, but is not charged besides. Under a contract the next renewal
is issued before the last one is due, so that two may be dunned at once: neither makes good what the
other made worse, and what ended by one is not ended again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from models.invoices import PURCHASES, Dunning, Invoice
from models.payments import UNDECIDED, Payment
from models.subscriptions import Subscription, SubscriptionStatus
from services import agents, endings, invoices, payment_methods
from services.errors import PaymentMethodRequired
from services.payment_attempts import open_payment

# What a bank says of a method that will never work again, or that its owner has forbidden to us,
# and what the provider says of one that it has no more; anything else may pass.
HOPELESS_CODES = frozenset(
    {
        "account_closed",
        "card_not_supported",
        "debit_not_authorized",
        "expired_card",
        "invalid_account",
        "lost_card",
        "no_account",
        "pickup_card",
        "resource_missing",
        "revocation_of_all_authorizations",
        "revocation_of_authorization",
        "stolen_card",
        "stop_payment_order",
    }
)


class Step(StrEnum):
    """What is done on a day of the schedule."""

    PAST_DUE = "PAST_DUE"
    TRY = "TRY"
    UNPAID = "UNPAID"
    END = "END"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A step, so long after the due date."""

    after: timedelta
    step: Step


SCHEDULE = (
    Appointment(timedelta(days=0), Step.PAST_DUE),
    Appointment(timedelta(days=1), Step.TRY),
    Appointment(timedelta(days=3), Step.TRY),
    Appointment(timedelta(days=5), Step.TRY),
    Appointment(timedelta(days=7), Step.TRY),
    Appointment(timedelta(days=14), Step.UNPAID),
    Appointment(timedelta(days=30), Step.END),
)


async def begin(invoice: Invoice, *, is_automatic: bool) -> None:
    """Keep an eye on an issued renewal until it is paid or given up.

    One that is to be paid by hand is not charged, also when auto-billing is switched on (R6).
    """
    await Dunning.create(
        workspace_id=invoice.workspace_id,
        invoice_id=invoice.id,
        is_automatic=is_automatic,
        next_at=invoice.due_at + SCHEDULE[0].after,
    )


async def take_step(
    dunning: Dunning, subscription: Subscription, *, now: datetime
) -> Payment | None:
    """Do what the schedule says for today. Returns a payment to collect, if one was opened.

    Under the subscription's lock. While a bank has a payment of the invoice no step is taken: the
    agenda leaves those out until it is decided.
    """
    invoice = await Invoice.select_for_update().get(id=dunning.invoice_id)
    step = SCHEDULE[dunning.step].step
    payment = None
    match step:
        case Step.PAST_DUE:
            await _worsen(subscription, SubscriptionStatus.PAST_DUE)
        case Step.TRY:
            payment = await _try_again(dunning, invoice, subscription, now=now)
        case Step.UNPAID:
            await _worsen(subscription, SubscriptionStatus.UNPAID)
        case Step.END:
            await invoices.give_up(invoice)
            if subscription.period_end is not None:
                await endings.end(subscription)
    await _next(dunning, invoice, now=now)
    return payment


async def heal(invoice: Invoice, subscription: Subscription) -> None:
    """A paid invoice is dunned no more; the subscription is ACTIVE again if it was the last."""
    await Dunning.filter(invoice_id=invoice.id).delete()
    behind = (SubscriptionStatus.PAST_DUE, SubscriptionStatus.UNPAID)
    if subscription.status in behind and not await _is_behind(subscription, invoice):
        await _set_status(subscription, SubscriptionStatus.ACTIVE)


async def note_decline(invoice: Invoice, payment: Payment) -> None:
    """Remember a method that can never work, so that it is not charged day after day."""
    if payment.decline_code in HOPELESS_CODES:
        await Dunning.filter(invoice_id=invoice.id).update(dead_method_id=payment.method_id)


async def _try_again(
    dunning: Dunning, invoice: Invoice, subscription: Subscription, *, now: datetime
) -> Payment | None:
    if not (dunning.is_automatic and subscription.auto_billing):
        return None
    if await Payment.exists(invoice_id=invoice.id, status__in=UNDECIDED):
        return None  # the payer has a question to answer
    try:
        method = await payment_methods.method_to_charge(invoice.workspace_id, None, now=now)
    except PaymentMethodRequired:
        return None
    if method.id == dunning.dead_method_id:
        return None
    return await open_payment(invoice, method, now=now)


async def _next(dunning: Dunning, invoice: Invoice, *, now: datetime) -> None:
    if dunning.step + 1 == len(SCHEDULE):
        await dunning.delete()
        return
    dunning.step += 1
    # of tries that were missed meanwhile, as while a bank debit was under way, one is made
    while dunning.step + 1 < len(SCHEDULE) and _is_past_try(invoice, dunning.step + 1, now=now):
        dunning.step += 1
    dunning.next_at = invoice.due_at + SCHEDULE[dunning.step].after
    await dunning.save(update_fields=["step", "next_at"])


def _is_past_try(invoice: Invoice, step: int, *, now: datetime) -> bool:
    appointment = SCHEDULE[step]
    return appointment.step is Step.TRY and invoice.due_at + appointment.after <= now


async def _is_behind(subscription: Subscription, paid: Invoice) -> bool:
    now = subscription.workspace.now
    return any(
        invoices.is_overdue(invoice, now=now)
        for invoice in await invoices.outstanding(subscription.workspace_id)
        # credits that are being paid for are no part of what the plan owes
        if invoice.id != paid.id and invoice.reason not in PURCHASES
    )


async def _worsen(subscription: Subscription, status: SubscriptionStatus) -> None:
    if subscription.period_end is not None and subscription.status is not SubscriptionStatus.UNPAID:
        await _set_status(subscription, status)


async def _set_status(subscription: Subscription, status: SubscriptionStatus) -> None:
    if subscription.period_end is None:
        return  # it has ended; what is still owed takes nothing of the free plan
    subscription.status = status
    await subscription.save(update_fields=["status"])
    await agents.pause_surplus(subscription)
