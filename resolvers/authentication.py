"""From the Authorization header to whom it speaks for."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from models.workspaces import KeyKind
from resolvers.access import Unauthenticated
from resolvers.context import Principal
from services import api_keys
from services.api_keys import Keyring, Scope

KEY_LENGTH_MAX = 200


@dataclass(frozen=True, slots=True)
class Authenticator:
    """Knows the operators' key and how to look up everybody else's."""

    operator_key: str
    keyring: Keyring

    async def principal_of(self, authorization: str | None) -> Principal | None:
        """Whom a request speaks for, None without a header. Raises Unauthenticated."""
        if authorization is None:
            return None
        scheme, _, key = authorization.partition(" ")
        key = key.strip()
        if scheme.lower() != "bearer" or not 0 < len(key) <= KEY_LENGTH_MAX:
            raise Unauthenticated("Send the header 'Authorization: Bearer <your key>'.")
        if hmac.compare_digest(key.encode(), self.operator_key.encode()):
            return Principal(KeyKind.OPERATOR, "Operator", frozenset({Scope.ALL}))
        found = await api_keys.find(self.keyring, key)
        if found is None:
            raise Unauthenticated("This key is unknown, revoked or expired.")
        scopes = frozenset(found.scopes)
        return Principal(KeyKind.WORKSPACE, found.label, scopes, found.workspace_id)
