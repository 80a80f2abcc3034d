"""The words for seats and agents."""

from __future__ import annotations

from schema.descriptions.common import ITSELF, Texts

TEXTS: Texts = {
    "SeatKind": {
        ITSELF: "Who takes a seat.",
        "WORKSPACE": "A member of the workspace's own team.",
        "CLIENT": "A client company of the workspace.",
    },
    "SeatStatus": {
        ITSELF: "Whether a seat is taken.",
        "INVITED": "Taken by an invitation that was not answered yet.",
        "ACTIVE": "Taken.",
        "RELEASED": "Free again.",
    },
    "Seat": {
        "kind": "Who takes it.",
        "status": "Whether it is taken.",
        "email": "Address of who takes it.",
        "name": "Name of who takes it; null when not given.",
        "assignedAt": "When it was taken, on the workspace's clock.",
        "releasedAt": "When it was given back, on the workspace's clock; null while it is taken.",
        "hasAccess": "Whether who takes it may come in. After a change to a lesser plan the newest "
        "seats above the limit have none until there is room again; the owner's always has.",
        "client": "The company that takes it; null for a seat of the workspace's own team.",
    },
    "AssignSeatInput": {
        "kind": "Who takes it: a person of the own team, or a client company.",
        "email": "Address of who takes it; one address takes at most one seat of a kind.",
        "name": "Name of who takes it, at most 200 characters.",
    },
    "AssignSeatPayload": {
        "seat": "The seat that was taken; null when there are errors.",
    },
    "ReleaseSeatInput": {
        "seatId": "The seat to give back, not the owner's; giving it back again changes nothing.",
    },
    "ReleaseSeatPayload": {
        "seat": "The seat as it is now; null when there are errors.",
    },
    "Agent": {
        "externalId": "The platform's own id of it, unique in the workspace.",
        "name": "Name for people.",
        "client": "The client company that it works for; null when it is the workspace's own.",
        "createdAt": "When it was first registered, on the workspace's clock.",
        "archivedAt": "When it gave its slot back, on the workspace's clock; null while it has "
        "one.",
        "pausedAt": "Since when it may not work, on the workspace's clock: there are too few "
        "slots, or the subscription is unpaid; null while it may.",
    },
    "RegisterAgentInput": {
        "externalId": "The platform's own id of it, at most 255 characters. A known one gets the "
        "new name and client, and takes no second slot.",
        "name": "Name for people, at most 200 characters.",
        "clientId": "The client company that it works for; none when left out.",
    },
    "RegisterAgentPayload": {
        "agent": "The agent as it is now; null when there are errors.",
    },
    "ArchiveAgentInput": {
        "agentId": "The agent that gives its slot back; archiving it again changes nothing.",
    },
    "ArchiveAgentPayload": {
        "agent": "The agent as it is now; null when there are errors.",
    },
}
