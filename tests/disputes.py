"""What stories of disputes are told with."""

from __future__ import annotations

from typing import Any

from models.credits import CreditLot
from models.disputes import DisputeStatus
from models.money import Money
from models.payments import Payment
from tests.given import Tenant
from tests.provider import PROVIDER

LEDGER = "{ workspace { ledgerEntries(first: %d) { nodes { kind amount grant { source } } } } }"


async def bought_for(tenant: Tenant, dollars: int) -> Payment:
    """The payment of a purchase that has gone through."""
    return await Payment.get(
        workspace_id=tenant.key,
        amount_cents=dollars * 100,
        invoice__reason__in=["CREDIT_PURCHASE", "AUTO_RECHARGE"],
    )


async def disputed(payment: Payment, *, dollars: int | None = None) -> str:
    """The payer goes to their bank, about all of it or a part. Returns the dispute's name."""
    amount = None if dollars is None else Money(dollars * 100)
    return await PROVIDER.payer_disputes(payment, amount=amount)


async def won(reference: str) -> None:
    await PROVIDER.bank_moves(reference, DisputeStatus.WON)


async def lost(reference: str) -> None:
    await PROVIDER.bank_moves(reference, DisputeStatus.LOST)


async def status_of(payment: Payment) -> str:
    return (await Payment.get(id=payment.id)).status.value


async def last_entries(tenant: Tenant, count: int) -> list[tuple[str, str, str | None]]:
    """Kind, amount and grant's source of the newest ledger entries, oldest first."""
    asked = await tenant.api.ask(LEDGER % count)
    nodes: list[dict[str, Any]] = asked["workspace"]["ledgerEntries"]["nodes"]
    return [
        (node["kind"], node["amount"], node["grant"] and node["grant"]["source"])
        for node in reversed(nodes)
    ]


async def lots_of(tenant: Tenant, source: str) -> list[tuple[int, int]]:
    """Granted and remaining credits of the lots of this source, oldest first."""
    found = CreditLot.filter(account__workspace_id=tenant.key, source=source).order_by("id")
    return [(lot.granted_mc // 1000, lot.remaining_mc // 1000) for lot in await found]
