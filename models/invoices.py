"""What was billed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tortoise import fields

from models.base import Entity
from models.contracts import Contract
from models.money import Money
from models.subscriptions import Subscription
from models.workspaces import Workspace

if TYPE_CHECKING:
    from models.payments import PaymentMethod


class InvoiceStatus(StrEnum):
    DRAFT = "DRAFT"
    OPEN = "OPEN"
    PAID = "PAID"
    VOID = "VOID"
    UNCOLLECTIBLE = "UNCOLLECTIBLE"


class InvoiceReason(StrEnum):
    SUBSCRIBE = "SUBSCRIBE"
    RENEWAL = "RENEWAL"
    CHANGE = "CHANGE"
    CREDIT_PURCHASE = "CREDIT_PURCHASE"
    AUTO_RECHARGE = "AUTO_RECHARGE"
    MANUAL = "MANUAL"


# What credits are bought with; they come when it is paid (R15).
PURCHASES = (InvoiceReason.CREDIT_PURCHASE, InvoiceReason.AUTO_RECHARGE)


class Invoice(Entity):
    """An issued invoice with its lines. Only its status and what was paid may change."""

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="invoices", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    subscription: fields.ForeignKeyNullableRelation[Subscription] = fields.ForeignKeyField(
        "billing.Subscription", related_name="invoices", null=True, on_delete=fields.RESTRICT
    )
    subscription_id: UUID | None
    # what it was billed under, and the credits that come when it is paid; None: by the price list
    contract: fields.ForeignKeyNullableRelation[Contract] = fields.ForeignKeyField(
        "billing.Contract", related_name="invoices", null=True, on_delete=fields.RESTRICT
    )
    contract_id: UUID | None
    contract_credits_mc = fields.BigIntField(null=True)
    sequence = fields.IntField()
    number = fields.CharField(max_length=40, unique=True)
    status = fields.CharEnumField(InvoiceStatus, max_length=16)
    reason = fields.CharEnumField(InvoiceReason, max_length=16)
    period_start: datetime | None = fields.DatetimeField(null=True)
    period_end: datetime | None = fields.DatetimeField(null=True)
    currency = fields.CharField(max_length=3)
    # as they were when the invoice was issued, whatever becomes of plans and addresses
    lines = fields.JSONField[list[dict[str, Any]]]()
    buyer = fields.JSONField[dict[str, Any]]()
    seller = fields.JSONField[dict[str, Any]](null=True)
    tax_name = fields.CharField(max_length=50, null=True)
    tax_percent = fields.DecimalField(max_digits=7, decimal_places=4, default=0)
    subtotal_cents = fields.BigIntField()
    tax_cents = fields.BigIntField()
    total_cents = fields.BigIntField()
    # what came in for it less what went back, and what credit notes say is not owed after all
    amount_paid_cents = fields.BigIntField(default=0)
    credited_cents = fields.BigIntField(default=0)
    issued_at = fields.DatetimeField()
    due_at = fields.DatetimeField()
    paid_at = fields.DatetimeField(null=True)
    voided_at = fields.DatetimeField(null=True)
    # an operator's words; None when it was called off because its payment failed
    void_reason = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "invoice"

    @property
    def subtotal(self) -> Money:
        return Money(self.subtotal_cents, self.currency)

    @property
    def tax(self) -> Money:
        return Money(self.tax_cents, self.currency)

    @property
    def total(self) -> Money:
        return Money(self.total_cents, self.currency)

    @property
    def amount_paid(self) -> Money:
        return Money(self.amount_paid_cents, self.currency)

    @property
    def amount_due(self) -> Money:
        """What is still to be paid: nothing once the invoice is void, nor of what was credited."""
        if self.status is InvoiceStatus.VOID:
            return Money(0, self.currency)
        return self.total - self.amount_paid - Money(self.credited_cents, self.currency)


class Dunning(Entity):
    """How far the collection of an unpaid invoice has come. Deleted when it is decided."""

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="dunning", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    invoice: fields.OneToOneRelation[Invoice] = fields.OneToOneField(
        "billing.Invoice", related_name="dunning", on_delete=fields.RESTRICT
    )
    invoice_id: UUID
    # which of the schedule's steps comes next, and when
    step = fields.SmallIntField(default=0)
    next_at = fields.DatetimeField()
    # whether a method is charged again: never for what was billed to be paid by hand (R6)
    is_automatic = fields.BooleanField()
    # the method whose last charge said that it can never work; tried again only if it is another
    dead_method: fields.ForeignKeyNullableRelation[PaymentMethod] = fields.ForeignKeyField(
        "billing.PaymentMethod", related_name="dunning", null=True, on_delete=fields.RESTRICT
    )
    dead_method_id: UUID | None

    class Meta:
        table = "dunning"
