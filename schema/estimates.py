"""The calculator as clients see it."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from models.money import Credits
from resolvers import estimates
from schema.base import Money, field, field_taking
from schema.catalog import Allowance
from schema.invoices import InvoiceLine
from schema.subscriptions import AddOnQuantity


@strawberry.input
class CallUsageEstimate:
    minutes: Decimal
    stt: str | None = None
    tts: str | None = None
    sts: str | None = None
    telephony: bool = True
    model: str | None = None
    input_tokens_per_minute: int = 0
    output_tokens_per_minute: int = 0
    own_keys: list[str] = strawberry.field(default_factory=list)


@strawberry.input
class ChatUsageEstimate:
    messages: int
    model: str
    input_tokens_per_message: int = 2_500
    output_tokens_per_message: int = 300
    own_key: bool = False
    tool_uses_per_message: Decimal = Decimal(0)


@strawberry.input
class MeterQuantity:
    meter: str
    quantity: Decimal
    provider: str | None = None
    model: str | None = None
    own_key: bool = False


@strawberry.input
class PriceEstimateInput:
    plan: str
    add_ons: list[AddOnQuantity] = strawberry.field(default_factory=list)
    calls: list[CallUsageEstimate] = strawberry.field(default_factory=list)
    chats: list[ChatUsageEstimate] = strawberry.field(default_factory=list)
    meters: list[MeterQuantity] = strawberry.field(default_factory=list)


@strawberry.type
class UsageEstimate:
    """What so much of a meter would cost."""

    meter: str
    provider: str | None
    model: str | None
    quantity: Decimal = field(estimates.quantity, Decimal)
    credits: Credits


@strawberry.type
class PriceEstimate:
    """What a month would cost, before tax: what is billed for it and what would be used."""

    fixed: Money
    fixed_lines: list[InvoiceLine]
    usage: list[UsageEstimate]
    usage_credits: Credits
    included_credits: Credits
    extra_credits: Credits
    extra: Money
    total: Money
    credits_per_call_minute: Decimal | None
    capacities: list[Allowance]


@strawberry.type
class EstimateQueries:
    price_estimate: PriceEstimate | None = field_taking(
        estimates.price_estimate, PriceEstimate | None, input=PriceEstimateInput
    )
