"""Phone numbers: bought from a carrier, imported, assigned, released (R23 to R25).

Buying is like charging: one transaction takes the slot, the carrier is asked, one transaction
writes its answer. A carrier's no gives the slot back; its silence is never taken for one: the order
stays until `repair`, or a repeat of the command, has found out. Releasing is ours alone to decide;
the carrier is told afterwards, until it has heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from models.catalog import Resource
from models.clients import Client
from models.phone_numbers import PhoneNumber, PhoneNumberOrigin
from models.seats import Agent
from models.subscriptions import Subscription, SubscriptionStatus
from services import capacities, invoices
from services.answers import Answer
from services.carrier import Carrier, CarrierUnavailable, Order, Outcome, Sold
from services.errors import (
    CarrierSilent,
    InvalidInput,
    NoChange,
    NotFound,
    NumberInProgress,
    NumberUnavailable,
    Refused,
)
from services.idempotency import Command, conclude, once
from services.inputs import optional_text, phone_number
from services.locks import locked_subscription
from services.repairs import REPAIR_AFTER, old_enough, repair_each

BEHIND = (SubscriptionStatus.PAST_DUE, SubscriptionStatus.UNPAID)


@dataclass(frozen=True, slots=True)
class NumberRequest:
    """What buyPhoneNumber and importPhoneNumber take; `agent_id` is the platform's own id."""

    number: str
    label: str | None
    agent_id: str | None


async def buy(
    command: Command, workspace_id: UUID, request: NumberRequest, *, carrier: Carrier
) -> Answer:
    """Take a slot and buy a number for it; what the carrier does not sell gives the slot back.

    Raises InvalidInput, NotFound for an agent that is none, OutstandingInvoices while the
    subscription is behind (R5), NoChange, NumberInProgress, CapacityExceeded, CarrierSilent;
    NumberUnavailable is raised, or comes in the answer.
    """
    opened = await once(command, lambda: _open(workspace_id, request))
    if opened.collecting is None:
        return opened
    number = await order(opened.collecting, carrier)
    refusals = [] if number.purchased_at else [NumberUnavailable(number.number)]
    answer = Answer(objects=opened.objects, refusals=refusals)
    await conclude(command, answer)
    return answer


async def take_in(command: Command, workspace_id: UUID, request: NumberRequest) -> Answer:
    """Import a number that the workspace has elsewhere: no slot, no fee (R24).

    Raises InvalidInput, NotFound for an agent that is none, NoChange, NumberInProgress,
    NumberUnavailable when it answers in another workspace.
    """

    async def run() -> Answer:
        subscription = await locked_subscription(workspace_id)
        number = await _new(workspace_id, request, PhoneNumberOrigin.IMPORTED)
        number.purchased_at = subscription.workspace.now
        await _write(number)
        return Answer(objects={"phone_number": number.id})

    return await once(command, run)


async def assign(
    number: PhoneNumber, *, agent_external_id: str | None, client_id: UUID | None
) -> Answer:
    """Let this agent answer, for this client; None: nobody, for nobody in particular.

    Raises NotFound for an archived agent or client, or one of another workspace, InvalidInput for a
    number that was released.
    """
    async with in_transaction():
        await locked_subscription(number.workspace_id)
        agent_id = await _agent_called(agent_external_id, number.workspace_id)
        await _check_client(client_id, number.workspace_id)
        live = PhoneNumber.filter(id=number.id, released_at=None)
        if not await live.update(agent_id=agent_id, client_id=client_id):
            problem = f"{number.number} was released; nobody answers there any more."
            raise InvalidInput(problem, path=("phoneNumberId",))
    return Answer(objects={"phone_number": number.id})


async def release(number: PhoneNumber, *, carrier: Carrier) -> Answer:
    """Free a number's slot at once, for good (R23). Releasing again changes nothing."""
    async with in_transaction():
        subscription = await locked_subscription(number.workspace_id)
        await _release([number.id], now=subscription.workspace.now)
    await hand_back(carrier, workspace_id=number.workspace_id)
    return Answer(objects={"phone_number": number.id})


async def release_surplus(subscription: Subscription) -> None:
    """Release the newest of the platform's numbers that have no slot any more (R5, R23, R35).

    Under the subscription's lock, when a lesser plan begins. What is on order is released when it
    turns out to be sold.
    """
    limit = (await capacities.terms_of(subscription)).capacity(Resource.PHONE_NUMBER).limit
    if limit is None:
        return
    platforms = PhoneNumber.filter(
        workspace_id=subscription.workspace_id,
        origin=PhoneNumberOrigin.PLATFORM,
        purchased_at__isnull=False,
        released_at=None,
    )
    ids = await platforms.order_by("id").values_list("id", flat=True)
    await _release(ids[limit:], now=subscription.workspace.now)  # type: ignore[arg-type]


async def unassign_agent(agent_id: UUID) -> None:
    """An archived agent answers no more. Under the lock of its workspace's subscription."""
    await PhoneNumber.filter(agent_id=agent_id).update(agent_id=None)


async def unassign_client(client_id: UUID) -> None:
    """Nobody answers for an archived client. Under the lock of its workspace's subscription."""
    await PhoneNumber.filter(client_id=client_id, released_at=None).update(
        agent_id=None, client_id=None
    )


# ------------------------------------------------------------------------------------- the carrier


