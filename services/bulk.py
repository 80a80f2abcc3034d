"""The way to the database for many rows at once: COPY, which the ORM does not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient


def connection_of(transaction: BaseDBAsyncClient) -> Any:
    """The asyncpg connection of an ORM transaction."""
    return transaction._connection  # noqa: SLF001 - no public way


async def copy(connection: Any, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns."""
    if rows:
        columns = list(rows[0])
        records = [tuple(row.values()) for row in rows]
        await connection.copy_records_to_table(table, columns=columns, records=records)


async def copy_records(
    connection: Any, table: str, columns: Sequence[str], records: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows with these columns."""
    await connection.copy_records_to_table(table, columns=columns, records=records)
