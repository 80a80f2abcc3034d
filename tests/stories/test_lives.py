"""Whole lives of a workspace, month after month, as a billing manager would tell them.

Prices are those of the price list: Pay as you go $20 with 5,000 credits a month, whitelabel $200,
workspace seat $10, client seat $15, phone number $3. A workspace starts with 750 credits.
A bill reads: day of issue, amount, status.
"""

from __future__ import annotations

import pytest

from models.payments import Payment
from services.price_list import PriceList
from tests import given
from tests.client import Api
from tests.provider import PROVIDER
from tests.stories.lives import (
    all_bills,
    begins,
    does,
    has,
    is_refused,
    nobody_works_until,
    pays,
    stands,
    units,
    until,
    working,
)

PAYG = "pay-as-you-go"


async def test_a_year_with_a_brand_of_ones_own_from_the_last_day_of_january(
    operator: Api,
) -> None:
    acme = await begins(operator, "2026-01-31")
    assert await does(acme, "subscribe", plan=PAYG, addOns=units(whitelabel=1)) == "220.00"
    days = [
        "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31",
        "2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31",
    ]  # fmt: skip
    assert await until(acme, "2027-01-30") == [f"{day} 220.00 PAID" for day in days]
    # nothing was used: of 12 times 5,000 credits the last are left, and the 750 of the beginning
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")


async def test_a_card_that_stops_working_to_the_bitter_end_and_back(operator: Api) -> None:
    acme = await begins(operator, "2026-04-01")
    await does(acme, "subscribe", plan=PAYG)
    await given.attach(acme, "pm_card_chargeDeclinedInsufficientFunds")
    assert await until(acme, "2026-05-01") == ["2026-05-01 20.00 OPEN"]
    # April's credits are gone, May's are not paid
    assert await stands(acme) == (PAYG, "PAST_DUE", "750.000")
    assert await is_refused(acme, "setAddOns", addOns=units(phone_number=1)) == (
        "OUTSTANDING_INVOICE"
    )
    await until(acme, "2026-05-14T23:59:59Z")
    assert await stands(acme) == (PAYG, "PAST_DUE", "750.000")
    tries = await Payment.filter(workspace_id=acme.key, status="FAILED").order_by("id")
    assert [each.opened_at.day for each in tries] == [1, 2, 4, 6, 8]
    await until(acme, "2026-05-15")
    assert await stands(acme) == (PAYG, "UNPAID", "750.000")
    await until(acme, "2026-05-31")
    assert await stands(acme) == ("free", "CANCELLED", "750.000")
    assert (await all_bills(acme))[-1] == "2026-05-01 20.00 UNCOLLECTIBLE"
    # half a year later they pay what they owe: it buys nothing any more, but the door is open
    await until(acme, "2026-11-10")
    await given.attach(acme, "pm_card_visa")
    assert await is_refused(acme, "subscribe", plan=PAYG) == "OUTSTANDING_INVOICE"
    assert await pays(acme) == "20.00"
    assert await stands(acme) == ("free", "CANCELLED", "750.000")
    assert await does(acme, "subscribe", plan=PAYG) == "20.00"
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")
    # on a cycle of its own, from the 10th
    assert await until(acme, "2026-12-31") == ["2026-12-10 20.00 PAID"]


async def test_an_agency_that_grows_in_the_middle_of_months_and_shrinks_at_their_ends(
    operator: Api,
) -> None:
    acme = await begins(operator, "2026-04-01")
    assert await does(acme, "subscribe", plan=PAYG, addOns=units(workspace_seat=2)) == "40.00"
    await until(acme, "2026-04-11")
    assert await has(acme, whitelabel=1) == "133.33"  # 200 x 20 of 30 days
    await until(acme, "2026-04-21")
    assert await has(acme, client_seat=3) == "15.00"  # 45 x 10 of 30 days
    # 20 + 2 x 10 + 200 + 3 x 15
    assert await until(acme, "2026-05-01") == ["2026-05-01 285.00 PAID"]
    # whitelabel brought two seats: the bought ones go, at the end of May; one client more comes
    await until(acme, "2026-05-17")
    assert await has(acme, workspace_seat=0, client_seat=4) == "7.26"  # 15 x 15 of 31 days: 7.258
    # 20 + 200 + 4 x 15
    assert await until(acme, "2026-06-01") == ["2026-06-01 280.00 PAID"]
    # a client seat less and, on second thoughts, not: nothing is charged, nothing changes
    assert await has(acme, client_seat=3) is None
    assert await has(acme, client_seat=4) is None
    assert await until(acme, "2026-07-01") == ["2026-07-01 280.00 PAID"]
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")


