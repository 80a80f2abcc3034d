"""Every way billing can say no.

A refusal is a value in this closed list; everything else that is raised is a bug.

    BillingError
    ├── InvalidInput              a value that can never be right
    ├── NotFound                  no such thing, or another tenant's
    ├── Forbidden                 this key may not do that
    ├── NoChange                  it is so already
    ├── IdempotencyConflict       the key was used for another request
    ├── EventConflict             the event's id was used for another event
    ├── CallConflict              the call's id was used for another call, or it has ended otherwise
    ├── OutstandingInvoices       pay (or void) these first
    ├── ChangePending             another change waits for its money
    ├── PlanNotSelfServe          ask an operator for a contract
    ├── PlanRequired              needs a plan that allows it
    ├── PaymentMethodRequired     nothing usable to charge
    ├── PaymentMethodInUse        auto-billing needs it
    ├── PaymentDeclined           the bank said no
    ├── PaymentActionRequired     the payer must confirm
    ├── PaymentUnavailable        the provider did not answer; the outcome will be found out
    ├── PaymentInProgress         a payment of this invoice is under way
    ├── RefundInProgress          a refund of this payment is under way
    ├── RefundTooLarge            more than is left of the payment
    ├── RefundDeclined            the bank would not take the money back
    ├── RenewalDue                the period is over, its renewal is about to come
    ├── InsufficientCredits       more credits than there are
    ├── SpendCapReached           auto-recharge may charge no more in this period
    ├── CapacityExceeded          no room for more
    ├── CapacityInUse             less is wanted than is in use
    ├── NumberUnavailable         somebody has it, or the carrier does not sell it
    ├── NumberInProgress          this very number is being bought
    ├── CarrierSilent             the carrier did not answer; the outcome will be found out
    ├── InvoiceNotPayable         void, paid, or nothing due
    └── InvoiceNotVoidable        paid: give the money back instead
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from models.catalog import Resource
from models.money import Credits, Money


class UserErrorCode(StrEnum):
    """What went wrong, for programs."""

    INVALID_INPUT = "INVALID_INPUT"
    NOT_FOUND = "NOT_FOUND"
    FORBIDDEN = "FORBIDDEN"
    NO_CHANGE = "NO_CHANGE"
    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    IN_PROGRESS = "IN_PROGRESS"
    OUTSTANDING_INVOICE = "OUTSTANDING_INVOICE"
    PENDING_CHANGE = "PENDING_CHANGE"
    PLAN_NOT_SELF_SERVE = "PLAN_NOT_SELF_SERVE"
    PLAN_REQUIRED = "PLAN_REQUIRED"
    QUOTE_EXPIRED = "QUOTE_EXPIRED"
    CAPACITY_EXCEEDED = "CAPACITY_EXCEEDED"
    CAPACITY_IN_USE = "CAPACITY_IN_USE"
    PAYMENT_METHOD_REQUIRED = "PAYMENT_METHOD_REQUIRED"
    PAYMENT_METHOD_IN_USE = "PAYMENT_METHOD_IN_USE"
    PAYMENT_DECLINED = "PAYMENT_DECLINED"
    PAYMENT_ACTION_REQUIRED = "PAYMENT_ACTION_REQUIRED"
    PAYMENT_UNAVAILABLE = "PAYMENT_UNAVAILABLE"
    INSUFFICIENT_CREDITS = "INSUFFICIENT_CREDITS"
    SPEND_CAP_REACHED = "SPEND_CAP_REACHED"
    INVOICE_NOT_PAYABLE = "INVOICE_NOT_PAYABLE"
    REFUND_TOO_LARGE = "REFUND_TOO_LARGE"
    NUMBER_UNAVAILABLE = "NUMBER_UNAVAILABLE"
    CARRIER_UNAVAILABLE = "CARRIER_UNAVAILABLE"
    CONNECT_REQUIRED = "CONNECT_REQUIRED"
    PAYOUTS_DISABLED = "PAYOUTS_DISABLED"


@dataclass(eq=False)
class BillingError(Exception):
    """A refusal: what was wrong, with which value, what to do. Changes nothing."""

    code: ClassVar[UserErrorCode]
    # path into the input, e.g. ("addOns", "0", "quantity"); empty when no one field is at fault
    path: Sequence[str] = field(default=(), kw_only=True)

    @property
    def message(self) -> str:
        return str(self)


class Refused(Exception):
    """Several refusals of one command at once, in the order in which they should be read."""

    def __init__(self, errors: Sequence[BillingError]) -> None:
        assert errors, "a refusal says why"
        super().__init__("; ".join(error.message for error in errors))
        self.errors = list(errors)


@dataclass(eq=False)
class InvalidInput(BillingError):
    """A value that can never be right, whatever the state of the workspace."""

    code = UserErrorCode.INVALID_INPUT
    problem: str

    def __str__(self) -> str:
        return self.problem


@dataclass(eq=False)
class NotFound(BillingError):
    """No such object for this caller: unknown, or another tenant's."""

    code = UserErrorCode.NOT_FOUND
    what: str

    def __str__(self) -> str:
        return f"{self.what} was not found."


