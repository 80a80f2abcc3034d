"""A try to collect an invoice, written down before anybody is asked for money."""

from __future__ import annotations

from datetime import datetime

from models.invoices import Invoice
from models.payments import Payment, PaymentMethod, PaymentStatus


async def open_payment(
    invoice: Invoice, method: PaymentMethod, *, now: datetime, payer_present: bool = False
) -> Payment:
    """Write that `invoice` is about to be charged to `method`, in the caller's transaction.

    `payer_present`: whether somebody waits for the answer who could confirm at their bank.
    """
    return await Payment.create(
        workspace_id=invoice.workspace_id,
        invoice_id=invoice.id,
        method_id=method.id,
        status=PaymentStatus.PENDING,
        amount_cents=invoice.amount_due.cents,
        currency=invoice.currency,
        payer_present=payer_present,
        opened_at=now,
    )