@pytest.mark.usefixtures("ladder")
async def test_up_the_ladder_down_again_and_up_further(operator: Api) -> None:
    # Starter $29 with 5,000 credits, Pro $59 with 15,000, Business $99 with 25,000; they stay
    acme = await begins(operator, "2026-04-01")  # with 500 credits in this price list
    assert await does(acme, "subscribe", plan="starter") == "29.00"
    await until(acme, "2026-04-16")
    assert await does(acme, "changePlan", plan="pro") == "15.00"  # half of 59, half of 29 back
    assert await stands(acme) == ("pro", "ACTIVE", "10500.000")  # 500 + 5,000 + 10,000 / 2
    # down again at the month's end: what was paid for stays until then
    assert await does(acme, "changePlan", plan="starter") is None
    assert await until(acme, "2026-05-01") == ["2026-05-01 29.00 PAID"]
    assert await stands(acme) == ("starter", "ACTIVE", "15500.000")
    # 11 May: 21 of 31 days left; 99 x 21/31 = 67.06, less 29 x 21/31 = 19.65
    await until(acme, "2026-05-11")
    assert await does(acme, "changePlan", plan="business") == "47.41"
    # 20,000 x 21/31 = 13,548.39 credits, whole ones
    assert await stands(acme) == ("business", "ACTIVE", "29048.000")
    assert await until(acme, "2026-06-01") == ["2026-06-01 99.00 PAID"]
    assert await stands(acme) == ("business", "ACTIVE", "54048.000")


async def test_leaving_staying_leaving_and_coming_back(operator: Api) -> None:
    acme = await begins(operator, "2026-04-01")
    await does(acme, "subscribe", plan=PAYG)
    await until(acme, "2026-04-10")
    await does(acme, "cancelSubscription", reason="Too quiet")
    await until(acme, "2026-04-30T23:59:59Z")
    await does(acme, "resumeSubscription")  # at the last second
    assert await until(acme, "2026-05-01") == ["2026-05-01 20.00 PAID"]
    await does(acme, "cancelSubscription")
    # paid is paid: all of May, with its credits
    assert await until(acme, "2026-05-31T23:59:59Z") == []
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")
    assert await until(acme, "2026-08-31") == []
    assert await stands(acme) == ("free", "CANCELLED", "750.000")
    assert await is_refused(acme, "resumeSubscription") == "NO_CHANGE"
    assert await does(acme, "subscribe", plan=PAYG, addOns=units(phone_number=1)) == "23.00"
    assert await until(acme, "2026-10-31") == [
        "2026-09-30 23.00 PAID",
        "2026-10-31 23.00 PAID",
    ]


async def test_half_past_eleven_in_new_york_whatever_the_clocks_do(operator: Api) -> None:
    # 31 January 23:30 there is 1 February 04:30 UTC; in summer 23:30 is 03:30 UTC
    acme = await begins(operator, "2026-02-01T04:30:00Z", timeZone="America/New_York")
    await does(acme, "subscribe", plan=PAYG)
    period = "{ workspace { subscription { currentPeriod { start end } } } }"
    ends = []
    for _ in range(4):
        shown = (await acme.api.ask(period))["workspace"]["subscription"]["currentPeriod"]
        ends.append(shown["end"])
        await until(acme, shown["end"])
    assert ends == [
        "2026-03-01T04:30:00Z",  # 28 February
        "2026-04-01T03:30:00Z",  # 31 March
        "2026-05-01T03:30:00Z",  # 30 April
        "2026-06-01T03:30:00Z",  # 31 May
    ]
    assert (await all_bills(acme))[1:] == [f"{end[:10]} 20.00 PAID" for end in ends]


