"""The words for workspaces and keys."""

from __future__ import annotations

from schema.descriptions.common import Texts

ADDRESS = {
    "name": "Whom the invoice is for, at most 200 characters.",
    "company": "Company, at most 200 characters.",
    "line1": "Street and number, at most 200 characters.",
    "line2": "What the first line has no room for, at most 200 characters.",
    "city": "City, at most 200 characters.",
    "region": "State, province or region, at most 200 characters.",
    "postalCode": "Postal code, at most 20 characters.",
    "country": "Two-letter ISO 3166 code, e.g. US; it decides the tax.",
    "taxId": "The buyer's tax number, e.g. for VAT: 4 to 50 letters, digits and signs.",
    "email": "Where invoices go to.",
}

TEXTS: Texts = {
    "Workspace": {
        "name": "Name for people.",
        "timeZone": "IANA name, e.g. Europe/Berlin: months of billing follow this calendar.",
        "createdAt": "When it was made, in real time.",
        "now": "The instant on its own clock: real time, or in the sandbox where its clock stands.",
        "subscription": "What it pays for, and until when.",
        "autoBilling": "Whether and when its renewals are charged.",
        "capacities": "What it may have and what it uses, every resource in the enum's order.",
        "capacity": "What it may have and what it uses of one resource.",
        "capacity.resource": "Which resource.",
        "features": "Those of its plan, then those of its add-ons, each once.",
        "hasFeature": "Whether a feature is among those of its plan and add-ons.",
        "hasFeature.key": "The feature's key.",
        "seats": "The seats that are taken, oldest first.",
        "seats.kind": "Only seats of this kind; all when left out.",
        "agents": "The platform's agents that take a slot, oldest first.",
        "agents.includeArchived": "Whether to list archived agents, too.",
        "phoneNumbers": "Its phone numbers, oldest first.",
        "phoneNumbers.includeReleased": "Whether to list released numbers, too.",
        "calls": "Its calls, newest first.",
        "calls.live": "Only those that take a line now, or only those that do not.",
        "creditBalance": "What it has to spend now.",
        "autoRecharge": "Whether credits are bought automatically when they run low.",
        "creditGrants": "Where its credits came from, newest first.",
        "creditGrants.includeSpent": "Whether to list grants of which nothing is left, too.",
        "ledgerEntries": "Every movement of its credits, newest first.",
        "usageEvents": "What was used, newest first by when it occurred.",
        "usageEvents.filter": "Which events to list; all when left out.",
        "usageReport": "Sums of what was used.",
        "usageReport.input": "Which time and which usage, and how the sums are told apart.",
        "invoices": "Its invoices, newest first.",
        "invoices.status": "Only invoices with this status; all when left out.",
        "upcomingInvoice": "What the next renewal will bill if nothing changes any more: what is "
        "scheduled is reckoned with; null when there is nothing to renew.",
        "unappliedBalance": "Money that came in and that no invoice has used yet, as when a bank "
        "debit arrives after its invoice was voided; the next invoice uses it. Negative: what was "
        "too little to be charged, or went back though it was used; the next invoice collects it.",
        "paymentMethods": "Those that can be charged, oldest first.",
        "billingAddress": "What the next invoice will say of its buyer; null until it is set.",
    },
    "BillingAddress": ADDRESS,
    "SetBillingAddressInput": ADDRESS,
    "SetBillingAddressPayload": {
        "billingAddress": "The address as it is now; null when there are errors.",
    },
    "PrincipalKind": {
        "OPERATOR": "Those who run this platform: every workspace, and what only they may do.",
        "WORKSPACE": "One workspace.",
        "CLIENT": "One client company of a workspace.",
    },
    "Viewer": {
        "kind": "What the key opens.",
        "label": "What the key was called when it was made.",
        "scopes": "What the key may do: read, write, or * for everything.",
        "workspace": "The workspace that the key belongs to; null for an operator's.",
    },
    "ApiKey": {
        "label": "What it was called when it was made.",
        "prefix": "The first 14 characters of the key, to recognise it by.",
        "scopes": "What it may do: read, write, or * for everything.",
        "createdAt": "When it was made, in real time.",
        "lastUsedAt": "When it was last used, to the minute, in real time; null until it is.",
        "expiresAt": "From this instant of real time on it opens nothing; null is never.",
        "revokedAt": "When it was revoked, in real time; null while it is not.",
    },
    "CreateWorkspaceInput": {
        "name": "Name for people, at most 200 characters.",
        "email": "The owner's address, who takes the first seat.",
        "timeZone": "IANA name, e.g. Europe/Berlin: months of billing follow this calendar.",
        "startClockAt": "Sandbox only: let the workspace live on a clock of its own that stands at "
        "this instant, in the years 2000 to 2100; real time when left out.",
    },
    "CreateWorkspacePayload": {
        "apiKey": "A key to all of the workspace, shown this once: null in the answer to a repeat.",
    },
    "CreateApiKeyInput": {
        "label": "A name to recognise it by, at most 200 characters.",
        "scopes": "What it may do, at least one of read, write and * for everything.",
        "expiresAt": "From this instant of real time on it opens nothing; never when left out.",
    },
    "CreateApiKeyPayload": {
        "apiKey": "The key's record; null when there are errors.",
        "secret": "The key itself, to be sent as `Authorization: Bearer <key>`; shown this once.",
    },
    "RevokeApiKeyInput": {
        "id": "The key to revoke; revoking it again changes nothing.",
    },
    "RevokeApiKeyPayload": {
        "apiKey": "The key's record as it is now; null when there are errors.",
    },
    "AdvanceClockInput": {
        "workspaceId": "The workspace whose clock moves.",
        "to": "The instant at which the clock stands then: not before the workspace's now, and "
        "before the year 2101.",
    },
    "AdvanceClockPayload": {
        "now": "Where the clock stands now; null when there are errors.",
        "invoices": "What was billed on the way, oldest first.",
    },
}
