"""An invoice as people read it: every word and number of its page and its PDF, in their order.

What is shown follows from what is stored, and from nothing else: the same state of an invoice is
the same document, to the byte. So nothing here looks at a clock, and what an invoice says of its
parties is what was frozen into it when it was issued.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_currency_name

from models.invoices import Invoice, InvoiceStatus
from models.money import Money
from models.payments import ARRIVED, Payment, PaymentStatus
from models.refunds import CreditNote
from models.sellers import Seller
from models.workspaces import Workspace
from services import balances, sellers
from services.countries import country_name
from services.invoice_document_values import (
    Fact,
    InvoiceDocument,
    Party,
    Section,
    ShownLine,
    Sum,
)
from services.invoices import Line, lines_of
from services.periods import Period

LOCALE = "en_US"
MOMENT = timedelta(microseconds=1)
# Where the city is written before the postal code; elsewhere it is the other way round.
CITY_FIRST = frozenset(["AU", "CA", "GB", "IE", "IN", "NZ", "SG", "US", "ZA"])
ON_ITS_WAY = (PaymentStatus.PROCESSING,)
FROM_BALANCE = "Unapplied balance"
CARRIED_OVER = "Carried over"


@dataclass(frozen=True, slots=True)
class Record:
    """What a document is made from."""

    invoice: Invoice
    seller: Seller
    time_zone: ZoneInfo
    payments: Sequence[Payment]
    credit_notes: Sequence[CreditNote]
    # payments that came too late for this invoice
    kept: Set[UUID] = frozenset()

    def day(self, instant: datetime) -> str:
        return _day(instant.astimezone(self.time_zone).date())

    def span(self, period: Period) -> str:
        """The first and the last day that the period touches."""
        return f"{self.day(period.start)} \N{EN DASH} {self.day(period.end - MOMENT)}"


async def document_of(invoice: Invoice) -> InvoiceDocument:
    """What `invoice` says now."""
    payments = await Payment.filter(invoice_id=invoice.id).select_related("method").order_by("id")
    return compose(
        Record(
            invoice=invoice,
            seller=await _seller_of(invoice),
            time_zone=await _time_zone_of(invoice),
            payments=payments,
            credit_notes=await CreditNote.filter(invoice_id=invoice.id).order_by("id"),
            kept=await balances.received_of(payments),
        )
    )


def compose(record: Record) -> InvoiceDocument:
    invoice = record.invoice
    return InvoiceDocument(
        number=invoice.number,
        status=invoice.status.lower(),
        headline=_headline(record),
        issued_on=invoice.issued_at.astimezone(record.time_zone).date(),
        seller=_shown_seller(record.seller),
        buyer=_shown_buyer(invoice.buyer),
        facts=_facts(record),
        lines=[_shown_line(record, line) for line in lines_of(invoice)],
        sums=_sums(record),
        sections=[
            section for section in (_payments(record), _credit_notes(record)) if section.rows
        ],
        small_print=(
            f"All amounts are in {get_currency_name(invoice.currency, count=2, locale=LOCALE)} "
            f"({invoice.currency}). Dates follow the calendar of {record.time_zone.key}."
        ),
    )


async def _seller_of(invoice: Invoice) -> Seller:
    if invoice.seller is None:  # issued before this was kept
        return await sellers.current()
    return Seller.from_json(invoice.seller)


async def _time_zone_of(invoice: Invoice) -> ZoneInfo:
    kept: str | None = invoice.buyer.get("time_zone")
    return ZoneInfo(kept or (await Workspace.get(id=invoice.workspace_id)).time_zone)


def _headline(record: Record) -> str:
    invoice = record.invoice
    match invoice.status:
        case InvoiceStatus.VOID:
            assert invoice.voided_at is not None
            return f"Void since {record.day(invoice.voided_at)}: nothing is to be paid"
        case InvoiceStatus.PAID if invoice.total.cents == 0:
            return "Nothing is to be paid"
        case InvoiceStatus.PAID:
            assert invoice.paid_at is not None
            return f"{_money(invoice.total)} paid on {record.day(invoice.paid_at)}"
        case _:
            return f"{_money(invoice.amount_due)} due by {record.day(invoice.due_at)}"


def _facts(record: Record) -> list[Fact]:
    invoice = record.invoice
    facts = [
        Fact("Invoice number", invoice.number),
        Fact("Date of issue", record.day(invoice.issued_at)),
        Fact("Due date", record.day(invoice.due_at)),
    ]
    if invoice.period_start and invoice.period_end:
        period = Period(invoice.period_start, invoice.period_end)
        facts.append(Fact("Billing period", record.span(period)))
    return facts


def _shown_seller(seller: Seller) -> Party:
    return Party(seller.name, list(seller.address), seller.tax_id, seller.email)


def _shown_buyer(buyer: Mapping[str, str]) -> Party:
    """The company before the person, if there is one."""
    name, company = buyer["name"], buyer.get("company")
    lines = [
        name if company and company != name else None,
        buyer.get("line1"),
        buyer.get("line2"),
        *_places(buyer),
        country_name(buyer["country"]) if "country" in buyer else None,
    ]
    return Party(
        company or name, [line for line in lines if line], buyer.get("tax_id"), buyer.get("email")
    )


def _places(buyer: Mapping[str, str]) -> list[str]:
    """City, region and postal code, as letters to that country are addressed."""
    city, region, code = (buyer.get(name, "") for name in ("city", "region", "postal_code"))
    if buyer.get("country") in CITY_FIRST:
        return [" ".join(filter(None, [", ".join(filter(None, [city, region])), code]))]
    return [" ".join(filter(None, [code, city])), region]


def _shown_line(record: Record, line: Line) -> ShownLine:
    details = [
        record.span(line.period) if line.period else "",
        "prorated" if line.proration else "",
    ]
    return ShownLine(
        description=line.description,
        detail=" · ".join(filter(None, details)),
        quantity=format_decimal(line.quantity, locale=LOCALE),
        unit_price=_money(line.unit_price),
        amount=_money(line.amount),
    )


def _sums(record: Record) -> list[Sum]:
    invoice, seller = record.invoice, record.seller
    percent = format_decimal(invoice.tax_percent, locale=LOCALE, decimal_quantization=False)
    sums = [
        Sum("Subtotal", _money(invoice.subtotal)),
        Sum(
            f"{invoice.tax_name or 'Tax'} {percent}%",
            _money(invoice.tax),
            note=f"Tax ID {seller.tax_id}" if seller.tax_id and invoice.tax_name else "",
        ),
        Sum("Total", _money(invoice.total), is_main=True),
    ]
    for label, cents in (
        ("Credited", invoice.credited_cents),
        ("Paid" if invoice.amount_paid_cents > 0 else CARRIED_OVER, invoice.amount_paid_cents),
    ):
        if cents:
            sums.append(Sum(label, _money(Money(-cents, invoice.currency))))
    return [*sums, Sum("Amount due", _money(invoice.amount_due), is_main=True)]


def _payments(record: Record) -> Section:
    """Money that has arrived or is on its way. A try that failed is no part of an invoice."""
    rows = [
        (
            record.day(payment.decided_at or payment.opened_at),
            " · ".join(filter(None, [_paid_with(payment), _remark(record, payment)])),
            _money(payment.amount),
        )
        for payment in record.payments
        if payment.status in ARRIVED + ON_ITS_WAY
    ]
    return Section("Payments", ("Date", "Method", "Amount"), rows)


def _paid_with(payment: Payment) -> str:
    if payment.method:
        return payment.method.label
    # what is collected besides, because it was too little before (docs/decisions/0019)
    return FROM_BALANCE if payment.amount_cents > 0 else CARRIED_OVER


def _remark(record: Record, payment: Payment) -> str:
    if payment.status in ON_ITS_WAY:
        return "on its way"
    if payment.status is PaymentStatus.DISPUTED:
        return "disputed"
    if payment.refunded_cents:
        return f"{_money(payment.refunded)} refunded"
    return "kept for later invoices" if payment.id in record.kept else ""


def _credit_notes(record: Record) -> Section:
    rows = [
        (record.day(note.issued_at), note.number, note.reason, _money(note.amount))
        for note in record.credit_notes
    ]
    return Section("Credit notes", ("Date", "Number", "Reason", "Amount"), rows)


def _money(amount: Money) -> str:
    return format_currency(amount.amount, amount.currency, locale=LOCALE)


def _day(day: date) -> str:
    return format_date(day, format="d MMM y", locale=LOCALE)
