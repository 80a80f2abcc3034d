"""The rows that change when money of a payment goes back, and how the payment then stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.disputes import HOLDS_MONEY, Dispute
from models.invoices import Invoice
from models.payments import Payment, PaymentStatus
from models.subscriptions import Subscription
from models.workspaces import Workspace
from services import balances
from services.locks import locked_subscription


@dataclass(frozen=True, slots=True)
class PaymentBooks:
    """A payment with its invoice and its subscription, locked until the transaction ends."""

    subscription: Subscription
    invoice: Invoice
    payment: Payment
    # whether the payment's money is (or was) in the unapplied balance: it came too late
    is_of_balance: bool

    @property
    def workspace(self) -> Workspace:
        return self.subscription.workspace

    @property
    def now(self) -> datetime:
        return self.workspace.now


async def locked_books(payment_id: UUID) -> PaymentBooks:
    """Lock them, in the order of services/locks.py."""
    found = await Payment.get(id=payment_id)
    subscription = await locked_subscription(found.workspace_id)
    invoice = await Invoice.select_for_update().get(id=found.invoice_id)
    payment = await Payment.select_for_update().get(id=payment_id)
    is_of_balance = payment.id in await balances.received_of([payment])
    return PaymentBooks(subscription, invoice, payment, is_of_balance)


async def note_standing(payment: Payment) -> None:
    """Write on a locked payment that has arrived what has gone back of it, and to whom."""
    if await Dispute.exists(payment_id=payment.id, status__in=HOLDS_MONEY):
        payment.status = PaymentStatus.DISPUTED
    elif payment.refunded_cents == 0:
        payment.status = PaymentStatus.SUCCEEDED
    elif payment.refunded_cents == payment.amount_cents:
        payment.status = PaymentStatus.REFUNDED
    else:
        payment.status = PaymentStatus.PARTIALLY_REFUNDED
    await payment.save(update_fields=["refunded_cents", "status"])
