"""What we say to Stripe and hear from it that needs nothing of its SDK (stripe.py has that)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import orjson

from models.disputes import DisputeStatus
from models.payments import PaymentMethodKind
from services.gateway import ForgedEvent, ProviderEvent

# Stripe keeps an idempotency key for a day at least; what it may have forgotten is looked for.
KEY_KEPT_FOR = timedelta(hours=20)
OUR_ID = "operation_id"
TYPES = {
    PaymentMethodKind.CARD: "card",
    PaymentMethodKind.CASHAPP: "cashapp",
    PaymentMethodKind.US_BANK_ACCOUNT: "us_bank_account",
}
KINDS = {stripe_type: kind for kind, stripe_type in TYPES.items()}
# Only asks: no money has moved, and most end so. An appeal comes after a dispute was lost.
DISPUTE_STATUSES = {
    "warning_needs_response": DisputeStatus.INQUIRY,
    "warning_under_review": DisputeStatus.INQUIRY,
    "warning_closed": DisputeStatus.CLOSED,
    "prevented": DisputeStatus.CLOSED,
    "needs_response": DisputeStatus.NEEDS_RESPONSE,
    "under_review": DisputeStatus.UNDER_REVIEW,
    "appeal_needs_response": DisputeStatus.NEEDS_RESPONSE,
    "appeal_under_review": DisputeStatus.UNDER_REVIEW,
    "won": DisputeStatus.WON,
    "lost": DisputeStatus.LOST,
}
# What we want to be told. Any other type is kept and ignored.
HEARD = (
    "charge.dispute.closed",
    "charge.dispute.created",
    "charge.dispute.funds_reinstated",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.updated",
    "payment_intent.canceled",
    "payment_intent.payment_failed",
    "payment_intent.processing",
    "payment_intent.requires_action",
    "payment_intent.succeeded",
    "payment_method.attached",
    "payment_method.automatically_updated",
    "payment_method.detached",
    "payment_method.updated",
    "refund.created",
    "refund.failed",
    "refund.updated",
    "setup_intent.succeeded",
)


class Metadata(Protocol):
    """Names and values that stand at an object of Stripe's."""

    def __contains__(self, name: object, /) -> bool: ...

    def __getitem__(self, name: str, /) -> Any: ...


def metadata(operation_id: UUID, workspace_id: UUID) -> dict[str, str]:
    """By which we know an object of Stripe's as ours."""
    return {OUR_ID: str(operation_id), "workspace_id": str(workspace_id)}


def operation_in(metadata: Metadata | None) -> UUID | None:
    """Our id, if it is us who made the object, and not a person or another program."""
    if metadata is None or OUR_ID not in metadata:
        return None
    try:
        return UUID(metadata[OUR_ID])
    except ValueError:
        return None


def asked_first_at(operation_id: UUID) -> datetime:
    """An operation's id (UUIDv7) begins with the milliseconds at which it was made."""
    return datetime.fromtimestamp((operation_id.int >> 80) / 1000, UTC)


def may_be_forgotten(operation_id: UUID) -> bool:
    """Whether Stripe may take a repeat of the operation for another one."""
    return datetime.now(UTC) - asked_first_at(operation_id) > KEY_KEPT_FOR


def event_in(body: bytes) -> ProviderEvent:
    """What the body of a webhook tells, once its signature is known to be right."""
    try:
        told = orjson.loads(body)
        about = told["data"]["object"]
        return ProviderEvent(
            reference=str(told["id"]),
            type=str(told["type"]),
            object_type=str(about.get("object", "")),
            object_reference=str(about.get("id", "")),
            is_live=told["livemode"] is True,
            told_at=datetime.fromtimestamp(told["created"], UTC),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as malformed:
        raise ForgedEvent from malformed
