"""A carrier that needs no account: numbers that ring nowhere, deterministic outcomes.

All numbers are of ranges that regulators keep for films and books. What is sold and what rests is
kept in a table of its own, as a real carrier does. docs/sandbox.md lists the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

import phonenumbers
from phonenumbers import PhoneNumberType
from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from models.phone_numbers import SandboxNumber
from services.carrier import CarrierUnavailable, NotSold, Offer, Order, Outcome, Sold, Wish
from services.locks import transaction_lock

RESTS_FOR = timedelta(days=7)
SEARCH_STEP = 200


@dataclass(frozen=True, slots=True)
class Range:
    """`count` numbers of an area, from `first` on (E.164 without the plus)."""

    country: str
    area_code: str
    locality: str | None
    first: int
    count: int

    def offer(self, position: int) -> Offer:
        return Offer(f"+{self.first + position}", self.country, self.locality)

    def holds(self, number: str) -> bool:
        return number[1:].isdecimal() and 0 <= int(number[1:]) - self.first < self.count


# In North America each area code has 555-0100 to 555-0199; the last two are sold in odd ways only.
FIRST_LINE, LINES_OFFERED = 100, 98
NEVER_SOLD, SOLD_SILENTLY = "5550198", "5550199"
# no area: who looks for its numbers gets no answer
SILENT_AREA = "555"
# where to look when no area code is given
AREAS = {
    "US": {
        "202": "Washington, DC",
        "206": "Seattle",
        "212": "New York",
        "305": "Miami",
        "310": "Los Angeles",
        "312": "Chicago",
        "415": "San Francisco",
        "512": "Austin",
        "617": "Boston",
        "713": "Houston",
    },
    "CA": {"416": "Toronto", "514": "Montreal", "604": "Vancouver"},
}
ELSEWHERE = (
    Range("GB", "20", "London", 44_20_7946_0000, 1_000),
    Range("GB", "113", "Leeds", 44_113_496_0000, 1_000),
    Range("GB", "121", "Birmingham", 44_121_496_0000, 1_000),
    Range("GB", "131", "Edinburgh", 44_131_496_0000, 1_000),
    Range("GB", "161", "Manchester", 44_161_496_0000, 1_000),
    Range("DE", "30", "Berlin", 49_30_23125_000, 1_000),
    Range("DE", "40", "Hamburg", 49_40_66969_000, 1_000),
    Range("DE", "69", "Frankfurt am Main", 49_69_90009_000, 1_000),
    Range("DE", "89", "Munich", 49_89_99998_000, 1_000),
    Range("DE", "221", "Cologne", 49_221_4710_000, 1_000),
    Range("FR", "1", "Paris region", 33_1_9900_0000, 10_000),
    Range("FR", "2", "North-west", 33_2_6191_0000, 10_000),
    Range("FR", "3", "North-east", 33_3_5301_0000, 10_000),
    Range("FR", "4", "South-east", 33_4_6571_0000, 10_000),
    Range("FR", "5", "South-west", 33_5_3649_0000, 10_000),
)


class SandboxCarrier:
    """The default carrier. What one caller buys is gone for every other."""

    async def search(self, wish: Wish, *, now: datetime) -> Sequence[Offer]:
        """In a fixed order, an area after the other in turn; what is sold or rests is left out."""
        if wish.area_code == SILENT_AREA and wish.country in AREAS:
            raise CarrierUnavailable("this area never answers")
        found: list[Offer] = []
        candidates = _in_turn(_ranges(wish.country, wish.area_code))
        while len(found) < wish.limit and (step := list(islice(candidates, SEARCH_STEP))):
            gone = await _gone([offer.number for offer in step], now=now)
            found += [offer for offer in step if offer.number not in gone]
        return found[: wish.limit]

    async def buy(self, order: Order) -> Outcome:
        """Sold to whoever comes first; asked again, as it was the first time."""
        number = order.number
        if not _is_in_stock(number) or number.endswith(NEVER_SOLD):
            return NotSold()
        if done := await self.find(order.operation_id):
            return done
        async with in_transaction():
            # one buyer at a time sees whether it is there
            await transaction_lock(f"sandbox number {number}")
            if not await _gone([number], now=order.at):
                await SandboxNumber.create(operation_id=order.operation_id, number=number)
        done = await self.find(order.operation_id)
        if done and number.endswith(SOLD_SILENTLY):
            raise CarrierUnavailable("this number is sold without an answer")
        return done or NotSold()

    async def find(self, operation_id: UUID) -> Outcome | None:
        """Whether this order bought something; of what it did not buy nothing is kept."""
        return Sold() if await SandboxNumber.exists(operation_id=operation_id) else None

    async def release(self, operation_id: UUID, *, now: datetime) -> None:
        """From now on the number rests; then it is for sale again."""
        sold = SandboxNumber.filter(operation_id=operation_id, rests_until=None)
        await sold.update(rests_until=now + RESTS_FOR)


def _ranges(country: str, area_code: str | None) -> list[Range]:
    """Those of a country, or of one area of it, with its trunk prefix or without."""
    wanted = None if area_code is None else area_code.lstrip("0")
    if country in AREAS:
        codes = list(AREAS[country]) if wanted is None else [wanted]
        return [_north_american(code) for code in codes if _country_of_area(code) == country]
    return [
        entry
        for entry in ELSEWHERE
        if entry.country == country and wanted in (None, entry.area_code)
    ]


def _north_american(area_code: str) -> Range:
    country = _country_of_area(area_code)
    assert country is not None, "only what is an area has a range"
    locality = AREAS[country].get(area_code)
    first = int(f"1{area_code}5550000") + FIRST_LINE
    return Range(country, area_code, locality, first, LINES_OFFERED)


def _country_of_area(area_code: str) -> str | None:
    """US or CA; None for what is no area there: other countries, toll-free and the like."""
    if len(area_code) != 3:
        return None
    number = phonenumbers.parse(f"+1{area_code}5550{FIRST_LINE}")
    if phonenumbers.number_type(number) != PhoneNumberType.FIXED_LINE_OR_MOBILE:
        return None
    country = phonenumbers.region_code_for_number(number)
    return country if country in AREAS else None


def _in_turn(ranges: Sequence[Range]) -> Iterator[Offer]:
    for position in range(max((entry.count for entry in ranges), default=0)):
        yield from (entry.offer(position) for entry in ranges if position < entry.count)


def _is_in_stock(number: str) -> bool:
    if number.startswith("+1"):
        area_code, exchange, line = number[2:5], number[5:8], number[8:]
        known = _country_of_area(area_code) is not None
        return known and exchange == "555" and len(line) == 4 and line.startswith("01")
    return any(entry.holds(number) for entry in ELSEWHERE)


async def _gone(numbers: Sequence[str], *, now: datetime) -> set[str]:
    """Those that are sold, or were returned too short a time ago."""
    not_for_sale = Q(rests_until__isnull=True) | Q(rests_until__gt=now)
    return {row.number for row in await SandboxNumber.filter(not_for_sale, number__in=numbers)}
