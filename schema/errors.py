"""The face of each refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from models.catalog import Resource
from models.money import Credits
from resolvers import invoices, payments, seats
from resolvers.answers import Shown
from schema.base import field
from services import errors
from services.errors import UserErrorCode

strawberry.enum(UserErrorCode)
if TYPE_CHECKING:
    from schema.catalog import AddOn
    from schema.invoices import Invoice
    from schema.payments import PaymentAction

LazyAddOn = Annotated["AddOn", strawberry.lazy("schema.catalog")]
LazyInvoice = Annotated["Invoice", strawberry.lazy("schema.invoices")]
LazyPaymentAction = Annotated["PaymentAction", strawberry.lazy("schema.payments")]

# Refusals that say more than code and message; every other one is a BasicError.
TELLING = (
    errors.OutstandingInvoices,
    errors.CapacityExceeded,
    errors.CapacityInUse,
    errors.PaymentDeclined,
    errors.RefundDeclined,
    errors.PaymentActionRequired,
    errors.InsufficientCredits,
)


def _shows(*refusals: type[errors.BillingError]) -> Any:
    def is_type_of(_: type, value: object, __: object) -> bool:
        return isinstance(value, Shown) and isinstance(value.refusal, refusals)

    return classmethod(is_type_of)


@strawberry.interface
class UserError:
    """Why billing said no, and what to do."""

    code: UserErrorCode
    message: str
    path: list[str]


@strawberry.type
class BasicError(UserError):
    """The plain refusal: everything is in code and message."""

    @classmethod
    def is_type_of(cls, value: object, _: object) -> bool:
        return isinstance(value, Shown) and not isinstance(value.refusal, TELLING)


@strawberry.type
class OutstandingInvoiceError(UserError):
    """Invoices that must be paid first."""

    is_type_of = _shows(errors.OutstandingInvoices)
    invoices: list[LazyInvoice] = field(invoices.outstanding, list[LazyInvoice])


@strawberry.type
class CapacityError(UserError):
    """There is no room, or less would be left than is in use."""

    is_type_of = _shows(errors.CapacityExceeded, errors.CapacityInUse)
    resource: Resource
    limit: int | None
    used: int
    requested: int = field(seats.requested, int)
    add_on: LazyAddOn | None = field(seats.helping_add_on, LazyAddOn | None)


@strawberry.type
class PaymentDeclinedError(UserError):
    """The bank or the provider refused."""

    is_type_of = _shows(errors.PaymentDeclined, errors.RefundDeclined)
    decline_code: str | None
    invoice: LazyInvoice | None = field(invoices.invoice_of_refusal, LazyInvoice | None)


@strawberry.type
class PaymentActionError(UserError):
    """The payer must confirm the payment."""

    is_type_of = _shows(errors.PaymentActionRequired)
    action: LazyPaymentAction = field(payments.action_of_refusal, LazyPaymentAction)
    invoice: LazyInvoice | None = field(invoices.invoice_of_refusal, LazyInvoice | None)


@strawberry.type
class InsufficientCreditsError(UserError):
    """More credits were wanted than there are."""

    is_type_of = _shows(errors.InsufficientCredits)
    available: Credits
    required: Credits


ERROR_TYPES = (
    BasicError,
    OutstandingInvoiceError,
    CapacityError,
    PaymentDeclinedError,
    PaymentActionError,
    InsufficientCreditsError,
)
