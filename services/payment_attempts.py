"""A try to collect an invoice, written down before anybody is asked for money."""

from __future__ import annotations

from datetime import datetime

from models.invoices import Invoice
from models.payments import Payment, PaymentMethod, PaymentStatus


async def open_payment(invoice: Invoice, method: PaymentMethod, *, now: datetime) -> Payment:
    """Write that `invoice` is about to be charged to `method`, in the caller's transaction."""
    return await Payment.create(
        workspace_id=invoice.workspace_id,
        invoice_id=invoice.id,
        method_id=method.id,
        status=PaymentStatus.PENDING,
        amount_cents=invoice.amount_due.cents,
        currency=invoice.currency,
        opened_at=now,
    )
