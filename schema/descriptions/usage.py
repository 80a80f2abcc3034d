"""The words for usage."""

from __future__ import annotations

from schema.descriptions.common import ITSELF, Texts

_METER = "What was counted, as in the price list: `rates` lists the meters."
_PROVIDER = "Whose service it was: what decides the rate of speech and telephony."
_MODEL = "Which model it was: what decides the rate of tokens."
_AGENT = "The platform's own id of the agent, as it was reported."

TEXTS: Texts = {
    "UsageEvent": {
        "eventId": "The id that the reporter chose; unique within the workspace for the 90 days "
        "after it occurred.",
        "meter": _METER,
        "quantity": "How much, in units of the meter.",
        "provider": _PROVIDER,
        "model": _MODEL,
        "credits": "What it cost, at the rates in force when it occurred; rounded up once, to a "
        "thousandth of a credit.",
        "occurredAt": "When it was used, on the workspace's clock.",
        "recordedAt": "When it was stored, in real time.",
        "agentId": _AGENT,
        "sessionId": "The platform's own id of the conversation or call, as it was reported.",
        "client": "The client company that it was for; null for none.",
        "ownKey": "Whether it was done with the customer's own key, so that the provider's or the "
        "model's part cost nothing.",
    },
    "UsageFilter": {
        ITSELF: "Which events count: those that fit all that is given.",
        "from": "From this instant on.",
        "to": "Before this instant.",
        "meters": "Of any of these meters, at most 100.",
        "agentIds": "Of any of these agents, at most 100.",
        "clientId": "For this client company.",
        "sessionId": "Of this conversation or call.",
    },
    "UsageGrain": {
        ITSELF: "How long a bucket of a report is, on the calendar of the report's time zone.",
        "HOUR": "An hour of the clock. One that comes twice when clocks go back is two.",
        "DAY": "From midnight to midnight: 23 or 25 hours when clocks change.",
        "MONTH": "From the first day of a month to the first of the next.",
        "TOTAL": "All of it.",
    },
    "UsageDimension": {
        ITSELF: "What the sums of a report are told apart by.",
        "METER": "What was counted.",
        "PROVIDER": "Whose service it was.",
        "MODEL": "Which model it was.",
        "AGENT": "Which agent used it.",
        "CLIENT": "Which client company it was for.",
    },
    "UsageReportInput": {
        ITSELF: "What a usage report is about. It has at most 10,000 buckets.",
        "from": "The first instant that counts.",
        "to": "The first instant that no longer counts.",
        "grain": "How long a bucket is.",
        "groupBy": "What each span's sums are told apart by; nothing is one bucket per span.",
        "filter": "Which events count; all when left out.",
        "timeZone": "IANA name of the calendar by which days, months and hours begin.",
    },
    "UsageReport": {
        "total": "What all of it cost.",
        "events": "How many events that were.",
        "buckets": "In the order of time; spans without usage are left out.",
    },
    "UsageBucket": {
        "start": "When its hour, day or month begins, which may be before the report does; for "
        "TOTAL when the report begins.",
        "meter": "What was counted; null unless the report is grouped by it.",
        "provider": "Whose service it was; null unless the report is grouped by it, and for usage "
        "without one.",
        "model": "Which model it was; null unless the report is grouped by it, and for usage "
        "without one.",
        "agentId": "Which agent used it; null unless the report is grouped by it, and for usage "
        "without one.",
        "client": "Which client company it was for; null unless the report is grouped by it, and "
        "for usage without one.",
        "quantity": "How much, in units of the meter; when several meters are summed, of no unit.",
        "credits": "What it cost.",
        "events": "How many events it was.",
    },
    "UsageEventInput": {
        ITSELF: "One thing that was used.",
        "eventId": "Your own id for it, 1 to 255 characters, unique within the workspace. The same "
        "event sent again within 90 days after it occurred is a DUPLICATE and costs nothing more; "
        "another one under the same id is refused with IDEMPOTENCY_CONFLICT.",
        "meter": _METER,
        "quantity": "How much, in units of the meter: more than 0, at most 1,000,000,000, with up "
        "to 12 decimals.",
        "provider": _PROVIDER + " Kept as a note with every other meter.",
        "model": _MODEL + " Kept as a note with every other meter.",
        "occurredAt": "When it was used: at most 35 days before and 5 minutes after the "
        "workspace's now; now when left out. The rates of that moment hold.",
        "agentId": "Your own id of the agent; it need not be registered.",
        "sessionId": "Your own id of the conversation or call.",
        "clientId": "The client company that it was for.",
        "ownKey": "Done with the customer's own key: then what its provider or model would cost is "
        "0. Meters that have neither cost what they always do.",
    },
    "ShortfallPolicy": {
        ITSELF: "What becomes of an event that the available balance cannot pay whole.",
        "REJECT": "It is rejected with INSUFFICIENT_CREDITS and not stored.",
        "OWE": "The work is done already: it is stored, and what is missing is owed; the next "
        "grant repays that first.",
    },
    "RecordUsageInput": {
        "events": "At most 1,000. Each is decided on its own, in this order.",
        "shortfall": "What becomes of what the available balance cannot pay whole.",
    },
    "UsageEventStatus": {
        ITSELF: "What became of a reported event.",
        "ACCEPTED": "It is stored for good and paid.",
        "DUPLICATE": "It was stored before and is not paid again.",
        "REJECTED": "It is not stored; `error` says why.",
    },
    "UsageEventResult": {
        "eventId": "The id that was given.",
        "status": "What became of it.",
        "credits": "What it cost, for a duplicate the first time; 0 when it was rejected.",
        "error": "Why it was rejected; null otherwise.",
    },
    "RecordUsagePayload": {
        "results": "One for each event, in their order; none when there are errors.",
        "accepted": "How many are stored now.",
        "duplicates": "How many were stored before.",
        "rejected": "How many are not stored.",
        "credits": "What those that are stored now cost together.",
        "creditBalance": "What there is to spend after it; null when there are errors.",
        "errors": "Why nothing was looked at, such as more than 1,000 events; what is wrong with a "
        "single event stands in its result.",
    },
}
