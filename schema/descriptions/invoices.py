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
        "balanceApplied": "What of the total the workspace's unapplied balance will pay, also what "
        "is too little to be charged (less than $0.50); negative: what that lacks is collected.",
        "amountDue": "What will be charged: the total less what the unapplied balance pays.",
        "dueAt": "When it would have to be paid.",
    },
    "Invoice": AMOUNTS
    | {
        "number": "Counts a workspace's invoices without a gap; null for a draft.",
        "status": "Where it stands.",
        "reason": "What it was made for.",
        "workspace": "The workspace that it was billed to.",
        "amountPaid": "What has been paid, from the unapplied balance too, less refunds; negative "
        "while it is to collect what that is short of.",
        "amountDue": "What is still to be paid: nothing on a void invoice, and nothing of what was "
        "refunded.",
        "isOverdue": "Whether something is due and `dueAt` is past on the workspace's clock.",
        "issuedAt": "When it got its number, on the workspace's clock; null for a draft.",
        "dueAt": "When it has to be paid, on the workspace's clock; null for a draft.",
        "paidAt": "When nothing was due any more, on the workspace's clock; null until then.",
        "voidedAt": "When it was called off, on the workspace's clock; null when it was not.",
        "voidReason": "Why an operator called it off; null when none did.",
        "payments": "Every try to collect it, oldest first; what the unapplied balance has paid is "
        "one without a method.",
        "creditNotes": "What of it is not owed after all, oldest first.",
        "htmlUrl": "A printable page of this very invoice. The address is good for an hour and "
        "opens this one invoice without a key: give it to a browser, do not keep it.",
        "pdfUrl": "The same as a PDF file, by an address of the same kind.",
    },
    "CreditNote": {
        "number": "Counts a workspace's credit notes without a gap.",
        "amount": "How much is not owed after all, tax included.",
        "reason": "Why, in the operator's words.",
        "issuedAt": "When the money had gone back, on the workspace's clock.",
    },
}
