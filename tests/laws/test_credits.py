"""Random lives of a balance, against a model of it: who pays, from which lot, and what is owed."""

from __future__ import annotations

import asyncio
import operator as operators
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol
from uuid import uuid4

from hypothesis import example
from hypothesis import given as for_all
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from models.credits import CreditBalance, CreditLot, CreditTransfer
from models.money import Credits
from models.payments import Payment
from models.usage import ShortfallPolicy
from models.workspaces import Workspace
from services import calls, credits, usage
from services.call_requests import EndRequest, StartRequest
from services.check import check_books
from services.errors import CapacityExceeded, InsufficientCredits
from services.idempotency import Command
from services.inputs import rfc3339
from services.usage_events import Report, ReportedEvent
from tests import given
from tests.client import Api
from tests.corrections import advance, codes, refund
from tests.given import Tenant
from tests.laws.conftest import HISTORIES
from tests.laws.credit_model import Lot, Model
from tests.top_ups import bought

BIRTH = given.instant(given.FIRST_OF_APRIL)
PERIOD_END = given.instant("2026-05-01T00:00:00Z")
REJECT, OWE = ShortfallPolicy
LINES = 10
MINUTE_MC = 30_000  # the platform's, over the web
DOLLAR_MC = 1_000_000


@dataclass
class Purchase:
    """Credits that were bought, by the model and by the books, and what was not given back."""

    lot: Lot
    payment: Payment
    cents: int


@dataclass
class Life:
    """A workspace on pay as you go, and the model of its credits."""

    tenant: Tenant
    model: Model
    operator: Api
    begun: list[str] = field(default_factory=list)
    bought: list[Purchase] = field(default_factory=list)
    count: int = 0

    def new_id(self) -> str:
        self.count += 1
        return f"id-{self.count}"


class Step(Protocol):
    """Something that happens to a balance."""

    async def happens(self, life: Life) -> None: ...


@dataclass(frozen=True)
class Grants:
    """Credits come in, for good or for a while."""

    credits: int
    lives: timedelta | None

    async def happens(self, life: Life) -> None:
        expires_at = life.model.now + self.lives if self.lives else None
        life.model.grant(self.credits * 1_000, expires_at)
        await adjust(life.tenant, self.credits * 1_000, expires_at)


@dataclass(frozen=True)
class Buys:
    """Credits come in for good, for dollars."""

    dollars: int

    async def happens(self, life: Life) -> None:
        lot = life.model.grant(self.dollars * DOLLAR_MC, None, is_gift=False)
        await bought(life.tenant, str(self.dollars))
        payment = await Payment.filter(workspace_id=life.tenant.key).order_by("-id").first()
        assert payment is not None
        life.bought.append(Purchase(lot, payment, self.dollars * 100))