async def test_in_a_month_that_is_an_hour_short_each_hour_counts_for_more(
    operator: Api,
) -> None:
    # from 28 February 23:30 to 28 March 23:30 in New York, when clocks go forward: 671 hours
    acme = await begins(operator, "2026-03-01T04:30:00Z", timeZone="America/New_York")
    await does(acme, "subscribe", plan=PAYG)
    await until(acme, "2026-03-16T04:00:00Z")
    shown = await acme.api.ask("{ workspace { subscription { currentPeriod { end } } } }")
    assert shown["workspace"]["subscription"]["currentPeriod"]["end"] == "2026-03-29T03:30:00Z"
    # 311.5 hours are left: 10 x 311.5/671 = 4.642, where 312.5/672 would have been 4.65
    assert await has(acme, workspace_seat=1) == "4.64"
    assert await until(acme, "2026-04-01") == ["2026-03-29 30.00 PAID"]


async def test_born_on_a_leap_day(operator: Api) -> None:
    acme = await begins(operator, "2028-02-29")
    await does(acme, "subscribe", plan=PAYG, addOns=units(client_seat=1))
    bills = await until(acme, "2029-04-01")
    assert len(bills) == 13
    assert [bill[:10] for bill in bills[-4:]] == [
        "2028-12-29", "2029-01-29", "2029-02-28", "2029-03-29",
    ]  # fmt: skip
    assert {bill[11:] for bill in bills} == {"35.00 PAID"}


async def test_three_months_in_which_nobody_worked(operator: Api) -> None:
    acme = await begins(operator, "2026-04-01")
    await does(acme, "subscribe", plan=PAYG, addOns=units(workspace_seat=1))
    await nobody_works_until(acme, "2026-07-05")
    # May, June and July are billed once each, one after the other, on the day of the return
    assert await until(acme, "2026-07-05") == ["2026-07-05 30.00 PAID"] * 3
    shown = await acme.api.ask(
        "{ workspace { invoices(first: 3) { nodes { period { start end } } } } }"
    )
    periods = [
        (each["period"]["start"][:10], each["period"]["end"][:10])
        for each in shown["workspace"]["invoices"]["nodes"][::-1]
    ]
    assert periods == [
        ("2026-05-01", "2026-06-01"),
        ("2026-06-01", "2026-07-01"),
        ("2026-07-01", "2026-08-01"),
    ]
    # credits of months that are over would be dead: July's are there
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")
    assert await until(acme, "2026-08-01") == ["2026-08-01 30.00 PAID"]


async def test_who_pays_by_hand(operator: Api) -> None:
    acme = await begins(operator, "2026-04-01")
    await does(acme, "subscribe", plan=PAYG, autoBilling=False)
    # May is paid in time: service went on, its credits came with the money
    assert await until(acme, "2026-05-06") == ["2026-05-01 20.00 OPEN"]
    assert await stands(acme) == (PAYG, "ACTIVE", "750.000")
    assert await pays(acme) == "20.00"
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")
    # June is due on the 8th and paid on the 25th, when nothing worked any more
    assert await until(acme, "2026-06-08") == ["2026-06-01 20.00 OPEN"]
    assert await stands(acme) == (PAYG, "PAST_DUE", "750.000")
    await until(acme, "2026-06-25")
    assert await stands(acme) == (PAYG, "UNPAID", "750.000")
    await pays(acme)
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")
    # July is billed by hand still; who switches auto-billing on then pays it by hand, and no more
    assert await until(acme, "2026-07-01") == ["2026-07-01 20.00 OPEN"]
    await does(acme, "setAutoBilling", enabled=True)
    assert await until(acme, "2026-07-12") == []  # due on the 8th
    await pays(acme)
    assert await until(acme, "2026-08-01") == ["2026-08-01 20.00 PAID"]


