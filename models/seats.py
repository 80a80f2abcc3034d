"""Who holds a seat, and which agents take a slot."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from models.base import Entity
from models.clients import Client
from models.workspaces import Workspace


class SeatKind(StrEnum):
    WORKSPACE = "WORKSPACE"
    CLIENT = "CLIENT"


class SeatStatus(StrEnum):
    INVITED = "INVITED"
    ACTIVE = "ACTIVE"
    RELEASED = "RELEASED"


class Seat(Entity):
    """A seat that is taken by a person (WORKSPACE) or a client company (CLIENT)."""

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="seats", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    kind = fields.CharEnumField(SeatKind, max_length=16)
    status = fields.CharEnumField(SeatStatus, max_length=16)
    is_owner = fields.BooleanField(default=False)
    email = fields.CharField(max_length=254)
    name = fields.CharField(max_length=200, null=True)
    client: fields.OneToOneNullableRelation[Client] = fields.OneToOneField(
        "billing.Client", related_name="seat", null=True, on_delete=fields.RESTRICT
    )
    client_id: UUID | None
    assigned_at = fields.DatetimeField()
    released_at = fields.DatetimeField(null=True)

    class Meta:
        table = "seat"


class Agent(Entity):
    """An agent of the platform, as far as it takes an agent slot. Archived, never deleted.

    `paused_at` is set while it is over the limit, or while the subscription is unpaid.
    """

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="agents", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    external_id = fields.CharField(max_length=255)
    name = fields.CharField(max_length=200)
    client: fields.ForeignKeyNullableRelation[Client] = fields.ForeignKeyField(
        "billing.Client", related_name="agents", null=True, on_delete=fields.RESTRICT
    )
    client_id: UUID | None
    registered_at = fields.DatetimeField()
    archived_at = fields.DatetimeField(null=True)
    paused_at = fields.DatetimeField(null=True)

    class Meta:
        table = "agent"
