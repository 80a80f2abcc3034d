"""Addresses that show one invoice for an hour, to whoever has them: a browser sends no key."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from services.api_keys import Keyring

PATH = "/invoices"
LASTS = timedelta(hours=1)
PURPOSE = "addresses of invoices"


@dataclass(frozen=True, slots=True)
class Link:
    """What makes an address open an invoice: until when (Unix seconds), and the proof of it.

    The page and the PDF of an invoice share it: who may see the one may see the other.
    """

    expires: str
    signature: str

    @classmethod
    def of_query(cls, query: Mapping[str, str]) -> Link:
        return cls(query.get("expires", ""), query.get("signature", ""))

    @property
    def query(self) -> str:
        return urlencode({"expires": self.expires, "signature": self.signature})


def make_link(keyring: Keyring, invoice_id: UUID, *, now: datetime) -> Link:
    """A link that opens this invoice from `now`, in real time, for an hour."""
    expires = str(int((now + LASTS).timestamp()))
    return Link(expires, _signature(keyring, invoice_id, expires))


def opens(link: Link, keyring: Keyring, invoice_id: UUID, *, now: datetime) -> bool:
    """Whether the link was made by us, for this invoice, and is still good."""
    expected = _signature(keyring, invoice_id, link.expires)
    if not hmac.compare_digest(link.signature.encode(), expected.encode()):
        return False
    return now.timestamp() < int(link.expires)  # a number: we have signed it


def page_address(base_url: str, invoice_id: UUID, link: Link) -> str:
    return f"{base_url}{PATH}/{invoice_id}?{link.query}"


def pdf_address(base_url: str, invoice_id: UUID, link: Link) -> str:
    return f"{base_url}{PATH}/{invoice_id}.pdf?{link.query}"


def _signature(keyring: Keyring, invoice_id: UUID, expires: str) -> str:
    return keyring.sign(f"{invoice_id} until {expires}", purpose=PURPOSE)
