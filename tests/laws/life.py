"""One workspace, what it was told, and how it stands: as shown, and in the books."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from models.balances import BalanceEntry
from models.credits import CreditLot, CreditTransfer
from models.invoices import Dunning, Invoice
from models.payments import Payment
from models.phone_numbers import PhoneNumber
from models.refunds import CreditNote, Refund
from models.seats import Agent, Seat
from models.subscriptions import PendingChange, Subscription, SubscriptionItem
from models.workspaces import Workspace
from tests import given
from tests.client import Api
from tests.given import Tenant
from tests.laws.prices import PriceList, cents_of

SHOWN = """{ workspace {
    now billingAddress { country } creditBalance { total }
    subscription { status cancelAtPeriodEnd plan { key } addOns { addOn { key } quantity }
        currentPeriod { start end }
        pendingChange { plan { key } addOns { addOn { key } quantity } effectiveAt } }
    autoBilling { enabled } paymentMethods { isDefault }
    upcomingInvoice { total { amount } balanceApplied { amount } }
    capacities { resource limit used }
} }"""


@dataclass(frozen=True)
class View:
    """What a billing page shows, and whether a change waits for its money."""

    shown: dict[str, Any]
    is_change_waiting: bool
    outstanding: int

    @property
    def now(self) -> datetime:
        return given.instant(self.shown["now"])

    @property
    def plan(self) -> str:
        return str(self.shown["subscription"]["plan"]["key"])

    @property
    def status(self) -> str:
        return str(self.shown["subscription"]["status"])

    @property
    def add_ons(self) -> dict[str, int]:
        return _quantities(self.shown["subscription"]["addOns"])

    @property
    def scheduled(self) -> tuple[str, dict[str, int]]:
        """Plan and add-ons of the next period as they stand; what waits for money left out."""
        change = self.shown["subscription"]["pendingChange"]
        if change is None or self.is_change_waiting:
            return self.plan, self.add_ons
        return change["plan"]["key"], _quantities(change["addOns"])

    @property
    def period(self) -> tuple[datetime, datetime] | None:
        found = self.shown["subscription"]["currentPeriod"]
        return found and (given.instant(found["start"]), given.instant(found["end"]))

    @property
    def country(self) -> str | None:
        return (self.shown["billingAddress"] or {}).get("country")

    @property
    def credits(self) -> int:
        """In millicredits."""
        return int(self.shown["creditBalance"]["total"].replace(".", ""))

    @property
    def upcoming_cents(self) -> int | None:
        found = self.shown["upcomingInvoice"]
        return found and cents_of(found["total"]["amount"])

    @property
    def upcoming_from_balance_cents(self) -> int | None:
        found = self.shown["upcomingInvoice"]
        return found and cents_of(found["balanceApplied"]["amount"])

    @property
    def used(self) -> dict[str, int]:
        return {each["resource"]: each["used"] for each in self.shown["capacities"]}


class Command(NamedTuple):
    """What somebody asked for, and the answer."""

    caller: Api
    mutation: str
    input: dict[str, Any]
    answer: dict[str, Any]


@dataclass
class Life:
    """A workspace on a clock of its own. `commands`: what it was told, with the answers."""

    tenant: Tenant
    operator: Api
    prices: PriceList
    time_zone: str
    commands: list[Command] = field(default_factory=list)
    # by the period's start: the most of each add-on that was there, and the plans
    most_held: dict[datetime, dict[str, int]] = field(default_factory=dict)

    @property
    def key(self) -> Any:
        return self.tenant.key

    async def view(self) -> View:
        """How it stands now; the quantities are remembered for the period's bill."""
        shown = (await self.tenant.api.ask(SHOWN))["workspace"]
        waiting = await PendingChange.exists(
            subscription__workspace_id=self.key, invoice_id__isnull=False
        )
        open_ = await Invoice.filter(workspace_id=self.key, status__in=["OPEN", "UNCOLLECTIBLE"])
        view = View(shown, waiting, len(open_))
        if view.period:
            most = self.most_held.setdefault(view.period[0], {})
            for key, quantity in {view.plan: 1, **view.add_ons}.items():
                most[key] = max(most.get(key, 0), quantity)
        return view

    async def tell(
        self, mutation: str, payload: str, *, caller: Api | None = None, **input: Any
    ) -> dict[str, Any]:
        """A command with an idempotency key of its own, of the customer unless said otherwise."""
        keyed = input | {"idempotencyKey": given.a_key()}
        caller = caller or self.tenant.api
        answer = await caller.do(mutation, payload, **keyed)
        self.commands.append(Command(caller, mutation, keyed, answer))
        return answer

    async def preview(self, mutation: str, input: dict[str, Any]) -> dict[str, Any]:
        """What a command would do."""
        name = mutation[0].upper() + mutation[1:]
        answer = await self.tenant.api.ask(
            f"query ($input: {name}Input!) {{ preview{name}(input: $input) {{ "
            "dueNow { total { amount } balanceApplied { amount } amountDue { amount } } "
            "next { total { amount } balanceApplied { amount } } creditsGranted "
            "errors { __typename code message path } } }",
            input=input,
        )
        found: dict[str, Any] = answer[f"preview{name}"]
        return found

    async def invoices(self) -> list[Invoice]:
        return await Invoice.filter(workspace_id=self.key).order_by("sequence")

    async def books(self) -> dict[str, Any]:
        """Everything that is kept of it but ids and real time: equal for equal histories."""
        workspace = {"workspace_id": self.key}
        subscription = await Subscription.get(**workspace).select_related("plan")
        own = await Workspace.get(id=self.key)
        prefix = own.invoice_prefix  # of every name of an invoice, and drawn by lot
        invoices = await self.invoices()
        numbers = {invoice.id: invoice.sequence for invoice in invoices}
        pending = PendingChange.filter(subscription_id=subscription.id).select_related("plan")
        return {
            "subscription": (
                subscription.plan.key, subscription.status, subscription.anchor,
                subscription.period_start, subscription.period_end, subscription.period_index,
                subscription.auto_billing, subscription.cancel_at_period_end,
            ),
            "items": await SubscriptionItem.filter(
                subscription_id=subscription.id
            ).order_by("add_on__position").values_list("add_on__key", "quantity"),
            "pending": sorted([
                (change.plan.key, change.invoice_id and numbers[change.invoice_id],
                 change.effective_at, change.auto_billing,
                 [each["quantity"] for each in change.add_ons])
                for change in await pending
            ], key=str),
            "invoices": [
                (row.sequence, row.status, row.reason, row.subtotal_cents, row.total_cents,
                 row.amount_paid_cents, row.credited_cents, row.period_start, row.period_end,
                 row.issued_at, row.due_at, row.paid_at, row.voided_at,
                 [(line["description"], line["amount_cents"]) for line in row.lines])
                for row in invoices
            ],
            "payments": [
                (numbers[row.invoice_id], row.status, row.amount_cents, row.decline_code,
                 row.opened_at, row.decided_at, row.expected_at, row.refunded_cents,
                 row.method_id is None)
                for row in await Payment.filter(**workspace).order_by("id")
            ],
            "refunds": await Refund.filter(**workspace).order_by("id").values_list(
                "status", "amount_cents", "opened_at", "decided_at", "expected_at", "decline_code"
            ),
            "credit notes": await CreditNote.filter(**workspace).order_by("id").values_list(
                "sequence", "amount_cents", "issued_at"
            ),
            "balance": own.balance_cents,
            "balance entries": await BalanceEntry.filter(**workspace).order_by(
                "sequence"
            ).values_list("kind", "amount_cents", "balance_after_cents", "occurred_at"),
            "numbers": await PhoneNumber.filter(**workspace).order_by("id").values_list(
                "origin", "purchased_at", "released_at"
            ),
            "dunning": await Dunning.filter(**workspace).order_by("id").values_list(
                "step", "next_at", "is_automatic"
            ),
            "transfers": [
                (row.kind, row.amount_mc, row.balance_after_mc, row.occurred_at,
                 row.description.replace(prefix, ""))
                for row in await CreditTransfer.filter(
                    holder__workspace_id=self.key
                ).order_by("sequence")
            ],
            "lots": await CreditLot.filter(account__workspace_id=self.key).order_by(
                "id"
            ).values_list("source", "granted_mc", "remaining_mc", "granted_at", "expires_at"),
            "seats": await Seat.filter(**workspace).order_by("id").values_list(
                "kind", "status", "email", "released_at"
            ),
            "agents": await Agent.filter(**workspace).order_by("id").values_list(
                "external_id", "archived_at", "paused_at"
            ),
        }  # fmt: skip


def without_failures(books: dict[str, Any]) -> dict[str, Any]:
    """The books without invoices that were called off, payments that failed and the balance's way
    there and back."""
    invoices = [row[1:] for row in books["invoices"] if row[1] != "VOID"]
    payments = [
        row[1:]
        for row in books["payments"]
        if row[1] != "FAILED" and not (row[1] == "REFUNDED" and row[-1])
    ]
    return books | {"invoices": invoices, "payments": payments, "balance entries": []}


def _quantities(add_ons: list[dict[str, Any]]) -> dict[str, int]:
    return {each["addOn"]["key"]: each["quantity"] for each in add_ons}
