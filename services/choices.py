"""What a caller chooses from the price list, by key; what cannot be had is named with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from models.catalog import AddOn, Plan
from services.errors import BillingError, InvalidInput
from services.terms import Holding

QUANTITY_MAX = 10_000


@dataclass(frozen=True, slots=True)
class WantedAddOn:
    """So many units of the add-on with this key."""

    add_on: str
    quantity: int


async def plan_called(
    key: str, catalog_version_id: UUID, refusals: list[BillingError]
) -> Plan | None:
    """The plan with this key in a price list, or a refusal that lists them."""
    plans = await Plan.filter(catalog_version_id=catalog_version_id).order_by("position")
    for plan in plans:
        if plan.key == key:
            return plan
    keys = ", ".join(plan.key for plan in plans)
    refusals.append(
        InvalidInput(f"There is no plan '{key[:100]}'; there are {keys}.", path=("plan",))
    )
    return None


async def holdings_called(
    wanted: Sequence[WantedAddOn],
    catalog_version_id: UUID,
    refusals: list[BillingError],
    *,
    quantity_min: int = 1,
) -> list[Holding] | None:
    """The add-ons with these keys, in the price list's order; None when one cannot be had."""
    rows = await AddOn.filter(catalog_version_id=catalog_version_id)
    by_key = {row.key: row for row in rows}
    times_named = Counter(entry.add_on for entry in wanted)
    problems: list[BillingError] = []
    for index, entry in enumerate(wanted):
        where = ("addOns", str(index))
        if entry.add_on not in by_key:
            known = ", ".join(sorted(by_key, key=lambda key: by_key[key].position))
            problem = f"There is no add-on '{entry.add_on[:100]}'; there are {known}."
            problems.append(InvalidInput(problem, path=(*where, "addOn")))
        elif times_named[entry.add_on] > 1:
            problem = f"The add-on '{entry.add_on}' is named more than once; name it once."
            problems.append(InvalidInput(problem, path=(*where, "addOn")))
        else:
            problems += _quantity_problems(
                by_key[entry.add_on], entry.quantity, quantity_min, where
            )
    refusals += problems
    if problems:
        return None
    holdings = [Holding(by_key[entry.add_on], entry.quantity) for entry in wanted]
    return sorted(holdings, key=lambda holding: holding.add_on.position)


def _quantity_problems(
    add_on: AddOn, quantity: int, least: int, where: tuple[str, ...]
) -> list[BillingError]:
    most = add_on.max_quantity or QUANTITY_MAX
    if least <= quantity <= most:
        return []
    problem = f"Of '{add_on.key}' {least} to {most:,} can be had, not {quantity:,}."
    if least == most:
        problem = f"Of '{add_on.key}' {most} can be had, not {quantity:,}."
    return [InvalidInput(problem, path=(*where, "quantity"))]
