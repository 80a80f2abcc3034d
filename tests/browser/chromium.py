"""Debian's Chromium, headless, and GraphiQL opened in it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

expect.set_options(timeout=20_000)  # a busy machine takes its time to start an editor

QUIET = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
