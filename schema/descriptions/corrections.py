"""The words for corrections."""

from __future__ import annotations

from schema.descriptions.common import Texts

TEXTS: Texts = {
    "VoidInvoiceInput": {
        "invoiceId": "The invoice to call off, open or uncollectible.",
        "reason": "Why, at most 500 characters; kept as the invoice's `voidReason`.",
    },
    "VoidInvoicePayload": {
        "invoice": "The invoice as it is now; null when there are errors.",
    },
    "RefundPaymentInput": {
        "paymentId": "The payment to give back.",
        "amount": "How much of it, in whole cents; all that is left when left out.",
        "reason": "Why, at most 500 characters; the credit note shows it.",
    },
    "RefundPaymentPayload": {
        "payment": "The payment as it is now; null when there are errors.",
        "creditNote": "The credit note; null while the money is on its way back, when the payment "
        "came after its invoice was voided, and when there are errors.",
    },
}
