"""The books of credits: accounts, lots and transfers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from models.base import Entity
from models.catalog import Plan
from models.invoices import Invoice
from models.money import Credits
from models.subscriptions import Subscription
from models.workspaces import Workspace


class AccountKind(StrEnum):
    """WORKSPACE accounts hold credits; the others are the house's and are only sums."""

    WORKSPACE = "WORKSPACE"
    ISSUED = "ISSUED"
    CONSUMED = "CONSUMED"
    EXPIRED = "EXPIRED"
    ADJUSTED = "ADJUSTED"


class CreditGrantSource(StrEnum):
    SIGNUP = "SIGNUP"
    PLAN = "PLAN"
    PURCHASE = "PURCHASE"
    AUTO_RECHARGE = "AUTO_RECHARGE"
    TRANSFER = "TRANSFER"
    CLIENT_PURCHASE = "CLIENT_PURCHASE"
    ADJUSTMENT = "ADJUSTMENT"
    # what a dispute had taken and could not go back to where it was taken from
    DISPUTE_WON = "DISPUTE_WON"


class LedgerEntryKind(StrEnum):
    GRANT = "GRANT"
    USAGE = "USAGE"
    EXPIRY = "EXPIRY"
    TRANSFER_IN = "TRANSFER_IN"
    TRANSFER_OUT = "TRANSFER_OUT"
    ADJUSTMENT = "ADJUSTMENT"
    REFUND = "REFUND"
    REVERSAL = "REVERSAL"


class CreditAccount(Entity):
    """One side of a transfer: a holder of credits, or one of the house's four accounts."""

    kind = fields.CharEnumField(AccountKind, max_length=16)
    workspace: fields.OneToOneNullableRelation[Workspace] = fields.OneToOneField(
        "billing.Workspace", related_name="credit_account", null=True, on_delete=fields.RESTRICT
    )
    workspace_id: UUID | None

    class Meta:
        table = "credit_account"


class CreditBalance(Model):
    """A holder's balance, kept with every transfer. The lock under which its lots change."""

    account: fields.OneToOneRelation[CreditAccount] = fields.OneToOneField(
        "billing.CreditAccount",
        related_name="balance",
        primary_key=True,
        on_delete=fields.RESTRICT,
    )
    account_id: UUID
    total_mc = fields.BigIntField(default=0)
    held_mc = fields.BigIntField(default=0)
    entry_count = fields.BigIntField(default=0)
    # auto-recharge is to be told when less than this is available, from that instant on; None: it
    # is off, blocked, or at it already (services/recharges.py)
    recharge_below_mc = fields.BigIntField(null=True)
    recharge_from: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "credit_balance"


class CreditLot(Entity):
    """Credits that came in together (the API's CreditGrant). Dead at `now >= expires_at`."""

    account: fields.ForeignKeyRelation[CreditAccount] = fields.ForeignKeyField(
        "billing.CreditAccount", related_name="lots", on_delete=fields.RESTRICT
    )
    account_id: UUID
    source = fields.CharEnumField(CreditGrantSource, max_length=16)
    priority = fields.SmallIntField()
    granted_mc = fields.BigIntField()
    remaining_mc = fields.BigIntField()
    # of what came in, the part that paid what was owed before
    repaid_mc = fields.BigIntField(default=0, db_default=0)
    # of what remains, the part that calls have set aside: it outlives the lot's expiry
    held_mc = fields.BigIntField(default=0, db_default=0)
    granted_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(null=True)
    note = fields.CharField(max_length=500, null=True)
    invoice: fields.ForeignKeyNullableRelation[Invoice] = fields.ForeignKeyField(
        "billing.Invoice", related_name="credit_lots", null=True, on_delete=fields.RESTRICT
    )
    invoice_id: UUID | None
    # set for plan credits only: what makes the grant of a period unique (R13)
    subscription: fields.ForeignKeyNullableRelation[Subscription] = fields.ForeignKeyField(
        "billing.Subscription", related_name="credit_lots", null=True, on_delete=fields.RESTRICT
    )
    subscription_id: UUID | None
    plan: fields.ForeignKeyNullableRelation[Plan] = fields.ForeignKeyField(
        "billing.Plan", related_name="credit_lots", null=True, on_delete=fields.RESTRICT
    )
    plan_id: UUID | None
    period_start = fields.DatetimeField(null=True)

    class Meta:
        table = "credit_lot"

    @property
    def granted(self) -> Credits:
        return Credits(self.granted_mc)

    @property
    def remaining(self) -> Credits:
        return Credits(self.remaining_mc)

    @property
    def free_mc(self) -> int:
        """What remains and is not held."""
        free_mc: int = self.remaining_mc - self.held_mc
        return free_mc


class CreditTransfer(Entity):
    """Credits of one lot moved once, from source to target. Never updated, never deleted.

    `holder` is the side that is a customer; `sequence` counts its transfers without a gap and
    `balance_after_mc` is its balance after this one. Without a lot, what moved is owed: a lot that
    comes in later repays it.
    """

    # no foreign keys, but a check: each would lock the house's one row in every transaction
    source_id = fields.UUIDField()
    target_id = fields.UUIDField()
    holder: fields.ForeignKeyRelation[CreditAccount] = fields.ForeignKeyField(
        "billing.CreditAccount", related_name="transfers", on_delete=fields.RESTRICT
    )
    holder_id: UUID
    sequence = fields.BigIntField()
    lot: fields.ForeignKeyNullableRelation[CreditLot] = fields.ForeignKeyField(
        "billing.CreditLot", related_name="transfers", null=True, on_delete=fields.RESTRICT
    )
    lot_id: UUID | None
    # no foreign key: the events are partitioned by another column than this
    usage_event_id = fields.UUIDField(null=True)
    amount_mc = fields.BigIntField()
    balance_after_mc = fields.BigIntField()
    kind = fields.CharEnumField(LedgerEntryKind, max_length=16)
    description = fields.CharField(max_length=500)
    occurred_at = fields.DatetimeField()
    corrects: fields.ForeignKeyNullableRelation[CreditTransfer] = fields.ForeignKeyField(
        "billing.CreditTransfer", related_name="corrections", null=True, on_delete=fields.RESTRICT
    )
    corrects_id: UUID | None

    class Meta:
        table = "credit_transfer"

    @property
    def signed_amount(self) -> Credits:
        """As its holder sees it: what came in is positive."""
        came_in = self.target_id == self.holder_id
        return Credits(self.amount_mc if came_in else -self.amount_mc)

    @property
    def balance_after(self) -> Credits:
        return Credits(self.balance_after_mc)
