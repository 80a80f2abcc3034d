"""What can happen in the life of a workspace: each step is told as data and can be retold."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import product
from math import ceil
from typing import Any, Protocol

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from models.invoices import PURCHASES, Invoice
from models.payments import Payment, PaymentMethod
from models.phone_numbers import PhoneNumber
from models.seats import Agent, Seat
from models.workspaces import Workspace
from tests import given
from tests.laws import laws
from tests.laws.life import Life
from tests.laws.prices import MICROSECOND, PriceList
from tests.metering import an_event

CARDS = [
    "pm_card_visa",
    "pm_card_chargeCustomerFail",
    "pm_card_authenticationRequired",
    "pm_usBankAccount",
    "pm_card_pendingRefund",
    "pm_card_refundFail",
]
# a sold number is gone for everybody: other tests have theirs from other areas
AREAS = (*range(601, 604), *range(605, 611), *range(614, 620), *range(801, 807), *range(812, 819))
NUMBERS = (f"+1{area}5550{line}" for line, area in product(range(100, 198), AREAS))


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
        await laws.preview_is_what_is_done(preview, answer, issued, before, after)
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
class Voids:
    """An operator calls off the newest invoice that is owed: what was had is kept."""

    async def happens(self, life: Life) -> None:
        open_ = Invoice.filter(workspace_id=life.key, status__in=["OPEN", "UNCOLLECTIBLE"])
        invoice = await open_.order_by("-sequence").first()
        if invoice is None:
            return
        before = await life.view()
        answer = await life.tell(
            "voidInvoice",
            "__typename",
            caller=life.operator,
            invoiceId=given.id_of(invoice),
            reason="By mistake",
        )
        if answer["errors"]:  # the payer has confirmed: it is paid, as we hear when we give it up
            assert [error["code"] for error in answer["errors"]] == ["INVOICE_NOT_PAYABLE"]
            assert (await Invoice.get(id=invoice.id)).status == "PAID"
            return
        after = await life.view()
        assert after.outstanding == before.outstanding - 1
        laws.a_correction_takes_nothing(before, after)


@dataclass(frozen=True)
class Refunds:
    """An operator gives back a part of the newest or the oldest payment, twice at once."""

    part: Fraction
    is_newest: bool

    async def happens(self, life: Life) -> None:
        arrived = Payment.filter(
            workspace_id=life.key, status__in=["SUCCEEDED", "PARTIALLY_REFUNDED"]
        )
        payment = await arrived.order_by("-id" if self.is_newest else "id").first()
        if payment is None:
            return
        before = await life.view()
        cents = ceil(self.part * (payment.amount_cents - payment.refunded_cents))
        answers = await asyncio.gather(
            *(
                life.tell(
                    "refundPayment",
                    "creditNote { id }",
                    caller=life.operator,
                    paymentId=given.id_of(payment),
                    amount=f"{cents // 100}.{cents % 100:02}",
                    reason="By mistake",
                )
                for _ in range(2)
            )
        )
        notes = [answer for answer in answers if answer["creditNote"]]
        invoice = await payment.invoice
        back = cents * len(notes) if invoice.reason in PURCHASES else 0
        laws.a_correction_takes_nothing(before, await life.view(), bought_back_cents=back)
        given_back = await Payment.get(id=payment.id)
        assert given_back.refunded_cents <= payment.amount_cents
        assert given_back.refunded_cents - payment.refunded_cents >= cents * len(notes)


@dataclass(frozen=True)
class Agrees:
    """An operator and the customer agree on a contract, once in a life."""

    cents: int
    credits: int

    async def happens(self, life: Life) -> None:
        if "enterprise" in life.prices.plans:
            return
        before, count = await life.view(), len(await life.invoices())
        answer = await life.tell(
            "setContract",
            "__typename",
            caller=life.operator,
            workspaceId=life.tenant.id,
            monthlyPrice=f"{self.cents // 100}.{self.cents % 100:02}",
            includedCredits=str(self.credits),
        )
        issued = (await life.invoices())[count:]
        if answer["errors"]:
            assert issued == []
            return
        life.prices = life.prices.with_contract("enterprise", self.cents, self.credits)
        expected = laws.upgraded(life.prices, before, "enterprise") if before.period else self.cents
        assert [row.total_cents for row in issued] == [
            life.prices.with_tax(expected, before.country)
        ]
        after = await life.view()
        assert after.plan == "enterprise"
        if issued[0].status == "OPEN":
            assert after.credits == before.credits, "credits come with the money"


@dataclass(frozen=True)
class ComesTooLate:
    """Money for an invoice that was called off while it was under way."""

    cents: int

    async def happens(self, life: Life) -> None:
        invoice = await given.an_open_invoice(life.tenant, cents=self.cents)
        has_method = await PaymentMethod.exists(workspace_id=life.key, is_default=True)
        if invoice.status == "OPEN" and has_method:
            await given.comes_too_late(invoice)


@dataclass(frozen=True)
class BuysNumbers:
    """Two numbers at once, for which there may be a slot, or none."""

    async def happens(self, life: Life) -> None:
        before = await life.view()
        slots = life.prices.limit(before.plan, before.add_ons, "PHONE_NUMBER")
        answers = await asyncio.gather(
            *(life.tell("buyPhoneNumber", "__typename", number=next(NUMBERS)) for _ in range(2))
        )
        bought = [answer for answer in answers if not answer["errors"]]
        free = 0 if before.status in ("PAST_DUE", "UNPAID") else slots - before.used["PHONE_NUMBER"]
        assert len(bought) == min(2, free)
        after = await life.view()
        assert after.used["PHONE_NUMBER"] == before.used["PHONE_NUMBER"] + len(bought)


@dataclass(frozen=True)
class ReleasesNumber:
    """The newest number goes: its slot is free and billed on."""

    async def happens(self, life: Life) -> None:
        live = PhoneNumber.filter(workspace_id=life.key, released_at=None)
        number = await live.order_by("-id").first()
        if number is None:
            return
        before = await life.view()
        await life.tenant.api.do(
            "releasePhoneNumber", "__typename", phoneNumberId=given.id_of(number)
        )
        after = await life.view()
        assert after.used["PHONE_NUMBER"] == before.used["PHONE_NUMBER"] - 1
        assert after.add_ons == before.add_ons


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
class Uses:
    """Replies for so many credits; whether there are enough or it is owed."""

    credits: int
    may_owe: bool

    async def happens(self, life: Life) -> None:
        await life.tenant.api.do(
            "recordUsage",
            "__typename",
            events=[an_event(quantity=str(self.credits))],
            shortfall="OWE" if self.may_owe else "REJECT",
        )


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
        last = life.commands[-1]
        books = await life.books()
        again = await asyncio.gather(
            *(last.caller.do(last.mutation, "__typename", **last.input) for _ in range(2))
        )
        assert [each["errors"] for each in again] == [last.answer["errors"]] * 2
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
        st.sampled_from(list(prices.add_ons)), st.integers(0, 4), max_size=3
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
    corrections = st.one_of(
        st.just(Voids()),
        st.builds(Refunds, st.sampled_from([Fraction(1), Fraction(1, 3)]), st.booleans()),
        st.builds(Agrees, st.sampled_from([1_000_00, 2_500_03]), st.sampled_from([0, 100_000])),
        st.builds(ComesTooLate, st.sampled_from([4_13, 20_00, 500_00])),
    )
    numbers = st.sampled_from([BuysNumbers(), BuysNumbers(), ReleasesNumber()])
    credits = st.one_of(
        st.sampled_from(["5", "23"]).map(
            lambda amount: Told("purchaseCredits", {"amount": amount})
        ),
        st.builds(
            lambda on, cap: Unkeyed("setAutoRecharge", {"enabled": on, "monthlyCap": cap}),
            st.sampled_from([True, True, False]),
            st.sampled_from([None, "12"]),
        ),
        st.builds(Uses, st.sampled_from([100, 5_300, 14_000]), st.booleans()),
    )
    rarely = st.one_of(
        agent, country, leaving, freed, st.just(Detaches()), st.just(AsksAgain()),
        st.builds(PayerAnswers, st.booleans()),
        st.builds(Adjusts, st.sampled_from([500, -300, -5_000])),
        st.builds(Outage, st.sampled_from([timedelta(hours=30), timedelta(days=50)])),
    )  # fmt: skip
    step: SearchStrategy[Step] = st.one_of(
        change, change, time, time, attach, auto_billing, seat, st.just(Pays()), rarely,
        corrections, numbers, credits,
    )  # fmt: skip
    return st.lists(step, min_size=6, max_size=14)
