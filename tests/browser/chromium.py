"""Debian's Chromium, headless, and GraphiQL opened and used in it."""

import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    async_playwright,
    expect,
)

from tests.processes import Server

expect.set_options(timeout=20_000)  # a busy machine takes its time to start an editor

QUIET = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

UNTIL_STORED = """text => new Promise(done => {
    const tabs = () => localStorage.getItem("billwright:graphiql:tabState") ?? "";
    const look = () => tabs().includes(text) ? done() : setTimeout(look, 20);
    look();
})"""
UNTIL_DRAWN = """new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("Install Chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program, args=QUIET, chromium_sandbox=False
        )
        yield browser
        await browser.close()


async def open_graphiql(page: Page, url: str) -> None:
    """Go there and wait until there are editors to type into and a button that does something."""
    await page.goto(url)
    for editor in ("Operation Editor", "Result Window"):
        await expect(page.get_by_label(editor).locator(".monaco-editor")).to_be_visible()


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


async def open_tab(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def answer(page: Page, tab: str) -> Any:
    """Open a tab, run it and read what is shown."""
    await open_tab(page, tab)
    return await run(page)


async def run(page: Page) -> Any:
    """Run the tab in front and read what is shown. All of it must fit in the window."""
    lines = page.get_by_label("Result Window").locator(".view-line")
    await page.get_by_role("button", name="Execute query").click()
    await page.evaluate(UNTIL_DRAWN)  # an earlier answer is gone then
    await expect(lines.first).to_have_text("{")
    await expect(lines.last).to_have_text("}")
    text = "".join(await lines.all_inner_texts())
    return json.loads(text.replace("\xa0", " "))  # the editor's spaces are hard ones


async def until_stored(page: Page, text: str) -> None:
    """GraphiQL stores its tabs a moment after they were changed."""
    await page.evaluate(UNTIL_STORED, text)
