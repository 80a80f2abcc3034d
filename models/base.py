"""What every table has."""

from uuid import UUID

import uuid_utils
from asyncpg.pgproto import pgproto
from tortoise import fields
from tortoise.models import Model
from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A time-ordered id for a row that is written with many others: made in a tenth of the time."""
    id: UUID = pgproto.UUID(uuid_utils.uuid7().bytes)
    return id


class Entity(Model):
    """A row with a time-ordered id: the order of ids is the order of making."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        abstract = True
