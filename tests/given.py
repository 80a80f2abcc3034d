"""What stories begin with: a workspace, a card, a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

from tortoise.transactions import in_transaction

from models.base import Entity
from models.credits import CreditLot
from models.invoices import Invoice, InvoiceReason
from models.money import Money
from models.payments import Payment, PaymentMethod
from models.subscriptions import Subscription
from models.workspaces import Workspace
from resolvers.nodes import global_id, parse_global_id
from services import invoices, payments
from services.invoices import InvoiceDraft, Line
from services.locks import locked_subscription
from services.payment_attempts import open_payment
from services.periods import period_of
from tests.client import Api
from tests.provider import PROVIDER

FIRST_OF_APRIL = "2026-04-01T00:00:00Z"
NO_TIME = timedelta(0)
# a sold number is gone for everybody: of these each is given once, and none is offered unasked
_NUMBERS = (
    f"+1{area}5550{line}"
    for line, area in product(range(100, 198), (702, 703, 704, 706, 707, 708, 712, 714, 715, 716))
)
_OWN_NUMBERS = (f"+336123{number:05}" for number in range(100_000))


def instant(text: str) -> datetime:
    """An instant as the API writes it."""
    return datetime.fromisoformat(text).astimezone(UTC)


@dataclass(frozen=True)
class Tenant:
    """A workspace and a caller with its key."""

    id: str
    api: Api

    @property
    def key(self) -> Any:
        """The workspace's primary key, for services and models."""
        parsed = parse_global_id(self.id)
        assert parsed is not None
        return parsed[1]


async def a_workspace(
    operator: Api, *, card: str | None = None, clock: str | None = FIRST_OF_APRIL, **input: Any
) -> Tenant:
    """A free workspace, on a clock of its own unless `clock` is None, with a card or none."""
    made = await operator.do(
        "createWorkspace",
        "workspace { id } apiKey",
        **{"name": "Acme", "email": "owner@acme.test", "startClockAt": clock} | input,
    )
    assert made["errors"] == []
    tenant = Tenant(made["workspace"]["id"], operator.with_key(made["apiKey"]))
    if card:
        await attach(tenant, card)
    return tenant


async def attach(tenant: Tenant, token: str, **input: Any) -> str:
    """A payment method of the tenant; its id."""
    attached = await tenant.api.do(
        "attachPaymentMethod", "paymentMethod { id }", token=token, **input
    )
    assert attached["errors"] == []
    id: str = attached["paymentMethod"]["id"]
    return id


def a_key() -> str:
    """An idempotency key that nobody has used."""
    return f"test-{uuid4()}"


async def time_passes(tenant: Tenant, *, until: str) -> None:
    """The workspace's clock moves on, and what the provider knows by then is asked for."""
    await Workspace.filter(id=tenant.key).update(clock_at=instant(until))
    await payments.repair(PROVIDER, older_than=timedelta(0))


async def an_open_invoice(tenant: Tenant, *, cents: int) -> Invoice:
    """An invoice made by hand, due at once, of one line."""
    workspace = await Workspace.get(id=tenant.key)
    amount = Money(cents)
    draft = InvoiceDraft(
        [Line("Setting up", 1, amount, amount)], "USD", None, None, due_at=workspace.now
    )
    async with in_transaction():
        await locked_subscription(tenant.key)
        return await invoices.issue(
            workspace,
            draft,
            reason=InvoiceReason.MANUAL,
            subscription_id=None,
            now=workspace.now,
        )


async def a_payment_under_way(invoice: Invoice) -> Payment:
    """A payment of the invoice by the default method, as its request leaves it to the provider."""
    method = await PaymentMethod.get(workspace_id=invoice.workspace_id, is_default=True)
    async with in_transaction():
        await locked_subscription(invoice.workspace_id)
        return await open_payment(invoice, method, now=invoice.issued_at)


async def comes_too_late(invoice: Invoice) -> Payment:
    """The invoice is called off while its payment is under way; then the money arrives."""
    payment = await a_payment_under_way(invoice)
    await payment.fetch_related("method")
    await PROVIDER.charge(payments.charge_of(payment))
    await called_off(invoice)
    return await payments.collect(payment.id, PROVIDER)


async def called_off(invoice: Invoice) -> None:
    """The invoice is void, whatever is under way."""
    async with in_transaction():
        subscription = await locked_subscription(invoice.workspace_id)
        workspace = subscription.workspace
        await invoices.void(await Invoice.get(id=invoice.id), workspace, now=workspace.now)


def id_of(row: Entity) -> str:
    """The id under which the API knows a row."""
    return global_id(row)


async def payer_confirms(payment: Payment, *, approved: bool = True) -> None:
    """The payer answers the provider's question; we have not heard of it yet."""
    await PROVIDER.payer_answers(payment, approved=approved)


async def lies_back(tenant: Tenant, *, months: int) -> None:
    """A real-time subscription began so many months and an hour ago, and nobody renewed it."""
    subscription = await Subscription.get(workspace_id=tenant.key)
    assert subscription.anchor is not None
    whole_months = period_of(subscription.anchor, -months, "UTC").start
    anchor = whole_months - timedelta(hours=1)
    period = period_of(anchor, 0, "UTC")
    subscription.anchor, subscription.period_start = anchor, period.start
    subscription.period_end = subscription.due_at = period.end
    await subscription.save()
    await CreditLot.filter(account__workspace_id=tenant.key, source="PLAN").update(
        expires_at=period.end, period_start=period.start
    )
    # an issued invoice never changes, but for those who write the past
    async with in_transaction() as transaction:
        await transaction.execute_query("ALTER TABLE invoice DISABLE TRIGGER USER")
        await Invoice.filter(workspace_id=tenant.key).update(
            period_start=period.start, period_end=period.end
        )
        await transaction.execute_query("ALTER TABLE invoice ENABLE TRIGGER USER")


def a_number() -> str:
    """A phone number that the sandbox carrier sells and no other test has."""
    return next(_NUMBERS)


def an_own_number() -> str:
    """A French phone number that can be imported, and that no other test has."""
    return next(_OWN_NUMBERS)


async def a_workspace_with_slots(operator: Api, slots: int = 1, **input: Any) -> Tenant:
    """A workspace on pay as you go, with room for so many phone numbers ($3 each)."""
    tenant = await a_workspace(operator, card="pm_card_visa", **input)
    add_ons = [{"addOn": "phone-number", "quantity": slots}]
    done = await tenant.api.do("subscribe", "invoice { id }", plan="pay-as-you-go", addOns=add_ons)
    assert done["errors"] == []
    return tenant


async def a_bought_number(
    tenant: Tenant, number: str | None = None, **input: Any
) -> dict[str, Any]:
    """A phone number of the tenant's."""
    bought = await tenant.api.do(
        "buyPhoneNumber", "phoneNumber { id number }", number=number or a_number(), **input
    )
    assert bought["errors"] == []
    found: dict[str, Any] = bought["phoneNumber"]
    return found
