"""The files of examples/operations: the tabs that GraphiQL opens with, run from left to right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse
from tortoise.transactions import in_transaction

from billwright.graphiql import EXAMPLES, PLACEHOLDERS, example_operations
from models.invoices import Invoice, InvoiceReason
from models.payments import Payment
from resolvers.nodes import global_id
from services import invoices
from services.invoices import InvoiceDraft
from services.locks import locked_subscription
from tests.client import Api
from tests.corrections import refund
from tests.examples.conftest import Run
from tests.given import Tenant, a_bought_number, a_key, a_workspace
from tests.statements import counted

# What each costs the database, the first time that it is sent. Reads must not grow with the rows.
STATEMENTS = {
    "plans": 2,
    "add-ons-and-rates": 4,
    "create-workspace": 19,
    "add-payment-method": 9,
    "preview-subscribe": 11,
    "subscribe": 69,
    "billing-page": 21,
    "auto-billing-off-and-on": 19,
    "adjust-credits": 24,
    "workspaces": 8,
    "node": 1,
    "advance-clock": 90,
    "assign-seats": 28,
    "available-phone-numbers": 4,
    "buy-phone-number": 53,
    "cancel-and-resume": 12,
    "open-invoice": 55,
    "pay-invoice": 68,
    "preview-set-add-ons": 14,
    "price-estimate": 3,
    "purchase-credits": 43,
    "record-usage": 10,
    "refund-payment": 41,
    "release-seat": 12,
    "set-add-ons": 51,
    "set-auto-recharge": 18,
    "set-contract": 40,
    "simulate-dispute": 44,
    "start-and-end-call": 34,
    "start-clock": 17,
    "usage": 6,
    "void-invoice": 16,
}


# ----------------------------------------------------------------------------- the files themselves


def test_the_examples_come_in_the_order_of_the_table() -> None:
    assert [operation["name"] for operation in example_operations()] == list(STATEMENTS)


@pytest.mark.parametrize("operation", example_operations(), ids=list(STATEMENTS))
def test_a_file_says_what_it_shows_and_holds_one_named_operation(
    operation: Mapping[str, Any],
) -> None:
    lines = operation["query"].splitlines()
    explanation = list(takewhile(lambda line: line.startswith("# "), lines))
    assert explanation[-1].endswith(".")
    assert max(len(line) for line in explanation) <= 56, "GraphiQL does not fold them"
    beginning = lines[len(explanation)]
    assert beginning.startswith(("query ", "mutation "))
    [definition] = parse(operation["query"]).definitions
    assert isinstance(definition, OperationDefinitionNode)
    assert definition.name is not None
    assert definition.name.value.lower() == operation["name"].replace("-", "")


def test_every_file_of_variables_belongs_to_an_operation() -> None:
    without = [
        path.name for path in EXAMPLES.glob("*.json") if not path.with_suffix(".graphql").exists()
    ]
    assert without == []


def test_a_variable_waits_for_a_tab_to_its_left_or_for_what_the_menu_has() -> None:
    operations = example_operations()
    names = [
        re.findall(r"^(?:query|mutation) (\w+)", each["query"], re.M)[0] for each in operations
    ]
    for index, operation in enumerate(operations):
        waits_for = re.findall(r"run (\w+) first", operation.get("variables", ""))
        assert set(waits_for) <= set(names[:index] if operation["isTab"] else names)
        assert all(f"run {name} first" in PLACEHOLDERS for name in waits_for)


# ----------------------------------------------------------------------------------- what they cost


@pytest.mark.parametrize("name", STATEMENTS)
async def test_an_example_answers_without_errors(name: str, runs: dict[str, Run]) -> None:
    assert "errors" not in runs[name].answer
    payloads = [value for value in runs[name].data.values() if isinstance(value, dict)]
    refusals = [error["code"] for payload in payloads for error in payload.get("errors", [])]
    # what leaves an invoice open is a card that waits for its payer
    assert refusals == (["PAYMENT_ACTION_REQUIRED"] if name == "open-invoice" else [])


@pytest.mark.parametrize("name", STATEMENTS)
async def test_an_example_takes_this_many_statements(name: str, runs: dict[str, Run]) -> None:
    assert len(runs[name].statements) == STATEMENTS[name], "\n".join(runs[name].statements)


async def test_a_billing_page_takes_no_more_statements_after_forty_months(
    operator: Api, runs: dict[str, Run]
) -> None:
    # given a workspace with one invoice, and one with 40 paid ones and 62 ledger entries
    new = await a_workspace(operator, card="pm_card_visa")
    await _subscribe(new)
    old = await a_workspace(operator, card="pm_card_visa")
    await _adjust(operator, old, times=42)
    # late enough for its grant to be among the newest twenty
    await _subscribe(old, phone_numbers=3)
    await _adjust(operator, old, times=18)
    for _ in range(39):
        await _another_paid_month(old)
    # who has bought phone numbers, and was given something back again and again
    for _ in range(3):
        await a_bought_number(old)
    for payment in await Payment.filter(workspace_id=old.key).order_by("-id").limit(4):
        refunded = await refund(operator, payment, amount="1")
        assert refunded["errors"] == []
    # when their billing pages are opened
    pages, costs = [], []
    for tenant in (new, old):
        async with counted() as statements:
            answer = await operator.ask(runs["billing-page"].query, workspaceId=tenant.id)
        pages.append(answer["workspace"])
        costs.append(len(statements))
    # then the long one shows twenty of each
    assert [len(page["invoices"]["nodes"]) for page in pages] == [1, 20]
    assert [len(page["creditGrants"]["nodes"]) for page in pages] == [2, 20]
    assert [len(page["ledgerEntries"]["nodes"]) for page in pages] == [2, 20]
    assert [len(page["phoneNumbers"]["nodes"]) for page in pages] == [0, 3]
    assert [
        sum(len(invoice["creditNotes"]) for invoice in page["invoices"]["nodes"]) for page in pages
    ] == [0, 4]
    # and took no more
    assert costs == [STATEMENTS["billing-page"]] * 2


async def test_a_long_list_of_workspaces_takes_no_more_statements_than_a_short_one(
    operator: Api, runs: dict[str, Run]
) -> None:
    for _ in range(25):
        await a_workspace(operator)
    sizes, costs = [], []
    for first in (2, 25):
        async with counted() as statements:
            answer = await operator.ask(runs["workspaces"].query, first=first)
        sizes.append(len(answer["workspaces"]["nodes"]))
        costs.append(len(statements))
    assert sizes == [2, 25]
    assert costs == [STATEMENTS["workspaces"]] * 2


async def test_a_list_of_available_numbers_takes_no_more_statements_when_it_is_long(
    operator: Api, runs: dict[str, Run]
) -> None:
    sizes, costs = [], []
    for limit in (2, 50):
        async with counted() as statements:
            answer = await operator.ask(
                runs["available-phone-numbers"].query, country="US", areaCode="415", limit=limit
            )
        sizes.append(len(answer["availablePhoneNumbers"]))
        costs.append(len(statements))
    assert sizes == [2, 50]
    assert costs == [STATEMENTS["available-phone-numbers"]] * 2


async def test_what_advance_clock_shows_takes_no_more_statements_for_six_months(
    operator: Api, runs: dict[str, Run]
) -> None:
    # what time itself costs grows with the months: only what is shown besides is looked at
    only_moved = """mutation AdvanceClock($workspaceId: ID!, $to: DateTime!) {
      advanceClock(input: { workspaceId: $workspaceId, to: $to }) { now }
    }"""
    shown = []
    for to in ("2026-05-01T00:00:00Z", "2026-10-01T00:00:00Z"):
        costs = []
        for query in (runs["advance-clock"].query, only_moved):
            tenant = await a_workspace(operator, card="pm_card_visa")
            await _subscribe(tenant)
            async with counted() as statements:
                await operator.ask(query, workspaceId=tenant.id, to=to)
            costs.append(len(statements))
        assert await Invoice.filter(workspace_id=tenant.key).count() == (2 if "05" in to else 7)
        shown.append(costs[0] - costs[1])
    assert shown[0] == shown[1] > 0


# ----------------------------------------------------------------------------------- what they show


async def test_plans_shows_the_price_list(runs: dict[str, Run]) -> None:
    plans = {plan["key"]: plan for plan in runs["plans"].data["plans"]}
    assert list(plans) == ["free", "pay-as-you-go", "enterprise"]
    paid = plans["pay-as-you-go"]
    assert paid["price"] == {"amount": "20.00", "currency": "USD"}
    assert paid["includedCredits"] == "5000.000"
    assert {"resource": "AGENT_SLOT", "quantity": 100} in paid["allowances"]


async def test_add_ons_and_rates_shows_what_a_provider_costs(runs: dict[str, Run]) -> None:
    data = runs["add-ons-and-rates"].data
    assert {entry["key"]: entry["price"]["amount"] for entry in data["addOns"]} == {
        "whitelabel": "200.00",
        "workspace-seat": "10.00",
        "client-seat": "15.00",
        "concurrent-call-line": "5.00",
        "phone-number": "3.00",
    }
    assert data["interactions"] == [{"unit": "reply", "creditsPerUnit": "1"}]
    assert data["ofProvider"] == [
        {"meter": "voice.tts", "unit": "minute", "creditsPerUnit": "40", "markedUp": True}
    ]


async def test_create_workspace_gives_a_key_that_opens_the_new_workspace(
    runs: dict[str, Run], public: Api
) -> None:
    made = runs["create-workspace"].data["createWorkspace"]
    assert made["workspace"]["subscription"] == {"status": "ACTIVE", "plan": {"name": "Free"}}
    assert made["workspace"]["creditBalance"] == {"available": "750.000"}
    own = await public.with_key(made["apiKey"]).ask("{ workspace { id name timeZone } }")
    assert own["workspace"] == {
        "id": made["workspace"]["id"],
        "name": "Acme",
        "timeZone": "America/New_York",
    }


async def test_add_payment_method_attaches_a_card_as_the_default(runs: dict[str, Run]) -> None:
    method = runs["add-payment-method"].data["attachPaymentMethod"]["paymentMethod"]
    assert method["label"] == "Visa •••• 4242"
    assert (method["expiresMonth"], method["expiresYear"]) == (12, 2034)
    assert method["isDefault"] is True


async def test_preview_subscribe_adds_up(runs: dict[str, Run]) -> None:
    preview = runs["preview-subscribe"].data["previewSubscribe"]
    lines = [(line["quantity"], line["amount"]["amount"]) for line in preview["dueNow"]["lines"]]
    assert lines == [(1, "20.00"), (1, "200.00"), (3, "30.00")]
    assert preview["dueNow"]["total"] == {"amount": "250.00", "currency": "USD"}
    assert preview["next"]["total"] == {"amount": "250.00", "currency": "USD"}
    assert preview["creditsGranted"] == "5000.000"
    after = {entry["resource"]: entry["quantity"] for entry in preview["capacitiesAfter"]}
    # two workspace seats and two client seats of the plan, Whitelabel's two and five, three bought
    assert (after["WORKSPACE_SEAT"], after["CLIENT_SEAT"]) == (7, 7)


async def test_subscribe_does_what_was_previewed(runs: dict[str, Run]) -> None:
    done = runs["subscribe"].data["subscribe"]
    assert done["subscription"]["status"] == "ACTIVE"
    assert done["subscription"]["monthlyTotal"] == {"amount": "250.00", "currency": "USD"}
    assert done["invoice"]["status"] == "PAID"
    assert done["invoice"]["total"]["amount"] == "250.00"
    [payment] = done["invoice"]["payments"]
    assert payment == {"status": "SUCCEEDED", "method": {"label": "Visa •••• 4242"}}
    assert done["workspace"]["creditBalance"] == {"available": "5750.000"}


@pytest.mark.parametrize(
    "name",
    [
        "subscribe",
        "pay-invoice",
        "adjust-credits",
        "purchase-credits",
        "refund-payment",
        "void-invoice",
    ],
)
async def test_an_example_that_moves_money_or_credits_can_be_sent_again(
    name: str, runs: dict[str, Run], operator: Api
) -> None:
    again = await operator.ask(runs[name].query, **runs[name].variables)
    [first], [second] = runs[name].data.values(), again.values()
    # the workspace is told as it is by now
    told_anew = {"workspace": None, "creditBalance": None}
    assert second | told_anew == first | told_anew


@pytest.mark.parametrize("name", ["create-workspace", "add-payment-method"])
async def test_an_example_that_makes_something_makes_another_one_each_time(
    name: str, runs: dict[str, Run], operator: Api
) -> None:
    again = await operator.ask(runs[name].query, **runs[name].variables)
    [first], [second] = runs[name].data.values(), again.values()
    made = "workspace" if name == "create-workspace" else "paymentMethod"
    assert second["errors"] == []
    assert first[made]["id"] != second[made]["id"]


async def test_billing_page_shows_everything_that_was_bought(runs: dict[str, Run]) -> None:
    page = runs["billing-page"].data["workspace"]
    renews_at = page["subscription"]["currentPeriod"]["end"]
    assert page["subscription"]["plan"]["name"] == "Pay as you go"
    assert [
        (entry["addOn"]["name"], entry["quantity"]) for entry in page["subscription"]["addOns"]
    ] == [("Whitelabel", 1), ("Workspace seat", 3)]
    assert page["subscription"]["monthlyTotal"] == {"amount": "250.00", "currency": "USD"}
    assert page["upcomingInvoice"]["total"] == {"amount": "250.00", "currency": "USD"}
    assert page["creditBalance"] == {
        "available": "5750.000",
        "held": "0.000",
        "worth": {"amount": "5.75", "currency": "USD"},
        "nextExpiry": renews_at,
        "expiringAtNextExpiry": "5000.000",
    }
    seats = next(entry for entry in page["capacities"] if entry["resource"] == "WORKSPACE_SEAT")
    assert seats == {
        "resource": "WORKSPACE_SEAT",
        "included": 2,
        "purchased": 5,
        "limit": 7,
        "used": 1,
        "available": 6,
    }
    assert page["autoBilling"] == {"enabled": True, "nextRenewalAt": renews_at, "problems": []}
    assert [method["label"] for method in page["paymentMethods"]] == ["Visa •••• 4242"]
    assert {"name": "Your own branding"} in page["features"]


async def test_billing_page_shows_what_was_billed_and_granted(runs: dict[str, Run]) -> None:
    page = runs["billing-page"].data["workspace"]
    [invoice] = page["invoices"]["nodes"]
    assert (invoice["status"], invoice["isOverdue"]) == ("PAID", False)
    assert [(line["description"], line["amount"]["amount"]) for line in invoice["lines"]] == [
        ("Pay as you go", "20.00"),
        ("Whitelabel", "200.00"),
        ("Workspace seat", "30.00"),
    ]
    assert (invoice["total"]["amount"], invoice["amountDue"]["amount"]) == ("250.00", "0.00")
    [payment] = invoice["payments"]
    assert (payment["status"], payment["method"]["label"]) == ("SUCCEEDED", "Visa •••• 4242")
    renews_at = page["subscription"]["currentPeriod"]["end"]
    assert [
        (grant["source"], grant["remaining"], grant["expiresAt"])
        for grant in page["creditGrants"]["nodes"]
    ] == [("PLAN", "5000.000", renews_at), ("SIGNUP", "750.000", None)]
    assert [
        (entry["amount"], entry["balanceAfter"], entry["description"])
        for entry in page["ledgerEntries"]["nodes"]
    ] == [
        ("5000.000", "5750.000", "Included in Pay as you go"),
        ("750.000", "750.000", "Sign-up credits"),
    ]


async def test_auto_billing_off_and_on_leaves_it_on(runs: dict[str, Run], operator: Api) -> None:
    run = runs["auto-billing-off-and-on"]
    renews_at = runs["subscribe"].data["subscribe"]["subscription"]["currentPeriod"]["end"]
    assert run.data["off"]["autoBilling"]["enabled"] is False
    assert run.data["on"]["autoBilling"] == {
        "enabled": True,
        "nextRenewalAt": renews_at,
        "problems": [],
    }
    again = await operator.ask(run.query, **run.variables)
    assert again == run.data


async def test_adjust_credits_gives_a_quarter_dollar(runs: dict[str, Run]) -> None:
    adjusted = runs["adjust-credits"].data["adjustCredits"]
    # 750 to start with and 5,000 of the plan
    assert adjusted["entry"]["amount"] == "250.000"
    assert adjusted["entry"]["balanceAfter"] == "6000.000"
    assert adjusted["workspace"]["creditBalance"]["worth"]["amount"] == "6.00"


async def test_pay_invoice_pays_with_the_other_card(runs: dict[str, Run]) -> None:
    [waits] = runs["open-invoice"].data["subscribe"]["errors"]
    paid = runs["pay-invoice"].data["payInvoice"]
    assert paid["invoice"]["number"] == waits["invoice"]["number"]
    assert (waits["invoice"]["status"], paid["invoice"]["status"]) == ("OPEN", "PAID")
    assert paid["invoice"]["amountPaid"] == {"amount": "20.00", "currency": "USD"}
    assert [
        (payment["status"], payment["method"]["label"]) for payment in paid["invoice"]["payments"]
    ] == [("FAILED", "Visa •••• 3184"), ("SUCCEEDED", "Visa •••• 4242")]
    # what had waited for that money has begun
    assert paid["invoice"]["workspace"]["subscription"]["plan"]["name"] == "Pay as you go"


async def test_start_clock_stands_at_the_first_of_march(runs: dict[str, Run]) -> None:
    made = runs["start-clock"].data["createWorkspace"]
    assert made["workspace"]["now"] == "2026-03-01T00:00:00Z"
    assert made["workspace"]["creditBalance"] == {"available": "750.000"}


async def test_advance_clock_renews_april_and_stands_halfway_through_it(
    runs: dict[str, Run],
) -> None:
    moved = runs["advance-clock"].data["advanceClock"]
    april = {"start": "2026-04-01T00:00:00Z", "end": "2026-05-01T00:00:00Z"}
    assert moved["now"] == "2026-04-16T00:00:00Z"
    [renewal] = moved["invoices"]
    assert (renewal["reason"], renewal["status"]) == ("RENEWAL", "PAID")
    assert (renewal["issuedAt"], renewal["period"]) == (april["start"], april)
    assert [(line["description"], line["amount"]["amount"]) for line in renewal["lines"]] == [
        ("Pay as you go", "20.00"),
        ("Whitelabel", "200.00"),
        ("Workspace seat", "30.00"),
    ]
    assert renewal["total"] == {"amount": "250.00", "currency": "USD"}
    assert [payment["status"] for payment in renewal["payments"]] == ["SUCCEEDED"]
    # March's 5,000 credits have expired and April's have come
    workspace = moved["workspace"]
    assert workspace["subscription"] == {"status": "ACTIVE", "currentPeriod": april}
    assert workspace["creditBalance"] == {"available": "5750.000", "nextExpiry": april["end"]}
    assert [
        (entry["occurredAt"], entry["amount"], entry["balanceAfter"])
        for entry in workspace["ledgerEntries"]["nodes"]
    ] == [
        (april["start"], "5000.000", "5750.000"),
        (april["start"], "-5000.000", "750.000"),
    ]


async def test_preview_set_add_ons_says_to_the_cent_what_set_add_ons_charges(
    runs: dict[str, Run],
) -> None:
    preview = runs["preview-set-add-ons"].data["previewSetAddOns"]
    done = runs["set-add-ons"].data["setAddOns"]
    # two seats of $10 and two numbers of $3, for 15 of April's 30 days
    for lines in (preview["dueNow"]["lines"], done["invoice"]["lines"]):
        assert [(line["quantity"], line["proration"], line["amount"]) for line in lines] == [
            (2, True, {"amount": "10.00"}),
            (2, True, {"amount": "3.00"}),
        ]
    assert preview["dueNow"]["total"] == done["invoice"]["total"]
    assert done["invoice"]["total"] == {"amount": "13.00", "currency": "USD"}
    assert done["invoice"]["status"] == "PAID"
    # from May on: $250 and $20 and $6
    assert preview["effectiveAt"] == "2026-04-16T00:00:00Z"
    assert preview["next"] == {
        "period": {"start": "2026-05-01T00:00:00Z"},
        "total": {"amount": "276.00", "currency": "USD"},
    }
    assert done["subscription"]["monthlyTotal"] == preview["next"]["total"]
    # seats: two of the plan, two of Whitelabel, five bought; numbers: one of Whitelabel, two bought
    after = {entry["resource"]: entry["quantity"] for entry in preview["capacitiesAfter"]}
    assert (after["WORKSPACE_SEAT"], after["PHONE_NUMBER"]) == (9, 3)


async def test_set_add_ons_sent_again_charges_nothing(runs: dict[str, Run], operator: Api) -> None:
    again = await operator.ask(runs["set-add-ons"].query, **runs["set-add-ons"].variables)
    assert again["setAddOns"]["invoice"] == runs["set-add-ons"].data["setAddOns"]["invoice"]


async def test_assign_seats_and_release_seat_say_what_is_left(runs: dict[str, Run]) -> None:
    assigned = runs["assign-seats"].data
    # the owner has one of the nine
    assert assigned["teamSeat"]["capacity"] == {"limit": 9, "used": 2, "available": 7}
    assert assigned["clientSeat"]["seat"]["client"] == {"name": "Globex"}
    assert assigned["clientSeat"]["capacity"] == {"limit": 7, "used": 1, "available": 6}
    released = runs["release-seat"].data["releaseSeat"]
    half_of_april = "2026-04-16T00:00:00Z"
    assert released["seat"] == {
        "status": "RELEASED",
        "releasedAt": half_of_april,
        "client": {"name": "Globex", "archivedAt": half_of_april},
    }
    assert released["capacity"] == {"limit": 7, "used": 0, "available": 7}


async def test_start_and_end_call_shows_what_83_seconds_cost_and_can_be_sent_again(
    runs: dict[str, Run], operator: Api
) -> None:
    run = runs["start-and-end-call"]
    # two minutes of 101.5; 83 seconds of it are 140.40833..., the tokens 7.5 + 3.6
    assert run.data["startCall"]["call"]["heldCredits"] == "203.000"
    assert run.data["endCall"]["call"]["cost"] == {
        "seconds": 83,
        "platform": "41.500",
        "stt": "15.217",
        "tts": "60.867",
        "sts": "0.000",
        "llm": "11.100",
        "telephony": "22.825",
        "total": "151.509",
    }
    again = await operator.ask(run.query, **run.variables)
    assert again["endCall"]["call"] == run.data["endCall"]["call"]


async def test_buy_phone_number_takes_the_first_that_is_available(runs: dict[str, Run]) -> None:
    offers = runs["available-phone-numbers"].data["availablePhoneNumbers"]
    assert [offer["number"][:5] for offer in offers] == ["+1415"] * 5
    assert {offer["locality"] for offer in offers} == {"San Francisco"}
    assert offers[0]["monthlyPrice"] == {"amount": "3.00", "currency": "USD"}
    done = runs["buy-phone-number"].data
    assert done["registerAgent"]["capacity"] == {"limit": 100, "used": 1, "available": 99}
    bought = done["buyPhoneNumber"]
    assert bought["phoneNumber"]["number"] == offers[0]["number"]
    assert (bought["phoneNumber"]["status"], bought["phoneNumber"]["agentId"]) == (
        "ACTIVE",
        "front-desk",
    )
    assert bought["capacity"] == {"limit": 3, "used": 1, "available": 2}


async def test_cancel_and_resume_goes_on(runs: dict[str, Run]) -> None:
    done = runs["cancel-and-resume"].data
    cancelled, resumed = done["cancel"]["subscription"], done["resume"]["subscription"]
    assert (cancelled["status"], cancelled["cancelAtPeriodEnd"]) == ("ACTIVE", True)
    assert cancelled["currentPeriod"]["end"] == "2026-05-01T00:00:00Z"
    assert (resumed["status"], resumed["cancelAtPeriodEnd"]) == ("ACTIVE", False)


async def test_refund_payment_gives_back_a_tenth_of_april(runs: dict[str, Run]) -> None:
    done = runs["refund-payment"].data["refundPayment"]
    assert done["payment"] == {
        "status": "PARTIALLY_REFUNDED",
        "amount": {"amount": "250.00", "currency": "USD"},
        "refunded": {"amount": "25.00"},
    }
    note = done["creditNote"]
    assert note["number"].endswith("-CN-0001")
    assert (note["amount"]["amount"], note["reason"]) == ("25.00", "Three days without service")


async def test_simulate_dispute_is_disputed_and_won(runs: dict[str, Run]) -> None:
    done = runs["simulate-dispute"].data
    disputed, won = done["disputed"]["payment"], done["won"]["payment"]
    assert disputed["status"] == "DISPUTED"
    assert disputed["dispute"] == {
        "status": "NEEDS_RESPONSE",
        "amount": {"amount": "250.00", "currency": "USD"},
        "reason": "fraudulent",
    }
    assert (won["status"], won["dispute"]["status"]) == ("PARTIALLY_REFUNDED", "WON")


async def test_set_contract_leaves_an_invoice_that_void_invoice_calls_off(
    runs: dict[str, Run],
) -> None:
    done = runs["set-contract"].data["setContract"]
    assert done["subscription"] == {
        "plan": {"name": "Enterprise"},
        # $1,500 and the add-ons' $200, $50 and $6
        "monthlyTotal": {"amount": "1756.00", "currency": "USD"},
    }
    # half of the old plan's $20 back, half of $1,500
    assert [line["amount"]["amount"] for line in done["invoice"]["lines"]] == ["-10.00", "750.00"]
    assert done["invoice"]["total"] == {"amount": "740.00", "currency": "USD"}
    assert (done["invoice"]["status"], done["invoice"]["dueAt"]) == ("OPEN", "2026-05-16T00:00:00Z")
    void = runs["void-invoice"].data["voidInvoice"]["invoice"]
    assert (void["number"], void["status"]) == (done["invoice"]["number"], "VOID")
    assert (void["total"]["amount"], void["amountDue"]["amount"]) == ("740.00", "0.00")
    assert void["workspace"]["subscription"] == {"status": "ACTIVE", "plan": {"name": "Enterprise"}}


async def test_record_usage_is_what_usage_shows(runs: dict[str, Run], operator: Api) -> None:
    run = runs["record-usage"]
    recorded = run.data["recordUsage"]
    assert [result["status"] for result in recorded["results"]] == ["ACCEPTED"] * 3
    # one reply, 2,500 tokens at 3 a thousand, one and a half minutes at 44
    assert [result["credits"] for result in recorded["results"]] == ["1.000", "7.500", "66.000"]
    assert recorded["creditBalance"] == {"available": "675.500", "debt": "0.000"}
    again = (await operator.ask(run.query, **run.variables))["recordUsage"]
    assert (again["accepted"], again["duplicates"]) == (0, 3)
    shown = runs["usage"].data["workspace"]
    assert shown["creditBalance"]["available"] == "675.500"
    assert (shown["usageReport"]["total"], shown["usageReport"]["events"]) == ("74.500", 3)
    assert {bucket["meter"]: bucket["credits"] for bucket in shown["usageReport"]["buckets"]} == {
        "interaction": "1.000",
        "llm.input_tokens": "7.500",
        "voice.tts": "66.000",
    }
    assert shown["usageEvents"]["totalCount"] == 2
    assert {node["agentId"] for node in shown["usageEvents"]["nodes"]} == {"front-desk"}


async def test_price_estimate_adds_up(runs: dict[str, Run]) -> None:
    found = runs["price-estimate"].data["priceEstimate"]
    # 100 minutes at 101.5, and 1,000 replies of 2.8 tokens' credits each and one for itself
    assert found["creditsPerCallMinute"] == "101.5"
    assert (found["usageCredits"], found["extraCredits"]) == ("13950.000", "8950.000")
    assert found["total"] == {"amount": "58.95"}


async def test_node_finds_an_invoice_by_its_id(runs: dict[str, Run]) -> None:
    node = runs["node"].data["node"]
    assert node["__typename"] == "Invoice"
    assert node["id"] == runs["node"].variables["id"]
    assert (node["status"], node["total"]["amount"]) == ("PAID", "250.00")


# ------------------------------------------------------------------------------------------- givens


async def _subscribe(tenant: Tenant, *, phone_numbers: int = 0) -> None:
    add_ons = [{"addOn": "whitelabel", "quantity": 1}]
    if phone_numbers:
        add_ons.append({"addOn": "phone-number", "quantity": phone_numbers})
    done = await tenant.api.do(
        "subscribe",
        "invoice { status }",
        plan="pay-as-you-go",
        addOns=add_ons,
    )
    assert done["invoice"] == {"status": "PAID"}


async def _adjust(operator: Api, tenant: Tenant, *, times: int) -> None:
    for number in range(times):
        adjusted = await operator.do(
            "adjustCredits", "entry { id }", workspaceId=tenant.id, credits="1", reason=f"{number}"
        )
        assert adjusted["errors"] == []


async def _another_paid_month(tenant: Tenant) -> None:
    """An invoice with the lines of the first one, as a renewal bills them, paid by card."""
    async with in_transaction():
        workspace = (await locked_subscription(tenant.key)).workspace
        first = await Invoice.filter(workspace_id=tenant.key).order_by("id").first()
        assert first is not None
        draft = InvoiceDraft(invoices.lines_of(first), "USD", None, None, due_at=workspace.now)
        invoice = await invoices.issue(
            workspace, draft, reason=InvoiceReason.MANUAL, subscription_id=None, now=workspace.now
        )
    paid = await tenant.api.do(
        "payInvoice", "invoice { status }", invoiceId=global_id(invoice), idempotencyKey=a_key()
    )
    assert paid["invoice"] == {"status": "PAID"}
