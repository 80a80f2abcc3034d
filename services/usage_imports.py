"""Files of usage events, in many transactions: each notes, with its events, how far it came.

So whatever cuts an import off, the next run goes on behind the last row that is stored, and counts
every row once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tortoise.transactions import in_transaction

from models.usage import UsageImport
from models.workspaces import Workspace
from services import usage
from services.usage_events import Recorded, Report


class ImportedElsewhere(Exception):
    """One line: another process imports the same file at the same time."""

    def __init__(self) -> None:
        super().__init__("Another process is importing this very file; nothing was done twice.")


@dataclass(frozen=True, slots=True)
class Step:
    """Where an import stands after some rows, and what has become of those that were rejected."""

    position_bytes: int
    lines: int
    rejected: Collection[str]  # the code of each
    rejected_file_bytes: int


async def begin(digest: str, *, again: bool = False) -> tuple[UsageImport, bool]:
    """The import of what has this digest, as far as it came, and whether it is new.

    From the start if `again`.
    """
    if again:
        await UsageImport.filter(digest=digest).delete()
    return await UsageImport.get_or_create(digest=digest)


async def known_workspaces(keys: Collection[UUID]) -> set[UUID]:
    """Those of these that there are."""
    return {workspace.id for workspace in await Workspace.filter(id__in=list(keys)).only("id")}


async def advance(
    current: UsageImport,
    reports: Sequence[Report],
    conclude: Callable[[Sequence[Recorded]], Step],
) -> UsageImport:
    """Record these events and move the import on, together or not at all. Returns it as it is then.

    `conclude` is told what became of the events and says where the import stands; what it writes
    down elsewhere counts as far as `rejected_file_bytes`. Raises ImportedElsewhere.
    """
    async with in_transaction():
        row = await UsageImport.select_for_update().get_or_none(id=current.id)
        if row is None or row.position_bytes != current.position_bytes:
            raise ImportedElsewhere
        recorded = await usage.record(reports) if reports else []
        step = conclude(recorded)
        row.position_bytes, row.lines = step.position_bytes, step.lines
        row.rejected_file_bytes = step.rejected_file_bytes
        for each in recorded:
            row.accepted += each.accepted
            row.duplicates += each.duplicates
            row.credits_mc += each.credits.millicredits
        for code in step.rejected:
            row.rejected[code] = row.rejected.get(code, 0) + 1
        await row.save()
    return row


async def finish(current: UsageImport) -> UsageImport:
    """Nothing is left to do. Raises ImportedElsewhere."""
    async with in_transaction():
        row = await UsageImport.select_for_update().get_or_none(id=current.id)
        if row is None or row.position_bytes != current.position_bytes:
            raise ImportedElsewhere
        row.finished_at = datetime.now(UTC)
        await row.save(update_fields=["finished_at"])
    return row
