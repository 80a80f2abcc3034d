"""Seats and agents: taken, given back, and paused when there are too many."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tortoise import connections
from tortoise.transactions import in_transaction

from billwright.settings import Settings
from models.catalog import Resource
from models.clients import Client
from models.invoices import Invoice
from models.seats import Agent, Seat
from services import capacities, catalog
from services.errors import CapacityExceeded
from services.locks import locked_subscription
from services.price_list_file import load
from tests import given
from tests.client import Api
from tests.given import Tenant

ASSIGNED = "seat { id kind status email name client { name archivedAt } } capacity { limit used }"
UPCOMING = "{ workspace { upcomingInvoice { total { amount } } } }"
PREVIEW = """query ($input: SetAddOnsInput!) {
    previewSetAddOns(input: $input) { next { total { amount } } } }"""
REFUSED = """errors { ... on CapacityError { resource limit used requested addOn { key } } }"""


async def assign(tenant: Tenant, email: str, kind: str = "WORKSPACE") -> dict[str, Any]:
    return await tenant.api.do("assignSeat", ASSIGNED, kind=kind, email=email)


async def register(tenant: Tenant, external_id: str, **input: Any) -> dict[str, Any]:
    return await tenant.api.do(
        "registerAgent",
        f"agent {{ id name pausedAt }} capacity {{ limit used }} {REFUSED}",
        **{"externalId": external_id, "name": external_id} | input,
    )


async def who_has_access(tenant: Tenant) -> dict[str, bool]:
    shown = await tenant.api.ask(
        "query { workspace { seats { nodes { email hasAccess client { isReadOnly } } } } }"
    )
    seats = shown["workspace"]["seats"]["nodes"]
    for seat in seats:
        assert seat["client"] in (None, {"isReadOnly": not seat["hasAccess"]})
    return {seat["email"]: seat["hasAccess"] for seat in seats}


async def test_the_last_seat_goes_to_one_of_twenty(operator: Api) -> None:
    # pay as you go has two workspace seats; the owner sits on one
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    answers = await asyncio.gather(
        *(
            acme.api.do(
                "assignSeat", f"seat {{ id }} {REFUSED}", kind="WORKSPACE", email=f"m{n}@acme.test"
            )
            for n in range(20)
        )
    )
    refusals = [answer["errors"][0] for answer in answers if answer["errors"]]
    assert len(refusals) == 19
    assert {
        (r["code"], r["limit"], r["used"], r["requested"], r["addOn"]["key"]) for r in refusals
    } == {("CAPACITY_EXCEEDED", 2, 2, 1, "workspace-seat")}
    assert refusals[0]["message"] == (
        "There is no room for another workspace seat: 2 in use, limit 2. "
        "More of the add-on 'workspace-seat' makes room (setAddOns)."
    )
    assert await Seat.filter(workspace_id=acme.key).count() == 2


async def test_a_released_seat_is_free_at_once(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    taken = await assign(acme, "ann@acme.test")
    assert taken["capacity"] == {"limit": 2, "used": 2}
    twice = await assign(acme, "ANN@acme.test")
    assert [(error["code"], error["path"]) for error in twice["errors"]] == [
        ("NO_CHANGE", ["email"])
    ]
    for _ in range(2):  # releasing again changes nothing
        released = await acme.api.do("releaseSeat", ASSIGNED, seatId=taken["seat"]["id"])
        assert released["seat"]["status"] == "RELEASED"
        assert released["capacity"] == {"limit": 2, "used": 1}
    owner = await Seat.get(workspace_id=acme.key, is_owner=True)
    kept = await acme.api.do("releaseSeat", "seat { id }", seatId=given.id_of(owner))
    assert [error["code"] for error in kept["errors"]] == ["INVALID_INPUT"]


async def test_a_client_seat_makes_a_company_and_its_release_archives_it(operator: Api) -> None:
    agency = await given.a_workspace(operator)  # two client seats on the free plan
    first = await agency.api.do(
        "assignSeat", ASSIGNED, kind="CLIENT", email="ceo@one.test", name="One Ltd"
    )
    assert first["seat"]["client"] == {"name": "One Ltd", "archivedAt": None}
    await assign(agency, "ceo@two.test", kind="CLIENT")
    full = await assign(agency, "ceo@three.test", kind="CLIENT")
    assert [error["code"] for error in full["errors"]] == ["CAPACITY_EXCEEDED"]
    released = await agency.api.do("releaseSeat", ASSIGNED, seatId=first["seat"]["id"])
    assert released["seat"]["client"]["archivedAt"] == given.FIRST_OF_APRIL
    assert (await assign(agency, "ceo@three.test", kind="CLIENT"))["errors"] == []
    assert await Client.filter(workspace_id=agency.key).count() == 3


async def test_a_known_agent_takes_no_second_slot(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    for name in ("Front desk", "Reception"):
        answer = await register(acme, "agent-1", name=name)
        assert (answer["agent"]["name"], answer["capacity"]["used"]) == (name, 1)
    for number in range(2, 6):
        await register(acme, f"agent-{number}")
    full = await register(acme, "agent-6")
    [refusal] = full["errors"]
    assert (refusal["limit"], refusal["used"], refusal["addOn"]) == (5, 5, None)
    assert refusal["message"] == (
        "There is no room for another agent slot: 5 in use, limit 5. Free one first, or choose a "
        "plan with more."
    )
    agent = await Agent.get(workspace_id=acme.key, external_id="agent-1")
    for _ in range(2):
        archived = await acme.api.do(
            "archiveAgent", "agent { archivedAt } capacity { used }", agentId=given.id_of(agent)
        )
        assert archived["capacity"] == {"used": 4}
    assert (await register(acme, "agent-6"))["errors"] == []
    # who comes back needs a slot again
    assert [error["code"] for error in (await register(acme, "agent-1"))["errors"]] == [
        "CAPACITY_EXCEEDED"
    ]


async def test_a_workspace_without_a_limit_has_more_agents_than_a_statement_has_values(
    operator: Api,
) -> None:
    # given a contract, which leaves agents unlimited, and 33,000 of them
    acme = await given.a_workspace(operator)
    agreed = await operator.do(
        "setContract",
        "invoice { id }",
        workspaceId=acme.id,
        monthlyPrice="1000",
        includedCredits="0",
    )
    assert agreed["errors"] == []
    await connections.get("default").execute_query(
        "INSERT INTO agent (id, created_at, workspace_id, external_id, name, registered_at) "
        "SELECT gen_random_uuid(), now(), $1, 'agent-' || n, 'Agent', now() "
        "FROM generate_series(1, 33000) AS n",
        [acme.key],
    )
    answer = await register(acme, "one-more")
    assert answer["errors"] == []
    assert (answer["agent"]["pausedAt"], answer["capacity"]) == (
        None,
        {"limit": None, "used": 33_001},
    )


async def test_down_to_free_with_seven_agents_pauses_the_two_newest(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    for number in range(7):
        await register(acme, f"agent-{number}")
    refused = await acme.api.do("changePlan", REFUSED, plan="free")
    [refusal] = refused["errors"]
    assert (refusal["code"], refusal["resource"]) == ("CAPACITY_IN_USE", "AGENT_SLOT")
    assert (refusal["limit"], refusal["used"]) == (5, 7)
    assert refusal["message"] == (
        "7 agent slots are in use and 5 would be left. Free some first, or set acceptOverage: the "
        "newest agents are paused then."
    )
    accepted = await acme.api.do("changePlan", "invoice { id }", plan="free", acceptOverage=True)
    assert accepted["errors"] == []
    await acme.api.do("advanceClock", "now", workspaceId=acme.id, to="2026-05-01T00:00:00Z")
    agents = await Agent.filter(workspace_id=acme.key).order_by("id")
    assert [agent.paused_at is not None for agent in agents] == [False] * 5 + [True] * 2
    # back on the paid plan they work again
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    assert not await Agent.exists(workspace_id=acme.key, paused_at__isnull=False)


async def test_down_to_free_the_newest_members_and_companies_wait_outside(operator: Api) -> None:
    # given two members besides the owner, and three companies, on pay as you go with two add-ons
    agency = await given.a_workspace(operator, card="pm_card_visa")
    add_ons = [{"addOn": key, "quantity": 1} for key in ("workspace-seat", "client-seat")]
    await agency.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", addOns=add_ons)
    for name in ("ann", "bob"):
        assert (await assign(agency, f"{name}@agency.test"))["errors"] == []
    for name in ("one", "two", "three"):
        assert (await assign(agency, f"ceo@{name}.test", kind="CLIENT"))["errors"] == []
    assert await who_has_access(agency) == {
        "owner@acme.test": True,
        "ann@agency.test": True,
        "bob@agency.test": True,
        "ceo@one.test": True,
        "ceo@two.test": True,
        "ceo@three.test": True,
    }
    refused = await agency.api.do("changePlan", REFUSED, plan="free")
    assert [(error["resource"], error["limit"]) for error in refused["errors"]] == [
        ("WORKSPACE_SEAT", 1),
        ("CLIENT_SEAT", 2),
    ]
    assert [error["message"].split(": ")[1] for error in refused["errors"]] == [
        "the newest members lose access then, until there is room.",
        "the newest companies may only look then, until there is room.",
    ]
    # when the free plan begins, which has a seat for the owner and two for companies
    await agency.api.do("changePlan", "invoice { id }", plan="free", acceptOverage=True)
    await agency.api.do("advanceClock", "now", workspaceId=agency.id, to="2026-05-01T00:00:00Z")
    assert await who_has_access(agency) == {
        "owner@acme.test": True,
        "ann@agency.test": False,
        "bob@agency.test": False,
        "ceo@one.test": True,
        "ceo@two.test": True,
        "ceo@three.test": False,
    }
    # nothing is deleted: who goes makes room for the next
    first = await Seat.get(workspace_id=agency.key, email="ceo@one.test")
    released = await agency.api.do(
        "releaseSeat",
        "seat { hasAccess client { isReadOnly } }",
        seatId=given.id_of(first),
    )
    assert released["seat"] == {"hasAccess": False, "client": {"isReadOnly": True}}
    assert (await who_has_access(agency))["ceo@three.test"] is True


async def test_unpaid_pauses_all_agents_until_it_is_paid(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", autoBilling=False)
    await register(acme, "agent-1")
    agent = Agent.filter(workspace_id=acme.key)
    # the renewal is due on 8 May, and unpaid 14 days later
    await acme.api.do("advanceClock", "now", workspaceId=acme.id, to="2026-05-21T23:59:59Z")
    assert (await agent.get()).paused_at is None
    await acme.api.do("advanceClock", "now", workspaceId=acme.id, to="2026-05-22T00:00:00Z")
    assert (await agent.get()).paused_at == given.instant("2026-05-22T00:00:00Z")
    answer = await acme.api.ask("query { workspace { invoices(status: OPEN) { nodes { id } } } }")
    [invoice] = answer["workspace"]["invoices"]["nodes"]
    await acme.api.do("payInvoice", "invoice { status }", invoiceId=invoice["id"])
    assert (await agent.get()).paused_at is None


async def test_unpaid_nobody_calls_until_it_is_paid(operator: Api) -> None:
    async def lines() -> dict[str, Any]:
        shown = await acme.api.ask(
            "query { workspace { capacity(resource: CALL_LINE) { included limit available } "
            "capacities { resource limit } } }"
        )
        [listed] = [
            row for row in shown["workspace"]["capacities"] if row["resource"] == "CALL_LINE"
        ]
        assert listed["limit"] == shown["workspace"]["capacity"]["limit"]
        capacity: dict[str, Any] = shown["workspace"]["capacity"]
        return capacity

    # given the ten lines of pay as you go, and a renewal that is due on 8 May
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", autoBilling=False)
    await acme.api.do("advanceClock", "now", workspaceId=acme.id, to="2026-05-21T23:59:59Z")
    assert await lines() == {"included": 10, "limit": 10, "available": 10}
    # when it is unpaid 14 days later
    await acme.api.do("advanceClock", "now", workspaceId=acme.id, to="2026-05-22T00:00:00Z")
    # then no new call finds a line, and no add-on would make room
    assert await lines() == {"included": 10, "limit": 0, "available": 0}
    with pytest.raises(CapacityExceeded) as refused:
        async with in_transaction():
            await capacities.take(await locked_subscription(acme.key), Resource.CALL_LINE)
    assert (refused.value.limit, refused.value.add_on_name) == (0, None)
    invoice = await Invoice.get(workspace_id=acme.key, status="OPEN")
    await acme.api.do("payInvoice", "invoice { status }", invoiceId=given.id_of(invoice))
    assert await lines() == {"included": 10, "limit": 10, "available": 10}


@pytest.mark.usefixtures("ladder")
async def test_the_add_on_that_helps_is_of_the_price_list_that_one_would_subscribe_under(
    operator: Api,
) -> None:
    # given a free workspace from before a new price list
    acme = await given.a_workspace(operator)
    await catalog.publish(load(Settings().catalog))
    full = await acme.api.do(
        "buyPhoneNumber",
        "errors { ... on CapacityError { addOn { id price { amount } } } }",
        number=given.a_number(),
    )
    [refusal] = full["errors"]
    offered = await acme.api.ask("query { addOns { id key } }")
    [slot] = [row["id"] for row in offered["addOns"] if row["key"] == "phone-number"]
    assert refusal["addOn"] == {"id": slot, "price": {"amount": "3.00"}}


async def test_a_seat_in_use_is_not_taken_away_at_the_boundary(operator: Api) -> None:
    # given three seats bought and two in use; one is enough, it was said, and then two more came
    acme = await given.a_workspace(operator, card="pm_card_visa")
    add_ons = [{"addOn": "workspace-seat", "quantity": 3}]
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", addOns=add_ons)
    less = [{"addOn": "workspace-seat", "quantity": 1}]
    assert (await acme.api.do("setAddOns", "invoice { id }", addOns=less))["errors"] == []
    for number in range(4):
        assert (await assign(acme, f"m{number}@acme.test"))["errors"] == []
    # then at the period's end the quantity is kept and billed, as is shown before: 20 + 3 x 10
    shown = await acme.api.ask(UPCOMING)
    assert shown["workspace"]["upcomingInvoice"] == {"total": {"amount": "50.00"}}
    more = {"addOns": [{"addOn": "phone-number", "quantity": 1}]}
    preview = await acme.api.ask(PREVIEW, input=more)
    assert preview["previewSetAddOns"]["next"] == {"total": {"amount": "53.00"}}
    answer = await acme.api.do(
        "advanceClock",
        "invoices { total { amount } }",
        workspaceId=acme.id,
        to="2026-05-01T00:00:00Z",
    )
    assert answer["invoices"] == [{"total": {"amount": "50.00"}}]
    # and with five in use it cannot even be wanted
    refused = await acme.api.do("setAddOns", REFUSED, addOns=less)
    assert [(error["code"], error["used"]) for error in refused["errors"]] == [
        ("CAPACITY_IN_USE", 5)
    ]
    # nor accepted: that is for changes of plan
    assert refused["errors"][0]["message"] == (
        "5 workspace seats are in use and 3 would be left. Free some first."
    )


async def test_down_to_free_keeps_three_colleagues_and_takes_no_fourth(operator: Api) -> None:
    # given a team of three on pay as you go, where Free has a seat for the owner only
    acme = await given.a_workspace(operator, card="pm_card_visa")
    add_ons = [{"addOn": "workspace-seat", "quantity": 1}]
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", addOns=add_ons)
    for name in ("ann", "ben"):
        assert (await assign(acme, f"{name}@acme.test"))["errors"] == []
    refused = await acme.api.do("changePlan", REFUSED, plan="free")
    [in_use] = refused["errors"]
    assert in_use["message"] == (
        "3 workspace seats are in use and 1 would be left. Free some first, or set acceptOverage: "
        "the newest members lose access then, until there is room."
    )
    # when that is accepted and the month is over
    accepted = await acme.api.do("changePlan", "invoice { id }", plan="free", acceptOverage=True)
    assert accepted["errors"] == []
    await acme.api.do("advanceClock", "now", workspaceId=acme.id, to="2026-05-01T00:00:00Z")
    # then so it is
    assert await Seat.filter(workspace_id=acme.key, status="ACTIVE").count() == 3
    [full] = (await assign(acme, "cleo@acme.test"))["errors"]
    assert full["code"] == "CAPACITY_EXCEEDED"
    assert full["message"].startswith(
        "There is no room for another workspace seat: 3 in use, limit 1."
    )


async def test_what_was_lowered_before_does_not_stand_in_the_way_of_something_else(
    operator: Api,
) -> None:
    # given five seats of which three will be left, and then four come into use
    acme = await given.a_workspace(operator, card="pm_card_visa")
    add_ons = [{"addOn": "workspace-seat", "quantity": 3}]
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", addOns=add_ons)
    less = [{"addOn": "workspace-seat", "quantity": 1}]
    await acme.api.do("setAddOns", "invoice { id }", addOns=less)
    for number in range(3):
        await assign(acme, f"m{number}@acme.test")
    # when a phone number is wanted
    more = [{"addOn": "phone-number", "quantity": 1}]
    done = await acme.api.do("setAddOns", "invoice { status }", addOns=more)
    # then the seats are no reason to refuse it
    assert done == {"invoice": {"status": "PAID"}, "errors": []}
