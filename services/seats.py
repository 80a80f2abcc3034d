"""Seats are taken and given back (R25, R28)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from tortoise import connections
from tortoise.transactions import in_transaction

from models.clients import Client
from models.seats import Seat, SeatKind, SeatStatus
from services import capacities, phone_numbers
from services.answers import Answer
from services.capacities import SEAT_RESOURCES
from services.errors import InvalidInput, NoChange
from services.idempotency import Command, once
from services.inputs import email, optional_text
from services.locks import locked_subscription

SURPLUS_SQL = """
    SELECT p.number, s.id
    FROM unnest($1::uuid[], $2::text[], $3::int[]) WITH ORDINALITY
         AS p (workspace_id, kind, places, number)
    CROSS JOIN LATERAL (
        SELECT id FROM seat
        WHERE workspace_id = p.workspace_id AND kind = p.kind AND status <> 'RELEASED'
        ORDER BY is_owner DESC, id OFFSET p.places
    ) s
"""


@dataclass(frozen=True, slots=True)
class SeatRequest:
    """What assignSeat takes."""

    kind: SeatKind
    email: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Places:
    """How many seats of a kind a workspace has."""

    workspace_id: UUID
    kind: SeatKind
    limit: int


async def assign(command: Command, workspace_id: UUID, request: SeatRequest) -> Answer:
    """Give a workspace seat to a person, or a client seat to a company, which is made with it.

    Raises InvalidInput, NoChange when this address holds such a seat already, CapacityExceeded.
    """

    async def run() -> Answer:
        address = email(request.email, path=("email",))
        name = optional_text(request.name, path=("name",), length_max=200)
        subscription = await locked_subscription(workspace_id)
        await _check_new(workspace_id, request.kind, address)
        await capacities.take(subscription, SEAT_RESOURCES[request.kind])
        client = None
        if request.kind is SeatKind.CLIENT:
            client = await Client.create(
                workspace_id=workspace_id, name=name or address, email=address
            )
        seat = await Seat.create(
            workspace_id=workspace_id,
            kind=request.kind,
            status=SeatStatus.ACTIVE,
            email=address,
            name=name,
            client_id=client.id if client else None,
            assigned_at=subscription.workspace.now,
        )
        return Answer(objects={"seat": seat.id})

    return await once(command, run)


async def release(seat: Seat) -> Answer:
    """Free a seat at once; a client's seat archives the client. Releasing again changes nothing.

    Nobody answers at an archived client's numbers any more; they stay the workspace's.

    Raises InvalidInput for the owner's seat.
    """
    if seat.is_owner:
        raise InvalidInput("The owner's seat cannot be released.", path=("seatId",))
    async with in_transaction():
        subscription = await locked_subscription(seat.workspace_id)
        now = subscription.workspace.now
        taken = Seat.filter(id=seat.id).exclude(status=SeatStatus.RELEASED)
        await taken.update(status=SeatStatus.RELEASED, released_at=now)
        if seat.client_id:
            await Client.filter(id=seat.client_id, archived_at=None).update(archived_at=now)
            await phone_numbers.unassign_client(seat.client_id)
    return Answer(objects={"seat": seat.id})


async def surplus(places: Collection[Places]) -> dict[Places, set[UUID]]:
    """The taken seats that find no place, the newest of each workspace and kind, never the owner's.

    Their people lose access and their companies may only look, until there is room again (R35).
    """
    wanted = list(places)
    rows = await connections.get("default").execute_query_dict(
        SURPLUS_SQL,
        [
            [entry.workspace_id for entry in wanted],
            [entry.kind.value for entry in wanted],
            [entry.limit for entry in wanted],
        ],
    )
    found: dict[Places, set[UUID]] = {entry: set() for entry in wanted}
    for row in rows:
        found[wanted[row["number"] - 1]].add(row["id"])
    return found


async def _check_new(workspace_id: UUID, kind: SeatKind, address: str) -> None:
    taken = Seat.filter(workspace_id=workspace_id, kind=kind, email__iexact=address)
    if await taken.exclude(status=SeatStatus.RELEASED).exists():
        raise NoChange(f"{address} holds such a seat already.", path=("email",))
