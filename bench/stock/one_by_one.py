"""`billwright serve`, but each `recordUsage` is a transaction of its own, executed by graphql-core.

The same program with the same settings, rules and rows. What is taken away is named here and
nowhere else.
"""

from __future__ import annotations

import sys

from billwright import cli
from schema.documents import Document
from schema.plain import PlainMutation
from schema.root import BillwrightSchema
from services import usage
from services.usage_events import Recorded, Report
from services.usage_queue import UsageQueue


def _never(_: BillwrightSchema, __: Document) -> PlainMutation | None:
    return None


async def _alone(_: UsageQueue, report: Report) -> Recorded:
    [recorded] = await usage.record([report])
    return recorded


def main() -> None:
    """As `billwright serve`."""
    BillwrightSchema.plain = _never  # type: ignore[assignment, method-assign]
    UsageQueue.record = _alone  # type: ignore[assignment, method-assign]
    sys.argv = ["billwright", "serve"]
    cli.main()


if __name__ == "__main__":
    main()
