"""What stories about buying credits are told with."""

from __future__ import annotations

from typing import Any

from tortoise import connections

from models.invoices import Invoice, InvoiceReason
from services import due_work
from tests import given
from tests.client import Api
from tests.corrections import codes
from tests.given import Tenant
from tests.metering import an_event, record
from tests.provider import PROVIDER

BOUGHT = """
    grant { source granted remaining expiresAt invoice { id } }
    invoice { id status reason total { amount } amountDue { amount } tax { amount }
        lines { description quantity unitPrice { amount } amount { amount } }
        payments { status method { last4 } } }
    creditBalance { available total }
"""
SETTINGS = """enabled threshold amount { amount } monthlyCap { amount }
    chargedThisPeriod { amount } isBelowThreshold
    blockedBy { __typename code message path
        ... on PaymentDeclinedError { declineCode invoice { status } }
        ... on PaymentActionError { action { redirectUrl } invoice { status } }
        ... on OutstandingInvoiceError { invoices { status } } }"""


async def purchase(tenant: Tenant, amount: str, **input: Any) -> dict[str, Any]:
    """The payload of `purchaseCredits`."""
    return await tenant.api.do("purchaseCredits", BOUGHT, amount=amount, **input)


async def bought(tenant: Tenant, amount: str, **input: Any) -> dict[str, Any]:
    """As `purchase`, which goes through."""
    answer = await purchase(tenant, amount, **input)
    assert answer["errors"] == []
    return answer


async def set_auto_recharge(tenant: Tenant, **input: Any) -> dict[str, Any]:
    """The payload of `setAutoRecharge`, on unless it says otherwise."""
    return await tenant.api.do(
        "setAutoRecharge", f"autoRecharge {{ {SETTINGS} }}", **{"enabled": True} | input
    )


async def switched_on(tenant: Tenant, **input: Any) -> dict[str, Any]:
    """As `set_auto_recharge`, which goes through; the settings."""
    answer = await set_auto_recharge(tenant, **input)
    assert answer["errors"] == []
    found: dict[str, Any] = answer["autoRecharge"]
    return found


async def auto_recharge(tenant: Tenant) -> dict[str, Any]:
    """As it stands."""
    asked = await tenant.api.ask(f"{{ workspace {{ autoRecharge {{ {SETTINGS} }} }} }}")
    found: dict[str, Any] = asked["workspace"]["autoRecharge"]
    return found


async def blocked_by(tenant: Tenant) -> str | None:
    """The code of what keeps auto-recharge from charging."""
    found = (await auto_recharge(tenant))["blockedBy"]
    code: str | None = found and found["code"]
    return code


async def available(tenant: Tenant) -> str:
    """What can be spent now."""
    asked = await tenant.api.ask("{ workspace { creditBalance { available } } }")
    found: str = asked["workspace"]["creditBalance"]["available"]
    return found


async def use(tenant: Tenant, credits: int, **input: Any) -> str:
    """Replies for so many credits; what is available then."""
    recorded = await record(tenant, an_event(quantity=str(credits)), **input)
    assert recorded["accepted"] == 1
    found: str = recorded["creditBalance"]["available"]
    return found


async def worker_works(tenant: Tenant) -> int:
    """A worker does the workspace's jobs of recharging, if there are any. Returns how many."""
    rows = await connections.get("default").execute_query_dict(
        "DELETE FROM pgqueuer WHERE entrypoint = 'recharge' AND payload = $1 RETURNING id",
        [str(tenant.key).encode()],
    )
    for _ in rows:
        await due_work.catch_up(tenant.key, PROVIDER)
    return len(rows)


async def recharges(tenant: Tenant) -> list[tuple[str, int]]:
    """Status and cents of the invoices of auto-recharge, oldest first."""
    found = Invoice.filter(workspace_id=tenant.key, reason=InvoiceReason.AUTO_RECHARGE)
    return [(invoice.status, invoice.total_cents) for invoice in await found.order_by("id")]


async def a_subscriber(operator: Api, *, card: str = "pm_card_visa", **input: Any) -> Tenant:
    """On pay as you go since 1 April by a good card, with 5,750 credits; `card` is the default."""
    tenant = await given.a_workspace(operator, card="pm_card_visa", **input)
    done = await tenant.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    assert codes(done) == []
    if card != "pm_card_visa":
        await given.attach(tenant, card)
    return tenant


async def a_low_one(operator: Api, **input: Any) -> Tenant:
    """A subscriber with auto-recharge as it comes (below 500 credits, $5) and 600 credits left."""
    tenant = await a_subscriber(operator, **input)
    await switched_on(tenant)
    assert await use(tenant, 5_150) == "600.000"
    return tenant
