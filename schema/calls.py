"""Calls as clients see them."""

from __future__ import annotations

from datetime import datetime

import strawberry

import models.calls
from models.money import Credits
from resolvers import calls
from schema.base import Node, field, shows
from schema.clients import Client
from schema.credits import CreditBalance
from schema.errors import UserError
from schema.mutation import mutation, payload


@strawberry.type
class CallCost:
    """What a call has cost, part by part: they sum to the total."""

    platform: Credits
    stt: Credits
    tts: Credits
    sts: Credits
    llm: Credits
    telephony: Credits
    total: Credits
    seconds: int


@strawberry.type
class Call(Node):
    """A call: it takes a line and holds credits while it is live, and is paid when it ends."""

    is_type_of = shows(models.calls.Call)
    external_id: str
    started_at: datetime
    ended_at: datetime | None
    abandoned_at: datetime | None
    agent_id: str | None
    client: Client | None = field(calls.client_of, Client | None)
    held_credits: Credits
    held_until: datetime | None
    uncovered_since: datetime | None
    cost: CallCost | None


@strawberry.input
class StartCallInput:
    call_id: str
    workspace_id: strawberry.ID | None = None
    agent_id: str | None = None
    client_id: strawberry.ID | None = None
    stt: str | None = None
    tts: str | None = None
    sts: str | None = None
    model: str | None = None
    telephony: bool = True
    own_keys: list[str] = strawberry.field(default_factory=list)
    hold_minutes: int = 5


@payload
class StartCallPayload:
    call: Call | None
    errors: list[UserError]


@strawberry.input
class EndCallInput:
    call_id: str
    seconds: int
    workspace_id: strawberry.ID | None = None
    input_tokens: int = 0
    output_tokens: int = 0


@payload
class EndCallPayload:
    call: Call | None
    credit_balance: CreditBalance | None
    errors: list[UserError]


@strawberry.type
class CallMutations:
    start_call = mutation(calls.start_call, StartCallInput, StartCallPayload)
    end_call = mutation(calls.end_call, EndCallInput, EndCallPayload)
