"""Keys: made at random, shown once, kept as a keyed hash."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

import orjson
from tortoise import connections
from tortoise.transactions import in_transaction

from models.workspaces import ApiKey, Installation, Workspace
from services.answers import Answer
from services.errors import InvalidInput
from services.inputs import rfc3339, text
from services.locks import transaction_lock

logger = logging.getLogger(__name__)

KEY_START = "bw_ws_"
PREFIX_LENGTH = 14  # "bw_ws_" and eight characters: enough to recognise a key, too few to guess it
LAST_USED_RESOLUTION = timedelta(minutes=1)


class Scope(StrEnum):
    """What a key may do. ALL includes whatever is added later."""

    READ = "read"
    WRITE = "write"
    ALL = "*"


_FIND = """
    SELECT id, secret_hash, label, scopes, workspace_id, last_used_at FROM api_key
    WHERE secret_hash = ANY($1) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
"""
# who is marking one of them, or revokes it, is not waited for
_USED = """
    UPDATE api_key SET last_used_at = $2 WHERE id IN (
        SELECT id FROM api_key WHERE id = ANY($1) ORDER BY id FOR UPDATE SKIP LOCKED)
"""


class FoundKey(NamedTuple):
    """What a key that was found may do, and where."""

    label: str
    scopes: frozenset[str]
    workspace_id: UUID


class WrongSecret(Exception):
    """The keys of this database were made with another BILLWRIGHT_SECRET_KEY."""


@dataclass(frozen=True)
class Keyring:
    """Hashes keys with the installation's secret, so that a stolen table of hashes is worthless."""

    secret: bytes

    def hash(self, key: str) -> str:
        return hmac.new(self.secret, key.encode(), hashlib.sha256).hexdigest()

    def derived_key(self, name: str) -> str:
        """A key that is always the same for `name`, and that nobody without the secret can tell."""
        digest = hmac.digest(self.secret, f"derived key: {name}".encode(), "sha256")
        return KEY_START + urlsafe_b64encode(digest).decode().rstrip("=")

    def sign(self, text: str, *, purpose: str) -> str:
        """Proof that `text` is ours. What is signed for one purpose proves nothing for another."""
        key = hmac.digest(self.secret, f"signing key: {purpose}".encode(), "sha256")
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


async def open_keyring(configured_secret: str | None) -> Keyring:
    """The keyring of this database: with the configured secret, or one made at the first start.

    Raises WrongSecret when the database's keys were made with another one.
    """
    async with in_transaction():
        await transaction_lock("billwright:keyring")
        installation = await Installation.get_or_none(id=1)
        if installation is None:
            installation = await _install(configured_secret)
    secret = configured_secret or installation.generated_secret
    if secret is None or _fingerprint(secret) != installation.secret_fingerprint:
        raise WrongSecret
    return Keyring(secret.encode())


async def find_each(secret_hashes: Sequence[str]) -> list[FoundKey | None]:
    """The unrevoked, unexpired keys with these hashes, in one statement; marked as used."""
    now = datetime.now(UTC)
    connection = connections.get("default")
    rows = await connection.execute_query_dict(_FIND, [list(set(secret_hashes)), now])
    # to the minute: a write with every request would cost more than the answer is worth
    stale = [row["id"] for row in rows if _is_stale(row["last_used_at"], now)]
    if stale:
        try:
            await connection.execute_query(_USED, [stale, now])
        except Exception as refusal:  # noqa: BLE001 - a note: who may only read now shall read
            logger.warning("it could not be noted that keys are used: %s", refusal)
    found = {
        row["secret_hash"]: FoundKey(
            row["label"], frozenset(orjson.loads(row["scopes"])), row["workspace_id"]
        )
        for row in rows
    }
    return [found.get(secret_hash) for secret_hash in secret_hashes]


def _is_stale(last_used_at: datetime | None, now: datetime) -> bool:
    return last_used_at is None or last_used_at < now - LAST_USED_RESOLUTION


async def create(
    keyring: Keyring,
    workspace: Workspace,
    *,
    label: str,
    scopes: Sequence[str],
    expires_at: datetime | None,
    key: str | None = None,
) -> Answer:
    """A new key of `workspace`, made at random unless given; its text is in the answer's values.

    Raises InvalidInput for an unknown scope, none at all, or an expiry that is past.
    """
    if expires_at is not None and expires_at <= datetime.now(UTC):
        raise InvalidInput(f"{rfc3339(expires_at)} is past.", path=("expiresAt",))
    key = key or KEY_START + secrets.token_urlsafe(32)
    row = await ApiKey.create(
        workspace_id=workspace.id,
        label=text(label, path=("label",), length_max=200),
        prefix=key[:PREFIX_LENGTH],
        secret_hash=keyring.hash(key),
        scopes=_known_scopes(scopes),
        expires_at=expires_at,
    )
    return Answer(objects={"api_key": row.id}, values={"secret": key})


async def revoke(key_id: UUID) -> Answer:
    """From now on the key opens nothing. Revoking again changes nothing."""
    await ApiKey.filter(id=key_id, revoked_at__isnull=True).update(revoked_at=datetime.now(UTC))
    return Answer(objects={"api_key": key_id})


def _known_scopes(scopes: Sequence[str]) -> list[str]:
    known = ", ".join(Scope)
    if not scopes:
        raise InvalidInput(
            f"A key without a scope opens nothing; choose of {known}.", path=("scopes",)
        )
    for index, scope in enumerate(scopes):
        if scope not in list(Scope):
            raise InvalidInput(
                f"'{scope[:50]}' is no scope; there are {known}.", path=("scopes", str(index))
            )
    return sorted(set(scopes))


async def _install(configured_secret: str | None) -> Installation:
    generated = None if configured_secret else secrets.token_hex(32)
    fingerprint = _fingerprint(configured_secret or generated or "")
    return await Installation.create(
        id=1, generated_secret=generated, secret_fingerprint=fingerprint
    )


def _fingerprint(secret: str) -> str:
    return hashlib.sha256(b"billwright fingerprint:" + secret.encode()).hexdigest()
