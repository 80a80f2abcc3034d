"""Who sells: told by the settings, kept in the database, frozen on every invoice."""

from __future__ import annotations

from models.sellers import Seller
from models.workspaces import Installation


async def publish(seller: Seller) -> None:
    """From now on invoices are issued by `seller`; those that are issued keep theirs.

    In the database, so that every process, and every job, issues as the same one.
    """
    await Installation.filter(id=1).update(seller=seller.to_json())


async def is_published() -> bool:
    """Whether anybody has said who sells here."""
    return await Installation.exists(id=1, seller__isnull=False)


async def current() -> Seller:
    """Who issues invoices now."""
    installation = await Installation.get_or_none(id=1)
    stored = installation.seller if installation else None
    return Seller.from_json(stored) if stored else Seller()
