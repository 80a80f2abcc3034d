"""Phone numbers: found, bought for a slot, imported without one, assigned, released."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from models.phone_numbers import PhoneNumber
from services import phone_numbers
from services.carrier.sandbox import SandboxCarrier
from tests import given
from tests.client import Api
from tests.given import Tenant
from tests.statements import counted

NUMBER = (
    "phoneNumber { id number country status origin label agentId client { name } "
    "purchasedAt releasedAt }"
)
CAPACITY = "capacity { included purchased limit used available }"
REFUSED = """errors {
    ... on CapacityError { resource limit used requested addOn { key price { amount } } }
    ... on OutstandingInvoiceError { invoices { status } }
}"""
LIST = """query ($all: Boolean) { workspace {
    capacity(resource: PHONE_NUMBER) { limit used }
    phoneNumbers(includeReleased: $all) {
        totalCount nodes { number status agentId client { name } }
    }
} }"""


async def offered(caller: Api, **arguments: Any) -> list[str]:
    given = ", ".join(f"{name}: {json.dumps(value)}" for name, value in arguments.items())
    answer = await caller.ask(
        f"{{ availablePhoneNumbers{f'({given})' if given else ''} {{ number }} }}"
    )
    return [entry["number"] for entry in answer["availablePhoneNumbers"]]


async def buy(tenant: Tenant, number: str, **input: Any) -> dict[str, Any]:
    return await tenant.api.do(
        "buyPhoneNumber", f"{NUMBER} {CAPACITY} {REFUSED}", number=number, **input
    )


async def take_in(tenant: Tenant, number: str, **input: Any) -> dict[str, Any]:
    return await tenant.api.do("importPhoneNumber", NUMBER, number=number, **input)


async def release(tenant: Tenant, number: dict[str, Any]) -> dict[str, Any]:
    released = await tenant.api.do(
        "releasePhoneNumber", f"{NUMBER} {CAPACITY}", phoneNumberId=number["id"]
    )
    assert released["errors"] == []
    return released


async def assign(tenant: Tenant, number: dict[str, Any], **input: Any) -> dict[str, Any]:
    return await tenant.api.do("assignPhoneNumber", NUMBER, phoneNumberId=number["id"], **input)


async def numbers_of(tenant: Tenant, *, released: bool = False) -> list[tuple[str, str]]:
    found = (await tenant.api.ask(LIST, all=released))["workspace"]["phoneNumbers"]
    assert found["totalCount"] == len(found["nodes"])
    return [(node["number"], node["status"]) for node in found["nodes"]]


async def used_and_limit(tenant: Tenant) -> tuple[int, int]:
    capacity = (await tenant.api.ask(LIST))["workspace"]["capacity"]
    return capacity["used"], capacity["limit"]


async def advance(tenant: Tenant, to: str) -> None:
    done = await tenant.api.do("advanceClock", "now", workspaceId=tenant.id, to=to)
    assert done["errors"] == []


def codes(answer: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(error["code"], error["path"]) for error in answer["errors"]]


# ------------------------------------------------------------------------------------------ buying


async def test_a_number_is_bought_for_a_slot_of_three_dollars(operator: Api) -> None:
    # given a workspace that pays 20 + 3 a month
    acme = await given.a_workspace_with_slots(operator)
    number = given.a_number()
    bought = await buy(acme, number, label=" Front desk ")
    assert bought["errors"] == []
    found = bought["phoneNumber"]
    assert found == {
        "id": found["id"],
        "number": number,
        "country": "US",
        "status": "ACTIVE",
        "origin": "PLATFORM",
        "label": "Front desk",
        "agentId": None,
        "client": None,
        "purchasedAt": given.FIRST_OF_APRIL,
        "releasedAt": None,
    }
    assert bought["capacity"] == {
        "included": 0,
        "purchased": 1,
        "limit": 1,
        "used": 1,
        "available": 0,
    }
    # then nothing was charged for the number itself, and it is found by its id
    answer = await acme.api.ask(
        f'{{ node(id: "{found["id"]}") {{ ... on PhoneNumber {{ number }} }} workspace {{ '
        "subscription { monthlyTotal { amount } } invoices { nodes { total { amount } } } } }"
    )
    assert answer["node"] == {"number": number}
    assert answer["workspace"]["subscription"]["monthlyTotal"] == {"amount": "23.00"}
    assert answer["workspace"]["invoices"]["nodes"] == [{"total": {"amount": "23.00"}}]


async def test_without_a_free_slot_the_add_on_that_helps_is_named(operator: Api) -> None:
    free = await given.a_workspace(operator)
    full = await given.a_workspace_with_slots(operator)
    await given.a_bought_number(full)
    for tenant, limit, remedy in (
        (free, 0, "The add-on 'phone-number' makes room; it needs a paid plan (subscribe)."),
        (full, 1, "More of the add-on 'phone-number' makes room (setAddOns)."),
    ):
        number = given.a_number()
        refused = await buy(tenant, number)
        assert refused["phoneNumber"] is refused["capacity"] is None
        [error] = refused["errors"]
        assert error["code"] == "CAPACITY_EXCEEDED"
        assert error["message"] == (
            f"There is no room for another phone number: {limit} in use, limit {limit}. {remedy}"
        )
        assert (error["resource"], error["limit"], error["used"], error["requested"]) == (
            "PHONE_NUMBER",
            limit,
            limit,
            1,
        )
        assert error["addOn"] == {"key": "phone-number", "price": {"amount": "3.00"}}
        assert number in await offered(free.api, areaCode=number[2:5], limit=100)


async def test_whitelabel_brings_a_slot_and_the_two_are_alike(operator: Api) -> None:
    # given one slot of Whitelabel's and one bought
    agency = await given.a_workspace_with_slots(operator)
    more = [{"addOn": "whitelabel", "quantity": 1}]
    assert (await agency.api.do("setAddOns", "invoice { id }", addOns=more))["errors"] == []
    first, second = [await given.a_bought_number(agency) for _ in range(2)]
    assert await used_and_limit(agency) == (2, 2)
    # when either is released its slot takes another
    await release(agency, first)
    third = await given.a_bought_number(agency)
    assert [number for number, _ in await numbers_of(agency)] == [
        second["number"],
        third["number"],
    ]
    # and neither slot can be given up while both are in use
    for add_on in ("whitelabel", "phone-number"):
        refused = await agency.api.do(
            "setAddOns", "invoice { id }", addOns=[{"addOn": add_on, "quantity": 0}]
        )
        assert [error["code"] for error in refused["errors"]] == ["CAPACITY_IN_USE"]
        assert refused["errors"][0]["message"].startswith("2 phone numbers are in use and 1 would")


async def test_the_last_slot_goes_to_one_of_twenty(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator)
    numbers = [given.a_number() for _ in range(20)]
    answers = await asyncio.gather(*(buy(acme, number) for number in numbers))
    refusals = [answer["errors"][0] for answer in answers if answer["errors"]]
    assert [error["code"] for error in refusals] == ["CAPACITY_EXCEEDED"] * 19
    [(number, _)] = await numbers_of(acme)
    assert await used_and_limit(acme) == (1, 1)
    # and only that one is gone
    left = await asyncio.gather(
        *(offered(acme.api, areaCode=area, limit=100) for area in {n[2:5] for n in numbers})
    )
    assert set(numbers) - {each for some in left for each in some} == {number}


async def test_a_number_that_many_want_at_once_goes_to_one(operator: Api) -> None:
    tenants = [await given.a_workspace_with_slots(operator) for _ in range(6)]
    number = given.a_number()
    answers = await asyncio.gather(*(buy(tenant, number) for tenant in tenants))
    refusals = [codes(answer) for answer in answers if answer["errors"]]
    assert refusals == [[("NUMBER_UNAVAILABLE", ["number"])]] * 5
    # then the slots of those who did not get it are free
    assert sorted([await used_and_limit(tenant) for tenant in tenants]) == [(0, 1)] * 5 + [(1, 1)]
    for tenant in tenants:
        await take_in(tenant, number)
    owners = [tenant for tenant in tenants if await numbers_of(tenant)]
    assert len(owners) == 1


async def test_a_double_click_without_a_key_buys_once(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator, slots=2)
    number = given.a_number()
    answers = await asyncio.gather(*(buy(acme, number) for _ in range(4)))
    bought = [answer for answer in answers if not answer["errors"]]
    refused = {error["code"] for answer in answers for error in answer["errors"]}
    assert len(bought) == 1
    assert refused <= {"IN_PROGRESS", "NO_CHANGE"}
    assert await used_and_limit(acme) == (1, 2)
    assert codes(await buy(acme, number)) == [("NO_CHANGE", ["number"])]
    assert codes(await take_in(acme, number)) == [("NO_CHANGE", ["number"])]


async def test_a_key_makes_it_one_purchase_and_another_input_a_conflict(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator, slots=2)
    number, key = given.a_number(), given.a_key()
    answers = await asyncio.gather(*(buy(acme, number, idempotencyKey=key) for _ in range(8)))
    assert answers[0]["errors"] == []
    assert all(answer == answers[0] for answer in answers)
    for change in ({"number": given.a_number()}, {"label": "Other"}, {"agentId": "agent-1"}):
        asked = {"number": number, "idempotencyKey": key} | change
        assert codes(await buy(acme, **asked)) == [("IDEMPOTENCY_CONFLICT", ["idempotencyKey"])]
    assert await used_and_limit(acme) == (1, 2)
    # a repeat after it was released answers the same number and buys nothing
    await release(acme, answers[0]["phoneNumber"])
    again = await buy(acme, number, idempotencyKey=key)
    assert again["phoneNumber"]["id"] == answers[0]["phoneNumber"]["id"]
    assert again["phoneNumber"]["status"] == "RELEASED"
    assert await used_and_limit(acme) == (0, 2)
    # and a refusal is kept, too
    refused = given.a_key()
    number = "+14155550198"  # the carrier never sells it (docs/sandbox.md)
    for _ in range(2):
        said = await buy(acme, number, idempotencyKey=refused)
        assert codes(said) == [("NUMBER_UNAVAILABLE", ["number"])]


async def test_who_is_behind_with_paying_buys_no_numbers_but_keeps_them(operator: Api) -> None:
    # given two slots, one number, and a renewal that is not paid: due on 8 May, unpaid on the 22nd
    acme = await given.a_workspace_with_slots(operator, slots=2)
    await acme.api.do("setAutoBilling", "autoBilling { enabled }", enabled=False)
    number = await given.a_bought_number(acme)
    await advance(acme, "2026-05-07T23:59:59Z")
    assert (await acme.api.ask("{ workspace { subscription { status } } }"))["workspace"] == {
        "subscription": {"status": "ACTIVE"}
    }
    for moment, status in (("08", "PAST_DUE"), ("22", "UNPAID")):
        await advance(acme, f"2026-05-{moment}T00:00:00Z")
        answer = await acme.api.ask("{ workspace { subscription { status } } }")
        assert answer["workspace"]["subscription"]["status"] == status
        refused = await buy(acme, given.a_number())
        assert codes(refused) == [("OUTSTANDING_INVOICE", [])]
        assert refused["errors"][0]["invoices"] == [{"status": "OPEN"}]
        assert await numbers_of(acme) == [(number["number"], "ACTIVE")]
    # what costs nothing goes on
    assert (await take_in(acme, given.an_own_number()))["errors"] == []
    assert (await assign(acme, number))["errors"] == []
    # when it is paid, so does the rest
    invoices = await acme.api.ask("{ workspace { invoices(status: OPEN) { nodes { id } } } }")
    [invoice] = invoices["workspace"]["invoices"]["nodes"]
    await acme.api.do("payInvoice", "invoice { status }", invoiceId=invoice["id"])
    await given.a_bought_number(acme)
    assert await used_and_limit(acme) == (2, 2)


@pytest.mark.parametrize(
    "number",
    ["4155550100", "+1 415 555 0100", "+1415555010a", "", "+", "+1", "+0415555010", "+" + "1" * 16],
)
@pytest.mark.parametrize("mutation", ["buyPhoneNumber", "importPhoneNumber"])
async def test_what_is_not_e164_is_refused_by_its_type(
    operator: Api, mutation: str, number: str
) -> None:
    acme = await given.a_workspace(operator)
    kind = mutation[0].upper() + mutation[1:]
    query = f"mutation ($i: {kind}Input!) {{ {mutation}(input: $i) {{ errors {{ code }} }} }}"
    assert await acme.api.code_of(query, i={"number": number}) == "GRAPHQL_REQUEST_INVALID"


@pytest.mark.parametrize(
    "number",
    [
        "+15550000000",  # no area code of North America
        "+14155550",  # too short for there
        "+490302312500",  # the trunk's 0 left in
        "+999123456789",  # no such country
        "+80012345678",  # of no country
        "+4911111",  # one that Germany has not
    ],
)
async def test_a_number_that_no_country_has_is_refused(operator: Api, number: str) -> None:
    acme = await given.a_workspace_with_slots(operator)
    for said in (await buy(acme, number), await take_in(acme, number)):
        assert codes(said) == [("INVALID_INPUT", ["number"])]
    assert await used_and_limit(acme) == (0, 1)


# ---------------------------------------------------------------------------------- without a slot


async def test_an_imported_number_takes_no_slot_and_costs_nothing(operator: Api) -> None:
    acme = await given.a_workspace(operator)  # on the free plan there are no slots
    key, own = given.a_key(), given.an_own_number()
    for _ in range(2):
        done = await take_in(acme, own, label="Paris", idempotencyKey=key)
        assert done["errors"] == []
    assert (done["phoneNumber"]["origin"], done["phoneNumber"]["country"]) == ("IMPORTED", "FR")
    assert codes(await take_in(acme, given.an_own_number(), idempotencyKey=key)) == [
        ("IDEMPOTENCY_CONFLICT", ["idempotencyKey"])
    ]
    assert await used_and_limit(acme) == (0, 0)
    assert await numbers_of(acme) == [(own, "ACTIVE")]
    # it answers in one workspace; given up there it can be had elsewhere, without a rest
    other = await given.a_workspace_with_slots(operator)
    refused = await take_in(other, own)
    assert codes(refused) == [("NUMBER_UNAVAILABLE", ["number"])]
    assert refused["errors"][0]["message"] == (
        f"{own} cannot be imported now: a number answers in one workspace at a time."
    )
    assert (await release(acme, done["phoneNumber"]))["capacity"]["used"] == 0
    assert (await take_in(other, own))["errors"] == []


async def test_a_number_is_never_bought_and_imported(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator)
    other = await given.a_workspace_with_slots(operator)
    # given a number for sale that somebody says is theirs
    number = given.a_number()
    assert (await take_in(other, number))["errors"] == []
    # then it is offered to nobody and the carrier is not asked for it
    assert number not in await offered(acme.api, areaCode=number[2:5], limit=100)
    assert codes(await buy(acme, number)) == [("NUMBER_UNAVAILABLE", ["number"])]
    # and the other way round
    bought = await given.a_bought_number(acme)
    assert codes(await take_in(other, bought["number"])) == [("NUMBER_UNAVAILABLE", ["number"])]


# -------------------------------------------------------------------------------------- assigning


async def a_client(tenant: Tenant, email: str = "ceo@one.test") -> dict[str, Any]:
    made = await tenant.api.do(
        "assignSeat", "seat { id client { id } }", kind="CLIENT", email=email, name="One Ltd"
    )
    found: dict[str, Any] = made["seat"]
    return found


async def register(tenant: Tenant, external_id: str = "agent-1") -> str:
    made = await tenant.api.do("registerAgent", "agent { id }", externalId=external_id, name="Desk")
    return str(made["agent"]["id"])


async def test_a_number_is_assigned_to_an_agent_and_a_client_and_unassigned(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator)
    await register(acme)
    client = await a_client(acme)
    bought = await buy(acme, given.a_number(), agentId="agent-1")
    number = bought["phoneNumber"]
    assert (number["agentId"], number["client"]) == ("agent-1", None)
    for input, agent_id, company in (
        ({"agentId": "agent-1", "clientId": client["client"]["id"]}, "agent-1", "One Ltd"),
        ({"clientId": client["client"]["id"]}, None, "One Ltd"),
        ({"agentId": "agent-1", "clientId": None}, "agent-1", None),
        ({"agentId": None}, None, None),
        ({}, None, None),
    ):
        done = await assign(acme, number, **input)
        assert done["errors"] == []
        assert done["phoneNumber"]["agentId"] == agent_id
        assert (done["phoneNumber"]["client"] or {}).get("name") == company
        assert done["phoneNumber"]["status"] == "ACTIVE"
    assert await used_and_limit(acme) == (1, 1)  # unassigning frees nothing


async def test_only_what_is_there_can_be_assigned(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator)
    other = await given.a_workspace(operator)
    number = await given.a_bought_number(acme)
    archived = await register(acme, "archived")
    await acme.api.do("archiveAgent", "agent { id }", agentId=archived)
    await register(other, "of another workspace")
    seat = await a_client(acme)
    await acme.api.do("releaseSeat", "seat { id }", seatId=seat["id"])
    foreign = (await a_client(other))["client"]["id"]
    for agent_id in ("archived", "of another workspace", "unknown", "", archived):
        for said in (
            await assign(acme, number, agentId=agent_id),
            await buy(acme, given.a_number(), agentId=agent_id),
            await take_in(acme, "+4915112345670", agentId=agent_id),
        ):
            assert codes(said) == [("NOT_FOUND", ["agentId"])]
    for client_id in (seat["client"]["id"], foreign, number["id"], "x"):
        said = await assign(acme, number, clientId=client_id)
        assert codes(said) == [("NOT_FOUND", ["clientId"])]
    # an operator, who sees both workspaces, cannot mix them either
    mixed = await operator.do(
        "assignPhoneNumber", NUMBER, phoneNumberId=number["id"], clientId=foreign
    )
    assert codes(mixed) == [("NOT_FOUND", ["clientId"])]
    # what is no number's id is no number
    for id in (acme.id, seat["id"], "x", ""):
        for mutation in ("assignPhoneNumber", "releasePhoneNumber"):
            said = await acme.api.do(mutation, NUMBER, phoneNumberId=id)
            assert codes(said) == [("NOT_FOUND", ["phoneNumberId"])]
    assert await numbers_of(acme) == [(number["number"], "ACTIVE")]


async def test_nobody_answers_for_an_archived_agent_or_client(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator, slots=2)
    agents = {name: await register(acme, name) for name in ("one", "two")}
    seat = await a_client(acme)
    one, two = [await given.a_bought_number(acme) for _ in range(2)]
    await assign(acme, one, agentId="one", clientId=seat["client"]["id"])
    await assign(acme, two, agentId="two", clientId=seat["client"]["id"])

    async def assignments() -> list[tuple[Any, Any]]:
        nodes = (await acme.api.ask(LIST))["workspace"]["phoneNumbers"]["nodes"]
        return [(node["agentId"], node["client"] and node["client"]["name"]) for node in nodes]

    # when an agent is archived, its number is still the client's
    await acme.api.do("archiveAgent", "agent { id }", agentId=agents["one"])
    assert await assignments() == [(None, "One Ltd"), ("two", "One Ltd")]
    # when the client leaves, its numbers are the workspace's own
    await acme.api.do("releaseSeat", "seat { id }", seatId=seat["id"])
    assert await assignments() == [(None, None), (None, None)]


# -------------------------------------------------------------------------------------- releasing


async def test_a_released_number_frees_its_slot_at_once_and_the_fee_runs_on(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator)
    await register(acme)
    number = await given.a_bought_number(acme, agentId="agent-1")
    for _ in range(2):  # releasing again changes nothing
        released = await release(acme, number)
        assert released["phoneNumber"]["status"] == "RELEASED"
        assert released["phoneNumber"]["releasedAt"] == given.FIRST_OF_APRIL
        assert released["phoneNumber"]["agentId"] is None
        assert (released["capacity"]["used"], released["capacity"]["limit"]) == (0, 1)
    assert await numbers_of(acme) == []
    assert await numbers_of(acme, released=True) == [(number["number"], "RELEASED")]
    # it cannot be taken back
    said = await assign(acme, number, agentId="agent-1")
    assert codes(said) == [("INVALID_INPUT", ["phoneNumberId"])]
    assert codes(await buy(acme, number["number"])) == [("NUMBER_UNAVAILABLE", ["number"])]
    # the slot is the product: it is billed as before, and takes another number
    await given.a_bought_number(acme)
    answer = await acme.api.ask("{ workspace { upcomingInvoice { total { amount } } } }")
    assert answer["workspace"]["upcomingInvoice"] == {"total": {"amount": "23.00"}}


async def test_a_released_number_rests_for_seven_days_on_the_callers_clock(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator, slots=2)
    other = await given.a_workspace_with_slots(operator)
    number = await given.a_bought_number(acme)
    area = number["number"][2:5]
    await advance(acme, "2026-04-03T12:00:00Z")
    await release(acme, number)
    for tenant, moment in ((acme, "2026-04-10T11:59:59.999999Z"), (other, "2026-04-03T12:00:00Z")):
        await advance(tenant, moment)
        assert number["number"] not in await offered(tenant.api, areaCode=area, limit=100)
        assert codes(await buy(tenant, number["number"])) == [("NUMBER_UNAVAILABLE", ["number"])]
    await advance(acme, "2026-04-10T12:00:00Z")
    assert number["number"] in await offered(acme.api, areaCode=area, limit=100)
    again = await buy(acme, number["number"])
    assert again["phoneNumber"]["id"] != number["id"]
    assert await numbers_of(acme, released=True) == [
        (number["number"], "RELEASED"),
        (number["number"], "ACTIVE"),
    ]


async def test_cancelling_releases_bought_numbers_with_the_period_and_keeps_imported_ones(
    operator: Api,
) -> None:
    acme = await given.a_workspace_with_slots(operator, slots=2)
    await register(acme)
    first = await given.a_bought_number(acme, agentId="agent-1")
    second = await given.a_bought_number(acme)
    own = given.an_own_number()
    await take_in(acme, own, agentId="agent-1")
    await acme.api.do("cancelSubscription", "subscription { cancelAtPeriodEnd }")
    await advance(acme, "2026-04-30T23:59:59Z")
    assert await used_and_limit(acme) == (2, 2)
    await advance(acme, "2026-05-01T00:00:00Z")
    assert await used_and_limit(acme) == (0, 0)
    assert await numbers_of(acme, released=True) == [
        (first["number"], "RELEASED"),
        (second["number"], "RELEASED"),
        (own, "ACTIVE"),
    ]
    # the carrier has been told, as of the moment of the end
    for moment, there in (("2026-05-07T23:59:59Z", False), ("2026-05-08T00:00:00Z", True)):
        await advance(acme, moment)
        found = await offered(acme.api, areaCode=first["number"][2:5], limit=100)
        assert (first["number"] in found) is there


async def test_numbers_are_released_on_day_30_of_not_paying(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator)
    await acme.api.do("setAutoBilling", "autoBilling { enabled }", enabled=False)
    number = await given.a_bought_number(acme)
    # the renewal of 1 May is due on the 8th; day 30 is 7 June
    await advance(acme, "2026-06-06T23:59:59Z")
    assert await numbers_of(acme) == [(number["number"], "ACTIVE")]
    await advance(acme, "2026-06-07T00:00:00Z")
    assert await numbers_of(acme, released=True) == [(number["number"], "RELEASED")]
    row = await PhoneNumber.get(workspace_id=acme.key)
    assert row.released_at == given.instant("2026-06-07T00:00:00Z")
    assert row.is_to_be_returned is False


async def test_down_to_free_says_that_numbers_are_released(operator: Api) -> None:
    acme = await given.a_workspace_with_slots(operator)
    number = await given.a_bought_number(acme)
    refused = await acme.api.do("changePlan", REFUSED, plan="free")
    [error] = refused["errors"]
    assert (error["code"], error["resource"]) == ("CAPACITY_IN_USE", "PHONE_NUMBER")
    assert error["message"] == (
        "1 phone number is in use and 0 would be left. Free it first, or set acceptOverage: the "
        "newest numbers are released then, for good."
    )
    accepted = await acme.api.do("changePlan", "invoice { id }", plan="free", acceptOverage=True)
    assert accepted["errors"] == []
    assert await numbers_of(acme) == [(number["number"], "ACTIVE")]
    await advance(acme, "2026-05-01T00:00:00Z")
    assert await numbers_of(acme, released=True) == [(number["number"], "RELEASED")]


@pytest.mark.usefixtures("ladder")
async def test_down_to_a_plan_with_fewer_numbers_keeps_the_oldest(operator: Api) -> None:
    # given White Label with three numbers in use, on the way to Business, which has two
    acme = await given.a_workspace(operator, card="pm_card_visa")
    done = await acme.api.do("subscribe", "invoice { id }", plan="white-label")
    assert done["errors"] == []
    first, second, third = [await given.a_bought_number(acme) for _ in range(3)]
    refused = await acme.api.do("changePlan", REFUSED, plan="business")
    assert [error["resource"] for error in refused["errors"]] == ["PHONE_NUMBER"]
    done = await acme.api.do("changePlan", "invoice { id }", plan="business", acceptOverage=True)
    assert done["errors"] == []
    await advance(acme, "2026-04-30T23:59:59Z")
    assert await used_and_limit(acme) == (3, 3)
    await advance(acme, "2026-05-01T00:00:00Z")
    assert await used_and_limit(acme) == (2, 2)
    assert await numbers_of(acme, released=True) == [
        (first["number"], "ACTIVE"),
        (second["number"], "ACTIVE"),
        (third["number"], "RELEASED"),
    ]


async def test_a_number_in_use_is_not_taken_away_with_its_slot(operator: Api) -> None:
    # given two slots of which one will be left, and then two numbers
    acme = await given.a_workspace_with_slots(operator, slots=2)
    less = [{"addOn": "phone-number", "quantity": 1}]
    assert (await acme.api.do("setAddOns", "invoice { id }", addOns=less))["errors"] == []
    for _ in range(2):
        await given.a_bought_number(acme)
    # then both slots are billed on: 20 + 2 x 3
    billed = await acme.api.do(
        "advanceClock",
        "invoices { total { amount } }",
        workspaceId=acme.id,
        to="2026-05-01T00:00:00Z",
    )
    assert billed["invoices"] == [{"total": {"amount": "26.00"}}]
    assert await used_and_limit(acme) == (2, 2)


# ------------------------------------------------------------------------------- what is for sale


async def test_numbers_are_offered_in_a_fixed_order_at_the_price_of_a_slot(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    query = """{ availablePhoneNumbers(areaCode: "907", limit: 2) {
        number country locality monthlyPrice { amount currency }
    } }"""
    for caller in (acme.api, operator):
        assert (await caller.ask(query))["availablePhoneNumbers"] == [
            {
                "number": number,
                "country": "US",
                "locality": None,
                "monthlyPrice": {"amount": "3.00", "currency": "USD"},
            }
            for number in ("+19075550100", "+19075550101")
        ]
    unasked = await offered(acme.api)
    assert len(unasked) == len(set(unasked)) == 10
    assert {number[:2] for number in unasked} == {"+1"}
    assert await offered(acme.api) == unasked


@pytest.mark.parametrize(
    ("country", "area_code", "begins", "how_many"),
    [
        ("US", "907", "+1907555", 98),
        ("CA", "867", "+1867555", 98),
        ("CA", None, "+1", 100),
        ("GB", None, "+44", 100),
        ("gb", "020", "+4420", 100),
        ("DE", None, "+49", 100),
        ("DE", "30", "+4930", 100),
        ("FR", None, "+33", 100),
        ("FR", "05", "+335", 100),
        ("US", "867", None, 0),  # of Canada
        ("US", "800", None, 0),  # of no place
        ("US", "000", None, 0),
        ("US", "1", None, 0),
        ("GB", "000", None, 0),
        ("JP", None, None, 0),
    ],
)
async def test_what_is_for_sale_where(
    operator: Api, country: str, area_code: str | None, begins: str | None, how_many: int
) -> None:
    found = await offered(operator, country=country, areaCode=area_code, limit=100)
    assert len(set(found)) == how_many
    assert all(number.startswith(begins or "?") for number in found)


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ({"country": "XX"}, "country"),
        ({"country": ""}, "country"),
        ({"country": "USA"}, "country"),
        ({"areaCode": ""}, "areaCode"),
        ({"areaCode": "41a"}, "areaCode"),
        ({"areaCode": "123456"}, "areaCode"),
        ({"areaCode": "\u0664\u0661\u0665"}, "areaCode"),
        ({"limit": 0}, "limit"),
        ({"limit": -1}, "limit"),
        ({"limit": 101}, "limit"),
    ],
)
async def test_a_search_that_makes_no_sense_is_refused(
    operator: Api, arguments: dict[str, Any], path: str
) -> None:
    given = ", ".join(f"{name}: {json.dumps(value)}" for name, value in arguments.items())
    answer = await operator.send(f"{{ availablePhoneNumbers({given}) {{ number }} }}")
    [error] = answer["errors"]
    assert error["extensions"] == {"code": "INVALID_INPUT", "path": [path]}


async def test_a_carrier_that_does_not_answer_says_so(operator: Api) -> None:
    # an area that answers nobody (docs/sandbox.md)
    answer = await operator.send('{ availablePhoneNumbers(areaCode: "555") { number } }')
    [error] = answer["errors"]
    assert error["extensions"] == {"code": "CARRIER_UNAVAILABLE", "path": []}
    assert error["message"] == "The carrier does not answer; try again in a moment."


async def test_searching_needs_a_key(public: Api) -> None:
    assert await public.code_of("{ availablePhoneNumbers { number } }") == "UNAUTHENTICATED"


# ------------------------------------------------------------------------------------------ pages


async def test_a_page_of_numbers_takes_as_many_statements_for_one_as_for_many(
    operator: Api,
) -> None:
    query = """query ($first: Int) { workspace { phoneNumbers(first: $first) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { id number status agentId client { name } }
    } } }"""
    acme = await given.a_workspace(operator)
    seats = [await a_client(acme, f"ceo{n}@one.test") for n in range(2)]
    for number in range(6):
        await register(acme, f"agent-{number % 4}")
        done = await take_in(acme, given.an_own_number())
        await assign(
            acme,
            done["phoneNumber"],
            agentId=f"agent-{number % 4}",
            clientId=seats[number % 2]["client"]["id"],
        )
    taken = []
    for first in (1, 6):
        async with counted() as statements:
            page = (await acme.api.ask(query, first=first))["workspace"]["phoneNumbers"]
        assert len(page["nodes"]) == first
        assert page["totalCount"] == 6
        assert page["pageInfo"]["hasNextPage"] is (first == 1)
        taken.append(len(statements))
    # the key, the workspace; the page, its count, the agents, the clients
    assert taken[0] == taken[1] <= 6
    after = await acme.api.ask(
        "query ($after: String) { workspace { phoneNumbers(after: $after) { nodes { number } } } }",
        after=page["pageInfo"]["endCursor"],
    )
    assert after["workspace"]["phoneNumbers"]["nodes"] == []


@pytest.mark.of_the_sandbox
async def test_a_number_on_order_is_nobodys_to_see(operator: Api) -> None:
    # given a number whose carrier has not answered yet (docs/sandbox.md)
    acme = await given.a_workspace_with_slots(operator)
    number = "+17075550199"
    said = await buy(acme, number)
    assert codes(said) == [("CARRIER_UNAVAILABLE", [])]
    row = await PhoneNumber.get(workspace_id=acme.key)
    id = given.id_of(row)
    # then it takes the slot, and that is all there is of it
    assert await used_and_limit(acme) == (1, 1)
    for caller in (acme.api, operator):
        assert await caller.ask(f'{{ node(id: "{id}") {{ id }} }}') == {"node": None}
        for mutation in ("assignPhoneNumber", "releasePhoneNumber"):
            answer = await caller.do(mutation, NUMBER, phoneNumberId=id)
            assert codes(answer) == [("NOT_FOUND", ["phoneNumberId"])]
    assert await numbers_of(acme, released=True) == []
    assert codes(await buy(acme, number)) == [("IN_PROGRESS", ["number"])]
    # until it is found out, a minute later
    await phone_numbers.repair(SandboxCarrier(), older_than=given.NO_TIME)
    assert await numbers_of(acme) == [(number, "ACTIVE")]
