"""Charging: one transaction opens the payment, the network is called, one transaction settles it.

A crash anywhere leaves a PENDING payment, which `repair` (or a repeat of the command) takes up
again with the same operation id: the provider then answers what it did the first time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from tortoise.transactions import in_transaction

from models.invoices import Invoice
from models.payments import ARRIVED, MAY_ARRIVE, UNDECIDED, Payment, PaymentStatus
from models.subscriptions import Subscription
from services import (
    agenda,
    balances,
    dunning,
    invoices,
    pending_changes,
    renewals,
    top_ups,
)
from services.answers import Answer
from services.errors import (
    BillingError,
    InvoiceNotPayable,
    PaymentActionRequired,
    PaymentDeclined,
    PaymentInProgress,
    PaymentUnavailable,
)
from services.gateway import (
    ActionRequired,
    Charge,
    Declined,
    Gateway,
    GatewayUnavailable,
    Outcome,
    Processing,
    Succeeded,
)
from services.idempotency import Command, conclude, once
from services.locks import locked_subscription
from services.payment_attempts import open_payment
from services.payment_methods import method_to_charge
from services.repairs import REPAIR_AFTER, old_enough, repair_each

# A provider that keeps us waiting past the time it named is asked again after this.
ASK_AGAIN_AFTER = timedelta(hours=1)
WITHDRAWN = "withdrawn"


async def collect(payment_id: UUID, gateway: Gateway) -> Payment:
    """Charge a pending payment and settle it. Safe to repeat, also by several at once.

    When its invoice is not owed any more nobody is charged; whether somebody was is found out.
    Raises PaymentUnavailable when the provider does not answer; the payment stays pending.
    """
    payment = await Payment.get(id=payment_id).select_related("method", "workspace", "invoice")
    if payment.status is not PaymentStatus.PENDING:
        return payment
    try:
        return await settle(payment.id, await _outcome_of(payment, gateway))
    except GatewayUnavailable as silence:
        raise PaymentUnavailable from silence


def charge_of(payment: Payment) -> Charge:
    """What the provider is asked for; the payment's method is loaded."""
    assert payment.method is not None, "what is to be charged has a method"
    return Charge(
        operation_id=payment.id,
        method_reference=payment.method.gateway_reference,
        amount=payment.amount,
        at=payment.opened_at,
    )


async def settle(payment_id: UUID, outcome: Outcome) -> Payment:
    """Write what became of a payment and all that follows from it, in one transaction.

    Once a payment is decided it stays so, and a second answer changes nothing; but money that
    arrives after it was called declined is money, and nobody's loss.
    """
    found = await Payment.get(id=payment_id)
    async with in_transaction():
        subscription = await locked_subscription(found.workspace_id)
        invoice = await Invoice.select_for_update().get(id=found.invoice_id)
        payment = await Payment.select_for_update().get(id=payment_id)
        if not _is_news(payment, outcome):
            return payment
        now = subscription.workspace.now
        match outcome:
            case Succeeded():
                _decide(payment, PaymentStatus.SUCCEEDED, outcome.reference, now=now)
                payment.decline_code = None
                await _arrived(payment, invoice, subscription, now=now)
            case Declined():
                _decide(payment, PaymentStatus.FAILED, outcome.reference, now=now)
                payment.decline_code = outcome.decline_code
                await pending_changes.drop(invoice, subscription, now=now)
                await top_ups.call_off(invoice, subscription.workspace, now=now)
                await dunning.note_decline(invoice, payment)
            case Processing():
                payment.status = PaymentStatus.PROCESSING
                payment.gateway_reference = outcome.reference
                payment.expected_at = max(outcome.until, now + ASK_AGAIN_AFTER)
                _forget_action(payment)
                await pending_changes.wait_until(invoice, outcome.until)
            case ActionRequired():
                payment.status = PaymentStatus.REQUIRES_ACTION
                payment.gateway_reference = outcome.reference
                payment.action_client_secret = outcome.client_secret
                payment.action_redirect_url = outcome.redirect_url
                payment.expected_at = max(outcome.until, now + ASK_AGAIN_AFTER)
        await payment.save()
        await top_ups.settled(invoice, payment, now=now)
        await agenda.note_next(subscription)
        return payment


