"""Who may look at an invoice: whoever has a key to it, or an address of this hour; nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID, uuid4

import httpx2
import pytest
from tortoise import connections

from models.invoices import Invoice
from services import invoice_links
from services.api_keys import Keyring, open_keyring
from services.invoice_links import LASTS, Link, make_link
from tests.client import Api
from tests.given import Tenant, a_workspace, an_open_invoice, id_of

PAGE, PDF = "text/html; charset=utf-8", "application/pdf"
KINDS = pytest.mark.parametrize("suffix", ["", ".pdf"], ids=["page", "pdf"])


@pytest.fixture(scope="module")
async def keyring(client: httpx2.AsyncClient) -> Keyring:
    """What the server signs with."""
    return await open_keyring(None)


@pytest.fixture
async def acme(operator: Api) -> Tenant:
    return await a_workspace(operator)


@pytest.fixture
async def invoice(acme: Tenant) -> Invoice:
    return await an_open_invoice(acme, cents=20_00)


async def addresses(api: Api, invoice: Invoice) -> list[str]:
    """Of the page and the PDF, as the API gives them out."""
    asked = await api.ask(
        f'{{ node(id: "{id_of(invoice)}") {{ ... on Invoice {{ htmlUrl pdfUrl }} }} }}'
    )
    return [asked["node"]["htmlUrl"], asked["node"]["pdfUrl"]]


async def key_of(operator: Api, tenant: Tenant, *scopes: str) -> dict[str, str]:
    """The header with a new key of the tenant."""
    made = await operator.do(
        "createApiKey", "secret", workspaceId=tenant.id, label="Test", scopes=list(scopes)
    )
    return {"authorization": f"Bearer {made['secret']}"}


def comparable(response: httpx2.Response) -> tuple[Any, ...]:
    """All of an answer but the id of its request."""
    headers = {name: value for name, value in response.headers.items() if name != "x-request-id"}
    return response.status_code, headers, response.content


async def unknown(client: httpx2.AsyncClient, suffix: str = "") -> tuple[Any, ...]:
    """How an invoice that is not there is answered."""
    response = await client.get(f"/invoices/{uuid4()}{suffix}")
    assert response.status_code == 404
    assert "No such invoice" in response.text
    return comparable(response)


# -------------------------------------------------------------------------------------- who may


@KINDS
async def test_keys_to_it_open_it(
    client: httpx2.AsyncClient, operator: Api, acme: Tenant, invoice: Invoice, suffix: str
) -> None:
    reader = await key_of(operator, acme, "read")
    for headers in (acme.api.headers, operator.headers, reader):
        response = await client.get(f"/invoices/{invoice.id}{suffix}", headers=headers)
        assert response.status_code == 200
        assert response.headers["content-type"] == (PDF if suffix else PAGE)


async def test_the_addresses_in_the_api_open_it_without_a_key(
    client: httpx2.AsyncClient, acme: Tenant, operator: Api, invoice: Invoice
) -> None:
    for api in (acme.api, operator):
        page, pdf = await addresses(api, invoice)
        assert page.startswith(f"http://testserver/invoices/{invoice.id}?expires=")
        assert pdf.startswith(f"http://testserver/invoices/{invoice.id}.pdf?expires=")
        found = [await client.get(address) for address in (page, pdf)]
        assert [response.status_code for response in found] == [200, 200]
        assert [response.headers["content-type"] for response in found] == [PAGE, PDF]
        assert found[1].content.startswith(b"%PDF-")


async def test_an_address_is_good_for_an_hour_of_real_time(
    client: httpx2.AsyncClient, acme: Tenant, invoice: Invoice, keyring: Keyring
) -> None:
    page, _ = await addresses(acme.api, invoice)
    [expires] = parse_qs(urlsplit(page).query)["expires"]
    left = datetime.fromtimestamp(int(expires), UTC) - datetime.now(UTC)
    assert timedelta(minutes=59) < left <= timedelta(minutes=60)
    made = datetime(2026, 11, 1, 12, tzinfo=UTC)
    link = make_link(keyring, invoice.id, now=made)
    for later, good in (
        (timedelta(0), True),
        (LASTS - timedelta(microseconds=1), True),
        (LASTS, False),
        (timedelta(days=400), False),
    ):
        assert invoice_links.opens(link, keyring, invoice.id, now=made + later) is good


async def test_a_key_that_opens_nothing_does_not_spoil_a_good_address(
    client: httpx2.AsyncClient, operator: Api, acme: Tenant, invoice: Invoice
) -> None:
    page, _ = await addresses(acme.api, invoice)
    stranger = await a_workspace(operator)
    for authorization in ("Bearer nothing", "Basic x", "", stranger.api.headers["authorization"]):
        response = await client.get(page, headers={"authorization": authorization})
        assert response.status_code == 200


# ---------------------------------------------------------------------------------- who may not


@KINDS
async def test_others_are_answered_to_the_byte_as_if_there_were_no_such_invoice(
    client: httpx2.AsyncClient, operator: Api, acme: Tenant, invoice: Invoice, suffix: str
) -> None:
    stranger = await a_workspace(operator)
    revoked = await operator.do(
        "createApiKey", "apiKey { id } secret", workspaceId=acme.id, label="Test", scopes=["*"]
    )
    await operator.do("revokeApiKey", "apiKey { id }", id=revoked["apiKey"]["id"])
    refused = [
        {},
        stranger.api.headers,
        await key_of(operator, acme, "write"),
        {"authorization": f"Bearer {revoked['secret']}"},
        {"authorization": "Bearer nothing"},
        {"authorization": "Basic b3duZXI6"},
        {"authorization": "Bearer " + "x" * 500},
        {"authorization": ""},
    ]
    expected = await unknown(client, suffix)
    for headers in refused:
        response = await client.get(f"/invoices/{invoice.id}{suffix}", headers=headers)
        assert comparable(response) == expected
    # and so is what is not there, for who may see everything
    missing = await client.get(f"/invoices/{uuid4()}{suffix}", headers=operator.headers)
    assert comparable(missing) == expected


def links_that_open_nothing(keyring: Keyring, invoice: Invoice, other: UUID) -> dict[str, Link]:
    now = datetime.now(UTC)
    good = make_link(keyring, invoice.id, now=now)
    later = str(int(good.expires) + 3600)
    last = "0" if good.signature[-1] != "0" else "1"
    return {
        "none": Link("", ""),
        "without an expiry": Link("", good.signature),
        "without a signature": Link(good.expires, ""),
        "expired": make_link(keyring, invoice.id, now=now - LASTS),
        "with a later expiry": Link(later, good.signature),
        "with the same expiry, otherwise written": Link(f"0{good.expires}", good.signature),
        "with another signature": Link(good.expires, good.signature[:-1] + last),
        "with part of the signature": Link(good.expires, good.signature[:-1]),
        "with the signature in capitals": Link(good.expires, good.signature.upper()),
        "with a signature that is not ASCII": Link(good.expires, "ü" * 64),
        "for another invoice": make_link(keyring, other, now=now),
        "of another installation": make_link(Keyring(b"another"), invoice.id, now=now),
        "signed for another purpose": Link(
            good.expires, keyring.sign(f"{invoice.id} until {good.expires}", purpose="something")
        ),
        "a key's hash": Link(good.expires, keyring.hash(f"{invoice.id} until {good.expires}")),
        "for ever": Link("never", good.signature),
    }


@KINDS
async def test_an_address_that_was_changed_or_has_expired_opens_nothing(
    client: httpx2.AsyncClient, acme: Tenant, invoice: Invoice, keyring: Keyring, suffix: str
) -> None:
    other = await an_open_invoice(acme, cents=5_00)
    expected = await unknown(client, suffix)
    for what, link in links_that_open_nothing(keyring, invoice, other.id).items():
        query = urlencode({"expires": link.expires, "signature": link.signature})
        response = await client.get(f"/invoices/{invoice.id}{suffix}?{query}")
        assert comparable(response) == expected, what
    good = make_link(keyring, invoice.id, now=datetime.now(UTC))
    assert (await client.get(f"/invoices/{invoice.id}{suffix}?{good.query}")).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["", "x", "x.pdf", "{id}.html", "{id}/", "{id}.pdf/", "{id}/pdf", "..%2f", "%00", "{id}x"],
)
async def test_what_is_no_invoices_address_is_answered_alike(
    client: httpx2.AsyncClient, acme: Tenant, invoice: Invoice, path: str
) -> None:
    response = await client.get(f"/invoices/{path.format(id=invoice.id)}", headers=acme.api.headers)
    assert comparable(response) == await unknown(client)


# -------------------------------------------------------------------------------------- the answer


async def test_the_page_and_the_pdf_lead_to_each_other(
    client: httpx2.AsyncClient, acme: Tenant, invoice: Invoice
) -> None:
    page, pdf = await addresses(acme.api, invoice)
    there = (await client.get(page)).headers["link"]
    back = (await client.get(pdf)).headers["link"]
    query = urlsplit(page).query
    assert there == f'<{invoice.id}.pdf?{query}>; rel="alternate"; type="application/pdf"'
    assert back == f'<{invoice.id}?{query}>; rel="alternate"; type="text/html"'
    # with a key there is nothing to pass on
    response = await client.get(f"/invoices/{invoice.id}", headers=acme.api.headers)
    assert response.headers["link"].startswith(f"<{invoice.id}.pdf>; ")
    assert f'href="{invoice.id}.pdf"' in response.text


async def test_what_is_passed_on_is_escaped(
    client: httpx2.AsyncClient, acme: Tenant, invoice: Invoice
) -> None:
    query = urlencode({"expires": '"><script>', "signature": '"><script>\r\nx: y'})
    response = await client.get(f"/invoices/{invoice.id}?{query}", headers=acme.api.headers)
    assert response.status_code == 200
    assert "<script" not in response.text
    assert "x" not in response.headers


async def test_the_page_runs_nothing_is_not_kept_and_tells_nobody_its_address(
    client: httpx2.AsyncClient, acme: Tenant, invoice: Invoice
) -> None:
    page, pdf = await addresses(acme.api, invoice)
    for address in (page, pdf, "/invoices/x"):
        headers = (await client.get(address)).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-robots-tag"] == "noindex"
        if headers["content-type"] == PAGE:
            policy = headers["content-security-policy"].split("; ")
            assert policy[0] == "default-src 'none'"
            assert policy[1].startswith("style-src 'sha256-")
            assert policy[2:] == ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]


async def test_the_pdf_has_a_name_for_who_keeps_it(
    client: httpx2.AsyncClient, acme: Tenant, invoice: Invoice
) -> None:
    _, pdf = await addresses(acme.api, invoice)
    headers = (await client.get(pdf)).headers
    assert headers["content-disposition"] == f'inline; filename="invoice-{invoice.number}.pdf"'


async def test_looking_writes_nothing(
    client: httpx2.AsyncClient, acme: Tenant, invoice: Invoice
) -> None:
    page, pdf = await addresses(acme.api, invoice)
    question = "SELECT xmin::text FROM invoice WHERE id = $1"
    connection = connections.get("default")
    before = await connection.execute_query_dict(question, [invoice.id])
    for address in (page, pdf, page):
        await client.get(address)
    assert await connection.execute_query_dict(question, [invoice.id]) == before
