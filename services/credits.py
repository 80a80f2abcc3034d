"""Credits come in and go out: grants, adjustments, and what is available now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from tortoise import connections

from models.catalog import Plan
from models.contracts import Contract
from models.credits import (
    CreditAccount,
    CreditBalance,
    CreditGrantSource,
    CreditLot,
    LedgerEntryKind,
)
from models.invoices import Invoice, InvoiceReason
from models.money import Credits, Money
from models.subscriptions import Subscription
from services import agenda, recharges
from services.answers import Answer
from services.errors import InvalidInput
from services.idempotency import Command, once
from services.inputs import rfc3339, text
from services.ledger import ADJUSTED, ISSUED, PRIORITY_DEFAULT, Book, Held, Why, is_dead
from services.locks import locked_subscription

ADJUSTMENT_MAX = Credits.of(1_000_000_000)
BOUGHT = {
    InvoiceReason.CREDIT_PURCHASE: CreditGrantSource.PURCHASE,
    InvoiceReason.AUTO_RECHARGE: CreditGrantSource.AUTO_RECHARGE,
}


@dataclass(frozen=True, slots=True)
class BalanceView:
    """A holder's balance at one instant, dead lots left out."""

    total: Credits
    held: Credits
    next_expiry: datetime | None
    expiring_at_next_expiry: Credits

    @property
    def available(self) -> Credits:
        """What can be spent: the total without what calls hold."""
        return self.total - self.held

    @property
    def debt(self) -> Credits:
        """What the next grant repays first: what is missing in what is available."""
        return max(-self.available, Credits(0))

    @property
    def worth(self) -> Money:
        """The total in dollars, rounded to the cent."""
        return self.total.worth


def balance_view(
    balance: CreditBalance, unspent_lots: Iterable[CreditLot], *, now: datetime
) -> BalanceView:
    """What `balance` is worth at `now`: a lot that is dead counts no more, booked or not.

    But what calls hold of it does, until they end: that does not expire.
    """
    lots = [lot for lot in unspent_lots if lot.free_mc]
    dead_mc = sum(lot.free_mc for lot in lots if is_dead(lot, now))
    expiries = [lot.expires_at for lot in lots if lot.expires_at and not is_dead(lot, now)]
    next_expiry = min(expiries, default=None)
    return BalanceView(
        total=Credits(balance.total_mc - dead_mc),
        held=Credits(balance.held_mc),
        next_expiry=next_expiry,
        expiring_at_next_expiry=Credits(
            sum(lot.free_mc for lot in lots if lot.expires_at and lot.expires_at == next_expiry)
        ),
    )


async def grant_signup_credits(account: CreditAccount, plan: Plan, *, now: datetime) -> None:
    """The credits that a workspace starts with: once, never expiring (R12)."""
    if plan.signup_credits_mc == 0:
        return
    book = await Book.lock(account.id, now=now)
    lot = new_lot(account.id, CreditGrantSource.SIGNUP, Credits(plan.signup_credits_mc), now=now)
    await book.receive(lot, source=ISSUED, why=Why(LedgerEntryKind.GRANT, "Sign-up credits", now))


async def grant_plan_credits(
    subscription: Subscription, plan: Plan, invoice: Invoice, *, amount: Credits, now: datetime
) -> None:
    """The credits of the current period, expiring at its end unless the plan lets them roll over.

    One grant per subscription, period and plan, whatever happens twice (R9, R10, R13).
    """
    if amount.millicredits == 0:
        return
    account = await CreditAccount.get(workspace_id=subscription.workspace_id)
    book = await Book.lock(account.id, now=now)
    lot = new_lot(account.id, CreditGrantSource.PLAN, amount, now=now)
    lot.expires_at = None if plan.credits_roll_over else subscription.period_end
    lot.invoice_id, lot.plan_id = invoice.id, plan.id
    lot.subscription_id, lot.period_start = subscription.id, subscription.period_start
    await book.receive(lot, source=ISSUED, why=plan_grant(plan, now=now))


def plan_grant(plan: Plan, *, now: datetime) -> Why:
    """What the ledger says of a period's credits."""
    return Why(LedgerEntryKind.GRANT, f"Included in {plan.name}", now)


async def grant_contract_credits(invoice: Invoice, *, now: datetime) -> None:
    """The credits of what was billed under a contract, once it is paid (R40).

    They live as long as the period that was paid for, from the day they come: who pays after the
    thirty days that were agreed has not paid for dead ones.
    """
    assert invoice.contract_credits_mc is not None
    if invoice.contract_credits_mc == 0:
        return
    contract = await Contract.get(id=invoice.contract_id).select_related("plan")
    account = await CreditAccount.get(workspace_id=invoice.workspace_id)
    book = await Book.lock(account.id, now=now)
    amount = Credits(invoice.contract_credits_mc)
    lot = new_lot(account.id, CreditGrantSource.PLAN, amount, now=now)
    assert invoice.period_start is not None
    assert invoice.period_end is not None
    if not contract.plan.credits_roll_over:
        lot.expires_at = now + (invoice.period_end - invoice.period_start)
    lot.invoice_id, lot.plan_id = invoice.id, contract.plan_id
    lot.subscription_id, lot.period_start = invoice.subscription_id, invoice.period_start
    why = Why(LedgerEntryKind.GRANT, f"Included in {contract.plan.name}", now)
    await book.receive(lot, source=ISSUED, why=why)


