"""Whom the application asks for money in the tests: the sandbox, or Stripe, by the story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from models.disputes import DisputeStatus
from models.money import Money
from models.payments import Payment, PaymentMethodKind, SandboxCharge, SandboxRefund
from models.refunds import Refund
from services import disputes
from services.gateway import (
    AttachedMethod,
    Charge,
    Gateway,
    KnownDispute,
    Outcome,
    RefundOutcome,
    Repayment,
    Setup,
)
from services.gateway.sandbox import SandboxGateway
from tests.stripe_server import FakeStripe

# What the sandbox attaches, and how it then declines: Stripe attaches only one such card.
ATTACHED_AS = {
    "pm_card_chargeCustomerFail": "card_declined",
    "pm_card_chargeDeclinedInsufficientFunds": "insufficient_funds",
}
DECLINES_LATER = "pm_card_chargeCustomerFail"
# A dispute's states in Stripe's words.
TOLD_AS = {
    DisputeStatus.NEEDS_RESPONSE: "needs_response",
    DisputeStatus.UNDER_REVIEW: "under_review",
    DisputeStatus.WON: "won",
    DisputeStatus.LOST: "lost",
    DisputeStatus.CLOSED: "warning_closed",
}
DEBIT_TAKES = timedelta(days=4)
REFUND_TAKES = {"card": timedelta(days=1), "us_bank_account": DEBIT_TAKES}


class Provider(SandboxGateway):
    """Passes on to who is asked now. Stripe's banks go by the workspace's clock here, too."""

    def __init__(self) -> None:
        super().__init__("http://testserver")
        self._stripe: FakeStripe | None = None
        self._asked: Gateway = SandboxGateway("http://testserver")

    async def turn_to(self, stripe: FakeStripe) -> None:
        """From now on Stripe is asked."""
        self._stripe, self._asked = stripe, stripe.gateway()

    async def turn_back(self) -> None:
        """From now on the sandbox is asked."""
        await self._asked.close()
        self._stripe, self._asked = None, SandboxGateway("http://testserver")

    async def charges_of(self, payment: Payment) -> int:
        """How often the provider has taken a payment's money."""
        if self._stripe is not None:
            return len(self._stripe.charges_of(payment.id))
        known = await SandboxGateway("http://testserver").find(payment.id, now=payment.opened_at)
        return 0 if known is None else 1

    async def repaid(self, payment: Payment) -> list[int]:
        """What the provider has given back of a payment, in cents, the smallest first."""
        if self._stripe is None:
            rows = await SandboxRefund.filter(charge_id=payment.id)
            return sorted(row.amount_cents for row in rows)
        refunds = self._stripe.account.refunds.values()
        return sorted(
            refund["amount"]
            for refund in refunds
            if refund["payment_intent"] == payment.gateway_reference
        )

    async def bank_returns(self, payment: Payment, *, code: str) -> None:
        """The bank sends a debit back that is under way; we have not heard of it yet."""
        if self._stripe is None:
            await SandboxCharge.filter(operation_id=payment.id).update(
                status="DECLINED", decline_code=code
            )
        else:
            assert payment.gateway_reference is not None
            self._stripe.account.bank_settles(payment.gateway_reference, declined=code)

    async def payer_answers(self, payment: Payment, *, approved: bool) -> None:
        """The payer answers their bank; we have not heard of it yet."""
        assert payment.action_client_secret is not None
        if self._stripe is None:
            await self.confirm(payment.id, payment.action_client_secret, approved=approved)
        else:
            assert payment.gateway_reference is not None
            self._stripe.account.payer_confirms(payment.gateway_reference, approved=approved)

    async def payer_disputes(
        self, payment: Payment, *, amount: Money | None = None, is_inquiry: bool = False
    ) -> str:
        """The payer goes to their bank, and we hear of it. Returns the dispute's name."""
        amount = amount or payment.amount
        if self._stripe is None:
            status = DisputeStatus.INQUIRY if is_inquiry else DisputeStatus.NEEDS_RESPONSE
            reference = await self.simulate_dispute(payment.id, status, amount)
        else:
            assert payment.gateway_reference is not None
            reference = self._stripe.account.payer_disputes(
                payment.gateway_reference,
                amount=amount.cents,
                status="warning_needs_response" if is_inquiry else "needs_response",
            )["id"]
        assert await disputes.find_out(reference, self)
        return reference

    async def bank_moves(self, reference: str, status: DisputeStatus) -> None:
        """The bank goes on with a dispute, and we hear of it."""
        if self._stripe is None:
            known = await self.find_dispute(reference)
            assert known is not None
            await self.simulate_dispute(known.payment_id, status, known.amount)
        else:
            self._stripe.account.bank_moves(reference, TOLD_AS[status])
        assert await disputes.find_out(reference, self)

    async def set_up(self, workspace_id: UUID, kinds: Sequence[PaymentMethodKind]) -> Setup:
        return await self._asked.set_up(workspace_id, kinds)

    async def attach(self, workspace_id: UUID, token: str) -> AttachedMethod:
        if self._stripe is None or token not in ATTACHED_AS:
            return await self._asked.attach(workspace_id, token)
        attached = await self._asked.attach(workspace_id, DECLINES_LATER)
        self._stripe.account.declines(attached.reference, ATTACHED_AS[token])
        return attached

    async def detach(self, reference: str) -> None:
        await self._asked.detach(reference)

    async def charge(self, charge: Charge) -> Outcome:
        return await self._asked.charge(charge)

    async def find(self, operation_id: UUID, *, now: datetime) -> Outcome | None:
        if self._stripe is not None:
            payment = await Payment.get(id=operation_id)
            for intent in self._stripe.intents_of(operation_id):
                if intent["status"] == "processing" and now >= payment.opened_at + DEBIT_TAKES:
                    self._stripe.account.bank_settles(intent["id"])
        return await self._asked.find(operation_id, now=now)

    async def cancel(self, operation_id: UUID, *, now: datetime) -> Outcome:
        return await self._asked.cancel(operation_id, now=now)

    async def refund(self, repayment: Repayment) -> RefundOutcome:
        return await self._asked.refund(repayment)

    async def find_refund(self, operation_id: UUID, *, now: datetime) -> RefundOutcome | None:
        if self._stripe is not None:
            refund = await Refund.get(id=operation_id)
            for given_back in self._stripe.refunds_of(operation_id):
                method = self._stripe.method_of(given_back)
                if given_back["status"] == "pending" and now >= (
                    refund.opened_at + REFUND_TAKES[method["type"]]
                ):
                    self._stripe.account.bank_refunds(given_back["id"])
        return await self._asked.find_refund(operation_id, now=now)

    async def find_dispute(self, reference: str) -> KnownDispute | None:
        if self._stripe is None:
            return await super().find_dispute(reference)
        return await self._asked.find_dispute(reference)


PROVIDER = Provider()
