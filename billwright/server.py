"""From settings to a server that answers: database, migrations, price list, keys, uvicorn."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette

from billwright import database, embedded, logs
from billwright import settings as settings_module
from billwright.app import AppConfig, create_app
from billwright.settings import Settings
from services import catalog
from services.api_keys import WrongSecret, open_keyring
from services.price_list import PriceList
from services.price_list_file import load as load_price_list

APP_FACTORY = "billwright.server:app_from_environment"
HEADER_BYTES_MAX = 64 * 1024


class ServerError(Exception):
    """One line: why the server cannot start, and what to do."""


def serve(settings: Settings) -> None:
    """Prepare everything and serve until stopped. Raises what `_explained` of the CLI explains.

    Nothing is started or written before the price list was read and the port found free.
    """
    price_list = load_price_list(settings.catalog)
    _check_port_free(settings)
    logs.configure(settings.log_format)
    with open_database(settings) as database_url:
        asyncio.run(_prepare(settings, database_url, price_list))
        operator_key, origin = operator_key_of(settings)
        _greet(settings, operator_key, origin)
        _run(settings)


def app_from_environment() -> Starlette:
    """The application, for a uvicorn worker process that was told nothing but its environment."""
    settings = settings_module.load()
    logs.configure(settings.log_format)
    return create_app(
        AppConfig(
            database_url=database_url_of(settings),
            operator_key=operator_key_of(settings)[0],
            base_url=settings.base_url,
            secret_key=settings.secret_key,
            pool_size=settings.database_pool_size,
            introspection=settings.introspection,
        )
    )


def database_url_of(settings: Settings) -> str:
    """The configured database, or the embedded one, started if it does not run."""
    return settings.database_url or embedded.start(settings.data_dir.resolve())


@contextmanager
def open_database(settings: Settings) -> Iterator[str]:
    """A database that answers. An embedded one stops after the last process that used it."""
    url = database_url_of(settings)
    try:
        asyncio.run(database.check_reachable(url))
        yield url
    finally:
        if settings.database_url is None:
            embedded.stop_if_last(settings.data_dir.resolve())


def operator_key_of(settings: Settings) -> tuple[str, str]:
    """The operators' key and where it comes from: the setting, or a file made at first start."""
    if settings.operator_key:
        return settings.operator_key, "BILLWRIGHT_OPERATOR_KEY"
    path = settings.operator_key_file
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # O_EXCL: of several processes that start at once, one makes the key and all read it
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w") as file:
            file.write(f"bw_op_{secrets.token_urlsafe(32)}\n")
    key = path.read_text().strip()
    if not key:
        raise ServerError(f"{path} is empty; delete it, and a new operator key is made.")
    return key, str(path)


async def _prepare(settings: Settings, database_url: str, price_list: PriceList) -> None:
    await database.migrate(database_url)
    async with database.connected(database_url, pool_size=2):
        await catalog.publish(price_list)
        try:
            await open_keyring(settings.secret_key)
        except WrongSecret:
            raise ServerError(
                "The keys in this database were made with another BILLWRIGHT_SECRET_KEY than "
                f"{'the one set' if settings.secret_key else 'none'}; set that one again."
            ) from None


def _check_port_free(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as busy:
            raise ServerError(
                f"Cannot listen on {settings.host}:{settings.port} ({busy.strerror}). "
                "Stop what listens there, or set BILLWRIGHT_PORT (or BILLWRIGHT_HOST) to another."
            ) from None


def _run(settings: Settings) -> None:
    options: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "workers": settings.workers,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "h11_max_incomplete_event_size": HEADER_BYTES_MAX,
        "timeout_graceful_shutdown": 10,
        "loop": "uvloop",
        "http": "httptools",
        "ws": "none",
    }
    uvicorn.run(APP_FACTORY, factory=True, **options)


def _greet(settings: Settings, operator_key: str, origin: str) -> None:
    lines = [
        "",
        f"  GraphiQL      {settings.base_url}/graphql",
        f"  operator key  {operator_key}   (from {origin})",
        "  payments      sandbox: no real money moves",
        f"  database      {'yours' if settings.database_url else settings.data_dir / 'postgres'}",
        "",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
