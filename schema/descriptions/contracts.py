"""The words for contracts."""

from __future__ import annotations

from schema.descriptions.common import ITSELF, Texts

TEXTS: Texts = {
    "Contract": {
        "monthlyPrice": "What the plan costs a month, before tax and add-ons.",
        "includedCredits": "Credits that come with each period, when it is paid.",
        "allowances": "What the plan includes, every resource in the enum's order.",
        "invoiceDueDays": "How many days after it is issued a renewal is due.",
        "agreedAt": "When it was agreed, on the workspace's clock.",
    },
    "AllowanceInput": {
        ITSELF: "How much of a resource is agreed.",
        "resource": "Which resource.",
        "quantity": "How many units, 0 to 1,000,000; null is unlimited.",
    },
    "SetContractInput": {
        "workspaceId": "The workspace it is agreed with.",
        "monthlyPrice": "What the plan costs a month, before tax and add-ons, in whole cents: at "
        "least the price that the price list starts at.",
        "includedCredits": "Credits that come with each period, when it is paid.",
        "allowances": "What the plan includes, each resource named once; of those not named the "
        "price list's allowance holds.",
        "invoiceDueDays": "How many days after it is issued an invoice is due, 0 to 90.",
    },
    "SetContractPayload": {
        "invoice": "What was billed now, open and to be paid by hand; null when the contract "
        "begins with the next period, and when there are errors.",
    },
}
