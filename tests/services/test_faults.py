"""The provider declines, is silent, repeats itself or takes a day: nothing is lost or done twice.

Each of the ways in which money is asked for meets each fault, through the API; auto-recharge, which
nobody asks for, in test_recharge_faults.py.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from billwright.settings import Settings
from models.payments import Payment, SandboxCharge
from models.workspaces import Workspace
from services import catalog, payments
from services.check import check_books
from services.gateway import Charge, Declined, GatewayUnavailable, Outcome, Succeeded
from services.gateway.sandbox import SandboxGateway
from services.price_list_file import load
from tests import given
from tests.client import Api
from tests.given import Tenant

LADDER = Path(__file__).parents[1] / "data" / "ladder-2026-08.toml"
CHARGE = "services.gateway.sandbox.SandboxGateway.charge"
BAD_CARD, BANK = "pm_card_chargeCustomerFail", "pm_usBankAccount"
DAY = timedelta(days=1)

Stand = tuple[str, dict[str, int], str, str]


@dataclass(frozen=True)
class Way:
    """A way to ask for money: what is asked, at which price, and how it stands before and after.

    `declined`: how it stands when the money does not come.
    """

    plan: str
    until: str
    mutation: str
    input: dict[str, Any]
    cents: int
    before: Stand
    after: Stand
    declined: Stand
    by_hand: bool = False
    # whether another request waits for the first one's outcome
    is_one_at_a_time: bool = True


SUBSCRIBING = Way(
    plan="",
    until="2026-04-01T00:00:00Z",
    mutation="subscribe",
    input={"plan": "pay-as-you-go"},
    cents=20_00,
    before=("free", {}, "ACTIVE", "750.000"),
    after=("pay-as-you-go", {}, "ACTIVE", "5750.000"),
    declined=("free", {}, "ACTIVE", "750.000"),
)
UPGRADING = Way(  # Starter $29 to Pro $59 for half of April, and half of the 10,000 credits more
    plan="starter",
    until="2026-04-16T00:00:00Z",
    mutation="changePlan",
    input={"plan": "pro"},
    cents=15_00,
    before=("starter", {}, "ACTIVE", "5500.000"),
    after=("pro", {}, "ACTIVE", "10500.000"),
    declined=("starter", {}, "ACTIVE", "5500.000"),
)
MORE_SEATS = Way(  # two at $10 for half of April
    plan="pay-as-you-go",
    until="2026-04-16T00:00:00Z",
    mutation="setAddOns",
    input={"addOns": [{"addOn": "workspace-seat", "quantity": 2}]},
    cents=10_00,
    before=("pay-as-you-go", {}, "ACTIVE", "5750.000"),
    after=("pay-as-you-go", {"workspace-seat": 2}, "ACTIVE", "5750.000"),
    declined=("pay-as-you-go", {}, "ACTIVE", "5750.000"),
)
RENEWING = Way(  # the old credits expire with the period, also when the new ones do not come
    plan="pay-as-you-go",
    until="2026-04-30T00:00:00Z",
    mutation="advanceClock",
    input={"to": "2026-05-01T00:00:00Z"},
    cents=20_00,
    before=("pay-as-you-go", {}, "ACTIVE", "750.000"),
    after=("pay-as-you-go", {}, "ACTIVE", "5750.000"),
    declined=("pay-as-you-go", {}, "PAST_DUE", "750.000"),
)
BY_HAND = Way(
    plan="pay-as-you-go",
    until="2026-05-03T00:00:00Z",
    mutation="payInvoice",
    input={},
    cents=20_00,
    before=("pay-as-you-go", {}, "ACTIVE", "750.000"),
    after=("pay-as-you-go", {}, "ACTIVE", "5750.000"),
    declined=("pay-as-you-go", {}, "ACTIVE", "750.000"),
    by_hand=True,
)
BUYING = Way(
    plan="pay-as-you-go",
    until="2026-04-16T00:00:00Z",
    mutation="purchaseCredits",
    input={"amount": "5"},
    cents=5_00,
    before=("pay-as-you-go", {}, "ACTIVE", "5750.000"),
    after=("pay-as-you-go", {}, "ACTIVE", "10750.000"),
    declined=("pay-as-you-go", {}, "ACTIVE", "5750.000"),
    is_one_at_a_time=False,
)
WAYS = [SUBSCRIBING, UPGRADING, MORE_SEATS, RENEWING, BY_HAND, BUYING]
of_each_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.mutation)


@dataclass
class Asker:
    """A workspace that is about to be asked for money, and the one request for it."""

    way: Way
    tenant: Tenant
    input: dict[str, Any]

    async def asks(self, **other: Any) -> list[str]:
        """Do it, or do it again; the codes of what stands in its way."""
        answer = await self.tenant.api.send(
            f"mutation ($input: {self.way.mutation[0].upper()}{self.way.mutation[1:]}Input!) "
            f"{{ {self.way.mutation}(input: $input) {{ errors {{ code }} }} }}",
            input=self.input | other,
        )
        if "errors" in answer:
            return [error["extensions"]["code"] for error in answer["errors"]]
        return [error["code"] for error in answer["data"][self.way.mutation]["errors"]]

    async def time_passes(self, by: timedelta) -> None:
        shown = await self.tenant.api.ask("{ workspace { now } }")
        to = given.instant(shown["workspace"]["now"]) + by
        answer = await self.tenant.api.do(
            "advanceClock", "now", workspaceId=self.tenant.id, to=to.isoformat()
        )
        assert answer["errors"] == []

    async def stands(self) -> Stand:
        """Plan, add-ons, status, credits."""
        found = (await self.tenant.api.ask(
            "{ workspace { subscription { plan { key } status addOns { addOn { key } quantity } } "
            "creditBalance { total } } }"
        ))["workspace"]  # fmt: skip
        subscription = found["subscription"]
        add_ons = {each["addOn"]["key"]: each["quantity"] for each in subscription["addOns"]}
        return (
            subscription["plan"]["key"],
            add_ons,
            subscription["status"],
            found["creditBalance"]["total"],
        )

    async def balance(self) -> int:
        """The workspace's unapplied balance, in cents."""
        cents: int = (await Workspace.get(id=self.tenant.key)).balance_cents
        return cents

    async def has_been_charged(self, *, times: int) -> None:
        """At the provider and in the books, besides what was paid to come here."""
        ids = await Payment.filter(workspace_id=self.tenant.key).values_list("id", flat=True)
        charges = await SandboxCharge.filter(operation_id__in=ids, status="SUCCEEDED").order_by(
            "operation_id"
        )
        paid = await Payment.filter(workspace_id=self.tenant.key, status="SUCCEEDED").order_by("id")
        earlier = 1 if self.way.plan else 0
        assert [charge.amount_cents for charge in charges][earlier:] == [self.way.cents] * times
        assert [payment.amount_cents for payment in paid][earlier:] == [self.way.cents] * times
        assert [finding for finding in await check_books() if finding.violations] == []


