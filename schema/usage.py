"""Usage as clients see it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import strawberry

import models.usage
from models.money import Credits
from models.usage import ShortfallPolicy, UsageDimension, UsageEventStatus, UsageGrain
from resolvers import usage
from schema.base import Node, field, shows
from schema.clients import Client
from schema.credits import CreditBalance
from schema.errors import UserError
from schema.mutation import mutation, payload

strawberry.enum(ShortfallPolicy)
strawberry.enum(UsageDimension)
strawberry.enum(UsageEventStatus)
strawberry.enum(UsageGrain)


@strawberry.type
class UsageEvent(Node):
    """One thing that was used, and what it cost. Never changed."""

    is_type_of = shows(models.usage.UsageEvent)
    event_id: str
    meter: str
    quantity: Decimal = field(usage.quantity, Decimal)
    provider: str | None
    model: str | None
    credits: Credits
    occurred_at: datetime
    recorded_at: datetime = strawberry.field(
        resolver=lambda root: root.created_at, graphql_type=datetime
    )
    agent_id: str | None
    session_id: str | None
    client: Client | None = field(usage.client_of, Client | None)
    own_key: bool


@strawberry.input
class UsageFilter:
    from_: datetime | None = strawberry.field(name="from", default=None)
    to: datetime | None = None
    meters: list[str] | None = None
    agent_ids: list[str] | None = None
    client_id: strawberry.ID | None = None
    session_id: str | None = None


@strawberry.input
class UsageReportInput:
    from_: datetime = strawberry.field(name="from")
    to: datetime
    grain: UsageGrain = UsageGrain.DAY
    group_by: list[UsageDimension] = strawberry.field(default_factory=list)
    filter: UsageFilter | None = None
    time_zone: str = "UTC"


@strawberry.type
class UsageBucket:
    """What was used in one span of time; null for what the sums are not told apart by."""

    start: datetime
    meter: str | None
    provider: str | None
    model: str | None
    agent_id: str | None
    client: Client | None = field(usage.client_of, Client | None)
    quantity: Decimal = field(usage.quantity, Decimal)
    credits: Credits
    events: int


@strawberry.type
class UsageReport:
    """Sums of usage, equal to what the ledger took for it to the millicredit."""

    total: Credits
    events: int
    buckets: list[UsageBucket]


@strawberry.input
class UsageEventInput:
    event_id: str
    meter: str
    quantity: Decimal
    provider: str | None = None
    model: str | None = None
    occurred_at: datetime | None = None
    agent_id: str | None = None
    session_id: str | None = None
    client_id: strawberry.ID | None = None
    own_key: bool = False


@strawberry.input
class RecordUsageInput:
    events: list[UsageEventInput]
    workspace_id: strawberry.ID | None = None
    shortfall: ShortfallPolicy = ShortfallPolicy.REJECT


@strawberry.type
class UsageEventResult:
    """What became of one reported event."""

    event_id: str
    status: UsageEventStatus
    credits: Credits
    error: UserError | None = field(usage.error_of_result, UserError | None)


@payload
class RecordUsagePayload:
    """What became of each event, in the order in which they were given."""

    credit_balance: CreditBalance | None
    errors: list[UserError]
    results: list[UsageEventResult] = strawberry.field(default_factory=list)
    accepted: int = 0
    duplicates: int = 0
    rejected: int = 0
    credits: Credits = strawberry.field(default_factory=lambda: Credits(0))


@strawberry.type
class UsageMutations:
    record_usage = mutation(usage.record_usage, RecordUsageInput, RecordUsagePayload)
