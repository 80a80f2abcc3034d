"""Money of a workspace that no invoice has claimed yet."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from models.base import Entity
from models.payments import Payment
from models.workspaces import Workspace


class BalanceEntryKind(StrEnum):
    """Why the unapplied balance changed. APPLIED and REFUND take from it, the others add."""

    LATE_PAYMENT = "LATE_PAYMENT"
    APPLIED = "APPLIED"
    RELEASED = "RELEASED"
    REFUND = "REFUND"
    REFUND_FAILED = "REFUND_FAILED"


class BalanceEntry(Entity):
    """One change of a workspace's unapplied balance, signed. Never updated, never deleted.

    `sequence` counts a workspace's entries without a gap and `balance_after_cents` is what it had
    after this one. `payment` is the one that brought the money, or that used it on an invoice.
    """

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="balance_entries", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    sequence = fields.IntField()
    kind = fields.CharEnumField(BalanceEntryKind, max_length=16)
    amount_cents = fields.BigIntField()
    balance_after_cents = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    payment: fields.ForeignKeyRelation[Payment] = fields.ForeignKeyField(
        "billing.Payment", related_name="balance_entries", on_delete=fields.RESTRICT
    )
    payment_id: UUID
    occurred_at = fields.DatetimeField()

    class Meta:
        table = "balance_entry"
