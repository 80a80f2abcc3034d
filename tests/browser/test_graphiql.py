"""GraphiQL in a real browser, without internet and under the server's content security policy."""

import json
from typing import Any

from playwright.async_api import BrowserContext, Page, Route, expect

from tests.browser.chromium import answer, graphiql, open_tab, until_stored
from tests.processes import Server


async def config(context: BrowserContext, server: Server) -> dict[str, Any]:
    """What the server tells the page."""
    answer = await context.request.get(f"{server.url}/graphiql/config.json")
    told: dict[str, Any] = await answer.json()
    return told


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


async def test_every_numbered_example_has_a_tab_and_each_is_in_the_menu(
    context: BrowserContext, live_server: Server
) -> None:
    operations = (await config(context, live_server))["operations"]
    async with graphiql(context, live_server) as page:
        tabs = [tab.lower() for tab in await page.locator(".graphiql-tab-button").all_inner_texts()]
        assert tabs == [each["name"].replace("-", "") for each in operations if each["isTab"]]
        await page.get_by_role("button", name="Examples").click()
        in_menu = page.get_by_role("menuitem")
        await expect(in_menu).to_have_text([each["name"] for each in operations])


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


async def test_a_new_key_replaces_the_prefilled_one_but_not_the_users_and_begins_the_story_again(
    context: BrowserContext, live_server: Server
) -> None:
    async def with_another_key(route: Route) -> None:
        config = await (await route.fetch()).json()
        config["headers"] = {"Authorization": "Bearer after-the-wipe"}
        await route.fulfill(body=json.dumps(config), content_type="application/json")

    async with graphiql(context, live_server) as page:
        # given a visitor who made a workspace and wrote a key of their own into the second tab
        made = await answer(page, "CreateWorkspace")
        await open_tab(page, "AddOnsAndRates")
        await headers_shown(page, live_server.operator_key)
        await write_into(page, "Headers", '{"Authorization": "Bearer my-own"}')
        await until_stored(page, "my-own")
        await until_stored(page, made["data"]["createWorkspace"]["workspace"]["id"])
    # when they come back to a server that has another key
    await context.route("**/graphiql/config.json", with_another_key)
    async with graphiql(context, live_server) as page:
        # then their own key is still there, and the first tab has the new one
        await headers_shown(page, "my-own")
        await open_tab(page, "Plans")
        await headers_shown(page, "after-the-wipe")
        # and the workspace, which is no more, has to be made again
        await open_tab(page, "BillingPage")
        await shown_in(page, "Variables", "run CreateWorkspace first")
