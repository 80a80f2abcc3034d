"""The words for calls."""

from __future__ import annotations

from schema.descriptions.common import ITSELF, Texts

_ID = "Your own id for the call, 1 to 255 characters, unique within the workspace for good."

TEXTS: Texts = {
    "CallCost": {
        "platform": "What the platform took for the minutes.",
        "stt": "What speech-to-text cost.",
        "tts": "What text-to-speech cost.",
        "sts": "What speech-to-speech cost.",
        "llm": "What the model's tokens cost.",
        "telephony": "What the phone line cost.",
        "total": "What all of it cost: the exact sum of its parts, rounded up once to a thousandth "
        "of a credit.",
        "seconds": "How long it lasted; 0 when nobody answered.",
    },
    "Call": {
        "externalId": "The id that the platform chose; unique within the workspace.",
        "startedAt": "When it took its line, on the workspace's clock; the plan and the rates of "
        "that moment rate all of it.",
        "endedAt": "When its end was told, on the workspace's clock; null until then.",
        "abandonedAt": "When it was given up because its end was not told for four hours: line and "
        "held credits went back. It can still be ended; null for every other call.",
        "agentId": "The platform's own id of the agent, as it was given.",
        "client": "The client company that it is for; null for none.",
        "heldCredits": "What is set aside for it now; 0 when it is no longer live.",
        "heldUntil": "Until when its minutes are held; then as many are held again. Null when it "
        "is no longer live.",
        "uncoveredSince": "Since when the held credits are used up and no more could be held: end "
        "it, for what it costs from then on is owed. Null while all is well, and when it is no "
        "longer live.",
        "cost": "What it has cost; null until it has ended.",
    },
    "StartCallInput": {
        "callId": _ID + " Starting the same call again changes nothing; with other values it is "
        "refused with IDEMPOTENCY_CONFLICT.",
        "agentId": "Your own id of the agent; it need not be registered.",
        "clientId": "The client company that it is for.",
        "stt": "Who does speech-to-text: a provider of `voice.stt` in `rates`.",
        "tts": "Who does text-to-speech: a provider of `voice.tts` in `rates`.",
        "sts": "Who does speech-to-speech: a provider of `voice.sts` in `rates`. It takes the "
        "place of speech-to-text and text-to-speech.",
        "model": "Which model talks: one of `llm.input_tokens` in `rates`. Needed when tokens are "
        "told at the end.",
        "telephony": "Whether it takes a phone line; false for a call over the web.",
        "ownKeys": "What is done with the customer's own keys and costs nothing: parts (stt, tts, "
        "sts, llm, telephony), or whose they are.",
        "holdMinutes": "For how many minutes credits are held at a time, 1 to 240. Tokens are not "
        "known beforehand and not held for.",
    },
    "StartCallPayload": {
        "call": "The call that has its line; null when there are errors.",
    },
    "EndCallInput": {
        "callId": "Your own id of the call. Ending it again with the same values changes nothing; "
        "with others it is refused with IDEMPOTENCY_CONFLICT.",
        "seconds": "How long it lasted, 0 to 86,400 (a day). A part of a second is a second; 0 "
        "says that nobody answered, and costs nothing.",
        "inputTokens": "How many tokens went into the model, 0 to 1,000,000,000.",
        "outputTokens": "How many tokens came out of the model, 0 to 1,000,000,000.",
    },
    "EndCallPayload": {
        ITSELF: "The call with its cost, and the balance after it.",
        "call": "The call that has ended; null when there are errors.",
        "creditBalance": "What there is to spend after it; null when there are errors.",
    },
}
