"""What some stories need besides."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from billwright.settings import Settings
from services import catalog
from services.price_list import PriceList, TaxRate
from services.price_list_file import load

LADDER = Path(__file__).parents[1] / "data" / "ladder-2026-08.toml"


@pytest.fixture
async def price_list_with_tax() -> AsyncIterator[PriceList]:
    """The shipped price list with 19 % VAT in Germany, current for as long as the test runs."""
    shipped = load(Settings().catalog)
    taxed = replace(shipped, tax_rates=(TaxRate(country="DE", name="VAT", percent=Decimal(19)),))
    await catalog.publish(taxed)
    yield taxed
    await catalog.publish(shipped)


@pytest.fixture
async def ladder() -> AsyncIterator[None]:
    """The ladder of plans is current for as long as the test runs."""
    await catalog.publish(load(LADDER))
    yield
    await catalog.publish(load(Settings().catalog))
