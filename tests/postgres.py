"""One PostgreSQL for the whole test run, and databases on it that cost a tenth of a second each."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg

import migrations
from billwright import database
from billwright.settings import Settings
from services import catalog
from services.price_list_file import load

# What is lost in a power cut is made anew by the next run.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
TEMPLATE_LOCK = "SELECT pg_advisory_lock(hashtextextended('billwright:test-template', 0))"


def at_database(server_url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))


async def make_template(server_url: str) -> str:
    """The database that all others are copies of: migrated, with the shipped price list.

    Its name holds a hash of the migrations and the price list, so that it is made once.
    """
    name = f"template_{_content_hash()}"
    connection = await asyncpg.connect(server_url)
    try:
        await connection.execute(TEMPLATE_LOCK)
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            draft = f"draft_{uuid4().hex}"
            await connection.execute(f"CREATE DATABASE {draft}")
            await _fill(at_database(server_url, draft))
            await connection.execute(f"ALTER DATABASE {draft} RENAME TO {name}")
    finally:
        await connection.close()
    return name


async def copy(server_url: str, template: str) -> str:
    """A new database, as the template is. Returns its address."""
    name = f"test_{uuid4().hex}"
    connection = await asyncpg.connect(server_url)
    try:
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log")
    finally:
        await connection.close()
    return at_database(server_url, name)


async def _fill(url: str) -> None:
    await database.migrate(url)
    async with database.connected(url, pool_size=2):
        await catalog.publish(load(Settings().catalog))


def _content_hash() -> str:
    files = sorted(Path(migrations.__path__[0]).rglob("*.py"))
    digest = hashlib.sha256()
    for path in [*files, Settings().catalog]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
