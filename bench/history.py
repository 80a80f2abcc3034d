"""What happens to one workspace in twenty months: made up, but as the services would write it.

Invoices, their lines and their totals come from the product's own values; only the rows are
written here, because a service per event would take hours.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import orjson

from bench.tenants import NEVER_YET, NOW, PERIODS, Row, Rows, Tenant
from services.invoices import InvoiceDraft
from services.ledger import ADJUSTED, CONSUMED, EXPIRED, ISSUED, PRIORITY_DEFAULT
from services.periods import Period

ADJUSTED_IN = (4, 8, 12, 16)


def period_rows(tenant: Tenant, index: int) -> Rows:
    """One month: what was billed and paid, what came in and went out."""
    period = tenant.period(index)
    is_last = index == PERIODS - 1
    paid = tenant.has_paid_last or not is_last
    reason = "RENEWAL" if index else "SUBSCRIBE"
    draft = _draft(tenant, period)
    invoice = _invoice(tenant, draft, reason, at=period.start, paid=paid)
    yield "invoice", invoice
    yield from _payments(tenant, invoice, paid=paid)
    if index == 0:
        yield from _signup(tenant)
    if paid:
        yield from _credits_of_period(tenant, invoice, period, is_last=is_last)
    if index in ADJUSTED_IN:
        yield from _adjustment(tenant, period)
    if is_last and tenant.fate == "changing":
        yield from _pending_change(tenant)


def balance_row(tenant: Tenant) -> Row:
    """The stored balance, once everything has happened."""
    return {
        "account_id": tenant.account_id,
        "total_mc": tenant.balance_mc,
        "held_mc": 0,
        "entry_count": tenant.entry_count,
    }


def _draft(tenant: Tenant, period: Period) -> InvoiceDraft:
    lines = tenant.terms.lines(period)
    return InvoiceDraft(lines, tenant.terms.plan.currency, None, period, due_at=period.start)


def _invoice(tenant: Tenant, draft: InvoiceDraft, reason: str, *, at: datetime, paid: bool) -> Row:
    tenant.invoice_count += 1
    total_cents = draft.total.cents
    return {
        "id": tenant.new_id(at),
        "created_at": at,
        "workspace_id": tenant.id,
        "subscription_id": tenant.subscription_id,
        "sequence": tenant.invoice_count,
        "number": f"B{tenant.number:06d}-{tenant.invoice_count:04d}",
        "status": "PAID" if paid else "OPEN",
        "reason": reason,
        "period_start": draft.period.start if draft.period else None,
        "period_end": draft.period.end if draft.period else None,
        "currency": draft.currency,
        "lines": orjson.dumps([line.to_json() for line in draft.lines]).decode(),
        "buyer": orjson.dumps({"name": f"Company {tenant.number}"}).decode(),
        "tax_percent": 0,
        "subtotal_cents": draft.subtotal.cents,
        "tax_cents": 0,
        "total_cents": total_cents,
        "amount_paid_cents": total_cents if paid else 0,
        "issued_at": at,
        "due_at": draft.due_at,
        "paid_at": at if paid else None,
    }


def _payments(tenant: Tenant, invoice: Row, *, paid: bool) -> Rows:
    """One that settled, now and then after one that failed; or what the trouble is."""
    if tenant.fate == "declined" and not paid:
        for day in (0, 1, 3):
            yield "payment", _payment(tenant, invoice, "FAILED", days_later=day)
    elif not paid:
        yield "payment", _payment(tenant, invoice, "REQUIRES_ACTION")
    else:
        if tenant.chance.random() < 0.15:
            yield "payment", _payment(tenant, invoice, "FAILED")
        yield "payment", _payment(tenant, invoice, "SUCCEEDED")


def _payment(tenant: Tenant, invoice: Row, status: str, *, days_later: int = 0) -> Row:
    issued_at = invoice["issued_at"]
    assert isinstance(issued_at, datetime)
    at = issued_at + timedelta(days=days_later)
    undecided = status in ("REQUIRES_ACTION", "PROCESSING")
    asks = status == "REQUIRES_ACTION"
    return {
        "id": tenant.new_id(at + timedelta(seconds=30 if status == "SUCCEEDED" else 1)),
        "created_at": NEVER_YET if undecided else at,
        "workspace_id": tenant.id,
        "invoice_id": invoice["id"],
        "method_id": tenant.chance.choice(tenant.method_ids),
        "status": status,
        "amount_cents": invoice["total_cents"],
        "refunded_cents": 0,
        "currency": invoice["currency"],
        "decline_code": "card_declined" if status == "FAILED" else None,
        "action_client_secret": "secret" if asks else None,
        "action_redirect_url": f"https://pay.test/{tenant.number}" if asks else None,
        "opened_at": at,
        "decided_at": None if undecided else at,
    }


def _signup(tenant: Tenant) -> Rows:
    at = tenant.anchor - timedelta(days=1)
    spent_mc = tenant.chance.randint(1, 700) * 1000
    lot = _lot(tenant, "SIGNUP", 750_000, 750_000 - spent_mc, at)
    yield "credit_lot", lot
    yield _transfer(tenant, lot, ISSUED, 750_000, "GRANT", "Sign-up credits", at)
    at += timedelta(hours=3)
    yield _transfer(tenant, lot, CONSUMED, -spent_mc, "USAGE", "Text agents", at)


def _credits_of_period(tenant: Tenant, invoice: Row, period: Period, *, is_last: bool) -> Rows:
    """What the plan grants, what of it is used, and what expires with the period."""
    plan = tenant.terms.plan
    granted_mc = plan.included_credits_mc
    used_mc = tenant.chance.randint(1, granted_mc - 1)
    lot = _lot(tenant, "PLAN", granted_mc, granted_mc - used_mc if is_last else 0, period.start)
    lot |= {
        "expires_at": period.end,
        "invoice_id": invoice["id"],
        "subscription_id": tenant.subscription_id,
        "plan_id": plan.id,
        "period_start": period.start,
    }
    yield "credit_lot", lot
    why = f"Included in {plan.name}"
    yield _transfer(tenant, lot, ISSUED, granted_mc, "GRANT", why, period.start)
    used_at = period.start + (min(period.end, NOW) - period.start) // 2
    used_at = used_at.replace(microsecond=0)
    yield _transfer(tenant, lot, CONSUMED, -used_mc, "USAGE", "Voice agents", used_at)
    if not is_last:
        left_mc = granted_mc - used_mc
        yield _transfer(tenant, lot, EXPIRED, -left_mc, "EXPIRY", "Credits expired", period.end)


def _adjustment(tenant: Tenant, period: Period) -> Rows:
    at = period.end
    credits_mc = tenant.chance.randint(50, 500) * 1000
    lot = _lot(tenant, "ADJUSTMENT", credits_mc, credits_mc, at)
    lot["note"] = "Sorry for the trouble"
    yield "credit_lot", lot
    yield _transfer(tenant, lot, ADJUSTED, credits_mc, "ADJUSTMENT", "Sorry for the trouble", at)


def _lot(tenant: Tenant, source: str, granted_mc: int, remaining_mc: int, at: datetime) -> Row:
    return {
        "id": tenant.new_id(at),
        "created_at": at,
        "account_id": tenant.account_id,
        "source": source,
        "priority": PRIORITY_DEFAULT,
        "granted_mc": granted_mc,
        "remaining_mc": remaining_mc,
        "granted_at": at,
        "expires_at": None,
        "note": None,
        "invoice_id": None,
        "subscription_id": None,
        "plan_id": None,
        "period_start": None,
    }


def _transfer(
    tenant: Tenant, lot: Row, house: UUID, change_mc: int, kind: str, why: str, at: datetime
) -> tuple[str, Row]:
    """Credits that come from the house (positive) or go to it."""
    tenant.balance_mc += change_mc
    tenant.entry_count += 1
    came_in = change_mc > 0
    return "credit_transfer", {
        "id": tenant.new_id(at),
        "created_at": at,
        "source_id": house if came_in else tenant.account_id,
        "target_id": tenant.account_id if came_in else house,
        "holder_id": tenant.account_id,
        "sequence": tenant.entry_count,
        "lot_id": lot["id"],
        "amount_mc": abs(change_mc),
        "balance_after_mc": tenant.balance_mc,
        "kind": kind,
        "description": why,
        "occurred_at": at,
    }


def _pending_change(tenant: Tenant) -> Rows:
    """A change that waits for a bank debit."""
    start = NOW - timedelta(hours=6)
    draft = InvoiceDraft(tenant.terms.lines(tenant.period(PERIODS))[:1], "USD", None, None, start)
    invoice = _invoice(tenant, draft, "CHANGE", at=start, paid=False)
    yield "invoice", invoice
    yield "payment", _payment(tenant, invoice, "PROCESSING")
    wanted = [
        {"add_on_id": str(holding.add_on.id), "quantity": holding.quantity + 1}
        for holding in tenant.terms.holdings
    ]
    yield (
        "pending_change",
        {
            "id": tenant.new_id(start),
            "created_at": start,
            "subscription_id": tenant.subscription_id,
            "plan_id": tenant.terms.plan.id,
            "add_ons": orjson.dumps(wanted).decode(),
            "auto_billing": True,
            "invoice_id": invoice["id"],
            "effective_at": start + timedelta(days=4),
        },
    )
