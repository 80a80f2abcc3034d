"""Holders' books: lots, transfers and the balance row that guards them.

Every movement is one row from one account to another, of one lot, with the holder's balance after
it. All of it happens under the lock of the balance row, which `lock_books` takes. Movements are
made in memory and written together, so that a thousand cost a few statements.

What goes out beyond all that can be spent is owed: a movement without a lot. What comes in next
repays it first. Part of a lot may be held: that can be spent by whom it is held for only, also when
the lot has died meanwhile. So a balance is what is in the lots less what is owed, and what is owed
is what is available, when that is below zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from tortoise import connections

from models.base import new_id
from models.credits import (
    AccountKind,
    CreditAccount,
    CreditBalance,
    CreditGrantSource,
    CreditLot,
    LedgerEntryKind,
)
from models.money import Credits
from services.bulk import connection_of, copy_records, rows_of
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


Held = dict[UUID, int]
"""Millicredits that are set aside, by lot."""


class Why(NamedTuple):
    """What a movement is for, and when it happened on the holder's clock."""

    kind: LedgerEntryKind
    description: str
    occurred_at: datetime
    corrects_id: UUID | None = None
    usage_event_id: UUID | None = None


class Movement(NamedTuple):
    """A transfer as it will be written: the columns of `credit_transfer` but its `created_at`."""

    id: UUID
    source_id: UUID
    target_id: UUID
    holder_id: UUID
    sequence: int
    lot_id: UUID | None
    amount_mc: int
    balance_after_mc: int
    kind: LedgerEntryKind
    description: str
    occurred_at: datetime
    corrects_id: UUID | None
    usage_event_id: UUID | None


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
        self._account_id = balance.account_id
        self._total_mc, self._entry_count = balance.total_mc, balance.entry_count
        self._held_mc = balance.held_mc
        self._lots = {lot.id: lot for lot in lots}
        self._live = sorted((lot for lot in lots if lot.free_mc), key=burn_order)
        self._now = now
        self._changed_lots: dict[UUID, CreditLot] = {}
        self._movements: list[Movement] = []
        # whether other credits expire next: what is due next must be noted anew
        self.ends_moved = False

    @classmethod
    async def lock(cls, account_id: UUID, *, now: datetime) -> Book:
        """As `lock_books`, for one holder."""
        return (await lock_books({account_id: now}))[account_id]

    @property
    def available(self) -> Credits:
        """What can be spent now; below zero when more is owed or held than there is."""
        return Credits(self._total_mc - self._held_mc)

    @property
    def now(self) -> datetime:
        """The instant on the holder's clock at which its books were locked."""
        return self._now

    @property
    def is_low(self) -> bool:
        """Whether auto-recharge looks out for this balance, and finds too little available."""
        below_mc, since = self._balance.recharge_below_mc, self._balance.recharge_from
        return (
            below_mc is not None
            and self.available.millicredits < below_mc
            and (since is None or self._now >= since)
        )

    @property
    def has_changed(self) -> bool:
        """Whether there is something to write."""
        return bool(self._movements or self._changed_lots)

    @property
    def balance(self) -> CreditBalance:
        """As it is after all movements."""
        self._balance.total_mc, self._balance.entry_count = self._total_mc, self._entry_count
        self._balance.held_mc = self._held_mc
        return self._balance

    @property
    def lots(self) -> Sequence[CreditLot]:
        """Those that can be spent, in burn order."""
        return self._live

    async def receive(self, lot: CreditLot, *, source: UUID, why: Why) -> Movement:
        """Write a new lot and the transfer that fills it; book its end if that has come already.

        It repays first what is owed.
        """
        assert lot.remaining_mc == lot.granted_mc > 0, "a new lot is full"
        lot.repaid_mc = repayment_mc(self.available, lot.granted_mc)
        lot.remaining_mc -= lot.repaid_mc
        await lot.save(force_create=True)
        self._lots[lot.id] = lot
        if lot.remaining_mc > 0:
            self._live = sorted([*self._live, lot], key=burn_order)
        received = self._move(
            lot.id, source=source, target=lot.account_id, amount_mc=lot.granted_mc, why=why
        )
        self.book_expired()
        await write([self])
        return received

    async def give(self, amount: Credits, *, target: UUID, why: Why) -> list[Movement]:
        """As `take`, written at once."""
        taken = self.take(amount, target=target, why=why)
        await write([self])
        return taken

    def take(
        self, amount: Credits, *, target: UUID, why: Why, may_owe: bool = False
    ) -> list[Movement]:
        """Move `amount` out of the lots in burn order, one movement per lot touched (R11).

        What the lots do not have is owed, if it `may_owe`. Raises InsufficientCredits when less is
        available and it may not; then nothing has moved. `write` makes it last.
        """
        left_mc = amount.millicredits
        assert left_mc > 0, "transfers are positive"
        if left_mc > self._total_mc - self._held_mc and not may_owe:
            raise InsufficientCredits(available=self.available, required=amount)
        before = len(self._movements)
        while left_mc and self._live:
            part_mc = min(left_mc, self._live[0].free_mc)
            self._take(self._live[0], part_mc, target=target, why=why)
            left_mc -= part_mc
        if left_mc:
            assert may_owe, "the balance promised more than the lots have"
            self._move(None, source=self._account_id, target=target, amount_mc=left_mc, why=why)
        return self._movements[before:]

    async def take_back(
        self, invoice_id: UUID, before: Fraction, after: Fraction, *, target: UUID, why: Why
    ) -> None:
        """Move out of what an invoice granted, as far as it is unspent: from one part to another.

        What was taken back `before` counts, so that many parts come to the whole.
        """
        for lot in [lot for lot in self._live if lot.invoice_id == invoice_id]:
            wanted_mc = int(lot.granted_mc * after) - int(lot.granted_mc * before)
            part_mc = min(wanted_mc, lot.free_mc, max(0, self.available.millicredits))
            if part_mc > 0:
                self._take(lot, part_mc, target=target, why=why)
        await write([self])

    def reclaim(self, lot_id: UUID, amount: Credits, *, target: UUID, why: Why) -> list[Movement]:
        """Move `amount` out of what is left of one lot, and what that has not out of all others.

        What they have not either is owed. `write` makes it last.
        """
        before = len(self._movements)
        lot = next((lot for lot in self._live if lot.id == lot_id), None)
        part_mc = min(amount.millicredits, lot.free_mc) if lot else 0
        if lot and part_mc:
            self._take(lot, part_mc, target=target, why=why)
        if rest_mc := amount.millicredits - part_mc:
            self.take(Credits(rest_mc), target=target, why=why, may_owe=True)
        return self._movements[before:]

    def put_into(self, lot: CreditLot, amount: Credits, *, source: UUID, why: Why) -> Movement:
        """Move `amount` into a lot that lives and has room for it; it repays first what is owed.

        `write` makes it last.
        """
        lot = self._lots.setdefault(lot.id, lot)
        repaid_mc = repayment_mc(self.available, amount.millicredits)
        lot.repaid_mc += repaid_mc
        lot.remaining_mc += amount.millicredits - repaid_mc
        self._changed_lots[lot.id] = lot
        self._return(lot)
        return self._move(
            lot.id, source=source, target=lot.account_id, amount_mc=amount.millicredits, why=why
        )

    def hold(self, amount: Credits) -> Held:
        """Set `amount` aside, in burn order: of which lots how much (R18).

        Raises InsufficientCredits when less is available; then nothing is held.
        """
        if amount > max(self.available, Credits(0)):
            raise InsufficientCredits(available=self.available, required=amount)
        held: Held = {}
        left_mc = amount.millicredits
        while left_mc:
            lot = self._live[0]
            held[lot.id] = part_mc = min(left_mc, lot.free_mc)
            self._set_held(lot, lot.held_mc + part_mc)
            if lot.remaining_mc == lot.held_mc:
                self._leave(lot)
            left_mc -= part_mc
        return held

    def take_held(self, held: Held, amount: Credits, *, target: UUID, why: Why) -> None:
        """Move `amount` out of what is `held`, which is less by that then, in burn order.

        What was done is paid, whatever was held for it: the rest is taken, and owed if need be.
        """
        left_mc = amount.millicredits
        for lot in self.lots_of(held):
            part_mc = min(left_mc, held[lot.id])
            if part_mc:
                held[lot.id] -= part_mc
                self._move_held(lot, part_mc, target=target, why=why)
                left_mc -= part_mc
        if left_mc:
            self.take(Credits(left_mc), target=target, why=why, may_owe=True)

    def release(self, held: Held) -> None:
        """Give back to its lots what is `held`; it repays first what is owed.

        What a lot has died of meanwhile expires now.
        """
        for lot in self.lots_of(held):
            part_mc, owed_mc = held[lot.id], max(0, -self.available.millicredits)
            if is_dead(lot, self._now):
                self._move_held(lot, part_mc, target=EXPIRED, why=expiry_of(self._now))
            else:
                self._set_held(lot, lot.held_mc - part_mc)
                repaid_mc = min(part_mc, owed_mc)
                lot.remaining_mc -= repaid_mc
                lot.repaid_mc += repaid_mc
                self._return(lot)

    def lots_of(self, held: Held) -> list[CreditLot]:
        """Those of which something is `held`, in burn order."""
        lots = (self._lots[lot_id] for lot_id, part_mc in held.items() if part_mc)
        return sorted(lots, key=burn_order)

    def book_expired(self) -> None:
        """Move out what is dead by now, so that all that can be spent lives."""
        dead = [lot for lot in self._live if is_dead(lot, self._now)]
        for lot in sorted(dead, key=lambda lot: (lot.expires_at or NEVER, lot.id)):
            assert lot.expires_at is not None
            why = expiry_of(lot.expires_at)
            self._take(lot, lot.free_mc, target=EXPIRED, why=why)

    def handed_over(self) -> tuple[list[CreditLot], list[Movement]]:
        """What has changed since the last time, for `write`."""
        changed = list(self._changed_lots.values()), self._movements
        self._changed_lots, self._movements = {}, []
        return changed

    def _take(self, lot: CreditLot, part_mc: int, *, target: UUID, why: Why) -> None:
        # past the ORM, which would look for a relation of that name, a thousand times in a batch
        object.__setattr__(lot, "remaining_mc", lot.remaining_mc - part_mc)
        self._changed_lots[lot.id] = lot
        if lot.remaining_mc == lot.held_mc:
            self._leave(lot)
        self._move(lot.id, source=self._account_id, target=target, amount_mc=part_mc, why=why)

    def _move_held(self, lot: CreditLot, part_mc: int, *, target: UUID, why: Why) -> None:
        self._set_held(lot, lot.held_mc - part_mc)
        lot.remaining_mc -= part_mc
        self._move(lot.id, source=self._account_id, target=target, amount_mc=part_mc, why=why)

    def _set_held(self, lot: CreditLot, held_mc: int) -> None:
        self._held_mc += held_mc - lot.held_mc
        lot.held_mc = held_mc
        self._changed_lots[lot.id] = lot

    def _leave(self, lot: CreditLot) -> None:
        self._live.remove(lot)
        self.ends_moved = self.ends_moved or lot.expires_at is not None

    def _return(self, lot: CreditLot) -> None:
        if lot.free_mc and lot not in self._live:
            self._live = sorted([*self._live, lot], key=burn_order)
            self.ends_moved = self.ends_moved or lot.expires_at is not None

    def _move(
        self, lot_id: UUID | None, *, source: UUID, target: UUID, amount_mc: int, why: Why
    ) -> Movement:
        self._total_mc += amount_mc if target == self._account_id else -amount_mc
        self._entry_count += 1
        movement = Movement(
            new_id(),
            source,
            target,
            self._account_id,
            self._entry_count,
            lot_id,
            amount_mc,
            self._total_mc,
            why.kind,
            why.description,
            why.occurred_at,
            why.corrects_id,
            why.usage_event_id,
        )
        self._movements.append(movement)
        return movement


