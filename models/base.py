"""What every table has."""

from tortoise import fields
from tortoise.models import Model
from uuid_utils.compat import uuid7


class Entity(Model):
    """A row with a time-ordered id: the order of ids is the order of making."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        abstract = True
