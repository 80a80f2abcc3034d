"""The connection to PostgreSQL, and its migrations."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import asyncpg
from tortoise import Tortoise, connections

import migrations
from models import MODULES

# aerich advises against itself when it sees Tortoise 1.x; docs/decisions/0001 says why we stay
os.environ.setdefault("AERICH_NO_TORTOISE_V1_WARNING", "1")
from aerich import Command

SERVER_VERSION_MIN = 15_00_00
ANSWER_TIMEOUT_SECONDS = 5.0
MIGRATION_LOCK = "billwright:migrate"


class DatabaseError(Exception):
    """One line: what is wrong with the database, and what to do."""


def tortoise_config(database_url: str, *, pool_size: int = 10) -> dict[str, Any]:
    """The ORM's configuration for a database. Sessions run in UTC and give up on lost locks."""
    credentials = connection_arguments(database_url) | {
        "minsize": 1,
        "maxsize": pool_size,
        "application_name": "billwright",
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
            "default": {"engine": "tortoise.backends.asyncpg", "credentials": credentials}
        },
        "apps": {
            "billing": {"models": [*MODULES, "aerich.models"], "default_connection": "default"}
        },
        "use_tz": True,
        "timezone": "UTC",
    }


def connection_arguments(database_url: str) -> dict[str, Any]:
    """What asyncpg needs to know of a libpq address. Raises DatabaseError for what is unknown."""
    parts = urlsplit(database_url)
    options = dict(parse_qsl(parts.query))
    arguments: dict[str, Any] = {
        "host": options.pop("host", None) or parts.hostname or "localhost",
        "port": int(options.pop("port", None) or parts.port or 5432),
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


async def check_reachable(database_url: str) -> None:
    """Raises DatabaseError when nothing answers at the address, or too old a server does."""
    arguments = connection_arguments(database_url)
    where = f"{arguments['host']}:{arguments['port']}"
    try:
        connection = await asyncpg.connect(**arguments, timeout=ANSWER_TIMEOUT_SECONDS)
    except (OSError, TimeoutError) as silence:
        raise DatabaseError(
            f"No PostgreSQL answers at {where} ({silence or 'timeout'}). Start it, or correct "
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


@asynccontextmanager
async def connected(database_url: str, *, pool_size: int = 10) -> AsyncIterator[None]:
    """The ORM, connected for as long as the block runs, in every task."""
    await Tortoise.init(
        config=tortoise_config(database_url, pool_size=pool_size), _enable_global_fallback=True
    )
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
    finally:
        await connection.close()


async def is_ready() -> bool:
    """Whether the database answers a query now."""
    try:
        await connections.get("default").execute_query("SELECT 1")
    except Exception:  # noqa: BLE001 - whatever it is, we are not ready
        return False
    return True
