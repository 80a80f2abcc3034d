"""Calls take a line and hold credits while they run, and are paid by the second (R18, R22, R30).

All of it happens under the subscription's lock: of twenty who want the last line one gets it. A
call is known by the caller's own id for it, so both commands can be repeated.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from tortoise.transactions import in_transaction

from models.base import new_id
from models.calls import Call, CallPart
from models.catalog import Plan, Resource
from models.clients import Client
from models.credits import CreditAccount, LedgerEntryKind
from models.money import Credits
from models.subscriptions import Subscription
from services import agenda, capacities, holds, ledger, recharges, usage_partitions
from services.answers import Answer
from services.call_costs import BilledPart, Tariff, tariff_at, tariff_of
from services.call_meters import unknown_keys, unknown_names
from services.call_requests import EndRequest, StartRequest
from services.credits import balance_view, take_back_released
from services.errors import CallConflict, InvalidInput, NotFound, Refused
from services.ledger import CONSUMED, Book, Why
from services.locks import locked_subscription
from services.rating import Rated
from services.usage import UsageBatch
from services.usage_events import ReportedEvent
from services.usage_holders import Holder
from services.usage_partitions import MissingPartition

# Of whom nothing is heard for so long nobody will be: their line and credits go back.
HOLD_LIVES = timedelta(hours=4)
# So long after a hold could not be extended it is tried again.
RETRY_AFTER = timedelta(minutes=1)


async def start(workspace_id: UUID, request: StartRequest) -> Answer:
    """Give a line to a call and hold its first minutes (R18, R30). Again changes nothing.

    Raises Refused, CallConflict for a known call that began otherwise, NotFound for a client that
    is none, CapacityExceeded without a line, InsufficientCredits.
    """
    request.check()
    async with in_transaction():
        subscription = await locked_subscription(workspace_id)
        known = await Call.get_or_none(workspace_id=workspace_id, external_id=request.call_id)
        if known is not None:
            if not request.began(known):
                raise CallConflict(request.call_id, "was begun with other values before")
            return Answer(objects={"call": known.id})
        await _check_client(workspace_id, request.client_id)
        now, plan = subscription.workspace.now, await Plan.get(id=subscription.plan_id)
        tariff = await tariff_at(plan, now)
        unknown = unknown_names(request, tariff.rates, now)
        if problems := [*unknown_keys(request), *unknown]:
            raise Refused(problems)
        await capacities.take(subscription, Resource.CALL_LINE)
        call = Call(
            workspace_id=workspace_id,
            plan_id=plan.id,
            started_at=now,
            held_minutes=0,
            held_mc=0,
            **request.columns,
        )
        book = await _book_of(subscription)
        amount = tariff.of_minutes(call, call.hold_minutes)
        held = book.hold(amount)
        call.held_minutes, call.held_mc = call.hold_minutes, amount.millicredits
        call.next_at = _next_at(call)
        await call.save(force_create=True)
        await holds.add(call.id, held)
        await ledger.write([book])
        await recharges.note_balance(workspace_id, book)
        await agenda.note_next(subscription)
    return Answer(objects={"call": call.id})


async def end(workspace_id: UUID, request: EndRequest) -> Answer:
    """Pay a call from what is held for it, and give back line and credits. Again changes nothing.

    Its cost is taken whatever there is, for the work is done: it may leave a debt (R17). Raises
    Refused, InvalidInput, NotFound, CallConflict for a call that has ended otherwise.
    """
    request.check()
    try:
        return await _end(workspace_id, request)
    except MissingPartition as missing:
        await usage_partitions.make(missing.moments)
        return await _end(workspace_id, request)


async def look_after(call_id: UUID, subscription: Subscription) -> None:
    """Extend the hold of a call that outlives it, or give up one that is not heard of (R18).

    Under the subscription's lock, when the agenda says so.
    """
    call = await Call.get(id=call_id)
    now = subscription.workspace.now
    book = await _book_of(subscription)
    if now >= call.started_at + HOLD_LIVES:
        await _let_go(call, book, now=now)
        call.abandoned_at = now
    else:
        await _extend(call, book, await tariff_of(call), now=now)
    await ledger.write([book])
    await recharges.note_balance(call.workspace_id, book)
    await call.save()


async def _end(workspace_id: UUID, request: EndRequest) -> Answer:
    async with in_transaction():
        subscription = await locked_subscription(workspace_id)
        now = subscription.workspace.now
        call = await Call.get_or_none(workspace_id=workspace_id, external_id=request.call_id)
        if call is None:
            raise NotFound("The call", path=("callId",))
        if call.ended_at is not None and not request.ended(call):
            raise CallConflict(request.call_id, "has ended with other values before")
        book = await _book_of(subscription)
        if call.ended_at is None:
            await _settle(call, request, book, now=now)
            await agenda.note_next(subscription)
        view = balance_view(book.balance, book.lots, now=now)
    return Answer(objects={"call": call.id}, values={"credit_balance": view})


async def _settle(call: Call, request: EndRequest, book: Book, *, now: datetime) -> None:
    """What the call has cost, in the books, in the list of usage and on the call."""
    for name, count in request.tokens:
        if count and call.model is None:
            raise InvalidInput(
                f"The call '{call.external_id}' was begun without a model, so its {name} have no "
                "rate: say at startCall which model talks.",
                path=(name,),
            )
    tariff = await tariff_of(call)
    parts = tariff.bill(
        call,
        seconds=request.seconds,
        input_tokens=request.input_tokens,
        output_tokens=request.output_tokens,
    )
    held = await holds.held_for(call.id)
    holder = Holder(call.workspace_id, now, book, tenures=(), client_ids=frozenset())
    batch = UsageBatch({call.workspace_id: holder})
    ids = [new_id() for _ in parts]
    for id, part in zip(ids, parts, strict=True):
        event, rated = _event_of(call, part), Rated(part.rate_id, part.cost)
        if part.cost.millicredits:
            why = Why(LedgerEntryKind.USAGE, event.description, call.started_at, usage_event_id=id)
            book.take_held(held, part.cost, target=CONSUMED, why=why)
        batch.keep(holder, id, event, call.started_at, call.plan_id, rated)
    await _let_go(call, book, now=now, held=held)
    await batch.write()
    call.ended_at, call.seconds = now, request.seconds
    call.input_tokens, call.output_tokens = request.input_tokens, request.output_tokens
    for name in CallPart:
        costs = (part.cost.millicredits for part in parts if part.meter.part is name)
        setattr(call, f"{name}_mc", sum(costs))
    call.total_mc = sum(part.cost.millicredits for part in parts)
    call.usage_event_ids = [str(id) for id in ids]
    await call.save()


def _event_of(call: Call, part: BilledPart) -> ReportedEvent:
    """How the list of usage tells of it. Nobody else could have had its id before."""
    return ReportedEvent(
        event_id=f"{call.id}:{part.meter.meter}",
        meter=part.meter.meter,
        quantity=part.quantity,
        provider=part.meter.provider,
        model=part.meter.model,
        occurred_at=call.started_at,
        agent_id=call.agent_id,
        session_id=call.external_id,
        client_id=call.client_id,
        own_key=part.meter.own_key,
    )


async def _extend(call: Call, book: Book, tariff: Tariff, *, now: datetime) -> None:
    """Hold as many minutes again, or as many of them as can be paid.

    When none can, the call is `uncovered_since` its hold has run out: whoever runs it should end
    it, and what it costs from then on will be owed.
    """

    def missing_mc(minutes: int) -> int:
        whole = tariff.of_minutes(call, call.held_minutes + minutes)
        return whole.millicredits - int(call.held_mc)

    wanted = range(call.hold_minutes, 0, -1)
    available_mc = max(0, book.available.millicredits)
    minutes = next((count for count in wanted if missing_mc(count) <= available_mc), 0)
    if minutes == 0:
        call.uncovered_since = call.uncovered_since or call.paid_until
        call.next_at = min(now + RETRY_AFTER, call.started_at + HOLD_LIVES)
        return
    amount_mc = missing_mc(minutes)
    await holds.add(call.id, book.hold(Credits(amount_mc)))
    call.held_minutes += minutes
    call.held_mc += amount_mc
    call.uncovered_since, call.next_at = None, _next_at(call)


async def _let_go(
    call: Call, book: Book, *, now: datetime, held: ledger.Held | None = None
) -> None:
    """Nothing is held any more, and the line is free."""
    held = await holds.held_for(call.id) if held is None else held
    book.release(held)
    await take_back_released(book, held)
    await holds.close(call.id, now=now)
    call.held_mc, call.next_at, call.uncovered_since = 0, None, None


def _next_at(call: Call) -> datetime:
    return min(call.paid_until, call.started_at + HOLD_LIVES)


async def _book_of(subscription: Subscription) -> Book:
    account = await CreditAccount.get(workspace_id=subscription.workspace_id)
    return await Book.lock(account.id, now=subscription.workspace.now)


async def _check_client(workspace_id: UUID, client_id: UUID | None) -> None:
    """As `recordUsage`: the workspace's own, archived ones too."""
    if client_id and not await Client.exists(id=client_id, workspace_id=workspace_id):
        raise NotFound("The client", path=("clientId",))
