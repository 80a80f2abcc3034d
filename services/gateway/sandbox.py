"""A payment provider that needs no account: documented tokens, deterministic outcomes.

It keeps what it was asked in a table of its own, as a real provider does, so that a charge that is
repeated after a crash has the outcome it had before it. docs/sandbox.md lists the tokens.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise.transactions import in_transaction
from uuid_utils.compat import uuid7

from models.disputes import HOLDS_MONEY, DisputeStatus, SandboxDispute
from models.money import Money
from models.payments import PaymentMethodKind, SandboxCharge, SandboxRefund
from services.gateway import (
    ActionRequired,
    AttachedMethod,
    Charge,
    Declined,
    KnownDispute,
    MethodRefused,
    Outcome,
    Processing,
    RefundOutcome,
    Repayment,
    Setup,
    Succeeded,
    UnknownToken,
)

BANK_DEBIT_TAKES = timedelta(days=4)
CONFIRMATION_LAPSES_AFTER = timedelta(days=1)
REFERENCE = "pi_sandbox_"
DISPUTE_REFERENCE = "du_sandbox_"
# As Stripe has it, so that nobody is surprised when going live.
CHARGE_CENTS_MIN = 50
TOO_SMALL = "amount_too_small"
DISPUTED = "charge_disputed"
DISPUTE_REASON = "fraudulent"
NOT_CONFIRMED = "authentication_required"
CANCELLED = "payment_cancelled"
REFUNDED_ALREADY = "charge_already_refunded"


class ChargeStatus(StrEnum):
    SUCCEEDED = "SUCCEEDED"
    DECLINED = "DECLINED"
    REQUIRES_ACTION = "REQUIRES_ACTION"
    PROCESSING = "PROCESSING"


@dataclass(frozen=True, slots=True)
class Token:
    """How a test token behaves: refused when attached, or with which status its charges begin.

    Refunds of its charges succeed, unless they take time or are declined.
    """

    kind: PaymentMethodKind
    label: str
    brand: str | None = None
    last4: str | None = None
    refused_with: str | None = None
    charge_begins: ChargeStatus = ChargeStatus.SUCCEEDED
    declines_with: str | None = None
    refunds_take: timedelta | None = None
    declines_refunds_with: str | None = None


def _card(brand: str, last4: str, **behaviour: object) -> Token:
    label = f"{brand.title()} •••• {last4}"
    return Token(PaymentMethodKind.CARD, label, brand, last4, **behaviour)  # type: ignore[arg-type]


TOKENS = {
    "pm_card_visa": _card("visa", "4242"),
    "pm_card_mastercard": _card("mastercard", "4444"),
    "pm_card_amex": _card("amex", "8431"),
    "pm_card_visa_chargeDeclined": _card("visa", "0002", refused_with="card_declined"),
    "pm_card_chargeCustomerFail": _card(
        "visa", "0341", charge_begins=ChargeStatus.DECLINED, declines_with="card_declined"
    ),
    "pm_card_chargeDeclinedInsufficientFunds": _card(
        "visa", "9995", charge_begins=ChargeStatus.DECLINED, declines_with="insufficient_funds"
    ),
    "pm_card_authenticationRequired": _card(
        "visa", "3184", charge_begins=ChargeStatus.REQUIRES_ACTION
    ),
    "pm_card_pendingRefund": _card("visa", "7726", refunds_take=timedelta(days=1)),
    "pm_card_refundFail": _card("visa", "5126", declines_refunds_with="expired_or_canceled_card"),
    "pm_usBankAccount": Token(
        PaymentMethodKind.US_BANK_ACCOUNT,
        "Sandbox Bank •••• 6789",
        last4="6789",
        charge_begins=ChargeStatus.PROCESSING,
        refunds_take=BANK_DEBIT_TAKES,
    ),
    "pm_cashapp": Token(PaymentMethodKind.CASHAPP, "Cash App $sandbox"),
}
CARD_EXPIRES_MONTH, CARD_EXPIRES_YEAR = 12, 2034


class SandboxGateway:
    """The default provider. `public_url` is where a payer's browser finds the confirmation page."""

    provider = "sandbox"
    is_sandbox = True

    def __init__(self, public_url: str) -> None:
        self._public_url = public_url

    async def set_up(self, _: UUID, __: Sequence[PaymentMethodKind]) -> Setup:
        """There is no form to fill in: any documented token can be attached right away."""
        return Setup("sandbox", None, f"seti_sandbox_{uuid7()}_secret_{secrets.token_urlsafe(16)}")

    async def attach(self, _: UUID, token: str) -> AttachedMethod:
        """The method behind a documented token, under a reference of its own each time."""
        known = TOKENS.get(token)
        if known is None:
            raise UnknownToken(
                f"'{token[:100]}' is none of the sandbox's test tokens: {', '.join(TOKENS)}."
            )
        if known.refused_with:
            raise MethodRefused(known.refused_with)
        is_card = known.kind is PaymentMethodKind.CARD
        return AttachedMethod(
            reference=f"{token}:{uuid7()}",
            kind=known.kind,
            label=known.label,
            brand=known.brand,
            last4=known.last4,
            expires_month=CARD_EXPIRES_MONTH if is_card else None,
            expires_year=CARD_EXPIRES_YEAR if is_card else None,
        )

    async def detach(self, _: str) -> None:
        """Nothing is kept of a method that could be let go of."""

    async def charge(self, charge: Charge) -> Outcome:
        """As the method's token says; asked again, as it was the first time."""
        row = _first_state(charge)
        await SandboxCharge.bulk_create([row], ignore_conflicts=True)
        return self._outcome(await _settled(charge.operation_id, now=charge.at))

    async def find(self, operation_id: UUID, *, now: datetime) -> Outcome | None:
        """What became of a charge by `now`: bank debits settle, unconfirmed ones lapse."""
        if not await SandboxCharge.exists(operation_id=operation_id):
            return None
        return self._outcome(await _settled(operation_id, now=now))

    async def cancel(self, operation_id: UUID, *, now: datetime) -> Outcome:
        """Decline a charge that still waits for its payer."""
        await SandboxCharge.filter(
            operation_id=operation_id, status=ChargeStatus.REQUIRES_ACTION
        ).update(status=ChargeStatus.DECLINED, decline_code=CANCELLED)
        return self._outcome(await _settled(operation_id, now=now))

    async def refund(self, repayment: Repayment) -> RefundOutcome:
        """As the charge's token says, never more than was charged; again, as the first time."""
        charge_id = UUID(repayment.charge_reference.removeprefix(REFERENCE))
        async with in_transaction():
            # the lock makes two refunds of one charge wait for each other
            charge = await SandboxCharge.select_for_update().get(operation_id=charge_id)
            if not await SandboxRefund.exists(operation_id=repayment.operation_id):
                await SandboxRefund.create(**await _first_refund_state(repayment, charge))
        return _refund_outcome(await _settled_refund(repayment.operation_id, now=repayment.at))

    async def find_refund(self, operation_id: UUID, *, now: datetime) -> RefundOutcome | None:
        """What became of a refund by `now`."""
        if not await SandboxRefund.exists(operation_id=operation_id):
            return None
        return _refund_outcome(await _settled_refund(operation_id, now=now))

    async def find_dispute(self, reference: str) -> KnownDispute | None:
        """As `simulate_dispute` has left it."""
        charge_id = UUID(reference.removeprefix(DISPUTE_REFERENCE))
        row = await SandboxDispute.get(charge_id=charge_id)
        return KnownDispute(
            reference=reference,
            payment_id=charge_id,
            status=row.status,
            amount=Money(row.amount_cents, row.currency),
            reason=DISPUTE_REASON,
            due_by=None,
            made_at=datetime.now(UTC),
        )

    async def simulate_dispute(
        self, operation_id: UUID, status: DisputeStatus, amount: Money
    ) -> str:
        """The payer disputes, for this amount and once; after that its bank only moves it on."""
        row = SandboxDispute(
            charge_id=operation_id,
            amount_cents=amount.cents,
            currency=amount.currency,
            status=status,
        )
        await SandboxDispute.bulk_create([row], ignore_conflicts=True)
        await SandboxDispute.filter(charge_id=operation_id).update(status=status)
        return f"{DISPUTE_REFERENCE}{operation_id}"

    async def close(self) -> None:
        """The database is the application's to close."""

    async def awaits(self, operation_id: UUID, client_secret: str) -> bool:
        """Whether this charge waits for its payer, asked with the secret that only they have."""
        row = await SandboxCharge.get_or_none(operation_id=operation_id)
        return (
            row is not None
            and row.status == ChargeStatus.REQUIRES_ACTION
            and hmac.compare_digest(row.client_secret.encode(), client_secret.encode())
        )

    async def confirm(self, operation_id: UUID, client_secret: str, *, approved: bool) -> None:
        """The payer's own answer. Changes nothing for who has not the secret, or comes too late."""
        await SandboxCharge.filter(
            operation_id=operation_id,
            client_secret=client_secret,
            status=ChargeStatus.REQUIRES_ACTION,
        ).update(
            status=ChargeStatus.SUCCEEDED if approved else ChargeStatus.DECLINED,
            decline_code=None if approved else NOT_CONFIRMED,
        )

    def _outcome(self, row: SandboxCharge) -> Outcome:
        reference = f"{REFERENCE}{row.operation_id}"
        match ChargeStatus(row.status):
            case ChargeStatus.SUCCEEDED:
                return Succeeded(reference)
            case ChargeStatus.DECLINED:
                return Declined(reference, row.decline_code or "card_declined")
            case ChargeStatus.PROCESSING:
                assert row.settles_at is not None
                return Processing(reference, row.settles_at)
            case ChargeStatus.REQUIRES_ACTION:
                assert row.settles_at is not None
                url = f"{self._public_url}/sandbox/confirm/{row.operation_id}"
                return ActionRequired(
                    reference,
                    row.client_secret,
                    f"{url}?client_secret={row.client_secret}",
                    row.settles_at,
                )


