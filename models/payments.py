"""How money comes in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from models.base import Entity
from models.invoices import Invoice
from models.money import Money
from models.workspaces import Workspace


class PaymentMethodKind(StrEnum):
    CARD = "CARD"
    CASHAPP = "CASHAPP"
    US_BANK_ACCOUNT = "US_BANK_ACCOUNT"
    OTHER = "OTHER"


class PaymentMethod(Entity):
    """Something to charge, `gateway_reference` at the provider. Detached, never deleted."""

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="payment_methods", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    gateway_reference = fields.CharField(max_length=255, unique=True)
    kind = fields.CharEnumField(PaymentMethodKind, max_length=16)
    label = fields.CharField(max_length=100)
    brand = fields.CharField(max_length=50, null=True)
    last4 = fields.CharField(max_length=4, null=True)
    expires_month = fields.SmallIntField(null=True)
    expires_year = fields.SmallIntField(null=True)
    is_default = fields.BooleanField(default=False)
    detached_at = fields.DatetimeField(null=True)

    class Meta:
        table = "payment_method"

    def is_expired_at(self, instant: datetime) -> bool:
        """A card is good through the last day of the month printed on it."""
        if self.expires_year is None or self.expires_month is None:
            return False
        return (instant.year, instant.month) > (self.expires_year, self.expires_month)


class PaymentStatus(StrEnum):
    PENDING = "PENDING"
    REQUIRES_ACTION = "REQUIRES_ACTION"
    PROCESSING = "PROCESSING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    REFUNDED = "REFUNDED"
    PARTIALLY_REFUNDED = "PARTIALLY_REFUNDED"
    DISPUTED = "DISPUTED"


# A payment whose outcome is not known yet; an invoice has at most one such.
UNDECIDED = (PaymentStatus.PENDING, PaymentStatus.REQUIRES_ACTION, PaymentStatus.PROCESSING)
# A payment whose money has come in, whatever has gone back of it since.
ARRIVED = (
    PaymentStatus.SUCCEEDED,
    PaymentStatus.PARTIALLY_REFUNDED,
    PaymentStatus.REFUNDED,
    PaymentStatus.DISPUTED,
)
# Money may arrive also for a payment that we have called off, and is booked then.
MAY_ARRIVE = (*UNDECIDED, PaymentStatus.FAILED)


class Payment(Entity):
    """One try to collect an invoice. Its id is the idempotency key at the provider.

    `method` None: paid from the workspace's unapplied balance, without the provider; of a negative
    amount when the invoice collects what that is short of.
    """

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="payments", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    invoice: fields.ForeignKeyRelation[Invoice] = fields.ForeignKeyField(
        "billing.Invoice", related_name="payments", on_delete=fields.RESTRICT
    )
    invoice_id: UUID
    method: fields.ForeignKeyNullableRelation[PaymentMethod] = fields.ForeignKeyField(
        "billing.PaymentMethod", related_name="payments", null=True, on_delete=fields.RESTRICT
    )
    method_id: UUID | None
    status = fields.CharEnumField(PaymentStatus, max_length=20)
    amount_cents = fields.BigIntField()
    refunded_cents = fields.BigIntField(default=0)
    currency = fields.CharField(max_length=3)
    gateway_reference = fields.CharField(max_length=255, null=True)
    decline_code = fields.CharField(max_length=100, null=True)
    action_client_secret = fields.CharField(max_length=255, null=True)
    action_redirect_url = fields.CharField(max_length=1000, null=True)
    # whether somebody is there to confirm it; what falls due by itself is charged in their absence
    payer_present = fields.BooleanField(default=False)
    opened_at = fields.DatetimeField()
    # when the provider's answer is expected, while it waits for its payer or for a bank
    expected_at = fields.DatetimeField(null=True)
    decided_at = fields.DatetimeField(null=True)

    class Meta:
        table = "payment"

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    @property
    def refunded(self) -> Money:
        return Money(self.refunded_cents, self.currency)


class SandboxCharge(Model):
    """The sandbox provider's own memory, so that it survives restarts as a real provider does."""

    operation_id = fields.UUIDField(primary_key=True)
    method_reference = fields.CharField(max_length=255)
    amount_cents = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    status = fields.CharField(max_length=20)
    decline_code = fields.CharField(max_length=100, null=True)
    client_secret = fields.CharField(max_length=255)
    settles_at = fields.DatetimeField(null=True)

    class Meta:
        table = "sandbox_charge"


class SandboxRefund(Model):
    """What the sandbox provider was asked to give back of a charge."""

    operation_id = fields.UUIDField(primary_key=True)
    charge_id = fields.UUIDField(db_index=True)
    amount_cents = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    status = fields.CharField(max_length=20)
    decline_code = fields.CharField(max_length=100, null=True)
    settles_at = fields.DatetimeField(null=True)

    class Meta:
        table = "sandbox_refund"


class StripeCustomer(Model):
    """A workspace as Stripe knows it, made once."""

    workspace: fields.OneToOneRelation[Workspace] = fields.OneToOneField(
        "billing.Workspace",
        related_name="stripe_customer",
        on_delete=fields.RESTRICT,
        primary_key=True,
    )
    workspace_id: UUID
    reference = fields.CharField(max_length=255, unique=True)
    is_live = fields.BooleanField()

    class Meta:
        table = "stripe_customer"
