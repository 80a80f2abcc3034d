"""What was used: one row per reported event. Sums of them are kept in the tables `usage_addition`
and `usage_rollup`: services/usage_cubes.py and services/usage_reports.py, by SQL of their own."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields

from models.base import Entity
from models.money import Credits


class ShortfallPolicy(StrEnum):
    """What becomes of usage that the available balance cannot pay whole."""

    REJECT = "REJECT"
    OWE = "OWE"


class UsageEventStatus(StrEnum):
    """What became of a reported event."""

    ACCEPTED = "ACCEPTED"
    DUPLICATE = "DUPLICATE"
    REJECTED = "REJECTED"


class UsageEvent(Entity):
    """One thing that was used, and what it cost. Never updated, never deleted.

    `rate_id` and `plan_id` are what it was rated by; `is_dated` is whether its reporter said when
    it occurred. A partition per month of `occurred_at` (UTC).
    """

    # plain columns, not foreign keys: a batch of 1,000 events would look up 4,000 rows
    # that were read under the same lock already; `billwright check` looks instead
    workspace_id = fields.UUIDField()
    event_id = fields.CharField(max_length=255)
    meter = fields.CharField(max_length=100)
    quantity = fields.DecimalField(max_digits=27, decimal_places=12)
    provider = fields.CharField(max_length=100, null=True)
    model = fields.CharField(max_length=100, null=True)
    agent_id = fields.CharField(max_length=255, null=True)
    session_id = fields.CharField(max_length=255, null=True)
    client_id = fields.UUIDField(null=True)
    own_key = fields.BooleanField()
    credits_mc = fields.BigIntField()
    rate_id = fields.UUIDField()
    plan_id = fields.UUIDField()
    occurred_at = fields.DatetimeField()
    is_dated = fields.BooleanField()

    class Meta:
        table = "usage_event"

    @property
    def credits(self) -> Credits:
        return Credits(self.credits_mc)


class UsageImport(Entity):
    """How far a file of usage events was imported, kept in the transactions that store them."""

    # of the file's content, and of what it was imported as
    digest = fields.CharField(max_length=64, unique=True)
    position_bytes = fields.BigIntField(default=0)
    lines = fields.BigIntField(default=0)
    accepted = fields.BigIntField(default=0)
    duplicates = fields.BigIntField(default=0)
    credits_mc = fields.BigIntField(default=0)
    # how many rows were rejected, by the code of their error
    rejected = fields.JSONField[dict[str, int]](default=dict)
    rejected_file_bytes = fields.BigIntField(default=0)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "usage_import"

    @property
    def credits(self) -> Credits:
        return Credits(self.credits_mc)


class UsageGrain(StrEnum):
    """How long a bucket of a report is."""

    HOUR = "HOUR"
    DAY = "DAY"
    MONTH = "MONTH"
    TOTAL = "TOTAL"


class UsageDimension(StrEnum):
    """What a report's sums can be told apart by."""

    METER = "METER"
    PROVIDER = "PROVIDER"
    MODEL = "MODEL"
    AGENT = "AGENT"
    CLIENT = "CLIENT"
