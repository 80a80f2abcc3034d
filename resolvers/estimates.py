"""What a month would cost: public, as the price list is."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from resolvers import catalog
from resolvers.context import Info
from services import estimates as service
from services.choices import WantedAddOn
from services.estimates import (
    CallUsage,
    ChatUsage,
    Estimate,
    EstimateRequest,
    UsageEstimate,
)
from services.rating import MeterUsage


async def price_estimate(info: Info, input: Any) -> Estimate:
    request = EstimateRequest(
        plan=input.plan,
        add_ons=[WantedAddOn(each.add_on, each.quantity) for each in input.add_ons],
        calls=[
            CallUsage(
                minutes=each.minutes,
                stt=each.stt,
                tts=each.tts,
                sts=each.sts,
                telephony=each.telephony,
                model=each.model,
                input_tokens_per_minute=each.input_tokens_per_minute,
                output_tokens_per_minute=each.output_tokens_per_minute,
                own_keys=each.own_keys,
            )
            for each in input.calls
        ],
        chats=[
            ChatUsage(
                messages=each.messages,
                model=each.model,
                input_tokens_per_message=each.input_tokens_per_message,
                output_tokens_per_message=each.output_tokens_per_message,
                own_key=each.own_key,
                tool_uses_per_message=each.tool_uses_per_message,
            )
            for each in input.chats
        ],
        meters=[
            MeterUsage(each.meter, each.quantity, each.provider, each.model, each.own_key)
            for each in input.meters
        ],
    )
    owner = await catalog.own_workspace(info)
    now = owner.now if owner else datetime.now(UTC)
    return await service.estimate(request, await catalog.offered_version_id(info), now=now)


def quantity(root: UsageEstimate) -> Decimal:
    """Without zeros at its end."""
    return root.quantity.normalize()
