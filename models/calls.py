"""Calls, and the credits that are set aside while they run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from tortoise import fields

from models.base import Entity
from models.catalog import Plan
from models.clients import Client
from models.credits import CreditLot
from models.money import Credits
from models.workspaces import Workspace


class CallPart(StrEnum):
    """What a call costs is made up of, in the order of the API's CallCost."""

    PLATFORM = "platform"
    STT = "stt"
    TTS = "tts"
    STS = "sts"
    LLM = "llm"
    TELEPHONY = "telephony"


@dataclass(frozen=True, slots=True)
class CallCost:
    """What a call of so many seconds has cost; the parts sum to the total."""

    platform: Credits
    stt: Credits
    tts: Credits
    sts: Credits
    llm: Credits
    telephony: Credits
    total: Credits
    seconds: int


class Call(Entity):
    """A call: it takes a line and holds credits while it lives, and is paid when it ends.

    It lives until it has ended or was given up, as `next_at` says: when its hold is looked after
    next. `plan` rates it, at the rates of its start. An ended call never changes.
    """

    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "billing.Workspace", related_name="calls", on_delete=fields.RESTRICT
    )
    workspace_id: UUID
    external_id = fields.CharField(max_length=255)
    agent_id = fields.CharField(max_length=255, null=True)
    client: fields.ForeignKeyNullableRelation[Client] = fields.ForeignKeyField(
        "billing.Client", related_name="calls", null=True, on_delete=fields.RESTRICT
    )
    client_id: UUID | None
    stt = fields.CharField(max_length=100, null=True)
    tts = fields.CharField(max_length=100, null=True)
    sts = fields.CharField(max_length=100, null=True)
    model = fields.CharField(max_length=100, null=True)
    telephony = fields.BooleanField()
    own_keys: list[str] = fields.JSONField()
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "billing.Plan", related_name="calls", on_delete=fields.RESTRICT
    )
    plan_id: UUID
    started_at = fields.DatetimeField()
    # so many minutes are held at a time, and so many in all
    hold_minutes = fields.IntField()
    held_minutes = fields.IntField()
    held_mc = fields.BigIntField()
    next_at = fields.DatetimeField(null=True)
    uncovered_since = fields.DatetimeField(null=True)
    abandoned_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    seconds = fields.IntField(null=True)
    input_tokens = fields.IntField(null=True)
    output_tokens = fields.IntField(null=True)
    platform_mc = fields.BigIntField(null=True)
    stt_mc = fields.BigIntField(null=True)
    tts_mc = fields.BigIntField(null=True)
    sts_mc = fields.BigIntField(null=True)
    llm_mc = fields.BigIntField(null=True)
    telephony_mc = fields.BigIntField(null=True)
    total_mc = fields.BigIntField(null=True)
    # what it is in the list of usage; no foreign keys, for events are partitioned
    usage_event_ids: list[str] | None = fields.JSONField(null=True)

    class Meta:
        table = "call"

    @property
    def held_credits(self) -> Credits:
        """What is set aside for it now."""
        return Credits(self.held_mc)

    @property
    def paid_until(self) -> datetime:
        """Until when its minutes are held."""
        return self.started_at + timedelta(minutes=self.held_minutes)

    @property
    def held_until(self) -> datetime | None:
        """As `paid_until`, of a live call."""
        return self.paid_until if self.next_at else None

    @property
    def cost(self) -> CallCost | None:
        """None until it has ended."""
        if self.seconds is None:
            return None
        parts = {part.value: Credits(getattr(self, f"{part}_mc")) for part in CallPart}
        return CallCost(**parts, total=Credits(self.total_mc or 0), seconds=self.seconds)


class CreditHold(Entity):
    """Credits of one lot that are set aside for one call, until `closed_at`.

    They stay in the lot, also when it dies meanwhile, and nothing else can spend them.
    """

    call: fields.ForeignKeyRelation[Call] = fields.ForeignKeyField(
        "billing.Call", related_name="holds", on_delete=fields.RESTRICT
    )
    call_id: UUID
    lot: fields.ForeignKeyRelation[CreditLot] = fields.ForeignKeyField(
        "billing.CreditLot", related_name="holds", on_delete=fields.RESTRICT
    )
    lot_id: UUID
    amount_mc = fields.BigIntField()
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "credit_hold"
