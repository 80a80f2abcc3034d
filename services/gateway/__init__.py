"""The seam to whoever moves the money: a few verbs, and the words for what can come back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from models.disputes import DisputeStatus
from models.money import Money
from models.payments import PaymentMethodKind


@dataclass(frozen=True, slots=True)
class AttachedMethod:
    """A payment method as the provider describes it. `reference` is its name there."""

    reference: str
    kind: PaymentMethodKind
    label: str
    brand: str | None = None
    last4: str | None = None
    expires_month: int | None = None
    expires_year: int | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """What a frontend needs to collect a method with the provider's own form."""

    provider: str
    publishable_key: str | None
    client_secret: str


@dataclass(frozen=True, slots=True)
class PaymentAction:
    """What the payer must do: confirm with the provider's script, or on a page of it."""

    client_secret: str | None
    redirect_url: str | None


@dataclass(frozen=True, slots=True)
class Charge:
    """Take `amount` from a method. The same `operation_id` never charges twice."""

    operation_id: UUID
    method_reference: str
    amount: Money
    at: datetime


@dataclass(frozen=True, slots=True)
class Repayment:
    """Give `amount` of a charge back. The same `operation_id` never does so twice."""

    operation_id: UUID
    charge_reference: str
    amount: Money
    at: datetime


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The money is ours; of a repayment: it is the payer's again."""

    reference: str


@dataclass(frozen=True, slots=True)
class Declined:
    """No money moved, and none will."""

    reference: str | None
    decline_code: str


@dataclass(frozen=True, slots=True)
class ActionRequired:
    """The payer must confirm first; unconfirmed, it lapses at `until`."""

    reference: str
    client_secret: str
    redirect_url: str | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Processing:
    """Accepted, but known only later, as bank debits are; expected at `until`."""

    reference: str
    until: datetime


Outcome = Succeeded | Declined | ActionRequired | Processing
# Of giving back: a payer has nothing to confirm then.
RefundOutcome = Succeeded | Declined | Processing


class MethodRefused(Exception):
    """The provider would not attach this method."""

    def __init__(self, decline_code: str) -> None:
        super().__init__(decline_code)
        self.decline_code = decline_code


class UnknownToken(Exception):
    """The provider does not know this token."""

    def __init__(self, explanation: str) -> None:
        super().__init__(explanation)


class GatewayUnavailable(Exception):
    """The provider did not answer: whatever was asked may or may not have happened."""


class ForgedEvent(Exception):
    """A webhook that the provider has not signed, or not lately."""


@dataclass(frozen=True, slots=True)
class ProviderEvent:
    """What a webhook tells: that something has happened to an object, named at the provider."""

    reference: str
    type: str
    object_type: str
    object_reference: str
    is_live: bool
    told_at: datetime


@dataclass(frozen=True, slots=True)
class PaymentMoved:
    """One of our charges may have another outcome by now."""

    operation_id: UUID


@dataclass(frozen=True, slots=True)
class RefundMoved:
    """One of our refunds may have another outcome by now."""

    operation_id: UUID


@dataclass(frozen=True, slots=True)
class RefundMade:
    """Money of one of our payments has gone back, or will, and it was not us who gave it."""

    reference: str
    payment_id: UUID
    amount: Money
    reason: str
    made_at: datetime
    outcome: RefundOutcome


@dataclass(frozen=True, slots=True)
class DisputeMoved:
    """A dispute has begun, or may stand otherwise by now."""

    reference: str


@dataclass(frozen=True, slots=True)
class KnownDispute:
    """A dispute of one of our payments, as it stands at the provider."""

    reference: str
    payment_id: UUID
    status: DisputeStatus
    amount: Money
    reason: str
    due_by: datetime | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class MethodKept:
    """A method is a workspace's, with these details by now."""

    workspace_id: UUID
    method: AttachedMethod


@dataclass(frozen=True, slots=True)
class MethodGone:
    """A method is nobody's any more."""

    reference: str


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that the provider has moved, in its own words; `operation_id` None: not for us."""

    reference: str
    operation_id: UUID | None
    amount: Money
    made_at: datetime


@dataclass(frozen=True, slots=True)
class WebhookAddress:
    """Where the provider tells what happens; `unheard`: types that we want, and are not told."""

    url: str
    is_enabled: bool
    unheard: Sequence[str]


News = PaymentMoved | RefundMoved | RefundMade | DisputeMoved | MethodKept | MethodGone


class Gateway(Protocol):
    """What billing needs of a payment provider. Each verb may raise GatewayUnavailable."""

    provider: str
    is_sandbox: bool

    async def set_up(self, workspace_id: UUID, kinds: Sequence[PaymentMethodKind], /) -> Setup:
        """Begin to collect a payment method in the provider's own form."""

    async def attach(self, workspace_id: UUID, token: str, /) -> AttachedMethod:
        """Keep the method behind `token` for later charges. Raises MethodRefused, UnknownToken."""

    async def detach(self, reference: str, /) -> None:
        """Let go of a method for good. Safe to repeat."""

    async def charge(self, charge: Charge) -> Outcome:
        """Take the money now, or learn what became of the same operation before."""

    async def find(self, operation_id: UUID, *, now: datetime) -> Outcome | None:
        """What became of an operation; None when the provider never heard of it."""

    async def cancel(self, operation_id: UUID, *, now: datetime) -> Outcome:
        """Give up an operation that waits for the payer; if late, answers what it became."""

    async def refund(self, repayment: Repayment) -> RefundOutcome:
        """Give the money back now, or learn what became of the same operation before."""

    async def find_refund(self, operation_id: UUID, *, now: datetime) -> RefundOutcome | None:
        """What became of giving back; None when the provider never heard of it."""

    async def find_dispute(self, reference: str, /) -> KnownDispute | None:
        """How a dispute stands; None when it is not about a payment of ours."""

    async def close(self) -> None:
        """Let go of what is open; the gateway is used no more."""


@runtime_checkable
class DisputeSimulator(Protocol):
    """A provider whose payers dispute when they are told to."""

    async def simulate_dispute(
        self, operation_id: UUID, status: DisputeStatus, amount: Money, /
    ) -> str:
        """Let the dispute of a charge, begun if there is none, stand so. Returns its name."""


@runtime_checkable
class EventSource(Protocol):
    """A provider that tells by webhooks what has happened there."""

    provider: str

    def verified(self, body: bytes, signature: str | None) -> ProviderEvent:
        """What a webhook tells. Raises ForgedEvent unless the provider has just signed it."""

    async def addresses(self) -> list[WebhookAddress]:
        """Where it tells what happens. May raise GatewayUnavailable."""

    async def news(self, event: ProviderEvent) -> News | None:
        """What an event means for us by now; None: nothing. May raise GatewayUnavailable."""


@runtime_checkable
class StatementSource(Protocol):
    """A provider that lists what it has moved. Each verb may raise GatewayUnavailable."""

    def charges_since(self, since: datetime, /) -> AsyncIterator[Movement]:
        """What it has taken since then."""

    def refunds_since(self, since: datetime, /) -> AsyncIterator[Movement]:
        """What it has given back since then."""

    def disputes_since(self, since: datetime, /) -> AsyncIterator[Movement]:
        """What payers' banks have taken back of it since then, and hold."""

    def news_since(self, since: datetime, /) -> AsyncIterator[News]:
        """What has gone back since then without us, as its webhooks should have told."""
