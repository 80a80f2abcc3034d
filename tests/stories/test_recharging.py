"""Credits are bought automatically when they run low: when it is wanted, once, and within its cap.

A worker's jobs are done by `worker_works`, which tells how many there were.
"""

from __future__ import annotations

import asyncio

from tortoise import connections

from models.credits import CreditLot
from models.invoices import Invoice
from models.payments import Payment
from models.subscriptions import Subscription
from services import due_work, recharge_standings
from services.price_list import PriceList
from tests import given
from tests.calls import started
from tests.client import Api
from tests.corrections import advance, codes, refund
from tests.metering import an_event, give, record
from tests.provider import PROVIDER
from tests.statements import counted
from tests.top_ups import (
    a_low_one,
    a_subscriber,
    auto_recharge,
    available,
    blocked_by,
    bought,
    recharges,
    set_auto_recharge,
    switched_on,
    use,
    worker_works,
)

PAID_5 = ("PAID", 5_00)


# ------------------------------------------------------------------ when it fires


async def test_it_is_off_until_somebody_wants_it(operator: Api) -> None:
    acme = await a_subscriber(operator)
    assert await auto_recharge(acme) == {
        "enabled": False,
        "threshold": "500.000",
        "amount": {"amount": "5.00"},
        "monthlyCap": None,
        "chargedThisPeriod": {"amount": "0.00"},
        "isBelowThreshold": False,
        "blockedBy": None,
    }
    await use(acme, 5_700)
    assert (await worker_works(acme), await recharges(acme)) == (0, [])


async def test_below_the_threshold_five_dollars_of_credits_are_bought(operator: Api) -> None:
    acme = await a_low_one(operator)
    # at the threshold it is not below it
    assert await use(acme, 100) == "500.000"
    assert await worker_works(acme) == 0
    assert await use(acme, 1) == "499.000"
    assert await worker_works(acme) == 1
    assert await available(acme) == "5499.000"
    assert await recharges(acme) == [PAID_5]
    shown = await auto_recharge(acme)
    assert (shown["chargedThisPeriod"], shown["blockedBy"]) == ({"amount": "5.00"}, None)
    invoice = await Invoice.get(workspace_id=acme.key, reason="AUTO_RECHARGE")
    lot = await CreditLot.get(invoice_id=invoice.id)
    assert (lot.source, lot.granted_mc, lot.expires_at) == ("AUTO_RECHARGE", 5_000_000, None)
    assert [(line["description"], line["quantity"]) for line in invoice.lines] == [
        ("1,000 credits", 5)
    ]
    # and again when they run low again
    assert await use(acme, 5_000) == "499.000"
    assert await worker_works(acme) == 1
    assert (await available(acme), await recharges(acme)) == ("5499.000", [PAID_5, PAID_5])


async def test_as_it_is_wanted(operator: Api) -> None:
    acme = await a_subscriber(operator)
    shown = await switched_on(acme, threshold="2000.5", amount="20", monthlyCap="100")
    assert (shown["threshold"], shown["amount"], shown["monthlyCap"]) == (
        "2000.500",
        {"amount": "20.00"},
        {"amount": "100.00"},
    )
    assert await use(acme, 3_750) == "2000.000"
    assert await worker_works(acme) == 1
    assert (await available(acme), await recharges(acme)) == ("22000.000", [("PAID", 20_00)])


