"""Giving money back: one transaction opens the refund, the network is called, one settles it.

As in payments.py: a crash anywhere leaves a PENDING refund, which `repair` (or a repeat of the
command) takes up again with the same operation id. What went back is not owed either: a credit note
says so (R39).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from tortoise import connections
from tortoise.transactions import in_transaction
from uuid_utils.compat import uuid7

from models.money import Money
from models.payments import UNDECIDED, Payment, PaymentStatus
from models.refunds import UNDECIDED_REFUNDS, CreditNote, Refund, RefundStatus
from services import agenda, balances, credits, invoices, payments
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
    RefundMade,
    RefundOutcome,
    Repayment,
    Succeeded,
)
from services.idempotency import Command, conclude, once
from services.inputs import money, text
from services.payment_books import PaymentBooks, locked_books, note_standing
from services.payments import ASK_AGAIN_AFTER
from services.repairs import REPAIR_AFTER, old_enough, repair_each

logger = logging.getLogger(__name__)

REASON_LENGTH_MAX = 500
SENT_BACK = "sent_back"  # where the provider gives no reason
REFUNDABLE = (PaymentStatus.SUCCEEDED, PaymentStatus.PARTIALLY_REFUNDED)


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """What refundPayment takes; `amount` None: all that is left."""

    amount: Decimal | None
    reason: str


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

    Once a refund is decided it stays so: a second answer changes nothing, but that what went was
    sent back.
    """
    found = await Refund.get(id=refund_id)
    async with in_transaction():
        books = await locked_books(found.payment_id)
        refund = await Refund.select_for_update().get(id=refund_id)
        if refund.status is RefundStatus.SUCCEEDED and isinstance(outcome, Declined):
            await _keep_for_the_payer(refund, outcome, books)
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


async def take_in(made: RefundMade, gateway: Gateway) -> bool:
    """Book what somebody else has given back of a payment of ours, as in the provider's dashboard.

    Once, however often it is told. Returns whether it is a payment of ours. Raises
    PaymentUnavailable.
    """
    if await payments.arrived(made.payment_id, gateway) is None:
        return False
    async with in_transaction():
        books = await locked_books(made.payment_id)
        refund = await Refund.get_or_none(gateway_reference=made.reference)
        if refund is None:
            refund = await _made_elsewhere(made, books)
    await settle(refund.id, made.outcome)
    return True


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
    books = await locked_books(payment_id)
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


async def _made_elsewhere(made: RefundMade, books: PaymentBooks) -> Refund:
    refund = await Refund.create(
        # its id tells when it was made there, as other ids tell when we did
        id=uuid7(nanoseconds=int(made.made_at.timestamp()) * 10**9),
        workspace_id=books.workspace.id,
        payment_id=books.payment.id,
        status=RefundStatus.PROCESSING,
        amount_cents=made.amount.cents,
        currency=made.amount.currency,
        reason=made.reason,
        gateway_reference=made.reference,
        made_elsewhere=True,
        opened_at=books.now,
    )
    if books.is_of_balance:
        await balances.set_aside(books.workspace, books.payment, refund, now=books.now)
    return refund


async def _amount(books: PaymentBooks, wanted: Money | None) -> Money:
    """How much is to be given back: what is wanted, or all that is left."""
    payment = books.payment
    if payment.status in UNDECIDED:
        raise PaymentInProgress(books.invoice.number, path=("paymentId",))
    under_way = await Refund.filter(payment_id=payment.id, status__in=UNDECIDED_REFUNDS).first()
    if under_way:
        raise RefundInProgress(under_way.amount)
    left = _left(books)
    if left.cents <= 0 or (wanted is not None and wanted > left):
        raise RefundTooLarge(left, payment.status)
    if books.invoice.status in invoices.OUTSTANDING:
        problem = (
            f"Invoice {books.invoice.number} is not paid yet; voiding it gives back what it has "
            "used of the balance."
        )
        raise InvalidInput(problem, path=("paymentId",))
    return wanted or left


def _left(books: PaymentBooks) -> Money:
    """What can be given back: of money in the balance what no later invoice has used."""
    payment = books.payment
    if payment.status not in REFUNDABLE:
        return Money(0, payment.currency)
    left = payment.amount - payment.refunded
    if books.is_of_balance:
        return min(left, Money(books.workspace.balance_cents, payment.currency))
    # what it has collected besides, for the balance, was owed for another invoice
    return min(left, books.invoice.amount_paid)


async def _succeed(refund: Refund, books: PaymentBooks) -> None:
    """The money is the payer's again: the payment says so, and a credit note what is not owed."""
    refund.status, refund.decided_at = RefundStatus.SUCCEEDED, books.now
    payment = books.payment
    payment.refunded_cents += refund.amount_cents
    await note_standing(payment)
    if books.is_of_balance:
        return  # nothing was billed for it, so there is nothing to correct
    await invoices.credit(books.invoice, refund.amount)
    await _issue_note(refund, books)
    await credits.take_back(books.invoice, refund.amount, now=books.now)


async def _keep_for_the_payer(refund: Refund, outcome: Declined, books: PaymentBooks) -> None:
    """The payer's bank has sent back, days later, what went: the balance has it for them.

    What was credited for it stays credited, so the next invoice uses it. A refusal without this
    refund's name is of a try that came too late.
    """
    is_about_it = outcome.reference is not None and outcome.reference == refund.gateway_reference
    if refund.decline_code is not None or not is_about_it:
        return
    refund.decline_code = outcome.decline_code or SENT_BACK
    await refund.save(update_fields=["decline_code"])
    await balances.keep_after_all(books.workspace, books.payment, refund, now=books.now)
    logger.error(
        "refund %s of %s was sent back (%s); the unapplied balance of workspace %s has it",
        refund.id,
        refund.amount,
        refund.decline_code,
        refund.workspace_id,
    )


async def _issue_note(refund: Refund, books: PaymentBooks) -> None:
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
