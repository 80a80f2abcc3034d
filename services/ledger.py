"""One holder's books: lots, transfers and the balance row that guards them.

Every movement is one row from one account to another, of one lot, with the holder's balance after
it. All of it happens under the lock of the balance row, which `Book.lock` takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from uuid import UUID

from models.credits import (
    AccountKind,
    CreditAccount,
    CreditBalance,
    CreditGrantSource,
    CreditLot,
    CreditTransfer,
    LedgerEntryKind,
)
from models.money import Credits
from services.errors import InsufficientCredits

# The house's accounts have fixed ids (made by the migration): they are sums, never locked.
ISSUED = UUID("00000000-0000-4000-8000-000000000001")
CONSUMED = UUID("00000000-0000-4000-8000-000000000002")
EXPIRED = UUID("00000000-0000-4000-8000-000000000003")
ADJUSTED = UUID("00000000-0000-4000-8000-000000000004")

PRIORITY_DEFAULT = 50
PROMOTIONAL = frozenset({CreditGrantSource.SIGNUP, CreditGrantSource.ADJUSTMENT})
NEVER = datetime.max.replace(tzinfo=UTC)


def burn_order(lot: CreditLot) -> tuple[object, ...]:
    """Lots are spent by priority, earliest expiry, promotional before paid, oldest, id (R11)."""
    return (
        lot.priority,
        lot.expires_at or NEVER,
        lot.source not in PROMOTIONAL,
        lot.granted_at,
        lot.id,
    )


def is_dead(lot: CreditLot, now: datetime) -> bool:
    """A lot is dead from its expiry on, to the microsecond, whether or not that was booked."""
    return lot.expires_at is not None and now >= lot.expires_at


@dataclass(frozen=True)
class Why:
    """What a movement is for, and when it happened on the holder's clock."""

    kind: LedgerEntryKind
    description: str
    occurred_at: datetime
    corrects_id: UUID | None = None


def expiry_of(expires_at: datetime) -> Why:
    """The end of a lot, at its instant, whenever it is booked."""
    return Why(LedgerEntryKind.EXPIRY, "Credits expired", expires_at)


async def open_account(workspace_id: UUID) -> CreditAccount:
    """An account with an empty balance. Within the caller's transaction."""
    account = await CreditAccount.create(kind=AccountKind.WORKSPACE, workspace_id=workspace_id)
    await CreditBalance.create(account_id=account.id)
    return account


class Book:
    """A holder's books, locked until the transaction ends."""

    def __init__(self, balance: CreditBalance, lots: Sequence[CreditLot], now: datetime) -> None:
        self._balance = balance
        self._live = sorted(lots, key=burn_order)
        self._now = now

    @classmethod
    async def lock(cls, account_id: UUID, *, now: datetime) -> Book:
        """Lock the holder's balance and book what has expired by `now`, so that all lots live."""
        balance = await CreditBalance.select_for_update().get(account_id=account_id)
        lots = await CreditLot.filter(account_id=account_id, remaining_mc__gt=0)
        book = cls(balance, lots, now)
        await book._book_expired()
        return book

    @property
    def available(self) -> Credits:
        """What can be spent now."""
        return Credits(self._balance.total_mc - self._balance.held_mc)

    async def receive(self, lot: CreditLot, *, source: UUID, why: Why) -> CreditTransfer:
        """Write a new lot and the transfer that fills it; book its end if that has come already."""
        assert lot.remaining_mc == lot.granted_mc > 0, "a new lot is full"
        await lot.save(force_create=True)
        self._live = sorted([*self._live, lot], key=burn_order)
        received = await self._write(
            lot, source=source, target=lot.account_id, amount_mc=lot.granted_mc, why=why
        )
        await self._book_expired()
        return received

    async def give(self, amount: Credits, *, target: UUID, why: Why) -> list[CreditTransfer]:
        """Move `amount` out of the lots in burn order, one transfer per lot touched (R11).

        Raises InsufficientCredits when less is available; then nothing has moved.
        """
        assert amount.millicredits > 0, "transfers are positive"
        if amount > self.available:
            raise InsufficientCredits(available=self.available, required=amount)
        transfers = []
        left_mc = amount.millicredits
        for lot in self._live:
            part_mc = min(left_mc, lot.remaining_mc)
            transfers.append(await self._take(lot, part_mc, target=target, why=why))
            left_mc -= part_mc
            if left_mc == 0:
                break
        assert left_mc == 0, "the balance promised more than the lots hold"
        self._live = [lot for lot in self._live if lot.remaining_mc > 0]
        return transfers

    async def take_back(self, invoice_id: UUID, part: Fraction, *, target: UUID, why: Why) -> None:
        """Move out this part of what an invoice granted, as far as it is unspent."""
        for lot in [lot for lot in self._live if lot.invoice_id == invoice_id]:
            wanted_mc = int(lot.granted_mc * part)
            part_mc = min(wanted_mc, lot.remaining_mc, max(0, self.available.millicredits))
            if part_mc > 0:
                await self._take(lot, part_mc, target=target, why=why)
        self._live = [lot for lot in self._live if lot.remaining_mc > 0]

    async def _book_expired(self) -> None:
        dead = [lot for lot in self._live if is_dead(lot, self._now)]
        for lot in sorted(dead, key=lambda lot: (lot.expires_at or NEVER, lot.id)):
            assert lot.expires_at is not None
            why = expiry_of(lot.expires_at)
            await self._take(lot, lot.remaining_mc, target=EXPIRED, why=why)
        self._live = [lot for lot in self._live if lot.remaining_mc > 0]

    async def _take(
        self, lot: CreditLot, part_mc: int, *, target: UUID, why: Why
    ) -> CreditTransfer:
        lot.remaining_mc -= part_mc
        await lot.save(update_fields=["remaining_mc"])
        return await self._write(
            lot, source=lot.account_id, target=target, amount_mc=part_mc, why=why
        )

    async def _write(
        self, lot: CreditLot, *, source: UUID, target: UUID, amount_mc: int, why: Why
    ) -> CreditTransfer:
        came_in = target == self._balance.account_id
        self._balance.total_mc += amount_mc if came_in else -amount_mc
        self._balance.entry_count += 1
        await self._balance.save(update_fields=["total_mc", "entry_count"])
        return await CreditTransfer.create(
            source_id=source,
            target_id=target,
            holder_id=self._balance.account_id,
            sequence=self._balance.entry_count,
            lot_id=lot.id,
            amount_mc=amount_mc,
            balance_after_mc=self._balance.total_mc,
            kind=why.kind,
            description=why.description,
            occurred_at=why.occurred_at,
            corrects_id=why.corrects_id,
        )
