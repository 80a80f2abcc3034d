"""What can happen in the life of a workspace: each step is told as data and can be retold."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from models.invoices import Invoice
from models.payments import Payment
from models.seats import Agent, Seat
from models.workspaces import Workspace
from tests import given
from tests.laws import laws
from tests.laws.life import Life
from tests.laws.prices import MICROSECOND, PriceList

CARDS = [
    "pm_card_visa",
    "pm_card_chargeCustomerFail",
    "pm_card_authenticationRequired",
    "pm_usBankAccount",
]


class Step(Protocol):
    """Something that happens."""

    async def happens(self, life: Life) -> None:
        """Let it happen, and look at it."""


@dataclass(frozen=True)
class Change:
    """subscribe, changePlan or setAddOns: previewed, done, and compared with the price list."""

    mutation: str
    input: dict[str, Any]

    async def happens(self, life: Life) -> None:
        before, books = await life.view(), await life.books()
        preview = await life.preview(self.mutation, self.input)
        assert await life.books() == books, "a preview writes nothing"
        answer = await life.tell(self.mutation, "__typename", **self.input)
        after = await life.view()
        issued = (await life.invoices())[len(books["invoices"]) :]
        laws.preview_is_what_is_done(preview, answer, issued, before, after)
        laws.the_price_list_says_what_is_charged(
            life.prices, self.mutation, self.input, answer, issued, before
        )
        laws.a_refusal_changes_nothing(answer, books, await life.books())


@dataclass(frozen=True)
class Told:
    """Any other command of a customer."""

    mutation: str
    input: dict[str, Any]

    async def happens(self, life: Life) -> None:
        books = await life.books()
        answer = await life.tell(self.mutation, "__typename", **self.input)
        laws.a_refusal_changes_nothing(answer, books, await life.books())


@dataclass(frozen=True)
class Unkeyed:
    """A command that needs no idempotency key, because it sets a state."""

    mutation: str
    input: dict[str, Any]

    async def happens(self, life: Life) -> None:
        await life.tenant.api.do(self.mutation, "__typename", **self.input)


@dataclass(frozen=True)
class Detaches:
    """The default method is taken away, if that may be."""

    async def happens(self, life: Life) -> None:
        found = await life.tenant.api.ask("{ workspace { paymentMethods { id isDefault } } }")
        for method in found["workspace"]["paymentMethods"]:
            if method["isDefault"]:
                await life.tenant.api.do(
                    "detachPaymentMethod", "__typename", paymentMethodId=method["id"]
                )


@dataclass(frozen=True)
class Pays:
    """The oldest invoice that can be paid, twice at once: only one may charge."""

    async def happens(self, life: Life) -> None:
        open_ = Invoice.filter(workspace_id=life.key, status__in=["OPEN", "UNCOLLECTIBLE"])
        invoice = await open_.order_by("sequence").first()
        if invoice is not None:
            await asyncio.gather(
                *(
                    life.tell("payInvoice", "__typename", invoiceId=given.id_of(invoice))
                    for _ in range(2)
                )
            )


@dataclass(frozen=True)
class PayerAnswers:
    """Whoever is asked to confirm a payment says yes or no."""

    approved: bool

    async def happens(self, life: Life) -> None:
        for payment in await Payment.filter(workspace_id=life.key, status="REQUIRES_ACTION"):
            await given.payer_confirms(payment, approved=self.approved)


@dataclass(frozen=True)
class Frees:
    """The newest seat or agent goes."""

    kind: str

    async def happens(self, life: Life) -> None:
        if self.kind == "agent":
            agent = await Agent.filter(workspace_id=life.key).order_by("-id").first()
            if agent:
                await life.tenant.api.do("archiveAgent", "agent { id }", agentId=given.id_of(agent))
        else:
            seat = await Seat.filter(workspace_id=life.key, is_owner=False).order_by("-id").first()
            if seat:
                await life.tenant.api.do("releaseSeat", "seat { id }", seatId=given.id_of(seat))


@dataclass(frozen=True)
class Adjusts:
    """Operators give or take credits."""

    credits: int

    async def happens(self, life: Life) -> None:
        await life.operator.do(
            "adjustCredits",
            "entry { id }",
            workspaceId=life.tenant.id,
            credits=str(self.credits),
            reason="by hand",
        )


@dataclass(frozen=True)
class AsksAgain:
    """The last command comes once more under its key, twice at once: no effect, same answer."""

    async def happens(self, life: Life) -> None:
        if not life.commands:
            return
        mutation, input, answer = life.commands[-1]
        books = await life.books()
        again = await asyncio.gather(
            *(life.tenant.api.do(mutation, "__typename", **input) for _ in range(2))
        )
        assert [each["errors"] for each in again] == [answer["errors"]] * 2
        assert await life.books() == books, "a repeat has no second effect"


@dataclass(frozen=True)
class TimePasses:
    """The clock moves on: so long, or to the period's end but so much."""

    by: timedelta
    to_period_end: bool = False
    pieces: int = 1

    async def happens(self, life: Life) -> None:
        before = await life.view()
        start, to = before.now, before.now + self.by
        if self.to_period_end:
            to = max(start, (before.period[1] if before.period else start) + self.by)
        for piece in range(1, self.pieces + 1):
            part = start + (to - start) * piece / self.pieces
            answer = await life.tenant.api.do(
                "advanceClock", "now", workspaceId=life.tenant.id, to=part.isoformat()
            )
            assert answer["errors"] == []
        after = await life.view()
        laws.nobody_switches_auto_billing_but_the_customer(before, after)
        await laws.renewals_are_what_was_shown(life, before, after)


