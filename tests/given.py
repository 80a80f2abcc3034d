"""What stories begin with: a workspace, a card, a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from resolvers.nodes import parse_global_id
from tests.client import Api

FIRST_OF_APRIL = "2026-04-01T00:00:00Z"


def instant(text: str) -> datetime:
    """An instant as the API writes it."""
    return datetime.fromisoformat(text).astimezone(UTC)


@dataclass(frozen=True)
class Tenant:
    """A workspace and a caller with its key."""

    id: str
    api: Api

    @property
    def key(self) -> Any:
        """The workspace's primary key, for services and models."""
        parsed = parse_global_id(self.id)
        assert parsed is not None
        return parsed[1]


async def a_workspace(
    operator: Api, *, card: str | None = None, clock: str | None = FIRST_OF_APRIL, **input: Any
) -> Tenant:
    """A free workspace, on a clock of its own unless `clock` is None, with a card or none."""
    made = await operator.do(
        "createWorkspace",
        "workspace { id } apiKey",
        **{"name": "Acme", "email": "owner@acme.test", "startClockAt": clock} | input,
    )
    assert made["errors"] == []
    tenant = Tenant(made["workspace"]["id"], operator.with_key(made["apiKey"]))
    if card:
        await attach(tenant, card)
    return tenant


async def attach(tenant: Tenant, token: str, **input: Any) -> str:
    """A payment method of the tenant; its id."""
    attached = await tenant.api.do(
        "attachPaymentMethod", "paymentMethod { id }", token=token, **input
    )
    assert attached["errors"] == []
    id: str = attached["paymentMethod"]["id"]
    return id


def a_key() -> str:
    """An idempotency key that nobody has used."""
    return f"test-{uuid4()}"
