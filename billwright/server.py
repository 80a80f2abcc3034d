"""From settings to a server that answers: database, migrations, price list, keys, uvicorn."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

import uvicorn
import uvloop
from starlette.applications import Starlette
from uvicorn.supervisors import Multiprocess

from billwright import database, embedded, logs, providers, worker
from billwright import settings as settings_module
from billwright.app import AppConfig, create_app
from billwright.one_write import OneWriteProtocol
from billwright.settings import Settings
from services import catalog, sellers
from services.api_keys import WrongSecret, open_keyring
from services.carrier.sandbox import SandboxCarrier
from services.price_list import PriceList
from services.price_list_file import load as load_price_list
from services.provenance import Mode

APP_FACTORY = "billwright.server:app_from_environment"
HEADER_BYTES_MAX = 64 * 1024
BACKLOG = 2048  # connections that wait to be accepted
EMBEDDED_LOOKED_AT_EVERY_SECONDS = 5.0
OTHER_CONNECTIONS = 20  # next to those of the API: `check`, psql, the next `serve`

PAYMENTS = {
    Mode.SANDBOX: "sandbox: no real money moves",
    Mode.TEST: "Stripe, test mode: no real money moves",
    Mode.LIVE: "Stripe, live: real money moves",
}

logger = logging.getLogger(__name__)


class ServerError(Exception):
    """One line: why the server cannot start, and what to do."""


def serve(settings: Settings) -> None:
    """Prepare everything and serve until stopped. Raises what `_explained` of the CLI explains.

    Nothing is started or written before the price list was read and the port is ours.
    """
    _configure_logs(settings)
    price_list = load_price_list(settings.catalog)
    with _bound_socket(settings) as listener, open_database(settings) as database_url:
        asyncio.run(_prepare(settings, database_url, price_list))
        operator_key, origin = operator_key_of(settings)
        # from here on connections wait instead of being refused: what is printed is true
        listener.listen(BACKLOG)
        _greet(settings, price_list, operator_key, origin)
        with _revived(settings):
            _run(settings, listener)


def work(settings: Settings) -> None:
    """Do what falls due until stopped, next to any number of other workers."""
    _configure_logs(settings)
    with open_database(settings, create=False) as database_url:
        asyncio.run(_check_prepared(settings, database_url))
        logger.info("working; Ctrl-C stops it")
        uvloop.run(_work(settings, database_url))


async def _check_prepared(settings: Settings, database_url: str) -> None:
    if not await database.has_tables(database_url):
        raise ServerError("The database is empty. Run: billwright serve, or billwright migrate")
    async with database.connected(database_url, pool_size=2):
        await _check_provenance(settings)


async def _check_provenance(settings: Settings) -> None:
    if problem := await providers.problem_with_database(settings.stripe_access):
        raise ServerError(problem)


async def _work(settings: Settings, database_url: str) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with database.connected(
        database_url,
        pool_size=settings.database_pool_size,
        command_seconds_max=database.COMMAND_SECONDS_MAX,
    ):
        gateway = providers.gateway_for(settings.stripe_access, settings.base_url)
        try:
            await worker.run(database_url, gateway, SandboxCarrier(), stop)
        finally:
            await gateway.close()


def app_from_environment() -> Starlette:
    """The application, for a uvicorn worker process that was told nothing but its environment."""
    settings = settings_module.load()
    _configure_logs(settings)
    _hear_only_the_first(signal.SIGINT)
    return create_app(
        AppConfig(
            database_url=database_url_of(settings),
            operator_key=operator_key_of(settings)[0],
            base_url=settings.base_url,
            secret_key=settings.secret_key,
            pool_size=settings.database_pool_size,
            introspection=settings.introspection,
            jobs=settings.jobs,
            stripe=settings.stripe_access,
        )
    )


def database_url_of(settings: Settings) -> str:
    """The configured database, or the embedded one, started if it does not run."""
    if settings.database_url:
        return settings.database_url
    connections = settings.workers * settings.database_pool_size + OTHER_CONNECTIONS
    return embedded.start(
        settings.data_dir.resolve(), settings={"max_connections": str(max(100, connections))}
    )


@contextmanager
def open_database(settings: Settings, *, create: bool = True) -> Iterator[str]:
    """A database that answers. An embedded one stops after the last process that used it.

    Raises ServerError when there is none yet and none is to be made.
    """
    if settings.database_url:
        asyncio.run(database.check_reachable(settings.database_url))
        yield settings.database_url
        return
    if not create and not embedded.exists(settings.data_dir):
        raise ServerError(
            f"There is no database in {settings.data_dir}. Run: billwright serve, or set "
            "BILLWRIGHT_DATA_DIR to the folder of yours or BILLWRIGHT_DATABASE_URL to its address."
        )
    try:
        yield database_url_of(settings)
    finally:  # also when the start itself was interrupted
        with _undisturbed():
            embedded.stop_if_last(settings.data_dir.resolve())


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C does not cut off the end that the first one asked for."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _revived(settings: Settings) -> Iterator[None]:
    """An embedded server that dies, for want of memory or by a stray `kill`, is started again."""
    if settings.database_url:
        yield
        return
    stopped = threading.Event()

    def watch() -> None:
        while not stopped.wait(EMBEDDED_LOOKED_AT_EVERY_SECONDS):
            try:
                database_url_of(settings)
            except Exception:  # whatever it was, memory above all: the next look may succeed
                logger.exception("the embedded database does not come back; it is tried again")

    watcher = threading.Thread(target=watch, name="embedded database", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stopped.set()
        watcher.join()


def operator_key_of(settings: Settings) -> tuple[str, str]:
    """The operators' key and where it comes from: the setting, or a file made at first start."""
    if settings.operator_key:
        return settings.operator_key, "BILLWRIGHT_OPERATOR_KEY"
    path = settings.operator_key_file
    try:
        return _kept_key(path), str(path)
    except OSError as refusal:
        raise ServerError(
            f"The operator key cannot be kept in {path} ({refusal.strerror}). Put that right, or "
            "set BILLWRIGHT_OPERATOR_KEY, or BILLWRIGHT_DATA_DIR to another folder."
        ) from None


