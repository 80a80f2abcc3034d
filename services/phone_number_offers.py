"""Which phone numbers a workspace could buy, and what a place for one costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.catalog import CatalogVersion, Resource
from models.money import Money
from models.phone_numbers import PhoneNumber
from services.capacities import add_on_for
from services.carrier import Carrier, CarrierUnavailable, Wish
from services.errors import CarrierSilent, InvalidInput
from services.inputs import country_code

LIMIT_MAX = 100
AREA_CODE_LENGTH_MAX = 5


@dataclass(frozen=True, slots=True)
class AvailablePhoneNumber:
    """A number that could be bought now. Its price is that of the slot it would take (R25)."""

    number: str
    country: str
    locality: str | None
    monthly_price: Money


async def search(
    wish: Wish, *, catalog_version_id: UUID, now: datetime, carrier: Carrier
) -> list[AvailablePhoneNumber]:
    """Numbers for sale at `now`; at most as many as wished for.

    Raises InvalidInput, CarrierSilent.
    """
    wish = _checked(wish)
    try:
        offers = await carrier.search(wish, now=now)
    except CarrierUnavailable as silence:
        raise CarrierSilent from silence
    # the carrier does not know what workspaces have imported, or are just buying
    offered = [offer.number for offer in offers]
    live = PhoneNumber.filter(number__in=offered, released_at=None).only("id", "number")
    taken = {row.number for row in await live}
    price = await _price_of_slot(catalog_version_id)
    return [
        AvailablePhoneNumber(offer.number, offer.country, offer.locality, price)
        for offer in offers
        if offer.number not in taken
    ]


def _checked(wish: Wish) -> Wish:
    country, area_code = country_code(wish.country, path=("country",)), wish.area_code
    if area_code is not None and not (
        area_code.isascii() and area_code.isdigit() and len(area_code) <= AREA_CODE_LENGTH_MAX
    ):
        raise InvalidInput(
            f"'{area_code[:20]}' is no area code; it has 1 to {AREA_CODE_LENGTH_MAX} digits.",
            path=("areaCode",),
        )
    if not 1 <= wish.limit <= LIMIT_MAX:
        raise InvalidInput(
            f"limit is {wish.limit}; it goes from 1 to {LIMIT_MAX}.", path=("limit",)
        )
    return Wish(country, area_code, wish.limit)


async def _price_of_slot(catalog_version_id: UUID) -> Money:
    """Of the add-on that makes room for a number; nothing where no add-on does."""
    add_on = await add_on_for(Resource.PHONE_NUMBER, catalog_version_id)
    if add_on is not None:
        return add_on.price
    version = await CatalogVersion.get(id=catalog_version_id)
    return Money(0, version.currency)
