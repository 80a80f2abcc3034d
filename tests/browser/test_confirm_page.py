"""The sandbox's 3-D Secure page: what a payer's answer does, in a browser and without one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from playwright.async_api import BrowserContext, expect

from models.workspaces import Workspace
from tests.client import Api
from tests.given import Tenant, a_workspace, instant
from tests.processes import Server

STATE = """{ workspace {
  subscription { plan { key } pendingChange { plan { key } } }
  creditBalance { available }
  invoices { nodes { status payments { status declineCode } } }
} }"""
AS_BEFORE = {
    "subscription": {"plan": {"key": "free"}, "pendingChange": None},
    "creditBalance": {"available": "750.000"},
}


async def waits_for_its_payer(operator: Api) -> tuple[Tenant, str]:
    """A workspace whose $20.00 wait to be confirmed, and the address where."""
    tenant = await a_workspace(operator, card="pm_card_authenticationRequired")
    answer = await tenant.api.ask(
        """mutation { subscribe(input: { plan: "pay-as-you-go" }) {
          errors { code ... on PaymentActionError { action { redirectUrl } } }
        } }"""
    )
    [refusal] = answer["subscribe"]["errors"]
    assert refusal["code"] == "PAYMENT_ACTION_REQUIRED"
    address: str = refusal["action"]["redirectUrl"]
    return tenant, address


async def state_of(tenant: Tenant) -> dict[str, Any]:
    state: dict[str, Any] = (await tenant.api.ask(STATE))["workspace"]
    return state


# ------------------------------------------------------------------------------------ in a browser


@pytest.fixture
async def live_operator(live_server: Server) -> AsyncIterator[Api]:
    async with httpx2.AsyncClient(base_url=live_server.url) as client:
        yield Api(client, live_server.operator_key)


async def test_a_confirmed_payment_begins_the_plan(
    context: BrowserContext, live_operator: Api
) -> None:
    # given
    tenant, address = await waits_for_its_payer(live_operator)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    await page.goto(address)
    await expect(page.get_by_role("heading")).to_have_text("Confirm this payment?")
    await expect(page.locator("strong")).to_have_text("$20.00")
    # when
    await page.get_by_role("button", name="Confirm").click()
    # then
    await expect(page.get_by_role("heading")).to_have_text("Payment confirmed")
    assert complaints == []
    assert await state_of(tenant) == {
        "subscription": {"plan": {"key": "pay-as-you-go"}, "pendingChange": None},
        "creditBalance": {"available": "5750.000"},
        "invoices": {
            "nodes": [
                {"status": "PAID", "payments": [{"status": "SUCCEEDED", "declineCode": None}]}
            ]
        },
    }
    # and who comes back finds nothing to do
    await page.goto(address, wait_until="load")
    await expect(page.get_by_role("heading")).to_have_text("Nothing to confirm")


async def test_a_refused_payment_leaves_the_workspace_as_before(
    context: BrowserContext, live_operator: Api
) -> None:
    tenant, address = await waits_for_its_payer(live_operator)
    page = await context.new_page()
    await page.goto(address)
    await page.get_by_role("button", name="Refuse").click()
    await expect(page.get_by_role("heading")).to_have_text("Payment refused")
    declined = {"status": "FAILED", "declineCode": "authentication_required"}
    assert await state_of(tenant) == AS_BEFORE | {
        "invoices": {"nodes": [{"status": "VOID", "payments": [declined]}]}
    }


# -------------------------------------------------------------------------------- without a browser


async def test_the_page_belongs_to_who_has_the_secret(
    client: httpx2.AsyncClient, operator: Api
) -> None:
    tenant, address = await waits_for_its_payer(operator)
    path, _, secret = address.partition("?client_secret=")
    for wrong in (path, f"{path}?client_secret=", f"{path}?client_secret={secret[:-1]}"):
        asked = await client.get(wrong)
        answered = await client.post(wrong, data={"approve": "yes"})
        assert [asked.status_code, answered.status_code] == [404, 404]
        assert "Nothing to confirm" in answered.text
    [invoice] = (await state_of(tenant))["invoices"]["nodes"]
    assert invoice["payments"] == [{"status": "REQUIRES_ACTION", "declineCode": None}]


async def test_the_first_answer_stays(client: httpx2.AsyncClient, operator: Api) -> None:
    tenant, address = await waits_for_its_payer(operator)
    first = await client.post(address, data={"approve": "no"})
    second = await client.post(address, data={"approve": "yes"})
    assert [first.status_code, second.status_code] == [200, 404]
    assert "Nothing to confirm" in second.text
    [invoice] = (await state_of(tenant))["invoices"]["nodes"]
    assert invoice["status"] == "VOID"


@pytest.mark.parametrize("body", [b"", b"approve=perhaps", b"approve=yes&" + b"x" * 2000, b"\xff"])
async def test_what_is_neither_yes_nor_no_is_asked_again(
    body: bytes, client: httpx2.AsyncClient, operator: Api
) -> None:
    tenant, address = await waits_for_its_payer(operator)
    answer = await client.post(address, content=body)
    assert answer.status_code == 400
    assert "Confirm this payment?" in answer.text
    [invoice] = (await state_of(tenant))["invoices"]["nodes"]
    assert invoice["payments"] == [{"status": "REQUIRES_ACTION", "declineCode": None}]


async def test_after_a_day_it_is_too_late(client: httpx2.AsyncClient, operator: Api) -> None:
    # given a payment of 1 April, and a moment before and the moment at which a day has passed
    tenant, address = await waits_for_its_payer(operator)
    await Workspace.filter(id=tenant.key).update(clock_at=instant("2026-04-01T23:59:59Z"))
    assert (await client.get(address)).status_code == 200
    await Workspace.filter(id=tenant.key).update(clock_at=instant("2026-04-02T00:00:00Z"))
    # when the payer confirms
    answer = await client.post(address, data={"approve": "yes"})
    # then nothing was charged
    assert answer.status_code == 404
    declined = {"status": "FAILED", "declineCode": "authentication_required"}
    assert await state_of(tenant) == AS_BEFORE | {
        "invoices": {"nodes": [{"status": "VOID", "payments": [declined]}]}
    }


async def test_the_page_runs_no_scripts_and_is_not_kept(
    client: httpx2.AsyncClient, operator: Api
) -> None:
    _, address = await waits_for_its_payer(operator)
    headers = (await client.get(address)).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert "script-src" not in headers["content-security-policy"]
    assert "form-action 'self'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
