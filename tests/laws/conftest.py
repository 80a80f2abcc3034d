"""Which price lists the histories are lived under, and how many there are of each."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from billwright.settings import Settings
from services import catalog
from services.price_list import TaxRate
from services.price_list_file import load

LADDER = Path(__file__).parents[1] / "data" / "ladder-2026-08.toml"

# The same histories at every run, as many as a commit has time for; LAWS_EXAMPLES=1000 lives so
# many others, new ones each time, and shortens one that breaks a law as far as it goes.
EXAMPLES = os.environ.get("LAWS_EXAMPLES")


def many(examples: int) -> settings:
    """So many at every run."""
    return settings(
        max_examples=int(EXAMPLES or examples),
        derandomize=EXAMPLES is None,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate, *([] if EXAMPLES is None else [Phase.shrink])],
        suppress_health_check=list(HealthCheck),
    )


HISTORIES = many(12)


@pytest.fixture(scope="module")
async def tax_in_germany() -> AsyncIterator[Path]:
    """The shipped price list with 19 % VAT in Germany."""
    shipped = load(Settings().catalog)
    rate = TaxRate(country="DE", name="VAT", percent=Decimal(19))
    await catalog.publish(replace(shipped, tax_rates=(rate,)))
    yield Settings().catalog
    await catalog.publish(shipped)


@pytest.fixture(scope="module")
async def ladder() -> AsyncIterator[Path]:
    """The list of many paid plans."""
    await catalog.publish(load(LADDER))
    yield LADDER
    await catalog.publish(load(Settings().catalog))
