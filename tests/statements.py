"""How many SQL statements something takes.

async with counted() as statements:
    await api.ask("{ workspaces { nodes { name } } }")
assert len(statements) == 1, statements
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

import asyncpg
import pytest

from services.gathering import Gathering

METHODS = ("execute", "executemany", "fetch", "fetchrow", "fetchval", "copy_records_to_table")
# The frame of a transaction, and what the pool does to a connection that is given back.
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SELECT PG_ADVISORY_UNLOCK")

# A variable of the task's context: what background jobs send meanwhile is not ours to count.
_statements: ContextVar[list[str] | None] = ContextVar("statements", default=None)


@asynccontextmanager
async def counted() -> AsyncIterator[list[str]]:
    """The statements that the block sends to PostgreSQL, itself or by tasks that it starts.

    A statement for many rows (`executemany`) counts once; BEGIN, COMMIT and the like do not.
    """
    statements: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for name in METHODS:
            patch.setattr(asyncpg.Connection, name, _noting(getattr(asyncpg.Connection, name)))
        patch.setattr(Gathering, "_reply_to", _gathered(Gathering._reply_to, statements))
        token = _statements.set(statements)
        try:
            yield statements
        finally:
            _statements.reset(token)


def _noting(method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def noted(connection: Any, statement: str, *values: Any, **options: Any) -> Any:
        statements = _statements.get()
        if statements is not None and not statement.lstrip().upper().startswith(NOT_COUNTED):
            statements.append(statement)
        return await method(connection, statement, *values, **options)

    return noted


def _gathered(
    method: Callable[..., Awaitable[None]], statements: list[str]
) -> Callable[..., Awaitable[None]]:
    """What is gathered is done by a task of nobody's: here it is done for whoever counts."""

    async def noted(gathering: Any, asked: Any) -> None:
        _statements.set(statements)
        await method(gathering, asked)

    return noted
