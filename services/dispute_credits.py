"""What a dispute does to the credits that its payment bought: taken back, and given back when won.

Always in credits, never in dollars. Each entry names what it corrects: what is taken the grant,
what is given back the entry by which it was taken (docs/decisions/0018).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from models.credits import (
    CreditAccount,
    CreditGrantSource,
    CreditLot,
    CreditTransfer,
    LedgerEntryKind,
)
from models.disputes import HOLDS_MONEY, Dispute, DisputeTransfer
from models.invoices import Invoice
from models.money import Credits
from services import credits
from services.ledger import ISSUED, Book, Movement, Why, is_dead, write


async def take(dispute: Dispute, invoice: Invoice, *, now: datetime) -> None:
    """Take back the part of the bought credits that the disputed money has paid for.

    First what is left of them, then out of all other credits; what those have not either is owed.
    Nothing of any other invoice: what a plan included stays.
    """
    bought = await credits.bought_with(invoice.id)
    wanted = await _wanted(dispute, invoice, bought) if bought else Credits(0)
    if bought is None or wanted.millicredits == 0:
        return
    grant = await CreditTransfer.get(lot_id=bought.id, kind=LedgerEntryKind.GRANT)
    why = Why(LedgerEntryKind.REVERSAL, f"Dispute of invoice {invoice.number}", now, grant.id)
    book = await Book.lock(bought.account_id, now=now)
    taken = book.reclaim(bought.id, wanted, target=ISSUED, why=why)
    await write([book])
    await _keep(dispute, taken)
    dispute.taken_mc = wanted.millicredits


async def give_back(dispute: Dispute, invoice: Invoice, *, now: datetime) -> None:
    """Give back exactly what the dispute has taken, each part to the lot that it was taken out of.

    What was owed, and what was taken out of a lot that has died meanwhile, comes as a grant of its
    own that does not expire; as every grant it repays first what is owed.
    """
    if dispute.taken_mc == 0:
        return
    account = await CreditAccount.get(workspace_id=dispute.workspace_id)
    book = await Book.lock(account.id, now=now)
    takings = await _not_given_back(dispute)
    lots = await CreditLot.in_bulk([row.lot_id for row in takings if row.lot_id], "id")
    living = {id: lot for id, lot in lots.items() if not is_dead(lot, now)}
    homeless_mc = sum(row.amount_mc for row in takings if row.lot_id not in living)
    new = await _new_lot(account, invoice, homeless_mc, now=now) if homeless_mc else None
    given: list[Movement] = []
    for taking in takings:
        lot = living.get(taking.lot_id) if taking.lot_id else None
        lot = lot or new
        assert lot is not None, "there is a lot for what has none"
        about = f"Dispute of invoice {invoice.number} won"
        why = Why(LedgerEntryKind.REVERSAL, about, now, taking.id)
        given.append(book.put_into(lot, Credits(taking.amount_mc), source=ISSUED, why=why))
    await write([book])
    await _keep(dispute, given)
    dispute.taken_mc = 0


async def _wanted(dispute: Dispute, invoice: Invoice, bought: CreditLot) -> Credits:
    """In proportion to the disputed money, so that the parts of all that went come to the whole."""
    disputed = Dispute.filter(payment_id=dispute.payment_id, status__in=HOLDS_MONEY)
    others_cents = sum([row.amount_cents for row in await disputed.exclude(id=dispute.id)])
    before_cents = min(invoice.credited_cents + others_cents, invoice.total_cents)
    after_cents = min(before_cents + dispute.amount_cents, invoice.total_cents)
    before, after = (Fraction(cents, invoice.total_cents) for cents in (before_cents, after_cents))
    return Credits(int(bought.granted_mc * after) - int(bought.granted_mc * before))


async def _not_given_back(dispute: Dispute) -> list[CreditTransfer]:
    rows = await CreditTransfer.filter(dispute_transfer__dispute_id=dispute.id).order_by("sequence")
    given_back = {row.corrects_id for row in rows}
    return [row for row in rows if row.source_id == row.holder_id and row.id not in given_back]


async def _new_lot(
    account: CreditAccount, invoice: Invoice, amount_mc: int, *, now: datetime
) -> CreditLot:
    """An empty lot with room for `amount_mc`."""
    lot = credits.new_lot(account.id, CreditGrantSource.DISPUTE_WON, Credits(amount_mc), now=now)
    lot.remaining_mc = 0
    lot.note = f"Taken by a dispute of invoice {invoice.number} that was won"
    await lot.save(force_create=True)
    return lot


async def _keep(dispute: Dispute, movements: Sequence[Movement]) -> None:
    await DisputeTransfer.bulk_create(
        DisputeTransfer(dispute_id=dispute.id, transfer_id=movement.id) for movement in movements
    )
