"""What the price list allows, reckoned anew: from the file, in whole numbers, by nobody's code.

Nothing here imports billing code, so that a slip there is not repeated here.
"""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

MICROSECOND = timedelta(microseconds=1)
UNLIMITED = 1_000_000_000
Quantities = Mapping[str, int]


@dataclass(frozen=True)
class PriceList:
    """Cents and credits by key, as the file has them."""

    plans: dict[str, int]
    included_credits: dict[str, int]
    with_add_ons: set[str]
    add_ons: dict[str, int]
    most: dict[str, int]
    allowances: dict[str, dict[str, int]]
    tax_percent: dict[str, int] = field(default_factory=dict)

    @property
    def plan_keys(self) -> list[str]:
        """What customers can choose themselves, the cheapest first; free is the first."""
        return list(self.plans)

    def with_contract(self, plan: str, cents: int, included_credits: int) -> PriceList:
        """The same with a plan that is agreed: everything of it is unlimited."""
        resources = {each for allowances in self.allowances.values() for each in allowances}
        return replace(
            self,
            plans=self.plans | {plan: cents},
            included_credits=self.included_credits | {plan: included_credits},
            with_add_ons=self.with_add_ons | {plan},
            allowances=self.allowances | {plan: dict.fromkeys(resources, UNLIMITED)},
        )

    def month(self, plan: str, add_ons: Quantities) -> int:
        """A whole period of a plan with add-ons, before tax, in cents."""
        return self.plans[plan] + sum(self.add_ons[key] * n for key, n in add_ons.items())

    def with_tax(self, cents: int, country: str | None) -> int:
        """What is due when `cents` are billed to this country."""
        return cents + part_of(cents, self.tax_percent.get(country or "", 0), 100)

    def limit(self, plan: str, add_ons: Quantities, resource: str) -> int:
        """How many of a resource a plan with add-ons has."""
        units = sum(self.allowances[key].get(resource, 0) * n for key, n in add_ons.items())
        return self.allowances[plan].get(resource, 0) + units


def read(path: Path, *, tax_percent: Mapping[str, int]) -> PriceList:
    """The plans that are sold without a contract, and all add-ons."""
    found = tomllib.loads(path.read_text())
    plans = [plan for plan in found["plans"] if plan["self_serve"]]
    finite = [plan for plan in plans if "unlimited" not in plan["allowances"].values()]
    return PriceList(
        plans={plan["key"]: cents_of(plan["price"]) for plan in finite},
        included_credits={plan["key"]: int(plan.get("included_credits", 0)) for plan in finite},
        with_add_ons={plan["key"] for plan in finite if plan["may_have_add_ons"]},
        add_ons={add_on["key"]: cents_of(add_on["price"]) for add_on in found["add_ons"]},
        most={add_on["key"]: add_on.get("max_quantity", 10_000) for add_on in found["add_ons"]},
        allowances={
            each["key"]: each.get("allowances", {}) for each in [*finite, *found["add_ons"]]
        },
        tax_percent=dict(tax_percent),
    )


def cents_of(amount: str) -> int:
    """An amount as the file and the API write it."""
    return int(Decimal(amount) * 100)


def part_of(cents: int, part: int, whole: int) -> int:
    """`cents` times part/whole to the nearest cent, halves up; no amount here is negative."""
    return (2 * cents * part + whole) // (2 * whole)


def microseconds(span: timedelta) -> int:
    """A span as a whole number."""
    return span // MICROSECOND


def months_later(anchor: datetime, months: int, time_zone: str) -> datetime:
    """The same day and time of day so many months on, in UTC, or the month's last day (R1)."""
    local = anchor.astimezone(ZoneInfo(time_zone))
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    moved = local.replace(year=year, month=month + 1, day=day)
    return moved.astimezone(UTC) if months else anchor
