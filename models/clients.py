"""Companies that an agency serves: each takes a client seat."""

from __future__ import annotations

from uuid import UUID

from tortoise import fields

from models.base import Entity
from models.workspaces import Workspace


class Client(Entity):
    """A client company of a workspace. Archived, never deleted."""

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="clients", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    name = fields.CharField(max_length=200)
    email = fields.CharField(max_length=254)
    archived_at = fields.DatetimeField(null=True)

    class Meta:
        table = "client"
