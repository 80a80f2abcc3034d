"""Invoices as clients see them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

import models.invoices
import models.refunds
from models.invoices import InvoiceReason, InvoiceStatus
from resolvers import catalog, invoices
from schema.base import Money, Node, Period, field, shows
from schema.catalog import AddOn, Plan
from schema.payments import Payment

if TYPE_CHECKING:
    from schema.workspaces import Workspace

LazyWorkspace = Annotated["Workspace", strawberry.lazy("schema.workspaces")]
strawberry.enum(InvoiceStatus)
strawberry.enum(InvoiceReason)


@strawberry.type
class InvoiceLine:
    """One line of an invoice; the amounts of all lines add up to the subtotal."""

    description: str
    quantity: int
    unit_price: Money
    amount: Money
    period: Period | None
    proration: bool
    plan: Plan | None = field(catalog.plan_of_line, Plan | None)
    add_on: AddOn | None = field(catalog.add_on_of_line, AddOn | None)


@strawberry.type
class InvoicePreview:
    """What an invoice would say."""

    lines: list[InvoiceLine]
    subtotal: Money
    tax: Money
    total: Money
    balance_applied: Money
    amount_due: Money
    period: Period | None
    due_at: datetime | None


@strawberry.type
class CreditNote(Node):
    """So much of an invoice is not owed after all. Never changed."""

    is_type_of = shows(models.refunds.CreditNote)
    number: str
    amount: Money
    reason: str
    issued_at: datetime


@strawberry.type
class Invoice(Node):
    """What was billed. Once issued only its status and payments change."""

    is_type_of = shows(models.invoices.Invoice)
    number: str | None
    status: InvoiceStatus
    reason: InvoiceReason
    workspace: LazyWorkspace = field(invoices.workspace, LazyWorkspace)
    period: Period | None = field(invoices.period, Period | None)
    lines: list[InvoiceLine] = field(invoices.lines, list[InvoiceLine])
    subtotal: Money
    tax: Money
    total: Money
    amount_paid: Money
    amount_due: Money
    is_overdue: bool = field(invoices.overdue, bool)
    issued_at: datetime | None
    due_at: datetime | None
    paid_at: datetime | None
    voided_at: datetime | None
    void_reason: str | None
    payments: list[Payment] = field(invoices.payments, list[Payment])
    credit_notes: list[CreditNote] = field(invoices.credit_notes, list[CreditNote])
    html_url: str = field(invoices.html_url, str)
    pdf_url: str = field(invoices.pdf_url, str)
