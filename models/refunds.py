"""How money goes back: refunds, and the credit notes that correct what was billed."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from models.base import Entity
from models.invoices import Invoice
from models.money import Money
from models.payments import Payment
from models.workspaces import Workspace


class RefundStatus(StrEnum):
    """Where a refund stands."""

    PENDING = "PENDING"
    PROCESSING = "PROCESSING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


# A refund whose outcome is not known yet; of those that we make a payment has at most one such.
UNDECIDED_REFUNDS = (RefundStatus.PENDING, RefundStatus.PROCESSING)


class Refund(Entity):
    """Giving back some or all of a payment. Its id is the idempotency key at the provider.

    One that was `made_elsewhere`, as in the provider's dashboard, is known by its name there.
    """

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="refunds", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    payment: fields.ForeignKeyRelation[Payment] = fields.ForeignKeyField(
        "billing.Payment", related_name="refunds", on_delete=fields.RESTRICT
    )
    payment_id: UUID
    status = fields.CharEnumField(RefundStatus, max_length=16)
    amount_cents = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    reason = fields.CharField(max_length=500)
    gateway_reference = fields.CharField(max_length=255, null=True)
    made_elsewhere = fields.BooleanField(default=False)
    # of one that SUCCEEDED: why the payer's bank has sent it back since; the balance has it then
    decline_code = fields.CharField(max_length=100, null=True)
    opened_at = fields.DatetimeField()
    # when the provider's answer is expected, while the money is on its way back
    expected_at = fields.DatetimeField(null=True)
    decided_at = fields.DatetimeField(null=True)

    class Meta:
        table = "refund"

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)


class CreditNote(Entity):
    """So much of an issued invoice is not owed after all. Never updated, never deleted."""

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="credit_notes", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    invoice: fields.ForeignKeyRelation[Invoice] = fields.ForeignKeyField(
        "billing.Invoice", related_name="credit_notes", on_delete=fields.RESTRICT
    )
    invoice_id: UUID
    refund: fields.OneToOneRelation[Refund] = fields.OneToOneField(
        "billing.Refund", related_name="credit_note", on_delete=fields.RESTRICT
    )
    refund_id: UUID
    sequence = fields.IntField()
    number = fields.CharField(max_length=40, unique=True)
    amount_cents = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    reason = fields.CharField(max_length=500)
    issued_at = fields.DatetimeField()

    class Meta:
        table = "credit_note"

    @property
    def amount(self) -> Money:
        """Tax included."""
        return Money(self.amount_cents, self.currency)
