"""GraphiQL's tabs where no demo was made: running them acts out the pricing page."""

from __future__ import annotations

from typing import Any

from playwright.async_api import BrowserContext, Page, expect

from tests.browser.chromium import answer, graphiql, open_tab, run, until_stored
from tests.processes import Server

NOTHING_MADE = "run CreateWorkspace first"
NOTHING_BOUGHT = "run Subscribe first"


async def variables_hold(page: Page, text: str) -> None:
    """In the pane that is open without a click."""
    shown = page.get_by_label("Variables", exact=True).locator(".view-lines:visible")
    await expect(shown).to_contain_text(text)


async def open_example(page: Page, name: str) -> None:
    await page.get_by_role("button", name="Examples").click()
    await page.get_by_role("menuitem", name=name, exact=True).click()


async def answer_without_refusals(page: Page, tab: str) -> Any:
    """The data; what a mutation refuses would stand in its `errors`."""
    shown = await answer(page, tab)
    assert list(shown) == ["data"], shown
    payloads = [value for value in shown["data"].values() if isinstance(value, dict)]
    assert [payload.get("errors", []) for payload in payloads] == [[]] * len(payloads)
    return shown["data"]


async def test_the_tabs_from_left_to_right_act_out_the_pricing_page(
    context: BrowserContext, live_server: Server
) -> None:
    async with graphiql(context, live_server) as page:
        # who skips ahead is told what comes first
        await open_tab(page, "BillingPage")
        await variables_hold(page, NOTHING_MADE)
        [refusal] = (await run(page))["errors"]
        assert refusal["message"].startswith(f"Not sent: {NOTHING_MADE}")
        # when all tabs are run as they stand, from left to right
        tabs = await page.locator(".graphiql-tab-button").all_inner_texts()
        shown = {tab: await answer_without_refusals(page, tab) for tab in tabs}

    # then the plans are shown, and what comes on top
    assert [plan["key"] for plan in shown["Plans"]["plans"]] == [
        "free",
        "pay-as-you-go",
        "enterprise",
    ]
    assert "whitelabel" in [add_on["key"] for add_on in shown["AddOnsAndRates"]["addOns"]]
    # a workspace is made and has a card
    made = shown["CreateWorkspace"]["createWorkspace"]["workspace"]
    assert (made["name"], made["creditBalance"]) == ("Acme", {"available": "750.000"})
    card = shown["AddPaymentMethod"]["attachPaymentMethod"]["paymentMethod"]
    assert (card["label"], card["isDefault"]) == ("Visa •••• 4242", True)
    # what was previewed is what is charged
    due = shown["PreviewSubscribe"]["previewSubscribe"]["dueNow"]["total"]
    bought = shown["Subscribe"]["subscribe"]
    assert due == bought["invoice"]["total"] == {"amount": "250.00", "currency": "USD"}
    # the billing page has the paid invoice, the seats and the credits
    page_shown = shown["BillingPage"]["workspace"]
    assert page_shown["name"] == "Acme"
    assert page_shown["subscription"]["plan"]["name"] == "Pay as you go"
    [invoice] = page_shown["invoices"]["nodes"]
    assert (invoice["id"], invoice["status"]) == (bought["invoice"]["id"], "PAID")
    assert invoice["total"] == due
    [seats] = [one for one in page_shown["capacities"] if one["resource"] == "WORKSPACE_SEAT"]
    # two of the plan, two of Whitelabel, three bought; the owner has one
    assert (seats["limit"], seats["used"], seats["available"]) == (7, 1, 6)
    assert page_shown["creditBalance"]["available"] == "5750.000"
    assert page_shown["creditBalance"]["expiringAtNextExpiry"] == "5000.000"
    # auto-billing goes off and on, and credits are given
    switched = shown["AutoBillingOffAndOn"]
    assert switched["off"]["autoBilling"]["enabled"] is False
    assert switched["on"]["autoBilling"]["enabled"] is True
    adjusted = shown["AdjustCredits"]["adjustCredits"]
    assert adjusted["workspace"]["creditBalance"]["available"] == "6000.000"
    # and both are found again
    assert made["id"] in [node["id"] for node in shown["Workspaces"]["workspaces"]["nodes"]]
    assert shown["Node"]["node"]["number"] == invoice["number"]


