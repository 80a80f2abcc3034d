"""A process that subscribes and is killed on the way: `killed URL WORKSPACE KEY MOMENT`."""

from __future__ import annotations

import asyncio
import sys
from unittest.mock import patch
from uuid import UUID

from billwright import database
from services import subscriptions
from services.gateway import Charge, Outcome
from services.gateway.sandbox import SandboxGateway
from services.idempotency import Command
from tests.services.test_crashes import REQUEST, kill_this_process


class DeadlyGateway(SandboxGateway):
    """Kills its caller before or after it has charged."""

    def __init__(self, moment: str) -> None:
        super().__init__("http://testserver")
        self._moment = moment

    async def charge(self, charge: Charge) -> Outcome:
        if self._moment == "before the charge":
            kill_this_process()
        outcome = await super().charge(charge)
        if self._moment == "after the charge":
            kill_this_process()
        return outcome


async def main(url: str, workspace_id: str, key: str, moment: str) -> None:
    """Subscribe, as the API would."""
    command = Command(UUID(workspace_id), "subscribe", key, {"plan": "pay-as-you-go"})
    gateway = DeadlyGateway(moment)
    async with database.connected(url, pool_size=2):
        if moment == "after the settling":
            with patch("services.payments.conclude", side_effect=kill_this_process):
                await subscriptions.subscribe(command, command.scope, REQUEST, gateway=gateway)
        await subscriptions.subscribe(command, command.scope, REQUEST, gateway=gateway)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
