"""Who sells, as a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DEFAULT_NAME = "Billwright"


@dataclass(frozen=True, slots=True)
class Seller:
    """What an invoice says of who sends it."""

    name: str = DEFAULT_NAME
    address: Sequence[str] = ()
    tax_id: str | None = None
    email: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As the database and issued invoices keep it."""
        return {
            "name": self.name,
            "address": list(self.address),
            "tax_id": self.tax_id,
            "email": self.email,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Seller:
        return cls(stored["name"], tuple(stored["address"]), stored["tax_id"], stored["email"])
