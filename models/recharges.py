"""Credits that are bought by themselves when the balance runs low."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tortoise import fields

from models.base import Entity
from models.money import Credits, Money
from models.payments import Payment
from models.workspaces import Workspace


class AutoRecharge(Entity):
    """What a workspace wants of auto-recharge (R20). Without a row it is off and never was on.

    Changes under the subscription's lock. Whether it looks out is written on the balance it is for.
    """

    workspace: fields.OneToOneRelation[Workspace] = fields.OneToOneField(
        "billing.Workspace", related_name="auto_recharge", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    enabled = fields.BooleanField()
    threshold_mc = fields.BigIntField()
    amount_cents = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    monthly_cap_cents: int | None = fields.BigIntField(null=True)
    # when the balance was found too low; None again when a charge for it has begun, or need not
    wanted_at: datetime | None = fields.DatetimeField(null=True)
    # after a decline nothing is tried until the method changes or somebody wants another try
    declined_payment: fields.ForeignKeyNullableRelation[Payment] = fields.ForeignKeyField(
        "billing.Payment", related_name="blocked_recharges", null=True, on_delete=fields.RESTRICT
    )
    declined_payment_id: UUID | None

    class Meta:
        table = "auto_recharge"

    @property
    def threshold(self) -> Credits:
        return Credits(self.threshold_mc)

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    @property
    def monthly_cap(self) -> Money | None:
        if self.monthly_cap_cents is None:
            return None
        return Money(self.monthly_cap_cents, self.currency)
