"""A holder's books: which lots are spent first, when a lot is dead, and what a refusal leaves."""

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise import connections
from tortoise.transactions import in_transaction

from models.credits import (
    CreditAccount,
    CreditBalance,
    CreditGrantSource,
    CreditLot,
    CreditTransfer,
    LedgerEntryKind,
)
from models.money import Credits
from services.errors import InsufficientCredits
from services.ledger import (
    CONSUMED,
    EXPIRED,
    ISSUED,
    Book,
    Movement,
    Why,
    burn_order,
    lock_books,
    write,
)
from tests.client import Api
from tests.given import FIRST_OF_APRIL, a_workspace, instant

NOW = instant(FIRST_OF_APRIL)
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
SIGNUP, PAID = CreditGrantSource.SIGNUP, CreditGrantSource.TRANSFER
HOLDER = UUID(int=7)
SPENT = Why(LedgerEntryKind.USAGE, "Spent", NOW)


@pytest.fixture
async def account(operator: Api) -> UUID:
    """A holder whose sign-up credits are spent: transfers 1 and 2."""
    tenant = await a_workspace(operator)
    found = await CreditAccount.get(workspace_id=tenant.key)
    await spend(found.id, 750)
    return found.id


def a_lot(
    account_id: UUID,
    credits: int = 10,
    *,
    source: CreditGrantSource = PAID,
    priority: int = 50,
    granted_at: datetime = NOW,
    expires_at: datetime | None = None,
) -> CreditLot:
    return CreditLot(
        account_id=account_id,
        source=source,
        priority=priority,
        granted_mc=credits * 1_000,
        remaining_mc=credits * 1_000,
        granted_at=granted_at,
        expires_at=expires_at,
    )


async def receive(*lots: CreditLot, now: datetime = NOW) -> None:
    for lot in lots:
        async with in_transaction():
            book = await Book.lock(lot.account_id, now=now)
            why = Why(LedgerEntryKind.GRANT, "Given", now)
            await book.receive(lot, source=ISSUED, why=why)


async def spend(account_id: UUID, credits: int, *, now: datetime = NOW) -> list[Movement]:
    async with in_transaction():
        book = await Book.lock(account_id, now=now)
        return await book.give(Credits.of(credits), target=CONSUMED, why=SPENT)


