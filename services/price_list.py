"""A price list: plans, add-ons, meters, rates and taxes as frozen values.

Nothing in here reads a file or a database: `services.price_list_file.load` makes a price list
from a file, and the catalog stores `to_document()` of it as a version, which never changes again
(R43). What each key of the file means: docs/price-list.md.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from models.catalog import Resource

UNLIMITED: Final = "unlimited"
UNREADABLE: Final = Decimal(-1)
"""Stands in for a price that could not be read, in a list that is about to be refused."""

Document = dict[str, object]
"""What JSON can hold, in the shape of the file."""


class Currency(StrEnum):
    """What prices may be in."""

    USD = "USD"


class Rollover(StrEnum):
    """What becomes of a plan's credits at the end of the period they were granted for (R10)."""

    EXPIRE = "expire"
    ROLL_OVER = "roll_over"


class RatedBy(StrEnum):
    """What else, next to the meter, decides a rate."""

    PROVIDER = "provider"
    MODEL = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a workspace subscribes to.

    Money in whole cents a month, credits in millicredits (1 credit = 1,000 mc).
    """

    key: str
    name: str
    description: str
    price_cents: int
    price_is_starting_at: bool
    """The real price is agreed per contract and is at least `price_cents` (R40)."""
    self_serve: bool
    """Customers may choose it themselves; otherwise only an operator puts a workspace on it."""
    included_credits_mc: int
    """Granted at the start of every paid period (R9)."""
    signup_credits_mc: int
    """Granted once to a new workspace, never expiring (R12)."""
    rollover: Rollover
    may_buy_credits: bool
    """R14."""
    may_have_add_ons: bool
    """R31."""
    provider_markup_percent: Decimal
    """On top of the rates of meters that are marked up; 0 = exact provider cost (R41)."""
    allowances: Mapping[Resource, int | None]
    """Every resource, in the order of the enum; None = unlimited (R25)."""
    features: tuple[str, ...]
    """Own features only, by key; `PriceList.features_of` has them all."""
    builds_on: str | None
    """Key of the plan whose features come after its own."""

    def to_document(self) -> Document:
        """This plan as in the file."""
        return _present(
            key=self.key,
            name=self.name,
            description=self.description,
            price=_dollars(self.price_cents),
            price_is_starting_at=self.price_is_starting_at or None,
            self_serve=self.self_serve,
            included_credits=_credits(self.included_credits_mc),
            signup_credits=_credits(self.signup_credits_mc),
            rollover=self.rollover.value,
            may_buy_credits=self.may_buy_credits,
            may_have_add_ons=self.may_have_add_ons,
            provider_markup_percent=_plain(self.provider_markup_percent),
            allowances=_allowances(self.allowances),
            features=list(self.features) or None,
            builds_on=self.builds_on,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOn:
    """What a workspace adds to its plan, by the unit. Money in whole cents per unit and month."""

    key: str
    name: str
    description: str
    price_cents: int
    allowances: Mapping[Resource, int]
    """What ONE unit adds to the plan's allowances (R25); resources without an entry: nothing."""
    features: tuple[str, ...]
    max_quantity: int | None
    """None = any."""

    def to_document(self) -> Document:
        """This add-on as in the file."""
        return _present(
            key=self.key,
            name=self.name,
            description=self.description,
            price=_dollars(self.price_cents),
            allowances=_allowances(self.allowances),
            features=list(self.features) or None,
            max_quantity=self.max_quantity,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """One thing that is counted, such as minutes of speech-to-text."""

    name: str
    unit: str
    rated_by: RatedBy | None
    """None = one rate, whatever the provider and model."""
    marked_up: bool
    """The plan's provider markup applies (R41)."""

    def to_document(self) -> Document:
        """This meter as in the file, without its name."""
        return _present(
            unit=self.unit,
            rated_by=self.rated_by.value if self.rated_by else None,
            marked_up=self.marked_up or None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The price of one unit of a meter: exact credits, before markup (R16, R41)."""

    meter: str
    provider: str | None
    model: str | None
    credits_per_unit: Decimal
    effective_from: datetime | None
    """Midnight UTC of the day from which it holds; None = always."""

    @property
    def order(self) -> tuple[str, str, str, str]:
        """Rates sort by meter, provider, model and date. No two rates of a list are equal here."""
        since = self.effective_from.isoformat() if self.effective_from else ""
        return self.meter, self.provider or "", self.model or "", since

    def to_document(self) -> Document:
        """This rate as in the file, without its meter."""
        return _present(
            provider=self.provider,
            model=self.model,
            credits=_plain(self.credits_per_unit),
            **{"from": self.effective_from.date().isoformat() if self.effective_from else None},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRate:
    """The tax on top of every price for payers in one country (R42)."""

    country: str
    """ISO 3166-1, two capital letters."""
    name: str
    """As it stands on the invoice, such as VAT."""
    percent: Decimal

    def to_document(self) -> Document:
        """This tax rate as in the file, without its country."""
        return {"name": self.name, "percent": _plain(self.percent)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList:
    """One version of all prices. A workspace stays on the version it subscribed under (R43).

    Plans and add-ons stand in the order in which customers see them. All else is sorted, because
    its order in the file means nothing.
    """

    version: str
    currency: Currency
    plans: tuple[Plan, ...]
    add_ons: tuple[AddOn, ...]
    feature_names: Mapping[str, str]
    """Feature key to display name."""
    meters: tuple[Meter, ...]
    rates: tuple[Rate, ...]
    tax_rates: tuple[TaxRate, ...]

    @property
    def free_plan(self) -> Plan:
        """The plan at price 0, on which every new workspace starts. There is exactly one."""
        (free,) = (plan for plan in self.plans if plan.price_cents == 0)
        return free

    @property
    def content_hash(self) -> str:
        """SHA-256 in hex of the content: the same whatever the comments and the order of keys."""
        canonical = json.dumps(
            self.to_document(), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        return hashlib.sha256(canonical.encode()).hexdigest()

    def plan(self, key: str) -> Plan:
        """The plan with this key; KeyError when there is none."""
        return {plan.key: plan for plan in self.plans}[key]

    def features_of(self, plan_key: str) -> list[tuple[str, str]]:
        """Key and name of every feature of a plan: its own first, then of those it builds on."""
        found: dict[str, str] = {}
        plan: Plan | None = self.plan(plan_key)
        while plan:
            for feature in plan.features:
                found.setdefault(feature, self.feature_names[feature])
            plan = self.plan(plan.builds_on) if plan.builds_on else None
        return list(found.items())

    def to_document(self) -> Document:
        """The list in the shape of its file, ready for JSON; `price_list_file.read` takes it back.

        What the file may leave out is left out where it says nothing, so that a key added to
        the format later does not change the hash of older lists.
        """
        return _present(
            version=self.version,
            currency=self.currency.value,
            plans=[plan.to_document() for plan in self.plans],
            add_ons=[add_on.to_document() for add_on in self.add_ons] or None,
            features=dict(self.feature_names) or None,
            meters={meter.name: meter.to_document() for meter in self.meters} or None,
            rates=_rates_by_meter(self.rates) or None,
            taxes={tax.country: tax.to_document() for tax in self.tax_rates} or None,
        )


def _present(**entries: object) -> Document:
    return {key: value for key, value in entries.items() if value is not None}


def _rates_by_meter(rates: Iterable[Rate]) -> dict[str, list[Document]]:
    by_meter: dict[str, list[Document]] = {}
    for rate in rates:
        by_meter.setdefault(rate.meter, []).append(rate.to_document())
    return by_meter


def _allowances(allowances: Mapping[Resource, int | None]) -> dict[str, int | str] | None:
    written: dict[str, int | str] = {
        resource.value: UNLIMITED if quantity is None else quantity
        for resource, quantity in allowances.items()
        if quantity != 0
    }
    return written or None


def _dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def _credits(millicredits: int) -> str | None:
    return _plain(Decimal(millicredits).scaleb(-3)) if millicredits else None


def _plain(number: Decimal) -> str:
    """The shortest way to write it, without an exponent."""
    return format(number.normalize(), "f")


# ------------------------------------------------------------------ what the parts must agree on


def contradictions(price_list: PriceList) -> Iterator[str]:
    """What its parts say against each other, as key and reason; nothing for a sound list."""
    yield from _same_keys("plans", [plan.key for plan in price_list.plans])
    yield from _same_keys("add_ons", [add_on.key for add_on in price_list.add_ons])
    yield from _feature_mistakes("plans", price_list.plans, price_list.feature_names)
    yield from _feature_mistakes("add_ons", price_list.add_ons, price_list.feature_names)
    yield from _foundation_mistakes(price_list.plans)
    yield from _start_mistakes(price_list.plans)


def hint(word: str, known: Iterable[str]) -> str:
    """Which of the known words was probably meant."""
    by_lower = {name.lower(): name for name in known}
    near = get_close_matches(word.lower(), by_lower, n=1)
    if near:
        return f'did you mean "{by_lower[near[0]]}"?'
    return f"known are: {', '.join(sorted(by_lower.values())) or 'none'}"


def _same_keys(where: str, keys: list[str]) -> Iterator[str]:
    for i, key in enumerate(keys):
        if key and keys.index(key) < i:
            yield f'{where}[{i}].key: "{key}" is already the key of {where}[{keys.index(key)}]'


def _feature_mistakes(
    where: str, owners: Iterable[Plan | AddOn], known: Mapping[str, str]
) -> Iterator[str]:
    for i, owner in enumerate(owners):
        for n, key in enumerate(owner.features):
            if key not in known:
                yield f'{where}[{i}].features: "{key}" is not in features; {hint(key, known)}'
            elif key in owner.features[:n]:
                yield f'{where}[{i}].features: "{key}" is listed twice'


def _foundation_mistakes(plans: tuple[Plan, ...]) -> Iterator[str]:
    below = {plan.key: plan.builds_on for plan in reversed(plans)}
    told: set[str] = set()
    for i, plan in enumerate(plans):
        if plan.builds_on is None:
            continue
        if plan.builds_on not in below:
            known = below.keys() - {plan.key}
            yield f'plans[{i}].builds_on: no plan "{plan.builds_on}"; {hint(plan.builds_on, known)}'
            continue
        way = [plan.key]
        while (key := below.get(way[-1])) and key not in way:
            way.append(key)
        if key == plan.key and plan.key not in told:
            told.update(way)
            yield f"plans[{i}].builds_on: goes in a circle: {' > '.join([*way, key])}"


def _start_mistakes(plans: tuple[Plan, ...]) -> Iterator[str]:
    """A new workspace starts on the one free plan, which has no billing period (R12, R13)."""
    free = [plan.key for plan in plans if plan.price_cents == 0]
    if len(free) != 1 and not any(plan.price_cents < 0 for plan in plans):
        found = ", ".join(free) or "none"
        yield f'plans: exactly one must have the price "0.00", for new workspaces; found: {found}'
    for i, plan in enumerate(plans):
        if plan.price_cents == 0 and plan.included_credits_mc:
            yield (
                f"plans[{i}].included_credits: a free plan has no paid period, so these would "
                "never be granted; give signup_credits instead"
            )
        if plan.price_cents > 0 and plan.signup_credits_mc:
            yield (
                f"plans[{i}].signup_credits: nobody signs up on a paid plan, so these would "
                "never be granted; give included_credits instead"
            )