@pytest.fixture
async def _price_lists(way: Way) -> AsyncIterator[None]:
    if way.mutation == "changePlan":
        await catalog.publish(load(LADDER))
    yield
    await catalog.publish(load(Settings().catalog))


pytestmark = pytest.mark.usefixtures("_price_lists")


async def an_asker(operator: Api, way: Way, *, card: str = "pm_card_visa") -> Asker:
    """Subscribed by a good card if the way begins so, and about to be charged to `card`."""
    tenant = await given.a_workspace(operator, card="pm_card_visa")
    input = dict(way.input)
    if way.mutation == "advanceClock":
        input["workspaceId"] = tenant.id
    else:
        input["idempotencyKey"] = given.a_key()
    if way.plan:
        done = await tenant.api.do(
            "subscribe", "invoice { id }", plan=way.plan, autoBilling=not way.by_hand
        )
        assert done["errors"] == []
        await tenant.api.do("advanceClock", "now", workspaceId=tenant.id, to=way.until)
    if way.by_hand:
        shown = await tenant.api.ask("{ workspace { invoices(status: OPEN) { nodes { id } } } }")
        [invoice] = shown["workspace"]["invoices"]["nodes"]
        input["invoiceId"] = invoice["id"]
    await given.attach(tenant, card)
    return Asker(way, tenant, input)


def sandbox() -> SandboxGateway:
    return SandboxGateway("http://testserver")


honest = SandboxGateway.charge


