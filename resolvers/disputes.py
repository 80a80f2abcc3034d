"""Disputes of payments."""

from __future__ import annotations

from decimal import Decimal

from models.disputes import Dispute, DisputeStatus
from models.payments import Payment
from resolvers import access
from resolvers.context import Info
from services import disputes
from services.answers import Answer
from services.api_keys import Scope


async def of_payment(root: Payment, info: Info) -> Dispute | None:
    """The last one."""
    found: list[Dispute] = await info.context.loaders.disputes.load(root.id)
    return found[-1] if found else None


async def simulate_dispute(
    info: Info, payment_id: str, status: DisputeStatus, amount: Decimal | None
) -> Answer:
    access.operator(info, Scope.WRITE)
    payment = await access.row(
        info, Payment, payment_id, what="The payment", path=("paymentId",), scope=Scope.WRITE
    )
    return await disputes.simulate(payment.id, status, amount, gateway=info.context.gateway)
