"""A transaction that cannot begin costs no connection, and the next one begins."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from tortoise.connection import get_connections
from tortoise.transactions import in_transaction

from billwright.database import tortoise_config
from billwright.postgres_client import PostgresClient
from tests.processes import outside_the_loop


@pytest.fixture
async def lone(database_url: str) -> AsyncIterator[PostgresClient]:
    """A pool of one connection: whoever loses it has none."""
    config = tortoise_config(database_url, pool_size=1, command_seconds_max=0.5)
    credentials = config["connections"]["default"]["credentials"]
    client = PostgresClient(**credentials, connection_name="lone")
    await client.create_connection(with_db=True)
    token = get_connections().set("lone", client)
    yield client
    get_connections().reset(token)
    await client.close()


async def session() -> int:
    async with asyncio.timeout(5), in_transaction("lone") as transaction:
        (row,) = await transaction.execute_query_dict("SELECT pg_backend_pid() AS pid")
    return int(row["pid"])


async def test_cancelled_before_the_server_has_begun(lone: PostgresClient) -> None:
    before = await session()
    task = asyncio.create_task(session())
    pool: Any = lone._pool
    while pool.get_idle_size():  # noqa: ASYNC110 - the pool tells nobody
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    # what is known of the connection is too little to use it again
    assert await session() != before


@pytest.mark.usefixtures("lone")
async def test_a_server_that_says_nothing_is_given_up() -> None:
    before = await session()
    os.kill(before, signal.SIGSTOP)
    try:
        with pytest.raises(TimeoutError):
            await session()
        assert await session() != before
    finally:
        os.kill(before, signal.SIGCONT)


async def stopped_in_the_middle(server: int) -> None:
    async with in_transaction("lone") as transaction:
        os.kill(server, signal.SIGSTOP)
        await transaction.execute_query("SELECT 1")


@pytest.mark.usefixtures("lone")
async def test_a_server_that_says_nothing_in_the_middle_is_given_up() -> None:
    before = await session()
    try:
        task = asyncio.create_task(stopped_in_the_middle(before))
        done, _ = await asyncio.wait([task], timeout=10)
        assert done
        with pytest.raises(TimeoutError):
            task.result()
        assert await session() != before
    finally:
        os.kill(before, signal.SIGCONT)


@pytest.mark.usefixtures("lone")
async def test_the_server_is_gone_when_it_shall_begin(database_url: str) -> None:
    before = await session()

    async def terminate() -> bool:
        connection = await asyncpg.connect(database_url)
        try:
            return bool(await connection.fetchval("SELECT pg_terminate_backend($1, 5000)", before))
        finally:
            await connection.close()

    # while this loop stands still, so that the pool does not know
    assert outside_the_loop(terminate)
    with pytest.raises(asyncpg.PostgresError):
        await session()
    # in the same task, as in a worker's
    assert await session() != before