def refusals_of(payment: Payment) -> list[BillingError]:
    """How a payment that did not (yet) succeed is told to who asked for it."""
    if payment.status is PaymentStatus.FAILED:
        return [PaymentDeclined(payment.decline_code, payment.invoice_id)]
    if payment.status is PaymentStatus.REQUIRES_ACTION:
        return [
            PaymentActionRequired(
                client_secret=payment.action_client_secret,
                redirect_url=payment.action_redirect_url,
                invoice_id=payment.invoice_id,
            )
        ]
    return []


async def carry_out(command: Command, opened: Answer, gateway: Gateway) -> Answer:
    """Collect the payment that an opened command waits for, and give its final answer."""
    if opened.collecting is None:
        return opened
    payment = await collect(opened.collecting, gateway)
    answer = Answer(objects=opened.objects, refusals=refusals_of(payment))
    await conclude(command, answer)
    return answer


async def pay_invoice(
    command: Command, invoice_id: UUID, *, method_id: UUID | None, gateway: Gateway
) -> Answer:
    """Charge what is due on an invoice to a method, the default one when none is named.

    A payment of it that waits for its payer is given up first, unless a renewal waits for its
    outcome: that is not to wait for one card after another. Raises InvoiceNotPayable,
    PaymentInProgress, PaymentMethodRequired, NotFound; PaymentDeclined and PaymentActionRequired
    come in the answer.
    """
    given_up: set[UUID] = set()
    while True:
        try:
            opened = await once(
                command, lambda: _open_for_invoice(command, invoice_id, method_id, given_up)
            )
        except WaitsForPayer as waiting:
            await give_up(waiting.payment, gateway, given_up)
        else:
            return await carry_out(command, opened, gateway)


async def repair(
    gateway: Gateway, *, older_than: timedelta = REPAIR_AFTER, thorough: bool = True
) -> int:
    """Find out what became of undecided payments, and settle those. Returns how many were seen.

    Pending ones are charged again under their own id (a crash came between charge and settle, or
    before both), the others are asked about; which of them, says `repairs.old_enough`.
    """
    undecided = Payment.filter(status__in=UNDECIDED)

    async def repair_one(payment: Payment) -> None:
        if payment.status is PaymentStatus.PENDING:
            await collect(payment.id, gateway)
        else:
            await find_out(payment.id, gateway)

    return await repair_each(
        old_enough(undecided, older_than=older_than, thorough=thorough), repair_one
    )


async def undecided_count() -> int:
    """How many payments wait for the provider, for their payer or for a bank."""
    return await Payment.filter(status__in=UNDECIDED).count()


async def find_out(payment_id: UUID, gateway: Gateway) -> Payment:
    """Ask the provider about a payment that it knows, and settle it by the answer.

    Raises PaymentUnavailable when the provider does not answer; the payment waits on.
    """
    payment = await Payment.get(id=payment_id).select_related("workspace")
    try:
        outcome = await gateway.find(payment.id, now=payment.workspace.now)
    except GatewayUnavailable as silence:
        raise PaymentUnavailable from silence
    assert outcome is not None, f"the provider has forgotten payment {payment.id}"
    return await settle(payment.id, outcome)


async def arrived(payment_id: UUID, gateway: Gateway) -> Payment | None:
    """A payment that the provider has given back or lost again: settled first, if it was not.

    None when it is not in our books. Raises PaymentUnavailable.
    """
    payment = await Payment.get_or_none(id=payment_id)
    if payment is None:
        return None
    if payment.status in MAY_ARRIVE:
        payment = await find_out(payment.id, gateway)
    assert payment.status in ARRIVED, f"payment {payment.id} went back and is {payment.status}"
    return payment


class WaitsForPayer(Exception):
    """The invoice has a payment that must be given up at the provider first."""

    def __init__(self, payment: Payment) -> None:
        super().__init__(payment.id)
        self.payment = payment


