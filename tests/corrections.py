"""What stories of corrections have in common: operators who correct, and how things stand then."""

from __future__ import annotations

from typing import Any

from models.invoices import Invoice
from models.payments import Payment
from models.subscriptions import PendingChange
from tests import given
from tests.client import Api
from tests.given import Tenant

REFUNDED = """payment { status refunded { amount } }
    creditNote { number amount { amount } reason issuedAt }"""
VOIDED = "invoice { number status amountDue { amount } voidReason }"
INVOICE = """number status total { amount } amountPaid { amount } amountDue { amount }
    payments { status amount { amount } refunded { amount } method { label } }
    creditNotes { number amount { amount } }"""


async def advance(tenant: Tenant, to: str) -> None:
    done = await tenant.api.do("advanceClock", "now", workspaceId=tenant.id, to=to)
    assert done["errors"] == []


async def a_subscriber(operator: Api, *, card: str = "pm_card_visa", **input: Any) -> Tenant:
    """Pay as you go, from 1 April on, for $20 a month."""
    tenant = await given.a_workspace(operator, card=card)
    done = await tenant.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", **input)
    assert done["errors"] == []
    return tenant


async def refund(operator: Api, payment: Payment, **input: Any) -> dict[str, Any]:
    values = {"paymentId": given.id_of(payment), "reason": "Two days without service"} | input
    return await operator.do("refundPayment", REFUNDED, **values)


async def void(operator: Api, invoice: Invoice, **input: Any) -> dict[str, Any]:
    values = {"invoiceId": given.id_of(invoice), "reason": "Billed by mistake"} | input
    return await operator.do("voidInvoice", VOIDED, **values)


async def the_payment(tenant: Tenant) -> Payment:
    return await Payment.get(workspace_id=tenant.key)


async def the_invoice(tenant: Tenant) -> Invoice:
    return await Invoice.get(workspace_id=tenant.key)


async def newest(tenant: Tenant) -> dict[str, Any]:
    """The newest invoice, as its workspace sees it."""
    answer = await tenant.api.ask(
        f"{{ workspace {{ invoices(first: 1) {{ nodes {{ {INVOICE} }} }} }} }}"
    )
    found: dict[str, Any] = answer["workspace"]["invoices"]["nodes"][0]
    return found


async def balance(tenant: Tenant) -> str:
    answer = await tenant.api.ask("{ workspace { unappliedBalance { amount } } }")
    found: str = answer["workspace"]["unappliedBalance"]["amount"]
    return found


async def as_it_stands(tenant: Tenant) -> tuple[str, str, str]:
    """Plan, status, credits."""
    answer = await tenant.api.ask(
        "{ workspace { subscription { status plan { key } } creditBalance { total } } }"
    )
    found = answer["workspace"]
    subscription = found["subscription"]
    return subscription["plan"]["key"], subscription["status"], found["creditBalance"]["total"]


def codes(answer: dict[str, Any]) -> list[str]:
    return [error["code"] for error in answer["errors"]]


def message(answer: dict[str, Any]) -> str:
    [error] = answer["errors"]
    text: str = error["message"]
    return text


async def with_balance(operator: Api, *, card: str = "pm_card_visa", **input: Any) -> Tenant:
    """A free workspace whose bank debit of $20 arrived after its invoice was voided."""
    tenant = await a_subscriber(operator, card="pm_usBankAccount")
    assert (await void(operator, await the_invoice(tenant), **input))["errors"] == []
    assert not await PendingChange.exists(subscription__workspace_id=tenant.key)
    assert await balance(tenant) == "0.00"
    await advance(tenant, "2026-04-05T00:00:00Z")
    assert await as_it_stands(tenant) == ("free", "ACTIVE", "750.000")
    assert await balance(tenant) == "20.00"
    await given.attach(tenant, card)
    return tenant
