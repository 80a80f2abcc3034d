"""Money of a workspace that no invoice has claimed yet."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from models.base import Entity
from models.payments import Payment
from models.workspaces import Workspace


class BalanceEntryKind(StrEnum):
    """Why the unapplied balance changed.

    REFUND and DISPUTE take from it; LATE_PAYMENT, REFUND_FAILED and DISPUTE_WON add. APPLIED and
    RELEASED, of an invoice, do either: what was too little to be charged is taken from the balance,
    which is below zero then, and the next invoice collects it.
    """

    LATE_PAYMENT = "LATE_PAYMENT"
    APPLIED = "APPLIED"
    RELEASED = "RELEASED"
    REFUND = "REFUND"
    REFUND_FAILED = "REFUND_FAILED"
    DISPUTE = "DISPUTE"
    DISPUTE_WON = "DISPUTE_WON"


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
