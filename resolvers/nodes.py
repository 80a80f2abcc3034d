"""Which rows the API shows as which objects, whose they are, and the ids they go by."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from models.base import Entity
from models.calls import Call
from models.catalog import AddOn, Plan
from models.clients import Client
from models.credits import CreditLot, CreditTransfer
from models.invoices import Invoice
from models.payments import Payment, PaymentMethod
from models.phone_numbers import PhoneNumber
from models.refunds import CreditNote
from models.seats import Agent, Seat
from models.subscriptions import Subscription
from models.usage import UsageEvent
from models.workspaces import ApiKey, Workspace

# What an id stands for that we never gave out: nothing has this key.
NOTHING = UUID(int=0)


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A type of object: its table, and the path to the workspace that owns a row.

    `owner` None: public, the same for everybody. `shown`: which rows there are for clients.
    """

    model: type[Entity]
    owner: str | None
    shown: Mapping[str, Any] = field(default_factory=dict)


NODE_KINDS: dict[str, NodeKind] = {
    "Plan": NodeKind(Plan, None),
    "AddOn": NodeKind(AddOn, None),
    "Workspace": NodeKind(Workspace, "id"),
    "PlanSubscription": NodeKind(Subscription, "workspace_id"),
    "Client": NodeKind(Client, "workspace_id"),
    "Agent": NodeKind(Agent, "workspace_id"),
    "Seat": NodeKind(Seat, "workspace_id"),
    "PhoneNumber": NodeKind(PhoneNumber, "workspace_id", shown={"purchased_at__isnull": False}),
    "CreditGrant": NodeKind(CreditLot, "account__workspace_id"),
    "LedgerEntry": NodeKind(CreditTransfer, "holder__workspace_id"),
    "UsageEvent": NodeKind(UsageEvent, "workspace_id"),
    "Call": NodeKind(Call, "workspace_id"),
    "Invoice": NodeKind(Invoice, "workspace_id"),
    "Payment": NodeKind(Payment, "workspace_id"),
    "CreditNote": NodeKind(CreditNote, "workspace_id"),
    "PaymentMethod": NodeKind(PaymentMethod, "workspace_id"),
    "ApiKey": NodeKind(ApiKey, "workspace_id"),
}
TYPE_NAMES: dict[type[Entity], str] = {kind.model: name for name, kind in NODE_KINDS.items()}


def global_id(row: Entity) -> str:
    """The opaque id under which clients know a row."""
    return encoded(TYPE_NAMES[type(row)], row.id)


def parse_global_id(value: str) -> tuple[str, UUID] | None:
    """The type and key behind an id; None for whatever we never gave out."""
    try:
        type_name, _, key = urlsafe_b64decode(value.encode()).decode().partition(":")
        known = (type_name, UUID(key)) if type_name in NODE_KINDS else None
    except ValueError:  # not base64, not text, not a UUID
        return None
    # one object, one id: what decodes to the same but is written otherwise is not ours
    return known if known and encoded(*known) == value else None


def keys_of(ids: Sequence[str], type_name: str) -> list[UUID]:
    """The keys behind those of `ids` that belong to objects of this type."""
    parsed = [parse_global_id(value) for value in ids]
    return [found[1] for found in parsed if found and found[0] == type_name]


def key_of(id: str, type_name: str) -> UUID:
    """The key behind an id of this type; one that nothing has, for an id that we never gave out."""
    return next(iter(keys_of([id], type_name)), NOTHING)


def encoded(type_name: str, key: UUID) -> str:
    """The id of an object of this type."""
    return urlsafe_b64encode(f"{type_name}:{key}".encode()).decode()
