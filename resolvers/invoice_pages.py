"""Who may look at the page and the PDF of an invoice."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from models.invoices import Invoice
from resolvers import access
from resolvers.context import Principal
from services import invoice_links
from services.api_keys import Keyring
from services.invoice_links import Link


async def visible_invoice(
    invoice_id: UUID, *, who: Principal | None, link: Link, keyring: Keyring
) -> Invoice | None:
    """The invoice, for who has a good link to it or a key that may read it; None for all others."""
    if invoice_links.opens(link, keyring, invoice_id, now=datetime.now(UTC)):
        return await Invoice.get_or_none(id=invoice_id)
    return await access.readable_row(who, Invoice, invoice_id)