def _first_state(charge: Charge) -> SandboxCharge:
    token = TOKENS[charge.method_reference.split(":")[0]]
    status, decline_code = token.charge_begins, token.declines_with
    if charge.amount.cents < CHARGE_CENTS_MIN:
        status, decline_code = ChargeStatus.DECLINED, TOO_SMALL
    waits = {
        ChargeStatus.PROCESSING: BANK_DEBIT_TAKES,
        ChargeStatus.REQUIRES_ACTION: CONFIRMATION_LAPSES_AFTER,
    }
    wait = waits.get(status)
    return SandboxCharge(
        operation_id=charge.operation_id,
        method_reference=charge.method_reference,
        amount_cents=charge.amount.cents,
        currency=charge.amount.currency,
        status=status,
        decline_code=decline_code,
        client_secret=f"pi_sandbox_{charge.operation_id}_secret_{secrets.token_urlsafe(16)}",
        settles_at=charge.at + wait if wait else None,
    )


async def _settled(operation_id: UUID, *, now: datetime) -> SandboxCharge:
    due = SandboxCharge.filter(operation_id=operation_id, settles_at__lte=now)
    await due.filter(status=ChargeStatus.PROCESSING).update(status=ChargeStatus.SUCCEEDED)
    await due.filter(status=ChargeStatus.REQUIRES_ACTION).update(
        status=ChargeStatus.DECLINED, decline_code=NOT_CONFIRMED
    )
    return await SandboxCharge.get(operation_id=operation_id)


