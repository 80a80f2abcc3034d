"""Unapplied balance: a workspace's money that no invoice has claimed; the next one uses it (R38).

It changes under the subscription's lock only, one entry for each change. Below zero it is what the
next invoice collects besides: what was too little to be charged, or went back though it was used.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tortoise import connections

from models.balances import BalanceEntry, BalanceEntryKind
from models.invoices import Invoice
from models.money import Money
from models.payments import Payment, PaymentStatus
from models.refunds import Refund
from models.workspaces import Workspace


async def receive(workspace: Workspace, payment: Payment, *, now: datetime) -> None:
    """Keep the money of a payment that arrived when nothing was owed on its invoice any more."""
    await _write(workspace, payment, BalanceEntryKind.LATE_PAYMENT, payment.amount, now=now)


async def received_of(payments: Sequence[Payment]) -> set[UUID]:
    """Those of these payments whose money was kept here: it came too late for their invoice."""
    entries = BalanceEntry.filter(
        payment_id__in=[payment.id for payment in payments], kind=BalanceEntryKind.LATE_PAYMENT
    )
    return {entry.payment_id for entry in await entries}


async def apply(workspace: Workspace, invoice: Invoice, amount: Money, *, now: datetime) -> None:
    """Pay so much of an invoice, which counts it as paid already, from the balance.

    Of a negative amount: the invoice collects what the balance is short of.
    """
    payment = await Payment.create(
        workspace_id=workspace.id,
        invoice_id=invoice.id,
        method_id=None,
        status=PaymentStatus.SUCCEEDED,
        amount_cents=amount.cents,
        currency=amount.currency,
        opened_at=now,
        decided_at=now,
    )
    await _write(workspace, payment, BalanceEntryKind.APPLIED, _less(amount), now=now)


async def release(workspace: Workspace, invoice: Invoice, *, now: datetime) -> None:
    """Give back what an invoice that is called off has used of the balance."""
    used = Payment.filter(
        invoice_id=invoice.id, method_id=None, status=PaymentStatus.SUCCEEDED
    ).order_by("id")
    for payment in await used:
        payment.status, payment.refunded_cents = PaymentStatus.REFUNDED, payment.amount_cents
        await payment.save(update_fields=["status", "refunded_cents"])
        invoice.amount_paid_cents -= payment.amount_cents
        await _write(workspace, payment, BalanceEntryKind.RELEASED, payment.amount, now=now)


async def put_back(
    workspace: Workspace, payment: Payment, refund: Refund, *, now: datetime
) -> None:
    """Give back to the balance what an invoice had used of it, because that is refunded."""
    await _write(workspace, payment, BalanceEntryKind.RELEASED, refund.amount, now=now)


async def set_aside(
    workspace: Workspace, payment: Payment, refund: Refund, *, now: datetime
) -> None:
    """Take out of the balance what the provider is about to give back to its payer."""
    await _write(workspace, payment, BalanceEntryKind.REFUND, _less(refund.amount), now=now)


async def keep_after_all(
    workspace: Workspace, payment: Payment, refund: Refund, *, now: datetime
) -> None:
    """Keep what was to go back: the refund failed, or the payer's bank has sent it back since."""
    await _write(workspace, payment, BalanceEntryKind.REFUND_FAILED, refund.amount, now=now)


async def take_disputed(
    workspace: Workspace, payment: Payment, amount: Money, *, now: datetime
) -> None:
    """Take out of the balance what the payer's bank has taken back of money that is kept here."""
    await _write(workspace, payment, BalanceEntryKind.DISPUTE, _less(amount), now=now)


async def give_disputed_back(
    workspace: Workspace, payment: Payment, amount: Money, *, now: datetime
) -> None:
    """Put back what a dispute had taken that is won."""
    await _write(workspace, payment, BalanceEntryKind.DISPUTE_WON, amount, now=now)


async def _write(
    workspace: Workspace, payment: Payment, kind: BalanceEntryKind, amount: Money, *, now: datetime
) -> None:
    rows = await connections.get("default").execute_query_dict(
        "UPDATE workspace SET balance_cents = balance_cents + $2, "
        "balance_entry_count = balance_entry_count + 1 WHERE id = $1 "
        "RETURNING balance_cents, balance_entry_count",
        [workspace.id, amount.cents],
    )
    workspace.balance_cents = rows[0]["balance_cents"]
    await BalanceEntry.create(
        workspace_id=workspace.id,
        sequence=rows[0]["balance_entry_count"],
        kind=kind,
        amount_cents=amount.cents,
        balance_after_cents=workspace.balance_cents,
        currency=amount.currency,
        payment_id=payment.id,
        occurred_at=now,
    )


def _less(amount: Money) -> Money:
    return Money(-amount.cents, amount.currency)