async def test_a_second_workspace_takes_the_place_of_the_first_but_not_of_what_was_written(
    context: BrowserContext, live_server: Server
) -> None:
    async with graphiql(context, live_server) as page:
        # given a story told up to its invoice, and a tab with an id of the user's own
        steps = ("CreateWorkspace", "AddPaymentMethod", "Subscribe")
        first = [await answer_without_refusals(page, tab) for tab in steps]
        invoice = first[2]["subscribe"]["invoice"]
        await open_tab(page, "Node")
        await variables_hold(page, invoice["id"])
        await open_tab(page, "AdjustCredits")
        variables = page.get_by_label("Variables", exact=True).locator(".view-lines:visible")
        await variables.click()
        await page.keyboard.press("Control+A")
        await page.keyboard.insert_text('{"workspaceId": "my-own-id"}')
        await until_stored(page, "my-own-id")
        # when another workspace is made
        made = await answer_without_refusals(page, "CreateWorkspace")
        second = made["createWorkspace"]["workspace"]["id"]
        await until_stored(page, second)
    # then, also after a reload, the tabs are about that one, and there is no invoice of it yet
    async with graphiql(context, live_server) as page:
        await open_tab(page, "BillingPage")
        await variables_hold(page, second)
        await open_tab(page, "Node")
        await variables_hold(page, NOTHING_BOUGHT)
        await open_tab(page, "AdjustCredits")
        await variables_hold(page, "my-own-id")
        # and the story can be told again
        await answer_without_refusals(page, "AddPaymentMethod")
        again = await answer_without_refusals(page, "Subscribe")
        assert again["subscribe"]["invoice"]["number"] != invoice["number"]
        assert again["subscribe"]["invoice"]["status"] == "PAID"


async def test_the_examples_menu_has_a_story_of_an_open_invoice_that_is_paid_by_another_card(
    context: BrowserContext, live_server: Server
) -> None:
    async with graphiql(context, live_server) as page:
        await open_example(page, "pay-invoice")
        await variables_hold(page, "run OpenInvoice first")
        await answer_without_refusals(page, "CreateWorkspace")
        await open_example(page, "open-invoice")
        [waits] = (await run(page))["data"]["subscribe"]["errors"]
        assert (waits["code"], waits["invoice"]["status"]) == ("PAYMENT_ACTION_REQUIRED", "OPEN")
        paid = (await answer_without_refusals(page, "PayInvoice"))["payInvoice"]
        assert (paid["invoice"]["number"], paid["invoice"]["status"]) == (
            waits["invoice"]["number"],
            "PAID",
        )


async def test_the_examples_menu_has_a_story_of_a_month_that_passes(
    context: BrowserContext, live_server: Server
) -> None:
    async with graphiql(context, live_server) as page:
        # given a workspace that begins to pay on 1 March, and a client of it
        await open_example(page, "start-clock")
        await answer_without_refusals(page, "StartClock")
        await answer_without_refusals(page, "AddPaymentMethod")
        await answer_without_refusals(page, "Subscribe")
        await open_example(page, "assign-seats")
        seat = (await run(page))["data"]["clientSeat"]["seat"]
        # when it is the middle of April
        await open_example(page, "advance-clock")
        moved = (await run(page))["data"]["advanceClock"]
        [renewal] = moved["invoices"]
        assert (moved["now"], renewal["total"]["amount"]) == ("2026-04-16T00:00:00Z", "250.00")
        # then the examples that come next are about what these two have made
        await open_example(page, "release-seat")
        await variables_hold(page, seat["id"])
        await open_example(page, "refund-payment")
        refunded = (await run(page))["data"]["refundPayment"]
        assert refunded["payment"]["refunded"] == {"amount": "25.00"}