async def test_switching_on_charges_nothing_and_says_that_the_next_use_will(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await use(acme, 5_500)
    shown = await switched_on(acme)
    assert (shown["isBelowThreshold"], shown["blockedBy"]) == (True, None)
    await advance(acme, "2026-04-02T00:00:00Z")
    assert (await worker_works(acme), await recharges(acme)) == (0, [])
    await use(acme, 1)
    assert await worker_works(acme) == 1
    assert await available(acme) == "5249.000"
    assert not (await auto_recharge(acme))["isBelowThreshold"]


async def test_use_that_is_refused_for_want_of_credits_fires_as_well(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await use(acme, 5_750)
    await switched_on(acme)
    recorded = await record(acme, an_event())
    assert recorded["rejected"] == 1
    assert await worker_works(acme) == 1
    assert await available(acme) == "5000.000"


async def test_a_storm_of_forty_debits_makes_one_charge(operator: Api) -> None:
    # given 600 credits, and forty replies at once that cost 15 each
    acme = await a_low_one(operator)
    await asyncio.gather(*(record(acme, an_event(quantity="15")) for _ in range(40)))
    assert await worker_works(acme) == 1
    assert (await available(acme), await recharges(acme)) == ("5000.000", [PAID_5])
    [payment] = await Payment.filter(invoice__reason="AUTO_RECHARGE", workspace_id=acme.key)
    assert await PROVIDER.charges_of(payment) == 1


async def test_any_number_of_workers_make_one_charge(operator: Api) -> None:
    acme = await a_low_one(operator)
    await use(acme, 200)
    await asyncio.gather(*(due_work.catch_up(acme.key, PROVIDER) for _ in range(8)))
    assert (await available(acme), await recharges(acme)) == ("5400.000", [PAID_5])


async def test_a_large_shortfall_is_covered_by_one_charge_of_several_steps(operator: Api) -> None:
    # given 600 credits and work for 12,600 that is done already: 12,500 are missing
    acme = await a_low_one(operator)
    assert await use(acme, 12_600, shortfall="OWE") == "-12000.000"
    assert await worker_works(acme) == 1
    # then three times 5,000 are bought
    assert (await recharges(acme), await available(acme)) == ([("PAID", 15_00)], "3000.000")


async def test_no_charge_is_above_what_can_be_bought_at_once(operator: Api) -> None:
    # given work for 13 million credits: with steps of $6,000 one is taken at a time
    acme = await a_subscriber(operator)
    await switched_on(acme, amount="6000")
    assert await use(acme, 13_005_750, shortfall="OWE") == "-13000000.000"
    # then each charge that leaves too little is followed by another
    assert await worker_works(acme) == 1
    assert await recharges(acme) == [("PAID", 6_000_00)] * 3
    assert await available(acme) == "5000000.000"


async def test_the_clock_charges_on_its_way(operator: Api) -> None:
    # given 400 credits that last, and 1,000 of a gift that ends on 10 April
    acme = await a_subscriber(operator)
    await use(acme, 5_350)
    await give(operator, acme, "1000", expiresAt="2026-04-10T00:00:00Z")
    assert await available(acme) == "1400.000"
    await switched_on(acme, threshold="1000")
    await advance(acme, "2026-04-09T23:59:59Z")
    assert await recharges(acme) == []
    await advance(acme, "2026-04-20T00:00:00Z")
    [invoice] = await Invoice.filter(workspace_id=acme.key, reason="AUTO_RECHARGE")
    assert (invoice.status, invoice.issued_at) == ("PAID", given.instant("2026-04-10T00:00:00Z"))
    assert await available(acme) == "5400.000"


async def test_what_a_renewal_brings_is_waited_for(operator: Api) -> None:
    # given the plan's 5,000 credits, which end with the period, and 750 that are too few then
    acme = await a_subscriber(operator)
    await switched_on(acme, threshold="1000")
    await advance(acme, "2026-05-01T00:00:00Z")
    # then the new ones are there, and nothing more is bought
    assert (await available(acme), await recharges(acme)) == ("5750.000", [])
    assert await worker_works(acme) == 1
    assert await recharges(acme) == []
    # and it still looks out
    await use(acme, 4_800)
    assert await worker_works(acme) == 1
    assert await recharges(acme) == [PAID_5]


async def test_a_renewal_that_waits_for_its_money_is_not(operator: Api) -> None:
    # given a renewal to be paid by hand: its credits come with its money (R4)
    acme = await a_subscriber(operator)
    await acme.api.do("setAutoBilling", "workspace { id }", enabled=False)
    await switched_on(acme, threshold="1000")
    await advance(acme, "2026-05-01T00:00:00Z")
    assert (await available(acme), await recharges(acme)) == ("5750.000", [PAID_5])


async def test_what_an_operator_takes_fires_and_what_is_refunded_does_not(operator: Api) -> None:
    acme = await a_low_one(operator)
    await bought(acme, "5")
    payment = await Payment.get(workspace_id=acme.key, invoice__reason="CREDIT_PURCHASE")
    await use(acme, 200)
    assert codes(await refund(operator, payment)) == []
    assert (await available(acme), await worker_works(acme)) == ("400.000", 0)
    await give(operator, acme, "-1")
    assert await worker_works(acme) == 1
    assert await available(acme) == "5399.000"


async def test_what_was_bought_meanwhile_is_enough(operator: Api) -> None:
    acme = await a_low_one(operator)
    await use(acme, 200)
    await bought(acme, "5")
    assert await worker_works(acme) == 1
    assert (await available(acme), await recharges(acme)) == ("5400.000", [])
    await use(acme, 5_000)
    assert await worker_works(acme) == 1
    assert await recharges(acme) == [PAID_5]


async def test_switched_off_nothing_is_charged_though_it_was_wanted(operator: Api) -> None:
    acme = await a_low_one(operator)
    await use(acme, 200)
    shown = await switched_on(acme, enabled=False, amount="7")
    assert (shown["enabled"], shown["amount"]) == (False, {"amount": "7.00"})
    assert await worker_works(acme) == 1
    await use(acme, 200)
    assert (await worker_works(acme), await recharges(acme)) == (0, [])


# ------------------------------------------------------------------ the cap


async def test_the_cap_of_the_period_is_kept(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await switched_on(acme, monthlyCap="12")
    await use(acme, 5_350)
    for _ in range(2):
        assert await worker_works(acme) == 1
        await use(acme, 5_000)
    # when $10 of the $12 are charged, another $5 are too much
    assert (await worker_works(acme), await recharges(acme)) == (1, [PAID_5] * 2)
    shown = await auto_recharge(acme)
    assert shown["chargedThisPeriod"] == {"amount": "10.00"}
    assert shown["blockedBy"] == {
        "__typename": "BasicError",
        "code": "SPEND_CAP_REACHED",
        "message": "Auto-recharge has charged $10.00 of the $12.00 that it may charge in a period. "
        "It goes on in the next one, or with a higher monthlyCap (setAutoRecharge).",
        "path": [],
    }
    # then debits are not looked at any more in this period
    await use(acme, 100)
    assert await worker_works(acme) == 0
    # but in the next one they are: first its 5,000 credits, then $5
    await advance(acme, "2026-05-01T00:00:00Z")
    assert (await blocked_by(acme), await available(acme)) == (None, "5300.000")
    await use(acme, 4_900)
    assert await worker_works(acme) == 1
    assert (await recharges(acme), await available(acme)) == ([PAID_5] * 3, "5400.000")
    assert (await auto_recharge(acme))["chargedThisPeriod"] == {"amount": "5.00"}


async def test_a_higher_cap_lets_it_go_on_with_the_next_use(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await switched_on(acme, monthlyCap="5")
    for credits in (5_350, 5_000):
        await use(acme, credits)
        assert await worker_works(acme) == 1
    assert (await blocked_by(acme), await recharges(acme)) == ("SPEND_CAP_REACHED", [PAID_5])
    assert (await switched_on(acme, monthlyCap="10"))["blockedBy"] is None
    assert await worker_works(acme) == 0
    await use(acme, 1)
    assert await worker_works(acme) == 1
    assert await recharges(acme) == [PAID_5] * 2


async def test_of_several_steps_those_are_taken_that_the_cap_allows(operator: Api) -> None:
    acme = await a_subscriber(operator)
    await switched_on(acme, monthlyCap="11")
    assert await use(acme, 18_000, shortfall="OWE") == "-12250.000"
    assert await worker_works(acme) == 1
    assert (await recharges(acme), await available(acme)) == ([("PAID", 10_00)], "-2250.000")
    assert await blocked_by(acme) == "SPEND_CAP_REACHED"


async def test_the_cap_counts_tax(operator: Api, price_list_with_tax: PriceList) -> None:
    acme = await given.a_workspace(operator, card="pm_card_visa")
    await acme.api.do("setBillingAddress", "billingAddress { country }", country="DE")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    answer = await set_auto_recharge(acme, monthlyCap="5.94")
    [error] = answer["errors"]
    assert (error["path"], error["message"]) == (
        ["monthlyCap"],
        "A monthlyCap of $5.94 allows no charge: one costs $5.95.",
    )
    await switched_on(acme, monthlyCap="11.89")
    for credits in (5_350, 5_000):
        await use(acme, credits)
        assert await worker_works(acme) == 1
    assert (await recharges(acme), await blocked_by(acme)) == (
        [("PAID", 5_95)],
        "SPEND_CAP_REACHED",
    )
    assert (await auto_recharge(acme))["chargedThisPeriod"] == {"amount": "5.95"}


async def test_a_job_that_was_lost_is_queued_again(operator: Api) -> None:
    acme = await a_low_one(operator)
    await use(acme, 200)
    await connections.get("default").execute_query(
        "DELETE FROM pgqueuer WHERE payload = $1", [str(acme.key).encode()]
    )
    await due_work.share_out()
    assert await worker_works(acme) == 1
    assert await recharges(acme) == [PAID_5]


async def test_in_real_time_it_is_the_same(operator: Api) -> None:
    acme = await a_low_one(operator, clock=None)
    await use(acme, 200)
    assert await worker_works(acme) == 1
    assert (await recharges(acme), await available(acme)) == ([PAID_5], "5400.000")
    subscription = await Subscription.get(workspace_id=acme.key)
    assert subscription.due_at == subscription.period_end


async def test_a_period_that_is_over_is_renewed_first(operator: Api) -> None:
    # given a period that ended an hour ago in real time, and nobody has renewed it yet
    acme = await a_subscriber(operator, clock=None)
    await switched_on(acme, threshold="1000")
    await given.lies_back(acme, months=1)
    assert await use(acme, 1) == "749.000"
    # when the worker comes, the renewal brings its credits, and nothing more is bought
    assert await worker_works(acme) == 1
    assert (await available(acme), await recharges(acme)) == ("5749.000", [])


async def test_looking_out_costs_a_debit_no_statement(operator: Api) -> None:
    costs = []
    for threshold in (None, "4000"):
        acme = await a_subscriber(operator)
        if threshold:
            await switched_on(acme, threshold=threshold)
        await use(acme, 1)  # what a process reads once, and no more
        async with counted() as statements:
            await record(acme, *(an_event() for _ in range(50)))
        costs.append(len(statements))
    assert costs[0] == costs[1]
    # the one that finds too little writes it down, the next one finds nothing to do
    for cost in (3, 0):
        async with counted() as statements:
            await use(acme, 1_700 if cost else 1)
        assert len(statements) == costs[0] + cost, statements


async def test_many_workspaces_are_asked_for_at_once(operator: Api) -> None:
    keys = [(await a_low_one(operator)).key for _ in range(3)]
    costs = []
    for asked in (keys[:1], keys):
        async with counted() as statements:
            assert (await recharge_standings.standings(asked)).keys() == set(asked)
        costs.append(len(statements))
    assert costs[0] == costs[1]


async def test_what_a_call_holds_fires_when_it_begins_and_when_it_goes_on(operator: Api) -> None:
    # given 600 credits left, and a recharge below 500; a minute of the web costs 30
    acme = await a_low_one(operator)
    web = {"stt": None, "tts": None, "telephony": False, "holdMinutes": 2}
    # when 60 are held, 540 are left; the same again at the second minute's end leaves 480
    await started(acme, "call-1", **web)
    assert await recharges(acme) == []
    await advance(acme, "2026-04-01T00:02:00Z")
    # then five dollars are charged at once
    assert await recharges(acme) == [("PAID", 500)]
    assert await available(acme) == "5480.000"
    # and a call that holds 5,070 of them fires too, as it begins
    await started(acme, "call-2", **web | {"holdMinutes": 169})
    assert await available(acme) == "410.000"
    assert await worker_works(acme) == 1
    assert await recharges(acme) == [("PAID", 500), ("PAID", 500)]
