"""What a workspace pays for, and until when."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tortoise import fields

from models.base import Entity
from models.catalog import AddOn, Plan
from models.contracts import Contract
from models.workspaces import Workspace

if TYPE_CHECKING:
    from models.invoices import Invoice


class SubscriptionStatus(StrEnum):
    TRIALING = "TRIALING"
    ACTIVE = "ACTIVE"
    PAST_DUE = "PAST_DUE"
    UNPAID = "UNPAID"
    CANCELLED = "CANCELLED"


class Subscription(Entity):
    """One per workspace, from its first moment. The row that every billing command locks first."""

    workspace: fields.OneToOneRelation[Workspace] = fields.OneToOneField(
        "billing.Workspace", related_name="subscription", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "billing.Plan", related_name="subscriptions", on_delete=fields.RESTRICT
    )
    plan_id: UUID
    # what was agreed in place of the plan's price, credits and limits; None: the price list holds
    contract: fields.ForeignKeyNullableRelation[Contract] = fields.ForeignKeyField(
        "billing.Contract", related_name="subscriptions", null=True, on_delete=fields.RESTRICT
    )
    contract_id: UUID | None
    status = fields.CharEnumField(SubscriptionStatus, max_length=16)
    auto_billing = fields.BooleanField(default=False)
    anchor: datetime | None = fields.DatetimeField(null=True)
    period_index = fields.IntField(default=0)
    period_start: datetime | None = fields.DatetimeField(null=True)
    period_end: datetime | None = fields.DatetimeField(null=True)
    cancel_at_period_end = fields.BooleanField(default=False)
    # what was said when it was last cancelled; gone when it goes on or begins anew
    cancel_reason = fields.CharField(max_length=500, null=True)
    # when something falls due next in this workspace; None: nothing will by itself
    due_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "subscription"


class PlanTenure(Entity):
    """From `since` on a subscription has this plan: what its usage is rated by. Never updated."""

    subscription: fields.ForeignKeyRelation[Subscription] = fields.ForeignKeyField(
        "billing.Subscription", related_name="tenures", on_delete=fields.RESTRICT
    )
    subscription_id: UUID
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "billing.Plan", related_name="tenures", on_delete=fields.RESTRICT
    )
    plan_id: UUID
    since = fields.DatetimeField()

    class Meta:
        table = "plan_tenure"


class SubscriptionItem(Entity):
    """An add-on that a subscription has, and how many units of it."""

    subscription: fields.ForeignKeyRelation[Subscription] = fields.ForeignKeyField(
        "billing.Subscription", related_name="items", on_delete=fields.RESTRICT
    )
    subscription_id: UUID
    add_on: fields.ForeignKeyRelation[AddOn] = fields.ForeignKeyField(
        "billing.AddOn", related_name="items", on_delete=fields.RESTRICT
    )
    add_on_id: UUID
    quantity = fields.IntField()

    class Meta:
        table = "subscription_item"


class PendingChange(Entity):
    """A change that waits for its money (`invoice`) or for the period's end (none).

    At most one of each kind per subscription; deleted when decided.
    """

    subscription: fields.ForeignKeyRelation[Subscription] = fields.ForeignKeyField(
        "billing.Subscription", related_name="pending_changes", on_delete=fields.RESTRICT
    )
    subscription_id: UUID
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "billing.Plan", related_name="pending_changes", on_delete=fields.RESTRICT
    )
    plan_id: UUID
    contract: fields.ForeignKeyNullableRelation[Contract] = fields.ForeignKeyField(
        "billing.Contract", related_name="pending_changes", null=True, on_delete=fields.RESTRICT
    )
    contract_id: UUID | None
    # [{"add_on_id": str, "quantity": int}], as it will be once the invoice is paid
    add_ons = fields.JSONField[list[dict[str, Any]]]()
    auto_billing = fields.BooleanField()
    invoice: fields.OneToOneNullableRelation[Invoice] = fields.OneToOneField(
        "billing.Invoice", related_name="pending_change", null=True, on_delete=fields.RESTRICT
    )
    invoice_id: UUID | None
    # what is to be scheduled for the period's end once this is paid: {"plan_id", "add_ons",
    # "contract_id"}
    then = fields.JSONField[dict[str, Any]](null=True)
    effective_at = fields.DatetimeField()

    class Meta:
        table = "pending_change"