@dataclass(eq=False)
class Forbidden(BillingError):
    """The key is good, but not for this."""

    code = UserErrorCode.FORBIDDEN
    problem: str

    def __str__(self) -> str:
        return self.problem


@dataclass(eq=False)
class NoChange(BillingError):
    """The wanted state is the present one (R37)."""

    code = UserErrorCode.NO_CHANGE
    problem: str

    def __str__(self) -> str:
        return self.problem


@dataclass(eq=False)
class IdempotencyConflict(BillingError):
    """The idempotency key belongs to another request (R19)."""

    code = UserErrorCode.IDEMPOTENCY_CONFLICT
    path: Sequence[str] = field(default=("idempotencyKey",), kw_only=True)
    key: str

    def __str__(self) -> str:
        return (
            f"The idempotency key '{self.key}' was used before with another input. "
            "Use a new key for a new request."
        )


@dataclass(eq=False)
class EventConflict(BillingError):
    """The id belongs to another usage event of this workspace (R19)."""

    code = UserErrorCode.IDEMPOTENCY_CONFLICT
    path: Sequence[str] = field(default=("eventId",), kw_only=True)
    event_id: str

    def __str__(self) -> str:
        return (
            f"The event id '{self.event_id}' was used before with another content. "
            "Give a new event an id of its own."
        )


@dataclass(eq=False)
class CallConflict(BillingError):
    """The id belongs to a call that was begun, or has ended, in another way (R19)."""

    code = UserErrorCode.IDEMPOTENCY_CONFLICT
    path: Sequence[str] = field(default=("callId",), kw_only=True)
    call_id: str
    was: str

    def __str__(self) -> str:
        return f"The call '{self.call_id}' {self.was}. Give a new call an id of its own."


@dataclass(eq=False)
class OutstandingInvoices(BillingError):
    """Open invoices with something due block plan changes (R33)."""

    code = UserErrorCode.OUTSTANDING_INVOICE
    invoice_ids: list[UUID]
    totals: list[str]

    def __str__(self) -> str:
        return f"Pay what is outstanding first: {', '.join(self.totals)}."


@dataclass(eq=False)
class ChangePending(BillingError):
    """One change at a time: an earlier one still waits for its money (R34)."""

    code = UserErrorCode.PENDING_CHANGE
    invoice_number: str

    def __str__(self) -> str:
        return (
            f"An earlier change waits for the payment of invoice {self.invoice_number}; "
            "wait until it is decided. As long as it waits for its payer, payInvoice can pay it by "
            "another method."
        )


@dataclass(eq=False)
class PlanNotSelfServe(BillingError):
    """Only an operator can put a workspace on this plan (R40)."""

    code = UserErrorCode.PLAN_NOT_SELF_SERVE
    path: Sequence[str] = field(default=("plan",), kw_only=True)
    plan: str

    def __str__(self) -> str:
        return f"The plan '{self.plan}' is agreed by contract. Ask us for an offer."


@dataclass(eq=False)
class PlanRequired(BillingError):
    """The plan does not allow this (R14, R31)."""

    code = UserErrorCode.PLAN_REQUIRED
    problem: str

    def __str__(self) -> str:
        return self.problem


@dataclass(eq=False)
class PaymentMethodRequired(BillingError):
    """Nothing usable to charge (R7)."""

    code = UserErrorCode.PAYMENT_METHOD_REQUIRED
    problem: str = "There is no payment method. Add one with attachPaymentMethod."

    def __str__(self) -> str:
        return self.problem


