"""A worker that recharges a balance and is killed on the way: its arguments are those of `main`."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from typing import Any
from unittest.mock import patch
from uuid import UUID

from billwright import database
from models.payments import Payment
from services import due_work, payments
from services.gateway import Charge, Gateway, Outcome
from services.gateway.sandbox import SandboxGateway
from services.gateway.stripe import StripeGateway
from services.gateway.stripe_access import StripeAccess
from services.payment_attempts import open_payment
from tests.services.test_crashes import kill_this_process
from tests.stripe_server import SECRET_KEY

BEFORE_THE_BILL = "before the bill"
BEFORE_THE_CHARGE = "before the charge"
AFTER_THE_CHARGE = "after the charge"
AFTER_THE_SETTLING = "after the settling"
MOMENTS = [BEFORE_THE_BILL, BEFORE_THE_CHARGE, AFTER_THE_CHARGE, AFTER_THE_SETTLING]


def provider(stripe_url: str) -> Gateway:
    """Stripe at this address, or the sandbox."""
    if not stripe_url:
        return SandboxGateway("http://testserver")
    access = replace(StripeAccess(SECRET_KEY), api_base=stripe_url)
    return StripeGateway(access, "http://testserver")


async def main(url: str, stripe_url: str, workspace_id: str, moment: str) -> None:
    """Do the job, as a worker would."""
    gateway = provider(stripe_url)
    charge, settle = gateway.charge, payments.settle

    async def deadly_charge(wanted: Charge) -> Outcome:
        if moment == BEFORE_THE_CHARGE:
            kill_this_process()
        outcome = await charge(wanted)
        if moment == AFTER_THE_CHARGE:
            kill_this_process()
        return outcome

    async def deadly_settle(*args: Any) -> None:
        await settle(*args)
        kill_this_process()

    async def deadly_bill(*args: Any, **more: Any) -> Payment:
        if moment == BEFORE_THE_BILL:
            kill_this_process()
        return await open_payment(*args, **more)

    async with database.connected(url, pool_size=2):
        with (
            patch("services.auto_recharge.open_payment", deadly_bill),
            patch.object(gateway, "charge", deadly_charge),
            patch("services.payments.settle", deadly_settle),
        ):
            await due_work.catch_up(UUID(workspace_id), gateway)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
