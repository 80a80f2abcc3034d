"""`/metrics` for Prometheus: how far behind the workers are, and what fails.

All of it is asked of the database when it is asked for, so that any process answers for all.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import asyncpg
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from tortoise.exceptions import BaseORMException

from models.webhooks import EventStatus
from services import (
    disputes,
    due_work,
    jobs,
    payments,
    phone_numbers,
    reconciliation,
    refunds,
    webhooks,
)
from services.jobs import Job

FAILURES_OF = timedelta(hours=1)


async def answer(_: Request) -> Response:
    """The numbers, or 503 while the database does not answer."""
    try:
        return Response(await _text(), media_type=CONTENT_TYPE_LATEST)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, BaseORMException):
        return Response("the database does not answer\n", 503, media_type="text/plain")


async def _text() -> bytes:
    now = datetime.now(UTC)
    registry = CollectorRegistry()
    backlog = await due_work.backlog()
    compared = await reconciliation.last_run()
    lag = (now - backlog.since).total_seconds() if backlog.since else 0.0
    for name, meaning, value in (
        ("due_subscriptions", "Subscriptions in which something is due.", backlog.subscriptions),
        ("due_lag_seconds", "For how long the oldest of them has been due.", lag),
        ("undecided_payments", "Payments that wait.", await payments.undecided_count()),
        ("undecided_refunds", "Refunds that wait.", await refunds.undecided_count()),
        (
            "undecided_disputes",
            "Disputes that wait for their bank, or for our answer.",
            await disputes.undecided_count(),
        ),
        (
            "reconciliation_differences",
            "Lines of billwright reconcile when that was last run by itself, once a day.",
            compared.difference_count if compared else 0,
        ),
        (
            "reconciliation_age_seconds",
            "For how long they have not been compared; 0 before the first time.",
            (now - compared.created_at).total_seconds() if compared else 0.0,
        ),
        (
            "waiting_webhook_events",
            "Events of a provider that are still to be worked on.",
            await webhooks.undone_count(EventStatus.WAITING),
        ),
        (
            "parked_webhook_events",
            "Events of a provider that were given up; see billwright webhooks list.",
            await webhooks.undone_count(EventStatus.PARKED),
        ),
        (
            "undecided_phone_numbers",
            "Phone numbers on order, or to be returned to the carrier.",
            await phone_numbers.undecided_count(),
        ),
    ):
        Gauge(f"billwright_{name}", meaning, registry=registry).set(value)
    failures = Gauge(
        "billwright_failed_jobs_last_hour",
        "Jobs that ended in an exception; the log tells of each.",
        ["job"],
        registry=registry,
    )
    counted = await jobs.failures_since(now - FAILURES_OF)
    for job in Job:
        failures.labels(job.value).set(counted.get(job.value, 0))
    return generate_latest(registry)
