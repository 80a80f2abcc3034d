"""The calculator: what a month would cost, by the code that rates usage and bills plans (R54)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import NamedTuple
from uuid import UUID

from models.catalog import Plan
from models.money import Credits, Money
from services import call_meters, rating
from services.choices import WantedAddOn, holdings_called, plan_called
from services.errors import BillingError, InvalidInput, PlanRequired, Refused
from services.invoices import Line
from services.periods import period_of
from services.rating import EXACT, MeterUsage, RateTable, rounded_up
from services.terms import Capacity, Terms

USAGES_MAX = 100
COUNT_MAX = 1_000_000_000
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallUsage:
    """Minutes of calls. `own_keys` names parts (stt, tts, sts, llm, telephony) or their providers.

    Speech-to-speech takes the place of speech-to-text and text-to-speech.
    """

    minutes: Decimal
    stt: str | None
    tts: str | None
    sts: str | None
    telephony: bool
    model: str | None
    input_tokens_per_minute: int
    output_tokens_per_minute: int
    own_keys: Sequence[str]


@dataclass(frozen=True, slots=True)
class ChatUsage:
    """Messages of chats, each one reply."""

    messages: int
    model: str
    input_tokens_per_message: int
    output_tokens_per_message: int
    own_key: bool
    tool_uses_per_message: Decimal


@dataclass(frozen=True, slots=True)
class EstimateRequest:
    """A plan by key, add-ons, and what would be used in a month."""

    plan: str
    add_ons: Sequence[WantedAddOn]
    calls: Sequence[CallUsage]
    chats: Sequence[ChatUsage]
    meters: Sequence[MeterUsage]


@dataclass(frozen=True, slots=True)
class UsageEstimate:
    """What so much of a meter costs."""

    meter: str
    provider: str | None
    model: str | None
    quantity: Decimal
    credits: Credits


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a month would cost, before tax."""

    fixed_lines: Sequence[Line]
    usage: Sequence[UsageEstimate]
    included_credits: Credits
    credits_per_call_minute: Decimal | None
    capacities: Sequence[Capacity]

    @property
    def fixed(self) -> Money:
        first, *rest = self.fixed_lines
        return sum((line.amount for line in rest), start=first.amount)

    @property
    def usage_credits(self) -> Credits:
        return Credits(sum(each.credits.millicredits for each in self.usage))

    @property
    def extra_credits(self) -> Credits:
        """What the included ones do not pay."""
        return max(self.usage_credits - self.included_credits, Credits(0))

    @property
    def extra(self) -> Money:
        return self.extra_credits.worth

    @property
    def total(self) -> Money:
        return self.fixed + self.extra


async def estimate(
    request: EstimateRequest, catalog_version_id: UUID, *, now: datetime
) -> Estimate:
    """What this would cost a month by a price list, at its rates of now. Writes nothing.

    Raises Refused with all that is not in the price list or makes no sense.
    """
    refusals: list[BillingError] = []
    plan = await plan_called(request.plan, catalog_version_id, refusals)
    holdings = await holdings_called(request.add_ons, catalog_version_id, refusals)
    if plan is not None and holdings and not plan.may_have_add_ons:
        refusals.append(
            PlanRequired(f"The plan '{plan.key}' cannot have add-ons.", path=("addOns",))
        )
    parts = list(_parts(request, refusals))
    rater = _Rater(await rating.rates_of(catalog_version_id), plan, now)
    usage = rater.usage(parts, refusals)
    if refusals or plan is None or holdings is None:
        raise Refused(refusals)
    terms = Terms(plan, holdings)
    return Estimate(
        fixed_lines=terms.lines(period_of(now, 0, "UTC")),
        usage=usage,
        included_credits=terms.included_credits,
        credits_per_call_minute=rater.per_call_minute(parts, request.calls),
        capacities=terms.capacities,
    )


# ------------------------------------------------------------------ what is used


class _Part(NamedTuple):
    """Usage of one meter, the place in the input that it comes from, and the fields there."""

    usage: MeterUsage
    path: Path
    fields: Mapping[str, str] = {}


def _parts(request: EstimateRequest, refusals: list[BillingError]) -> Iterator[_Part]:
    for name, given in (
        ("calls", request.calls),
        ("chats", request.chats),
        ("meters", request.meters),
    ):
        if len(given) > USAGES_MAX:
            problem = f"At most {USAGES_MAX} {name} at once, not {len(given)}."
            refusals.append(InvalidInput(problem, path=(name,)))
            return
    for index, call in enumerate(request.calls):
        yield from _call(call, ("calls", str(index)), refusals)
    for index, chat in enumerate(request.chats):
        yield from _chat(chat, ("chats", str(index)), refusals)
    for index, meter in enumerate(request.meters):
        yield _Part(meter, ("meters", str(index)))


