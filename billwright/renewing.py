"""`billwright renew`: all that is due at once, or what that would be, with its progress shown."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import typer

from billwright import database, providers
from billwright.server import ServerError
from billwright.settings import Settings
from models.money import Money
from services import due_work, forecasts


@dataclass(slots=True)
class Summary:
    """What was, or would be, billed."""

    counts: Counter[str] = field(default_factory=Counter)
    totals: dict[str, Money] = field(default_factory=dict)

    def add(self, kind: str, total: Money) -> None:
        """One more of a kind."""
        self.counts[kind] += 1
        self.totals[kind] = self.totals.get(kind, Money(0, total.currency)) + total

    def __str__(self) -> str:
        if not self.counts:
            return "Nothing is due."
        return "\n".join(
            f"{count:>8,}  {kind}, {self.totals[kind]}"
            for kind, count in sorted(self.counts.items())
        )


async def forecast(database_url: str, *, at: datetime) -> str:
    """What would be billed if it were `at` already; nothing is written."""
    summary = Summary()
    async with database.connected(database_url, pool_size=2):
        due = await forecasts.due_by(at)
        with _progress(len(due)) as progress:
            for workspace_id in due:
                found = await forecasts.renewal(workspace_id, at=at)
                if found is not None:
                    summary.add(found.kind, found.total)
                progress.update(1)
    return str(summary)


async def renew(settings: Settings, database_url: str) -> str:
    """Do all that is due now, next to whoever else does."""
    gateway = providers.gateway_for(settings.stripe_access, settings.base_url)
    async with database.connected(database_url, pool_size=settings.database_pool_size):
        if problem := await providers.problem_with_database(settings.stripe_access):
            raise ServerError(problem)
        due = await forecasts.due_by(datetime.now(UTC))
        try:
            renewed = await due_work.renew(gateway)
            with _progress(len(due)) as progress:
                for workspace_id in due:
                    await due_work.catch_up(workspace_id, gateway)
                    progress.update(1)
        finally:
            await gateway.close()
    return f"{len(due):,} workspaces are up to date; {renewed:,} renewals were done in batches."


def _progress(length: int) -> AbstractContextManager[Any]:
    bar: AbstractContextManager[Any] = typer.progressbar(
        length=length, label="workspaces", file=sys.stderr
    )
    return bar
