"""Between any two steps of buying and releasing the process may die, or the carrier be silent."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from models.phone_numbers import PhoneNumber, SandboxNumber
from models.subscriptions import Subscription
from services import phone_number_offers, phone_numbers
from services.carrier import (
    CarrierUnavailable,
    NotSold,
    Offer,
    Order,
    Outcome,
    Sold,
    Wish,
)
from services.carrier.sandbox import SandboxCarrier
from services.check import check_books
from services.errors import CarrierSilent, NumberInProgress, NumberUnavailable
from services.idempotency import Command
from services.phone_numbers import NumberRequest
from tests import given
from tests.client import Api
from tests.given import NO_TIME, Tenant

CAPACITY = "{ workspace { capacity(resource: PHONE_NUMBER) { used } } }"


class Silent(SandboxCarrier):
    """Does what it is asked, or does not; in either case it does not answer."""

    def __init__(self, *, hears: bool) -> None:
        self._hears = hears

    async def search(self, *_: object, **__: object) -> Sequence[Offer]:
        raise CarrierUnavailable("time-out")

    async def buy(self, order: Order) -> Outcome:
        if self._hears:
            await super().buy(order)
        raise CarrierUnavailable("time-out")

    async def find(self, *_: object) -> Outcome | None:
        raise CarrierUnavailable("time-out")

    async def release(self, operation_id: UUID, *, now: datetime) -> None:
        if self._hears:
            await super().release(operation_id, now=now)
        raise CarrierUnavailable("time-out")


class SoldOut(SandboxCarrier):
    """Says no to every order."""

    async def buy(self, *_: object) -> Outcome:
        return NotSold()


def command(tenant: Tenant, number: str, key: str | None = None) -> Command:
    return Command(tenant.key, "buyPhoneNumber", key, {"number": number})


async def try_to_buy(tenant: Tenant, number: str, carrier: SandboxCarrier) -> str:
    """Buy under a key, which is returned, from a carrier that does not answer."""
    key = given.a_key()
    with pytest.raises(CarrierSilent) as silence:
        await phone_numbers.buy(
            command(tenant, number, key),
            tenant.key,
            NumberRequest(number, None, None),
            carrier=carrier,
        )
    assert silence.value.number == number
    return key


async def repeat(tenant: Tenant, number: str, key: str) -> list[str]:
    """The same command again, to a carrier that answers; the codes of its refusals."""
    answer = await phone_numbers.buy(
        command(tenant, number, key),
        tenant.key,
        NumberRequest(number, None, None),
        carrier=SandboxCarrier(),
    )
    assert answer.collecting is None
    return [refusal.code for refusal in answer.refusals]


async def used(tenant: Tenant) -> int:
    return int((await tenant.api.ask(CAPACITY))["workspace"]["capacity"]["used"])


async def repair(carrier: SandboxCarrier | None = None) -> int:
    return await phone_numbers.repair(carrier or SandboxCarrier(), older_than=NO_TIME)


async def it_was_bought_once(tenant: Tenant, number: str) -> PhoneNumber:
    """One number of ours, one sale of the carrier's, one slot."""
    [row] = await PhoneNumber.filter(workspace_id=tenant.key)
    assert (row.number, row.status, row.is_to_be_returned) == (number, "ACTIVE", False)
    [sale] = await SandboxNumber.filter(number=number)
    assert (sale.operation_id, sale.rests_until) == (row.id, None)
    assert await used(tenant) == 1
    return row


async def nothing_was_bought(tenant: Tenant, number: str) -> None:
    """No number that anybody could see, none at the carrier, and the slot is free."""
    answer = await tenant.api.ask(
        "{ workspace { phoneNumbers(includeReleased: true) { nodes { id } } } }"
    )
    assert answer["workspace"]["phoneNumbers"]["nodes"] == []
    assert not await SandboxNumber.exists(number=number, rests_until=None)
    assert await used(tenant) == 0


# ------------------------------------------------------------------------------------------ buying


