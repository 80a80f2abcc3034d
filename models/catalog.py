"""The price list, as published: versions that never change."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import Entity
from models.money import Credits, Money


class Resource(StrEnum):
    """What the product limits by count."""

    AGENT_SLOT = "AGENT_SLOT"
    WORKSPACE_SEAT = "WORKSPACE_SEAT"
    CLIENT_SEAT = "CLIENT_SEAT"
    CALL_LINE = "CALL_LINE"
    PHONE_NUMBER = "PHONE_NUMBER"

    @property
    def label(self) -> str:
        """For people, one of it: "phone number"."""
        return self.replace("_", " ").lower()


class CatalogVersion(Entity):
    """One published content of a price list. Never updated but for is_current."""

    name = fields.CharField(max_length=100)
    content_hash = fields.CharField(max_length=64, unique=True)
    currency = fields.CharField(max_length=3)
    tax_rates = fields.JSONField[list[dict[str, str]]]()
    is_current = fields.BooleanField(default=False)

    class Meta:
        table = "catalog_version"


class Plan(Entity):
    """What a workspace subscribes to. Never updated."""

    catalog_version: fields.ForeignKeyRelation[CatalogVersion] = fields.ForeignKeyField(
        "billing.CatalogVersion", related_name="plans", on_delete=fields.RESTRICT
    )
    catalog_version_id: UUID
    position = fields.SmallIntField()
    key = fields.CharField(max_length=100)
    name = fields.CharField(max_length=200)
    description = fields.CharField(max_length=1000)
    price_cents = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    price_is_starting_at = fields.BooleanField()
    self_serve = fields.BooleanField()
    is_default = fields.BooleanField()
    may_have_add_ons = fields.BooleanField()
    may_buy_credits = fields.BooleanField()
    signup_credits_mc = fields.BigIntField()
    included_credits_mc = fields.BigIntField()
    credits_roll_over = fields.BooleanField()
    provider_markup_percent = fields.DecimalField(max_digits=7, decimal_places=4)
    allowances = fields.JSONField[list[dict[str, Any]]]()
    features = fields.JSONField[list[dict[str, str]]]()

    class Meta:
        table = "plan"

    @property
    def price(self) -> Money:
        return Money(self.price_cents, self.currency)

    @property
    def included_credits(self) -> Credits:
        return Credits(self.included_credits_mc)


class AddOn(Entity):
    """What a workspace may add to its plan, by the unit. Never updated."""

    catalog_version: fields.ForeignKeyRelation[CatalogVersion] = fields.ForeignKeyField(
        "billing.CatalogVersion", related_name="add_ons", on_delete=fields.RESTRICT
    )
    catalog_version_id: UUID
    position = fields.SmallIntField()
    key = fields.CharField(max_length=100)
    name = fields.CharField(max_length=200)
    description = fields.CharField(max_length=1000)
    price_cents = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    max_quantity = fields.IntField(null=True)
    allowances = fields.JSONField[list[dict[str, Any]]]()
    features = fields.JSONField[list[dict[str, str]]]()

    class Meta:
        table = "add_on"

    @property
    def price(self) -> Money:
        return Money(self.price_cents, self.currency)


class Rate(Entity):
    """The price of one unit of a meter, before markup. Never updated."""

    catalog_version: fields.ForeignKeyRelation[CatalogVersion] = fields.ForeignKeyField(
        "billing.CatalogVersion", related_name="rates", on_delete=fields.RESTRICT
    )
    catalog_version_id: UUID
    position = fields.IntField()
    meter = fields.CharField(max_length=100)
    unit = fields.CharField(max_length=50)
    provider = fields.CharField(max_length=100, null=True)
    model = fields.CharField(max_length=100, null=True)
    credits_per_unit = fields.DecimalField(max_digits=20, decimal_places=9)
    marked_up = fields.BooleanField()
    effective_from = fields.DatetimeField(null=True)

    class Meta:
        table = "rate"