async def test_who_pays_by_hand_and_pays_two_months_at_once(operator: Api) -> None:
    # given May's bill, due on 8 May and not paid: UNPAID from the 22nd, and June is not billed
    acme = await begins(operator, "2026-04-01")
    await does(acme, "subscribe", plan=PAYG, autoBilling=False)
    assert await until(acme, "2026-06-05") == ["2026-05-01 20.00 OPEN"]
    assert await stands(acme) == (PAYG, "UNPAID", "750.000")
    # when it is paid, two days before the end, May is over: its credits would be dead
    await pays(acme)
    assert await stands(acme) == (PAYG, "ACTIVE", "750.000")
    # then June is billed, late, and paid
    assert await until(acme, "2026-06-05") == ["2026-06-05 20.00 OPEN"]
    await pays(acme)
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")
    assert await until(acme, "2026-07-01") == ["2026-07-01 20.00 OPEN"]


async def test_a_bank_that_takes_four_days_and_once_sends_it_back(operator: Api) -> None:
    acme = await begins(operator, "2026-04-01", card="pm_usBankAccount")
    await does(acme, "subscribe", plan=PAYG)
    assert await stands(acme) == ("free", "ACTIVE", "750.000")
    assert await is_refused(acme, "subscribe", plan=PAYG) == "PENDING_CHANGE"
    await until(acme, "2026-04-05")
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")
    # May: no dunning while the money is on its way; the credits come with it
    assert await until(acme, "2026-05-04") == ["2026-05-01 20.00 OPEN"]
    assert await stands(acme) == (PAYG, "ACTIVE", "750.000")
    await until(acme, "2026-05-05")
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")
    # June: the bank sends it back on the 5th; the next try that is due is made at once, by bank
    await until(acme, "2026-06-02")
    debit = await Payment.get(workspace_id=acme.key, status="PROCESSING")
    await PROVIDER.bank_returns(debit, code="insufficient_funds")
    await until(acme, "2026-06-05")
    assert await stands(acme) == (PAYG, "PAST_DUE", "750.000")
    await until(acme, "2026-06-09")
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")
    assert await all_bills(acme) == [
        "2026-04-01 20.00 PAID",
        "2026-05-01 20.00 PAID",
        "2026-06-01 20.00 PAID",
    ]


async def test_a_payer_who_is_asked_to_confirm(operator: Api) -> None:
    acme = await begins(operator, "2026-04-01", card="pm_card_authenticationRequired")
    # whoever does not confirm within a day has not subscribed
    assert await is_refused(acme, "subscribe", plan=PAYG) == "PAYMENT_ACTION_REQUIRED"
    await until(acme, "2026-04-02")
    assert await stands(acme) == ("free", "ACTIVE", "750.000")
    assert await is_refused(acme, "subscribe", plan=PAYG) == "PAYMENT_ACTION_REQUIRED"
    await given.payer_confirms(await Payment.get(workspace_id=acme.key, status="REQUIRES_ACTION"))
    await until(acme, "2026-04-03")
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")
    # the renewal asks again, as of 2 May; a no is a no, and the try of the next day is asked too
    await until(acme, "2026-05-02")
    waiting = await Payment.get(workspace_id=acme.key, status="REQUIRES_ACTION")
    await given.payer_confirms(waiting, approved=False)
    await until(acme, "2026-05-03")
    assert await stands(acme) == (PAYG, "PAST_DUE", "750.000")
    await given.payer_confirms(await Payment.get(workspace_id=acme.key, status="REQUIRES_ACTION"))
    await until(acme, "2026-05-04")
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")
    assert await all_bills(acme) == [
        "2026-04-01 20.00 VOID",
        "2026-04-02 20.00 PAID",
        "2026-05-02 20.00 PAID",
    ]


async def test_a_firm_that_moves_from_germany_to_the_united_states(
    operator: Api, price_list_with_tax: PriceList
) -> None:
    acme = await begins(operator, "2026-04-01")
    await does(acme, "setBillingAddress", country="DE", company="Acme GmbH")
    assert await does(acme, "subscribe", plan=PAYG) == "23.80"  # 20 + 19 %
    await until(acme, "2026-04-16")
    assert await has(acme, workspace_seat=1) == "5.95"  # 10 / 2 + 19 %
    assert await until(acme, "2026-05-01") == ["2026-05-01 35.70 PAID"]  # 30 + 19 %
    await does(acme, "setBillingAddress", country="US", company="Acme Inc")
    await until(acme, "2026-05-20")
    assert await has(acme, phone_number=2) == "2.32"  # 6 x 12 of 31 days = 2.3226, no tax
    assert await until(acme, "2026-06-01") == ["2026-06-01 36.00 PAID"]
    # what was billed stays as it was
    assert (await all_bills(acme))[0] == "2026-04-01 23.80 PAID"