async def test_what_the_carrier_does_not_sell_gives_the_slot_back(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator)
    await acme.api.do("registerAgent", "agent { id }", externalId="agent-1", name="Desk")
    number, key = given.a_number(), given.a_key()
    request = NumberRequest(number, None, "agent-1")
    answer = await phone_numbers.buy(
        command(acme, number, key), acme.key, request, carrier=SoldOut()
    )
    assert [str(refusal) for refusal in answer.refusals] == [
        f"{number} cannot be had now. Choose one of availablePhoneNumbers."
    ]
    await nothing_was_bought(acme, number)
    # the answer stands, also when the carrier has changed its mind; under another key it is bought
    assert await repeat(acme, number, key) == ["NUMBER_UNAVAILABLE"]
    await nothing_was_bought(acme, number)
    assert await repeat(acme, number, given.a_key()) == []
    assert await used(acme) == 1


@pytest.mark.parametrize("hears", [False, True])
async def test_silence_is_never_taken_for_a_no(operator: Api, hears: bool) -> None:
    acme = await given.a_workspace_with_slots(operator)
    number = given.a_number()
    await try_to_buy(acme, number, Silent(hears=hears))
    # nobody knows yet: the slot stays taken, and another request for it waits
    assert await used(acme) == 1
    with pytest.raises(NumberInProgress):
        await phone_numbers.buy(
            command(acme, number),
            acme.key,
            NumberRequest(number, None, None),
            carrier=SandboxCarrier(),
        )
    # however often the carrier is asked and says nothing
    await repair(Silent(hears=hears))
    assert await used(acme) == 1
    # when it answers, it is as if nothing had happened
    await repair()
    await it_was_bought_once(acme, number)
    assert await repair() == 0


@pytest.mark.parametrize("hears", [False, True])
async def test_a_repeat_under_the_same_key_takes_the_order_up_again(
    operator: Api, hears: bool
) -> None:
    acme = await given.a_workspace_with_slots(operator)
    number = given.a_number()
    key = await try_to_buy(acme, number, Silent(hears=hears))
    assert await repeat(acme, number, key) == []
    row = await it_was_bought_once(acme, number)
    # and once it is done, its answer is the same whatever becomes of the number
    await phone_numbers.release(row, carrier=SandboxCarrier())
    assert await repeat(acme, number, key) == []
    assert await used(acme) == 0


async def test_a_silent_order_that_turns_out_to_be_refused_gives_the_slot_back(
    operator: Api,
) -> None:
    # given a carrier that has not heard the order; when it does, the number is there no more
    acme = await given.a_workspace_with_slots(operator)
    number = given.a_number()
    key = await try_to_buy(acme, number, Silent(hears=False))
    await SandboxNumber.create(
        operation_id=uuid4(), number=number, rests_until=given.instant("2026-04-02T00:00:00Z")
    )
    await repair()
    assert await used(acme) == 0
    assert await repeat(acme, number, key) == ["NUMBER_UNAVAILABLE"]
    assert await SandboxNumber.filter(number=number).count() == 1


async def test_an_order_that_is_being_made_is_left_alone_for_a_minute(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator)
    await try_to_buy(acme, given.a_number(), Silent(hears=True))
    await phone_numbers.repair(SandboxCarrier())
    row = await PhoneNumber.get(workspace_id=acme.key)
    assert row.is_pending
    await repair()


async def test_the_repair_goes_on_after_an_order_that_it_cannot_help(
    operator: Api, caplog: pytest.LogCaptureFixture
) -> None:
    tenants = [await given.a_workspace_with_slots(operator) for _ in range(2)]
    for tenant in tenants:
        await try_to_buy(tenant, given.a_number(), Silent(hears=True))
    first, second = [await PhoneNumber.get(workspace_id=tenant.key) for tenant in tenants]

    class Stumbling(SandboxCarrier):
        async def find(self, operation_id: UUID) -> Outcome | None:
            if operation_id == first.id:
                raise RuntimeError("a bug of ours")
            return await super().find(operation_id)

    await repair(Stumbling())
    assert (await PhoneNumber.get(id=first.id)).is_pending
    assert (await PhoneNumber.get(id=second.id)).status == "ACTIVE"
    assert f"PhoneNumber {first.id} could not be repaired" in caplog.text
    await repair()


async def test_two_repairs_and_the_request_itself_buy_once(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator)
    number = given.a_number()
    key = await try_to_buy(acme, number, Silent(hears=False))
    await asyncio.gather(repair(), repair(), repeat(acme, number, key))
    await it_was_bought_once(acme, number)


async def test_a_second_outcome_of_a_decided_order_changes_nothing(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator)
    number = await given.a_bought_number(acme)
    [row] = await PhoneNumber.filter(workspace_id=acme.key)
    for outcome in (NotSold(), Sold()):
        await phone_numbers.settle(row.id, outcome)
        await it_was_bought_once(acme, number["number"])


