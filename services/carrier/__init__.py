"""The seam to whoever has the phone numbers: a few verbs, and the words for what can come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Wish:
    """Which numbers are looked for: of a country (ISO 3166) or an area of it, at most `limit`."""

    country: str
    area_code: str | None
    limit: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A number (E.164) that could be bought now."""

    number: str
    country: str
    locality: str | None


@dataclass(frozen=True, slots=True)
class Order:
    """Buy this very number. The same `operation_id` never buys twice."""

    operation_id: UUID
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sold:
    """The number is ours."""


@dataclass(frozen=True, slots=True)
class NotSold:
    """We did not get the number, and will not by this order."""


Outcome = Sold | NotSold


class CarrierUnavailable(Exception):
    """The carrier did not answer: whatever was asked may or may not have happened."""


class Carrier(Protocol):
    """What billing needs of a phone carrier. Each verb may raise CarrierUnavailable."""

    async def search(self, wish: Wish, *, now: datetime) -> Sequence[Offer]:
        """Numbers for sale; none where the carrier has none."""

    async def buy(self, order: Order) -> Outcome:
        """Buy a number now, or learn what became of the same order before."""

    async def find(self, operation_id: UUID) -> Outcome | None:
        """What became of an order; None when the carrier never heard of it."""

    async def release(self, operation_id: UUID, *, now: datetime) -> None:
        """Give back what an order bought, for good. Doing so again changes nothing."""
