"""The words for refusals."""

from __future__ import annotations

from schema.descriptions.common import Texts

TEXTS: Texts = {
    "UserErrorCode": {
        "INVALID_INPUT": "A value that can never be right; `path` says which.",
        "NOT_FOUND": "There is no such object that you may see.",
        "FORBIDDEN": "Your key may not do this.",
        "NO_CHANGE": "What is asked for is so already.",
        "IDEMPOTENCY_CONFLICT": "The idempotency key, or the id of the event or the call, was used "
        "before with another input.",
        "IN_PROGRESS": "The same thing is under way; wait for its outcome.",
        "OUTSTANDING_INVOICE": "Invoices must be paid first.",
        "PENDING_CHANGE": "An earlier change must be decided first.",
        "PLAN_NOT_SELF_SERVE": "The plan is agreed by contract; only an operator sets it.",
        "PLAN_REQUIRED": "The workspace's plan does not allow this; another one does.",
        "QUOTE_EXPIRED": "The previewed price no longer holds; ask for a new preview.",
        "CAPACITY_EXCEEDED": "No unit of the resource is free.",
        "CAPACITY_IN_USE": "More units are in use than would be left.",
        "PAYMENT_METHOD_REQUIRED": "There is no payment method that can be charged.",
        "PAYMENT_METHOD_IN_USE": "The payment method is the last one, and auto-billing or "
        "auto-recharge needs it.",
        "PAYMENT_DECLINED": "The provider or the bank refused the payment method, the charge or "
        "the refund.",
        "PAYMENT_ACTION_REQUIRED": "The payer must confirm; it goes on by itself afterwards.",
        "PAYMENT_UNAVAILABLE": "The provider did not answer; repeat with the same idempotency key.",
        "INSUFFICIENT_CREDITS": "Fewer credits are available than are needed.",
        "SPEND_CAP_REACHED": "A limit of spending that was set is reached.",
        "INVOICE_NOT_PAYABLE": "The invoice is paid or void: there is nothing to pay or to void.",
        "REFUND_TOO_LARGE": "More than is left of the payment cannot be refunded.",
        "NUMBER_UNAVAILABLE": "The phone number cannot be had.",
        "CARRIER_UNAVAILABLE": "The phone carrier did not answer; repeat with the same idempotency "
        "key.",
        "CONNECT_REQUIRED": "The workspace must connect an account for payouts first.",
        "PAYOUTS_DISABLED": "The workspace's account for payouts cannot take money now.",
    },
    "UserError": {
        "code": "What went wrong, for programs.",
        "message": "What went wrong and what to do, for people.",
        "path": 'The field of the input at fault, e.g. ["addOns", "0", "quantity"]; empty when it '
        "is no single one.",
    },
    "OutstandingInvoiceError": {
        "invoices": "What must be paid first, oldest first.",
    },
    "CapacityError": {
        "resource": "Of what there is too little.",
        "limit": "How much there is, or would be left.",
        "used": "How much is in use.",
        "requested": "How much more was asked for; what is in use when less is asked for.",
        "addOn": "The add-on of which one more unit makes room; null when there is none, and when "
        "less is asked for.",
    },
    "PaymentDeclinedError": {
        "declineCode": "The provider's reason, e.g. insufficient_funds; null when it gave none.",
        "invoice": "The invoice that was not paid, or whose payment could not be refunded; null "
        "when none was made.",
    },
    "PaymentActionError": {
        "action": "What the payer must do.",
        "invoice": "The invoice that waits for it; null when none was made.",
    },
    "InsufficientCreditsError": {
        "available": "How many can be spent now.",
        "required": "How many are needed.",
    },
}
