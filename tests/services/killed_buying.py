"""A process that buys or releases a number and is killed on the way: `killed_buying URL ...`."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from unittest.mock import patch
from uuid import UUID

from billwright import database
from models.phone_numbers import PhoneNumber
from services import phone_numbers
from services.carrier import Order, Outcome
from services.carrier.sandbox import SandboxCarrier
from services.idempotency import Command
from services.phone_numbers import NumberRequest
from tests.services.test_crashes import kill_this_process


class DeadlyCarrier(SandboxCarrier):
    """Kills its caller before or after it has done what it was asked."""

    def __init__(self, moment: str) -> None:
        self._moment = moment

    async def buy(self, order: Order) -> Outcome:
        if self._moment == "before the order":
            kill_this_process()
        outcome = await super().buy(order)
        if self._moment == "after the order":
            kill_this_process()
        return outcome

    async def release(self, operation_id: UUID, *, now: datetime) -> None:
        if self._moment == "before the return":
            kill_this_process()
        await super().release(operation_id, now=now)
        if self._moment == "after the return":
            kill_this_process()


async def main(url: str, workspace_id: str, number: str, key: str, moment: str) -> None:
    """Buy a number, as the API would, and give it back when that is where it dies."""
    request = NumberRequest(number, None, None)
    command = Command(UUID(workspace_id), "buyPhoneNumber", key, {"number": number})
    carrier = DeadlyCarrier(moment)
    async with database.connected(url, pool_size=2):
        if moment == "after the settling":
            with patch("services.phone_numbers.conclude", side_effect=kill_this_process):
                await phone_numbers.buy(command, command.scope, request, carrier=carrier)
        await phone_numbers.buy(command, command.scope, request, carrier=carrier)
        bought = await PhoneNumber.get(number=number, released_at=None)
        await phone_numbers.release(bought, carrier=carrier)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