async def silent(_: SandboxGateway, charge: Charge) -> Outcome:
    """The request never arrived."""
    raise GatewayUnavailable("time-out")


async def charges_and_is_silent(gateway: SandboxGateway, charge: Charge) -> Outcome:
    """The answer never arrived."""
    await honest(gateway, charge)
    raise GatewayUnavailable("connection reset")


async def charges_and_breaks_us(gateway: SandboxGateway, charge: Charge) -> Outcome:
    """The answer is one that we have no words for."""
    await honest(gateway, charge)
    raise LookupError("payment_intent.status")


async def answers_twice(gateway: SandboxGateway, charge: Charge) -> Outcome:
    """Its notice is settled before its answer is."""
    outcome = await honest(gateway, charge)
    await payments.settle(charge.operation_id, outcome)
    await payments.settle(charge.operation_id, outcome)
    return outcome


SILENCES = {
    silent: "PAYMENT_UNAVAILABLE",
    charges_and_is_silent: "PAYMENT_UNAVAILABLE",
    charges_and_breaks_us: "INTERNAL",
}


async def by_repeating(asker: Asker) -> None:
    """The client asks again under the same key."""
    assert await asker.asks() == []


async def by_repair(_: Asker) -> None:
    """The worker asks about every payment that nobody decided."""
    await payments.repair(sandbox(), older_than=timedelta(0))


async def by_the_clock(asker: Asker) -> None:
    """Time goes on, and collects first what is open."""
    await asker.time_passes(timedelta(0))


RECOVERIES = [by_repeating, by_repair, by_the_clock]


