"""The words for client companies."""

from __future__ import annotations

from schema.descriptions.common import Texts

TEXTS: Texts = {
    "Client": {
        "name": "Name for people; the address when none was given.",
        "email": "Address of the company.",
        "archivedAt": "When its seat was given back, on the workspace's clock; null while it has "
        "one.",
        "isReadOnly": "Whether it may look and change nothing: its seat is above the limit after a "
        "change to a lesser plan, or was given back.",
    },
}