async def order(number_id: UUID, carrier: Carrier) -> PhoneNumber:
    """Buy a number that is on order and write the answer. Safe to repeat, also by several at once.

    Raises CarrierSilent; the number stays on order.
    """
    number = await PhoneNumber.get(id=number_id).select_related("workspace")
    if not number.is_pending:
        return number
    try:
        outcome = await carrier.buy(Order(number.id, number.number, at=number.workspace.now))
    except CarrierUnavailable as silence:
        raise CarrierSilent(number.number) from silence
    return await settle(number.id, outcome)


async def settle(number_id: UUID, outcome: Outcome) -> PhoneNumber:
    """Write what became of an order. Once that is decided it stays so.

    A number that is sold when there is no slot for it any more, because the subscription has ended
    meanwhile, is never ours to use and goes back.
    """
    found = await PhoneNumber.get(id=number_id)
    async with in_transaction():
        subscription = await locked_subscription(found.workspace_id)
        number = await PhoneNumber.select_for_update().get(id=number_id)
        now = subscription.workspace.now
        if number.is_pending and isinstance(outcome, Sold) and await _has_slot(subscription):
            number.purchased_at = now
        elif number.is_pending:
            number.released_at, number.agent_id = now, None
        if isinstance(outcome, Sold) and number.purchased_at is None:
            number.is_to_be_returned = True
        await number.save()
        return number


async def hand_back(carrier: Carrier, *, workspace_id: UUID | None = None) -> None:
    """Tell the carrier what was released, in one workspace or all. Silence is for the next time."""
    released = PhoneNumber.filter(is_to_be_returned=True)
    if workspace_id:
        released = released.filter(workspace_id=workspace_id)

    async def return_one(number: PhoneNumber) -> None:
        assert number.released_at is not None, "only what is released goes back"
        await carrier.release(number.id, now=number.released_at)
        await PhoneNumber.filter(id=number.id).update(is_to_be_returned=False)

    await repair_each(released, return_one)


async def undecided_count() -> int:
    """How many numbers wait for the carrier: on order, or to be returned."""
    ordered = Q(purchased_at__isnull=True, released_at__isnull=True)
    return await PhoneNumber.filter(ordered | Q(is_to_be_returned=True)).count()


async def repair(carrier: Carrier, *, older_than: timedelta = REPAIR_AFTER) -> int:
    """Find out what became of orders, and tell the carrier what was released.

    An order that the carrier knows is settled; one that it never heard of is made again under its
    own id. One that fails does not keep the rest waiting. Returns how many orders were seen.
    """
    pending = PhoneNumber.filter(purchased_at=None, released_at=None)

    async def repair_one(number: PhoneNumber) -> None:
        known = await carrier.find(number.id)
        await (settle(number.id, known) if known else order(number.id, carrier))

    seen = await repair_each(old_enough(pending, older_than=older_than), repair_one)
    await hand_back(carrier)
    return seen


async def _open(workspace_id: UUID, request: NumberRequest) -> Answer:
    subscription = await locked_subscription(workspace_id)
    number = await _new(workspace_id, request, PhoneNumberOrigin.PLATFORM)
    if subscription.status in BEHIND:
        outstanding = await invoices.outstanding_refusals(workspace_id)
        if outstanding:
            raise Refused(outstanding)
    await capacities.take(subscription, Resource.PHONE_NUMBER)
    await _write(number)
    return Answer(objects={"phone_number": number.id}, collecting=number.id)


async def _new(
    workspace_id: UUID, request: NumberRequest, origin: PhoneNumberOrigin
) -> PhoneNumber:
    """What is asked for, checked and not yet written. Under the subscription's lock."""
    wanted = phone_number(request.number, path=("number",))
    label = optional_text(request.label, path=("label",), length_max=200)
    agent_id = await _agent_called(request.agent_id, workspace_id)
    own = await PhoneNumber.get_or_none(
        workspace_id=workspace_id, number=wanted.e164, released_at=None
    )
    if own and own.is_pending:
        raise NumberInProgress(own.number)
    if own:
        raise NoChange(f"{own.number} is this workspace's already.", path=("number",))
    return PhoneNumber(
        workspace_id=workspace_id,
        number=wanted.e164,
        country=wanted.country,
        origin=origin,
        label=label,
        agent_id=agent_id,
    )


async def _write(number: PhoneNumber) -> None:
    """Of any number of workspaces that want a number at once the first gets it."""
    await PhoneNumber.bulk_create([number], ignore_conflicts=True)
    if not await PhoneNumber.exists(id=number.id):
        is_import = number.origin is PhoneNumberOrigin.IMPORTED
        raise NumberUnavailable(number.number, is_import)


async def _agent_called(external_id: str | None, workspace_id: UUID) -> UUID | None:
    if external_id is None:
        return None
    agent = await Agent.get_or_none(
        workspace_id=workspace_id, external_id=external_id, archived_at=None
    )
    if agent is None:
        raise NotFound("The agent", path=("agentId",))
    return agent.id


async def _check_client(client_id: UUID | None, workspace_id: UUID) -> None:
    if client_id and not await Client.exists(
        id=client_id, workspace_id=workspace_id, archived_at=None
    ):
        raise NotFound("The client", path=("clientId",))


async def _has_slot(subscription: Subscription) -> bool:
    """Whether there is a slot for every number, those on order too."""
    capacity = await capacities.capacity_of(subscription, Resource.PHONE_NUMBER)
    return capacity.limit is None or capacity.used <= capacity.limit


async def _release(ids: Sequence[UUID], *, now: datetime) -> None:
    live = PhoneNumber.filter(id__in=list(ids), released_at=None)
    await live.filter(origin=PhoneNumberOrigin.PLATFORM).update(
        released_at=now, agent_id=None, is_to_be_returned=True
    )
    await live.update(released_at=now, agent_id=None)
