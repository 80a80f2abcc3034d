"""`billwright webhooks`: what providers have told, and what could not be done about it."""

from __future__ import annotations

from datetime import datetime

from billwright import database
from models.webhooks import WebhookEvent
from services import webhooks

LATEST = 50


class NoSuchEvent(Exception):
    """One line: there is no event of this id."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is no event '{reference}'. See: billwright webhooks list --all")


async def listed(database_url: str, *, everything: bool) -> list[str]:
    """A line per event: those that are parked, or the last ones of any kind."""
    async with database.connected(database_url, pool_size=2):
        events = await (webhooks.latest(LATEST) if everything else webhooks.parked())
    if not events:
        return ["No events yet." if everything else "No events are parked."]
    return [
        f"{event.reference}  {_time(event.created_at)}  {event.status.value:7}  {event.type}"
        f"{f'  {event.problem}' if event.problem else ''}"
        for event in events
    ]


async def shown(database_url: str, reference: str) -> list[str]:
    """All that is known of an event. Raises NoSuchEvent."""
    async with database.connected(database_url, pool_size=2):
        event = await webhooks.find(reference)
    if event is None:
        raise NoSuchEvent(reference)
    return [f"{name:12}{value}" for name, value in _facts(event).items()]


async def replayed(database_url: str, reference: str) -> str:
    """Have an event worked on again. Raises NoSuchEvent."""
    async with database.connected(database_url, pool_size=2):
        event = await webhooks.replay(reference)
    if event is None:
        raise NoSuchEvent(reference)
    return f"{reference} is queued; the next worker takes it."


def _facts(event: WebhookEvent) -> dict[str, str]:
    return {
        "event": event.reference,
        "source": f"{event.source}, {'live' if event.is_live else 'test'} mode",
        "type": event.type,
        "about": f"{event.object_type} {event.object_reference}",
        "told": _time(event.told_at),
        "received": _time(event.created_at),
        "status": event.status.value,
        "attempts": str(event.attempts),
        "decided": _time(event.decided_at) if event.decided_at else "not yet",
        "problem": event.problem or "none",
    }


def _time(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S} UTC"
