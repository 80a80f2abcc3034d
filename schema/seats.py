"""Seats as clients see them."""

from __future__ import annotations

from datetime import datetime

import strawberry

import models.seats
from models.seats import SeatKind, SeatStatus
from schema.base import Node, shows

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