def repayment_mc(available: Credits, granted_mc: int) -> int:
    """How much of a new lot goes to what is owed, by what was available before it."""
    return min(granted_mc, max(0, -available.millicredits))


_LOCKED = """
    SELECT * FROM credit_balance WHERE account_id = ANY($1) ORDER BY account_id FOR UPDATE
"""
_UNSPENT = "SELECT * FROM credit_lot WHERE account_id = ANY($1) AND remaining_mc > 0"


async def lock_books(clocks: Mapping[UUID, datetime]) -> dict[UUID, Book]:
    """Lock the balances of these holders, in the order of their ids, until the transaction ends.

    What has expired by each holder's own now is booked, so that all that can be spent lives.
    """
    ids = list(clocks)
    connection = connection_of(connections.get("default"))
    locked = await rows_of(CreditBalance, connection, _LOCKED, ids)
    lots: dict[UUID, list[CreditLot]] = {account_id: [] for account_id in ids}
    # read after the lock is held: others may have changed them till then
    for lot in await rows_of(CreditLot, connection, _UNSPENT, ids):
        lots[lot.account_id].append(lot)
    books = {
        balance.account_id: Book(balance, lots[balance.account_id], clocks[balance.account_id])
        for balance in locked
    }
    for book in books.values():
        book.book_expired()
    await write(books.values())
    return books


