"""What GraphiQL is told at start: to whom the sandbox gives its key, and where it does not."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from billwright import graphiql
from tests.conftest import OPERATOR_KEY

CONFIG = "/graphiql/config.json"
PREFILLED = {"Authorization": f"Bearer {OPERATOR_KEY}"}


async def config(app: Any, *, address: str, caller: str, **headers: str) -> dict[str, Any]:
    """What a page at `address` is told that was opened from the machine `caller`."""
    transport = httpx2.ASGITransport(app=app, client=(caller, 50_000))
    async with httpx2.AsyncClient(transport=transport, base_url=address) as client:
        answer = await client.get(CONFIG, headers=headers)
    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers
    told: dict[str, Any] = answer.json()
    return told


@pytest.fixture
def app(client: httpx2.AsyncClient) -> Any:
    """The application that the other tests call."""
    transport = client._transport
    assert isinstance(transport, httpx2.ASGITransport)
    return transport.app


@pytest.mark.parametrize(
    ("address", "caller"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1"),
        ("http://localhost:8000", "127.0.0.1"),
        ("http://[::1]:8000", "::1"),
    ],
)
async def test_on_the_own_machine_the_key_is_filled_in(app: Any, address: str, caller: str) -> None:
    told = await config(app, address=address, caller=caller)
    assert told["headers"] == PREFILLED
    assert told["notice"] == "Sandbox: no real money moves."


@pytest.mark.parametrize(
    ("address", "caller", "headers"),
    [
        # another machine, by whatever name it calls us
        ("http://billing.test", "192.0.2.7", {}),
        ("http://localhost:8000", "192.0.2.7", {}),
        # a foreign site whose name resolves to this machine
        ("http://evil.test:8000", "127.0.0.1", {}),
        # a foreign site's script, as browsers mark what it asks for
        ("http://localhost:8000", "127.0.0.1", {"sec-fetch-site": "cross-site"}),
    ],
)
async def test_elsewhere_it_is_not(
    app: Any, address: str, caller: str, headers: dict[str, str]
) -> None:
    told = await config(app, address=address, caller=caller, **headers)
    assert told["headers"] == {}


async def test_where_payments_are_live_it_is_not() -> None:
    live = Starlette(routes=graphiql.routes(operator_key=OPERATOR_KEY, is_sandbox=False))
    told = await config(live, address="http://localhost:8000", caller="127.0.0.1")
    assert told["headers"] == {}
    assert told["notice"] is None
