"""What can be asked and done at the top."""

from __future__ import annotations

from schema.descriptions.common import Texts

TEXTS: Texts = {
    "Query": {
        "node": "The object with this id; null when there is none that you may see.",
        "node.id": "An id that this API gave out.",
        "nodes": "The objects with these ids in the same order, null for each that you may not "
        "see.",
        "nodes.ids": "At most 100 ids that this API gave out.",
        "viewer": "Whom your key speaks for; null without a key.",
        "workspace": "One workspace; null when there is none that you may see.",
        "workspace.id": "Its id; your own workspace when left out.",
        "workspaces": "All workspaces, oldest first; for operators only.",
        "plans": "The plans of the price list, public; with a workspace's key those of the version "
        "that the workspace is on.",
        "addOns": "The add-ons of the price list, public; with a workspace's key those of the "
        "version that the workspace is on.",
        "rates": "What metered things cost, public; only rates that fit all arguments.",
        "rates.meter": "Only rates of this meter.",
        "rates.provider": "Only rates of this provider.",
        "rates.model": "Only rates of this model.",
        "availablePhoneNumbers": "Numbers that could be bought now; fewer than `limit`, or none, "
        "where the carrier has no more.",
        "availablePhoneNumbers.country": "Two-letter ISO 3166 code, e.g. US.",
        "availablePhoneNumbers.areaCode": "Only numbers of this area, e.g. 415; any when left out.",
        "availablePhoneNumbers.limit": "At most so many, 1 to 100.",
        "priceEstimate": "What a month would cost: a plan with add-ons, calls, chats and whatever "
        "else is used, rated as usage is. Public; writes nothing.",
        "previewSubscribe": "What `subscribe` with the same input would do and bill now; writes "
        "nothing.",
        "previewChangePlan": "What `changePlan` with the same input would do and bill now; writes "
        "nothing.",
        "previewSetAddOns": "What `setAddOns` with the same input would do and bill now; writes "
        "nothing.",
    },
    "Mutation": {
        "createWorkspace": "Make a workspace on the free plan with its owner's seat, its sign-up "
        "credits and a first key; for operators only.",
        "createApiKey": "Make another key of a workspace; for operators only.",
        "revokeApiKey": "Let a key open nothing from now on; for operators only.",
        "setBillingAddress": "Replace the address that the next invoice shows and whose country "
        "decides its tax; issued invoices keep theirs.",
        "adjustCredits": "Give or take credits by hand, with a reason that the ledger shows; for "
        "operators only.",
        "voidInvoice": "Call off an outstanding invoice that no money has arrived for; what waited "
        "for it is dropped, its dunning ends. For operators only.",
        "refundPayment": "Give back some or all of a payment; a credit note says that it is not "
        "owed either. For operators only.",
        "setContract": "Put a workspace on the plan that is agreed by contract, or agree on other "
        "terms from its next period on; for operators only.",
        "purchaseCredits": "Buy credits at 1,000 for a dollar, on a plan that allows it. They come "
        "when their money does, and never expire.",
        "setAutoRecharge": "Have credits bought automatically when fewer than a threshold are "
        "available, or no more. Charges nothing by itself.",
        "recordUsage": "Report what was used, up to 1,000 events at once: each is rated, paid from "
        "the credits and stored, or refused, on its own and in order. Sending the same events "
        "again is safe, also after the error code BUSY, which says that too much is being "
        "reported at the moment.",
        "startCall": "Begin a call: it takes a call line and credits are held for its first "
        "minutes. Refused when no line or not enough credits are free. While it lasts, as many "
        "minutes are held again whenever those that are held are over.",
        "endCall": "End a call: it is paid by the second from what was held for it, and its line "
        "and the rest of the held credits are free again. What it cost beyond that is taken, too, "
        "and may leave a debt.",
        "subscribe": "Move a workspace from the free plan to a paid one: its first period is "
        "charged now and begins when it is paid.",
        "changePlan": "Move a paid workspace to another plan: to one that costs more now, charged "
        "for the rest of the period less what is unused of the present one; to one that costs less "
        "at the period's end.",
        "setAddOns": "Have more or fewer units of add-ons: more is charged now for the rest of the "
        "period, less begins at its end.",
        "cancelSubscription": "End the subscription with its period; until then all goes on as "
        "paid for. Then phone numbers that were bought are released, for good.",
        "resumeSubscription": "Take a cancellation back before it takes effect.",
        "assignSeat": "Give a seat to a person of the own team, or to a client company, which is "
        "made with it.",
        "releaseSeat": "Give a seat back, at once; that of a client company archives the company, "
        "and its phone numbers are assigned to nobody then.",
        "registerAgent": "Take an agent slot for an agent of the platform.",
        "archiveAgent": "Give an agent's slot back, at once; nobody answers at its phone numbers "
        "then.",
        "buyPhoneNumber": "Buy a phone number for a free slot. The number itself costs nothing.",
        "importPhoneNumber": "Use a phone number that the workspace has elsewhere; takes no slot.",
        "assignPhoneNumber": "Say which agent answers at a phone number, and for which client "
        "company.",
        "releasePhoneNumber": "Give a phone number back, for good: its slot is free at once, and "
        "the slot's fee runs on.",
        "advanceClock": "Sandbox only: move a workspace's own clock on. Everything that falls due "
        "in it on the way is done, in order, before the answer.",
        "simulateDispute": "Sandbox only: the payer of a payment asks their bank to take it back, "
        "or the bank goes on with that. For operators only.",
        "setAutoBilling": "Charge renewals by themselves or leave them to be paid by hand, from "
        "the next renewal on.",
        "setUpPaymentMethod": "Begin to collect a payment method with the provider's own form.",
        "attachPaymentMethod": "Keep a payment method for later charges.",
        "setDefaultPaymentMethod": "Charge this payment method from now on.",
        "detachPaymentMethod": "Never charge this payment method again; when it was the default, "
        "the newest of the others becomes it.",
        "payInvoice": "Charge what is due on an open invoice now.",
    },
}
