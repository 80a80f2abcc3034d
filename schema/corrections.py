"""Corrections of what was billed and paid, as operators make them."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from resolvers import corrections
from schema.errors import UserError
from schema.invoices import CreditNote, Invoice
from schema.mutation import mutation, payload
from schema.payments import Payment


@strawberry.input
class VoidInvoiceInput:
    invoice_id: strawberry.ID
    reason: str
    idempotency_key: str | None = None


@payload
class VoidInvoicePayload:
    invoice: Invoice | None
    errors: list[UserError]


@strawberry.input
class RefundPaymentInput:
    payment_id: strawberry.ID
    reason: str
    amount: Decimal | None = None
    idempotency_key: str | None = None


@payload
class RefundPaymentPayload:
    payment: Payment | None
    credit_note: CreditNote | None
    errors: list[UserError]


@strawberry.type
class CorrectionMutations:
    void_invoice = mutation(corrections.void_invoice, VoidInvoiceInput, VoidInvoicePayload)
    refund_payment = mutation(corrections.refund_payment, RefundPaymentInput, RefundPaymentPayload)
