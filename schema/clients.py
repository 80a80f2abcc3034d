"""Client companies as clients of the API see them."""

from __future__ import annotations

from datetime import datetime

import strawberry

import models.clients
from resolvers import seats
from schema.base import Node, field, shows


@strawberry.type
class Client(Node):
    """A client company of an agency."""

    is_type_of = shows(models.clients.Client)
    name: str
    email: str
    archived_at: datetime | None
    is_read_only: bool = field(seats.is_read_only, bool)