def _call(call: CallUsage, path: Path, refusals: list[BillingError]) -> Iterator[_Part]:
    refusals += [
        replace(refusal, path=(*path, *refusal.path)) for refusal in call_meters.unknown_keys(call)
    ]
    for meter in call_meters.by_the_minute(call):
        yield _Part(meter.used(call.minutes), path, {"quantity": "minutes", "provider": meter.part})
    tokens = (
        ("inputTokensPerMinute", call.input_tokens_per_minute),
        ("outputTokensPerMinute", call.output_tokens_per_minute),
    )
    for meter, (field, count) in zip(call_meters.by_the_token(call), tokens, strict=True):
        if _is_count(count, (*path, field), refusals) and count:
            quantity = EXACT.multiply(call.minutes, count)
            yield _Part(meter.used(quantity), path, {"quantity": field})


def _chat(chat: ChatUsage, path: Path, refusals: list[BillingError]) -> Iterator[_Part]:
    messages = Decimal(chat.messages)
    yield _Part(MeterUsage("interaction", messages), path, {"quantity": "messages"})
    tokens = (
        ("llm.input_tokens", "inputTokensPerMessage", chat.input_tokens_per_message),
        ("llm.output_tokens", "outputTokensPerMessage", chat.output_tokens_per_message),
    )
    for meter, field, count in tokens:
        if _is_count(count, (*path, field), refusals) and count:
            usage = MeterUsage(meter, messages * count, None, chat.model, chat.own_key)
            yield _Part(usage, path, {"quantity": field})
    if chat.tool_uses_per_message:
        uses = EXACT.multiply(messages, chat.tool_uses_per_message)
        yield _Part(MeterUsage("tool.use", uses), path, {"quantity": "toolUsesPerMessage"})


def _is_count(count: int, path: Path, refusals: list[BillingError]) -> bool:
    if 0 <= count <= COUNT_MAX:
        return True
    refusals.append(InvalidInput(f"{path[-1]} is {count}; it cannot be negative.", path=path))
    return False


# ------------------------------------------------------------------ what it costs


class _Rater:
    """Rates usage as metering does, for somebody who is on this plan."""

    def __init__(self, rates: RateTable, plan: Plan | None, now: datetime) -> None:
        self._rates = rates
        self._markup_percent = plan.provider_markup_percent if plan else Decimal(0)
        self._now = now

    def usage(self, parts: Sequence[_Part], refusals: list[BillingError]) -> list[UsageEstimate]:
        """What each kind of usage costs, all of a kind summed and rounded once."""
        sums: dict[MeterUsage, Decimal] = {}
        for usage, path, named in parts:
            try:
                if problem := rating.check_quantity(usage.quantity):
                    raise problem
                self._rates.rated(usage, self._now, markup_percent=self._markup_percent)
            except InvalidInput as refusal:
                place = (*path, *(named.get(name, name) for name in refusal.path))
                refusals.append(replace(refusal, path=place))
            kind = usage._replace(quantity=Decimal(0))
            sums[kind] = EXACT.add(sums.get(kind, Decimal(0)), usage.quantity)
        if refusals:
            return []
        return [self._estimate(kind._replace(quantity=total)) for kind, total in sums.items()]

    def per_call_minute(self, parts: Sequence[_Part], calls: Sequence[CallUsage]) -> Decimal | None:
        """Of all calls on average, in credits, rounded up to a millicredit; None without calls."""
        if not calls:
            return None
        minutes = sum(Fraction(call.minutes) for call in calls)
        cost_mc = sum(
            Fraction(self._exact_mc(part.usage)) for part in parts if part.path[0] == "calls"
        )
        return Credits(ceil(cost_mc / minutes)).amount.normalize()

    def _estimate(self, usage: MeterUsage) -> UsageEstimate:
        credits = rounded_up(self._exact_mc(usage))
        return UsageEstimate(usage.meter, usage.provider, usage.model, usage.quantity, credits)

    def _exact_mc(self, usage: MeterUsage) -> Decimal:
        return self._rates.exact_mc(usage, self._now, markup_percent=self._markup_percent)