async def write(books: Iterable[Book]) -> None:
    """Write what has changed in these books, in the caller's transaction."""
    changed = [book for book in books if book.has_changed]
    if not changed:
        return
    balances = [book.balance for book in changed]
    changes = [book.handed_over() for book in changed]
    lots = [lot for changed_lots, _ in changes for lot in changed_lots]
    connection = connection_of(connections.get("default"))
    await connection.execute(
        """
        WITH lots AS (
            UPDATE credit_lot l
            SET remaining_mc = n.remaining_mc, repaid_mc = n.repaid_mc, held_mc = n.held_mc
            FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[])
                AS n (id, remaining_mc, repaid_mc, held_mc) WHERE l.id = n.id)
        UPDATE credit_balance b
        SET total_mc = n.total_mc, held_mc = n.held_mc, entry_count = n.entry_count
        FROM unnest($5::uuid[], $6::bigint[], $7::bigint[], $8::bigint[])
            AS n (id, total_mc, held_mc, entry_count)
        WHERE b.account_id = n.id
        """,
        [lot.id for lot in lots],
        [lot.remaining_mc for lot in lots],
        [lot.repaid_mc for lot in lots],
        [lot.held_mc for lot in lots],
        [balance.account_id for balance in balances],
        [balance.total_mc for balance in balances],
        [balance.held_mc for balance in balances],
        [balance.entry_count for balance in balances],
    )
    movements = [movement for _, movements in changes for movement in movements]
    await copy_records(connection, "credit_transfer", Movement._fields, movements)
