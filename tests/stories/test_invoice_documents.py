"""What an invoice shows to who looks at it, on its page and in its PDF."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import httpx2
import pytest

from models.invoices import Invoice
from models.payments import Payment
from models.sellers import Seller
from models.workspaces import BillingAddress, Workspace
from services import invoices, sellers
from services.invoice_documents import document_of
from tests import given
from tests.client import Api
from tests.corrections import refund, with_balance
from tests.documents import text_of_page, text_of_pdf, texts_in
from tests.given import Tenant, a_workspace, an_open_invoice, payer_confirms, time_passes

ACME_LABS = Seller(
    "Acme Labs GmbH", ("Musterstraße 12", "10115 Berlin"), "DE999999999", "billing@acme.test"
)
MIDNIGHT_IN_BERLIN = "2026-06-30T22:00:00Z"  # on 1 July
URLS = "htmlUrl pdfUrl"


@pytest.fixture(autouse=True)
async def _seller(client: httpx2.AsyncClient) -> AsyncIterator[None]:
    before = await sellers.current()
    await sellers.publish(ACME_LABS)
    yield
    await sellers.publish(before)


async def subscribed(tenant: Tenant, **add_ons: int) -> Invoice:
    """The invoice of subscribing to Pay as you go."""
    wanted = [
        {"addOn": name.replace("_", "-"), "quantity": count} for name, count in add_ons.items()
    ]
    done = await tenant.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", addOns=wanted)
    assert [error["code"] for error in done["errors"]] in ([], ["PAYMENT_ACTION_REQUIRED"])
    return await newest_invoice(tenant)


async def newest_invoice(tenant: Tenant) -> Invoice:
    return (await Invoice.filter(workspace_id=tenant.key).order_by("-id"))[0]


async def shown(invoice: Invoice) -> dict[str, Any]:
    """All that the invoice shows, read anew."""
    return (await document_of(await Invoice.get(id=invoice.id))).to_json()


async def faces(
    client: httpx2.AsyncClient, tenant: Tenant, invoice: Invoice
) -> tuple[httpx2.Response, httpx2.Response]:
    """The page and the PDF, by the addresses that the API gives out."""
    asked = await tenant.api.ask(f"{{ workspace {{ invoices {{ nodes {{ number {URLS} }} }} }} }}")
    [node] = [
        node for node in asked["workspace"]["invoices"]["nodes"] if node["number"] == invoice.number
    ]
    page, pdf = [await client.get(node[name]) for name in URLS.split()]
    assert (page.status_code, pdf.status_code) == (200, 200)
    return page, pdf


async def assert_says_all(client: httpx2.AsyncClient, tenant: Tenant, invoice: Invoice) -> None:
    """Page and PDF show every text of the document."""
    page, pdf = await faces(client, tenant, invoice)
    on_page, in_pdf = text_of_page(page.text), text_of_pdf(pdf.content)
    for text in texts_in(await shown(invoice)):
        # the stamp is set in capitals by the style sheet; here and there lines are broken
        assert text in on_page
        assert text.replace(" ", "").lower() in in_pdf.replace(" ", "").lower()


@pytest.mark.usefixtures("price_list_with_tax")
async def test_a_paid_invoice_says_who_what_when_and_how_it_was_paid(
    client: httpx2.AsyncClient, operator: Api
) -> None:
    # given a company in Berlin, whose calendar says 1 July while UTC says 30 June
    acme = await a_workspace(
        operator,
        name="Beispiel",
        timeZone="Europe/Berlin",
        clock=MIDNIGHT_IN_BERLIN,
        card="pm_card_visa",
    )
    await acme.api.do(
        "setBillingAddress",
        "billingAddress { country }",
        company="Beispiel GmbH",
        name="Erika Muster",
        line1="Beispielweg 3",
        line2="Hinterhaus",
        postalCode="20095",
        city="Hamburg",
        country="DE",
        taxId="DE123456789",
        email="rechnung@beispiel.test",
    )
    # when it subscribes
    invoice = await subscribed(acme, whitelabel=1, workspace_seat=3)
    # then $250.00 and 19 % VAT are paid
    july = "1 Jul 2026 \N{EN DASH} 31 Jul 2026"
    assert await shown(invoice) == {
        "number": invoice.number,
        "status": "paid",
        "headline": "$297.50 paid on 1 Jul 2026",
        "issued_on": "2026-07-01",
        "seller": {
            "name": "Acme Labs GmbH",
            "lines": ["Musterstraße 12", "10115 Berlin"],
            "tax_id": "DE999999999",
            "email": "billing@acme.test",
        },
        "buyer": {
            "name": "Beispiel GmbH",
            "lines": ["Erika Muster", "Beispielweg 3", "Hinterhaus", "20095 Hamburg", "Germany"],
            "tax_id": "DE123456789",
            "email": "rechnung@beispiel.test",
        },
        "facts": [
            {"label": "Invoice number", "value": invoice.number},
            {"label": "Date of issue", "value": "1 Jul 2026"},
            {"label": "Due date", "value": "1 Jul 2026"},
            {"label": "Billing period", "value": july},
        ],
        "lines": [
            {
                "description": description,
                "detail": july,
                "quantity": quantity,
                "unit_price": price,
                "amount": amount,
            }
            for description, quantity, price, amount in [
                ("Pay as you go", "1", "$20.00", "$20.00"),
                ("Whitelabel", "1", "$200.00", "$200.00"),
                ("Workspace seat", "3", "$10.00", "$30.00"),
            ]
        ],
        "sums": [
            {"label": label, "amount": amount, "note": note, "is_main": is_main}
            for label, amount, note, is_main in [
                ("Subtotal", "$250.00", "", False),
                ("VAT 19%", "$47.50", "Tax ID DE999999999", False),
                ("Total", "$297.50", "", True),
                ("Paid", "-$297.50", "", False),
                ("Amount due", "$0.00", "", True),
            ]
        ],
        "sections": [
            {
                "title": "Payments",
                "columns": ["Date", "Method", "Amount"],
                "rows": [["1 Jul 2026", "Visa •••• 4242", "$297.50"]],
            }
        ],
        "small_print": "All amounts are in US dollars (USD). "
        "Dates follow the calendar of Europe/Berlin.",
    }
    await assert_says_all(client, acme, invoice)


async def test_a_change_within_a_period_is_billed_for_what_is_left_of_it(
    client: httpx2.AsyncClient, operator: Api
) -> None:
    # given half of April gone
    acme = await a_workspace(operator, card="pm_card_visa")
    await subscribed(acme)
    await time_passes(acme, until="2026-04-16T00:00:00Z")
    # when three seats are added
    done = await acme.api.do(
        "setAddOns", "invoice { id }", addOns=[{"addOn": "client-seat", "quantity": 3}]
    )
    assert done["errors"] == []
    # then half of their price is billed, for the second half
    invoice = await newest_invoice(acme)
    document = await shown(invoice)
    assert document["lines"] == [
        {
            "description": "Client seat, remaining time",
            "detail": "16 Apr 2026 \N{EN DASH} 30 Apr 2026 · prorated",
            "quantity": "3",
            "unit_price": "$15.00",
            "amount": "$22.50",
        }
    ]
    assert document["headline"] == "$22.50 paid on 16 Apr 2026"
    await assert_says_all(client, acme, invoice)


async def test_without_an_address_or_a_tax_it_says_so(operator: Api) -> None:
    acme = await a_workspace(operator, card="pm_card_visa")
    document = await shown(await subscribed(acme))
    assert document["buyer"] == {
        "name": "Acme",
        "lines": [],
        "tax_id": None,
        "email": "owner@acme.test",
    }
    assert document["sums"][1] == {
        "label": "Tax 0%",
        "amount": "$0.00",
        "note": "",
        "is_main": False,
    }


async def test_an_american_address_is_written_the_american_way(operator: Api) -> None:
    acme = await a_workspace(operator)
    await acme.api.do(
        "setBillingAddress",
        "billingAddress { country }",
        line1="500 Example Street",
        city="Springfield",
        region="IL",
        postalCode="62701",
        country="US",
    )
    document = await shown(await an_open_invoice(acme, cents=20_00))
    assert document["buyer"]["name"] == "Acme"
    assert document["buyer"]["lines"] == [
        "500 Example Street",
        "Springfield, IL 62701",
        "United States",
    ]


async def test_a_declined_invoice_is_void_and_nothing_is_to_be_paid(
    client: httpx2.AsyncClient, operator: Api
) -> None:
    acme = await a_workspace(operator, card="pm_card_chargeCustomerFail")
    await acme.api.do("subscribe", "invoice { id }", plan="pay-as-you-go")
    invoice = await newest_invoice(acme)
    document = await shown(invoice)
    assert (document["status"], document["headline"]) == (
        "void",
        "Void since 1 Apr 2026: nothing is to be paid",
    )
    assert document["sections"] == []  # a try that failed is no payment
    assert document["sums"][-1]["amount"] == "$0.00"
    await assert_says_all(client, acme, invoice)
    assert "VOID" in text_of_pdf((await faces(client, acme, invoice))[1].content).split()


async def test_an_open_invoice_says_what_is_due_and_what_is_on_its_way(
    client: httpx2.AsyncClient, operator: Api
) -> None:
    # given a bank debit under way
    acme = await a_workspace(operator, card="pm_usBankAccount")
    invoice = await subscribed(acme)
    document = await shown(invoice)
    assert (document["status"], document["headline"]) == ("open", "$20.00 due by 1 Apr 2026")
    assert document["sections"][0]["rows"] == [
        ["1 Apr 2026", "Sandbox Bank •••• 6789 · on its way", "$20.00"]
    ]
    before = await faces(client, acme, invoice)
    await assert_says_all(client, acme, invoice)
    # when it has arrived
    await time_passes(acme, until="2026-04-05T00:00:00Z")
    # then the same address shows it
    document = await shown(invoice)
    assert document["headline"] == "$20.00 paid on 5 Apr 2026"
    assert document["sections"][0]["rows"] == [["5 Apr 2026", "Sandbox Bank •••• 6789", "$20.00"]]
    after = await faces(client, acme, invoice)
    assert before[1].content != after[1].content


async def test_an_invoice_that_waits_for_its_payer_shows_no_payment_until_there_is_one(
    operator: Api,
) -> None:
    acme = await a_workspace(operator, card="pm_card_authenticationRequired")
    invoice = await subscribed(acme)
    assert (await shown(invoice))["sections"] == []
    payment = await Payment.get(invoice_id=invoice.id)
    await payer_confirms(payment)
    await time_passes(acme, until="2026-04-01T01:00:00Z")
    assert len((await shown(invoice))["sections"][0]["rows"]) == 1


async def test_credit_notes_say_what_is_not_owed_after_all(
    client: httpx2.AsyncClient, operator: Api
) -> None:
    acme = await a_workspace(operator, card="pm_card_visa")
    invoice = await subscribed(acme)
    payment = await Payment.get(invoice_id=invoice.id)
    await refund(operator, payment, amount="5")
    await refund(operator, payment, amount="2.50", reason="Another half day")
    document = await shown(invoice)
    assert document["headline"] == "$20.00 paid on 1 Apr 2026"
    assert [(entry["label"], entry["amount"]) for entry in document["sums"][2:]] == [
        ("Total", "$20.00"),
        ("Credited", "-$7.50"),
        ("Paid", "-$12.50"),
        ("Amount due", "$0.00"),
    ]
    prefix = invoice.number.split("-")[0]
    assert document["sections"] == [
        {
            "title": "Payments",
            "columns": ["Date", "Method", "Amount"],
            "rows": [["1 Apr 2026", "Visa •••• 4242 · $7.50 refunded", "$20.00"]],
        },
        {
            "title": "Credit notes",
            "columns": ["Date", "Number", "Reason", "Amount"],
            "rows": [
                ["1 Apr 2026", f"{prefix}-CN-0001", "Two days without service", "$5.00"],
                ["1 Apr 2026", f"{prefix}-CN-0002", "Another half day", "$2.50"],
            ],
        },
    ]
    await assert_says_all(client, acme, invoice)


async def test_money_that_came_too_late_is_seen_on_both_invoices(
    client: httpx2.AsyncClient, operator: Api
) -> None:
    acme = await with_balance(operator)
    late = await newest_invoice(acme)
    assert (await shown(late))["sections"][0]["rows"] == [
        ["5 Apr 2026", "Sandbox Bank •••• 6789 · kept for later invoices", "$20.00"]
    ]
    next_one = await subscribed(acme, whitelabel=1)
    document = await shown(next_one)
    assert document["sections"][0]["rows"] == [
        ["5 Apr 2026", "Unapplied balance", "$20.00"],
        ["5 Apr 2026", "Visa •••• 4242", "$200.00"],
    ]
    for invoice in (late, next_one):
        await assert_says_all(client, acme, invoice)


async def test_what_is_collected_besides_is_seen_on_the_invoice_that_collects_it(
    client: httpx2.AsyncClient, operator: Api
) -> None:
    # given 20 cents of a purchase that were too little to be charged, and a bank debit of 20.20
    acme = await a_workspace(operator, card="pm_card_visa")
    await given.comes_too_late(await an_open_invoice(acme, cents=4_80))
    small = await an_open_invoice(acme, cents=5_00)
    await given.attach(acme, "pm_usBankAccount")
    big = await subscribed(acme)
    assert (await shown(small))["sections"][0]["rows"] == [
        ["1 Apr 2026", "Unapplied balance", "$5.00"]
    ]
    document = await shown(big)
    assert document["headline"] == "$20.20 due by 1 Apr 2026"
    assert [(row["label"], row["amount"]) for row in document["sums"]][-3:] == [
        ("Total", "$20.00"),
        ("Carried over", "$0.20"),
        ("Amount due", "$20.20"),
    ]
    assert document["sections"][0]["rows"] == [
        ["1 Apr 2026", "Carried over", "-$0.20"],
        ["1 Apr 2026", "Sandbox Bank •••• 6789 · on its way", "$20.20"],
    ]
    for invoice in (small, big):
        await assert_says_all(client, acme, invoice)


async def test_an_issued_invoice_stays_as_it_is_whatever_becomes_of_its_parties(
    client: httpx2.AsyncClient, operator: Api
) -> None:
    # given an invoice
    acme = await a_workspace(operator, card="pm_card_visa")
    address = {"company": "Acme Inc.", "city": "Reno", "country": "US", "taxId": "12-3456789"}
    await acme.api.do("setBillingAddress", "billingAddress { country }", **address)
    invoice = await subscribed(acme)
    document = await shown(invoice)
    _, pdf = await faces(client, acme, invoice)
    # when the buyer and the seller move, and the buyer changes its name and its calendar
    moved = {"company": "Acme SARL", "city": "Lyon", "country": "FR"}
    await acme.api.do("setBillingAddress", "billingAddress { country }", **moved)
    await Workspace.filter(id=acme.key).update(
        name="Acme France", email="acme@acme.fr", time_zone="Asia/Tokyo"
    )
    await sellers.publish(Seller("Acme Labs SE", ("Rue 1", "Paris"), "FR99999999999"))
    # then it is as it was, to the byte
    assert await shown(invoice) == document
    assert (await faces(client, acme, invoice))[1].content == pdf.content
    # and the next one is of today
    following = await shown(await an_open_invoice(acme, cents=5_00))
    assert following["buyer"]["name"] == "Acme SARL"
    assert following["buyer"]["lines"] == ["Acme France", "Lyon", "France"]
    assert following["buyer"]["tax_id"] is None
    assert following["seller"]["name"] == "Acme Labs SE"
    assert following["small_print"].endswith("Asia/Tokyo.")


@pytest.mark.usefixtures("price_list_with_tax")
async def test_the_next_invoice_bears_the_tax_of_the_address_as_it_is_then(operator: Api) -> None:
    # given a workspace that subscribes without an address
    acme = await a_workspace(operator, card="pm_card_visa")
    first = await subscribed(acme)
    # when it tells that it is in Germany
    await acme.api.do("setBillingAddress", "billingAddress { country }", country="DE")
    # then its next invoice has 19 % VAT, the first one none
    asked = await acme.api.ask(
        "{ workspace { upcomingInvoice { tax { amount } total { amount } } "
        "invoices { nodes { tax { amount } total { amount } } } } }"
    )
    taxed = {"tax": {"amount": "3.80"}, "total": {"amount": "23.80"}}
    untaxed = {"tax": {"amount": "0.00"}, "total": {"amount": "20.00"}}
    assert asked["workspace"] == {"upcomingInvoice": taxed, "invoices": {"nodes": [untaxed]}}
    assert (await shown(first))["sums"][1]["label"] == "Tax 0%"
    workspace = await Workspace.get(id=acme.key)
    tax = await invoices.tax_of(workspace)
    assert tax is not None
    assert (tax.name, tax.percent) == ("VAT", Decimal(19))


HOSTILE = {
    "tags": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "an entity": "Fish &amp; Chips &lt;3",
    "a template": "{{ 7 * 7 }} {% raw %}",
    "typst code": '#panic() #read("/etc/passwd") #import "@preview/x:1.0.0"',
    "typst markup": "*bold* _emphasis_ `raw` $x^2$ = Title <label> @ref // comment \\ \\u{41}",
    "quotes": "\"double\" 'single' \\back\\slash ”curly“",
    "JSON": '"}, {"a": ["b"]',
    "emoji": "😀 🚀 ☎ ™",
    "many scripts": "漢字 かな 한국어 Ελληνικά Русский Ünïcödé Łódź",
    "a long word": "Donaudampfschifffahrt" * 9,
    "many words": "very " * 39 + "long",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
async def test_whatever_a_name_looks_like_it_is_shown_as_it_is(
    client: httpx2.AsyncClient, operator: Api, text: str
) -> None:
    text = text[:200].strip()
    acme = await a_workspace(operator, name=text)
    address = dict.fromkeys(("company", "line1", "line2", "city", "region"), text)
    set_ = await acme.api.do(
        "setBillingAddress", "billingAddress { country }", country="DE", **address
    )
    assert set_["errors"] == []
    invoice = await an_open_invoice(acme, cents=20_00)
    assert (await shown(invoice))["buyer"]["name"] == text
    await assert_says_all(client, acme, invoice)
    page, _ = await faces(client, acme, invoice)
    assert "<script" not in page.text
    assert "<img" not in page.text


@pytest.mark.parametrize(
    "text", ["مرحبا بالعالم شركة", "שלום עולם", "हिन्दी कंपनी", "บริษัท จำกัด", "👩‍🚀 🏳️‍🌈"]
)
async def test_letters_that_are_set_in_another_order_than_written_are_in_the_page_as_written(
    client: httpx2.AsyncClient, operator: Api, text: str
) -> None:
    # in which order they are found in the PDF depends on who reads it
    acme = await a_workspace(operator, name=text)
    page, pdf = await faces(client, acme, await an_open_invoice(acme, cents=20_00))
    assert text in text_of_page(page.text)
    assert pdf.content.startswith(b"%PDF-")


async def test_what_came_in_before_it_was_refused_can_be_shown_all_the_same(
    client: httpx2.AsyncClient, operator: Api
) -> None:
    acme = await a_workspace(operator)
    await Workspace.filter(id=acme.key).update(name="A\x07c\x1bm\u202ee\nGmbH")
    await BillingAddress.create(workspace_id=acme.key, country="QQ", city="\x01")
    invoice = await an_open_invoice(acme, cents=20_00)
    document = await shown(invoice)
    assert document["buyer"]["name"] == "A\ufffdc\ufffdm\ufffde\ufffdGmbH"
    assert document["buyer"]["lines"] == ["\ufffd", "QQ"]
    await assert_says_all(client, acme, invoice)


async def test_an_invoice_of_before_sellers_were_kept_shows_the_one_of_today(operator: Api) -> None:
    acme = await a_workspace(operator)
    workspace = await Workspace.get(id=acme.key)
    template = await an_open_invoice(acme, cents=20_00)
    await Workspace.filter(id=acme.key).update(invoice_count=2)
    values = {
        name: getattr(template, name)
        for name in template._meta.fields_db_projection
        if name not in ("id", "number", "sequence", "seller")
    }
    values["buyer"] = {"name": "Acme", "email": "owner@acme.test"}
    old = await Invoice.create(**values, number=f"{workspace.invoice_prefix}-0002", sequence=2)
    assert (await shown(old))["seller"]["name"] == "Acme Labs GmbH"
    assert (await shown(old))["small_print"].endswith("of UTC.")
