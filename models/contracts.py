"""What was agreed with one workspace, in place of its plan's price, credits and limits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import Entity
from models.catalog import Plan
from models.money import Credits, Money
from models.workspaces import Workspace


class Contract(Entity):
    """Price, credits and limits agreed with a workspace. Never updated: a new one follows it."""

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="contracts", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "billing.Plan", related_name="contracts", on_delete=fields.RESTRICT
    )
    plan_id: UUID
    price_cents = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    included_credits_mc = fields.BigIntField()
    # [{"resource": str, "quantity": int | None}], every resource once; None: unlimited
    allowances = fields.JSONField[list[dict[str, Any]]]()
    invoice_due_days = fields.SmallIntField()
    agreed_at = fields.DatetimeField()

    class Meta:
        table = "contract"

    @property
    def price(self) -> Money:
        """Per month, before tax and add-ons."""
        return Money(self.price_cents, self.currency)

    @property
    def included_credits(self) -> Credits:
        return Credits(self.included_credits_mc)

    @property
    def agreement(self) -> dict[str, object]:
        """What makes two contracts the same, whenever they were made."""
        return {
            "price": self.price,
            "credits": self.included_credits,
            "allowances": {entry["resource"]: entry["quantity"] for entry in self.allowances},
            "invoice_due_days": self.invoice_due_days,
        }
