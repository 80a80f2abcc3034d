"""Payment methods and payments as clients see them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

import models.payments
from models.disputes import DisputeStatus
from models.payments import PaymentMethodKind, PaymentStatus
from resolvers import disputes, invoices, payments
from schema.base import Money, Node, field, shows
from schema.errors import UserError
from schema.mutation import mutation, payload

if TYPE_CHECKING:
    from schema.invoices import Invoice
    from schema.workspaces import Workspace

LazyWorkspace = Annotated["Workspace", strawberry.lazy("schema.workspaces")]
LazyInvoice = Annotated["Invoice", strawberry.lazy("schema.invoices")]
strawberry.enum(PaymentMethodKind)
strawberry.enum(PaymentStatus)
strawberry.enum(DisputeStatus)


@strawberry.type
class PaymentMethod(Node):
    """Something that can be charged."""

    is_type_of = shows(models.payments.PaymentMethod)
    kind: PaymentMethodKind
    label: str
    brand: str | None
    last4: str | None = strawberry.field(name="last4")
    expires_month: int | None
    expires_year: int | None
    is_default: bool
    is_expired: bool = field(payments.is_expired, bool)


@strawberry.type
class PaymentAction:
    """What the payer must do, e.g. confirm 3-D Secure in the browser."""

    client_secret: str | None
    redirect_url: str | None


@strawberry.type
class Dispute:
    """A payer has asked their bank to take a payment back."""

    status: DisputeStatus
    amount: Money
    reason: str
    due_by: datetime | None
    opened_at: datetime


@strawberry.type
class Payment(Node):
    """One try to collect an invoice."""

    is_type_of = shows(models.payments.Payment)
    status: PaymentStatus
    amount: Money
    refunded: Money
    created_at: datetime = strawberry.field(
        resolver=lambda root: root.opened_at, graphql_type=datetime
    )
    method: PaymentMethod | None = field(payments.method, PaymentMethod | None)
    decline_code: str | None
    action: PaymentAction | None = field(payments.action, PaymentAction | None)
    dispute: Dispute | None = field(disputes.of_payment, Dispute | None)


@strawberry.type
class PaymentSetup:
    """What a frontend needs to collect a method with the provider's own form."""

    provider: str
    publishable_key: str | None
    client_secret: str


@strawberry.input
class SetUpPaymentMethodInput:
    workspace_id: strawberry.ID | None = None
    kinds: list[PaymentMethodKind] = strawberry.field(
        default_factory=lambda: [
            PaymentMethodKind.CARD,
            PaymentMethodKind.CASHAPP,
            PaymentMethodKind.US_BANK_ACCOUNT,
        ]
    )


@payload
class SetUpPaymentMethodPayload:
    setup: PaymentSetup | None
    errors: list[UserError]


@strawberry.input
class AttachPaymentMethodInput:
    token: str
    workspace_id: strawberry.ID | None = None
    make_default: bool = True


@payload
class AttachPaymentMethodPayload:
    payment_method: PaymentMethod | None
    errors: list[UserError]


@strawberry.input
class SetDefaultPaymentMethodInput:
    payment_method_id: strawberry.ID


@payload
class SetDefaultPaymentMethodPayload:
    payment_method: PaymentMethod | None
    errors: list[UserError]


@strawberry.input
class DetachPaymentMethodInput:
    payment_method_id: strawberry.ID


@payload
class DetachPaymentMethodPayload:
    workspace: LazyWorkspace | None
    errors: list[UserError]


@strawberry.input
class PayInvoiceInput:
    invoice_id: strawberry.ID
    payment_method_id: strawberry.ID | None = None
    idempotency_key: str | None = None


@payload
class PayInvoicePayload:
    invoice: LazyInvoice | None
    payment: Payment | None
    errors: list[UserError]


@strawberry.input
class SimulateDisputeInput:
    payment_id: strawberry.ID
    status: DisputeStatus = DisputeStatus.NEEDS_RESPONSE
    amount: Decimal | None = None


@payload
class SimulateDisputePayload:
    payment: Payment | None
    errors: list[UserError]


@strawberry.type
class PaymentMutations:
    set_up_payment_method = mutation(
        payments.set_up_payment_method, SetUpPaymentMethodInput, SetUpPaymentMethodPayload
    )
    attach_payment_method = mutation(
        payments.attach_payment_method, AttachPaymentMethodInput, AttachPaymentMethodPayload
    )
    set_default_payment_method = mutation(
        payments.set_default_payment_method,
        SetDefaultPaymentMethodInput,
        SetDefaultPaymentMethodPayload,
    )
    detach_payment_method = mutation(
        payments.detach_payment_method, DetachPaymentMethodInput, DetachPaymentMethodPayload
    )
    pay_invoice = mutation(invoices.pay_invoice, PayInvoiceInput, PayInvoicePayload)
    simulate_dispute = mutation(
        disputes.simulate_dispute, SimulateDisputeInput, SimulateDisputePayload
    )
