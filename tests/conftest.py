"""Fixtures. Each test makes workspaces of its own, so that nothing needs to be cleaned up.

The books of everything that a worker's tests did are checked when it ends (`_books_stay_clean`);
what breaks them on purpose uses `fresh_database`.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest
from asgi_lifespan import LifespanManager

from billwright import embedded
from billwright.app import AppConfig, create_app
from services.check import check_books
from tests import postgres
from tests.client import Api
from tests.processes import Server, running_server
from tests.provider import PROVIDER
from tests.stripe_server import FakeStripe, running_stripe

SERVER_VARIABLE = "BILLWRIGHT_TEST_SERVER"
OPERATOR_KEY = "bw_op_of_the_tests"


def pytest_configure(config: pytest.Config) -> None:
    """Start the PostgreSQL that all workers share, once."""
    # whoever runs us in the background has it ignored, and so would have all that we start
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput") or SERVER_VARIABLE in os.environ:
        return
    for name in [name for name in os.environ if name.startswith("BILLWRIGHT_")]:
        del os.environ[name]  # what the developer's own server uses is not the tests' business
    folder = Path(tempfile.mkdtemp(prefix="billwright-tests-"))
    os.environ[SERVER_VARIABLE] = embedded.start(folder, settings=postgres.FAST)
    config.add_cleanup(lambda: _stop(folder))


def _stop(folder: Path) -> None:
    embedded.stop(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def server_url() -> str:
    """The PostgreSQL of this test run."""
    return os.environ[SERVER_VARIABLE]


@pytest.fixture(scope="session")
async def template(server_url: str) -> str:
    """The name of the database that all others are copies of."""
    return await postgres.make_template(server_url)


@pytest.fixture(scope="session")
async def database_url(server_url: str, template: str) -> str:
    """This worker's database."""
    return await postgres.copy(server_url, template)


@pytest.fixture
async def fresh_database(server_url: str, template: str) -> str:
    """A database of this test's own, for what counts all rows or breaks some."""
    return await postgres.copy(server_url, template)


@pytest.fixture(scope="session")
async def client(database_url: str) -> AsyncIterator[httpx2.AsyncClient]:
    """The application, running in this process. The ORM is connected for as long as it runs."""
    app = create_app(AppConfig(database_url, OPERATOR_KEY, "http://testserver"), PROVIDER)
    async with LifespanManager(app, startup_timeout=30):
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as client:
            yield client


@pytest.fixture(scope="session", autouse=True)
async def _books_stay_clean(client: httpx2.AsyncClient) -> AsyncIterator[None]:
    yield
    broken = [finding for finding in await check_books() if finding.violations]
    assert broken == []


@pytest.fixture(scope="session")
def public(client: httpx2.AsyncClient) -> Api:
    """A caller without a key."""
    return Api(client)


@pytest.fixture(scope="session")
def operator(client: httpx2.AsyncClient) -> Api:
    """A caller with the operators' key."""
    return Api(client, OPERATOR_KEY)


@pytest.fixture(scope="session")
def live_server(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A real server process on a real port, with a database of its own."""
    with running_server(
        tmp_path_factory.mktemp("live"), database=lambda: postgres.copy(server_url, template)
    ) as server:
        yield server


@pytest.fixture(scope="session")
def stripe() -> Iterator[FakeStripe]:
    """A Stripe of the tests' own, over real HTTP."""
    with running_stripe() as stripe:
        yield stripe
