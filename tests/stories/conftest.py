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
from tests.provider import PROVIDER
from tests.stripe_server import FakeStripe

# These stories take money: they are told of the sandbox, and of Stripe.
MONEY = {
    "test_changing",
    "test_contracts",
    "test_corrections",
    "test_disputes",
    "test_invoice_documents",
    "test_lives",
    "test_paying",
    "test_phone_numbers",
    "test_purchases",
    "test_recharge_blocks",
    "test_recharging",
    "test_refunds",
    "test_refusals",
    "test_renewing",
    "test_seats",
    "test_small_amounts",
    "test_subscribing",
}
LADDER = Path(__file__).parents[1] / "data" / "ladder-2026-08.toml"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tell each story that takes money twice, but those that are about the sandbox itself."""
    takes_money = metafunc.module.__name__.rsplit(".", 1)[-1] in MONEY
    if takes_money and not metafunc.definition.get_closest_marker("of_the_sandbox"):
        metafunc.parametrize("_provider", ["sandbox", "stripe"], indirect=True)


@pytest.fixture(autouse=True)
async def _provider(request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """Whom the application asks for money while a story is told."""
    if getattr(request, "param", "sandbox") == "sandbox":
        yield
        return
    stripe: FakeStripe = request.getfixturevalue("stripe")
    await PROVIDER.turn_to(stripe)
    yield
    await PROVIDER.turn_back()


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
