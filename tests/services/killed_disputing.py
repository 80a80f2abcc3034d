"""A process that books how a dispute stands and is killed on the way: `URL REFERENCE MOMENT`."""

from __future__ import annotations

import asyncio
import sys
from unittest.mock import patch

from billwright import database
from services import disputes
from services.gateway.sandbox import SandboxGateway
from tests.services.test_crashes import kill_this_process


async def main(url: str, reference: str, moment: str) -> None:
    """Find out, as a worker would."""
    killed_in = "locked_books" if moment == "before it is booked" else "note_standing"
    async with database.connected(url, pool_size=2):
        with patch(f"services.disputes.{killed_in}", side_effect=kill_this_process):
            await disputes.find_out(reference, SandboxGateway("http://testserver"))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
