"""What is asked of books however long they are: the last entries, this month, the balance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from bench.client import BadAnswer

PAGE_LENGTH = 20


@dataclass(frozen=True)
class Question:
    """A query, and what an answer of a workspace that has it all must contain so many times."""

    document: str
    variables: Mapping[str, Any]
    marker: bytes
    times_min: int

    @property
    def body(self) -> bytes:
        return orjson.dumps({"query": self.document, "variables": self.variables})

    def __call__(self, body: bytes) -> int:
        """Judge an answer. Raises BadAnswer."""
        if not body.startswith(b'{"data":{') or body.count(self.marker) < self.times_min:
            raise BadAnswer(body[:1000].decode(errors="replace"))
        return 1


QUESTIONS = {
    "last 20 of the ledger": Question(
        """query ($first: Int!) { workspace { ledgerEntries(first: $first) {
            nodes { id kind amount balanceAfter occurredAt description }
            pageInfo { hasNextPage endCursor }
        } } }""",
        {"first": PAGE_LENGTH},
        b'"balanceAfter":',
        PAGE_LENGTH,
    ),
    "last 20 events": Question(
        """query ($first: Int!) { workspace { usageEvents(first: $first) {
            nodes { id eventId meter quantity provider model credits occurredAt agentId }
            pageInfo { hasNextPage endCursor }
        } } }""",
        {"first": PAGE_LENGTH},
        b'"eventId":',
        PAGE_LENGTH,
    ),
    "this month by meter": Question(
        """query ($input: UsageReportInput!) { workspace { usageReport(input: $input) {
            total events buckets { start meter quantity credits events }
        } } }""",
        {
            "input": {
                "from": "2026-07-01T00:00:00Z",
                "to": "2026-08-01T00:00:00Z",
                "grain": "MONTH",
                "groupBy": ["METER"],
            }
        },
        b'"meter":',
        1,
    ),
    "balance": Question(
        "{ workspace { creditBalance { available held total debt nextExpiry } } }",
        {},
        b'"available":',
        1,
    ),
}
