"""What was billed, and paying it."""

from __future__ import annotations

from datetime import UTC, datetime

from models.invoices import Invoice, InvoiceStatus
from models.payments import Payment
from models.refunds import CreditNote
from models.workspaces import Workspace
from resolvers import access
from resolvers.context import Info
from resolvers.pages import Listing, Page, page
from resolvers.subscriptions import method_key
from services import invoice_links
from services import payments as payment_service
from services.answers import Answer
from services.api_keys import Scope
from services.errors import (
    OutstandingInvoices,
    PaymentActionRequired,
    PaymentDeclined,
    RefundDeclined,
)
from services.idempotency import Command
from services.invoice_links import Link
from services.invoices import Line, is_overdue, lines_of
from services.periods import Period

INVOICES: dict[InvoiceStatus | None, Listing] = {
    status: Listing(Invoice, "workspace_id", newest_first=True, where=f"status = '{status}'")
    for status in InvoiceStatus
}
INVOICES[None] = Listing(Invoice, "workspace_id", newest_first=True)


async def invoices(
    root: Workspace,
    info: Info,
    status: InvoiceStatus | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page:
    """Newest first."""
    return await page(
        info, INVOICES[status], root.id, first=first, after=after, last=last, before=before
    )


def lines(root: Invoice) -> list[Line]:
    return lines_of(root)


def period(root: Invoice) -> Period | None:
    if root.period_start is None or root.period_end is None:
        return None
    return Period(root.period_start, root.period_end)


async def workspace(root: Invoice, info: Info) -> Workspace:
    found: Workspace = await info.context.loaders.workspace.load(root.workspace_id)
    return found


async def overdue(root: Invoice, info: Info) -> bool:
    return is_overdue(root, now=(await workspace(root, info)).now)


async def payments(root: Invoice, info: Info) -> list[Payment]:
    found: list[Payment] = await info.context.loaders.payments.load(root.id)
    return found


async def credit_notes(root: Invoice, info: Info) -> list[CreditNote]:
    """Oldest first."""
    found: list[CreditNote] = await info.context.loaders.credit_notes.load(root.id)
    return found


def html_url(root: Invoice, info: Info) -> str:
    return invoice_links.page_address(info.context.base_url, root.id, _link(root, info))


def pdf_url(root: Invoice, info: Info) -> str:
    return invoice_links.pdf_address(info.context.base_url, root.id, _link(root, info))


async def outstanding(root: OutstandingInvoices, info: Info) -> list[Invoice]:
    found: list[Invoice] = await info.context.loaders.invoice.load_many(root.invoice_ids)
    return found


async def invoice_of_refusal(
    root: PaymentDeclined | PaymentActionRequired | RefundDeclined, info: Info
) -> Invoice | None:
    return await info.context.loaders.invoice.load(root.invoice_id) if root.invoice_id else None


async def pay_invoice(
    info: Info, invoice_id: str, payment_method_id: str | None, idempotency_key: str | None
) -> Answer:
    invoice = await access.row(
        info, Invoice, invoice_id, what="The invoice", path=("invoiceId",), scope=Scope.WRITE
    )
    method_id = method_key(payment_method_id)
    request = {"invoice": invoice.id, "method": method_id}
    return await payment_service.pay_invoice(
        Command(invoice.workspace_id, "payInvoice", idempotency_key, request),
        invoice.id,
        method_id=method_id,
        gateway=info.context.gateway,
    )


def _link(invoice: Invoice, info: Info) -> Link:
    # in real time, whatever the workspace's clock says: it is the browser's access that runs out
    return invoice_links.make_link(info.context.keyring, invoice.id, now=datetime.now(UTC))