@dataclass(eq=False)
class PaymentMethodInUse(BillingError):
    """What charges by itself would have nothing to charge (R7)."""

    code = UserErrorCode.PAYMENT_METHOD_IN_USE
    path: Sequence[str] = field(default=("paymentMethodId",), kw_only=True)
    label: str
    needed_by: str = "auto-billing"

    def __str__(self) -> str:
        return (
            f"{self.label} is the last payment method and {self.needed_by} is on. "
            f"Add another one or switch {self.needed_by} off first."
        )


@dataclass(eq=False)
class PaymentDeclined(BillingError):
    """The provider refused the method or the charge."""

    code = UserErrorCode.PAYMENT_DECLINED
    decline_code: str | None
    invoice_id: UUID | None = None

    def __str__(self) -> str:
        return (
            f"The payment method was declined ({self.decline_code or 'no reason given'}). "
            "Use another one or ask the bank."
        )


@dataclass(eq=False)
class PaymentActionRequired(BillingError):
    """The payer must confirm, e.g. 3-D Secure; then the payment goes on by itself."""

    code = UserErrorCode.PAYMENT_ACTION_REQUIRED
    client_secret: str | None
    redirect_url: str | None
    invoice_id: UUID | None = None

    def __str__(self) -> str:
        return "The bank wants the payer to confirm this payment; see action."


@dataclass(eq=False)
class PaymentUnavailable(BillingError):
    """The provider did not answer: whether it charged, or gave back, is not known yet."""

    code = UserErrorCode.PAYMENT_UNAVAILABLE
    what: str = "payment"

    def __str__(self) -> str:
        return (
            f"The payment provider did not answer. The {self.what} will be settled or dropped as "
            "soon as its outcome is known; repeat the request with the same idempotency key to see "
            "it."
        )


@dataclass(eq=False)
class PaymentInProgress(BillingError):
    """A payment of this invoice is under way; a second one could charge twice."""

    code = UserErrorCode.IN_PROGRESS
    invoice_number: str

    def __str__(self) -> str:
        return f"A payment of invoice {self.invoice_number} is under way; wait for its outcome."


@dataclass(eq=False)
class RefundInProgress(BillingError):
    """A refund of this payment is under way; how much is left is known only after it."""

    code = UserErrorCode.IN_PROGRESS
    path: Sequence[str] = field(default=("paymentId",), kw_only=True)
    amount: Money

    def __str__(self) -> str:
        return f"A refund of {self.amount} of this payment is under way; wait for its outcome."


@dataclass(eq=False)
class RefundTooLarge(BillingError):
    """More is to be given back than is left (R39)."""

    code = UserErrorCode.REFUND_TOO_LARGE
    path: Sequence[str] = field(default=("amount",), kw_only=True)
    left: Money
    status: str

    def __str__(self) -> str:
        if self.left.cents > 0:
            return f"Of this payment {self.left} can still be given back."
        state = self.status.replace("_", " ").lower()
        return f"Nothing of this payment can be given back any more; it is {state}."


@dataclass(eq=False)
class RefundDeclined(BillingError):
    """The provider could not give the money back."""

    code = UserErrorCode.PAYMENT_DECLINED
    decline_code: str | None
    invoice_id: UUID | None = None

    def __str__(self) -> str:
        return (
            f"The refund was declined ({self.decline_code or 'no reason given'}); "
            "no money has moved. Give it back another way, or ask the bank."
        )


@dataclass(eq=False)
class RenewalDue(BillingError):
    """The period is over and its renewal has not been made yet."""

    code = UserErrorCode.IN_PROGRESS

    def __str__(self) -> str:
        return "The period has just ended and is being renewed; try again in a moment."


@dataclass(eq=False)
class InsufficientCredits(BillingError):
    """More credits are wanted than are available (R17)."""

    code = UserErrorCode.INSUFFICIENT_CREDITS
    available: Credits
    required: Credits

    def __str__(self) -> str:
        return f"{self.required} credits are needed, {self.available} are available."


@dataclass(eq=False)
class SpendCapReached(BillingError):
    """Another automatic charge would go beyond the cap of the period (R20)."""

    code = UserErrorCode.SPEND_CAP_REACHED
    charged: Money
    cap: Money

    def __str__(self) -> str:
        return (
            f"Auto-recharge has charged {self.charged} of the {self.cap} that it may charge in a "
            "period. It goes on in the next one, or with a higher monthlyCap (setAutoRecharge)."
        )


