"""Time passes in one workspace: everything that has fallen due is done, in order.

The worker does this for real time, `advanceClock` for a sandbox clock; the code is the same.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tortoise.transactions import in_transaction

from models.invoices import Dunning, Invoice
from models.payments import Payment, PaymentStatus
from models.refunds import Refund, RefundStatus
from models.subscriptions import Subscription
from models.workspaces import Workspace
from services import (
    agenda,
    auto_recharge,
    calls,
    dunning,
    payments,
    recharges,
    refunds,
    renewals,
)
from services.agenda import Due, Kind
from services.answers import Answer
from services.errors import Forbidden, InvalidInput
from services.gateway import Gateway
from services.inputs import instant, rfc3339
from services.ledger import Book
from services.locks import locked_subscription


async def advance(workspace_id: UUID, *, to: datetime, gateway: Gateway) -> Answer:
    """Move a sandbox clock on to `to`, doing on the way all that falls due (advanceClock).

    Raises Forbidden with live payments or for a workspace in real time, InvalidInput for a moment
    that is past.
    """
    if not gateway.is_sandbox:
        raise Forbidden("Clocks are a sandbox feature; payments are live here.")
    instant(to, path=("to",))
    workspace = await Workspace.get(id=workspace_id)
    if workspace.clock_at is None:
        raise Forbidden(
            "This workspace lives in real time; only one that createWorkspace made with "
            "startClockAt has a clock that can be moved.",
            path=("workspaceId",),
        )
    if to < workspace.clock_at:
        raise InvalidInput(
            f"The clock stands at {rfc3339(workspace.clock_at)} and does not go back "
            f"to {rfc3339(to)}.",
            path=("to",),
        )
    before = workspace.invoice_count
    await run_until(workspace_id, to, gateway)
    issued = await Invoice.filter(workspace_id=workspace_id, sequence__gt=before)
    moved = await Workspace.get(id=workspace_id)
    return Answer(
        objects={"workspace": workspace_id},
        values={"now": moved.now, "invoices": sorted(issued, key=lambda row: row.sequence)},
    )


async def run_until(
    workspace_id: UUID, until: datetime, gateway: Gateway, *, steps_max: int | None = None
) -> int:
    """Do, one after the other, what falls due by `until`. Returns how many things were done.

    Each is one transaction under the workspace's lock; a charge is collected before the next, by
    whoever comes first. Safe to be run by any number of callers at once, and to be killed.
    """
    steps = 0
    while True:
        await _collect_pending(workspace_id, gateway)
        done, asked = await _do_next(workspace_id, until)
        if asked is not None:
            await _find_out(asked, gateway)
        if not done:
            return steps
        steps += 1
        if steps == steps_max:
            await _collect_pending(workspace_id, gateway)
            return steps


async def _collect_pending(workspace_id: UUID, gateway: Gateway) -> None:
    for payment in await Payment.filter(workspace_id=workspace_id, status=PaymentStatus.PENDING):
        await payments.collect(payment.id, gateway)
    for refund in await Refund.filter(workspace_id=workspace_id, status=RefundStatus.PENDING):
        await refunds.carry_through(refund.id, gateway)


async def _find_out(asked: Due, gateway: Gateway) -> None:
    if asked.kind is Kind.REFUND:
        await refunds.find_out(asked.row_id, gateway)
    else:
        await payments.find_out(asked.row_id, gateway)


async def _do_next(workspace_id: UUID, until: datetime) -> tuple[bool, Due | None]:
    """One thing that is due, if any; and it again if the provider must be asked about it."""
    async with in_transaction():
        subscription = await locked_subscription(workspace_id)
        if await Payment.exists(workspace_id=workspace_id, status=PaymentStatus.PENDING):
            return True, None  # another caller has just opened one: collect it first
        due = await agenda.next_due(subscription)
        if due is None or due.at > until:
            await _move_clock(subscription, until)
            return False, None
        await _move_clock(subscription, due.at)
        asked = await _perform(due, subscription)
        await agenda.note_next(subscription)
        return True, asked


async def _perform(due: Due, subscription: Subscription) -> Due | None:
    now = subscription.workspace.now
    match due.kind:
        case Kind.PAYMENT | Kind.REFUND:
            return due
        case Kind.EXPIRY:
            book = await Book.lock(due.row_id, now=now)
            await recharges.note_balance(subscription.workspace_id, book)
        case Kind.RENEWAL:
            await renewals.renew(subscription, now=now)
        case Kind.DUNNING:
            row = await Dunning.get(id=due.row_id)
            await dunning.take_step(row, subscription, now=now)
        case Kind.RECHARGE:
            await auto_recharge.recharge(subscription, now=now)
        case Kind.CALL:
            await calls.look_after(due.row_id, subscription)
    return None


async def _move_clock(subscription: Subscription, to: datetime) -> None:
    workspace = subscription.workspace
    if workspace.clock_at is not None and workspace.clock_at < to:
        workspace.clock_at = to
        await workspace.save(update_fields=["clock_at"])
