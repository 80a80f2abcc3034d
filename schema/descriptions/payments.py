"""The words for payment methods and payments."""

from __future__ import annotations

from schema.descriptions.common import ITSELF, Texts

TEXTS: Texts = {
    "PaymentMethodKind": {
        ITSELF: "What a payment method is.",
        "CARD": "A debit or credit card.",
        "CASHAPP": "A Cash App account.",
        "US_BANK_ACCOUNT": "A bank account in the US, debited by ACH: settled after days.",
        "OTHER": "Another kind that the provider offers.",
    },
    "PaymentMethod": {
        "kind": "What it is.",
        "label": "What to call it before its owner, e.g. Visa •••• 4242.",
        "brand": "A card's brand as the provider writes it, e.g. visa; null for other kinds.",
        "last4": "Last four digits of the card or account; null when there are none.",
        "expiresMonth": "Month on the card, 1 to 12; null for other kinds.",
        "expiresYear": "Four-digit year on the card; null for other kinds.",
        "isDefault": "Whether renewals are charged to it.",
        "isExpired": "Whether the month on the card is over on the workspace's clock, by UTC.",
    },
    "PaymentStatus": {
        ITSELF: "What became of a payment.",
        "PENDING": "The provider is being asked.",
        "REQUIRES_ACTION": "The payer must confirm first; `action` says how.",
        "PROCESSING": "Accepted; the money is expected, which takes days for a bank debit.",
        "SUCCEEDED": "The money has arrived.",
        "FAILED": "No money moved, and none will.",
        "REFUNDED": "All of it was given back.",
        "PARTIALLY_REFUNDED": "Some of it was given back.",
        "DISPUTED": "The payer asked the bank to take it back, and the bank has the money.",
    },
    "DisputeStatus": {
        ITSELF: "Where a dispute stands.",
        "INQUIRY": "The bank only asks; no money has moved.",
        "NEEDS_RESPONSE": "The bank has taken the money back, and waits for an answer by `dueBy`.",
        "UNDER_REVIEW": "The bank has the money, and looks at the answer.",
        "WON": "The money is ours again.",
        "LOST": "The money is the payer's.",
        "CLOSED": "It is over, and no money ever moved.",
    },
    "Dispute": {
        "status": "Where it stands.",
        "amount": "How much of the payment it is about.",
        "reason": "The provider's word for what the payer has told the bank, e.g. fraudulent.",
        "dueBy": "Until when the bank can be answered, which is done at the provider; null when "
        "there is nothing to answer.",
        "openedAt": "When we heard of it, on the workspace's clock.",
    },
    "Payment": {
        "status": "What became of it.",
        "amount": "What was to be collected, tax included.",
        "refunded": "What was given back of it.",
        "createdAt": "When it was begun, on the workspace's clock.",
        "method": "What was charged; null when the workspace's unapplied balance paid, or when the "
        "amount is negative: what that was short of, and this invoice collects.",
        "declineCode": "The provider's reason for a failure, e.g. insufficient_funds; null "
        "otherwise.",
        "action": "What the payer must do; null unless the status is REQUIRES_ACTION.",
        "dispute": "The payer's last dispute of it; null when there was none.",
    },
    "PaymentAction": {
        "clientSecret": "For the provider's own script in the payer's browser; null when a page "
        "must be visited.",
        "redirectUrl": "A page to send the payer to; null when the provider's script does it.",
    },
    "PaymentSetup": {
        "provider": "Whose form to show, e.g. sandbox.",
        "publishableKey": "The provider's public key for that form; null when it needs none.",
        "clientSecret": "What the form must be opened with.",
    },
    "SetUpPaymentMethodInput": {
        "kinds": "Kinds that the form may offer, at least one.",
    },
    "SetUpPaymentMethodPayload": {
        "setup": "What the form needs; null when there are errors.",
    },
    "AttachPaymentMethodInput": {
        "token": "What the provider's form returned, or in the sandbox a test token such as "
        "pm_card_visa.",
        "makeDefault": "Whether renewals are charged to it from now on; the first one always is.",
    },
    "AttachPaymentMethodPayload": {
        "paymentMethod": "The attached payment method; null when there are errors.",
    },
    "SetDefaultPaymentMethodInput": {
        "paymentMethodId": "The payment method that renewals shall be charged to.",
    },
    "SetDefaultPaymentMethodPayload": {
        "paymentMethod": "The new default; null when there are errors.",
    },
    "DetachPaymentMethodInput": {
        "paymentMethodId": "The payment method to detach: not the last one while auto-billing is "
        "on.",
    },
    "PayInvoiceInput": {
        "invoiceId": "The invoice to pay, open or uncollectible.",
    },
    "PayInvoicePayload": {
        "invoice": "The invoice as it is now; null when there are errors.",
        "payment": "The payment that was begun; null when there are errors.",
    },
    "SimulateDisputeInput": {
        "paymentId": "The payment whose payer goes to the bank.",
        "status": "How the dispute stands from now on.",
        "amount": "How much of the payment is disputed, in whole cents; all of it when left out. "
        "It stays so once the dispute has begun.",
    },
    "SimulateDisputePayload": {
        "payment": "The payment as it is now; null when there are errors.",
    },
}
