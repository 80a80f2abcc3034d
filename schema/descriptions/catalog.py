"""The words for the price list."""

from __future__ import annotations

from schema.descriptions.common import Texts

TEXTS: Texts = {
    "Resource": {
        "AGENT_SLOT": "An agent that is not archived.",
        "WORKSPACE_SEAT": "A member of the workspace's own team, its owner and open invitations "
        "included.",
        "CLIENT_SEAT": "A client company of the workspace, with all of its team.",
        "CALL_LINE": "A call at the same time as others.",
        "PHONE_NUMBER": "A phone number bought from us; imported ones take none.",
    },
    "Allowance": {
        "resource": "What is allowed.",
        "quantity": "How many; null is unlimited.",
    },
    "Feature": {
        "key": "Stable name for programs, e.g. custom-branding.",
        "name": "Name for people.",
    },
    "Plan": {
        "key": "Stable name for programs, e.g. pay-as-you-go.",
        "name": "Name for people.",
        "description": "What the plan is for, in a sentence or two.",
        "price": "For one month, before tax, billed in advance.",
        "priceIsStartingAt": "True when the price is agreed by contract and this is the least.",
        "selfServe": "Whether `subscribe` takes this plan; false when only an operator can put a "
        "workspace on it.",
        "includedCredits": "Granted at the start of every paid period.",
        "allowances": "What may be in use at the same time, every resource in the enum's order.",
        "features": "Its own, then those of the plans it builds on.",
    },
    "AddOn": {
        "key": "Stable name for programs, e.g. client-seat.",
        "name": "Name for people.",
        "description": "What one unit brings, in a sentence or two.",
        "price": "For one unit and month, before tax, billed in advance.",
        "allowances": "What one unit adds to the plan's allowances.",
        "features": "What it makes available on top of the plan.",
        "maxQuantity": "Most units that a workspace can have; null when the add-on sets no such "
        "limit.",
    },
    "Rate": {
        "meter": "What is measured, e.g. llm.input_tokens, voice.stt or tool.use.",
        "unit": "What the meter counts, e.g. token, minute or page.",
        "provider": "Whose service is used, e.g. deepgram; null when the rate is not of one.",
        "model": "Which model of the provider; null when the rate is not of one.",
        "creditsPerUnit": "Credits for one unit before markup, an exact decimal of at most nine "
        "places.",
        "markedUp": "Whether the plan's provider markup is added; none on Enterprise.",
    },
}
