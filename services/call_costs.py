"""What a call costs: minutes by the second, tokens, and one rounding for all of it (R16, R22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from models.calls import Call
from models.catalog import Plan
from models.money import Credits
from services import call_meters, rating
from services.call_meters import CallMeter, CallSetup
from services.errors import InvalidInput
from services.rating import COST_MAX, EXACT, QUANTITY_DECIMALS_MAX, RateTable

ONE = Decimal(1)


class BilledPart(NamedTuple):
    """What a call has used of one meter, by which rate, and its part of the call's cost."""

    meter: CallMeter
    quantity: Decimal
    rate_id: UUID
    cost: Credits


@dataclass(frozen=True, slots=True)
class Tariff:
    """The plan and the rates of the moment when a call began: they rate all of it (R41)."""

    plan: Plan
    rates: RateTable
    at: datetime

    def of_minutes(self, call: CallSetup, minutes: int) -> Credits:
        """What so many minutes cost without tokens, which nobody can know beforehand."""
        minute_mc = sum(
            (self._price_mc(meter) for meter in call_meters.by_the_minute(call)), Decimal(0)
        )
        return rating.rounded_up(EXACT.multiply(minute_mc, minutes))

    def bill(
        self, call: CallSetup, *, seconds: int, input_tokens: int, output_tokens: int
    ) -> list[BilledPart]:
        """What a call has cost, by meter. Raises InvalidInput for more than can be true."""
        minutes = [(meter, Fraction(seconds, 60)) for meter in call_meters.by_the_minute(call)]
        counts = map(Fraction, (input_tokens, output_tokens))
        tokens = zip(call_meters.by_the_token(call), counts, strict=True)
        used = [(meter, quantity) for meter, quantity in (*minutes, *tokens) if quantity]
        exact_mc = [Fraction(self._price_mc(meter)) * quantity for meter, quantity in used]
        costs = rating.rounded_up_together(exact_mc)
        total = Credits(sum(cost.millicredits for cost in costs))
        if total > COST_MAX:
            raise InvalidInput(
                f"{seconds} seconds, {input_tokens} and {output_tokens} tokens would cost {total} "
                f"credits; one call costs at most {COST_MAX}.",
                path=("seconds",),
            )
        return [
            BilledPart(
                meter, _decimal(quantity), self.rates.rate(meter.used(ONE), self.at).id, cost
            )
            for (meter, quantity), cost in zip(used, costs, strict=True)
        ]

    def _price_mc(self, meter: CallMeter) -> Decimal:
        markup_percent = self.plan.provider_markup_percent
        return self.rates.exact_mc(meter.used(ONE), self.at, markup_percent=markup_percent)


async def tariff_at(plan: Plan, at: datetime) -> Tariff:
    """What rates a call that begins at this instant."""
    return Tariff(plan, await rating.rates_of(plan.catalog_version_id), at)


async def tariff_of(call: Call) -> Tariff:
    """What rates a call that has begun."""
    return await tariff_at(await Plan.get(id=call.plan_id), call.started_at)


def _decimal(quantity: Fraction) -> Decimal:
    """As usage shows it; what it costs is reckoned from the fraction."""
    shown = Decimal(quantity.numerator) / Decimal(quantity.denominator)
    return round(shown, QUANTITY_DECIMALS_MAX).normalize()
