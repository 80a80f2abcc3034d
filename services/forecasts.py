"""What time would bring: the very code that renews is run, and what it wrote is rolled back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.transactions import in_transaction

from models.invoices import Invoice, InvoiceReason
from models.money import Money
from models.subscriptions import Subscription, SubscriptionStatus
from services import renewals
from services.locks import locked_subscription


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the next renewal of a workspace would be."""

    kind: str
    total: Money


async def due_by(at: datetime) -> list[UUID]:
    """The workspaces in real time in which something is due by `at`."""
    due = Subscription.filter(due_at__lte=at).order_by("due_at", "id")
    found = await due.values_list("workspace_id", flat=True)
    return [UUID(str(workspace_id)) for workspace_id in found]


async def renewal(workspace_id: UUID, *, at: datetime) -> Forecast | None:
    """The renewal that is due by `at`, if one is: what it bills, and how. Writes nothing."""
    async with in_transaction() as transaction:
        forecast = await _tried(workspace_id, at)
        await transaction.rollback()
    return forecast


async def _tried(workspace_id: UUID, at: datetime) -> Forecast | None:
    subscription = await locked_subscription(workspace_id)
    is_renewed = subscription.status is not SubscriptionStatus.UNPAID
    if not is_renewed or subscription.period_end is None or subscription.period_end > at:
        return None
    before = subscription.workspace.invoice_count
    is_automatic = subscription.auto_billing
    await renewals.renew(subscription, now=at)
    invoice = await Invoice.get_or_none(
        workspace_id=workspace_id, reason=InvoiceReason.RENEWAL, sequence__gt=before
    )
    if invoice is None:
        return Forecast("subscriptions end", Money(0))
    kind = "renewals charged" if is_automatic else "renewals to be paid by hand"
    return Forecast(kind, invoice.total)
