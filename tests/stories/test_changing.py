"""More now, less at the period's end: add-ons and plans change in the middle of a month."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from models.catalog import Resource
from models.invoices import Invoice
from models.seats import Agent
from services import catalog
from services.price_list_file import load
from tests import given
from tests.client import Api
from tests.given import Tenant
from tests.stories.conftest import LADDER

CHANGED = """
    subscription { plan { key } addOns { addOn { key } quantity } monthlyTotal { amount }
                   pendingChange { plan { key } addOns { addOn { key } quantity } effectiveAt } }
    invoice { status reason total { amount } period { start end }
              lines { description quantity amount { amount } proration plan { key } } }
"""
UPCOMING = """query { workspace { autoBilling { nextRenewalAt }
    upcomingInvoice { total { amount } lines { description quantity } } } }"""


async def advance(tenant: Tenant, to: str) -> list[str]:
    """Move the clock; the totals of what was billed on the way."""
    answer = await tenant.api.do(
        "advanceClock", "invoices { total { amount } }", workspaceId=tenant.id, to=to
    )
    assert answer["errors"] == []
    return [invoice["total"]["amount"] for invoice in answer["invoices"]]


async def set_add_ons(tenant: Tenant, **quantities: int) -> dict[str, Any]:
    """Preview and do it: both must come to the same sum."""
    wanted = [
        {"addOn": key.replace("_", "-"), "quantity": quantity}
        for key, quantity in quantities.items()
    ]
    return await previewed(tenant, "setAddOns", addOns=wanted)


async def previewed(tenant: Tenant, mutation: str, **input: Any) -> dict[str, Any]:
    name = mutation[0].upper() + mutation[1:]
    answer = await tenant.api.ask(
        f"query ($input: {name}Input!) {{ preview{name}(input: $input) {{ "
        "dueNow { total { amount } } errors { __typename code message path } } }",
        input=input,
    )
    preview = answer[f"preview{name}"]
    done = await tenant.api.do(mutation, CHANGED, **input)
    assert done["errors"] == preview["errors"]
    if not done["errors"]:
        due_now = preview["dueNow"]
        assert (due_now and due_now["total"]) == (done["invoice"] and done["invoice"]["total"])
    return done


async def a_subscriber(operator: Api, plan: str = "pay-as-you-go", **seats: int) -> Tenant:
    """On a plan from 1 April to 1 May, 30 days."""
    tenant = await given.a_workspace(operator, card="pm_card_visa")
    add_ons = [{"addOn": k.replace("_", "-"), "quantity": n} for k, n in seats.items()]
    done = await tenant.api.do("subscribe", "invoice { id }", plan=plan, addOns=add_ons)
    assert done["errors"] == []
    return tenant


async def test_seats_bought_halfway_cost_half_and_the_full_price_from_then_on(
    operator: Api,
) -> None:
    acme = await a_subscriber(operator, workspace_seat=2)
    await advance(acme, "2026-04-16T00:00:00Z")
    # three more seats for 15 of 30 days: 3 x $10 / 2
    answer = await set_add_ons(acme, workspace_seat=5)
    assert answer["invoice"] == {
        "status": "PAID",
        "reason": "CHANGE",
        "total": {"amount": "15.00"},
        "period": {"start": "2026-04-16T00:00:00Z", "end": "2026-05-01T00:00:00Z"},
        "lines": [
            {
                "description": "Workspace seat, remaining time",
                "quantity": 3,
                "amount": {"amount": "15.00"},
                "proration": True,
                "plan": None,
            }
        ],
    }
    assert answer["subscription"]["monthlyTotal"] == {"amount": "70.00"}
    assert await advance(acme, "2026-05-01T00:00:00Z") == ["70.00"]


async def test_seconds_count_and_each_line_is_rounded_once(operator: Api) -> None:
    # a third of a day less than 10 days left of 30: 9 2/3 days
    acme = await a_subscriber(operator)
    await advance(acme, "2026-04-21T08:00:00Z")
    answer = await set_add_ons(acme, client_seat=1, phone_number=1)
    # 15 x 29/90 = 4.8333, 3 x 29/90 = 0.9667
    assert [line["amount"]["amount"] for line in answer["invoice"]["lines"]] == ["4.83", "0.97"]
    assert answer["invoice"]["total"] == {"amount": "5.80"}


async def test_a_change_in_real_time_happens_at_one_instant(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa", clock=None)
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    await set_add_ons(acme, workspace_seat=1, client_seat=1, phone_number=1)
    invoice = await Invoice.get(workspace_id=acme.key, reason="CHANGE")
    starts = {datetime.fromisoformat(line["period_start"]) for line in invoice.lines}
    assert {invoice.issued_at, invoice.due_at, invoice.period_start} | starts == {invoice.issued_at}


async def test_a_contract_in_real_time_begins_at_one_instant(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa", clock=None)
    agreed = await operator.do(
        "setContract",
        "invoice { id }",
        workspaceId=acme.id,
        monthlyPrice="1500",
        includedCredits="100000",
    )
    assert agreed["errors"] == []
    invoice = await Invoice.get(workspace_id=acme.key)
    assert invoice.period_start == invoice.issued_at == invoice.due_at - timedelta(days=30)


async def test_fewer_seats_are_paid_to_the_periods_end_and_taken_back_for_nothing(
    operator: Api,
) -> None:
    acme = await a_subscriber(operator, workspace_seat=5, phone_number=2)
    await advance(acme, "2026-04-10T00:00:00Z")
    less = await set_add_ons(acme, workspace_seat=2)
    assert less["invoice"] is None
    assert less["subscription"]["pendingChange"] == {
        "plan": {"key": "pay-as-you-go"},
        "addOns": [
            {"addOn": {"key": "workspace-seat"}, "quantity": 2},
            {"addOn": {"key": "phone-number"}, "quantity": 2},
        ],
        "effectiveAt": "2026-05-01T00:00:00Z",
    }
    # back to five: paid already, nothing to charge, nothing pending
    back = await set_add_ons(acme, workspace_seat=5)
    assert (back["invoice"], back["subscription"]["pendingChange"]) == (None, None)
    # more of one and none of the other: charged now, dropped later
    both = await set_add_ons(acme, workspace_seat=8, phone_number=0)
    assert both["invoice"]["total"] == {"amount": "21.00"}  # 3 x $10 x 21/30
    assert both["subscription"]["pendingChange"]["addOns"] == [
        {"addOn": {"key": "workspace-seat"}, "quantity": 8}
    ]
    assert await advance(acme, "2026-05-01T00:00:00Z") == ["100.00"]  # 20 + 8 x 10


async def test_whitelabel_on_top_of_bought_seats_takes_none_of_them_away(operator: Api) -> None:
    # given two client seats of the plan's and three at $15, and all five in use
    acme = await a_subscriber(operator, client_seat=3)
    for name in ("one", "two", "three", "four", "five"):
        await acme.api.do("assignSeat", "seat { id }", kind="CLIENT", email=f"ceo@{name}.test")
    # when Whitelabel brings five more
    wanted = [{"addOn": "whitelabel", "quantity": 1}]
    preview = await acme.api.ask(
        "query ($input: SetAddOnsInput!) { previewSetAddOns(input: $input) "
        "{ capacitiesAfter { resource quantity } next { total { amount } } } }",
        input={"addOns": wanted},
    )
    shown = preview["previewSetAddOns"]
    assert {"resource": "CLIENT_SEAT", "quantity": 10} in shown["capacitiesAfter"]
    assert shown["next"] == {"total": {"amount": "265.00"}}  # 20 + 3 x 15 + 200
    more = await set_add_ons(acme, whitelabel=1)
    assert more["invoice"]["total"] == {"amount": "200.00"}
    # then the three may go, at the period's end, and are not given back before
    fewer = await set_add_ons(acme, client_seat=0)
    assert (fewer["errors"], fewer["invoice"]) == ([], None)
    assert await advance(acme, "2026-05-01T00:00:00Z") == ["220.00"]


async def test_a_declined_change_changes_nothing(operator: Api) -> None:
    acme = await a_subscriber(operator, workspace_seat=1)
    await given.attach(acme, "pm_card_chargeCustomerFail")
    answer = await acme.api.do(
        "setAddOns", CHANGED, addOns=[{"addOn": "whitelabel", "quantity": 1}]
    )
    assert [error["code"] for error in answer["errors"]] == ["PAYMENT_DECLINED"]
    shown = await acme.api.ask(
        'query { workspace { hasFeature(key: "custom-branding") '
        "subscription { monthlyTotal { amount } pendingChange { effectiveAt } } "
        "invoices(status: OPEN) { totalCount nodes { id } } } }"
    )
    assert shown["workspace"] == {
        "hasFeature": False,
        "subscription": {"monthlyTotal": {"amount": "30.00"}, "pendingChange": None},
        "invoices": {"totalCount": shown["workspace"]["invoices"]["totalCount"], "nodes": []},
    }


async def test_what_is_as_wanted_already_is_no_change(operator: Api) -> None:
    acme = await a_subscriber(operator, workspace_seat=1)
    for quantities in ({"workspace_seat": 1}, {"whitelabel": 0}, {}):
        answer = await set_add_ons(acme, **quantities)
        assert [error["code"] for error in answer["errors"]] == ["NO_CHANGE"]
    free = await given.a_workspace(operator, card="pm_card_visa")
    refused = await set_add_ons(free, workspace_seat=1)
    assert [error["code"] for error in refused["errors"]] == ["PLAN_REQUIRED"]


async def test_an_outstanding_invoice_blocks_more_but_not_less(operator: Api) -> None:
    acme = await a_subscriber(operator, workspace_seat=3)
    await given.an_open_invoice(acme, cents=100)
    more = await set_add_ons(acme, workspace_seat=4)
    assert [error["code"] for error in more["errors"]] == ["OUTSTANDING_INVOICE"]
    less = await set_add_ons(acme, workspace_seat=2)
    assert less["errors"] == []


async def test_two_contradictory_changes_at_once_are_done_one_after_the_other(
    operator: Api,
) -> None:
    acme = await a_subscriber(operator, workspace_seat=3)
    wanted = [
        {"addOns": [{"addOn": "workspace-seat", "quantity": quantity}]} for quantity in (10, 1)
    ]
    answers = await asyncio.gather(
        *(acme.api.do("setAddOns", "invoice { total { amount } }", **input) for input in wanted)
    )
    codes = [[error["code"] for error in answer["errors"]] for answer in answers]
    assert codes in ([[], []], [[], ["PENDING_CHANGE"]])
    assert await Invoice.filter(workspace_id=acme.key, reason="CHANGE").count() == 1
    # whoever came last decides what the renewal bills
    [total] = await advance(acme, "2026-05-01T00:00:00Z")
    assert total in ("120.00", "30.00")


async def test_what_is_scheduled_is_what_the_upcoming_invoice_says(operator: Api) -> None:
    acme = await a_subscriber(operator, workspace_seat=5)
    await set_add_ons(acme, workspace_seat=2)
    shown = (await acme.api.ask(UPCOMING))["workspace"]
    assert shown["upcomingInvoice"] == {
        "total": {"amount": "40.00"},
        "lines": [
            {"description": "Pay as you go", "quantity": 1},
            {"description": "Workspace seat", "quantity": 2},
        ],
    }
    assert shown["autoBilling"] == {"nextRenewalAt": "2026-05-01T00:00:00Z"}
    # on the way to Free nothing will be billed
    await previewed(acme, "changePlan", plan="free")
    shown = (await acme.api.ask(UPCOMING))["workspace"]
    assert shown == {"upcomingInvoice": None, "autoBilling": {"nextRenewalAt": None}}


async def test_on_the_way_to_free_add_ons_can_be_had_for_the_rest_of_the_period(
    operator: Api,
) -> None:
    acme = await a_subscriber(operator)
    await previewed(acme, "changePlan", plan="free")
    await advance(acme, "2026-04-16T00:00:00Z")
    more = await set_add_ons(acme, client_seat=2)
    assert more["invoice"]["total"] == {"amount": "15.00"}  # 2 x $15 / 2
    assert more["subscription"]["addOns"] == [{"addOn": {"key": "client-seat"}, "quantity": 2}]
    assert more["subscription"]["pendingChange"]["plan"] == {"key": "free"}
    assert more["subscription"]["pendingChange"]["addOns"] == []
    # fewer of them is what happens anyway
    less = await set_add_ons(acme, client_seat=1)
    assert [error["code"] for error in less["errors"]] == ["NO_CHANGE"]
    # Free has no add-ons: nothing goes on being billed
    assert await advance(acme, "2026-06-01T00:00:00Z") == []


async def test_a_renewal_waits_for_a_change_whose_money_is_under_way(operator: Api) -> None:
    # given three seats from 29 April, paid by a bank debit that settles on 3 May
    acme = await a_subscriber(operator)
    await given.attach(acme, "pm_usBankAccount")
    await advance(acme, "2026-04-29T00:00:00Z")
    change = await set_add_ons(acme, workspace_seat=3)
    assert change["invoice"]["total"] == {"amount": "2.00"}  # 3 x $10 x 2/30
    # when the period ends, it is not known yet what the next one is to cost
    assert await advance(acme, "2026-05-02T23:59:59Z") == []
    another = await set_add_ons(acme, workspace_seat=4)
    assert [error["code"] for error in another["errors"]] == ["PENDING_CHANGE"]
    # then it is billed when the seats are paid, with them
    assert await advance(acme, "2026-05-03T00:00:00Z") == ["50.00"]
    renewal = await Invoice.filter(workspace_id=acme.key, reason="RENEWAL").get()
    assert renewal.period_start == given.instant("2026-05-01T00:00:00Z")


async def test_a_renewal_does_not_wait_for_one_card_after_another(operator: Api) -> None:
    # given three seats for the last half day of April, by a card whose owner does not confirm
    acme = await a_subscriber(operator)
    first, second = [await given.attach(acme, "pm_card_authenticationRequired") for _ in range(2)]
    await advance(acme, "2026-04-30T12:00:00Z")
    wanted = [{"addOn": "workspace-seat", "quantity": 3}]
    await acme.api.do("setAddOns", "invoice { id }", addOns=wanted)
    invoice = await Invoice.get(workspace_id=acme.key, status="OPEN")
    assert invoice.total_cents == 50  # 3 x $10 x 0.5/30

    async def pay_by(card: str) -> list[str]:
        paid = await acme.api.do(
            "payInvoice", "invoice { id }", invoiceId=given.id_of(invoice), paymentMethodId=card
        )
        return [error["code"] for error in paid["errors"]]

    # who changes the card before the period is over is asked by the other
    await advance(acme, "2026-04-30T18:00:00Z")
    assert await pay_by(first) == ["PAYMENT_ACTION_REQUIRED"]
    # who does so when the renewal is due already holds it up no longer
    await advance(acme, "2026-05-01T12:00:00Z")
    assert await pay_by(second) == ["IN_PROGRESS"]
    assert await pay_by(first) == ["PAYMENT_ACTION_REQUIRED"]
    # then the change is dropped and the period renewed within a day
    assert await advance(acme, "2026-05-01T17:59:59Z") == []
    await given.attach(acme, "pm_card_visa")
    assert await advance(acme, "2026-05-01T18:00:00Z") == ["20.00"]


async def test_a_change_whose_money_is_under_way_is_named_once_and_not_asked_to_be_paid(
    operator: Api,
) -> None:
    acme = await a_subscriber(operator)
    await given.attach(acme, "pm_usBankAccount")
    await set_add_ons(acme, workspace_seat=3)
    for another in (
        await set_add_ons(acme, workspace_seat=4),
        await previewed(acme, "changePlan", plan="free"),
    ):
        assert [error["code"] for error in another["errors"]] == ["PENDING_CHANGE"]


async def test_a_change_that_is_paid_after_the_end_of_a_cancelled_period_ends_with_it(
    operator: Api,
) -> None:
    acme = await a_subscriber(operator)
    await given.attach(acme, "pm_usBankAccount")
    await advance(acme, "2026-04-29T00:00:00Z")
    await set_add_ons(acme, workspace_seat=3)
    await acme.api.do("cancelSubscription", "subscription { id }")
    assert await advance(acme, "2026-05-10T00:00:00Z") == []
    shown = await acme.api.ask(
        "query { workspace { subscription { plan { key } status pendingChange { effectiveAt } } "
        "invoices(status: OPEN) { totalCount nodes { id } } } }"
    )
    assert shown["workspace"]["subscription"] == {
        "plan": {"key": "free"},
        "status": "CANCELLED",
        "pendingChange": None,
    }
    assert shown["workspace"]["invoices"]["nodes"] == []


@pytest.mark.usefixtures("ladder")
async def test_an_upgrade_halfway_gives_back_half_of_one_and_charges_half_of_the_other(
    operator: Api,
) -> None:
    # Starter $29 with 5,000 credits, Pro $59 with 15,000; 15 of 30 days are left
    acme = await a_subscriber(operator, "starter")
    await advance(acme, "2026-04-16T00:00:00Z")
    answer = await previewed(acme, "changePlan", plan="pro")
    assert [
        (line["description"], line["amount"]["amount"]) for line in answer["invoice"]["lines"]
    ] == [("Unused time of Starter", "-14.50"), ("Remaining time of Pro", "29.50")]
    assert [line["plan"]["key"] for line in answer["invoice"]["lines"]] == ["starter", "pro"]
    assert answer["invoice"]["total"] == {"amount": "15.00"}
    assert answer["subscription"]["plan"] == {"key": "pro"}
    balance = await acme.api.ask("query { workspace { creditBalance { total } } }")
    # 500 at sign-up, 5,000 of Starter, half of the 10,000 that Pro has more
    assert balance["workspace"]["creditBalance"] == {"total": "10500.000"}
    # the cycle stays: the next renewal is Pro's, on 1 May
    assert await advance(acme, "2026-05-01T00:00:00Z") == ["59.00"]


@pytest.mark.usefixtures("ladder")
async def test_a_dearer_plan_that_has_less_of_something_needs_a_word_too(operator: Api) -> None:
    # given a Pro with one agent slot, and two agents on Starter
    ladder = load(LADDER)
    plans = tuple(
        replace(plan, allowances={**plan.allowances, Resource.AGENT_SLOT: 1})
        if plan.key == "pro"
        else plan
        for plan in ladder.plans
    )
    await catalog.publish(replace(ladder, plans=plans))
    acme = await a_subscriber(operator, "starter")
    for name in ("first", "second"):
        await acme.api.do("registerAgent", "agent { id }", externalId=name, name=name)
    refused = await previewed(acme, "changePlan", plan="pro")
    assert [error["code"] for error in refused["errors"]] == ["CAPACITY_IN_USE"]
    done = await previewed(acme, "changePlan", plan="pro", acceptOverage=True)
    assert done["invoice"]["total"] == {"amount": "30.00"}
    [paused] = await Agent.filter(workspace_id=acme.key, paused_at__isnull=False)
    assert paused.external_id == "second"


@pytest.mark.usefixtures("ladder")
async def test_a_downgrade_waits_for_the_periods_end_and_can_be_taken_back(operator: Api) -> None:
    acme = await a_subscriber(operator, "pro")
    down = await previewed(acme, "changePlan", plan="starter")
    assert (down["invoice"], down["subscription"]["plan"]) == (None, {"key": "pro"})
    assert down["subscription"]["pendingChange"]["plan"] == {"key": "starter"}
    # wanting the present plan takes it back; wanting it again is no change
    back = await previewed(acme, "changePlan", plan="pro")
    assert (back["errors"], back["subscription"]["pendingChange"]) == ([], None)
    again = await previewed(acme, "changePlan", plan="pro")
    assert [error["code"] for error in again["errors"]] == ["NO_CHANGE"]
    now = await previewed(acme, "changePlan", plan="starter", timing="NOW")
    assert [(error["code"], error["path"]) for error in now["errors"]] == [
        ("INVALID_INPUT", ["timing"])
    ]
    await previewed(acme, "changePlan", plan="starter")
    scheduled = await previewed(acme, "changePlan", plan="starter")
    assert [(error["code"], error["message"]) for error in scheduled["errors"]] == [
        ("NO_CHANGE", "Starter begins at the period's end already.")
    ]
    assert await advance(acme, "2026-05-01T00:00:00Z") == ["29.00"]


@pytest.mark.usefixtures("ladder")
async def test_going_up_and_down_all_month_earns_no_credits(operator: Api) -> None:
    acme = await a_subscriber(operator, "starter")
    await previewed(acme, "changePlan", plan="pro")  # at once: the whole difference, $30
    for _ in range(3):
        await previewed(acme, "changePlan", plan="starter")
        await previewed(acme, "changePlan", plan="pro")
    balance = await acme.api.ask("query { workspace { creditBalance { total } } }")
    assert balance["workspace"]["creditBalance"] == {"total": "15500.000"}
    assert await Invoice.filter(workspace_id=acme.key).count() == 2


async def test_down_to_free_with_more_in_use_needs_a_word(operator: Api) -> None:
    # the owner's seat fits into Free: nothing is in the way
    acme = await a_subscriber(operator, whitelabel=1)
    down = await previewed(acme, "changePlan", plan="free")
    assert down["errors"] == []
    assert down["subscription"]["pendingChange"] == {
        "plan": {"key": "free"},
        "addOns": [],
        "effectiveAt": "2026-05-01T00:00:00Z",
    }
    assert await advance(acme, "2026-05-01T00:00:00Z") == []
    shown = await acme.api.ask("query { workspace { subscription { plan { key } status } } }")
    assert shown["workspace"]["subscription"] == {"plan": {"key": "free"}, "status": "CANCELLED"}


async def test_enterprise_cannot_be_changed_to(operator: Api) -> None:
    acme = await a_subscriber(operator)
    refused = await previewed(acme, "changePlan", plan="enterprise")
    assert [error["code"] for error in refused["errors"]] == ["PLAN_NOT_SELF_SERVE"]
    unknown = await previewed(acme, "changePlan", plan="gold")
    assert [(error["code"], error["path"]) for error in unknown["errors"]] == [
        ("INVALID_INPUT", ["plan"])
    ]


@pytest.mark.usefixtures("ladder")
async def test_fewer_add_ons_stay_scheduled_whatever_the_plan_does_meanwhile(
    operator: Api,
) -> None:
    acme = await a_subscriber(operator, "starter", agent_seat=5)
    fewer = [{"addOn": {"key": "agent-seat"}, "quantity": 2}]
    await set_add_ons(acme, agent_seat=2)
    # down and not down after all, up: two seats are enough from May on
    down = await previewed(acme, "changePlan", plan="pro", timing="PERIOD_END")
    assert down["subscription"]["pendingChange"]["addOns"] == fewer
    back = await previewed(acme, "changePlan", plan="starter")
    assert back["subscription"]["pendingChange"]["addOns"] == fewer
    up = await previewed(acme, "changePlan", plan="pro")
    assert up["subscription"]["addOns"] == [{"addOn": {"key": "agent-seat"}, "quantity": 5}]
    assert up["subscription"]["pendingChange"]["addOns"] == fewer
    assert await advance(acme, "2026-05-01T00:00:00Z") == ["69.00"]  # 59 + 2 x 5