async def test_what_is_sold_after_it_was_refused_goes_back(operator: Api) -> None:
    # given a carrier that contradicts itself
    acme = await given.a_workspace_with_slots(operator)
    number = given.a_number()
    await try_to_buy(acme, number, Silent(hears=True))
    row = await PhoneNumber.get(workspace_id=acme.key)
    await phone_numbers.settle(row.id, NotSold())
    await phone_numbers.settle(row.id, Sold())
    await repair()
    await nothing_was_bought(acme, number)


@pytest.mark.parametrize("hears", [False, True])
async def test_a_number_that_is_sold_when_the_subscription_has_ended_goes_back(
    operator: Api, hears: bool
) -> None:
    # given an order that nobody answered, and the end of the period meanwhile
    acme = await given.a_workspace_with_slots(operator)
    number = given.a_number()
    key = await try_to_buy(acme, number, Silent(hears=hears))
    await acme.api.do("cancelSubscription", "subscription { id }")
    await acme.api.do("advanceClock", "now", workspaceId=acme.id, to="2026-05-01T00:00:00Z")
    subscription = await Subscription.get(workspace_id=acme.key).select_related("plan")
    assert subscription.plan.key == "free"
    # when it is found out
    await repair()
    await nothing_was_bought(acme, number)
    assert await repeat(acme, number, key) == ["NUMBER_UNAVAILABLE"]
    [sale] = await SandboxNumber.filter(number=number)
    assert sale.rests_until == given.instant("2026-05-08T00:00:00Z")


async def test_an_agent_that_leaves_while_its_number_is_on_order_does_not_answer(
    operator: Api,
) -> None:
    acme = await given.a_workspace_with_slots(operator)
    made = await acme.api.do("registerAgent", "agent { id }", externalId="agent-1", name="Desk")
    number = given.a_number()
    with pytest.raises(CarrierSilent):
        await phone_numbers.buy(
            command(acme, number),
            acme.key,
            NumberRequest(number, None, "agent-1"),
            carrier=Silent(hears=True),
        )
    await acme.api.do("archiveAgent", "agent { id }", agentId=made["agent"]["id"])
    await repair()
    assert (await it_was_bought_once(acme, number)).agent_id is None


async def test_a_number_on_order_keeps_its_slot_from_being_given_up(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator)
    number = given.a_number()
    await try_to_buy(acme, number, Silent(hears=True))
    none = [{"addOn": "phone-number", "quantity": 0}]
    refused = await acme.api.do("setAddOns", "invoice { id }", addOns=none)
    assert [error["code"] for error in refused["errors"]] == ["CAPACITY_IN_USE"]
    await repair()
    await it_was_bought_once(acme, number)


async def test_the_carrier_sells_a_number_to_one_of_ten_orders_at_once(operator: Api) -> None:
    number, at = given.a_number(), given.instant(given.FIRST_OF_APRIL)
    orders = [Order(uuid4(), number, at=at) for _ in range(10)]
    outcomes = await asyncio.gather(*(SandboxCarrier().buy(order) for order in orders))
    assert sorted(outcomes, key=str) == [NotSold()] * 9 + [Sold()]
    # asked again, each is what it was
    assert [await SandboxCarrier().buy(order) for order in orders] == outcomes
    winner = orders[outcomes.index(Sold())]
    await SandboxCarrier().release(winner.operation_id, now=at)


async def test_two_workspaces_want_a_number_that_is_on_order(operator: Api) -> None:
    acme, other = [await given.a_workspace_with_slots(operator) for _ in range(2)]
    number = given.a_number()
    await try_to_buy(acme, number, Silent(hears=False))
    for take in (
        phone_numbers.buy(
            command(other, number),
            other.key,
            NumberRequest(number, None, None),
            carrier=SandboxCarrier(),
        ),
        phone_numbers.take_in(command(other, number), other.key, NumberRequest(number, None, None)),
    ):
        with pytest.raises(NumberUnavailable):
            await take
    await repair()
    await it_was_bought_once(acme, number)
    assert await used(other) == 0


