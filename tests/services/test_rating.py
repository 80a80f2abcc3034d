"""What usage costs: exact, rounded up once, by the rate of its moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.catalog import Rate
from services.errors import InvalidInput
from services.rating import RateTable, check_quantity, rounded_up, rounded_up_together
from tests.given import FIRST_OF_APRIL, instant

NOW = instant(FIRST_OF_APRIL)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Used:
    meter: str = "voice.tts"
    quantity: Decimal = Decimal(1)
    provider: str | None = "elevenlabs"
    model: str | None = None
    own_key: bool = False


def a_rate(
    credits: str,
    *,
    meter: str = "voice.tts",
    provider: str | None = "elevenlabs",
    model: str | None = None,
    since: str | None = None,
) -> Rate:
    return Rate(
        id=uuid4(),
        meter=meter,
        unit="minute",
        provider=provider,
        model=model,
        credits_per_unit=Decimal(credits),
        marked_up=meter.startswith("voice."),
        effective_from=instant(since) if since else None,
    )


def cost_mc(table: RateTable, used: Used, *, markup: str = "10") -> int:
    rated = table.rated(used, NOW, markup_percent=Decimal(markup))
    return rated.cost.millicredits


@pytest.mark.parametrize(
    ("rate", "quantity", "markup", "millicredits"),
    [
        ("40", "1", "10", 44_000),
        ("40", "1", "0", 40_000),
        ("40", "0.016666666667", "10", 734),  # a second: 733.33...
        ("13", "1", "10", 14_300),  # not 15 credits, as if each leg were rounded up
        ("0.000000001", "0.000000000001", "0", 1),
        ("0.000000001", "999999999.999999999999", "0", 1_000),
        ("0.0003", "10", "33.3333", 4),  # 3.999999
        ("0", "5", "10", 0),
    ],
)
def test_what_is_rounded(rate: str, quantity: str, markup: str, millicredits: int) -> None:
    table = RateTable([a_rate(rate)])
    assert cost_mc(table, Used(quantity=Decimal(quantity)), markup=markup) == millicredits


decimals = st.decimals(0, 10**9, places=12)


@given(decimals.filter(bool), st.decimals(0, 10**11 - 1, places=9), st.decimals(0, 999, places=4))
def test_no_digit_is_lost_however_many_there_are(
    quantity: Decimal, rate: Decimal, markup: Decimal
) -> None:
    table = RateTable([a_rate(str(rate))])
    exact = Fraction(quantity) * Fraction(rate) * (1 + Fraction(markup) / 100) * 1_000
    found = table.exact_mc(Used(quantity=quantity), NOW, markup_percent=markup)
    assert Fraction(found) == exact
    assert rounded_up(found).millicredits == ceil(exact)


def test_a_rate_holds_from_its_moment_until_the_next_one_does() -> None:
    table = RateTable(
        [
            a_rate("1"),
            a_rate("2", since="2026-04-01T00:00:00Z"),
            a_rate("3", since="2026-05-01T00:00:00Z"),
        ]
    )
    moments = [NOW - MICROSECOND, NOW, NOW + timedelta(days=30) - MICROSECOND]
    moments.append(NOW + timedelta(days=30))
    assert [table.rate(Used(), at).credits_per_unit for at in moments] == [1, 2, 2, 3]
    assert [rate.credits_per_unit for rate in table.in_force(NOW)] == [2]


def test_before_its_first_moment_there_is_no_price() -> None:
    table = RateTable([a_rate("1", since="2026-04-01T00:00:00Z")])
    assert table.in_force(NOW - MICROSECOND) == []
    with pytest.raises(InvalidInput, match=r"voice\.tts had no price yet at 2026-03-31T23:59:59"):
        table.rate(Used(), NOW - MICROSECOND)


def test_an_own_key_makes_free_what_somebody_else_is_paid_for() -> None:
    table = RateTable(
        [
            a_rate("40"),
            a_rate("30", meter="voice.platform", provider=None),
            a_rate("0.003", meter="llm.input_tokens", provider=None, model="gpt-4o"),
        ]
    )
    assert cost_mc(table, Used(own_key=True)) == 0
    tokens = Used("llm.input_tokens", provider=None, model="gpt-4o", own_key=True)
    assert cost_mc(table, tokens) == 0
    platform = Used("voice.platform", provider=None, own_key=True)
    assert cost_mc(table, platform, markup="0") == 30_000


@pytest.mark.parametrize(
    ("exact_mc", "costs_mc"),
    [
        ([], []),
        (["0"], [0]),
        (["0.1"], [1]),
        (["1", "2", "3"], [1, 2, 3]),
        # 1,691.666...: the millicredit that is missing goes to the first of those that lost most
        (["500", "550/3", "2200/3", "275"], [500, 184, 733, 275]),
        (["1/3", "1/3", "1/3"], [1, 0, 0]),
        (["1/2", "1/2", "1/2"], [1, 1, 0]),
        (["9/10", "0", "9/10", "8/10"], [1, 0, 1, 1]),
        (["0", "1/60"], [0, 1]),
    ],
)
def test_parts_are_rounded_up_together(exact_mc: list[str], costs_mc: list[int]) -> None:
    found = rounded_up_together([Fraction(part) for part in exact_mc])
    assert [cost.millicredits for cost in found] == costs_mc


@given(st.lists(st.fractions(min_value=0, max_value=10**6), max_size=8))
def test_rounded_parts_sum_to_the_rounded_whole(exact_mc: list[Fraction]) -> None:
    costs = rounded_up_together(exact_mc)
    assert sum(cost.millicredits for cost in costs) == ceil(sum(exact_mc))
    for exact, cost in zip(exact_mc, costs, strict=True):
        assert floor(exact) <= cost.millicredits <= ceil(exact)


@pytest.mark.parametrize(
    "quantity",
    ["0", "-1", "NaN", "sNaN", "-Infinity", "Infinity", "1000000000.1", "0.0000000000001"],
)
def test_what_is_no_quantity(quantity: str) -> None:
    refusal = check_quantity(Decimal(quantity))
    assert refusal is not None
    assert refusal.path == ("quantity",)


def test_what_is_a_quantity() -> None:
    for quantity in ("0.000000000001", "1E+9", "1.50", "7E-12"):
        assert check_quantity(Decimal(quantity)) is None
