"""Who holds a seat."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from models.base import Entity
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
    assigned_at = fields.DatetimeField()
    released_at = fields.DatetimeField(null=True)

    class Meta:
        table = "seat"
