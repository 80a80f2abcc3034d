"""The numbers at which agents answer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from models.base import Entity
from models.clients import Client
from models.seats import Agent
from models.workspaces import Workspace


class PhoneNumberStatus(StrEnum):
    ACTIVE = "ACTIVE"
    RELEASED = "RELEASED"


class PhoneNumberOrigin(StrEnum):
    PLATFORM = "PLATFORM"
    IMPORTED = "IMPORTED"


class PhoneNumber(Entity):
    """A number of a workspace. Its id is the carrier's name for our order. Released, never deleted.

    Until `purchased_at` is set the carrier has not said yes: the slot is taken, nobody sees the
    number. Released without it: the carrier never sold it to us.
    """

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="phone_numbers", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    # E.164
    number = fields.CharField(max_length=16)
    country = fields.CharField(max_length=2)
    origin = fields.CharEnumField(PhoneNumberOrigin, max_length=16)
    label = fields.CharField(max_length=200, null=True)
    agent: fields.ForeignKeyNullableRelation[Agent] = fields.ForeignKeyField(
        "billing.Agent", related_name="phone_numbers", null=True, on_delete=fields.RESTRICT
    )
    agent_id: UUID | None
    client: fields.ForeignKeyNullableRelation[Client] = fields.ForeignKeyField(
        "billing.Client", related_name="phone_numbers", null=True, on_delete=fields.RESTRICT
    )
    client_id: UUID | None
    purchased_at: datetime | None = fields.DatetimeField(null=True)
    released_at: datetime | None = fields.DatetimeField(null=True)
    # the carrier has sold it to us and has not heard yet that we give it back
    is_to_be_returned = fields.BooleanField(default=False)

    class Meta:
        table = "phone_number"

    @property
    def is_pending(self) -> bool:
        """Whether the carrier's answer is waited for."""
        return self.purchased_at is None and self.released_at is None

    @property
    def status(self) -> PhoneNumberStatus:
        """As clients see it: only of a number that has been theirs."""
        assert self.purchased_at is not None, "nobody sees a number that was never bought"
        return PhoneNumberStatus.RELEASED if self.released_at else PhoneNumberStatus.ACTIVE


class SandboxNumber(Model):
    """A number that the sandbox carrier has sold, in its own memory; returned: `rests_until`."""

    operation_id = fields.UUIDField(primary_key=True)
    number = fields.CharField(max_length=16)
    rests_until: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "sandbox_number"
