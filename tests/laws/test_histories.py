"""Random lives of a workspace: whatever is told in whatever order, the laws hold after each step.

A failure prints its history; `LAWS_EXAMPLES=1000 make test TESTS=tests/laws` looks for others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from hypothesis import example
from hypothesis import given as for_all
from hypothesis import strategies as st

from billwright.settings import Settings
from tests import given
from tests.client import Api
from tests.laws import laws
from tests.laws.conftest import HISTORIES, LADDER
from tests.laws.life import Life
from tests.laws.prices import PriceList, read
from tests.laws.steps import (
    Agrees,
    AsksAgain,
    BuysNumbers,
    Change,
    ComesTooLate,
    Outage,
    Pays,
    Refunds,
    Step,
    TimePasses,
    Told,
    Unkeyed,
    Uses,
    Voids,
    steps_for,
)

SHIPPED = read(Settings().catalog, tax_percent={"DE": 19})
MANY_PLANS = read(LADDER, tax_percent={})
# A month's last day, midnight before one, a leap day; half an hour before clocks go forward.
BIRTHS = [
    "2026-01-31T00:00:00Z",
    "2027-12-31T23:59:59.999999Z",
    "2028-02-29T12:00:00Z",
    "2026-03-08T06:30:00Z",
]
ZONES = ["UTC", "America/New_York", "Australia/Lord_Howe"]


# Histories that broke a law once. What was last said of auto-billing was forgotten when a bank
# debit settled; what was owed of an ended subscription was taken from the free plan; what was
# shown as coming left out seats that had come into use.
BROKE_A_LAW: list[list[Step]] = [
    [
        Unkeyed("attachPaymentMethod", {"token": "pm_usBankAccount"}),
        Change("setAddOns", {"addOns": [{"addOn": "workspace-seat", "quantity": 1}]}),
        Unkeyed("setAutoBilling", {"enabled": False}),
        TimePasses(timedelta(days=5)),
    ],
    [
        Unkeyed("setAutoBilling", {"enabled": False}),
        Outage(timedelta(days=80)),
        Told("cancelSubscription", {}),
        TimePasses(timedelta(days=25)),
    ],
    [
        Change("setAddOns", {"addOns": [{"addOn": "workspace-seat", "quantity": 3}]}),
        Change("setAddOns", {"addOns": [{"addOn": "workspace-seat", "quantity": 1}]}),
        *(
            Told("assignSeat", {"kind": "WORKSPACE", "email": f"member{n}@acme.test"})
            for n in range(4)
        ),
        TimePasses(timedelta(0), to_period_end=True),
    ],
]


# What few random histories come to: a contract and its end; late money that is used up and partly
# given back; a change that is called off while the bank has its payment; credits that are bought,
# given back in part, and bought automatically until the card declines.
RARE: list[list[Step]] = [
    [
        TimePasses(timedelta(days=10)),
        Agrees(cents=2_500_03, credits=100_000),
        Pays(),
        TimePasses(timedelta(days=1), to_period_end=True),
        BuysNumbers(),
        Voids(),
        Change("changePlan", {"plan": "pay-as-you-go", "timing": "AUTO", "acceptOverage": True}),
        TimePasses(timedelta(days=35), to_period_end=True),
    ],
    [
        ComesTooLate(cents=4_13),
        ComesTooLate(cents=500_00),
        Change("setAddOns", {"addOns": [{"addOn": "phone-number", "quantity": 3}]}),
        BuysNumbers(),
        TimePasses(timedelta(0), to_period_end=True),
        Refunds(Fraction(1, 3), is_newest=True),
        Refunds(Fraction(1), is_newest=False),
        AsksAgain(),
    ],
    [
        Unkeyed("attachPaymentMethod", {"token": "pm_usBankAccount"}),
        Change("setAddOns", {"addOns": [{"addOn": "whitelabel", "quantity": 1}]}),
        Voids(),
        TimePasses(timedelta(days=5)),
        Refunds(Fraction(1, 3), is_newest=True),
        TimePasses(timedelta(0), to_period_end=True),
        TimePasses(timedelta(days=5)),
    ],
    [
        Unkeyed("setAutoRecharge", {"enabled": True, "monthlyCap": "12"}),
        Uses(14_000, may_owe=True),
        TimePasses(timedelta(days=1)),
        Told("purchaseCredits", {"amount": "23"}),
        AsksAgain(),
        Refunds(Fraction(1, 3), is_newest=True),
        Unkeyed("attachPaymentMethod", {"token": "pm_card_chargeCustomerFail"}),
        TimePasses(timedelta(0), to_period_end=True),
        Uses(14_000, may_owe=True),
        TimePasses(timedelta(days=40)),
    ],
]


async def a_life(operator: Api, prices: PriceList, birth: str, zone: str) -> Life:
    tenant = await given.a_workspace(operator, card="pm_card_visa", clock=birth, timeZone=zone)
    return Life(tenant, operator, prices, zone)


async def lived(life: Life, steps: Sequence[Step]) -> Life:
    """Subscribe and live through the steps; the laws hold after each."""
    for step in [Change("subscribe", first_order(life.prices)), *steps]:
        await step.happens(life)
        await laws.all_hold(life)
    return life


def first_order(prices: PriceList) -> dict[str, object]:
    """Most histories are of those who have something to lose."""
    return {"plan": prices.plan_keys[1], "addOns": [], "autoBilling": True}


def in_pieces(steps: Sequence[Step], pieces: int) -> list[Step]:
    """The same history, its clock moved on in so many smaller moves each time."""
    return [
        replace(step, pieces=pieces) if isinstance(step, TimePasses) else step for step in steps
    ]


@HISTORIES
@example(BIRTHS[0], "UTC", BROKE_A_LAW[0])
@example(BIRTHS[0], "UTC", BROKE_A_LAW[1])
@example(BIRTHS[0], "UTC", BROKE_A_LAW[2])
@example(BIRTHS[0], "UTC", RARE[0])
@example(BIRTHS[0], "UTC", RARE[1])
@example(BIRTHS[0], "UTC", RARE[2])
@example(BIRTHS[0], "UTC", RARE[3])
@for_all(st.sampled_from(BIRTHS), st.sampled_from(ZONES), steps_for(SHIPPED))
async def test_no_history_under_the_shipped_price_list_breaks_a_law(
    operator: Api, tax_in_germany: Path, birth: str, zone: str, steps: Sequence[Step]
) -> None:
    await lived(await a_life(operator, SHIPPED, birth, zone), steps)


@HISTORIES
@for_all(st.sampled_from(BIRTHS), st.sampled_from(ZONES), steps_for(MANY_PLANS))
async def test_no_history_of_going_up_and_down_between_plans_breaks_a_law(
    operator: Api, ladder: Path, birth: str, zone: str, steps: Sequence[Step]
) -> None:
    await lived(await a_life(operator, MANY_PLANS, birth, zone), steps)


@HISTORIES
@for_all(steps_for(SHIPPED), st.sampled_from([1, 2, 7]))
async def test_a_history_that_is_lived_again_leaves_the_same_books(
    operator: Api, tax_in_germany: Path, steps: Sequence[Step], pieces: int
) -> None:
    # however far the clock was moved at a time
    books = []
    for retold in (steps, in_pieces(steps, pieces)):
        life = await a_life(operator, SHIPPED, BIRTHS[0], "UTC")
        for step in [Change("subscribe", first_order(SHIPPED)), *retold]:
            await step.happens(life)
        books.append(await life.books())
    assert books[0] == books[1]
