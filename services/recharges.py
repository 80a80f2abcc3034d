"""When auto-recharge looks out for a low balance, and what it then wants (R20).

Whoever lowers what is available calls `note_balance`. It looks at the balance's own row, which is
locked and read already: `recharge_below_mc` is None while auto-recharge is off, blocked by a
decline, or at it, so that looking costs nothing, and that of any number of debits the first one
that finds too little has it recharged. All of this changes under the subscription's lock.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tortoise import connections

from models.credits import CreditAccount
from models.invoices import InvoiceReason
from models.payments import UNDECIDED, Payment
from models.recharges import AutoRecharge
from services import jobs
from services.jobs import Job
from services.ledger import Book

_UNDECIDED = ", ".join(f"'{status}'" for status in UNDECIDED)
_LOOK_OUT = f"""
    UPDATE credit_balance b
    SET recharge_below_mc = r.below_mc,
        recharge_from = CASE WHEN r.below_mc IS NOT NULL THEN $2::timestamptz END
    FROM (
        SELECT a.id AS account_id,
               CASE WHEN r.enabled AND r.wanted_at IS NULL AND r.declined_payment_id IS NULL
                         AND NOT EXISTS (
                             SELECT FROM payment p JOIN invoice i ON i.id = p.invoice_id
                             WHERE p.workspace_id = r.workspace_id AND p.status IN ({_UNDECIDED})
                               AND i.reason = '{InvoiceReason.AUTO_RECHARGE}')
                    THEN r.threshold_mc END AS below_mc
        FROM auto_recharge r JOIN credit_account a ON a.workspace_id = r.workspace_id
        WHERE r.workspace_id = $1
    ) r
    WHERE b.account_id = r.account_id
"""  # noqa: S608 - of our own constants


async def note_balance(workspace_id: UUID, book: Book) -> None:
    """Have the balance recharged if less is available than its owner wants.

    In the transaction of whoever lowered it, after the last movement, under the subscription's
    lock. The charge itself is a job's: it exists once this transaction is committed.
    """
    if not book.is_low:
        return
    await AutoRecharge.filter(workspace_id=workspace_id).update(wanted_at=book.now)
    await look_out(workspace_id)
    await jobs.enqueue(Job.RECHARGE, [str(workspace_id)])


async def look_again(workspace_id: UUID, *, now: datetime) -> None:
    """A charge has moved on: look out again if it is decided, for what was spent meanwhile too."""
    await look_out(workspace_id)
    account = await CreditAccount.get(workspace_id=workspace_id)
    await note_balance(workspace_id, await Book.lock(account.id, now=now))


async def block(declined: Payment) -> None:
    """Try no more after this decline, until `unblock` or `forgive` (R20)."""
    settings = AutoRecharge.filter(workspace_id=declined.workspace_id, enabled=True)
    await settings.update(wanted_at=None, declined_payment_id=declined.id)
    await look_out(declined.workspace_id)


async def unblock(workspace_id: UUID) -> None:
    """The method has changed: what the last one declined is history. Charges nothing yet."""
    settings = AutoRecharge.filter(workspace_id=workspace_id, enabled=True)
    if await settings.update(declined_payment_id=None):
        await look_out(workspace_id)


async def forgive(paid: Payment) -> None:
    """The method that was declined has paid for credits: it may be tried again."""
    settings = await AutoRecharge.get_or_none(workspace_id=paid.workspace_id).select_related(
        "declined_payment"
    )
    declined = settings.declined_payment if settings else None
    if declined and declined.method_id == paid.method_id:
        await unblock(paid.workspace_id)


async def switch_off(workspace_id: UUID) -> None:
    """Charge nothing by itself any more; a charge under way goes on."""
    settings = AutoRecharge.filter(workspace_id=workspace_id, enabled=True)
    if await settings.update(enabled=False, wanted_at=None, declined_payment_id=None):
        await look_out(workspace_id)


async def is_on(workspace_id: UUID) -> bool:
    """Whether this workspace is charged by itself when its credits run low."""
    return await AutoRecharge.exists(workspace_id=workspace_id, enabled=True)


async def wanted() -> list[UUID]:
    """The workspaces whose balance was found too low, and that nobody has charged yet."""
    found = AutoRecharge.filter(wanted_at__isnull=False)
    return [row.workspace_id for row in await found.only("workspace_id")]


async def look_out(workspace_id: UUID, *, since: datetime | None = None) -> None:
    """Write on the balance whether it is to be looked out for, and from when on, as things stand.

    It is when auto-recharge is on, no decline blocks it, and no charge is wanted or under way.
    """
    await connections.get("default").execute_query(_LOOK_OUT, [workspace_id, since])