@of_each_way
@pytest.mark.parametrize("fault", SILENCES, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("recovers", RECOVERIES, ids=lambda recovers: recovers.__name__)
async def test_a_silence_leaves_all_as_it_was_until_it_is_broken(
    operator: Api, way: Way, fault: Callable[..., Any], recovers: Callable[..., Any]
) -> None:
    asker = await an_asker(operator, way)
    with patch(CHARGE, fault):
        assert await asker.asks() == [SILENCES[fault]]
        assert await asker.stands() == way.before
        # a second request is no second charge, whatever the provider did with the first
        if way.mutation != "advanceClock" and way.is_one_at_a_time:
            other = await asker.asks(idempotencyKey=given.a_key())
            assert other in (["PENDING_CHANGE"], ["IN_PROGRESS"])
    await recovers(asker)
    assert await asker.stands() == way.after
    await asker.has_been_charged(times=1)
    # and whoever asks once more is told what was done, and pays nothing
    await asker.asks()
    assert await asker.stands() == way.after
    await asker.has_been_charged(times=1)


@of_each_way
async def test_a_silence_that_ends_in_a_decline_has_changed_nothing(
    operator: Api, way: Way
) -> None:
    asker = await an_asker(operator, way, card=BAD_CARD)
    with patch(CHARGE, charges_and_is_silent):
        assert await asker.asks() == ["PAYMENT_UNAVAILABLE"]
    await by_repair(asker)
    await asker.time_passes(timedelta(0))
    assert await asker.stands() == way.declined
    await asker.has_been_charged(times=0)


@of_each_way
async def test_a_decline_changes_nothing_and_the_next_try_is_a_new_one(
    operator: Api, way: Way
) -> None:
    asker = await an_asker(operator, way, card=BAD_CARD)
    declined = [] if way.mutation == "advanceClock" else ["PAYMENT_DECLINED"]
    for _ in range(2):  # asked again under its key, it is the same try
        assert await asker.asks() == declined
    assert await asker.stands() == way.declined
    await asker.has_been_charged(times=0)
    assert await Payment.filter(workspace_id=asker.tenant.key, status="FAILED").count() == 1
    await given.attach(asker.tenant, "pm_card_visa")
    if way.mutation == "advanceClock":
        await asker.time_passes(DAY)
    else:
        assert await asker.asks(idempotencyKey=given.a_key()) == []
    assert await asker.stands() == way.after
    await asker.has_been_charged(times=1)


@of_each_way
async def test_an_answer_that_comes_twice_counts_once(operator: Api, way: Way) -> None:
    asker = await an_asker(operator, way)
    with patch(CHARGE, answers_twice):
        assert await asker.asks() == []
    payment = await Payment.filter(workspace_id=asker.tenant.key).order_by("-id").first()
    assert payment is not None
    # nor does one that contradicts it, or comes under another name
    for late in (Declined(None, "card_declined"), Succeeded("pi_another")):
        await payments.settle(payment.id, late)
    assert await asker.stands() == way.after
    await asker.has_been_charged(times=1)


@of_each_way
async def test_a_decline_that_comes_twice_counts_once(operator: Api, way: Way) -> None:
    asker = await an_asker(operator, way, card=BAD_CARD)
    with patch(CHARGE, answers_twice):
        await asker.asks()
    assert await asker.stands() == way.declined
    assert await Payment.filter(workspace_id=asker.tenant.key, status="FAILED").count() == 1
    await asker.has_been_charged(times=0)


@of_each_way
async def test_a_decline_that_was_none_is_money_after_all(operator: Api, way: Way) -> None:
    asker = await an_asker(operator, way, card=BAD_CARD)
    await asker.asks()
    [payment] = await Payment.filter(workspace_id=asker.tenant.key, status="FAILED")
    assert await asker.stands() == way.declined
    # when the provider says, and says again, that it has the money
    await SandboxCharge.filter(operation_id=payment.id).update(status="SUCCEEDED")
    for _ in range(2):
        await payments.find_out(payment.id, sandbox())
    # then a renewal is paid by it, and of a change that was called off it is kept for later
    await asker.has_been_charged(times=1)
    is_owed = way in (RENEWING, BY_HAND)
    assert await asker.stands() == (way.after if is_owed else way.declined)
    assert await asker.balance() == (0 if is_owed else way.cents)
    if not is_owed:
        assert await asker.asks(idempotencyKey=given.a_key()) == []
        assert (await asker.stands(), await asker.balance()) == (way.after, 0)


@pytest.mark.parametrize("way", [RENEWING, BY_HAND], ids=lambda way: way.mutation)
async def test_a_decline_that_was_none_after_another_payment_is_kept_for_later(
    operator: Api, way: Way
) -> None:
    # given an invoice that is paid by another card after the first was declined
    asker = await an_asker(operator, way, card=BAD_CARD)
    await asker.asks()
    [payment] = await Payment.filter(workspace_id=asker.tenant.key, status="FAILED")
    await given.attach(asker.tenant, "pm_card_visa")
    invoice = given.id_of(await payment.invoice)
    paid = await asker.tenant.api.do("payInvoice", "invoice { status }", invoiceId=invoice)
    assert paid == {"invoice": {"status": "PAID"}, "errors": []}
    # when the first was charged after all, then nothing is paid twice, and nothing is lost
    await payments.settle(payment.id, Succeeded(f"pi_sandbox_{payment.id}"))
    assert (await asker.stands(), await asker.balance()) == (way.after, way.cents)
    assert [finding for finding in await check_books() if finding.violations] == []
    # and it can go back to its card, without a credit note
    await SandboxCharge.filter(operation_id=payment.id).update(status="SUCCEEDED")
    refunded = await operator.do(
        "refundPayment", "payment { status } creditNote { id }",
        paymentId=given.id_of(payment), reason="Paid twice",
    )  # fmt: skip
    assert refunded == {"payment": {"status": "REFUNDED"}, "creditNote": None, "errors": []}
    assert (await asker.stands(), await asker.balance()) == (way.after, 0)
    assert [finding for finding in await check_books() if finding.violations] == []


@pytest.mark.parametrize("way", [RENEWING], ids=lambda way: way.mutation)
@pytest.mark.parametrize("confirms", [True, False])
async def test_a_decline_that_was_none_pays_before_who_is_still_asked(
    operator: Api, way: Way, confirms: bool
) -> None:
    # given a renewal that waits for 3-D Secure after another card was declined
    asker = await an_asker(operator, way, card=BAD_CARD)
    await asker.asks()
    [first] = await Payment.filter(workspace_id=asker.tenant.key, status="FAILED")
    await given.attach(asker.tenant, "pm_card_authenticationRequired")
    invoice = given.id_of(await first.invoice)
    await asker.tenant.api.do("payInvoice", "invoice { id }", invoiceId=invoice)
    [second] = await Payment.filter(workspace_id=asker.tenant.key, status="REQUIRES_ACTION")
    # when the first was charged after all, then that pays
    await SandboxCharge.filter(operation_id=first.id).update(status="SUCCEEDED")
    await payments.settle(first.id, Succeeded(f"pi_sandbox_{first.id}"))
    assert (await asker.stands(), await asker.balance()) == (way.after, 0)
    await asker.has_been_charged(times=1)
    # and what is confirmed now is kept for later
    await given.payer_confirms(second, approved=confirms)
    await asker.time_passes(DAY)
    assert (await asker.stands(), await asker.balance()) == (way.after, confirms * way.cents)
    await asker.has_been_charged(times=1 + confirms)


@pytest.mark.parametrize("way", [RENEWING], ids=lambda way: way.mutation)
@pytest.mark.parametrize("fault", [silent, charges_and_is_silent], ids=lambda fault: fault.__name__)
async def test_of_an_invoice_that_is_paid_meanwhile_nobody_is_charged(
    operator: Api, way: Way, fault: Callable[..., Any]
) -> None:
    # given a renewal whose second try the provider has not answered
    asker = await an_asker(operator, way, card=BAD_CARD)
    await asker.asks()
    [first] = await Payment.filter(workspace_id=asker.tenant.key, status="FAILED")
    await given.attach(asker.tenant, "pm_card_visa")
    invoice = given.id_of(await first.invoice)
    with patch(CHARGE, fault):
        await asker.tenant.api.send(
            "mutation ($input: PayInvoiceInput!) { payInvoice(input: $input) { errors { code } } }",
            input={"invoiceId": invoice, "idempotencyKey": given.a_key()},
        )
    # when the first was charged after all
    await SandboxCharge.filter(operation_id=first.id).update(status="SUCCEEDED")
    await payments.settle(first.id, Succeeded(f"pi_sandbox_{first.id}"))
    # then the second is not charged any more; if it was, that money is kept for later
    await by_repair(asker)
    was_charged = fault is charges_and_is_silent
    assert (await asker.stands(), await asker.balance()) == (way.after, was_charged * way.cents)
    await asker.has_been_charged(times=1 + was_charged)


@of_each_way
@pytest.mark.parametrize("is_paid", [True, False])
async def test_an_answer_after_a_day_is_waited_for(
    operator: Api, way: Way, is_paid: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.gateway.sandbox.BANK_DEBIT_TAKES", DAY)
    asker = await an_asker(operator, way, card=BANK)
    assert await asker.asks() == []
    [payment] = await Payment.filter(workspace_id=asker.tenant.key, status="PROCESSING")
    await asker.time_passes(DAY - timedelta(microseconds=1))
    assert await asker.stands() == way.before
    await asker.has_been_charged(times=0)
    if not is_paid:  # the bank sends it back
        await SandboxCharge.filter(operation_id=payment.id).update(
            status="DECLINED", decline_code="insufficient_funds"
        )
        await given.attach(asker.tenant, BAD_CARD)
    await asker.time_passes(timedelta(microseconds=1))
    assert await asker.stands() == (way.after if is_paid else way.declined)
    await asker.has_been_charged(times=int(is_paid))


@of_each_way
async def test_a_silence_while_waiting_is_asked_about_again(
    operator: Api, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.gateway.sandbox.BANK_DEBIT_TAKES", DAY)
    asker = await an_asker(operator, way, card=BANK)
    assert await asker.asks() == []
    with patch("services.gateway.sandbox.SandboxGateway.find", silent_when_asked):
        refused = await asker.tenant.api.send(
            "mutation ($input: AdvanceClockInput!) "
            "{ advanceClock(input: $input) { errors { code } } }",
            input={"workspaceId": asker.tenant.id, "to": "2026-05-20T00:00:00Z"},
        )
    assert refused.get("data", {}).get("advanceClock") == {
        "errors": [{"code": "PAYMENT_UNAVAILABLE"}]
    }
    assert await asker.stands() == way.before
    await asker.time_passes(timedelta(0))
    assert await asker.stands() == way.after
    await asker.has_been_charged(times=1)


async def silent_when_asked(*_: object, **__: object) -> Outcome:
    raise GatewayUnavailable("time-out")
