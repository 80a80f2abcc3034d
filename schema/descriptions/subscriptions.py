"""The words for what a workspace pays for."""

from __future__ import annotations

from schema.descriptions.common import ITSELF, Texts

TEXTS: Texts = {
    "SubscriptionStatus": {
        ITSELF: "Where a subscription stands.",
        "TRIALING": "On trial: in use before anything is billed.",
        "ACTIVE": "In use, with nothing overdue.",
        "PAST_DUE": "A renewal is overdue: credits can still be used and bought, changes of the "
        "plan and more add-ons are refused.",
        "UNPAID": "A renewal is long overdue: use is paused until it is paid.",
        "CANCELLED": "Ended; the workspace is back on the free plan.",
    },
    "PlanSubscription": {
        "status": "Where it stands.",
        "plan": "The plan in force now.",
        "contract": "What was agreed in place of the plan's price, credits and limits; null when "
        "the price list holds.",
        "addOns": "The add-ons in force now, in the price list's order.",
        "currentPeriod": "The half-open period that is billed now; null on the free plan.",
        "anchor": "When the billing cycle began: every period starts on its day of the month and "
        "time of day in the workspace's time zone, or at the month's end; null on the free plan.",
        "cancelAtPeriodEnd": "Whether it ends with the current period.",
        "pendingChange": "A change that waits for its money or its day; null when there is none.",
        "monthlyTotal": "What the plan and add-ons in force cost a month, before tax.",
    },
    "SubscribedAddOn": {
        "addOn": "Which add-on.",
        "quantity": "How many units of it.",
        "unitPrice": "For one unit and month, before tax.",
    },
    "PendingChange": {
        "plan": "The plan from then on; the present one when it stays.",
        "contract": "The contract that comes with it, or stays; null when the price list holds.",
        "addOns": "All add-ons from then on, those that stay too.",
        "effectiveAt": "When it takes effect; while its money is under way, when that is expected.",
    },
    "AutoBilling": {
        "enabled": "True: every renewal is charged to the default payment method; false: every "
        "renewal is an open invoice to pay by hand.",
        "nextRenewalAt": "When the next renewal is billed; null when nothing will be.",
        "problems": "Why the next renewal could not be charged now; empty when it could.",
    },
    "Capacity": {
        "resource": "Which resource.",
        "included": "What the plan brings; null is unlimited.",
        "purchased": "What add-ons bring on top.",
        "limit": "Included and purchased together; null is unlimited. 0 for call lines while the "
        "subscription is UNPAID.",
        "used": "How many are in use; above the limit only after the limit has fallen.",
        "available": "How many more can be used, never below 0; null is unlimited.",
    },
    "ChangePreview": {
        "dueNow": "The invoice that the change would be billed with; null when nothing is due now, "
        "and when no offer can be made.",
        "next": "The renewal after it; null when nothing will be billed, and when no offer can be "
        "made.",
        "effectiveAt": "When the change would take effect, or begin to when less comes later.",
        "capacitiesAfter": "What may be in use after the change, every resource in the enum's "
        "order.",
        "creditsGranted": "Credits that come with the change.",
        "errors": "Why the change would be refused now; empty when it would not.",
    },
    "AddOnQuantity": {
        ITSELF: "An add-on and how many units of it.",
        "addOn": "The add-on's key, e.g. client-seat.",
        "quantity": "How many units: from 1 to the add-on's `maxQuantity`, or to 10,000 when it "
        "has none; to change add-ons, 0 is none of it.",
    },
    "SubscribeInput": {
        "plan": "The plan's key, e.g. pay-as-you-go.",
        "addOns": "Add-ons to begin with, each named once.",
        "autoBilling": "Whether renewals are charged by themselves; this needs a usable default "
        "payment method.",
    },
    "ChangeTiming": {
        "AUTO": "Now when the new plan costs more, otherwise at the period's end.",
        "NOW": "Now; refused for a plan that costs no more.",
        "PERIOD_END": "At the period's end.",
    },
    "ChangePlanInput": {
        "plan": "The wanted plan's key; the present one's takes back a change of plan that is "
        "scheduled.",
        "timing": "When it begins.",
        "acceptOverage": "Whether less may be left than is in use: then the newest agents "
        "are paused, the newest members lose access and the newest companies may only look, none "
        "deleted; the newest phone numbers that were bought are released, for good.",
    },
    "ChangePlanPayload": {
        "invoice": "What was billed now; null when nothing was, and when there are errors.",
    },
    "SetAddOnsInput": {
        "addOns": "The wanted quantities, each add-on named once; those not named stay as they "
        "are. More is charged now for the rest of the period, less begins at its end.",
    },
    "SetAddOnsPayload": {
        "invoice": "What was billed now; null when nothing was, and when there are errors.",
    },
    "CancelSubscriptionInput": {
        "reason": "Why, in your own words, at most 500 characters.",
    },
    "SetAutoBillingInput": {
        "enabled": "True to charge renewals to the default payment method, which must be usable.",
    },
    "SetAutoBillingPayload": {
        "autoBilling": "As it is now; null when there are errors.",
    },
}
