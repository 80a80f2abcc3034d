"""Tortoise's client for PostgreSQL, with transactions that begin wholly or not at all."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    TransactionalDBClient,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.connection import get_connections


class _Transaction(TransactionContextPooled):
    """Tortoise binds the task to a connection before it says BEGIN and undoes it in the end only.

    A BEGIN that was cancelled, or that the server did not answer, would keep the connection out of
    the pool for good, and the task would ask the dead connection ever after.
    """

    async def __aenter__(self) -> TransactionalDBClient:
        try:
            return await super().__aenter__()
        except BaseException:
            if connection := self.client._connection:  # noqa: SLF001 - no public way
                get_connections().reset(self.token)
                # whether the transaction has begun is not known; the pool makes a new connection
                with suppress(asyncpg.InterfaceError):  # it is closed, and back in the pool
                    connection.terminate()
            raise

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        try:
            await super().__aexit__(exc_type, exc_val, exc_tb)
        except Exception:
            # a connection that is gone has rolled back: what went wrong first is what is told
            if exc_type is None:
                raise


class PostgresClient(AsyncpgDBClient):
    """What `tortoise_config` names."""

    def _in_transaction(self) -> TransactionContext:
        return _Transaction(TransactionWrapper(self), self._pool_init_lock)


client_class = PostgresClient  # Tortoise looks for this name
