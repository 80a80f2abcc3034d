"""Invoices: drafted as values, issued once, never changed after (R38)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from tortoise import connections

from models.catalog import CatalogVersion
from models.contracts import Contract
from models.invoices import Invoice, InvoiceReason, InvoiceStatus
from models.money import Credits, Money
from models.workspaces import BillingAddress, Workspace
from services import balances, sellers
from services.errors import BillingError, OutstandingInvoices
from services.periods import Period

# What stands in the way of a plan change while something is due on it (R33).
OUTSTANDING = (InvoiceStatus.OPEN, InvoiceStatus.UNCOLLECTIBLE)
# Providers charge no less: Stripe's limit, which the sandbox has, too.
CHARGE_CENTS_MIN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what, how many, at which price. `amount` is already rounded to the cent."""

    description: str
    quantity: int
    unit_price: Money
    amount: Money
    period: Period | None = None
    proration: bool = False
    plan_id: UUID | None = None
    add_on_id: UUID | None = None

    def to_json(self) -> dict[str, Any]:
        """As an issued invoice keeps it."""
        return {
            "description": self.description,
            "quantity": self.quantity,
            "unit_price_cents": self.unit_price.cents,
            "amount_cents": self.amount.cents,
            "currency": self.amount.currency,
            "period_start": self.period.start.isoformat() if self.period else None,
            "period_end": self.period.end.isoformat() if self.period else None,
            "proration": self.proration,
            "plan_id": str(self.plan_id) if self.plan_id else None,
            "add_on_id": str(self.add_on_id) if self.add_on_id else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Line:
        start, end = stored["period_start"], stored["period_end"]
        return cls(
            description=stored["description"],
            quantity=stored["quantity"],
            unit_price=Money(stored["unit_price_cents"], stored["currency"]),
            amount=Money(stored["amount_cents"], stored["currency"]),
            period=Period(datetime.fromisoformat(start), datetime.fromisoformat(end))
            if start
            else None,
            proration=stored["proration"],
            plan_id=UUID(stored["plan_id"]) if stored["plan_id"] else None,
            add_on_id=UUID(stored["add_on_id"]) if stored["add_on_id"] else None,
        )


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax that is added to the subtotal, in percent (R42)."""

    name: str
    percent: Decimal

    def on(self, subtotal: Money) -> Money:
        """Rounded once, on the whole subtotal."""
        return subtotal.share(Fraction(self.percent) / 100)


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """What an invoice would say. The same value is shown as a preview and issued.

    `balance_cents`: the workspace's unapplied balance, which pays as much of it as it can; below
    zero it is collected, too. Under a contract `contract_credits` come with its payment.
    """

    lines: Sequence[Line]
    currency: str
    tax_rate: Tax | None
    period: Period | None
    due_at: datetime
    balance_cents: int = 0
    contract: Contract | None = None
    contract_credits: Credits | None = None

    @property
    def subtotal(self) -> Money:
        return sum((line.amount for line in self.lines), start=Money(0, self.currency))

    @property
    def tax(self) -> Money:
        return self.tax_rate.on(self.subtotal) if self.tax_rate else Money(0, self.currency)

    @property
    def total(self) -> Money:
        return self.subtotal + self.tax

    @property
    def balance_applied(self) -> Money:
        """What of the total the unapplied balance pays; negative: what that lacks."""
        total = self.total
        return total - to_charge(total, self.balance_cents)

    @property
    def amount_due(self) -> Money:
        """What is to be charged."""
        return to_charge(self.total, self.balance_cents)


def to_charge(total: Money, balance_cents: int) -> Money:
    """What is charged for a total: what the balance does not pay of it.

    If that is too little to be charged, nothing: the balance pays it, falls below zero, and has it
    collected with the next invoice (docs/decisions/0019).
    """
    due_cents = total.cents - min(balance_cents, total.cents)
    return Money(due_cents if due_cents >= CHARGE_CENTS_MIN else 0, total.currency)


def tax_for(version: CatalogVersion, address: BillingAddress | None) -> Tax | None:
    """The tax of the country in the billing address, by the workspace's price list (R42)."""
    for rate in version.tax_rates:
        if address and rate["country"] == address.country:
            return Tax(rate["name"], Decimal(rate["percent"]))
    return None


async def tax_of(workspace: Workspace, version: CatalogVersion | None = None) -> Tax | None:
    """The tax that an invoice of this workspace bears now, by its price list or another."""
    version = version or await CatalogVersion.get(id=workspace.catalog_version_id)
    return tax_for(version, await BillingAddress.get_or_none(workspace_id=workspace.id))


async def issue(
    workspace: Workspace,
    draft: InvoiceDraft,
    *,
    reason: InvoiceReason,
    subscription_id: UUID | None,
    now: datetime,
) -> Invoice:
    """Give `draft` its number and write it: OPEN, or PAID at once when there is nothing to charge.

    Within the caller's transaction, so that a number is never used up by what was rolled back, and
    under the subscription's lock: what `workspace` has as unapplied balance is used.
    """
    draft = replace(draft, balance_cents=workspace.balance_cents)
    sequence = await _next_sequence(workspace.id)
    address = await BillingAddress.get_or_none(workspace_id=workspace.id)
    columns = columns_of(
        draft,
        sequence=sequence,
        number=number_of(workspace.invoice_prefix, sequence),
        buyer=buyer_of(workspace.name, workspace.email, workspace.time_zone, address),
        seller=(await sellers.current()).to_json(),
        now=now,
    )
    invoice = await Invoice.create(
        workspace_id=workspace.id, subscription_id=subscription_id, reason=reason, **columns
    )
    if draft.balance_applied.cents:
        await balances.apply(workspace, invoice, draft.balance_applied, now=now)
    return invoice


def number_of(prefix: str, sequence: int) -> str:
    """What a workspace's invoice with this sequence is called."""
    return f"{prefix}-{sequence:04d}"


def columns_of(
    draft: InvoiceDraft,
    *,
    sequence: int,
    number: str,
    buyer: dict[str, Any],
    seller: dict[str, Any],
    now: datetime,
) -> dict[str, Any]:
    """What an issued `draft` keeps, by column."""
    subtotal, tax = draft.subtotal, draft.tax
    total = subtotal + tax
    due = to_charge(total, draft.balance_cents)
    nothing_due = due.cents == 0
    return {
        "sequence": sequence,
        "number": number,
        "status": InvoiceStatus.PAID if nothing_due else InvoiceStatus.OPEN,
        "period_start": draft.period.start if draft.period else None,
        "period_end": draft.period.end if draft.period else None,
        "currency": draft.currency,
        "lines": [line.to_json() for line in draft.lines],
        "buyer": buyer,
        "seller": seller,
        "tax_name": draft.tax_rate.name if draft.tax_rate else None,
        "tax_percent": draft.tax_rate.percent if draft.tax_rate else Decimal(0),
        "subtotal_cents": subtotal.cents,
        "tax_cents": tax.cents,
        "total_cents": total.cents,
        "amount_paid_cents": (total - due).cents,
        "contract_id": draft.contract.id if draft.contract else None,
        "contract_credits_mc": (
            draft.contract_credits.millicredits if draft.contract_credits else None
        ),
        "issued_at": now,
        "due_at": draft.due_at,
        "paid_at": now if nothing_due else None,
    }


async def add_payment(invoice: Invoice, amount: Money, *, now: datetime) -> None:
    """Book money that has arrived for a locked invoice; PAID once nothing is due."""
    assert invoice.status in OUTSTANDING, f"money for a {invoice.status} invoice"
    invoice.amount_paid_cents += amount.cents
    assert invoice.amount_due.cents >= 0, "paid more than was billed"
    if invoice.amount_due.cents == 0:
        invoice.status, invoice.paid_at = InvoiceStatus.PAID, now
    await invoice.save(update_fields=["amount_paid_cents", "status", "paid_at"])


async def credit(invoice: Invoice, amount: Money) -> None:
    """Book that so much of a locked, paid invoice went back and is not owed either.

    It stays PAID: what was given back is not collected again.
    """
    assert invoice.status is InvoiceStatus.PAID, f"a credit note for a {invoice.status} invoice"
    invoice.amount_paid_cents -= amount.cents
    invoice.credited_cents += amount.cents
    await invoice.save(update_fields=["amount_paid_cents", "credited_cents"])


async def void(
    invoice: Invoice, workspace: Workspace, *, now: datetime, reason: str | None = None
) -> None:
    """Call off a locked invoice that no money has arrived for. It keeps its number.

    What it has used of the unapplied balance is there again for the next one.
    """
    assert invoice.status in OUTSTANDING, f"a {invoice.status} invoice cannot be voided"
    if invoice.amount_paid_cents:
        await balances.release(workspace, invoice, now=now)
    assert invoice.amount_paid_cents == 0, "what was paid must be refunded first"
    invoice.status, invoice.voided_at, invoice.void_reason = InvoiceStatus.VOID, now, reason
    await invoice.save(update_fields=["status", "amount_paid_cents", "voided_at", "void_reason"])


async def give_up(invoice: Invoice) -> None:
    """Nobody expects this locked invoice to be paid any more; it still may be (R33)."""
    invoice.status = InvoiceStatus.UNCOLLECTIBLE
    await invoice.save(update_fields=["status"])


async def outstanding(*workspace_ids: UUID) -> list[Invoice]:
    """These workspaces' own invoices on which something is due (R33), oldest first."""
    return await Invoice.filter(
        workspace_id__in=workspace_ids, status__in=OUTSTANDING, total_cents__gt=0
    ).order_by("id")


async def outstanding_refusals(workspace_id: UUID) -> list[BillingError]:
    """OutstandingInvoices, if there are any (R33)."""
    return refusals_of(await outstanding(workspace_id))


def refusals_of(found: Sequence[Invoice]) -> list[BillingError]:
    """OutstandingInvoices, listing them with what is due, if there are any."""
    if not found:
        return []
    totals = [f"{invoice.number} ({invoice.amount_due})" for invoice in found]
    return [OutstandingInvoices([invoice.id for invoice in found], totals)]


def is_overdue(invoice: Invoice, *, now: datetime) -> bool:
    """Whether something is still due after the day it was to be paid."""
    return invoice.status in OUTSTANDING and invoice.amount_due.cents > 0 and now > invoice.due_at


def lines_of(invoice: Invoice) -> list[Line]:
    """The lines of an issued invoice."""
    return [Line.from_json(stored) for stored in invoice.lines]


async def _next_sequence(workspace_id: UUID) -> int:
    rows = await connections.get("default").execute_query_dict(
        "UPDATE workspace SET invoice_count = invoice_count + 1 WHERE id = $1 "
        "RETURNING invoice_count",
        [workspace_id],
    )
    return int(rows[0]["invoice_count"])


def buyer_of(
    name: str, email: str, time_zone: str, address: BillingAddress | None
) -> dict[str, Any]:
    """Who is billed, as an issued invoice keeps it."""
    buyer: dict[str, Any] = {
        "name": name,
        "email": email,
        "time_zone": time_zone,  # on whose calendar the invoice's dates are read
    }
    if address:
        given = {name: getattr(address, name) for name in ADDRESS_COLUMNS}
        buyer |= {name: value for name, value in given.items() if value is not None}
    return buyer


ADDRESS_COLUMNS = (
    "name",
    "company",
    "line1",
    "line2",
    "city",
    "region",
    "postal_code",
    "country",
    "tax_id",
    "email",
)
