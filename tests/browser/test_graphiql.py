"""GraphiQL in a real browser, without internet and under the server's content security policy."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Route, expect

from tests.browser.chromium import open_graphiql
from tests.processes import Server

TABS = "billwright:graphiql:tabState"

UNTIL_STORED = """([key, text]) => new Promise(done => {
    const look = () => localStorage.getItem(key)?.includes(text) ? done() : setTimeout(look, 20);
    look();
})"""


@asynccontextmanager
async def graphiql(context: BrowserContext, server: Server) -> AsyncIterator[Page]:
    """GraphiQL as a visitor sees it; at the end, nothing was asked of others and nothing failed."""
    foreign: list[str] = []
    complaints: list[str] = []

    async def stay_at_home(route: Route) -> None:
        if route.request.url.startswith((f"{server.url}/", "data:")):
            await route.fallback()
        else:
            foreign.append(route.request.url)
            await route.abort()

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page = await context.new_page()
    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.route("**/*", stay_at_home)
    await open_graphiql(page, f"{server.url}/graphql")
    yield page
    await page.close()
    assert foreign == []
    assert complaints == []


async def examples(context: BrowserContext, server: Server) -> dict[str, str]:
    """The server's examples: file name to name of the operation, which is what a tab shows."""
    answer = await context.request.get(f"{server.url}/graphiql/config.json")
    config: dict[str, Any] = await answer.json()
    names = {}
    for operation in config["operations"]:
        found = re.search(r"^(?:query|mutation|subscription)\s+(\w+)", operation["query"], re.M)
        assert found is not None, f"{operation['name']} has no operation name"
        names[operation["name"]] = found[1]
    return names


async def headers_shown(page: Page, text: str) -> None:
    await shown_in(page, "Headers", text)


async def shown_in(page: Page, pane: str, text: str) -> None:
    await page.get_by_role("button", name=pane, exact=True).click()
    editor = page.get_by_label(pane, exact=True).locator(".view-lines:visible")
    await expect(editor).to_contain_text(text)


async def write_into(page: Page, pane: str, text: str) -> None:
    await page.get_by_role("button", name=pane, exact=True).click()
    await page.get_by_label(pane, exact=True).locator(".view-lines:visible").click()
    await page.keyboard.press("Control+A")
    await page.keyboard.insert_text(text)


async def test_the_policy_lets_only_our_own_scripts_run(
    context: BrowserContext, live_server: Server
) -> None:
    answer = await context.request.get(
        f"{live_server.url}/graphql", headers={"Accept": "text/html"}
    )
    policy = answer.headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "worker-src 'self'" in policy


async def test_every_example_has_a_tab(context: BrowserContext, live_server: Server) -> None:
    wanted = await examples(context, live_server)
    async with graphiql(context, live_server) as page:
        await expect(page.locator(".graphiql-tab-button")).to_have_text(list(wanted.values()))


async def test_the_plans_example_answers(context: BrowserContext, live_server: Server) -> None:
    plans = (await examples(context, live_server))["plans"]
    async with graphiql(context, live_server) as page:
        await page.get_by_role("button", name=plans, exact=True).click()
        await page.get_by_role("button", name="Execute query").click()
        await expect(page.get_by_label("Result Window")).to_contain_text("pay-as-you-go")


async def test_the_billing_page_example_answers_about_the_demo(
    context: BrowserContext, demo_server: Server
) -> None:
    async with graphiql(context, demo_server) as page:
        await page.get_by_role("button", name="BillingPage", exact=True).click()
        await page.get_by_role("button", name="Execute query").click()
        result = page.get_by_label("Result Window")
        await expect(result).to_contain_text("Whitelabel with seats")
        await expect(result).to_contain_text('"285.00"')
        await expect(result).to_contain_text('"5750.000"')


async def test_the_headers_hold_the_key(context: BrowserContext, live_server: Server) -> None:
    async with graphiql(context, live_server) as page:
        await headers_shown(page, f'"Bearer {live_server.operator_key}"')


async def test_docs_and_explorer_show_fields(context: BrowserContext, live_server: Server) -> None:
    async with graphiql(context, live_server) as page:
        pane = page.locator(".graphiql-plugin")
        await page.get_by_role("button", name="Show Documentation Explorer").click()
        await pane.get_by_role("link", name="Query", exact=True).click()
        await expect(pane.get_by_text("previewSubscribe", exact=True)).to_be_visible()
        await page.get_by_role("button", name="Show GraphiQL Explorer").click()
        await expect(pane.get_by_text("previewSubscribe", exact=True)).to_be_visible()


async def test_a_new_key_replaces_the_prefilled_one_but_not_the_users(
    context: BrowserContext, live_server: Server
) -> None:
    first, second, *_ = (await examples(context, live_server)).values()

    async def with_another_key(route: Route) -> None:
        config = await (await route.fetch()).json()
        config["headers"] = {"Authorization": "Bearer after-the-wipe"}
        await route.fulfill(body=json.dumps(config), content_type="application/json")

    async with graphiql(context, live_server) as page:
        # given a visitor who wrote a key of their own into the second tab
        await page.get_by_role("button", name=second, exact=True).click()
        await headers_shown(page, live_server.operator_key)
        await write_into(page, "Headers", '{"Authorization": "Bearer my-own"}')
        await page.evaluate(UNTIL_STORED, [TABS, "my-own"])
    # when they come back to a server that has another key
    await context.route("**/graphiql/config.json", with_another_key)
    async with graphiql(context, live_server) as page:
        # then their own key is still there, and the first tab has the new one
        await headers_shown(page, "my-own")
        await page.get_by_role("button", name=first, exact=True).click()
        await headers_shown(page, "after-the-wipe")


async def test_ids_of_a_demo_made_later_replace_the_hints_but_not_the_users_own(
    context: BrowserContext, live_server: Server, demo_server: Server
) -> None:
    # given a visitor who came before there was a demo, and wrote an id of their own into a tab
    async with graphiql(context, live_server) as page:
        await page.get_by_role("button", name="Node", exact=True).click()
        await write_into(page, "Variables", '{"id": "my-own-id"}')
        await page.evaluate(UNTIL_STORED, [TABS, "my-own-id"])
        await page.get_by_role("button", name="BillingPage", exact=True).click()
        await shown_in(page, "Variables", "'billwright demo' makes one: whitelabel")
    # when they come back after it was made
    with_demo = await (await context.request.get(f"{demo_server.url}/graphiql/config.json")).json()
    wanted = next(
        json.loads(entry["variables"])
        for entry in with_demo["operations"]
        if entry["name"] == "billing-page"
    )

    async def as_with_a_demo(route: Route) -> None:
        await route.fulfill(body=json.dumps(with_demo), content_type="application/json")

    await context.route("**/graphiql/config.json", as_with_a_demo)
    async with graphiql(context, live_server) as page:
        # then the hint has become the id, and their own id is still there
        await page.get_by_role("button", name="BillingPage", exact=True).click()
        await shown_in(page, "Variables", wanted["workspaceId"])
        await page.get_by_role("button", name="Node", exact=True).click()
        await shown_in(page, "Variables", "my-own-id")
