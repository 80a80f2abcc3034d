"""Money and credits as values: whole minor units, exact, each rounding with a name."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

MILLICREDITS_PER_CREDIT = 1_000
# 1 USD = 1,000 credits, so one cent is ten credits.
MILLICREDITS_PER_CENT = 10 * MILLICREDITS_PER_CREDIT


def round_half_away_from_zero(value: Fraction) -> int:
    """The nearest whole number, a half away from zero: the one rounding of money (R36, R42)."""
    rounded = int(abs(value) + Fraction(1, 2))
    return rounded if value >= 0 else -rounded


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in whole minor units (cents). Negative means owed to the customer."""

    cents: int
    currency: str = "USD"

    def __add__(self, other: Money) -> Money:
        self._assert_same_currency(other)
        return Money(self.cents + other.cents, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._assert_same_currency(other)
        return Money(self.cents - other.cents, self.currency)

    def __mul__(self, quantity: int) -> Money:
        return Money(self.cents * quantity, self.currency)

    @property
    def credits(self) -> Credits:
        """What this buys: 1,000 credits for a dollar."""
        return Credits(self.cents * MILLICREDITS_PER_CENT)

    def share(self, part: Fraction) -> Money:
        """This amount times `part`, rounded to the nearest cent, halves away from zero."""
        return Money(round_half_away_from_zero(self.cents * part), self.currency)

    @property
    def amount(self) -> Decimal:
        """In major units with two decimals, e.g. 20.00."""
        return Decimal(self.cents).scaleb(-2)

    def __str__(self) -> str:
        return f"{'-' if self.cents < 0 else ''}${abs(self.amount):,}"

    def _assert_same_currency(self, other: Money) -> None:
        assert self.currency == other.currency, f"{self.currency} mixed with {other.currency}"


@dataclass(frozen=True, order=True, slots=True)
class Credits:
    """An amount of credits in whole millicredits: 1,000 mc = 1 credit, 1,000,000 mc = 1 USD."""

    millicredits: int

    @classmethod
    def of(cls, credits: int | Decimal) -> Credits:
        """From credits with at most three decimals. Asserts that nothing would be cut off."""
        exact = Decimal(credits) * MILLICREDITS_PER_CREDIT
        assert exact == int(exact), f"{credits} credits has more than three decimals"
        return cls(int(exact))

    def __add__(self, other: Credits) -> Credits:
        return Credits(self.millicredits + other.millicredits)

    def __sub__(self, other: Credits) -> Credits:
        return Credits(self.millicredits - other.millicredits)

    def __neg__(self) -> Credits:
        return Credits(-self.millicredits)

    @property
    def amount(self) -> Decimal:
        """In credits with three decimals, e.g. 4999.500."""
        return Decimal(self.millicredits).scaleb(-3)

    @property
    def worth(self) -> Money:
        """What these credits cost, rounded to the nearest cent."""
        return Money(
            round_half_away_from_zero(Fraction(self.millicredits, MILLICREDITS_PER_CENT)),
        )

    def __str__(self) -> str:
        return f"{self.amount:,}"
