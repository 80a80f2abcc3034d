"""Seats and agents as clients see them."""

from __future__ import annotations

from datetime import datetime

import strawberry

import models.seats
from models.seats import SeatKind, SeatStatus
from resolvers import seats
from schema.base import Node, field, shows
from schema.clients import Client
from schema.errors import UserError
from schema.mutation import mutation, payload
from schema.subscriptions import Capacity

strawberry.enum(SeatKind)
strawberry.enum(SeatStatus)


@strawberry.type
class Seat(Node):
    """A seat that somebody holds."""

    is_type_of = shows(models.seats.Seat)
    kind: SeatKind
    status: SeatStatus
    email: str
    name: str | None
    assigned_at: datetime
    released_at: datetime | None
    has_access: bool = field(seats.has_access, bool)
    client: Client | None = field(seats.client_of, Client | None)


@strawberry.type
class Agent(Node):
    """An agent of the platform. Paused while it is over the limit; never deleted by us."""

    is_type_of = shows(models.seats.Agent)
    external_id: str
    name: str
    client: Client | None = field(seats.client_of, Client | None)
    created_at: datetime = strawberry.field(
        resolver=lambda root: root.registered_at, graphql_type=datetime
    )
    archived_at: datetime | None
    paused_at: datetime | None


@strawberry.input
class AssignSeatInput:
    kind: SeatKind
    email: str
    workspace_id: strawberry.ID | None = None
    name: str | None = None
    idempotency_key: str | None = None


@payload
class AssignSeatPayload:
    seat: Seat | None
    capacity: Capacity | None = field(seats.capacity_after_seat, Capacity | None)
    errors: list[UserError]


@strawberry.input
class ReleaseSeatInput:
    seat_id: strawberry.ID


@payload
class ReleaseSeatPayload:
    seat: Seat | None
    capacity: Capacity | None = field(seats.capacity_after_seat, Capacity | None)
    errors: list[UserError]


@strawberry.input
class RegisterAgentInput:
    external_id: str
    name: str
    workspace_id: strawberry.ID | None = None
    client_id: strawberry.ID | None = None


@payload
class RegisterAgentPayload:
    agent: Agent | None
    capacity: Capacity | None = field(seats.capacity_after_agent, Capacity | None)
    errors: list[UserError]


@strawberry.input
class ArchiveAgentInput:
    agent_id: strawberry.ID


@payload
class ArchiveAgentPayload:
    agent: Agent | None
    capacity: Capacity | None = field(seats.capacity_after_agent, Capacity | None)
    errors: list[UserError]


@strawberry.type
class SeatMutations:
    assign_seat = mutation(seats.assign_seat, AssignSeatInput, AssignSeatPayload)
    release_seat = mutation(seats.release_seat, ReleaseSeatInput, ReleaseSeatPayload)
    register_agent = mutation(seats.register_agent, RegisterAgentInput, RegisterAgentPayload)
    archive_agent = mutation(seats.archive_agent, ArchiveAgentInput, ArchiveAgentPayload)