async def _first_refund_state(repayment: Repayment, charge: SandboxCharge) -> dict[str, Any]:
    token = TOKENS[charge.method_reference.split(":")[0]]
    given_back = await SandboxRefund.filter(charge_id=charge.operation_id).exclude(
        status=ChargeStatus.DECLINED
    )
    left = charge.amount_cents - sum(row.amount_cents for row in given_back)
    status, decline_code = ChargeStatus.SUCCEEDED, None
    if charge.status != ChargeStatus.SUCCEEDED or repayment.amount.cents > left:
        status, decline_code = ChargeStatus.DECLINED, REFUNDED_ALREADY
    elif await SandboxDispute.exists(charge_id=charge.operation_id, status__in=HOLDS_MONEY):
        status, decline_code = ChargeStatus.DECLINED, DISPUTED
    elif token.declines_refunds_with:
        status, decline_code = ChargeStatus.DECLINED, token.declines_refunds_with
    elif token.refunds_take:
        status = ChargeStatus.PROCESSING
    return {
        "operation_id": repayment.operation_id,
        "charge_id": charge.operation_id,
        "amount_cents": repayment.amount.cents,
        "currency": repayment.amount.currency,
        "status": status,
        "decline_code": decline_code,
        "settles_at": repayment.at + token.refunds_take if token.refunds_take else None,
    }


async def _settled_refund(operation_id: UUID, *, now: datetime) -> SandboxRefund:
    await SandboxRefund.filter(
        operation_id=operation_id, status=ChargeStatus.PROCESSING, settles_at__lte=now
    ).update(status=ChargeStatus.SUCCEEDED)
    return await SandboxRefund.get(operation_id=operation_id)


def _refund_outcome(row: SandboxRefund) -> RefundOutcome:
    reference = f"re_sandbox_{row.operation_id}"
    match ChargeStatus(row.status):
        case ChargeStatus.DECLINED:
            return Declined(reference, row.decline_code or REFUNDED_ALREADY)
        case ChargeStatus.PROCESSING:
            assert row.settles_at is not None
            return Processing(reference, row.settles_at)
        case _:
            return Succeeded(reference)