@dataclass(eq=False)
class CapacityExceeded(BillingError):
    """No room for more of a resource (R25). `needs_plan`: this plan cannot have the add-on."""

    code = UserErrorCode.CAPACITY_EXCEEDED
    resource: Resource
    limit: int
    used: int
    requested: int
    add_on_id: UUID | None
    add_on_name: str | None
    needs_plan: bool = False

    def __str__(self) -> str:
        return (
            f"There is no room for another {self.resource.label}: {self.used} in use, limit "
            f"{self.limit}. {self._remedy}"
        )

    @property
    def _remedy(self) -> str:
        if self.add_on_name is None:
            return "Free one first, or choose a plan with more."
        if self.needs_plan:
            return f"The add-on '{self.add_on_name}' makes room; it needs a paid plan (subscribe)."
        return f"More of the add-on '{self.add_on_name}' makes room (setAddOns)."


@dataclass(eq=False)
class CapacityInUse(BillingError):
    """Less of a resource is wanted than is in use (R27); a change of plan may accept that (R35)."""

    code = UserErrorCode.CAPACITY_IN_USE
    resource: Resource
    limit: int
    used: int
    can_be_accepted: bool = False

    def __str__(self) -> str:
        is_one = self.used == 1
        in_use = f"{self.resource.label}{' is' if is_one else 's are'} in use"
        remedy = f", or set acceptOverage: {self._fate}" if self.can_be_accepted else ""
        return (
            f"{self.used} {in_use} and {self.limit} would be left. "
            f"Free {'it' if is_one else 'some'} first{remedy}."
        )

    @property
    def _fate(self) -> str:
        match self.resource:
            case Resource.AGENT_SLOT:
                return "the newest agents are paused then"
            case Resource.PHONE_NUMBER:
                return "the newest numbers are released then, for good"
            case Resource.WORKSPACE_SEAT:
                return "the newest members lose access then, until there is room"
            case Resource.CLIENT_SEAT:
                return "the newest companies may only look then, until there is room"
            case Resource.CALL_LINE:
                raise AssertionError("calls go on, and end by themselves (R30)")


@dataclass(eq=False)
class NumberUnavailable(BillingError):
    """Somebody has this number, it rests, or the carrier does not sell it (R23).

    Whose it is nobody is told, whether they want to buy it or to import it.
    """

    code = UserErrorCode.NUMBER_UNAVAILABLE
    path: Sequence[str] = field(default=("number",), kw_only=True)
    number: str
    is_import: bool = False

    def __str__(self) -> str:
        if self.is_import:
            return (
                f"{self.number} cannot be imported now: a number answers in one workspace at a "
                "time."
            )
        return f"{self.number} cannot be had now. Choose one of availablePhoneNumbers."


@dataclass(eq=False)
class NumberInProgress(BillingError):
    """This workspace is buying this very number already."""

    code = UserErrorCode.IN_PROGRESS
    path: Sequence[str] = field(default=("number",), kw_only=True)
    number: str

    def __str__(self) -> str:
        return f"{self.number} is being bought; wait for the outcome."


@dataclass(eq=False)
class CarrierSilent(BillingError):
    """The carrier did not answer. With a `number`: whether it was sold is not known yet."""

    code = UserErrorCode.CARRIER_UNAVAILABLE
    number: str | None = None

    def __str__(self) -> str:
        if self.number is None:
            return "The carrier does not answer; try again in a moment."
        return (
            f"The carrier did not answer. {self.number} will be yours, or its slot free again, as "
            "soon as the outcome is known; repeat the request with the same idempotency key to "
            "see it."
        )


@dataclass(eq=False)
class InvoiceNotPayable(BillingError):
    """Void, paid already, or nothing due."""

    code = UserErrorCode.INVOICE_NOT_PAYABLE
    path: Sequence[str] = field(default=("invoiceId",), kw_only=True)
    invoice_number: str
    status: str

    def __str__(self) -> str:
        return f"Invoice {self.invoice_number} is {self.status.lower()}; there is nothing to pay."


@dataclass(eq=False)
class InvoiceNotVoidable(BillingError):
    """It was paid, or never issued: there is nothing outstanding to call off."""

    code = UserErrorCode.INVOICE_NOT_PAYABLE
    path: Sequence[str] = field(default=("invoiceId",), kw_only=True)
    invoice_number: str
    status: str

    def __str__(self) -> str:
        return (
            f"Invoice {self.invoice_number} is {self.status.lower()}; only one that is outstanding "
            "can be voided. Give back what was paid with refundPayment."
        )
