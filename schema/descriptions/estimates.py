"""The words for the calculator."""

from __future__ import annotations

from schema.descriptions.common import ITSELF, Texts

TEXTS: Texts = {
    "CallUsageEstimate": {
        ITSELF: "Minutes of calls of one kind in a month.",
        "minutes": "How many, more than 0.",
        "stt": "The provider of speech-to-text.",
        "tts": "The provider of text-to-speech.",
        "sts": "The provider of speech-to-speech, which takes the place of both.",
        "telephony": "Whether they go over the telephone network.",
        "model": "The model that answers; needed when tokens are given.",
        "inputTokensPerMinute": "How many tokens it reads in a minute.",
        "outputTokensPerMinute": "How many tokens it writes in a minute.",
        "ownKeys": "What is done with the customer's own key and costs nothing here: `stt`, `tts`, "
        "`sts`, `llm`, `telephony`, or the provider or model itself.",
    },
    "ChatUsageEstimate": {
        ITSELF: "Messages of one kind in a month, each answered by a reply.",
        "messages": "How many, more than 0.",
        "model": "The model that answers.",
        "inputTokensPerMessage": "How many tokens it reads for one.",
        "outputTokensPerMessage": "How many tokens it writes for one.",
        "ownKey": "Whether the model is used with the customer's own key.",
        "toolUsesPerMessage": "How many uses of tools one takes, on average.",
    },
    "MeterQuantity": {
        ITSELF: "So much of any meter in a month.",
        "meter": "The meter; `rates` lists them.",
        "quantity": "How much, in units of the meter, more than 0.",
        "provider": "Whose service it is, where the rate depends on it.",
        "model": "Which model it is, where the rate depends on it.",
        "ownKey": "Whether it is done with the customer's own key.",
    },
    "PriceEstimateInput": {
        ITSELF: "A plan with add-ons, and what would be used in a month.",
        "plan": "Key of the plan, e.g. pay-as-you-go.",
        "addOns": "Add-ons and how many of each.",
        "calls": "Calls, at most 100 kinds.",
        "chats": "Chats, at most 100 kinds.",
        "meters": "Whatever else, at most 100 meters.",
    },
    "UsageEstimate": {
        "meter": "What is counted.",
        "provider": "Whose service it is, where the rate depends on it.",
        "model": "Which model it is, where the rate depends on it.",
        "quantity": "How much, in units of the meter.",
        "credits": "What it costs; rounded up once, to a thousandth of a credit.",
    },
    "PriceEstimate": {
        "fixed": "What is billed for a month in advance.",
        "fixedLines": "The plan and its add-ons, as an invoice would list them.",
        "usage": "What is used, each meter, provider and model once.",
        "usageCredits": "What all of the usage costs.",
        "includedCredits": "What comes with a month of the plan.",
        "extraCredits": "What the included credits do not pay.",
        "extra": "What these cost, at 1,000 credits to the dollar.",
        "total": "What is billed and what the extra credits cost.",
        "creditsPerCallMinute": "What a minute of the calls costs, on average; null without calls.",
        "capacities": "What there would be of every resource.",
    },
}
