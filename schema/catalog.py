"""The price list as clients see it."""

from __future__ import annotations

from decimal import Decimal

import strawberry

import models.catalog
from models.catalog import Resource
from resolvers import catalog
from schema.base import Money, Node, field, shows

strawberry.enum(Resource)


@strawberry.type
class Allowance:
    """How much of a resource something brings."""

    resource: Resource
    quantity: int | None


@strawberry.type
class Feature:
    """Something that a plan or add-on makes available."""

    key: str
    name: str


@strawberry.type
class Plan(Node):
    """What a workspace subscribes to."""

    is_type_of = shows(models.catalog.Plan)
    key: str
    name: str
    description: str
    price: Money
    price_is_starting_at: bool
    self_serve: bool
    included_credits: models.money.Credits
    allowances: list[Allowance]
    features: list[Feature]


@strawberry.type
class AddOn(Node):
    """What a workspace can have on top of its plan, by the unit."""

    is_type_of = shows(models.catalog.AddOn)
    key: str
    name: str
    description: str
    price: Money
    allowances: list[Allowance]
    features: list[Feature]
    max_quantity: int | None


@strawberry.type
class Rate:
    """Price of one metered thing, e.g. 4 credits per minute of speechmatics speech-to-text."""

    meter: str
    unit: str
    provider: str | None
    model: str | None
    credits_per_unit: Decimal = field(catalog.credits_per_unit, Decimal)
    marked_up: bool


@strawberry.type
class CatalogQueries:
    plans: list[Plan] = field(catalog.plans, list[Plan])
    add_ons: list[AddOn] = field(catalog.add_ons, list[AddOn])
    rates: list[Rate] = field(catalog.rates, list[Rate])
