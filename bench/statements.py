"""Which statements one request sends to PostgreSQL, and how PostgreSQL answers them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unittest.mock import patch
from uuid import UUID

import asyncpg
import httpx2
from asgi_lifespan import LifespanManager

from bench.programs import OPERATOR_KEY, SECRET
from billwright.app import AppConfig, create_app
from billwright.database import connection_arguments

METHODS = ("execute", "fetch", "fetchrow", "fetchval")
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SELECT PG_ADVISORY_UNLOCK")
BIG_TABLE_ROWS = 1_000


@dataclass(frozen=True)
class Sent:
    """A statement and its values."""

    text: str
    values: Sequence[Any]


@dataclass(frozen=True)
class Plan:
    """How PostgreSQL answered a statement once."""

    sent: Sent
    milliseconds: float
    big_scans: Sequence[str]  # tables of more than a thousand rows that were read from end to end
    root: Any

    @property
    def indexes(self) -> set[str]:
        return {node["Index Name"] for node in _nodes(self.root) if "Index Name" in node}


_sent: ContextVar[list[Sent] | None] = ContextVar("sent", default=None)


async def sent_by(database_url: str, body: bytes, key: str) -> list[Sent]:
    """The statements of one request. It is asked twice: the second time counts."""
    config = AppConfig(database_url, OPERATOR_KEY, "http://bench", secret_key=SECRET)
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
    async with _client(config) as client:
        for _ in range(2):
            with _noted_here() as noted:
                answer = await client.post("/graphql", content=body, headers=headers)
            assert answer.status_code == 200, answer.text
            assert "errors" not in answer.json(), answer.text
    return noted


async def plans_of(database_url: str, sent: Sequence[Sent]) -> list[Plan]:
    """The plans that connections come to keep: made once, for any values."""
    connection = await asyncpg.connect(**connection_arguments(database_url))
    try:
        await connection.execute("SET jit = off; SET plan_cache_mode = force_generic_plan")
        rows = await connection.fetch("SELECT relname, reltuples FROM pg_class")
        big = {row["relname"] for row in rows if row["reltuples"] > BIG_TABLE_ROWS}
        return [await _plan(connection, statement, big) for statement in sent]
    finally:
        await connection.close()


async def _plan(connection: asyncpg.Connection, sent: Sent, big: set[str]) -> Plan:
    values = f"({', '.join(map(_literal, sent.values))})" if sent.values else ""
    await connection.execute(f"PREPARE looked_at AS {sent.text}")
    explain = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE looked_at{values}"
    for _ in range(2):  # the first one reads what the second finds in memory
        (explained,) = json.loads(await connection.fetchval(explain))
    await connection.execute("DEALLOCATE looked_at")
    scans = [
        node["Relation Name"]
        for node in _nodes(explained["Plan"])
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in big
    ]
    return Plan(sent, explained["Execution Time"], scans, explained["Plan"])


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)


def _literal(value: object) -> str:
    match value:
        case None:
            return "NULL"
        case bool() | int():
            return str(value)
        case list() | tuple():
            return "'{" + ",".join(str(entry) for entry in value) + "}'"
        case str() | UUID() | datetime():
            return "'" + str(value).replace("'", "''") + "'"
        case _:
            raise AssertionError(f"a value of another kind: {value!r}")


@asynccontextmanager
async def _client(config: AppConfig) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(config)
    async with LifespanManager(app):
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://bench") as client:
            yield client


@contextmanager
def _noted_here() -> Iterator[list[Sent]]:
    """Note what this task sends, and the tasks that it starts; not what others send meanwhile."""
    statements: list[Sent] = []
    token = _sent.set(statements)
    try:
        with ExitStack() as patches:
            for name in METHODS:
                method = getattr(asyncpg.Connection, name)
                patches.enter_context(patch.object(asyncpg.Connection, name, _noted(method)))
            yield statements
    finally:
        _sent.reset(token)


def _noted(method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def noted(connection: Any, statement: str, *values: Any, **options: Any) -> Any:
        statements = _sent.get()
        if statements is not None and not statement.lstrip().upper().startswith(NOT_COUNTED):
            statements.append(Sent(statement, values))
        return await method(connection, statement, *values, **options)

    return noted
