"""What payers take back through their banks."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from models.base import Entity
from models.credits import CreditTransfer
from models.money import Money
from models.payments import Payment
from models.workspaces import Workspace


class DisputeStatus(StrEnum):
    """Where a dispute stands. An INQUIRY only asks; CLOSED: over, and no money ever moved."""

    INQUIRY = "INQUIRY"
    NEEDS_RESPONSE = "NEEDS_RESPONSE"
    UNDER_REVIEW = "UNDER_REVIEW"
    WON = "WON"
    LOST = "LOST"
    CLOSED = "CLOSED"


# The payer's bank has the money while a dispute is one of these; after any other it is ours.
HOLDS_MONEY = (DisputeStatus.NEEDS_RESPONSE, DisputeStatus.UNDER_REVIEW, DisputeStatus.LOST)
# These are over, though a bank may still think again.
DECIDED_DISPUTES = (DisputeStatus.WON, DisputeStatus.LOST, DisputeStatus.CLOSED)


class Dispute(Entity):
    """A payer has told their bank that a payment was not right. As the provider last told it.

    `revision` counts the changes: who has asked the provider before another has written asks again.
    `taken_mc` is what it has taken of the credits that the payment bought and not given back.
    """

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="disputes", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    payment: fields.ForeignKeyRelation[Payment] = fields.ForeignKeyField(
        "billing.Payment", related_name="disputes", on_delete=fields.RESTRICT
    )
    payment_id: UUID
    gateway_reference = fields.CharField(max_length=255, unique=True)
    status = fields.CharEnumField(DisputeStatus, max_length=16)
    amount_cents = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    # the provider's word for what the payer has told the bank
    reason = fields.CharField(max_length=100)
    # until when the bank listens to us
    due_by: datetime | None = fields.DatetimeField(null=True)
    taken_mc = fields.BigIntField(default=0)
    revision = fields.IntField(default=1)
    opened_at = fields.DatetimeField()
    decided_at = fields.DatetimeField(null=True)

    class Meta:
        table = "dispute"

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    @property
    def holds_money(self) -> bool:
        """Whether the payer's bank has the money."""
        return self.status in HOLDS_MONEY


class DisputeTransfer(Model):
    """Credits that a dispute has moved: taken from their holder, or given back to them."""

    transfer: fields.OneToOneRelation[CreditTransfer] = fields.OneToOneField(
        "billing.CreditTransfer",
        related_name="dispute_transfer",
        primary_key=True,
        on_delete=fields.RESTRICT,
    )
    transfer_id: UUID
    dispute: fields.ForeignKeyRelation[Dispute] = fields.ForeignKeyField(
        "billing.Dispute", related_name="transfers", on_delete=fields.RESTRICT
    )
    dispute_id: UUID

    class Meta:
        table = "dispute_transfer"


class SandboxDispute(Model):
    """What became of a charge of the sandbox provider that its payer has disputed."""

    charge_id = fields.UUIDField(primary_key=True)
    amount_cents = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    status = fields.CharEnumField(DisputeStatus, max_length=16)

    class Meta:
        table = "sandbox_dispute"
