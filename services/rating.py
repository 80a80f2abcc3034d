"""What usage costs: exact credits, rounded up once per event (R16, R21, R41).

Metering and the calculator ask here, so that an estimate is what is charged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple, Protocol
from uuid import UUID

from cachetools import LRUCache

from models.catalog import Rate
from models.money import MILLICREDITS_PER_CREDIT, Credits
from services.errors import InvalidInput
from services.inputs import rfc3339
from services.price_list import RatedBy

QUANTITY_MAX = Decimal(1_000_000_000)
QUANTITY_DECIMALS_MAX = 12
# what one event may cost: more than anybody uses at once, and sums of it fit the database
COST_MAX = Credits.of(1_000_000_000)
NAME_LENGTH_MAX = 100  # of a meter, provider or model

# Wide enough for every product of a quantity, a rate and a markup; what would be cut off is a bug.
EXACT = Context(prec=120, traps=[Inexact, InvalidOperation])


class Usage(Protocol):
    """What was used, or would be."""

    @property
    def meter(self) -> str: ...
    @property
    def quantity(self) -> Decimal: ...
    @property
    def provider(self) -> str | None: ...
    @property
    def model(self) -> str | None: ...
    @property
    def own_key(self) -> bool: ...


class MeterUsage(NamedTuple):
    """So much of a meter."""

    meter: str
    quantity: Decimal
    provider: str | None = None
    model: str | None = None
    own_key: bool = False


class Rated(NamedTuple):
    """What usage costs, and the rate that says so."""

    rate_id: UUID
    cost: Credits


class _Dated:
    """A rate from a date on, with its price per markup."""

    __slots__ = ("prices_mc", "rate", "since")

    def __init__(self, rate: Rate) -> None:
        self.rate, self.since = rate, rate.effective_from
        self.prices_mc: dict[Decimal, Decimal] = {}

    def price_mc(self, markup_percent: Decimal) -> Decimal:
        """Exact millicredits for one unit, with the markup (R41)."""
        price = self.prices_mc.get(markup_percent)
        if price is None:
            price = EXACT.multiply(self.rate.credits_per_unit, MILLICREDITS_PER_CREDIT)
            if self.rate.marked_up:
                price = EXACT.multiply(price, EXACT.add(1, EXACT.scaleb(markup_percent, -2)))
            self.prices_mc[markup_percent] = price
        return price


class RateTable:
    """All rates of one version of the price list. It never changes."""

    def __init__(self, rows: Sequence[Rate]) -> None:
        """`rows` in the order of the price list: of the same thing, later dates come later."""
        # the name of the field that decides the rate of a meter; None: nothing but the meter
        self._rated_by: dict[str, str | None] = {}
        self._rates: dict[tuple[str, str | None], list[_Dated]] = defaultdict(list)
        for row in rows:
            self._rated_by[row.meter] = _rated_by(row)
            self._rates[row.meter, row.provider or row.model].append(_Dated(row))

    def in_force(self, at: datetime) -> list[Rate]:
        """Every rate that holds at an instant, in the order of the price list."""
        found = [_latest(rates, at) for rates in self._rates.values()]
        return [dated.rate for dated in found if dated is not None]

    def rate(self, usage: Usage, at: datetime) -> Rate:
        """The rate of this usage at an instant (R41). Raises InvalidInput for what has none."""
        return self._dated(usage, at).rate

    def rated(self, usage: Usage, at: datetime, *, markup_percent: Decimal) -> Rated:
        """What this usage costs on a plan with this markup, rounded up once to a millicredit.

        An own key makes what a provider or model does free, and nothing else (R21). Raises
        InvalidInput for what has no rate and for what costs too much to be true.
        """
        dated = self._dated(usage, at)
        cost = rounded_up(self._exact_mc(usage, dated, markup_percent))
        if cost.millicredits > COST_MAX.millicredits:
            raise InvalidInput(
                f"{usage.quantity:f} {dated.rate.unit} of {usage.meter} would cost {cost} credits; "
                f"one event costs at most {COST_MAX}.",
                path=("quantity",),
            )
        return Rated(dated.rate.id, cost)

    def exact_mc(self, usage: Usage, at: datetime, *, markup_percent: Decimal) -> Decimal:
        """As `rated`, in millicredits before they are rounded."""
        return self._exact_mc(usage, self._dated(usage, at), markup_percent)

    def _dated(self, usage: Usage, at: datetime) -> _Dated:
        meter = usage.meter
        if meter not in self._rated_by:
            raise InvalidInput(
                f"There is no meter '{meter[:NAME_LENGTH_MAX]}'; `rates` lists them.",
                path=("meter",),
            )
        rated_by = self._rated_by[meter]
        name = None if rated_by is None else getattr(usage, rated_by)
        rates = self._rates.get((meter, name))
        if rates is None:
            assert rated_by is not None, "a meter that nothing else decides has one rate"
            raise InvalidInput(_unknown(meter, rated_by, name), path=(rated_by,))
        dated = _latest(rates, at)
        if dated is None:
            raise InvalidInput(f"{meter} had no price yet at {rfc3339(at)}.", path=("occurredAt",))
        return dated

    def _exact_mc(self, usage: Usage, dated: _Dated, markup_percent: Decimal) -> Decimal:
        if usage.own_key and self._rated_by[usage.meter] is not None:
            return Decimal(0)
        return EXACT.multiply(usage.quantity, dated.price_mc(markup_percent))


_tables: LRUCache[UUID, RateTable] = LRUCache(maxsize=100)


async def rates_of(catalog_version_id: UUID) -> RateTable:
    """The rates of a version; remembered, because a published version never changes."""
    table = _tables.get(catalog_version_id)
    if table is None:
        rows = await Rate.filter(catalog_version_id=catalog_version_id).order_by("position")
        table = _tables[catalog_version_id] = RateTable(rows)
    return table


def check_quantity(quantity: Decimal) -> InvalidInput | None:
    """Why nothing can be charged for such a quantity; None when it can."""
    if not (quantity.is_finite() and 0 < quantity <= QUANTITY_MAX):
        problem = f"A quantity is more than 0 and at most {QUANTITY_MAX:,}, not {quantity:f}."
    elif quantity != round(quantity, QUANTITY_DECIMALS_MAX):
        problem = f"A quantity has at most {QUANTITY_DECIMALS_MAX} decimals, not {quantity:f}."
    else:
        return None
    return InvalidInput(problem, path=("quantity",))


def rounded_up(exact_mc: Decimal) -> Credits:
    """The one rounding of usage: up, to a whole millicredit (R16)."""
    return Credits(ceil(exact_mc))


def rounded_up_together(exact_mc: Sequence[Fraction]) -> list[Credits]:
    """The parts of one thing that was used, which is rounded up once as a whole (R16).

    Each part is rounded down; what the sum, rounded up, has more goes to those that lost most by
    it, a millicredit each, on a tie to the first. So they sum to the whole exactly.
    """
    parts_mc = [floor(part) for part in exact_mc]
    missing_mc = ceil(sum(exact_mc)) - sum(parts_mc)
    by_loss = sorted(range(len(parts_mc)), key=lambda index: parts_mc[index] - exact_mc[index])
    for index in by_loss[:missing_mc]:
        parts_mc[index] += 1
    return [Credits(part_mc) for part_mc in parts_mc]


def _rated_by(rate: Rate) -> str | None:
    if rate.provider is not None:
        return RatedBy.PROVIDER.value
    return RatedBy.MODEL.value if rate.model is not None else None


def _latest(rates: Sequence[_Dated], at: datetime) -> _Dated | None:
    """The last that holds by then: a rate takes effect by its date, and not before."""
    for dated in reversed(rates):
        if dated.since is None or dated.since <= at:
            return dated
    return None


def _unknown(meter: str, rated_by: str, name: str | None) -> str:
    if name is None:
        return f"{meter} is rated by {rated_by}: say which {rated_by} was used."
    return f"There is no {rated_by} '{name[:NAME_LENGTH_MAX]}' for {meter}; `rates` lists them."
