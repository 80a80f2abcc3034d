"""A browser for the whole run, and a fresh profile in it for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, BrowserContext, ViewportSize

from tests.browser.chromium import chromium

# the editors only draw the lines in sight, and fold long ones
LARGE: ViewportSize = {"width": 2800, "height": 8000}

REPORT_VIOLATIONS = """addEventListener("securitypolicyviolation", event =>
    console.error("policy:", event.violatedDirective, event.blockedURI, event.sourceFile))"""


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport=LARGE)
    await context.add_init_script(REPORT_VIOLATIONS)
    yield context
    await context.close()
