"""Who is billed in a benchmark: workspaces made up by number, the same in every run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from models.catalog import AddOn, Plan
from services.api_keys import PREFIX_LENGTH, Keyring, Scope
from services.periods import Period, boundary, period_of
from services.terms import Holding, Terms

SEED = "billwright bench 1"
NOW = datetime(2026, 7, 15, 12, tzinfo=UTC)  # every workspace's own clock stands here
PERIODS = 20
ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata")
# For records about ourselves: so late that the server neither takes up these payments, as it does
# with those of a crash, nor notes the use of a key, as it does once a minute.
NEVER_YET = datetime(2100, 1, 1, tzinfo=UTC)

Row = dict[str, object]
Rows = Iterator[tuple[str, Row]]


@dataclass
class Tenant:
    """A workspace, how far its history has come, and the chance that is its own."""

    number: int
    terms: Terms
    chance: Random
    time_zone: str
    anchor: datetime
    id: UUID
    subscription_id: UUID
    account_id: UUID
    method_ids: list[UUID] = field(default_factory=list)
    invoice_count: int = 0
    balance_mc: int = 0
    entry_count: int = 0

    @property
    def key(self) -> str:
        """The API key, in plain text."""
        return f"bw_ws_bench{self.number:05d}"

    @property
    def fate(self) -> str:
        """How the current period goes: of twenty workspaces four are in some trouble."""
        return {1: "declined", 2: "unconfirmed", 3: "changing", 4: "leaving"}.get(
            self.number % 20, "well"
        )

    @property
    def has_paid_last(self) -> bool:
        return self.fate not in ("declined", "unconfirmed")

    def new_id(self, at: datetime) -> UUID:
        """A UUID of version 7: ordered by time, the same in every run."""
        milliseconds = int(at.timestamp() * 1000)
        low = 0b10 << 62 | self.chance.getrandbits(62)
        high = milliseconds << 16 | 0x7 << 12 | self.chance.getrandbits(12)
        return UUID(int=high << 64 | low)

    def period(self, index: int) -> Period:
        return period_of(self.anchor, index, self.time_zone)


def make_tenant(number: int, plan: Plan, add_ons: Sequence[AddOn]) -> Tenant:
    """The workspace of this number, on `plan` with some of the add-ons."""
    chance = Random(f"{SEED} {number}")
    chosen = [add_on for add_on in add_ons if chance.random() < 0.6]
    holdings = [Holding(add_on, chance.randint(1, add_on.max_quantity or 8)) for add_on in chosen]
    zone = chance.choice(ZONES)
    # the current period began in July before the 15th, or in June after it
    month, day = chance.choice([(7, chance.randint(1, 14)), (6, chance.randint(17, 27))])
    current = datetime(2026, month, day, chance.randint(12, 17), chance.randint(0, 59), tzinfo=UTC)
    anchor = boundary(current, 1 - PERIODS, zone)
    unfilled = UUID(int=0)
    tenant = Tenant(
        number, Terms(plan, holdings), chance, zone, anchor, unfilled, unfilled, unfilled
    )
    joined = anchor - timedelta(days=1)
    tenant.id, tenant.subscription_id = tenant.new_id(joined), tenant.new_id(joined)
    tenant.account_id = tenant.new_id(joined)
    return tenant


def opening_rows(tenant: Tenant, keyring: Keyring) -> Rows:
    """All that a workspace has whatever happens: itself, its key, its people, what it pays with."""
    joined = tenant.anchor - timedelta(days=1)
    plan = tenant.terms.plan
    yield (
        "workspace",
        {
            "id": tenant.id,
            "created_at": joined,
            "name": f"Company {tenant.number}",
            "email": f"owner@company{tenant.number}.test",
            "time_zone": tenant.time_zone,
            "clock_at": NOW,
            "catalog_version_id": plan.catalog_version_id,
            "invoice_prefix": f"B{tenant.number:06d}",
            "invoice_count": PERIODS + (tenant.fate == "changing"),
        },
    )
    yield "api_key", _api_key(tenant, keyring, joined)
    yield "subscription", _subscription(tenant, joined)
    yield "plan_tenure", _tenure(tenant, joined)
    yield from _items(tenant, joined)
    account: Row = {"id": tenant.account_id, "created_at": joined, "kind": "WORKSPACE"}
    yield "credit_account", account | {"workspace_id": tenant.id}
    if tenant.number % 10:
        yield "billing_address", _address(tenant, joined)
    yield from _seats(tenant, joined)
    yield from _methods(tenant, joined)


def _api_key(tenant: Tenant, keyring: Keyring, at: datetime) -> Row:
    return {
        "id": tenant.new_id(at),
        "created_at": at,
        "workspace_id": tenant.id,
        "label": "First key",
        "prefix": tenant.key[:PREFIX_LENGTH],
        "secret_hash": keyring.hash(tenant.key),
        "scopes": f'["{Scope.ALL}"]',
        "last_used_at": NEVER_YET,
    }


def _subscription(tenant: Tenant, at: datetime) -> Row:
    current = tenant.period(PERIODS - 1)
    return {
        "id": tenant.subscription_id,
        "created_at": at,
        "workspace_id": tenant.id,
        "plan_id": tenant.terms.plan.id,
        "status": "ACTIVE" if tenant.has_paid_last else "PAST_DUE",
        "auto_billing": tenant.fate != "leaving",
        "anchor": tenant.anchor,
        "period_index": PERIODS - 1,
        "period_start": current.start,
        "period_end": current.end,
        "cancel_at_period_end": tenant.fate == "leaving",
    }


def _tenure(tenant: Tenant, at: datetime) -> Row:
    return {
        "id": uuid5(tenant.subscription_id, "tenure"),
        "created_at": at,
        "subscription_id": tenant.subscription_id,
        "plan_id": tenant.terms.plan.id,
        "since": at,
    }


def _items(tenant: Tenant, at: datetime) -> Rows:
    for holding in tenant.terms.holdings:
        yield (
            "subscription_item",
            {
                "id": tenant.new_id(at),
                "created_at": at,
                "subscription_id": tenant.subscription_id,
                "add_on_id": holding.add_on.id,
                "quantity": holding.quantity,
            },
        )


def _address(tenant: Tenant, at: datetime) -> Row:
    return {
        "id": tenant.new_id(at),
        "created_at": at,
        "workspace_id": tenant.id,
        "company": f"Company {tenant.number} Inc.",
        "line1": f"{tenant.number} Main Street",
        "city": "Springfield",
        "region": "OR",
        "postal_code": f"{97000 + tenant.number % 1000}",
        "country": "US",
        "tax_id": None if tenant.number % 3 else f"US{tenant.number:09d}",
    }


def _seats(tenant: Tenant, at: datetime) -> Rows:
    """The owner's, those of a team and of client companies, and one that was given back."""
    kinds = ["WORKSPACE"] * tenant.chance.randint(1, 5) + ["CLIENT"] * tenant.chance.randint(1, 4)
    for number, kind in enumerate(kinds):
        released = number == len(kinds) - 1
        client_id = None
        if kind == "CLIENT":
            client_id = tenant.new_id(at)
            yield (
                "client",
                {
                    "id": client_id,
                    "created_at": at,
                    "workspace_id": tenant.id,
                    "name": f"Client {number} of company {tenant.number}",
                    "email": f"person{number}@company{tenant.number}.test",
                    "archived_at": NOW if released else None,
                },
            )
        yield (
            "seat",
            {
                "id": tenant.new_id(at),
                "created_at": at,
                "workspace_id": tenant.id,
                "kind": kind,
                "status": "RELEASED" if released else "ACTIVE",
                "is_owner": number == 0,
                "email": f"person{number}@company{tenant.number}.test",
                "client_id": client_id,
                "assigned_at": at,
                "released_at": NOW if released else None,
            },
        )


def _methods(tenant: Tenant, at: datetime) -> Rows:
    """Two cards, of which one is detached, and a bank account. One default in eleven is expired."""
    year = 2025 if tenant.number % 11 == 5 else 2034
    cards = [("Visa •••• 4242", year, None), ("Mastercard •••• 4444", 2034, NOW)]
    for label, expires_year, detached_at in cards:
        default = detached_at is None
        card: Row = {"kind": "CARD", "label": label, "expires_month": 12}
        card |= {"expires_year": expires_year, "is_default": default, "detached_at": detached_at}
        yield "payment_method", _method(tenant, at) | card
    bank: Row = {"kind": "US_BANK_ACCOUNT", "label": "Sandbox Bank •••• 6789"}
    bank |= {"expires_month": None, "expires_year": None, "is_default": False, "detached_at": None}
    yield "payment_method", _method(tenant, at) | bank


def _method(tenant: Tenant, at: datetime) -> Row:
    id = tenant.new_id(at)
    tenant.method_ids.append(id)
    reference = f"bench-{id}"
    return {"id": id, "created_at": at, "workspace_id": tenant.id, "gateway_reference": reference}
