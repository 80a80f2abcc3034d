"""Invoices to look at: a page and a PDF of each, for who may see it.

Everybody else is answered alike, whether the invoice exists or not.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from billwright.invoice_rendering import CONTENT_SECURITY_POLICY, PageRenderer, PdfRenderer
from billwright.logs import workspace_id
from models.invoices import Invoice
from resolvers.access import Unauthenticated
from resolvers.authentication import Authenticator
from resolvers.context import Principal
from resolvers.invoice_pages import visible_invoice
from services.api_keys import Keyring
from services.invoice_documents import document_of
from services.invoice_links import PATH, Link

HEADERS = {
    "cache-control": "no-store",  # what was paid since is to be seen at once
    "referrer-policy": "no-referrer",  # the address is a key
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
}
PAGE_HEADERS = {**HEADERS, "content-security-policy": CONTENT_SECURITY_POLICY}


def routes(answer: Callable[[Request], Awaitable[Response]]) -> list[BaseRoute]:
    """All below /invoices/: what is no invoice's address is answered as an unknown invoice."""
    paths = ("{invoice_id:uuid}", "{invoice_id:uuid}.pdf", "{nothing:path}")
    return [Route(f"{PATH}/{path}", answer, methods=["GET"]) for path in paths]


class InvoicePages:
    """Answers for every address in `routes`."""

    def __init__(self, authenticator: Authenticator, keyring: Keyring, pdfs: PdfRenderer) -> None:
        self._authenticator = authenticator
        self._keyring = keyring
        self._pages = PageRenderer()
        self._pdfs = pdfs

    async def __call__(self, request: Request) -> Response:
        """The page, the PDF, or that there is no such invoice."""
        link = Link.of_query(request.query_params)
        wanted: UUID | None = request.path_params.get("invoice_id")
        invoice = await self._visible(wanted, request, link) if wanted else None
        if invoice is None:
            return HTMLResponse(self._pages.not_found(), status_code=404, headers=PAGE_HEADERS)
        if request.url.path.endswith(".pdf"):
            return await self._pdf(invoice, link)
        return await self._page(invoice, link)

    async def _visible(self, invoice_id: UUID, request: Request, link: Link) -> Invoice | None:
        who = await self._principal(request)
        found = await visible_invoice(invoice_id, who=who, link=link, keyring=self._keyring)
        workspace_id.set(str(found.workspace_id) if found else None)
        return found

    async def _principal(self, request: Request) -> Principal | None:
        try:
            return await self._authenticator.principal_of(request.headers.get("authorization"))
        except Unauthenticated:
            return None

    async def _page(self, invoice: Invoice, link: Link) -> Response:
        pdf = f"{invoice.id}.pdf{_query(link)}"
        document = await document_of(invoice)
        return HTMLResponse(
            self._pages.invoice(document, pdf_address=pdf),
            headers={
                **PAGE_HEADERS,
                "link": f'<{pdf}>; rel="alternate"; type="application/pdf"',
            },
        )

    async def _pdf(self, invoice: Invoice, link: Link) -> Response:
        return Response(
            await self._pdfs.invoice(await document_of(invoice)),
            media_type="application/pdf",
            headers={
                **HEADERS,
                "content-disposition": f'inline; filename="invoice-{invoice.number}.pdf"',
                "link": f'<{invoice.id}{_query(link)}>; rel="alternate"; type="text/html"',
            },
        )


def _query(link: Link) -> str:
    """For the way from the page to the PDF and back: by the same link, or again with a key."""
    return f"?{link.query}" if link.signature else ""
