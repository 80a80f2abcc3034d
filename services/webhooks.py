"""What providers tell us: kept for good under its own id first, worked on by a job after.

An event is only a hint. What has become of its object is asked of the provider then, so that events
may come twice, late and in any order.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tortoise import connections
from tortoise.transactions import in_transaction
from uuid_utils.compat import uuid7

from models.webhooks import EventStatus, WebhookEvent
from services import jobs
from services.gateway import EventSource, Gateway, ProviderEvent
from services.jobs import Job
from services.news import act_on

logger = logging.getLogger(__name__)

# With a minute, then two, then four, and at most six hours between them: most of a day.
ATTEMPTS_MAX = 10
FIRST_PAUSE = timedelta(minutes=1)
PAUSE_MAX = timedelta(hours=6)
QUEUED_AT_ONCE = 1_000
PROBLEM_LENGTH_MAX = 500

_CLAIM = """
    UPDATE webhook_event
    SET attempts = attempts + 1,
        next_try_at = $2 + least($3::interval * power(2, attempts), $4::interval)
    WHERE id = $1 AND status = 'WAITING' AND next_try_at <= $2
    RETURNING id
"""


async def receive(source: str, told: ProviderEvent) -> bool:
    """Keep an event and queue the work on it, unless it was told before. Returns whether it is new.

    When this returns, it is stored.
    """
    event = WebhookEvent(
        id=uuid7(),
        source=source,
        reference=told.reference,
        type=told.type,
        object_type=told.object_type,
        object_reference=told.object_reference,
        is_live=told.is_live,
        told_at=told.told_at,
        next_try_at=datetime.now(UTC),
    )
    async with in_transaction():
        await WebhookEvent.bulk_create([event], ignore_conflicts=True)
        if not await WebhookEvent.exists(id=event.id):
            return False
        await jobs.enqueue(Job.WEBHOOK_EVENT, [str(event.id)])
        return True


async def work_on(event_id: UUID, gateway: Gateway) -> None:
    """Find out what an event means by now and do it. Safe to repeat, and to be killed.

    Of several workers one does it. When it fails it is tried again later, and finally parked.
    """
    if not isinstance(gateway, EventSource) or not await _claim(event_id):
        return
    event = await WebhookEvent.get(id=event_id)
    try:
        done = await _follow(event, gateway, gateway)
    except Exception as problem:
        logger.exception("event %s could not be worked on", event.reference)
        await _note_failure(event, problem)
    else:
        await _decide(event, EventStatus.DONE if done else EventStatus.IGNORED)


async def share_out() -> int:
    """Queue the events whose time has come: those that failed, and those whose job was lost."""
    due = (
        await WebhookEvent.filter(status=EventStatus.WAITING, next_try_at__lte=datetime.now(UTC))
        .order_by("next_try_at")
        .limit(QUEUED_AT_ONCE)
    )
    return await jobs.enqueue(Job.WEBHOOK_EVENT, [str(event.id) for event in due])


async def replay(reference: str) -> WebhookEvent | None:
    """Work on an event again, whatever became of it; None when there is none of this id."""
    async with in_transaction():
        event = await WebhookEvent.select_for_update().get_or_none(reference=reference)
        if event is None:
            return None
        event.status, event.attempts = EventStatus.WAITING, 0
        event.next_try_at, event.decided_at = datetime.now(UTC), None
        await event.save()
        await jobs.enqueue(Job.WEBHOOK_EVENT, [str(event.id)])
        return event


async def find(reference: str) -> WebhookEvent | None:
    """The event of this id."""
    return await WebhookEvent.get_or_none(reference=reference)


async def parked() -> Sequence[WebhookEvent]:
    """The events that were given up, the oldest first."""
    return await WebhookEvent.filter(status=EventStatus.PARKED).order_by("id")


async def latest(limit: int) -> Sequence[WebhookEvent]:
    """The last events, the newest first."""
    return await WebhookEvent.all().order_by("-id").limit(limit)


async def undone_count(status: EventStatus) -> int:
    """How many events wait, or are parked."""
    return await WebhookEvent.filter(status=status).count()


async def _claim(event_id: UUID) -> bool:
    """Begin a try: counted first, so that one that kills its worker is not tried for ever."""
    rows = await connections.get("default").execute_query_dict(
        _CLAIM, [event_id, datetime.now(UTC), FIRST_PAUSE, PAUSE_MAX]
    )
    return bool(rows)


async def _follow(event: WebhookEvent, gateway: Gateway, source: EventSource) -> bool:
    """Do what an event means. Returns whether it meant something to us."""
    if event.source != source.provider or event.is_live is gateway.is_sandbox:
        return False
    news = await source.news(
        ProviderEvent(
            reference=event.reference,
            type=event.type,
            object_type=event.object_type,
            object_reference=event.object_reference,
            is_live=event.is_live,
            told_at=event.told_at,
        )
    )
    return news is not None and await act_on(news, gateway)


async def _note_failure(event: WebhookEvent, problem: Exception) -> None:
    text = f"{type(problem).__name__}: {problem}"[:PROBLEM_LENGTH_MAX]
    if event.attempts < ATTEMPTS_MAX:
        await WebhookEvent.filter(id=event.id).update(problem=text)
    else:
        await _decide(event, EventStatus.PARKED, problem=text)


async def _decide(event: WebhookEvent, status: EventStatus, *, problem: str | None = None) -> None:
    await WebhookEvent.filter(id=event.id, status=EventStatus.WAITING).update(
        status=status, problem=problem, decided_at=datetime.now(UTC)
    )
