"""The words for seats."""

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
    },
}
