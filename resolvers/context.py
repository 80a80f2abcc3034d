"""What every resolver is given: who asks, and the means to answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import strawberry

from models.workspaces import KeyKind
from resolvers.loaders import Loaders
from services.api_keys import Keyring
from services.carrier import Carrier
from services.gateway import Gateway
from services.usage_queue import UsageQueue


@dataclass(frozen=True, slots=True)
class Principal:
    """Whom the request's key speaks for, and what the key may do."""

    kind: KeyKind
    label: str
    scopes: frozenset[str]
    workspace_id: UUID | None = None


@dataclass(slots=True)
class Context:
    """One request. `principal` is None without a key: then only what is public is answered.

    `base_url` is how a browser reaches this server.
    """

    principal: Principal | None
    gateway: Gateway
    carrier: Carrier
    keyring: Keyring
    base_url: str
    usage_queue: UsageQueue
    loaders: Loaders = field(default_factory=Loaders)


Info = strawberry.Info[Context, None]