def _kept_key(path: Path) -> str:
    """Under a lock: of several processes that start at once, one makes the key and all read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        key = file.read().strip()
        if not key:
            key = f"bw_op_{secrets.token_urlsafe(32)}"
            file.write(f"{key}\n")
            file.flush()
            os.fsync(file.fileno())
        return key


async def _prepare(settings: Settings, database_url: str, price_list: PriceList) -> None:
    await database.migrate(database_url)
    async with database.connected(database_url, pool_size=2):
        await _check_provenance(settings)
        await catalog.publish(price_list)
        try:
            await open_keyring(settings.secret_key)
        except WrongSecret:
            raise ServerError(
                "The keys in this database were not made with this BILLWRIGHT_SECRET_KEY; set the "
                "one that they were made with, or unset it if there was none."
                if settings.secret_key
                else "The keys in this database were made with a BILLWRIGHT_SECRET_KEY; set it."
            ) from None
        await sellers.publish(settings.seller)


@contextmanager
def _bound_socket(settings: Settings) -> Iterator[socket.socket]:
    """The address we are to listen on, ours from now on."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as busy:
            raise ServerError(
                f"Cannot listen on {settings.host}:{settings.port} ({busy.strerror}). "
                "Stop what listens there, or set BILLWRIGHT_PORT (or BILLWRIGHT_HOST) to another."
            ) from None
        yield listener


def _configure_logs(settings: Settings) -> None:
    logs.configure(settings.log_format)
    # how it starts and stops is told by us, in fewer lines
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


def _hear_only_the_first(number: signal.Signals) -> None:
    """At a second Ctrl-C uvicorn would drop what is under way; to end it takes only seconds."""
    stop = signal.getsignal(number)

    def hear(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)
        if callable(stop):
            stop(number, frame)

    signal.signal(number, hear)


def _run(settings: Settings, listener: socket.socket) -> None:
    config = uvicorn.Config(
        APP_FACTORY,
        factory=True,
        workers=settings.workers,
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=BACKLOG,
        h11_max_incomplete_event_size=HEADER_BYTES_MAX,
        timeout_graceful_shutdown=10,
        loop="uvloop",
        http=OneWriteProtocol,
        ws="none",
    )
    with suppress(KeyboardInterrupt):  # uvicorn's last word on a stop that was asked for
        if settings.workers > 1:
            Multiprocess(config, sockets=[listener]).run()
        else:
            uvicorn.Server(config).run(sockets=[listener])


def _greet(settings: Settings, price_list: PriceList, operator_key: str, origin: str) -> None:
    """For people, with the key; for machines a line of the log, without: logs travel."""
    database_place = "yours" if settings.database_url else str(settings.data_dir / "postgres")
    if settings.log_format == "json":
        told = {
            "url": f"{settings.base_url}/graphql",
            "operator_key_from": origin,
            "price_list": price_list.version,
            "database": database_place,
            "payments": providers.mode_of(settings.stripe_access).lower(),
        }
        logger.info("serving", extra=told)
        return
    lines = [
        "",
        "  Billwright serves. Ctrl-C stops it.",
        "",
        f"  price list    {price_list.version}",
        f"  database      {database_place}",
        f"  payments      {PAYMENTS[providers.mode_of(settings.stripe_access)]}",
        f"  GraphiQL      {settings.base_url}/graphql",
        f"  operator key  {operator_key}   (from {origin})",
        "",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
