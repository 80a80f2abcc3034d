"""The way to the database for many rows at once: COPY, which the ORM does not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.models import Model

Row = TypeVar("Row", bound=Model)


def connection_of(transaction: BaseDBAsyncClient) -> Any:
    """The asyncpg connection of an ORM transaction."""
    return transaction._connection  # noqa: SLF001 - no public way


async def rows_of(model: type[Row], connection: Any, sql: str, *values: object) -> list[Row]:
    """Rows by a statement of our own, which the ORM would have to put together each time."""
    found = await connection.fetch(sql, *values)
    return [model._init_from_db(**row) for row in found]  # noqa: SLF001 - as the ORM itself does


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
