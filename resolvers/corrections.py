"""Operators put right what was billed and paid."""

from __future__ import annotations

from decimal import Decimal

from models.invoices import Invoice
from models.payments import Payment
from resolvers import access
from resolvers.context import Info
from services import refunds, voiding
from services.answers import Answer
from services.api_keys import Scope
from services.idempotency import Command
from services.refunds import RefundRequest


async def void_invoice(
    info: Info, invoice_id: str, reason: str, idempotency_key: str | None
) -> Answer:
    access.operator(info, Scope.WRITE)
    invoice = await access.row(
        info, Invoice, invoice_id, what="The invoice", path=("invoiceId",), scope=Scope.WRITE
    )
    request = {"invoice": invoice.id, "reason": reason}
    return await voiding.void_invoice(
        Command(invoice.workspace_id, "voidInvoice", idempotency_key, request),
        invoice.id,
        reason=reason,
        gateway=info.context.gateway,
    )


async def refund_payment(
    info: Info, payment_id: str, amount: Decimal | None, reason: str, idempotency_key: str | None
) -> Answer:
    access.operator(info, Scope.WRITE)
    payment = await access.row(
        info, Payment, payment_id, what="The payment", path=("paymentId",), scope=Scope.WRITE
    )
    # 5 and 5.00 are the same amount
    same_amount = None if amount is None else str(amount.normalize())
    request = {"payment": payment.id, "amount": same_amount, "reason": reason}
    return await refunds.refund_payment(
        Command(payment.workspace_id, "refundPayment", idempotency_key, request),
        payment.id,
        RefundRequest(amount, reason),
        gateway=info.context.gateway,
    )
