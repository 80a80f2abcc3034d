"""How the parts of an invoice's document are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from uuid_utils.compat import uuid7

from billwright.invoice_rendering import PageRenderer, PdfRenderer
from models.invoices import Invoice, InvoiceReason, InvoiceStatus
from models.money import Money
from models.payments import Payment, PaymentMethod, PaymentMethodKind, PaymentStatus
from models.refunds import CreditNote
from models.sellers import Seller
from services.invoice_documents import Record, compose
from services.invoices import Line
from services.periods import Period
from tests.documents import text_of_page, text_of_pdf

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
JULY = Period(datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC))


def an_invoice(*lines: Line, **columns: object) -> Invoice:
    """An open invoice that is not in the database."""
    subtotal = sum(line.amount.cents for line in lines)
    given = {
        "id": uuid7(),
        "number": "BCDFGHJK-0007",
        "status": InvoiceStatus.OPEN,
        "reason": InvoiceReason.MANUAL,
        "currency": "USD",
        "lines": [line.to_json() for line in lines],
        "buyer": {"name": "Acme"},
        "subtotal_cents": subtotal,
        "tax_cents": 0,
        "tax_percent": Decimal("0.0000"),
        "total_cents": subtotal,
        "amount_paid_cents": 0,
        "issued_at": NOON,
        "due_at": NOON,
    }
    return Invoice(**(given | columns))


def a_record(invoice: Invoice, *, time_zone: str = "UTC") -> Record:
    return Record(invoice, Seller(), ZoneInfo(time_zone), payments=(), credit_notes=())


def a_line(period: Period | None = None, *, proration: bool = False) -> Line:
    return Line("Seat", 1_200, Money(10_00), Money(12_000_00), period, proration)


@pytest.mark.parametrize(
    ("time_zone", "start", "end", "shown"),
    [
        # midnight to midnight: the last day is the one before
        ("UTC", "2026-07-01T00:00Z", "2026-08-01T00:00Z", "1 Jul 2026 - 31 Jul 2026"),
        ("Asia/Tokyo", "2026-06-30T15:00Z", "2026-07-31T15:00Z", "1 Jul 2026 - 31 Jul 2026"),
        # from noon to noon both days are touched
        ("UTC", "2026-07-01T12:00Z", "2026-08-01T12:00Z", "1 Jul 2026 - 1 Aug 2026"),
        ("America/New_York", "2026-07-01T02:00Z", "2026-08-01T02:00Z", "30 Jun 2026 - 31 Jul 2026"),
    ],
)
def test_a_period_goes_from_its_first_day_to_its_last(
    time_zone: str, start: str, end: str, shown: str
) -> None:
    period = Period(datetime.fromisoformat(start), datetime.fromisoformat(end))
    document = compose(a_record(an_invoice(a_line(period)), time_zone=time_zone))
    assert document.lines[0].detail == shown.replace("-", "\N{EN DASH}")


def test_a_line_says_how_many_at_which_price_for_when_and_whether_for_a_part() -> None:
    [whole, part, none] = compose(
        a_record(an_invoice(a_line(JULY), a_line(JULY, proration=True), a_line()))
    ).lines
    assert (whole.quantity, whole.unit_price, whole.amount) == ("1,200", "$10.00", "$12,000.00")
    assert whole.detail == "1 Jul 2026 \N{EN DASH} 31 Jul 2026"
    assert part.detail == "1 Jul 2026 \N{EN DASH} 31 Jul 2026 · prorated"
    assert none.detail == ""


@pytest.mark.parametrize(
    ("percent", "label"), [("19.0000", "VAT 19%"), ("7.5000", "VAT 7.5%"), ("8.8750", "VAT 8.875%")]
)
def test_a_rate_of_tax_is_exact(percent: str, label: str) -> None:
    invoice = an_invoice(a_line(), tax_name="VAT", tax_percent=Decimal(percent))
    assert compose(a_record(invoice)).sums[1].label == label


def test_a_credit_is_negative_and_nothing_to_pay_is_said_so() -> None:
    free = an_invoice(
        replace(a_line(), amount=Money(10_00)),
        replace(a_line(), unit_price=Money(-10_00), amount=Money(-10_00)),
        status=InvoiceStatus.PAID,
        paid_at=NOON,
    )
    document = compose(a_record(free))
    assert document.lines[1].amount == "-$10.00"
    assert document.headline == "Nothing is to be paid"


def a_payment(status: PaymentStatus, *, refunded: int = 0) -> Payment:
    payment = Payment(
        id=uuid7(),
        status=status,
        amount_cents=20_00,
        refunded_cents=refunded,
        currency="USD",
        opened_at=NOON,
        decided_at=NOON,
    )
    payment.method = PaymentMethod(id=uuid7(), kind=PaymentMethodKind.CARD, label="Visa •••• 4242")
    return payment


@pytest.mark.usefixtures("client")
def test_payments_that_arrived_are_listed_with_what_became_of_them() -> None:
    payments = [
        a_payment(PaymentStatus.FAILED),
        a_payment(PaymentStatus.PENDING),
        a_payment(PaymentStatus.SUCCEEDED),
        a_payment(PaymentStatus.PROCESSING),
        a_payment(PaymentStatus.PARTIALLY_REFUNDED, refunded=5_00),
        a_payment(PaymentStatus.REFUNDED, refunded=20_00),
        a_payment(PaymentStatus.DISPUTED),
    ]
    [section] = compose(replace(a_record(an_invoice(a_line())), payments=payments)).sections
    assert [method for _, method, _ in section.rows] == [
        "Visa •••• 4242",
        "Visa •••• 4242 · on its way",
        "Visa •••• 4242 · $5.00 refunded",
        "Visa •••• 4242 · $20.00 refunded",
        "Visa •••• 4242 · disputed",
    ]


async def test_credit_notes_are_a_section_and_taken_off_what_is_due() -> None:
    notes = [
        CreditNote(number=number, amount_cents=cents, currency="USD", reason=why, issued_at=NOON)
        for number, cents, why in (
            ("BCDFGHJK-CN-0001", 5_00, "Two days without service"),
            ("BCDFGHJK-CN-0002", 1_50, "<b>#panic()</b>"),
        )
    ]
    invoice = an_invoice(a_line(), credited_cents=6_50)
    document = compose(replace(a_record(invoice), credit_notes=notes))
    [section] = document.sections
    assert section.title == "Credit notes"
    assert section.columns == ("Date", "Number", "Reason", "Amount")
    assert section.rows == [
        ("1 Jul 2026", "BCDFGHJK-CN-0001", "Two days without service", "$5.00"),
        ("1 Jul 2026", "BCDFGHJK-CN-0002", "<b>#panic()</b>", "$1.50"),
    ]
    assert [(entry.label, entry.amount) for entry in document.sums[2:4]] == [
        ("Total", "$12,000.00"),
        ("Credited", "-$6.50"),
    ]
    pdfs = PdfRenderer()
    text = text_of_pdf(await pdfs.invoice(document))
    pdfs.close()
    for shown in (text, text_of_page(PageRenderer().invoice(document, pdf_address="x.pdf"))):
        assert "BCDFGHJK-CN-0001 Two days without service $5.00" in shown
        assert "<b>#panic()</b>" in shown