async def test_seven_agents_on_a_plan_for_five(operator: Api) -> None:
    acme = await begins(operator, "2026-04-01")
    await does(acme, "subscribe", plan=PAYG)
    for number in range(1, 8):
        await does(acme, "registerAgent", externalId=f"agent-{number}", name="Agent")
    assert await is_refused(acme, "changePlan", plan="free") == "CAPACITY_IN_USE"
    await does(acme, "changePlan", plan="free", acceptOverage=True)
    assert await working(acme) == [1, 2, 3, 4, 5, 6, 7]
    assert await until(acme, "2026-05-01") == []
    # the newest two pause, none is lost; when an old one goes, the next may work
    assert await working(acme) == [1, 2, 3, 4, 5]
    agents = await acme.api.ask("{ workspace { agents { nodes { id externalId } } } }")
    [first] = [
        each["id"]
        for each in agents["workspace"]["agents"]["nodes"]
        if each["externalId"] == "agent-1"
    ]
    await does(acme, "archiveAgent", agentId=first)
    assert await working(acme) == [2, 3, 4, 5, 6]
    # there are six in five slots: no room for another
    refused = await is_refused(acme, "registerAgent", externalId="agent-8", name="Agent")
    assert refused == "CAPACITY_EXCEEDED"
    await until(acme, "2026-05-20")
    assert await does(acme, "subscribe", plan=PAYG) == "20.00"
    assert await working(acme) == [2, 3, 4, 5, 6, 7]


async def test_a_year_for_nothing_and_then_for_more_than_can_be_bought(operator: Api) -> None:
    acme = await begins(operator, "2026-04-01", card=None)
    for day in ("2026-05-01", "2026-12-31", "2027-04-01"):
        assert await until(acme, day) == []
        assert await stands(acme) == ("free", "ACTIVE", "750.000")
    # add-ons need a paid plan, a paid plan a card, and Enterprise a contract
    assert await is_refused(acme, "setAddOns", addOns=units(whitelabel=1)) == "PLAN_REQUIRED"
    assert await is_refused(acme, "subscribe", plan=PAYG) == "PAYMENT_METHOD_REQUIRED"
    await given.attach(acme, "pm_card_amex")
    assert await is_refused(acme, "subscribe", plan="enterprise") == "PLAN_NOT_SELF_SERVE"
    assert await does(acme, "subscribe", plan=PAYG) == "20.00"
    assert await is_refused(acme, "changePlan", plan="enterprise") == "PLAN_NOT_SELF_SERVE"
    assert await until(acme, "2027-05-01") == ["2027-05-01 20.00 PAID"]


async def test_credits_that_are_given_and_taken_by_hand_between_months(operator: Api) -> None:
    acme = await begins(operator, "2026-04-01")
    await does(acme, "subscribe", plan=PAYG)

    async def adjusted(credits: str, **input: str) -> str:
        done = await operator.do(
            "adjustCredits",
            "entry { id }",
            workspaceId=acme.id,
            credits=credits,
            reason="Agreed by phone",
            **input,
        )
        assert done["errors"] == []
        return (await stands(acme))[2]

    assert await adjusted("1000", expiresAt="2026-06-01T00:00:00Z") == "6750.000"
    # 5,000 of April go first, they end first; then 200 of the thousand
    await until(acme, "2026-04-20")
    assert await adjusted("-5200") == "1550.000"
    await until(acme, "2026-05-01")
    assert await stands(acme) == (PAYG, "ACTIVE", "6550.000")  # 750 + 800 + 5,000
    # the 800 and May's 5,000 both end on 1 June; what was given goes before what was paid for
    assert await adjusted("-900.5") == "5649.500"
    await until(acme, "2026-06-01")
    assert await stands(acme) == (PAYG, "ACTIVE", "5750.000")
