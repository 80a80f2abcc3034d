"""The calculator: what a month would cost, by the code that rates usage and bills plans (R54)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import NamedTuple, TypeVar
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
Given = TypeVar("Given")


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
    rates = await rating.rates_of(catalog_version_id)
    used = _Used(rates, now, refusals)
    parts = used.parts(request)
    if refusals or plan is None or holdings is None:
        raise Refused(refusals)
    rater = _Rater(rates, plan, now)
    terms = Terms(plan, holdings)
    return Estimate(
        fixed_lines=terms.lines(period_of(now, 0, "UTC")),
        usage=rater.usage(parts),
        included_credits=terms.included_credits,
        credits_per_call_minute=rater.per_call_minute(parts, request.calls),
        capacities=terms.capacities,
    )


# ------------------------------------------------------------------ what is used


class _Part(NamedTuple):
    """Usage of one meter, and the field of the request that it comes from."""

    usage: MeterUsage
    field: str


class _Used:
    """Reads from a request what is used of which meter; what is wrong goes to `refusals`."""

    def __init__(self, rates: RateTable, now: datetime, refusals: list[BillingError]) -> None:
        self._rates, self._now, self._refusals = rates, now, refusals

    def parts(self, request: EstimateRequest) -> list[_Part]:
        """All of it; what is wrong is left out."""
        return [
            *self._of("calls", request.calls, self._call),
            *self._of("chats", request.chats, self._chat),
            *self._of("meters", request.meters, self._meter),
        ]

    def _of(
        self,
        field: str,
        given: Sequence[Given],
        read: Callable[[Given, Path], Iterator[MeterUsage]],
    ) -> Iterator[_Part]:
        if len(given) > USAGES_MAX:
            problem = f"At most {USAGES_MAX} {field} at once, not {len(given)}."
            self._refusals.append(InvalidInput(problem, path=(field,)))
            return
        for index, each in enumerate(given):
            for usage in read(each, (field, str(index))):
                yield _Part(usage, field)

    def _call(self, call: CallUsage, path: Path) -> Iterator[MeterUsage]:
        unknown = call_meters.unknown_names(call, self._rates, self._now)
        for problem in (*call_meters.unknown_keys(call), *unknown):
            self._refuse(problem, path)
        if not self._is_quantity(call.minutes, (*path, "minutes")):
            return
        for meter in call_meters.by_the_minute(call):
            yield meter.used(call.minutes)
        tokens = (
            ("inputTokensPerMinute", call.input_tokens_per_minute),
            ("outputTokensPerMinute", call.output_tokens_per_minute),
        )
        for meter, (field, count) in zip(call_meters.by_the_token(call), tokens, strict=True):
            if self._is_count(count, (*path, field)) and count:
                usage = meter.used(EXACT.multiply(call.minutes, count))
                if call.model is not None or self._is_rated(usage, path):
                    yield usage

    def _chat(self, chat: ChatUsage, path: Path) -> Iterator[MeterUsage]:
        messages, uses = Decimal(chat.messages), chat.tool_uses_per_message
        self._is_rated(MeterUsage("llm.input_tokens", messages, None, chat.model), path)
        if not self._is_quantity(messages, (*path, "messages")):
            return
        yield MeterUsage("interaction", messages)
        tokens = (
            ("llm.input_tokens", "inputTokensPerMessage", chat.input_tokens_per_message),
            ("llm.output_tokens", "outputTokensPerMessage", chat.output_tokens_per_message),
        )
        for meter, field, count in tokens:
            if self._is_count(count, (*path, field)) and count:
                yield MeterUsage(meter, messages * count, None, chat.model, chat.own_key)
        if uses and self._is_quantity(uses, (*path, "toolUsesPerMessage")):
            yield MeterUsage("tool.use", EXACT.multiply(messages, uses))

    def _meter(self, usage: MeterUsage, path: Path) -> Iterator[MeterUsage]:
        is_rated = self._is_rated(usage, path)
        if self._is_quantity(usage.quantity, (*path, "quantity")) and is_rated:
            yield usage

    def _is_quantity(self, quantity: Decimal, path: Path) -> bool:
        problem = rating.check_quantity(quantity)
        if problem is not None:
            self._refusals.append(replace(problem, path=path))
        return problem is None

    def _is_count(self, count: int, path: Path) -> bool:
        if 0 <= count <= COUNT_MAX:
            return True
        problem = f"{path[-1]} is {count:,}; it goes from 0 to {COUNT_MAX:,}."
        self._refusals.append(InvalidInput(problem, path=path))
        return False

    def _is_rated(self, usage: MeterUsage, path: Path) -> bool:
        try:
            self._rates.rate(usage, self._now)
        except InvalidInput as problem:
            self._refuse(problem, path)
            return False
        return True

    def _refuse(self, problem: InvalidInput, path: Path) -> None:
        self._refusals.append(replace(problem, path=(*path, *problem.path)))


# ------------------------------------------------------------------ what it costs


class _Rater:
    """Rates usage as metering does, for somebody who is on this plan."""

    def __init__(self, rates: RateTable, plan: Plan, now: datetime) -> None:
        self._rates, self._now = rates, now
        self._markup_percent = plan.provider_markup_percent

    def usage(self, parts: Sequence[_Part]) -> list[UsageEstimate]:
        """What each kind of usage costs, all of a kind summed and rounded once.

        A month has no limit: what a single event may be does not matter.
        """
        sums: dict[MeterUsage, Decimal] = {}
        for usage, _ in parts:
            kind = usage._replace(quantity=Decimal(0))
            sums[kind] = EXACT.add(sums.get(kind, Decimal(0)), usage.quantity)
        return [self._estimate(kind._replace(quantity=total)) for kind, total in sums.items()]

    def per_call_minute(self, parts: Sequence[_Part], calls: Sequence[CallUsage]) -> Decimal | None:
        """Of all calls on average, in credits, rounded up to a millicredit; None without calls."""
        if not calls:
            return None
        minutes = sum(Fraction(call.minutes) for call in calls)
        cost_mc = sum(Fraction(self._exact_mc(usage)) for usage, field in parts if field == "calls")
        return Credits(ceil(cost_mc / minutes)).amount.normalize()

    def _estimate(self, usage: MeterUsage) -> UsageEstimate:
        credits = rounded_up(self._exact_mc(usage))
        return UsageEstimate(usage.meter, usage.provider, usage.model, usage.quantity, credits)

    def _exact_mc(self, usage: MeterUsage) -> Decimal:
        return self._rates.exact_mc(usage, self._now, markup_percent=self._markup_percent)
