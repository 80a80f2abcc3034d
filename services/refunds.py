"""Giving money back: one transaction opens the refund, the network is called, one settles it.

As in payments.py: a crash anywhere leaves a PENDING refund, which `repair` (or a repeat of the
command) takes up again with the same operation id. What went back is not owed either: a credit note
says so (R39).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from tortoise import connections
from tortoise.transactions import in_transaction

from models.invoices import Invoice
from models.money import Money
from models.payments import UNDECIDED, Payment, PaymentStatus
from models.refunds import UNDECIDED_REFUNDS, CreditNote, Refund, RefundStatus
from models.subscriptions import Subscription
from models.workspaces import Workspace
from services import agenda, balances, credits, invoices
from services.answers import Answer
from services.errors import (
    InvalidInput,
    PaymentInProgress,
    PaymentUnavailable,
    RefundDeclined,
    RefundInProgress,
    RefundTooLarge,
)
from services.gateway import (
    Declined,
    Gateway,
    GatewayUnavailable,
    Processing,
    RefundOutcome,
    Repayment,
    Succeeded,
)
from services.idempotency import Command, conclude, once
from services.inputs import money, text
from services.locks import locked_subscription
from services.payments import ASK_AGAIN_AFTER
from services.repairs import REPAIR_AFTER, old_enough, repair_each

REASON_LENGTH_MAX = 500
REFUNDABLE = (PaymentStatus.SUCCEEDED, PaymentStatus.PARTIALLY_REFUNDED)


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """What refundPayment takes; `amount` None: all that is left."""

    amount: Decimal | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Books:
    """The locked rows that a refund changes."""

    subscription: Subscription
    invoice: Invoice
    payment: Payment
    # whether the payment's money is (or was) in the unapplied balance: it came too late
    is_of_balance: bool

    @property
    def workspace(self) -> Workspace:
        return self.subscription.workspace

    @property
    def now(self) -> datetime:
        return self.workspace.now


async def refund_payment(
    command: Command, payment_id: UUID, request: RefundRequest, *, gateway: Gateway
) -> Answer:
    """Give back some or all of a payment, and issue a credit note when the money has gone back.

    Raises or answers InvalidInput, PaymentInProgress, RefundInProgress, RefundTooLarge,
    RefundDeclined; PaymentUnavailable when the provider does not answer.
    """
    opened = await once(command, lambda: _open(payment_id, request))
    if opened.collecting is None:
        return opened
    refund = await carry_through(opened.collecting, gateway)
    answer = await _answer_of(refund)
    await conclude(command, answer)
    return answer


async def carry_through(refund_id: UUID, gateway: Gateway) -> Refund:
    """Have the provider give back a pending refund, and settle it. Safe to repeat, by several.

    Raises PaymentUnavailable when the provider does not answer; the refund stays pending.
    """
    refund = await Refund.get(id=refund_id).select_related("payment")
    if refund.status is not RefundStatus.PENDING:
        return refund
    assert refund.payment.gateway_reference is not None, "what arrived has a name at the provider"
    repayment = Repayment(
        operation_id=refund.id,
        charge_reference=refund.payment.gateway_reference,
        amount=refund.amount,
        at=refund.opened_at,
    )
    try:
        outcome = await gateway.refund(repayment)
    except GatewayUnavailable as silence:
        raise PaymentUnavailable("refund") from silence
    return await settle(refund.id, outcome)


async def find_out(refund_id: UUID, gateway: Gateway) -> Refund:
    """Ask the provider about a refund that it knows, and settle it by the answer.

    Raises PaymentUnavailable when the provider does not answer; the refund waits on.
    """
    refund = await Refund.get(id=refund_id).select_related("workspace")
    try:
        outcome = await gateway.find_refund(refund.id, now=refund.workspace.now)
    except GatewayUnavailable as silence:
        raise PaymentUnavailable("refund") from silence
    assert outcome is not None, f"the provider has forgotten refund {refund.id}"
    return await settle(refund.id, outcome)


async def settle(refund_id: UUID, outcome: RefundOutcome) -> Refund:
    """Write what became of a refund and all that follows from it, in one transaction.

    Once a refund is decided it stays so: a second answer changes nothing.
    """
    found = await Refund.get(id=refund_id)
    async with in_transaction():
        books = await _locked(found.workspace_id, found.payment_id)
        refund = await Refund.select_for_update().get(id=refund_id)
        if refund.status not in UNDECIDED_REFUNDS:
            return refund
        refund.gateway_reference = outcome.reference
        match outcome:
            case Succeeded():
                await _succeed(refund, books)
            case Declined():
                refund.status, refund.decided_at = RefundStatus.FAILED, books.now
                refund.decline_code = outcome.decline_code
                if books.is_of_balance:
                    await balances.keep_after_all(
                        books.workspace, books.payment, refund, now=books.now
                    )
            case Processing():
                refund.status = RefundStatus.PROCESSING
                refund.expected_at = max(outcome.until, books.now + ASK_AGAIN_AFTER)
        await refund.save()
        await agenda.note_next(books.subscription)
        return refund


async def repair(
    gateway: Gateway, *, older_than: timedelta = REPAIR_AFTER, thorough: bool = True
) -> int:
    """Find out what became of undecided refunds, as `payments.repair` does of payments."""
    undecided = Refund.filter(status__in=UNDECIDED_REFUNDS)

    async def repair_one(refund: Refund) -> None:
        if refund.status is RefundStatus.PENDING:
            await carry_through(refund.id, gateway)
        else:
            await find_out(refund.id, gateway)

    return await repair_each(
        old_enough(undecided, older_than=older_than, thorough=thorough), repair_one
    )


async def undecided_count() -> int:
    """How many refunds wait for the provider or for a bank."""
    return await Refund.filter(status__in=UNDECIDED_REFUNDS).count()


async def _open(payment_id: UUID, request: RefundRequest) -> Answer:
    reason = text(request.reason, path=("reason",), length_max=REASON_LENGTH_MAX)
    found = await Payment.get(id=payment_id)
    wanted = None
    if request.amount is not None:
        wanted = money(request.amount, found.currency, path=("amount",))
    books = await _locked(found.workspace_id, payment_id)
    amount = await _amount(books, wanted)
    refund = await Refund.create(
        workspace_id=books.workspace.id,
        payment_id=payment_id,
        status=RefundStatus.PENDING,
        amount_cents=amount.cents,
        currency=amount.currency,
        reason=reason,
        opened_at=books.now,
    )
    if books.is_of_balance:
        await balances.set_aside(books.workspace, books.payment, refund, now=books.now)
    if books.payment.method_id is not None:
        return Answer(objects={"payment": payment_id}, collecting=refund.id)
    # what was paid from the balance goes back to it: nobody else is asked
    await balances.put_back(books.workspace, books.payment, refund, now=books.now)
    await _succeed(refund, books)
    await refund.save()
    await agenda.note_next(books.subscription)
    return await _answer_of(refund)


async def _locked(workspace_id: UUID, payment_id: UUID) -> _Books:
    subscription = await locked_subscription(workspace_id)
    found = await Payment.get(id=payment_id)
    invoice = await Invoice.select_for_update().get(id=found.invoice_id)
    payment = await Payment.select_for_update().get(id=payment_id)
    is_of_balance = payment.id in await balances.received_of([payment])
    return _Books(subscription, invoice, payment, is_of_balance)


async def _amount(books: _Books, wanted: Money | None) -> Money:
    """How much is to be given back: what is wanted, or all that is left."""
    payment = books.payment
    if payment.status in UNDECIDED:
        raise PaymentInProgress(books.invoice.number, path=("paymentId",))
    under_way = await Refund.get_or_none(payment_id=payment.id, status__in=UNDECIDED_REFUNDS)
    if under_way:
        raise RefundInProgress(under_way.amount)
    left = _left(books)
    if left.cents == 0 or (wanted is not None and wanted > left):
        raise RefundTooLarge(left, payment.status)
    if books.invoice.status in invoices.OUTSTANDING:
        problem = (
            f"Invoice {books.invoice.number} is not paid yet; voiding it gives back what it has "
            "used of the balance."
        )
        raise InvalidInput(problem, path=("paymentId",))
    return wanted or left


def _left(books: _Books) -> Money:
    """What can be given back: of money in the balance what no later invoice has used."""
    payment = books.payment
    if payment.status not in REFUNDABLE:
        return Money(0, payment.currency)
    left = payment.amount - payment.refunded
    if books.is_of_balance:
        left = min(left, Money(books.workspace.balance_cents, payment.currency))
    return left


async def _succeed(refund: Refund, books: _Books) -> None:
    """The money is the payer's again: the payment says so, and a credit note what is not owed."""
    refund.status, refund.decided_at = RefundStatus.SUCCEEDED, books.now
    payment = books.payment
    payment.refunded_cents += refund.amount_cents
    is_all = payment.refunded_cents == payment.amount_cents
    payment.status = PaymentStatus.REFUNDED if is_all else PaymentStatus.PARTIALLY_REFUNDED
    await payment.save(update_fields=["refunded_cents", "status"])
    if books.is_of_balance:
        return  # nothing was billed for it, so there is nothing to correct
    await invoices.credit(books.invoice, refund.amount)
    await _issue_note(refund, books)
    await credits.take_back(books.invoice, refund.amount, now=books.now)


async def _issue_note(refund: Refund, books: _Books) -> None:
    rows = await connections.get("default").execute_query_dict(
        "UPDATE workspace SET credit_note_count = credit_note_count + 1 WHERE id = $1 "
        "RETURNING credit_note_count",
        [books.workspace.id],
    )
    sequence = int(rows[0]["credit_note_count"])
    await CreditNote.create(
        workspace_id=books.workspace.id,
        invoice_id=books.invoice.id,
        refund_id=refund.id,
        sequence=sequence,
        number=f"{books.workspace.invoice_prefix}-CN-{sequence:04d}",
        amount_cents=refund.amount_cents,
        currency=refund.currency,
        reason=refund.reason,
        issued_at=books.now,
    )


async def _answer_of(refund: Refund) -> Answer:
    if refund.status is RefundStatus.FAILED:
        payment = await Payment.get(id=refund.payment_id)
        return Answer(refusals=[RefundDeclined(refund.decline_code, payment.invoice_id)])
    objects = {"payment": refund.payment_id}
    note = await CreditNote.get_or_none(refund_id=refund.id)
    return Answer(objects=objects | ({"credit_note": note.id} if note else {}))