async def grant_bought_credits(invoice: Invoice, *, now: datetime) -> None:
    """The credits that a paid purchase brings, never expiring: once (R10, R14, R15).

    As many as its lines come to; tax buys none.
    """
    account = await CreditAccount.get(workspace_id=invoice.workspace_id)
    book = await Book.lock(account.id, now=now)
    lot = new_lot(account.id, BOUGHT[invoice.reason], invoice.subtotal.credits, now=now)
    lot.invoice_id = invoice.id
    why = Why(LedgerEntryKind.GRANT, f"Bought, invoice {invoice.number}", now)
    await book.receive(lot, source=ISSUED, why=why)


async def bought_with(invoice_id: UUID) -> CreditLot | None:
    """The credits that a purchase brought; None before it is paid, and of any other invoice."""
    return await CreditLot.get_or_none(invoice_id=invoice_id, source__in=list(BOUGHT.values()))


async def take_back(invoice: Invoice, refunded: Money, *, now: datetime) -> None:
    """What a refund of bought credits takes back: of their own lot what is unspent (R39).

    The one place for it, once the invoice counts the money as credited. A refund of anything else
    takes no credits.
    """
    if invoice.reason not in BOUGHT:
        return
    account = await CreditAccount.get(workspace_id=invoice.workspace_id)
    book = await Book.lock(account.id, now=now)
    after = Fraction(invoice.credited_cents, invoice.total_cents)
    before = Fraction(invoice.credited_cents - refunded.cents, invoice.total_cents)
    why = Why(LedgerEntryKind.REFUND, f"Refund of invoice {invoice.number}", now)
    await book.take_back(invoice.id, before, after, target=ISSUED, why=why)


async def take_back_released(book: Book, released: Held) -> None:
    """Take what a refund would have taken back, had no call held it then (R39).

    Once it is released. Whatever is free of a lot that was refunded is what calls have let go.
    """
    bought = [lot.id for lot in book.lots_of(released) if lot.source in BOUGHT.values()]
    if not bought:
        return
    rows = await connections.get("default").execute_query_dict(_REFUNDED, [bought])
    for row in rows:
        before = Fraction(int(row["taken_mc"]), row["granted_mc"])
        after = Fraction(row["credited_cents"], row["total_cents"])
        why = Why(LedgerEntryKind.REFUND, f"Refund of invoice {row['number']}", book.now)
        await book.take_back(row["invoice_id"], before, after, target=ISSUED, why=why)


_REFUNDED = f"""
    SELECT l.granted_mc, l.invoice_id, i.number, i.credited_cents, i.total_cents,
           (SELECT coalesce(sum(t.amount_mc), 0) FROM credit_transfer t
            WHERE t.lot_id = l.id AND t.kind = '{LedgerEntryKind.REFUND}') AS taken_mc
    FROM credit_lot l JOIN invoice i ON i.id = l.invoice_id
    WHERE l.id = ANY($1) AND i.credited_cents > 0 ORDER BY l.id
"""  # noqa: S608 - of our own constants


async def adjust(
    command: Command,
    workspace_id: UUID,
    *,
    credits: Credits,
    reason: str,
    expires_at: datetime | None,
) -> Answer:
    """Give (positive) or take (negative) credits by hand, for a reason that the ledger shows.

    Raises InvalidInput for zero, for an expiry that is past or belongs to a deduction, and
    InsufficientCredits when more is taken than is available.
    """

    async def run() -> Answer:
        subscription = await locked_subscription(workspace_id)
        now = subscription.workspace.now
        description = text(reason, path=("reason",), length_max=500)
        _check_adjustment(credits, expires_at, now=now)
        account = await CreditAccount.get(workspace_id=workspace_id)
        book = await Book.lock(account.id, now=now)
        why = Why(LedgerEntryKind.ADJUSTMENT, description, now)
        if credits.millicredits > 0:
            lot = new_lot(account.id, CreditGrantSource.ADJUSTMENT, credits, now=now)
            lot.expires_at, lot.note = expires_at, description
            entry = await book.receive(lot, source=ADJUSTED, why=why)
        else:
            entry = (await book.give(-credits, target=ADJUSTED, why=why))[-1]
            await recharges.note_balance(workspace_id, book)
        await agenda.note_next(subscription)
        return Answer(objects={"entry": entry.id, "workspace": workspace_id})

    return await once(command, run)


def _check_adjustment(credits: Credits, expires_at: datetime | None, *, now: datetime) -> None:
    if credits.millicredits == 0:
        raise InvalidInput("An adjustment of 0 credits changes nothing.", path=("credits",))
    if abs(credits.millicredits) > ADJUSTMENT_MAX.millicredits:
        raise InvalidInput(
            f"At most {ADJUSTMENT_MAX} credits can be adjusted at once, not {credits}.",
            path=("credits",),
        )
    if expires_at is not None and credits.millicredits < 0:
        raise InvalidInput("Credits that are taken cannot expire.", path=("expiresAt",))
    if expires_at is not None and expires_at <= now:
        raise InvalidInput(
            f"The expiry {rfc3339(expires_at)} is not after the workspace's now, {rfc3339(now)}.",
            path=("expiresAt",),
        )


def new_lot(
    account_id: UUID, source: CreditGrantSource, credits: Credits, *, now: datetime
) -> CreditLot:
    """A full lot that does not expire and belongs to no invoice; not written yet."""
    return CreditLot(
        account_id=account_id,
        source=source,
        priority=PRIORITY_DEFAULT,
        granted_mc=credits.millicredits,
        remaining_mc=credits.millicredits,
        granted_at=now,
    )
