"""What a workspace has, or would have: a plan and add-ons, and what follows from them.

The one place where a contract stands in for the plan's price, credits and limits (R40).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from models.catalog import AddOn, Plan, Resource
from models.contracts import Contract
from models.money import Credits, Money
from models.subscriptions import PendingChange, SubscriptionItem
from services.invoices import Line
from services.periods import Period

# R4: who pays by hand has a week for it, unless a contract says otherwise.
MANUAL_PAYMENT_TAKES = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Holding:
    """So many units of an add-on."""

    add_on: AddOn
    quantity: int

    @property
    def unit_price(self) -> Money:
        return self.add_on.price


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much of a resource there is: from the plan, from add-ons, and in use. None: unlimited.

    What is withheld cannot be used until the subscription is paid for.
    """

    resource: Resource
    included: int | None
    purchased: int
    used: int = 0
    is_withheld: bool = False

    @property
    def limit(self) -> int | None:
        if self.is_withheld:
            return 0
        return None if self.included is None else self.included + self.purchased

    @property
    def available(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)

    @property
    def quantity(self) -> int | None:
        """The limit, as an allowance speaks of it."""
        return self.limit


@dataclass(frozen=True, slots=True)
class Terms:
    """A plan with add-ons, as the price list has it or as a contract says."""

    plan: Plan
    holdings: Sequence[Holding]
    contract: Contract | None = None

    @property
    def price(self) -> Money:
        """Of the plan, per month."""
        return self.contract.price if self.contract else self.plan.price

    @property
    def included_credits(self) -> Credits:
        """What comes with a paid period."""
        return self.contract.included_credits if self.contract else self.plan.included_credits

    @property
    def monthly_total(self) -> Money:
        """Per month, before tax."""
        add_ons = (holding.unit_price * holding.quantity for holding in self.holdings)
        return sum(add_ons, start=self.price)

    @property
    def is_billed(self) -> bool:
        """Whether there is anything to renew: false on a free plan without add-ons."""
        return self.monthly_total.cents > 0

    def capacity(self, resource: Resource, *, used: int = 0) -> Capacity:
        """Included in the plan, plus units bought times what a unit adds; all fungible (R25)."""
        purchased = sum(
            holding.quantity * _allowance(holding.add_on.allowances, resource)
            for holding in self.holdings
        )
        allowances = self.contract.allowances if self.contract else self.plan.allowances
        included = {entry["resource"]: entry["quantity"] for entry in allowances}
        return Capacity(resource, included[resource], purchased, used)

    @property
    def capacities(self) -> list[Capacity]:
        """Of every resource, in the order of the enum; what is in use is left out."""
        return [self.capacity(resource) for resource in Resource]

    @property
    def features(self) -> list[dict[str, str]]:
        """Of the plan, then of the add-ons; each once."""
        named = {feature["key"]: feature for feature in self.plan.features}
        for holding in self.holdings:
            for feature in holding.add_on.features:
                named.setdefault(feature["key"], feature)
        return list(named.values())

    def quantity_of(self, add_on: AddOn) -> int:
        """How many units of an add-on these terms have."""
        return sum(holding.quantity for holding in self.holdings if holding.add_on.id == add_on.id)

    def with_quantities(self, wanted: Sequence[Holding]) -> Terms:
        """These terms with other quantities of the named add-ons; none of what is wanted zero."""
        named = {holding.add_on.id for holding in wanted}
        kept = [holding for holding in self.holdings if holding.add_on.id not in named]
        merged = [*kept, *(holding for holding in wanted if holding.quantity > 0)]
        return replace(self, holdings=sorted(merged, key=lambda holding: holding.add_on.position))

    def same_as(self, other: Terms) -> bool:
        """Whether plan, quantities and what was agreed are the same."""
        return self._essence == other._essence

    def payment_takes(self, *, auto_billing: bool) -> timedelta:
        """How long after a renewal is issued it is due (R3, R4, R40)."""
        if self.contract:
            return timedelta(days=self.contract.invoice_due_days)
        return timedelta(0) if auto_billing else MANUAL_PAYMENT_TAKES

    def lines(self, period: Period) -> list[Line]:
        """What a whole period costs, in advance (R2)."""
        plan_line = Line(
            description=self.plan.name,
            quantity=1,
            unit_price=self.price,
            amount=self.price,
            period=period,
            plan_id=self.plan.id,
        )
        return [plan_line, *(_add_on_line(holding, period) for holding in self.holdings)]

    def to_json(self) -> dict[str, object]:
        """As a pending change keeps it."""
        add_ons = [
            {"add_on_id": str(holding.add_on.id), "quantity": holding.quantity}
            for holding in self.holdings
        ]
        return {
            "plan_id": str(self.plan.id),
            "contract_id": str(self.contract.id) if self.contract else None,
            "add_ons": add_ons,
        }

    @property
    def _essence(self) -> tuple[object, ...]:
        quantities = {holding.add_on.id: holding.quantity for holding in self.holdings}
        return self.plan.id, quantities, self.contract and self.contract.agreement


def current_terms(
    plan: Plan, items: Sequence[SubscriptionItem], contract: Contract | None
) -> Terms:
    """The terms of a subscription; `items` come with their add-ons, in the price list's order."""
    return Terms(plan, [Holding(item.add_on, item.quantity) for item in items], contract)


def pending_terms(change: PendingChange, add_ons: dict[UUID, AddOn]) -> Terms:
    """The terms that a pending change leads to. `change` comes with its plan and contract."""
    return Terms(
        change.plan,
        [Holding(add_ons[UUID(entry["add_on_id"])], entry["quantity"]) for entry in change.add_ons],
        change.contract,
    )


def _allowance(allowances: Sequence[dict[str, object]], resource: Resource) -> int:
    found = [entry["quantity"] for entry in allowances if entry["resource"] == resource]
    assert all(isinstance(quantity, int) for quantity in found), "a unit adds a number"
    return sum(quantity for quantity in found if isinstance(quantity, int))


def _add_on_line(holding: Holding, period: Period) -> Line:
    return Line(
        description=holding.add_on.name,
        quantity=holding.quantity,
        unit_price=holding.unit_price,
        amount=holding.unit_price * holding.quantity,
        period=period,
        add_on_id=holding.add_on.id,
    )
