"""The words for phone numbers."""

from __future__ import annotations

from schema.descriptions.common import ITSELF, Texts

TEXTS: Texts = {
    "PhoneNumberStatus": {
        ITSELF: "Whether a number is the workspace's.",
        "ACTIVE": "It is the workspace's.",
        "RELEASED": "It was given back, for good.",
    },
    "PhoneNumberOrigin": {
        ITSELF: "Where a number came from.",
        "PLATFORM": "Bought from us; it takes a slot.",
        "IMPORTED": "The workspace has it elsewhere; it takes no slot and costs nothing here.",
    },
    "PhoneNumber": {
        "number": "The number itself; it is ACTIVE in at most one workspace.",
        "country": "Two-letter ISO 3166 code, e.g. US.",
        "status": "Whether it is the workspace's.",
        "origin": "Where it came from.",
        "label": "Name for people; null when none was given.",
        "agentId": "The platform's own id of the agent that answers; null when none does.",
        "client": "The client company that it is assigned to; null when it is nobody's in "
        "particular.",
        "purchasedAt": "When it was bought or imported, on the workspace's clock.",
        "releasedAt": "When it was given back, on the workspace's clock; null while it is ACTIVE.",
    },
    "AvailablePhoneNumber": {
        "number": "The number itself.",
        "country": "Two-letter ISO 3166 code, e.g. US.",
        "locality": "Where the number is at home, e.g. San Francisco; null when that is not known.",
        "monthlyPrice": "What a slot for one number costs a month; a number that takes a free "
        "slot costs nothing more.",
    },
    "BuyPhoneNumberInput": {
        "number": "One of `availablePhoneNumbers`.",
        "label": "Name for people, at most 200 characters.",
        "agentId": "The platform's own id of the agent that will answer; none when left out.",
    },
    "BuyPhoneNumberPayload": {
        "phoneNumber": "The number that was bought; null when there are errors.",
    },
    "ImportPhoneNumberInput": {
        "number": "A number that the workspace has elsewhere.",
        "label": "Name for people, at most 200 characters.",
        "agentId": "The platform's own id of the agent that will answer; none when left out.",
    },
    "ImportPhoneNumberPayload": {
        "phoneNumber": "The number that was imported; null when there are errors.",
    },
    "AssignPhoneNumberInput": {
        "phoneNumberId": "The number to assign.",
        "agentId": "The platform's own id of the agent that answers from now on; null, or left "
        "out: none does.",
        "clientId": "The client company that the number is assigned to from now on; null, or left "
        "out: to none.",
    },
    "AssignPhoneNumberPayload": {
        "phoneNumber": "The number as it is now; null when there are errors.",
    },
    "ReleasePhoneNumberInput": {
        "phoneNumberId": "The number to release; releasing it again changes nothing.",
    },
    "ReleasePhoneNumberPayload": {
        "phoneNumber": "The number as it is now; null when there are errors.",
    },
}
