"""Parts of a period: time counts exactly, money is rounded once per line (R32, R36)."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from models.money import MILLICREDITS_PER_CREDIT, Credits, Money
from services.invoices import Line
from services.periods import Period
from services.terms import Holding, Terms

RESOLUTION = timedelta(microseconds=1)


def part_left(now: datetime, start: datetime, end: datetime) -> Fraction:
    """The part of the period [start, end) that lies after `now`, to the microsecond.

    Nothing is left of a period that is over.
    """
    assert start < end
    left = Fraction((end - now) // RESOLUTION, (end - start) // RESOLUTION)
    return min(max(left, Fraction(0)), Fraction(1))


def upgrade_credits(before: Credits, after: Credits, left: Fraction) -> Credits:
    """The difference of the included credits for the part left, rounded down to whole credits.

    In proportion, so that going up and down in one period earns nothing (R13).
    """
    difference = max(after - before, Credits(0)).millicredits
    whole_credits = int(difference * left / MILLICREDITS_PER_CREDIT)
    return Credits(whole_credits * MILLICREDITS_PER_CREDIT)


def plan_lines(before: Terms, after: Terms, left: Fraction, rest: Period) -> list[Line]:
    """The unused rest of one plan's price given back, that of the other's charged: two lines."""
    unused = Money(0, before.price.currency) - before.price.share(left)
    added = after.price.share(left)
    return [
        _plan_line(f"Unused time of {before.plan.name}", before, unused, rest),
        _plan_line(f"Remaining time of {after.plan.name}", after, added, rest),
    ]


def add_on_line(added: Holding, left: Fraction, rest: Period) -> Line:
    """More units of an add-on for the rest of the period, rounded once for all of them."""
    return Line(
        description=f"{added.add_on.name}, remaining time",
        quantity=added.quantity,
        unit_price=added.unit_price,
        amount=(added.unit_price * added.quantity).share(left),
        period=rest,
        proration=True,
        add_on_id=added.add_on.id,
    )


def _plan_line(description: str, terms: Terms, amount: Money, rest: Period) -> Line:
    return Line(description, 1, terms.price, amount, rest, proration=True, plan_id=terms.plan.id)
