"""Invoices of real processes: the same bytes from each, whoever sells meanwhile."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from tests.documents import text_of_page
from tests.processes import Server, serving

OPERATOR_KEY = "bw_op_of_a_test"


def a_paid_invoice(server: Server) -> dict[str, str]:
    """The addresses of an invoice over $20.00, of a new workspace that paid it by card."""
    made = server.ask(
        'mutation { createWorkspace(input: { name: "Acme", email: "owner@acme.test", '
        'startClockAt: "2026-07-01T00:00:00Z" }) { workspace { id } } }'
    )
    workspace = made["createWorkspace"]["workspace"]["id"]
    server.ask(
        "mutation ($id: ID!) { attachPaymentMethod(input: "
        '{ workspaceId: $id, token: "pm_card_visa" }) { errors { message } } }',
        id=workspace,
    )
    done = server.ask(
        "mutation ($id: ID!) { subscribe(input: "
        '{ workspaceId: $id, plan: "pay-as-you-go" }) { invoice { status htmlUrl pdfUrl } } }',
        id=workspace,
    )
    invoice: dict[str, str] = done["subscribe"]["invoice"]
    assert invoice["status"] == "PAID"
    return invoice


def at(server: Server, address: str) -> bytes:
    """What the server answers at an address that may be another's."""
    parts = urlsplit(address)
    response = httpx2.get(f"{server.url}{parts.path}?{parts.query}", timeout=30)
    assert response.status_code == 200
    return response.content


def test_two_processes_write_the_same_bytes_also_after_the_seller_has_moved(
    tmp_path: Path, fresh_database: str
) -> None:
    settings = {
        "BILLWRIGHT_DATABASE_URL": fresh_database,
        "BILLWRIGHT_OPERATOR_KEY": OPERATOR_KEY,
    }
    # given an invoice that was issued and shown by a process
    here = {"BILLWRIGHT_SELLER_NAME": "Acme Labs", "BILLWRIGHT_SELLER_ADDRESS": "Weg 1; Berlin"}
    with serving(tmp_path / "a", **settings, **here) as server:
        invoice = a_paid_invoice(server)
        page, pdf = at(server, invoice["htmlUrl"]), at(server, invoice["pdfUrl"])
        assert at(server, invoice["pdfUrl"]) == pdf
        said = server.said()
    assert f"GET {urlsplit(invoice['htmlUrl']).path} 200" in said
    assert "signature" not in said  # who reads the log could open the invoice
    assert "Acme Labs Weg 1 Berlin" in text_of_page(page.decode())
    # when the seller has moved
    there = {"BILLWRIGHT_SELLER_NAME": "Acme Labs", "BILLWRIGHT_SELLER_ADDRESS": "Rue 2; Paris"}
    with serving(tmp_path / "b", **settings, **there) as server:
        # then another process writes the same
        assert at(server, invoice["htmlUrl"]) == page
        assert at(server, invoice["pdfUrl"]) == pdf
        # and new invoices come from where the seller is now
        following = at(server, a_paid_invoice(server)["htmlUrl"])
    assert "Acme Labs Rue 2 Paris" in text_of_page(following.decode())


def test_addresses_begin_as_browsers_reach_the_server(tmp_path: Path, fresh_database: str) -> None:
    settings = {
        "BILLWRIGHT_DATABASE_URL": fresh_database,
        "BILLWRIGHT_OPERATOR_KEY": OPERATOR_KEY,
        "BILLWRIGHT_PUBLIC_URL": "https://billing.example/",
    }
    with serving(tmp_path / "data", **settings) as server:
        invoice = a_paid_invoice(server)
        assert invoice["htmlUrl"].startswith("https://billing.example/invoices/")
        assert invoice["pdfUrl"].startswith("https://billing.example/invoices/")
        assert at(server, invoice["pdfUrl"]).startswith(b"%PDF-")