@dataclass(frozen=True)
class Refunds:
    """The money for one of the purchases goes back, so many cents of it or all."""

    which: int
    cents: int | None

    async def happens(self, life: Life) -> None:
        if not life.bought:
            return
        purchase = life.bought[self.which % len(life.bought)]
        wanted = purchase.cents if self.cents is None else self.cents
        amount = {} if self.cents is None else {"amount": str(Decimal(self.cents).scaleb(-2))}
        answer = await refund(life.operator, purchase.payment, **amount)
        assert codes(answer) == ([] if 0 < wanted <= purchase.cents else ["REFUND_TOO_LARGE"])
        if codes(answer) == []:
            purchase.cents -= wanted
            life.model.refund(purchase.lot, wanted * DOLLAR_MC // 100)


@dataclass(frozen=True)
class Deducts:
    """An operator takes credits, if there are so many."""

    credits: int

    async def happens(self, life: Life) -> None:
        expected = life.model.use(self.credits * 1_000, may_owe=False)
        try:
            await adjust(life.tenant, -self.credits * 1_000, None)
        except InsufficientCredits:
            assert not expected
        else:
            assert expected


@dataclass(frozen=True)
class Uses:
    """Something is used, to the millicredit."""

    millicredits: int
    shortfall: ShortfallPolicy

    async def happens(self, life: Life) -> None:
        expected = life.model.use(self.millicredits, may_owe=self.shortfall is OWE)
        assert await use(life.tenant, life.new_id(), self.millicredits, self.shortfall) == expected


@dataclass(frozen=True)
class Begins:
    """A call takes a line."""

    minutes: int

    async def happens(self, life: Life) -> None:
        id, has_line = life.new_id(), len(life.model.calls) < LINES
        expected = has_line and life.model.begin(id, MINUTE_MC, self.minutes)
        assert await begin(life.tenant, id, self.minutes) == expected
        if expected:
            life.begun.append(id)


@dataclass(frozen=True)
class Ends:
    """One of the calls that live ends, or one that was given up."""

    which: int
    seconds: int

    async def happens(self, life: Life) -> None:
        if life.begun:
            id = life.begun.pop(self.which % len(life.begun))
            life.model.end(id, self.seconds * MINUTE_MC // 60)
            await finish(life.tenant, id, self.seconds)


@dataclass(frozen=True)
class TimePasses:
    """The clock moves on, in so many pieces."""

    seconds: int
    pieces: int = 1

    async def happens(self, life: Life) -> None:
        began, whole = life.model.now, timedelta(seconds=self.seconds)
        for piece in range(1, self.pieces + 1):
            to = began + whole * piece / self.pieces
            life.model.advance(to)
            await advance(life.tenant, rfc3339(to))


async def adjust(tenant: Tenant, millicredits: int, expires_at: datetime | None) -> None:
    await credits.adjust(
        Command(tenant.key, "adjustCredits", None, {}),
        tenant.key,
        credits=Credits(millicredits),
        reason="For the test",
        expires_at=expires_at,
    )


async def use(tenant: Tenant, id: str, millicredits: int, shortfall: ShortfallPolicy) -> bool:
    """Whether it was stored."""
    event = ReportedEvent(id, "interaction", Decimal(millicredits).scaleb(-3))
    [recorded] = await usage.record([Report(tenant.key, [event], shortfall)])
    return recorded.accepted == 1


async def begin(tenant: Tenant, id: str, minutes: int) -> bool:
    """Whether it has a line and a hold."""
    try:
        await calls.start(
            tenant.key, StartRequest(id, None, None, None, None, None, None, False, [], minutes)
        )
    except (CapacityExceeded, InsufficientCredits):
        return False
    return True


async def finish(tenant: Tenant, id: str, seconds: int) -> None:
    await calls.end(tenant.key, EndRequest(id, seconds, 0, 0))


def steps() -> SearchStrategy[list[Step]]:
    amounts = st.one_of(st.integers(1, 400_000), st.integers(1, 3_000_000))
    lives = st.sampled_from([None, *(timedelta(minutes=n) for n in (1, 5, 30, 250))])
    step: SearchStrategy[Step] = st.one_of(
        st.builds(Grants, st.integers(1, 900), lives),
        st.builds(Deducts, st.integers(1, 3_000)),
        st.builds(Buys, st.integers(5, 9)),
        st.builds(Refunds, st.integers(0, 9), st.sampled_from([None, 1, 123, 400])),
        st.builds(Uses, amounts, st.sampled_from([REJECT, OWE])),
        st.builds(Uses, st.integers(4_000_000, 6_000_000), st.just(OWE)),
        st.builds(Begins, st.sampled_from([1, 2, 5, 60])),
        st.builds(Begins, st.sampled_from([5, 30])),
        st.builds(Ends, st.integers(0, 9), st.sampled_from([0, 1, 61, 300, 4_000])),
        st.builds(TimePasses, st.sampled_from([1, 30, 60, 300, 1_800, 15_000])),
    )
    # in half of the histories all but ten credits are spent before, so that each step matters
    first: SearchStrategy[list[Step]] = st.sampled_from([[], [Uses(5_740_000, REJECT)]])
    return st.builds(operators.add, first, st.lists(step, min_size=4, max_size=25))


async def a_life(operator: Api) -> Life:
    """750 credits for good and 5,000 to the period's end."""
    tenant = await given.a_workspace(operator, card="pm_card_visa")
    done = await tenant.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    assert done["errors"] == []
    lots = [Lot(750_000, BIRTH), Lot(5_000_000, BIRTH, PERIOD_END, is_gift=False)]
    return Life(tenant, Model(lots, BIRTH), operator)


async def the_books_are_the_models(life: Life) -> None:
    """Each lot has what it should, so they burn in their order; the balance is lots less debt."""
    model = life.model
    rows = await CreditLot.filter(account__workspace_id=life.tenant.key).order_by("id")
    assert [(row.remaining_mc, row.held_mc) for row in rows] == [
        (lot.remaining, sum(lot.holds.values())) for lot in model.lots
    ]
    balance = await CreditBalance.get(account__workspace_id=life.tenant.key)
    assert (balance.total_mc, balance.held_mc) == (
        sum(lot.remaining for lot in model.lots) - model.debt,
        model.held,
    )
    view = await credits_of(life.tenant)
    assert view["available"] == str(Credits(model.available)).replace(",", "")
    assert view["debt"] == str(Credits(model.debt)).replace(",", "")


async def credits_of(tenant: Tenant) -> dict[str, Any]:
    asked = await tenant.api.ask("{ workspace { creditBalance { available debt } } }")
    found: dict[str, Any] = asked["workspace"]["creditBalance"]
    return found


async def transfers(tenant: Tenant) -> list[tuple[Any, ...]]:
    prefix = (await Workspace.get(id=tenant.key)).invoice_prefix  # drawn by lot
    return [
        (
            row.kind,
            row.amount_mc,
            row.balance_after_mc,
            row.description.replace(prefix, ""),
            row.occurred_at,
        )
        for row in await CreditTransfer.filter(holder__workspace_id=tenant.key).order_by("sequence")
    ]


# money goes back for credits that a call holds, and of which it uses a part
REFUND_OF_WHAT_IS_HELD: list[Step] = [
    Uses(5_740_000, REJECT),
    Buys(5),
    Begins(60),
    Refunds(0, 400),
    Ends(0, 61),
    Refunds(0, None),
]
# what a call lets go repays what was owed meanwhile
DEBT_BESIDE_A_HOLD: list[Step] = [Begins(5), Uses(6_000_000, OWE), Ends(0, 61)]
# 100 credits die while a call holds 60 of them, and uses half of those
DEATH_OF_WHAT_IS_HELD: list[Step] = [
    Grants(100, timedelta(minutes=1)),
    Begins(2),
    TimePasses(60),
    Ends(0, 61),
]


@HISTORIES
@for_all(steps())
@example(REFUND_OF_WHAT_IS_HELD)
@example(DEBT_BESIDE_A_HOLD)
@example(DEATH_OF_WHAT_IS_HELD)
async def test_no_history_of_credits_leaves_other_books_than_the_model(
    operator: Api, history: Sequence[Step]
) -> None:
    life = await a_life(operator)
    for step in history:
        await step.happens(life)
        await the_books_are_the_models(life)
    assert [finding for finding in await check_books() if finding.violations] == []


# how much a call can hold of 100 credits depends on when it is looked after: they die meanwhile
HOLDS_UNTIL_DEATH: list[Step] = [
    Uses(5_740_000, REJECT),
    Grants(100, timedelta(minutes=5)),
    Begins(1),
    TimePasses(300),
    Ends(0, 61),
]


@HISTORIES
@for_all(steps(), st.sampled_from([2, 7]))
@example(HOLDS_UNTIL_DEATH, 2)
async def test_a_history_of_credits_that_is_lived_again_leaves_the_same_books(
    operator: Api, history: Sequence[Step], pieces: int
) -> None:
    # however far the clock was moved at a time
    in_pieces = [
        replace(step, pieces=pieces) if isinstance(step, TimePasses) else step for step in history
    ]
    books = []
    for retold in (history, in_pieces):
        life = await a_life(operator)
        for step in retold:
            await step.happens(life)
        books.append(await transfers(life.tenant))
    assert books[0] == books[1]


SPENDINGS = st.lists(st.tuples(st.booleans(), st.integers(1, 200_000)), min_size=1, max_size=12)


@HISTORIES
@for_all(SPENDINGS, SPENDINGS)
async def test_no_two_spenders_at_once_overdraw(
    operator: Api, one: list[tuple[bool, int]], other: list[tuple[bool, int]]
) -> None:
    # given 1,000 credits, of which 250 die first
    life = await a_life(operator)
    await adjust(life.tenant, -4_750_000, None)

    async def spends(spendings: list[tuple[bool, int]]) -> None:
        """By usage that is refused when it is too much, and by calls within their hold."""
        for is_call, millicredits in spendings:
            id, minutes = str(uuid4()), 1 + millicredits // MINUTE_MC
            if not is_call:
                await use(life.tenant, id, millicredits, REJECT)
            elif await begin(life.tenant, id, minutes):
                await finish(life.tenant, id, 60 * minutes - millicredits % 60)

    await asyncio.gather(spends(one), spends(other))
    books = await transfers(life.tenant)
    assert all(balance_after >= 0 for _, _, balance_after, *_ in books)
    balance = await CreditBalance.get(account__workspace_id=life.tenant.key)
    spent = sum(amount for kind, amount, *_ in books if kind == "USAGE")
    assert (balance.total_mc, balance.held_mc) == (1_000_000 - spent, 0)
