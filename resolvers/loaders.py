"""Reads of one request, gathered: one query for all rows that are asked for at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from models.catalog import AddOn, CatalogVersion, Plan
from models.clients import Client
from models.contracts import Contract
from models.credits import CreditAccount, CreditBalance, CreditLot
from models.disputes import Dispute
from models.invoices import Invoice
from models.payments import Payment, PaymentMethod
from models.refunds import CreditNote
from models.seats import Agent, Seat
from models.subscriptions import PendingChange, Subscription, SubscriptionItem
from models.usage import UsageEvent
from models.workspaces import BillingAddress, Workspace
from services import capacities, recharge_standings, seats
from services.terms import Terms, current_terms

Key = TypeVar("Key")
Value = TypeVar("Value")


def _each(
    load: Callable[[Any, list[Key]], Awaitable[dict[Key, Value]]], default: Callable[[], Any]
) -> cached_property[DataLoader[Key, Any]]:
    """A loader that is made when it is first asked; `load` is a method."""

    def make(loaders: Loaders) -> DataLoader[Key, Any]:
        async def in_order(keys: list[Key]) -> list[Any]:
            found = await load(loaders, keys)
            return [found[key] if key in found else default() for key in keys]

        return DataLoader(load_fn=in_order)

    return cached_property(make)


def _found(
    load: Callable[[list[Key]], Awaitable[dict[Key, Value]]], default: Callable[[], Any]
) -> cached_property[DataLoader[Key, Any]]:
    """As `_each`, by a function."""
    return _each(lambda _, keys: load(keys), default)


def _by(model: Any, column: str, *related: str) -> cached_property[DataLoader[UUID, Any]]:
    """One row per key of `column`, or None."""

    async def load(keys: list[UUID]) -> dict[UUID, Any]:
        rows = await model.filter(**{f"{column}__in": keys}).select_related(*related)
        return {getattr(row, column): row for row in rows}

    return _found(load, _none)


def _lists_by(query: Callable[[], Any], column: str) -> cached_property[DataLoader[UUID, Any]]:
    """All rows of `query` per key of `column`, oldest first."""

    async def load(keys: list[UUID]) -> dict[UUID, list[Any]]:
        lists = defaultdict(list)
        for row in await query().filter(**{f"{column}__in": keys}).order_by("id"):
            lists[getattr(row, column)].append(row)
        return lists

    return _found(load, list)


def _none() -> None:
    return None


class Loaders:
    """Made anew for every request, so that nobody sees what was read for somebody else."""

    def __init__(self) -> None:
        self._made: dict[object, DataLoader[Any, Any]] = {}

    def made(self, key: object, make: Callable[[], DataLoader[Any, Any]]) -> DataLoader[Any, Any]:
        """The loader for `key`, made on first use: for pages, whose arguments vary."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    async def _subscriptions(self, workspace_ids: list[UUID]) -> dict[UUID, Subscription]:
        rows = await Subscription.filter(workspace_id__in=workspace_ids).select_related(
            "workspace", "contract"
        )
        for row in rows:
            if row.contract is not None:  # read with it, so that no list asks for it again
                self.contract.prime(row.contract.id, row.contract)
        return {row.workspace_id: row for row in rows}

    async def _terms(self, subscriptions: list[Subscription]) -> list[Terms]:
        ids = [subscription.id for subscription in subscriptions]
        rows = SubscriptionItem.filter(subscription_id__in=ids).select_related("add_on")
        items = defaultdict(list)
        for item in await rows.order_by("add_on__position"):
            items[item.subscription_id].append(item)
        plans: list[Plan] = await self.plan.load_many([row.plan_id for row in subscriptions])
        agreed = [row.contract_id for row in subscriptions if row.contract_id]
        found: list[Contract] = await self.contract.load_many(agreed)
        contracts = {contract.id: contract for contract in found}
        return [
            current_terms(
                plan, items[row.id], contracts[row.contract_id] if row.contract_id else None
            )
            for plan, row in zip(plans, subscriptions, strict=True)
        ]

    async def _balances(
        self, workspace_ids: list[UUID]
    ) -> dict[UUID, tuple[CreditBalance, Sequence[CreditLot]]]:
        accounts: list[Any] = await self.account.load_many(workspace_ids)
        found = [account for account in accounts if account is not None]
        lots = defaultdict(list)
        unspent = CreditLot.filter(
            account_id__in=[account.id for account in found], remaining_mc__gt=0
        )
        for lot in await unspent:
            lots[lot.account_id].append(lot)
        return {account.workspace_id: (account.balance, lots[account.id]) for account in found}

    plan = _by(Plan, "id")
    add_on = _by(AddOn, "id")
    catalog_version = _by(CatalogVersion, "id")
    workspace = _by(Workspace, "id")
    subscription = _each(_subscriptions, _none)
    pending_changes = _lists_by(
        lambda: PendingChange.all().select_related("plan", "contract"), "subscription_id"
    )
    contract = _by(Contract, "id")
    used = _found(capacities.used_by, dict)
    client = _by(Client, "id")
    seat_of_client = _by(Seat, "client_id")
    surplus_seats = _found(seats.surplus, set)
    agent = _by(Agent, "id")
    account = _by(CreditAccount, "workspace_id", "balance")
    balance = _each(_balances, _none)
    lot = _by(CreditLot, "id")
    recharge_standing = _found(recharge_standings.standings, _none)
    usage_event = _by(UsageEvent, "id")
    invoice = _by(Invoice, "id")
    payments = _lists_by(Payment.all, "invoice_id")
    credit_notes = _lists_by(CreditNote.all, "invoice_id")
    disputes = _lists_by(Dispute.all, "payment_id")
    payment_method = _by(PaymentMethod, "id")
    payment_methods = _lists_by(lambda: PaymentMethod.filter(detached_at=None), "workspace_id")
    billing_address = _by(BillingAddress, "workspace_id")

    @cached_property
    def terms(self) -> DataLoader[Subscription, Terms]:
        """What subscriptions consist of now."""
        return DataLoader(load_fn=self._terms, cache_key_fn=lambda subscription: subscription.id)
