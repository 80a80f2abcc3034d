"""What others tell us, kept for good before anything is done about it."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields

from models.base import Entity


class EventStatus(StrEnum):
    """Where an event stands."""

    WAITING = "WAITING"
    DONE = "DONE"
    IGNORED = "IGNORED"
    PARKED = "PARKED"


class WebhookEvent(Entity):
    """That something has happened at a provider. Told any number of times, kept once."""

    source = fields.CharField(max_length=20)
    reference = fields.CharField(max_length=255)
    type = fields.CharField(max_length=100)
    object_type = fields.CharField(max_length=100)
    object_reference = fields.CharField(max_length=255)
    is_live = fields.BooleanField()
    told_at = fields.DatetimeField()
    status = fields.CharEnumField(EventStatus, max_length=10, default=EventStatus.WAITING)
    attempts = fields.SmallIntField(default=0)
    next_try_at = fields.DatetimeField()
    problem = fields.CharField(max_length=500, null=True)
    decided_at = fields.DatetimeField(null=True)

    class Meta:
        table = "webhook_event"
        unique_together = (("reference", "source"),)
