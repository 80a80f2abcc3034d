"""From the Authorization header to whom it speaks for."""

from __future__ import annotations

import hmac

from models.workspaces import KeyKind
from resolvers.access import Unauthenticated
from resolvers.context import Principal
from services import api_keys
from services.api_keys import Keyring, Scope
from services.gathering import Gathering

KEY_LENGTH_MAX = 200
STATEMENTS_AT_ONCE = 2
KEYS_AT_ONCE = 100
KEYS_WAITING_MAX = 10_000


class Authenticator:
    """Knows the operators' key and how to look up everybody else's, those of a moment together."""

    def __init__(self, operator_key: str, keyring: Keyring) -> None:
        self._operator_key, self._keyring = operator_key, keyring
        self._found = Gathering(
            api_keys.find_each,
            rounds_at_once=STATEMENTS_AT_ONCE,
            round_size_max=KEYS_AT_ONCE,
            waiting_size_max=KEYS_WAITING_MAX,
        )

    async def principal_of(self, authorization: str | None) -> Principal | None:
        """Whom a request speaks for, None without a header. Raises Unauthenticated."""
        if authorization is None:
            return None
        scheme, _, key = authorization.partition(" ")
        key = key.strip()
        if scheme.lower() != "bearer" or not 0 < len(key) <= KEY_LENGTH_MAX:
            raise Unauthenticated("Send the header 'Authorization: Bearer <your key>'.")
        if hmac.compare_digest(key.encode(), self._operator_key.encode()):
            return Principal(KeyKind.OPERATOR, "Operator", frozenset({Scope.ALL}))
        found = await self._found.ask(self._keyring.hash(key))
        if found is None:
            raise Unauthenticated("This key is unknown, revoked or expired.")
        return Principal(KeyKind.WORKSPACE, found.label, found.scopes, found.workspace_id)
