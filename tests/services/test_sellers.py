"""Who sells: as the settings say it, and as an invoice keeps it."""

from __future__ import annotations

import pytest

from billwright.settings import Settings
from models.sellers import Seller
from services import sellers


def test_without_settings_invoices_come_from_billwright() -> None:
    assert Settings().seller == Seller("Billwright", (), None, None)


def test_an_address_has_a_line_for_each_semicolon_or_line_break(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BILLWRIGHT_SELLER_NAME", " Acme Labs GmbH ")
    monkeypatch.setenv("BILLWRIGHT_SELLER_ADDRESS", "Weg 1; 10115 Berlin;\n\n Germany ;")
    monkeypatch.setenv("BILLWRIGHT_SELLER_TAX_ID", "DE999999999")
    monkeypatch.setenv("BILLWRIGHT_SELLER_EMAIL", " ")
    assert Settings().seller == Seller(
        "Acme Labs GmbH", ("Weg 1", "10115 Berlin", "Germany"), "DE999999999", None
    )


@pytest.mark.usefixtures("client")
async def test_what_is_published_is_read_by_everybody() -> None:
    before = await sellers.current()
    try:
        await sellers.publish(Seller("Acme Labs", ("Weg 1", "Berlin"), "DE999999999", "a@b.test"))
        assert await sellers.is_published()
        assert await sellers.current() == Seller(
            "Acme Labs", ("Weg 1", "Berlin"), "DE999999999", "a@b.test"
        )
    finally:
        await sellers.publish(before)