async def remaining(lots: Sequence[CreditLot]) -> list[int]:
    """What is left of each, in whole credits."""
    return [(await CreditLot.get(id=lot.id)).remaining_mc // 1_000 for lot in lots]


async def entries(account_id: UUID) -> list[CreditTransfer]:
    """The holder's transfers after the first two, in their order."""
    return await CreditTransfer.filter(holder_id=account_id, sequence__gt=2).order_by("sequence")


@pytest.mark.parametrize(
    ("story", "later", "first"),
    [
        (
            "the lower priority number, though it never expires",
            {"priority": 50, "expires_at": NOW + DAY},
            {"priority": 49},
        ),
        (
            "what expires earlier, though it was paid for",
            {"expires_at": NOW + 2 * DAY, "source": SIGNUP},
            {"expires_at": NOW + DAY},
        ),
        (
            "what expires at all, though it is newer",
            {"granted_at": NOW - DAY},
            {"expires_at": NOW + 900 * DAY},
        ),
        (
            "what was a gift, though it is newer",
            {"granted_at": NOW - DAY},
            {"source": SIGNUP},
        ),
        ("what is older, though it was written later", {}, {"granted_at": NOW - DAY}),
    ],
)
async def test_is_spent_first(
    account: UUID, story: str, later: dict[str, object], first: dict[str, object]
) -> None:
    lots = [a_lot(account, **later), a_lot(account, **first)]  # type: ignore[arg-type]
    await receive(*lots)
    await spend(account, 7)
    assert await remaining(lots) == [10, 3]


async def test_of_two_equal_lots_the_one_that_was_made_first_is_spent(account: UUID) -> None:
    lots = [a_lot(account), a_lot(account)]
    await receive(lots[1])
    await receive(lots[0])
    await spend(account, 7)
    assert await remaining(lots) == [3, 10]


lots_of_any_kind = st.lists(
    st.builds(
        a_lot,
        st.just(uuid4()),
        source=st.sampled_from([SIGNUP, PAID, CreditGrantSource.ADJUSTMENT]),
        priority=st.integers(49, 51),
        granted_at=st.integers(-2, 2).map(lambda day: NOW + day * DAY),
        expires_at=st.none() | st.integers(1, 3).map(lambda day: NOW + day * DAY),
    ),
    max_size=12,
).flatmap(st.permutations)  # their ids are in the order in which they were made


@given(lots_of_any_kind)
def test_the_order_is_five_rules_each_breaking_the_ties_of_the_one_before(
    lots: list[CreditLot],
) -> None:
    model = sorted(lots, key=lambda lot: str(lot.id))
    model.sort(key=lambda lot: lot.granted_at)
    model.sort(key=lambda lot: lot.source is PAID)
    model.sort(key=lambda lot: (lot.expires_at is None, lot.expires_at or NOW))
    model.sort(key=lambda lot: lot.priority)
    assert sorted(lots, key=burn_order) == model


@pytest.mark.parametrize("seed", range(4))
async def test_any_story_of_a_lot_ends_as_a_simple_model_says(account: UUID, seed: int) -> None:
    dice = random.Random(seed)
    lots: list[CreditLot] = []
    model: dict[UUID, int] = {}
    for step in range(25):
        now = NOW + step * DAY
        model |= {lot.id: 0 for lot in lots if lot.expires_at and lot.expires_at <= now}
        if dice.random() < 0.4:
            expires_at = dice.choice([None, now + DAY, now + 4 * DAY])
            lots.append(a_lot(account, dice.randint(1, 30), granted_at=now, expires_at=expires_at))
            await receive(lots[-1], now=now)
            model[lots[-1].id] = lots[-1].granted_mc // 1_000
        elif (wanted := dice.randint(1, 40)) > sum(model.values()):
            with pytest.raises(InsufficientCredits):
                await spend(account, wanted, now=now)
        else:
            await spend(account, wanted, now=now)
            for lot in sorted(lots, key=lambda lot: (lot.expires_at is None, lot.expires_at)):
                part = min(wanted, model[lot.id])
                model[lot.id], wanted = model[lot.id] - part, wanted - part
    async with in_transaction():
        book = await Book.lock(account, now=now)
    assert await remaining(lots) == list(model.values())
    assert book.available == Credits.of(sum(model.values()))


async def test_a_lot_can_be_spent_until_the_last_microsecond_and_not_at_its_expiry(
    account: UUID,
) -> None:
    expiry = NOW + 30 * DAY
    await receive(a_lot(account, expires_at=expiry))
    await spend(account, 4, now=expiry - MICROSECOND)
    with pytest.raises(InsufficientCredits) as refusal:
        await spend(account, 1, now=expiry)
    assert refusal.value.available == Credits(0)


async def test_an_expiry_is_booked_when_it_is_noticed_at_the_instant_when_it_happened(
    account: UUID,
) -> None:
    expiry = NOW + 30 * DAY
    lot = a_lot(account, expires_at=expiry)
    await receive(lot, a_lot(account))
    assert [each.amount_mc for each in await spend(account, 3, now=expiry + 5 * DAY)] == [3_000]
    booked = (await entries(account))[2]
    assert (booked.kind, booked.lot_id) == (LedgerEntryKind.EXPIRY, lot.id)
    assert (booked.source_id, booked.target_id) == (account, EXPIRED)
    assert (booked.amount_mc, booked.balance_after_mc) == (10_000, 10_000)
    assert booked.occurred_at == expiry


async def test_an_expiry_is_booked_once(account: UUID) -> None:
    await receive(a_lot(account, expires_at=NOW + DAY))
    for later in (NOW + DAY, NOW + DAY, NOW + 2 * DAY):
        async with in_transaction():
            await Book.lock(account, now=later)
    assert [entry.kind for entry in await entries(account)] == ["GRANT", "EXPIRY"]


async def test_a_lot_that_is_dead_when_it_comes_expires_at_the_next_look(account: UUID) -> None:
    await receive(a_lot(account, expires_at=NOW - DAY))
    async with in_transaction():
        book = await Book.lock(account, now=NOW)
    assert book.available == Credits(0)
    assert [(entry.kind, entry.occurred_at) for entry in await entries(account)] == [
        ("GRANT", NOW),
        ("EXPIRY", NOW - DAY),
    ]


async def test_a_lot_that_is_dead_when_it_comes_cannot_be_spent(account: UUID) -> None:
    async with in_transaction():
        book = await Book.lock(account, now=NOW)
        lot = a_lot(account, expires_at=NOW)
        await book.receive(lot, source=ISSUED, why=Why(LedgerEntryKind.GRANT, "Given", NOW))
        assert book.available == Credits(0)


async def test_what_spans_three_lots_is_three_transfers(account: UUID) -> None:
    lots = [a_lot(account), a_lot(account), a_lot(account)]
    await receive(*lots)
    given = await spend(account, 25)
    assert [(each.lot_id, each.amount_mc) for each in given] == [
        (lots[0].id, 10_000),
        (lots[1].id, 10_000),
        (lots[2].id, 5_000),
    ]
    assert [(each.sequence, each.balance_after_mc) for each in given] == [
        (6, 20_000),
        (7, 10_000),
        (8, 5_000),
    ]
    assert {(each.source_id, each.target_id) for each in given} == {(account, CONSUMED)}
    assert await remaining(lots) == [0, 0, 5]


async def test_the_last_millicredit_can_be_spent_and_no_more(account: UUID) -> None:
    lot = a_lot(account)
    await receive(lot)
    await spend(account, 10)
    with pytest.raises(InsufficientCredits, match=r"1\.000 credits are needed, 0\.000 are"):
        await spend(account, 1)
    assert await remaining([lot]) == [0]


async def test_a_refusal_leaves_nothing(account: UUID) -> None:
    lots = [a_lot(account), a_lot(account)]
    await receive(*lots)
    before = await CreditBalance.filter(account_id=account).values()
    async with in_transaction():
        book = await Book.lock(account, now=NOW)
        with pytest.raises(InsufficientCredits) as refusal:
            await book.give(Credits(20_001), target=CONSUMED, why=SPENT)
        # the transaction goes on and commits: nothing of the refused movement is in it
    assert (refusal.value.available, refusal.value.required) == (Credits(20_000), Credits(20_001))
    assert await CreditBalance.filter(account_id=account).values() == before
    assert await remaining(lots) == [10, 10]
    assert len(await entries(account)) == 2


def a_book(*lots: CreditLot, owed: int = 0, now: datetime = NOW) -> Book:
    """Books in memory: of a holder with these lots, who owes so many credits."""
    total_mc = sum(lot.remaining_mc for lot in lots) - owed * 1_000
    held_mc = sum(lot.held_mc for lot in lots)
    balance = CreditBalance(account_id=HOLDER, total_mc=total_mc, held_mc=held_mc, entry_count=0)
    return Book(balance, lots, now)


def test_credits_are_held_in_burn_order_and_nothing_else_spends_them() -> None:
    first, second = a_lot(HOLDER, expires_at=NOW + DAY), a_lot(HOLDER)
    book = a_book(second, first)
    assert book.hold(Credits.of(15)) == {first.id: 10_000, second.id: 5_000}
    assert (book.available, book.lots, book.ends_moved) == (Credits.of(5), [second], True)
    with pytest.raises(InsufficientCredits) as refusal:
        book.take(Credits.of(6), target=CONSUMED, why=SPENT)
    assert (refusal.value.available, refusal.value.required) == (Credits.of(5), Credits.of(6))
    with pytest.raises(InsufficientCredits):
        book.hold(Credits.of(6))
    assert [(lot.remaining_mc, lot.held_mc) for lot in (first, second)] == [
        (10_000, 10_000),
        (10_000, 5_000),
    ]
    book.take(Credits.of(5), target=CONSUMED, why=SPENT)
    assert book.hold(Credits(0)) == {}, "what costs nothing needs nothing"
    assert (book.available, second.free_mc) == (Credits(0), 0)


def test_what_is_held_pays_in_burn_order_then_the_rest_then_it_is_owed() -> None:
    first, second, third = (a_lot(HOLDER, granted_at=NOW + n * DAY) for n in range(3))
    book = a_book(first, second, third)
    held = book.hold(Credits.of(15))
    book.take_held(held, Credits.of(12), target=CONSUMED, why=SPENT)
    assert held == {first.id: 0, second.id: 3_000}
    assert book.available == Credits.of(15)
    # 3 that are held, 15 that are free, 7 that nobody has
    book.take_held(held, Credits.of(25), target=CONSUMED, why=SPENT)
    assert [(move.lot_id, move.amount_mc, move.balance_after_mc) for move in moves(book)] == [
        (first.id, 10_000, 20_000),
        (second.id, 2_000, 18_000),
        (second.id, 3_000, 15_000),
        (second.id, 5_000, 10_000),
        (third.id, 10_000, 0),
        (None, 7_000, -7_000),
    ]
    assert (book.available, book.balance.held_mc) == (Credits.of(-7), 0)


def test_what_is_released_can_be_spent_again_in_its_order() -> None:
    first, second = a_lot(HOLDER, expires_at=NOW + DAY), a_lot(HOLDER)
    book = a_book(first, second)
    held = book.hold(Credits.of(12))
    book.ends_moved = False
    book.release(held)
    assert (book.lots, book.available, book.ends_moved) == (
        [first, second],
        Credits.of(20),
        True,
    )
    assert (first.held_mc, second.held_mc, moves(book)) == (0, 0, [])


def test_what_is_released_of_a_dead_lot_expires_and_of_others_repays_what_is_owed() -> None:
    dead, alive = a_lot(HOLDER, expires_at=NOW), a_lot(HOLDER)
    dead.held_mc, alive.held_mc = 10_000, 10_000
    book = a_book(dead, alive, owed=4)
    assert book.available == Credits.of(-4)
    book.release({dead.id: 10_000, alive.id: 10_000})
    [expired] = moves(book)
    assert (expired.lot_id, expired.amount_mc, expired.target_id) == (dead.id, 10_000, EXPIRED)
    assert (dead.remaining_mc, dead.repaid_mc, dead.free_mc) == (0, 0, 0)
    assert (alive.remaining_mc, alive.repaid_mc, alive.free_mc) == (6_000, 4_000, 6_000)
    assert (book.available, book.balance.total_mc, book.lots) == (Credits.of(6), 6_000, [alive])


def test_what_is_released_does_not_cover_all_that_is_owed() -> None:
    lot = a_lot(HOLDER)
    lot.held_mc = 10_000
    book = a_book(lot, owed=25)
    book.release({lot.id: 10_000})
    assert (lot.remaining_mc, lot.repaid_mc, book.available) == (0, 10_000, Credits.of(-15))
    assert list(book.lots) == []


def test_of_a_dead_lot_only_what_is_free_expires() -> None:
    lot = a_lot(HOLDER, expires_at=NOW)
    lot.held_mc = 4_000
    book = a_book(lot)
    book.book_expired()
    book.book_expired()
    assert [(move.kind, move.amount_mc) for move in moves(book)] == [("EXPIRY", 6_000)]
    assert (book.available, lot.remaining_mc) == (Credits(0), 4_000)


async def test_a_refund_takes_back_nothing_that_is_held() -> None:
    lot = a_lot(HOLDER)
    lot.held_mc, lot.invoice_id = 7_000, HOLDER
    book = a_book(lot)
    with patch("services.ledger.write"):
        await book.take_back(HOLDER, Fraction(0), Fraction(1), target=ISSUED, why=SPENT)
    assert [move.amount_mc for move in moves(book)] == [3_000]


def moves(book: Book) -> list[Movement]:
    """All that has moved."""
    return book.handed_over()[1]


async def test_fifty_at_once_spend_30_of_1000_credits_33_times(account: UUID) -> None:
    await receive(a_lot(account, 400), a_lot(account, 400), a_lot(account, 200))
    connections_used = set()

    async def one() -> None:
        async with in_transaction():
            pid = await connections.get("default").execute_query_dict("SELECT pg_backend_pid()")
            connections_used.add(pid[0]["pg_backend_pid"])
            book = await Book.lock(account, now=NOW)
            await book.give(Credits.of(30), target=CONSUMED, why=SPENT)

    done = await asyncio.gather(*(one() for _ in range(50)), return_exceptions=True)
    refusals = [each for each in done if isinstance(each, InsufficientCredits)]
    assert (done.count(None), len(refusals), len(connections_used) > 1) == (33, 17, True)
    assert {refusal.available for refusal in refusals} == {Credits.of(10)}
    spent = [entry for entry in await entries(account) if entry.kind == "USAGE"]
    assert sum(entry.amount_mc for entry in spent) == 990_000
    assert min(entry.balance_after_mc for entry in spent) == 10_000
    balance = await CreditBalance.get(account_id=account)
    assert (balance.total_mc, balance.entry_count) == (10_000, 2 + 3 + len(spent))


async def owe(account_id: UUID, credits: int) -> list[Movement]:
    async with in_transaction():
        book = await Book.lock(account_id, now=NOW)
        taken = book.take(Credits.of(credits), target=CONSUMED, why=SPENT, may_owe=True)
        await write([book])
        return taken


async def test_what_the_lots_do_not_have_is_owed_and_repaid_by_the_next_ones(account: UUID) -> None:
    await receive(a_lot(account, 10))
    assert [(each.lot_id is None, each.amount_mc) for each in await owe(account, 25)] == [
        (False, 10_000),
        (True, 15_000),
    ]
    with pytest.raises(InsufficientCredits, match=r"1\.000 credits are needed, -15\.000 are"):
        await spend(account, 1)
    # ten repay a part, the next ten the rest
    lots = [a_lot(account, 10), a_lot(account, 10)]
    await receive(*lots)
    rows = [await CreditLot.get(id=lot.id) for lot in lots]
    assert [(row.remaining_mc, row.repaid_mc) for row in rows] == [(0, 10_000), (5_000, 5_000)]
    assert (await CreditBalance.get(account_id=account)).total_mc == 5_000
    await spend(account, 5)


async def test_credits_that_repaid_a_debt_do_not_expire(account: UUID) -> None:
    await owe(account, 8)
    await receive(a_lot(account, 10, expires_at=NOW + DAY))
    async with in_transaction():
        await Book.lock(account, now=NOW + DAY)
    assert [(entry.kind, entry.amount_mc) for entry in await entries(account)] == [
        ("USAGE", 8_000),
        ("GRANT", 10_000),
        ("EXPIRY", 2_000),
    ]
    assert (await CreditBalance.get(account_id=account)).total_mc == 0


async def test_many_books_are_locked_together_each_at_its_own_now(operator: Api) -> None:
    accounts = [
        (await CreditAccount.get(workspace_id=(await a_workspace(operator)).key)).id
        for _ in range(3)
    ]
    for account_id in accounts:
        await receive(a_lot(account_id, 10, expires_at=NOW + DAY))
    clocks = dict(zip(accounts, (NOW, NOW + DAY - MICROSECOND, NOW + DAY), strict=True))
    async with in_transaction():
        books = await lock_books(clocks)
    assert [books[id].available for id in accounts] == [
        Credits.of(760),
        Credits.of(760),
        Credits.of(750),
    ]


async def test_opposite_batches_of_the_same_books_do_not_wait_for_each_other_in_a_circle(
    operator: Api,
) -> None:
    accounts = [
        (await CreditAccount.get(workspace_id=(await a_workspace(operator)).key)).id
        for _ in range(4)
    ]

    async def spend_one_each(order: list[UUID]) -> None:
        async with in_transaction():
            books = await lock_books(dict.fromkeys(order, NOW))
            for book in books.values():
                book.take(Credits.of(1), target=CONSUMED, why=SPENT)
            await write(books.values())

    await asyncio.gather(
        *(spend_one_each(accounts if n % 2 else accounts[::-1]) for n in range(20))
    )
    balances = await CreditBalance.filter(account_id__in=accounts)
    assert {balance.total_mc for balance in balances} == {730_000}
