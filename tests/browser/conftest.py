"""A browser for the whole run, a fresh profile in it for each test, and a server with a demo."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, BrowserContext, ViewportSize

from tests import postgres
from tests.browser.chromium import chromium
from tests.processes import Server, program, running_server

TALL: ViewportSize = {"width": 1400, "height": 4000}  # the editors only draw the lines in sight

REPORT_VIOLATIONS = """addEventListener("securitypolicyviolation", event =>
    console.error("policy:", event.violatedDirective, event.blockedURI, event.sourceFile))"""


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport=TALL)
    await context.add_init_script(REPORT_VIOLATIONS)
    yield context
    await context.close()


@pytest.fixture(scope="session")
def demo_server(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server process like `live_server`, and `billwright demo` was run on its database."""
    databases: list[str] = []

    async def database() -> str:
        databases.append(await postgres.copy(server_url, template))
        return databases[0]

    with running_server(tmp_path_factory.mktemp("demo"), database=database) as server:
        port = str(urlsplit(server.url).port)
        made = program("demo", BILLWRIGHT_DATABASE_URL=databases[0], BILLWRIGHT_PORT=port)
        assert made.returncode == 0, made.stderr
        yield server
