"""A process that gives back and is killed on the way: `URL WORKSPACE PAYMENT KEY MOMENT`."""

from __future__ import annotations

import asyncio
import sys
from unittest.mock import patch
from uuid import UUID

from billwright import database
from services import refunds
from services.gateway import RefundOutcome, Repayment
from services.gateway.sandbox import SandboxGateway
from services.idempotency import Command
from tests.services.test_crashes import kill_this_process
from tests.services.test_refund_crashes import REQUEST, URL


class DeadlyGateway(SandboxGateway):
    """Kills its caller before or after it has given back."""

    def __init__(self, moment: str) -> None:
        super().__init__(URL)
        self._moment = moment

    async def refund(self, repayment: Repayment) -> RefundOutcome:
        if self._moment == "before the refund":
            kill_this_process()
        outcome = await super().refund(repayment)
        if self._moment == "after the refund":
            kill_this_process()
        return outcome


async def main(url: str, workspace_id: str, payment_id: str, key: str, moment: str) -> None:
    """Give all of a payment back, as the API would."""
    command = Command(UUID(workspace_id), "refundPayment", key, {"reason": REQUEST.reason})
    gateway = DeadlyGateway(moment)
    async with database.connected(url, pool_size=2):
        if moment == "after the settling":
            with patch("services.refunds.conclude", side_effect=kill_this_process):
                await refunds.refund_payment(command, UUID(payment_id), REQUEST, gateway=gateway)
        await refunds.refund_payment(command, UUID(payment_id), REQUEST, gateway=gateway)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
