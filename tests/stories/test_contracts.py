"""Enterprise: a price, credits and limits of one's own, agreed with an operator."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from billwright.settings import Settings
from models.contracts import Contract
from models.credits import CreditLot
from models.invoices import Dunning, Invoice
from models.payments import Payment
from models.subscriptions import PendingChange, Subscription
from models.workspaces import Workspace
from services import catalog, clock
from services.price_list import PriceList
from services.price_list_file import load
from tests import given
from tests.client import Api
from tests.corrections import advance, as_it_stands, codes, message, void, with_balance
from tests.given import Tenant
from tests.provider import PROVIDER

AGREED = """
    subscription { status plan { key } monthlyTotal { amount }
        contract { monthlyPrice { amount } includedCredits invoiceDueDays agreedAt
                   allowances { resource quantity } }
        pendingChange { plan { key } effectiveAt contract { monthlyPrice { amount } } } }
    invoice { status reason total { amount } dueAt period { start end }
              lines { description amount { amount } } }
"""
UNLIMITED = {
    "AGENT_SLOT": None,
    "WORKSPACE_SEAT": None,
    "CLIENT_SEAT": None,
    "CALL_LINE": None,
    "PHONE_NUMBER": None,
}


async def agree(operator: Api, tenant: Tenant, **terms: Any) -> dict[str, Any]:
    """$2,500 a month with 100,000 credits, unless `terms` say otherwise."""
    values = {"monthlyPrice": "2500.00", "includedCredits": "100000"} | terms
    return await operator.do("setContract", AGREED, workspaceId=tenant.id, **values)


async def a_subscriber(operator: Api, **input: Any) -> Tenant:
    tenant = await given.a_workspace(operator, card="pm_card_visa")
    done = await tenant.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", **input)
    assert done["errors"] == []
    return tenant


async def an_enterprise(operator: Api, **terms: Any) -> Tenant:
    """Under a contract from 1 April on, whose first invoice is paid."""
    tenant = await given.a_workspace(operator, card="pm_card_visa")
    assert (await agree(operator, tenant, **terms))["errors"] == []
    await pay(tenant)
    return tenant


async def pay(tenant: Tenant) -> None:
    invoice = await Invoice.get(workspace_id=tenant.key, status="OPEN")
    paid = await tenant.api.do("payInvoice", "invoice { id }", invoiceId=given.id_of(invoice))
    assert paid["errors"] == []


async def limits(tenant: Tenant) -> dict[str, int | None]:
    answer = await tenant.api.ask("{ workspace { capacities { resource limit } } }")
    return {entry["resource"]: entry["limit"] for entry in answer["workspace"]["capacities"]}


async def newest(tenant: Tenant) -> Invoice:
    return (await Invoice.filter(workspace_id=tenant.key).order_by("-id").limit(1))[0]


# ------------------------------------------------------------------------ coming onto a contract


async def test_from_free_a_contract_holds_at_once_and_is_paid_within_30_days(
    operator: Api,
) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    answer = await agree(
        operator,
        acme,
        allowances=[
            {"resource": "AGENT_SLOT", "quantity": 500},
            {"resource": "CALL_LINE", "quantity": None},
        ],
    )
    agreed = {
        "monthlyPrice": {"amount": "2500.00"},
        "includedCredits": "100000.000",
        "invoiceDueDays": 30,
        "agreedAt": "2026-04-01T00:00:00Z",
        "allowances": [
            {"resource": resource, "quantity": 500 if resource == "AGENT_SLOT" else None}
            for resource in UNLIMITED
        ],
    }
    assert answer == {
        "subscription": {
            "status": "ACTIVE",
            "plan": {"key": "enterprise"},
            "monthlyTotal": {"amount": "2500.00"},
            "contract": agreed,
            "pendingChange": None,
        },
        "invoice": {
            "status": "OPEN",
            "reason": "SUBSCRIBE",
            "total": {"amount": "2500.00"},
            "dueAt": "2026-05-01T00:00:00Z",
            "period": {"start": "2026-04-01T00:00:00Z", "end": "2026-05-01T00:00:00Z"},
            "lines": [{"description": "Enterprise", "amount": {"amount": "2500.00"}}],
        },
        "errors": [],
    }
    # the card was not charged; what was agreed holds, and the credits come with the money
    assert not await Payment.exists(workspace_id=acme.key)
    assert await limits(acme) == UNLIMITED | {"AGENT_SLOT": 500}
    assert await as_it_stands(acme) == ("enterprise", "ACTIVE", "750.000")
    await advance(acme, "2026-04-20T00:00:00Z")
    await pay(acme)
    assert await as_it_stands(acme) == ("enterprise", "ACTIVE", "100750.000")


async def test_credits_live_for_a_whole_period_from_the_day_they_are_paid(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await agree(operator, acme)
    # paid on 20 April: April's 30 days of credits end on 20 May
    await advance(acme, "2026-04-20T00:00:00Z")
    await pay(acme)
    lot = await CreditLot.get(account__workspace_id=acme.key, source="PLAN")
    assert lot.expires_at == given.instant("2026-05-20T00:00:00Z")


async def test_from_pay_as_you_go_the_rest_of_the_month_is_prorated(operator: Api) -> None:
    acme = await a_subscriber(operator, addOns=[{"addOn": "workspace-seat", "quantity": 2}])
    await advance(acme, "2026-04-16T00:00:00Z")
    answer = await agree(operator, acme)
    # 15 of 30 days: half of $20 back, half of $2,500 due
    assert answer["invoice"] == {
        "status": "OPEN",
        "reason": "CHANGE",
        "total": {"amount": "1240.00"},
        "dueAt": "2026-05-16T00:00:00Z",
        "period": {"start": "2026-04-16T00:00:00Z", "end": "2026-05-01T00:00:00Z"},
        "lines": [
            {"description": "Unused time of Pay as you go", "amount": {"amount": "-10.00"}},
            {"description": "Remaining time of Enterprise", "amount": {"amount": "1250.00"}},
        ],
    }
    # the seats stay
    assert answer["subscription"]["monthlyTotal"] == {"amount": "2520.00"}
    # half of the difference of 95,000 credits comes with the money
    assert (await as_it_stands(acme))[2] == "5750.000"
    await pay(acme)
    assert (await as_it_stands(acme))[2] == "53250.000"


async def test_who_is_free_comes_onto_a_contract_under_the_current_price_list(
    operator: Api, price_list_with_tax: PriceList
) -> None:
    # given a workspace that was made before there was a tax in Germany
    await catalog.publish(load(Settings().catalog))
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await acme.api.do("setBillingAddress", "billingAddress { country }", country="DE")
    await catalog.publish(price_list_with_tax)
    # $2,500 and 19 %
    answer = await agree(operator, acme)
    assert answer["invoice"]["total"] == {"amount": "2975.00"}
    await advance(acme, "2026-05-01T00:00:00Z")
    assert (await newest(acme)).total_cents == 2_975_00


async def test_another_contract_begins_with_the_next_period(operator: Api) -> None:
    acme = await an_enterprise(operator)
    answer = await agree(operator, acme, monthlyPrice="1200", includedCredits="0")
    assert (answer["invoice"], answer["errors"]) == (None, [])
    assert answer["subscription"]["contract"]["monthlyPrice"] == {"amount": "2500.00"}
    assert answer["subscription"]["pendingChange"] == {
        "plan": {"key": "enterprise"},
        "effectiveAt": "2026-05-01T00:00:00Z",
        "contract": {"monthlyPrice": {"amount": "1200.00"}},
    }
    preview = await acme.api.ask("{ workspace { upcomingInvoice { total { amount } dueAt } } }")
    assert preview["workspace"]["upcomingInvoice"] == {
        "total": {"amount": "1200.00"},
        "dueAt": "2026-05-31T00:00:00Z",
    }
    await advance(acme, "2026-05-01T00:00:00Z")
    renewal = await newest(acme)
    assert renewal.total_cents == 1_200_00
    assert renewal.due_at == given.instant("2026-05-31T00:00:00Z")
    # a contract without credits brings none when it is paid
    await pay(acme)
    assert (await as_it_stands(acme))[2] == "750.000"


# ------------------------------------------------------------------------------ month by month


async def test_a_year_under_a_contract_is_charged_at_its_price(operator: Api) -> None:
    # given auto-billing: what has 30 days is charged on the first of them
    acme = await an_enterprise(operator)
    await acme.api.do("setAutoBilling", "autoBilling { enabled }", enabled=True)
    await advance(acme, "2027-04-01T00:00:00Z")
    invoices = await Invoice.filter(workspace_id=acme.key).order_by("sequence")
    assert [(row.status, row.total_cents) for row in invoices] == [("PAID", 2_500_00)] * 13
    assert await as_it_stands(acme) == ("enterprise", "ACTIVE", "100750.000")


async def test_unpaid_after_30_days_is_past_due_and_unpaid_after_44(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    await agree(operator, acme)
    await advance(acme, "2026-04-30T23:59:59Z")
    assert (await as_it_stands(acme))[1] == "ACTIVE"
    await advance(acme, "2026-05-01T00:00:00Z")
    assert (await as_it_stands(acme))[1] == "PAST_DUE"
    await advance(acme, "2026-05-15T00:00:00Z")
    assert (await as_it_stands(acme))[1] == "UNPAID"
    # the second month was billed meanwhile; on day 30 it is over
    await advance(acme, "2026-05-31T00:00:00Z")
    assert (await as_it_stands(acme))[:2] == ("free", "CANCELLED")
    assert (await limits(acme))["AGENT_SLOT"] == 5
    assert [row.status for row in await Invoice.filter(workspace_id=acme.key).order_by("id")] == [
        "UNCOLLECTIBLE",
        "OPEN",
    ]
    # and the other invoice is given up after its own 30 days, ending nothing twice
    await advance(acme, "2026-07-01T00:00:00Z")
    assert (await newest(acme)).status == "UNCOLLECTIBLE"
    assert (await as_it_stands(acme))[:2] == ("free", "CANCELLED")
    assert not await Dunning.exists(workspace_id=acme.key)


async def test_paying_one_of_two_overdue_invoices_does_not_heal(operator: Api) -> None:
    # given February and March, of which neither was paid within 30 days
    acme = await given.a_workspace(operator, card="pm_card_visa", clock="2026-02-01T00:00:00Z")
    await agree(operator, acme)
    await advance(acme, "2026-03-31T12:00:00Z")
    february, march = await Invoice.filter(workspace_id=acme.key).order_by("id")
    assert [february.due_at.isoformat()[:10], march.due_at.isoformat()[:10]] == [
        "2026-03-03",
        "2026-03-31",
    ]
    # March falling past due makes nothing better either
    for invoice, status in ((None, "UNPAID"), (february, "UNPAID"), (march, "ACTIVE")):
        if invoice:
            await acme.api.do("payInvoice", "invoice { id }", invoiceId=given.id_of(invoice))
        assert (await as_it_stands(acme))[1] == status


async def test_a_contracts_invoice_that_is_called_off_brings_no_credits(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await agree(operator, acme)
    assert (await void(operator, await newest(acme)))["errors"] == []
    await advance(acme, "2026-04-30T00:00:00Z")
    assert await as_it_stands(acme) == ("enterprise", "ACTIVE", "750.000")


async def test_add_ons_come_on_top_of_what_was_agreed(operator: Api) -> None:
    acme = await an_enterprise(
        operator, allowances=[{"resource": "WORKSPACE_SEAT", "quantity": 10}]
    )
    await advance(acme, "2026-04-16T00:00:00Z")
    seats = [{"addOn": "workspace-seat", "quantity": 4}]
    preview = await acme.api.ask(
        "query ($input: SetAddOnsInput!) { previewSetAddOns(input: $input) { "
        "dueNow { amountDue { amount } } next { total { amount } dueAt } "
        "capacitiesAfter { resource quantity } errors { code } } }",
        input={"addOns": seats},
    )
    assert preview["previewSetAddOns"]["dueNow"] == {"amountDue": {"amount": "20.00"}}
    assert preview["previewSetAddOns"]["next"] == {
        "total": {"amount": "2540.00"},
        "dueAt": "2026-05-31T00:00:00Z",
    }
    assert {"resource": "WORKSPACE_SEAT", "quantity": 14} in preview["previewSetAddOns"][
        "capacitiesAfter"
    ]
    done = await acme.api.do("setAddOns", "invoice { total { amount } }", addOns=seats)
    assert done == {"invoice": {"total": {"amount": "20.00"}}, "errors": []}
    assert (await limits(acme))["WORKSPACE_SEAT"] == 14
    await advance(acme, "2026-05-01T00:00:00Z")
    assert (await newest(acme)).total_cents == 2_540_00


async def test_the_unapplied_balance_pays_for_a_contract_too(operator: Api) -> None:
    acme = await with_balance(operator)
    answer = await agree(operator, acme)
    assert answer["errors"] == []
    invoice = await newest(acme)
    assert (invoice.total_cents, invoice.amount_due.cents) == (2_500_00, 2_480_00)


# -------------------------------------------------------------------------- changes and leaving


async def test_what_is_agreed_later_is_not_lost_by_what_its_workspace_changes(
    operator: Api,
) -> None:
    acme = await an_enterprise(operator)
    await agree(operator, acme, monthlyPrice="3000")
    # down to Pay as you go, and back again: the new price is scheduled as before
    await acme.api.do("changePlan", "subscription { id }", plan="pay-as-you-go")
    scheduled = await PendingChange.get(subscription__workspace_id=acme.key)
    assert scheduled.contract_id is None
    back = await acme.api.do("changePlan", AGREED, plan="enterprise")
    assert back["errors"] == []
    assert back["subscription"]["pendingChange"]["contract"] == {
        "monthlyPrice": {"amount": "3000.00"}
    }
    # so do add-ons
    seats = [{"addOn": "workspace-seat", "quantity": 1}]
    await acme.api.do("setAddOns", "invoice { id }", addOns=seats)
    await advance(acme, "2026-05-01T00:00:00Z")
    assert (await newest(acme)).total_cents == 3_010_00


async def test_a_contract_ends_with_the_plan(operator: Api) -> None:
    acme = await an_enterprise(operator)
    await acme.api.do("changePlan", "subscription { id }", plan="pay-as-you-go")
    await advance(acme, "2026-05-01T00:00:00Z")
    assert (await newest(acme)).total_cents == 20_00
    assert (await limits(acme))["AGENT_SLOT"] == 100
    subscription = await Subscription.get(workspace_id=acme.key)
    assert subscription.contract_id is None


async def test_a_contract_is_cancelled_with_its_period_and_taken_up_again_by_another(
    operator: Api,
) -> None:
    acme = await an_enterprise(operator)
    await acme.api.do("cancelSubscription", "subscription { id }")
    again = await agree(operator, acme)
    assert again["errors"] == []
    assert again["subscription"]["pendingChange"] is None
    assert not (await Subscription.get(workspace_id=acme.key)).cancel_at_period_end
    await acme.api.do("cancelSubscription", "subscription { id }")
    await advance(acme, "2026-05-01T00:00:00Z")
    assert await as_it_stands(acme) == ("free", "CANCELLED", "750.000")


async def test_a_new_contract_takes_back_a_downgrade(operator: Api) -> None:
    acme = await an_enterprise(operator)
    await acme.api.do("changePlan", "subscription { id }", plan="pay-as-you-go")
    answer = await agree(operator, acme, monthlyPrice="2000")
    assert answer["subscription"]["pendingChange"]["contract"] == {
        "monthlyPrice": {"amount": "2000.00"}
    }
    await advance(acme, "2026-05-01T00:00:00Z")
    assert (await newest(acme)).total_cents == 2_000_00


# --------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("terms", "path", "says"),
    [
        (
            {"monthlyPrice": "999.99"},
            ["monthlyPrice"],
            "Enterprise costs at least $1,000.00 a month, not $999.99.",
        ),
        ({"monthlyPrice": "0"}, ["monthlyPrice"], "monthlyPrice must be more than 0, not 0."),
        ({"monthlyPrice": "-2500"}, ["monthlyPrice"], "monthlyPrice must be more than 0"),
        ({"monthlyPrice": "2500.001"}, ["monthlyPrice"], "has fractions of a cent"),
        ({"monthlyPrice": "10000000.01"}, ["monthlyPrice"], "costs at most $10,000,000.00 a month"),
        ({"includedCredits": "-1"}, ["includedCredits"], "Between 0 and"),
        ({"includedCredits": "1000000001"}, ["includedCredits"], "Between 0 and"),
        ({"invoiceDueDays": -1}, ["invoiceDueDays"], "after 0 to 90 days, not -1."),
        ({"invoiceDueDays": 91}, ["invoiceDueDays"], "after 0 to 90 days, not 91."),
        (
            {"allowances": [{"resource": "CALL_LINE", "quantity": -1}]},
            ["allowances", "0", "quantity"],
            "Between 0 and 1,000,000 of CALL_LINE can be agreed, or null for no limit, not -1.",
        ),
        (
            {"allowances": [{"resource": "CALL_LINE", "quantity": 1_000_001}]},
            ["allowances", "0", "quantity"],
            "not 1,000,001.",
        ),
    ],
)
async def test_what_cannot_be_agreed_is_refused(
    operator: Api, terms: dict[str, Any], path: list[str], says: str
) -> None:
    acme = await given.a_workspace(operator)
    answer = await agree(operator, acme, **terms)
    assert (codes(answer), answer["errors"][0]["path"]) == (["INVALID_INPUT"], path)
    assert says in message(answer)
    assert not await Contract.exists(workspace_id=acme.key)


async def test_all_that_is_wrong_is_said_at_once(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    twice = {"resource": "AGENT_SLOT", "quantity": 1}
    answer = await agree(
        operator,
        acme,
        monthlyPrice="1",
        includedCredits="-1",
        allowances=[twice, twice],
        invoiceDueDays=1000,
    )
    assert [error["path"] for error in answer["errors"]] == [
        ["monthlyPrice"],
        ["includedCredits"],
        ["allowances", "0", "resource"],
        ["allowances", "1", "resource"],
        ["invoiceDueDays"],
    ]


async def test_only_operators_agree(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    assert codes(await agree(acme.api, acme)) == ["FORBIDDEN"]
    assert codes(await acme.api.do("subscribe", "invoice { id }", plan="enterprise")) == [
        "PLAN_NOT_SELF_SERVE", "PAYMENT_METHOD_REQUIRED"
    ]  # fmt: skip


async def test_what_is_agreed_already_is_no_change(operator: Api) -> None:
    acme = await an_enterprise(operator)
    assert codes(await agree(operator, acme)) == ["NO_CHANGE"]
    assert await Contract.filter(workspace_id=acme.key).count() == 1
    await agree(operator, acme, invoiceDueDays=60)
    assert codes(await agree(operator, acme, invoiceDueDays=60)) == ["NO_CHANGE"]
    # what holds now is agreed on again: nothing is scheduled any more
    back = await agree(operator, acme)
    assert (back["errors"], back["subscription"]["pendingChange"]) == ([], None)


async def test_what_is_not_paid_stands_in_the_way_of_a_first_contract(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    await given.an_open_invoice(acme, cents=50_00)
    assert codes(await agree(operator, acme)) == ["OUTSTANDING_INVOICE"]
    waiting = await given.a_workspace(operator, card="pm_usBankAccount")
    await waiting.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    assert codes(await agree(operator, waiting)) == ["PENDING_CHANGE"]


async def test_a_renewal_that_is_due_comes_before_a_contract(operator: Api) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa", clock=None)
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    await given.lies_back(acme, months=1)
    answer = await agree(operator, acme)
    assert (codes(answer), await Contract.exists(workspace_id=acme.key)) == (["IN_PROGRESS"], False)
    now = (await Workspace.get(id=acme.key)).now
    await clock.run_until(acme.key, now, PROVIDER)
    assert (await agree(operator, acme))["errors"] == []


async def test_fewer_agents_than_there_are_cannot_be_agreed(operator: Api) -> None:
    acme = await an_enterprise(operator)
    for number in range(3):
        await acme.api.do(
            "registerAgent", "agent { id }", externalId=f"agent-{number}", name="Front desk"
        )
    answer = await agree(operator, acme, allowances=[{"resource": "AGENT_SLOT", "quantity": 2}])
    assert codes(answer) == ["CAPACITY_IN_USE"]
    answer = await agree(operator, acme, allowances=[{"resource": "AGENT_SLOT", "quantity": 3}])
    assert answer["errors"] == []


async def test_ten_at_once_agree_once(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    key = given.a_key()
    answers = await asyncio.gather(*(agree(operator, acme, idempotencyKey=key) for _ in range(10)))
    assert all(answer == answers[0] for answer in answers)
    assert await Contract.filter(workspace_id=acme.key).count() == 1
    assert await Invoice.filter(workspace_id=acme.key).count() == 1
    # 2500 and 2500.00 are the same price
    repeat = await agree(operator, acme, idempotencyKey=key, monthlyPrice="2500")
    assert repeat == answers[0]
    other = await agree(operator, acme, idempotencyKey=key, monthlyPrice="2501")
    assert codes(other) == ["IDEMPOTENCY_CONFLICT"]
