"""A process that is killed between Stripe and us: its arguments are those of `main`."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from unittest.mock import patch
from uuid import UUID

from billwright import database
from models.payments import Payment
from services import refunds, subscriptions
from services.gateway import Charge, Outcome, RefundOutcome, Repayment
from services.gateway.stripe import StripeGateway
from services.gateway.stripe_access import StripeAccess
from services.idempotency import Command
from services.refunds import RefundRequest
from tests.services.test_crashes import REQUEST, kill_this_process
from tests.stripe_server import SECRET_KEY

GIVEN_BACK = RefundRequest(None, "changed their mind")


class DeadlyGateway(StripeGateway):
    """Kills its caller before or after Stripe has done what it was asked."""

    def __init__(self, url: str, moment: str) -> None:
        super().__init__(replace(StripeAccess(SECRET_KEY), api_base=url), "http://testserver")
        self._moment = moment

    async def charge(self, charge: Charge) -> Outcome:
        self._die_if("before the charge")
        outcome = await super().charge(charge)
        self._die_if("after the charge")
        return outcome

    async def refund(self, repayment: Repayment) -> RefundOutcome:
        self._die_if("before the refund")
        outcome = await super().refund(repayment)
        self._die_if("after the refund")
        return outcome

    def _die_if(self, moment: str) -> None:
        if self._moment == moment:
            kill_this_process()


async def main(url: str, stripe_url: str, workspace_id: str, key: str, moment: str) -> None:
    """Subscribe, or give back what was paid, as the API would."""
    workspace = UUID(workspace_id)
    gateway = DeadlyGateway(stripe_url, moment)
    module = "refunds" if moment.endswith("refund") or "giving" in moment else "payments"
    committed = moment in ("after the settling", "after giving back")
    async with database.connected(url, pool_size=2):
        conclude = f"services.{module}.conclude"
        with patch(conclude, side_effect=kill_this_process if committed else None):
            if module == "payments":
                command = Command(workspace, "subscribe", key, {"plan": "pay-as-you-go"})
                await subscriptions.subscribe(command, workspace, REQUEST, gateway=gateway)
            else:
                command = Command(workspace, "refundPayment", key, {"reason": GIVEN_BACK.reason})
                payment = await Payment.get(workspace_id=workspace)
                await refunds.refund_payment(command, payment.id, GIVEN_BACK, gateway=gateway)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
