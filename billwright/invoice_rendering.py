"""From an invoice's document to a page and to a PDF, the same bytes for the same document."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import typst
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.invoice_document_values import InvoiceDocument

PACKAGE = Path(str(files("billwright")))
TEMPLATES = PACKAGE / "templates"
FONTS = PACKAGE / "fonts"
STYLE = (TEMPLATES / "invoice.css").read_text()
# The one style sheet in the page is allowed by its hash; nothing else is.
STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass
class PageRenderer:
    """Pages in HTML. Whatever comes from data is escaped."""

    _templates: Environment = field(
        default_factory=lambda: Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
    )

    def invoice(self, document: InvoiceDocument, *, pdf_address: str) -> str:
        template = self._templates.get_template("invoice.html")
        return template.render(invoice=document.to_json(), pdf_address=pdf_address, style=STYLE)

    def not_found(self) -> str:
        return self._templates.get_template("not_found.html").render(style=STYLE)


class PdfRenderer:
    """PDFs by typst, in a thread of its own.

    The compiler leaves the event loop alone, but cannot be used by two threads at once. It sees our
    fonts only, and no clock: a PDF is dated by its invoice.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pdf")
        self._compiler: typst.Compiler | None = None

    async def invoice(self, document: InvoiceDocument) -> bytes:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._compile, document)

    def close(self) -> None:
        self._thread.shutdown(cancel_futures=True)

    def _compile(self, document: InvoiceDocument) -> bytes:
        if self._compiler is None:  # with the first PDF: reading the fonts takes a moment
            self._compiler = typst.Compiler(
                TEMPLATES / "invoice.typ",
                root=TEMPLATES,
                font_paths=[FONTS],
                ignore_system_fonts=True,
            )
        pdf = self._compiler.compile(
            format="pdf", sys_inputs={"invoice": json.dumps(document.to_json())}
        )
        assert isinstance(pdf, bytes)
        return pdf
