"""Tenants, and the keys that open them."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from models.base import Entity
from models.catalog import CatalogVersion


class Workspace(Entity):
    """A tenant. `clock_at` is set in the sandbox only: the instant at which its clock stands."""

    name = fields.CharField(max_length=200)
    email = fields.CharField(max_length=254)
    time_zone = fields.CharField(max_length=64)
    clock_at = fields.DatetimeField(null=True)
    catalog_version: fields.ForeignKeyRelation[CatalogVersion] = fields.ForeignKeyField(
        "billing.CatalogVersion", related_name="workspaces", on_delete=fields.RESTRICT
    )
    catalog_version_id: UUID
    invoice_prefix = fields.CharField(max_length=12, unique=True)
    invoice_count = fields.IntField(default=0)
    credit_note_count = fields.IntField(default=0)
    # money that came in and that no invoice has used yet: the next one does (R38)
    balance_cents = fields.BigIntField(default=0)
    balance_entry_count = fields.IntField(default=0)

    class Meta:
        table = "workspace"

    # when this row was first asked for the time, in a workspace that lives in real time
    _asked_at: datetime | None = None

    @property
    def now(self) -> datetime:
        """The instant on this workspace's own clock; real time stands still once it was asked for.

        A row is read for one command, and a command happens at one instant: what it prorates, bills
        and writes down agrees to the microsecond.
        """
        if self._asked_at is None:
            self._asked_at = datetime.now(UTC)
        return self.clock_at or self._asked_at


class BillingAddress(Entity):
    """What the next invoice says of its buyer, and whose country's tax it bears (R42)."""

    workspace: fields.OneToOneRelation[Workspace] = fields.OneToOneField(
        "billing.Workspace", related_name="billing_address", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    name = fields.CharField(max_length=200, null=True)
    company = fields.CharField(max_length=200, null=True)
    line1 = fields.CharField(max_length=200, null=True)
    line2 = fields.CharField(max_length=200, null=True)
    city = fields.CharField(max_length=200, null=True)
    region = fields.CharField(max_length=200, null=True)
    postal_code = fields.CharField(max_length=20, null=True)
    country = fields.CharField(max_length=2)
    tax_id = fields.CharField(max_length=50, null=True)
    email = fields.CharField(max_length=254, null=True)

    class Meta:
        table = "billing_address"


class KeyKind(StrEnum):
    """Whom a key speaks for."""

    OPERATOR = "OPERATOR"
    WORKSPACE = "WORKSPACE"
    CLIENT = "CLIENT"


class ApiKey(Entity):
    """A key of one workspace: only its keyed hash and its visible prefix are kept."""

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="api_keys", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    label = fields.CharField(max_length=200)
    prefix = fields.CharField(max_length=20)
    secret_hash = fields.CharField(max_length=64, unique=True)
    scopes = fields.JSONField[list[str]]()
    last_used_at = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "api_key"


class Installation(Model):
    """One row: with which secret the keys of this database are hashed, and who sells here."""

    id = fields.SmallIntField(primary_key=True, generated=False)
    generated_secret = fields.CharField(max_length=64, null=True)
    secret_fingerprint = fields.CharField(max_length=64)
    seller = fields.JSONField[dict[str, Any]](null=True)

    class Meta:
        table = "installation"


class IdempotencyRecord(Entity):
    """A command given under a key, and its answer. `scope`: the workspace, or the operator."""

    scope = fields.UUIDField()
    mutation = fields.CharField(max_length=50)
    key = fields.CharField(max_length=255)
    request_hash = fields.CharField(max_length=64)
    answer = fields.JSONField[dict[str, object]](null=True)

    class Meta:
        table = "idempotency_record"
