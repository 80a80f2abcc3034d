"""`billwright doctor`: whether this installation is ready for the money that it is set up for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

from billwright import database, providers
from billwright.settings import Settings
from models.webhooks import EventStatus
from services import webhooks
from services.check import check_books
from services.gateway import (
    EventSource,
    GatewayUnavailable,
    StatementSource,
    WebhookAddress,
)
from services.provenance import Mode


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at; `problem` says what is wrong and what to do, None: nothing."""

    subject: str
    problem: str | None = None

    def __str__(self) -> str:
        return f"{'MISSING' if self.problem else 'ok     '}  {self.problem or self.subject}"


async def examine(settings: Settings, database_url: str) -> list[Finding]:
    """Look at everything that has to be right, and change nothing."""
    if not await database.has_tables(database_url):
        return [Finding("", "The database is empty. Run: billwright migrate")]
    async with database.connected(database_url, pool_size=2):
        return [finding async for finding in _findings(settings)]


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    mode = providers.mode_of(settings.stripe_access)
    yield Finding(f"payments: {mode.lower()}")
    yield Finding(
        "the database fits the key", await providers.problem_with_database(settings.stripe_access)
    )
    broken = [finding.invariant for finding in await check_books() if finding.violations]
    yield Finding(
        "the books add up",
        f"Invariants of the books are broken: {', '.join(broken)}. Run: billwright check"
        if broken
        else None,
    )
    yield Finding(
        f"invoices are from {settings.seller.name}",
        None
        if settings.seller_name
        else "Nobody sells: set BILLWRIGHT_SELLER_NAME and the others, or invoices say Billwright.",
    )
    if mode is Mode.SANDBOX:
        return
    if mode is Mode.LIVE:
        yield Finding(
            f"browsers reach this at {settings.base_url}",
            None
            if settings.base_url.startswith("https://")
            else "Browsers and Stripe must reach this by https: set BILLWRIGHT_PUBLIC_URL.",
        )
    async for finding in _of_stripe(settings):
        yield finding


async def _of_stripe(settings: Settings) -> AsyncIterator[Finding]:
    gateway = providers.gateway_for(settings.stripe_access, settings.base_url)
    assert isinstance(gateway, EventSource), "Stripe tells by webhooks"
    assert isinstance(gateway, StatementSource), "Stripe lists what it has moved"
    wanted = f"{settings.base_url}/webhooks/stripe"
    try:
        addresses = [each for each in await gateway.addresses() if each.url == wanted]
        unread = await _unreadable(gateway)
    except GatewayUnavailable as silence:
        yield Finding("", f"Stripe does not accept the key, or does not answer: {silence}")
        return
    finally:
        await gateway.close()
    yield Finding("Stripe accepts the key")
    yield Finding("payments, refunds and disputes can be read at Stripe", unread)
    yield Finding(f"Stripe tells {wanted}", _problem_of(addresses, wanted))
    access = settings.stripe_access
    yield Finding(
        "webhooks are verified",
        None
        if access and access.webhook_secrets
        else "Webhooks are not believed: set BILLWRIGHT_STRIPE_WEBHOOK_SECRET.",
    )
    yield Finding(
        "browsers can collect cards",
        None
        if access and access.publishable_key
        else "No card can be collected: set BILLWRIGHT_STRIPE_PUBLISHABLE_KEY.",
    )
    parked = await webhooks.undone_count(EventStatus.PARKED)
    yield Finding(
        "no event is parked",
        f"{parked} events are parked. See: billwright webhooks list" if parked else None,
    )
    heard = await webhooks.latest(1)
    yield Finding(
        "Stripe has been heard",
        None
        if heard
        else "No event has come yet: send a test event from Stripe's dashboard, and look again.",
    )


async def _unreadable(source: StatementSource) -> str | None:
    """Why what has moved at Stripe could not be compared with the books."""
    now = datetime.now(UTC)
    for what, listed in (
        ("payment intents", source.charges_since(now)),
        ("refunds", source.refunds_since(now)),
        ("disputes", source.disputes_since(now)),
    ):
        try:
            async for _ in listed:
                break
        except GatewayUnavailable as silence:
            return f"Stripe does not list {what} ({silence}): give the key read access to them."
    return None


def _problem_of(addresses: list[WebhookAddress], wanted: str) -> str | None:
    """Why what happens at Stripe would not be heard."""
    if not addresses:
        return f"Stripe tells nothing here: add a webhook endpoint {wanted} in its dashboard."
    enabled = [each for each in addresses if each.is_enabled]
    if not enabled:
        return f"Stripe's webhook endpoint {wanted} is disabled: enable it in its dashboard."
    unheard = min((each.unheard for each in enabled), key=len)
    if unheard:
        return f"Stripe's webhook endpoint {wanted} is not told of {', '.join(unheard)}: add them."
    return None
