"""Phone numbers as clients see them."""

from __future__ import annotations

from datetime import datetime

import strawberry

import models.phone_numbers
from models.phone_numbers import PhoneNumberOrigin, PhoneNumberStatus
from resolvers import phone_numbers, seats
from schema.base import Money, Node, field, shows
from schema.clients import Client
from schema.errors import UserError
from schema.mutation import mutation, payload
from schema.scalars import PhoneNumberValue
from schema.subscriptions import Capacity

strawberry.enum(PhoneNumberStatus)
strawberry.enum(PhoneNumberOrigin)


@strawberry.type
class PhoneNumber(Node):
    """A number at which an agent answers."""

    is_type_of = shows(models.phone_numbers.PhoneNumber)
    number: PhoneNumberValue
    country: str
    status: PhoneNumberStatus
    origin: PhoneNumberOrigin
    label: str | None
    agent_id: str | None = field(phone_numbers.agent_id, str | None)
    client: Client | None = field(seats.client_of, Client | None)
    purchased_at: datetime
    released_at: datetime | None


@strawberry.type
class AvailablePhoneNumber:
    """A number that could be bought now."""

    number: PhoneNumberValue
    country: str
    locality: str | None
    monthly_price: Money


@strawberry.input
class BuyPhoneNumberInput:
    number: PhoneNumberValue
    workspace_id: strawberry.ID | None = None
    label: str | None = None
    agent_id: str | None = None
    idempotency_key: str | None = None


@payload
class BuyPhoneNumberPayload:
    phone_number: PhoneNumber | None
    capacity: Capacity | None = field(phone_numbers.capacity_after, Capacity | None)
    errors: list[UserError]


@strawberry.input
class ImportPhoneNumberInput:
    number: PhoneNumberValue
    workspace_id: strawberry.ID | None = None
    label: str | None = None
    agent_id: str | None = None
    idempotency_key: str | None = None


@payload
class ImportPhoneNumberPayload:
    phone_number: PhoneNumber | None
    errors: list[UserError]


@strawberry.input
class AssignPhoneNumberInput:
    phone_number_id: strawberry.ID
    agent_id: str | None = None
    client_id: strawberry.ID | None = None


@payload
class AssignPhoneNumberPayload:
    phone_number: PhoneNumber | None
    errors: list[UserError]


@strawberry.input
class ReleasePhoneNumberInput:
    phone_number_id: strawberry.ID


@payload
class ReleasePhoneNumberPayload:
    phone_number: PhoneNumber | None
    capacity: Capacity | None = field(phone_numbers.capacity_after, Capacity | None)
    errors: list[UserError]


@strawberry.type
class PhoneNumberQueries:
    available_phone_numbers: list[AvailablePhoneNumber] = field(
        phone_numbers.available_phone_numbers, list[AvailablePhoneNumber]
    )


@strawberry.type
class PhoneNumberMutations:
    buy_phone_number = mutation(
        phone_numbers.buy_phone_number, BuyPhoneNumberInput, BuyPhoneNumberPayload
    )
    import_phone_number = mutation(
        phone_numbers.import_phone_number, ImportPhoneNumberInput, ImportPhoneNumberPayload
    )
    assign_phone_number = mutation(
        phone_numbers.assign_phone_number, AssignPhoneNumberInput, AssignPhoneNumberPayload
    )
    release_phone_number = mutation(
        phone_numbers.release_phone_number, ReleasePhoneNumberInput, ReleasePhoneNumberPayload
    )
