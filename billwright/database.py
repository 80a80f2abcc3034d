"""The connection to PostgreSQL, and its migrations."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import asyncpg
from aerich import Command
from tortoise import Tortoise, connections
from tortoise.exceptions import OperationalError

import migrations
from models import MODULES

SERVER_VERSION_MIN = 15_00_00
ANSWER_TIMEOUT_SECONDS = 5.0
READY_TIMEOUT_SECONDS = 2.0
# A little longer than the server lets a statement run: a server that has vanished says nothing.
COMMAND_SECONDS_MAX = 65.0
MIGRATION_LOCK = "billwright:migrate"
NOT_ALLOWED = (asyncpg.InsufficientPrivilegeError, asyncpg.ReadOnlySQLTransactionError)


class DatabaseError(Exception):
    """One line: what is wrong with the database, and what to do."""


def tortoise_config(
    database_url: str, *, pool_size: int = 10, command_seconds_max: float | None = None
) -> dict[str, Any]:
    """The ORM's configuration for a database. Sessions run in UTC and give up on lost locks.

    A server that does not answer within `command_seconds_max` is taken for gone; None: never.
    """
    credentials = connection_arguments(database_url) | {
        "minsize": 1,
        "maxsize": pool_size,
        "application_name": "billwright",
        "command_timeout": command_seconds_max,
        "reset": _keep_session,
        "server_settings": {
            "timezone": "UTC",
            "jit": "off",  # our queries are short: compiling them costs more than it saves
            "lock_timeout": "10s",
            "statement_timeout": "60s",
            "idle_in_transaction_session_timeout": "60s",
        },
    }
    return {
        "connections": {
            "default": {"engine": "billwright.postgres_client", "credentials": credentials}
        },
        "apps": {
            "billing": {"models": [*MODULES, "aerich.models"], "default_connection": "default"}
        },
        "use_tz": True,
        "timezone": "UTC",
    }


async def _keep_session(_: asyncpg.Connection) -> None:
    """For a connection that goes back to the pool: nothing of ours outlives its transaction.

    asyncpg would set everything back with a statement after each transaction; what is still open
    then it rolls back all the same.
    """


def connection_arguments(database_url: str) -> dict[str, Any]:
    """What asyncpg needs to know of a libpq address. Raises DatabaseError for what is unknown."""
    parts = urlsplit(database_url)
    options = dict(parse_qsl(parts.query))
    arguments: dict[str, Any] = {
        "host": options.pop("host", None) or parts.hostname or "localhost",
        "port": _port(options.pop("port", "") or str(parts.port or 5432)),
        "user": options.pop("user", None) or (parts.username and unquote(parts.username)),
        "password": options.pop("password", None) or (parts.password and unquote(parts.password)),
        "database": unquote(parts.path.lstrip("/")) or None,
    }
    if sslmode := options.pop("sslmode", None):
        arguments["ssl"] = sslmode
    if options:
        raise DatabaseError(
            f"BILLWRIGHT_DATABASE_URL has options that are not understood: {', '.join(options)}. "
            "Use host, port, user, password, sslmode."
        )
    return {name: value for name, value in arguments.items() if value is not None}


def _port(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise DatabaseError(f"BILLWRIGHT_DATABASE_URL: '{text}' is no port.") from None


async def check_reachable(database_url: str) -> None:
    """Raises DatabaseError when nothing answers at the address, or too old a server does."""
    arguments = connection_arguments(database_url)
    where = f"{arguments['host']}:{arguments['port']}"
    try:
        connection = await asyncpg.connect(**arguments, timeout=ANSWER_TIMEOUT_SECONDS)
    except (OSError, UnicodeError, asyncpg.InternalClientError) as silence:
        raise DatabaseError(
            f"No PostgreSQL answers at {where} ({_why(silence)}). Start it, or correct "
            "BILLWRIGHT_DATABASE_URL, or unset it to use the embedded one."
        ) from silence
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as refusal:
        raise DatabaseError(
            f"PostgreSQL at {where} refuses us: {refusal}. Correct BILLWRIGHT_DATABASE_URL."
        ) from refusal
    try:
        version = int(await connection.fetchval("SHOW server_version_num"))
    finally:
        await connection.close()
    if version < SERVER_VERSION_MIN:
        raise DatabaseError(
            f"PostgreSQL at {where} is version {version // 10000}; 15 or newer is needed."
        )


def _why(silence: Exception) -> str:
    if isinstance(silence, TimeoutError):
        return f"not within {ANSWER_TIMEOUT_SECONDS:.0f} seconds"
    number = getattr(silence, "errno", None) or 0
    return os.strerror(number) if number > 0 else getattr(silence, "strerror", None) or str(silence)


@asynccontextmanager
async def connected(
    database_url: str, *, pool_size: int = 10, command_seconds_max: float | None = None
) -> AsyncIterator[None]:
    """The ORM, connected for as long as the block runs, in every task."""
    config = tortoise_config(
        database_url, pool_size=pool_size, command_seconds_max=command_seconds_max
    )
    await Tortoise.init(config=config, _enable_global_fallback=True)
    try:
        yield
    finally:
        await Tortoise.close_connections()


async def migrate(database_url: str) -> list[str]:
    """Apply what is missing, one process at a time. Returns the files that were applied."""
    connection = await asyncpg.connect(**connection_arguments(database_url))
    try:
        # on a connection of its own, held while aerich works: whoever comes second finds it done
        await connection.execute("SELECT pg_advisory_lock(hashtextextended($1, 0))", MIGRATION_LOCK)
        location = str(Path(migrations.__path__[0]))
        config = tortoise_config(database_url, pool_size=2)
        async with Command(tortoise_config=config, app="billing", location=location) as command:
            return await command.upgrade(run_in_transaction=True)
    except asyncpg.LockNotAvailableError as locked:
        raise DatabaseError(
            "The tables cannot be brought up to date: another session has locked one of them for "
            "over ten seconds. End it (pg_stat_activity shows it), and try again: it goes on where "
            "it was."
        ) from locked
    except OperationalError as refusal:
        if not isinstance(refusal.__cause__, NOT_ALLOWED):
            raise
        raise DatabaseError(
            f"The tables cannot be made: {refusal}. Let BILLWRIGHT_DATABASE_URL name a user who "
            "owns the database."
        ) from refusal
    finally:
        await connection.close()


async def has_tables(database_url: str) -> bool:
    """Whether the database was ever migrated."""
    connection = await asyncpg.connect(**connection_arguments(database_url))
    try:
        return await connection.fetchval("SELECT to_regclass('aerich')") is not None
    finally:
        await connection.close()


async def is_ready() -> bool:
    """Whether the database answers a query now, and soon."""
    query = asyncio.ensure_future(connections.get("default").execute_query("SELECT 1"))
    # not awaited beyond the time: to cancel a query waits for the server, too
    await asyncio.wait([query], timeout=READY_TIMEOUT_SECONDS)
    if not query.done():
        query.cancel()
        return False
    return query.exception() is None
