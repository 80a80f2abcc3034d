"""`billwright reconcile`: our payments and refunds against the provider's own lists."""

from __future__ import annotations

from datetime import datetime

from billwright import database, providers
from billwright.server import ServerError
from billwright.settings import Settings
from services import reconciliation
from services.gateway import GatewayUnavailable, StatementSource


async def differences(settings: Settings, database_url: str, *, since: datetime) -> list[str]:
    """A line per difference. Raises ServerError without Stripe, or when it does not answer."""
    gateway = providers.gateway_for(settings.stripe_access, settings.base_url)
    if not isinstance(gateway, StatementSource):
        raise ServerError(
            "The sandbox keeps its books in our own database, so there is nothing to compare. "
            "Set BILLWRIGHT_STRIPE_SECRET_KEY."
        )
    async with database.connected(database_url, pool_size=2):
        try:
            if problem := await providers.problem_with_database(settings.stripe_access):
                raise ServerError(problem)
            return await reconciliation.differences(gateway, since=since)
        except GatewayUnavailable as silence:
            raise ServerError(f"Stripe does not answer ({silence}). Try again later.") from silence
        finally:
            await gateway.close()
