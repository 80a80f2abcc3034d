"""An invoice in a real browser: wide, on a phone, on paper."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from playwright.async_api import BrowserContext, Page, ViewportSize, expect

from tests.client import Api
from tests.given import Tenant, a_workspace
from tests.processes import Server

WIDE: ViewportSize = {"width": 1000, "height": 1200}
PHONE: ViewportSize = {"width": 320, "height": 640}
HOSTILE = "<script>document.title='owned'</script><b>Acme</b> " + "W" * 100
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
async def live_operator(live_server: Server) -> AsyncIterator[Api]:
    async with httpx2.AsyncClient(base_url=live_server.url, timeout=30) as client:
        yield Api(client, live_server.operator_key)


@pytest.fixture
async def tenant(live_operator: Api) -> Tenant:
    """Somebody with a name that no page should trust."""
    return await a_workspace(
        live_operator, name=HOSTILE, card="pm_card_visa", clock="2026-07-01T00:00:00Z"
    )


@pytest.fixture
async def address(tenant: Tenant) -> str:
    """Of the page of a paid invoice."""
    done = await tenant.api.do(
        "subscribe",
        "invoice { htmlUrl }",
        plan="pay-as-you-go",
        addOns=[{"addOn": "whitelabel", "quantity": 1}, {"addOn": "client-seat", "quantity": 2}],
    )
    return str(done["invoice"]["htmlUrl"])


@pytest.fixture
async def page(context: BrowserContext) -> AsyncIterator[Page]:
    """A page that has nothing to complain about, such as its content security policy."""
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


async def test_an_invoice_can_be_read_wide_and_on_a_phone(
    page: Page, address: str, tmp_path: Path
) -> None:
    await page.goto(address)
    number = (await page.title()).split()[1]
    await expect(page).to_have_title(f"Invoice {number} (paid)")
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"Invoice {number}")
    for size in (WIDE, PHONE):
        await page.set_viewport_size(size)
        await expect(page.locator(".stamp")).to_have_css("text-transform", "uppercase")
        await expect(page.get_by_role("region", name="Buyer")).to_contain_text(HOSTILE)
        billed = page.get_by_role("table", name="What is billed")
        await expect(billed.get_by_text("Whitelabel")).to_be_visible()
        await expect(billed.get_by_text("$200.00").last).to_be_visible()
        await expect(page.get_by_role("table", name="Payments")).to_contain_text("$250.00")
        assert await page.evaluate(OVERFLOW) <= 0  # nothing sticks out
        picture = await page.screenshot(path=tmp_path / f"{size['width']}.png", full_page=True)
        assert picture.startswith(b"\x89PNG")


async def test_the_page_leads_to_the_pdf(page: Page, address: str, context: BrowserContext) -> None:
    await page.goto(address)
    link = page.get_by_role("link", name="Open as PDF")
    pdf = await context.request.get(await link.evaluate("link => link.href"))
    assert pdf.headers["content-type"] == "application/pdf"
    assert (await pdf.body()).startswith(b"%PDF-")


async def test_on_paper_there_is_the_invoice_and_nothing_else(page: Page, address: str) -> None:
    await page.goto(address)
    await page.emulate_media(media="print")
    await expect(page.get_by_role("link", name="Open as PDF")).to_be_hidden()
    await expect(page.get_by_text("$250.00 paid on 1 Jul 2026")).to_be_visible()


async def test_an_address_that_opens_nothing_says_so(
    context: BrowserContext, live_server: Server
) -> None:
    page = await context.new_page()
    await page.goto(f"{live_server.url}/invoices/00000000-0000-4000-8000-000000000000")
    await expect(page.get_by_role("heading")).to_have_text("No such invoice")
