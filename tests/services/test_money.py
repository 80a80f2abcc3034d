"""Money and credits: whole units with a type, rounded in one place."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.money import Credits, Money, round_half_away_from_zero

cents = st.integers(-(10**15), 10**15)
parts = st.fractions(0, 1, max_denominator=31 * 24 * 3600)  # of a month, in seconds


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (Fraction(0), 0),
        (Fraction(49, 100), 0),
        (Fraction(1, 2), 1),
        (Fraction(3, 2), 2),
        (Fraction(5, 2), 3),
        (Fraction(-49, 100), 0),
        (Fraction(-1, 2), -1),
        (Fraction(-5, 2), -3),
        (Fraction(10**18) + Fraction(1, 2), 10**18 + 1),
    ],
)
def test_a_half_is_rounded_away_from_zero(value: Fraction, rounded: int) -> None:
    assert round_half_away_from_zero(value) == rounded


@given(st.decimals(-(10**12), 10**12, places=6))
def test_rounding_is_what_decimal_calls_half_up(value: Decimal) -> None:
    expected = int(value.quantize(Decimal(1), ROUND_HALF_UP))
    assert round_half_away_from_zero(Fraction(value)) == expected


def test_half_of_a_month_of_15_dollars_and_a_third_of_20() -> None:
    assert Money(15_00).share(Fraction(15, 30)) == Money(7_50)
    assert Money(20_00).share(Fraction(1, 3)) == Money(6_67)
    assert Money(-20_00).share(Fraction(1, 3)) == Money(-6_67)


def test_a_share_of_half_a_cent_is_a_cent_for_either_side() -> None:
    assert Money(1).share(Fraction(1, 2)) == Money(1)
    assert Money(-1).share(Fraction(1, 2)) == Money(-1)


@given(cents, parts)
def test_what_is_charged_for_a_part_is_what_is_credited_for_it(amount: int, part: Fraction) -> None:
    assert Money(amount).share(part).cents == -Money(-amount).share(part).cents


@given(cents, parts)
def test_a_share_is_never_more_than_half_a_cent_off(amount: int, part: Fraction) -> None:
    assert abs(Money(amount).share(part).cents - amount * part) <= Fraction(1, 2)


@given(st.integers(0, 10**12), parts, parts)
def test_a_longer_time_never_costs_less(price: int, one: Fraction, other: Fraction) -> None:
    shorter, longer = sorted((one, other))
    shares = [Money(price).share(part) for part in (Fraction(0), shorter, longer, Fraction(1))]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (Money(0), Money(price))


def test_money_of_two_currencies_is_never_mixed() -> None:
    for mix in (Money.__add__, Money.__sub__):
        with pytest.raises(AssertionError, match="USD mixed with EUR"):
            mix(Money(1, "USD"), Money(1, "EUR"))


def test_money_adds_up_and_keeps_its_currency() -> None:
    assert Money(20_00, "EUR") + Money(3, "EUR") - Money(1_00, "EUR") == Money(19_03, "EUR")
    assert Money(3_00, "EUR") * 4 == Money(12_00, "EUR")


@pytest.mark.parametrize(
    ("amount", "decimal", "text"),
    [
        (20_00, "20.00", "$20.00"),
        (5, "0.05", "$0.05"),
        (-6_67, "-6.67", "-$6.67"),
        (1_234_567_89, "1234567.89", "$1,234,567.89"),
    ],
)
def test_money_is_shown_with_two_decimals(amount: int, decimal: str, text: str) -> None:
    assert str(Money(amount).amount) == decimal
    assert str(Money(amount)) == text


def test_credits_are_exact_to_the_thousandth() -> None:
    assert Credits.of(5_000) == Credits(5_000_000)
    assert Credits.of(Decimal("4999.5")) == Credits(4_999_500)
    assert Credits.of(Decimal("-0.001")) == Credits(-1)


def test_what_would_be_cut_off_credits_is_a_bug() -> None:
    with pytest.raises(AssertionError, match=r"0\.0005 credits has more than three decimals"):
        Credits.of(Decimal("0.0005"))


@given(cents)
def test_credits_survive_being_shown(millicredits: int) -> None:
    shown = Credits(millicredits).amount
    assert shown.as_tuple().exponent == -3
    assert Credits.of(shown) == Credits(millicredits)


@given(cents, cents)
def test_credits_add_and_subtract_as_numbers_do(one: int, other: int) -> None:
    assert Credits(one) + Credits(other) - Credits(one) == Credits(other)
    assert -Credits(one) == Credits(0) - Credits(one)


@pytest.mark.parametrize(
    ("credits", "worth"),
    [
        ("1000", 1_00),
        ("5000", 5_00),
        ("5", 1),  # half a cent
        ("4.999", 0),
        ("-5", -1),
        ("14.999", 1),
        ("0.001", 0),
    ],
)
def test_a_thousand_credits_are_worth_a_dollar(credits: str, worth: int) -> None:
    assert Credits.of(Decimal(credits)).worth == Money(worth)
