"""What comparing our books with the provider's has found."""

from __future__ import annotations

from tortoise import fields

from models.base import Entity


class Reconciliation(Entity):
    """That our books were compared with the provider's lists, and how often they differed."""

    since = fields.DatetimeField()
    until = fields.DatetimeField()
    difference_count = fields.IntField()

    class Meta:
        table = "reconciliation"