@pytest.mark.parametrize("moment", ["before the order", "after the order", "after the settling"])
async def test_a_killed_process_leaves_what_the_next_one_completes(
    operator: Api, database_url: str, moment: str
) -> None:
    # given a process that is killed (SIGKILL) in the middle of buying
    acme = await given.a_workspace_with_slots(operator)
    number, key = given.a_number(), given.a_key()
    await killed(database_url, str(acme.key), number, key, moment)
    assert await used(acme) == 1
    # when the repair runs once it is all there; and the client's repeat gets its answer
    await repair()
    await it_was_bought_once(acme, number)
    assert await repeat(acme, number, key) == []
    await it_was_bought_once(acme, number)


# --------------------------------------------------------------------------------------- releasing


@pytest.mark.parametrize("hears", [False, True])
async def test_a_carrier_is_told_of_a_release_until_it_has_heard(
    operator: Api, hears: bool
) -> None:
    acme = await given.a_workspace_with_slots(operator)
    number = await given.a_bought_number(acme)
    row = await PhoneNumber.get(workspace_id=acme.key)
    # released is released: the slot is free although the carrier is silent
    await phone_numbers.release(row, carrier=Silent(hears=hears))
    assert await used(acme) == 0
    row = await PhoneNumber.get(id=row.id)
    assert (row.status, row.is_to_be_returned) == ("RELEASED", True)
    for _ in range(2):
        await repair()
        assert (await PhoneNumber.get(id=row.id)).is_to_be_returned is False
        [sale] = await SandboxNumber.filter(number=number["number"])
        assert sale.rests_until == given.instant("2026-04-08T00:00:00Z")


async def test_a_late_return_does_not_take_the_number_from_its_next_owner(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator)
    number = await given.a_bought_number(acme)
    row = await PhoneNumber.get(workspace_id=acme.key)
    await phone_numbers.release(row, carrier=Silent(hears=True))
    other = await given.a_workspace_with_slots(operator, clock="2026-04-08T00:00:00Z")
    await given.a_bought_number(other, number["number"])
    await repair()
    assert await SandboxNumber.filter(number=number["number"], rests_until=None).count() == 1
    assert await used(other) == 1


@pytest.mark.parametrize("moment", ["before the return", "after the return"])
async def test_a_process_that_is_killed_while_it_returns_a_number(
    operator: Api, database_url: str, moment: str
) -> None:
    acme = await given.a_workspace_with_slots(operator)
    number = given.a_number()
    await killed(database_url, str(acme.key), number, given.a_key(), moment)
    assert await used(acme) == 0
    assert (await PhoneNumber.get(workspace_id=acme.key)).is_to_be_returned
    await repair()
    assert not (await PhoneNumber.get(workspace_id=acme.key)).is_to_be_returned
    [sale] = await SandboxNumber.filter(number=number)
    assert sale.rests_until == given.instant("2026-04-08T00:00:00Z")


async def test_a_number_that_cannot_be_returned_does_not_keep_the_others_waiting(
    operator: Api, caplog: pytest.LogCaptureFixture
) -> None:
    acme = await given.a_workspace_with_slots(operator, slots=2)
    for _ in range(2):
        await given.a_bought_number(acme)
    first, second = await PhoneNumber.filter(workspace_id=acme.key).order_by("id")

    class Stumbling(SandboxCarrier):
        async def release(self, operation_id: UUID, *, now: datetime) -> None:
            if operation_id == first.id:
                raise CarrierUnavailable("time-out")
            await super().release(operation_id, now=now)

    for row in (first, second):
        await phone_numbers.release(row, carrier=Stumbling())
    flags = await PhoneNumber.filter(workspace_id=acme.key).order_by("id")
    assert [row.is_to_be_returned for row in flags] == [True, False]
    assert f"PhoneNumber {first.id} could not be repaired" in caplog.text
    await repair()


async def test_a_search_that_is_not_answered_says_so(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    workspace = (
        await Subscription.get(workspace_id=acme.key).select_related("workspace")
    ).workspace
    with pytest.raises(CarrierSilent) as silence:
        await phone_number_offers.search(
            Wish("US", None, 10),
            catalog_version_id=workspace.catalog_version_id,
            now=workspace.now,
            carrier=Silent(hears=False),
        )
    assert str(silence.value) == "The carrier does not answer; try again in a moment."


async def test_all_this_leaves_clean_books(operator: Api) -> None:
    assert [found for found in await check_books() if found.violations] == []


async def killed(*arguments: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.services.killed_buying", *arguments
    )
    assert await process.wait() == -signal.SIGKILL