async def _open_for_invoice(
    command: Command, invoice_id: UUID, method_id: UUID | None, given_up: set[UUID]
) -> Answer:
    subscription = await locked_subscription(command.scope)
    now = subscription.workspace.now
    invoice = await Invoice.select_for_update().get(id=invoice_id)
    if invoice.status not in invoices.OUTSTANDING:
        raise InvoiceNotPayable(invoice.number, invoice.status)
    earlier = await Payment.get_or_none(invoice_id=invoice.id, status__in=UNDECIDED)
    if earlier and earlier.status is not PaymentStatus.REQUIRES_ACTION:
        raise PaymentInProgress(invoice.number)
    method = await method_to_charge(command.scope, method_id, now=now)
    if earlier and earlier.method_id == method.id:
        # the payer has the provider's question before them: another one would only confuse
        return Answer(
            objects={"invoice": invoice.id, "payment": earlier.id}, refusals=refusals_of(earlier)
        )
    if earlier:
        if await pending_changes.holds_up_renewal(invoice, subscription):
            raise PaymentInProgress(invoice.number)
        await withdraw(earlier, given_up, now=now)
    payment = await open_payment(invoice, method, now=now, payer_present=True)
    return Answer(objects={"invoice": invoice.id, "payment": payment.id}, collecting=payment.id)


async def withdraw(waiting: Payment, given_up: set[UUID], *, now: datetime) -> None:
    """Write that a payment which waited for its payer was given up at the provider.

    Raises WaitsForPayer when it was not: then `give_up` does that, outside the transaction.
    """
    if waiting.id not in given_up:
        raise WaitsForPayer(waiting)
    _decide(waiting, PaymentStatus.FAILED, waiting.gateway_reference, now=now)
    waiting.decline_code = WITHDRAWN
    await waiting.save()


async def give_up(payment: Payment, gateway: Gateway, given_up: set[UUID]) -> None:
    """Have the provider decline a payment that waits for its payer, or learn what became of it."""
    workspace = await payment.workspace
    try:
        outcome = await gateway.cancel(payment.id, now=workspace.now)
    except GatewayUnavailable as silence:
        raise PaymentUnavailable from silence
    if isinstance(outcome, Declined):
        # settled in the transaction that goes on with the invoice, so that it never stands
        # without a payment: its pending change would be dropped
        given_up.add(payment.id)
    else:
        await settle(payment.id, outcome)


async def _arrived(
    payment: Payment, invoice: Invoice, subscription: Subscription, *, now: datetime
) -> None:
    """What follows from money that is ours: a paid invoice, or a balance if none is owed (R38).

    An invoice that is void, or that another payment has paid meanwhile, takes none.
    """
    if invoice.status not in invoices.OUTSTANDING:
        await balances.receive(subscription.workspace, payment, now=now)
        return
    await invoices.add_payment(invoice, payment.amount, now=now)
    await pending_changes.take_effect(invoice, subscription, now=now)
    await top_ups.paid(invoice, now=now)
    await renewals.paid(invoice, subscription, now=now)


async def _outcome_of(payment: Payment, gateway: Gateway) -> Outcome:
    if payment.invoice.status not in invoices.OUTSTANDING:
        known = await gateway.find(payment.id, now=payment.workspace.now)
        return known or Declined(None, WITHDRAWN)
    return await gateway.charge(charge_of(payment))


def _is_news(payment: Payment, outcome: Outcome) -> bool:
    if payment.status is PaymentStatus.FAILED:
        return isinstance(outcome, Succeeded)
    return payment.status in UNDECIDED


def _decide(
    payment: Payment, status: PaymentStatus, reference: str | None, *, now: datetime
) -> None:
    payment.status, payment.decided_at = status, now
    payment.gateway_reference = reference or payment.gateway_reference
    _forget_action(payment)


def _forget_action(payment: Payment) -> None:
    payment.action_client_secret = payment.action_redirect_url = None