@dataclass(frozen=True)
class Outage:
    """Time passes and nobody does what falls due; when somebody does, it is all late."""

    by: timedelta

    async def happens(self, life: Life) -> None:
        before = await life.view()
        await Workspace.filter(id=life.key).update(clock_at=before.now + self.by)
        await TimePasses(timedelta(0)).happens(life)


def steps_for(prices: PriceList) -> SearchStrategy[Sequence[Step]]:
    """Histories of 6 to 14 steps, most of them of what costs money."""
    free, *paid = prices.plan_keys[:4]
    quantities = st.dictionaries(
        st.sampled_from(list(prices.add_ons)[:5]), st.integers(0, 4), max_size=3
    ).map(
        lambda wanted: [
            {"addOn": key, "quantity": min(n, prices.most[key])} for key, n in wanted.items()
        ]
    )
    bought = quantities.map(lambda wanted: [each for each in wanted if each["quantity"]])
    change = st.one_of(
        st.builds(
            lambda plan, add_ons, auto: Change(
                "subscribe", {"plan": plan, "addOns": add_ons, "autoBilling": auto}
            ),
            st.sampled_from(paid),
            bought,
            st.booleans(),
        ),
        quantities.map(lambda wanted: Change("setAddOns", {"addOns": wanted})),
        st.builds(
            lambda plan, timing, accept: Change(
                "changePlan", {"plan": plan, "timing": timing, "acceptOverage": accept}
            ),
            st.sampled_from([free, *paid]),
            st.sampled_from(["AUTO", "NOW", "PERIOD_END"]),
            st.booleans(),
        ),
    )
    time = st.one_of(
        st.builds(TimePasses, st.timedeltas(timedelta(0), timedelta(days=12))),
        st.builds(
            TimePasses,
            st.sampled_from([timedelta(0), -MICROSECOND, timedelta(days=40), timedelta(hours=-7)]),
            st.just(value=True),
        ),
    )
    attach = st.sampled_from(CARDS).map(
        lambda token: Unkeyed("attachPaymentMethod", {"token": token})
    )
    auto_billing = st.booleans().map(lambda on: Unkeyed("setAutoBilling", {"enabled": on}))
    seat = st.builds(
        lambda kind, n: Told("assignSeat", {"kind": kind, "email": f"member{n}@acme.test"}),
        st.sampled_from(["WORKSPACE", "CLIENT"]),
        st.integers(1, 6),
    )
    agent = st.integers(1, 7).map(
        lambda n: Unkeyed("registerAgent", {"externalId": f"a{n}", "name": "A"})
    )
    country = st.sampled_from(["DE", "US"]).map(
        lambda code: Unkeyed("setBillingAddress", {"country": code})
    )
    leaving = st.sampled_from(
        [
            Told("cancelSubscription", {}),
            Told("resumeSubscription", {}),
        ]
    )
    freed = st.builds(Frees, st.sampled_from(["agent", "seat"]))
    rarely = st.one_of(
        agent, country, leaving, freed, st.just(Detaches()), st.just(AsksAgain()),
        st.builds(PayerAnswers, st.booleans()),
        st.builds(Adjusts, st.sampled_from([500, -300, -5_000])),
        st.builds(Outage, st.sampled_from([timedelta(hours=30), timedelta(days=50)])),
    )  # fmt: skip
    step: SearchStrategy[Step] = st.one_of(
        change, change, time, time, attach, auto_billing, seat, st.just(Pays()), rarely
    )
    return st.lists(step, min_size=6, max_size=14)
