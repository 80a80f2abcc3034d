"""The words for invoices."""

from __future__ import annotations

from schema.descriptions.common import ITSELF, Texts

AMOUNTS = {
    "lines": "What is billed, the plan first.",
    "subtotal": "All lines together, before tax.",
    "tax": "Added on the subtotal by the country of the billing address, rounded once to the "
    "nearest cent, halves up.",
    "total": "Subtotal and tax together.",
    "period": "The half-open period that is billed in advance; null when none is.",
}

TEXTS: Texts = {
    "InvoiceStatus": {
        ITSELF: "Where an invoice stands.",
        "DRAFT": "Not issued: it has no number and may still change.",
        "OPEN": "Issued, and something is due.",
        "PAID": "Nothing is due any more; this is for good.",
        "VOID": "Called off before anything was paid, keeping its number; this is for good.",
        "UNCOLLECTIBLE": "Still due, but no longer expected; it can be paid.",
    },
    "InvoiceReason": {
        ITSELF: "What an invoice was made for.",
        "SUBSCRIBE": "The first period of a paid plan.",
        "RENEWAL": "The next period.",
        "CHANGE": "A change within a period, in proportion to what is left of it.",
        "CREDIT_PURCHASE": "Credits that were bought.",
        "AUTO_RECHARGE": "Credits that were bought by themselves because the balance ran low.",
        "MANUAL": "Made by an operator.",
    },
    "InvoiceLine": {
        "description": "What it is for, as the invoice says it.",
        "quantity": "How many units.",
        "unitPrice": "For one unit, before tax.",
        "amount": "What the line adds to the subtotal, rounded to the cent; negative for a credit.",
        "period": "The half-open period that it is for; null when it is for none.",
        "proration": "Whether it is for a part of a period only.",
        "plan": "The plan it is for; null when it is for none.",
        "addOn": "The add-on it is for; null when it is for none.",
    },
    "InvoicePreview": AMOUNTS
    | {
        "dueAt": "When it would have to be paid.",
    },
    "Invoice": AMOUNTS
    | {
        "number": "Counts a workspace's invoices without a gap; null for a draft.",
        "status": "Where it stands.",
        "reason": "What it was made for.",
        "workspace": "The workspace that it was billed to.",
        "amountPaid": "What has been paid, less refunds.",
        "amountDue": "What is still to be paid; nothing on a void invoice.",
        "isOverdue": "Whether something is due and `dueAt` is past on the workspace's clock.",
        "issuedAt": "When it got its number, on the workspace's clock; null for a draft.",
        "dueAt": "When it has to be paid, on the workspace's clock; null for a draft.",
        "paidAt": "When nothing was due any more, on the workspace's clock; null until then.",
        "payments": "Every try to collect it, oldest first.",
        "htmlUrl": "A printable page of this very invoice. The address is good for an hour and "
        "opens this one invoice without a key: give it to a browser, do not keep it.",
        "pdfUrl": "The same as a PDF file, by an address of the same kind.",
    },
}
