"""Calling off an outstanding invoice, by an operator's word (R38)."""

from __future__ import annotations

from uuid import UUID

from models.invoices import Invoice, InvoiceReason, InvoiceStatus
from models.payments import UNDECIDED, Payment, PaymentStatus
from services import agenda, dunning, invoices, payments, pending_changes, recharges
from services.answers import Answer
from services.errors import InvoiceNotVoidable, NoChange, PaymentInProgress
from services.gateway import Gateway
from services.idempotency import Command, once
from services.inputs import text
from services.locks import locked_subscription
from services.payments import WaitsForPayer

REASON_LENGTH_MAX = 500


async def void_invoice(
    command: Command, invoice_id: UUID, *, reason: str, gateway: Gateway
) -> Answer:
    """Call off an outstanding invoice: nobody owes it, and what waited for its money is dropped.

    Its dunning ends, which heals the subscription if it was the last. What has begun stays: the
    period of a void renewal is given away, without its credits. A payment that waits for its payer
    is given up first; money of one that cannot be called back becomes unapplied balance when it
    arrives. Raises InvalidInput, NoChange, InvoiceNotVoidable, PaymentInProgress while the provider
    is being asked, PaymentUnavailable.
    """
    given_up: set[UUID] = set()
    while True:
        try:
            return await once(command, lambda: _void(command, invoice_id, reason, given_up))
        except WaitsForPayer as waiting:
            await payments.give_up(waiting.payment, gateway, given_up)


async def _void(command: Command, invoice_id: UUID, reason: str, given_up: set[UUID]) -> Answer:
    why = text(reason, path=("reason",), length_max=REASON_LENGTH_MAX)
    subscription = await locked_subscription(command.scope)
    now = subscription.workspace.now
    invoice = await Invoice.select_for_update().get(id=invoice_id)
    if invoice.status is InvoiceStatus.VOID:
        raise NoChange(f"Invoice {invoice.number} is void already.", path=("invoiceId",))
    if invoice.status not in invoices.OUTSTANDING:
        raise InvoiceNotVoidable(invoice.number, invoice.status)
    waiting = await Payment.get_or_none(invoice_id=invoice.id, status__in=UNDECIDED)
    if waiting and waiting.status is PaymentStatus.PENDING:
        raise PaymentInProgress(invoice.number)
    if waiting and waiting.status is PaymentStatus.REQUIRES_ACTION:
        await payments.withdraw(waiting, given_up, now=now)
    await pending_changes.forget(invoice)
    await invoices.void(invoice, subscription.workspace, now=now, reason=why)
    await dunning.heal(invoice, subscription)
    if invoice.reason is InvoiceReason.AUTO_RECHARGE:
        await recharges.look_out(command.scope)
    await agenda.note_next(subscription)
    return Answer(objects={"invoice": invoice.id})
