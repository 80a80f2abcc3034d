"""Payers who take a payment back through their banks (R15, R39).

What the provider tells of a dispute is a hint: how it stands is asked, and booked in one
transaction. It marks the payment, and takes back the bought credits while the bank has the money.
"""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from tortoise.transactions import in_transaction
from uuid_utils.compat import uuid7

from models.disputes import DECIDED_DISPUTES, Dispute, DisputeStatus
from models.payments import ARRIVED, Payment
from services import agenda, balances, dispute_credits, payments, recharges
from services.answers import Answer
from services.errors import Forbidden, InvalidInput
from services.gateway import DisputeSimulator, Gateway, KnownDispute
from services.inputs import money
from services.payment_books import PaymentBooks, locked_books, note_standing
from services.repairs import repair_each


async def find_out(reference: str, gateway: Gateway) -> bool:
    """Ask the provider how a dispute stands, and book that. Safe to repeat, also by several.

    Returns whether it is about a payment of ours. Raises GatewayUnavailable, PaymentUnavailable.
    """
    while True:
        before = await Dispute.get_or_none(gateway_reference=reference)
        known = await gateway.find_dispute(reference)
        if known is None:
            return False
        if await payments.arrived(known.payment_id, gateway) is None:
            return False
        if await _book(known, revision=before.revision if before else 0):
            return True


async def repair(gateway: Gateway) -> int:
    """Ask about the disputes that are not decided, in case nobody has told."""
    undecided = Dispute.filter(status__not_in=DECIDED_DISPUTES)

    async def repair_one(dispute: Dispute) -> None:
        await find_out(dispute.gateway_reference, gateway)

    return await repair_each(undecided, repair_one)


async def undecided_count() -> int:
    """How many disputes wait for their bank, or for our answer."""
    return await Dispute.filter(status__not_in=DECIDED_DISPUTES).count()


async def simulate(
    payment_id: UUID, status: DisputeStatus, amount: Decimal | None, *, gateway: Gateway
) -> Answer:
    """Let a payer of the sandbox dispute a payment, or the bank go on with it (simulateDispute).

    `amount` is of a dispute that begins; None: all of the payment. Raises Forbidden, InvalidInput.
    """
    if not isinstance(gateway, DisputeSimulator):
        raise Forbidden("Disputes are simulated in the sandbox; here payers make them.")
    payment = await Payment.get(id=payment_id)
    if payment.method_id is None or payment.status not in ARRIVED:
        problem = "Only what was charged to a payment method, and has arrived, can be disputed."
        raise InvalidInput(problem, path=("paymentId",))
    disputed = payment.amount
    if amount is not None:
        disputed = money(amount, payment.currency, path=("amount",))
    if disputed > payment.amount:
        problem = f"The payment is of {payment.amount}, and no more can be disputed."
        raise InvalidInput(problem, path=("amount",))
    await find_out(await gateway.simulate_dispute(payment.id, status, disputed), gateway)
    return Answer(objects={"payment": payment.id})


async def _book(known: KnownDispute, *, revision: int) -> bool:
    """Write how a dispute stands and what follows. Returns False, and writes nothing, if somebody
    has written since it had that `revision`: then what is `known` may be older than what they knew.
    """
    async with in_transaction():
        books = await locked_books(known.payment_id)
        dispute = await Dispute.select_for_update().get_or_none(gateway_reference=known.reference)
        if (dispute.revision if dispute else 0) != revision:
            return False
        if dispute is None:
            dispute = await _begin(known, books)
            held_money = False
        elif _is_news(dispute, known):
            held_money = dispute.holds_money
            _update(dispute, known, books)
        else:
            return True
        if dispute.holds_money and not held_money:
            await _take(dispute, books)
        if held_money and not dispute.holds_money:
            await _give_back(dispute, books)
        await dispute.save()
        await note_standing(books.payment)
        await agenda.note_next(books.subscription)
        return True


async def _begin(known: KnownDispute, books: PaymentBooks) -> Dispute:
    # its id tells when it began at the provider, as other ids tell when we began
    id = uuid7(nanoseconds=int(known.made_at.timestamp()) * 10**9)
    return await Dispute.create(
        id=id,
        workspace_id=books.workspace.id,
        payment_id=books.payment.id,
        gateway_reference=known.reference,
        status=known.status,
        amount_cents=known.amount.cents,
        currency=known.amount.currency,
        reason=known.reason,
        due_by=known.due_by,
        opened_at=books.now,
        decided_at=books.now if known.status in DECIDED_DISPUTES else None,
    )


def _is_news(dispute: Dispute, known: KnownDispute) -> bool:
    return (dispute.status, dispute.due_by) != (known.status, known.due_by)


def _update(dispute: Dispute, known: KnownDispute, books: PaymentBooks) -> None:
    if not dispute.holds_money:  # what was taken for an amount is given back for the same
        dispute.amount_cents = known.amount.cents
    dispute.status, dispute.due_by = known.status, known.due_by
    dispute.decided_at = books.now if known.status in DECIDED_DISPUTES else None
    dispute.revision += 1


async def _take(dispute: Dispute, books: PaymentBooks) -> None:
    """The payer's bank has the money: so nobody is to charge this payer again unasked."""
    if books.is_of_balance:
        await balances.take_disputed(books.workspace, books.payment, dispute.amount, now=books.now)
    else:
        await dispute_credits.take(dispute, books.invoice, now=books.now)
    await recharges.switch_off(books.workspace.id)


async def _give_back(dispute: Dispute, books: PaymentBooks) -> None:
    if books.is_of_balance:
        await balances.give_disputed_back(
            books.workspace, books.payment, dispute.amount, now=books.now
        )
    else:
        await dispute_credits.give_back(dispute, books.invoice, now=books.now)
