"""The words for credits."""

from __future__ import annotations

from schema.descriptions.common import ITSELF, Texts

TEXTS: Texts = {
    "CreditBalance": {
        "available": "What can be spent: the total less what is held.",
        "held": "Set aside for calls that are under way.",
        "total": "All that is left and not expired, less what is owed; negative when more was used "
        "than there was. What calls hold counts until they end, also when it would have expired.",
        "debt": "What is owed, which the next grant repays first: a negative total as a positive "
        "number, more while calls hold credits, which pay for them alone; 0 otherwise.",
        "worth": "The total in money at 1,000 credits to the dollar, rounded to the nearest cent.",
        "nextExpiry": "When credits expire next that no call holds; null when none will.",
        "expiringAtNextExpiry": "How many expire then.",
    },
    "CreditGrantSource": {
        ITSELF: "Why credits came in.",
        "SIGNUP": "The start credits of a workspace: once, never expiring.",
        "PLAN": "Included in a paid period of the plan.",
        "PURCHASE": "Bought.",
        "AUTO_RECHARGE": "Bought by themselves because the balance ran low.",
        "TRANSFER": "Moved from another balance.",
        "CLIENT_PURCHASE": "Bought by a client company of the workspace.",
        "ADJUSTMENT": "Given by an operator.",
        "DISPUTE_WON": "Taken by a dispute that was won, and no place to go back to.",
    },
    "CreditGrant": {
        "source": "Why they came in.",
        "granted": "How many came in.",
        "remaining": "How many are neither spent nor booked as expired; what calls hold is among "
        "them.",
        "grantedAt": "When they came in, on the workspace's clock.",
        "expiresAt": "From this instant on they cannot be spent; null is never.",
        "invoice": "The invoice that paid for them; null when none did.",
        "note": "The reason that was given for an adjustment, or which dispute was won; null for "
        "other grants.",
    },
    "LedgerEntryKind": {
        ITSELF: "What moved credits.",
        "GRANT": "Credits came in.",
        "USAGE": "Credits were spent.",
        "EXPIRY": "Credits expired.",
        "TRANSFER_IN": "Credits came from another balance.",
        "TRANSFER_OUT": "Credits went to another balance.",
        "ADJUSTMENT": "An operator gave or took credits.",
        "REFUND": "Bought credits were taken back for their money.",
        "REVERSAL": "A dispute took back what a grant had brought, or gave back what it took.",
    },
    "LedgerEntry": {
        "kind": "What moved the credits.",
        "amount": "Positive when credits came in, negative when they went out.",
        "balanceAfter": "The balance after this entry.",
        "occurredAt": "When it happened, on the workspace's clock.",
        "recordedAt": "When it was written, in real time.",
        "description": "What it was for, in words.",
        "grant": "The grant whose credits moved; null for what is owed.",
        "usageEvent": "The usage that it paid; null for every other kind.",
    },
    "AutoRecharge": {
        "enabled": "Whether credits are bought automatically, charged to the default payment "
        "method.",
        "threshold": "Credits are bought when less than this is available, holds subtracted.",
        "amount": "What one charge buys credits for, before tax; a multiple of it when one would "
        "not bring the balance above the threshold.",
        "monthlyCap": "What it may charge in a billing period at most, tax included; null is "
        "without limit.",
        "chargedThisPeriod": "What it has charged in this billing period, tax included.",
        "isBelowThreshold": "Whether less than the threshold is available now. Switching on "
        "charges nothing by itself: the next use of credits does. To have more at once, buy some "
        "with purchaseCredits.",
        "blockedBy": "Why it charges nothing while it is on; null when nothing is wrong. After a "
        "decline there is no further try before the default method changes, credits are bought "
        "with the one that was declined, or setAutoRecharge switches it on again.",
    },
    "PurchaseCreditsInput": {
        "amount": "What to buy credits for, before tax, at 1,000 for a dollar: whole dollars, 5 to "
        "10,000.",
    },
    "PurchaseCreditsPayload": {
        "grant": "The credits that came in, which never expire; null when there are errors, and "
        "while a bank debit is on its way: they come with its money.",
        "invoice": "What was billed for them, OPEN while a bank debit is on its way; null when "
        "there are errors.",
        "creditBalance": "What there is to spend after it; null when there are errors.",
    },
    "SetAutoRechargeInput": {
        "enabled": "Whether credits are bought automatically from now on; this needs a usable "
        "default payment method. Nothing is charged at once. Switching it on again is another try "
        "after a decline.",
        "threshold": "Buy when less than this is available: more than 0, and less than `amount` "
        "buys.",
        "amount": "What one charge buys credits for, before tax: whole dollars, 5 to 10,000.",
        "monthlyCap": "What may be charged in a billing period at most, tax included: enough for "
        "one charge. Null is without limit; every setting is replaced, so this one too.",
    },
    "SetAutoRechargePayload": {
        "autoRecharge": "As it is now; null when there are errors.",
    },
    "AdjustCreditsInput": {
        "workspaceId": "The workspace whose credits are adjusted.",
        "credits": "How many to give, or with a minus to take: not 0, at most 1,000,000,000, and "
        "no more taken than is available.",
        "reason": "Why, as the ledger shows it, at most 500 characters.",
        "expiresAt": "When given credits expire, after the workspace's now; never when left out.",
    },
    "AdjustCreditsPayload": {
        "entry": "The ledger entry that was written, the last one when credits were taken from "
        "several grants; null when there are errors.",
    },
}
